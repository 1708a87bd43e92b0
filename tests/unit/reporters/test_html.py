"""The HTML page without a browser: its policy, its data, its exact output."""

from __future__ import annotations

import io
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.fingerprint import fingerprint
from mtaudit.reporters import ReportOptions, find_reporter
from mtaudit.reporters.html.data import page_record, utf16
from mtaudit.reporters.html.diff import word_diff
from mtaudit.reporters.html.page import SCRIPTS, STYLE
from mtaudit.reporters.html.partners import Partners
from mtaudit.types import Audit, Json, Score, Side, Span
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, build, clean, library, target_only

S, T = Side.SOURCE, Side.TARGET
ASSETS = files("mtaudit.reporters.html") / "assets"


def render(audit: Audit, **options: Any) -> str:
    stream = io.StringIO()
    find_reporter("html")(audit, stream, ReportOptions(RULES, **options))
    return stream.getvalue()


class Parts(HTMLParser):
    """The policy, the inline elements, the ids, and whatever could load or run something, as a parser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.policy = ""
        self.inline: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag in {"script", "style"}:
            self._open = given.get("type") or tag
            self.inline.append((self._open, ""))
        self.forbidden += [f"{tag} {name}" for name in given if name in {"src", "style", "srcset", "action"}]
        self.forbidden += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.forbidden += [
            f"{tag} {value}" for name, value in attrs if name == "href" and not (value or "").startswith("#")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            kind, text = self.inline[-1]
            self.inline[-1] = (kind, text + data)

    @property
    def data(self) -> Any:
        return json.loads(next(text for kind, text in self.inline if kind == "application/json"))


def bare(page: str) -> str:
    """The page without its styles, scripts and data, which are files and a golden file of their own."""
    page = re.sub(r"(<(style|script)\b[^>]*>).*?(</\2>)", r"\1…\3", page, flags=re.DOTALL)
    return re.sub(r"'sha256-[^']+'", "'sha256-…'", page.replace("&#39;", "'"))


@pytest.mark.parametrize(
    ("name", "audit", "options"),
    [
        pytest.param("library", library(), {}, id="suspects"),
        pytest.param("museum", target_only(), {"all_pairs": True}, id="target-only"),
        pytest.param("clean", clean(), {}, id="no-suspects"),
        pytest.param("library-top", library(calibrated=True), {"top": 2}, id="top"),
    ],
)
def test_exact_output(golden: Callable[[str, str], None], name: str, audit: Audit, options: dict[str, Any]) -> None:
    page = render(audit, **options)
    golden(f"{name}.html", bare(page))
    golden(f"{name}.html.json", json.dumps(Parts(page).data, ensure_ascii=False, indent=1) + "\n")


# What the page may do


def test_the_policy_names_what_is_there_and_nothing_else() -> None:
    parts = Parts(render(library()))
    hashes = {"script": [], "style": []}  # type: dict[str, list[str]]
    for kind, text in parts.inline:
        if kind in hashes:
            hashes[kind].append(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")
    assert len(hashes["script"]) == len(SCRIPTS)
    assert parts.policy == (
        f"default-src 'none'; script-src {' '.join(hashes['script'])}; style-src {hashes['style'][0]}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_policy_comes_before_all_that_it_governs() -> None:
    page = render(library())
    assert page.index("Content-Security-Policy") < min(page.index("<script"), page.index("<style"))


@pytest.mark.parametrize("audit", [library(), target_only(), clean()], ids=["library", "target-only", "clean"])
def test_nothing_is_loaded_and_nothing_runs_but_the_scripts(audit: Audit) -> None:
    parts = Parts(render(audit))
    assert parts.forbidden == []
    assert len(parts.ids) == len(set(parts.ids))


@pytest.mark.parametrize("name", [STYLE, *SCRIPTS])
def test_assets_end_no_element_and_load_nothing(name: str) -> None:
    text = (ASSETS / name).read_text(encoding="utf-8")
    assert not re.search(r"</(script|style)|<!--|//[a-z]+\.|@import|url\(|\beval\b|innerHTML|insertAdjacentHTML", text)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_strict(name: str) -> None:
    assert (ASSETS / name).read_text(encoding="utf-8").startswith('"use strict";\n/*')


def test_every_file_of_the_page_is_used() -> None:
    """What lies in the package is what goes into the page, and travels in the wheel: hatch takes files in packages."""
    assert {each.name for each in ASSETS.iterdir()} == {STYLE, *SCRIPTS}
    templates = files("mtaudit.reporters.html") / "templates"
    used = set(re.findall(r'include "([^"]+)"', (templates / "page.html").read_text(encoding="utf-8")))
    assert {each.name for each in templates.iterdir()} == used | {"page.html"}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("<>&\"'/!-\u2028\u2029\ud800\0"), min_size=1))
def test_any_text_arrives_and_stays_text(text: str) -> None:
    beads = [Bead((text,), (f"{text}!",), 0.9, (Mark("MT602", T, f"{text}!", text),))]
    page = render(build(beads, paths=(text, text)))
    page.encode()
    parts = Parts(page)
    assert parts.forbidden == []
    assert len(parts.inline) == len(SCRIPTS) + 2
    raw = next(text for kind, text in parts.inline if kind == "application/json")
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", raw)
    shown = json.loads(raw)["pairs"][0]
    assert shown["source"]["text"] == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


# What it says


def test_unlisted_suspects_have_no_text() -> None:
    pairs = page_record(library(), ReportOptions(RULES, top=1))["pairs"]
    assert [pair["listed"] for pair in pairs] == [True] + [False] * 10 + [True] * 3
    assert set(pairs[1]) == {"index", "rank", "suspicion", "listed", "severity"}


def test_decisions_are_keyed_on_content() -> None:
    first = page_record(library(), ReportOptions(RULES))["pairs"][0]
    texts = [side["text"] for side in (first["source"], first["target"]) if side]
    assert first["key"] == fingerprint(texts[0], texts[1], "")
    assert first["findings"][0]["fingerprint"] == fingerprint(texts[0], texts[1], "MT106")


def test_gaps_count_as_empty_text() -> None:
    gap = next(pair for pair in page_record(library(), ReportOptions(RULES))["pairs"] if pair["source"] is None)
    assert gap["target"] is not None
    assert gap["key"] == fingerprint("", gap["target"]["text"], "")


@settings(max_examples=200, deadline=None)
@given(st.text(), st.integers(min_value=0, max_value=50))
def test_offsets_are_those_of_javascript(text: str, at: int) -> None:
    at = min(at, len(text))
    assert utf16(text)(at) == len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


SOURCE, TARGET = "Two red boats leave.", "Zwei rote Boote fahren ab."


def _links() -> tuple[Score, ...]:
    """The second pair, as an aligner links its words; documents begin with `Hi.` and an empty line."""
    words = [("Zwei", "Two", 0.9), ("rote", "red", 0.8), ("Boote", "boats", 0.1), ("fahren ab", "leave", 0.6)]
    return tuple(
        Score(
            "aligner",
            1,
            value,
            T,
            Span(a := 5 + TARGET.index(one), a + len(one)),
            Span(b := 5 + SOURCE.index(other), b + len(other)),
        )
        for one, other, value in words
    )


@pytest.mark.parametrize(
    ("marked", "side", "evidence", "expected"),
    [
        pytest.param("rote", T, {"counterparts": [{"side": "source", "start": 9, "end": 12}]}, ["red"], id="named"),
        pytest.param("rote", T, {"source": {"start": 13, "end": 18, "quote": "boats"}}, ["boats"], id="source-place"),
        pytest.param("rote", T, {"source": "red", "source_start": 4, "source_end": 7}, ["red"], id="in-the-pair"),
        pytest.param("rote", T, {}, ["red"], id="linked"),
        pytest.param("Zwei rote", T, {}, ["Two red"], id="two-words-linked"),
        pytest.param("Boote", T, {}, [], id="link-too-weak"),
        pytest.param("boats", S, {}, [], id="no-links-of-this-side"),
        pytest.param(TARGET, T, {}, [], id="whole-side"),
        pytest.param("rote", T, {"source": {"start": 0, "end": 3}}, ["red"], id="elsewhere-so-linked"),
        pytest.param("Boote", T, {"source": {"start": 0, "end": 3}}, [], id="elsewhere"),
        pytest.param("Boote", T, {"source": {"start": "x", "end": None}, "counterparts": 7}, [], id="no-places"),
        pytest.param("Boote", T, {"counterparts": [{"side": "up", "start": 9, "end": 12}, 3]}, [], id="no-side"),
        pytest.param("Boote", T, {"source_start": 7, "source_end": 4}, [], id="backwards"),
        pytest.param(
            "Boote",
            T,
            {"witnesses": [{"rule": "MT101", "evidence": {"source": {"start": 13, "end": 18}}}, {"evidence": 3}, 4]},
            ["boats"],
            id="named-by-a-witness",
        ),
        pytest.param(
            "Boote",
            T,
            {"witnesses": [{"rule": "MT103", "evidence": {"source": {"start": 13, "end": 18}}}]},
            [],
            id="a-witness-that-says-there-is-none",
        ),
    ],
)  # fmt: skip
def test_counterparts(marked: str, side: Side, evidence: Mapping[str, Json], expected: list[str]) -> None:
    audit = build(
        [
            Bead(("Hi.",), ("Ho.",), 0.1),
            Bead((SOURCE,), (TARGET,), 0.9, (Mark("MT106", side, marked, "", evidence=evidence),)),
        ]
    )
    audit = replace(audit, scores=_links())
    suspect = audit.ranking[0]
    found = Partners(audit).of(suspect.pair, suspect.findings[0])
    documents = {side: audit.bitext.document(side) for side in Side}
    assert [document.text[span.start : span.end] for side, span in found if (document := documents[side])] == expected


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        pytest.param("It rose by 4.1 million then.", ["4", "1", "million"], ["4.1 million"], id="number and its unit"),
        pytest.param("At 12:30 it left.", ["12", "30"], ["12:30"], id="time"),
        pytest.param("The old red barn stood.", ["old", "barn"], ["old", "barn"], id="a word between"),
        pytest.param("The old, red barn.", ["old", "red"], ["old", "red"], id="a comma between"),
        pytest.param("The old red barn.", ["red barn", "old red"], ["old red barn"], id="overlapping"),
        pytest.param("Room 4, 1 bed.", ["4", "1"], ["4", "1"], id="two numbers"),
    ],
)
def test_a_counterpart_in_pieces_is_one(text: str, spans: list[str], expected: list[str]) -> None:
    places: list[Json] = [
        {"side": "source", "start": text.index(words), "end": text.index(words) + len(words)} for words in spans
    ]
    mark = Mark("MT106", T, "rote", "", evidence={"counterparts": places})
    audit = build([Bead((text,), (TARGET,), 0.9, (mark,))])
    found = Partners(audit).of(audit.ranking[0].pair, audit.findings[0])
    assert [text[span.start : span.end] for _, span in found] == expected


@pytest.mark.parametrize(("rule", "side", "words"), [("MT102", S, "red"), ("MT601", S, "Two"), ("MT602", T, "rote")])
def test_what_has_no_counterpart_shows_none(rule: str, side: Side, words: str) -> None:
    evidence: Mapping[str, Json] = {"counterparts": [{"side": side.other.value, "start": 0, "end": 3}]}
    audit = build([Bead((SOURCE,), (TARGET,), 0.9, (Mark(rule, side, words, "", evidence=evidence),))])
    assert Partners(audit).of(audit.ranking[0].pair, audit.findings[0]) == []


@pytest.mark.parametrize(
    ("source", "back", "changed", "pieces"),
    [
        pytest.param("The cat sat.", "The cat sat.", "", [("same", "The cat sat.")], id="the-same"),
        pytest.param("The CAT sat.", "the cat sat!", "", [("same", "the cat sat!")], id="case-and-marks"),
        pytest.param("An old cat.", "An cat.", "", [("same", "An "), ("lost", "old "), ("same", "cat.")], id="lost"),
        pytest.param("An cat.", "An old cat.", "", [("same", "An "), ("new", "old "), ("same", "cat.")], id="new"),
        pytest.param(
            "A cat sat.", "A dog sat.", "dog",
            [("same", "A "), ("lost", "cat "), ("changed", "dog"), ("new", " "), ("same", "sat.")], id="changed",
        ),
        pytest.param("Is 1.4.", "Is 4.1.", "", [("same", "Is "), ("lost", "1.4."), ("new", "4.1.")], id="number"),
        pytest.param("I may.", "I may.", "may", [("same", "I "), ("changed", "may"), ("same", ".")], id="told"),
        pytest.param("", "Hello.", "", [("new", "Hello.")], id="no-source"),
        pytest.param("Hello.", "", "", [("lost", "Hello.")], id="no-back-translation"),
        pytest.param("…", "…", "", [("same", "…")], id="no-words"),
        pytest.param("狗吃", "猫吃", "猫", [("lost", "狗"), ("changed", "猫"), ("same", "吃")], id="unspaced"),
    ],
)  # fmt: skip
def test_differences(source: str, back: str, changed: str, pieces: list[tuple[str, str]]) -> None:
    at = back.index(changed)
    changes = [Span(at, at + len(changed))] if changed else []
    assert word_diff(source, back, changes) == pieces


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .\u0301é狗"), st.text(alphabet="ab .\u0301é狗"), st.integers(0, 8), st.integers(0, 8))
def test_differences_keep_the_back_translation(source: str, back: str, start: int, length: int) -> None:
    start = min(start, len(back))
    pieces = word_diff(source, back, [Span(start, min(len(back), start + length))])
    assert "".join(text for kind, text in pieces if kind != "lost") == back
    assert all(text for _, text in pieces)


def test_a_back_translation_is_held_against_the_prose_of_its_source() -> None:
    audit = library()
    first = next(suspect for suspect in audit.ranking if suspect.pair.source)
    told = replace(first, back_translation="The gate is green.", back_changes=(), back_source="The gate is green.")
    ranking = tuple(told if suspect is first else suspect for suspect in audit.ranking)
    cards = page_record(replace(audit, ranking=ranking), ReportOptions(RULES))["pairs"]
    assert next(card for card in cards if card["rank"] == first.rank)["back"] == [("same", "The gate is green.")]
