"""Calibrations: features of pairs, fits to labels, files, and what becomes of a pair's suspicion."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from mtaudit.errors import ConfigError
from mtaudit.findings.calibration import SCHEMA, Calibration, Reliability, read, write
from mtaudit.findings.features import FEATURES, features
from mtaudit.findings.fit import BINS, FOLDS, LEAST_PAIRS, check_labels, fit, reliability
from mtaudit.findings.suspicion import WEIGHTS, combined, suspicion
from mtaudit.scorers.embedding import COUNTERPART, SIMILARITY
from mtaudit.scorers.estimator import (
    BADNESS,
    MAJOR,
    MINOR,
    PENALTY,
    PLANTED,
    SPLIT,
    SURPRISAL,
    WRONG,
    WRONG_PLANTED,
)
from mtaudit.scorers.length import DEVIATION
from mtaudit.types import Finding, Score, Severity, Side, Span

SCORES = (
    Score(MAJOR, 0, 0.3),
    Score(MINOR, 0, 0.2),
    Score(PENALTY, 0, 0.49),
    Score(BADNESS, 0, 0.8),
    Score(PLANTED, 0, 0.75),
    Score(SURPRISAL, 0, 7.5),
    Score(SPLIT, 0, 0.25),
    Score(SIMILARITY, 0, 0.8),
    Score(DEVIATION, 0, -1.5),
    Score(WRONG, 0, 0.9, Side.TARGET, Span(0, 3)),
    Score(WRONG, 0, 0.5, Side.TARGET, Span(4, 8)),
    Score(WRONG, 0, 0.0, Side.SOURCE, Span(0, 3)),
    Score(WRONG_PLANTED, 0, 0.4, Side.TARGET, Span(0, 3)),
    Score(WRONG_PLANTED, 0, 0.08, Side.TARGET, Span(4, 8)),
    Score(WRONG_PLANTED, 0, 0.9, Side.SOURCE, Span(0, 3)),
    Score(COUNTERPART, 0, 0.25, Side.TARGET, Span(0, 3)),
)


def finding(rule: str, severity: Severity, confidence: float) -> Finding:
    return Finding(rule, 0, Side.TARGET, Span(0, 3), severity, confidence, "")


def calibration(weights: Mapping[str, float], intercept: float = 0.0, **changed: Any) -> Calibration:
    made = Calibration(
        schema=SCHEMA,
        profile="embedded",
        languages=("en", "de"),
        models=("embedder: e@1",),
        date="2026-01-01",
        pairs=300,
        bad=100,
        label="label 1",
        intercept=intercept,
        weights=weights,
        means=dict.fromkeys(weights, 0.0),
        scales=dict.fromkeys(weights, 1.0),
        reliability=Reliability(FOLDS, 0.02, ()),
    )
    return msgspec.structs.replace(made, **changed)


def test_features_are_what_they_are_called() -> None:
    found = features(SCORES, 0.5)
    assert list(found) == list(FEATURES)
    assert found == {
        "findings": 0,
        "estimator.major": pytest.approx(np.log(0.3 / 0.7)),
        "estimator.any": 0,
        "estimator.worst-target": pytest.approx(np.log(9)),
        "estimator.worst-source": pytest.approx(np.log(0.001 / 0.999)),
        "estimator.penalty": pytest.approx(np.log(0.5)),
        "estimator.badness": pytest.approx(np.log(4)),
        "estimator.planted": pytest.approx(np.log(3)),
        "estimator.planted-words": pytest.approx(np.log(0.25)),
        "estimator.surprisal": 7.5,
        "estimator.split": 0.25,
        "embedding.distance": pytest.approx(0.2),
        "embedding.loneliest": pytest.approx(0.75),
        "length.short": 1.5,
        "length.long": 0,
        "length.words": pytest.approx(np.log(2)),
    }


def test_features_without_models_are_nought() -> None:
    found = features((Score(DEVIATION, 0, 2.0),), 0.5)
    assert {name: value for name, value in found.items() if value} == {"length.long": 2.0}


def rows(count: int) -> tuple[list[dict[str, float]], list[bool]]:
    """Pairs whose log odds of being bad are twice one feature; another one is noise, the others never differ."""
    generator = np.random.default_rng(3)
    told, noise = generator.normal(size=count), generator.normal(size=count)
    bad = generator.random(count) < 1 / (1 + np.exp(-2 * told))
    table = [
        dict.fromkeys(FEATURES, 0.0) | {"estimator.major": float(a), "length.short": float(b)}
        for a, b in zip(told, noise, strict=True)
    ]
    return table, bad.tolist()


def test_a_fit_finds_what_tells_good_and_bad_apart() -> None:
    table, bad = rows(2_000)
    nothing = [0.0] * len(bad)
    fitted = fit(table, bad, nothing)
    assert set(fitted.weights) == {"estimator.major", "length.short"}
    assert fitted.weights["estimator.major"] == pytest.approx(2, abs=0.25)
    assert 0 <= fitted.weights["length.short"] < 0.15
    assert fitted.reliability.expected_error < 0.05
    assert fit(table, bad, nothing).weights == fitted.weights
    assert fit(table, bad, [0.9] * len(bad)).held_out.min() >= 0.9


def test_what_speaks_against_a_pair_never_makes_it_less_suspect() -> None:
    table, bad = rows(500)
    fitted = fit(table, [not one for one in bad], [0.0] * len(bad))
    assert fitted.weights["estimator.major"] == 0


def test_a_reliability_table_counts_every_pair() -> None:
    claimed = np.array([0.05, 0.05, 0.95, 1.0, 0.55])
    bad = np.array([False, True, True, True, False])
    table = reliability(claimed, bad, FOLDS)
    assert [(row.low, row.pairs, row.share_bad) for row in table.bins] == [(0.0, 2, 0.5), (0.5, 1, 0.0), (0.9, 2, 1.0)]
    assert table.expected_error == pytest.approx((0.45 * 2 + 0.55 + 0.025 * 2) / 5)
    assert all(row.high - row.low == pytest.approx(1 / BINS) for row in table.bins)


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        ([True, False] * (LEAST_PAIRS // 2 - 1), "198 labelled pairs are too few"),
        ([False] * LEAST_PAIRS, "0 of 200 pairs are labelled bad"),
        ([True] * LEAST_PAIRS, "0 of 200 pairs are labelled good"),
        ([], "0 labelled pairs are too few"),
    ],
    ids=["too few", "none bad", "none good", "none"],
)
def test_too_little_to_fit_is_refused(bad: list[bool], cause: str) -> None:
    with pytest.raises(ConfigError, match=cause):
        check_labels(bad, "pairs.tsv")


def test_files_come_back_as_they_went(tmp_path: Path) -> None:
    made = calibration({"estimator.major": 1.5}, -0.25)
    write(made, tmp_path / "c.json")
    assert read(tmp_path / "c.json") == made
    assert json.loads((tmp_path / "c.json").read_text())["schema"] == 1


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "this is no calibration"),
        ("[]", "this is no calibration"),
        ('{"schema": 2}', "this is no calibration"),
        (None, "cannot be read"),
    ],
    ids=["empty", "a list", "another schema", "missing"],
)
def test_what_is_no_calibration_is_refused(tmp_path: Path, content: str | None, cause: str) -> None:
    path = tmp_path / "c.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=cause):
        read(path)


def test_unknown_features_are_those_of_another_version(tmp_path: Path) -> None:
    write(calibration({"moon.phase": 1.0}), tmp_path / "c.json")
    with pytest.raises(ConfigError, match="another version"):
        read(tmp_path / "c.json")


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        write(calibration({}), tmp_path / "nowhere" / "c.json")


@pytest.mark.parametrize(
    ("profile", "languages", "models", "fits"),
    [
        ("embedded", ("en", "de"), ("embedder: e@1",), True),
        ("checks", ("en", "de"), ("embedder: e@1",), False),
        ("embedded", ("de", "en"), ("embedder: e@1",), False),
        ("embedded", ("en", "de"), ("embedder: e@2",), False),
        ("embedded", ("en", "de"), (), False),
    ],
    ids=["the same", "other profile", "other direction", "other revision", "no models"],
)
def test_a_calibration_is_for_its_models(
    profile: str, languages: tuple[str, str], models: tuple[str, ...], fits: bool
) -> None:
    assert calibration({}).fits(profile, languages, models) is fits


NEVER = calibration({"estimator.major": 0.0}, -20.0)
HALF = calibration({"estimator.major": 0.0}, 0.0)
CHECKED = finding("MT301", Severity.MAJOR, 0.9)
JUDGED = finding("MT101", Severity.MAJOR, 0.9)


@pytest.mark.parametrize(
    ("scores", "findings", "given", "expected"),
    [
        (SCORES, [], HALF, 0.5),
        (SCORES, [JUDGED], NEVER, WEIGHTS[Severity.MAJOR] * 0.9),
        (SCORES, [CHECKED], NEVER, WEIGHTS[Severity.MAJOR] * 0.9),
        (SCORES, [CHECKED], None, WEIGHTS[Severity.MAJOR] * 0.9),
        ((), [CHECKED], HALF, WEIGHTS[Severity.MAJOR] * 0.9),
        ((), [], HALF, 0.0),
    ],
    ids=[
        "calibrated",
        "a model's finding keeps its weight",
        "a check's finding keeps its weight",
        "uncalibrated",
        "a gap has no scores",
        "an empty gap",
    ],
)
def test_suspicion(
    scores: tuple[Score, ...], findings: list[Finding], given: Calibration | None, expected: float
) -> None:
    assert suspicion(scores, findings, given) == pytest.approx(expected, abs=1e-6)


def test_findings_are_independent_witnesses() -> None:
    one = combined([CHECKED])
    assert combined([CHECKED, replace(CHECKED, rule="MT106")]) == pytest.approx(1 - (1 - one) ** 2)
    assert combined([]) == 0
