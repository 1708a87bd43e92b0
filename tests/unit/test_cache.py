"""The cache: bounded, shared by processes, and never a reason to fail."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from mtaudit import cache
from mtaudit.cache import Cache

ROOT = Path(__file__).resolve().parent.parent.parent


def test_values_come_back_and_the_folder_keeps_out_of_version_control(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    with Cache(folder, 1000) as store:
        assert store.get(b"a") is None
        store.put(b"a", b"one")
        store.put(b"a", b"two")
    with Cache(folder, 1000) as store:
        assert store.get(b"a") == b"two"
        assert store.notes == []
    assert (folder / ".gitignore").read_text() == "*\n"


def test_what_was_used_longest_ago_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000))
    monkeypatch.setattr(cache, "_now", lambda: next(clock))
    values = {bytes([number]): os.urandom(1000) for number in range(10)}
    with Cache(tmp_path, 20_000) as store:
        for key, value in values.items():
            store.put(key, value)
    with Cache(tmp_path, 5_100) as store:  # room for five, of which four stay
        assert store.get(b"\0") == values[b"\0"]
    with Cache(tmp_path, 5_100) as store:
        left = {key for key in values if store.get(key) is not None}
    assert b"\0" in left
    assert left - {b"\0"} == {bytes([number]) for number in range(10 - len(left) + 1, 10)}
    assert 3 <= len(left) <= 4


def test_a_value_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    with Cache(tmp_path, 100) as store:
        store.put(b"a", os.urandom(1000))
        assert store.get(b"a") is None


@pytest.mark.parametrize(
    "damage", [b"no database at all, but long enough to be read as one" * 100, b"SQLite format 3\0"]
)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / cache.NAME).write_bytes(damage)
    with Cache(tmp_path, 1000) as store:
        store.put(b"a", b"one")
        assert store.get(b"a") == b"one"
    assert len(store.notes) == 1
    assert "it is damaged" in store.notes[0]
    assert "begun anew" in store.notes[0]


def test_damage_inside_the_file_costs_what_it_holds(tmp_path: Path) -> None:
    with Cache(tmp_path, 10_000_000) as store:
        for number in range(200):
            store.put(bytes([number]), os.urandom(2000))
    path = tmp_path / cache.NAME
    data = bytearray(path.read_bytes())
    data[8192 : len(data) - 4096] = os.urandom(len(data) - 4096 - 8192)
    path.write_bytes(bytes(data))
    with Cache(tmp_path, 10_000_000) as store:
        found = [store.get(bytes([number])) for number in range(200)]
        store.put(b"new", b"value")
        assert store.get(b"new") == b"value"
    assert None in found


def test_half_a_value_is_none(tmp_path: Path) -> None:
    with Cache(tmp_path, 1000) as store:
        store.put(b"a", b"one" * 100)
    database = sqlite3.connect(tmp_path / cache.NAME)
    with database:
        database.execute("UPDATE entries SET value = substr(value, 1, 8)")
    database.close()
    with Cache(tmp_path, 1000) as store:
        assert store.get(b"a") is None
        store.put(b"a", b"again")
        assert store.get(b"a") == b"again"


def test_a_locked_file_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(tmp_path, 1000) as store:
        store.put(b"a", b"one")
    monkeypatch.setattr(cache, "_PATIENCE", 0.05)
    other = sqlite3.connect(tmp_path / cache.NAME)
    other.execute("BEGIN IMMEDIATE")
    with Cache(tmp_path, 1000) as store:
        assert store.get(b"a") == b"one"  # readers need no lock
        store.put(b"b", b"two")
        assert store.get(b"a") is None  # given up
    other.rollback()
    other.close()
    assert len(store.notes) == 1
    assert "it cannot be used (database is locked)" in store.notes[0]


def test_a_folder_that_cannot_be_made_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Cache(tmp_path / "file" / "cache", 1000) as store:
        store.put(b"a", b"one")
        assert store.get(b"a") is None
    assert len(store.notes) == 1
    assert "This run goes on without it" in store.notes[0]


_WRITER = """
import os, sys
from pathlib import Path
from mtaudit.cache import Cache
name = sys.argv[2].encode()
with Cache(Path(sys.argv[1]), 50_000_000) as store:
    for number in range(int(sys.argv[3])):
        store.put(name + number.to_bytes(4, "big"), name * 500 + os.urandom(500))
        if number == 20:
            print("ready", flush=True)
    assert not store.notes, store.notes
"""


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), name, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_processes_share_it(tmp_path: Path) -> None:
    """Four processes make the file and write to it at once; none loses a value, none is told of a fault."""
    processes = [writer(tmp_path, name, 50) for name in "abcd"]
    for process in processes:
        _, err = process.communicate()
        assert process.returncode == 0, err
    with Cache(tmp_path, 50_000_000) as store:
        for name in (b"a", b"b", b"c", b"d"):
            for number in range(50):
                value = store.get(name + number.to_bytes(4, "big"))
                assert value is not None
                assert value.startswith(name * 500)


def test_a_killed_process_leaves_whole_values(tmp_path: Path) -> None:
    process = writer(tmp_path, "a", 1_000_000)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    with Cache(tmp_path, 50_000_000) as store:
        for number in range(20):
            value = store.get(b"a" + number.to_bytes(4, "big"))
            assert value is not None
            assert value.startswith(b"a" * 500)
        store.put(b"b", b"goes on")
        assert store.get(b"b") == b"goes on"
    assert store.notes == []
    database = sqlite3.connect(tmp_path / cache.NAME)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
