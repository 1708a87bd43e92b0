"""Reading the configuration: what is wrong is said with its line, and what was meant."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtaudit.errors import ConfigError
from mtaudit.project import load
from mtaudit.project.keylines import key_lines
from mtaudit.project.show import _toml

CONTENT = '\n[[content]]\nsource = "en/*.md"\ntarget = "{lang}/*.md"\nlanguages = ["de"]\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("fail_on = 'major'" + CONTENT, ["mtaudit.toml:1: fail_on: unknown key", "Did you mean fail-on?"]),
        ("[mtaudit]\nprofile = 'x'", ["mtaudit.toml:1: mtaudit: unknown key", "the keys stand at the top"]),
        ("[tool.mtaudit]\nprofile = 'x'", ["mtaudit.toml: tool: unknown key", "the keys stand at the top"]),
        ("\nprofil = 'x'" + CONTENT, ["mtaudit.toml:2: profil", "Did you mean profile?"]),
        (CONTENT + 'profile = "x"', ["mtaudit.toml:6: content[0].profile", "profile belongs above the first table"]),
        ("source = 'x'" + CONTENT, ["mtaudit.toml:1: source", "source belongs into [[content]]"]),
        ("fail-on = 'fatal'" + CONTENT, ["mtaudit.toml:1: fail-on: 'fatal' is not one of none, minor"]),
        ("max-suspicion = 'high'" + CONTENT, ["a number belongs here, not a text"]),
        ("max-suspicion = 1.5" + CONTENT, ["mtaudit.toml:1: max-suspicion: 1.5 is not from 0 to 1"]),
        ("max-expected-bad = -1.0" + CONTENT, ["-1.0 is no number of sentences"]),
        ("cache-size = 0" + CONTENT, ["0 leaves no room"]),
        ("source-language = 'english'" + CONTENT, ["this is no language code"]),
        ("source-language = 'de'" + CONTENT, ["mtaudit.toml:5: content[0].languages: de is the source language"]),
        ("glossary = 'terms.tsv'" + CONTENT, ["mtaudit.toml:1: glossary: there is no file"]),
        ("severity = { MT106 = 'bad' }" + CONTENT, ["'bad' is not one of neutral, minor"]),
        ("profile = " + CONTENT, ["mtaudit.toml:1:11: not TOML"]),
        ("profile = 'checks'", ["it names no content"]),
        ("[content]\nsource = 'x'", ["Write [[content]] with two brackets"]),
        ("[[content]]\nsource = 'x/*.md'", ["mtaudit.toml:1: content[0]: it has no target"]),
        ("[[content]]\nfiles = 'x'\nsource = 'y'\ntarget = 'z'", ["both files and source or target"]),
        ("[[content]]\nsource = 'a/*.md'\ntarget = 'b/**/*.md'", ["its wildcards (**/ *)", "same order"]),
        ("[[content]]\nsource = 'a'\ntarget = 'b'\nlanguages = ['de', 'fr']", ["Put {lang}"]),
        ("[[content]]\nsource = 'a'\ntarget = 'a'", ["it is the source's pattern"]),
        ("[[content]]\nsource = '{lang}/a'\ntarget = 'b'", ["none is named", "source-language"]),
        ("[[content]]\nfiles = '*.po'\nlanguages = ['de', 'fr']", ["does not say which file is in which"]),
        ("[[content]]\nfiles = '../*.po'", ["does not lie in the folder"]),
        ("[[content]]\nfiles = 'a\\*.po'", ["backslash"]),
        ("[[content]]\nfiles = '{a,b}.po'", ["{a,b} has no meaning"]),
    ],
)
def test_what_is_wrong_is_said(text: str, parts: list[str], tmp_path: Path) -> None:
    (tmp_path / "mtaudit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load(tmp_path)
    for part in parts:
        assert part in str(error.value)


def test_the_nearest_file_counts_and_a_second_one_is_noted(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.mtaudit]\nprofile = 'x'\n[[tool.mtaudit.content]]\nfiles = 'x.po'")
    assert load(below).file.name == "pyproject.toml"
    (tmp_path / "mtaudit.toml").write_text("profile = 'y'" + CONTENT)
    found = load(below)
    assert (found.profile, found.root) == ("y", tmp_path.resolve())
    assert "[tool.mtaudit] is not read" in found.notes[0]


def test_lines_of_keys() -> None:
    tables = "[[content]]\nf = 1\n[[content]]\nf = 2\n[content.g]\nh = 3\n"
    text = '# x\na = 1\n[t]\n"b.c" = 2\nd.e = [\n "x = 1",\n]\n' + tables
    tomllib.loads(text)
    assert key_lines(text) == {
        ("a",): 2,
        ("t",): 3,
        ("t", "b.c"): 4,
        ("t", "d", "e"): 5,
        ("content", "0"): 8,
        ("content", "0", "f"): 9,
        ("content", "1"): 10,
        ("content", "1", "f"): 11,
        ("content", "1", "g"): 12,
        ("content", "1", "g", "h"): 13,
    }


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.recursive(
        st.booleans() | st.integers(-9, 9) | _TEXT, lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner)
    )
)
def test_whatever_is_shown_is_toml(value: object) -> None:
    assert tomllib.loads(f"value = {_toml(value)}")["value"] == value  # type: ignore[arg-type]
