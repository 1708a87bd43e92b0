"""Where the pieces of a tokenizer stand in the text they were made from.

Tokenizers that are written in Python give no offsets, and SentencePiece changes characters before it cuts (NFKC:
`ﬁ` becomes `fi`, a no-break space a blank). So the pieces are laid over the text character by character, and where a
stretch cannot be matched it goes to the pieces that stand in that place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from mtaudit.types import Span

_MARK = "▁"  # stands for a blank


def piece_spans(text: str, pieces: Sequence[str]) -> tuple[Span, ...]:
    """The span of every piece in `text` (code points), in order; empty for a piece that shows nothing of it."""
    letters, origins = _normalised(text)
    shown: list[str] = []
    owners: list[int] = []
    for index, piece in enumerate(pieces):
        plain = "".join(unicodedata.normalize("NFKC", piece.replace(_MARK, " ")).split())
        shown.append(plain)
        owners += [index] * len(plain)
    laid = _laid(letters, origins, "".join(shown), owners)
    spans, reached = [], 0
    for index in range(len(pieces)):
        places = laid.get(index)
        if places:
            spans.append(Span(min(places), max(places) + 1))
            reached = max(reached, spans[-1].end)
        else:
            spans.append(Span(reached, reached))
    return tuple(spans)


def _laid(letters: str, origins: Sequence[int], joined: str, owners: Sequence[int]) -> dict[int, list[int]]:
    """The offsets of the text that each piece shows, by index; `owners` says whose each character of `joined` is."""
    laid: dict[int, list[int]] = {}
    if joined == letters:
        for place, owner in enumerate(owners):
            laid.setdefault(owner, []).append(origins[place])
        return laid
    # An unknown character became `<unk>`, or a rule of the tokenizer's own changed some.
    for tag, start, end, first, last in SequenceMatcher(None, letters, joined, autojunk=False).get_opcodes():
        if tag == "equal":
            for place, other in zip(range(start, end), range(first, last), strict=True):
                laid.setdefault(owners[other], []).append(origins[place])
        elif tag == "replace":
            for owner in dict.fromkeys(owners[first:last]):
                laid.setdefault(owner, []).extend(origins[start:end])
    return laid


def _normalised(text: str) -> tuple[str, list[int]]:
    """`text` in NFKC without white space, and for each of its characters the offset that it came from."""
    letters: list[str] = []
    origins: list[int] = []
    offset = 0
    while offset < len(text):
        # A letter with the combining marks behind it is normalised as one.
        end = offset + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFKC", text[offset:end]):
            if not letter.isspace():
                letters.append(letter)
                origins.append(offset)
        offset = end
    return "".join(letters), origins
