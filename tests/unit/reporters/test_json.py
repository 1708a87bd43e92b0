"""The JSON formats: exact output, the schema, and text that must not break what reads it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mtaudit.reporters import ReportOptions, find_reporter
from mtaudit.reporters.json_report import dumps
from mtaudit.types import Audit
from tests.unit.reporters.audit_fixture import RULES, Bead, build, clean, library, target_only

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
AUDITS = [library(), library(calibrated=True), target_only(), clean(), build([Bead((), ("Ja.",), 0.0)])]
NAMES = ["library", "calibrated", "target-only", "clean", "one-pair"]


def render(audit: Audit, name: str, *, all_pairs: bool = False, top: int | None = None) -> str:
    stream = io.StringIO()
    find_reporter(name)(audit, stream, ReportOptions(RULES, all_pairs=all_pairs, top=top))
    return stream.getvalue()


def _validator(reference: str) -> Draft202012Validator:
    registry: Registry[Any] = Resource.from_contents(SCHEMA) @ Registry()
    return Draft202012Validator({"$ref": SCHEMA["$id"] + reference}, registry=registry)


@pytest.mark.parametrize(
    ("file", "audit", "name", "all_pairs"),
    [
        pytest.param("library.json", library(), "json", False, id="json"),
        pytest.param("library-all.json", library(calibrated=True), "json", True, id="json-all"),
        pytest.param("library.jsonl", library(), "jsonl", False, id="jsonl"),
        pytest.param("museum-all.jsonl", target_only(), "jsonl", True, id="jsonl-target-only"),
        pytest.param("clean.json", clean(), "json", False, id="json-without-suspects"),
    ],
)
def test_exact_output(golden: Callable[[str, str], None], file: str, audit: Audit, name: str, all_pairs: bool) -> None:
    golden(file, render(audit, name, all_pairs=all_pairs))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("all_pairs", [False, True], ids=["suspects", "all"])
@pytest.mark.parametrize("audit", AUDITS, ids=NAMES)
def test_json_keeps_to_the_schema(audit: Audit, all_pairs: bool) -> None:
    _validator("").validate(json.loads(render(audit, "json", all_pairs=all_pairs)))


@pytest.mark.parametrize("all_pairs", [False, True], ids=["suspects", "all"])
@pytest.mark.parametrize("audit", AUDITS, ids=NAMES)
def test_jsonl_keeps_to_the_schema(audit: Audit, all_pairs: bool) -> None:
    head, *pairs = (json.loads(line) for line in render(audit, "jsonl", all_pairs=all_pairs).splitlines())
    _validator("#/$defs/head_line").validate(head)
    for pair in pairs:
        _validator("#/$defs/pair_line").validate(pair)


@pytest.mark.parametrize("audit", AUDITS, ids=NAMES)
def test_both_formats_say_the_same(audit: Audit) -> None:
    whole = json.loads(render(audit, "json", all_pairs=True))
    head, *pairs = (json.loads(line) for line in render(audit, "jsonl", all_pairs=True).splitlines())
    assert (head.pop("type"), {pair.pop("type") for pair in pairs}) == ("head", {"pair"})
    assert {**head, "pairs": pairs} == whole


@pytest.mark.parametrize(
    ("change", "path"),
    [
        pytest.param(lambda whole: whole["pairs"][0].update(extra=1), "pairs/0", id="unknown-key"),
        pytest.param(lambda whole: whole["pairs"][0].pop("rank"), "pairs/0", id="missing-key"),
        pytest.param(lambda whole: whole.update(schema=2), "schema", id="other-schema"),
        pytest.param(lambda whole: whole["pairs"][0].update(suspicion=1.2), "pairs/0/suspicion", id="no-probability"),
        pytest.param(lambda whole: whole["pairs"][0].update(similarity="0.6"), "pairs/0/similarity", id="text"),
        pytest.param(
            lambda whole: whole["pairs"][0]["findings"][0].update(severity="bad"),
            "pairs/0/findings/0/severity",
            id="unknown-severity",
        ),
        pytest.param(lambda whole: whole["summary"]["by_rule"].update(X1=1), "summary/by_rule", id="no-rule-id"),
        pytest.param(lambda whole: whole["pairs"][0]["target"].update(line=0), "pairs/0/target", id="line-0"),
    ],
)
def test_the_schema_refuses(change: Callable[[dict[str, Any]], object], path: str) -> None:
    whole = json.loads(render(library(), "json"))
    change(whole)
    errors = ["/".join(map(str, error.path)) for error in _validator("").iter_errors(whole)]
    assert errors == [path]


def _properties(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for value in schema.values():
            yield from _properties(value)


def _description(field: dict[str, Any]) -> str:
    """What the field says of itself, or else what the definition says that it refers to."""
    if "description" in field:
        return str(field["description"])
    referred: Any = SCHEMA
    for step in field["$ref"].removeprefix("#/").split("/"):
        referred = referred[step]
    return _description(referred)


def test_every_field_is_described() -> None:
    fields = list(_properties(SCHEMA))
    assert len(fields) > 60
    assert all(_description(field).endswith(".") for _, field in fields)


@pytest.mark.parametrize("name", ["pair", "head"])
def test_lines_repeat_the_whole(name: str) -> None:
    line, whole = SCHEMA["$defs"][f"{name}_line"], SCHEMA["$defs"]["pair"] if name == "pair" else SCHEMA
    assert set(line["properties"]) == set(whole["properties"]) - {"pairs"} | {"type"}
    assert set(line["required"]) == set(line["properties"]) - {"unit"}  # only files with units have one
    assert set(whole["required"]) == set(whole["properties"]) - {"unit"}


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("\x85\x9b\u2028\u2029\ud800\udfff\x1b\n\r\x7f")))
def test_any_text_survives(text: str) -> None:
    line = dumps({"text": text})
    assert len(line.splitlines()) == 1
    line.encode()
    # Two surrogates in a row mean one character in JSON.
    assert json.loads(line)["text"] == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def test_letters_stay_readable() -> None:
    assert dumps({"text": "Tür 本 👩‍🚀"}) == '{"text":"Tür 本 👩‍🚀"}'


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_json_lacks_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        dumps({"score": value})


def test_top_limits_the_pairs_and_not_the_totals() -> None:
    whole = json.loads(render(library(), "json", top=3))
    assert [pair["rank"] for pair in whole["pairs"]] == [1, 2, 3]
    assert whole["summary"]["suspects"] == 11
