"""Word's DOCX: the paragraphs of the text, of tables and text boxes, of headers, footers, footnotes and endnotes.

The file has no lines, so a paragraph counts as one: `line` is the number of the paragraph in the document (footers,
endnotes, footnotes and headers count on behind it), `column` the character in it. Deleted text of tracked changes is
not read, inserted text is; so are hyperlinks. Comments, field codes and hidden text are not read.

A DOCX file is a ZIP archive: the parts that are read are limited in size and in their ratio to the packed size, named
parts only are opened, and nothing is unpacked to the disk, so that no archive can fill the memory or leave its folder.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from mtaudit.errors import EmptyError, FormatError, UnreadableError
from mtaudit.readers.assembly import MAX_UNBROKEN, unbroken
from mtaudit.readers.decode import reading
from mtaudit.readers.units import Warn
from mtaudit.readers.xml_scan import BrokenXmlError, End, Event, Start, scan_stream
from mtaudit.types import Document, PlaceMap

#: Bytes of one part when unpacked. The text of the longest novels is about 10 MB as WordprocessingML.
MAX_PART = 256 * 1024 * 1024
#: Unpacked to packed size. Deflate makes at most 1,032 of one; documents stay below 30, repetitive tables below 100.
MAX_RATIO = 200
#: Below this many bytes the ratio proves nothing.
_SMALL = 1024 * 1024
#: Entries of an archive; documents with thousands of pictures have thousands.
MAX_ENTRIES = 65_536

_MAIN = "word/document.xml"
_MORE = re.compile(r"word/(?:header|footnotes|endnotes|footer)\d*\.xml")
#: Elements below which nothing is text of the document.
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr"})
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFF = frozenset({"0", "false", "off"})
_CHARACTERS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def read_docx(path: Path, language: str, warn: Warn) -> Document:
    """The paragraphs of a DOCX file.

    Raises:
        UnreadableError: missing, no ZIP archive, encrypted, or damaged.
        EmptyError: no text in it.
        FormatError: no Word document, unsafe XML, or an archive over the limits.
    """
    name = str(path)
    with reading(name):
        data = path.read_bytes()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(
            name, "it is encrypted, or a .doc file by another name", "Save it as .docx without password"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableError(name, f"this is no DOCX file ({error})", "Save it as .docx again") from None
    paragraphs: list[str] = []
    with archive:
        for part in _parts(archive, name):
            unpacked = _unpack(archive, part, name)
            paragraphs += _paragraphs(unpacked, f"{name}, {part.filename}", warn)
    return _document(paragraphs, name, language)


def _parts(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    entries = {info.filename: info for info in archive.infolist()}
    if len(entries) > MAX_ENTRIES:
        raise FormatError(name, f"the archive has more than {MAX_ENTRIES:,} entries", "Save the document again in Word")
    if _MAIN not in entries:
        raise FormatError(name, f"this is no Word document: the archive has no {_MAIN}", "Save it as .docx again")
    return [entries[_MAIN], *(entries[part] for part in sorted(entries) if _MORE.fullmatch(part))]


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """A part of the archive, within the limits whatever its directory claims."""
    if part.flag_bits & 1:
        raise UnreadableError(name, "the archive is encrypted", "Save it without a password")
    limit = min(MAX_PART, max(_SMALL, part.compress_size * MAX_RATIO))
    try:
        with archive.open(part) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise UnreadableError(
            name, f"{part.filename} is damaged ({error})", "Take the file again from its source"
        ) from None
    if len(data) > limit:
        cause = f"{part.filename} unpacks to more than {limit:,} bytes, {MAX_RATIO} times its packed size or more"
        raise FormatError(name, cause, "Check where the file comes from: no document packs like that")
    return data


def _paragraphs(data: bytes, name: str, warn: Warn) -> Iterator[str]:
    """The text of each `<w:p>`; a text box inside a paragraph is a paragraph before it."""
    part = _Part()
    try:
        for event in scan_stream(io.BytesIO(data), name):
            paragraph = part.event(event)
            if paragraph is not None:
                yield paragraph
    except BrokenXmlError as error:
        warn(f"{name}: the XML is broken at line {error.line} ({error.reason}); what follows was not read")


class _Part:
    """Follows the elements of one part of the archive."""

    def __init__(self) -> None:
        self._stack: list[str] = []
        self._paragraphs: list[list[str]] = []
        self._left_out = 0
        self._hidden = False

    def event(self, event: Event) -> str | None:
        """Take the next event; the text of the paragraph that it ends, if it ends one."""
        if isinstance(event, Start):
            self._start(event)
        elif isinstance(event, End):
            self._stack.pop()
            if self._left_out:
                self._left_out -= 1
            elif event.name == "p" and self._paragraphs:
                return "".join(self._paragraphs.pop())
        elif self._stack[-1:] == ["t"]:
            self._add(event.text)
        return None

    def _start(self, event: Start) -> None:
        inside = self._stack[-1] if self._stack else ""
        self._stack.append(event.name)
        if event.name == "vanish" and inside == "rPr" and event.attributes.get(f"{_W} val") not in _OFF:
            self._hidden = True
        if self._left_out or event.name in _LEFT_OUT:
            self._left_out += 1
        elif event.name == "p":
            self._paragraphs.append([])
        elif event.name == "r":
            self._hidden = False
        elif event.name in _CHARACTERS and inside == "r":
            self._add(_CHARACTERS[event.name])

    def _add(self, text: str) -> None:
        if self._paragraphs and not self._left_out and not self._hidden:
            self._paragraphs[-1].append(text)


def _document(paragraphs: list[str], name: str, language: str) -> Document:
    parts: list[str] = []
    starts: list[int] = []
    lines: list[int] = []
    columns: list[int] = []
    length = 0
    for number, paragraph in enumerate(paragraphs, start=1):
        text = paragraph.strip()
        if not text:
            continue
        if len(text) > MAX_UNBROKEN:
            raise unbroken(name, number, len(text))
        if parts:
            length += 2
        starts.append(length)
        lines.append(number)
        columns.append(len(paragraph) - len(paragraph.lstrip()) + 1)
        parts.append(text)
        length += len(text)
    if not parts:
        raise EmptyError(name, "there is no text in the document", "Give a document with sentences in it")
    return Document(name, language, "\n\n".join(parts), PlaceMap(tuple(starts), tuple(lines), tuple(columns)))
