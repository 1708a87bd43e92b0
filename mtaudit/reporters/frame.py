"""The pairs of an audit column by column, ready for a data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.record import PairRecord, Recorder, SideRecord
from mtaudit.types import Audit, Severity

_Cell = str | int | float | bool | tuple[str, ...] | None

#: Columns of whole numbers that may be missing, and of texts that may be: a data frame has types of its own for them.
INTEGERS = ("source_line", "source_column", "target_line", "target_column")
TEXTS = ("alignment", "source", "target", "unit", "severity", "back_translation")


def columns(audit: Audit, options: ReportOptions) -> Mapping[str, Sequence[_Cell]]:
    """The pairs that `options` ask for, by rank: every column with as many cells, None where there is nothing.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    rows = list(Recorder(audit, options.rules).pairs(options))
    scorers = sorted({name for row in rows for name in row["scores"]})
    return {
        "index": [row["index"] for row in rows],
        "rank": [row["rank"] for row in rows],
        "suspicion": [row["suspicion"] for row in rows],
        "calibrated": [row["calibrated"] for row in rows],
        "alignment": [row["alignment"] for row in rows],
        "similarity": _numbers([row["similarity"] for row in rows]),
        "source": [_text(row["source"]) for row in rows],
        "target": [_text(row["target"]) for row in rows],
        "source_line": [row["source"] and row["source"]["line"] for row in rows],
        "source_column": [row["source"] and row["source"]["column"] for row in rows],
        "target_line": [row["target"] and row["target"]["line"] for row in rows],
        "target_column": [row["target"] and row["target"]["column"] for row in rows],
        "unit": [row["unit"]["id"] if "unit" in row else None for row in rows],
        "findings": [len(row["findings"]) for row in rows],
        "severity": [_worst(row) for row in rows],
        "rules": [tuple(dict.fromkeys(finding["rule"] for finding in row["findings"])) for row in rows],
        "messages": [tuple(finding["message"] for finding in row["findings"]) for row in rows],
        "back_translation": [row["back_translation"] for row in rows],
        **{name: _numbers([row["scores"].get(name) for row in rows]) for name in scorers},
    }


def _text(side: SideRecord | None) -> str | None:
    return side["text"] if side is not None else None


def _numbers(values: Sequence[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def _worst(row: PairRecord) -> str | None:
    found = [Severity(finding["severity"]) for finding in row["findings"]]
    return max(found, key=lambda severity: severity.gravity).value if found else None
