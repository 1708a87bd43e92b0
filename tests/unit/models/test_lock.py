"""The lock file: read, written, and held against the files it describes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mtaudit.errors import ConfigError
from mtaudit.models.lock import Lock, LockedFile, LockedModel, damage, fingerprint, lock_path, read_lock, write_lock

COMMIT = "0123456789" * 4
MODEL = LockedModel("owner/name", COMMIT, "MIT", {"config.json": LockedFile(2, hashlib.sha256(b"{}").hexdigest())})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "mtaudit.lock", {"one": MODEL})
    write_lock(lock)
    assert read_lock(lock.path) == lock
    assert [path.name for path in tmp_path.iterdir()] == ["mtaudit.lock"]


def test_without_a_file_nothing_is_locked(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "mtaudit.lock").models == {}


def test_it_lies_beside_the_users_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert lock_path(tmp_path / "own" / "models.yaml") == tmp_path / "own" / "mtaudit.lock"
    assert lock_path(None) == tmp_path / "mtaudit.lock"


GOOD = f'{{"schema": 1, "models": {{"one": {{"id": "a/b", "revision": "{COMMIT}", "licence": "MIT", "files": {{}}}}}}}}'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (GOOD, "{", "it is no lock file"),
        ('"id"', '"ident"', "it is no lock file"),
        ('"schema": 1', '"schema": 2', "its schema is 2"),
        (COMMIT, "main", "the revision of 'one' is no full commit hash"),
        ('"files": {}', '"files": {"../a": {"size": 1, "sha256": ""}}', "leads out of the folder"),
    ],
    ids=["broken", "key", "schema", "branch", "path"],
)
def test_wrong_lock_files(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "mtaudit.lock"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_lock(path)


def test_a_folder_is_no_lock_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_lock(tmp_path)
    with pytest.raises(ConfigError, match="cannot be written"):
        write_lock(Lock(tmp_path / "none" / "mtaudit.lock"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{}", []),
        (b"[]", ["config.json: its checksum is not the one in the lock file"]),
        (None, ["config.json: no such file or directory"]),
    ],
    ids=["good", "changed", "missing"],
)
def test_damage(tmp_path: Path, content: bytes | None, expected: list[str]) -> None:
    if content is not None:
        (tmp_path / "config.json").write_bytes(content)
    assert damage(tmp_path, MODEL.files) == expected


def test_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert fingerprint(tmp_path / "empty") == LockedFile(
        0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
