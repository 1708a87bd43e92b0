"""Finds the folder of a model on this machine, and says what is missing. Nothing here touches the network.

A model from the hub lies where `huggingface_hub` keeps its cache (`HF_HOME` or `HF_HUB_CACHE` move it), in the
snapshot of one commit. `models.pull` puts it there.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.lock import Lock


def cache_folder() -> Path:
    """Where the hub's own library keeps what it downloaded."""
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface"
    return Path(os.environ.get("HF_HUB_CACHE") or Path(home) / "hub").expanduser()


def snapshot_folder(id: str, revision: str) -> Path:
    """Where the snapshot of one commit of a repository lies, whether it is there or not."""
    return cache_folder() / f"models--{id.replace('/', '--')}" / "snapshots" / revision


def pinned(spec: ModelSpec, lock: Lock) -> str:
    """The commit of a hub model: the one in models.yaml, else the one in the lock file, else empty.

    A lock of another repository under the same name counts for nothing.
    """
    locked = lock.models.get(spec.name)
    return spec.revision or (locked.revision if locked and locked.id == spec.id else "")


def located(spec: ModelSpec, lock: Lock) -> ModelSpec:
    """The model with the path of its folder and its revision filled in.

    Raises:
        ModelError: if no commit is pinned, or the folder is not there or holds no safetensors; the message says where
            it was looked for, how large it is, and how to get it.
    """
    place = f"model '{spec.name}'"
    if spec.id is None:
        if not spec.path.is_dir():
            remedy = "Reinstall mtaudit" if spec.revision == "bundled" else "Mend its path in models.yaml"
            raise ModelError(place, f"there is no folder {spec.path}", remedy)
        return _with_weights(spec, place)
    revision = pinned(spec, lock)
    if not revision:
        cause = f"no commit of {spec.id} is pinned: models.yaml names none, and {lock.path} does not either"
        raise ModelError(place, cause, f"Run `{pull_command(spec, lock)} --revision HASH` with a full commit hash")
    folder = snapshot_folder(spec.id, revision)
    if not folder.is_dir():
        cause = f"{spec.id} at commit {revision[:12]} is not on this machine; looked in {folder}"
        remedy = f"Run `{pull_command(spec, lock)}`{size_note(spec)}; nothing is ever downloaded unasked"
        raise ModelError(place, cause, remedy)
    return _with_weights(replace(spec, path=folder, revision=revision), place)


def pull_command(spec: ModelSpec, lock: Lock) -> str:
    """The command that downloads a model, as it must be typed where this lock file counts."""
    own = lock.path.parent / "models.yaml"
    given = f" --models {own}" if lock.path.parent != Path.cwd() and own.exists() else ""
    return f"mtaudit models pull {spec.name}{given}"


def size_note(spec: ModelSpec) -> str:
    """The size of the download in brackets, with a blank before it; empty where it is not known."""
    return f" ({size_text(spec.size_mb * 1_000_000)}, {spec.licence})" if spec.size_mb else f" ({spec.licence})"


def size_text(count: int) -> str:
    """A number of bytes for people: `1.9 GB`, `298 MB`, `12 kB`."""
    if count >= 1_000_000_000:
        return f"{count / 1e9:.1f} GB"
    return f"{count / 1e6:.0f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1e3))} kB"


def _with_weights(spec: ModelSpec, place: str) -> ModelSpec:
    if not any(spec.path.rglob("*.safetensors")):
        cause = f"{spec.path} holds no weights as safetensors, and no other format is ever loaded"
        remedy = "Use a model that has them" if spec.id else "Convert it: load it with transformers, save_pretrained"
        raise ModelError(place, cause, remedy)
    return spec
