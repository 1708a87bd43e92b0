"""Tab-separated pairs: columns, gaps, bad lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.errors import EmptyError, FormatError, InputError, LanguageError, UnreadableError
from mtaudit.readers import read_bitext
from mtaudit.types import Bitext, Position, Side


def read(tmp_path: Path, data: bytes | str, languages: tuple[str, str] = ("en", "de")) -> Bitext:
    path = tmp_path / "pairs.tsv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_bitext(path, *languages)


def texts(bitext: Bitext) -> list[tuple[str | None, str | None]]:
    assert bitext.pairs is not None
    return [(bitext.text(pair, Side.SOURCE), bitext.text(pair, Side.TARGET)) for pair in bitext.pairs]


@pytest.mark.parametrize(
    ("data", "pairs"),
    [
        pytest.param("One.\tEins.\nTwo.\tZwei.\n", [("One.", "Eins."), ("Two.", "Zwei.")], id="pairs"),
        pytest.param("One.\tEins.\r\n\r\n  \nTwo.\tZwei.", [("One.", "Eins."), ("Two.", "Zwei.")], id="blank lines"),
        pytest.param("One.\t\n \tZwei.\n", [("One.", None), (None, "Zwei.")], id="gaps"),
        pytest.param(" One. \t\u00a0Eins. \n", [("One.", "Eins.")], id="white space around cells"),
        pytest.param('"One\t"Eins"\\n\n', [('"One', '"Eins"\\n')], id="nothing is quoted or escaped"),
        pytest.param("Same.\tGleich.\nSame.\tGleich.\n", [("Same.", "Gleich.")] * 2, id="repeated pairs stay"),
        pytest.param("source\ttarget\na\tb\n", [("a", "b")], id="header of words"),
        pytest.param("\nEN\tde\na\tb\n", [("a", "b")], id="header of codes"),
        pytest.param("target\tsource\nb\ta\n", [("a", "b")], id="columns the other way round"),
        pytest.param("id\tSRC\tscore\tTranslation\n1\ta\t0.5\tb\n", [("a", "b")], id="other columns beside"),
        pytest.param("source text\ttarget_text\na\tb\n", [("a", "b")], id="header of two words"),
        pytest.param("source\tQuelle\na\tb\n", [("source", "Quelle"), ("a", "b")], id="no header"),
        pytest.param("\ufeffone\teins\n", [("one", "eins")], id="byte order mark"),
    ],
)
def test_pairs(tmp_path: Path, data: str, pairs: list[tuple[str | None, str | None]]) -> None:
    bitext = read(tmp_path, data)
    assert texts(bitext) == pairs
    assert bitext.bad_input == ()


@pytest.mark.parametrize(
    ("header", "languages", "pair"),
    [
        pytest.param("en-GB\tde_AT", ("en-gb", "de-AT"), ("a", "b"), id="full codes"),
        pytest.param("en\tde", ("en-GB", "de-AT"), ("a", "b"), id="base codes"),
        pytest.param("pt-PT\tpt-BR", ("pt-BR", "pt-PT"), ("b", "a"), id="two kinds of one language"),
    ],
)
def test_header_of_codes(tmp_path: Path, header: str, languages: tuple[str, str], pair: tuple[str, str]) -> None:
    assert texts(read(tmp_path, f"{header}\na\tb\n", languages)) == [pair]


def test_records_fit_together(tmp_path: Path) -> None:
    bitext = read(tmp_path, "One.\t\nTwo.\tZwei.\n")
    assert bitext.source is not None
    assert bitext.pairs is not None
    assert (bitext.source.text, bitext.target.text) == ("One.\n\nTwo.", "Zwei.")
    assert (bitext.source.language, bitext.target.language) == ("en", "de")
    assert [pair.index for pair in bitext.pairs] == [0, 1]
    assert [pair.alignment for pair in bitext.pairs] == ["1-0", "1-1"]
    assert [segment.index for pair in bitext.pairs for segment in pair.source] == [0, 1]
    for side in Side:
        document = bitext.document(side)
        assert document is not None
        for pair in bitext.pairs:
            for segment in pair.segments(side):
                assert document.text[segment.span.start : segment.span.end] == segment.text


def test_positions(tmp_path: Path) -> None:
    bitext = read(tmp_path, "source\tnote\ttarget\r\n\r\nOne\tx\t Eins\r\nbad\r\nTwo\t\tZwei und\r\n")
    assert bitext.source is not None
    assert bitext.source.position(bitext.source.text.index("Two")) == Position(5, 1)
    assert bitext.target.position(bitext.target.text.index("Eins")) == Position(3, 8)
    assert bitext.target.position(bitext.target.text.index("und")) == Position(5, 11)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b"only one", "the line has 1 column, not 2", id="one column"),
        pytest.param(b"a\tb\tc", "the line has 3 columns, not 2", id="three columns"),
        pytest.param(b"\t", "both sides of the pair are empty", id="empty pair"),
        pytest.param(b"\xfc\tb", "the line is not valid UTF-8, or holds a NUL character", id="undecodable"),
        pytest.param(b"a\tb\0", "the line is not valid UTF-8, or holds a NUL character", id="NUL"),
        pytest.param(b"a\t" + b"x" * 200_001, "a cell has more than 200,000 characters", id="endless cell"),
    ],
)
def test_bad_lines_cost_no_good_ones(tmp_path: Path, line: bytes, reason: str) -> None:
    bitext = read(tmp_path, "Tür\tdoor\n".encode() + line + b"\nlast\tletzte\n")
    assert texts(bitext) == [("Tür", "door"), ("last", "letzte")]
    assert bitext.target.position(bitext.target.text.index("letzte")) == Position(3, 6)
    (bad,) = bitext.bad_input
    assert (bad.path, bad.line, bad.reason) == (str(tmp_path / "pairs.tsv"), 2, reason)
    assert bad.remedy


def test_windows_1252_is_told(tmp_path: Path) -> None:
    path = tmp_path / "old.tab"
    path.write_bytes("door\tTür\n".encode("cp1252"))
    told: list[str] = []
    assert texts(read_bitext(path, "en", "de", warn=told.append)) == [("door", "Tür")]
    assert " ".join(told) == (
        f"{path}: nothing proves the encoding of this file; it was read as windows-1252. "
        "If letters look wrong, save it as UTF-8."
    )


@pytest.mark.parametrize(
    ("data", "kind", "place", "cause", "remedy"),
    [
        pytest.param(
            "",
            EmptyError,
            "",
            "the file is empty",
            "Give a file with sentences in it",
            id="empty",
        ),
        pytest.param(
            "source\ttarget\n",
            EmptyError,
            "",
            "there are no pairs in the file",
            "Give a file in which units have a source and a translation",
            id="only a header",
        ),
        pytest.param(
            "a\t\nb\t\n",
            EmptyError,
            "",
            "the target side has no text",
            "Check the file; a translation alone is no pair",
            id="no translations",
        ),
        pytest.param(
            "a\tb\tc\nd\te\tf\n",
            FormatError,
            ":1",
            "no unit of the file can be used: the line has 3 columns, not 2",
            "Give two columns, or name the two that count in a first row: source, target",
            id="no pairs",
        ),
        pytest.param(
            "en\tfr\na\tb\n",
            LanguageError,
            ":1",
            "the header says en and fr, not en and de",
            "Give the languages that the file is in",
            id="other language",
        ),
    ],
)
def test_unusable(tmp_path: Path, *, data: str, kind: type[InputError], place: str, cause: str, remedy: str) -> None:
    with pytest.raises(kind) as error:
        read(tmp_path, data)
    assert (error.value.place, error.value.cause, error.value.remedy) == (
        f"{tmp_path / 'pairs.tsv'}{place}",
        cause,
        remedy,
    )


def test_binary(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"this is a ZIP archive"):
        read(tmp_path, b"PK\x03\x04")


def test_no_bilingual_file(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as error:
        read_bitext(tmp_path / "a.txt", "en", "de")
    assert error.value.cause == "this is no bilingual file"
    assert error.value.remedy == (
        "Give source and target, or a file ending in .tsv, .tab, .csv, .jsonl, .ndjson, .xlf, .xliff, .tmx, .po, .pot, "
        ".mo, .ts or .xcstrings"
    )


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r\0"), max_size=12)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    original = "Source\tTarget\n" + "\n".join("\t".join(row) for row in rows)
    expected = [(left.strip() or None, right.strip() or None) for left, right in rows]
    try:
        bitext = read(tmp_path_factory.mktemp("rows"), original)
    except InputError:
        assert any(all(side is None for side in sides) for sides in zip(*expected, strict=True))
        return
    assert texts(bitext) == [pair for pair in expected if any(pair)]
    lines = original.split("\n")
    for side in Side:
        document = bitext.document(side)
        assert document is not None
        assert bitext.pairs is not None
        for pair in bitext.pairs:
            for segment in pair.segments(side):
                position = document.position(segment.span.start)
                assert lines[position.line - 1][position.column - 1 :].startswith(segment.text)


@pytest.mark.parametrize(
    ("first", "languages", "count"),
    [
        pytest.param("en\tde", ("en", "de"), 1, id="two codes"),
        pytest.param("de-AT\ten", ("de-AT", "en"), 1, id="other order, with region"),
        pytest.param("ok\tja", ("und", "und"), 2, id="one is no language"),
        pytest.param("en\ten", ("und", "und"), 2, id="the same twice"),
    ],
)
def test_languages_that_were_not_said_come_from_the_header(
    tmp_path: Path, first: str, languages: tuple[str, str], count: int
) -> None:
    bitext = read(tmp_path, f"{first}\na\tb\n", ("und", "und"))
    assert bitext.source is not None
    assert (bitext.source.language, bitext.target.language) == languages
    assert bitext.pairs is not None
    assert len(bitext.pairs) == count
