"""Puts a document together from runs of the original, and remembers where each run came from."""

from __future__ import annotations

from bisect import bisect_right

from mtaudit.errors import EmptyError, FormatError
from mtaudit.readers.remarks import addressed
from mtaudit.types import Document, OffsetMap, Remark, Span, astral, line_starts

#: White space that layout may add or drop. The no-break space is not in it: somebody typed that one.
BLANK = " \t\n\r\f\v"

#: No writer ends a line before the end of a paragraph of this many characters, minifiers and binaries do: the longest
#: novels have about 5,000 characters a paragraph. Models and aligners would choke on such a block much later.
MAX_UNBROKEN = 200_000

#: Marks that stand close to the word before them.
_CLOSING = frozenset(".,;:!?…)]}»”’")


class Assembly:
    """Collects paragraphs, run by run, and makes the `Document`.

    White space at the ends of a paragraph is dropped, and so is a paragraph of nothing else; two runs that meet with
    white space on both sides keep that of the first. All else is kept as it was given.
    """

    def __init__(self, original: str, name: str, language: str) -> None:
        self._original = original
        self._name = name
        self._language = language
        self._line_starts = line_starts(original)
        self._parts: list[str] = []
        self._length = 0
        self._text_starts: list[int] = []
        self._original_starts: list[int] = []
        self._runs: list[tuple[str, int]] = []
        self._tail: tuple[str, int] | None = None  # white space that counts only if something follows it
        self._dropped = False
        self._waiting: list[tuple[str, int]] = []  # remarks on the paragraph that is open or comes next: text, line
        self._remarks: list[Remark] = []

    def add(self, text: str, at: int) -> None:
        """Append `text` to the paragraph; its first code point stands at offset `at` of the original."""
        body = text.rstrip(BLANK)
        if not body:
            if text and self._runs and self._tail is None:
                self._tail = (text, at)
            return
        tail = (text[len(body) :], at + len(body)) if len(body) < len(text) else None
        if self._tail is not None or not self._runs:
            start = len(body) - len(body.lstrip(BLANK))
            body, at = body[start:], at + start
        if self._tail is not None and not (self._dropped and body[0] in _CLOSING):
            self._runs.append(self._tail)
        self._runs.append((body, at))
        self._tail, self._dropped = tail, False

    def space(self, at: int) -> None:
        """Part two words by one blank, which stands for the white space at offset `at` of the original."""
        self.add(" ", at)

    def drop(self) -> None:
        """Say that something invisible was left out here: the blank before it must not part a word from its stop."""
        self._dropped = True

    def comment(self, text: str, at: int) -> None:
        """Take a comment that starts at offset `at` of the original; it counts if it speaks to this tool.

        It is about the paragraph that it stands in, or else about the next one.
        """
        for remark in addressed(text):
            self._waiting.append((remark, bisect_right(self._line_starts, at)))

    def end_paragraph(self) -> None:
        """Close the paragraph, if one is open.

        Raises:
            FormatError: if it has more than `MAX_UNBROKEN` characters and no line break in the original.
        """
        runs = self._runs
        self._runs, self._tail, self._dropped = [], None, False
        while runs and runs[-1][0].isspace():
            runs.pop()
        first = next((index for index, (text, _) in enumerate(runs) if not text.isspace()), len(runs))
        runs = runs[first:]
        if not runs:
            return
        text, at = runs[0]
        runs[0] = (text.lstrip(), at + len(text) - len(text.lstrip()))
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
        self._check_length(runs)
        if self._length:
            self._parts.append("\n\n")
            self._length += 2
        start = self._length
        for text, at in runs:
            if not self._text_starts or at - self._original_starts[-1] != self._length - self._text_starts[-1]:
                self._text_starts.append(self._length)
                self._original_starts.append(at)
            self._parts.append(text)
            self._length += len(text)
        self._remark(Span(start, self._length))

    def finish(self) -> Document:
        """The document of all paragraphs.

        Raises:
            EmptyError: if there are none.
            FormatError: see `end_paragraph`.
        """
        self.end_paragraph()
        if not self._parts:
            raise EmptyError(
                self._name,
                "there is no text to audit: what it holds is white space, code or markup",
                "Give a file with sentences in it",
            )
        self._remark(Span(self._length, self._length))
        starts = tuple(self._text_starts), tuple(self._original_starts)
        offsets = OffsetMap(*starts, self._line_starts, astral(self._original))
        text = "".join(self._parts)
        return Document(self._name, self._language, text, offsets, remarks=tuple(self._remarks))

    def _remark(self, block: Span) -> None:
        self._remarks += [Remark(text, line, block) for text, line in self._waiting]
        self._waiting = []

    def _check_length(self, runs: list[tuple[str, int]]) -> None:
        length = sum(len(text) for text, _ in runs)
        if length > MAX_UNBROKEN:
            start = runs[0][1]
            if "\n" not in self._original[start : runs[-1][1] + len(runs[-1][0])]:
                line = OffsetMap((0,), (start,), self._line_starts).position(0).line
                raise unbroken(self._name, line, length)


def unbroken(name: str, line: int, length: int) -> FormatError:
    """The error for a block of `length` characters without a line break that starts in `line`."""
    return FormatError(
        f"{name}:{line}",
        f"a block of {length:,} characters without a line break is no prose; the file may be minified, encoded or "
        "machine-made",
        f"Give the text in paragraphs of less than {MAX_UNBROKEN:,} characters",
    )
