"""XLIFF 2.1 with the findings as ITS 2.0 localization quality issues on the words: translation tools show them.

Each pair is a unit with one segment, in the order of the document. A finding is an annotation from `<sm>` to `<em>`
(they may overlap, which `<mrk>` may not) with the issue's type, a comment, the severity and the rule. Severities are
ITS's numbers from 0 to 100. Inline codes of the input are `<ph>`, characters that XML cannot hold `<cp>`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

from mtaudit.reporters.base import ReportOptions, listed
from mtaudit.rules import Rule
from mtaudit.types import Audit, Finding, Severity, Side, Span, Suspect
from mtaudit.xml_text import FORBIDDEN, attribute, content

#: ITS 2.0, section 8.17: from 0 to 100, higher is worse; the numbers themselves are the profile's business.
SEVERITIES = {Severity.NEUTRAL: 0, Severity.MINOR: 25, Severity.MAJOR: 75, Severity.CRITICAL: 100}

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'
    ' version="2.1"{languages}>\n'
)


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the document.

    Raises:
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    bitext, signature = audit.bitext, audit.signature
    source = bitext.source.language if bitext.source else "und"
    languages = f' srcLang="{attribute(source)}" trgLang="{attribute(bitext.target.language)}"'
    stream.write(_HEAD.format(languages=languages))
    original = bitext.source.path if bitext.source else bitext.target.path
    stream.write(f'<file id="f1" original="{attribute(original)}" xml:space="preserve">\n')
    stream.write("<notes>\n")
    kept = f"{len(audit.suspects)} of {len(audit.ranking)} pairs suspect; suspicions are "
    kept += "calibrated" if audit.calibrated else "uncalibrated"
    stream.write(f"<note>mtaudit {content(signature.version)}, profile {content(signature.profile)}: {kept}</note>\n")
    stream.writelines(f"<note>not used: {content(str(bad))}</note>\n" for bad in bitext.bad_input)
    stream.write("</notes>\n")
    suspects = sorted(listed(audit, options), key=lambda suspect: suspect.pair.index)
    stream.writelines(_unit(audit, suspect, options) for suspect in suspects)
    if not suspects:  # a file without a unit or group is not valid
        stream.write('<group id="g1"/>\n')
    stream.write("</file>\n</xliff>\n")


def _unit(audit: Audit, suspect: Suspect, options: ReportOptions) -> str:
    number = suspect.pair.index + 1
    known = audit.bitext.unit(suspect.pair)
    name = f' name="{attribute(known.id)}"' if known is not None and known.id else ""
    notes = f"<note>suspicion {suspect.suspicion:.4f}, rank {suspect.rank}</note>"
    if suspect.back_translation is not None:
        notes += f"<note>back-translation: {content(suspect.back_translation)}</note>"
    side = _Sides(audit, suspect, options)
    source, target = side.content(Side.SOURCE), side.content(Side.TARGET)
    shown = f"<target>{target}</target>" if suspect.pair.target else ""
    return (
        f'<unit id="u{number}"{name}>\n<notes>{notes}</notes>\n'
        f'<segment id="s1">\n<source>{source}</source>\n{shown}\n</segment>\n</unit>\n'
    )


class _Sides:
    """Writes the two sides of one unit. Ids of codes are the same on both sides, those of annotations never."""

    def __init__(self, audit: Audit, suspect: Suspect, options: ReportOptions) -> None:
        self._bitext = audit.bitext
        self._suspect = suspect
        self._options = options
        self._codes: dict[tuple[str, int], int] = {}
        self._annotations = 0

    def content(self, side: Side) -> str:
        """The content of `<source>` or `<target>`; empty for a gap."""
        document, span = self._bitext.document(side), self._suspect.pair.span(side)
        if document is None or span is None:
            return ""
        codes = {code.span.start: code for code in document.codes if span.contains(code.span)}
        marks = self._marks(side, [code.span for code in codes.values()])
        ends = {offset for mark, _, _ in marks for offset in (mark.start, mark.end)}
        stops = sorted({span.start, span.end, *ends, *codes, *(code.span.end for code in codes.values())})
        seen: Counter[str] = Counter()
        parts, at = [], span.start
        for stop in stops:
            code = codes.get(at)
            if code is not None and stop > at:
                seen[code.key] += 1
                number = self._codes.setdefault((code.key, seen[code.key]), len(self._codes) + 1)
                parts.append(f'<ph id="c{number}" disp="{attribute(document.text[at:stop])}"/>')
            else:
                parts.append(_characters(document.text[at:stop]))
            parts += [end for mark, _, end in marks if mark.start < stop == mark.end]
            parts += [start + (end if mark.end == stop else "") for mark, start, end in marks if mark.start == stop]
            at = stop
        return "".join(parts)

    def _marks(self, side: Side, codes: Sequence[Span]) -> list[tuple[Span, str, str]]:
        """Each finding of a side as the span that it marks, its start and its end; a code is marked whole."""
        found = []
        for finding in self._suspect.findings:
            if finding.side is not side:
                continue
            self._annotations += 1
            span = finding.span
            for code in codes:
                if code.overlaps(span):
                    span = Span(min(code.start, span.start), max(code.end, span.end))
            start = "".join(_annotation(self._annotations, finding, self._options.rules[finding.rule]))
            found.append((span, start, f'<em startRef="m{self._annotations}"/>'))
        return found


def _annotation(number: int, finding: Finding, rule: Rule) -> Iterator[str]:
    yield f'<sm id="m{number}" type="its:generic" its:locQualityIssueType="{rule.category.its}"'
    yield f' its:locQualityIssueSeverity="{SEVERITIES[finding.severity]}"'
    yield f' its:locQualityIssueComment="{attribute(f"{rule.id} {rule.slug}: {finding.message}")}"'
    yield f' its:locQualityIssueProfileRef="urn:mtaudit:rule:{rule.id}"/>'


def _characters(text: str) -> str:
    """Text with what XML cannot hold as `<cp>`."""
    parts, at = [], 0
    for match in FORBIDDEN.finditer(text):
        parts.append(content(text[at : match.start()]))
        parts.append(f'<cp hex="{ord(match.group()):04X}"/>')
        at = match.end()
    return "".join([*parts, content(text[at:])])
