"""models.yaml: what is in it, and what is wrong with it."""

from __future__ import annotations

import hashlib
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
    assert set(models.profiles) == {"embedded", "checks", "standard", "multilingual", "large"}
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


def test_bundled_weights_have_the_checksum_that_is_stated() -> None:
    """Mend with `sha256sum weights/*/model.safetensors` after weights were made anew."""
    stated = {
        spec.name: spec for spec in modelfile.load().models.values() if spec.revision == "bundled" and spec.sha256
    }
    assert "embedder-en-de" in stated
    for spec in stated.values():
        assert hashlib.sha256((spec.path / "model.safetensors").read_bytes()).hexdigest() == spec.sha256, spec.name


def test_bundled_file_pins_hub_models_or_asks_for_a_commit() -> None:
    models = modelfile.load()
    hub = [spec for spec in models.models.values() if spec.id]
    assert hub
    assert all(not spec.revision or modelfile.COMMIT.fullmatch(spec.revision) for spec in hub)
    assert all(spec.size_mb and spec.licence for spec in hub)
    assert [spec.name for spec in hub if spec.non_commercial] == ["nllb-200-600m"]
    assert not any(spec.non_commercial for spec in models.profile().models)


HUB = GOOD.replace("    path: one\n    revision: bundled\n", "    id: owner/one\n")
COMMIT = "0123456789" * 4


def test_hub_models_may_leave_the_revision_open(tmp_path: Path) -> None:
    spec = load(tmp_path, HUB).models["one"]
    assert (spec.id, spec.revision, spec.title) == ("owner/one", "", "owner/one")
    pinned = load(tmp_path, HUB.replace("    id:", f"    revision: {COMMIT}\n    id:")).models["one"]
    assert pinned.revision == COMMIT


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    id: owner/one",
            "    id: owner/one\n    revision: main",
            "'main' is no full commit hash; branches and tags",
        ),
        ("    id: owner/one\n", "", "it has neither a path nor an id"),
        ("    id: owner/one", "    id: owner/one\n    path: one", "it has both a path and an id"),
        (
            "    id: owner/one",
            "    id: owner/one\n    beam: 3",
            r"models\.one\.beam: unknown key\. Did you mean beams\?",
        ),
        ("    id: owner/one", "    id: owner/one\n    beams: 0", r"models\.one\.beams: the number is too small"),
        ("    id: owner/one", "    id: owner/one\n    max-tokens: 4", r"max-tokens: the number is too small"),
        (
            "    id: owner/one",
            "    id: owner/one\n    pairs: [deen]",
            "'deen' is no direction. Write from-to, such as de-en",
        ),
        ("licence: Apache-2.0", "licence: CC-BY-NC-4.0", "'one' is for non-commercial use only"),
        ("embedder: one", "embedder: one\n    translator: [one]", "model 'one' is an embedder"),
    ],
    ids=["branch", "neither", "both", "near miss", "beams", "tokens", "direction", "non-commercial default", "role"],
)
def test_errors_of_hub_models(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load(tmp_path, HUB.replace(old, new))


# A user's own file over the bundled one

OWN = """\
schema: 1
models:
  mine:
    role: embedder
    path: folders/mine
    revision: "3"
    languages: [en, fi]
    licence: MIT
profiles:
  finnish:
    summary: my own
    embedder: mine
"""


def merged(tmp_path: Path, text: str) -> modelfile.ModelFile:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return modelfile.load_merged(path)


def test_own_entries_are_laid_over_the_bundled_ones(tmp_path: Path) -> None:
    models = merged(tmp_path, OWN)
    assert models.default == "embedded"
    assert set(modelfile.load().profiles) | {"finnish"} == set(models.profiles)
    spec = models.profile("finnish").model("embedder")
    assert spec is not None
    assert spec.path == tmp_path / "folders" / "mine"
    bundled = models.profile().model("embedder")
    assert bundled == modelfile.load().profile().model("embedder")


def test_an_own_entry_takes_the_place_of_a_bundled_one(tmp_path: Path) -> None:
    models = merged(tmp_path, OWN.replace("  mine:", "  embedder-en-de:").replace("embedder: mine", "embedder: labse"))
    spec = models.profile().model("embedder")
    assert spec is not None
    assert (spec.path, spec.revision) == (tmp_path / "folders" / "mine", "3")


def test_an_own_default(tmp_path: Path) -> None:
    assert merged(tmp_path, OWN + "default: finnish\n").profile().name == "finnish"
    assert modelfile.load_merged().default == "embedded"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: 1\n", "", "does not say which schema it follows"),
        ("embedder: mine", "embedder: labs", "no model 'labs'. Did you mean labse"),
        ("role: embedder", "rolle: embedder", r"models\.mine\.rolle: unknown key\. Did you mean role\?"),
        ("models:\n", "models: [1]\nx:\n", "unknown key"),
    ],
    ids=["schema", "model", "key", "list"],
)
def test_errors_of_an_own_file_name_it(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        merged(tmp_path, OWN.replace(old, new))
    assert str(tmp_path / "own.yaml") in str(caught.value)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes("schema: 1 # für".encode("latin-1"))
    with pytest.raises(ConfigError, match="not in UTF-8"):
        modelfile.load_merged(tmp_path / "own.yaml")


# Translators

TRANSLATORS = """\
schema: 1
default: two
models:
  de-en: {role: translator, path: a, revision: x, languages: [de, en], pairs: [de-en], licence: MIT}
  en-de: {role: translator, path: b, revision: x, languages: [de, en], pairs: [en-de], licence: MIT}
  many: {role: translator, path: c, revision: x, languages: [de, en, fr], licence: MIT}
profiles:
  two: {summary: both directions, translator: [de-en, en-de]}
  back: {summary: one direction, translator: de-en}
  all: {summary: many, translator: many}
"""


@pytest.mark.parametrize(
    ("profile", "languages", "expected"),
    [
        ("two", ("en", "de"), ["de-en", "en-de"]),
        ("two", ("de-AT", "en"), ["en-de", "de-en"]),
        ("back", ("en", "de"), ["de-en"]),
        ("all", ("fr", "de"), ["many"]),
    ],
)
def test_the_translator_back_comes_first(
    tmp_path: Path, profile: str, languages: tuple[str, str], expected: list[str]
) -> None:
    found = load(tmp_path, TRANSLATORS).profile(profile)
    assert [spec.name for spec in found.translators(*languages)] == expected
    assert [spec.name for spec in found.needed(*languages)] == sorted(expected)
    assert found.covers(*languages)


@pytest.mark.parametrize(
    ("profile", "languages"), [("back", ("de", "en")), ("two", ("fr", "de")), ("all", ("cs", "de"))]
)
def test_a_profile_must_translate_back(tmp_path: Path, profile: str, languages: tuple[str, str]) -> None:
    models = load(tmp_path, TRANSLATORS)
    assert not models.profile(profile).covers(*languages)
    with pytest.raises(ModelError, match="does not cover"):
        models.require(models.profile(profile), *languages)
