"""What commands share that write files and talk to a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from mtaudit.errors import ConfigError, UnreadableError

if TYPE_CHECKING:
    from mtaudit.pipeline import Notify


def check_output(output: Path | None, inputs: Iterable[Path | None]) -> None:
    """Refuse to write where nothing can be written, or over a file that is read.

    Raises:
        UnreadableError: it is a folder.
        ConfigError: it is one of the input files.
    """
    if output is None:
        return
    if output.is_dir():
        raise UnreadableError(str(output), "the report cannot be written: it is a folder", "Name a file")
    for path in inputs:
        if path is not None and path.exists() and output.exists() and output.samefile(path):
            raise ConfigError(f"-o {output}", "this is an input file, which is never changed", "Name another file")


@contextmanager
def open_output(output: Path | None) -> Iterator[TextIO]:
    """The stream that the report goes to: standard output, or a file that appears only when it is whole."""
    if output is None:
        yield sys.stdout
        return
    partial = output.with_name(output.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        partial.replace(output)
    except OSError as error:
        cause = f"the report cannot be written ({error.strerror})"
        raise UnreadableError(str(output), cause, "Name a file in a folder that you may write to") from error
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def busy(what: str, *, shown: bool = True) -> Iterator[Notify | None]:
    """Show on a terminal, and only there, what is going on, and a bar where it is told how far it is.

    Yields the function that is told; a total of 0 is one that nobody knows. In pipes nothing is shown and None yielded,
    as with `shown` off, which is for commands that write their output meanwhile.
    """
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[count]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None, count="")
        told = what

        def notify(now: str, done: int, total: int) -> None:
            nonlocal task, told
            count = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
            if now == told:
                progress.update(task, completed=done, total=total or None, count=count)
                return
            # A new stage is a new task: rich cannot take a total back, and the time left would be that of the old one.
            progress.remove_task(task)
            task = progress.add_task(now, completed=done, total=total or None, count=count)
            told = now

        yield notify


def warn(message: str) -> None:
    """Tell the user something that is no part of the report."""
    sys.stderr.write(f"mtaudit: {message}\n")
