"""Apple's .strings: `"key" = "value";`, with comments before the entries as notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from mtaudit.errors import UnreadableError
from mtaudit.readers.catalogue import CatalogueItem, Entry
from mtaudit.readers.decode import decode, guess_notice, load
from mtaudit.readers.units import TextBuilder, UnitText, Warn
from mtaudit.types import BadInput, line_starts

_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<comment>/\*(?P<note>.*?)\*/|//(?P<line>[^\n]*))
    |(?P<entry>(?:"(?P<key>(?:[^"\\]|\\.)*)"|(?P<bare>[\w.-]+))\s*(?:=\s*"(?P<value>(?:[^"\\]|\\.)*)"\s*)?;)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(U[0-9a-fA-F]{4}|[0-7]{3}|\n|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\n": "\n"}


def read_strings(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the entries of a .strings file; what is no entry is bad input, up to the next line that begins one.

    Raises:
        UnreadableError: missing, compiled to a binary property list, or in no known encoding.
        EmptyError: nothing but white space.
    """
    name = str(path)
    data = load(path)
    if data.startswith(b"bplist"):
        remedy = "Convert it with: plutil -convert xml1, or give the .strings file of the project"
        raise UnreadableError(name, "this is a compiled property list, not text", remedy)
    decoded = decode(data, name)
    if decoded.guessed:
        warn(guess_notice(name, decoded.encoding))
    text = decoded.text
    starts = line_starts(text)
    at, note = 0, None
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            line = bisect_right(starts, at)
            yield BadInput(name, line, "this is no entry", 'Write it as "key" = "value";')
            following = re.compile(r'\n[ \t]*(?=["/])').search(text, at + 1)
            at = following.end() if following else len(text)
            continue
        at = match.end()
        if match["comment"]:
            note = " ".join((match["note"] or match["line"] or "").split()) or None
        elif match["entry"]:
            key = _unescaped(match["key"] if match["key"] is not None else match["bare"])
            # An entry without a value stands for its key.
            group = "value" if match["value"] is not None else "key" if match["key"] is not None else "bare"
            yield Entry(key, _text(text, match.start(group), match.end(group), starts), None, note)
            note = None


def _text(text: str, start: int, end: int, starts: tuple[int, ...]) -> UnitText:
    builder = TextBuilder()

    def add(piece: str, at: int) -> None:
        for part in re.split(r"(?<=\n)", piece):
            line = bisect_right(starts, at)
            builder.add(part, line, at - starts[line - 1] + 1)
            at += len(part)

    at = start
    for match in _ESCAPE.finditer(text, start, end):
        add(text[at : match.start()], at)
        add(_character(match[1]), match.start())
        at = match.end()
    add(text[at:end], at)
    return builder.build()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(match[1]), text)


def _character(escape: str) -> str:
    if len(escape) > 1:
        return chr(int(escape[1:], 16)) if escape[0] == "U" else chr(int(escape, 8))
    return _PLAIN.get(escape, escape)
