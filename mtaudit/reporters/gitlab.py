"""GitLab's Code Quality report: a JSON array that merge requests compare with that of the target branch.

The format is a part of Code Climate's (GitLab Docs, "Code Quality report format"). It has no place for anything without
a file and a line, so the notes and the reasons of a failure are said by the command alone; what could not be judged is
an issue.
"""

from __future__ import annotations

from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import visible
from mtaudit.reporters.flagged import CheckView, Reported, unjudged_fingerprint
from mtaudit.reporters.json_report import dumps
from mtaudit.reporters.places import repository_path
from mtaudit.types import BadInput, CheckReport, Json, Severity

SEVERITIES = {
    Severity.NEUTRAL: "info",
    Severity.MINOR: "minor",
    Severity.MAJOR: "major",
    Severity.CRITICAL: "critical",
}


def report_check(check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
    """Write the array: problems first, then the findings in the order of files and lines.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if the rule of a finding is unknown.
    """
    view = CheckView(check, options)
    issues = [_unjudged(bad) for bad in view.problems]
    issues += [_issue(each) for file in view.files for pair in file.pairs for each in pair.findings]
    stream.write(dumps(issues, indent=1) + "\n")


def _issue(each: Reported) -> dict[str, Json]:
    found = each.record
    lines: dict[str, Json] = {"begin": each.place.start.line, "end": each.place.end.line}
    return {
        "description": visible(f"{found['rule']} {found['slug']}: {found['message']}"),
        "check_name": f"mtaudit/{found['rule']}",
        "fingerprint": each.fingerprint,
        "severity": SEVERITIES[each.severity],
        "location": {"path": each.place.path, "lines": lines},
    }


def _unjudged(bad: BadInput) -> dict[str, Json]:
    return {
        "description": visible(f"could not be judged: {bad.reason}. {bad.remedy}."),
        "check_name": "mtaudit/unjudged",
        "fingerprint": unjudged_fingerprint(bad),
        "severity": SEVERITIES[Severity.MAJOR],
        "location": {"path": repository_path(bad.path), "lines": {"begin": max(1, bad.line)}},
    }
