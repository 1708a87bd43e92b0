r"""Java's .properties: `key = value` a line, with escapes and lines that go on behind a backslash.

Layout: java.util.Properties.load. Files of Java 8 and before are in ISO-8859-1, later ones mostly in UTF-8: what is not
valid UTF-8 is read as the former. A comment right above an entry is its note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mtaudit.readers.catalogue import CatalogueItem, Entry
from mtaudit.readers.decode import decode, guess_notice, load
from mtaudit.readers.remarks import comments
from mtaudit.readers.units import TextBuilder, Warn
from mtaudit.types import BadInput

_KEY = re.compile(r"((?:[^\\=:\s]|\\.)+)[ \t\f]*(?:[=:][ \t\f]*)?")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|u.{0,4}|.)")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_GOES_ON = re.compile(r"(?<!\\)(?:\\\\)*\\$")


def read_properties(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the entries of a .properties file.

    Raises:
        UnreadableError: missing, binary, or in no known encoding.
        EmptyError: nothing but white space.
    """
    name = str(path)
    decoded = decode(load(path), name, "cp1252")
    if decoded.guessed and decoded.encoding != "utf-8":
        warn(guess_notice(name, decoded.encoding))
    lines = decoded.text.split("\n")
    number, note = 0, ""
    said: tuple[str, ...] = ()  # comments that speak to this tool count over a blank line
    while number < len(lines):
        line = lines[number]
        stripped = line.lstrip(" \t\f")
        if not stripped or stripped[0] in "#!":
            note = f"{note} {stripped.lstrip('#! ')}".strip() if stripped else ""
            said += comments(stripped.lstrip("#! "))
            number += 1
            continue
        match = _KEY.match(stripped)
        indent = len(line) - len(stripped)
        builder = TextBuilder()
        wrong = None
        at = indent + match.end() if match is not None else indent
        first = number + 1
        while True:
            piece = lines[number][at:]
            goes_on = _GOES_ON.search(piece) is not None and number + 1 < len(lines)
            wrong = wrong or _add(builder, piece[:-1] if goes_on else piece, number + 1, at + 1)
            number += 1
            if not goes_on:
                break
            at = len(lines[number]) - len(lines[number].lstrip(" \t\f"))
        if wrong is not None:
            yield BadInput(name, first, f"{wrong} is no escape of four hexadecimal digits", "Write it as \\u00e4")
        elif match is not None:
            key = _ESCAPE.sub(lambda found: _character(found[1]) or "", match[1])
            yield Entry(key, builder.build(), None, note or None, said)
        note, said = "", ()


def _add(builder: TextBuilder, raw: str, line: int, column: int) -> str | None:
    """Add a piece of a value with its escapes; returns an escape that is none."""
    at = 0
    for match in _ESCAPE.finditer(raw):
        builder.add(raw[at : match.start()], line, column + at)
        character = _character(match[1])
        if character is None:
            return match.group()
        builder.add(character, line, column + match.start())
        at = match.end()
    builder.add(raw[at:], line, column + at)
    return None


def _character(escape: str) -> str | None:
    if escape[0] != "u":
        return _PLAIN.get(escape, escape)
    return chr(int(escape[1:], 16)) if re.fullmatch(r"u[0-9a-fA-F]{4}", escape) else None
