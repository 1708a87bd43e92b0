"""gettext's compiled MO: what programs load. It has no lines; the number of the message takes the line's place.

Layout: GNU gettext manual, section "The Format of GNU MO Files". Every offset is checked against the file's size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from mtaudit.errors import FormatError
from mtaudit.readers import po
from mtaudit.readers.decode import reading
from mtaudit.readers.units import Item, Languages, Skipped, UnitText, Warn
from mtaudit.types import BadInput

_MAGIC = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}


def read_mo(path: Path, languages: Languages, warn: Warn) -> Iterator[Item]:
    """Yield the pairs of an MO file, and the messages that could not be decoded.

    Raises:
        UnreadableError: no such file.
        FormatError: no MO file, or its tables point outside of it.
    """
    name = str(path)
    with reading(name):
        data = path.read_bytes()
    skipped = Skipped(name)
    plural_forms, codec = "", "utf-8"
    for number, (original, translation) in enumerate(_entries(data, name), start=1):
        if not original:
            header = translation.decode("utf-8", "replace")
            declared = po.header_field(header, "Content-Type").rpartition("charset=")[2].strip()
            codec = _codec(declared)
            languages = po.header_languages(header, languages)
            plural_forms = po.header_field(header, "Plural-Forms")
            yield languages
            continue
        try:
            source, target = original.decode(codec), translation.decode(codec)
        except UnicodeDecodeError:
            reason = f"message {number} is not valid {codec.upper()}, which the file says it is in"
            yield BadInput(name, number, reason, "Compile the file again from its PO file")
            continue
        context, mark, rest = source.rpartition("\x04")
        singular, *plural = rest.split("\0")
        message = po.Message(number, UnitText.plain(singular, number, 1), None, context if mark else None)
        message.plural = UnitText.plain(plural[0], number, 1) if plural else None
        message.forms = {index: UnitText.plain(form, number, 1) for index, form in enumerate(target.split("\0"))}
        yield from po.pairs(message, plural_forms, skipped)
    skipped.report(warn)


def _codec(declared: str) -> str:
    try:
        "".encode(declared)
    except LookupError:
        return "utf-8"
    return declared


def _entries(data: bytes, name: str) -> Iterator[tuple[bytes, bytes]]:
    order = _MAGIC.get(data[:4])
    if order is None or len(data) < 20:
        raise FormatError(name, "this is no MO file", "Give the file that msgfmt made, or the PO file")
    major, count, originals, translations = struct.unpack_from(f"{order}4I", data, 4)
    if major >> 16 > 1 or max(originals, translations) + 8 * count > len(data):
        raise FormatError(name, "the tables of the MO file point outside of it", "Compile it again from its PO file")
    for index in range(count):
        yield _string(data, order, originals + 8 * index, name), _string(data, order, translations + 8 * index, name)


def _string(data: bytes, order: str, at: int, name: str) -> bytes:
    length, start = struct.unpack_from(f"{order}2I", data, at)
    if start + length > len(data):
        raise FormatError(name, "a text of the MO file lies outside of it", "Compile it again from its PO file")
    return data[start : start + length]
