"""docs/configuration.md says what is true: its examples load, and its tables name every key and default."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from mtaudit.project import load, show
from mtaudit.project.schema import ContentTable, ProjectTable, keys

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_loads_and_shows_itself_again(block: str, tmp_path: Path) -> None:
    name = "pyproject.toml" if "[tool." in block else "mtaudit.toml"
    (tmp_path / name).write_text(block, encoding="utf-8")
    project = load(tmp_path)
    assert project.content
    # What --show-config prints sets the same.
    (tmp_path / name).unlink()
    (tmp_path / "mtaudit.toml").write_text(show(project), encoding="utf-8")
    again = load(tmp_path)
    assert [(s.key, s.value) for s in again.settings] == [(s.key, s.value) for s in project.settings]


def rows(heading: str) -> dict[str, str]:
    """The keys of the table under a heading, each with the last cell of its row."""
    section = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found: dict[str, str] = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 3:
            found.update(dict.fromkeys(re.findall(r"`([\w-]+)`", cells[0]), cells[2]))
    return found


def test_every_key_has_a_row() -> None:
    assert set(rows("Content")) == set(keys(ContentTable))
    assert set(rows("Settings")) == set(keys(ProjectTable)) - {"content"}


def test_defaults_are_those_of_the_code() -> None:
    defaults = msgspec.to_builtins(ProjectTable())
    for key, cell in rows("Settings").items():
        told = re.match(r"`([^`]+)`", cell)
        if told is not None:
            assert tomllib.loads(f"value = {told[1]}")["value"] == defaults[key], key
        else:
            assert defaults[key] in (None, []), key
