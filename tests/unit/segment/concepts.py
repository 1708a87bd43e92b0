"""A made-up bilingual world: a word is a letter and a number, lower case in the source, upper case in the target."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from mtaudit.models.base import TokenVectors, Vectors
from mtaudit.types import Bitext, Document, ModelUse, OffsetMap, Segment, SegmentPair, Span

WIDTH = 64


class ConceptEmbedder:
    """Words that differ only by case are translations; a sentence is the sum of its words."""

    use = ModelUse("embedder", "concepts", "bundled")

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def sentences(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().replace(".", "").split():
                vectors[row] += np.random.default_rng(crc32(word.encode())).standard_normal(WIDTH)
            vectors[row] /= max(float(np.linalg.norm(vectors[row])), 1e-9)
        return vectors

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        return self.sentences(texts), self.tokens(texts)

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        raise AssertionError("the aligner needs no token vectors")


def side(texts: Sequence[str], language: str, between: str = " ") -> tuple[Document, tuple[Segment, ...]]:
    """A document of these segments."""
    text = between.join(texts)
    segments, start = [], 0
    for index, part in enumerate(texts):
        segments.append(Segment(index, Span(start, start + len(part)), part))
        start += len(part) + len(between)
    return Document(f"<{language}>", language, text, OffsetMap.identity(text)), tuple(segments)


def bitext(
    source: Sequence[str], target: Sequence[str], languages: tuple[str, str] = ("en", "de"), between: str = " "
) -> tuple[Bitext, tuple[Segment, ...], tuple[Segment, ...]]:
    """An unaligned bitext and its segments."""
    source_document, ours = side(source, languages[0], between)
    target_document, theirs = side(target, languages[1], between)
    return Bitext(source_document, target_document), ours, theirs


def shape(pairs: Sequence[SegmentPair]) -> str:
    """An alignment in short: `0=0 1=1+2 2=-` (source segments, target segments, `-` for a gap)."""
    return " ".join(
        "=".join("+".join(str(segment.index) for segment in part) or "-" for part in (pair.source, pair.target))
        for pair in pairs
    )
