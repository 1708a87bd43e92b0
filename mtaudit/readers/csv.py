"""Comma-separated pairs as spreadsheets save them: quoted cells, quotes doubled, line ends inside quotes (RFC 4180).

The first row that is not blank is the header and has to name the two columns, by a word (`source`, `target`, ...) or by
the code of the language; a file of exactly two columns needs none. The separator is the one of comma, semicolon and tab
that the first row has most of outside quotes: spreadsheets in much of Europe save semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtaudit.readers.columns import Columns, find_columns, named_languages
from mtaudit.readers.decode import decode, guess_notice, load
from mtaudit.readers.tsv import row_problem, row_unit
from mtaudit.readers.units import Item, Languages, RawUnit, TextBuilder, UnitText, Warn
from mtaudit.types import BadInput, Position, line_starts

_QUOTED = re.compile(r'"((?:[^"]|"")*)"?')
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's value, the raw offset where it starts, and whether quotes stood around it."""

    value: str
    at: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row, the offset where it starts, and why it cannot be used, if it cannot."""

    cells: tuple[Cell, ...]
    at: int
    problem: str | None = None


def read_csv(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of a CSV file, and the rows that could not be used.

    Raises:
        UnreadableError: no such file, binary, or no known encoding.
        EmptyError: nothing but white space.
        LanguageError: the header names another language.
    """
    name = str(path)
    decoded = decode(load(path), name)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    text = decoded.text
    lines = _Lines(text)
    columns: Columns | None = None
    for row in rows(text):
        line = lines.position(row.at).line
        values = [cell.value for cell in row.cells]
        if not any(value.strip() for value in values):
            continue
        if row.problem is not None:
            yield BadInput(name, line, row.problem, "Close the quote, and double a quote that is text")
            continue
        if columns is None:
            languages = named_languages(values, languages)
            columns = find_columns(values, languages, f"{name}:{line}")
            if columns is not None:
                yield languages
                continue
            columns = Columns(2, 0, 1)
        problem = row_problem(values, columns)
        if problem is not None:
            yield BadInput(name, line, *problem)
            continue
        source, target = row.cells[columns.source], row.cells[columns.target]
        yield RawUnit(_text(source, lines), _text(target, lines), row_unit(values, columns))


class _Lines:
    """Positions in a text."""

    def __init__(self, text: str) -> None:
        self._starts = line_starts(text)

    def position(self, at: int) -> Position:
        from bisect import bisect_right

        line = bisect_right(self._starts, at)
        return Position(line, at - self._starts[line - 1] + 1)


def _text(cell: Cell, lines: _Lines) -> UnitText:
    """The value in runs that stand unbroken in the file: a doubled quote and a line end begin new ones."""
    builder, at = TextBuilder(), cell.at
    for part in re.split(r'(?<=["\n])' if cell.quoted else r"(?!)", cell.value):
        place = lines.position(at)
        builder.add(part, place.line, place.column)
        at += len(part) + (part.endswith('"') if cell.quoted else 0)
    return builder.build()


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of a whole file, those that cannot be used with the reason why."""
    separator = _separator(text)
    plain = re.compile(rf"[^{re.escape(separator)}\n]*")
    at, end = 0, len(text)
    while at < end:
        start, cells, problem = at, [], None
        while True:
            opened = re.compile(r"[ \t]*(?=\")" if separator != "\t" else r" *(?=\")").match(text, at)
            quoted = _QUOTED.match(text, opened.end()) if opened else None
            if quoted is not None:
                if not quoted.group().endswith('"') or len(quoted.group()) == 1:
                    problem = "a quote is opened and never closed"
                    # Only this line is lost: what follows is read again as rows of its own.
                    at = text.find("\n", start)
                    at = end if at == -1 else at
                    cells.append(Cell(text[start:at], start, quoted=False))
                    break
                rest = plain.match(text, quoted.end())
                tail = rest.group() if rest else ""
                if tail.strip():
                    problem = "text stands behind a closing quote"
                cells.append(Cell(quoted[1].replace('""', '"') + tail.rstrip(), quoted.start(1), quoted=True))
                at = quoted.end() + len(tail)
            else:
                bare = plain.match(text, at)
                value = bare.group() if bare else ""
                cells.append(Cell(value, at, quoted=False))
                at += len(value)
            if at < end and text[at] == separator:
                at += 1
                continue
            break
        yield Row(tuple(cells), start, problem)
        at += 1


def _separator(text: str) -> str:
    """The separator that the first row with text in it has most of."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    bare = re.sub(r'"(?:[^"]|"")*"', "", first)
    return max(_SEPARATORS, key=bare.count)
