"""Fits a calibration for a profile to a user's own labelled pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite, nan
from pathlib import Path

from mtaudit import pipeline
from mtaudit.config import Config
from mtaudit.errors import ConfigError, FormatError
from mtaudit.findings.calibration import SCHEMA, Calibration
from mtaudit.findings.features import features
from mtaudit.findings.fit import check_labels, fit
from mtaudit.findings.suspicion import combined
from mtaudit.languages import check_tag
from mtaudit.loading import model_names
from mtaudit.readers.decode import decode_lines, load
from mtaudit.readers.pairs import bitext_of
from mtaudit.text import base_language, shorten
from mtaudit.types import BadInput, Finding, Score

#: The MQM score of one major error (Freitag et al. 2021): pairs at or below it are bad.
ONE_MAJOR = -5.0
_COLUMNS = ("source", "target", "label")
_REMEDY = "Name the columns source, target and label in the first row, parted by tabs"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labelled pairs of a file; `label` says in words what made a pair bad."""

    pairs: tuple[tuple[str, str], ...]
    bad: tuple[bool, ...]
    label: str
    bad_input: tuple[BadInput, ...]


def read_labelled(path: Path, bad_score: float | None = None) -> Labelled:
    """Read a TSV with the columns source, target and label.

    Labels are 0 (good) and 1 (bad: it has a major error), or MQM scores, of which higher ones are better; then a pair
    is bad at `bad_score` and below (-5, one major error, unless said otherwise). Rows that cannot be used become
    `BadInput`.

    Raises:
        InputError: if the file cannot be read, or lacks a column.
        ConfigError: if scores lie above 0 and nobody said which are bad.
    """
    lines = list(decode_lines(load(path), str(path)).lines)
    header = [cell.strip().lower() for cell in (lines[0] or "").split("\t")] if lines else []
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        raise FormatError(f"{path}:1", f"no column '{missing[0]}'", _REMEDY)
    places = [header.index(name) for name in _COLUMNS]
    rows: list[tuple[str, str, float]] = []
    bad_input: list[BadInput] = []
    for number, line in enumerate(lines[1:], 2):
        if line is not None and not line.strip():
            continue
        found = _row(line, len(header), places)
        if len(found) == 3:
            rows.append(found)
        else:
            bad_input.append(BadInput(str(path), number, *found))
    bad, told = _bad([value for _, _, value in rows], bad_score, path)
    return Labelled(tuple((source, target) for source, target, _ in rows), bad, told, tuple(bad_input))


def _row(line: str | None, width: int, places: Sequence[int]) -> tuple[str, str, float] | tuple[str, str]:
    """Source, target and label of a row; or, where it cannot be used, why and what to do."""
    if line is None:
        return "the line is not in the file's encoding, or holds a NUL", "Mend the line, or save the file as UTF-8"
    cells = line.split("\t")
    if len(cells) != width:
        return f"{len(cells)} columns where the first row has {width}", "Part the columns by single tabs"
    source, target, label = (cells[place].strip() for place in places)
    if not source or not target:
        return "one side is empty", "Label pairs that have both sides"
    try:
        value = float(label)
    except ValueError:
        value = nan
    if not isfinite(value):
        return f"'{shorten(label)}' is neither 0 nor 1 nor an MQM score", "Give the row a label"
    return source, target, value


def _bad(values: Sequence[float], bad_score: float | None, path: Path) -> tuple[tuple[bool, ...], str]:
    """Which values are bad ones, and what that means."""
    if bad_score is None and set(values) <= {0.0, 1.0}:
        return tuple(value == 1.0 for value in values), "label 1"
    if bad_score is None and any(value > 0 for value in values):
        cause = "the labels are scores, and some lie above 0: it is not clear from which one a pair is bad"
        raise ConfigError(str(path), cause, "Say so with --bad-score")
    limit = ONE_MAJOR if bad_score is None else bad_score
    return tuple(value <= limit for value in values), f"MQM score {limit:g} or lower"


def calibrate(
    labelled: Labelled,
    path: Path,
    *,
    source_language: str,
    target_language: str,
    profile: str | None = None,
    config: Config | None = None,
    notify: pipeline.Notify | None = None,
) -> Calibration:
    """Audit the pairs and fit a calibration to their labels; `notify` is told as by `mtaudit.audit`.

    Raises:
        ConfigError: if there are too few pairs, or one class only.
        ModelError: if the profile does not cover the languages, or its models are not there.
    """
    check_labels(labelled.bad, str(path))
    tags = check_tag(source_language, "-s") or "und", check_tag(target_language, "-t") or "und"
    audit = pipeline.audit_bitext(bitext_of(labelled.pairs, tags), profile=profile, config=config, notify=notify)
    scores: dict[int, list[Score]] = defaultdict(list)
    for score in audit.scores:
        scores[score.pair].append(score)
    findings: dict[int, list[Finding]] = defaultdict(list)
    for finding in audit.findings:
        findings[finding.pair].append(finding)
    least = [combined(findings[at]) for at in range(len(labelled.pairs))]
    rows = [features(scores[at], least[at]) for at in range(len(labelled.pairs))]
    fitted = fit(rows, labelled.bad, least)
    return Calibration(
        schema=SCHEMA,
        profile=audit.signature.profile,
        languages=(base_language(tags[0]), base_language(tags[1])),
        models=model_names(audit.signature),
        date=datetime.now(UTC).date().isoformat(),
        pairs=len(labelled.bad),
        bad=sum(labelled.bad),
        label=labelled.label,
        intercept=fitted.intercept,
        weights=fitted.weights,
        means=fitted.means,
        scales=fitted.scales,
        reliability=fitted.reliability,
    )
