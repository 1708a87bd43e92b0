from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.structure import ExtraSentence, LengthRatio, MissingSentence, Truncated
from mtaudit.lengths import length_deviation
from mtaudit.rules import DocumentCheck, DocumentView, PairView
from mtaudit.types import Finding, Severity
from tests.support import bitext, run_document, run_pair

Pairs = list[tuple[str | None, str | None]]
EN_DE = ("en", "de")

A = ("The old mill by the river was sold to a baker.", "Die alte Mühle am Fluss wurde an einen Bäcker verkauft.")
B = ("He wants to grind his own flour from next year.", "Er will ab nächstem Jahr sein eigenes Mehl mahlen.")
C = ("The neighbours are glad about the new life.", "Die Nachbarn freuen sich über das neue Leben.")
LOST = "The price was not made known by either side."
ADDED = "Der Preis wurde von keiner der beiden Seiten genannt."


def findings(check: DocumentCheck, pairs: Pairs) -> list[Finding]:
    both = bitext(pairs)
    assert both.pairs is not None
    return list(check.check(DocumentView(both, both.pairs)))


@pytest.mark.parametrize(
    ("check", "pairs", "expected"),
    [
        pytest.param(MissingSentence(), [A, (LOST, None), B, C], [("source", LOST)], id="missing"),
        pytest.param(ExtraSentence(), [A, (None, ADDED), B, C], [("target", ADDED)], id="extra"),
        pytest.param(
            MissingSentence(), [A, (LOST, None), (B[0], None), C], [("source", LOST), ("source", B[0])], id="two"
        ),
        pytest.param(
            ExtraSentence(), [A, (None, ADDED), (None, B[1])], [("target", ADDED), ("target", B[1])], id="two extra"
        ),
    ],
)
def test_gaps_fire(check: DocumentCheck, pairs: Pairs, expected: list[tuple[str, str]]) -> None:
    assert run_document(check, pairs) == expected
    assert all(finding.confidence == 0.8 for finding in findings(check, pairs))


@pytest.mark.parametrize(
    ("check", "pairs"),
    [
        pytest.param(MissingSentence(), [A, B, C], id="nothing missing"),
        pytest.param(MissingSentence(), [A, ("* * *", None), B], id="no letters"),
        pytest.param(MissingSentence(), [A, (None, ADDED), B], id="an extra one is not missing"),
        pytest.param(ExtraSentence(), [A, B, C], id="nothing extra"),
        pytest.param(ExtraSentence(), [A, (None, "— 12 —"), B], id="page number"),
        pytest.param(ExtraSentence(), [A, B, C, (None, A[1]), (None, B[1])], id="repeated passage: MT203"),
        pytest.param(ExtraSentence(), [(None, A[1]), (None, B[1]), A, B, C], id="repeated passage, first copy alone"),
        pytest.param(ExtraSentence(), [A, (None, "Diesen Artikel teilen"), B], id="debris: MT311"),
        pytest.param(
            ExtraSentence(), [A, (None, "He wants to grind his own flour again."), B], id="source language: MT104"
        ),
        pytest.param(ExtraSentence(), [(None, A[1]), (None, B[1])], id="no source at all"),
    ],
)
def test_gaps_stay_quiet(check: DocumentCheck, pairs: Pairs) -> None:
    assert run_document(check, pairs) == []


@pytest.mark.parametrize(
    ("check", "pairs", "confidence"),
    [
        pytest.param(MissingSentence(), [A, ("Further details", None), B], 0.4, id="short heading"),
        pytest.param(MissingSentence(), [A, ("Nobody knew of it.", None), B], 0.65, id="short sentence"),
        pytest.param(
            MissingSentence(),
            [A, (LOST, None), (B[0], f"{B[1]} {ADDED}"), C],
            0.4,
            id="the neighbour has taken it in",
        ),
        pytest.param(ExtraSentence(), [A, (None, "Weitere Einzelheiten"), B], 0.4, id="short heading, extra"),
    ],
)
def test_gaps_that_a_person_would_shrug_at(check: DocumentCheck, pairs: Pairs, confidence: float) -> None:
    assert [finding.confidence for finding in findings(check, pairs)] == [confidence]


def test_unrelated_documents_are_named_once() -> None:
    pairs: Pairs = [A, *((source, None) for source in (B[0], C[0], LOST)), (None, B[1]), (None, C[1]), (None, ADDED)]
    found = findings(MissingSentence(), pairs)
    assert [finding.confidence for finding in found] == [0.9, 0.3, 0.3]
    assert found[0].message == (
        f"'{B[0]}' has no counterpart in the target; only 1 of 7 places correspond,"
        " so the two documents may not belong together"
    )


@pytest.mark.parametrize(
    ("source", "target", "languages", "severity"),
    [
        pytest.param(
            " ".join((A[0], B[0], C[0], LOST)), "Die Mühle wurde verkauft.", EN_DE, Severity.MAJOR, id="far too short"
        ),
        pytest.param(B[0], " ".join((A[1], B[1], C[1], ADDED)), EN_DE, Severity.MAJOR, id="far too long"),
        pytest.param(B[0], f"{B[1]} {ADDED}", EN_DE, Severity.MINOR, id="twice as long"),
        pytest.param(" ".join((A[0], B[0], C[0])), "磨坊卖了。", ("en", "zh"), Severity.MINOR, id="Chinese, too short"),
    ],
)
def test_length_fires(source: str, target: str, languages: tuple[str, str], severity: Severity) -> None:
    assert run_pair(LengthRatio(), source, target, languages) == [("target", target)]
    both = bitext([(source, target)], languages)
    assert both.pairs is not None
    (finding,) = LengthRatio().check(PairView.of(both, both.pairs[0]))
    assert finding.severity == severity


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param(*A, EN_DE, id="an ordinary translation"),
        pytest.param(A[1], A[0], ("de", "en"), id="the other way"),
        pytest.param("See you!", "Auf Wiedersehen und bis zum nächsten Mal!", EN_DE, id="short source"),
        pytest.param(
            "The old mill was sold to a baker.", "旧磨坊卖给了一位面包师。", ("en", "zh"), id="Chinese is dense"
        ),
        pytest.param(
            "旧磨坊上周卖给了一位年轻的面包师。",
            "The old mill was sold to a young baker last week.",
            ("zh", "en"),
            id="from Chinese",
        ),
        pytest.param(
            "古い水車小屋は先週パン屋に売られました。",
            "The old mill was sold to a baker last week.",
            ("ja", "en"),
            id="from Japanese",
        ),
        pytest.param("There are more details on page 14.", "→ 14", EN_DE, id="no words in the target"),
        pytest.param(f"{A[0]} {B[0]}", "Die alte Mühle wurde verkauft, weil", EN_DE, id="truncated: MT605"),
    ],
)
def test_length_stays_quiet(source: str, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(LengthRatio(), source, target, languages) == []


def test_length_ignores_gaps_and_target_only() -> None:
    assert run_pair(LengthRatio(), A[0], None) == []
    assert run_pair(LengthRatio(), None, A[1]) == []


def test_deviation_is_symmetric_around_the_usual_length() -> None:
    assert abs(length_deviation("x" * 100, "x" * 112, EN_DE)) < 0.01
    assert length_deviation("x" * 100, "x" * 140, EN_DE) == pytest.approx(2.0)
    assert length_deviation("x" * 100, "x" * 84, EN_DE) == pytest.approx(-2.0)


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param(
            "It was closed because it was unsafe.", "Sie wurde gesperrt, weil", EN_DE, "weil", id="conjunction"
        ),
        pytest.param("He gave it to the king.", "Er gab es schließlich dem", EN_DE, None, id="may end so"),
        pytest.param("It is a gift for the king.", "Es ist ein Geschenk vom", EN_DE, "vom", id="preposition"),
        pytest.param(" ".join((A[0], B[0])), "Die alte Mühle am Fluss wurde", EN_DE, "wurde", id="much too short"),
        pytest.param(
            "The mill was sold, the baker is glad, and nobody is sad.",
            "Die Mühle wurde verkauft,",
            EN_DE,
            "verkauft,",
            id="comma",
        ),
        pytest.param("She said that the bridge was closed.", "Elle a dit que", ("en", "fr"), "que", id="French"),
        pytest.param("He came home and went to sleep.", "Он пришёл домой и", ("en", "ru"), "и", id="Russian"),
    ],
)
def test_truncated(source: str, target: str, languages: tuple[str, str], expected: str | None) -> None:
    assert [quote for _, quote in run_pair(Truncated(), source, target, languages)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param(*A, id="finished"),
        pytest.param("The mill is sold.", "Die Mühle ist verkauft", id="only the full stop is missing"),
        pytest.param("Come in.", "Kommen Sie herein", id="separable prefix"),
        pytest.param("The mill and the baker", "Die Mühle und", id="the source is no sentence"),
        pytest.param("You will come, will you not?", "Du kommst doch, oder", id="question tag"),
        pytest.param("The last word is “and”.", "Das letzte Wort ist „und“", id="mentioned word"),
        pytest.param("Dear Sir or Madam!", "Sehr geehrte Damen und Herren,", id="salutation"),
        pytest.param("Go!", "Los", id="one word"),
    ],
)
def test_truncated_stays_quiet(source: str, target: str) -> None:
    assert run_pair(Truncated(), source, target) == []


def test_truncated_ignores_gaps_and_target_only() -> None:
    assert run_pair(Truncated(), A[0], None) == []
    assert run_pair(Truncated(), None, "Die Brücke wurde gesperrt, weil") == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.text(max_size=20)), st.one_of(st.none(), st.text(max_size=20))),
        min_size=1,
        max_size=8,
    )
)
def test_any_bitext_is_survived(pairs: Pairs) -> None:
    given_pairs: Pairs = [*((source or None, target or None) for source, target in pairs), A]
    for check in (MissingSentence(), ExtraSentence()):
        run_document(check, given_pairs)
    for source, target in given_pairs:
        if source or target:
            run_pair(LengthRatio(), source, target)
            run_pair(Truncated(), source, target)
