"""`mtaudit probe`: plant known errors into the user's own pairs and say how many the audit finds."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.cli.output import busy, warn

if TYPE_CHECKING:
    from mtaudit.probe import Probe


class Format(StrEnum):
    """How the result is told."""

    TEXT = "text"
    JSON = "json"


def probe(
    source: Annotated[Path, typer.Argument(help="The source, or a bilingual file.")],
    target: Annotated[Path | None, typer.Argument(help="A good translation of it.")] = None,
    source_language: Annotated[
        str | None, typer.Option("-s", "--source-language", help="Such as en; default: found out.")
    ] = None,
    target_language: Annotated[
        str | None, typer.Option("-t", "--target-language", help="Such as de; default: found out.")
    ] = None,
    profile: Annotated[str | None, typer.Option("-p", "--profile", help="Profile to probe.")] = None,
    models: Annotated[Path | None, typer.Option("--models", help="A models.yaml laid over the bundled one.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Plant only errors of this kind.")] = None,
    per_kind: Annotated[int, typer.Option("--per-kind", min=1, help="Plant at most so many of each kind.")] = 50,
    seed: Annotated[int, typer.Option("--seed", help="The same seed plants the same errors.")] = 13,
    min_confidence: Annotated[float, typer.Option("--min-confidence", help="Drop findings less sure than this.")] = 0.5,
    report: Annotated[Format, typer.Option("-f", "--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Plant known errors into your own good pairs and count what the audit finds, and how often it cries wolf."""
    from mtaudit import pipeline, readers
    from mtaudit.config import Config
    from mtaudit.errors import ConfigError
    from mtaudit.probe import probe as run
    from mtaudit.synthesize import KINDS

    for name in kind or ():
        if name not in KINDS:
            raise ConfigError(
                f"--kind {name}", "no error of this kind can be planted", f"There are: {', '.join(KINDS)}"
            )
    if target is None and not readers.is_bilingual(source):
        cause = "one file was given, and it does not hold two languages"
        raise ConfigError(str(source), cause, "Name the translation too")
    config = Config(min_confidence=min_confidence, models=models)
    with busy("aligning") as notify:
        bitext = pipeline.aligned(
            source,
            target,
            source_language=source_language,
            target_language=target_language,
            profile=profile,
            config=config,
            warn=warn,
        )
        result = run(
            bitext, profile=profile, kinds=kind or (), per_kind=per_kind, seed=seed, config=config, notify=notify
        )
    sys.stdout.write(_json(result) if report is Format.JSON else _text(result))


def _json(result: Probe) -> str:
    return json.dumps({"schema": 1, **asdict(result)}, ensure_ascii=False, indent=1) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _text(result: Probe) -> str:
    """Two tables: what was planted by kind, and what each rule found."""
    from mtaudit.pipeline import all_rules

    width = max(len(row.kind) for row in result.kinds)
    lines = [f"{'planted':<{width}}  pairs  right place  anywhere  mostly by"]
    for row in result.kinds:
        shares = f"{_share(row.found, row.planted):>11}  {_share(row.flagged, row.planted):>8}"
        rules = ", ".join(f"{rule} ({count})" for rule, count in list(row.rules.items())[:3])
        lines.append(f"{row.kind:<{width}}  {row.planted:>5}  {shares}  {rules}".rstrip())
    names = {rule.id: f"{rule.id} {rule.slug}" for rule in all_rules()}
    lines += ["", f"{'rule':<28}  right place  elsewhere  untouched pairs"]
    lines += [
        f"{names.get(row.rule, row.rule):<28}  {row.right:>11}  {row.elsewhere:>9}  {row.untouched:>15}"
        for row in result.rules
    ]
    lines += [
        "",
        (
            f"{result.pairs} pairs of yours were used; {result.alarms} of them are flagged untouched"
            f" ({1000 * result.alarms / result.pairs:.0f} per 1,000): false alarms, or errors that are there."
        ),
        (
            f"Profile {result.profile}, seed {result.seed}. A kind without pairs has no place in this text"
            " (no number, no name, ...)."
        ),
    ]
    return "\n".join(lines) + "\n"
