"""Which of a project's files a run is about: all of them, those that were named, or those that changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mtaudit.errors import UnreadableError
from mtaudit.project import Content, FilePair, Lone, Project
from mtaudit.revision import Revision, since


@dataclass(frozen=True, slots=True)
class Scope:
    """What to judge. `is_whole` says that nothing was left out, so that what was not met does not exist."""

    pairs: tuple[FilePair, ...]
    lone: tuple[Lone, ...]
    revision: Revision | None
    notes: tuple[str, ...]
    is_whole: bool


def scope(project: Project, content: Content, paths: Sequence[Path], changed_since: str | None) -> Scope:
    """The part of the content that was asked for.

    Raises:
        UnreadableError: a path that is not there.
        ConfigError: see `revision.since`.
    """
    notes: list[str] = []
    pairs, lone = content.pairs, content.lone
    if paths:
        named = [_from_root(project, path) for path in paths]
        pairs = [pair for pair in pairs if any(_below(file, each) for file in pair.files for each in named)]
        lone = [one for one in lone if any(_below(one.path, each) for each in named)]
        there = [*(file for pair in pairs for file in pair.files), *(one.path for one in lone)]
        for path, each in zip(paths, named, strict=True):
            if not any(_below(file, each) for file in there):
                remedy = "Add it to a content set if it is to be checked"
                notes.append(
                    f"{path}: no content set of {project.file.name} has this file; it is not judged. {remedy}."
                )
    revision = None
    if changed_since is not None:
        files = [*(file for pair in content.pairs for file in pair.files), *(one.path for one in content.lone)]
        revision = since(project.root, changed_since, files)
        notes += revision.notes
        pairs = [pair for pair in pairs if any(file in revision.changed for file in pair.files)]
        gone = revision.removed | {old for new, old in revision.changed.items() if old not in (None, new)}
        lone = [one for one in lone if one.path in revision.changed or one.missing in gone]
        if not pairs and not lone:
            notes.append(f"--changed-since {changed_since}: no file of a content set has changed. Nothing was judged.")
    return Scope(tuple(pairs), tuple(lone), revision, tuple(notes), not paths and revision is None)


def _from_root(project: Project, path: Path) -> str:
    """A path that the user named, from the project's root; it may lie outside."""
    if not path.exists():
        raise UnreadableError(str(path), "there is no such file or folder", "Name files or folders of the project")
    return Path(os.path.relpath(path.resolve(), project.root.resolve())).as_posix()


def _below(file: str, named: str) -> bool:
    return named in (".", file) or file.startswith(f"{named}/")
