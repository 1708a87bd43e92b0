"""What a model reads of a text: its prose, without inline codes, and the way back to the text's own offsets.

Models were trained on prose. A tag or a placeholder is to them a string of odd words, which differ between the two
sides or are the same for the wrong reason; what becomes of codes in translation is for rules 302 and 303 to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mtaudit.types import Bitext, SegmentPair, Side, Span

#: Finds the inline codes in the text of one side of a pair: spans in order, counted from the start of that text.
Codes: TypeAlias = Callable[[Bitext, SegmentPair, Side], Sequence[Span]]

#: Tags that stand around words, and may stand inside one; what else there is parts words: `<br>`, `<ph id="1"/>`, `%s`.
_PAIRED = re.compile(r"</?(?!(?:br|hr|img|input)\b)[A-Za-z][^<>]*(?<!/)>", re.IGNORECASE)
#: Marks that stand close to the word before them.
_CLOSING = frozenset(".,;:!?…)]}»”")


def no_codes(bitext: Bitext, pair: SegmentPair, side: Side) -> Sequence[Span]:
    """The codes of texts that have none."""
    return ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A text without its codes.

    Stretch k of `text` starts at `starts[k]` there and at `origins[k]` in the text that it was taken from.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, text: str, codes: Sequence[Span]) -> Prose:
        """Leave the codes of a text out; they are in order and do not overlap.

        Where a code stood between two blanks, or before a stop, only one blank is left, or none; where one that is no
        paired tag stood between two words, a blank takes its place.
        """
        if not codes:
            return cls(text)
        stretches = _Stretches()
        at, parts_words = 0, False
        for code in (*codes, Span(len(text), len(text))):
            if at < code.start:
                stretches.add(text[at : code.start], at, parts_words=parts_words)
                parts_words = False
            parts_words |= _PAIRED.fullmatch(text, code.start, code.end) is None
            at = code.end
        return stretches.prose()

    def span(self, span: Span) -> Span:
        """Where a span of the prose stands in the text that it was taken from; codes inside it are covered too."""
        if not len(span):
            place = self._origin(span.start)
            return Span(place, place)
        return Span(self._origin(span.start), self._origin(span.end - 1) + 1)

    def _origin(self, offset: int) -> int:
        stretch = max(0, bisect_right(self.starts, offset) - 1)
        return self.origins[stretch] + offset - self.starts[stretch]


class _Stretches:
    """Collects what is left of a text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._length = 0

    def add(self, text: str, origin: int, *, parts_words: bool) -> None:
        """Append what stands behind a code; `origin` is its place, `parts_words` whether that code parts words."""
        last = self._parts[-1][-1] if self._parts else " "
        if last.isspace():
            kept = text.lstrip()
            origin, text = origin + len(text) - len(kept), kept
            if text[:1] in _CLOSING and parts_words and self._parts:
                self._drop_blanks()
        elif parts_words and last.isalnum() and text[0].isalnum():
            self._append(" ", origin - 1)
        self._append(text, origin)

    def prose(self) -> Prose:
        """All of it."""
        return Prose("".join(self._parts), tuple(self._starts) or (0,), tuple(self._origins) or (0,))

    def _append(self, text: str, origin: int) -> None:
        if text:
            self._parts.append(text)
            self._starts.append(self._length)
            self._origins.append(origin)
            self._length += len(text)

    def _drop_blanks(self) -> None:
        """Let a stop follow its word directly."""
        before = self._parts.pop()
        start, origin = self._starts.pop(), self._origins.pop()
        self._length -= len(before)
        kept = before.rstrip()
        if kept:
            self._parts.append(kept)
            self._starts.append(start)
            self._origins.append(origin)
            self._length += len(kept)
