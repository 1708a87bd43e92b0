"""The reports for other programs: XLIFF with ITS 2.0, the table for MQM viewers, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mtaudit.readers import read_bitext
from mtaudit.reporters import ReportOptions, find_reporter
from mtaudit.reporters.mqm_tsv import COLUMNS
from mtaudit.types import Audit, InlineCode, Side, Span, Unit
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, build, clean, library, target_only

S, T = Side.SOURCE, Side.TARGET
XLF = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"
SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "xliff-2.1"


def render(name: str, audit: Audit, *, all_pairs: bool = False, top: int | None = None) -> str:
    stream = io.StringIO(newline="")
    find_reporter(name)(audit, stream, ReportOptions(RULES, all_pairs=all_pairs, top=top))
    return stream.getvalue()


def with_codes() -> Audit:
    """A pair with units and inline codes, one finding across a code, two that overlap, and one of no length."""
    marks = (
        Mark("MT201", T, '<ph id="1"/> tot', "It is broken"),
        Mark("MT205", T, "tot und weg", "Nobody would put it like that", 0.6),
        Mark("MT106", S, "<one>", "=1+1 “one” became nothing"),
    )
    audit = build([Bead(('A <ph id="1"/> is <one> & gone.',), ('Ein <ph id="1"/> tot und weg.',), 0.9, marks)])
    bitext = audit.bitext
    documents = []
    for document in (bitext.source, bitext.target):
        assert document is not None
        start = document.text.index("<ph")
        documents.append(replace(document, codes=(InlineCode(Span(start, start + 12), "ph 1"),)))
    return replace(
        audit,
        bitext=replace(bitext, source=documents[0], target=documents[1], units=(Unit("=k1", "menu", None, "new"),)),
    )


AUDITS: dict[str, Callable[[], Audit]] = {
    "library": library,
    "target-only": target_only,
    "clean": clean,
    "codes": with_codes,
}


@pytest.mark.parametrize("name", ["xliff", "tsv", "csv"])
@pytest.mark.parametrize("audit", ["library", "codes"])
def test_golden(name: str, audit: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{audit}.{name}", render(name, AUDITS[audit](), all_pairs=audit == "library"))


# XLIFF


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema | None:
    """The XSDs of core and ITS together, if they are there: OASIS's files are no part of the project."""
    if not SCHEMAS.exists():
        return None
    wrapper = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f'<xs:import namespace="{XLF[1:-1]}" schemaLocation="{(SCHEMAS / "xliff_core_2.0.xsd").as_uri()}"/>'
        f'<xs:import namespace="{ITS[1:-1]}" schemaLocation="{(SCHEMAS / "its.xsd").as_uri()}"/></xs:schema>'
    )
    return etree.XMLSchema(etree.fromstring(wrapper))


def check_structure(root: etree._Element) -> None:
    """What the schemas and the prose of XLIFF 2.1 and its ITS module ask for, as far as these reports use it."""
    assert (root.tag, root.get("version"), root.get(f"{ITS}version")) == (f"{XLF}xliff", "2.1", "2.0")
    assert root.get("srcLang")
    (file,) = root
    assert next(child.tag for child in file) == f"{XLF}notes"
    assert len(file) > 1
    for unit in file.iter(f"{XLF}unit"):
        assert [child.tag for child in unit] == [f"{XLF}notes", f"{XLF}segment"]
        tags = [child.tag for child in unit[1]]
        assert tags in ([f"{XLF}source"], [f"{XLF}source", f"{XLF}target"])
        starts = [mark.get("id") for mark in unit.iter(f"{XLF}sm")]
        assert len(starts) == len(set(starts))
        for side in unit[1]:
            opened = [mark.get("id") for mark in side.iter(f"{XLF}sm")]
            assert sorted(mark.get("startRef") or "" for mark in side.iter(f"{XLF}em")) == sorted(map(str, opened))
            codes = [code.get("id") for code in side.iter(f"{XLF}ph")]
            assert len(codes) == len(set(codes))
        for mark in unit.iter(f"{XLF}sm"):
            assert mark.get("type") == "its:generic"
            assert 0 <= float(mark.get(f"{ITS}locQualityIssueSeverity") or -1) <= 100
            assert mark.get(f"{ITS}locQualityIssueType")
            assert (mark.get(f"{ITS}locQualityIssueProfileRef") or "").startswith("urn:mtaudit:rule:MT")


@pytest.mark.parametrize("all_pairs", [False, True])
@pytest.mark.parametrize("name", AUDITS)
def test_xliff_is_valid_by_the_schemas_where_they_are_and_by_structure_everywhere(
    name: str, all_pairs: bool, schema: etree.XMLSchema | None
) -> None:
    root = etree.fromstring(render("xliff", AUDITS[name](), all_pairs=all_pairs).encode())
    check_structure(root)
    if schema is not None:
        schema.assertValid(root)


def test_the_schemas_would_find_a_wrong_issue_type(schema: etree.XMLSchema | None) -> None:
    """A schema that accepts everything would make the test above worthless."""
    text = render("xliff", library()).replace('locQualityIssueType="omission"', 'locQualityIssueType="forgotten"')
    assert "forgotten" in text
    root = etree.fromstring(text.encode())
    assert schema is None or not schema.validate(root)


def test_xliff_marks_the_words(tmp_path: Path) -> None:
    root = etree.fromstring(render("xliff", with_codes()).encode())
    target = root.find(f".//{XLF}target")
    assert target is not None
    order = [(child.tag.removeprefix(XLF), child.get("id") or child.get("startRef"), child.tail) for child in target]
    assert order == [
        ("sm", "m2", None),
        ("ph", "c1", " "),
        ("sm", "m3", "tot"),
        ("em", "m2", " und weg"),
        ("em", "m3", "."),
    ]
    assert [unit.get("name") for unit in root.iter(f"{XLF}unit")] == ["=k1"]


def test_xliff_can_be_audited_again(tmp_path: Path) -> None:
    path = tmp_path / "out.xlf"
    path.write_text(render("xliff", library(), all_pairs=True), encoding="utf-8")
    again = read_bitext(path, "und", "und", warn=lambda _: None)
    assert again.source is not None
    assert (again.source.language, again.target.language) == ("en", "de")
    texts = {again.text(pair, T) for pair in again.pairs or ()}
    assert "Der Lesesaal ist für alle kostenlos." in texts


# The table for MQM viewers


def rows(text: str) -> list[dict[str, str]]:
    head, *lines = text.removesuffix("\n").split("\n")
    assert head.split("\t") == list(COLUMNS)
    found = [line.split("\t") for line in lines]
    assert {len(row) for row in found} <= {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def test_mqm_rows() -> None:
    found = rows(render("tsv", library(), all_pairs=True))
    numbers = [int(row["docSegId"]) for row in found]
    assert numbers == sorted(numbers)
    assert {row["severity"] for row in found} <= {"Neutral", "Minor", "Major", "Critical", "no-error"}
    for row in found:
        marked = row["source"] + row["target"]
        assert marked.count("<v>") == marked.count("</v>") == (row["category"] != "no-error")
        json.loads(row["metadata"])
    omission = next(row for row in found if row["category"] == "Accuracy/Omission")
    assert "<v>" in omission["source"]
    assert "<v>" not in omission["target"]


def test_marks_in_the_text_are_no_marks() -> None:
    audit = build([Bead(("Type <v>.",), ("Gib\t<v> ein.\nJetzt.",), 0.5, (Mark("MT201", T, "ein", "x"),))])
    (row,) = rows(render("tsv", audit))
    assert (row["source"], row["target"]) == ("Type < v>.", "Gib < v> <v>ein</v>. Jetzt.")


# CSV


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "=HYPERLINK(“http://x”)"])
def test_no_formula_gets_into_a_spreadsheet(text: str) -> None:
    audit = build([Bead((text,), (f"{text} x",), 0.5, (Mark("MT201", T, f"{text} x", text),))])
    lines = list(csv.reader(io.StringIO(render("csv", audit).removeprefix("\ufeff"))))
    row = dict(zip(lines[0], lines[1], strict=True))
    for column in ("words", "message", "source", "target"):
        assert row[column].startswith("'"), column


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip))
def test_csv_holds_any_text(text: str) -> None:
    audit = build([Bead(("One.",), (text,), 0.5)])
    lines = list(csv.reader(io.StringIO(render("csv", audit, all_pairs=True).removeprefix("\ufeff"), newline="")))
    assert len(lines) == 2
    assert len(lines[0]) == len(lines[1])
    assert lines[1][0] == "1"


@pytest.mark.parametrize("name", ["tsv", "csv"])
def test_top_limits_the_suspects(name: str) -> None:
    assert len(render(name, library(), top=1)) < len(render(name, library()))
