"""The estimator scorer, on judgements that are easy to reckon with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from mtaudit.checks.codes import inline_codes
from mtaudit.models.base import Judgements, PairJudgement
from mtaudit.scorers.estimator import (
    BADNESS,
    MAJOR,
    MINOR,
    PENALTY,
    PLANTED,
    SPLIT,
    SURPRISAL,
    WRONG,
    WRONG_MAJOR,
    WRONG_PLANTED,
    score,
)
from mtaudit.text import words
from mtaudit.types import ModelUse, Side, Span
from tests.support import bitext

BAD = {"falsch": (0.1, 0.2, 0.7), "schief": (0.4, 0.6, 0.0), "lost": (0.2, 0.0, 0.8)}


class PieceEstimator:
    """Two pieces a word; the second one carries what the table says of the word."""

    use = ModelUse("estimator", "table", "test")

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[PairJudgement]:
        return [
            PairJudgement(np.array([0.5, 0.2, 0.3], dtype=np.float32), self._side(source), self._side(target))
            for source, target in pairs
        ]

    def _side(self, text: str) -> Judgements:
        rows: list[tuple[float, float, float]] = []
        spans = []
        start = 0
        for word in text.split(" "):
            spans += [Span(start, start + 1), Span(start + 1, start + len(word))]
            rows += [(0.9, 0.1, 0.0), BAD.get(word, (1.0, 0.0, 0.0))]
            start += len(word) + 1
        return Judgements(np.array(rows, dtype=np.float32), tuple(spans))


def test_codes_are_not_read() -> None:
    tagged = bitext([("all <b>is</b> lost", "alles {x} ist <i>falsch</i>"), ("%s", "schief")])
    assert tagged.pairs is not None
    found = list(score(tagged, tagged.pairs, PieceEstimator(), inline_codes))
    words = [
        (one.side.value, document.text[one.span.start : one.span.end])
        for one in found
        if one.scorer == WRONG and one.side and one.span and (document := tagged.document(one.side))
    ]
    assert words == [(side, word) for side, row in ROWS.items() for word in row.split()]
    assert {one.pair for one in found} == {0}


ROWS = {"source": "all is lost", "target": "alles ist falsch"}


def test_words_take_the_probabilities_of_their_worst_piece() -> None:
    both = bitext([("all is lost", "alles ist falsch"), ("and crooked", "und schief"), ("gone", None)])
    assert both.pairs is not None
    found = list(score(both, both.pairs, PieceEstimator()))
    words = {
        (one.scorer, document.text[one.span.start : one.span.end]): one.value
        for one in found
        if one.side and one.span and (document := both.document(one.side))
    }
    assert words[WRONG, "falsch"] == pytest.approx(0.9)
    assert words[WRONG_MAJOR, "falsch"] == pytest.approx(0.7)
    assert words[WRONG, "schief"] == pytest.approx(0.6)
    assert words[WRONG_MAJOR, "schief"] == 0
    assert words[WRONG, "lost"] == pytest.approx(0.8)
    assert words[WRONG, "ist"] == pytest.approx(0.1)
    assert {one.pair for one in found} == {0, 1}


def test_pairs_have_a_distribution_and_a_penalty_by_word() -> None:
    both = bitext([("all is lost", "alles ist falsch")])
    assert both.pairs is not None
    pair = {one.scorer: one.value for one in score(both, both.pairs, PieceEstimator()) if one.side is None}
    assert pair == {
        MAJOR: pytest.approx(0.3),
        MINOR: pytest.approx(0.2),
        PENALTY: pytest.approx((0.1 + 0.1 + 0.2 + 5 * 0.7) / 3),
        SPLIT: 1.0,
    }


def test_what_only_some_estimators_say_is_passed_on() -> None:
    class Telling(PieceEstimator):
        def judge(self, pairs: Sequence[tuple[str, str]]) -> list[PairJudgement]:
            return [replace(judged, badness=0.4, surprisal=7.5) for judged in super().judge(pairs)]

    both = bitext([("all is lost", "alles ist falsch")])
    assert both.pairs is not None
    pair = {one.scorer: one.value for one in score(both, both.pairs, Telling()) if one.side is None}
    assert (pair[BADNESS], pair[SURPRISAL]) == (0.4, 7.5)


def test_planted_errors_are_told_apart() -> None:
    class Telling(PieceEstimator):
        def judge(self, pairs: Sequence[tuple[str, str]]) -> list[PairJudgement]:
            return [replace(judged, planted=0.9) for judged in super().judge(pairs)]

        def _side(self, text: str) -> Judgements:
            side = super()._side(text)
            return replace(side, planted=np.arange(len(side.spans), dtype=np.float32) / np.float32(10))

    both = bitext([("all is lost", "alles ist falsch")])
    assert both.pairs is not None
    found = list(score(both, both.pairs, Telling()))
    assert [one.value for one in found if one.scorer == PLANTED] == [0.9]
    words = [one.value for one in found if one.scorer == WRONG_PLANTED and one.side is Side.TARGET]
    assert words == pytest.approx([0.1, 0.3, 0.5])  # of two pieces the larger one


def test_words_of_one_piece_are_not_split() -> None:
    class Whole(PieceEstimator):
        def _side(self, text: str) -> Judgements:
            spans = tuple(Span(word.start, word.end) for word in words(text))
            return Judgements(np.array([[1.0, 0.0, 0.0]] * len(spans), dtype=np.float32), spans)

    both = bitext([("all is lost", "alles ist falsch")])
    assert both.pairs is not None
    assert [one.value for one in score(both, both.pairs, Whole()) if one.scorer == SPLIT] == [0.0]


def test_sides_are_told_apart() -> None:
    both = bitext([("all is lost", "alles ist falsch")])
    assert both.pairs is not None
    sides = {one.side for one in score(both, both.pairs, PieceEstimator()) if one.scorer == WRONG}
    assert sides == set(Side)
