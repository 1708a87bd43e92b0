"""The manual builds without a warning, needs no network to be built or read, and its figures are those measured."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

import mtaudit
from benchmarks import limits
from benchmarks.results import RESULTS
from mtaudit.cli import app
from mtaudit.synthesize import KINDS

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
#: Blocks every connection, as an import of the process that builds the manual.
_OFFLINE = """\
import socket

def refuse(*_, **__):
    raise RuntimeError("the build of the manual tried to reach the network")

socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built manual."""
    folder = tmp_path_factory.mktemp("manual")
    (folder / "sitecustomize.py").write_text(_OFFLINE, encoding="utf-8")
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    # The theme's makers tell on every build what they think of MkDocs 2; the version is bounded below that anyway.
    environment = {**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder / "site")]
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr + done.stdout
    return folder / "site"


#: Elements and attributes by which a page loads something of its own accord.
LOADING = frozenset({("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")})


class _Loads(HTMLParser):
    """Collects what a page loads by itself, and the ids that it has."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attrs if (tag, name) in LOADING]
        self.ids |= {value for name, value in attrs if name == "id" and value}


def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(list(DOCS.glob("*.md")))  # and the page for what is not found
    loaded = {(page.name, url) for page in pages for url in _Loads(page).loaded}
    assert loaded
    assert [found for found in sorted(loaded) if urlsplit(found[1]).netloc] == []


def test_styles_load_nothing_from_elsewhere(site: Path) -> None:
    sheets = sorted(site.rglob("*.css"))
    assert sheets
    urls = [url for sheet in sheets for url in re.findall(r"url\(['\"]?([^)'\"]+)", sheet.read_text(encoding="utf-8"))]
    assert [url for url in urls if re.match(r"(https?:)?//", url)] == []


def test_every_page_is_in_the_navigation() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = [page for entry in config["nav"] for page in entry.values()]
    assert sorted(named) == sorted(page.name for page in DOCS.glob("*.md"))


def test_every_public_name_is_on_the_python_page(site: Path) -> None:
    ids = _Loads(site / "api.html").ids
    last = {found.rpartition(".")[2] for found in ids}
    assert set(mtaudit.__all__) - last - {"__version__"} == set()


@pytest.mark.parametrize("rule", ["mt101", "mt601"])
def test_rules_can_be_linked_to(site: Path, rule: str) -> None:
    assert rule in _Loads(site / "rules.html").ids


def test_figures_are_those_that_were_measured() -> None:
    """Mend with `python -m benchmarks.table`."""
    page = limits.PAGE.read_text(encoding="utf-8")
    assert page == limits.filled(page, json.loads(RESULTS.read_text(encoding="utf-8")))


def test_a_table_that_is_missing_is_seen() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    page = limits.PAGE.read_text(encoding="utf-8").replace("<!-- figures: speed -->", "")
    with pytest.raises(ValueError, match="speed"):
        limits.filled(page, results)


def test_every_planted_kind_is_explained() -> None:
    assert set(limits.KINDS) == set(KINDS)
    trust = (DOCS / "trust.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if not re.search(rf"\b{kind}\b", trust)] == []


def test_every_command_is_in_the_manual() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    names = [command.callback.__name__ for command in app.registered_commands if command.callback]
    assert [name for name in names if not re.search(rf"\bmtaudit {name}\b", text)] == []
