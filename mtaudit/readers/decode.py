"""Bytes to text: which encoding a file is in, and what to say when it is in none.

What people have is UTF-8 with or without a byte order mark, UTF-16 from Windows editors, and Windows-1252 from old
ones. No statistics over letters: charset-normalizer was wrong on a quarter of short texts, and a wrong guess turns
every umlaut into a finding. Each rule below either is certain or marks its result as guessed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mtaudit.errors import EmptyError, MtauditError, UnreadableError


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, line ends as one `\\n`, without byte order mark; `guessed` if nothing in the file proves it."""

    text: str
    encoding: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class DecodedLines:
    """A file's lines without their ends; None where a line is not in the file's encoding or holds a NUL.

    `lines` can be gone through once where the file is streamed.
    """

    lines: Iterable[str | None]
    encoding: str
    guessed: bool


#: Byte order marks; UTF-32 before UTF-16, whose mark it starts with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: First bytes of what people give by mistake. Source: the PRONOM registry and the formats' own specifications.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, such as a Word (.docx) or OpenDocument (.odt) file or an e-book"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

_LINE_END = re.compile(rb"\r\n|\r|\n")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
#: Undefined in Windows-1252, or control characters that no text has.
_NOT_WINDOWS_1252 = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]")
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")

#: Encodings that a web page may declare. The labels that browsers take for Windows-1252 (WHATWG Encoding Standard,
#: section 4.2) are mapped to it; Python's codecs that are no text encodings, such as `rot13`, are not let in.
_DECLARABLE = re.compile(
    r"utf-8|cp125[0-8]|iso8859-(?:[2-8]|1[0-6])|koi8-[ru]|mac-roman|cp866|cp932|shift_jis|euc_jp|iso2022_jp|"
    r"gb2312|gbk|gb18030|big5|big5hkscs|euc_kr|cp949"
)
_TAKEN_FOR_WINDOWS_1252 = frozenset({"ascii", "iso8859-1"})
_META_CHARSET = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)

#: How far into a page a declaration is looked for. The HTML standard says 1,024 bytes; real pages put scripts first.
_DECLARATION_WINDOW = 16_384

#: Bytes beyond ASCII in a row. In Western European languages letters with accents stand alone or in pairs; in
#: Cyrillic, Greek or East Asian encodings they are whole words.
_WORD_BEYOND_ASCII = re.compile(rb"[\x80-\xff]{4,}")

#: The remedy where an encoding cannot be told.
CONVERT = "Save it as UTF-8, for instance with: iconv -f ITS-ENCODING -t UTF-8"


def load(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableError: missing, a folder, no permission, or a known binary format.
        EmptyError: it holds not one byte, or blanks and line ends only.
    """
    name = str(path)
    with reading(name):
        data = path.read_bytes()
    if not data.strip():
        raise EmptyError(name, "the file is empty", "Give a file with sentences in it")
    refuse_binary(data, name)
    return data


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn what the file system says into an error for the user; `name` is what the file is called.

    Raises:
        UnreadableError: missing, a folder, no permission, or a failing disk.
    """
    try:
        yield
    except FileNotFoundError:
        raise UnreadableError(name, "there is no such file", "Check the name and the folder") from None
    except IsADirectoryError:
        raise UnreadableError(name, "this is a folder", "Name the files in it") from None
    except PermissionError:
        raise UnreadableError(name, "you may not read it", "Check the permissions of the file") from None
    except MtauditError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(name, f"it cannot be read ({reason})", "Check the file and the disk") from error


def refuse_binary(head: bytes, name: str) -> None:
    """Say what the file is, if its first bytes are those of a format that is no text.

    Raises:
        UnreadableError: a known binary format.
    """
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise UnreadableError(name, f"this is {what}, not text", "Save it as plain text, Markdown or HTML")


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """The text of a whole file; `name` is what errors call it, `declared` the encoding that the file says it is in.

    In this order: byte order mark; UTF-16 by its NUL bytes (guessed); UTF-8; the declared encoding; Windows-1252
    (guessed). UTF-8 goes before a declaration of another encoding, because text that is valid UTF-8 beyond ASCII is
    nothing else; that counts as guessed, too.

    Raises:
        UnreadableError: binary, damaged, or in an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name, skip=len(mark))
    if b"\0" in data:
        utf_16 = _utf_16_without_mark(data)
        if utf_16 is None:
            place, offset = _place(data, data.index(b"\0"), name)
            cause = f"byte {offset:,} is NUL: the file is binary, or in an encoding that cannot be told"
            raise UnreadableError(place, cause, CONVERT)
        return utf_16
    try:
        text = _unify(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if declared not in (None, "utf-8"):
            return _strict(data, declared, name)
        return _windows_1252(data, name, error.start)
    return Decoded(text, "utf-8", guessed=declared not in (None, "utf-8") and not text.isascii())


def decode_lines(data: bytes, name: str) -> DecodedLines:
    """The lines of a file in which one bad line must not cost the others.

    A file that has UTF-8 beyond ASCII in any line is UTF-8, and lines that are not are None; a file that has none is
    Windows-1252 (guessed), and lines that cannot be are None.

    Raises:
        UnreadableError: UTF-16 or UTF-32 that is damaged, where lines cannot be told apart; letters of no encoding
            that is read.
    """
    marked = any(data.startswith(mark) for mark, encoding in _MARKS if encoding != "utf-8")
    wide = _strict_marked(data, name) if marked else _utf_16_without_mark(data)
    if wide is not None:
        lines = tuple(None if "\0" in line else line for line in wide.text.split("\n"))
        return DecodedLines(lines, wide.encoding, wide.guessed)
    raw = _LINE_END.split(data.removeprefix(codecs.BOM_UTF8))
    utf_8 = tuple(_line(line, "utf-8") for line in raw)
    known = data.startswith(codecs.BOM_UTF8) or any(line is not None and not line.isascii() for line in utf_8)
    if known or None not in utf_8 or not any(not line.isascii() and b"\0" not in line for line in raw):
        return DecodedLines(utf_8, "utf-8", guessed=False)
    if not _is_western(data):
        line = utf_8.index(None) + 1
        raise UnreadableError(f"{name}:{line}", "the file is neither UTF-8 nor Windows-1252", CONVERT)
    western = tuple(decode_line(line, "cp1252") for line in raw)
    return DecodedLines(western, "windows-1252", guessed=True)


class EncodingCensus:
    """What the lines of a file, taken one after the other, say about its encoding; as `decode_lines` has it."""

    def __init__(self) -> None:
        self._count = 0
        self._utf_8 = False
        self._in_words = self._beyond = 0
        self.first_bad = 0

    def add(self, line: bytes) -> None:
        """Look at one line."""
        self._count += 1
        if line.isascii():
            return
        if decode_line(line, "utf-8") is not None:
            self._utf_8 = True
        elif b"\0" not in line:
            self.first_bad = self.first_bad or self._count
        self._in_words += sum(map(len, _WORD_BEYOND_ASCII.findall(line)))
        self._beyond += _beyond_ascii(line)

    @property
    def is_utf_8(self) -> bool:
        """Whether a line proves it, or nothing speaks against it."""
        return self._utf_8 or not self.first_bad

    @property
    def is_western(self) -> bool:
        """Whether most bytes beyond ASCII are letters inside words of ASCII, as Windows-1252 has them."""
        return self._in_words * 2 <= self._beyond


def is_wide(head: bytes) -> bool:
    """Whether the first bytes of a file are those of UTF-16 without a byte order mark."""
    return _utf_16_without_mark(head[: len(head) // 2 * 2]) is not None


def decode_line(line: bytes, encoding: str) -> str | None:
    """One line; None if it is not in this encoding, or holds what no text does."""
    if encoding == "cp1252" and _NOT_WINDOWS_1252.search(line):
        return None
    return _line(line, encoding)


def from_string(text: str, name: str) -> str:
    """A string as `decode` would have given it: line ends as one `\\n`.

    Raises:
        UnreadableError: it holds a NUL or half of a surrogate pair, which no file could.
    """
    wrong = _NO_CHARACTER.search(text)
    if wrong is not None:
        what = "NUL" if wrong.group() == "\0" else "half of a surrogate pair"
        remedy = "Decode the text with the right encoding, and with errors='strict'"
        raise UnreadableError(name, f"character {wrong.start() + 1:,} is {what}", remedy)
    return _unify(text)


def declared_encoding(data: bytes) -> str | None:
    """The codec that a web page declares in its XML declaration or `<meta>`; None for none, or one nobody knows."""
    head = data[:_DECLARATION_WINDOW]
    match = _XML_ENCODING.match(head.removeprefix(codecs.BOM_UTF8)) or _META_CHARSET.search(head)
    if match is None:
        return None
    try:
        codec = codecs.lookup(match.group(1).decode("ascii")).name
    except LookupError:
        return None
    if codec in _TAKEN_FOR_WINDOWS_1252:
        return "cp1252"
    return codec if _DECLARABLE.fullmatch(codec) else None


def guess_notice(name: str, encoding: str) -> str:
    """What to tell the user when an encoding was guessed."""
    return (
        f"{name}: nothing proves the encoding of this file; it was read as {encoding}. "
        "If letters look wrong, save it as UTF-8."
    )


def _strict_marked(data: bytes, name: str) -> Decoded:
    mark, encoding = next((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark))
    return _strict(data, encoding, name, skip=len(mark))


def _strict(data: bytes, encoding: str, name: str, skip: int = 0) -> Decoded:
    try:
        text = _unify(data[skip:].decode(encoding))
    except UnicodeDecodeError as error:
        line = _unify(data[skip : skip + error.start].decode(encoding, "replace")).count("\n") + 1
        cause = f"byte {skip + error.start + 1:,} is not valid {encoding.upper()}, which the file says it is in"
        raise UnreadableError(f"{name}:{line}", cause, "Mend the file or what it says, or save it as UTF-8") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableError(f"{name}:{line}", "there is a NUL character: the file is binary or damaged", CONVERT)
    return Decoded(text, encoding, guessed=False)


def _utf_16_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 told by its NUL bytes: in every script blanks, digits and line ends have them, all in the same half."""
    if b"\0" not in data or len(data) % 2:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if min(even, odd) > 0 or max(even, odd) * 10 < len(data) // 2:
        return None
    encoding = "utf-16-le" if odd else "utf-16-be"
    try:
        text = _unify(data.decode(encoding))
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else Decoded(text, encoding, guessed=True)


def _windows_1252(data: bytes, name: str, not_utf_8: int) -> Decoded:
    """Windows-1252, if it can be; `not_utf_8` is the offset of the byte that kept the file from being UTF-8."""
    multibyte = _MULTIBYTE.findall(data)
    beyond_ascii = _beyond_ascii(data)
    # In Windows-1252 a valid UTF-8 sequence is a letter such as Ã before a sign: chance, and rare. As many sequences
    # as stray bytes is UTF-8 with damage, and read otherwise every umlaut of it would be garbled.
    if multibyte and len(multibyte) >= beyond_ascii - sum(map(len, multibyte)):
        place, offset = _place(data, not_utf_8, name)
        cause = f"the file is UTF-8, but byte {offset:,} is not"
        raise UnreadableError(place, cause, "Mend that place, or take the file again from where it came")
    undefined = _NOT_WINDOWS_1252.search(data)
    if undefined is not None or not _is_western(data):
        at = undefined.start() if undefined is not None else not_utf_8
        place, offset = _place(data, at, name)
        cause = f"the file is neither UTF-8 nor Windows-1252 (byte {offset:,} is 0x{data[at]:02X})"
        raise UnreadableError(place, cause, CONVERT)
    return Decoded(_unify(data.decode("cp1252")), "windows-1252", guessed=True)


def _beyond_ascii(data: bytes) -> int:
    """How many bytes have the high bit."""
    return len(data) - len(data.translate(None, bytes(range(128, 256))))


def _is_western(data: bytes) -> bool:
    """Whether most bytes beyond ASCII are letters inside words of ASCII, as Windows-1252 has them."""
    return sum(map(len, _WORD_BEYOND_ASCII.findall(data))) * 2 <= _beyond_ascii(data)


def _place(data: bytes, offset: int, name: str) -> tuple[str, int]:
    """`name:line` of a byte, and its number counted from 1."""
    return f"{name}:{len(_LINE_END.findall(data, 0, offset)) + 1}", offset + 1


def _line(line: bytes, encoding: str) -> str | None:
    try:
        return None if b"\0" in line else line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unify(text: str) -> str:
    """Line ends as one `\\n`; columns stay what they are."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
