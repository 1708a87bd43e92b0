"""Lists of words in which a "*" stands for any letters."""

from __future__ import annotations

import pytest

from mtaudit.checks._wordlists import WordIndex, pattern

INDEX = WordIndex.of([("boat", 1), ("boat", 2), ("sail*", 3), ("must not", 4)])


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("boat", [1, 2]),
        ("boats", []),
        ("sail", [3]),
        ("sailing", [3]),
        ("sai", []),
        ("must not", [4]),
        ("sail not", []),
        ("", []),
    ],
)
def test_what_a_word_means(word: str, wanted: list[int]) -> None:
    assert list(INDEX.meanings(word)) == wanted
    assert INDEX.may_have(word) or not wanted


def test_last_words_of_phrases_are_known() -> None:
    assert INDEX.ends == {"not"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("The BOAT sank.", True), ("Lifeboats sank.", True), ("A boatman sank.", False), ("They went sailing.", True)],
)
def test_a_pattern_matches_whole_words(text: str, found: bool) -> None:
    assert (pattern(["*boats", "boat", "sail*"]).search(text) is not None) == found
