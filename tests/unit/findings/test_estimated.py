"""What is made of words that the estimator holds wrong: spans, rules, severities, and the words of the other side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

import mtaudit.checks
import mtaudit.findings.detect  # noqa: F401  # both register the rules that the estimator contributes to
from mtaudit.findings.estimated import (
    EstimatedAddition,
    EstimatedMistranslation,
    EstimatedName,
    EstimatedOmission,
    EstimatedUntranslated,
    UnlikelyWording,
)
from mtaudit.findings.lostnames import lost_names
from mtaudit.findings.wrongwords import FAINT, HIGH, HIGH_PLANTED, LOW, wrong_words
from mtaudit.rules import PairView, contributors
from mtaudit.scorers.embedding import COUNTERPART
from mtaudit.scorers.estimator import WRONG, WRONG_MAJOR, WRONG_PLANTED
from mtaudit.text import words
from mtaudit.types import Bitext, Finding, Score, Severity, Side, Span
from tests.support import bitext, quotes

SOURCE = "The government denied for weeks that it had sent the drones, and nobody asked."
TARGET = "Die Regierung verweigert seit Wochen die Entsendung der Drohnen, und niemand fragte."
PARTNERS = {"verweigert": "denied", "Drohnen": "drones", "Entsendung": "sent", "Regierung": "government"}
SURE = 0.999
DETECTORS = (
    EstimatedMistranslation,
    EstimatedOmission,
    EstimatedAddition,
    EstimatedUntranslated,
    UnlikelyWording,
)


def scored(
    both: Bitext,
    wrong: Mapping[str, float],
    major: Sequence[str] = (),
    lonely: Sequence[str] = (),
) -> tuple[Score, ...]:
    """Scores of the first pair: probabilities of the words named in `wrong`, all major if named in `major`."""
    assert both.pairs is not None
    assert both.source is not None
    found = []
    for side in Side:
        text, start = both.text(both.pairs[0], side) or "", both.pairs[0].segments(side)[0].span.start
        for word in words(text):
            place = Span(word.start, word.end).shift(start)
            value = wrong.get(word.text, 0.0)
            found.append(Score(WRONG, 0, value, side, place))
            found.append(Score(WRONG_MAJOR, 0, value if word.text in major else 0.0, side, place))
            partner = None
            if side is Side.TARGET and word.text in PARTNERS:
                at = both.source.text.index(PARTNERS[word.text])
                partner = Span(at, at + len(PARTNERS[word.text]))
            found.append(Score(COUNTERPART, 0, 0.1 if word.text in lonely else 0.8, side, place, partner))
    return tuple(found)


def detected(source: str, target: str, *given: object, **named: object) -> tuple[Bitext, list[Finding]]:
    both = bitext([(source, target)])
    assert both.pairs is not None
    scores = scored(both, *given, **named)  # type: ignore[arg-type]  # the cases give what `scored` takes
    assert set(DETECTORS) - {UnlikelyWording} <= set(contributors())  # which gives them their rules
    view = PairView.of(both, both.pairs[0])
    return both, [finding for detector in DETECTORS for finding in detector().detect(view, scores)]


@pytest.mark.parametrize(
    ("wrong", "major", "lonely", "rule", "quote", "message"),
    [
        (
            {"verweigert": SURE},
            ["verweigert"],
            [],
            "MT101",
            ("target", "verweigert"),
            "'verweigert' does not say what the source says there: 'denied'",
        ),
        (
            {"seit": SURE, "Wochen": SURE},
            ["seit", "Wochen"],
            [],
            "MT101",
            ("target", "seit Wochen"),
            "'seit Wochen' does not say what the source says",
        ),
        (
            {"seit": SURE, "Wochen": SURE},
            ["seit", "Wochen"],
            ["seit", "Wochen"],
            "MT103",
            ("target", "seit Wochen"),
            "'seit Wochen' has no counterpart in the source",
        ),
        ({"Wochen": SURE}, [], [], "MT205", ("target", "Wochen"), "A reader would stumble over 'Wochen'"),
        (
            {"nobody": SURE, "asked": SURE},
            ["nobody", "asked"],
            [],
            "MT102",
            ("source", "nobody asked"),
            "'nobody asked' has no counterpart in the translation",
        ),
    ],
    ids=["mistranslation", "without partner", "addition", "wording", "omission"],
)
def test_spans_get_the_rule_that_fits(
    wrong: Mapping[str, float],
    major: Sequence[str],
    lonely: Sequence[str],
    rule: str,
    quote: tuple[str, str],
    message: str,
) -> None:
    both, findings = detected(SOURCE, TARGET, wrong, major, lonely)
    assert [(finding.rule, finding.message) for finding in findings] == [(rule, message)]
    assert quotes(both, findings) == [quote]
    assert findings[0].severity is (Severity.MAJOR if major else Severity.MINOR)
    assert findings[0].confidence > 0.9


@pytest.mark.parametrize(
    ("source", "target", "word", "rule"),
    [
        ("We kept the leftover remnants.", "Wir behielten die remnants.", "remnants", "MT104"),
        ("We saw Clara.", "Wir sahen Clara.", "Clara", "MT101"),
        ("It took 24 days.", "Es dauerte 24 Tage.", "24", "MT101"),
        ("We were in an hour.", "Wir waren in einer Stunde.", "in", "MT101"),
    ],
    ids=["untranslated", "a name", "a number", "a word of both languages"],
)
def test_untranslated_words_are_words(source: str, target: str, word: str, rule: str) -> None:
    _, findings = detected(source, target, {word: SURE}, [word])
    assert [finding.rule for finding in findings if finding.side is Side.TARGET] == [rule]


def test_the_words_of_the_other_side_are_evidence() -> None:
    _, (finding,) = detected(SOURCE, TARGET, {"verweigert": SURE}, ["verweigert"])
    at = SOURCE.index("denied")
    assert finding.evidence["counterparts"] == [{"side": "source", "start": at, "end": at + 6, "quote": "denied"}]
    assert finding.evidence["estimator"] == {"wrong": SURE, "major_share": 1.0}


HERE = HIGH[Side.TARGET]
BELOW = LOW * HERE


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, []),
        ({"Wochen": FAINT * HERE / 2}, []),
        ({"seit": HERE, "Wochen": BELOW}, ["seit Wochen"]),
        ({"seit": HERE, "Wochen": FAINT * HERE / 2}, ["seit"]),
        ({"seit": HERE, "die": HERE}, ["seit Wochen die"]),
        ({"Drohnen": HERE, "und": HERE}, ["Drohnen", "und"]),
        ({"verweigert": HERE, "Drohnen": HERE}, ["verweigert", "Drohnen"]),
    ],
    ids=["none", "too faint", "a neighbour", "no neighbour", "over a word", "not over a comma", "two spans"],
)
def test_words_are_joined_to_spans(wrong: Mapping[str, float], expected: list[str]) -> None:
    both = bitext([(SOURCE, TARGET)])
    assert both.pairs is not None
    spans = wrong_words(PairView.of(both, both.pairs[0]), Side.TARGET, scored(both, wrong))
    assert [both.target.text[one.span.start : one.span.end] for one in spans] == expected


def test_an_article_alone_is_no_omission() -> None:
    both = bitext([(SOURCE, TARGET)])
    assert both.pairs is not None
    view = PairView.of(both, both.pairs[0])
    assert wrong_words(view, Side.SOURCE, scored(both, {"The": SURE})) == []
    assert len(wrong_words(view, Side.SOURCE, scored(both, {"weeks": SURE}))) == 1


def test_a_negation_alone_is_an_omission() -> None:
    both = bitext([("The bridge is not open.", "Die Brücke ist offen.")])
    assert both.pairs is not None
    (one,) = wrong_words(PairView.of(both, both.pairs[0]), Side.SOURCE, scored(both, {"not": SURE}))
    assert both.source is not None
    assert both.source.text[one.span.start : one.span.end] == "not"


@pytest.mark.parametrize(
    ("probability", "low", "high"),
    [(HERE, 0.5, 0.5), (1.0, 0.94, 0.96), (FAINT * HERE, 0.5 * FAINT, 0.5 * FAINT)],
    ids=["at the threshold", "certain", "faint"],
)
def test_confidence_is_a_half_at_the_threshold(probability: float, low: float, high: float) -> None:
    both = bitext([(SOURCE, TARGET)])
    assert both.pairs is not None
    (one,) = wrong_words(PairView.of(both, both.pairs[0]), Side.TARGET, scored(both, {"Wochen": probability}))
    assert low <= one.confidence <= high


@pytest.mark.parametrize(
    ("wrong", "planted", "confidence"),
    [
        (1.0, HIGH_PLANTED[Side.TARGET], 0.5),
        (0.0, HIGH_PLANTED[Side.TARGET], 0.5),
        (0.5, 1.0, 0.95),
        (0.5, HIGH_PLANTED[Side.TARGET] / 2, 0.25),
    ],
)
def test_an_estimator_that_tells_planted_errors_is_asked_for_them(
    wrong: float, planted: float, confidence: float
) -> None:
    both = bitext([(SOURCE, TARGET)])
    assert both.pairs is not None
    scores = scored(both, {"Wochen": wrong})
    at = both.target.text.index("Wochen")
    made = Score(WRONG_PLANTED, 0, planted, Side.TARGET, Span(at, at + 6))
    (one,) = wrong_words(PairView.of(both, both.pairs[0]), Side.TARGET, (*scores, made))
    assert one.confidence == pytest.approx(confidence)
    assert (one.probability, one.planted) == (wrong, planted)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Yesterday Kirkwall won.", "Gestern gewann Stromness.", ["Kirkwall"]),
        ("Yesterday Kirkwall won.", "Gestern gewann Kirkwall.", []),
        ("Yesterday Tchaikovsky won.", "Gestern gewann Tschaikowski.", []),
        ("Kirkwall won.", "Stromness gewann.", []),
        ("She said: Kirkwall won.", "Sie sagte: Stromness gewann.", []),
        ("On Monday the Council met in Norway.", "Der Rat tagte am Dienstag in Schweden.", []),
        ("The Orcadian team met the Scottish one.", "Das Team traf das andere.", []),
        ("Kirkwall Ferry Company Sells Old Ships", "Stromness verkauft Schiffe", []),
    ],
    ids=["exchanged", "kept", "respelt", "at the start", "after a colon", "no names", "peoples", "headline"],
)
def test_lost_names(source: str, target: str, expected: list[str]) -> None:
    assert [source[span.start : span.end] for span in lost_names(source, target, ("en", "de"))] == expected


def test_names_are_not_lost_in_other_languages() -> None:
    assert list(lost_names("Yesterday Kirkwall won.", "Hier Stromness a gagné.", ("en", "fr"))) == []
    assert list(lost_names("Gestern gewann Kirkwall.", "Yesterday Stromness won.", ("de", "en"))) == []


def test_a_half_suspect_word_in_the_place_of_a_lost_name_is_reported() -> None:
    both = bitext([("Yesterday Kirkwall beat Hoy in the Final.", "Gestern schlug Stromness Hoy im Endspiel.")])
    assert both.pairs is not None
    view = PairView.of(both, both.pairs[0])
    scores = scored(both, {"Stromness": 0.6, "Endspiel": 0.1, "Hoy": 0.9})
    (finding,) = EstimatedName().detect(view, scores)
    assert finding.message == "The name 'Kirkwall' of the source became 'Stromness'"
    assert quotes(both, [finding]) == [("target", "Stromness")]
    assert 0.5 < finding.confidence < 0.95
    assert finding.evidence["source"] == "Kirkwall"
    assert finding.evidence["estimator"] == {"wrong": 0.6}
    assert list(EstimatedName().detect(view, scored(both, {"Stromness": 0.3}))) == []
