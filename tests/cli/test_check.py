"""`mtaudit check` as a user meets it: in a git repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.project import CONFIGURATION, Project, make


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make(tmp_path)


def garble(project: Project) -> None:
    """The translation of one sentence gets another number."""
    project.replace("docs/de/mill.md", "14 Fenster", "41 Fenster")


def test_a_year_of_a_project(project: Project) -> None:
    """First run, baseline, a garbled sentence, a run that fails on just that one, a mend, a run that passes."""
    # A flaw that stands there from the start.
    project.replace("docs/de/garden/roses.md", "um 9 Uhr", "um 8 Uhr")
    project.commit("Add a flaw")
    first = project.run("check")
    assert first.code == 1, first.err
    assert "docs/de/garden/roses.md:3:" in first.out
    assert "3 files" in first.out

    written = project.run("baseline", "write")
    assert written.code == 0, written.err
    entries = json.loads(project.read(".mtaudit-baseline.json"))["entries"]
    assert [(entry["path"], entry["rule"]) for entry in entries] == [("docs/de/garden/roses.md", "MT106")]
    assert project.run("check").code == 0
    clean = project.commit("Accept the flaw")

    garble(project)
    project.commit("Garble a sentence")
    for options in ([], ["--changed-since", clean], ["docs/de/mill.md"], ["docs/en"]):
        failed = project.run("check", *options)
        assert failed.code == 1, failed.err
        findings = [line for line in failed.out.splitlines() if line.startswith("docs/") and "MT" in line]
        assert len(findings) == 1
        assert findings[0].startswith("docs/de/mill.md:3:15: major MT106 number: ")
        assert "first at docs/de/mill.md:3:15" in failed.out

    names = ("sarif", "junit", "github", "gitlab", "markdown", "tsv", "text")
    failed = project.run("check", *(f"--report={name}=report.{name}" for name in names))
    assert failed.code == 1, failed.err
    reports = {name: project.read(f"report.{name}") for name in names}
    [result] = json.loads(reports["sarif"])["runs"][0]["results"]
    assert result["ruleId"] == "MT106"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/de/mill.md"
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (3, 15)
    [issue] = json.loads(reports["gitlab"])
    assert (issue["location"]["path"], issue["location"]["lines"]["begin"]) == ("docs/de/mill.md", 3)
    assert reports["github"].count("::error ") == 1
    assert "file=docs/de/mill.md,line=3,endLine=3,col=15,endColumn=17," in reports["github"]
    assert reports["junit"].count("<failure") == 2  # the sentence, and the verdict of the run
    assert "docs/de/mill.md:3:15" in reports["junit"]
    assert "docs/de/mill.md" in reports["markdown"]
    assert "3:15" in reports["markdown"]
    assert sum("docs/de/mill.md" in line for line in reports["tsv"].splitlines()) == 1
    for name in names:
        assert "roses" not in reports[name] or name == "junit", name  # JUnit has the suites that pass, too

    project.replace("docs/de/mill.md", "41 Fenster", "14 Fenster")
    project.commit("Mend it")
    passed = project.run("check")
    assert passed.code == 0
    assert passed.out.rstrip().endswith("passed")


def test_the_baseline_survives_moves_and_expires_with_the_text(project: Project) -> None:
    garble(project)
    assert project.run("baseline", "write").code == 0
    text = project.read("docs/de/mill.md")
    project.write("docs/de/mill.md", "\n\n" + text.replace("14", "14").replace("eine Tür. Sie", "eine Tür.\nSie"))
    moved = project.run("check")
    assert moved.code == 0, moved.out
    project.replace("docs/de/mill.md", "41 Fenster", "42 Fenster")
    expired = project.run("check")
    assert expired.code == 1
    assert ".mtaudit-baseline.json: docs/de/mill.md: MT106 '41' matches nothing any longer." in expired.out
    # A run over another file says nothing of the entry, and rewriting that part of the baseline keeps it.
    before = project.read(".mtaudit-baseline.json")
    assert "matches nothing" not in project.run("check", "docs/de/garden").out
    assert project.run("baseline", "write", "docs/de/garden").code == 0
    assert project.read(".mtaudit-baseline.json") == before


def test_a_renamed_file_keeps_its_entries(project: Project) -> None:
    garble(project)
    assert project.run("baseline", "write").code == 0
    for language in ("en", "de"):
        project.git("mv", f"docs/{language}/mill.md", f"docs/{language}/windmill.md")
    assert project.run("check").code == 0


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/de/mill.md", "Die Mühle hat", "<!-- mtaudit: ignore MT106 -->\nDie Mühle hat"),
        ("docs/de/mill.md", "# Die Mühle", "<!-- mtaudit: ignore-file number -->\n# Die Mühle"),
        ("docs/en/mill.md", "The mill has", "<!-- mtaudit: ignore accuracy -->\nThe mill has"),
        ("docs/de/mill.md", "Die Mühle hat 41", "Die Mühle hat <!-- mtaudit: ignore --> 41"),
    ],
    ids=["block", "file", "in the source", "inside"],
)
def test_a_comment_suppresses_and_is_reported_when_it_does_not(project: Project, path: str, old: str, new: str) -> None:
    garble(project)
    assert project.run("check").code == 1
    project.replace(path, old, new)
    quiet = project.run("check")
    assert quiet.code == 0, quiet.out
    assert "suppresses nothing" not in quiet.out
    project.replace("docs/de/mill.md", "41", "14")
    unused = project.run("check")
    assert unused.code == 0
    assert f"{path}:" in unused.out
    assert "suppresses nothing any longer. Delete the comment." in unused.out


def test_a_translators_comment_suppresses_in_a_catalogue(project: Project) -> None:
    project.replace("locale/de.po", '"%s Dateien', '"Dateien')
    assert "locale/de.po:7:" in project.run("check").out
    project.replace("locale/de.po", 'msgid "Delete', '# mtaudit: ignore MT303\nmsgid "Delete')
    assert project.run("check").code == 0


def test_only_changed_pairs_count(project: Project) -> None:
    """The whole file is read, but the flaw that stood there before is not the change's."""
    garble(project)
    base = project.commit("An old flaw")
    assert project.run("check", "--changed-since", base).out.count("MT") == 0
    project.replace("docs/de/mill.md", "40 Minuten", "45 Minuten")
    found = project.run("check", "--changed-since", base)
    assert found.code == 1
    assert "docs/de/mill.md:5:" in found.out
    assert "docs/de/mill.md:3:" not in found.out
    # So does a change of the source alone.
    project.replace("docs/de/mill.md", "45 Minuten", "40 Minuten")
    project.replace("docs/en/mill.md", "40 minutes", "50 minutes")
    assert "docs/de/mill.md:5:" in project.run("check", "--changed-since", base).out


def test_renamed_and_untracked_files_are_followed(project: Project) -> None:
    garble(project)
    base = project.commit("An old flaw")
    for language in ("en", "de"):  # without git: the new names are untracked
        folder = project.root / "docs" / language
        (folder / "mill.md").rename(folder / "windmill.md")
    moved = project.run("check", "--changed-since", base)
    assert moved.code == 0, moved.out
    project.write("docs/en/new.md", "The pond is 3 metres deep.\n")
    project.write("docs/de/new.md", "Der Teich ist 8 Meter tief.\n")
    new = project.run("check", "--changed-since", base)
    assert new.code == 1
    assert "docs/de/new.md:1:15" in new.out
    assert "windmill.md" not in new.out


def test_a_lost_sentence_is_a_change(project: Project) -> None:
    base = project.git("rev-parse", "HEAD")
    project.replace("docs/de/mill.md", " Die Führung dauert 40 Minuten.", "")
    assert "MT60" in project.run("check", "--changed-since", base, "--fail-on", "none").out


def test_changes_are_counted_from_the_fork(project: Project) -> None:
    project.git("checkout", "-q", "-b", "work")
    project.replace("docs/de/garden/roses.md", "willkommen.", "sehr willkommen.")
    project.commit("Work")
    project.git("checkout", "-q", "main")
    garble(project)
    project.commit("Somebody else's flaw")
    project.git("checkout", "-q", "work")
    found = project.run("check", "--changed-since", "main")
    assert found.code == 0, found.out
    assert "1 file," in found.out


def test_a_shallow_clone_says_how_to_fetch(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    first = project.git("rev-parse", "HEAD")
    project.replace("docs/de/mill.md", "40", "44")
    project.commit("Second")
    clone = Project(tmp_path_factory.mktemp("clone") / "shallow")
    clone.root.mkdir()
    clone.git("clone", "-q", "--depth=1", f"file://{project.root}", ".")
    missing = clone.run("check", "--changed-since", first)
    assert missing.code == 2
    for part in ("shallow", "git fetch --unshallow", "fetch-depth: 0", "GIT_DEPTH"):
        assert part in missing.err
    # With the revision alone, and no history between, it works, and says what it compares with.
    clone.git("fetch", "-q", "--depth=1", "origin", first)
    fetched = clone.run("check", "--changed-since", first)
    assert fetched.code == 1, fetched.err
    assert "docs/de/mill.md:5:" in fetched.out
    assert "the common ancestor cannot be told, since this clone is shallow" in fetched.out


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (["--changed-since", "no-such-branch"], ["no-such-branch", "git knows no such revision"]),
        (["--changed-since=--output=x"], ["git knows no such revision"]),
        (["no/such/file.md"], ["no/such/file.md", "there is no such file or folder"]),
        (["--report", "text="], ["there is no file behind the ="]),
        (["--report", "txt"], ["no report has this format", "Did you mean text?"]),
        (["--report", "text", "--report", "text"], ["several reports would go to the standard output"]),
        (["--report", "text=mtaudit.toml"], ["this is an input file"]),
        (["--fail-on", "major", "--select", "MT999"], ["--select: rule 'MT999'", "no rule has this id or slug"]),
        (["--profile", "chekcs"], ["chekcs", "Did you mean checks?"]),
        (["--max-suspicion", "2"], ["--max-suspicion: 2.0 is not from 0 to 1"]),
        (["--config", "other.toml"], ["other.toml", "it cannot be read"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) and value[0].startswith(("-", "no")) else "",
)
def test_wrong_options_are_said(project: Project, options: list[str], parts: list[str]) -> None:
    done = project.run("check", *options)
    assert done.code == 2
    for part in parts:
        assert part in done.err
    assert "Traceback" not in done.err


def test_what_cannot_be_judged_is_never_a_silent_pass(project: Project) -> None:
    project.write("docs/en/lonely.md", "Nobody has translated it.\n")
    project.write("docs/de/orphan.md", "Niemand hat es geschrieben.\n")
    (project.root / "docs/de/garden/roses.md").write_bytes(b"\x00\x01")
    garble(project)
    done = project.run("check")
    assert done.code == 2
    assert "docs/en/lonely.md:1: there is no translation into de: docs/de/lonely.md is missing." in done.out
    assert "docs/de/orphan.md:1: there is no source for this translation" in done.out
    assert "docs/de/garden/roses.md:1:" in done.out
    assert "docs/de/mill.md:3:15: major MT106" in done.out  # bad input does not cost the good one
    project.write("mtaudit.toml", 'untranslated = "note"\norphaned = "note"\n' + CONFIGURATION)
    project.git("checkout", "-q", "docs/de/garden/roses.md")
    noted = project.run("check", "--fail-on", "none")
    assert noted.code == 0
    assert "docs/en/lonely.md:1: there is no translation into de" in noted.out


def test_languages_that_a_profile_does_not_cover_are_a_problem(project: Project) -> None:
    project.write("mtaudit.toml", CONFIGURATION.replace('"checks"', '"embedded"').replace('["de"]', '["ja"]'))
    project.write("docs/ja/mill.md", "水車小屋には窓が14枚あります。\n")
    done = project.run("check", "docs")
    assert done.code == 2
    assert "it does not cover en and ja" in done.out


def test_thresholds_on_suspicion_need_a_calibration(project: Project) -> None:
    done = project.run("check", "--max-suspicion", "0.8")
    assert done.code == 2
    assert "profile 'checks' is not calibrated for en to de" in done.out
    assert "mtaudit calibrate LABELLED.tsv -s en -t de -p checks -o en-de.json" in done.out


def test_settings_of_the_configuration_hold(project: Project) -> None:
    garble(project)
    for line, code in {
        'fail-on = "critical"': 0,
        'ignore = ["number"]': 0,
        'severity = { MT106 = "minor" }': 0,
        'per-file-ignores = { "docs/de/mill.md" = ["MT1"] }': 0,
        'per-file-ignores = { "docs/en/mill.md" = ["accuracy"] }': 0,
        'per-file-ignores = { "docs/de/garden/**" = ["MT106"] }': 1,
        'select = ["MT106"]': 1,
    }.items():
        project.write("mtaudit.toml", f"{line}\n{CONFIGURATION}")
        assert project.run("check").code == code, line


def test_the_configuration_of_pyproject_is_found_from_a_folder_below(project: Project) -> None:
    garble(project)
    (project.root / "mtaudit.toml").unlink()
    table = CONFIGURATION.replace("[[content]]", "[[tool.mtaudit.content]]")
    project.write("pyproject.toml", f"[tool.mtaudit]\n{table}")
    shown = project.run("check", "--show-config", "--fail-on", "minor", folder="docs/de")
    assert shown.code == 0
    assert 'profile = "checks"  # pyproject.toml:2' in shown.out
    assert 'fail-on = "minor"  # --fail-on' in shown.out
    assert "min-confidence = 0.5  # default" in shown.out
    below = project.run("check", "--no-cache", folder="docs/de")
    assert below.code == 1, below.err
    assert "\nmill.md:3:15: major MT106" in f"\n{below.out}"
    assert not (project.root / ".mtaudit_cache").exists()


def test_without_a_configuration_it_says_what_to_write(tmp_path: Path) -> None:
    done = Project(tmp_path).run("check")
    assert done.code == 2
    assert "there is no mtaudit.toml" in done.err
    assert "[[content]]" in done.err


@pytest.mark.parametrize("profile", ["checks", "embedded"])
def test_a_second_run_loads_no_model_and_says_the_same(project: Project, profile: str) -> None:
    garble(project)
    project.write("mtaudit.toml", CONFIGURATION.replace('"checks"', f'"{profile}"'))
    first = project.run("check")
    assert first.code == 1, first.out + first.err
    again = project.python(
        "import sys\nfrom mtaudit.cli import main\nsys.argv = ['mtaudit', 'check', '--report', 'text=again.txt']\n"
        "try:\n    main()\nexcept SystemExit as end:\n"
        "    heavy = {'torch', 'transformers', 'sentence_transformers', 'mtaudit.segment'} & set(sys.modules)\n"
        "    sys.exit(f'imported {heavy}' if heavy else end.code)\n"
    )
    _, err = again.communicate()
    assert (again.returncode, project.read("again.txt")) == (first.code, first.out), err


def calibrate(project: Project, intercept: float) -> None:
    """A calibration of the profile `checks` that gives every pair one suspicion."""
    from mtaudit.findings.calibration import Calibration, Reliability, write

    made = Calibration(
        1, "checks", ("en", "de"), (), "2026-01-01", 9, 3, "mqm", intercept, {}, {}, {}, Reliability(3, 0.1, ())
    )
    write(made, project.root / "en-de.json")
    project.write("mtaudit.toml", 'calibration = "en-de.json"\n' + CONFIGURATION)


def test_thresholds_on_suspicion_hold_and_can_be_accepted(project: Project) -> None:
    calibrate(project, 2.0)  # 0.88 for each pair
    assert project.run("check").code == 0
    failed = project.run("check", "--max-suspicion", "0.8")
    assert failed.code == 1, failed.err
    assert "9 sentence pairs have a suspicion above max-suspicion 0.8; the worst is docs/de/" in failed.out
    assert "with 0.88." in failed.out
    assert project.run("check", "--max-suspicion", "0.9").code == 0
    expected = project.run("check", "--max-expected-bad", "7.5")
    assert expected.code == 1
    assert "Of 9 sentence pairs 7.9 are expected to be bad, by their suspicion" in expected.out
    assert project.run("check", "--max-expected-bad", "8").code == 0

    project.write("mtaudit.toml", "max-suspicion = 0.8\n" + project.read("mtaudit.toml"))
    assert project.run("baseline", "write").code == 0
    assert '"rule": "suspicion"' in project.read(".mtaudit-baseline.json")
    assert project.run("check").code == 0
    assert project.run("check", "--max-expected-bad", "0.1").code == 0
    project.replace("docs/de/mill.md", "zwei Brüdern", "zwei Schwestern")
    changed = project.run("check")
    assert changed.code == 1
    assert "1 sentence pair has a suspicion above max-suspicion 0.8; the worst is docs/de/mill.md:3" in changed.out


def test_a_comment_that_cannot_be_followed_is_noted(project: Project) -> None:
    text = "<!-- mtaudit: ignore MT106, nubmer -->\n\n<!-- mtaudit: skip this -->\n\n<!-- mtaudit: ignore-end -->\n\n"
    project.write("docs/de/mill.md", text + project.read("docs/de/mill.md"))
    done = project.run("check", "docs/de/mill.md")
    assert done.code == 0
    for part in (
        "docs/de/mill.md:1: 'mtaudit: ignore MT106, nubmer' is not followed: no rule has this id or slug: rule 'nub",
        "Did you mean number",
        "docs/de/mill.md:3: 'mtaudit: skip this' is not followed: this is no instruction",
        "docs/de/mill.md:5: 'mtaudit: ignore-end' is not followed: no ignore-start",
    ):
        assert part in done.out


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("<<<<<<< ours", "this is no baseline"),
        ('{"schema": 9, "entries": []}', "it has the schema 9"),
        ('{"schema": 1, "entries": [{"path": 3}]}', "this is no baseline"),
    ],
)
def test_a_broken_baseline_is_said(project: Project, text: str, part: str) -> None:
    project.write(".mtaudit-baseline.json", text)
    done = project.run("check")
    assert done.code == 2
    assert ".mtaudit-baseline.json" in done.err
    assert part in done.err


def test_a_broken_cache_costs_nothing(project: Project) -> None:
    garble(project)
    first = project.run("check")
    (project.root / ".mtaudit_cache" / "cache.sqlite").write_bytes(b"\x07" * 5000)
    again = project.run("check")
    assert again.code == first.code
    assert "it is damaged" in again.out
    assert project.run("check").out == first.out


TERMS = "source\ttarget\nmill\tMühle|Mahlwerk\n"


def test_a_term_with_two_translations_shows_across_files(project: Project) -> None:
    for number, word in enumerate(("Mühle", "Mühle", "Mühle", "Mahlwerk")):
        project.write(f"docs/en/mills/{number}.md", f"The mill number {number} stands by the river.\n")
        article = "Das" if word == "Mahlwerk" else "Die"
        project.write(f"docs/de/mills/{number}.md", f"{article} {word} Nummer {number} steht am Fluss.\n")
    project.write("terms.tsv", TERMS)
    project.write("mtaudit.toml", 'glossary = ["terms.tsv"]\nfail-on = "minor"\n' + CONFIGURATION)
    for _ in range(2):  # the second run takes it from the cache
        done = project.run("check")
        assert done.code == 1, done.err
        found = [line for line in done.out.splitlines() if "MT402" in line]
        assert [line.split(":")[0] for line in found] == ["docs/de/mills/3.md"], done.out
    assert project.run("baseline", "write").code == 0
    assert project.run("check").code == 0
    # A run over some of the files does not look across them, and keeps what the baseline says of it.
    part = project.run("check", "docs/de/mills/3.md")
    assert part.code == 0
    assert "MT402" not in part.out
    assert project.run("baseline", "write", "docs/de/mills/3.md").code == 0
    assert "MT402" in project.read(".mtaudit-baseline.json")


def test_what_an_editor_accepted_is_added_to_the_baseline(project: Project) -> None:
    project.replace("docs/de/garden/roses.md", "um 9 Uhr", "um 8 Uhr")
    assert project.run("baseline", "write").code == 0
    garble(project)
    assert project.run("check").code == 1
    assert project.run("baseline", "write", "--baseline", "saved.json").code == 0
    entries = json.loads(project.read("saved.json"))["entries"]
    only_new = [entry for entry in entries if entry["path"] == "docs/de/mill.md"]
    project.write("saved.json", json.dumps({"schema": 1, "entries": only_new}))
    added = project.run("baseline", "add", "saved.json")
    assert added.code == 0, added.err
    assert added.out.endswith("2 entries; 1 are new or accept more\n")
    assert project.run("check").code == 0
    again = project.run("baseline", "add", "saved.json")
    assert again.out.endswith("2 entries; 0 are new or accept more\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, "there is no such file", id="missing"),
        pytest.param("[]", "this is no baseline", id="other-json"),
        pytest.param('{"schema": 9, "entries": []}', "it has the schema 9", id="other-schema"),
    ],
)
def test_what_is_no_baseline_is_not_added(project: Project, content: str | None, said: str) -> None:
    if content is not None:
        project.write("saved.json", content)
    done = project.run("baseline", "add", "saved.json")
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
