"""Hostile text stays text: in sources, targets, back-translations, messages, file names, units and models."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from mtaudit.reporters.html.page import SCRIPTS
from mtaudit.types import Audit, BadInput, ModelUse, Side, Unit
from tests.browser.conftest import Open
from tests.unit.reporters.audit_fixture import Bead, Mark, build

ATTACKS = [
    pytest.param("<script>window.hacked = 1; alert(1)</script>", id="script"),
    pytest.param("</script><script>window.hacked = 1</script>", id="end-of-script"),
    pytest.param("</ScRiPt ><img src=x onerror='window.hacked = 1'>", id="handler"),
    pytest.param("<!--<script>", id="comment"),
    pytest.param("]]><svg/onload=window.hacked=1>", id="svg"),
    pytest.param("javascript:window.hacked=1", id="javascript-url"),
    pytest.param('" onmouseover="window.hacked=1" autofocus onfocus="window.hacked=1', id="attribute"),
    pytest.param("' onfocus=window.hacked=1 tabindex=1 '", id="single-quotes"),
    pytest.param("<iframe src='https://example.org/'></iframe><link rel=stylesheet href=//example.org>", id="request"),
    pytest.param("<style>*{background:url(//example.org/x)}</style>", id="style"),
    pytest.param("<base href='https://example.org/'><form action=//example.org><button>go</button></form>", id="form"),
    pytest.param("{{ 7 * 7 }}{% raw %}${window.hacked=1}`", id="template"),
    pytest.param("&lt;b&gt;&amp;lt;\u2028\u2029\ud800\x00", id="entities-and-damage"),
    pytest.param("</template><script>window.hacked=1</script>", id="end-of-template"),
]


def hostile(text: str) -> Audit:
    beads = [
        Bead(
            (f"Source {text}",),
            (f"Target {text} end",),
            0.9,
            (
                Mark(
                    "MT106",
                    Side.TARGET,
                    text,
                    f"The term '{text}' of the glossary",
                    evidence={"witnesses": ({"rule": text, "message": text}, {"rule": "MT205", "message": text})},
                ),
            ),
            back=f"Back {text}",
            changed=(text,),
            scores={text: 0.5},
        ),
        Bead((), (text,), 0.8, (Mark("MT602", Side.TARGET, text, text),)),
    ]
    audit = build(beads, paths=(f"{text}.en", f"{text}.de"), bad_input=(BadInput(text, 1, text, text),))
    units = tuple(Unit(text, text, text, text) for _ in beads)
    signature = replace(audit.signature, profile=text, models=(ModelUse(text, text, text),), settings={text: [text]})
    return replace(audit, bitext=replace(audit.bitext, units=units), signature=signature)


@pytest.mark.parametrize("text", ATTACKS)
def test_hostile_text_does_not_run(open_report: Open, text: str) -> None:
    report = open_report(hostile(text))
    page = report.page
    page.hover(".side-target .mark >> nth=0")
    page.fill("#search", text.splitlines()[0][:20])
    page.fill("#search", "")
    page.locator("#list-title").focus()
    for key in ("j", "a", "c"):
        page.keyboard.press(key)
    page.keyboard.insert_text(text)
    page.reload()
    page.click("#open-exchange")
    assert page.evaluate("window.hacked") is None
    assert (
        page.locator("main img, main iframe, main svg:not(.meter, .bar), main base, .card form, .card style").count()
        == 0
    )
    assert page.locator("script").count() == len(SCRIPTS) + 1  # ours, and the data
    shown = page.locator(".card").first.locator(".side-source .text")
    readable = "".join(character for character in text if character.isprintable())
    if readable == text:
        expect(shown).to_have_text(f"Source {text}")
    # The fixture finds dialogs, requests and errors.


def test_the_policy_stops_what_gets_in_all_the_same(open_report: Open) -> None:
    """Should a text ever become markup, the policy is what remains: no handlers, scripts, pictures or styles."""
    report = open_report(build([Bead(("One.",), ("Eins.",), 0.1)]))
    page, failures = report.page, []
    page.on("requestfailed", lambda request: failures.append((request.url.rsplit("/", 1)[1], request.failure)))
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hacked = 1'>");
            const script = document.createElement("script");
            script.textContent = "window.hacked = 2";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<p><i style='position:fixed'>x</i></p>");
        }"""
    )
    page.wait_for_function("document.querySelector('img').complete")
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("getComputedStyle(document.querySelector('p > i')).position") == "static"
    assert failures == [("x", "csp")]
    blocked = [error for error in report.trouble.errors if "Content Security Policy" in error]
    assert blocked == report.trouble.errors
    assert len(blocked) >= 3
    report.trouble.errors.clear()
    report.trouble.requests.clear()
