"""TMX 1.4: translation memories. Each `<tu>` is a unit, each `<tuv>` one language of it; read as a stream.

The source is the language of `-s`, or the `srclang` of the unit or the header; the target is that of `-t`, or the other
language where units have two. Regions need not be the same: `-t de` takes `de-AT`. A unit that lacks one of the two is
left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.errors import FormatError, LanguageError
from mtaudit.readers.inline import InlineElements, InlineText
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import UNKNOWN, Item, Languages, RawUnit, Skipped, UnitText, Warn, language_tag
from mtaudit.readers.xml_scan import Start, XmlEvents, guarded
from mtaudit.text import base_language
from mtaudit.types import Unit

#: TMX 1.4b, section "Content Markup".
_INLINE = InlineElements(native=frozenset({"bpt", "ept", "ph", "it", "ut"}), transparent=frozenset({"hi"}))


@dataclass(slots=True)
class _Unit:
    """A `<tu>` while it is read: its texts by language tag."""

    id: str
    source: str | None
    line: int
    texts: dict[str, UnitText] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    context: str | None = None
    comments: tuple[str, ...] = ()


def read_tmx(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of a TMX file; a fault in the XML ends it, and what came before is good.

    Raises:
        UnreadableError, EmptyError: see `xml_scan.XmlEvents`.
        FormatError: no TMX, unsafe XML, or no language can be chosen.
        LanguageError: a language is asked for that the first unit does not have.
    """
    name = str(path)
    skipped = Skipped(name)
    yield from guarded(_units(XmlEvents.of(path), name, languages, skipped), name)
    skipped.report(warn)


def _units(events: XmlEvents, name: str, languages: Languages, skipped: Skipped) -> Iterator[Item]:
    events.root("tmx", name, "TMX file")
    declared: str | None = None
    chosen: Languages | None = None
    for part in events.children():
        if part.name == "header":
            declared = part.attributes.get("srclang")
        if part.name != "body":
            continue
        for start in events.children():
            if start.name != "tu":
                continue
            unit = _unit(start, events)
            if chosen is None and len(unit.texts) > 1:
                chosen = _choose(unit, languages, unit.source or declared, f"{name}:{unit.line}")
                yield chosen
            if chosen is None:
                skipped.add("with one language only")
            else:
                yield from _pair(unit, chosen, skipped)


def _unit(start: Start, events: XmlEvents) -> _Unit:
    """One `<tu>`, up to its end."""
    unit = _Unit(start.attributes.get("tuid", ""), start.attributes.get("srclang"), start.line)
    for child in events.children():
        if child.name == "note":
            unit.notes.append(events.text())
        elif child.name == "prop" and child.attributes.get("type") in {"x-context", "context"}:
            unit.context = events.text() or None
        elif child.name == "tuv":
            language = language_tag(child.attributes.get("xml:lang") or child.attributes.get("lang"))
            for part in events.children():
                if part.name == "seg":
                    text = InlineText(_INLINE)
                    for event in events.inside():
                        text.event(event)
                    unit.texts.setdefault(language, text.build())
    unit.comments = (*comments(*unit.notes), *events.comments())
    return unit


def _choose(unit: _Unit, asked: Languages, declared: str | None, place: str) -> Languages:
    """The two languages that count, from what the user said, the file declares, and the first unit has."""
    there = list(unit.texts)
    wanted = asked.source
    if wanted == UNKNOWN:
        wanted = language_tag(declared) if declared and declared != "*all*" else there[0]
    source = _find(wanted, there)
    if source is None:
        cause = f"there is no text in {wanted}, but in {', '.join(there)}"
        raise LanguageError(place, cause, "Say the languages of the file with -s and -t")
    others = [tag for tag in there if tag != source]
    if asked.target == UNKNOWN and len(others) != 1:
        cause = f"there are {len(others)} translations: {', '.join(others)}"
        raise FormatError(place, cause, f"Choose one, such as -t {others[0]}")
    target = others[0] if asked.target == UNKNOWN else _find(asked.target, others)
    if target is None:
        cause = f"there is no text in {asked.target}, but in {', '.join(others)}"
        raise LanguageError(place, cause, "Say the languages of the file with -s and -t")
    return Languages(source, target)


def _find(wanted: str, there: list[str]) -> str | None:
    """The tag that is the wanted one, or else the first of the same language."""
    exact = [tag for tag in there if tag.lower() == wanted.lower().replace("_", "-")]
    return next(iter(exact or [tag for tag in there if base_language(tag) == base_language(wanted)]), None)


def _pair(unit: _Unit, languages: Languages, skipped: Skipped) -> Iterator[Item]:
    source = unit.texts.get(_find(languages.source, list(unit.texts)) or "")
    others = [tag for tag, text in unit.texts.items() if text is not source]
    target = unit.texts.get(_find(languages.target, others) or "")
    if source is None or target is None or not source.text.strip() or not target.text.strip():
        skipped.add(f"without a text in {languages.source} or {languages.target}")
        return
    note = " ".join(unit.notes) or None
    described = unit.id or note or unit.context
    yield RawUnit(source, target, Unit(unit.id, unit.context, note) if described else None, unit.comments)
