"""What a baseline accepts: by content, as often as it counts, its own file first."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.findings.baseline import Baseline, Entry, Occurrence, made_of, match, outside, pair_key, read, write
from tests.support import bitext


def entry(path: str, key: str, count: int = 1) -> Entry:
    return Entry(path, "MT106", key, count, "41")


def seen(path: str, key: str, number: int) -> Occurrence:
    return Occurrence(path, "MT106", key, "41", (0, number))


@pytest.mark.parametrize(
    ("entries", "occurrences", "accepted", "stale"),
    [
        ([entry("a", "k")], [seen("a", "k", 0)], {0}, []),
        ([entry("a", "k")], [seen("a", "other", 0)], set(), ["a"]),
        ([entry("a", "k")], [seen("a", "k", 0), seen("a", "k", 1)], {0}, []),
        ([entry("a", "k", 2)], [seen("a", "k", 0)], {0}, ["a"]),
        ([entry("a", "k")], [seen("b", "k", 0)], {0}, []),
        ([entry("a", "k")], [seen("b", "k", 0), seen("a", "k", 1)], {1}, []),
        ([entry("a", "k"), entry("b", "k")], [seen("b", "k", 0), seen("c", "k", 1)], {0, 1}, []),
        ([], [seen("a", "k", 0)], set(), []),
    ],
    ids=["same", "changed", "one more", "one less", "renamed", "own file first", "another is renamed", "none"],
)
def test_match(entries: list[Entry], occurrences: list[Occurrence], accepted: set[int], stale: list[str]) -> None:
    found = match(Baseline(tuple(entries)), occurrences)
    assert {number for _, number in found.accepted} == accepted
    assert [each.path for each in found.stale] == stale


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("A b.", "C d."), ("A\nb.", "C  d."), True),
        (("Caf\u00e9", "x"), ("Cafe\u0301", "x"), True),
        (("A b.", "C d."), ("A b!", "C d."), False),
        (("A b.", "C d."), ("A b.", "c d."), False),
        (("A b.", None), ("A b.", "x"), False),
        (("A", "B C"), ("A B", "C"), False),
    ],
    ids=["white space", "accents", "source", "target", "gap", "border"],
)
def test_keys(one: tuple[str, str | None], other: tuple[str, str | None], same: bool) -> None:
    keys = []
    for pair in (one, other):
        both = bitext([pair])
        assert both.pairs is not None
        keys.append(pair_key(both, both.pairs[0], "MT106"))
        assert keys[-1] != pair_key(both, both.pairs[0], "MT107")
    assert (keys[0] == keys[1]) is same


def test_the_file_is_sorted_one_entry_a_line_and_comes_back(tmp_path: Path) -> None:
    made = made_of([seen("b", "k", 0), seen("a", "z", 1), seen("a", "k", 2), seen("a", "k", 3)], [entry("c", "k")])
    path = tmp_path / "baseline.json"
    write(made, path)
    assert path.read_text(encoding="utf-8") == (
        '{\n "schema": 1,\n "entries": [\n'
        '  {"path": "a", "rule": "MT106", "key": "k", "count": 2, "quote": "41"},\n'
        '  {"path": "a", "rule": "MT106", "key": "z", "count": 1, "quote": "41"},\n'
        '  {"path": "b", "rule": "MT106", "key": "k", "count": 1, "quote": "41"},\n'
        '  {"path": "c", "rule": "MT106", "key": "k", "count": 1, "quote": "41"}\n ]\n}\n'
    )
    assert read(path) == made
    assert [each.path for each in outside(made, {"a", "b"})] == ["c"]
    write(Baseline(), path)
    assert read(path) == Baseline() == read(tmp_path / "none.json")
