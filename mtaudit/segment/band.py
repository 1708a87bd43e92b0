"""Where the path may go: a band around a chain of anchors, so that long documents stay linear in time and memory.

Anchors are mutual nearest neighbours with a margin (Artetxe & Schwenk 2019, "Margin-based Parallel Corpus Mining"),
chained by the heaviest increasing subsequence. Bleualign (Sennrich & Volk 2010) and Vecalign (Thompson & Koehn 2019)
likewise search around a coarse path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mtaudit.models.base import Vectors

#: Up to so many nodes (1,500 x 1,500 segments) the whole rectangle is searched: it takes a second.
_WHOLE = 2_250_000
#: So far around the chain the path may stray, in segments: more than any bead, and room for a wrong anchor.
_MARGIN = 24
#: Between two anchors the whole rectangle is searched up to so many nodes, beyond that only a strip along its diagonal.
_RECTANGLE = 4_000_000
_STRIP = 400
#: How much closer a mutual nearest neighbour must be than the runner-up, in cosine.
_LEAD = 0.1
#: A text that stands there more often (a heading, a button) says nothing of where it belongs.
_MOST_COPIES = 3
_BLOCK = 1024


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A source segment and a target segment (numbers) that surely correspond; `weight` is 1,000 x cosine."""

    source: int
    target: int
    weight: int


@dataclass(frozen=True, slots=True)
class Band:
    """The nodes (i, j) that a path may visit: for row i the columns `first[i]` to `last[i]`, both included."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """Number of rows: source segments + 1."""
        return len(self.first)

    @property
    def columns(self) -> int:
        """Number of columns: target segments + 1."""
        return int(self.last[-1]) + 1

    def limits(self, row: int) -> tuple[int, int]:
        """First and last column of a row."""
        return int(self.first[row]), int(self.last[row])


def find_anchors(source: Sequence[str], target: Sequence[str], vectors: tuple[Vectors, Vectors]) -> list[Anchor]:
    """Segments that surely correspond, given the texts and their unit vectors (segments, width); in order.

    Of a text that stands there several times every copy is an anchor; the chain chooses among them.
    """
    source_places, target_places = _places(source), _places(target)
    ours = vectors[0][[places[0] for places in source_places]]
    theirs = vectors[1][[places[0] for places in target_places]]
    return sorted(
        Anchor(i, j, round(1000 * cosine))
        for s, t, cosine in _mutual(ours, theirs)
        if max(len(source_places[s]), len(target_places[t])) <= _MOST_COPIES
        for i in source_places[s]
        for j in target_places[t]
    )


def band(anchors: Sequence[Anchor], rows: int, columns: int) -> Band:
    """The band for `rows` source and `columns` target segments around these anchors."""
    if (rows + 1) * (columns + 1) <= _WHOLE:
        return Band(np.zeros(rows + 1, dtype=np.int64), np.full(rows + 1, columns, dtype=np.int64))
    return _around(_chain(anchors, columns), rows, columns)


def _mutual(source: Vectors, target: Vectors) -> list[tuple[int, int, float]]:
    """Mutual nearest neighbours that lead the runners-up on both sides: (source, target, cosine)."""
    if not len(source) or not len(target):
        return []
    nearest, best, second = _nearest(source, target)
    back, _, second_back = _nearest(target, source)
    return [
        (i, int(j), float(best[i]))
        for i, j in enumerate(nearest)
        if back[j] == i and best[i] - max(second[i], second_back[j]) >= _LEAD
    ]


def _nearest(these: Vectors, those: Vectors) -> tuple[NDArray[np.intp], Vectors, Vectors]:
    """For each of `these` the nearest of `those`, its cosine and the second best cosine; in blocks, to save memory."""
    index = np.zeros(len(these), dtype=np.intp)
    best = np.zeros(len(these), dtype=np.float32)
    second = np.full(len(these), -1, dtype=np.float32)
    for begin in range(0, len(these), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        cosines = these[block] @ those.T
        index[block] = cosines.argmax(axis=1)
        best[block] = cosines.max(axis=1)
        if len(those) > 1:
            second[block] = np.partition(cosines, -2, axis=1)[:, -2]
    return index, best, second


def _places(texts: Sequence[str]) -> list[list[int]]:
    """Where each different text stands."""
    places: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        places.setdefault(text, []).append(index)
    return list(places.values())


def _chain(anchors: Sequence[Anchor], columns: int) -> list[tuple[int, int]]:
    """The heaviest chain of anchors that rises on both sides; of equal ones the one that ends earliest.

    A Fenwick tree over target places holds the best chain that ends before each: n log n.
    """
    # (negative weight, target, anchor): the smallest is the heaviest and, among equals, the earliest.
    nothing = (0, -1, -1)
    tree = [nothing] * (columns + 1)
    before: list[int] = []
    waiting: list[tuple[int, tuple[int, int, int]]] = []
    row = -1
    for number, anchor in enumerate(anchors):
        if (
            anchor.source != row
        ):  # anchors of one source segment exclude each other: enter them only when the next begins
            _enter(tree, waiting)
            waiting, row = [], anchor.source
        top, place = nothing, anchor.target
        while place > 0:
            top = min(top, tree[place])
            place -= place & -place
        before.append(top[2])
        waiting.append((anchor.target, (top[0] - anchor.weight, anchor.target, number)))
    _enter(tree, waiting)
    top, place = nothing, columns
    while place > 0:
        top = min(top, tree[place])
        place -= place & -place
    chain: list[tuple[int, int]] = []
    number = top[2]
    while number >= 0:
        chain.append((anchors[number].source, anchors[number].target))
        number = before[number]
    return chain[::-1]


def _enter(tree: list[tuple[int, int, int]], entries: list[tuple[int, tuple[int, int, int]]]) -> None:
    for j, entry in entries:
        place = j + 1
        while place < len(tree):
            tree[place] = min(tree[place], entry)
            place += place & -place


def _around(chain: list[tuple[int, int]], rows: int, columns: int) -> Band:
    """The band of a chain: rectangles between neighbouring anchors, widened by a margin on all sides."""
    first = np.full(rows + 1, columns, dtype=np.int64)
    last = np.zeros(rows + 1, dtype=np.int64)
    corners = [(0, 0), *((i + k, j + k) for i, j in chain for k in (0, 1)), (rows, columns)]
    for (top, left), (bottom, right) in pairwise(corners):
        inside = slice(top, bottom + 1)
        if (bottom - top + 1) * (right - left + 1) <= _RECTANGLE:
            low = np.full(bottom - top + 1, left)
            high = np.full(bottom - top + 1, right)
        else:
            diagonal = np.linspace(left, right, bottom - top + 1)
            half = max(_STRIP, 2 * (right - left) // (bottom - top + 1))
            low = np.maximum(left, diagonal - half).astype(np.int64)
            high = np.minimum(right, diagonal + half).astype(np.int64)
        first[inside] = np.minimum(first[inside], low)
        last[inside] = np.maximum(last[inside], high)
    # Both limits rise with the row, so the lowest within the margin stands above and the highest below.
    numbers = np.arange(rows + 1)
    first = np.maximum(first[np.maximum(numbers - _MARGIN, 0)] - _MARGIN, 0)
    last = np.minimum(last[np.minimum(numbers + _MARGIN, rows)] + _MARGIN, columns)
    return Band(first, last)
