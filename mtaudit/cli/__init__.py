"""The command line: the only place that prints, and that turns errors into exit codes.

0: nothing at or above the fail level; 1: findings at or above it; 2: the input or the options are wrong; 3: an
internal error.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

# Plain help starts in a third of the time: rich would be imported for its boxes alone.
os.environ.setdefault("TYPER_USE_RICH", "0")

import typer

import mtaudit
from mtaudit.cli.align import align
from mtaudit.cli.audit import audit
from mtaudit.cli.baseline import app as baseline
from mtaudit.cli.calibrate import calibrate
from mtaudit.cli.check import check
from mtaudit.cli.models import app as models
from mtaudit.cli.probe import probe
from mtaudit.cli.rules import rule, rules
from mtaudit.errors import MtauditError

app = typer.Typer(
    name="mtaudit",
    help="Audits machine translations: which sentences a person must look at, which words are wrong, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(audit)
app.command()(probe)
app.command()(calibrate)
app.command()(align)
app.command()(rules)
app.command()(rule)
app.add_typer(models, name="models")
app.command()(check)
app.add_typer(baseline, name="baseline")


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"mtaudit {mtaudit.__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[  # typer wants the parameter; the callback does the work
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Audits machine translations: which sentences a person must look at, which words are wrong, and why."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # A legacy console encoding has no marks such as ⟦; replacing them beats dying of them.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    try:
        app()
    except MtauditError as error:
        sys.stderr.write(f"mtaudit: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output (`| head`) has had enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the last resort: exit code 3 is promised for whatever is our fault
        if os.environ.get("MTAUDIT_TRACEBACK"):
            raise
        sys.stderr.write(
            f"mtaudit: internal error: {type(error).__name__}: {error}. This is a fault of mtaudit, not of your files. "
            "Set MTAUDIT_TRACEBACK=1, run it again and report what it prints.\n"
        )
        sys.exit(3)
