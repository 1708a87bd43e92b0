"""The layout that DESIGN promises: imports point one way, names are public on purpose, documents say what is true."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import mtaudit
from mtaudit.pipeline import all_rules
from mtaudit.rules import FAMILIES
from mtaudit.rulespage import rules_page

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mtaudit"

#: Which layers each layer may import; a layer is a module or a folder of the package.
BASE = {"types", "errors", "taxonomy", "text", "functionwords", "langid", "lengths", "morphology", "xml_text"}
BASE |= {"fingerprint", "prose", "rules", "terms"}
ALLOWED = {
    "types": set(),
    "errors": set(),
    "taxonomy": {"types"},
    "text": set(),
    "functionwords": set(),
    "langid": {"functionwords", "text"},
    "lengths": {"text"},
    "morphology": {"text"},
    "terms": set(),
    "prose": {"types"},
    "xml_text": set(),
    "fingerprint": set(),
    "rules": {"types", "errors", "taxonomy", "terms", "text"},
    "rulespage": {"rules"},
    "synthesize": BASE,
    "config": {"types", "errors", "rules"},
    "modelfile": {"errors", "text"},
    "languages": BASE,
    "readers": BASE,
    "models": BASE | {"modelfile"},
    "segment": BASE | {"models"},
    "checks": BASE | {"config"},
    "scorers": BASE | {"models"},
    "findings": BASE | {"config", "checks", "scorers"},
    "reporters": BASE,
    "writers": BASE | {"__init__"},
    "loading": BASE | {"config", "modelfile", "models"},
    "resources": BASE | {"config", "loading", "readers"},
    "pipeline": BASE
    | {"loading", "resources"}
    | {"config", "modelfile", "languages", "readers", "models", "segment", "checks", "scorers", "findings", "__init__"},
    "contentset": BASE | {"checks", "config", "findings", "loading", "pipeline", "resources"},
    "notebook": BASE | {"pipeline", "reporters"},
    "calibrate": BASE | {"config", "findings", "languages", "loading", "pipeline", "readers"},
    "probe": BASE | {"config", "loading", "models", "pipeline", "readers", "scorers", "synthesize"},
    "cache": set(),
    "stored": {"types"},
    "revision": {"errors"},
    "project": BASE | {"config", "languages"},
    "check": BASE
    | {
        "cache",
        "config",
        "contentset",
        "findings",
        "modelfile",
        "models",
        "pipeline",
        "project",
        "revision",
        "stored",
        "__init__",
    },
    "engines": BASE | {"config", "languages", "loading", "modelfile", "pipeline", "readers", "resources"},
    "cli": BASE
    | {"calibrate", "config", "contentset", "engines", "findings", "modelfile", "models", "pipeline", "probe"}
    | {"check", "project", "readers", "reporters", "rulespage", "synthesize", "writers", "__init__"},
    "__main__": {"cli"},
    "__init__": {"types", "errors", "config", "pipeline", "notebook"},
}


def layer(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imported_layers(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every layer of the package that a module imports, with the line; `import mtaudit` is `__init__`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{a.name}" for a in node.names] if node.module == "mtaudit" else [node.module]
        for name in names:
            first, *rest = name.split(".")
            if first == "mtaudit":
                yield (rest[0] if rest else "__init__"), node.lineno  # type: ignore[attr-defined]


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    here = layer(path)
    wrong = [
        f"line {line}: {name}" for name, line in imported_layers(path) if name != here and name not in ALLOWED[here]
    ]
    assert wrong == []


def test_every_layer_exists() -> None:
    assert set(ALLOWED) == {layer(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    if layer(path) == "cli":
        return
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = {ast.unparse(call.func) for call in calls}
    assert not names & {"print", "exit", "quit", "sys.exit", "sys.stdout.write", "sys.stderr.write"}


def test_public_names_are_there_and_documented() -> None:
    for name in mtaudit.__all__:
        value = getattr(mtaudit, name)
        assert isinstance(value, str) or value.__doc__, name


@pytest.mark.parametrize(
    "module",
    ["torch", "numpy", "transformers", "rich", "py3langid", "babel", "lxml", "yaml", "jinja2", "pandas", "watchfiles"],
)
def test_import_and_help_load_nothing_heavy(module: str) -> None:
    code = f"import sys, mtaudit, mtaudit.cli; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_changelog_starts_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == mtaudit.__version__


def test_rules_page_is_generated_from_the_code() -> None:
    """Mend with `mtaudit rules --markdown > docs/rules.md`."""
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page(all_rules())


def test_readme_table_is_made_from_the_results() -> None:
    """Mend with `python -m benchmarks.table`."""
    from benchmarks.results import RESULTS
    from benchmarks.table import shown, table

    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert shown((ROOT / "README.md").read_text(encoding="utf-8")) == table(results)


def test_rule_ids_belong_to_families() -> None:
    assert {rule.id[2] for rule in all_rules()} <= set(FAMILIES)
    assert len({rule.slug for rule in all_rules()}) == len(all_rules())


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_has_a_test_table(rule: object) -> None:
    """A test module names the class of every rule."""
    from mtaudit.rules import catalogue

    name = next(cls.__name__ for cls in catalogue() if cls.rule is rule)
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "unit").rglob("test_*.py"))
    assert re.search(rf"\b{name}\b", tests)


def readme_commands() -> list[str]:
    """The lines of the README's shell blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


def test_readme_names_files_that_are_there() -> None:
    named = {
        word for line in readme_commands() for word in line.split() if re.match(r"(examples|requirements|docs)/", word)
    }
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_readme_commands_are_commands() -> None:
    from mtaudit.cli import app

    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {str(group.name) for group in app.registered_groups}
    used = {m.group(1) for line in readme_commands() for m in re.finditer(r"(?:^|[ /])mtaudit ([a-z]+)", line)}
    assert used <= known
    assert "audit" in used


def test_ci_runs_the_command_of_the_readme() -> None:
    """`.ci/run` takes the test command from the README; the marker that it looks for must stand there once."""
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("<!-- the test command -->\n```sh\n") == 1
