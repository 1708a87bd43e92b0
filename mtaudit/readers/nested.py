"""Nested catalogues, whatever their syntax: keys joined by full stops, and which keys are plural forms.

Plural forms are keys of their own under the message (Rails: `one:`, `other:`) or suffixes (i18next: `item_one`,
`item_other`; before version 4 `item` and `item_plural`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mtaudit.readers.catalogue import CatalogueItem, Entry, as_locale
from mtaudit.readers.plurals import CATEGORIES
from mtaudit.readers.units import UnitText

_SUFFIX = re.compile(r"(?P<stem>.+?)(?:_(?P<ordinal>ordinal))?_(?P<form>zero|one|two|few|many|other|plural)")


@dataclass(frozen=True, slots=True)
class Value:
    """A text of a nested catalogue, the keys that lead to it, and the comments on it that speak to this tool."""

    path: tuple[str, ...]
    text: UnitText
    comments: tuple[str, ...] = ()


def entries(values: Iterable[Value]) -> Iterator[CatalogueItem]:
    """Yield the entries of a catalogue; a single root that names a language is taken for that."""
    values = list(values)
    roots = {value.path[0] for value in values if value.path}
    locale = as_locale(next(iter(roots))) if len(roots) == 1 else None
    if locale is not None and all(len(value.path) > 1 for value in values):
        yield locale
        values = [replace(value, path=value.path[1:]) for value in values]
    paths = {value.path for value in values}
    children: dict[tuple[str, ...], set[str]] = {}
    for path in paths:
        if path:
            children.setdefault(path[:-1], set()).add(path[-1])
    for value in values:
        key, form = _form(value.path, paths, children)
        yield Entry(".".join(key), value.text, form, None, value.comments)


def _form(
    path: tuple[str, ...], paths: set[tuple[str, ...]], children: dict[tuple[str, ...], set[str]]
) -> tuple[tuple[str, ...], str | None]:
    """The key without the plural form, and the form; None for what is no plural."""
    if not path:
        return path, None
    parent, last = path[:-1], path[-1]
    siblings = children[parent]
    if parent and "other" in siblings and siblings <= set(CATEGORIES):
        return parent, last
    match = _SUFFIX.fullmatch(last)
    if match is not None:
        stem = match["stem"] + ("_ordinal" if match["ordinal"] else "")
        if match["form"] == "plural" and (*parent, stem) in paths:
            return (*parent, stem), "other"
        if match["form"] != "plural" and f"{stem}_other" in siblings:
            return (*parent, stem), match["form"]
    if f"{last}_plural" in siblings:
        return path, "one"
    return path, None
