"""Numbers, names and negations that came back as others, on back-translations written by hand."""

from __future__ import annotations

import pytest

from mtaudit.findings.roundtrip import NameRoundTrip, NegationRoundTrip, NumberRoundTrip
from mtaudit.pipeline import all_rules
from mtaudit.rules import Detector, PairView, contributors
from mtaudit.scorers.backtranslation import SOURCE_LOGPROB
from mtaudit.text import words
from mtaudit.types import BackTranslation, Link, Score, Side, Span
from tests.support import bitext, quotes


def run(
    detector: Detector,
    source: str,
    target: str,
    back: str,
    unlikely: str,
    languages: tuple[str, str] = ("en", "fi"),
    whole: bool = True,
) -> list[tuple[str, str]]:
    """What is marked where the words of `unlikely` are very unlikely given the target, and linked to its last word."""
    all_rules()
    contributors()
    both = bitext([(source, target)], languages)
    assert both.pairs is not None
    last = list(words(target))[-1]
    scores, links = [], []
    for word in words(source):
        span = Span(word.start, word.end)
        strange = word.text in unlikely.split()
        scores.append(Score(SOURCE_LOGPROB, 0, -9.0 if strange else -0.2, Side.SOURCE, span))
        if strange:
            links.append(Link(span, Span(last.start, last.end)))
    record = BackTranslation(0, back, links=tuple(links), whole=whole)
    return quotes(both, list(detector.detect(PairView.of(both, both.pairs[0], record), tuple(scores))))


NORWAY = "Norway bought the ferry."
NONE: list[tuple[str, str]] = []


@pytest.mark.parametrize(
    ("source", "target", "back", "unlikely", "expected"),
    [
        ("It took 12 days.", "Siihen meni 21", "It took 21 days.", "12", [("target", "21")]),
        ("It took 12 days.", "Siihen meni päiviä", "It took days.", "12", [("target", "päiviä")]),
        ("It took 12 days.", "Siihen meni 12 päivää", "It took 21 days.", "12", NONE),
        ("It took 12 days.", "Siihen meni kaksitoista päivää", "It took twenty days.", "", NONE),
        ("It took 12 days.", "Siihen meni kaksitoista päivää", "It took twelve days.", "12", NONE),
        ("It took days.", "Siihen meni päiviä", "It took 7 days.", "days", NONE),
    ],
    ids=["changed", "lost", "the target has it", "likely", "as a word", "made up on the way back"],
)
def test_numbers(source: str, target: str, back: str, unlikely: str, expected: list[tuple[str, str]]) -> None:
    assert run(NumberRoundTrip(), source, target, back, unlikely) == expected


@pytest.mark.parametrize(
    ("source", "target", "back", "unlikely", "expected"),
    [
        (
            NORWAY,
            "Ruotsi osti lautan",
            "Sweden bought the ferry.",
            "Norway",
            [("target", "lautan")],
        ),
        (NORWAY, "Norja osti lautan", "Sweden bought the ferry.", "", NONE),
        (NORWAY, "Norway osti lautan", "Sweden bought the ferry.", "Norway", NONE),
        (NORWAY, "Norja osti lautan", "The Norwegians bought the ferry.", "Norway", NONE),
    ],
    ids=["changed", "likely", "the target has it", "said otherwise"],
)
def test_names(source: str, target: str, back: str, unlikely: str, expected: list[tuple[str, str]]) -> None:
    assert run(NameRoundTrip(), source, target, back, unlikely) == expected


@pytest.mark.parametrize(
    ("source", "back", "languages", "expected"),
    [
        ("The bridge was not damaged.", "The bridge was damaged.", ("en", "de"), [("source", "not")]),
        ("It wasn't damaged.", "It was damaged.", ("en", "de"), [("source", "n't")]),
        ("Nobody was hurt.", "Somebody was hurt.", ("en", "fi"), [("source", "Nobody")]),
        ("Die Brücke wurde nicht zerstört.", "Die Brücke wurde zerstört.", ("de", "en"), [("source", "nicht")]),
        ("Le pont n'est pas fermé.", "Le pont est fermé.", ("fr", "en"), [("source", "n'")]),
        ("The bridge was not damaged.", "The bridge was undamaged.", ("en", "de"), NONE),
        ("He did not come.", "He failed to come.", ("en", "de"), NONE),
        ("It is not allowed.", "It isn't allowed.", ("en", "de"), NONE),
        ("The bridge was damaged.", "The bridge was not damaged.", ("en", "de"), NONE),
        ("Silta ei vaurioitunut.", "Silta vaurioitui.", ("fi", "en"), NONE),
    ],
    ids=["not", "contracted", "nobody", "German", "French", "prefix", "verb", "kept", "added", "unknown language"],
)
def test_negations(source: str, back: str, languages: tuple[str, str], expected: list[tuple[str, str]]) -> None:
    strange = " ".join(word.text for word in words(source))
    assert run(NegationRoundTrip(), source, "Kohde", back, strange, languages) == expected


def test_a_negation_that_the_translator_finds_likely_is_there() -> None:
    assert run(NegationRoundTrip(), "It was not damaged.", "Se ei vaurioitunut", "It was damaged.", "") == NONE


@pytest.mark.parametrize(
    "detector", [NumberRoundTrip(), NameRoundTrip(), NegationRoundTrip()], ids=lambda d: type(d).__name__
)
def test_a_back_translation_that_breaks_off_says_nothing(detector: Detector) -> None:
    source = "Norway did not buy 12 ferries."
    assert run(detector, source, "Ruotsi osti lautat", "Sweden bought 2", "Norway not 12", whole=False) == NONE


def test_they_feed_rules_that_others_registered() -> None:
    all_rules()
    fed = {cls.__name__: cls.rule.id for cls in contributors()}
    assert {name: fed.get(name) for name in ("NumberRoundTrip", "NameRoundTrip")} == {
        "NumberRoundTrip": "MT106",
        "NameRoundTrip": "MT107",
    }
