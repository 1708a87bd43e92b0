"""`mtaudit calibrate`: fit the suspicion to a user's own labelled pairs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mtaudit.cli.output import busy, warn

if TYPE_CHECKING:
    from mtaudit.findings.calibration import Calibration


def calibrate(
    labelled: Annotated[
        Path, typer.Argument(help="A TSV with columns source, target and label (0 good, 1 bad, or MQM scores).")
    ],
    source_language: Annotated[str, typer.Option("-s", "--source-language", help="Such as en.")],
    target_language: Annotated[str, typer.Option("-t", "--target-language", help="Such as de.")],
    profile: Annotated[str | None, typer.Option("-p", "--profile", help="Profile to calibrate.")] = None,
    bad_score: Annotated[
        float | None, typer.Option("--bad-score", help="With scores: a pair is bad at this one and below (-5).")
    ] = None,
    models: Annotated[Path | None, typer.Option("--models", help="A models.yaml laid over the bundled one.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Write the calibration there.")] = Path(
        "mtaudit-calibration.json"
    ),
) -> None:
    """Fit the suspicion to labelled pairs, so that 0.8 means that 80 of 100 such pairs are bad."""
    from mtaudit.calibrate import calibrate as fit
    from mtaudit.calibrate import read_labelled
    from mtaudit.config import Config
    from mtaudit.findings.calibration import write

    found = read_labelled(labelled, bad_score)
    for bad in found.bad_input:
        warn(str(bad))
    with busy("auditing") as notify:
        fitted = fit(
            found,
            labelled,
            source_language=source_language,
            target_language=target_language,
            profile=profile,
            config=Config(models=models),
            notify=notify,
        )
    write(fitted, output)
    sys.stdout.write(_told(fitted, output))


def _told(fitted: Calibration, output: Path) -> str:
    """What was fitted, how reliable it is, and how to use it."""
    lines = [
        (
            f"profile {fitted.profile}, {' → '.join(fitted.languages)}: {fitted.pairs} pairs, {fitted.bad} bad"
            f" ({fitted.label})"
        ),
        (
            f"expected calibration error {fitted.reliability.expected_error:.3f}, on pairs left out of the fit"
            f" ({fitted.reliability.folds} folds)"
        ),
        "",
        "suspicion    pairs  claimed  bad",
    ]
    lines += [
        f"{row.low:.1f} to {row.high:.1f} {row.pairs:>7} {row.mean_suspicion:>8.2f} {row.share_bad:>5.2f}"
        for row in fitted.reliability.bins
    ]
    lines += ["", f"Use it with: mtaudit audit --calibration {output} ..."]
    return "\n".join(lines) + "\n"
