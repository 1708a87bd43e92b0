"""XML as a stream of events with the exact line and column of each, safe against hostile files.

expat rather than lxml: it says where each piece of text starts (lxml knows the line of an element, and miscounts it in
long files), it reads block by block, and it never opens another file. A document type that declares entities is
refused, so that nothing expands; external ones are not fetched. An entity that only an external document type would
declare, such as `&nbsp;`, stays in the text as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar
from xml.parsers import expat

from mtaudit.errors import EmptyError, FormatError
from mtaudit.readers.decode import reading, refuse_binary
from mtaudit.types import BadInput

_BLOCK = 1 << 16
#: Elements inside each other. The deepest formats have some twenty levels.
MAX_DEPTH = 200
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Start:
    """An element begins: its name without and its namespace, its attributes (`xml:lang` as such), and its place."""

    name: str
    namespace: str
    attributes: Mapping[str, str]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class End:
    """An element ends."""

    name: str
    namespace: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text that stands on one line of the file."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that names this tool; all others are left out."""

    text: str


Event = Start | End | Text


class BrokenXmlError(Exception):
    """The file is no XML from here on; what came before it is good."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


class XmlEvents:
    """The events of a file, to be gone through once, and how deep the last one stands.

    A fault in the form of the file raises `BrokenXmlError` where it is met.

    Raises:
        UnreadableError: missing, a folder, no permission, or binary.
        EmptyError: not one byte but white space.
        FormatError: it declares entities, or its elements are nested more than 200 deep.
    """

    def __init__(self, events: Iterator[Event | Comment]) -> None:
        self._events = events
        self._comments: list[str] = []
        self.depth = 0

    @classmethod
    def of(cls, path: Path) -> XmlEvents:
        """The events of a file on the disk."""
        return cls(_scan(path))

    def __iter__(self) -> XmlEvents:
        return self

    def __next__(self) -> Event:
        event = next(self._events)
        while isinstance(event, Comment):
            self._comments.append(event.text)
            event = next(self._events)
        if isinstance(event, Start):
            self.depth += 1
        elif isinstance(event, End):
            self.depth -= 1
        return event

    def root(self, wanted: str, name: str, what: str) -> Start:
        """The first element.

        Raises:
            FormatError: if it is another than `wanted`.
        """
        first = next(self)
        if isinstance(first, Start) and first.name == wanted:
            return first
        cause = f"this is no {what}: its first element is not <{wanted}>"
        raise FormatError(f"{name}:{first.line}", cause, "Check the file and its suffix")

    def children(self) -> Iterator[Start]:
        """The elements right inside the one that began last, up to its end; what is not read of them is skipped."""
        level = self.depth
        for event in self:
            if self.depth < level:
                return
            if isinstance(event, Start) and self.depth == level + 1:
                yield event

    def inside(self) -> Iterator[Event]:
        """All events inside the element that began last, without its end."""
        level = self.depth
        for event in self:
            if self.depth < level:
                return
            yield event

    def comments(self) -> tuple[str, ...]:
        """The comments that name this tool, up to the last event; those of the last call are not among them."""
        taken, self._comments = tuple(self._comments), []
        return taken

    def text(self) -> str:
        """The text inside the element that began last, without white space around it."""
        return "".join(event.text for event in self.inside() if isinstance(event, Text)).strip()


_Item = TypeVar("_Item")


def guarded(items: Iterator[_Item], name: str) -> Iterator[_Item | BadInput]:
    """The items of a reader, with a fault in the XML as bad input at their end.

    Raises:
        FormatError: if the fault comes before the first item.
    """
    count = 0
    try:
        for item in items:
            count += 1
            yield item
    except BrokenXmlError as error:
        if not count:
            place = f"{name}:{error.line}"
            raise FormatError(place, f"this is no XML ({error.reason})", "Mend the file") from None
        reason = f"the XML is broken here ({error.reason}); what follows was not read"
        yield BadInput(name, error.line, reason, "Mend the XML")


def _scan(path: Path) -> Iterator[Event | Comment]:
    name = str(path)
    with reading(name), path.open("rb") as file:
        yield from _scan_file(file, name)


def scan_stream(file: BinaryIO, name: str) -> Iterator[Event]:
    """The events of an open file; `name` is what errors call it. Otherwise as `XmlEvents`."""
    for event in _scan_file(file, name):
        if not isinstance(event, Comment):
            yield event


def _scan_file(file: BinaryIO, name: str) -> Iterator[Event | Comment]:
    scanner = _Scanner(name)
    first = True
    while block := file.read(_BLOCK):
        if first:
            if not block.strip():
                break
            refuse_binary(block, name)
            first = False
        yield from scanner.feed(block)
    if first:
        raise EmptyError(name, "the file is empty", "Give a file with sentences in it")
    yield from scanner.feed(b"", final=True)


class _Scanner:
    """Collects what expat calls back with."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._events: list[Event | Comment] = []
        self._depth = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped

    def feed(self, block: bytes, final: bool = False) -> Iterator[Event | Comment]:
        """Yield the events of a block.

        Raises:
            BrokenXmlError: after the events before the fault.
        """
        broken: BrokenXmlError | None = None
        try:
            self._parser.Parse(block, final)
        except expat.ExpatError as error:
            broken = BrokenXmlError(expat.errors.messages.get(error.code, str(error)), error.lineno)
        except (LookupError, ValueError) as error:  # an encoding that Python lacks, or expat cannot use
            broken = BrokenXmlError(f"the encoding that it declares is not read: {error}", 1)
        events, self._events = self._events, []
        yield from events
        if broken is not None:
            raise broken

    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, column = self._place()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            cause = f"elements are nested more than {MAX_DEPTH} deep"
            raise FormatError(f"{self._name}:{line}", cause, "Check what made the file: no format needs that")
        namespace, _, local = name.rpartition(" ")
        plain = {_attribute(key): value for key, value in attributes.items()}
        self._events.append(Start(local, namespace, plain, line, column))

    def _end(self, name: str) -> None:
        self._depth -= 1
        namespace, _, local = name.rpartition(" ")
        self._events.append(End(local, namespace, *self._place()))

    def _text(self, text: str) -> None:
        self._events.append(Text(text, *self._place()))

    def _comment(self, text: str) -> None:
        if "mtaudit:" in text:
            self._events.append(Comment(text))

    def _entity(self, entity: str, *_: object) -> None:
        cause = f"the document type declares the entity {entity}, and entities are not expanded"
        remedy = "Replace the entities by their text, and delete the declarations"
        raise FormatError(f"{self._name}:{self._parser.CurrentLineNumber}", cause, remedy)

    def _skipped(self, entity: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._events.append(Text(f"&{entity};", *self._place()))


def _attribute(name: str) -> str:
    """`xml:lang` and `xml:space` as such; of other namespaces' attributes `namespace name`."""
    return f"xml:{name[len(XML) + 1 :]}" if name.startswith(f"{XML} ") else name
