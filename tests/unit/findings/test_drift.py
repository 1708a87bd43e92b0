"""MT112 on scores that are easy to reckon with, and on toy translators that truly translate."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from mtaudit.findings.drift import THRESHOLD, UNLIKELY, VERY_UNLIKELY, MeaningDrift, drifts
from mtaudit.modelfile import load
from mtaudit.models.embedder import SentenceTransformerEmbedder
from mtaudit.models.translator import TransformersTranslator
from mtaudit.pipeline import _sentences
from mtaudit.rules import PairView
from mtaudit.scorers.backtranslation import KEPT, SAME, SIMILARITY, SOURCE_LOGPROB, score
from mtaudit.scorers.embedding import SIMILARITY as DIRECT
from mtaudit.text import words
from mtaudit.types import BackTranslation, Bitext, Finding, Link, Score, Side, Span
from tests.support import bitext, quotes
from tests.toys import toy_spec
from training.toy_translator import sentence

SOURCE = "The neighbours refused to answer the letters."
TARGET = "Die Nachbarn leugneten die Briefe."
BACK = "The neighbours denied the letters."


def place(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def scored(lost: dict[str, float], kept: float = 0.3) -> tuple[Score, ...]:
    """Words named in `lost` have this log-probability and are not in the back-translation; others are."""
    found = []
    for word in words(SOURCE):
        span = Span(word.start, word.end)
        found.append(Score(KEPT, 0, kept if word.text in lost else 1.0, Side.SOURCE, span))
        found.append(Score(SOURCE_LOGPROB, 0, lost.get(word.text, -0.1), Side.SOURCE, span))
    return tuple(found)


def view(both: Bitext, back: BackTranslation | None) -> PairView:
    assert both.pairs is not None
    return PairView.of(both, both.pairs[0], back)


BOTH = bitext([(SOURCE, TARGET)])
LINK = Link(place(SOURCE, "refused"), place(TARGET, "leugneten"))
BACK_RECORD = BackTranslation(0, BACK, (place(BACK, "denied"),), (LINK,))


def found(back: BackTranslation | None, scores: tuple[Score, ...]) -> list[tuple[str, str]]:
    return quotes(BOTH, list(MeaningDrift().detect(view(BOTH, back), scores)))


@pytest.mark.parametrize(
    ("lost", "expected"),
    [
        ({"refused": -12.0}, [("target", "leugneten")]),
        ({"answer": -12.0}, [("source", "answer")]),
        ({"refused": -12.0, "answer": -9.0}, [("target", "leugneten")]),
        ({"refused": -2.0}, []),
        ({"refused": UNLIKELY, "answer": UNLIKELY}, []),
        ({"to": -12.0, "the": -12.0}, []),
        ({}, []),
    ],
    ids=[
        "linked",
        "not linked",
        "a run",
        "likely: a paraphrase",
        "just likely enough",
        "function words",
        "nothing lost",
    ],
)
def test_lost_words(lost: dict[str, float], expected: list[tuple[str, str]]) -> None:
    assert found(BACK_RECORD, scored(lost)) == expected


def test_a_word_that_is_kept_is_not_lost_however_unlikely() -> None:
    assert found(BACK_RECORD, scored({"refused": -20.0}, kept=SAME)) == []


def test_two_words_need_less_each() -> None:
    half = UNLIKELY + 0.6 * THRESHOLD * (VERY_UNLIKELY - UNLIKELY)
    assert drifts(view(BOTH, BACK_RECORD), scored({"refused": half})) == []
    (run,) = drifts(view(BOTH, BACK_RECORD), scored({"refused": half, "answer": half}))
    assert (run.words, SOURCE[run.span.start : run.span.end]) == (2, "refused to answer")


@pytest.mark.parametrize(
    "back", [None, replace(BACK_RECORD, whole=False)], ids=["no back-translation", "one that breaks off"]
)
def test_without_a_whole_back_translation_nothing_is_said(back: BackTranslation | None) -> None:
    assert found(back, scored({"refused": -12.0})) == []


@pytest.mark.parametrize(
    ("direct", "returned", "logprob", "count"),
    [(0.8, 0.9, -0.5, 1), (0.8, 0.66, -0.5, 1), (0.8, 0.6, -0.5, 0), (0.2, 0.1, -4.0, 0), (0.8, 0.9, -3.4, 1)],
    ids=["closer", "as close", "lost on the way back", "hopeless", "nearly hopeless"],
)
def test_a_translator_that_loses_what_the_target_says_is_no_witness(
    direct: float, returned: float, logprob: float, count: int
) -> None:
    scores = (
        *scored({"refused": -12.0}),
        Score(DIRECT, 0, direct),
        Score(SIMILARITY, 0, returned),
        Score(SOURCE_LOGPROB, 0, logprob),
    )
    assert len(found(BACK_RECORD, scores)) == count


def test_the_finding_says_what_came_back() -> None:
    back = replace(BACK_RECORD, cut_sentences=1)
    (finding,) = MeaningDrift().detect(view(BOTH, back), scored({"refused": -12.0}))
    assert finding.message == (
        "'refused' of the source is lost when the target is translated back, which then says 'denied'"
    )
    assert finding.evidence["back_translation"] == BACK
    assert finding.evidence["cut_sentences"] == 1
    assert finding.evidence["source"] == {"start": 15, "end": 22, "quote": "refused"}
    assert 0.5 <= finding.confidence <= 0.85


# With models


def measured(both: Bitext) -> list[Finding]:
    spec = load().profile("embedded").model("embedder")
    assert spec is not None
    translators = [TransformersTranslator(toy_spec("de", "en"))]
    scores, backs = score(both, both.pairs or (), translators, SentenceTransformerEmbedder(spec), _sentences)
    result = []
    for pair, back in zip(both.pairs or (), backs, strict=True):
        own = tuple(one for one in scores if one.pair == pair.index)
        result += list(MeaningDrift().detect(PairView.of(both, pair, back), own))
    return result


def test_right_translations_are_left_alone() -> None:
    rng = random.Random(99)
    assert measured(bitext([sentence(rng) for _ in range(150)])) == []


#: One word of the translation put in the place of another, and what must be marked.
WRONG = [
    ("verkaufte", "kaufte", "bought", "kaufte"),
    ("öffnete", "schloss", "closed", "schloss"),
    ("fand", "verlor", "lost", "verlor"),
    ("Freitag", "Montag", "Monday", "Montag"),
    ("Polizei", "Hafen", "harbour", "Hafen"),
]


def test_wrong_words_are_marked() -> None:
    rng = random.Random(7)
    pairs: list[tuple[str | None, str | None]] = []
    expected: list[str] = []
    while len(pairs) < 40:
        english, german = sentence(rng)
        for right, wrong, _, marked in WRONG:
            if f" {right} " in german.replace(".", " .") and right != "Polizei":
                pairs.append((english, german.replace(right, wrong)))
                expected.append(marked)
                break
    both = bitext(pairs)
    hit = {one.pair for one in measured(both) for text in quotes(both, [one]) if text == ("target", expected[one.pair])}
    assert len(hit) >= 36
