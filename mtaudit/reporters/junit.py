"""JUnit XML, which every CI system shows: a suite a file pair, a case a flagged pair, one case for all other pairs.

A case fails if one of its findings is at or above the fail level; findings below it stand in the output of a case that
passes, so that the report fails where the run does. What could not be judged is an error. The last suite is the run
itself. Names hold no line numbers: CI systems follow a case through its history by class name and name.

Elements and attributes are those that Jenkins and GitLab read; GitLab takes the class name for the suite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import visible
from mtaudit.reporters.flagged import AuditedFile, CheckView, Flagged, count
from mtaudit.reporters.places import repository_path
from mtaudit.text import shorten
from mtaudit.types import BadInput, CheckReport
from mtaudit.xml_text import FORBIDDEN, attribute, content

#: The suite of what belongs to the run and not to a file pair.
RUN = "mtaudit"
_HIDDEN = "Characters that cannot be seen or that XML cannot hold are written as pictures or codes here."


@dataclass(frozen=True, slots=True)
class _Case:
    """One test case: `kind` is `failure`, `error` or `system-out`, or empty for one that passes without a word.

    `place` is its file and line, as far as they are known.
    """

    name: str
    kind: str = ""
    type: str = ""
    message: str = ""
    text: str = ""
    place: tuple[str, int | None] | None = None


def report_check(check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
    """Write the document; with `options.all_pairs` every pair is a case of its own.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if the rule of a finding is unknown.
    """
    view = CheckView(check, options)
    problems: dict[str, list[BadInput]] = {}
    for bad in view.problems:
        problems.setdefault(repository_path(bad.path), []).append(bad)
    suites: list[tuple[str, list[_Case]]] = []
    repeated = Counter(file.name for file in view.files)
    for file in view.files:
        name = file.name
        if repeated[name] > 1:  # one file may hold several languages
            name += f" ({file.head['languages']['target']})"
        suites.append((name, [*_cases(file), *map(_error, problems.pop(file.name, ()))]))
    rest = [bad for path in problems.values() for bad in path]
    suites.append((RUN, [_verdict(view), *map(_error, rest)]))
    cases = [case for _, suite in suites for case in suite]
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mtaudit"{_counts(cases)}>\n')
    for name, suite in suites:
        stream.writelines(_suite(name, suite))
    stream.write("</testsuites>\n")


def _cases(file: AuditedFile) -> Iterator[_Case]:
    names: Counter[str] = Counter()
    for pair in file.pairs:
        name = _name(pair)
        names[name] += 1
        # Of cases with the same name GitLab takes the first only.
        yield _case(pair, name if names[name] == 1 else f"{name} ({names[name]})")
    rest = file.summary["pairs"] - file.summary["suspects"]
    if rest and not any(not pair.findings for pair in file.pairs):
        told = f"{count(rest, 'pair')} without findings"
        yield _Case("all other pairs", "system-out", text=told, place=(file.name, None))


def _name(pair: Flagged) -> str:
    side = pair.record["target"] or pair.record["source"]
    return shorten(visible(side["text"])) if side is not None else ""


def _case(pair: Flagged, name: str) -> _Case:
    place = pair.place.path, pair.place.start.line
    if not pair.findings:
        return _Case(name, place=place)
    worst = max(pair.findings, key=lambda each: each.severity.gravity)
    found = worst.record
    message = visible(f"{pair.place}: {found['severity']} {found['rule']} {found['slug']}: {found['message']}")
    return _Case(name, "failure" if pair.fails else "system-out", found["severity"], message, _body(pair), place)


def _body(pair: Flagged) -> str:
    record = pair.record
    lines = [f"suspicion {record['suspicion']:.2f}{'' if record['calibrated'] else ' (uncalibrated)'}"]
    for label, side, place in (("source", record["source"], pair.source), ("target", record["target"], pair.place)):
        if side is not None:
            lines.append(f"{label} {place}: {side['text']}")
    if record["back_translation"] is not None:
        lines.append(f"back-translation: {record['back_translation']}")
    for each in pair.findings:
        found = each.record
        at = f"{found['side']} {found['line']}:{found['column']}"
        told = f"{found['severity']} {found['rule']} {found['slug']}: {found['message']}"
        lines.append(f"{told} ({at}, words: “{found['quote']}”)")
    shown = [visible(line) for line in lines]
    if shown != lines or any(map(FORBIDDEN.search, shown)):  # such as U+FFFE, which no category hides
        shown.append(_HIDDEN)
    return "\n".join(shown)


def _error(bad: BadInput) -> _Case:
    path = repository_path(bad.path)
    place = f"{path}:{bad.line}" if bad.line >= 1 else path
    message = visible(f"{place}: {bad.reason}. {bad.remedy}.")
    return _Case(visible(f"{place} can be judged"), "error", "unjudged", message, message, (path, bad.line or None))


def _verdict(view: CheckView) -> _Case:
    notes = [visible(note) for note in view.notes]
    if not view.check.failures:
        return _Case("verdict", "system-out" if notes else "", text="\n".join(notes))
    failures = [visible(failure) for failure in view.check.failures]
    return _Case("verdict", "failure", "verdict", " ".join(failures), "\n".join([*failures, *notes]))


def _suite(name: str, cases: Sequence[_Case]) -> Iterator[str]:
    shown = attribute(visible(name))
    yield f'<testsuite name="{shown}"{_counts(cases)}>\n'
    for case in cases:
        file, line = case.place or (None, None)
        place = f' file="{attribute(visible(file))}"' if file is not None else ""
        place += f' line="{line}"' if line is not None else ""
        yield f'<testcase classname="{shown}" name="{attribute(case.name)}"{place}'
        if case.kind in {"failure", "error"}:
            told = f'type="{attribute(case.type)}" message="{attribute(case.message)}"'
            yield f">\n<{case.kind} {told}>{content(case.text)}</{case.kind}>\n</testcase>\n"
        elif case.kind:
            yield f">\n<{case.kind}>{content(case.text)}</{case.kind}>\n</testcase>\n"
        else:
            yield "/>\n"
    yield "</testsuite>\n"


def _counts(cases: Sequence[_Case]) -> str:
    kinds = Counter(case.kind for case in cases)
    return f' tests="{len(cases)}" failures="{kinds["failure"]}" errors="{kinds["error"]}" skipped="0"'
