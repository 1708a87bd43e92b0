"""`mtaudit models`, and audits with a profile of the user's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mtaudit.models import pull
from mtaudit.models.hub import snapshot_folder
from tests.cli.conftest import Run
from tests.toys import FOLDER, MODELS_YAML

COMMIT = "0123456789" * 4
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))

#: A profile whose translator lies on a hub; the toy stands in for it.
HUB_YAML = """\
schema: 1
models:
  remote:
    role: translator
    id: owner/toy
    languages: [en, de]
    pairs: [de-en]
    licence: CC-BY-NC-4.0
    max-tokens: 64
    size-mb: 3
profiles:
  hub:
    summary: a toy from a hub
    translator: remote
"""


class ToyHub:
    """A hub that has the toy translator; it puts what is asked for into the cache, as the real one does."""

    def files(self, id: str, revision: str) -> dict[str, pull.RemoteFile]:
        return {path.name: pull.RemoteFile(path.stat().st_size) for path in (FOLDER / "toy-de-en").iterdir()}

    def download(self, id: str, revision: str, names: list[str]) -> Path:
        folder = snapshot_folder(id, revision)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copyfile(FOLDER / "toy-de-en" / name, folder / name)
        return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a models.yaml, an empty cache, and the toy hub in place of the real one."""
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pull, "HuggingFaceHub", ToyHub)
    (tmp_path / "models.yaml").write_text(HUB_YAML, encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text(
        "The neighbours refused the answer yesterday.\tDie Nachbarn leugneten die Antwort gestern.\n"
        "The soldiers closed the old bridge.\tDie Soldaten schlossen die alte Brücke.\n"
        "Anna did not see 17 boats in Hamburg.\tAnna sah 17 Boote in Hamburg.\n",
        encoding="utf-8",
    )
    return tmp_path


def test_list_shows_state_size_and_licence(run: Run, here: Path) -> None:
    code, out, _ = run("models", "list", "--models", "models.yaml")
    lines = out.splitlines()
    assert code == 0
    assert "embedded (default): the bundled English-German models, offline" in lines
    (bundled,) = [line for line in lines if " embedder-en-de " in line]
    assert "bundled" in bundled
    assert "MB · Apache-2.0" in bundled
    (remote,) = [line for line in lines if " remote " in line]
    assert "no commit pinned" in remote
    assert "3 MB · CC-BY-NC-4.0 · NON-COMMERCIAL USE ONLY" in remote


def test_show_prints_what_is_known(run: Run, here: Path) -> None:
    code, out, _ = run("models", "show", "embedder-en-de", "hub", "--models", "models.yaml")
    assert code == 0
    assert out.count("sha256") == 1
    for part in ("https://huggingface.co/owner/toy", "none pinned", "de-en", "(non-commercial use only)", "bundled"):
        assert part in out


def test_pull_audit_verify(run: Run, here: Path) -> None:
    own = ("--models", "models.yaml")
    audit = ("audit", "pairs.tsv", "-s", "en", "-t", "de", "-p", "hub", "--fail-on", "none", *own)
    assert run(*audit)[0] == 2
    code, out, err = run("models", "pull", "remote", "--revision", COMMIT, *own)
    assert (code, "forbids commercial use" in err) == (0, True)
    assert COMMIT in out
    assert (here / "mtaudit.lock").exists()
    assert run("models", "verify", "remote", *own) == (0, "remote: good\n", "")
    assert "here" in run("models", "list", *own)[1]
    code, out, _ = run(*audit, "--all", "-f", "jsonl")
    assert code == 0
    assert '"back_translation":"The neighbours denied the answer yesterday."' in out
    (snapshot_folder("owner/toy", COMMIT) / "vocab.json").write_text("{}", encoding="utf-8")
    code, out, _ = run("models", "verify", *own)
    assert (code, "remote: vocab.json: its checksum is not the one in the lock file" in out) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pull", "remote"), "no commit of it is pinned"),
        (("pull", "remote", "--revision", "main"), "no full commit hash"),
        (("pull", "embedded"), "there is nothing to download"),
        (("pull", "standard", "--revision", COMMIT), "a commit belongs to one repository"),
        (("show", "remot"), "Did you mean remote?"),
        (("verify", "nonsense-x"), "no model and no profile has this name"),
    ],
    ids=["no commit", "branch", "folder", "several", "near miss", "unknown"],
)
def test_messages(run: Run, here: Path, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = run("models", *arguments, "--models", "models.yaml")
    assert (code, out) == (2, "")
    assert message in err


def test_verify_of_a_named_model_that_was_not_pulled_fails(run: Run, here: Path) -> None:
    assert run("models", "verify", "remote", "--models", "models.yaml")[:2] == (1, "remote: not pulled\n")
    assert run("models", "verify")[0] == 0


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--device", "tpu"), "no such kind of device"),
        (("--dtype", "int3"), "no such precision"),
        (("--models", "none.yaml"), "cannot be read"),
    ],
    ids=["device", "dtype", "models"],
)
def test_options_of_audit(run: Run, here: Path, option: tuple[str, str], message: str) -> None:
    code, _, err = run("audit", "pairs.tsv", "-s", "en", "-t", "de", *option)
    assert code == 2
    assert message in err


@pytest.fixture
def toy(here: Path) -> tuple[str, ...]:
    (here / "toy.yaml").write_text(MODELS_YAML, encoding="utf-8")
    return ("audit", "pairs.tsv", "-s", "en", "-t", "de", "--models", "toy.yaml", "-p", "toy", "--fail-on", "none")


def test_the_report_shows_the_back_translation_with_its_differences(run: Run, toy: tuple[str, ...]) -> None:
    code, out, _ = run(*toy)
    assert code == 0
    assert "target  Die Nachbarn ⟦leugneten⟧¹ die Antwort gestern." in out
    assert "back    The neighbours ⟦denied⟧ the answer yesterday." in out
    assert "MT112 meaning-drift: 'refused' of the source is lost" in out
    assert "major MT110 negation" in out


@pytest.mark.parametrize("report", ["json", "jsonl"])
def test_records_hold_the_back_translation(run: Run, toy: tuple[str, ...], report: str) -> None:
    _, out, _ = run(*toy, "--all", "-f", report)
    pairs: list[dict[str, Any]]
    if report == "json":
        parsed = json.loads(out)
        Draft202012Validator(SCHEMA).validate(parsed)
        pairs = parsed["pairs"]
        assert [(one["role"], one["id"]) for one in parsed["signature"]["models"]] == [
            ("embedder", "embedder-en-de"),
            ("translator", "toy-de-en"),
            ("translator", "toy-en-de"),
        ]
    else:
        pairs = [record for line in out.splitlines() if (record := json.loads(line))["type"] == "pair"]
        line = Draft202012Validator({"$ref": "#/$defs/pair_line", "$defs": SCHEMA["$defs"]})
        for record in pairs:
            line.validate(record)
    shown = {one["index"]: one for one in pairs}
    assert shown[1]["back_translation"] == "The soldiers closed the old bridge."
    assert (shown[1]["back_changes"], shown[1]["findings"]) == ([], [])
    changed = [shown[0]["back_translation"][each["start"] : each["end"]] for each in shown[0]["back_changes"]]
    assert changed == ["denied"]
    assert {name for name in shown[0]["scores"] if name.startswith("back")} == {
        "backtranslation.chrf",
        "backtranslation.similarity",
        "backtranslation.source_logprob",
        "backtranslation.target_logprob",
    }


def test_a_second_translator_that_is_not_there_is_said_to_be_missing(run: Run, here: Path) -> None:
    text = MODELS_YAML.replace(str(FOLDER / "toy-en-de"), str(here / "none"))
    (here / "toy.yaml").write_text(text, encoding="utf-8")
    code, out, err = run(
        "audit", "pairs.tsv", "-s", "en", "-t", "de", "--models", "toy.yaml", "-p", "toy", "--fail-on", "none"
    )
    assert code == 0
    assert "MT112" in out
    assert "mtaudit: the target is not scored given the source. model 'toy-en-de': there is no folder" in err


def test_a_translator_that_does_not_know_such_texts_is_no_witness(run: Run, toy: tuple[str, ...]) -> None:
    """The toys know a few dozen words, and none of a newspaper's."""
    examples = Path(__file__).resolve().parents[2] / "examples"
    files = (examples / "harbour.en.txt", examples / "harbour.de.txt")
    code, out, _ = run("audit", *files, *toy[4:], "--all", "-f", "json")
    assert code == 0
    found = {each["rule"] for pair in json.loads(out)["pairs"] for each in pair["findings"]}
    assert not found & {"MT110", "MT112"}
    assert "MT106" in found
