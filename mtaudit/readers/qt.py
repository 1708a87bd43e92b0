"""Qt Linguist's TS: messages with a source and a translation, grouped by context.

Left out, and counted: messages that are unfinished and empty, and those that are obsolete or vanished. What is
unfinished but translated is audited, with the state `unfinished`. Numerus forms are units of their own (`id[0]`,
`id[1]`): Qt's form order is that of the language's plural rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.readers.inline import InlineElements, InlineText
from mtaudit.readers.plurals import qt_numbers
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import UNKNOWN, Item, Languages, RawUnit, Skipped, UnitText, Warn, language_tag
from mtaudit.readers.xml_scan import End, Start, XmlEvents, guarded
from mtaudit.types import Unit


def _character(start: Start) -> str | None:
    """The control character of `<byte value="x9"/>`."""
    if start.name != "byte":
        return None
    value = start.attributes.get("value", "")
    try:
        return chr(int(value[1:], 16) if value.startswith("x") else int(value))
    except (ValueError, OverflowError):
        return "\ufffd"


_INLINE = InlineElements(frozenset(), frozenset(), character=_character)
#: Elements of a message that hold a text.
_TEXTS = frozenset({"source", "oldsource", "translation", "comment", "oldcomment", "extracomment", "translatorcomment"})


@dataclass(slots=True)
class _Message:
    """A `<message>` while it is read."""

    id: str
    numerus: bool
    line: int
    state: str | None = None
    texts: dict[str, UnitText] = field(default_factory=dict)
    forms: list[UnitText] = field(default_factory=list)
    comments: tuple[str, ...] = ()

    def text(self, name: str) -> str | None:
        """A text that is no prose of the program, such as a comment."""
        found = self.texts.get(name)
        return found.text.strip() or None if found is not None else None


def read_qt(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of a TS file; a fault in the XML ends it, and what came before is good.

    Raises:
        UnreadableError, EmptyError: see `xml_scan.XmlEvents`.
        FormatError: no TS file, or unsafe XML.
    """
    name = str(path)
    skipped = Skipped(name)
    yield from guarded(_items(XmlEvents.of(path), name, languages, skipped), name)
    skipped.report(warn)


def _items(events: XmlEvents, name: str, languages: Languages, skipped: Skipped) -> Iterator[Item]:
    declared = events.root("TS", name, "Qt translation file").attributes
    languages = Languages(
        language_tag(declared.get("sourcelanguage")) if languages.source == UNKNOWN else languages.source,
        language_tag(declared.get("language")) if languages.target == UNKNOWN else languages.target,
    )
    yield languages
    for child in events.children():
        if child.name == "message":  # files of text ids have no contexts
            yield from _pairs(_message(child, events), "", languages, skipped)
        elif child.name == "context":
            context = ""
            for part in events.children():
                if part.name == "name":
                    context = events.text()
                elif part.name == "message":
                    yield from _pairs(_message(part, events), context, languages, skipped)


def _message(start: Start, events: XmlEvents) -> _Message:
    """One `<message>`, up to its end."""
    message = _Message(start.attributes.get("id", ""), start.attributes.get("numerus") == "yes", start.line)
    for child in events.children():
        if child.name == "translation":
            message.state = child.attributes.get("type")
            if message.numerus:
                message.forms = [_text(events) for form in events.children() if form.name == "numerusform"]
                continue
        if child.name in _TEXTS:
            message.texts[child.name] = _text(events)
    named = (message.text(name) for name in ("translatorcomment", "extracomment", "comment"))
    message.comments = (*comments(*named), *events.comments())
    return message


def _text(events: XmlEvents) -> UnitText:
    """The text of the element that began last; of several length variants the first and longest."""
    text, variants = InlineText(_INLINE), 0
    for event in events.inside():
        if isinstance(event, Start) and event.name == "lengthvariant":
            variants += 1
        elif isinstance(event, End) and event.name == "lengthvariant":
            continue
        elif variants < 2:
            text.event(event)
    return text.build()


def _pairs(message: _Message, context: str, languages: Languages, skipped: Skipped) -> Iterator[Item]:
    source = message.texts.get("source")
    if message.state in {"obsolete", "vanished"}:
        skipped.add("obsolete")
        return
    forms = message.forms if message.numerus else [message.texts.get("translation", UnitText(()))]
    if source is None or not source.text.strip() or not any(form.text.strip() for form in forms):
        skipped.add("without a translation")
        return
    comment = message.text("comment")
    where = " / ".join(part for part in (context.strip(), comment) if part) or None
    note = message.text("extracomment")
    numbers = qt_numbers(languages.target, len(forms)) if message.numerus else {}
    for index, form in enumerate(forms):
        if not form.text.strip():
            skipped.add("plural forms without a translation")
            continue
        form_id = f"{message.id}[{index}]" if message.numerus else message.id
        unit = Unit(form_id, where, note, message.state, (), numbers.get(index))
        yield RawUnit(source, form, unit, message.comments)
