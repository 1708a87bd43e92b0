"""One number a pair: how likely a careful translator would mark a major error in it.

This is the uncalibrated form: every finding counts as independent evidence, so the suspicion is
`1 - product(1 - weight(severity) * confidence)` over the findings of the pair (a noisy-or; Pearl 1988, section 4.3.2).
It orders pairs well, but 0.8 does not yet mean that 80 of 100 such pairs have an error, and reports say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from mtaudit.types import Finding, Severity

#: How likely a certain finding of this severity means that the pair has a major error. A critical or major finding is
#: one by definition, short of the chance that the reader weighs it less; cosmetic ones come along with major
#: ones now and then. Set by hand; a calibration replaces them.
WEIGHTS = {Severity.NEUTRAL: 0.0, Severity.MINOR: 0.15, Severity.MAJOR: 0.85, Severity.CRITICAL: 0.97}


def suspicion(findings: Iterable[Finding]) -> float:
    """From 0 (nothing speaks against the pair) to below 1."""
    return 1 - prod(1 - WEIGHTS[finding.severity] * finding.confidence for finding in findings)
