"""The lines of a file of any size, decoded as `decode.decode_lines` decodes them, with one block of it in memory.

Which encoding a file is in depends on all of its lines, so the file is read twice: once to find the encoding, once for
the lines. UTF-16 and UTF-32 are the exception: such a file is read whole.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from mtaudit.errors import EmptyError, FormatError, UnreadableError
from mtaudit.readers.decode import (
    CONVERT,
    DecodedLines,
    EncodingCensus,
    decode_line,
    decode_lines,
    is_wide,
    load,
    reading,
    refuse_binary,
)

_BLOCK = 1 << 20
#: A line of more bytes than this is no line of a corpus; it would be held in memory whole.
MAX_LINE = 1 << 24
_END = re.compile(rb"\r\n|\r|\n")


def stream_lines(path: Path) -> DecodedLines:
    """The lines of a file, to be gone through once.

    Raises:
        UnreadableError: missing, a folder, no permission, binary, or in no known encoding.
        EmptyError: nothing but white space.
        FormatError: while going through: a line of more than 16 MiB.
    """
    name = str(path)
    with reading(name), path.open("rb") as file:
        head = file.read(_BLOCK)
    refuse_binary(head, name)
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
    if marked or (b"\0" in head and is_wide(head)):
        return decode_lines(load(path), name)
    encoding, guessed = _encoding(path, name)
    return DecodedLines(_decoded(path, name, encoding), "windows-1252" if guessed else "utf-8", guessed)


def _encoding(path: Path, name: str) -> tuple[str, bool]:
    """The codec of the file, and whether it is a guess."""
    if _is_utf_8(path, name):
        return "utf-8", False
    census = EncodingCensus()
    with reading(name), path.open("rb") as file:
        if file.read(3) == codecs.BOM_UTF8:
            return "utf-8", False
    for line in _raw_lines(path, name):
        census.add(line)
    if census.is_utf_8:
        return "utf-8", False
    if not census.is_western:
        place = f"{name}:{census.first_bad}"
        raise UnreadableError(place, "the file is neither UTF-8 nor Windows-1252", CONVERT)
    return "cp1252", True


def _is_utf_8(path: Path, name: str) -> bool:
    """Whether every byte of the file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    blank = True
    with reading(name), path.open("rb") as file:
        while block := file.read(_BLOCK):
            blank = blank and not block.removeprefix(codecs.BOM_UTF8).strip()
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return False
        if blank:
            raise EmptyError(name, "the file is empty", "Give a file with sentences in it")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _decoded(path: Path, name: str, encoding: str) -> Iterator[str | None]:
    for line in _raw_lines(path, name):
        yield decode_line(line, encoding)


def _raw_lines(path: Path, name: str) -> Iterator[bytes]:
    """The lines without their ends and without a byte order mark, whatever the line ends are."""
    rest, number = b"", 1
    with reading(name), path.open("rb") as file:
        first = True
        while block := file.read(_BLOCK):
            if first:
                block, first = block.removeprefix(codecs.BOM_UTF8), False  # the mark is no text
            block = rest + block  # the line that the last block broke off
            # A carriage return at the end may be the first half of a line end.
            rest = b"\r" if block.endswith(b"\r") else b""
            lines = _END.split(block.removesuffix(b"\r") if rest else block)
            rest = lines.pop() + rest
            if len(rest) > MAX_LINE:
                cause = f"the line is longer than {MAX_LINE:,} bytes"
                raise FormatError(f"{name}:{number + len(lines)}", cause, "Give one pair a line, in a text file")
            number += len(lines)
            yield from lines
    yield from _END.split(rest)
