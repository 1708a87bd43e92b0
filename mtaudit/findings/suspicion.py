"""One number a pair: how likely a careful translator would mark a major error in it.

With a calibration that fits the profile and the language pair, the suspicion is a probability (see `calibration`), of
pairs that have both sides. A calibration is made on the errors of ordinary systems: debris, doubled passages, torn
sentences or lost clauses are hardly among them. So a pair has at least the suspicion that its findings alone give it.

Without one, and for gaps, every finding counts as independent evidence: the suspicion is
`1 - product(1 - weight(severity) * confidence)` over the findings of the pair (a noisy-or; Pearl 1988, section 4.3.2).
It orders pairs well, but 0.8 does not mean that 80 of 100 such pairs have an error, and reports say `uncalibrated`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from mtaudit.findings.calibration import Calibration
from mtaudit.findings.features import features
from mtaudit.scorers.length import DEVIATION
from mtaudit.types import Finding, Score, Severity

#: How likely a certain finding of this severity means that the pair has a major error. A critical or major finding is
#: one by definition, short of the chance that the reader weighs it less; cosmetic ones come along with major
#: ones now and then. Set by hand; a calibration replaces them.
WEIGHTS = {Severity.NEUTRAL: 0.0, Severity.MINOR: 0.15, Severity.MAJOR: 0.85, Severity.CRITICAL: 0.97}


def suspicion(scores: Sequence[Score], findings: Sequence[Finding], calibration: Calibration | None) -> float:
    """From 0 (nothing speaks against the pair) to below 1; the length of a gap is never measured."""
    if calibration is None or all(score.scorer != DEVIATION for score in scores):
        return combined(findings)
    found = combined(findings)
    return max(found, calibration.probability(features(scores, found)))


def combined(findings: Iterable[Finding]) -> float:
    """The noisy-or of findings: the uncalibrated form."""
    return 1 - prod(1 - WEIGHTS[finding.severity] * finding.confidence for finding in findings)
