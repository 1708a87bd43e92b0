"""Files to documents and bitexts: one module a format family, chosen by suffix."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mtaudit.errors import FormatError, UnreadableError
from mtaudit.readers.decode import declared_encoding, decode, from_string, guess_notice, load
from mtaudit.types import Bitext, Document

__all__ = [
    "is_bilingual",
    "is_catalogue_pair",
    "is_streamed",
    "iter_bitexts",
    "read",
    "read_bitext",
    "read_catalogues",
    "read_text",
]

_PLAIN = ("", ".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_RST = (".rst", ".rest")
_SUBTITLES = (".srt", ".vtt")
_WORD = (".docx",)
#: Both sides in one file: module and function, which yields `units.Item`s.
_BILINGUAL = MappingProxyType(
    {
        ".tsv": ("tsv", "read_tsv"),
        ".tab": ("tsv", "read_tsv"),
        ".csv": ("csv", "read_csv"),
        ".jsonl": ("jsonl", "read_jsonl"),
        ".ndjson": ("jsonl", "read_jsonl"),
        ".xlf": ("xliff", "read_xliff"),
        ".xliff": ("xliff", "read_xliff"),
        ".tmx": ("tmx", "read_tmx"),
        ".po": ("po", "read_po"),
        ".pot": ("po", "read_po"),
        ".mo": ("mo", "read_mo"),
        ".ts": ("qt", "read_qt"),
        ".xcstrings": ("xcstrings", "read_xcstrings"),
    }
)
#: One language a file, entries by key: module and function, which yields `catalogue.CatalogueItem`s.
_CATALOGUES = MappingProxyType(
    {
        ".json": ("json_catalogue", "read_json"),
        ".arb": ("json_catalogue", "read_arb"),
        ".yaml": ("yaml_catalogue", "read_yaml"),
        ".yml": ("yaml_catalogue", "read_yaml"),
        ".properties": ("properties", "read_properties"),
        ".xml": ("android", "read_android"),
        ".strings": ("apple_strings", "read_strings"),
        ".resx": ("resx", "read_resx"),
        ".ftl": ("fluent", "read_fluent"),
    }
)
#: Formats of which only the unit at hand is in memory.
_STREAMED = frozenset({".tsv", ".tab", ".jsonl", ".ndjson", ".tmx", ".xlf", ".xliff", ".ts"})


def read(path: Path | str, language: str, *, warn: Callable[[str], None] | None = None) -> Document:
    """Read a monolingual file.

    Plain text is .txt, .text or no suffix, Markdown .md or .markdown, HTML .html, .htm or .xhtml, reStructuredText .rst
    or .rest, Word .docx, subtitles .srt or .vtt. `warn` is given a sentence for the user when the encoding had to be
    guessed, or a part is not read; where there is no `warn`, it becomes a Python warning.

    Raises:
        UnreadableError: missing, a folder, no permission, binary, damaged, or in no known encoding.
        EmptyError: nothing but white space, code or markup.
        FormatError: a suffix that is not read, a block of more than 200,000 characters that is no prose, or a file that
            is not safe to open.
    """
    path = _file(path)
    suffix = path.suffix.lower()
    if suffix in _BILINGUAL:
        raise FormatError(str(path), "this file holds two languages", "Give it alone, as a bilingual file")
    if suffix in _CATALOGUES:
        cause = "this is a catalogue of messages, which is matched with another by its keys"
        raise FormatError(str(path), cause, "Give the source's catalogue and the translation's, of the same format")
    if suffix not in (*_PLAIN, *_MARKDOWN, *_HTML, *_RST, *_SUBTITLES, *_WORD):
        raise FormatError(str(path), f"files ending in {suffix} are not read", f"Save it as {_suffixes()}")
    # The formats are imported only when they are met, as they bring their parsers along.
    if suffix in _WORD:
        from mtaudit.readers.docx import read_docx

        return read_docx(path, language, warn or _warn)
    name, data = str(path), load(path)
    decoded = decode(data, name, declared_encoding(data) if suffix in _HTML else None)
    if decoded.guessed:
        (warn or _warn)(guess_notice(name, decoded.encoding))
    return _read_decoded(decoded.text, name, suffix, language, warn or _warn)


def _read_decoded(text: str, name: str, suffix: str, language: str, warn: Callable[[str], None]) -> Document:
    if suffix in _HTML:
        from mtaudit.readers.html import read_html

        return read_html(text, name, language, xml=suffix == ".xhtml")
    if suffix in _MARKDOWN:
        from mtaudit.readers.markdown import read_markdown

        return read_markdown(text, name, language)
    if suffix in _RST:
        from mtaudit.readers.rst import read_rst

        return read_rst(text, name, language, warn)
    if suffix in _SUBTITLES:
        from mtaudit.readers.subtitles import read_subtitles

        return read_subtitles(text, name, language, warn)
    from mtaudit.readers.plain import read_plain

    return read_plain(text, name, language)


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
    """Read a bilingual file: TSV, CSV, JSON Lines, XLIFF, TMX, gettext's PO and MO, Qt's TS, Apple's .xcstrings.

    docs/formats.md says what each is taken for. Units that cannot be used are in `bad_input` of the bitext. `und` for a
    language takes the one that the file names; `warn` is as in `read`, and hears what was left out on purpose too.

    Raises:
        UnreadableError: missing, a folder, no permission, binary, or in no known encoding.
        EmptyError: no pairs, or a side without any text.
        FormatError: a suffix that is not read, no unit that is a pair, or a file that is not safe to open.
        LanguageError: the file is in other languages.
    """
    return next(iter_bitexts(path, source_language, target_language, warn=warn))


def iter_bitexts(
    path: Path | str,
    source_language: str,
    target_language: str,
    *,
    size: int | None = None,
    warn: Callable[[str], None] | None = None,
) -> Iterator[Bitext]:
    """Read a bilingual file in bitexts of `size` pairs; otherwise as `read_bitext`.

    Pairs count from 0 in each. For the formats of `is_streamed` no more than one bitext is in memory. Errors that only
    the whole file shows (a side without any text) are raised at its end.
    """
    from mtaudit.readers.units import Languages, bitexts

    path = _file(path)
    if not is_bilingual(path):
        names = _or(tuple(_BILINGUAL))
        raise FormatError(
            str(path), "this is no bilingual file", f"Give source and target, or a file ending in {names}"
        )
    languages = Languages(source_language, target_language)
    reader = _function(_BILINGUAL[path.suffix.lower()])
    yield from bitexts(reader(path, languages, warn or _warn), str(path), languages, size)


def read_catalogues(
    source: Path | str,
    target: Path | str,
    source_language: str,
    target_language: str,
    *,
    warn: Callable[[str], None] | None = None,
) -> Bitext:
    """Read two catalogues of one format and match their entries by key.

    The formats are JSON, ARB, YAML, .properties, Android's and Apple's strings, RESX and Fluent.

    Raises:
        UnreadableError, EmptyError, FormatError: as `read_bitext`, for either file; or the two formats differ.
    """
    from mtaudit.readers import catalogue
    from mtaudit.readers.units import Languages, bitexts

    source, target = _file(source), _file(target)
    readers = {_CATALOGUES.get(path.suffix.lower()) for path in (source, target)}
    if len(readers) != 1 or None in readers:
        cause = "the two files are not catalogues of one format"
        raise FormatError(f"{source}, {target}", cause, f"Give two files of one of {_or(tuple(_CATALOGUES))}")
    languages = Languages(source_language, target_language)
    reader = _function(_CATALOGUES[source.suffix.lower()])
    items = catalogue.read_catalogues(source, target, reader, languages, warn or _warn)
    return next(bitexts(items, str(target), languages))


def is_bilingual(path: Path | str) -> bool:
    """Whether files of that suffix hold both sides, so that `read_bitext` is to read them."""
    return Path(path).suffix.lower() in _BILINGUAL


def is_catalogue_pair(source: Path | str, target: Path | str) -> bool:
    """Whether the two are catalogues, so that `read_catalogues` is to read them (or to say why it cannot)."""
    return all(Path(path).suffix.lower() in _CATALOGUES for path in (source, target))


def is_streamed(path: Path | str) -> bool:
    """Whether files of that suffix are read unit by unit, so that memory does not grow with the file."""
    return Path(path).suffix.lower() in _STREAMED


def _function(entry: tuple[str, str]) -> Any:
    module, function = entry
    return getattr(import_module(f"{__name__}.{module}"), function)


def _file(path: Path | str) -> Path:
    if str(path) == "-":
        raise UnreadableError("-", "standard input is not read", "Save the text to a file")
    return Path(path)


def _suffixes() -> str:
    alone = _or((*_PLAIN[1:], *_MARKDOWN, *_HTML, *_RST, *_SUBTITLES, *_WORD))
    return f"{alone}, or both sides as one {_or(tuple(_BILINGUAL))} file"


def _or(suffixes: tuple[str, ...]) -> str:
    return ", ".join(suffixes[:-1]) + " or " + suffixes[-1]


def _warn(message: str) -> None:
    warnings.warn(message, UserWarning, stacklevel=3)
