"""What speaks for a bead when there is no model: lengths, and tokens that look the same in both languages.

Lengths as in Gale & Church (1993). Tokens that look the same (numbers, names, cognates) strengthen them, as in Simard,
Foster & Isabelle (1992, "Using cognates to align sentences in bilingual corpora"): words count as cognates when their
first letters agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from zlib import crc32

import numpy as np

from mtaudit.models.base import Vectors
from mtaudit.segment.layout import Layout
from mtaudit.segment.path import LONGEST, Floats, GapScores
from mtaudit.text import fold, words

#: Variance of the length difference for each code point (Gale & Church 1993, section 3.2.1).
_VARIANCE = 6.8
#: Degrees of freedom: with Student's t instead of the normal distribution one odd sentence does not throw the path off.
_FREEDOM = 4.0
#: Logarithms of how often the types come: Gale & Church's table 5; 1-3 and 3-1, which they leave out, are a guess.
_PRIOR = {
    (1, 1): log(0.89),
    (1, 2): log(0.0445),
    (2, 1): log(0.0445),
    (2, 2): log(0.011),
    (1, 3): log(0.003),
    (3, 1): log(0.003),
}
# Chosen on the Text+Berg document and on artificial ones in seven languages (benchmarks/alignment.py).
_GAPS = GapScores(open=-2.0, extend=-2.2, edge=-1.0)
_TOKEN_WEIGHT = 7.0
_PARAGRAPH_WEIGHT = 0.3
#: See `evidence`: keeps the path in the first copy of a doubled passage.
_REPEAT_PENALTY = 2.0

#: Evidence that two segments must share before it counts half (in nats, see `_weights`).
_SOFT = 3.0
_PREFIX = 5
_SHORTEST = 4
_WIDTH = 384
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f'’]\d+)*")
_UNSPACED = re.compile("[\u3005-\u3007\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Runs of 1 to 3 segments as hashed sums of their tokens' weights; `[k - 1][i]` covers segments i to i + k - 1.

    The product of a source and a target vector is about the weight that they share; `mass` is the whole weight.
    """

    vectors: tuple[Vectors, ...]
    mass: tuple[Floats, ...]

    def unit(self) -> Vectors:
        """Unit vectors of the single segments; zero where a segment has no token that the other side has."""
        norms = np.linalg.norm(self.vectors[0], axis=1, keepdims=True)
        unit: Vectors = self.vectors[0] / np.maximum(norms, 1e-9)
        return unit


class LengthScoring:
    """Scores beads by length and shared tokens: a log-likelihood, up to a constant."""

    gaps = _GAPS

    def __init__(self, tokens: tuple[Tokens, Tokens], layout: Layout) -> None:
        self._source, self._target = tokens
        self._layout = layout

    def beads(self, bead: tuple[int, int], source_end: int, target_ends: range) -> Floats:
        """Scores of the beads of one type, see `Scoring`."""
        height, width = bead
        begin = source_end - height
        part = slice(target_ends.start - width, target_ends.stop - width)
        ours, theirs = self._layout.lengths(bead, source_end, target_ends)
        # Gale & Church divide by the source's length; the mean of both treats the sides alike.
        delta = (theirs - ours) / np.sqrt(_VARIANCE * (ours + theirs) / 2)
        fit = -(_FREEDOM + 1) / 2 * np.log1p(delta**2 / _FREEDOM)
        shared = (self._target.vectors[width - 1][part] @ self._source.vectors[height - 1][begin]).astype(np.float64)
        mass = (self._source.mass[height - 1][begin] + self._target.mass[width - 1][part]) / 2
        likeness = np.clip(shared, 0, None) / (mass + _SOFT)
        shape = _PARAGRAPH_WEIGHT * self._layout.paragraph_fit(bead, source_end, target_ends)
        repeated = _REPEAT_PENALTY * self._layout.repeats(bead, source_end, target_ends)
        scores: Floats = _PRIOR[bead] + fit + _TOKEN_WEIGHT * likeness + shape - repeated
        return scores


def tokens(source: Sequence[str], target: Sequence[str]) -> tuple[Tokens, Tokens]:
    """The tokens of both sides that occur on both, rare ones weighing more."""
    sides = [[set(_tokens(text)) for text in texts] for texts in (source, target)]
    counts = [Counter(token for segment in side for token in segment) for side in sides]
    weights = _weights(counts[0], counts[1], len(source))
    found = [_hashed(side, weights) for side in sides]
    return found[0], found[1]


def _tokens(text: str) -> Iterator[str]:
    """Numbers without their separators, the beginnings of words, Han and katakana characters, telling punctuation."""
    for number in _NUMBER.finditer(text):
        yield "".join(character for character in number.group() if character.isdigit())
    for word in words(text):
        if _UNSPACED.match(word.text):
            yield word.text
        elif len(word.text) >= _SHORTEST and not word.text.isdigit():
            yield fold(word.text)[:_PREFIX]
    yield from {character for character in text if character in "?!:()%€$£&@/"}


def _weights(source: Counter[str], target: Counter[str], segments: int) -> dict[str, float]:
    """Weight of each token of both sides: how rare it is, less the more the two counts differ."""
    return {
        token: log(1 + segments / source[token]) * min(source[token], target[token]) / max(source[token], target[token])
        for token in source.keys() & target.keys()
    }


def _hashed(side: Sequence[set[str]], weights: dict[str, float]) -> Tokens:
    single = np.zeros((len(side), _WIDTH), dtype=np.float32)
    mass = np.zeros(len(side), dtype=np.float64)
    for row, segment in enumerate(side):
        for token in sorted(segment & weights.keys()):
            # Signed hashing: tokens that fall together cancel out on average (Weinberger et al. 2009).
            code = crc32(token.encode("utf-8", "surrogatepass"))
            single[row, code % _WIDTH] += sqrt(weights[token]) * (1 if code & 0x10000 else -1)
            mass[row] += weights[token]
    # Sums over runs are differences of running totals; float64 keeps them exact enough for any document.
    travelled = np.concatenate([np.zeros((1, _WIDTH)), np.cumsum(single, axis=0, dtype=np.float64)])
    masses = np.concatenate([[0.0], np.cumsum(mass)])
    sizes = range(1, LONGEST + 1)
    return Tokens(
        tuple((travelled[size:] - travelled[:-size]).astype(np.float32) for size in sizes),
        tuple(masses[size:] - masses[:-size] for size in sizes),
    )
