"""The key of a judgement: a hash of everything that it depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

import mtaudit
from mtaudit import modelfile
from mtaudit.config import Config
from mtaudit.models.lock import lock_path
from mtaudit.project import FilePair, Project

#: Libraries whose data or arithmetic decides what an audit finds.
_LIBRARIES = (
    *("babel", "ctranslate2", "docutils", "ftfy", "fluent.syntax", "lxml", "markdown-it-py", "numpy", "py3langid"),
    *(
        "sacrebleu",
        "sentence-transformers",
        "sentencepiece",
        "sentencex",
        "simplemma",
        "snowballstemmer",
        "torch",
        "transformers",
    ),
)


class Keys:
    """Makes the keys of one project; what all of them share is hashed once.

    Models are told apart by `models.yaml`, which names revisions and checksums, and the lock file. The folders of
    models that a user's own `models.yaml` names count by the sizes and times of their files.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        shared = hashlib.sha256()
        for part in (*_program(), *_models(project), *_calibrations(project)):
            shared.update(len(part).to_bytes(8, "big") + part)
        self._shared = shared.digest()

    def key(self, kind: str, pair: FilePair, paths: Iterable[str], contents: Iterable[bytes], config: Config) -> bytes:
        """The key of what is made of a pair of files.

        `paths` are what the files are called in what is made, and `contents` what they hold.
        """
        parts = [kind, *paths, pair.source_language or "", pair.target_language or "", self._project.profile or ""]
        digest = hashlib.sha256(self._shared)
        for part in (*(part.encode("utf-8", "surrogateescape") for part in parts), *contents, *_settings(config)):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.digest()


def _program() -> Iterable[bytes]:
    """The version of mtaudit, to the byte, the libraries that it stands on, and checks of third parties."""
    yield mtaudit.__version__.encode()
    package = Path(mtaudit.__file__).resolve().parent
    for path in sorted(package.rglob("*.py")):
        yield path.relative_to(package).as_posix().encode()
        yield hashlib.sha256(path.read_bytes()).digest()
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}".encode()
        except PackageNotFoundError:
            yield name.encode()
    for point in sorted(entry_points(group="mtaudit.checks")):
        yield f"{point.name} {point.value} {point.dist.version if point.dist else ''}".encode()


def _models(project: Project) -> Iterable[bytes]:
    yield modelfile.bundled_models().read_bytes()
    yield _content(lock_path(project.config.models))
    own = project.config.models
    if own is None:
        return
    yield _content(own)
    for spec in modelfile.load_merged(own).models.values():
        if spec.id is None and spec.sha256 is None:
            for path in sorted(spec.path.rglob("*")):
                status = path.stat()
                yield f"{path} {status.st_size} {status.st_mtime_ns}".encode("utf-8", "surrogateescape")


def _calibrations(project: Project) -> Iterable[bytes]:
    bundled = modelfile.bundled_weights() / "calibration"
    for path in (*sorted(bundled.glob("*.json")), *project.calibrations):
        yield path.name.encode("utf-8", "surrogateescape")
        yield _content(path)


def _settings(config: Config) -> Iterable[bytes]:
    """Every setting; of a file what it holds."""
    for field in fields(config):
        value = getattr(config, field.name)
        yield field.name.encode()
        for each in value if isinstance(value, tuple) else (value,):
            yield _content(each) if isinstance(each, Path) else repr(each).encode("utf-8", "surrogateescape")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b"-"
