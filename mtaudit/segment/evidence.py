"""What speaks for a bead when there is an embedder: the cosine of both sides, beside length and paragraphs.

Overlaps of one to three segments are embedded as Vecalign does (Thompson & Koehn 2019, "Vecalign: Improved Sentence
Alignment in Linear Time and Space"), and cosines are taken against those with unrelated sentences of the same
documents, so that the scale fits any model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtaudit.models.base import Embedder, Vectors
from mtaudit.segment.layout import Layout
from mtaudit.segment.path import LONGEST, Floats, GapScores

# Chosen on 20 artificial documents made of development pairs (see benchmarks/alignment.py): 4 of the
# 97 missing sentences are paired with something else, and 26 of the 32 pairs whose cosine is below 0.5 (half of their
# words are foreign) stay together. Where bounds only moved (2-2), two 1-1 mostly win: both are right in part. Weighting
# 2-2 double finds more of them, and takes in foreign neighbours for it.
#: A pair as close as unrelated sentences scores -_NEUTRAL; a perfect one 1 - _NEUTRAL.
_NEUTRAL = 0.32
_GAPS = GapScores(open=-0.1, extend=-0.075, edge=-0.07)
_PENALTY = {(1, 1): 0.0, (1, 2): 0.2, (2, 1): 0.2, (2, 2): 0.34, (1, 3): 0.27, (3, 1): 0.27}
# The artificial documents would bear several times these weights: their lengths and paragraphs are better than real.
_LENGTH_WEIGHT = 0.25
_PARAGRAPH_WEIGHT = 0.03
#: For each segment that has stood there before: where one sentence of a doubled passage is damaged, the path must not
#: change over to the second copy to avoid it.
_REPEAT_PENALTY = 0.35

#: Unrelated sentences that a sentence is held against, evenly spread over the other side.
_SAMPLE = 64
#: Cosine of unrelated sentences before any are seen, and what that is worth in sentences: for tiny documents.
_USUAL, _USUAL_COUNT = 0.1, 4


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Unit vectors of all runs of 1 to 3 segments of one side: `vectors[k - 1][i]` covers segments i to i + k - 1."""

    vectors: tuple[Vectors, ...]


class EmbeddingScoring:
    """Scores beads by the cosine of the two sides."""

    gaps = _GAPS

    def __init__(
        self, overlaps: tuple[Overlaps, Overlaps], layout: Layout, texts: tuple[Sequence[str], Sequence[str]]
    ) -> None:
        self._source, self._target = (side.vectors for side in overlaps)
        self._layout = layout
        self._baselines = _baselines(overlaps, texts)

    def beads(self, bead: tuple[int, int], source_end: int, target_ends: range) -> Floats:
        """Scores of the beads of one type, see `Scoring`."""
        height, width = bead
        begin = source_end - height
        part = slice(target_ends.start - width, target_ends.stop - width)
        cosines = (self._target[width - 1][part] @ self._source[height - 1][begin]).astype(np.float64)
        ours, theirs = self._baselines
        usual = (ours[height - 1][begin] + theirs[width - 1][part]) / 2
        closeness = (cosines - usual) / (1 - usual)
        strain = _LENGTH_WEIGHT * self._layout.imbalance(bead, source_end, target_ends)
        shape = _PARAGRAPH_WEIGHT * self._layout.paragraph_fit(bead, source_end, target_ends)
        repeated = _REPEAT_PENALTY * self._layout.repeats(bead, source_end, target_ends)
        scores: Floats = closeness - _NEUTRAL - _PENALTY[bead] - strain + shape - repeated
        return scores

    def similarity(self, bead: tuple[int, int], begins: tuple[int, int]) -> float:
        """Cosine of the two sides of the bead that begins at these segments."""
        ours = self._source[bead[0] - 1][begins[0]]
        theirs = self._target[bead[1] - 1][begins[1]]
        return float(np.clip(ours @ theirs, -1, 1))


def embed(
    sides: tuple[Sequence[str], Sequence[str]], glue: tuple[str, str], embedder: Embedder
) -> tuple[Overlaps, Overlaps]:
    """Embed all overlaps of both sides in one call, each different text once.

    `glue` stands between the segments of a run, for each side.
    """
    runs = [
        [[between.join(texts[i : i + size]) for i in range(len(texts) - size + 1)] for size in range(1, LONGEST + 1)]
        for texts, between in zip(sides, glue, strict=True)
    ]
    numbers: dict[str, int] = {}
    for side in runs:
        for texts in side:
            for text in texts:
                numbers.setdefault(text, len(numbers))
    vectors = embedder.sentences(list(numbers))
    found = [Overlaps(tuple(vectors[[numbers[text] for text in texts]] for texts in side)) for side in runs]
    return found[0], found[1]


def _baselines(
    overlaps: tuple[Overlaps, Overlaps], texts: tuple[Sequence[str], Sequence[str]]
) -> tuple[list[Floats], list[Floats]]:
    """Mean cosine of every overlap with unrelated segments of the other side, copies of a text counted once."""
    # A dictionary keeps the first place of each text when it is filled from the end.
    first = [{text: i for i, text in reversed(list(enumerate(side)))}.values() for side in texts]
    singles = [side.vectors[0][sorted(places)] for side, places in zip(overlaps, first, strict=True)]
    samples = [side[np.linspace(0, len(side) - 1, min(len(side), _SAMPLE)).astype(int)] for side in singles]
    crossing = np.sort((samples[0] @ samples[1].T).ravel())
    # As many of the highest are left out as there may be translations among them.
    unrelated = crossing[: len(crossing) - min(len(samples[0]), len(samples[1]))]
    usual = (float(unrelated.sum()) + _USUAL * _USUAL_COUNT) / (len(unrelated) + _USUAL_COUNT)
    return (
        [_baseline(vectors, samples[1], usual) for vectors in overlaps[0].vectors],
        [_baseline(vectors, samples[0], usual) for vectors in overlaps[1].vectors],
    )


def _baseline(vectors: Vectors, sample: Vectors, usual: float) -> Floats:
    cosines = (vectors @ sample.T).astype(np.float64)
    # The closest one may be the translation itself.
    total = cosines.sum(axis=1) - cosines.max(axis=1)
    means: NDArray[np.float64] = (total + usual * _USUAL_COUNT) / (len(sample) - 1 + _USUAL_COUNT)
    return np.clip(means, -0.5, 0.95)
