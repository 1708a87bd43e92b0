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
def busy(what: str) -> Iterator[Notify | None]:
    """Show on a terminal, and only there, what is going on and, where that is told, how far it is."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …") as status:
        yield lambda now, done, total: status.update(f"{now}: {done:,} of {total:,} …")


def warn(message: str) -> None:
    """Tell the user something that is no part of the report."""
    sys.stderr.write(f"mtaudit: {message}\n")
