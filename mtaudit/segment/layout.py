"""How two sequences of segments lie: their lengths and their paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from mtaudit.lengths import density
from mtaudit.segment.band import Anchor
from mtaudit.text import fold
from mtaudit.types import Document, Segment

#: The language's usual ratio counts as much as so many pairs of the documents at hand.
_USUAL_COUNT = 5

Booleans = NDArray[np.bool_]
Numbers = NDArray[np.float64]


class Layout:
    """Lengths and paragraphs of both sides, looked up for whole rows of beads."""

    def __init__(
        self,
        documents: tuple[Document, Document],
        segments: tuple[Sequence[Segment], Sequence[Segment]],
        anchors: Sequence[Anchor],
    ) -> None:
        lengths = [np.array([len(segment.text) for segment in side], dtype=np.float64) for side in segments]
        self._travelled = [np.concatenate([[0.0], np.cumsum(side)]) for side in lengths]
        begins = [_begins(document, side) for document, side in zip(documents, segments, strict=True)]
        self._breaks = [np.cumsum(side) for side in begins]
        self._begins = begins
        self._repeats = [np.concatenate([[0], np.cumsum(_repeats(side))]) for side in segments]
        usual = density(documents[1].language) / density(documents[0].language)
        seen = [float(lengths[1][anchor.target] / lengths[0][anchor.source]) for anchor in anchors]
        #: Target code points for one source code point.
        self.ratio = median(seen + [usual] * _USUAL_COUNT)

    def lengths(self, bead: tuple[int, int], source_end: int, target_ends: range) -> tuple[float, Numbers]:
        """Lengths of both sides of the beads, the source's scaled to what the target should have."""
        height, width = bead
        source, target = self._travelled
        stop = slice(target_ends.start, target_ends.stop)
        start = slice(target_ends.start - width, target_ends.stop - width)
        ours = float(source[source_end] - source[source_end - height]) * self.ratio
        return ours, target[stop] - target[start]

    def imbalance(self, bead: tuple[int, int], source_end: int, target_ends: range) -> Numbers:
        """How far the lengths are apart: the logarithm of their ratio, softened for short texts, at most 2."""
        ours, theirs = self.lengths(bead, source_end, target_ends)
        soft = 10.0
        return np.minimum(np.abs(np.log((ours + soft) / (theirs + soft))), 2.0)

    def paragraph_fit(self, bead: tuple[int, int], source_end: int, target_ends: range) -> Numbers:
        """1 where both sides begin a paragraph, 0 where none does, -1 where one does; -1 for each break inside."""
        height, width = bead
        start = slice(target_ends.start - width, target_ends.stop - width)
        stop = slice(target_ends.start - 1, target_ends.stop - 1)
        ours, theirs = self._begins[0][source_end - height], self._begins[1][start]
        both = np.where(theirs == ours, float(ours), -1.0)
        source, target = self._breaks
        inside = source[source_end - 1] - source[source_end - height] + target[stop] - target[start]
        fit: Numbers = both - inside
        return fit

    def repeats(self, bead: tuple[int, int], source_end: int, target_ends: range) -> Numbers:
        """How many segments of the beads are copies of earlier ones."""
        height, width = bead
        source, target = self._repeats
        stop = slice(target_ends.start, target_ends.stop)
        start = slice(target_ends.start - width, target_ends.stop - width)
        count: Numbers = target[stop] - target[start] + (source[source_end] - source[source_end - height])
        return count


def _repeats(segments: Sequence[Segment]) -> Booleans:
    """Which segments have the text of an earlier one."""
    seen: set[str] = set()
    repeats = np.zeros(len(segments), dtype=np.bool_)
    for number, segment in enumerate(segments):
        text = fold(segment.text)
        repeats[number] = text in seen
        seen.add(text)
    return repeats


def _begins(document: Document, segments: Sequence[Segment]) -> Booleans:
    """Which segments begin a paragraph."""
    begins = np.ones(len(segments), dtype=np.bool_)
    for number in range(1, len(segments)):
        between = document.text[segments[number - 1].span.end : segments[number].span.start]
        begins[number] = "\n\n" in between
    return begins
