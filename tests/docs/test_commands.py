"""Every command and every Python block of the manual and the README runs, and prints what the page says."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtaudit.cli import main
from tests.docs.blocks import PAGES, ROOT, SHELLS, Block, Command, blocks, commands, matches
from tests.docs.scratch import commit, prepare

#: Commands that the tests cannot run, and why. A command that stands here and on no page any more is an error too.
NOT_RUN = {
    "python3 -m venv .venv": "network",
    ".venv/bin/pip install --no-deps -r requirements/cpu.txt": "network",
    ".venv/bin/pip install .": "network",
    "source .venv/bin/activate": "network",
    "pip install .": "network",
    "pip install 'mtaudit[fast]'": "network",
    "mtaudit models pull standard": "network",
    "mtaudit models pull nllb-200-600m --revision HASH": "network",
    "mtaudit audit --watch article.en.txt article.de.txt": "it waits for you",
    "mtaudit audit --open article.en.txt article.de.txt": "it opens a browser",
}
#: What the README's shell blocks have besides: its install commands (CI runs the second of them), and measurements over
#: data that are no part of the repository.
README = ("python3 -m venv .venv && ", "python -m benchmarks.")
#: Blocks that take a package installed beside mtaudit: see `test_own_checks`.
OWN_CHECKS = ROOT / "docs" / "own-checks.md"


def page_id(page: Path) -> str:
    return str(page.relative_to(ROOT))


def runnable(page: Path) -> Iterator[Block]:
    for block in blocks(page):
        if block.not_run is None and "title=" not in block.info:
            yield block


def is_left_out(command: Command) -> bool:
    return command.block.page.name == "README.md" and (command.line in NOT_RUN or command.line.startswith(README))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all files that the pages name, as the working folder, and no models but the bundled ones."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    folder = tmp_path / "work"
    folder.mkdir()
    prepare(folder)
    commit(folder)
    monkeypatch.chdir(folder)
    return folder


def run(line: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """Run one command line in this process: its exit code, and what it printed to either stream."""
    words = shlex.split(line, comments=True)
    assert words[0] == "mtaudit", f"{line}: the tests run nothing but mtaudit; see tests/docs/blocks.py"
    printed = io.StringIO()
    monkeypatch.setattr(sys, "argv", words)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), printed.getvalue().splitlines()


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_a_page_does_what_it_says(page: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a page in order: later ones may use the files that earlier ones wrote."""
    for block in runnable(page):
        if block.language == "python":
            code = compile("\n" * block.line + block.text, page_id(page), "exec")
            with contextlib.redirect_stdout(io.StringIO()):
                exec(code, {"__name__": "__main__"})  # noqa: S102  # it is the manual's own code
        run_commands([command for command in commands(block) if not is_left_out(command)], monkeypatch)


def run_commands(steps: list[Command], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands of one block, and compare what they print and how they end with what the page says."""
    code = 0
    for number, step in enumerate(steps):
        place = f"{step.block.place}: {step.line}"
        if step.line == "echo $?":
            assert step.output == (str(code),), f"{place}: the exit code is {code}"
            continue
        code, printed = run(step.line, monkeypatch)
        told = "\n".join([place, *printed])
        assert step.output is None or matches(step.output, printed), f"the page says otherwise than\n{told}"
        if [after.line for after in steps[number + 1 : number + 2]] != ["echo $?"]:
            # A message that the page shows says by itself that the command fails.
            failure = step.output is not None and len(printed) == 1 and printed[0].startswith("mtaudit: ")
            assert code == (2 if failure else 0), f"exit code {code} of\n{told}"


def test_what_is_not_run_is_listed_with_its_reason() -> None:
    found: dict[str, str] = {}
    for page in PAGES:
        for block in blocks(page):
            for command in commands(block):
                if block.not_run is not None:
                    found[command.line] = block.not_run
    assert found == NOT_RUN


def test_blocks_are_of_known_kinds() -> None:
    """A block of another kind (without a language, or indented) would be passed over in silence."""
    known = SHELLS | {"console", "groovy", "json", "python", "text", "toml", "yaml"}
    found = [block for page in PAGES for block in blocks(page)]
    assert [f"{block.place}: {block.language or 'no language'}" for block in found if block.language not in known] == []
    assert Counter(block.language for block in found)["console"] >= 10


def test_matching_of_outputs() -> None:
    cases = [
        (["a", "b"], ["a", "b"], True),
        (["a", "..."], ["a", "b", "c"], True),
        (["...", "c"], ["a", "b", "c"], True),
        (["a", "...", "c"], ["a", "c"], True),
        (["a"], ["a", "b"], False),
        (["a", "b"], ["a"], False),
        (["in [...] here"], ["in /some/folder here"], True),
        (["in [...] here"], ["in /some/folder", "here"], False),
        (["a.c"], ["abc"], False),
        ([], [], True),
        ([], ["a"], False),
    ]
    assert [matches(expected, printed) for expected, printed, _ in cases] == [result for *_, result in cases]


def test_own_checks(here: Path) -> None:
    """The package of the page, installed as pip would leave it, in a process of its own."""
    titled = {
        block.info.partition('title="')[2].rstrip('"'): block for block in blocks(OWN_CHECKS) if "title=" in block.info
    }
    assert set(titled) == {"acme_checks.py", "pyproject.toml", "with acme-checks"}
    packages = here / "packages"
    info = packages / "acme_checks-1.0.dist-info"
    info.mkdir(parents=True)
    (packages / "acme_checks.py").write_text(titled["acme_checks.py"].text, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-checks\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(entry_points(titled["pyproject.toml"].text), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(packages), str(ROOT)])}

    def ran(line: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", *shlex.split(line)]
        return subprocess.run(words, check=False, cwd=here, env=environment, capture_output=True, encoding="utf-8")

    steps = list(commands(titled["with acme-checks"]))
    assert len(steps) == 2
    for step in steps:
        done = ran(step.line)
        assert done.returncode == 0, done.stderr
        assert matches(step.output or (), done.stdout.splitlines()), done.stdout
    (packages / "acme_checks.py").write_text("import nothing_of_that_name\n", encoding="utf-8")
    done = ran("mtaudit rules")
    assert done.returncode == 2
    assert done.stderr == (
        "mtaudit: package 'acme-checks': its checks cannot be loaded (ModuleNotFoundError: No module named"
        " 'nothing_of_that_name'). Mend the package, or uninstall it.\n"
    )


def entry_points(pyproject: str) -> str:
    """`entry_points.txt` as an installer writes it from `pyproject.toml`."""
    import tomllib

    groups: dict[str, dict[str, str]] = tomllib.loads(pyproject)["project"]["entry-points"]
    return "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items())
        for group, points in groups.items()
    )
