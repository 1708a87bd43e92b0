"""Which reader takes a file, and what is said of files that none takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mtaudit.errors import EmptyError, FormatError, UnreadableError
from mtaudit.readers import is_bilingual, read, read_bitext

MIXED = "<i>a</i> *b*"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.txt", MIXED, id="txt"),
        pytest.param("a.TEXT", MIXED, id="upper case"),
        pytest.param("README", MIXED, id="no suffix"),
        pytest.param("a.md", "a b", id="md"),
        pytest.param("a.markdown", "a b", id="markdown"),
        pytest.param("a.html", "a *b*", id="html"),
        pytest.param("a.htm", "a *b*", id="htm"),
        pytest.param("a.xhtml", "a *b*", id="xhtml"),
    ],
)
@pytest.mark.parametrize("kind", [Path, str])
def test_the_suffix_picks_the_reader(tmp_path: Path, name: str, text: str, kind: Callable[[Path], Path | str]) -> None:
    path = tmp_path / name
    path.write_text(MIXED, encoding="utf-8")
    document = read(kind(path), "de-AT")
    assert (document.path, document.language, document.text) == (str(path), "de-AT", text)


@pytest.mark.parametrize(
    ("name", "bilingual"), [("a.tsv", True), ("a.TAB", True), ("a.txt", False), ("a", False), ("tsv", False)]
)
def test_is_bilingual(name: str, bilingual: bool) -> None:
    assert is_bilingual(name) is bilingual
    assert is_bilingual(Path(name)) is bilingual


@pytest.mark.parametrize(
    ("name", "cause", "remedy"),
    [
        pytest.param(
            "a.odt",
            "files ending in .odt are not read",
            "Save it as .txt, .text, .md, .markdown, .html, .htm, .xhtml, .rst, .rest, .srt, .vtt or .docx, or both"
            " sides as one .tsv, .tab, .csv, .jsonl, .ndjson, .xlf, .xliff, .tmx, .po, .pot, .mo, .ts or .xcstrings"
            " file",
            id="unknown",
        ),
        pytest.param(
            "a.json",
            "this is a catalogue of messages, which is matched with another by its keys",
            "Give the source's catalogue and the translation's, of the same format",
            id="catalogue",
        ),
        pytest.param("a.tsv", "this file holds two languages", "Give it alone, as a bilingual file", id="bilingual"),
    ],
)
def test_suffixes_that_are_not_read(name: str, cause: str, remedy: str) -> None:
    with pytest.raises(FormatError) as error:
        read(name, "en")
    assert (error.value.place, error.value.cause, error.value.remedy) == (name, cause, remedy)


def denied(*_: object) -> bytes:
    raise PermissionError(13, "Permission denied")


def broken(*_: object) -> bytes:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".tsv"])
class TestUnreadable:
    def message(self, path: Path) -> tuple[str, str]:
        with pytest.raises(UnreadableError) as error:
            read_bitext(path, "en", "de") if is_bilingual(path) else read(path, "en")
        assert error.value.place == str(path)
        return error.value.cause, error.value.remedy

    def test_missing(self, tmp_path: Path, suffix: str) -> None:
        assert self.message(tmp_path / f"a{suffix}") == ("there is no such file", "Check the name and the folder")

    def test_folder(self, tmp_path: Path, suffix: str) -> None:
        folder = tmp_path / f"a{suffix}"
        folder.mkdir()
        assert self.message(folder) == ("this is a folder", "Name the files in it")

    def test_no_permission(self, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Path, "read_bytes", denied)
        monkeypatch.setattr(Path, "open", denied)
        assert self.message(tmp_path / f"a{suffix}") == ("you may not read it", "Check the permissions of the file")

    def test_disk_error(self, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Path, "read_bytes", broken)
        monkeypatch.setattr(Path, "open", broken)
        cause, remedy = self.message(tmp_path / f"a{suffix}")
        assert (cause, remedy) == ("it cannot be read (Input/output error)", "Check the file and the disk")


def test_standard_input() -> None:
    with pytest.raises(UnreadableError, match=r"-: standard input is not read. Save the text to a file."):
        read("-", "en")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe \0"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_empty(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(data)
    with pytest.raises(EmptyError) as error:
        read(path, "en")
    assert error.value.place == str(path)


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        pytest.param("a.txt", "Größe".encode("cp1252"), "Größe", id="plain"),
        pytest.param("a.md", "*Größe*".encode("cp1252"), "Größe", id="markdown"),
        pytest.param("a.html", "<p>Größe".encode("cp1252"), "Größe", id="html without a declaration"),
        pytest.param("a.html", "<meta charset=utf-8><p>Größe".encode("cp1252"), "Größe", id="html that is wrong"),
        pytest.param("a.html", "<meta charset=latin1><p>Größe".encode(), "Größe", id="html that is UTF-8 after all"),
    ],
)
def test_guessed_encodings_are_told(tmp_path: Path, name: str, data: bytes, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told: list[str] = []
    assert read(path, "de", warn=told.append).text == text
    assert len(told) == 1
    assert told[0].startswith(f"{path}: nothing proves the encoding of this file; it was read as ")
    with pytest.warns(UserWarning, match=r"nothing proves the encoding"):
        read(path, "de")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.txt", "Größe".encode(), id="UTF-8"),
        pytest.param("a.html", "<meta charset=iso-8859-1><p>Größe".encode("latin-1"), id="declared"),
    ],
)
def test_known_encodings_are_not(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told: list[str] = []
    assert read(path, "de", warn=told.append).text == "Größe"
    assert told == []
