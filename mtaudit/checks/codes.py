"""Where the inline codes of a pair are: tags, placeholders and entities, whatever format the text is from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from mtaudit.checks._placeholders import icu_frames, placeholders
from mtaudit.types import Bitext, SegmentPair, Side, Span

#: Every code has one of these; most texts have none.
_SIGN = re.compile(r"[<&%{$#_]")
#: A tag as it is written, with or without attributes; no "a < b".
_TAG = re.compile(
    r"</?[A-Za-z][\w:.-]*(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))?)*\s*/?>|</?\d{1,3}\s*/?>"
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,30});")


def inline_codes(bitext: Bitext, pair: SegmentPair, side: Side) -> tuple[Span, ...]:
    """The codes in the text of one side of a pair, in order, counted from its start; those that touch are one.

    What the file's format marks as code is code; besides, whatever is written like a tag, an entity or a placeholder.
    Of an ICU plural the prose of its branches is no code. Words behind a colon (`:name`) may be prose, and count as it.
    """
    text = bitext.text(pair, side)
    if text is None:
        return ()
    marked = _marked(bitext, pair, side)
    if not marked and _SIGN.search(text) is None:
        return ()
    return tuple(_joined(sorted([*marked, *_written(text)])))


def _written(text: str) -> Iterator[Span]:
    """What is written like a code."""
    for pattern in (_TAG, _ENTITY):
        for match in pattern.finditer(text):
            yield Span(*match.span())
    for placeholder in placeholders(text):
        if placeholder.family not in {"colon", "icu"}:
            yield Span(placeholder.start, placeholder.end)
    for start, end in icu_frames(text):
        yield Span(start, end)


def _marked(bitext: Bitext, pair: SegmentPair, side: Side) -> list[Span]:
    """What the file's format marks as code."""
    document, place = bitext.document(side), pair.span(side)
    if document is None or place is None or not document.codes:
        return []
    first = bisect_left(document.codes, place.start, key=lambda code: code.span.start)
    last = bisect_left(document.codes, place.end, key=lambda code: code.span.start)
    # A code at the edge may reach over blanks that the segment was stripped of.
    return [
        Span(code.span.start, min(code.span.end, place.end)).shift(-place.start) for code in document.codes[first:last]
    ]


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Make one of those that overlap."""
    current: Span | None = None
    for span in spans:
        if current is not None and span.start < current.end:
            current = Span(current.start, max(current.end, span.end))
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current
