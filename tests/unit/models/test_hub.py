"""Finding models on this machine, without a network, and saying what is missing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.hub import cache_folder, located, size_text, snapshot_folder
from mtaudit.models.lock import Lock, LockedModel
from mtaudit.models.translator import TransformersTranslator
from tests.toys import toy_spec

COMMIT = "0123456789" * 4


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelSpec:
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return replace(toy_spec("de", "en"), id="owner/name", path=Path(), revision="", size_mb=301, licence="CC-BY-4.0")


def _save(commit: str = COMMIT) -> Path:
    folder = snapshot_folder("owner/name", commit)
    return Path(shutil.copytree(toy_spec("de", "en").path, folder))


def test_a_snapshot_is_found_and_translates_without_a_socket(spec: ModelSpec, tmp_path: Path) -> None:
    """Every socket fails here (see conftest), so what works does not ask the hub."""
    folder = _save()
    found = located(replace(spec, revision=COMMIT), Lock(tmp_path / "mtaudit.lock"))
    assert (found.path, found.revision) == (folder, COMMIT)
    translator = TransformersTranslator(found)
    assert translator.translate(["Anna sah 3 Boote."], "de", "en")[0].text == "Anna saw 3 boats."
    assert translator.use.id == "owner/name"


def test_the_lock_file_pins_what_models_yaml_does_not(spec: ModelSpec, tmp_path: Path) -> None:
    _save()
    locked = Lock(tmp_path / "mtaudit.lock", {spec.name: LockedModel("owner/name", COMMIT, "MIT", {})})
    assert located(spec, locked).revision == COMMIT
    other = Lock(locked.path, {spec.name: LockedModel("owner/other", COMMIT, "MIT", {})})
    with pytest.raises(ModelError, match="no commit of owner/name is pinned"):
        located(spec, other)


def test_messages_say_where_how_large_and_what_to_do(spec: ModelSpec, tmp_path: Path) -> None:
    lock = Lock(tmp_path / "mtaudit.lock")
    with pytest.raises(ModelError) as missing:
        located(replace(spec, revision=COMMIT), lock)
    folder = tmp_path / "home" / "hub" / "models--owner--name" / "snapshots" / COMMIT
    assert str(missing.value) == (
        f"model 'toy-de-en': owner/name at commit 012345678901 is not on this machine; looked in {folder}. "
        "Run `mtaudit models pull toy-de-en` (301 MB, CC-BY-4.0); nothing is ever downloaded unasked."
    )
    with pytest.raises(
        ModelError, match=r"Run `mtaudit models pull toy-de-en --revision HASH` with a full commit hash"
    ):
        located(spec, lock)


def test_the_command_names_the_users_own_file(spec: ModelSpec, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "models.yaml").touch()
    with pytest.raises(ModelError, match=f"pull toy-de-en --models {own}/models.yaml`"):
        located(replace(spec, revision=COMMIT), Lock(own / "mtaudit.lock"))


def test_weights_of_another_format_are_refused(spec: ModelSpec, tmp_path: Path) -> None:
    folder = _save()
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="holds no weights as safetensors, and no other format is ever loaded"):
        located(replace(spec, revision=COMMIT), Lock(tmp_path / "mtaudit.lock"))


@pytest.mark.parametrize(
    ("revision", "remedy"), [("bundled", "Reinstall mtaudit"), ("mine", "Mend its path")], ids=["bundled", "own"]
)
def test_a_folder_that_is_not_there(tmp_path: Path, revision: str, remedy: str) -> None:
    spec = replace(toy_spec("de", "en"), path=tmp_path / "none", revision=revision)
    with pytest.raises(ModelError, match=remedy):
        located(spec, Lock(tmp_path / "mtaudit.lock"))


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"HF_HUB_CACHE": "/c"}, "/c"),
        ({"HF_HOME": "/h"}, "/h/hub"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/huggingface/hub"),
        ({}, str(Path("~/.cache/huggingface/hub").expanduser())),
    ],
    ids=["cache", "home", "xdg", "default"],
)
def test_the_cache_is_where_the_hub_library_has_it(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert str(cache_folder()) == expected


def test_snapshots_lie_where_the_hub_library_puts_them() -> None:
    from huggingface_hub.file_download import repo_folder_name

    folder = snapshot_folder("owner/name", COMMIT)
    assert folder.parts[-3:] == (repo_folder_name(repo_id="owner/name", repo_type="model"), "snapshots", COMMIT)


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "1 kB"), (12_345, "12 kB"), (301_000_000, "301 MB"), (1_894_000_000, "1.9 GB")]
)
def test_sizes(count: int, expected: str) -> None:
    assert size_text(count) == expected
