"""Pulling models, from a hub that is a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.lock import Lock, read_lock
from mtaudit.models.pull import HuggingFaceHub, RemoteFile, pull, wanted
from tests.toys import toy_spec

COMMIT = "0123456789" * 4
FILES = {"config.json": b"{}", "model.safetensors": b"weights", "source.spm": b"pieces", "own_code.py": b"import os"}


class FolderHub:
    """A hub that gives what it was made with, and remembers what it was asked for."""

    def __init__(
        self, folder: Path, files: Mapping[str, bytes] = FILES, stated: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.content = files
        self.stated = stated or {}
        self.asked: list[str] = []

    def files(self, id: str, revision: str) -> Mapping[str, RemoteFile]:
        self.asked.append(f"{id}@{revision}")
        return {name: RemoteFile(len(data), self.stated.get(name)) for name, data in self.content.items()}

    def download(self, id: str, revision: str, names: Sequence[str]) -> Path:
        for name in names:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(self.content[name])
        return self.folder


@pytest.fixture
def spec() -> ModelSpec:
    return replace(toy_spec("de", "en"), id="owner/name", path=Path(), revision="", licence="MIT")


def _lock(tmp_path: Path) -> Lock:
    return Lock(tmp_path / "mtaudit.lock")


def test_weights_and_settings_arrive_and_are_locked(tmp_path: Path, spec: ModelSpec) -> None:
    hub = FolderHub(tmp_path / "hub", stated={"model.safetensors": hashlib.sha256(b"weights").hexdigest()})
    pulled = pull(spec, _lock(tmp_path), hub, COMMIT)
    assert hub.asked == [f"owner/name@{COMMIT}"]
    assert sorted(path.name for path in pulled.folder.iterdir()) == ["config.json", "model.safetensors", "source.spm"]
    assert (pulled.spec.revision, pulled.size) == (COMMIT, 15)
    locked = read_lock(tmp_path / "mtaudit.lock").models[spec.name]
    assert (locked.id, locked.revision, locked.licence) == ("owner/name", COMMIT, "MIT")
    assert locked.files["config.json"].sha256 == hashlib.sha256(b"{}").hexdigest()
    # The next time the lock file knows the commit.
    assert pull(spec, read_lock(tmp_path / "mtaudit.lock"), hub).spec.revision == COMMIT


@pytest.mark.parametrize(
    ("own", "asked", "message"),
    [
        ("", None, "no commit of it is pinned. Give one with --revision"),
        ("", "main", "'main' is no full commit hash; branches and tags move"),
        ("f" * 40, COMMIT, f"models.yaml pins commit {'f' * 40}"),
    ],
    ids=["none", "branch", "another"],
)
def test_the_commit_must_be_clear(tmp_path: Path, spec: ModelSpec, own: str, asked: str | None, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        pull(replace(spec, revision=own), _lock(tmp_path), FolderHub(tmp_path / "hub"), asked)
    assert not (tmp_path / "mtaudit.lock").exists()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"config.json": b"{}", "pytorch_model.bin": b"x"}, "no weights as safetensors at commit 012345678901"),
        (
            {**FILES, "2_Dense/pytorch_model.bin": b"x", "2_Dense/config.json": b"{}"},
            "2_Dense/pytorch_model.bin of owner/name has no counterpart as safetensors",
        ),
        ({"config.json": b"{}", "onnx/model.safetensors": b"x"}, "no weights as safetensors"),
    ],
    ids=["pickle only", "one layer as pickle", "another runtime's only"],
)
def test_what_is_not_safetensors_is_refused(
    tmp_path: Path, spec: ModelSpec, files: dict[str, bytes], message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        pull(spec, _lock(tmp_path), FolderHub(tmp_path / "hub", files), COMMIT)
    assert not (tmp_path / "hub").exists()


def test_what_is_not_what_the_hub_says_is_refused(tmp_path: Path, spec: ModelSpec) -> None:
    hub = FolderHub(tmp_path / "hub", stated={"model.safetensors": "0" * 64})
    with pytest.raises(ModelError, match="are not what the hub says they are"):
        pull(spec, _lock(tmp_path), hub, COMMIT)
    assert not (tmp_path / "mtaudit.lock").exists()


def test_what_changed_since_it_was_locked_is_refused(tmp_path: Path, spec: ModelSpec) -> None:
    lock = pull(spec, _lock(tmp_path), FolderHub(tmp_path / "hub"), COMMIT).lock
    other = FolderHub(tmp_path / "other", {**FILES, "config.json": b'{"a": 1}'})
    with pytest.raises(ModelError, match=r"config\.json is not what the lock file says it is"):
        pull(spec, lock, other)


def test_other_models_stay_locked(tmp_path: Path, spec: ModelSpec) -> None:
    lock = pull(spec, _lock(tmp_path), FolderHub(tmp_path / "hub"), COMMIT).lock
    lock = pull(replace(spec, name="second"), lock, FolderHub(tmp_path / "hub"), COMMIT).lock
    assert set(read_lock(lock.path).models) == {spec.name, "second"}


def test_a_folder_needs_no_pull(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not on a hub"):
        pull(toy_spec("de", "en"), _lock(tmp_path), FolderHub(tmp_path / "hub"), COMMIT)


def test_wanted() -> None:
    names = [
        "a.safetensors",
        "vocab.txt",
        "onnx/config.json",
        "README.md",
        "x.py",
        "model.bin",
        "sentencepiece.bpe.model",
    ]
    assert wanted({name: RemoteFile(1) for name in names}) == ["a.safetensors", "sentencepiece.bpe.model", "vocab.txt"]


# The real hub's adapter, with the functions of huggingface_hub replaced.


def test_the_real_hub_is_asked_for_one_commit_and_these_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    asked: dict[str, Any] = {}

    def model_info(self: object, id: str, *, revision: str, files_metadata: bool) -> Any:
        asked["info"] = (id, revision, files_metadata)
        large = SimpleNamespace(rfilename="model.safetensors", size=7, lfs=SimpleNamespace(sha256="ab"))
        return SimpleNamespace(siblings=[large, SimpleNamespace(rfilename="config.json", size=2, lfs=None)])

    def snapshot_download(id: str, *, revision: str, allow_patterns: list[str]) -> str:
        asked["download"] = (id, revision, allow_patterns)
        return str(tmp_path)

    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", model_info)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", snapshot_download)
    hub = HuggingFaceHub()
    assert hub.files("a/b", COMMIT) == {"model.safetensors": RemoteFile(7, "ab"), "config.json": RemoteFile(2)}
    assert hub.download("a/b", COMMIT, ["config.json", "odd[1].json"]) == tmp_path
    assert asked == {"info": ("a/b", COMMIT, True), "download": ("a/b", COMMIT, ["config.json", "odd?1?.json"])}


def _errors() -> list[Any]:
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError

    return [
        pytest.param(GatedRepoError, "accepted their terms", id="gated"),
        pytest.param(RepositoryNotFoundError, "no such repository", id="no repository"),
        pytest.param(RevisionNotFoundError, "but not this commit", id="no commit"),
        pytest.param(HfHubHTTPError, "the hub answered", id="another answer"),
        pytest.param(ConnectionError, "it could not be fetched: broken", id="no connection"),
        pytest.param(OSError, "Check the connection and the free space", id="disk"),
    ]


@pytest.mark.parametrize(("kind", "message"), _errors())
def test_errors_of_the_hub_have_a_cause_and_a_remedy(
    kind: type[Exception], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    def model_info(*_: object, **__: object) -> None:
        error = kind.__new__(kind)
        Exception.__init__(error, "broken")
        raise error

    monkeypatch.setattr(huggingface_hub.HfApi, "model_info", model_info)
    with pytest.raises(ModelError, match=message):
        HuggingFaceHub().files("a/b", COMMIT)


def test_offline_it_says_so_instead_of_a_traceback() -> None:
    """The guard of conftest stands in for a machine without a network, but must not be taken for one."""
    with pytest.raises(RuntimeError, match="over the network"):
        HuggingFaceHub().files("a/b", COMMIT)
