"""Orders the pairs, worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mtaudit.findings.suspicion import suspicion
from mtaudit.types import Finding, Score, SegmentPair, Suspect


def rank(pairs: Iterable[SegmentPair], findings: Iterable[Finding], similarity: Iterable[Score]) -> tuple[Suspect, ...]:
    """Every pair as a suspect, by suspicion; among equals the less similar first, then by place.

    The findings of each pair stand worst first. `similarity` holds at most one pair-level score a pair.
    """
    by_pair: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_pair[finding.pair].append(finding)
    alike = {score.pair: score.value for score in similarity}
    judged = []
    for pair in pairs:
        own = sorted(by_pair[pair.index], key=lambda f: (-f.severity.gravity, -f.confidence, f.side, f.span, f.rule))
        judged.append((pair, suspicion(own), tuple(own)))
    judged.sort(key=lambda item: (-item[1], alike.get(item[0].index, 1.0), item[0].index))
    return tuple(Suspect(place, pair, value, own) for place, (pair, value, own) in enumerate(judged, 1))
