"""SARIF 2.1.0, for code scanning on GitHub, for editors, and for whatever else reads analysis results.

A finding is a result at its place in the translation, with the source's place as related location; its rule comes with
its whole explanation. Columns are UTF-16 code units, as the standard has it by default (section 3.14.17), and paths are
relative to `%SRCROOT%`. `rank` (section 3.27.25) is the suspicion of the pair from 0 to 100.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePath
from typing import TextIO
from urllib.parse import quote

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import visible
from mtaudit.reporters.flagged import CheckView, Flagged, Reported, count
from mtaudit.reporters.json_report import dumps
from mtaudit.reporters.places import Region, repository_path
from mtaudit.rules import Rule
from mtaudit.types import BadInput, CheckReport, Json, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.NEUTRAL: "note", Severity.MINOR: "warning", Severity.MAJOR: "error", Severity.CRITICAL: "error"}
#: GitHub refuses a file with more results in a run (GitHub Docs, "SARIF results exceed one or more limits").
MAX_RESULTS = 25_000
#: GitHub's own words for what its list of alerts filters by.
_PROBLEM = {"note": "recommendation", "warning": "warning", "error": "error"}
#: What a message string would take for a link (section 3.11.6).
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def report_check(check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
    """Write the log: one run, with at most `MAX_RESULTS` results; the worst are kept, the others counted.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if the rule of a finding is unknown.
    """
    view = CheckView(check, options)
    found = [(pair, each) for file in view.files for pair in file.pairs for each in pair.findings]
    kept = found
    if len(found) > MAX_RESULTS:
        worst = sorted(found, key=lambda one: (-one[1].severity.gravity, -one[0].record["suspicion"]))
        chosen = {id(one[1]) for one in worst[:MAX_RESULTS]}
        kept = [one for one in found if id(one[1]) in chosen]
    rules = sorted({each.record["rule"] for _, each in kept})
    run = {
        "tool": {"driver": _driver(view, [view.options.rules[rule] for rule in rules])},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository"}}},
        "invocations": [_invocation(view, len(found) - len(kept))],
        "results": [_result(pair, each, rules.index(each.record["rule"])) for pair, each in kept],
        "properties": _properties(view),
    }
    stream.write(dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n")


def _driver(view: CheckView, rules: list[Rule]) -> dict[str, Json]:
    driver: dict[str, Json] = {"name": "mtaudit", "rules": [described(rule) for rule in rules]}
    versions = {file.head["signature"]["version"] for file in view.files}
    if len(versions) == 1:
        driver["semanticVersion"] = versions.pop()
    return driver


def described(rule: Rule) -> dict[str, Json]:
    """A rule as a `reportingDescriptor` (section 3.49)."""
    level = LEVELS[rule.severity]
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.slug.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": _unwrapped(rule.explanation.get("What it does", rule.summary))},
        "help": {"text": _help(rule, "{}:"), "markdown": _help(rule, "**{}**")},
        "defaultConfiguration": {"level": level},
        "properties": {
            "slug": rule.slug,
            "severity": rule.severity.value,
            "category": rule.category.value,
            "itsType": rule.category.its,
            "problem.severity": _PROBLEM[level],
            "tags": ["translation", rule.family, rule.category.value],
        },
    }


def _help(rule: Rule, heading: str) -> str:
    parts = [f"{rule.id} {rule.slug}: {rule.summary}"]
    for title, text in rule.explanation.items():
        parts += [heading.format(title), _unwrapped(text)]
    return "\n\n".join(parts)


def _unwrapped(text: str) -> str:
    """Paragraphs without the line breaks of the docstring that they come from, which viewers would show."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _invocation(view: CheckView, left_out: int) -> dict[str, Json]:
    """The run came to its end, or there would be no log; an error among the notifications says what it lacks."""
    troubles: list[Json] = [_problem(bad) for bad in view.problems]
    if left_out:
        told = f"{count(left_out, 'more finding')} not listed: a run may have {MAX_RESULTS:,}. The worst are listed."
        troubles.append({"level": "warning", "message": {"text": told}})
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": troubles,
        "toolConfigurationNotifications": [
            {"level": "note", "message": {"text": visible(note)}} for note in view.notes
        ],
    }


def _problem(bad: BadInput) -> dict[str, Json]:
    physical: dict[str, Json] = {"artifactLocation": artifact(repository_path(bad.path))}
    if bad.line >= 1:
        physical["region"] = {"startLine": bad.line}
    text = visible(f"{bad.reason}. {bad.remedy}.")
    return {"level": "error", "message": {"text": text}, "locations": [{"physicalLocation": physical}]}


def _result(pair: Flagged, each: Reported, rule_index: int) -> dict[str, Json]:
    found, record = each.record, pair.record
    properties: dict[str, Json] = {
        "severity": found["severity"],
        "category": found["category"],
        "confidence": found["confidence"],
        "suspicion": record["suspicion"],
        "calibrated": record["calibrated"],
        "side": found["side"],
        "words": found["quote"],
        "source": record["source"]["text"] if record["source"] else None,
        "target": record["target"]["text"] if record["target"] else None,
        "backTranslation": record["back_translation"],
        "evidence": found["evidence"],
    }
    unit = record.get("unit")
    if unit is not None and unit["id"]:
        properties["unit"] = unit["id"]
    result: dict[str, Json] = {
        "ruleId": found["rule"],
        "ruleIndex": rule_index,
        "level": LEVELS[each.severity],
        "rank": round(100 * min(1.0, max(0.0, record["suspicion"])), 2),
        "message": {"text": _LINK.sub(r"\\[", visible(found["message"]))},
        "locations": [{"physicalLocation": _physical(each.place)}],
        "partialFingerprints": {"mtaudit/v1": each.fingerprint},
        "properties": properties,
    }
    if each.related is not None:
        result["relatedLocations"] = [
            {"id": 1, "message": {"text": "source"}, "physicalLocation": _physical(each.related)}
        ]
    return result


def _physical(region: Region) -> dict[str, Json]:
    return {
        "artifactLocation": artifact(region.path),
        "region": {
            "startLine": region.start.line,
            "startColumn": region.units[0],
            "endLine": region.end.line,
            "endColumn": region.units[1],
        },
    }


def artifact(path: str) -> dict[str, Json]:
    """The location of a file: relative to `%SRCROOT%`, or a `file:` URI for what lies outside of the repository."""
    if PurePath(path).is_absolute():
        return {"uri": "file://" + ("" if path.startswith("/") else "/") + _encoded(path)}
    return {"uri": _encoded(path), "uriBaseId": "%SRCROOT%"}


def _encoded(path: str) -> str:
    """A path as a URI reference (RFC 3986): names that are not UTF-8 keep their bytes, a colon is no scheme."""
    return quote(os.fsencode(path), safe="/")


def _properties(view: CheckView) -> dict[str, object]:
    signatures: list[object] = []
    for file in view.files:
        told = {**file.head["signature"], "calibrated": file.summary["calibrated"]}
        if told not in signatures:
            signatures.append(told)
    return {
        "signatures": signatures,
        "failOn": view.check.fail_on.value if view.check.fail_on is not None else None,
        "failures": [visible(failure) for failure in view.check.failures],
        "files": len(view.files),
        "pairs": view.total("pairs"),
        "suspects": view.total("suspects"),
    }
