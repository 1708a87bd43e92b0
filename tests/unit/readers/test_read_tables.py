"""CSV and JSON Lines: columns and keys, quoting, places, bad rows; lines of files that are streamed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.errors import EmptyError, FormatError, InputError, LanguageError, UnreadableError
from mtaudit.readers import lines, units
from mtaudit.readers.decode import decode_lines
from mtaudit.types import Side
from tests.unit.readers.formats import assert_places, read, where


@pytest.mark.parametrize(
    ("data", "pairs"),
    [
        pytest.param("source,target\nOne,Eins\n", [("", "One", "Eins")], id="header"),
        pytest.param('"One, two",Eins\n', [("", "One, two", "Eins")], id="quoted separator"),
        pytest.param('a,"say ""hi"""\r\n', [("", "a", 'say "hi"')], id="doubled quotes"),
        pytest.param('a,"one\r\ntwo"\r\nb,c\r\n', [("", "a", "one\ntwo"), ("", "b", "c")], id="line end inside"),
        pytest.param("de;en;id\nEins;One;k1\n", [("k1", "One", "Eins")], id="semicolons, codes and ids"),
        pytest.param("target\tsource\nb\ta\n", [("", "a", "b")], id="tabs"),
        pytest.param("\ufeffkey,source,target\nk,مرحبا,שלום\n", [("k", "مرحبا", "שלום")], id="right to left"),
        pytest.param("\n,\none,\n,zwei\n", [("", "one", None), ("", None, "zwei")], id="gaps and blank rows"),
    ],
)
def test_csv(tmp_path: Path, data: str, pairs: list[tuple[str, str | None, str | None]]) -> None:
    found = read(tmp_path / "a.csv", data, ("en", "de"))
    assert (found.pairs, found.bad) == (pairs, [])


def test_csv_places(tmp_path: Path) -> None:
    original = 'x,source,target\n1,"say ""hi"" there", Tür\n2,b,"one\ntwo"\n'
    found = read(tmp_path / "a.csv", original, ("en", "de"))
    for side, words in ((Side.SOURCE, "there"), (Side.TARGET, "Tür"), (Side.TARGET, "two")):
        assert found.place(side, words) == where(original, words)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('"a,b', "a quote is opened and never closed"),
        ('"a" b,c', "text stands behind a closing quote"),
        ("a,b,c", "the line has 3 columns, not 2"),
        ("," + "x" * 200_001, "a cell has more than 200,000 characters"),
    ],
)
def test_csv_rows_that_are_none(tmp_path: Path, row: str, reason: str) -> None:
    found = read(tmp_path / "a.csv", f"one,eins\n{row}\ntwo,zwei\n")
    assert [pair[1:] for pair in found.pairs] == [("one", "eins"), ("two", "zwei")]
    assert found.bad == [(2, reason)]


def test_csv_with_another_language(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="the header says en and fr, not en and de"):
        read(tmp_path / "a.csv", "en,fr\na,b\n", ("en", "de"))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_csv_of_the_standard_library(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("source", "target"), *rows])
    expected = [tuple(cell.strip() or None for cell in row) for row in rows if any(cell.strip() for cell in row)]
    try:
        found = read(tmp_path_factory.mktemp("csv") / "a.csv", stream.getvalue())
    except InputError:
        assert any(all(side is None for side in sides) for sides in zip(*expected, strict=True)) or not expected
        return
    assert [pair[1:] for pair in found.pairs] == expected


@pytest.mark.parametrize(
    ("data", "languages", "pairs"),
    [
        pytest.param('{"source": "a", "target": "b"}\n', ("en", "de"), [("", "a", "b")], id="words"),
        pytest.param('{"id": 7, "de": "b", "en": "a"}\n', ("en", "de"), [("7", "a", "b")], id="codes and an id"),
        pytest.param('{"translation": {"en": "a", "de": "b"}}', ("en", "de"), [("", "a", "b")], id="one level down"),
        pytest.param('{"translation": {"en": "a", "ru": "б"}}', ("und", "und"), [("", "a", "б")], id="found out"),
        pytest.param('{"src": "a", "mt": null}\n{"src": "b", "mt": "c"}', ("en", "de"),
                     [("", "a", None), ("", "b", "c")], id="a gap"),
        pytest.param('{"source": "\\u0041\\ud83d\\ude00\\n.", "target": "\\"q\\""}', ("en", "de"),
                     [("", "A😀\n.", '"q"')], id="escapes"),
    ],
)  # fmt: skip
def test_jsonl(
    tmp_path: Path, data: str, languages: tuple[str, str], pairs: list[tuple[str, str | None, str | None]]
) -> None:
    found = read(tmp_path / "a.jsonl", data, languages)
    assert (found.pairs, found.bad) == (pairs, [])


def test_jsonl_places(tmp_path: Path) -> None:
    original = '\r\n{"n": [1, {"a": "}"}], "source": "Qu\\u00e4y wall", "target":  "Kaimauer"}\r\n'
    found = read(tmp_path / "a.ndjson", original)
    assert found.place(Side.SOURCE, "Qu") == where(original, "Qu")
    assert found.place(Side.SOURCE, "wall") == where(original, "wall")
    assert_places(found, original, Side.TARGET)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no JSON", "this is no JSON object at column 1"),
        ('{"source": "a", "target": ', "expecting value at column 27"),
        ('{"source": "a" "target": "b"}', "a comma or closing brace is missing at column 16"),
        ('{"source": "a", "target": "b"} x', "something stands behind the object at column 32"),
        ('{"source": "a"}', "the object has no key target"),
        ('{"source": ["a"], "target": "b"}', "the object has no text under source"),
        ('{"source": "", "target": null}', "both sides of the pair are empty"),
        ("[" * 100_000, "this is no JSON object at column 1"),
        ('{"source": ' + "[" * 100_000, "objects and lists are nested more than 64 deep at column 75"),
        ('{"source": ' + "9" * 5000 + ', "target": "b"}', "Exceeds the limit (4300 digits) for integer string"),
    ],
)
def test_jsonl_lines_that_are_none(tmp_path: Path, line: str, reason: str) -> None:
    good = '{"source": "one", "target": "eins"}'
    found = read(tmp_path / "a.jsonl", f"{good}\n{line}\n{good}\n")
    assert len(found.pairs) == 2
    ((number, why),) = found.bad
    assert (number, why.startswith(reason)) == (2, True), why


def test_a_file_that_is_bad_from_its_first_line_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "MAX_USELESS", 3)
    good = '{"source": "one", "target": "eins"}\n'
    assert len(read(tmp_path / "a.jsonl", "bad\n" * 3 + good).pairs) == 1
    with pytest.raises(FormatError, match=r"a\.jsonl:1: no unit of the file can be used"):
        read(tmp_path / "a.jsonl", "bad\n" * 4 + good)


def test_jsonl_without_the_two_sides(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no keys of the object name source and target"):
        read(tmp_path / "a.jsonl", '{"text": "a"}\n')


JSON_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20).filter(str.strip)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(JSON_TEXT, JSON_TEXT), min_size=1, max_size=5), st.booleans())
def test_jsonl_of_the_standard_library(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], ascii_only: bool
) -> None:
    records = (json.dumps({"source": a, "target": b}, ensure_ascii=ascii_only) for a, b in rows)
    found = read(tmp_path_factory.mktemp("jsonl") / "a.jsonl", "\n".join(records))
    assert [pair[1:] for pair in found.pairs] == [(a.strip(), b.strip()) for a, b in rows]


class TestStreamedLines:
    """The same lines whatever the blocks that the file comes in."""

    @pytest.mark.parametrize("block", [1, 2, 3, 5, 1 << 20])
    @pytest.mark.parametrize(
        "data",
        [
            b"a\r\nb\rc\nd",
            "\ufeffä\r\n\r\nö".encode(),
            "Tür\nTor\r".encode("cp1252"),
            "ä\n".encode() + b"\xfc\nb\0",
            b"a\r",
            "Тест\n".encode("utf-16"),
        ],
    )
    def test_as_a_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, block: int) -> None:
        path = tmp_path / "a.tsv"
        path.write_bytes(data)
        monkeypatch.setattr(lines, "_BLOCK", max(block, 4))
        whole, streamed = decode_lines(data, "a"), lines.stream_lines(path)
        assert (list(streamed.lines), streamed.encoding, streamed.guessed) == (
            list(whole.lines), whole.encoding, whole.guessed,
        )  # fmt: skip

    def test_endless_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lines, "MAX_LINE", 100)
        monkeypatch.setattr(lines, "_BLOCK", 50)
        path = tmp_path / "a.tsv"
        path.write_bytes(b"a\tb\n" + b"x" * 500)
        with pytest.raises(FormatError, match=r"a\.tsv:2: the line is longer than 100 bytes"):
            list(lines.stream_lines(path).lines)

    @pytest.mark.parametrize(("data", "kind"), [(b" \n", EmptyError), ("Тест".encode("koi8-r"), UnreadableError)])
    def test_unusable(self, tmp_path: Path, data: bytes, kind: type[Exception]) -> None:
        path = tmp_path / "a.tsv"
        path.write_bytes(data)
        with pytest.raises(kind):
            lines.stream_lines(path)
