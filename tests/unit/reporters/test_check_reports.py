"""What all reports of a check run share: golden files, places, fingerprints, limits, nothing said but to the stream."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mtaudit.errors import ConfigError
from mtaudit.pipeline import audit_texts
from mtaudit.reporters import CHECK_REPORTERS, ReportOptions, find_check_reporter, find_reporter
from mtaudit.reporters.flagged import CheckView
from mtaudit.reporters.places import Places, repository_path
from mtaudit.types import Audit, BadInput, Bitext, CheckReport, Document, OffsetMap, PlaceMap, Severity, Side, Span
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, build, library
from tests.unit.reporters.check_fixture import CHECKS, EXPLAINED, passing, render, site

S, T = Side.SOURCE, Side.TARGET
SUFFIXES = {
    "text": "check.txt",
    "sarif": "sarif.json",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "markdown": "check.md",
    "tsv": "check.tsv",
}


@pytest.mark.parametrize("name", CHECK_REPORTERS)
@pytest.mark.parametrize("check", CHECKS)
def test_golden(name: str, check: str, golden: Callable[[str, str], None]) -> None:
    golden(f"check-{check}.{SUFFIXES[name]}", render(name, CHECKS[check]()))


@pytest.mark.parametrize("name", CHECK_REPORTERS)
def test_nothing_reaches_the_standard_streams(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    render(name, site())
    assert capfd.readouterr() == ("", "")


def test_unknown_name() -> None:
    with pytest.raises(ConfigError, match=r"report .sarf.: no report has this format\. Did you mean sarif"):
        find_check_reporter("sarf")


@pytest.mark.parametrize("name", CHECK_REPORTERS)
def test_without_options_the_registered_rules_count(name: str) -> None:
    audit = audit_texts(
        "It costs 10 euros.", "Es kostet 12 Euro.", source_language="en", target_language="de", profile="checks"
    )
    stream = io.StringIO()
    CHECK_REPORTERS[name](CheckReport((audit,), (), (), (), Severity.MAJOR), stream)
    assert "MT106" in stream.getvalue()


@pytest.mark.parametrize("name", [name for name in CHECK_REPORTERS if name not in ("text", "tsv")])
@pytest.mark.parametrize("fail_on", [None, Severity.MINOR, Severity.CRITICAL])
def test_an_audit_is_a_check_of_one(name: str, fail_on: Severity | None) -> None:
    stream = io.StringIO(newline="")
    find_reporter(name)(library(), stream, ReportOptions(EXPLAINED, fail_on=fail_on))
    number = {None: 0, Severity.MINOR: 16, Severity.CRITICAL: 1}[fail_on]
    plural = "" if number == 1 else "s"
    failures = (f"{number} finding{plural} of severity {fail_on} or above.",) if number else ()
    check = CheckReport((library(),), library().bitext.bad_input, (), failures, fail_on)
    assert stream.getvalue() == render(name, check)


# Fingerprints


def prints(*audits: Audit, top: int | None = None) -> list[str]:
    view = CheckView(CheckReport(audits, (), (), (), None), ReportOptions(RULES, top=top))
    return [each.fingerprint for file in view.files for pair in file.pairs for each in pair.findings]


def one(
    source: str | None = "Ten stars.",
    target: str = "Zwölf Sterne .",
    rule: str = "MT307",
    before: int = 0,
    words: str = " .",
) -> Audit:
    beads = [Bead((f"Line {n}.",), (f"Zeile {n}.",), 0.1) for n in range(before)]
    sides = () if source is None else (source,)
    return build([*beads, Bead(sides, (target,), 0.5, (Mark(rule, T, words, "x"),))])


BASE = prints(one())


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(one(before=5), True, id="moved-down"),
        pytest.param(one(target="Zwölf\nSterne ."), True, id="line-broken-elsewhere"),
        pytest.param(one(words="Zw"), True, id="other-words-marked"),
        pytest.param(one(target="Elf Sterne ."), False, id="target-changed"),
        pytest.param(one(source="Two stars."), False, id="source-changed"),
        pytest.param(one(rule="MT201"), False, id="other-rule"),
        pytest.param(one(source=None), False, id="no-source"),
    ],
)
def test_fingerprints_follow_the_content(other: Audit, same: bool) -> None:
    assert (prints(other) == BASE) is same


def test_fingerprints_are_unique_in_a_run_and_the_first_stays() -> None:
    twice = prints(one(), one())
    assert twice[0] == BASE[0]
    assert len(set(twice)) == 2
    every = prints(*site().audits)
    assert len(set(every)) == len(every)


def test_a_limit_changes_no_fingerprint() -> None:
    assert set(prints(library(), top=2)) < set(prints(library()))


# Places


def test_a_finding_on_the_source_is_shown_at_the_target() -> None:
    view = CheckView(site(), ReportOptions(RULES))
    by_rule = {each.record["rule"]: each for pair in view.files[0].pairs for each in pair.findings}
    omission, missing, broken = by_rule["MT102"], by_rule["MT601"], by_rule["MT201"]
    assert str(omission.place) == "library.de.txt:7:1"
    assert str(omission.related) == "library.en.txt:7:17"
    assert (str(missing.place), missing.related) == ("library.en.txt:5:1", None)
    assert str(broken.place) == "library.de.txt:3:82"
    assert str(broken.related) == "library.en.txt:3:1"


def test_ends_are_exclusive_and_may_lie_on_another_line() -> None:
    text = "Eins zwei\ndrei vier."
    bitext = Bitext(None, Document("a.txt", "de", text, OffsetMap.identity(text)))
    region = Places(bitext).region(T, Span(5, 14))
    assert (region.start.line, region.start.column, region.end.line, region.end.column) == (1, 6, 2, 5)
    nothing = Places(bitext).region(T, Span(10, 10))
    assert nothing.start == nothing.end


def test_columns_in_utf_16_count_what_stands_before_them_in_the_file() -> None:
    original = "<p title='🌒🌒'>Ein 🌟 <b>Stern</b></p>"
    text = "Ein 🌟 Stern"
    pieces, starts = (0, 6), (original.index("Ein"), original.index("Stern"))
    whole = OffsetMap.identity(original)
    bitext = Bitext(None, Document("a.html", "de", text, replace(whole, text_starts=pieces, original_starts=starts)))
    for word in ("🌟", "Stern"):
        at = text.index(word)
        before = original[: original.index(word)]
        units = len(before.encode("utf-16-le")) // 2 + 1
        size = len(word.encode("utf-16-le")) // 2
        assert Places(bitext).region(T, Span(at, at + len(word))).units == (units, units + size)


def test_columns_in_utf_16_of_a_table_count_the_other_cell() -> None:
    source, target = "A 🌒 moon", "Ein 🌟 Stern"
    documents = [
        Document("a.tsv", "en", source, PlaceMap((0,), (4,), (1,))),
        Document("a.tsv", "de", target, PlaceMap((0,), (4,), (len(source) + 2,))),
    ]
    line = f"{source}\t{target}"
    region = Places(Bitext(documents[0], documents[1])).region(T, Span(6, 11))
    assert region.units[0] == len(line[: line.index("Stern")].encode("utf-16-le")) // 2 + 1
    assert region.start.column == line.index("Stern") + 1


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        pytest.param("docs/a.md", "inner/docs/a.md", id="relative"),
        pytest.param("./docs/../a.md", "inner/a.md", id="not-normal"),
        pytest.param("../a.md", "a.md", id="above-the-working-folder"),
        pytest.param("{root}/inner/a.md", "inner/a.md", id="absolute"),
        pytest.param("<target>", "<target>", id="no-path"),
        pytest.param("../../a.md", "{above}/a.md", id="outside"),
    ],
)
@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_are_seen_from_the_repository(
    path: str, seen: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "root"
    (root / "inner").mkdir(parents=True)
    monkeypatch.chdir(root / "inner")
    monkeypatch.setenv(variable, str(root))
    assert repository_path(path.format(root=root)) == seen.format(above=tmp_path)


def test_paths_are_seen_from_the_working_folder_where_no_ci_system_says_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert repository_path(f"{tmp_path}/docs/a.md") == "docs/a.md"


# Limits, problems, order


def test_a_limit_is_said() -> None:
    view = CheckView(passing(), ReportOptions(RULES, top=0))
    assert view.notes == ("a.de.md: 1 more suspect not listed (the limit is 0).",)


def test_each_problem_is_said_once() -> None:
    view = CheckView(site(), ReportOptions(RULES))
    assert len(view.problems) == len(set(view.problems)) == 3


def test_those_that_fail_the_run_come_first() -> None:
    order = [(pair.fails, pair.record["suspicion"]) for _, pair in CheckView(site(), ReportOptions(RULES)).worst_first]
    assert order == sorted(order, reverse=True)
    assert {fails for fails, _ in order} == {True, False}


@pytest.mark.parametrize("name", ["sarif", "junit", "github", "gitlab", "markdown"])
def test_what_could_not_be_judged_is_in_every_report(name: str) -> None:
    bad = BadInput("de/kaputt.md", 7, "the line is too long", "Break it")
    text = render(name, CheckReport((), (bad,), (), ("1 file could not be judged.",), Severity.MAJOR))
    assert "de/kaputt.md" in text
    assert "the line is too long. Break it." in text


def test_tsv_counts_on_through_the_files() -> None:
    rows = [line.split("\t") for line in render("tsv", site(), all_pairs=True).splitlines()[1:]]
    ids = [int(row[3]) for row in rows]
    assert ids == sorted(ids)
    assert set(ids) == set(range(1, 24))
    assert [row[2] for row in rows if row[0] == "museum.de.txt"] == ["1", "2", "3", "4"]


def test_gitlab_has_the_fields_that_gitlab_reads() -> None:
    for issue in json.loads(render("gitlab", site())):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
        assert not issue["location"]["path"].startswith(("/", "./"))


@pytest.mark.parametrize(
    ("problems", "failures", "verdict"),
    [
        pytest.param(0, 0, "passed", id="passed"),
        pytest.param(1, 0, "incomplete", id="incomplete"),
        pytest.param(0, 1, "failed", id="failed"),
        pytest.param(1, 1, "failed", id="failed-and-incomplete"),
    ],
)
def test_the_verdict(problems: int, failures: int, verdict: str) -> None:
    bad = (BadInput("a.md", 1, "it is broken", "Mend it"),) * problems
    check = CheckReport((), bad, (), ("It fails.",) * failures, Severity.MAJOR)
    assert render("markdown", check).startswith(f"## mtaudit: {verdict}, no suspects in 0 pairs\n")
    assert f"\nmtaudit: {verdict}, " in f"\n{render('github', check)}"
