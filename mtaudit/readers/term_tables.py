"""Glossaries as tables: TSV and CSV, one source term and its translation a row.

The first row is a header if its cells name the columns, by a word (`source`, `target`, ...) or by the code of a
language; columns that nobody asked for are passed over. Without a header there are exactly two columns, source first.
TSV has no quotes; CSV is as `readers.csv` reads it. Several forms in one cell are parted by `|`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mtaudit.errors import FormatError
from mtaudit.langid import own_scripts
from mtaudit.readers.csv import rows
from mtaudit.readers.decode import decode, guess_notice, load
from mtaudit.readers.lines import stream_lines
from mtaudit.readers.units import Languages, Warn
from mtaudit.terms import Term
from mtaudit.text import base_language, shorten
from mtaudit.types import BadInput, line_starts

#: Longest term in code points: beyond, a cell holds a sentence, and the columns are others than was thought.
MAX_TERM = 200


class Status(StrEnum):
    """What a glossary says of a form."""

    ALLOWED = "preferred"
    FORBIDDEN = "forbidden"
    VERBATIM = "do-not-translate"


#: What people and tools write, as `_plain` leaves it. TBX-Basic's values are among them without "-admn-sts".
_STATUS = {
    Status.ALLOWED: {"", "preferred", "preferredterm", "admitted", "admittedterm", "allowed", "approved", "accepted"}
    | {"standardizedterm", "legalterm", "regulatedterm", "standard", "new", "valid", "yes", "ok", "translate"},
    Status.FORBIDDEN: {"forbidden", "deprecated", "deprecatedterm", "superseded", "supersededterm", "obsolete"}
    | {"rejected", "prohibited", "banned", "not recommended", "do not use", "wrong", "avoid"},
    Status.VERBATIM: {"do not translate", "dnt", "untranslatable", "non translatable", "verbatim", "keep"},
}
_YES, _NO = {"yes", "y", "true", "1", "x"}, {"no", "n", "false", "0", ""}
_COLUMNS = {
    "source": {"source", "src", "source term", "term", "source text"},
    "target": {"target", "tgt", "trg", "target term", "translation", "target text"},
    "note": {"note", "notes", "comment", "comments", "remark", "definition", "description"},
    "case": {"case sensitive", "case", "casesensitive", "match case"},
    "forbidden": {"forbidden", "forbidden terms", "forbidden target", "do not use"},
    "status": {"status", "administrative status", "usage"},
    "pos": {"part of speech", "pos", "word class", "partofspeech"},
}
_LANGUAGE_CODE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def status_of(text: str) -> Status | None:
    """What a word for a status means; None if nobody knows it."""
    plain = _plain(text).removesuffix(" admn sts")
    return next((status for status, known in _STATUS.items() if plain in known), None)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, the line it starts in, and why it cannot be used, if it cannot."""

    cells: tuple[str, ...]
    line: int
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class OtherLanguages:
    """The glossary is for these languages, and not for those of the audit."""

    codes: tuple[str, ...]


def read_table(path: Path, languages: Languages, warn: Warn) -> Iterator[Term | BadInput | OtherLanguages]:
    """Yield the terms of a table, and the rows that could not be used.

    Raises:
        UnreadableError: no such file, binary, or no known encoding.
        EmptyError: nothing but white space.
        FormatError: the header names no column for the translations, or two for one thing.
    """
    found = _tsv_rows(path, warn) if path.suffix.lower() in {".tsv", ".tab", ".txt"} else _csv_rows(path, warn)
    columns: Mapping[str, int] | None = None
    count = 2
    for row in found:
        if row.problem is not None:
            yield BadInput(str(path), row.line, *row.problem)
            continue
        if columns is None:
            header = _header(row.cells, languages, f"{path}:{row.line}")
            if isinstance(header, OtherLanguages):
                yield header
                return
            columns = header or {"source": 0, "target": 1}
            if header is not None:
                count = len(row.cells)
                continue
        if len(row.cells) != count:
            yield BadInput(str(path), row.line, *_column_problem(len(row.cells), count))
            continue
        cells = {name: row.cells[at].strip() for name, at in columns.items()}
        yield from _terms(cells, str(path), row.line)


def _column_problem(here: int, count: int) -> tuple[str, str]:
    columns = "1 column" if here == 1 else f"{here} columns"
    remedy = "Give each row as many cells as the first; a first row with source, target, note ... names the columns"
    return f"the row has {columns}, not {count}", remedy


def _tsv_rows(path: Path, warn: Warn) -> Iterator[_Row]:
    decoded = stream_lines(path)
    if decoded.guessed:
        warn(guess_notice(str(path), decoded.encoding))
    for number, line in enumerate(decoded.lines, start=1):
        if line is None:
            reason = f"the line is not valid {decoded.encoding.upper()}, or holds a NUL character"
            yield _Row((), number, (reason, "Mend the line, or save the file as UTF-8"))
        elif line.strip():
            yield _Row(tuple(line.split("\t")), number)


def _csv_rows(path: Path, warn: Warn) -> Iterator[_Row]:
    decoded = decode(load(path), str(path))
    if decoded.guessed:
        warn(guess_notice(str(path), decoded.encoding))
    starts = line_starts(decoded.text)
    for row in rows(decoded.text):
        values = tuple(cell.value for cell in row.cells)
        if any(value.strip() for value in values):
            remedy = "Close the quote, and double a quote that is text"
            problem = None if row.problem is None else (row.problem, remedy)
            yield _Row(values, bisect_right(starts, row.at), problem)


def _header(cells: Sequence[str], languages: Languages, place: str) -> Mapping[str, int] | OtherLanguages | None:
    """Which column is which; None if the row is a row like the others."""
    found: dict[str, list[int]] = {}
    codes: list[str] = []
    for at, cell in enumerate(cells):
        name = next((name for name, known in _COLUMNS.items() if _plain(cell) in known), None)
        if name is None and _is_code(cell):
            codes.append(cell.strip())
            side = next((s for s, tag in _sides(languages) if base_language(cell.strip()) == base_language(tag)), None)
            name = side
        if name is not None:
            found.setdefault(name, []).append(at)
    if "source" in found and ("target" in found or "status" in found):
        twice = next((name for name, places in found.items() if len(places) > 1), None)
        if twice is not None and not codes:
            raise FormatError(place, f"two columns are called {twice}", "Give each column a name of its own")
        return {name: _closest(places, cells, languages, name) for name, places in found.items()}
    if len(codes) > 1:
        return OtherLanguages(tuple(codes))
    if "source" in found and len(cells) > 1 and len(found) + len(codes) > 1:
        cause = f"the first row names no column for the translations into {languages.target}"
        raise FormatError(place, cause, f"Call it target, or {base_language(languages.target)}")
    return None


def _sides(languages: Languages) -> tuple[tuple[str, str], ...]:
    return (("source", languages.source), ("target", languages.target))


def _closest(places: Sequence[int], cells: Sequence[str], languages: Languages, name: str) -> int:
    """Of columns such as de-DE and de-AT the one of the audit's own tag, else the first."""
    tag = dict(_sides(languages)).get(name, "").lower().replace("_", "-")
    exact = (at for at in places if cells[at].strip().lower().replace("_", "-") == tag)
    return next(exact, places[0])


def _is_code(cell: str) -> bool:
    code = cell.strip()
    return bool(_LANGUAGE_CODE.fullmatch(code)) and bool(own_scripts(base_language(code)))


def _terms(cells: Mapping[str, str], path: str, line: int) -> Iterator[Term | BadInput]:
    """The terms of one row: one for each form of the source."""

    def bad(reason: str, remedy: str) -> BadInput:
        return BadInput(path, line, reason, remedy)

    status = status_of(cells.get("status", ""))
    if status is None:
        known = ", ".join(status.value for status in Status)
        yield bad(f"the status '{shorten(cells['status'])}' is not known", f"Give {known}, or leave it empty")
        return
    flag = _plain(cells.get("forbidden", ""))
    forbidden = () if flag in _YES | _NO else _forms(cells["forbidden"])
    status = Status.FORBIDDEN if flag in _YES else status
    case = _plain(cells.get("case", ""))
    if case not in _YES | _NO:
        yield bad(f"'{shorten(cells['case'])}' does not say whether case counts", "Give yes or no, or leave it empty")
        return
    sources, targets = _forms(cells["source"]), _forms(cells.get("target", ""))
    longest = max((*sources, *targets, *forbidden, ""), key=len)
    if not sources:
        yield bad("the row has no source term", "Give one, or delete the row")
    elif not (targets or forbidden or status is Status.VERBATIM):
        yield bad(f"'{shorten(sources[0])}' has no translation", "Give one, or the status do-not-translate")
    elif len(longest) > MAX_TERM:
        yield bad(f"a term has more than {MAX_TERM} characters", "Give terms, not sentences")
    else:
        for source in sources:
            yield Term(
                source,
                targets if status is Status.ALLOWED else (),
                (*forbidden, *targets) if status is Status.FORBIDDEN else forbidden,
                status is Status.VERBATIM,
                case in _YES if case else None,
                cells.get("pos") or None,
                cells.get("note") or None,
                f"{path}:{line}",
            )


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(form.split()) for form in cell.split("|") if form.strip()))


def _plain(text: str) -> str:
    return " ".join(text.strip().lower().replace("_", " ").replace("-", " ").split())
