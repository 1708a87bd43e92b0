"""Compares a back-translation with its source, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from mtaudit.text import Word, fold, words
from mtaudit.types import Span

#: `same`: both say it; `lost`: only the source does; `new`: only the back-translation; `changed`: only the
#: back-translation, and the scorer holds that it says something else, so it is more than another wording.
Kind: TypeAlias = Literal["same", "lost", "new", "changed"]
Piece: TypeAlias = tuple[Kind, str]


def word_diff(source: str, back: str, changes: Sequence[Span]) -> list[Piece]:
    """The back-translation in pieces, with the words that only the source has put in where they are missing.

    Words are compared after folding case and accents, and what stands between them goes with the word before. All
    pieces but the `lost` ones, joined, are `back`; `changes` are spans in it. Longest matching blocks first (Ratcliff
    and Obershelp; Python's difflib).
    """
    ours, theirs = _tokens(source), _tokens(back)
    matcher = SequenceMatcher(None, [key for key, _ in ours], [key for key, _ in theirs], autojunk=False)
    starts = [0]
    for _, text in theirs:
        starts.append(starts[-1] + len(text))
    pieces: list[Piece] = []
    for operation, start, end, back_start, back_end in matcher.get_opcodes():
        if operation != "equal" and end > start:
            pieces.append(("lost", "".join(text for _, text in ours[start:end])))
        kind: Kind = "same" if operation == "equal" else "new"
        pieces += _cut(back, starts[back_start], starts[back_end], kind, changes)
    return _joined(piece for piece in pieces if piece[1])


def _tokens(text: str) -> list[tuple[str, str]]:
    """The words of `text`, folded, each with its stretch of the text up to the next word; the stretches make the text.

    A number such as 1.4 is one word. A text without words is one token.
    """
    found: list[Word] = []
    for word in words(text):
        if found and _in_number(text, found[-1], word):
            found[-1] = Word(text[found[-1].start : word.end], found[-1].start, word.end)
        else:
            found.append(word)
    if not found:
        return [(fold(text), text)]
    ends = [*(word.start for word in found[1:]), len(text)]
    starts = [0, *ends[:-1]]
    return [(fold(word.text), text[start:end]) for word, start, end in zip(found, starts, ends, strict=True)]


def _in_number(text: str, one: Word, other: Word) -> bool:
    """Whether only a point, comma or colon parts two figures."""
    return text[one.end : other.start] in {".", ",", ":"} and one.text[-1].isdigit() and other.text[0].isdigit()


def _cut(back: str, start: int, end: int, kind: Kind, changes: Sequence[Span]) -> Iterator[Piece]:
    """A stretch of the back-translation, cut where changes begin and end: they say something else, whatever it is."""
    cuts = {start, end} | {cut for span in changes for cut in (span.start, span.end) if start < cut < end}
    for one, other in pairwise(sorted(cuts)):
        changed = any(span.start <= one and other <= span.end for span in changes)
        yield ("changed" if changed else kind), back[one:other]


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    return [(kind, "".join(text for _, text in group)) for kind, group in groupby(pieces, key=lambda piece: piece[0])]
