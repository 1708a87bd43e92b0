"""The text of an XML element with inline codes: what is prose, what is code, and where each piece stands.

A code is shown in the text as a short tag, `<ph id="1"/>` or `<g id="2">...</g>`, whatever native code the file holds
in it: that is what checks of tags compare, and what other checks know to be no prose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from mtaudit.readers.units import TextBuilder, UnitText
from mtaudit.readers.xml_scan import End, Start, Text

#: Attributes that carry a code's identity: XLIFF's and TMX's.
_IDS = ("id", "rid", "i", "x", "startRef")
#: Native code that stands for an identity is cut to this.
_KEY_LENGTH = 80


@dataclass(frozen=True, slots=True)
class InlineElements:
    """Which elements of a format are codes.

    `paired` stand around text that is prose (`<g>`); the content of `native` is code (`<ph>%s</ph>`), that of
    `transparent` is prose and their tags are nothing to the text (`<mrk>`). What is in none of the three is `paired`.
    `character` makes text of an element, such as `<cp hex="001A"/>`; None for all that it does not know.
    """

    native: frozenset[str]
    transparent: frozenset[str]
    empty: frozenset[str] = frozenset()
    character: Callable[[Start], str | None] = field(default=lambda _: None)


@dataclass(slots=True)
class _Open:
    """An inline element that is not closed yet."""

    start: Start
    key: str
    content: list[str] = field(default_factory=list)


class InlineText:
    """Builds the text of one element from the events inside it."""

    def __init__(self, elements: InlineElements) -> None:
        self._elements = elements
        self._builder = TextBuilder()
        self._stack: list[_Open] = []
        self._native = 0

    def event(self, event: Start | End | Text) -> None:
        """Take the next event; the element's own start and end are not among them."""
        if isinstance(event, Text):
            if self._native:
                self._stack[-1].content.append(event.text)
            else:
                self._builder.add(event.text, event.line, event.column)
        elif isinstance(event, Start):
            self._open(event)
        else:
            self._close(event)

    def build(self) -> UnitText:
        """The text so far."""
        return self._builder.build()

    def _open(self, start: Start) -> None:
        code_id = next((start.attributes[name] for name in _IDS if name in start.attributes), "")
        opened = _Open(start, f"{start.name} {code_id}".strip())
        self._stack.append(opened)
        if start.name in self._elements.native:
            self._native += 1
            return
        if self._native or start.name in self._elements.transparent:
            return
        character = self._elements.character(start)
        if character is not None:
            self._builder.add(character, start.line, start.column)
        elif start.name in self._elements.empty:
            self._builder.code(_shown(start.name, code_id, "/"), opened.key, start.line, start.column)
        else:
            self._builder.code(_shown(start.name, code_id, ""), opened.key, start.line, start.column)

    def _close(self, end: End) -> None:
        opened = self._stack.pop()
        name = opened.start.name
        if name in self._elements.native:
            self._native -= 1
            if not self._native:
                code_id = opened.key.partition(" ")[2]
                content = "".join(opened.content).strip()[:_KEY_LENGTH]
                key = opened.key if code_id else f"{name} {content}".strip()
                self._builder.code(_shown(name, code_id, "/"), key, opened.start.line, opened.start.column)
            elif self._stack:
                self._stack[-1].content += opened.content
            return
        is_code = name not in self._elements.transparent and name not in self._elements.empty
        if not self._native and is_code and self._elements.character(opened.start) is None:
            self._builder.code(f"</{name}>", f"/{opened.key}", end.line, end.column)


def _shown(name: str, id: str, slash: str) -> str:
    return f'<{name} id="{id}"{slash}>' if id else f"<{name}{slash}>"
