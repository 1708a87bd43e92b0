"""Pairs of monolingual catalogues: the entries of the source's file and those of the translation's, matched by key.

Entries without a counterpart are left out and counted, as are empty ones. Plural forms are units of their own: a form
that stands for 1 alone is compared with the source's `one`, every other with the source's `other`, unless the source
has the same form; what is right in any form of the source counts as right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from mtaudit.langid import own_scripts
from mtaudit.readers.plurals import CATEGORIES, category_numbers
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import (
    UNKNOWN,
    Item,
    Languages,
    Paths,
    RawUnit,
    Skipped,
    UnitText,
    Warn,
    language_tag,
)
from mtaudit.text import base_language
from mtaudit.types import BadInput, Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalogue: its key, its text, the plural form (or other variant) that it is, and a remark.

    `comments` are further comments on it that may speak to this tool.
    """

    key: str
    text: UnitText
    form: str | None = None
    note: str | None = None
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Locale:
    """The language that a catalogue itself says it is in."""

    tag: str


CatalogueItem: TypeAlias = Entry | Locale | BadInput
CatalogueReader: TypeAlias = Callable[[Path, Warn], Iterator[CatalogueItem]]


@dataclass(slots=True)
class _Catalogue:
    """A whole catalogue: its entries by key and form, in the order of the file."""

    entries: dict[str, dict[str | None, Entry]]
    language: str
    bad: list[BadInput]


def read_catalogues(
    source: Path, target: Path, reader: CatalogueReader, languages: Languages, warn: Warn
) -> Iterator[Item]:
    """Yield the pairs of two catalogues of one format.

    Raises:
        whatever `reader` raises for one of the files.
    """
    paths = Paths(str(source), str(target))
    catalogues = [_load(path, reader, warn) for path in (source, target)]
    yield paths
    for catalogue in catalogues:
        yield from catalogue.bad
    settled = Languages(
        catalogues[0].language if languages.source == UNKNOWN else languages.source,
        catalogues[1].language if languages.target == UNKNOWN else languages.target,
    )
    yield settled
    skipped = Skipped(paths.target)
    numbers = category_numbers(settled.target) if settled.target != UNKNOWN else {}
    theirs = catalogues[1].entries
    for key, forms in catalogues[0].entries.items():
        if key not in theirs:
            skipped.counts.update({"without a translation": len(forms)})
            continue
        yield from _pairs(key, forms, theirs[key], numbers, skipped)
    skipped.counts.update({"that the source does not have": sum(key not in catalogues[0].entries for key in theirs)})
    skipped.counts += type(skipped.counts)()  # drops zeros
    skipped.report(warn)


def _pairs(
    key: str,
    sources: Mapping[str | None, Entry],
    targets: Mapping[str | None, Entry],
    numbers: Mapping[str, int | None],
    skipped: Skipped,
) -> Iterator[Item]:
    for form, entry in targets.items():
        source = _counterpart(form, sources, numbers)
        if not entry.text.text.strip() or not source.text.text.strip():
            skipped.add("without a translation")
            continue
        others = tuple(dict.fromkeys(other.text.text.strip() for other in sources.values() if other is not source))
        unit_id = key if form is None else f"{key}[{form}]"
        exact = numbers.get(form) if form in CATEGORIES else None
        unit = Unit(unit_id, None, source.note or entry.note, None, others, exact)
        said = [comments(one.note, *one.comments) for one in (entry, source)]
        yield RawUnit(source.text, entry.text, unit, said[0], said[1])


def _counterpart(form: str | None, sources: Mapping[str | None, Entry], numbers: Mapping[str, int | None]) -> Entry:
    """The source's form that a translation's form is to be compared with."""
    if form == "one" and numbers and numbers.get("one") != 1 and "other" in sources:
        return sources["other"]  # Russian's `one` is also for 21
    fallback = sources.get("other") or next(iter(sources.values()))
    return sources.get(form) or fallback


def _load(path: Path, reader: CatalogueReader, warn: Warn) -> _Catalogue:
    catalogue = _Catalogue({}, language_of_path(path), [])
    for item in reader(path, warn):
        if isinstance(item, BadInput):
            catalogue.bad.append(item)
        elif isinstance(item, Locale):
            catalogue.language = language_tag(item.tag)
        else:
            forms = catalogue.entries.setdefault(item.key, {})
            if item.form in forms:
                line = item.text.runs[0].line if item.text.runs else 1
                reason = f'the key "{item.key}" stands there twice; the first one counts'
                catalogue.bad.append(BadInput(str(path), line, reason, "Delete one of them"))
            else:
                forms[item.form] = item
    return catalogue


_ANDROID = re.compile(r"values-(?:b\+)?([a-z]{2,3})(?:(?:-r|\+)([A-Za-z0-9]+))?.*")
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LAST = re.compile(r"(?:^|[._-])(?P<tag>[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Z]{2}|\d{3})){0,2})$")


def language_of_path(path: Path) -> str:
    """The language that a catalogue's name says, as `messages_de.properties`, `de.lproj` or `values-pt-rBR`."""
    match = _LAST.search(path.name.partition(".")[0] if path.suffix == "" else path.name[: -len(path.suffix)])
    if match is not None and _is_known(match["tag"]):
        return language_tag(match["tag"])
    for folder in list(reversed(path.parts[:-1]))[:2]:
        android = _ANDROID.fullmatch(folder)
        if android is not None and _is_known(android[1]):
            return language_tag("-".join(part for part in android.groups() if part))
        name = folder.removesuffix(".lproj")
        if _TAG.fullmatch(name) and _is_known(name):
            return language_tag(name)
    return UNKNOWN


def _is_known(tag: str) -> bool:
    return own_scripts(base_language(tag)) is not None


def as_locale(name: str) -> Locale | None:
    """The locale that a key is the name of, such as the root `de:` of a Rails catalogue; None if it is no such name."""
    return Locale(name) if _TAG.fullmatch(name) and _is_known(name) else None
