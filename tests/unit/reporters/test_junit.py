"""JUnit XML: well-formed whatever the texts hold, counts that agree, failures where the run fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from mtaudit.types import BadInput, CheckReport, Severity, Side
from tests.unit.reporters.audit_fixture import Bead, Mark, build
from tests.unit.reporters.check_fixture import CHECKS, render, site

T = Side.TARGET


def parsed(check: CheckReport, *, all_pairs: bool = False, top: int | None = None) -> etree._Element:
    return etree.fromstring(render("junit", check, all_pairs=all_pairs, top=top).encode())


def cases(root: etree._Element, kind: str) -> Iterator[etree._Element]:
    return (case for case in root.iter("testcase") if case.find(kind) is not None)


@pytest.mark.parametrize("all_pairs", [False, True])
@pytest.mark.parametrize("name", CHECKS)
def test_structure(name: str, all_pairs: bool) -> None:
    root = parsed(CHECKS[name](), all_pairs=all_pairs)
    assert root.tag == "testsuites"
    assert {suite.tag for suite in root} == {"testsuite"}
    for element in [root, *root]:
        for attribute, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.get(attribute) or -1) == len(list(cases(element, kind)))
        assert int(element.get("tests") or -1) == len(list(element.iter("testcase")))
    for suite in root:
        names = [(case.get("classname"), case.get("name")) for case in suite]
        assert len(set(names)) == len(names)
        assert {case.get("classname") for case in suite} == {suite.get("name")}


def level(severity: Severity | None, marked: Severity) -> CheckReport:
    mark = Mark("MT201", T, "Haus", "No house", severity=marked)
    audit = build([Bead(("A house.",), ("Ein Haus.",), 0.5, (mark,)), Bead(("Good.",), ("Gut.",), 0.1)])
    return CheckReport((audit,), (), (), (), severity)


@pytest.mark.parametrize(
    ("fail_on", "marked", "kind"),
    [
        pytest.param(Severity.MAJOR, Severity.MAJOR, "failure", id="at-the-level"),
        pytest.param(Severity.MAJOR, Severity.CRITICAL, "failure", id="above"),
        pytest.param(Severity.MAJOR, Severity.MINOR, "system-out", id="below"),
        pytest.param(Severity.NEUTRAL, Severity.NEUTRAL, "failure", id="lowest-level"),
        pytest.param(None, Severity.CRITICAL, "system-out", id="nothing-fails"),
    ],
)
def test_a_pair_fails_where_the_run_does(fail_on: Severity | None, marked: Severity, kind: str) -> None:
    case = next(case for case in parsed(level(fail_on, marked)).iter("testcase") if case.get("name") == "Ein Haus.")
    assert [child.tag for child in case] == [kind]
    assert "MT201 broken-sentence: No house (target 1:5, words: “Haus”)" in (case[0].text or "")


def test_the_verdict_is_a_case() -> None:
    verdict = next(case for case in parsed(site()).iter("testcase") if case.get("name") == "verdict")
    assert [child.get("message") for child in verdict] == [
        "10 new findings of severity major or above. 1 file could not be judged."
    ]
    assert "matches nothing any more" in (verdict[0].text or "")


def test_problems_stand_in_the_suite_of_their_file_or_of_the_run() -> None:
    found = {(case.getparent().get("name"), case.get("name")) for case in cases(parsed(site()), "error")}
    assert found == {
        ("library.de.txt", "library.de.txt:40 can be judged"),
        ("library.de.txt", "library.de.txt:41 can be judged"),
        ("mtaudit", "docs/de/broken.md can be judged"),
    }


def test_a_pair_without_target_lies_in_the_source() -> None:
    case = next(case for case in parsed(site()).iter("testcase") if (case.get("name") or "").startswith("Nobody"))
    assert (case.get("classname"), case.get("file"), case.get("line")) == ("library.de.txt", "library.en.txt", "5")


def test_names_hold_no_line_numbers() -> None:
    bead = Bead(("A house.",), ("Ein Haus.",), 0.5, (Mark("MT201", T, "Haus", "x"),))
    names = []
    for before in (0, 3):
        audit = build([*[Bead((f"No {n}.",), (f"Nein {n}.",), 0.1) for n in range(before)], bead])
        root = parsed(CheckReport((audit,), (), (), (), Severity.MAJOR))
        names.append([case.get("name") for case in cases(root, "failure")])
    assert names[0] == names[1] == ["Ein Haus."]


def test_one_file_in_several_languages_is_several_suites() -> None:
    audits = [
        build([Bead(("One.",), (text,), 0.1)], languages=("en", language), paths=("a.xcstrings", "a.xcstrings"))
        for language, text in (("de", "Eins."), ("fr", "Un."))
    ]
    root = parsed(CheckReport(tuple(audits), (), (), (), None))
    assert [suite.get("name") for suite in root] == ["a.xcstrings (de)", "a.xcstrings (fr)", "mtaudit"]


@settings(max_examples=100, deadline=None)
@example("\ufffe")
@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_any_text_is_well_formed_and_nothing_is_lost_in_silence(text: str) -> None:
    audit = build([Bead((text,), (text,), 0.5, (Mark("MT201", T, text, text),))], paths=("a", text.strip("<")))
    bad = BadInput(text, 3, text, text)
    root = parsed(CheckReport((audit,), (bad,), (text,), (text,), Severity.MAJOR))
    body = next(case[0].text or "" for case in cases(root, "failure"))
    if re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]", text):
        assert "written as pictures or codes" in body
    if "written as pictures or codes" not in body:
        assert body.count(text) >= 4
