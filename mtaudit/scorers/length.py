"""Measures how long a target is for its source; no model is needed.

`length.deviation` counts standard deviations from the expected length: below 0 the target is short (see `lengths`).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtaudit.lengths import length_deviation
from mtaudit.text import base_language
from mtaudit.types import Bitext, Score, SegmentPair, Side

DEVIATION = "length.deviation"


def score(bitext: Bitext, pairs: tuple[SegmentPair, ...]) -> Iterator[Score]:
    """Yield one score for every pair that has both sides."""
    if bitext.source is None:
        return
    languages = base_language(bitext.source.language), base_language(bitext.target.language)
    for pair in pairs:
        source, target = bitext.text(pair, Side.SOURCE), bitext.text(pair, Side.TARGET)
        if source is not None and target is not None:
            yield Score(DEVIATION, pair.index, length_deviation(source, target, languages))
