"""A table of errors as viewers of MQM annotations take it: one line a marked error, ten columns, no quoting.

Columns and marks are those of Google's MQM Viewer (Marot), "Data file format": the words in error stand between `<v>`
and `</v>` in the text of their side. Pairs without findings are listed with `--all` as `no-error`. Pairs stand in the
order of the document; `docSegId` and `globalSegId` count from 1. What looks like such a mark in the text itself is
written with a blank inside, tabs and line breaks as blanks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TextIO

from mtaudit.reporters.base import ReportOptions, listed, registered_rules
from mtaudit.types import Audit, CheckReport, Finding, Json, Side, Span, Suspect

COLUMNS = (
    "system", "doc", "docSegId", "globalSegId", "rater", "source", "target", "category", "severity", "metadata"
)  # fmt: skip
_MARK = re.compile(r"<(/?v)>")


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the header and the lines.

    Raises:
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    stream.write("\t".join(COLUMNS) + "\n")
    report_part(audit, stream, options, 0)


def report_check(check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
    """Write the header and the lines of all file pairs; `globalSegId` counts on through them.

    The table has no place for what could not be judged, for notes and for reasons of a failure.

    Raises:
        KeyError: if the rule of a finding is unknown.
    """
    options = ReportOptions(registered_rules()) if options is None else options
    stream.write("\t".join(COLUMNS) + "\n")
    before = 0
    for audit in check.audits:
        report_part(audit, stream, options, before, in_document=0)
        before += len(audit.ranking)


def report_part(
    audit: Audit, stream: TextIO, options: ReportOptions, before: int, in_document: int | None = None
) -> None:
    """Write the lines of a part of a corpus.

    `before` pairs came in earlier parts, `in_document` of them (None: all) in the same document.
    """
    in_document = before if in_document is None else in_document
    for suspect in sorted(listed(audit, options), key=lambda suspect: suspect.pair.index):
        index = suspect.pair.index
        numbers = str(in_document + index + 1), str(before + index + 1)
        stream.writelines("\t".join(row) + "\n" for row in _rows(audit, suspect, options, numbers))


def _rows(audit: Audit, suspect: Suspect, options: ReportOptions, numbers: tuple[str, str]) -> Iterator[list[str]]:
    bitext = audit.bitext
    languages = f"{bitext.source.language if bitext.source else 'und'}-{bitext.target.language}"
    known = [
        _cell(bitext.target.path),
        _cell(f"{bitext.source.path if bitext.source else bitext.target.path}:{languages}"),
        *numbers,
        f"mtaudit/{audit.signature.version}",
    ]
    unit = bitext.unit(suspect.pair)
    about: dict[str, Json] = {"unit": unit.id} if unit is not None and unit.id else {}
    for finding in suspect.findings:
        rule = options.rules[finding.rule]
        category = "/".join(part.capitalize() for part in rule.category.value.split("/"))
        metadata = {
            "note": finding.message,
            "rule": rule.id,
            "confidence": round(float(finding.confidence), 4),
            **about,
        }
        texts = [_marked(audit, suspect, side, finding) for side in Side]
        yield [*known, *texts, category, finding.severity.value.capitalize(), _json(metadata)]
    if not suspect.findings:
        yield [*known, *(_marked(audit, suspect, side, None) for side in Side), "no-error", "no-error", _json(about)]


def _marked(audit: Audit, suspect: Suspect, side: Side, finding: Finding | None) -> str:
    """The text of one side, with the words of the finding marked if they stand on it."""
    document, span = audit.bitext.document(side), suspect.pair.span(side)
    if document is None or span is None:
        return ""
    if finding is None or finding.side is not side:
        return _cell(document.text[span.start : span.end])
    words = Span(max(span.start, finding.span.start), min(span.end, finding.span.end))
    before, after = document.text[span.start : words.start], document.text[words.end : span.end]
    return f"{_cell(before)}<v>{_cell(document.text[words.start : words.end])}</v>{_cell(after)}"


def _cell(text: str) -> str:
    return re.sub(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", " ", _MARK.sub(r"< \1>", text))


def _json(metadata: dict[str, Json]) -> str:
    return json.dumps(metadata, ensure_ascii=True)
