"""What all reports of a check run share: its flagged pairs and findings, each with its place and its fingerprint.

A reader of such a report goes to the translation to mend it. So a finding is reported where it marks the target, and
one that marks words of the source (an omission) at the target of its pair; the source is the related place. Where a
pair has no target, the source is all there is.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mtaudit.fingerprint import fingerprint
from mtaudit.reporters.base import ReportOptions, listed, registered_rules
from mtaudit.reporters.places import Places, Region, repository_path
from mtaudit.reporters.record import FindingRecord, HeadRecord, PairRecord, Recorder, SummaryRecord
from mtaudit.types import Audit, BadInput, CheckReport, Finding, Severity, Side, Suspect


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding, the place to look at, the place on the other side if there is one, and what identifies it.

    The fingerprint is made from the rule, the two texts of the pair and a count where all three are the same: it stays
    when lines move, and changes with the source or the target.
    """

    record: FindingRecord
    place: Region
    related: Region | None
    fingerprint: str

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return Severity(self.record["severity"])


@dataclass(frozen=True, slots=True)
class Flagged:
    """A pair with its findings (none for a clean pair that was asked for), and where it stands.

    `fails` says whether one of its findings is at or above the fail level.
    """

    record: PairRecord
    place: Region
    source: Region | None
    findings: tuple[Reported, ...]
    fails: bool

    @property
    def gravity(self) -> int:
        """The gravity of the worst finding, -1 for none."""
        return max((finding.severity.gravity for finding in self.findings), default=-1)

    def finding_marks(self, side: Side) -> list[tuple[int, Reported]]:
        """The findings on one side, each with its number in the list of all, from 1."""
        return [(number, each) for number, each in enumerate(self.findings, 1) if each.record["side"] == side.value]


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """One file pair: the path of its target, its head, and its listed pairs in the order of the document."""

    name: str
    head: HeadRecord
    pairs: tuple[Flagged, ...]

    @property
    def summary(self) -> SummaryRecord:
        """Totals of the whole audit."""
        return self.head["summary"]


class CheckView:
    """A check run as its reporters see it.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if the rule of a finding is unknown.
    """

    def __init__(self, check: CheckReport, options: ReportOptions | None) -> None:
        self.check = check
        self.options = ReportOptions(registered_rules()) if options is None else options
        counts: Counter[str] = Counter()
        self.files = tuple(self._file(audit, counts) for audit in check.audits)
        read = [bad for audit in check.audits for bad in audit.bitext.bad_input]
        #: Each problem once: a check may repeat what the files' own audits say.
        self.problems = tuple(dict.fromkeys([*check.problems, *read]))
        self.notes = (*check.notes, *self._unlisted())

    @cached_property
    def worst_first(self) -> list[tuple[AuditedFile, Flagged]]:
        """The flagged pairs of all files: those that fail the run first, then by suspicion."""
        pairs = [(file, pair) for file in self.files for pair in file.pairs if pair.findings]
        return sorted(pairs, key=lambda item: (not item[1].fails, -item[1].record["suspicion"], -item[1].gravity))

    def total(self, key: str) -> int:
        """The sum over all files of `pairs`, `suspects` or `findings`."""
        counts = {
            "pairs": (file.summary["pairs"] for file in self.files),
            "suspects": (file.summary["suspects"] for file in self.files),
            "findings": (file.summary["findings"] for file in self.files),
        }
        return sum(counts[key])

    def _file(self, audit: Audit, counts: Counter[str]) -> AuditedFile:
        recorder, places = Recorder(audit, self.options.rules), Places(audit.bitext)
        # Every suspect is counted, listed or not, so that a limit on the list changes no fingerprint.
        prints = {
            suspect.pair.index: [_fingerprint(audit, suspect, finding, counts) for finding in suspect.findings]
            for suspect in sorted(audit.suspects, key=lambda suspect: suspect.pair.index)
        }
        pairs = [
            self._flagged(recorder.pair(suspect), suspect, places, prints.get(suspect.pair.index, []))
            for suspect in listed(audit, self.options)
        ]
        pairs.sort(key=lambda pair: pair.record["index"])
        return AuditedFile(repository_path(audit.bitext.target.path), recorder.head(), tuple(pairs))

    def _flagged(self, record: PairRecord, suspect: Suspect, places: Places, prints: list[str]) -> Flagged:
        spans = {side: suspect.pair.span(side) for side in Side}
        regions = {side: places.region(side, span) for side, span in spans.items() if span is not None}
        if not regions:
            raise ValueError(f"pair {record['index']} has no text on either side")
        main = Side.TARGET if Side.TARGET in regions else Side.SOURCE
        found = []
        for finding, finding_record, mark in zip(suspect.findings, record["findings"], prints, strict=True):
            own = places.region(finding.side, finding.span)
            place = own if finding.side is main else regions[main]
            related = own if finding.side is not main else regions.get(main.other)
            found.append(Reported(finding_record, place, related, mark))
        level = self.check.fail_on
        fails = level is not None and any(each.severity.gravity >= level.gravity for each in found)
        return Flagged(record, regions[main], regions.get(Side.SOURCE), tuple(found), fails)

    def _unlisted(self) -> Iterator[str]:
        """A sentence for each file of which `top` hides suspects."""
        for file in self.files:
            hidden = file.summary["suspects"] - sum(bool(pair.findings) for pair in file.pairs)
            if hidden:
                limit = self.options.top
                yield f"{file.name}: {count(hidden, 'more suspect')} not listed (the limit is {limit})."


def check_of(audit: Audit, options: ReportOptions) -> CheckReport:
    """One audit as a check run, which fails if a finding is at or above `options.fail_on`."""
    level = options.fail_on
    grave = [finding for finding in audit.findings if level is not None and finding.severity.gravity >= level.gravity]
    failures = (f"{count(len(grave), 'finding')} of severity {level} or above.",) if grave else ()
    return CheckReport((audit,), audit.bitext.bad_input, (), failures, level)


def count(number: int, noun: str) -> str:
    """`1 finding`, `2,000 findings`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _fingerprint(audit: Audit, suspect: Suspect, finding: Finding, counts: Counter[str]) -> str:
    source, target = (audit.bitext.text(suspect.pair, side) for side in Side)
    key = fingerprint(source, target, finding.rule)
    counts[key] += 1
    return key if counts[key] == 1 else hashlib.sha256(f"{key}{counts[key]}".encode()).hexdigest()[:32]


def unjudged_fingerprint(problem: BadInput) -> str:
    """What identifies something that could not be judged: its path and the reason, not its line."""
    return hashlib.sha256(json.dumps([problem.path, problem.reason]).encode()).hexdigest()[:32]
