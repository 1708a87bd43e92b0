"""JSON with places: where every string of a text stands, which Python's own parser does not say.

Only what is needed is scanned in Python; strings and nested values are left to the standard library's scanner.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from mtaudit.types import Json

#: The standard library's scanner of strings, in C: given the offset behind the opening quote, the value and its end.
scanstring: Callable[[str, int, bool], tuple[str, int]] = vars(json.decoder)["scanstring"]

#: Objects and lists inside each other. Catalogues have up to ten levels; Python's own parser would run out of stack.
MAX_DEPTH = 64

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|.)")
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_DECODER = json.JSONDecoder(strict=False)


class JsonError(ValueError):
    """The text is no JSON that is read; `at` is the offset of the fault."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.at = at


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: its key, its value, and the offset where the value starts."""

    key: str
    value: Json
    at: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that is no object and no list: the keys that lead to it, and the offset where it starts."""

    path: tuple[str, ...]
    value: str | float | bool | None
    at: int


def members(text: str, at: int = 0) -> Iterator[Member]:
    """Yield the members of the object that starts at `at`; with `at` 0 nothing may follow it.

    Raises:
        JsonError: it is no object, or broken, or nested too deep.
    """
    end = yield from _members(text, at)
    if at == 0 and _skip(text, end) != len(text):
        raise JsonError("something stands behind the object", _skip(text, end))


def leaves(text: str) -> Iterator[Leaf]:
    """Yield every string, number and word of a whole JSON text in order; items of a list are named by number.

    Raises:
        JsonError: broken, nested too deep, or with a key twice in one object.
    """
    stack: list[_Open] = []
    at = _skip(text, 0)
    check_depth(text)
    while True:
        character = text[at : at + 1]
        path = tuple(level.key for level in stack)
        if character and character in "{[":
            stack.append(_Open(character))
            at = _skip(text, at + 1)
            if text[at : at + 1] == ("}" if character == "{" else "]"):
                stack.pop()
                at = _skip(text, at + 1)
            else:
                at = _next(text, at, stack[-1])
                continue
        else:
            value, end = _value(text, at)
            yield Leaf(path, value, at)  # type: ignore[arg-type]  # objects and lists are opened above
            at = _skip(text, end)
        while stack:
            mark = text[at : at + 1]
            if mark == ",":
                at = _next(text, _skip(text, at + 1), stack[-1])
                break
            if mark != ("}" if stack[-1].kind == "{" else "]"):
                raise JsonError("a comma or closing bracket is missing", at)
            stack.pop()
            at = _skip(text, at + 1)
        else:
            if at != len(text):
                raise JsonError("something stands behind the end", at)
            return


@dataclass(slots=True)
class _Open:
    """An object or list that is not closed yet, and what its next value is called."""

    kind: str
    key: str = ""
    count: int = -1
    seen: set[str] | None = None


def _next(text: str, at: int, level: _Open) -> int:
    """Name the value that comes next on this level; the offset where it starts."""
    if level.kind == "[":
        level.count += 1
        level.key = str(level.count)
        return at
    start = at
    level.key, at = _key(text, at)
    level.seen = level.seen or set()
    if level.key in level.seen:
        raise JsonError(f'the key "{level.key}" stands twice in one object', start)
    level.seen.add(level.key)
    return at


def string_runs(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield the string whose opening quote is at `at` in plain stretches and escapes, with the offset of each."""
    value_end = scanstring(text, at + 1, False)[1] - 1
    at += 1
    for match in _ESCAPE.finditer(text, at, value_end):
        if match.start() > at:
            yield text[at : match.start()], at
        yield scanstring(match.group() + '"', 0, False)[0], match.start()
        at = match.end()
    if value_end > at:
        yield text[at:value_end], at


def check_depth(text: str) -> None:
    """Refuse a text in which brackets are nested too deep.

    Raises:
        JsonError: more than 64 levels.
    """
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return
    depth = 0
    for match in _NESTING.finditer(text):
        if match.group() in "{[":
            depth += 1
            if depth > MAX_DEPTH:
                raise JsonError(f"objects and lists are nested more than {MAX_DEPTH} deep", match.start())
        elif match.group() in "}]":
            depth -= 1


def _members(text: str, at: int) -> Generator[Member, None, int]:
    at = _skip(text, at)
    if text[at : at + 1] != "{":
        raise JsonError("this is no JSON object", at)
    check_depth(text)
    at = _skip(text, at + 1)
    if text[at : at + 1] == "}":
        return at + 1
    while True:
        key, at = _key(text, at)
        value, end = _value(text, at)
        yield Member(key, value, at)
        at = _skip(text, end)
        mark = text[at : at + 1]
        if mark == "}":
            return at + 1
        if mark != ",":
            raise JsonError("a comma or closing brace is missing", at)
        at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _key(text: str, at: int) -> tuple[str, int]:
    """The key at `at`, and the offset of its value."""
    if text[at : at + 1] != '"':
        raise JsonError("a key in double quotes is missing", at)
    try:
        key, at = scanstring(text, at + 1, False)
    except json.JSONDecodeError as error:
        raise JsonError(_reason(error), error.pos) from None
    at = _skip(text, at)
    if text[at : at + 1] != ":":
        raise JsonError("a colon is missing", at)
    return key, _skip(text, at + 1)


def _value(text: str, at: int) -> tuple[Json, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise JsonError(_reason(error), error.pos) from None
    except ValueError as error:  # Python refuses to read a number of thousands of digits
        raise JsonError(str(error).split(";", 1)[0], at) from None


def _reason(error: json.JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:]
