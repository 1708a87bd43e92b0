"""Glossary files to one `Glossary` for the two languages of an audit.

Rows of the same source term are alternatives, in whatever file they stand. A glossary that has nothing for the
languages is no error, since a project of many languages may give all its glossaries at once; it is said, though.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from mtaudit.errors import FormatError
from mtaudit.readers.decode import reading
from mtaudit.readers.tbx import read_tbx
from mtaudit.readers.term_tables import OtherLanguages, read_table
from mtaudit.readers.units import Languages, Warn
from mtaudit.terms import EMPTY, Glossary, Term
from mtaudit.types import BadInput

_TABLES = (".tsv", ".tab", ".txt", ".csv")
_TBX = (".tbx", ".xml")


def read_glossary(
    paths: Sequence[Path], words: Sequence[str], source_language: str, target_language: str, warn: Warn
) -> Glossary:
    """The terms of all files, and `words` besides those that the files say are not to be translated.

    A file that has not changed since it was last read is not read again. `warn` hears of each row that could not be
    used, with its place, and of files that have nothing for these languages.

    Raises:
        UnreadableError: missing, a folder, no permission, binary, or in no known encoding.
        EmptyError: a file of nothing but white space.
        FormatError: a suffix that is not read, XML that is no TBX or not safe to open, a header that cannot be read.
    """
    if not paths and not words:
        return EMPTY
    stamped = []
    for path in paths:
        with reading(str(path)):
            status = path.stat()
        stamped.append((path, status.st_mtime_ns, status.st_size))
    glossary, notices = _read(tuple(stamped), tuple(words), Languages(source_language, target_language))
    for notice in notices:
        warn(notice)
    return glossary


@lru_cache(maxsize=8)
def _read(
    stamped: tuple[tuple[Path, int, int], ...], words: tuple[str, ...], languages: Languages
) -> tuple[Glossary, tuple[str, ...]]:
    notices: list[str] = []
    terms = [term for path, _, _ in stamped for term in _terms(path, languages, notices)]
    kept = [*words, *(term.source for term in terms if term.verbatim)]
    verbatim = tuple(dict.fromkeys(word.strip() for word in kept if word.strip()))
    return Glossary(tuple(_merged(terms)), verbatim), tuple(notices)


def _terms(path: Path, languages: Languages, notices: list[str]) -> Iterator[Term]:
    count, told = 0, len(notices)
    for item in _items(path, languages, notices.append):
        if isinstance(item, Term):
            count += 1
            yield item
        elif isinstance(item, BadInput):
            notices.append(str(item))
        elif not count:
            wanted = f"{languages.source} to {languages.target}"
            there = f"; it has {', '.join(item.codes)}" if item.codes else ""
            notices.append(f"{path}: this glossary has no terms from {wanted}{there}. It is not used.")
    if not count and len(notices) == told:
        notices.append(f"{path}: there are no terms in this glossary. Give a source term and its translation a row.")


def _items(path: Path, languages: Languages, warn: Warn) -> Iterator[Term | BadInput | OtherLanguages]:
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        return read_table(path, languages, warn)
    if suffix in _TBX:
        return read_tbx(path, languages)
    cause = f"glossaries ending in {suffix} are not read" if suffix else "the glossary has no suffix"
    raise FormatError(str(path), cause, "Save it as .tsv, .csv or .tbx")


def _merged(terms: Iterable[Term]) -> Iterator[Term]:
    """Each source form once, with the alternatives of all its rows; what is allowed anywhere is not forbidden."""
    found: dict[str, Term] = {}
    for term in terms:
        if term.verbatim:
            continue
        # Where case counts, "US" and "us" are two terms; elsewhere rows differ in their capitals by chance.
        key = term.source if term.case_sensitive or term.source.isupper() else term.source.casefold()
        other = found.get(key)
        if other is None:
            found[key] = term
            continue
        found[key] = replace(
            other,
            allowed=tuple(dict.fromkeys((*other.allowed, *term.allowed))),
            forbidden=tuple(dict.fromkeys((*other.forbidden, *term.forbidden))),
            case_sensitive=other.case_sensitive if other.case_sensitive is not None else term.case_sensitive,
            part_of_speech=other.part_of_speech or term.part_of_speech,
            note=other.note or term.note,
        )
    for term in found.values():
        yield replace(term, forbidden=tuple(form for form in term.forbidden if form not in term.allowed))
