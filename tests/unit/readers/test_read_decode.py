"""Encodings that people have, and what is said of files that are in none."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.errors import UnreadableError
from mtaudit.readers.decode import Decoded, declared_encoding, decode, decode_lines, from_string, load

GERMAN = "Für größere Städte gilt das nicht.\nDie Kosten: 12 €.\n"
RUSSIAN = "Новые правила вступают в силу в мае 2024 года."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"Only ASCII.", Decoded("Only ASCII.", "utf-8", False), id="ascii"),
        pytest.param(GERMAN.encode(), Decoded(GERMAN, "utf-8", False), id="utf-8"),
        pytest.param(GERMAN.encode("utf-8-sig"), Decoded(GERMAN, "utf-8", False), id="utf-8 with mark"),
        pytest.param(b"\xff\xfe" + GERMAN.encode("utf-16-le"), Decoded(GERMAN, "utf-16-le", False), id="utf-16-le"),
        pytest.param(b"\xfe\xff" + GERMAN.encode("utf-16-be"), Decoded(GERMAN, "utf-16-be", False), id="utf-16-be"),
        pytest.param(GERMAN.encode("utf-32"), Decoded(GERMAN, "utf-32-le", False), id="utf-32"),
        pytest.param(GERMAN.encode("utf-16-le"), Decoded(GERMAN, "utf-16-le", True), id="utf-16-le without mark"),
        pytest.param(GERMAN.encode("utf-16-be"), Decoded(GERMAN, "utf-16-be", True), id="utf-16-be without mark"),
        pytest.param(RUSSIAN.encode("utf-16-le"), Decoded(RUSSIAN, "utf-16-le", True), id="utf-16 in Cyrillic"),
        pytest.param(GERMAN.encode("cp1252"), Decoded(GERMAN, "windows-1252", True), id="windows-1252"),
        pytest.param(b"one\r\ntwo\rthree\n", Decoded("one\ntwo\nthree\n", "utf-8", False), id="line ends"),
        pytest.param("one\r\ntwo".encode("utf-16"), Decoded("one\ntwo", "utf-16-le", False), id="line ends in utf-16"),
        pytest.param("Für".encode(), Decoded("Für", "utf-8", False), id="mojibake in UTF-8 is text"),
    ],
)
def test_decode(data: bytes, expected: Decoded) -> None:
    assert decode(data, "a.txt") == expected


@pytest.mark.parametrize(
    ("data", "place", "cause"),
    [
        pytest.param(b"One.\nTwo\0.\n", "a.txt:2", "byte 9 is NUL: the file is binary", id="NUL"),
        pytest.param(b"\0\1\2\3" * 40, "a.txt:1", "byte 1 is NUL", id="binary"),
        pytest.param(
            GERMAN.encode() + b"Mi\xdfklang\n", "a.txt:3", "the file is UTF-8, but byte 62 is not", id="damaged UTF-8"
        ),
        pytest.param(GERMAN.encode()[:-3], "a.txt:2", "the file is UTF-8, but byte 55 is not", id="cut off UTF-8"),
        pytest.param(
            b"Gr\xf6\xdfe\r\nund \x81\r\n",
            "a.txt:2",
            "the file is neither UTF-8 nor Windows-1252 (byte 12 is 0x81)",
            id="undefined in Windows-1252",
        ),
        pytest.param(
            b"Gr\xf6\xdfe \x02", "a.txt:1", "neither UTF-8 nor Windows-1252 (byte 7 is 0x02)", id="control character"
        ),
        pytest.param(
            RUSSIAN.encode("cp1251"), "a.txt:1", "neither UTF-8 nor Windows-1252 (byte 1 is 0xCD)", id="Cyrillic"
        ),
        pytest.param(
            b"\xff\xfe" + "Zwei\nĊorte".encode("utf-16-le") + b"x",
            "a.txt:2",
            "byte 23 is not valid UTF-16-LE, which the file says it is in",
            id="half a character",
        ),
        pytest.param(b"\xef\xbb\xbfGr\xf6\xdfe", "a.txt:1", "byte 6 is not valid UTF-8", id="mark of another encoding"),
        pytest.param("a\n\0".encode("utf-16"), "a.txt:2", "there is a NUL character", id="NUL in UTF-16"),
    ],
)
def test_undecodable(data: bytes, place: str, cause: str) -> None:
    with pytest.raises(UnreadableError) as error:
        decode(data, "a.txt")
    assert error.value.place == place
    assert cause in error.value.cause
    assert error.value.remedy


def test_the_remedy_is_a_command() -> None:
    with pytest.raises(UnreadableError) as error:
        decode(RUSSIAN.encode("koi8-r"), "a.txt")
    assert str(error.value).endswith("Save it as UTF-8, for instance with: iconv -f ITS-ENCODING -t UTF-8.")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(b"%PDF-1.7\n", "a PDF document", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\0", "a ZIP archive, such as a Word (.docx)", id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document", id="doc"),
        pytest.param(b"{\\rtf1\\ansi Text}", "an RTF document", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a PNG image", id="png"),
        pytest.param(gzip.compress(b"Text"), "a gzip archive", id="gzip"),
    ],
)
def test_binary_formats_are_named(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as error:
        load(path)
    assert error.value.place == str(path)
    assert error.value.cause.startswith(f"this is {what}")
    assert error.value.remedy == "Save it as plain text, Markdown or HTML"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param('<meta charset="utf-8">', "utf-8", id="meta"),
        pytest.param("<META CHARSET=ISO-8859-1>", "cp1252", id="latin-1 is Windows-1252 on the web"),
        pytest.param("<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>", "koi8-r", id="http-equiv"),
        pytest.param('<?xml version="1.0" encoding="iso-8859-2"?>', "iso8859-2", id="XML declaration"),
        pytest.param("<p>charset=koi8-r</p>", None, id="no declaration"),
        pytest.param("<meta charset=rot13>", None, id="no text encoding"),
        pytest.param("<meta charset=unicode_escape>", None, id="no encoding of files"),
        pytest.param("<meta charset=klingon>", None, id="unknown"),
    ],
)
def test_declared_encoding(head: str, encoding: str | None) -> None:
    assert declared_encoding(head.encode()) == encoding


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "expected"),
    [
        pytest.param(RUSSIAN, "koi8-r", "koi8-r", Decoded(RUSSIAN, "koi8-r", False), id="declared"),
        pytest.param(GERMAN, "cp1252", "cp1252", Decoded(GERMAN, "cp1252", False), id="declared Windows-1252"),
        pytest.param(GERMAN, "utf-8", "cp1252", Decoded(GERMAN, "utf-8", True), id="declaration is wrong"),
        pytest.param("ASCII", "ascii", "cp1252", Decoded("ASCII", "utf-8", False), id="no matter which"),
        pytest.param(GERMAN, "cp1252", "utf-8", Decoded(GERMAN, "windows-1252", True), id="says UTF-8 but is not"),
        pytest.param(GERMAN, "utf-8-sig", "cp1252", Decoded(GERMAN, "utf-8", False), id="the mark counts more"),
    ],
)
def test_declaration_and_bytes(text: str, encoding: str, declared: str, expected: Decoded) -> None:
    assert decode(text.encode(encoding), "a.html", declared) == expected


@pytest.mark.parametrize(
    ("data", "lines", "encoding", "guessed"),
    [
        pytest.param("a\r\nü\n".encode(), ("a", "ü", ""), "utf-8", False, id="utf-8"),
        pytest.param("ü\n".encode() + b"\xfc\nb", ("ü", None, "b"), "utf-8", False, id="one line is not"),
        pytest.param(b"a\nb\0c\nd", ("a", None, "d"), "utf-8", False, id="one line holds a NUL"),
        pytest.param(b"Gr\xf6\xdfe\nb", ("Größe", "b"), "windows-1252", True, id="windows-1252"),
        pytest.param(b"Gr\xf6\xdfe\nund \x81", ("Größe", None), "windows-1252", True, id="and one line is not"),
        pytest.param("ü\nb".encode("utf-16"), ("ü", "b"), "utf-16-le", False, id="utf-16"),
        pytest.param(b"\xef\xbb\xbfa\n\xff", ("a", None), "utf-8", False, id="the mark says UTF-8"),
    ],
)
def test_decode_lines(data: bytes, lines: tuple[str | None, ...], encoding: str, guessed: bool) -> None:
    decoded = decode_lines(data, "a.tsv")
    assert (decoded.lines, decoded.encoding, decoded.guessed) == (lines, encoding, guessed)


def test_lines_of_no_known_encoding() -> None:
    with pytest.raises(UnreadableError, match=r"a.tsv:2: the file is neither UTF-8 nor Windows-1252"):
        decode_lines(b"a\n" + RUSSIAN.encode("cp1251"), "a.tsv")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        pytest.param("ab\0", "character 3 is NUL", id="NUL"),
        pytest.param("a\ud83d", "character 2 is half of a surrogate pair", id="surrogate"),
    ],
)
def test_strings_that_no_file_could_hold(text: str, cause: str) -> None:
    with pytest.raises(UnreadableError) as error:
        from_string(text, "<text>")
    assert (error.value.place, error.value.cause) == ("<text>", cause)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60), st.sampled_from([None, "utf-8", "cp1252", "shift_jis"]))
def test_any_bytes_are_text_or_an_error(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, "wild", declared).text
    except UnreadableError:
        return
    assert "\0" not in text
    assert "\r" not in text


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=60),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_unicode_with_a_mark_round_trips(text: str, encoding: str) -> None:
    if encoding == "utf-8" and text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
    assert decode(text.encode(encoding), "wild").text == text
