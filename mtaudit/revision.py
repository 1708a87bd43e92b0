"""What changed in a git repository since a revision, and what the files said then. Runs `git`, and only reads.

A change is counted from where the branch left the revision's (the merge base), so that what others did on the main
branch in the meantime is none of this branch's. Files that git does not track yet count as new.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.errors import ConfigError

_OPTION = "--changed-since"


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision, seen from a folder.

    `changed` are the files that are not what they were, by their path from the folder: the path that they had then, or
    None for new ones. `removed` are those that are gone. `commit` is what the folder is compared with.
    """

    folder: Path
    commit: str
    changed: Mapping[str, str | None]
    removed: frozenset[str]
    notes: tuple[str, ...] = field(default=())

    def old_path(self, path: str) -> str | None:
        """What a file was called then; None if it is new."""
        return self.changed.get(path, path)

    def old(self, path: str) -> bytes | None:
        """What a file of the folder (its old path) said then, as it would be checked out; None if it was not there.

        Raises:
            ConfigError: if git fails.
        """
        name = f"{self.commit}:./{path}"
        if _git(self.folder, "cat-file", "-e", name, check=False).returncode:
            return None
        return _git(self.folder, "cat-file", "--filters", name).stdout


def since(folder: Path, revision: str, files: Iterable[str]) -> Revision:
    """What changed of `files` (paths from the folder) since a revision.

    Raises:
        ConfigError: no git, no repository, or a revision that is not there; in a shallow clone the message says how to
            fetch it.
    """
    if shutil.which("git") is None:
        raise ConfigError(_OPTION, "there is no program `git`", "Install it, or leave the option out")
    top = _git(folder, "rev-parse", "--show-toplevel", check=False)
    if top.returncode:
        cause = f"{folder} is in no git repository that can be read ({_said(top)})"
        raise ConfigError(f"{_OPTION} {revision}", cause, "Run it in a checkout, or leave the option out")
    tip = _commit(folder, revision)
    commit, notes = _fork(folder, revision, tip)
    listed = sorted(set(files))
    changed, removed = _changes(folder, commit, listed)
    return Revision(folder, commit, changed, removed, notes)


def _commit(folder: Path, revision: str) -> str:
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", check=False)
    if not found.returncode:
        return found.stdout.decode().strip()
    place = f"{_OPTION} {revision}"
    if _is_shallow(folder):
        cause = "there is no such revision in this clone, which is shallow: it holds only the last commits"
        name = revision.removeprefix("origin/")
        remedy = (
            f"Fetch it first with `git fetch --depth=1 origin {name}` and compare with FETCH_HEAD, or fetch all with"
            " `git fetch --unshallow` (GitHub: fetch-depth: 0 in actions/checkout; GitLab: GIT_DEPTH: 0)"
        )
        raise ConfigError(place, cause, remedy)
    raise ConfigError(place, "git knows no such revision", "Name a commit, branch or tag; `git fetch` may bring it")


def _fork(folder: Path, revision: str, tip: str) -> tuple[str, tuple[str, ...]]:
    """The commit that this branch and the revision's have in common, or the revision itself where git cannot tell."""
    base = _git(folder, "merge-base", tip, "HEAD", check=False)
    if not base.returncode:
        return base.stdout.decode().strip(), ()
    why = "this clone is shallow" if _is_shallow(folder) else "the two have no history in common"
    remedy = "Fetch more of the history if it names changes that are not yours"
    note = f"{_OPTION} {revision}: the common ancestor cannot be told, since {why}; the revision itself is compared"
    return tip, (f"{note}. {remedy}.",)


def _changes(folder: Path, commit: str, files: Sequence[str]) -> tuple[dict[str, str | None], frozenset[str]]:
    """New or changed files with their old names, and those that are gone.

    All in a copy of the index: git sees a rename only if the new file is in it.
    """
    with tempfile.TemporaryDirectory(prefix="mtaudit-") as temporary:
        index = Path(temporary) / "index"
        own = Path(_git(folder, "rev-parse", "--path-format=absolute", "--git-path", "index").stdout.decode().strip())
        if own.is_file():
            shutil.copyfile(own, index)
        environment = {"GIT_INDEX_FILE": str(index)}
        _add(folder, files, environment)
        options = ("--name-status", "-z", "-M", "--no-ext-diff", "--no-textconv", "--relative", "--ignore-submodules")
        output = _git(folder, "diff", *options, commit, "--", environment=environment).stdout
    return _parsed(output.decode("utf-8", "surrogateescape"))


def _add(folder: Path, files: Sequence[str], environment: Mapping[str, str]) -> None:
    """Tell the copied index of the files that git does not track, without storing what they say."""
    listed = _git(folder, "ls-files", "-z", "--others", "--", ".", environment=environment).stdout
    untracked = set(listed.decode("utf-8", "surrogateescape").split("\0")) & set(files)
    if untracked:
        names = "\0".join(sorted(untracked)).encode("utf-8", "surrogateescape")
        arguments = ("add", "--intent-to-add", "--force", "--pathspec-from-file=-", "--pathspec-file-nul")
        _git(folder, *arguments, environment={**environment, "GIT_LITERAL_PATHSPECS": "1"}, given=names)


def _parsed(output: str) -> tuple[dict[str, str | None], frozenset[str]]:
    changed: dict[str, str | None] = {}
    removed: set[str] = set()
    fields = iter(output.split("\0"))
    for status in fields:
        if not status:
            continue
        path = next(fields)
        if status[0] in "RC":
            changed[next(fields)] = path
        elif status[0] == "D":
            removed.add(path)
        else:
            changed[path] = None if status[0] == "A" else path
    return changed, frozenset(removed)


def _is_shallow(folder: Path) -> bool:
    return _git(folder, "rev-parse", "--is-shallow-repository", check=False).stdout.strip() == b"true"


def _git(
    folder: Path,
    *arguments: str,
    check: bool = True,
    environment: Mapping[str, str] | None = None,
    given: bytes | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run git; it takes no locks, asks nothing, and downloads no large files."""
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603  # a fixed program; the revision is checked, and no shell is between
        ["git", "-C", str(folder), *arguments],  # noqa: S607  # the user's own git
        check=False,
        capture_output=True,
        env={**os.environ, **quiet, **(environment or {})},
        input=given,
    )
    if check and done.returncode:
        raise ConfigError(f"git {arguments[0]}", f"it failed: {_said(done)}", "Run it by hand to see why")
    return done


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return (lines[-1] if lines else f"exit code {done.returncode}").rstrip(".")
