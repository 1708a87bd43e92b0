"""A calibration: the logistic regression that turns the features of a pair into a probability, as a JSON file.

Fitted by `mtaudit calibrate` (see `fit`); applying one takes a dot product. Platt 1999, "Probabilistic Outputs
for Support Vector Machines", with several scores instead of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from pathlib import Path
from typing import Literal

import msgspec

from mtaudit.errors import ConfigError
from mtaudit.findings.features import FEATURES

SCHEMA: Literal[1] = 1


class Bin(msgspec.Struct, frozen=True):
    """A row of a reliability table: pairs whose suspicion lies in a range, the mean of it, and how many were bad."""

    low: float
    high: float
    pairs: int
    mean_suspicion: float
    share_bad: float


class Reliability(msgspec.Struct, frozen=True, rename="kebab"):
    """How far suspicions are what they claim, measured on pairs that the fit did not see (cross-validation).

    `expected_error` is the mean over the bins of the distance between claim and share, weighted by pairs (expected
    calibration error; Naeini et al. 2015, ten bins).
    """

    folds: int
    expected_error: float
    bins: tuple[Bin, ...]


class Calibration(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What a calibration file holds.

    `models` are the models of the profile with their revisions, as `role: id@revision`: a calibration fits the models
    that it was made with and no others. `weights` and `scales` have a number for each feature.
    """

    schema: Literal[1]
    profile: str
    languages: tuple[str, str]
    models: tuple[str, ...]
    date: str
    pairs: int
    bad: int
    label: str
    intercept: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    scales: Mapping[str, float]
    reliability: Reliability

    def probability(self, features: Mapping[str, float]) -> float:
        """The suspicion of a pair with these features."""
        total = self.intercept
        for name, weight in self.weights.items():
            total += weight * (features[name] - self.means[name]) / self.scales[name]
        return 1 / (1 + exp(-total)) if total > -500 else 0.0

    def fits(self, profile: str, languages: tuple[str, str], models: tuple[str, ...]) -> bool:
        """Whether it was made for this profile, language pair and these models."""
        return (self.profile, self.languages, self.models) == (profile, languages, models)


def read(path: Path) -> Calibration:
    """Read a calibration file.

    Raises:
        ConfigError: if it cannot be read, is no calibration, or knows other features than this version.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Calibration)
    except OSError as error:
        cause = f"the calibration cannot be read ({error.strerror})"
        raise ConfigError(str(path), cause, "Name a file that `mtaudit calibrate` wrote") from error
    except msgspec.DecodeError as error:
        cause = f"this is no calibration: {error}".rstrip(".")
        raise ConfigError(str(path), cause, "Name a file that `mtaudit calibrate` wrote") from error
    if not set(FEATURES) >= set(found.weights) or set(found.weights) != set(found.means) | set(found.scales):
        raise ConfigError(
            str(path), "it was made by another version of mtaudit", "Make it again with `mtaudit calibrate`"
        )
    return found


def write(calibration: Calibration, path: Path) -> None:
    """Write a calibration file; one that is there is replaced only by a whole one.

    Raises:
        ConfigError: if the file cannot be written.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_bytes(msgspec.json.format(msgspec.json.encode(calibration), indent=1) + b"\n")
        partial.replace(path)
    except OSError as error:
        cause = f"the calibration cannot be written ({error.strerror})"
        raise ConfigError(str(path), cause, "Name a file in a folder that you may write to") from error
    finally:
        partial.unlink(missing_ok=True)
