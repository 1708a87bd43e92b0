"""Finds sentences that were translated, but stand elsewhere: gaps of one side that belong to gaps of the other.

Alignment never crosses, so of two sentences that changed places one is left alone on either side. `embedding.elsewhere`
is the cosine of such a target sentence with the source sentence that is its translation: one score a target gap, with
the place of the source sentence. It is given only where each of the two is the other's closest.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mtaudit.lengths import length_deviation
from mtaudit.models.base import Embedder
from mtaudit.types import Bitext, Score, Segment, SegmentPair, Side

ELSEWHERE = "embedding.elsewhere"

#: Cosine from which two sentences are taken for translations although the alignment did not bring them together.
#: Of 300 development pairs whose annotators marked no error, 97 in 100 lie above it with the bundled embedder; of a
#: sentence and the translation of its neighbour, 3 in 100.
_SAME = 0.7
#: How much closer the two must be than the next best of either side.
_LEAD = 0.15
#: Standard deviations of length from which two sentences are no translations of each other.
_FAR = 3.0
#: Gaps of one side that are compared. More of them are no sentences that were moved: the documents do not correspond.
_MOST = 500


def score(bitext: Bitext, pairs: tuple[SegmentPair, ...], embedder: Embedder) -> Iterator[Score]:
    """Yield the scores of the target gaps that translate a source gap."""
    if bitext.source is None:
        return
    lost = [segment for pair in pairs if not pair.target for segment in pair.source]
    strange = [(pair, segment) for pair in pairs if not pair.source for segment in pair.target]
    if not lost or not strange or max(len(lost), len(strange)) > _MOST:
        return
    vectors = embedder.sentences([segment.text for segment in lost] + [segment.text for _, segment in strange])
    cosines = vectors[len(lost) :] @ vectors[: len(lost)].T
    languages = (bitext.source.language, bitext.target.language)
    for row, (pair, segment) in enumerate(strange):
        column = int(cosines[row].argmax())
        best = float(cosines[row, column])
        # What stands there twice has two places and is for another rule; the lead leaves it out.
        rivals = np.concatenate([np.delete(cosines[row], column), np.delete(cosines[:, column], row)])
        if best >= _SAME and best - max(rivals, default=0.0) >= _LEAD and _fits(lost[column], segment, languages):
            yield Score(ELSEWHERE, pair.index, best, Side.SOURCE, lost[column].span)


def _fits(source: Segment, target: Segment, languages: tuple[str, str]) -> bool:
    return abs(length_deviation(source.text, target.text, languages)) < _FAR
