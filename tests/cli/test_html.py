"""`--format html` from the command line, with files as users have them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

SOURCE = "The ferry carries 40 cars.\n\nIt is closed on Monday.\n"
TARGET = "Die Fähre trägt 14 Autos.\n\nSie ist am Montag geschlossen.\n"


def data(page: str) -> Any:
    found = re.search(r'<script type="application/json" id="report-data">(.*?)</script>', page)
    assert found is not None
    return json.loads(found.group(1))


@pytest.mark.parametrize("name", ["ferry", "<img src=x onerror=alert(1)>", "a&b 'c' \"d\"", "{{ 7 * 7 }}", "Fähre"])
def test_two_files(run: Run, tmp_path: Path, name: str) -> None:
    source, target, page = (tmp_path / f"{name}.{suffix}" for suffix in ("en.txt", "de.txt", "html"))
    source.write_text(SOURCE, encoding="utf-8")
    target.write_text(TARGET, encoding="utf-8")
    options = ("--format", "html", "--profile", "checks", "-s", "en", "-t", "de", "-o", page)
    assert run("audit", source, target, *options) == (1, "", "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>\n")
    assert "<img" not in text
    shown = data(text)
    assert shown["files"] == {"source": str(source), "target": str(target)}
    assert [finding["rule"] for finding in shown["pairs"][0]["findings"]] == ["MT106"]
    assert [partner["side"] for partner in shown["pairs"][0]["findings"][0]["partners"]] == ["source"]


def test_one_file_with_both_sides(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ferry.tsv"
    path.write_text(f"{SOURCE.splitlines()[0]}\t{TARGET.splitlines()[0]}\nno tab\n", encoding="utf-8")
    code, page, _ = run("audit", path, "--format", "html", "--profile", "checks", "-s", "en", "-t", "de")
    assert code == 1
    assert page.count(f"<bdi>{path}</bdi>") == 1
    assert "1 part of the input could not be used" in page
    assert len(data(page)["pairs"]) == 1


def test_a_translation_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(TARGET, encoding="utf-8")
    code, page, _ = run("audit", "--target-only", path, "--format", "html", "--all", "-t", "de")
    assert code == 0
    assert "German, without its source" in page
    assert (data(page)["all"], data(page)["files"]["source"]) == (True, None)
