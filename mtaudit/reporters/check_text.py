"""A check run as lines of text: findings by file and place, what could not be judged, notes, and the verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import visible
from mtaudit.text import shorten
from mtaudit.types import Audit, BadInput, CheckReport, Finding, SegmentPair, Side

#: Characters of a sentence that are shown to recognise it by.
_QUOTE = 100
#: Files that are named where one and the same problem costs many.
_NAMED = 5


def report_check(check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
    """Write the report; rules are named by their slugs, too, where `options` knows them."""
    for audit in sorted(check.audits, key=lambda audit: audit.bitext.target.path):
        stream.writelines(f"{line}\n" for line in _findings(audit, options))
    blocks = {"not judged": list(_problems(check.problems)), "notes": [visible(note) for note in check.notes]}
    for title, lines in blocks.items():
        if lines:
            stream.write(f"\n{title}:\n")
            stream.writelines(f"  {line}\n" for line in lines)
    stream.write(f"\n{_verdict(check)}\n")


def _findings(audit: Audit, options: ReportOptions | None) -> Iterator[str]:
    pairs = {suspect.pair.index: suspect.pair for suspect in audit.ranking}
    last = None
    for finding in sorted(audit.findings, key=lambda finding: _order(audit, finding, pairs[finding.pair])):
        document = audit.bitext.document(finding.side) or audit.bitext.target
        position = document.position(finding.span.start)
        rule = options.rules.get(finding.rule) if options is not None else None
        name = f"{finding.rule} {rule.slug}" if rule is not None else finding.rule
        place = f"{visible(document.path)}:{position.line}:{position.column}"
        yield f"{place}: {finding.severity} {name}: {visible(finding.message)}"
        if finding.pair != last:
            text = audit.bitext.text(pairs[finding.pair], Side.TARGET)
            source = audit.bitext.text(pairs[finding.pair], Side.SOURCE)
            yield f"    {visible(shorten(text if text is not None else source or '', _QUOTE))}"
        last = finding.pair


def _order(audit: Audit, finding: Finding, pair: SegmentPair) -> tuple[int, int, Side, int, str]:
    """By the place of the pair in the translation; a pair without one stands where its number says."""
    span = pair.span(Side.TARGET)
    return span.start if span is not None else 0, finding.pair, finding.side, finding.span.start, finding.rule


def _problems(problems: tuple[BadInput, ...]) -> Iterator[str]:
    """One line for each problem; those that cost several files for one reason share a line."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for bad in problems:
        places[bad.reason, bad.remedy].append(f"{bad.path}:{bad.line}")
    for (reason, remedy), there in places.items():
        named = ", ".join(islice(there, _NAMED))
        more = f" and {len(there) - _NAMED:,} more" if len(there) > _NAMED else ""
        end = "" if remedy.endswith("?") else "."
        yield visible(f"{named}{more}: {reason}. {remedy}{end}")


def _verdict(check: CheckReport) -> str:
    findings = sum(len(audit.findings) for audit in check.audits)
    pairs = sum(len(audit.bitext.pairs or ()) for audit in check.audits)
    judged = f"{_count(len(check.audits), 'file')}, {_count(pairs, 'sentence pair')}, {_count(findings, 'new finding')}"
    lines = [judged, *(f"failed: {visible(failure)}" for failure in check.failures)]
    if check.problems:
        lines.append(f"incomplete: {_count(len(check.problems), 'problem')} kept something from being judged.")
    elif not check.failures:
        lines.append("passed")
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
