"""The embedding scorer, on vectors that are easy to reckon with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import pytest

from mtaudit.checks.codes import inline_codes
from mtaudit.models.base import TokenVectors, Vectors
from mtaudit.scorers import length
from mtaudit.scorers.embedding import COUNTERPART, SIMILARITY, best_matches, score
from mtaudit.text import words
from mtaudit.types import Bitext, ModelUse, Score, Side, Span
from tests.support import bitext

LEXICON = {"bridge": 0, "brücke": 0, "old": 1, "alte": 1, "red": 2, "rote": 2, "very": 3}


class LexiconEmbedder:
    """One axis a meaning; unknown words share the last axis."""

    use = ModelUse("embedder", "lexicon", "test")

    def _vector(self, word: str) -> Vectors:
        vector = np.zeros(8, dtype=np.float32)
        vector[LEXICON.get(word.lower(), 7)] = 1
        return vector

    def sentences(self, texts: Sequence[str]) -> Vectors:
        sums = [np.sum([self._vector(word.text) for word in words(text)], axis=0) for text in texts]
        return np.array([each / np.linalg.norm(each) for each in sums], dtype=np.float32)

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        return self.sentences(texts), self.tokens(texts)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        return [
            TokenVectors(
                np.array([self._vector(word.text) for word in words(text)], dtype=np.float32).reshape(-1, 8),
                tuple(Span(word.start, word.end) for word in words(text)),
            )
            for text in texts
        ]


def test_codes_are_not_read() -> None:
    """The scores are those of the text without tags; the spans stand on the words of the text with them."""
    bare = bitext([("old bridge", "alte Brücke"), ("red", "rote"), ("old bridge", "alte Brücke")])
    tagged = bitext([("<b>old</b> bridge", "alte <i>Brücke</i> %s"), ("red", "rote"), ("<b>%s</b>", "alte Brücke")])
    assert bare.pairs is not None
    assert tagged.pairs is not None
    plain = [each for each in score(bare, bare.pairs, LexiconEmbedder()) if each.pair < 2]
    found = list(score(tagged, tagged.pairs, LexiconEmbedder(), inline_codes))
    assert [(each.scorer, each.pair, each.value) for each in found] == [(s.scorer, s.pair, s.value) for s in plain]
    assert quotes(tagged, found) == quotes(bare, plain)


def quotes(both: Bitext, scores: Sequence[Score]) -> list[tuple[str | None, str | None]]:
    """The word and its partner of each score."""

    def quote(side: Side | None, span: Span | None) -> str | None:
        document = both.document(side) if side else None
        return document.text[span.start : span.end] if document and span else None

    return [(quote(s.side, s.span), quote(s.side.other if s.side else None, s.partner)) for s in scores]


def test_texts_that_stand_there_often_are_read_once() -> None:
    class Counting(LexiconEmbedder):
        read: ClassVar[list[str]] = []

        def both(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
            self.read.extend(texts)
            return super().both(texts)

    again = bitext([("old bridge", "alte Brücke"), ("red", "rote"), ("old bridge", "Brücke")])
    assert again.pairs is not None
    assert list(score(again, again.pairs, Counting())) == list(score(again, again.pairs, LexiconEmbedder()))
    assert Counting.read == ["old bridge", "red", "alte Brücke", "rote", "Brücke"]


def test_words_without_counterpart_score_low() -> None:
    both = bitext([("old bridge", "alte Brücke"), ("very red bridge", "alte Brücke")])
    assert both.pairs is not None
    scores = list(score(both, both.pairs, LexiconEmbedder()))
    table = {}
    for each in scores:
        document = both.document(each.side) if each.side else None
        if each.scorer == COUNTERPART and each.side and each.span and document:
            table[each.pair, each.side.value, document.text[each.span.start : each.span.end]] = each.value
    assert table == {
        (0, "source", "old"): 1,
        (0, "source", "bridge"): 1,
        (0, "target", "alte"): 1,
        (0, "target", "Brücke"): 1,
        (1, "source", "very"): 0,
        (1, "source", "red"): 0,
        (1, "source", "bridge"): 1,
        (1, "target", "alte"): 0,
        (1, "target", "Brücke"): 1,
    }
    similar = {each.pair: each.value for each in scores if each.scorer == SIMILARITY}
    assert similar[0] == pytest.approx(1)
    assert similar[1] == pytest.approx(1 / 6**0.5)


def test_gaps_are_not_scored() -> None:
    both = bitext([("old bridge", None), (None, "alte Brücke"), ("red", "rote")])
    assert both.pairs is not None
    assert {each.pair for each in score(both, both.pairs, LexiconEmbedder())} == {2}


@pytest.mark.parametrize(
    ("similarity", "expected"),
    [
        ([[0.9, 0.1], [0.2, 0.8]], [0.9, 0.8]),
        ([[0.9], [0.6]], [0.9, 0.0]),
        ([[0.7], [0.7]], [0.7, 0.7]),
        ([[0.3, 0.4]], [0.4]),
        ([[0.9, 0.5], [0.8, 0.1]], [0.9, 0.6]),
    ],
    ids=["a match each", "one column, two rows", "a tie", "no rival", "the better match is taken"],
)
def test_rivals_weaken_a_match(similarity: list[list[float]], expected: list[float]) -> None:
    assert best_matches(np.array(similarity, dtype=np.float32)).tolist() == pytest.approx(expected, abs=1e-6)


def test_words_know_their_partner() -> None:
    both = bitext([("old red bridge", "rote alte Brücke, so")])
    assert both.pairs is not None
    partners = {
        both.source.text[each.span.start : each.span.end]: both.target.text[each.partner.start : each.partner.end]
        for each in score(both, both.pairs, LexiconEmbedder())
        if both.source and each.side is Side.SOURCE and each.span and each.partner
    }
    assert partners == {"old": "alte", "red": "rote", "bridge": "Brücke"}


def test_length_deviation_of_pairs_with_both_sides() -> None:
    both = bitext([("An old bridge stands here.", "Hier steht eine alte Brücke."), ("Gone.", None)])
    assert both.pairs is not None
    (only,) = length.score(both, both.pairs)
    assert only.pair == 0
    assert abs(only.value) < 1
    alone = bitext([(None, "Hier steht sie.")])
    assert list(length.score(alone, alone.pairs or ())) == []
