"""`mtaudit audit`: audit one translation and render the report."""

from __future__ import annotations

import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from mtaudit.cli.corpus import STREAMED, audit_corpus
from mtaudit.cli.output import busy, check_output, open_output, warn
from mtaudit.errors import ConfigError
from mtaudit.types import Severity

if TYPE_CHECKING:
    from mtaudit.config import Config
    from mtaudit.pipeline import Notify
    from mtaudit.types import Audit


class FailOn(StrEnum):
    """The severity from which a finding fails the run."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Color(StrEnum):
    """When to colour the text report."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def audit(
    source: Annotated[
        Path,
        typer.Argument(
            help="The source, a bilingual file (.tsv, .xlf, .po ...), or with --target-only the translation."
        ),
    ],
    target: Annotated[Path | None, typer.Argument(help="The translation.")] = None,
    target_only: Annotated[bool, typer.Option("--target-only", help="Audit a translation without its source.")] = False,
    source_language: Annotated[
        str | None, typer.Option("-s", "--source-language", help="Such as en; default: found out.")
    ] = None,
    target_language: Annotated[
        str | None, typer.Option("-t", "--target-language", help="Such as de; default: found out.")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("-p", "--profile", help="embedded (default) or another that `mtaudit models list` shows."),
    ] = None,
    models: Annotated[
        Path | None, typer.Option("--models", help="Your own models.yaml, laid over the bundled one.")
    ] = None,
    device: Annotated[str, typer.Option("--device", help="auto, cpu, cuda, cuda:1 or mps.")] = "auto",
    dtype: Annotated[
        str, typer.Option("--dtype", help="auto, float32, float16, bfloat16, or int8 (CPU; extra `fast`).")
    ] = "auto",
    report: Annotated[
        str | None,
        typer.Option("-f", "--format", help="text (default), html, json, jsonl, tsv, csv, xliff, sarif ..."),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the report there.")] = None,
    top: Annotated[int | None, typer.Option("--top", help="List only the worst N suspects.")] = None,
    all_pairs: Annotated[bool, typer.Option("--all", help="List every pair, not only suspects.")] = False,
    select: Annotated[list[str] | None, typer.Option("--select", help="Only these rules or families.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Not these rules or families.")] = None,
    min_confidence: Annotated[float, typer.Option("--min-confidence", help="Drop findings less sure than this.")] = 0.5,
    glossary: Annotated[
        list[Path] | None, typer.Option("--glossary", help="Terms and their translations (.tsv, .csv, .tbx).")
    ] = None,
    do_not_translate: Annotated[
        list[str] | None, typer.Option("--do-not-translate", help="A word that must stay as it is.")
    ] = None,
    calibration: Annotated[
        Path | None, typer.Option("--calibration", help="A file that `mtaudit calibrate` wrote; default: the bundled.")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit with 1 from this severity on.")] = FailOn.MAJOR,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", min=1, help="Processes for a corpus (jsonl, tsv) and a profile without models; default: cores."
        ),
    ] = None,
    color: Annotated[Color, typer.Option("--color", help="Colour the text report.")] = Color.AUTO,
    open_report: Annotated[
        bool, typer.Option("--open", help="Open the report, which is then html, in the web browser.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Audit again when a file changes, until Ctrl-C.")] = False,
) -> None:
    """Find the sentences of a translation that a person must look at, worst first."""
    from mtaudit.cli.browser import OPENED, check_format, fresh_file, show
    from mtaudit.cli.watch import watched
    from mtaudit.config import Config
    from mtaudit.models.device import check_device, check_dtype
    from mtaudit.pipeline import all_rules
    from mtaudit.readers import is_streamed
    from mtaudit.reporters import ReportOptions, find_reporter

    # What is wrong with the options is said before seconds are spent on models.
    if open_report:
        check_format(report)
    report = report or (OPENED if open_report else "text")
    render = find_reporter(report)
    config = Config(
        tuple(select or ()),
        tuple(ignore or ()),
        min_confidence,
        calibration=calibration,
        models=models,
        device=check_device(device),
        dtype=check_dtype(dtype),
        glossary=tuple(glossary or ()),
        do_not_translate=tuple(do_not_translate or ()),
    )
    rules = {rule.id: rule for rule in all_rules()}
    config.rule_ids(rules.values())
    colored = color is Color.ALWAYS or (color is Color.AUTO and output is None and _wants_color(sys.stdout))
    width = shutil.get_terminal_size((80, 24)).columns if output is None and sys.stdout.isatty() else 80
    options = ReportOptions(rules, all_pairs, top, colored, width, _level(fail_on))
    check_output(output, (source, target))

    def once() -> int:
        """One audit and its report; returns the exit code."""
        nonlocal output
        if report in STREAMED and target is None and not target_only and is_streamed(source):
            languages = {"source_language": source_language, "target_language": target_language}
            # A report that is written to the terminal meanwhile would run into the bar.
            apart = output is not None or not sys.stdout.isatty()
            with open_output(output) as stream, busy("auditing", shown=apart) as notify:
                worst = audit_corpus(
                    source,
                    stream,
                    report,
                    options,
                    **languages,
                    profile=profile,
                    config=config,
                    jobs=jobs,
                    notify=notify,
                )
            return int(fail_on is not FailOn.NONE and worst >= Severity(fail_on.value).gravity)
        if jobs is not None and jobs > 1:
            raise ConfigError(
                f"--jobs {jobs}",
                "only a corpus is audited in parts: a file such as .tsv, .jsonl, .tmx or .xlf, with -f jsonl or -f tsv",
                "Leave it out, or ask for one of these reports",
            )
        with busy("auditing") as notify:
            finished = _run(source, target, target_only, source_language, target_language, profile, config, notify)
        if open_report and output is None:
            output = fresh_file()  # not before there is something to write into it
        with open_output(output) as stream:
            render(finished, stream, options)
        return _exit_code(finished, fail_on)

    def first() -> int:
        """The run after which the report is opened; later ones write it anew."""
        code = once()
        if open_report and output is not None:
            show(output)
        return code

    if watch:
        files = [path for path in (source, target, calibration, models, *(glossary or ())) if path is not None]
        raise typer.Exit(watched(first, once, files))
    raise typer.Exit(first())


def _run(
    source: Path,
    target: Path | None,
    target_only: bool,
    source_language: str | None,
    target_language: str | None,
    profile: str | None,
    config: Config,
    notify: Notify | None,
) -> Audit:
    """Choose the kind of audit that the arguments ask for."""
    from mtaudit import pipeline, readers

    settings = {"source_language": source_language, "target_language": target_language, "profile": profile}
    if target_only:
        if target is not None:
            raise ConfigError("--target-only", "two files were given", "Name the translation alone")
        return pipeline.audit(None, source, **settings, config=config, warn=warn, notify=notify)
    if target is None and not readers.is_bilingual(source):
        cause = "one file was given, and it does not hold two languages"
        raise ConfigError(str(source), cause, "Name the translation too, or use --target-only")
    if target is None:
        return pipeline.audit_bilingual(source, **settings, config=config, warn=warn, notify=notify)
    return pipeline.audit(source, target, **settings, config=config, warn=warn, notify=notify)


def _wants_color(stream: TextIO) -> bool:
    """Colour on terminals, unless the user has it off (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _exit_code(audit: Audit, fail_on: FailOn) -> int:
    level = _level(fail_on)
    return int(level is not None and any(finding.severity.gravity >= level.gravity for finding in audit.findings))


def _level(fail_on: FailOn) -> Severity | None:
    return None if fail_on is FailOn.NONE else Severity(fail_on.value)
