"""A table of findings for spreadsheets: one row a finding, worst pair first; with `--all` also the pairs without any.

The file begins with a byte order mark, without which spreadsheets take UTF-8 for a legacy encoding. Text that a
spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets do not show: texts come from files
that anybody may have written, and a formula can send data away (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.record import PairRecord, Recorder, SideRecord
from mtaudit.types import Audit

COLUMNS = (
    "rank", "suspicion", "unit", "rule", "name", "category", "severity", "confidence", "side", "words", "message",
    "source", "target", "source line", "source column", "target line", "target column",
)  # fmt: skip
#: What begins a formula in Excel, LibreOffice or Google Sheets, also behind blanks and in full width.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
#: Spreadsheets have no use for control characters, and some refuse files with a NUL.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the header and the rows.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for pair in Recorder(audit, options.rules).pairs(options):
        writer.writerows(_rows(pair))


def _rows(pair: PairRecord) -> Iterator[list[str | int | float]]:
    unit = pair.get("unit")
    known: list[str | int | float] = [pair["rank"], pair["suspicion"], _safe(unit["id"]) if unit is not None else ""]
    texts: list[str | int | float] = [_text(pair["source"]), _text(pair["target"])]
    texts += [*_place(pair["source"]), *_place(pair["target"])]
    for finding in pair["findings"]:
        yield [
            *known,
            finding["rule"],
            finding["slug"],
            finding["category"],
            finding["severity"],
            finding["confidence"],
            finding["side"],
            _safe(finding["quote"]),
            _safe(finding["message"]),
            *texts,
        ]
    if not pair["findings"]:
        yield [*known, *[""] * 8, *texts]


def _text(side: SideRecord | None) -> str:
    return _safe(side["text"]) if side is not None else ""


def _place(side: SideRecord | None) -> tuple[int | str, int | str]:
    return (side["line"], side["column"]) if side is not None else ("", "")


def _safe(text: str) -> str:
    text = _CONTROL.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text
