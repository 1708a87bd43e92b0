"""Apple's string catalogues (.xcstrings): all languages of an app in one JSON file.

The source is `sourceLanguage`, where an entry without a text of its own is its key; the target is that of `-t`, or the
only other language. Variations by number and device are units of their own (`key[one]`). Left out, and counted: entries
without a translation, those not to be translated, and those that are stale. The state is Xcode's (`needs_review`, ...).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.errors import FormatError, LanguageError
from mtaudit.readers.json_catalogue import JsonFile
from mtaudit.readers.json_scan import Leaf
from mtaudit.readers.plurals import category_numbers
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import UNKNOWN, Item, Languages, RawUnit, Skipped, UnitText, Warn
from mtaudit.text import base_language
from mtaudit.types import Unit


@dataclass(slots=True)
class _Form:
    """One text of an entry in one language, and Xcode's word for its state."""

    text: UnitText
    state: str | None = None


@dataclass(slots=True)
class _Entry:
    """An entry while it is read: its forms by language and variation (empty for the plain one)."""

    note: str | None = None
    skip: str | None = None
    forms: dict[str, dict[str, _Form]] = field(default_factory=dict)


def read_xcstrings(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of a string catalogue.

    Raises:
        UnreadableError, EmptyError, FormatError: see `JsonFile`; or no language can be chosen.
        LanguageError: a language is asked for that no entry has.
    """
    name = str(path)
    file = JsonFile(path, warn)
    source, entries = _entries(file)
    if not source:
        raise FormatError(name, "there is no sourceLanguage: this is no string catalogue", "Check the file")
    there = list(dict.fromkeys(tag for entry in entries.values() for tag in entry.forms if tag != source))
    target = _target(there, languages.target, name)
    yield Languages(source if languages.source == UNKNOWN else languages.source, target)
    skipped = Skipped(name)
    numbers = category_numbers(target)
    for key, entry in entries.items():
        reason = entry.skip or (None if target in entry.forms else "without a translation")
        if reason is not None:
            skipped.add(reason)
            continue
        yield from _pairs(key, entry, source, target, numbers)
    skipped.report(warn)


def _entries(file: JsonFile) -> tuple[str, Mapping[str, _Entry]]:
    source = ""
    entries: dict[str, _Entry] = {}
    for leaf in file.leaves():
        if leaf.path == ("sourceLanguage",):
            source = str(leaf.value)
        elif len(leaf.path) > 2 and leaf.path[0] == "strings":
            _take(entries.setdefault(leaf.path[1], _Entry()), leaf, file)
    return source, entries


def _take(entry: _Entry, leaf: Leaf, file: JsonFile) -> None:
    """Note what one value says of its entry."""
    match leaf.path[2:]:
        case ("comment",):
            entry.note = str(leaf.value)
        case ("shouldTranslate",) if leaf.value is False:
            entry.skip = "not to be translated"
        case ("extractionState",) if leaf.value == "stale":
            entry.skip = "that the program no longer has"
        case ("localizations", language, *between, "stringUnit", last) if last in {"value", "state"}:
            form = "/".join(between[index + 1] for index in range(1, len(between) - 1, 2)) if between else ""
            forms = entry.forms.setdefault(language, {})
            found = forms.setdefault(form, _Form(UnitText(())))
            if last == "state":
                found.state = str(leaf.value)
            elif isinstance(leaf.value, str):
                found.text = file.text(leaf)


def _target(there: list[str], asked: str, name: str) -> str:
    if asked == UNKNOWN:
        if len(there) == 1:
            return there[0]
        cause = f"there are {len(there)} translations: {', '.join(there)}" if there else "there is no translation"
        remedy = f"Choose one, such as -t {there[0]}" if there else "Give a catalogue with a translation"
        raise FormatError(name, cause, remedy)
    exact = [tag for tag in there if tag.lower() == asked.lower().replace("_", "-")]
    found = exact or [tag for tag in there if base_language(tag) == base_language(asked)]
    if not found:
        cause = f"there is no text in {asked}, but in {', '.join(there) or 'no other language'}"
        raise LanguageError(name, cause, "Say a language of the file with -t")
    return found[0]


def _pairs(key: str, entry: _Entry, source: str, target: str, numbers: Mapping[str, int | None]) -> Iterator[Item]:
    targets = entry.forms[target]
    first = next(iter(targets.values())).text.runs
    place = (first[0].line, first[0].column) if first else (1, 1)
    sources = {form: found.text for form, found in entry.forms.get(source, {}).items()}
    sources = sources or {"": UnitText.plain(key, *place)}
    for form, found in targets.items():
        if not found.text.text.strip():
            continue
        singular = form == "one" and numbers and numbers.get("one") != 1
        own = (None if singular else sources.get(form)) or sources.get("other") or next(iter(sources.values()))
        others = tuple(dict.fromkeys(text.text.strip() for text in sources.values() if text is not own))
        unit_id = f"{key}[{form}]" if form else key
        unit = Unit(unit_id, None, entry.note, found.state, others, numbers.get(form))
        yield RawUnit(own, found.text, unit, comments(entry.note))
