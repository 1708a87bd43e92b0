"""Files to documents and bitexts: one module a format family, chosen by suffix."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

from mtaudit.errors import FormatError, UnreadableError
from mtaudit.readers.decode import declared_encoding, decode, from_string, guess_notice, load
from mtaudit.types import Bitext, Document

__all__ = ["is_bilingual", "read", "read_bitext", "read_text"]

_PLAIN = ("", ".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_BILINGUAL = (".tsv", ".tab")


def read(path: Path | str, language: str, *, warn: Callable[[str], None] | None = None) -> Document:
    """Read a monolingual file.

    Plain text is .txt, .text or no suffix, Markdown .md or .markdown, HTML .html, .htm or .xhtml. `warn` is given a
    sentence for the user when the encoding had to be guessed; where there is no `warn`, it becomes a Python warning.

    Raises:
        UnreadableError: missing, a folder, no permission, binary, or in no known encoding.
        EmptyError: nothing but white space, code or markup.
        FormatError: a suffix that is not read, or a block of more than 200,000 characters that is no prose.
    """
    path = _file(path)
    suffix = path.suffix.lower()
    if suffix in _BILINGUAL:
        raise FormatError(str(path), "this file holds two languages", "Give it alone, as a bilingual file")
    if suffix not in (*_PLAIN, *_MARKDOWN, *_HTML):
        raise FormatError(str(path), f"files ending in {suffix} are not read", f"Save it as {_suffixes()}")
    name, data = str(path), load(path)
    decoded = decode(data, name, declared_encoding(data) if suffix in _HTML else None)
    if decoded.guessed:
        (warn or _warn)(guess_notice(name, decoded.encoding))
    # The formats are imported only when they are met, as they bring their parsers along.
    if suffix in _HTML:
        from mtaudit.readers.html import read_html

        return read_html(decoded.text, name, language, xml=suffix == ".xhtml")
    if suffix in _MARKDOWN:
        from mtaudit.readers.markdown import read_markdown

        return read_markdown(decoded.text, name, language)
    from mtaudit.readers.plain import read_plain

    return read_plain(decoded.text, name, language)


def read_text(text: str, language: str, name: str = "<text>") -> Document:
    """Read a string as plain text; `name` is what findings and errors call it.

    Raises:
        UnreadableError: a NUL or half of a surrogate pair is in it.
        EmptyError: nothing but white space.
        FormatError: a line of more than 200,000 characters.
    """
    from mtaudit.readers.plain import read_plain

    return read_plain(from_string(text, name), name, language)


def read_bitext(
    path: Path | str, source_language: str, target_language: str, *, warn: Callable[[str], None] | None = None
) -> Bitext:
    """Read a bilingual file: tab-separated pairs (.tsv, .tab), one pair a line, nothing quoted or escaped.

    A first row that names the columns by words (source, target, ...) or by the codes of the languages is a header;
    then these two columns are taken, in whatever order. Otherwise there must be exactly two columns. Lines that are no
    pair are in `bad_input` of the bitext. `warn` is as in `read`.

    Raises:
        UnreadableError: missing, a folder, no permission, binary, or in no known encoding.
        EmptyError: no pairs, or a column without any text.
        FormatError: a suffix that is not read, or no line that is a pair.
        LanguageError: the header names other languages.
    """
    from mtaudit.readers.tsv import read_tsv

    path = _file(path)
    if not is_bilingual(path):
        raise FormatError(
            str(path), "this is no bilingual file", f"Give source and target, or a file ending in {_or(_BILINGUAL)}"
        )
    return read_tsv(path, source_language, target_language, warn or _warn)


def is_bilingual(path: Path | str) -> bool:
    """Whether files of that suffix hold both sides, so that `read_bitext` is to read them."""
    return Path(path).suffix.lower() in _BILINGUAL


def _file(path: Path | str) -> Path:
    if str(path) == "-":
        raise UnreadableError("-", "standard input is not read", "Save the text to a file")
    return Path(path)


def _suffixes() -> str:
    return _or((*_PLAIN[1:], *_MARKDOWN, *_HTML)) + f", or both sides as one {_or(_BILINGUAL)} file"


def _or(suffixes: tuple[str, ...]) -> str:
    return ", ".join(suffixes[:-1]) + " or " + suffixes[-1]


def _warn(message: str) -> None:
    warnings.warn(message, UserWarning, stacklevel=3)
