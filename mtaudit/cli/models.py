"""`mtaudit models`: which models there are, which are on this machine, and how to get the others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from mtaudit.modelfile import ModelFile, ModelSpec
    from mtaudit.models.lock import Lock

app = typer.Typer(
    help="Which models there are, which are on this machine, and how to get the others.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Models = Annotated[Path | None, typer.Option("--models", help="Your own models.yaml, laid over the bundled one.")]
_Names = Annotated[list[str] | None, typer.Argument(help="Models or profiles; default: all.")]


@app.command("list")
def list_(models: _Models = None) -> None:
    """List the profiles, and for each model whether it is here, how large it is, and its licence."""
    from mtaudit.models.hub import size_text

    file, lock = _files(models)
    for profile in file.profiles.values():
        default = " (default)" if profile.name == file.default else ""
        sys.stdout.write(f"{profile.name}{default}: {profile.summary}\n")
        for spec in profile.models:
            state, size = _state(spec, lock)
            shown = size_text(size) if size else "size unknown"
            mark = " · NON-COMMERCIAL USE ONLY" if spec.non_commercial else ""
            sys.stdout.write(f"  {spec.role:<10}  {spec.name:<24}  {state:<22}  {shown} · {spec.licence}{mark}\n")


@app.command()
def show(names: _Names = None, models: _Models = None) -> None:
    """Show all that is known of models: where they come from and lie, languages, licence, checksums."""
    from mtaudit.models.hub import pinned, size_text
    from mtaudit.models.lock import fingerprint

    file, lock = _files(models)
    for spec in _chosen(file, names):
        state, size = _state(spec, lock)
        folder = _folder(spec, lock)
        directions = ", ".join("-".join(pair) for pair in spec.pairs)
        lines = {
            "role": spec.role,
            "from": f"https://huggingface.co/{spec.id}" if spec.id else "a folder",
            "revision": (pinned(spec, lock) if spec.id else spec.revision) or "none pinned: give one to `models pull`",
            "state": state,
            "folder": str(folder) if folder else "",
            "size": size_text(size) if size else "unknown",
            "licence": spec.licence + (" (non-commercial use only)" if spec.non_commercial else ""),
            "languages": " ".join(spec.languages),
            "directions": directions,
            "reads": f"{spec.max_tokens} tokens at most; longer text is cut and read in stretches",
            "precision": spec.dtype,
            "beams": str(spec.beams) if spec.role == "translator" else "",
        }
        sys.stdout.write(f"{spec.name}\n")
        sys.stdout.writelines(f"  {name:<10}  {value}\n" for name, value in lines.items() if value)
        if folder and folder.is_dir():
            for path in sorted(folder.rglob("*.safetensors")):
                sys.stdout.write(f"  {'sha256':<10}  {fingerprint(path).sha256}  {path.relative_to(folder)}\n")


@app.command()
def pull(
    names: Annotated[list[str], typer.Argument(help="Models or profiles.")],
    revision: Annotated[
        str | None, typer.Option("--revision", help="Full commit hash, for a model that models.yaml pins none for.")
    ] = None,
    models: _Models = None,
) -> None:
    """Download models from the hub: the only command that uses the network."""
    from mtaudit.models.hub import size_note, size_text
    from mtaudit.models.pull import HuggingFaceHub
    from mtaudit.models.pull import pull as fetch

    file, lock = _files(models)
    chosen = [spec for spec in _chosen(file, names) if spec.id]
    if not chosen:
        raise ConfigError(
            " ".join(names), "there is nothing to download: these models are folders", "See `mtaudit models list`"
        )
    if revision is not None and len(chosen) > 1:
        cause = f"a commit belongs to one repository, and {len(chosen)} models were named"
        raise ConfigError("--revision", cause, "Name one model")
    failed: list[ModelError] = []
    for spec in chosen:
        sys.stderr.write(f"{spec.name}: pulling {spec.id}{size_note(spec)}\n")
        try:
            pulled = fetch(spec, lock, HuggingFaceHub(), revision)
        except ModelError as error:
            # One that cannot be had costs the others nothing.
            failed.append(error)
            continue
        lock = pulled.lock
        sys.stdout.write(f"{spec.name}: commit {pulled.spec.revision}, {size_text(pulled.size)}, in {pulled.folder}\n")
        if spec.non_commercial:
            sys.stderr.write(f"{spec.name}: its licence ({spec.licence}) forbids commercial use\n")
    if len(failed) == 1:
        raise failed[0]
    for each in failed:
        sys.stderr.write(f"mtaudit: {each}\n")
    if failed:
        raise typer.Exit(2)


@app.command()
def verify(names: _Names = None, models: _Models = None) -> None:
    """Hold the files of models against the checksums of the lock file; exit with 1 if any is missing or changed."""
    from mtaudit.models.lock import damage, fingerprint

    file, lock = _files(models)
    wrong = 0
    for spec in _chosen(file, names):
        folder = _folder(spec, lock)
        locked = lock.models.get(spec.name)
        if spec.id is None:
            weights = spec.path / "model.safetensors"
            if spec.sha256 is None:
                there = any(spec.path.rglob("*.safetensors"))
                found = [] if there else [f"no safetensors in {spec.path}"]
                note = "here; models.yaml states no checksum"
            else:
                good = weights.is_file() and fingerprint(weights).sha256 == spec.sha256
                found = [] if good else ["model.safetensors: missing, or its checksum is not the one in models.yaml"]
                note = "good"
        elif folder is None or locked is None or locked.id != spec.id:
            found, note = ([] if not names else ["not pulled"]), "not pulled"
        elif spec.revision and spec.revision != locked.revision:
            found, note = [f"models.yaml pins {spec.revision}, the lock file {locked.revision}: pull it again"], ""
        else:
            found, note = damage(folder, locked.files), "good"
        wrong += bool(found)
        sys.stdout.writelines(f"{spec.name}: {line}\n" for line in found or [note])
    if wrong:
        raise typer.Exit(1)


def _files(models: Path | None) -> tuple[ModelFile, Lock]:
    from mtaudit import modelfile
    from mtaudit.models.lock import lock_path, read_lock

    return modelfile.load_merged(models), read_lock(lock_path(models))


def _chosen(file: ModelFile, names: list[str] | None) -> Iterator[ModelSpec]:
    """The models that are named, by themselves or by a profile; each once.

    Raises:
        ConfigError: if a name is neither.
    """
    from difflib import get_close_matches

    found: dict[str, ModelSpec] = {}
    for name in names or ():
        if name in file.models:
            found[name] = file.models[name]
        elif name in file.profiles:
            found |= {spec.name: spec for spec in file.profiles[name].models}
        else:
            known = [*file.models, *file.profiles]
            near = get_close_matches(name, known, 2, 0.6)
            hint = f"Did you mean {' or '.join(near)}?" if near else "`mtaudit models list` shows them"
            raise ConfigError(f"'{name}'", "no model and no profile has this name", hint)
    return iter((found if names else dict(file.models)).values())


def _folder(spec: ModelSpec, lock: Lock) -> Path | None:
    """Where the model lies or would lie; None where no commit is pinned."""
    from mtaudit.models.hub import pinned, snapshot_folder

    if spec.id is None:
        return spec.path
    revision = pinned(spec, lock)
    return snapshot_folder(spec.id, revision) if revision else None


def _state(spec: ModelSpec, lock: Lock) -> tuple[str, int]:
    """Whether a model is on this machine, and its size in bytes: as it is, else as models.yaml states it."""
    from mtaudit.models.hub import located

    try:
        folder = located(spec, lock).path
    except ModelError:
        state = "missing" if spec.id is None else "not pulled"
        return state if _folder(spec, lock) else "no commit pinned", (spec.size_mb or 0) * 1_000_000
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return "bundled" if spec.revision == "bundled" else "here", size
