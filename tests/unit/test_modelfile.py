"""models.yaml: what is in it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit import modelfile
from mtaudit.errors import ConfigError, ModelError

GOOD = """\
schema: 1
default: small
models:
  one:
    role: embedder
    path: one
    revision: bundled
    languages: [en, no]
    licence: Apache-2.0
profiles:
  small:
    summary: one model
    embedder: one
  none:
    summary: no model
"""


def load(tmp_path: Path, text: str) -> modelfile.ModelFile:
    path = tmp_path / "models.yaml"
    path.write_text(text, encoding="utf-8")
    return modelfile.load(path, tmp_path)


def test_bundled_file() -> None:
    models = modelfile.load()
    assert set(models.profiles) == {"embedded", "checks"}
    spec = models.profile().model("embedder")
    assert spec is not None
    assert (spec.path / "modules.json").is_file()
    assert list(spec.path.rglob("*.bin")) == []


def test_defaults_and_norwegian(tmp_path: Path) -> None:
    spec = load(tmp_path, GOOD).profile().model("embedder")
    assert spec is not None
    assert (spec.languages, spec.max_tokens, spec.token_layer) == (("en", "no"), 256, -1)
    assert spec.path == tmp_path / "one"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("summary: no model", "sumary: x", r"profiles\.none\.sumary: unknown key\. Did you mean summary\?"),
        ("default: small", "default: smal", "no profile 'smal'. Did you mean small"),
        ("embedder: one", "embedder: on", "no model 'on'. Did you mean one"),
        ("embedder: one", "translator: one", "is an embedder"),
        ("role: embedder", "role: embeder", "Invalid enum value 'embeder'"),
        ("    revision: bundled\n", "", "missing required field `revision`"),
        ("    summary: no model", "    summary: a\n    summary: b", r":16:5: not YAML: key 'summary' stands twice"),
        ("schema: 1", "schema: 2", "Invalid enum value '2'"),
        ("schema: 1", "schema: [1", "not YAML"),
        (GOOD, "- a list\n", "not a mapping"),
    ],
    ids=["key", "default", "model", "role", "enum", "missing", "twice", "schema", "yaml", "list"],
)
def test_errors_have_place_and_remedy(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load(tmp_path, GOOD.replace(old, new))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        modelfile.load(tmp_path / "none.yaml")


def test_unknown_profile(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Did you mean small"):
        load(tmp_path, GOOD).profile("smal")


def test_uncovered_language_names_a_profile(tmp_path: Path) -> None:
    models = load(tmp_path, GOOD)
    models.require(models.profile(), "en-GB", "no")
    with pytest.raises(ModelError, match=r"does not cover en and fr\. Use --profile none"):
        models.require(models.profile(), "en", "fr")
