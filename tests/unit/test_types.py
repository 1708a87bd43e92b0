"""Spans, positions, and the records' small logic."""

from __future__ import annotations

import pytest

from mtaudit.types import OffsetMap, Position, Segment, SegmentPair, Severity, Side, Span


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)], ids=["negative", "backwards"])
def test_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("one", "other", "overlap", "inside"),
    [
        (Span(0, 5), Span(4, 6), True, False),
        (Span(0, 5), Span(5, 6), False, False),
        (Span(0, 5), Span(1, 5), True, True),
        (Span(0, 5), Span(0, 5), True, True),
        (Span(2, 2), Span(0, 5), True, False),
    ],
    ids=["one point", "neighbours", "inside", "same", "empty"],
)
def test_span_relations(one: Span, other: Span, overlap: bool, inside: bool) -> None:
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap
    assert one.contains(other) is inside


ORIGINAL = "# Title\n\nA &amp; B\nlast"
#: The text "Title\n\nA & B last" of that Markdown: pieces start at the title, the entity, behind it, and the last line.
PIECES = OffsetMap((0, 7, 9, 10), (2, 9, 11, 16), (0, 8, 9, 19))


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 3)), (7, (3, 1)), (9, (3, 3)), (10, (3, 8)), (12, (3, 10)), (13, (4, 1))],
    ids=["heading", "paragraph", "entity", "after the entity", "before the break", "next line"],
)
def test_offset_map_leads_back(offset: int, position: tuple[int, int]) -> None:
    assert PIECES.position(offset) == Position(*position)


def test_identity_map() -> None:
    text = "one\ntwo\n\nthree"
    places = [OffsetMap.identity(text).position(offset) for offset, letter in enumerate(text) if letter == "t"]
    assert places == [Position(2, 1), Position(4, 1)]


def test_severities_compare_by_gravity() -> None:
    assert [severity.gravity for severity in Severity] == [0, 1, 2, 3]


def test_pair_spans_and_alignment() -> None:
    segments = (Segment(0, Span(0, 4), "Eins"), Segment(1, Span(5, 9), "Zwei"))
    pair = SegmentPair(0, (), segments)
    assert pair.alignment == "0-2"
    assert pair.span(Side.TARGET) == Span(0, 9)
    assert pair.span(Side.SOURCE) is None
    assert Side.SOURCE.other is Side.TARGET
