"""Fits a calibration to labelled pairs and measures how reliable it is.

A logistic regression with an L2 penalty whose weights are not below 0 (SciPy's L-BFGS-B; Byrd et al. 1995): every
feature is larger for worse pairs, and what speaks against a pair must never make it less suspect, however few labels
there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mtaudit.errors import ConfigError
from mtaudit.findings.calibration import Bin, Reliability
from mtaudit.findings.features import FEATURES

#: Fewer labelled pairs than this say too little: at 200 a share of 20 % is known to about five percentage points.
LEAST_PAIRS = 200
FOLDS = 5
#: Inverse strengths of the L2 penalty on the summed loss that are tried; the one with the best cross-validated
#: likelihood is taken.
STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
BINS = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic regression over standardised features, and what it claims of pairs that it did not see."""

    intercept: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    scales: Mapping[str, float]
    held_out: Floats
    reliability: Reliability


def check_labels(bad: Sequence[bool], place: str) -> None:
    """Make sure that there is enough to fit.

    Raises:
        ConfigError: with fewer than `LEAST_PAIRS` pairs, or with one class (or fewer than `FOLDS` of it).
    """
    if len(bad) < LEAST_PAIRS:
        cause = f"{len(bad)} labelled pairs are too few for a calibration"
        raise ConfigError(place, cause, f"Label at least {LEAST_PAIRS}")
    for count, name in ((sum(bad), "bad"), (len(bad) - sum(bad), "good")):
        if count < FOLDS:
            cause = f"{count} of {len(bad)} pairs are labelled {name}: nothing tells the two apart"
            raise ConfigError(place, cause, f"Label at least {FOLDS} {name} pairs too")


def fit(rows: Sequence[Mapping[str, float]], bad: Sequence[bool], least: Sequence[float]) -> Fitted:
    """Fit features of pairs to labels; features that never differ get no weight.

    `least` is the suspicion that the findings alone give each pair (see `suspicion`): what is claimed of a pair, and so
    its reliability, is never below it.
    """
    raw = np.array([[row[name] for name in FEATURES] for row in rows], dtype=np.float64)
    labels = np.array(bad, dtype=np.int64)
    means, scales = raw.mean(0), raw.std(0)
    used = [at for at in range(len(FEATURES)) if scales[at] > 1e-9]
    table = (raw[:, used] - means[used]) / scales[used]
    folds = _folds(labels)
    trials = [(_held_out(table, labels, folds, strength), strength) for strength in STRENGTHS]
    held_out, strength = min(trials, key=lambda trial: _surprise(trial[0], labels))
    weights, intercept = _regression(table, labels, strength)
    names = [FEATURES[at] for at in used]
    held_out = np.maximum(held_out, np.array(least))
    return Fitted(
        round(intercept, 6),
        {name: round(float(weight), 6) for name, weight in zip(names, weights, strict=True)},
        {FEATURES[at]: round(float(means[at]), 6) for at in used},
        {FEATURES[at]: round(float(scales[at]), 6) for at in used},
        held_out,
        reliability(held_out, labels.astype(bool), FOLDS),
    )


def reliability(claimed: Floats, bad: NDArray[np.bool_], folds: int) -> Reliability:
    """The reliability table of claimed probabilities (pairs,) against what was bad (pairs,)."""
    place = np.minimum((claimed * BINS).astype(int), BINS - 1)
    bins, error = [], 0.0
    for at in range(BINS):
        inside = place == at
        if not inside.any():
            continue
        mean, share = float(claimed[inside].mean()), float(bad[inside].mean())
        error += abs(mean - share) * inside.mean()
        bins.append(Bin(at / BINS, (at + 1) / BINS, int(inside.sum()), round(mean, 4), round(share, 4)))
    return Reliability(folds, round(float(error), 4), tuple(bins))


def _folds(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """A fold for every pair, each with its share of bad ones; the same for the same labels."""
    fold = np.empty(len(labels), dtype=np.int64)
    generator = np.random.default_rng(0)
    for label in (0, 1):
        places = np.flatnonzero(labels == label)
        fold[generator.permutation(places)] = np.arange(len(places)) % FOLDS
    return fold


def _held_out(table: Floats, labels: NDArray[np.int64], folds: NDArray[np.int64], strength: float) -> Floats:
    """For every pair the probability from a fit that did not see it."""
    claimed = np.empty(len(labels))
    for fold in range(FOLDS):
        weights, intercept = _regression(table[folds != fold], labels[folds != fold], strength)
        claimed[folds == fold] = 1 / (1 + np.exp(-(table[folds == fold] @ weights + intercept)))
    return claimed


def _regression(table: Floats, labels: NDArray[np.int64], strength: float) -> tuple[Floats, float]:
    """Weights (features,) of at least 0, and the intercept."""
    from scipy.optimize import minimize

    signs = np.where(labels == 1, 1.0, -1.0)

    def cost(values: Floats) -> tuple[float, Floats]:
        margins = signs * (table @ values[:-1] + values[-1])
        # log(1 + exp(-m)) without overflow; its slope is -1 / (1 + exp(m)).
        loss = np.logaddexp(0.0, -margins).sum() + 0.5 / strength * float(values[:-1] @ values[:-1])
        slopes = -signs * np.exp(-np.logaddexp(0.0, margins))
        gradient = np.append(table.T @ slopes + values[:-1] / strength, slopes.sum())
        return float(loss), gradient

    width = table.shape[1]
    bounds = [(0.0, None)] * width + [(None, None)]
    found = minimize(cost, np.zeros(width + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[:-1], float(found[-1])


def _surprise(claimed: Floats, labels: NDArray[np.int64]) -> float:
    """Mean negative log likelihood."""
    right = np.where(labels == 1, claimed, 1 - claimed)
    return float(-np.log(np.maximum(right, 1e-12)).mean())
