"""Measures pairs with the embedder: how alike the two sides are, and which words have a counterpart.

`embedding.similarity` is the cosine of the two sides' sentence vectors, one score a pair.

`embedding.counterpart` is, for every word, the mean over its pieces of the best cosine with any piece of the other
side, one score a word: near 1 for a word whose translation stands there, low for a word that has none. (Best matches
of contextual token vectors: Zhang et al. 2020, BERTScore; across languages Jalili Sabet et al. 2020, SimAlign.) A match
that is closer to another piece of the same side counts less: one word is the translation of one word, and in a text
about bridges everything is a little like "bridge".
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mtaudit.models.base import Embedder, TokenVectors, Vectors
from mtaudit.text import words
from mtaudit.types import Bitext, Score, SegmentPair, Side, Span

SIMILARITY = "embedding.similarity"
COUNTERPART = "embedding.counterpart"
#: Of 0, 0.5, 1 and 2 the best on words dropped from clean training pairs, tried on a half-trained embedder.
COMPETITION = 2.0


def score(bitext: Bitext, pairs: tuple[SegmentPair, ...], embedder: Embedder) -> Iterator[Score]:
    """Yield the scores of every pair that has both sides; gaps have nothing to be compared with."""
    both = [pair for pair in pairs if pair.source and pair.target]
    texts = {side: [bitext.text(pair, side) or "" for pair in both] for side in Side}
    source = embedder.sentences(texts[Side.SOURCE])
    target = embedder.sentences(texts[Side.TARGET])
    tokens = {side: embedder.tokens(texts[side]) for side in Side}
    for row, pair in enumerate(both):
        yield Score(SIMILARITY, pair.index, float(source[row] @ target[row]))
        similarity = tokens[Side.SOURCE][row].vectors @ tokens[Side.TARGET][row].vectors.T
        if not similarity.size:
            continue
        for side, best in ((Side.SOURCE, best_matches(similarity)), (Side.TARGET, best_matches(similarity.T))):
            start = pair.segments(side)[0].span.start
            for span, value in _by_word(texts[side][row], tokens[side][row], best):
                yield Score(COUNTERPART, pair.index, value, side, span.shift(start))


def best_matches(similarity: Vectors) -> Vectors:
    """The best match of each row (rows,), given the cosines (rows, columns) and at least one column.

    A match loses `COMPETITION` times what the column's closest other row has more of it.
    """
    if len(similarity) > 1:
        second, first = np.partition(similarity, -2, axis=0)[-2:]
        rival = np.where(similarity >= first, second, first)
        similarity = similarity - COMPETITION * np.maximum(0, rival - similarity)
    best: Vectors = similarity.max(axis=1)
    return best


def _by_word(text: str, tokens: TokenVectors, best: Vectors) -> Iterator[tuple[Span, float]]:
    """Yield each word's span in `text` with the mean of its pieces' values."""
    starts = np.array([span.start for span in tokens.spans])
    ends = np.array([span.end for span in tokens.spans])
    for word in words(text):
        # Pieces come in order, so those of a word are neighbours: two binary searches instead of a scan.
        first, last = int(np.searchsorted(ends, word.start, "right")), int(np.searchsorted(starts, word.end, "left"))
        if last > first:
            yield Span(word.start, word.end), float(best[first:last].mean())
