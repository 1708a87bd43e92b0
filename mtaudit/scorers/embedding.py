"""Measures pairs with the embedder: how alike the two sides are, and which words have a counterpart.

`embedding.similarity` is the cosine of the two sides' sentence vectors, one score a pair.

`embedding.counterpart` is, for every word, the mean over its pieces of the best cosine with any piece of the other
side, one score a word, with the word it matches best as its partner: near 1 for a word whose translation stands there,
low for a word that has none. (Best matches
of contextual token vectors: Zhang et al. 2020, BERTScore; across languages Jalili Sabet et al. 2020, SimAlign.) A match
that is closer to another piece of the same side counts less: one word is the translation of one word, and in a text
about bridges everything is a little like "bridge".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from mtaudit.models.base import Embedder, TokenVectors, Vectors
from mtaudit.prose import Codes, Prose, no_codes
from mtaudit.text import Word, words
from mtaudit.types import Bitext, Score, SegmentPair, Side, Span

SIMILARITY = "embedding.similarity"
COUNTERPART = "embedding.counterpart"
#: Of 0, 0.5, 1 and 2 the best on words dropped from clean training pairs, tried on a half-trained embedder.
COMPETITION = 2.0
#: Cosine (after competition) from which two words count as linked; words without a counterpart lie around 0.2.
LINKED = 0.4


def score(
    bitext: Bitext, pairs: tuple[SegmentPair, ...], embedder: Embedder, codes: Codes = no_codes
) -> Iterator[Score]:
    """Yield the scores of every pair that has prose on both sides; gaps have nothing to be compared with.

    What `codes` finds is left out before the embedder reads; spans count in the documents all the same.
    """
    both, prose = read_prose(bitext, pairs, codes)
    texts = {side: [each.text for each in prose[side]] for side in Side}
    read = {side: _read(texts[side], embedder) for side in Side}
    source, target = read[Side.SOURCE][0], read[Side.TARGET][0]
    tokens = {side: read[side][1] for side in Side}
    for row, pair in enumerate(both):
        yield Score(SIMILARITY, pair.index, float(source[row] @ target[row]))
        similarity = tokens[Side.SOURCE][row].vectors @ tokens[Side.TARGET][row].vectors.T
        if not similarity.size:
            continue
        for side, cosines in ((Side.SOURCE, similarity), (Side.TARGET, similarity.T)):
            start, far = (pair.segments(which)[0].span.start for which in (side, side.other))
            value, place = matches(cosines)
            partners = [tokens[side.other][row].spans[at] for at in place]
            partner_words = list(words(texts[side.other][row]))
            for span, first, last in _by_word(texts[side][row], tokens[side][row]):
                best = first + int(value[first:last].argmax())
                partner = _word_at(partner_words, partners[best])
                measured = float(value[first:last].mean())
                yield Score(
                    COUNTERPART,
                    pair.index,
                    measured,
                    side,
                    prose[side][row].span(span).shift(start),
                    prose[side.other][row].span(partner).shift(far) if partner else None,
                )


def read_prose(
    bitext: Bitext, pairs: tuple[SegmentPair, ...], codes: Codes
) -> tuple[list[SegmentPair], dict[Side, list[Prose]]]:
    """The pairs that have prose on both sides, and the prose of either side."""
    kept: list[SegmentPair] = []
    prose: dict[Side, list[Prose]] = {side: [] for side in Side}
    for pair in pairs:
        if not (pair.source and pair.target):
            continue
        sides = {side: Prose.of(bitext.text(pair, side) or "", codes(bitext, pair, side)) for side in Side}
        if all(each.text.strip() for each in sides.values()):
            kept.append(pair)
            for side in Side:
                prose[side].append(sides[side])
    return kept, prose


def _read(texts: Sequence[str], embedder: Embedder) -> tuple[Vectors, list[TokenVectors]]:
    """What the embedder makes of the texts; one that stands there often is read once."""
    different = list(dict.fromkeys(texts))
    vectors, tokens = embedder.both(different)
    place = {text: row for row, text in enumerate(different)}
    rows = [place[text] for text in texts]
    return vectors[rows], [tokens[row] for row in rows]


def word_links(source: str, target: str, embedder: Embedder) -> frozenset[tuple[int, int]]:
    """The words of two texts that translate each other, as places counted in words: best matches of either side."""
    tokens = embedder.tokens([source, target])
    similarity = tokens[0].vectors @ tokens[1].vectors.T
    if not similarity.size:
        return frozenset()
    places = [_word_of_piece(text, part) for text, part in zip((source, target), tokens, strict=True)]
    found = set()
    for row, (value, column) in enumerate(zip(*matches(similarity), strict=True)):
        if value > LINKED:
            found.add((places[0].get(row), places[1].get(int(column))))
    for column, (value, row) in enumerate(zip(*matches(similarity.T), strict=True)):
        if value > LINKED:
            found.add((places[0].get(int(row)), places[1].get(column)))
    return frozenset((one, two) for one, two in found if one is not None and two is not None)


def _word_of_piece(text: str, tokens: TokenVectors) -> dict[int, int]:
    """For each piece of a text the word, counted from 0, that it belongs to."""
    return {piece: at for at, (_, first, last) in enumerate(_by_word(text, tokens)) for piece in range(first, last)}


def best_matches(similarity: Vectors) -> Vectors:
    """The best match of each row (rows,); see `matches`."""
    return matches(similarity)[0]


def matches(similarity: Vectors) -> tuple[Vectors, NDArray[np.intp]]:
    """The best match of each row (rows,) and its column (rows,), given cosines (rows, columns), at least one column.

    A match loses `COMPETITION` times what the column's closest other row has more of it.
    """
    if len(similarity) > 1:
        second, first = np.partition(similarity, -2, axis=0)[-2:]
        rival = np.where(similarity >= first, second, first)
        similarity = similarity - COMPETITION * np.maximum(0, rival - similarity)
    place = similarity.argmax(axis=1)
    return np.take_along_axis(similarity, place[:, None], axis=1)[:, 0], place


def _by_word(text: str, tokens: TokenVectors) -> Iterator[tuple[Span, int, int]]:
    """Yield each word's span in `text` with the half-open range of its pieces."""
    starts = np.array([span.start for span in tokens.spans])
    ends = np.array([span.end for span in tokens.spans])
    for word in words(text):
        # Pieces come in order, so those of a word are neighbours: two binary searches instead of a scan.
        first, last = int(np.searchsorted(ends, word.start, "right")), int(np.searchsorted(starts, word.end, "left"))
        if last > first:
            yield Span(word.start, word.end), first, last


def _word_at(found: Sequence[Word], piece: Span) -> Span | None:
    """The word that a piece belongs to; None for marks of punctuation."""
    at = bisect_right(found, piece.start, key=lambda word: word.start) - 1
    for word in found[max(at, 0) : at + 2]:
        if word.start < piece.end and piece.start < word.end:
            return Span(word.start, word.end)
    return None
