"""gettext's PO: messages with context, plural forms and flags.

Left out, and counted: messages without a translation; fuzzy ones that carry a previous msgid, because their translation
belongs to that one. Other fuzzy messages are audited, with the state `fuzzy`: machine translation is often marked so.
Obsolete messages (`#~`) and the header are no messages. Each plural form is a unit of its own (`msgid[0]`, `msgid[1]`),
compared with the singular where the language's formula gives it to 1 alone, and with the plural otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.readers.decode import decode, decode_lines, guess_notice, load
from mtaudit.readers.plurals import gettext_numbers
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import UNKNOWN, Item, Languages, RawUnit, Skipped, TextBuilder, UnitText, Warn, language_tag
from mtaudit.types import BadInput, Unit

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d{1,2})\])?[ \t]*(?=\")")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*$')
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CHARSET = re.compile(rb"Content-Type:[^\"\n]*charset=([\w-]+)")


@dataclass(slots=True)
class Message:
    """A message while it is read; `forms` are its translations by the number of the form."""

    line: int
    id: UnitText | None = None
    plural: UnitText | None = None
    context: str | None = None
    forms: dict[int, UnitText] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    previous: bool = False
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def read_po(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of a PO file, and the messages that could not be used.

    Raises:
        UnreadableError: no such file, binary, or in no known encoding.
        EmptyError: nothing but white space.
    """
    name = str(path)
    skipped = Skipped(name)
    plural_forms = ""
    on_file: list[str] = []  # comments above the header, which is no message: they go to the first one
    for found in _messages(_lines(path, name, warn), name):
        if isinstance(found, BadInput):
            yield found
        elif found.id is not None and not found.id.text and not found.context:
            header = found.forms.get(0, UnitText(())).text
            languages = header_languages(header, languages)
            plural_forms = header_field(header, "Plural-Forms")
            on_file += found.comments
            yield languages
        else:
            found.comments[:0], on_file = on_file, []
            yield from pairs(found, plural_forms, skipped)
    skipped.report(warn)


def header_field(header: str, name: str) -> str:
    """The value of a field of a gettext header, empty where it is missing."""
    match = re.search(rf"^{name}:[ \t]*(.*?)[ \t]*$", header, re.MULTILINE | re.IGNORECASE)
    return match[1] if match else ""


def header_languages(header: str, languages: Languages) -> Languages:
    """The languages that the header declares, where the user named none."""
    target, source = header_field(header, "Language"), header_field(header, "X-Source-Language")
    return Languages(
        language_tag(source) if languages.source == UNKNOWN else languages.source,
        language_tag(target) if languages.target == UNKNOWN else languages.target,
    )


def pairs(message: Message, plural_forms: str, skipped: Skipped) -> Iterator[Item]:
    """The pairs of one message: one, or one for each plural form."""
    source, plural = message.id, message.plural
    forms = {index: form for index, form in message.forms.items() if form.text.strip()}
    if source is None or not forms:
        skipped.add("without a translation")
        return
    state = "fuzzy" if "fuzzy" in message.flags else None
    if state and message.previous:
        skipped.add("fuzzy, with the translation of a previous text")
        return
    note = " ".join(message.notes) or None
    short = source.text.strip()
    if plural is None:
        unit = Unit(short, message.context, note, state)
        yield RawUnit(source, forms.get(0) or next(iter(forms.values())), unit, tuple(message.comments))
        return
    skipped.counts.update({"plural forms without a translation": len(message.forms) - len(forms)})
    skipped.counts += type(skipped.counts)()  # drops zeros
    numbers = gettext_numbers(plural_forms)
    for index, form in sorted(forms.items()):
        exact = numbers.get(index)
        singular = exact == 1 if numbers else index == 0 and len(message.forms) > 1
        own, other = (source, plural) if singular else (plural, source)
        unit = Unit(f"{short}[{index}]", message.context, note, state, (other.text.strip(),), exact)
        yield RawUnit(own, form, unit, tuple(message.comments))


def _lines(path: Path, name: str, warn: Warn) -> list[str | None]:
    """The lines; in the encoding that the header declares, if the file is not UTF-8."""
    data = load(path)
    declared = _CHARSET.search(data[:16_384])
    codec = declared[1].decode("ascii").lower() if declared else None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if codec not in {None, "utf-8", "utf8", "charset"}:
            try:
                "".encode(codec or "")
            except LookupError:
                pass
            else:
                return list(decode(data, name, codec).text.split("\n"))
    decoded = decode_lines(data, name)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    return list(decoded.lines)


def _messages(lines: list[str | None], name: str) -> Iterator[Message | BadInput]:
    """The messages in the order of the file, the header among them, obsolete ones not."""
    reader = _Reader(name)
    for number, line in enumerate(lines, start=1):
        yield from reader.line(line, number)
    yield from reader.finish()


class _Reader:
    """Takes a file line by line. A fault costs the message that it stands in."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._message = Message(1)
        self._field: tuple[str, int] | None = None
        self._texts: dict[tuple[str, int], TextBuilder] = {}
        self._fault: BadInput | None = None

    def line(self, line: str | None, number: int) -> Iterator[Message | BadInput]:
        """Take one line; it may end the message before it."""
        if line is None:
            self._fail(
                number, "the line is in another encoding than the file, or holds a NUL character", "Mend the line"
            )
            return
        text = line.strip()
        if not text or text.startswith("#"):
            if self._texts and (not text or not text.startswith("#~") or self._field):
                yield from self.finish()
            self._comment(text)
            return
        match = _KEYWORD.match(text)
        if match is not None:
            key = (match[1], int(match[2] or 0))
            starts = key[0] == "msgctxt" or (key[0] == "msgid" and ("msgctxt", 0) not in self._texts)
            if (starts and self._texts) or key in self._texts:
                yield from self.finish()
            if not self._texts:
                self._message.line = number
            self._field = key
            self._texts[key] = TextBuilder()
            self._string(text, match.end(), line, number)
        elif text.startswith('"') and self._field is not None:
            self._string(text, 0, line, number)
        else:
            self._fail(number, "this is neither a keyword of PO nor a string in double quotes", "Mend the line")

    def finish(self) -> Iterator[Message | BadInput]:
        """Close the message, if one is open."""
        message, texts, fault = self._message, self._texts, self._fault
        self._message, self._texts, self._field, self._fault = Message(1), {}, None, None
        if fault is not None:
            yield fault
            return
        if not texts:
            return
        built = {key: builder.build() for key, builder in texts.items()}
        message.id = built.get(("msgid", 0))
        message.plural = built.get(("msgid_plural", 0))
        context = built.get(("msgctxt", 0))
        message.context = context.text if context is not None else None
        message.forms = {index: text for (word, index), text in built.items() if word == "msgstr"}
        if message.id is None or not message.forms:
            missing = "msgid" if message.id is None else "msgstr"
            yield BadInput(self._name, message.line, f"the message has no {missing}", "Add it, or delete the message")
            return
        yield message

    def _comment(self, text: str) -> None:
        if not text.startswith("#~"):
            self._message.comments += comments(text.lstrip("#.: "))
        if text.startswith("#,"):
            self._message.flags |= {flag.strip() for flag in text[2:].split(",")}
        elif text.startswith("#|"):
            self._message.previous = True
        elif text.startswith("#.") and text[2:].strip():
            self._message.notes.append(text[2:].strip())

    def _fail(self, number: int, reason: str, remedy: str) -> None:
        self._fault = self._fault or BadInput(self._name, number, reason, remedy)

    def _string(self, text: str, at: int, line: str, number: int) -> None:
        match = _STRING.match(text, at)
        if match is None or self._field is None:
            self._fail(number, "a string is not closed, or something stands behind it", "Close it with a double quote")
            return
        indent = len(line) - len(line.lstrip())
        add_escaped(self._texts[self._field], match[1], number, indent + match.start(1) + 1)


def add_escaped(builder: TextBuilder, raw: str, line: int, column: int) -> None:
    """Add a C string without its quotes; each escape is a run of its own."""
    if "\\" not in raw:
        builder.add(raw, line, column)
        return
    at = 0
    for match in _ESCAPE.finditer(raw):
        builder.add(raw[at : match.start()], line, column + at)
        builder.add(_character(match[1]), line, column + match.start())
        at = match.end()
    builder.add(raw[at:], line, column + at)


def _character(escape: str) -> str:
    if escape[0] in "01234567":
        return chr(int(escape, 8))
    if escape[0] == "x" and len(escape) > 1:
        return chr(int(escape[1:], 16))
    return _ESCAPES.get(escape, escape)
