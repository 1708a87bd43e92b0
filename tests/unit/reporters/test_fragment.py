"""The HTML fragment for notebooks: exact output, and text that would do harm if it were not escaped."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from mtaudit.reporters import ReportOptions, fragment
from mtaudit.types import Audit
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, S, T, build, clean, library, target_only

#: What the fragment is made of; anything else came out of a text.
ELEMENTS = {"div", "p", "strong", "b", "code", "table", "thead", "tbody", "tr", "th", "td", "span", "mark", "br"}
ATTRIBUTES = {"style", "scope", "lang", "dir", "title"}
_VOID = {"br"}


class _Reader(HTMLParser):
    """Collects elements and attributes, and checks that elements nest."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.titles: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.titles += [value or "" for name, value in attrs if name == "title"]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def made(audit: Audit, top: int | None = None, *, all_pairs: bool = False) -> str:
    stream = io.StringIO()
    fragment.report(audit, stream, ReportOptions(RULES, all_pairs=all_pairs, top=top))
    return stream.getvalue()


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize(
    ("name", "audit"),
    [
        pytest.param("library", library(calibrated=True), id="library"),
        pytest.param("target-only", target_only(), id="target only"),
        pytest.param("clean", clean(), id="clean"),
    ],
)
def test_golden(golden: Callable[[str, str], None], name: str, audit: Audit) -> None:
    golden(f"fragment/{name}.html", made(audit))


@pytest.mark.parametrize("audit", [library(), target_only(), clean()], ids=["library", "target only", "clean"])
def test_only_its_own_elements(audit: Audit) -> None:
    found = read(made(audit, all_pairs=True))
    assert found.elements <= ELEMENTS
    assert found.attributes <= ATTRIBUTES


def test_hostile_text_stays_text() -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(2)> \u202eevil'
    bead = Bead((attack,), (attack,), 0.9, (Mark("MT106", T, attack, attack),))
    audit = build([bead], languages=("en", '"><script>'))
    html = made(audit)
    found = read(html)
    assert found.elements <= ELEMENTS
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html
    assert "<script>alert(1)</script>" in found.text
    assert found.titles == ['MT106 "><script>alert(1)</script><img src=x onerror=alert(2)> \\u202eevil']


def test_nested_and_crossing_marks_give_nested_elements() -> None:
    marks = (
        Mark("MT201", T, "roof was. rebuilt", "broken"),
        Mark("MT205", T, "was", "inner"),
        Mark("MT307", T, "rebuilt at", "crosses"),
    )
    html = made(build([Bead(("The roof.",), ("The roof was. rebuilt at night.",), 0.8, marks)]))
    assert read(html).titles == ["MT201 broken; MT307 crosses", "MT205 inner"]
    assert re.findall(r"<mark[^>]*>|</mark>", html)[-2:] == ["</mark>", "</mark>"]


@pytest.mark.parametrize(
    ("top", "told"),
    [(None, ""), (3, "8 more: see"), (0, "11 more: see"), (11, "")],
    ids=["all", "3", "none", "as many"],
)
def test_what_is_left_out_is_counted(top: int | None, told: str) -> None:
    text = read(made(library(), top)).text
    assert ("more: see" in text) == bool(told)
    assert told in text


def test_bad_input_is_listed_and_counted() -> None:
    bad = library().bitext.bad_input[0]
    audit = replace(clean(), bitext=replace(clean().bitext, bad_input=(bad,) * 7))
    text = read(made(audit)).text
    assert text.count("Delete the line") == 5
    assert "2 more parts of the input could not be used." in text
    assert "\x1b" not in text


def test_a_gap_says_on_which_side_its_place_is() -> None:
    lost = Bead(("Nobody came.",), (), 0.8, (Mark("MT601", S, "Nobody came.", "lost"),))
    html = made(build([Bead(("It rained.",), ("Es regnete.",), 0.1), lost]))
    assert "source 3:1" in html
    assert ">–<" in html
