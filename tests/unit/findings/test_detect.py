"""What the detectors make of scores: runs of words without a counterpart, and texts that have nothing in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mtaudit.findings.counterparts import LENGTH_WEIGHT, LEVEL, THRESHOLD, lonely_runs, strangest_run
from mtaudit.findings.detect import Addition, Detached, Mistranslation, Omission, Reordered
from mtaudit.rules import Detector, PairView
from mtaudit.scorers.elsewhere import ELSEWHERE
from mtaudit.scorers.embedding import COUNTERPART, SIMILARITY
from mtaudit.scorers.length import DEVIATION
from mtaudit.text import words
from mtaudit.types import Bitext, Score, Severity, Side, Span
from tests.support import bitext, quotes

SOURCE = "The mayor and her two deputies resigned on Monday."
TARGET = "Die Bürgermeisterin trat am Montag völlig überraschend zurück."


#: The score of a word of which two and a half are enough to be reported.
STRANGE = LEVEL - 0.4 * max(THRESHOLD.values())


def scored(both: Bitext, strange: Sequence[str], value: float = STRANGE, similarity: float = 0.8) -> tuple[Score, ...]:
    """Scores of the first pair: words named in `strange` have no counterpart, all others have a sure one."""
    assert both.pairs is not None
    pair = both.pairs[0]
    scores = [Score(SIMILARITY, 0, similarity)]
    for side in Side:
        text, span = both.text(pair, side), pair.span(side)
        if text is None or span is None:
            continue
        for word in words(text):
            place = Span(word.start, word.end).shift(span.start)
            scores.append(Score(COUNTERPART, 0, value if word.text in strange else 0.85, side, place))
    return tuple(scores)


def found(detector: Detector, both: Bitext, scores: tuple[Score, ...]) -> list[tuple[str, str]]:
    assert both.pairs is not None
    return quotes(both, list(detector.detect(PairView.of(both, both.pairs[0]), scores)))


NONE: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("detector", "strange", "expected"),
    [
        (Omission(), ["two", "deputies", "resigned"], [("source", "two deputies resigned")]),
        (Omission(), [], NONE),
        (Omission(), ["on"], NONE),
        (Omission(), ["and", "her", "on"], NONE),
        (Addition(), ["am", "Montag", "völlig", "überraschend"], [("target", "am Montag völlig überraschend")]),
        (Addition(), ["am"], NONE),
        (Omission(), ["two", "deputies", "resigned", "völlig", "überraschend", "zurück"], NONE),
        (Addition(), ["two", "deputies", "resigned", "völlig", "überraschend", "zurück"], NONE),
        (
            Mistranslation(),
            ["two", "deputies", "resigned", "völlig", "überraschend", "zurück"],
            [("target", "völlig überraschend zurück")],
        ),
        (Mistranslation(), ["two", "deputies", "resigned"], NONE),
    ],
    ids=[
        "omission",
        "nothing strange",
        "one function word",
        "function words only",
        "addition",
        "one function word added",
        "both sides: no omission",
        "both sides: no addition",
        "both sides: mistranslation",
        "one side: no mistranslation",
    ],
)
def test_runs(detector: Detector, strange: list[str], expected: list[tuple[str, str]]) -> None:
    both = bitext([(SOURCE, TARGET)])
    assert found(detector, both, scored(both, strange)) == expected


def test_spans_count_in_the_document() -> None:
    both = bitext([("First.", "Erstens."), (SOURCE, TARGET)])
    assert both.pairs is not None
    scores = tuple(
        Score(COUNTERPART, 1, 0.0 if place in (22, 26) else 0.9, Side.SOURCE, Span(place, place + 3))
        for place in (8, 12, 22, 26)
    )
    run = strangest_run(PairView.of(both, both.pairs[1]), Side.SOURCE, scores)
    assert run is not None
    assert run.span == Span(22, 29)


@pytest.mark.parametrize(
    ("similarity", "expected"), [(0.05, [("target", TARGET)]), (0.5, NONE), (0.9, NONE)], ids=["other", "free", "same"]
)
def test_detached(similarity: float, expected: list[tuple[str, str]]) -> None:
    both = bitext([(SOURCE, TARGET)])
    assert found(Detached(), both, scored(both, [], similarity=similarity)) == expected


@pytest.mark.parametrize("gap", [(SOURCE, None), (None, TARGET)], ids=["omission", "addition"])
def test_gaps_have_no_scores_and_no_findings(gap: tuple[str | None, str | None]) -> None:
    both = bitext([gap, ("One.", "Eins.")])
    for detector in (Omission(), Addition(), Mistranslation(), Detached()):
        assert found(detector, both, ()) == NONE


def test_message_and_severity_follow_the_evidence() -> None:
    both = bitext([(SOURCE, TARGET)])
    assert both.pairs is not None
    view = PairView.of(both, both.pairs[0])
    (weak,) = Omission().detect(view, scored(both, ["two", "deputies", "resigned"]))
    (strong,) = Omission().detect(view, scored(both, ["mayor", "her", "two", "deputies", "resigned"], value=-0.9))
    assert weak.message == "'two deputies resigned' has no counterpart in the translation"
    assert (weak.severity, strong.severity) == (Severity.MINOR, Severity.MAJOR)
    assert 0.5 <= weak.confidence < strong.confidence <= 0.95


@pytest.mark.parametrize(
    ("deviation", "sides"),
    [(0.0, {Side.SOURCE}), (-3.0, {Side.SOURCE}), (1.0, set()), (-0.2, {Side.SOURCE})],
    ids=["as long as expected", "short", "long", "a little short"],
)
def test_length_speaks_for_or_against_an_omission(deviation: float, sides: set[Side]) -> None:
    both = bitext([(SOURCE, TARGET)])
    assert both.pairs is not None
    # Just enough without the length, and less than one deviation of it above that.
    value = LEVEL - (THRESHOLD[Side.SOURCE] + 0.2 * LENGTH_WEIGHT) / 3
    scores = (*scored(both, ["two", "deputies", "resigned"], value), Score(DEVIATION, 0, deviation))
    assert set(lonely_runs(PairView.of(both, both.pairs[0]), scores)) == sides


@pytest.mark.parametrize(
    ("source", "similarity", "count"),
    [(SOURCE, 0.35, 1), (SOURCE, 0.45, 0), ("Output quality", 0.35, 0), ("Output quality", 0.1, 1)],
    ids=["sentence", "free sentence", "free heading", "other heading"],
)
def test_headings_may_be_less_alike(source: str, similarity: float, count: int) -> None:
    both = bitext([(source, TARGET)])
    assert len(found(Detached(), both, scored(both, [], similarity=similarity))) == count


def test_a_lost_clause_is_major_even_near_the_threshold() -> None:
    # Four content words that together are just enough.
    value = LEVEL - 1.05 * THRESHOLD[Side.SOURCE] / 4
    text = "The mayor, deputies resigned Monday."
    both = bitext([(text, TARGET)])
    assert both.pairs is not None
    scores = scored(both, ["mayor", "deputies", "resigned", "Monday"], value=value)
    (finding,) = Omission().detect(PairView.of(both, both.pairs[0]), scores)
    assert finding.severity is Severity.MAJOR
    assert finding.confidence < 0.55


def test_one_word_is_no_run() -> None:
    both = bitext([(SOURCE, TARGET)])
    assert found(Omission(), both, scored(both, ["deputies"], value=-1.0)) == NONE


@pytest.mark.parametrize(
    ("source", "severity"),
    [("It rains cats and dogs again.", Severity.MAJOR), (SOURCE + " Nobody knew why.", Severity.CRITICAL)],
    ids=["may be an idiom", "long sentence"],
)
def test_what_may_be_an_idiom_is_not_critical(source: str, severity: Severity) -> None:
    both = bitext([(source, TARGET)])
    assert both.pairs is not None
    (finding,) = Detached().detect(PairView.of(both, both.pairs[0]), scored(both, [], similarity=0.0))
    assert finding.severity is severity


def test_a_clause_lost_where_sentences_were_joined_is_major() -> None:
    lost = ["deputies", "resigned"]
    both = bitext([("The mayor stayed.", None), (SOURCE, TARGET)], separator=" ")
    assert both.pairs is not None
    first, second = both.pairs
    joined = replace(second, index=0, source=(*first.source, *second.source))
    both = replace(both, pairs=(joined,))
    scores = scored(both, lost, value=LEVEL - 0.55 * THRESHOLD[Side.SOURCE])
    (finding,) = Omission().detect(PairView.of(both, joined), scores)
    assert finding.severity is Severity.MAJOR


def test_reordered_names_both_places() -> None:
    both = bitext([("Six pumps ran.", None), ("Nobody was hurt.", "Niemand wurde verletzt."), (None, "Sechs liefen.")])
    assert both.pairs is not None
    score = Score(ELSEWHERE, 2, 0.8, Side.SOURCE, Span(0, 14))
    (finding,) = Reordered().detect(PairView.of(both, both.pairs[2]), (score,))
    assert quotes(both, [finding]) == [("target", "Sechs liefen.")]
    assert finding.message == "This translates 'Six pumps ran.', which stands elsewhere in the source (line 1)"
    assert finding.evidence == {"similarity": 0.8, "source": {"start": 0, "end": 14, "quote": "Six pumps ran."}}
    assert finding.severity is Severity.MINOR
    assert list(Reordered().detect(PairView.of(both, both.pairs[2]), (Score(SIMILARITY, 2, 0.8),))) == []
