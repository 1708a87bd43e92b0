"""SARIF: valid by the schema where it is there and by structure everywhere, with places that lead to the words."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError

from mtaudit.pipeline import all_rules
from mtaudit.reporters import sarif
from mtaudit.rules import Rule
from mtaudit.types import CheckReport, Severity, Side
from tests.unit.reporters.audit_fixture import Bead, Mark, build
from tests.unit.reporters.check_fixture import AWKWARD, CHECKS, EMOJI, render, site

SCHEMA = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "sarif-2.1.0.json"


def run(check: CheckReport) -> dict[str, Any]:
    (only,) = json.loads(render("sarif", check))["runs"]
    assert isinstance(only, dict)
    return only


@pytest.fixture(scope="module")
def validator() -> Draft7Validator | None:
    """OASIS's schema, if it is there: it is no part of the project."""
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))) if SCHEMA.exists() else None


def check_location(location: dict[str, Any]) -> None:
    artifact, region = (location["physicalLocation"][key] for key in ("artifactLocation", "region"))
    assert set(artifact) == {"uri", "uriBaseId"}
    assert artifact["uri"].isascii()
    assert not set(artifact["uri"]) & set(' <>"{}|\\^`[]#?:')
    assert region["startLine"] >= 1
    assert region["startColumn"] >= 1
    start, end = ((region[f"{name}Line"], region[f"{name}Column"]) for name in ("start", "end"))
    assert start <= end


def check_structure(log: dict[str, Any]) -> None:
    """What the standard's prose asks for as well, as far as these reports use it."""
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    assert only["columnKind"] == "utf16CodeUnits"
    (invocation,) = only["invocations"]
    assert isinstance(invocation["executionSuccessful"], bool)
    rules = only["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"note", "warning", "error"}
    seen = set()
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"note", "warning", "error"}
        assert 0 <= result["rank"] <= 100
        assert result["message"]["text"]
        (location,) = result["locations"]
        for each in [location, *result.get("relatedLocations", [])]:
            check_location(each)
        seen.add(result["partialFingerprints"]["mtaudit/v1"])
    assert len(seen) == len(only["results"])


@pytest.mark.parametrize("name", CHECKS)
def test_valid_by_the_schema_where_it_is_and_by_structure_everywhere(
    name: str, validator: Draft7Validator | None
) -> None:
    log = json.loads(render("sarif", CHECKS[name]()))
    check_structure(log)
    if validator is not None:
        validator.validate(log)


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda only: only["results"][0].update(level="fatal"), id="level"),
        pytest.param(lambda only: only["results"][0].update(rank=101), id="rank"),
        pytest.param(lambda only: only.update(columnKind="bytes"), id="column-kind"),
        pytest.param(lambda only: only["invocations"][0].pop("executionSuccessful"), id="invocation"),
    ],
)
def test_the_schema_would_find_faults(break_it: Any, validator: Draft7Validator | None) -> None:
    """A schema that accepts everything would make the test above worthless."""
    if validator is None:
        pytest.skip("the schema of SARIF is not there")
    log = json.loads(render("sarif", site()))
    break_it(log["runs"][0])
    with pytest.raises(ValidationError):
        validator.validate(log)


def test_columns_are_utf_16() -> None:
    number = next(one for one in run(site())["results"] if one["message"]["text"] == "“10” became “12”")
    region = number["locations"][0]["physicalLocation"]["region"]
    line = EMOJI.encode("utf-16-le")
    assert line[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le") == "12"


def test_paths_come_back() -> None:
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run(site())["results"]}
    assert AWKWARD in set(map(unquote, uris))


@pytest.mark.parametrize(
    ("path", "location"),
    [
        pytest.param("a b.md", {"uri": "a%20b.md", "uriBaseId": "%SRCROOT%"}, id="blank"),
        pytest.param("c:d/e.md", {"uri": "c%3Ad/e.md", "uriBaseId": "%SRCROOT%"}, id="colon-is-no-scheme"),
        pytest.param("n\udcff.md", {"uri": "n%FF.md", "uriBaseId": "%SRCROOT%"}, id="not-utf-8"),
        pytest.param("/srv/a.md", {"uri": "file:///srv/a.md"}, id="outside"),
        pytest.param("<target>", {"uri": "%3Ctarget%3E", "uriBaseId": "%SRCROOT%"}, id="no-file"),
    ],
)
def test_locations_of_files(path: str, location: dict[str, str]) -> None:
    if PurePosixPath(path).is_absolute() and not Path(path).is_absolute():
        pytest.skip("a path of another system")
    assert sarif.artifact(path) == location


def test_what_could_not_be_judged_is_an_error_and_a_note_is_a_note() -> None:
    (invocation,) = run(site())["invocations"]
    assert {one["level"] for one in invocation["toolExecutionNotifications"]} == {"error"}
    assert [one["level"] for one in invocation["toolConfigurationNotifications"]] == ["note"]


def test_more_results_than_github_takes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 3)
    only = run(site())
    assert [result["level"] for result in only["results"]] == ["error"] * 3
    assert {result["properties"]["severity"] for result in only["results"]} == {"critical", "major"}
    told = only["invocations"][0]["toolExecutionNotifications"][-1]
    assert told == {
        "level": "warning",
        "message": {"text": "22 more findings not listed: a run may have 3. The worst are listed."},
    }


def test_links_in_a_message_are_none() -> None:
    text = next(one["message"]["text"] for one in run(site())["results"] if "Look" in one["message"]["text"])
    assert text.startswith("Look \\[here](1): ")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_comes_with_its_explanation(rule: Rule) -> None:
    described: Any = sarif.described(rule)
    assert described["shortDescription"] == {"text": rule.summary}
    for title, text in rule.explanation.items():
        begin = " ".join(text.split("\n\n")[0].split())
        assert f"**{title}**\n\n{begin}" in described["help"]["markdown"]
        assert f"{title}:\n\n{begin}" in described["help"]["text"]


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_any_text_is_held(text: str) -> None:
    audit = build([Bead((text,), (text,), 0.5, (Mark("MT201", Side.TARGET, text, text),))])
    written = render("sarif", CheckReport((audit,), (), (), (), Severity.MAJOR))
    log = json.loads(written.encode().decode())
    check_structure(log)
    assert log["runs"][0]["results"][0]["properties"]["target"] == text
