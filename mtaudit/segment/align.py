"""Aligns the sentences of two documents."""

from __future__ import annotations

from collections.abc import Sequence

from mtaudit.models.base import Embedder
from mtaudit.segment.band import band, find_anchors
from mtaudit.segment.evidence import EmbeddingScoring, embed
from mtaudit.segment.layout import Layout
from mtaudit.segment.lengths import LengthScoring, tokens
from mtaudit.segment.path import best_path
from mtaudit.text import is_unspaced
from mtaudit.types import Bitext, Segment, SegmentPair


def align(
    bitext: Bitext, source: tuple[Segment, ...], target: tuple[Segment, ...], embedder: Embedder | None
) -> tuple[SegmentPair, ...]:
    """Pair the segments of both sides; every segment lies in exactly one pair, and pairs never cross.

    Beads are 1-1, 1-2, 2-1, 2-2, 1-3, 3-1, and the gaps 1-0 and 0-1. They come in document order, source gaps before
    target gaps at one place. With an embedder their cosines decide (see `evidence`), without one their lengths and the
    tokens that look alike (see `lengths`). Of a passage that stands there twice the first copy is aligned, the other is
    left as gaps. Paragraphs are a hint, never a bound.

    A document of one segment against another of one segment is always one 1-1 pair, however different they are: the
    user has said that they belong together, and whether they do is for the checks to judge.

    `bitext.source` is None where only a translation was given; then every target segment is a gap.
    """
    if bitext.source is None or not source or not target:
        sizes = [(1, 0)] * len(source) + [(0, 1)] * len(target)
        return _pairs(sizes, source, target, None)
    documents, segments = (bitext.source, bitext.target), (source, target)
    texts = [segment.text for segment in source], [segment.text for segment in target]
    scoring: EmbeddingScoring | LengthScoring
    if embedder is None:
        counted = tokens(*texts)
        anchors = find_anchors(*texts, (counted[0].unit(), counted[1].unit()))
        scoring = LengthScoring(counted, Layout(documents, segments, anchors))
    else:
        glue = ["" if is_unspaced(document.language) else " " for document in documents]
        overlaps = embed(texts, (glue[0], glue[1]), embedder)
        anchors = find_anchors(*texts, (overlaps[0].vectors[0], overlaps[1].vectors[0]))
        scoring = EmbeddingScoring(overlaps, Layout(documents, segments, anchors), texts)
    if len(source) == len(target) == 1:
        sizes = [(1, 1)]
    else:
        sizes = best_path(band(anchors, len(source), len(target)), scoring)
    return _pairs(sizes, source, target, scoring if isinstance(scoring, EmbeddingScoring) else None)


def _pairs(
    sizes: Sequence[tuple[int, int]],
    source: tuple[Segment, ...],
    target: tuple[Segment, ...],
    scoring: EmbeddingScoring | None,
) -> tuple[SegmentPair, ...]:
    pairs = []
    i = j = 0
    for index, (height, width) in enumerate(sizes):
        similarity = scoring.similarity((height, width), (i, j)) if scoring and height and width else None
        pairs.append(SegmentPair(index, source[i : i + height], target[j : j + width], similarity))
        i, j = i + height, j + width
    return tuple(pairs)
