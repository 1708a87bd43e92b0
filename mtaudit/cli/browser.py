"""`mtaudit audit --open`: show the report in the user's web browser."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from pathlib import Path

from mtaudit.cli.output import warn
from mtaudit.errors import ConfigError

#: The format that browsers show.
OPENED = "html"


def check_format(report: str | None) -> None:
    """Refuse to open what is no page; None is a format that nobody named.

    Raises:
        ConfigError: if another format was named.
    """
    if report not in (None, OPENED):
        raise ConfigError(
            "--open", f"a browser does not show the format '{report}'", f"Leave -f out, or use -f {OPENED}"
        )


def fresh_file() -> Path:
    """A new file for a report that nobody gave a name to. It is kept: the browser reads it after this process ends."""
    handle, name = tempfile.mkstemp(prefix="mtaudit-", suffix=f".{OPENED}")
    os.close(handle)
    return Path(name)


def show(path: Path) -> None:
    """Open the report, and say where it is: the page may be hidden behind other windows."""
    try:
        opened = webbrowser.open(path.resolve().as_uri())
    except (webbrowser.Error, OSError):
        opened = False
    warn(f"the report is {path}" if opened else f"{path}: no web browser could be started. Open the file yourself.")
