"""What people paste into their repositories: the pre-commit hook, the action, the examples for GitHub and GitLab.

The action's steps run as scripts in a scratch git repository, and pre-commit runs for real, from a local clone of the
hook. The clone says `language: system` where the published hook says `python`, for that installs PyTorch from the
network.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mtaudit.cli import app

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("id") or step["name"]: step for step in ACTION["runs"]["steps"]}
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GITHUB = yaml.safe_load((ROOT / "examples" / "ci" / "github.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / "examples" / "ci" / "gitlab-ci.yml").read_text(encoding="utf-8"))
COMMANDS = {command.callback.__name__: command for command in app.registered_commands if command.callback}

needs_check = pytest.mark.skipif("check" not in COMMANDS, reason="there is no `mtaudit check` yet")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are bash")

GOOD = {
    "docs/en/tram.md": "# The tram\n\nThe new line costs 12.5 million euros.\n\nIt opens on Monday.\n",
    "docs/de/tram.md": "# Die Straßenbahn\n\nDie neue Strecke kostet 12,5 Millionen Euro.\n\nSie öffnet am Montag.\n",
    "mtaudit.toml": 'profile = "checks"\nsource-language = "en"\n\n[[content]]\n'
    'source = "docs/en/**/*.md"\ntarget = "docs/{lang}/**/*.md"\nlanguages = ["de"]\n',
}
BAD = {"docs/de/tram.md": GOOD["docs/de/tram.md"].replace("12,5", "125")}

Shell = Callable[..., subprocess.CompletedProcess[str]]


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def executable(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Run a command in a folder, with `mtaudit` on the PATH and git told nothing by this machine."""
    (tmp_path / "bin").mkdir()
    executable(tmp_path / "bin" / "mtaudit", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m mtaudit "$@"\n')
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GIT_", "CI"))}
    environment = {
        **kept,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{
            f"GIT_{role}_{what}": f"{role}@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def run(folder: Path, *command: object, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env={**environment, **extra},
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return run


def repository(folder: Path, files: Mapping[str, str], shell: Shell) -> Path:
    """A git repository with one commit."""
    folder.mkdir()
    write(folder, files)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Begin"]):
        done = shell(folder, "git", *command)
        assert done.returncode == 0, done.stderr
    return folder


# pre-commit


def hook_clone(folder: Path, shell: Shell) -> tuple[Path, str]:
    """A repository with the published hook, run by what is on the PATH, and its revision."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS]
    repository(folder, {".pre-commit-hooks.yaml": yaml.safe_dump(hooks)}, shell)
    return folder, shell(folder, "git", "rev-parse", "HEAD").stdout.strip()


def pre_commit(folder: Path, shell: Shell) -> subprocess.CompletedProcess[str]:
    shell(folder, "git", "add", "-A")
    return shell(folder, sys.executable, "-m", "pre_commit", "run", "--color", "never", "--all-files")


def test_the_hooks_are_hooks(shell: Shell, tmp_path: Path) -> None:
    done = shell(tmp_path, sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "entry", ["mtaudit audit -p checks docs/en/tram.md docs/de/tram.md", pytest.param("", marks=needs_check)]
)
def test_pre_commit_fails_on_a_wrong_sentence_only(entry: str, shell: Shell, tmp_path: Path) -> None:
    hook, revision = hook_clone(tmp_path / "hook", shell)
    told = {"id": "mtaudit-check", **({"entry": entry} if entry else {})}
    config = yaml.safe_dump({"repos": [{"repo": str(hook), "rev": revision, "hooks": [told]}]})
    project = repository(tmp_path / "project", {**GOOD, ".pre-commit-config.yaml": config}, shell)
    passed = pre_commit(project, shell)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "mtaudit check" in passed.stdout
    write(project, BAD)
    failed = pre_commit(project, shell)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "docs/de/tram.md:3:" in failed.stdout
    assert "MT106" in failed.stdout
    write(project, GOOD)
    assert pre_commit(project, shell).returncode == 0


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        *[(f"docs/de/a{suffix}", True) for suffix in (".md", ".html", ".po", ".xliff", ".yml", ".yaml", ".srt")],
        ("mtaudit.toml", True),
        ("src/main.c", False),
        ("logo.png", False),
    ],
)
def test_the_hook_runs_for_files_that_are_read(name: str, runs: bool) -> None:
    (hook,) = HOOKS
    assert bool(re.search(hook["files"], name)) is runs


def test_the_hook_knows_every_suffix() -> None:
    table = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8").partition("| suffix |")[2].partition("\n\n")[0]
    suffixes = set(re.findall(r"`(\.\w+)`", table)) - {".rest", ".pot"}
    (hook,) = HOOKS
    assert suffixes
    assert [suffix for suffix in sorted(suffixes) if not re.search(hook["files"], f"a{suffix}")] == []


# The action


def action_environment(step: Mapping[str, Any], inputs: Mapping[str, str]) -> dict[str, str]:
    """The variables of a step as the runner makes them from the inputs."""
    values = {name: inputs.get(name, str(one["default"])) for name, one in ACTION["inputs"].items()}
    assert set(inputs) <= set(values)
    return {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match.group(1)], told)
        for name, told in step["env"].items()
    }


def run_step(
    name: str, folder: Path, shell: Shell, inputs: Mapping[str, str], **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as the runner does."""
    step = STEPS[name]
    environment = {**action_environment(step, inputs), "GITHUB_ACTION_PATH": str(ROOT), **extra}
    return shell(folder, "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"], **environment)


def recorder(path: Path, status: int = 0) -> None:
    """A program that prints its arguments, one a line, each in brackets."""
    executable(path, f'#!/bin/sh\nfor argument in "$@"; do printf "[%s]\\n" "$argument"; done\nexit {status}\n')


def test_no_input_is_pasted_into_a_script() -> None:
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")


def test_every_input_is_used_and_described() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8").partition("\nruns:")[2]
    for name, told in ACTION["inputs"].items():
        assert told["description"]
        assert f"inputs.{name} " in text, name


@pytest.mark.parametrize(
    ("inputs", "arguments"),
    [
        pytest.param({}, [], id="none"),
        pytest.param(
            {"sarif": "a b.sarif", "junit": "j.xml", "markdown": "m.md"},
            ["--report", "sarif=a b.sarif", "--report", "junit=j.xml", "--report", "markdown=m.md"],
            id="reports",
        ),
        pytest.param({"config": "x y.toml"}, ["--config", "x y.toml"], id="config"),
        pytest.param({"changed-since": "main"}, ["--changed-since", "main"], id="changed-since"),
        pytest.param({"changed-since": "0" * 40}, [], id="no-commit-before"),
        pytest.param({"arguments": "--fail-on\ncritical\n"}, ["--fail-on", "critical"], id="arguments"),
        pytest.param({"paths": "docs/a b\n\n-x\n"}, ["--", "docs/a b", "-x"], id="paths"),
        pytest.param({"paths": "$(touch x) `touch y`; *"}, ["--", "$(touch x) `touch y`; *"], id="hostile"),
    ],
)
def test_inputs_become_arguments(inputs: Mapping[str, str], arguments: list[str], shell: Shell, tmp_path: Path) -> None:
    recorder(tmp_path / "bin" / "mtaudit")
    done = run_step("check", tmp_path, shell, inputs)
    assert done.returncode == 0, done.stderr
    shown = [line[1:-1] for line in done.stdout.splitlines() if line.startswith("[")]
    assert shown == ["check", "--report", "github", *arguments]
    assert {path.name for path in tmp_path.iterdir()} == {"bin"}


@pytest.mark.parametrize("status", [0, 1, 2, 3])
def test_the_exit_code_is_passed_on(status: int, shell: Shell, tmp_path: Path) -> None:
    recorder(tmp_path / "bin" / "mtaudit", status)
    done = run_step("check", tmp_path, shell, {}, GITHUB_OUTPUT=str(tmp_path / "output"))
    assert done.returncode == status
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"exit-code={status}\n"


@pytest.mark.parametrize(
    ("inputs", "installed"),
    [pytest.param({}, str(ROOT), id="the-action-itself"), pytest.param({"install": "a b.whl"}, "a b.whl", id="named")],
)
def test_install(inputs: Mapping[str, str], installed: str, shell: Shell, tmp_path: Path) -> None:
    recorder(tmp_path / "bin" / "python3")
    done = run_step("Install mtaudit", tmp_path, shell, inputs)
    assert done.returncode == 0, done.stderr
    pip = "[-m]\n[pip]\n[install]\n[--quiet]\n"
    assert done.stdout.endswith(f"{pip}[--no-deps]\n[-r]\n[{ROOT}/requirements/cpu.txt]\n{pip}[{installed}]\n")


def test_an_old_python_is_an_annotation(shell: Shell, tmp_path: Path) -> None:
    recorder(tmp_path / "bin" / "python3", 1)
    done = run_step("Install mtaudit", tmp_path, shell, {})
    assert done.returncode == 2
    assert "::error title=mtaudit::python3 is no Python 3.11 or newer." in done.stdout


@needs_check
def test_the_action_in_a_repository(shell: Shell, tmp_path: Path) -> None:
    project = repository(tmp_path / "project", GOOD, shell)
    summary = tmp_path / "summary.md"
    inputs = {"sarif": "out.sarif", "junit": "out.xml", "markdown": "out.md", "changed-since": "HEAD~1"}
    told = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(project)}
    first = run_step("check", project, shell, {}, **told)
    assert first.returncode == 0, first.stdout + first.stderr
    write(project, BAD)
    shell(project, "git", "commit", "-qam", "Garble")
    failed = run_step("check", project, shell, inputs, **told)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert re.search(r"^::error file=docs/de/tram\.md,line=3,.*title=MT106 number", failed.stdout, re.MULTILINE)
    assert "## mtaudit: failed, 1 suspect" in summary.read_text(encoding="utf-8")
    for name in ("out.sarif", "out.xml", "out.md"):
        assert "docs/de/tram.md" in (project / name).read_text(encoding="utf-8"), name
    write(project, GOOD)
    shell(project, "git", "commit", "-qam", "Mend")
    mended = run_step("check", project, shell, inputs, **told)
    assert mended.returncode == 0, mended.stdout + mended.stderr


# The examples


def test_the_github_example_uses_inputs_that_are_there() -> None:
    (step,) = [step for step in GITHUB["jobs"]["mtaudit"]["steps"] if "/mtaudit@" in step.get("uses", "")]
    assert set(step["with"]) <= set(ACTION["inputs"])
    text = (ROOT / "examples" / "ci" / "github.yml").read_text(encoding="utf-8")
    for name in ("sarif", "markdown"):
        assert text.count(step["with"][name]) >= 3, name


def test_the_gitlab_example_keeps_the_reports_that_it_writes(shell: Shell, tmp_path: Path) -> None:
    job = GITLAB["mtaudit"]
    recorder(tmp_path / "bin" / "mtaudit")
    (script,) = job["script"]
    done = shell(tmp_path, "bash", "-e", "-c", script)
    written = dict(re.findall(r"^\[(\w+)=(.+)\]$", done.stdout, re.MULTILINE))
    reports = job["artifacts"]["reports"]
    assert written == {"gitlab": reports["codequality"], "junit": reports["junit"]}
    assert sorted(job["artifacts"]["paths"]) == sorted(written.values())
    assert ".mtaudit_cache/" in job["cache"]["paths"]


@needs_check
def test_the_gitlab_example_runs(shell: Shell, tmp_path: Path) -> None:
    project = repository(tmp_path / "project", {**GOOD, **BAD}, shell)
    (script,) = GITLAB["mtaudit"]["script"]
    done = shell(project, "bash", "-e", "-c", script)
    assert done.returncode == 1, done.stdout + done.stderr
    for name in GITLAB["mtaudit"]["artifacts"]["paths"]:
        assert "docs/de/tram.md" in (project / name).read_text(encoding="utf-8"), name


@needs_check
def test_options_of_check_are_options() -> None:
    from typer.main import get_command

    known = {name for one in get_command(app).commands["check"].params for name in one.opts}  # type: ignore[attr-defined]
    texts = [
        (ROOT / "action" / "check.sh").read_text(encoding="utf-8"),
        (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"),
    ]
    used = {
        option
        for text in texts
        for line in re.findall(r"(?:mtaudit check|arguments\+?=\()(.*)", text)
        for option in re.findall(r"--[a-z-]+", line)
    }
    assert used <= known


def test_the_manual_shows_the_hook_and_the_action() -> None:
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]
    assert blocks
    repos = [repo for block in blocks if isinstance(block, dict) for repo in block["repos"]]
    hooks = [hook["id"] for repo in repos for hook in repo["hooks"]]
    assert hooks == [HOOKS[0]["id"]]
    assert set(
        re.findall(r"^\| `([\w-]+)` \|", text.partition("| input |")[2].partition("\n\n")[0], re.MULTILINE)
    ) == set(ACTION["inputs"])
