"""`mtaudit baseline write`: accept what a project has now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mtaudit.cli.check import load_project
from mtaudit.cli.output import busy, warn

app = typer.Typer(help="Accept findings that are there already, so that `mtaudit check` fails on new ones only.")


@app.callback()
def _group() -> None:
    """Accept findings that are there already, so that `mtaudit check` fails on new ones only."""


@app.command()
def add(
    saved: Annotated[Path, typer.Argument(help="A baseline that was saved from an HTML report.")],
    config: Annotated[
        Path | None, typer.Option("--config", help="The configuration; default: mtaudit.toml here or above.")
    ] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Instead of the configured file.")] = None,
) -> None:
    """Add what somebody accepted in an HTML report to the baseline.

    Exit codes: 0 it is written; 2 one of the files is no baseline, or the options are wrong.
    """
    from mtaudit.errors import UnreadableError
    from mtaudit.findings import baseline as baselines

    if not saved.is_file():
        raise UnreadableError(str(saved), "there is no such file", "Name the file that the report saved")
    project = load_project(config, {"baseline": str(baseline.absolute()) if baseline is not None else None})
    before = baselines.read(project.baseline)
    after = baselines.joined(before, baselines.read(saved))
    baselines.write(after, project.baseline)
    new = len(set(after.entries) - set(before.entries))
    sys.stdout.write(f"{project.baseline}: {len(after.entries):,} entries; {new:,} are new or accept more\n")


@app.command()
def write(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Only these files and folders; the entries of all others stay as they are."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="The configuration; default: mtaudit.toml here or above.")
    ] = None,
    profile: Annotated[str | None, typer.Option("-p", "--profile", help="Instead of the configured profile.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Instead of the configured file.")] = None,
) -> None:
    """Write every finding that `mtaudit check` has now into the baseline, and drop entries that match no longer.

    Exit codes: 0 it is written; 2 it is written, but something could not be judged, or the options are wrong.
    """
    from mtaudit.check import check
    from mtaudit.findings import baseline as baselines

    file = str(baseline.absolute()) if baseline is not None else None
    project = load_project(config, {"profile": profile, "baseline": file})
    before = set(baselines.read(project.baseline).entries)
    with busy("checking") as notify:
        result = check(project, paths=paths or (), notify=notify)
    for problem in result.report.problems:
        warn(str(problem))
    baselines.write(result.baseline, project.baseline)
    after = set(result.baseline.entries)
    accepted = sum(entry.count for entry in after)
    sys.stdout.write(
        f"{project.baseline}: {accepted:,} accepted finding{'' if accepted == 1 else 's'}"
        f" in {len(after):,} entr{'y' if len(after) == 1 else 'ies'};"
        f" {len(after - before):,} are new, {len(before - after):,} were dropped\n"
    )
    raise typer.Exit(2 if result.report.problems else 0)
