"""The whole audit as one JSON object; `docs/report.schema.json` describes it."""

from __future__ import annotations

import json
import re
from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.record import Recorder
from mtaudit.types import Audit

#: Characters that JSON allows in strings but that break what reads the file: DEL and C1 controls steer terminals and
#: part lines, as U+2028 and U+2029 do, and lone surrogates have no UTF-8 form.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the head with the records of the pairs under `pairs`, by rank.

    Raises:
        ValueError: if a finding lies outside its pair, or a number is not finite.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    recorder = Recorder(audit, options.rules)
    whole = {**recorder.head(), "pairs": list(recorder.pairs(options))}
    stream.write(dumps(whole, indent=1) + "\n")


def dumps(value: object, indent: int | None = None) -> str:
    """`value` as JSON that any reader takes: readable letters, no unsafe characters, no NaN; compact if no indent."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
