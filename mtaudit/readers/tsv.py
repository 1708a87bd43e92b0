"""Tab-separated pairs: one pair a line, source and target in two columns.

Plain TSV as corpora have it: a tab parts columns, a line end parts rows, and nothing is quoted or escaped, so a
quotation mark is a quotation mark. White space around a cell is dropped; a cell without text is a gap.

The first row is a header if one cell of it names the source and one the target, by a word (`source`, `src`, `target`,
`translation`, ...) or by the language's code; then the columns may stand in any order and others beside them. Without
a header there must be exactly two columns, source first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.errors import EmptyError, FormatError, LanguageError
from mtaudit.langid import own_scripts
from mtaudit.readers.assembly import MAX_UNBROKEN
from mtaudit.readers.decode import decode_lines, guess_notice, load
from mtaudit.text import base_language
from mtaudit.types import BadInput, Bitext, Document, OffsetMap, Segment, SegmentPair, Side, Span

_NAMES = {
    Side.SOURCE: frozenset({"source", "src", "source text", "original"}),
    Side.TARGET: frozenset({"target", "tgt", "trg", "target text", "translation", "mt"}),
}
#: What a language is called that was not said; a header of two language codes then says it.
UNKNOWN = "und"
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_TWO_COLUMNS = "Give two columns, or name the two that count in a first row: source, target"


@dataclass(frozen=True, slots=True)
class _Columns:
    """How many columns a row must have, and which two of them count."""

    count: int
    source: int
    target: int


@dataclass(slots=True)
class _Column:
    """One side's document while it grows."""

    parts: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    text_starts: list[int] = field(default_factory=list)
    original_starts: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, cell: str, at: int) -> tuple[Segment, ...]:
        """The segment of a cell that starts at offset `at` of the file; none if there is only white space in it."""
        text = cell.strip()
        if not text:
            return ()
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        self.text_starts.append(self.length)
        self.original_starts.append(at + len(cell) - len(cell.lstrip()))
        self.parts.append(text)
        segment = Segment(len(self.segments), Span(self.length, self.length + len(text)), text)
        self.length += len(text)
        self.segments.append(segment)
        return (segment,)

    def document(self, name: str, language: str, starts: tuple[int, ...]) -> Document:
        """The document of all cells."""
        offsets = OffsetMap(tuple(self.text_starts), tuple(self.original_starts), starts)
        return Document(name, language, "".join(self.parts), offsets)


def read_tsv(path: Path, source_language: str, target_language: str, warn: Callable[[str], None]) -> Bitext:
    """The pairs of a TSV file, and the lines that could not be used; `warn` hears of a guessed encoding.

    The documents are the cells, parted by an empty line; their positions lead to line and column in the file.

    Raises:
        UnreadableError: no such file, binary, or no known encoding.
        EmptyError: a column has no text at all.
        FormatError: no line is a pair.
        LanguageError: the header names another language.
    """
    name = str(path)
    decoded = decode_lines(load(path), name)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    columns = _Columns(2, 0, 1)
    sides = {Side.SOURCE: _Column(), Side.TARGET: _Column()}
    pairs: list[SegmentPair] = []
    bad: list[BadInput] = []
    starts: list[int] = []
    start, first = 0, True
    for number, line in enumerate(decoded.lines, start=1):
        starts.append(start)
        begin, start = start, start + len(line or "") + 1
        if line is None:
            reason = f"the line is not valid {decoded.encoding.upper()}, or holds a NUL character"
            bad.append(BadInput(name, number, reason, "Mend the line, or save the file as UTF-8"))
            continue
        if not line.strip(" "):
            continue
        cells = line.split("\t")
        if first:
            first = False
            if (source_language, target_language) == (UNKNOWN, UNKNOWN) and _are_languages(cells):
                source_language, target_language = (cell.strip() for cell in cells)
            header = _header(cells, source_language, target_language, f"{name}:{number}")
            if header is not None:
                columns = header
                continue
        problem = _problem(cells, columns)
        if problem is not None:
            bad.append(BadInput(name, number, *problem))
            continue
        offsets = [begin + sum(map(len, cells[:column])) + column for column in (columns.source, columns.target)]
        source = sides[Side.SOURCE].add(cells[columns.source], offsets[0])
        target = sides[Side.TARGET].add(cells[columns.target], offsets[1])
        pairs.append(SegmentPair(len(pairs), source, target))
    _check_usable(name, sides, bad)
    return Bitext(
        sides[Side.SOURCE].document(name, source_language, tuple(starts)),
        sides[Side.TARGET].document(name, target_language, tuple(starts)),
        tuple(pairs),
        tuple(bad),
    )


def _are_languages(cells: Sequence[str]) -> bool:
    """Whether a row is two codes of different languages, such as en and de."""
    codes = [base_language(cell.strip()) for cell in cells]
    coded = all(_LANGUAGE_CODE.fullmatch(cell.strip()) for cell in cells)
    return len(codes) == 2 and codes[0] != codes[1] and coded and all(map(own_scripts, codes))


def _header(cells: Sequence[str], source: str, target: str, place: str) -> _Columns | None:
    """The columns that the first row names; None if it is a row like the others."""
    found = {side: [at for at, cell in enumerate(cells) if _names(cell, side, source, target)] for side in Side}
    if len(found[Side.SOURCE]) == 1 and len(found[Side.TARGET]) == 1:
        return _Columns(len(cells), found[Side.SOURCE][0], found[Side.TARGET][0])
    codes = [cell.strip() for cell in cells]
    if any(found.values()) and len(cells) == 2 and all(_LANGUAGE_CODE.fullmatch(code) for code in codes):
        raise LanguageError(
            place,
            f"the header says {codes[0]} and {codes[1]}, not {source} and {target}",
            "Give the languages that the file is in",
        )
    return None


def _names(cell: str, side: Side, source: str, target: str) -> bool:
    """Whether a header cell names that side."""
    name = cell.strip().lower().replace("_", "-")
    if name.replace("-", " ") in _NAMES[side]:
        return True
    codes = {Side.SOURCE: source.lower().replace("_", "-"), Side.TARGET: target.lower().replace("_", "-")}
    if base_language(source) != base_language(target):
        return name == codes[side] or name == base_language(codes[side])
    return name == codes[side] != codes[side.other]


def _problem(cells: Sequence[str], columns: _Columns) -> tuple[str, str] | None:
    """Reason and remedy, if a row is no pair."""
    if len(cells) != columns.count:
        count = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
        return f"the line has {count}, not {columns.count}", _TWO_COLUMNS
    texts = cells[columns.source].strip(), cells[columns.target].strip()
    if not any(texts):
        return "both sides of the pair are empty", "Fill them or delete the line"
    if max(map(len, texts)) > MAX_UNBROKEN:
        return f"a cell has more than {MAX_UNBROKEN:,} characters", "Give one sentence or paragraph a line"
    return None


def _check_usable(name: str, sides: dict[Side, _Column], bad: Sequence[BadInput]) -> None:
    if not any(column.segments for column in sides.values()):
        if not bad:
            raise EmptyError(name, "there are no pairs in the file", "Give one pair a line: source, tab, target")
        raise FormatError(f"{name}:{bad[0].line}", f"no line of the file is a pair: {bad[0].reason}", bad[0].remedy)
    for side, column in sides.items():
        if not column.segments:
            raise EmptyError(
                name, f"the {side} column has no text", "Check the columns; a translation alone is no pair"
            )
