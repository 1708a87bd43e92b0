"""The best monotone path through two sequences of segments: dynamic programming with affine gaps inside a band.

Beads and their recurrence are Gale & Church's (1993, "A Program for Aligning Sentences in Bilingual Corpora"), the
gap states Gotoh's (1982, "An improved algorithm for matching biological sequences"). Scores are rounded to whole
numbers, so that two paths that are equally good compare as equal, whatever the order of their sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mtaudit.segment.band import Band

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Bead types (source segments, target segments), the simple ones first: they win ties.
BEADS: tuple[tuple[int, int], ...] = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
LONGEST = 3

_UNIT = 1e6  # a score of 1 as a whole number
_NEVER = -(2**60)

# How a node is best reached, and what a target gap continues.
_BY_TARGET_GAP, _BY_SOURCE_GAP, _BY_BEAD = 0, 1, 2


@dataclass(frozen=True, slots=True)
class GapScores:
    """What leaving segments alone costs (negative scores): `open` once a run, `extend` for each segment.

    `edge` replaces `open` for runs at either end of a document, where navigation and buttons stand.
    """

    open: float
    extend: float
    edge: float


class Scoring(Protocol):
    """Scores beads; more is better, and 0 is as good as nothing."""

    gaps: GapScores

    def beads(self, bead: tuple[int, int], source_end: int, target_ends: range) -> Floats:
        """Scores of the beads of one type that end before `source_end` and before each of `target_ends`."""


@dataclass(frozen=True, slots=True)
class _Row:
    """All nodes (i, j) of one i, j from `first` on: the best score of each, and the way back."""

    first: int
    best: Integers
    arrival: NDArray[np.uint8]  # how the best score was reached, a _BY_ value
    bead: NDArray[np.uint8]  # index into BEADS, where the node was reached by a bead
    after_gap: NDArray[np.bool_]  # a source gap here continues one
    target_gap: NDArray[np.uint8]  # what a target gap here continues, a _BY_ value

    @property
    def end(self) -> int:
        return self.first + len(self.best)


def best_path(band: Band, scoring: Scoring) -> list[tuple[int, int]]:
    """The bead sizes (source segments, target segments) of the best path, gaps as (1, 0) and (0, 1).

    Gaps of both sides at one place come source first. Of paths that are equally good the one wins whose gaps come last:
    of a passage that stands there twice, the first copy is aligned.
    """
    rows: list[_Row] = []
    by_source_gap = by_bead = np.zeros(0, dtype=np.int64)
    for i in range(band.rows):
        bead, kinds = _reach_by_bead(band, scoring, rows, i)
        source, after_gap = _reach_by_source_gap(band, scoring, i, by_source_gap, by_bead)
        rows.append(_close_row(band, scoring, i, (bead, kinds), (source, after_gap)))
        by_source_gap, by_bead = source, bead
    return _walk_back(rows)


def _whole(score: float) -> int:
    return round(score * _UNIT)


def _reach_by_bead(band: Band, scoring: Scoring, rows: list[_Row], i: int) -> tuple[Integers, NDArray[np.uint8]]:
    """Best scores of the nodes of row `i` reached by a bead, and which bead."""
    first, last = band.limits(i)
    best = np.full(last - first + 1, _NEVER, dtype=np.int64)
    kinds = np.zeros(len(best), dtype=np.uint8)
    if i == 0 and first == 0:
        best[0] = 0
    for kind, (height, width) in enumerate(BEADS):
        if height > i:
            continue
        before = rows[i - height]
        begin, end = max(first, before.first + width), min(last + 1, before.end + width)
        if begin >= end:
            continue
        scores = np.rint(scoring.beads((height, width), i, range(begin, end)) * _UNIT).astype(np.int64)
        scores += before.best[begin - width - before.first : end - width - before.first]
        part = slice(begin - first, end - first)
        better = scores > best[part]
        best[part][better] = scores[better]
        kinds[part][better] = kind
    return best, kinds


def _reach_by_source_gap(
    band: Band, scoring: Scoring, i: int, by_source_gap: Integers, by_bead: Integers
) -> tuple[Integers, NDArray[np.bool_]]:
    """Best scores of the nodes of row `i` reached by leaving out source segment `i - 1`; whether that goes on a run.

    A source gap follows a bead or a source gap, never a target gap: that fixes the order of gaps at one place.
    """
    first, last = band.limits(i)
    best = np.full(last - first + 1, _NEVER, dtype=np.int64)
    goes_on = np.zeros(len(best), dtype=np.bool_)
    if i == 0:
        return best, goes_on
    above, above_last = band.limits(i - 1)
    begin, end = max(first, above), min(last, above_last) + 1
    if begin >= end:
        return best, goes_on
    opening = np.full(end - begin, _whole(scoring.gaps.open), dtype=np.int64)
    if begin == 0:
        opening[0] = _whole(scoring.gaps.edge)
    if end == band.columns:
        opening[-1] = _whole(scoring.gaps.edge)
    run = by_source_gap[begin - above : end - above]
    new = by_bead[begin - above : end - above] + opening
    part = slice(begin - first, end - first)
    best[part] = np.maximum(np.maximum(run, new) + _whole(scoring.gaps.extend), _NEVER)
    goes_on[part] = run >= new
    return best, goes_on


def _close_row(
    band: Band,
    scoring: Scoring,
    i: int,
    bead: tuple[Integers, NDArray[np.uint8]],
    source_gap: tuple[Integers, NDArray[np.bool_]],
) -> _Row:
    """Add the runs of target gaps inside row `i`, and choose the best arrival at each node."""
    by_bead, kinds = bead
    by_source_gap, after_gap = source_gap
    first, _ = band.limits(i)
    gaps = scoring.gaps
    opening = _whole(gaps.edge if i in {0, band.rows - 1} else gaps.open)
    extend = _whole(gaps.extend)
    base = np.maximum(by_bead, by_source_gap)
    # The best start of a run for every end: a running maximum once the cost up to here is taken out.
    travelled = extend * np.arange(len(base), dtype=np.int64)
    starts = np.maximum.accumulate(base + opening - travelled)
    by_target_gap = np.full(len(base), _NEVER, dtype=np.int64)
    by_target_gap[1:] = np.maximum(starts[:-1] + travelled[1:], _NEVER)
    continued = np.full(len(base), _BY_BEAD, dtype=np.uint8)
    continued[1:][by_source_gap[:-1] >= by_bead[:-1]] = _BY_SOURCE_GAP
    continued[1:][by_target_gap[1:] == by_target_gap[:-1] + extend] = _BY_TARGET_GAP
    best = np.maximum(base, by_target_gap)
    arrival = np.full(len(base), _BY_BEAD, dtype=np.uint8)
    arrival[by_source_gap == best] = _BY_SOURCE_GAP
    arrival[by_target_gap == best] = _BY_TARGET_GAP
    return _Row(first, best, arrival, kinds, after_gap, continued)


def _walk_back(rows: list[_Row]) -> list[tuple[int, int]]:
    i, j = len(rows) - 1, rows[-1].end - 1
    path: list[tuple[int, int]] = []
    arrival = rows[i].arrival[j - rows[i].first]
    while i or j:
        row, at = rows[i], j - rows[i].first
        if arrival == _BY_TARGET_GAP:
            path.append((0, 1))
            arrival = row.target_gap[at]
            j -= 1
        elif arrival == _BY_SOURCE_GAP:
            path.append((1, 0))
            arrival = _BY_SOURCE_GAP if row.after_gap[at] else _BY_BEAD
            i -= 1
        else:
            height, width = BEADS[row.bead[at]]
            path.append((height, width))
            i, j = i - height, j - width
            arrival = rows[i].arrival[j - rows[i].first]
    path.reverse()
    return path
