"""XLIFF 1.2, 2.0 and 2.1: units with a source and a target, segment by segment.

The id of a pair is the unit's, with the segment's behind it where the unit has several (`unit/segment`), and with the
file's `original` or id before it where the document has several files. Left out, and counted: units without a target,
units that are not to be translated, and targets that are only a copy waiting for translation (state `initial`, `new`,
`needs-translation`). Alternative translations and translation memory matches are no part of the translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.errors import LanguageError
from mtaudit.readers.inline import InlineElements, InlineText
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import UNKNOWN, Item, Languages, RawUnit, Skipped, UnitText, Warn, language_tag
from mtaudit.readers.xml_scan import End, Start, XmlEvents, guarded
from mtaudit.text import base_language
from mtaudit.types import BadInput, Unit


def _character(start: Start) -> str | None:
    """The character of `<cp hex="001A"/>`, which XML cannot hold; a replacement character for a wrong number."""
    if start.name != "cp":
        return None
    try:
        return chr(int(start.attributes.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


#: Inline elements of XLIFF 1.2, section 2.4, and of 2.1, section 4.2.3.
_INLINE_1 = InlineElements(
    native=frozenset({"ph", "bpt", "ept", "it"}),
    transparent=frozenset({"mrk"}),
    empty=frozenset({"x", "bx", "ex"}),
)
_INLINE_2 = InlineElements(
    native=frozenset(),
    transparent=frozenset({"mrk", "sm", "em"}),
    empty=frozenset({"ph", "sc", "ec"}),
    character=_character,
)
#: States of a target that nobody has translated yet.
_UNDONE = frozenset({"initial", "new", "needs-translation"})
_NO_TRANSLATION = "without a translation"
_NOT_TRANSLATABLE = "not to be translated"


@dataclass(slots=True)
class _Segment:
    """One source and target, and what is said of them."""

    id: str = ""
    state: str | None = None
    source: UnitText | None = None
    target: UnitText | None = None


@dataclass(slots=True)
class _Unit:
    """A unit while it is read; for 1.2 with the parts that `<mrk mtype="seg">` makes of each side."""

    id: str
    translate: bool
    line: int
    segments: list[_Segment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comments: tuple[str, ...] = ()
    source_parts: dict[str, UnitText] = field(default_factory=dict)
    target_parts: dict[str, UnitText] = field(default_factory=dict)


def read_xliff(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of an XLIFF file; a fault in the XML ends it, and what came before is good.

    Raises:
        UnreadableError, EmptyError: see `xml_scan.XmlEvents`.
        FormatError: no XLIFF, or unsafe XML.
        LanguageError: the file is in other languages than the user said.
    """
    name = str(path)
    skipped = Skipped(name)
    yield from guarded(_Reader(XmlEvents.of(path), name, languages, skipped).read(), name)
    skipped.report(warn)


class _Reader:
    """Follows the elements of one file."""

    def __init__(self, events: XmlEvents, name: str, languages: Languages, skipped: Skipped) -> None:
        self._events = events
        self._name = name
        self._languages = languages
        self._skipped = skipped
        self._two = False
        self._files: list[str] = []

    def read(self) -> Iterator[Item]:
        """Yield the pairs of the document."""
        root = self._events.root("xliff", self._name, "XLIFF file")
        self._two = root.attributes.get("version", "1.2").startswith("2")
        yield from self._settle(root.attributes.get("srcLang"), root.attributes.get("trgLang"), root.line)
        for file in self._events.children():
            if file.name != "file":
                continue
            self._files.append(file.attributes.get("original") or file.attributes.get("id") or "")
            if not self._two:
                yield from self._settle(
                    file.attributes.get("source-language"), file.attributes.get("target-language"), file.line
                )
            yield from self._units(_is_translated(file, True))

    def _settle(self, source: str | None, target: str | None, line: int) -> Iterator[Item]:
        """Compare the languages that the file declares with what was said."""
        if source is None and target is None:
            return
        found = Languages(
            language_tag(source) if self._languages.source == UNKNOWN else self._languages.source,
            language_tag(target) if self._languages.target == UNKNOWN else self._languages.target,
        )
        for option, said, declared in (("-s", found.source, source), ("-t", found.target, target)):
            if declared and base_language(said) != base_language(language_tag(declared)):
                raise LanguageError(
                    f"{self._name}:{line}",
                    f"the file says {declared}, not {said}",
                    f"Give {option} {language_tag(declared)}, or audit files of different languages one by one",
                )
        self._languages = found
        yield found

    def _units(self, translate: bool) -> Iterator[Item]:
        """The units below a file, body or group."""
        for child in self._events.children():
            own = _is_translated(child, translate)
            if child.name in {"unit", "trans-unit"}:
                yield from self._pairs(self._unit(child, own))
            elif child.name in {"body", "group"}:
                yield from self._units(own)

    def _unit(self, start: Start, translate: bool) -> _Unit:
        """One `<unit>` or `<trans-unit>`, up to its end."""
        unit = _Unit(start.attributes.get("id") or start.attributes.get("resname") or "", translate, start.line)
        whole = _Segment()
        for child in self._events.children():
            if child.name == "segment":
                segment = _Segment(child.attributes.get("id", ""), child.attributes.get("state"))
                for side in self._events.children():
                    self._side(side, unit, segment)
                unit.segments.append(segment)
            elif child.name == "notes":
                unit.notes += [self._events.text() for note in self._events.children() if note.name == "note"]
            elif child.name == "note":
                unit.notes.append(self._events.text())
            elif not self._two:
                self._side(child, unit, whole)
        if not self._two:
            unit.segments = _parts(unit) or [whole]
        unit.comments = (*comments(*unit.notes), *self._events.comments())
        return unit

    def _side(self, start: Start, unit: _Unit, segment: _Segment) -> None:
        """The text of a `<source>`, `<seg-source>` or `<target>`, whole and by its `<mrk mtype="seg">`."""
        if start.name not in {"source", "seg-source", "target"}:
            return
        elements = _INLINE_2 if self._two else _INLINE_1
        whole, part = InlineText(elements), None
        part_id, part_depth = "", 0
        parts = unit.target_parts if start.name == "target" else unit.source_parts
        for event in self._events.inside():
            whole.event(event)
            if isinstance(event, Start) and event.attributes.get("mtype") == "seg" and part is None:
                part, part_id, part_depth = InlineText(elements), event.attributes.get("mid", ""), self._events.depth
            elif part is not None and isinstance(event, End) and self._events.depth < part_depth:
                parts[part_id] = part.build()
                part = None
            elif part is not None:
                part.event(event)
        if start.name == "source":
            segment.source = whole.build()
        elif start.name == "target":
            segment.target = whole.build()
            segment.state = start.attributes.get("state") or segment.state

    def _pairs(self, unit: _Unit) -> Iterator[Item]:
        if not unit.translate:
            self._skipped.add(_NOT_TRANSLATABLE)
            return
        note = " ".join(unit.notes) or None
        prefix = f"{self._files[-1]}#" if len(self._files) > 1 else ""
        for segment in unit.segments:
            undone = (segment.state or "").lower() in _UNDONE
            copied = undone and _text(segment.source) == _text(segment.target)
            if not _text(segment.target) or copied:
                if _text(segment.source):
                    self._skipped.add(_NO_TRANSLATION)
                continue
            if not _text(segment.source):
                reason = "the unit has a target and no source"
                yield BadInput(self._name, unit.line, reason, "Give it the source text")
                continue
            segment_id = f"/{segment.id}" if len(unit.segments) > 1 and segment.id else ""
            known = Unit(prefix + unit.id + segment_id, None, note, segment.state)
            yield RawUnit(segment.source, segment.target, known, unit.comments)


def _parts(unit: _Unit) -> list[_Segment]:
    """The segments that both sides of a unit of 1.2 are marked up in; none where they are not the same."""
    if not unit.source_parts or unit.source_parts.keys() != unit.target_parts.keys():
        return []
    return [_Segment(mid, None, text, unit.target_parts[mid]) for mid, text in unit.source_parts.items()]


def _is_translated(start: Start, inherited: bool) -> bool:
    said = start.attributes.get("translate")
    return said == "yes" if said in {"yes", "no"} else inherited


def _text(text: UnitText | None) -> str:
    return text.text.strip() if text is not None else ""
