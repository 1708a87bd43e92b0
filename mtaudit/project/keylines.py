"""In which line of a TOML file each key stands: the standard library's parser does not say."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[(?P<array>\[)?\s*(?P<name>[^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*(?P<name>(?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """The lines of the keys and tables of a TOML file that the parser has accepted, counted from 1.

    Tables of an array are numbered: `("content", "0", "source")`. Of a key that seems to stand twice, as inside a text
    of several lines, the first counts.
    """
    found: dict[tuple[str, ...], int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        header = _TABLE.match(line)
        key = _KEY.match(line)
        if header is not None and key is None:
            table = _parts(header["name"])
            if header["array"]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            else:
                table = _numbered(table, counts)
            found.setdefault(table, number)
        elif key is not None:
            found.setdefault((*table, *_parts(key["name"])), number)
    return found


def _parts(name: str) -> tuple[str, ...]:
    return tuple("".join(part) for part in _PART.findall(name))


def _numbered(table: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    """`[content.languages]` belongs to the last `[[content]]`."""
    for length in range(len(table), 0, -1):
        if table[:length] in counts:
            return (*table[:length], str(counts[table[:length]]), *table[length:])
    return table
