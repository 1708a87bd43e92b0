"""`mtaudit.lock`: which commit of each hub model was pulled, and the checksum of every file of it.

The file lies beside the user's own `models.yaml`, or in the working folder where there is none, and belongs into
version control: with it another machine pulls, and audits with, exactly the same models.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from mtaudit.errors import ConfigError
from mtaudit.modelfile import COMMIT

NAME = "mtaudit.lock"


@dataclass(frozen=True, slots=True)
class LockedFile:
    """One file of a model: its size in bytes and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LockedModel:
    """One pulled model: where from, which commit, under which licence, and its files by name."""

    id: str
    revision: str
    licence: str
    files: Mapping[str, LockedFile]


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock file; `models` are by the name that models.yaml gives them."""

    path: Path
    models: Mapping[str, LockedModel] = field(default_factory=dict)


class _File(msgspec.Struct, forbid_unknown_fields=True):
    schema: int
    models: dict[str, LockedModel]


def lock_path(models: Path | None) -> Path:
    """Where the lock file belongs: beside the user's `models.yaml`, else in the working folder."""
    return (models.resolve().parent if models else Path.cwd()) / NAME


def read_lock(path: Path) -> Lock:
    """Read a lock file; one that is not there locks nothing.

    Raises:
        ConfigError: if it cannot be read, or is no lock file.
    """
    try:
        parsed = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return Lock(path)
    except OSError as error:
        raise ConfigError(str(path), f"it cannot be read ({error.strerror})", "Name a file that is there") from error
    except msgspec.DecodeError as error:
        remedy = "Restore it from version control, or delete it and run `mtaudit models pull` again"
        raise ConfigError(str(path), f"it is no lock file: {error}", remedy) from error
    if parsed.schema != 1:
        raise ConfigError(str(path), f"its schema is {parsed.schema}, and 1 is known", "Update mtaudit")
    for name, model in parsed.models.items():
        if not COMMIT.fullmatch(model.revision):
            cause = f"the revision of '{name}' is no full commit hash"
            raise ConfigError(str(path), cause, "Restore it from version control")
        for file in model.files:
            # The names become paths: one that leads out of the model's folder is not a name.
            if Path(file).is_absolute() or ".." in Path(file).parts:
                raise ConfigError(str(path), f"'{file}' leads out of the folder", "Restore it from version control")
    return Lock(path, parsed.models)


def write_lock(lock: Lock) -> None:
    """Write a lock file, whole or not at all.

    Raises:
        ConfigError: if it cannot be written.
    """
    models = {
        name: {
            "id": model.id,
            "revision": model.revision,
            "licence": model.licence,
            "files": {file: {"size": one.size, "sha256": one.sha256} for file, one in sorted(model.files.items())},
        }
        for name, model in sorted(lock.models.items())
    }
    partial = lock.path.with_name(lock.path.name + ".partial")
    try:
        partial.write_text(json.dumps({"schema": 1, "models": models}, indent=1) + "\n", encoding="utf-8")
        partial.replace(lock.path)
    except OSError as error:
        cause = f"it cannot be written ({error.strerror})"
        raise ConfigError(str(lock.path), cause, "Work in a folder that you may write to") from error


def fingerprint(path: Path) -> LockedFile:
    """Size and checksum of a file.

    Raises:
        OSError: if it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
            size += len(block)
    return LockedFile(size, digest.hexdigest())


def damage(folder: Path, files: Mapping[str, LockedFile]) -> list[str]:
    """What is wrong with a folder, measured by the lock: missing and changed files, each as a short sentence."""
    wrong = []
    for name, locked in sorted(files.items()):
        path = folder / name
        try:
            found = fingerprint(path)
        except OSError as error:
            wrong.append(f"{name}: {(error.strerror or 'unreadable').lower()}")
            continue
        if found != locked:
            wrong.append(f"{name}: its checksum is not the one in the lock file")
    return wrong
