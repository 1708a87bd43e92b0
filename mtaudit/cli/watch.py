"""`mtaudit audit --watch`: audit again whenever one of the files changes, until Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from mtaudit.cli.output import warn
from mtaudit.errors import ConfigError, MtauditError

#: Milliseconds without a further change after which a file counts as saved, and after which it is read all the same.
_QUIET, _LONGEST = 200, 2_000
#: Milliseconds after which the files are looked at even if no event came: network drives send none.
_LOOK = 1_000
#: What a shell reports for a command that Ctrl-C ended before it had a result.
_INTERRUPTED = 130

#: What is compared to see whether a file changed: time, size and identity; None where there is no file.
_State: TypeAlias = tuple[int, int, int] | None


def watched(
    first: Callable[[], int], again: Callable[[], int], files: Sequence[Path], events: Iterable[object] | None = None
) -> int:
    """Call `first`, and `again` each time one of `files` has changed, until Ctrl-C; returns the last exit code.

    The first run must succeed; what is wrong with a file later is said, and the files are watched on. `events` wakes
    the watcher; by default the file system does. An event alone starts nothing: the files must really have changed
    since the last run began, so a change during a run is not missed, and a mere access is none.

    Raises:
        MtauditError: as `first`.
        ConfigError: if the file system cannot be watched.
    """
    code = _INTERRUPTED
    try:
        seen = _states(files)
        code = first()
        warn(f"watching {_told(files)}; Ctrl-C ends")
        for _ in _file_events(files) if events is None else events:
            now = _states(files)
            changed = [path for path in files if now[path] != seen[path]]
            if not changed:
                continue
            seen = now
            warn(f"{_told(changed)} changed")
            code = _later(again)
    except KeyboardInterrupt:
        # The terminal shows ^C in this line.
        sys.stderr.write("\n")
    return code


def _later(run: Callable[[], int]) -> int:
    try:
        return run()
    except MtauditError as error:
        # Editors leave a file away or half written for a moment, and people save before they are done.
        warn(str(error))
        return 2


def _file_events(files: Sequence[Path]) -> Iterator[object]:
    """Yield when something happens in the folders of the files, and now and then.

    Folders are watched, not files: editors write a new file and rename it over the old one. For a link that is the
    folder of the link and that of the file it leads to.

    Raises:
        ConfigError: if the file system cannot be watched.
    """
    from watchfiles import watch

    names = {str(path.absolute()) for path in files} | {str(path.resolve()) for path in files}
    folders = {Path(name).parent for name in names}
    try:
        yield from watch(
            *folders,
            watch_filter=lambda _, name: name in names,
            debounce=_LONGEST,
            step=_QUIET,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        )
    except OSError as error:
        cause = f"the files cannot be watched ({error})"
        raise ConfigError("--watch", cause, "Set WATCHFILES_FORCE_POLLING=1, or leave --watch out") from error


def _states(files: Iterable[Path]) -> dict[Path, _State]:
    return {path: _state(path) for path in files}


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _told(files: Sequence[Path]) -> str:
    return " and ".join(str(path) for path in files)
