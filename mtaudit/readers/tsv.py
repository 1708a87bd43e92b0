"""Tab-separated pairs: one pair a line, source and target in two columns.

Plain TSV as corpora have it: a tab parts columns, a line end parts rows, and nothing is quoted or escaped, so a
quotation mark is a quotation mark. White space around a cell is dropped; a cell without text is a gap.

The first row is a header if one cell of it names the source and one the target, by a word (`source`, `src`, `target`,
`translation`, ...) or by the language's code; then the columns may stand in any order and others beside them. Without
a header there must be exactly two columns, source first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mtaudit.readers.assembly import MAX_UNBROKEN
from mtaudit.readers.columns import Columns, find_columns, named_languages
from mtaudit.readers.decode import guess_notice
from mtaudit.readers.lines import stream_lines
from mtaudit.readers.units import Item, Languages, RawUnit, UnitText, Warn
from mtaudit.types import BadInput, Unit

_TWO_COLUMNS = "Give two columns, or name the two that count in a first row: source, target"


def read_tsv(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of a TSV file, and the lines that could not be used; `warn` hears of a guessed encoding.

    Raises:
        UnreadableError: no such file, binary, or no known encoding.
        EmptyError: nothing but white space.
        LanguageError: the header names another language.
    """
    name = str(path)
    decoded = stream_lines(path)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    columns = Columns(2, 0, 1)
    first = True
    for number, line in enumerate(decoded.lines, start=1):
        if line is None:
            reason = f"the line is not valid {decoded.encoding.upper()}, or holds a NUL character"
            yield BadInput(name, number, reason, "Mend the line, or save the file as UTF-8")
            continue
        if not line.strip(" "):
            continue
        cells = line.split("\t")
        if first:
            first = False
            languages = named_languages(cells, languages)
            header = find_columns(cells, languages, f"{name}:{number}")
            if header is not None:
                columns = header
                yield languages
                continue
        problem = row_problem(cells, columns)
        if problem is not None:
            yield BadInput(name, number, *problem)
            continue
        source, target = (_cell(cells, column, number) for column in (columns.source, columns.target))
        yield RawUnit(source, target, row_unit(cells, columns))


def _cell(cells: Sequence[str], column: int, line: int) -> UnitText:
    return UnitText.plain(cells[column], line, sum(map(len, cells[:column])) + column + 1)


def row_unit(cells: Sequence[str], columns: Columns) -> Unit | None:
    """What the columns beside the two texts say of a row."""
    if columns.id is None and columns.context is None:
        return None
    unit_id = cells[columns.id].strip() if columns.id is not None else ""
    return Unit(unit_id, cells[columns.context].strip() or None if columns.context is not None else None)


def row_problem(cells: Sequence[str], columns: Columns) -> tuple[str, str] | None:
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
