"""Pairs that are in memory, as a bitext: one segment a side."""

from __future__ import annotations

from collections.abc import Iterable

from mtaudit.types import Bitext, Document, OffsetMap, Segment, SegmentPair, Side, Span


def bitext_of(
    pairs: Iterable[tuple[str, str]], languages: tuple[str, str], names: tuple[str, str] = ("<source>", "<target>")
) -> Bitext:
    """Make a bitext of (source, target) texts; an empty text is a gap. Each pair is a paragraph of its own."""
    texts: dict[Side, list[str]] = {side: [] for side in Side}
    lengths = dict.fromkeys(Side, 0)
    beads = []
    for index, pair in enumerate(pairs):
        sides: list[tuple[Segment, ...]] = []
        for side, raw in zip(Side, pair, strict=True):
            text = raw.strip()
            if text:
                lengths[side] += 2 if texts[side] else 0
                span = Span(lengths[side], lengths[side] + len(text))
                sides.append((Segment(len(texts[side]), span, text),))
                texts[side].append(text)
                lengths[side] += len(text)
            else:
                sides.append(())
        beads.append(SegmentPair(index, sides[0], sides[1]))
    documents = []
    for side, language, name in zip(Side, languages, names, strict=True):
        whole = "\n\n".join(texts[side])
        documents.append(Document(name, language, whole, OffsetMap.identity(whole)))
    return Bitext(documents[0], documents[1], tuple(beads))
