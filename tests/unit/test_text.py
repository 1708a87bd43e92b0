"""Words, case and folding."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.text import base_language, fold, is_unspaced, shorten, starts_lower, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Brücke, sagte er.", ["Die", "Brücke", "sagte", "er"]),
        ("state-of-the-art isn’t", ["state-of-the-art", "isn’t"]),
        ("'quoted' – 3,5 %", ["quoted", "3", "5"]),
        ("橋は3月", ["橋", "は", "3", "月"]),
        ("snake_case", ["snake", "case"]),
        ("…!", []),
    ],
    ids=["plain", "joined", "quotes and figures", "unspaced", "underscore", "none"],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    found = list(words(text))
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("text", "expected"), [("„und dann", True), ("Und", False), ("3 und", False), ("…", False), ("ß", True)]
)
def test_starts_lower(text: str, expected: bool) -> None:
    assert starts_lower(text) is expected


def test_fold_ignores_what_only_looks_different() -> None:
    assert fold("  Über\u00a0STRASSE ") == fold("uber straße")


@pytest.mark.parametrize(("tag", "base"), [("de-AT", "de"), ("zh_Hant", "zh"), ("EN", "en")])
def test_base_language(tag: str, base: str) -> None:
    assert base_language(tag) == base


def test_unspaced() -> None:
    assert is_unspaced("zh-Hans")
    assert not is_unspaced("de")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("short", "short"), ("two\nlines", "two lines"), ("one two three, four", "one two three…")],
    ids=["short", "line break", "cut at a word"],
)
def test_shorten(text: str, expected: str) -> None:
    assert shorten(text, 16) == expected
