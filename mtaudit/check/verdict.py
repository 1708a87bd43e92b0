"""Decides whether a run fails, and says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mtaudit.project import Project
from mtaudit.types import Audit, BadInput, Finding, SegmentPair, Severity, Side, Suspect


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair that counts for the thresholds on suspicion, and the audit that it stands in."""

    audit: Audit
    suspect: Suspect

    @property
    def place(self) -> str:
        """Where its translation stands, or its source where it has none."""
        return pair_place(self.audit, self.suspect.pair)


def pair_place(audit: Audit, pair: SegmentPair) -> str:
    """`docs/de/guide.md:12` of a pair."""
    for side in (Side.TARGET, Side.SOURCE):
        document, span = audit.bitext.document(side), pair.span(side)
        if document is not None and span is not None:
            return f"{document.path}:{document.position(span.start).line}"
    return audit.bitext.target.path


def failures(
    audits: Sequence[Audit], doubtful: Sequence[Doubtful], too_suspect: Sequence[Doubtful], project: Project
) -> Iterator[str]:
    """Why the run fails, a sentence each.

    `audits` have their new findings only; `doubtful` are the pairs of calibrated audits that nobody has accepted, and
    `too_suspect` those of them that lie above `max-suspicion`.
    """
    if project.fail_on is not None:
        yield from _by_severity(audits, project.fail_on)
    if too_suspect:
        worst = max(too_suspect, key=lambda each: each.suspect.suspicion)
        above = f"above max-suspicion {project.max_suspicion:g}"
        yield (
            f"{_count(len(too_suspect), 'sentence pair')} {'have' if len(too_suspect) > 1 else 'has'} a suspicion"
            f" {above}; the worst is {worst.place} with {worst.suspect.suspicion:.2f}."
        )
    if project.max_expected_bad is not None and doubtful:
        expected = sum(each.suspect.suspicion for each in doubtful)
        if expected > project.max_expected_bad:
            of = _count(len(doubtful), "sentence pair")
            limit = f"above max-expected-bad {project.max_expected_bad:g}"
            yield f"Of {of} {expected:.1f} are expected to be bad, by their suspicion; that is {limit}."


def _by_severity(audits: Sequence[Audit], level: Severity) -> Iterator[str]:
    grave = [
        (audit, finding) for audit in audits for finding in audit.findings if finding.severity.gravity >= level.gravity
    ]
    if grave:
        files = len({audit.bitext.target.path for audit, _ in grave})
        first = finding_place(*grave[0])
        yield (
            f"{_count(len(grave), 'new finding')} of severity {level}{'' if level is Severity.CRITICAL else ' or more'}"
            f" in {_count(files, 'file')}, the first at {first}."
        )


def finding_place(audit: Audit, finding: Finding) -> str:
    """`docs/de/guide.md:12:7` of a finding."""
    document = audit.bitext.document(finding.side) or audit.bitext.target
    position = document.position(finding.span.start)
    return f"{document.path}:{position.line}:{position.column}"


def uncalibrated(audits: Iterable[Audit], project: Project) -> Iterator[BadInput]:
    """Refuses thresholds on suspicion where suspicions are no probabilities, once for each language pair."""
    keys = [
        key
        for key, limit in (("max-suspicion", project.max_suspicion), ("max-expected-bad", project.max_expected_bad))
        if limit is not None
    ]
    told: set[tuple[str, str]] = set()
    for audit in audits if keys else ():
        source, target = audit.bitext.source, audit.bitext.target
        languages = (source.language if source else "und", target.language)
        if audit.calibrated or languages in told:
            continue
        told.add(languages)
        profile = audit.signature.profile
        example = f"{languages[0]}-{languages[1]}.json"
        command = f"mtaudit calibrate LABELLED.tsv -s {languages[0]} -t {languages[1]} -p {profile} -o {example}"
        yield BadInput(
            project.file.name,
            project.line(keys[0]),
            f"{' and '.join(keys)} cannot be applied to {target.path}: profile '{profile}' is not calibrated for"
            f" {languages[0]} to {languages[1]}, so its suspicions are no probabilities",
            f'Fit it to labelled pairs of yours with `{command}` and set calibration = "{example}", or drop the key',
        )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
