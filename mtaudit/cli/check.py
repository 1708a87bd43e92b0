"""`mtaudit check`: judge the files of a project, and fail on what is new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.cli.audit import FailOn
from mtaudit.cli.output import busy, check_output, open_output
from mtaudit.errors import ConfigError
from mtaudit.types import CheckReport, Json

if TYPE_CHECKING:
    from mtaudit.project import Project
    from mtaudit.reporters import ReportOptions


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Only these files and folders, with their counterparts; default: all.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="The configuration; default: mtaudit.toml here or above.")
    ] = None,
    changed_since: Annotated[
        str | None, typer.Option("--changed-since", help="Only sentence pairs that changed since this git revision.")
    ] = None,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", help="FORMAT or FORMAT=FILE, such as sarif=out.sarif; repeat it for several."),
    ] = None,
    profile: Annotated[str | None, typer.Option("-p", "--profile", help="Instead of the configured profile.")] = None,
    device: Annotated[str | None, typer.Option("--device", help="Instead of the configured device.")] = None,
    select: Annotated[list[str] | None, typer.Option("--select", help="Instead of the configured `select`.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Instead of the configured `ignore`.")] = None,
    min_confidence: Annotated[float | None, typer.Option("--min-confidence", help="Instead of the configured.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="Instead of the configured severity.")] = None,
    max_suspicion: Annotated[float | None, typer.Option("--max-suspicion", help="Instead of the configured.")] = None,
    max_expected_bad: Annotated[
        float | None, typer.Option("--max-expected-bad", help="Instead of the configured.")
    ] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Instead of the configured file.")] = None,
    cache: Annotated[bool | None, typer.Option("--cache/--no-cache", help="Instead of the configured.")] = None,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print what holds and where each value comes from, and end.")
    ] = False,
) -> None:
    """Check the translations of a project, as mtaudit.toml describes it, and fail on what is new.

    Exit codes: 0 it passes; 1 it fails; 2 something could not be judged, or the options are wrong.
    """
    from mtaudit.check import check as run

    overrides: dict[str, Json] = {
        "profile": profile,
        "device": device,
        "select": select or None,
        "ignore": ignore or None,
        "min-confidence": min_confidence,
        "fail-on": fail_on.value if fail_on is not None else None,
        "max-suspicion": max_suspicion,
        "max-expected-bad": max_expected_bad,
        "baseline": str(baseline.absolute()) if baseline is not None else None,
        "cache": cache,
    }
    project = load_project(config, overrides)
    if show_config:
        from mtaudit.project import show

        sys.stdout.write(show(project))
        return
    wanted = [_parsed(text) for text in report or ("text",)]
    if sum(file is None for _, file in wanted) > 1:
        remedy = "Give all but one a file, such as sarif=mtaudit.sarif"
        raise ConfigError("--report", "several reports would go to the standard output", remedy)
    for name, file in wanted:
        _check_report(name, file, project)
    with busy("checking") as notify:
        result = run(project, paths=paths or (), changed_since=changed_since, notify=notify)
    for name, file in wanted:
        write_report(result.report, name, file)
    raise typer.Exit(result.exit_code)


def load_project(config: Path | None, overrides: dict[str, Json]) -> Project:
    """The project of the working folder, with what the command line sets (None: nothing)."""
    from mtaudit.project import load

    given = {key: (f"--{key}", value) for key, value in overrides.items() if value is not None}
    return load(Path.cwd(), config, given)


def write_report(report: CheckReport, name: str, file: Path | None) -> None:
    """Render a check run in one format."""
    from mtaudit.reporters import find_check_reporter

    with open_output(file) as stream:
        find_check_reporter(name)(report, stream, _options(report, name))


def _options(report: CheckReport, name: str) -> ReportOptions | None:
    """What reports need to know of the rules; the text names them by their ids alone while there is nothing to name."""
    from mtaudit.reporters import ReportOptions

    if name == "text" and not any(audit.findings for audit in report.audits):
        return None
    from mtaudit.pipeline import all_rules

    return ReportOptions({rule.id: rule for rule in all_rules()})


def _parsed(text: str) -> tuple[str, Path | None]:
    """`sarif=out.sarif` as name and file."""
    name, equals, file = text.partition("=")
    if equals and not file:
        raise ConfigError(f"--report {text}", "there is no file behind the =", f"Write {name}=FILE, or {name} alone")
    return name, Path(file) if file else None


def _check_report(name: str, file: Path | None, project: Project) -> None:
    """Say what is wrong with a report before the work is done."""
    from mtaudit.reporters import find_check_reporter

    find_check_reporter(name)
    check_output(file, (project.file, project.baseline))
