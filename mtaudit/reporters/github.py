"""Workflow commands of GitHub Actions: an annotation at each finding, and the job summary.

Commands are escaped as GitHub's own toolkit does (actions/toolkit, packages/core/src/command.ts). GitHub shows the
first ten annotations of each level and step, and fifty a job; so problems come first, then the findings of the pairs
that fail the run, worst first. All of them stand in the log, and the summary says how many are not shown.

If `GITHUB_STEP_SUMMARY` is set, the Markdown report is appended to the file that it names. This is the only reporter
that writes anywhere but to its stream: GitHub has no other way to take a summary.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import visible
from mtaudit.reporters.flagged import CheckView, Flagged, Reported, count
from mtaudit.reporters.markdown import clipped, comment
from mtaudit.reporters.places import repository_path
from mtaudit.types import BadInput, CheckReport, Severity

LEVELS = {Severity.NEUTRAL: "notice", Severity.MINOR: "warning", Severity.MAJOR: "error", Severity.CRITICAL: "error"}
#: Annotations of each level that GitHub shows of one step (actions/toolkit, docs/problem-matchers.md, "Limitations").
SHOWN = 10
_SENTENCE = 500


def report_check(check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
    """Write the commands, then the reasons of a failure as plain lines; append the job summary where GitHub wants one.

    A summary that cannot be written is a warning among the commands.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if the rule of a finding is unknown.
    """
    view = CheckView(check, options)
    commands = [("error", _unjudged(bad)) for bad in view.problems]
    for _, pair in view.worst_first:
        commands += [(LEVELS[each.severity], _finding(pair, each)) for each in pair.findings]
    commands += [("notice", _command("notice", {"title": "mtaudit"}, note)) for note in view.notes]
    stream.writelines(f"{command}\n" for _, command in commands)
    hidden = sum(max(0, number - SHOWN) for number in Counter(level for level, _ in commands).values())
    told = f"GitHub shows the first {SHOWN} annotations of each level: {hidden:,} of {len(commands):,} are not shown."
    if hidden:
        stream.write(f"mtaudit: {told}\n")
    verdict = "failed" if check.failures else "incomplete" if view.problems else "passed"
    totals = f"{count(view.total('suspects'), 'suspect')} in {count(view.total('pairs'), 'pair')}"
    stream.write(f"mtaudit: {verdict}, {totals}\n")
    stream.writelines(f"mtaudit: {_log(failure)}\n" for failure in check.failures)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        _append(summary, comment(view, told if hidden else ""), stream)


def _append(summary: str, text: str, stream: TextIO) -> None:
    try:
        with Path(summary).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        told = f"{summary}: the job summary cannot be written ({error.strerror}). Check GITHUB_STEP_SUMMARY."
        stream.write(_command("warning", {"title": "mtaudit"}, told) + "\n")


def _finding(pair: Flagged, each: Reported) -> str:
    found, place, record = each.record, each.place, pair.record
    properties = {"file": place.path, "line": str(place.start.line), "endLine": str(place.end.line)}
    # GitHub takes columns only where the annotation stays on one line.
    if place.start.line == place.end.line:
        properties |= {"col": str(place.start.column), "endColumn": str(place.end.column)}
    properties["title"] = f"{found['rule']} {found['slug']} ({found['severity']})"
    lines = [found["message"]]
    for label, side in (("Source", record["source"]), ("Translation", record["target"])):
        if side is not None:
            lines.append(f"{label}: {clipped(side['text'], _SENTENCE)}")
    return _command(LEVELS[each.severity], properties, *lines)


def _unjudged(bad: BadInput) -> str:
    properties = {"file": repository_path(bad.path), "title": "could not be judged by mtaudit"}
    if bad.line >= 1:
        properties["line"] = str(bad.line)
    return _command("error", properties, f"{bad.reason}. {bad.remedy}.")


def _command(name: str, properties: dict[str, str], *lines: str) -> str:
    told = ",".join(f"{key}={_property(visible(value))}" for key, value in properties.items())
    return f"::{name} {told}::" + "%0A".join(_data(visible(line)) for line in lines)


def _log(text: str) -> str:
    """`text` as words of a plain line, in which runners still look for commands of an older kind anywhere."""
    return visible(text).replace("##[", "#\u2060#[")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
