"""Compares a back-translation with its source, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from mtaudit.text import fold, words
from mtaudit.types import Span

#: `same`: both say it; `lost`: only the source does; `new`: only the back-translation; `changed`: only the
#: back-translation, and the scorer holds that it says something else, so it is more than another wording.
Kind: TypeAlias = Literal["same", "lost", "new", "changed"]
Piece: TypeAlias = tuple[Kind, str]


def word_diff(source: str, back: str, changes: Sequence[Span]) -> list[Piece]:
    """The back-translation in pieces, with the words that only the source has put in where they are missing.

    Words are compared after folding case and accents. All pieces but the `lost` ones, joined, are `back`; `changes`
    are spans in it. Longest matching blocks first (Ratcliff and Obershelp; Python's difflib).
    """
    ours, theirs = _tokens(source), _tokens(back)
    matcher = SequenceMatcher(None, [fold(text) for text in ours], [fold(text) for text in theirs], autojunk=False)
    starts = [0]
    for text in theirs:
        starts.append(starts[-1] + len(text))
    pieces: list[Piece] = []
    for operation, start, end, back_start, back_end in matcher.get_opcodes():
        if operation == "equal":
            pieces.append(("same", back[starts[back_start] : starts[back_end]]))
            continue
        if end > start:
            pieces.append(("lost", "".join(ours[start:end])))
        pieces += _fresh(back, starts[back_start], starts[back_end], changes)
    return _joined(piece for piece in pieces if piece[1])


def _tokens(text: str) -> list[str]:
    """The words of `text`, each with all that follows it up to the next one: joined they are `text` again."""
    starts = [word.start for word in words(text)]
    if starts:
        starts[0] = 0
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)] if starts else [text]


def _fresh(back: str, start: int, end: int, changes: Sequence[Span]) -> Iterator[Piece]:
    """A stretch that only the back-translation has, cut where the changes begin and end."""
    cuts = {start, end} | {cut for span in changes for cut in (span.start, span.end) if start < cut < end}
    places = sorted(cuts)
    for one, other in pairwise(places):
        changed = any(span.start <= one and other <= span.end for span in changes)
        yield ("changed" if changed else "new"), back[one:other]


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    return [(kind, "".join(text for _, text in group)) for kind, group in groupby(pieces, key=lambda piece: piece[0])]
