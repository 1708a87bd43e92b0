"""Orders the pairs, worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mtaudit.findings.calibration import Calibration
from mtaudit.findings.suspicion import suspicion
from mtaudit.scorers.embedding import SIMILARITY
from mtaudit.types import Finding, Score, SegmentPair, Suspect


def rank(
    pairs: Iterable[SegmentPair],
    findings: Iterable[Finding],
    scores: Iterable[Score],
    calibration: Calibration | None = None,
) -> tuple[Suspect, ...]:
    """Every pair as a suspect, by suspicion; among equals the less similar first, then by place.

    The findings of each pair stand worst first.
    """
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.pair].append(finding)
    measured: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        measured[score.pair].append(score)
    judged = []
    for pair in pairs:
        own = sorted(found[pair.index], key=lambda f: (-f.severity.gravity, -f.confidence, f.side, f.span, f.rule))
        alike = next((score.value for score in measured[pair.index] if score.scorer == SIMILARITY), 1.0)
        judged.append((-suspicion(measured[pair.index], own, calibration), alike, pair, tuple(own)))
    judged.sort(key=lambda item: (item[0], item[1], item[2].index))
    return tuple(Suspect(place, pair, -value, own) for place, (value, _, pair, own) in enumerate(judged, 1))
