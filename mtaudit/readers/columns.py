"""Which columns or keys of a table hold the two sides: by a word for it, or by the code of a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mtaudit.errors import LanguageError
from mtaudit.langid import own_scripts
from mtaudit.readers.units import UNKNOWN, Languages
from mtaudit.text import base_language
from mtaudit.types import Side

_NAMES = {
    Side.SOURCE: frozenset({"source", "src", "source text", "original"}),
    Side.TARGET: frozenset({"target", "tgt", "trg", "target text", "translation", "mt"}),
}
#: What a column may be called that says which unit a row is, or in what context it stands.
_ID, _CONTEXT = frozenset({"id", "key", "seg id", "segment id", "location"}), frozenset({"context"})
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Columns:
    """How many columns a row must have, which two of them count, and which name the unit, if any do."""

    count: int
    source: int
    target: int
    id: int | None = None
    context: int | None = None


def find_columns(cells: Sequence[str], languages: Languages, place: str) -> Columns | None:
    """The columns that a first row (or the keys of a record) names; None if it is a row like the others.

    Raises:
        LanguageError: it is two language codes, one of which is not among `languages`.
    """
    source, target = languages.source, languages.target
    found = {side: [at for at, cell in enumerate(cells) if _names(cell, side, source, target)] for side in Side}
    if len(found[Side.SOURCE]) == 1 and len(found[Side.TARGET]) == 1:
        names = [_plain(cell) for cell in cells]
        return Columns(len(cells), found[Side.SOURCE][0], found[Side.TARGET][0], _at(names, _ID), _at(names, _CONTEXT))
    codes = [cell.strip() for cell in cells]
    if any(found.values()) and len(cells) == 2 and all(_LANGUAGE_CODE.fullmatch(code) for code in codes):
        raise LanguageError(
            place,
            f"the header says {codes[0]} and {codes[1]}, not {source} and {target}",
            "Give the languages that the file is in",
        )
    return None


def named_languages(cells: Sequence[str], languages: Languages) -> Languages:
    """The languages that a row of two language codes names, where the user named none; otherwise the user's."""
    if (languages.source, languages.target) != (UNKNOWN, UNKNOWN) or not _are_languages(cells):
        return languages
    source, target = (cell.strip() for cell in cells)
    return Languages(source, target)


def _are_languages(cells: Sequence[str]) -> bool:
    """Whether a row is two codes of different languages, such as en and de."""
    codes = [base_language(cell.strip()) for cell in cells]
    coded = all(_LANGUAGE_CODE.fullmatch(cell.strip()) for cell in cells)
    return len(codes) == 2 and codes[0] != codes[1] and coded and all(map(own_scripts, codes))


def _plain(cell: str) -> str:
    return cell.strip().lower().replace("_", " ").replace("-", " ")


def _at(names: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in wanted), None)


def _names(cell: str, side: Side, source: str, target: str) -> bool:
    """Whether a header cell names that side."""
    name = cell.strip().lower().replace("_", "-")
    if name.replace("-", " ") in _NAMES[side]:
        return True
    codes = {Side.SOURCE: source.lower().replace("_", "-"), Side.TARGET: target.lower().replace("_", "-")}
    if base_language(source) != base_language(target):
        return name == codes[side] or name == base_language(codes[side])
    return name == codes[side] != codes[side.other]
