"""One JSON object a line: first the head, then the pairs by rank, written as they are made."""

from __future__ import annotations

from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.json_report import dumps
from mtaudit.reporters.record import Recorder
from mtaudit.types import Audit


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the head with `"type": "head"`, then each pair with `"type": "pair"`.

    Raises:
        ValueError: if a finding lies outside its pair, or a number is not finite.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    recorder = Recorder(audit, options.rules)
    stream.write(dumps({"type": "head", **recorder.head()}) + "\n")
    stream.writelines(dumps({"type": "pair", **pair}) + "\n" for pair in recorder.pairs(options))
