"""Mozilla's Fluent: messages, terms and their attributes, parsed by the project's own parser, `fluent.syntax`.

A message whose text chooses between variants becomes one unit a variant (`key[one]`); of several choices in one message
the first is taken apart. Placeables stay in the text as they are written, `{ $name }`; string literals are text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from fluent.syntax import FluentParser, ast

from mtaudit.readers.catalogue import CatalogueItem, Entry
from mtaudit.readers.decode import decode, guess_notice, load
from mtaudit.readers.units import TextBuilder, Warn
from mtaudit.types import BadInput, line_starts


def read_fluent(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the messages of a Fluent file; what the parser cannot read is bad input.

    Raises:
        UnreadableError: missing, binary, or in no known encoding.
        EmptyError: nothing but white space.
    """
    name = str(path)
    decoded = decode(load(path), name)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    yield from _Reader(name, decoded.text).entries()


class _Reader:
    """Turns the parsed resource into entries."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._starts = line_starts(text)

    def entries(self) -> Iterator[CatalogueItem]:
        for entry in FluentParser().parse(self._text).body:
            if isinstance(entry, ast.Junk):
                start = entry.span.start if entry.span is not None else 0
                message = entry.annotations[0].message if entry.annotations else "it cannot be read"
                yield BadInput(self._name, self._place(start)[0], f"this is no Fluent message: {message}", "Mend it")
            elif isinstance(entry, ast.Message | ast.Term):
                key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
                note = entry.comment.content if entry.comment is not None else None
                yield from self._pattern(key, entry.value, note)
                for attribute in entry.attributes:
                    yield from self._pattern(f"{key}.{attribute.id.name}", attribute.value, note)

    def _pattern(self, key: str, pattern: ast.Pattern | None, note: str | None) -> Iterator[Entry]:
        if pattern is None:
            return
        choice = next((index for index, element in enumerate(pattern.elements) if _select(element)), None)
        if choice is None:
            yield self._entry(key, None, note, pattern.elements)
            return
        select = _select(pattern.elements[choice])
        for variant in select.variants if select is not None else ():
            form = variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value
            elements = [*pattern.elements[:choice], *variant.value.elements, *pattern.elements[choice + 1 :]]
            yield self._entry(key, form, note, elements)

    def _entry(self, key: str, form: str | None, note: str | None, elements: Sequence[object]) -> Entry:
        builder = TextBuilder()
        for element in elements:
            if isinstance(element, ast.TextElement):
                self._add_lines(builder, element)
            elif isinstance(element, ast.Placeable) and element.span is not None:
                start, end = element.span.start, element.span.end
                literal = element.expression
                if isinstance(literal, ast.StringLiteral):
                    builder.add(str(literal.parse()["value"]), *self._place(start))
                else:
                    builder.add(" ".join(self._text[start:end].split()), *self._place(start))
        return Entry(key, builder.build(), form, note)

    def _add_lines(self, builder: TextBuilder, element: ast.TextElement) -> None:
        """The lines of a text, each at the place behind its indentation."""
        at = element.span.start if element.span is not None else 0
        for index, line in enumerate(element.value.split("\n")):
            if index:
                builder.add("\n", *self._place(at))
                at = self._text.find("\n", at) + 1 or at
            if line:
                found = self._text.find(line, at)
                at = found if found != -1 else at
                builder.add(line, *self._place(at))
                at += len(line)

    def _place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


def _select(element: object) -> ast.SelectExpression | None:
    """The choice that an element is, if it is one."""
    if isinstance(element, ast.Placeable) and isinstance(element.expression, ast.SelectExpression):
        return element.expression
    return None
