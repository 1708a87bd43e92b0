"""Catalogues in YAML, as Rails and many others have them: nested messages, often under the language's code.

The file is read as events of PyYAML's safe parser and never constructed: `no` stays a word (and Norwegian), no tag
makes an object, and an alias is not expanded, so that nothing can grow. Nesting is limited before the parser would run
out of stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from mtaudit.errors import FormatError
from mtaudit.readers import nested
from mtaudit.readers.catalogue import CatalogueItem
from mtaudit.readers.decode import decode, guess_notice, load
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import TextBuilder, UnitText, Warn
from mtaudit.types import BadInput

MAX_DEPTH = 64


@dataclass(slots=True)
class _Level:
    """A mapping or list that is not closed yet; `key` is None in a mapping where the next scalar is a key."""

    is_list: bool
    key: str | None = None
    count: int = -1
    seen: set[str] = field(default_factory=set)


def read_yaml(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the entries of a YAML catalogue; aliases and keys that are no scalars are bad input.

    Raises:
        UnreadableError: missing, binary, or in no known encoding.
        EmptyError: nothing but white space.
        FormatError: broken YAML, nested more than 64 deep, or several documents in one file.
    """
    name = str(path)
    decoded = decode(load(path), name)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    reader = _Reader(name, decoded.text)
    try:
        reader.read()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark is not None else name
        cause = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "this is no YAML")
        raise FormatError(
            place, cause, "Mend the file; of a catalogue that is broken no entry can be trusted"
        ) from None
    yield from reader.bad
    yield from nested.entries(reader.values)


class _Reader:
    """Follows the events of one file."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._lines = text.split("\n")
        self._read = 0  # lines whose comments were taken
        self._stack: list[_Level] = []
        self.values: list[nested.Value] = []
        self.bad: list[BadInput] = []

    def read(self) -> None:
        documents = 0
        for event in yaml.parse(self._text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    place = f"{self._name}:{_line(event)}"
                    raise FormatError(place, "a second document begins in the file", "Give one catalogue a file")
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                self._open(event)
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                self._stack.pop()
                self._done()
            elif isinstance(event, AliasEvent):
                self._fail(event, f"the alias *{event.anchor} is not expanded", "Write its text in full")
                self._next(event.anchor or "")
            elif isinstance(event, ScalarEvent):
                self._scalar(event)

    def _open(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if len(self._stack) >= MAX_DEPTH:
            place = f"{self._name}:{_line(event)}"
            raise FormatError(place, f"it is nested more than {MAX_DEPTH} deep", "Check what made the file")
        if self._stack and not self._stack[-1].is_list and self._stack[-1].key is None:
            place = f"{self._name}:{_line(event)}"
            raise FormatError(place, "a key is a list or mapping", "Give keys that are words")
        self._count()
        self._stack.append(_Level(isinstance(event, SequenceStartEvent)))

    def _scalar(self, event: ScalarEvent) -> None:
        if self._stack and not self._stack[-1].is_list and self._stack[-1].key is None:
            level = self._stack[-1]
            if event.value in level.seen:
                self._fail(event, f'the key "{event.value}" stands there twice', "Delete one of them")
            level.seen.add(event.value)
            level.key = event.value
            return
        self._count()
        null = event.implicit[0] and event.style is None and event.value in {"", "~", "null", "Null", "NULL"}
        if self._stack and not null:
            path = tuple(level.key or "" for level in self._stack)
            self.values.append(nested.Value(path, self._place(event), self._comments(event)))
        self._done()

    def _comments(self, event: ScalarEvent) -> tuple[str, ...]:
        """What the comments say to this tool between the last value and this one, and behind it on its line.

        The parser drops comments, so they are looked for in the lines: those that begin with `#`, and the rest of the
        value's last line.
        """
        if event.start_mark is None or event.end_mark is None or "mtaudit:" not in self._text:
            return ()
        above = [line.strip() for line in self._lines[self._read : event.start_mark.line]]
        block = event.style in {"|", ">"}  # such a value ends where the next one begins, behind comments
        self._read = (event.start_mark if block else event.end_mark).line + 1
        found = [line for line in above if line.startswith("#")]
        if not block:
            behind = self._lines[event.end_mark.line][event.end_mark.column :]
            found += [behind.strip()] if behind.lstrip().startswith("#") else []
        return comments(*(line.lstrip("# ") for line in found))

    def _count(self) -> None:
        """Number the next item of a list."""
        if self._stack and self._stack[-1].is_list:
            self._stack[-1].count += 1
            self._stack[-1].key = str(self._stack[-1].count)

    def _next(self, word: str) -> None:
        """An alias took the place of a key or a value."""
        if self._stack and not self._stack[-1].is_list and self._stack[-1].key is None:
            self._stack[-1].key = word
        else:
            self._count()
            self._done()

    def _done(self) -> None:
        if self._stack and not self._stack[-1].is_list:
            self._stack[-1].key = None

    def _fail(self, event: yaml.Event, reason: str, remedy: str) -> None:
        self.bad.append(BadInput(self._name, _line(event), reason, remedy))

    def _place(self, event: ScalarEvent) -> UnitText:
        """The value with the place of each of its lines; escapes in double quotes shift what follows on the line."""
        value, start, end = event.value, event.start_mark, event.end_mark
        if start is None or end is None:  # only events that a program makes have no marks
            return UnitText.plain(value, 1, 1)
        raw = self._text[start.index : end.index]
        if event.style is None and raw == value:
            return UnitText.plain(value, start.line + 1, start.column + 1)
        builder = TextBuilder()
        line, column = start.line, start.column + (1 if event.style in {"'", '"'} else 0)
        if event.style in {"|", ">"}:
            line, column = line + 1, 0
        for word in _words(value):
            line, column = self._find(word.strip(), line, column, end.line)
            builder.add(word, line + 1, column + 1)
            column += len(word.rstrip())
        return builder.build()

    def _find(self, word: str, line: int, column: int, last: int) -> tuple[int, int]:
        """Where a word stands next in the file; where it was looked for, if escapes hide it."""
        for number in range(line, min(last + 1, len(self._lines))):
            at = self._lines[number].find(word, column if number == line else 0)
            if at != -1:
                return number, at
        return line, column


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _words(value: str) -> Iterator[str]:
    """The value cut behind each stretch of white space."""
    start = 0
    for index in range(1, len(value)):
        if value[index - 1].isspace() and not value[index].isspace():
            yield value[start:index]
            start = index
    if value:
        yield value[start:]
