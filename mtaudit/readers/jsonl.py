"""JSON Lines: one JSON object a line, with a key for each side.

The first object that names the two sides says which keys hold them: by a word (`source`, `target`, ...) or by the codes
of the languages, also one level down under `translation`, as data sets of hubs have it. Every other object has to have
the same keys. A key `id` (or `key`, `segment_id`) names the unit, `context` its context. null and empty texts are gaps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtaudit.readers.columns import Columns, find_columns, named_languages
from mtaudit.readers.decode import guess_notice
from mtaudit.readers.json_scan import JsonError, Member, members, string_runs
from mtaudit.readers.lines import stream_lines
from mtaudit.readers.units import Item, Languages, RawUnit, TextBuilder, UnitText, Warn
from mtaudit.types import BadInput, Unit

_KEYS = "Give an object with the keys source and target a line, or with the codes of the languages"


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of the two sides and of the unit's id and context, and the key that they stand under, if any."""

    source: str
    target: str
    id: str | None
    context: str | None
    under: str | None = None


def read_jsonl(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of a JSON Lines file, and the lines that could not be used.

    Raises:
        UnreadableError: no such file, binary, or no known encoding.
        EmptyError: nothing but white space.
        LanguageError: the keys name other languages.
    """
    name = str(path)
    decoded = stream_lines(path)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    keys: _Keys | None = None
    for number, line in enumerate(decoded.lines, start=1):
        if line is None:
            reason = f"the line is not valid {decoded.encoding.upper()}, or holds a NUL character"
            yield BadInput(name, number, reason, "Mend the line, or save the file as UTF-8")
            continue
        if not line.strip():
            continue
        try:
            record = {member.key: member for member in members(line)}
        except JsonError as error:
            yield BadInput(name, number, f"{error} at column {error.at + 1}", "Give one JSON object a line")
            continue
        if keys is None:
            languages = _languages(record, languages)
            keys = _find(record, line, languages, f"{name}:{number}")
            if keys is not None:
                yield languages
        if keys is None:
            yield BadInput(name, number, "no keys of the object name source and target", _KEYS)
            continue
        yield _unit(record, line, keys, number, name)


def _languages(record: dict[str, Member], languages: Languages) -> Languages:
    """What the keys say, where they are the codes of two languages and the user named none."""
    inner = record.get("translation")
    if inner is not None and isinstance(inner.value, dict):
        return named_languages(list(inner.value), languages)
    return named_languages(list(record), languages)


def _find(record: dict[str, Member], line: str, languages: Languages, place: str) -> _Keys | None:
    found = _keys(list(record), languages, place)
    inner = record.get("translation")
    if inner is not None and isinstance(inner.value, dict):
        below = _keys(list(inner.value), languages, place)
        if below is not None:
            own = found or _Keys("", "", _first(record, "id", "key"), _first(record, "context"))
            return _Keys(below.source, below.target, own.id, own.context, "translation")
    return found


def _first(record: dict[str, Member], *names: str) -> str | None:
    return next((name for name in names if name in record), None)


def _keys(names: list[str], languages: Languages, place: str) -> _Keys | None:
    columns: Columns | None = find_columns(names, languages, place)
    if columns is None:
        return None
    unit_id, context = (names[at] if at is not None else None for at in (columns.id, columns.context))
    return _Keys(names[columns.source], names[columns.target], unit_id, context)


def _unit(record: dict[str, Member], line: str, keys: _Keys, number: int, name: str) -> Item:
    """The pair of one object."""
    sides = record
    if keys.under is not None:
        holder = record.get(keys.under)
        if holder is None or not isinstance(holder.value, dict):
            return BadInput(name, number, f"the object has no key {keys.under} with both texts", _KEYS)
        sides = {member.key: member for member in members(line, holder.at)}
    texts: list[UnitText | None] = []
    for key in (keys.source, keys.target):
        member = sides.get(key)
        if member is None or not (member.value is None or isinstance(member.value, str)):
            cause = "has no key" if member is None else "has no text under"
            return BadInput(name, number, f"the object {cause} {key}", _KEYS)
        texts.append(_text(member.value, line, member.at, number) if member.value else None)
    if not any(text is not None and text.text.strip() for text in texts):
        return BadInput(name, number, "both sides of the pair are empty", "Fill them or delete the line")
    unit_id, context = (_word(record, key) for key in (keys.id, keys.context))
    return RawUnit(texts[0], texts[1], Unit(unit_id or "", context) if unit_id or context else None)


def _word(record: dict[str, Member], key: str | None) -> str | None:
    member = record.get(key) if key is not None else None
    if member is None or member.value is None:
        return None
    return member.value if isinstance(member.value, str) else json.dumps(member.value, ensure_ascii=False)


def _text(value: str, line: str, at: int, number: int) -> UnitText:
    if "\\" not in line:
        return UnitText.plain(value, number, at + 2)
    builder = TextBuilder()
    for text, offset in string_runs(line, at):
        builder.add(text, number, offset + 1)
    return builder.build()
