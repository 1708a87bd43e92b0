"""Fetches models from the hub: the only module that uses the network, for `mtaudit models pull` and nothing else.

Of a repository one commit is fetched, and of that only weights as safetensors, configuration and tokenizer files; code
and pickled weights stay where they are. What arrived is held against the checksums that the hub states for its large
files, and written to the lock file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Protocol

from mtaudit.errors import ModelError
from mtaudit.modelfile import COMMIT, ModelSpec
from mtaudit.models.hub import pinned, size_text
from mtaudit.models.lock import Lock, LockedFile, LockedModel, fingerprint, write_lock

#: What a model is made of: weights, configuration, tokenizer.
WANTED = ("*.safetensors", "*.json", "*.txt", "*.model", "*.spm")
#: Copies of the weights for other runtimes, which some repositories keep in these folders.
UNWANTED = ("onnx/*", "openvino/*", "*/onnx/*", "*/openvino/*", "coreml/*", "*training_args*", "*trainer_state*")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on the hub: its size in bytes and, for large ones, the SHA-256 that the hub states."""

    size: int
    sha256: str | None = None


class Hub(Protocol):
    """What is needed of the hub; `HuggingFaceHub` is the real one."""

    def files(self, id: str, revision: str) -> Mapping[str, RemoteFile]:
        """The files of one commit of a repository, by name."""

    def download(self, id: str, revision: str, names: Sequence[str]) -> Path:
        """Fetch these files into the cache and return the folder of the snapshot."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What `pull` did: the model, where it lies, how many bytes it has, and whether it was there already."""

    spec: ModelSpec
    folder: Path
    size: int
    lock: Lock


class HuggingFaceHub:
    """The hub itself, through huggingface_hub. Its errors become `ModelError`s."""

    def files(self, id: str, revision: str) -> Mapping[str, RemoteFile]:
        """The files of one commit of a repository, by name.

        Raises:
            ModelError: if the hub cannot be reached, or does not have or not give it.
        """
        from huggingface_hub import HfApi

        info: Any = self._asked(id, lambda: HfApi().model_info(id, revision=revision, files_metadata=True))
        return {
            one.rfilename: RemoteFile(one.size or 0, one.lfs.sha256 if one.lfs else None) for one in info.siblings or ()
        }

    def download(self, id: str, revision: str, names: Sequence[str]) -> Path:
        """Fetch these files into the cache and return the folder of the snapshot.

        Raises:
            ModelError: if the hub cannot be reached, or the disk is full.
        """
        from huggingface_hub import snapshot_download

        # Characters that patterns would take for their own are left to match any one.
        patterns = ["".join("?" if letter in "[]*?" else letter for letter in name) for name in names]
        return Path(self._asked(id, lambda: snapshot_download(id, revision=revision, allow_patterns=patterns)))

    def _asked(self, id: str, ask: Any) -> Any:
        from huggingface_hub.errors import (
            GatedRepoError,
            HfHubHTTPError,
            RepositoryNotFoundError,
            RevisionNotFoundError,
        )

        place = f"model {id}"
        try:
            return ask()
        except GatedRepoError as error:
            remedy = f"Accept its terms on https://huggingface.co/{id} and log in with `hf auth login`"
            raise ModelError(place, "its owners give it only to those who accepted their terms", remedy) from error
        except RevisionNotFoundError as error:
            cause = "the hub has the repository, but not this commit"
            raise ModelError(place, cause, f"Take one from https://huggingface.co/{id}/commits/main") from error
        except RepositoryNotFoundError as error:
            raise ModelError(
                place, "the hub has no such repository, or hides it", "Mend the id in models.yaml"
            ) from error
        except HfHubHTTPError as error:
            cause = f"the hub answered: {str(error).splitlines()[0]}".rstrip(".")
            raise ModelError(place, cause, "Try again later") from error
        except (OSError, ValueError) as error:
            cause = f"it could not be fetched: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
            raise ModelError(
                place, cause.rstrip("."), "Check the connection and the free space, and try again"
            ) from error


def pull(spec: ModelSpec, lock: Lock, hub: Hub, revision: str | None = None) -> Pulled:
    """Fetch one model and write its commit and checksums to the lock file.

    `revision` is what the user asked for; without it the commit in models.yaml or in the lock file is fetched.

    Raises:
        ModelError: if no commit is known, the repository has no safetensors, it cannot be fetched, or what arrived is
            not what the hub, or the lock file, says it is.
        ConfigError: if the lock file cannot be written.
    """
    place = f"model '{spec.name}'"
    if spec.id is None:
        raise ModelError(place, f"it is the folder {spec.path} and is not on a hub", "Nothing has to be pulled")
    commit = _commit(spec, lock, revision)
    remote = hub.files(spec.id, commit)
    names = wanted(remote)
    if not any(name.endswith(".safetensors") for name in names):
        cause = f"{spec.id} has no weights as safetensors at commit {commit[:12]}, and no other format is ever loaded"
        remedy = "Pull a commit that has them (many repositories have one as a pull request), or another model"
        raise ModelError(place, cause, remedy)
    bare = [
        name
        for name in remote
        if name.endswith("/pytorch_model.bin") and f"{name.rpartition('/')[0]}/model.safetensors" not in remote
    ]
    if bare:
        cause = f"{bare[0]} of {spec.id} has no counterpart as safetensors, and no other format is ever loaded"
        raise ModelError(place, cause, "Pull a commit that has one, or another model")
    folder = hub.download(spec.id, commit, names)
    files = {name: fingerprint(folder / name) for name in names}
    for name, found in files.items():
        _compare(place, name, found, remote[name], lock.models.get(spec.name), commit)
    locked = LockedModel(spec.id, commit, spec.licence, files)
    lock = replace(lock, models={**lock.models, spec.name: locked})
    write_lock(lock)
    return Pulled(replace(spec, path=folder, revision=commit), folder, sum(one.size for one in files.values()), lock)


def wanted(names: Mapping[str, RemoteFile]) -> list[str]:
    """The files that a model is made of, without copies for other runtimes and without code."""
    return sorted(
        name
        for name in names
        if any(fnmatch(name, pattern) for pattern in WANTED) and not any(fnmatch(name, pattern) for pattern in UNWANTED)
    )


def _commit(spec: ModelSpec, lock: Lock, asked: str | None) -> str:
    place = f"model '{spec.name}'"
    look = f"see https://huggingface.co/{spec.id}/commits/main"
    if asked is not None and not COMMIT.fullmatch(asked):
        cause = f"'{asked}' is no full commit hash; branches and tags move"
        raise ModelError(place, cause, f"Give 40 hexadecimal digits, {look}")
    if asked is not None and spec.revision and asked != spec.revision:
        cause = f"models.yaml pins commit {spec.revision}, and --revision asks for another"
        raise ModelError(place, cause, "Change it there, or leave --revision out")
    commit = asked or pinned(spec, lock)
    if not commit:
        raise ModelError(place, "no commit of it is pinned", f"Give one with --revision, {look}")
    return commit


def _compare(
    place: str, name: str, found: LockedFile, remote: RemoteFile, locked: LockedModel | None, commit: str
) -> None:
    if remote.sha256 and remote.sha256 != found.sha256:
        cause = f"the {size_text(found.size)} of {name} that arrived are not what the hub says they are"
        raise ModelError(place, cause, "Delete the snapshot from the cache and pull again")
    before = locked.files.get(name) if locked and locked.revision == commit else None
    if before and before != found:
        cause = f"{name} is not what the lock file says it is, though the commit is the same"
        raise ModelError(place, cause, "Do not use it: ask who changed the lock file or the repository")
