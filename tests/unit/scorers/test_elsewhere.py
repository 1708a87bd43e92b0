"""Sentences that stand elsewhere: gaps of both sides that belong together, on vectors that are easy to reckon with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mtaudit.models.base import TokenVectors, Vectors
from mtaudit.scorers.elsewhere import ELSEWHERE, score
from mtaudit.types import ModelUse
from tests.support import bitext

#: What each sentence is about, by its first word.
ABOUT = {
    "Six": (1.0, 0.0, 0.0),
    "Sechs": (0.9, 0.1, 0.0),
    "Nobody": (0.0, 1.0, 0.0),
    "Niemand": (0.1, 0.9, 0.0),
    "Keiner": (0.1, 0.9, 0.1),
    "The": (0.0, 0.0, 1.0),
    "Der": (0.6, 0.6, 0.5),
}


class TopicEmbedder:
    """A sentence is about what its first word says."""

    use = ModelUse("embedder", "topic", "test")

    def sentences(self, texts: Sequence[str]) -> Vectors:
        vectors = np.array([ABOUT[text.split()[0]] for text in texts], dtype=np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        return self.sentences(texts), self.tokens(texts)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        raise NotImplementedError


SIX = ("Six pumps ran all night.", "Sechs Pumpen liefen die ganze Nacht.")
NOBODY = ("Nobody was hurt by it.", "Niemand wurde dabei verletzt.")


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([(SIX[0], None), NOBODY, (None, SIX[1])], [(2, SIX[0])], id="moved down"),
        pytest.param([(None, SIX[1]), NOBODY, (SIX[0], None)], [(0, SIX[0])], id="moved up"),
        pytest.param(
            [(SIX[0], None), (NOBODY[0], None), (None, NOBODY[1]), (None, SIX[1])],
            [(2, NOBODY[0]), (3, SIX[0])],
            id="two",
        ),
        pytest.param([SIX, NOBODY], [], id="no gaps"),
        pytest.param([(SIX[0], None), NOBODY], [], id="only missing"),
        pytest.param([SIX, (None, NOBODY[1])], [], id="only extra"),
        pytest.param([(SIX[0], None), (None, NOBODY[1])], [], id="something else"),
        pytest.param([(SIX[0], None), (None, "Der Strom fiel an dem Tag aus.")], [], id="paraphrased beyond doubt"),
        pytest.param(
            [(NOBODY[0], None), (None, NOBODY[1]), (None, "Keiner kam dabei zu Schaden.")],
            [],
            id="two come into question",
        ),
        pytest.param([(SIX[0], None), (None, SIX[1] + " Und am Tag." * 12)], [], id="far too long"),
        pytest.param([(None, SIX[1])], [], id="no source"),
    ],
)
def test_elsewhere(pairs: list[tuple[str | None, str | None]], expected: list[tuple[int, str]]) -> None:
    both = bitext(pairs)
    assert both.pairs is not None
    found = list(score(both, both.pairs, TopicEmbedder()))
    assert {each.scorer for each in found} <= {ELSEWHERE}
    assert both.source is not None or not found
    places = [(each.pair, each.span) for each in found if each.span is not None]
    text = both.source.text if both.source else ""
    assert [(pair, text[span.start : span.end]) for pair, span in places] == expected
