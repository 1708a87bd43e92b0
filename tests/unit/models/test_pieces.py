"""Where a tokenizer's pieces stand in the text."""

from __future__ import annotations

import pytest
import sentencepiece
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.models.pieces import piece_spans
from tests.toys import FOLDER


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("The ship", ["▁The", "▁sh", "ip"], ["The", "sh", "ip"]),
        ("  a\u00a0b ", ["▁a", "▁", "b"], ["a", "", "b"]),
        ("ﬁn", ["▁fi", "n"], ["ﬁ", "n"]),
        ("o\u0308l", ["▁ö", "l"], ["o", "l"]),
        ("a 🚢 b", ["▁a", "▁", "<unk>", "▁b"], ["a", "", "🚢", "b"]),
        ("“a”", ['▁"', "a", '"'], ["“", "a", "”"]),
        ("", ["▁"], [""]),
        ("ab", [], []),
    ],
    ids=["plain", "blanks", "ligature", "combining mark", "unknown", "other quotes", "empty", "no pieces"],
)
def test_pieces(text: str, pieces: list[str], expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in piece_spans(text, pieces)] == expected


_PROCESSOR = sentencepiece.SentencePieceProcessor(model_file=str(FOLDER / "toy-de-en" / "source.spm"))


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_covered_in_order(text: str) -> None:
    """SentencePiece knows a few dozen characters here; everything else is unknown to it."""
    pieces = _PROCESSOR.encode(text, out_type=str)
    spans = piece_spans(text, pieces)
    assert len(spans) == len(pieces)
    assert all(span.end <= len(text) for span in spans)
    filled = [span for span in spans if len(span)]
    assert [span.start for span in filled] == sorted(span.start for span in filled)
