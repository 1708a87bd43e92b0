"""The extra runtime: nearly the vectors of PyTorch, and only where it is asked for."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mtaudit import modelfile
from mtaudit.errors import ConfigError, ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.device import placed
from mtaudit.models.embedder import SentenceTransformerEmbedder
from mtaudit.models.fast import converted_folder
from tests.toys import toy_spec
from tests.unit.models.conftest import save_sentence_folder

TEXTS = ["The ferry leaves at noon.", "Die Fähre legt mittags ab.", "Nobody knew where the key was, or so they said."]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return converted_folder()


@pytest.fixture
def spec() -> ModelSpec:
    found = modelfile.load().profile("embedded").model("embedder")
    assert found is not None
    return found


def _tiny(folder: Path) -> ModelSpec:
    return ModelSpec("tiny", "embedder", folder, "1", ("en",), "MIT", "int8", 64, 1)


def test_vectors_are_nearly_those_of_torch(spec: ModelSpec, cache: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plain = SentenceTransformerEmbedder(spec)
    fast = SentenceTransformerEmbedder(replace(spec, dtype="int8"))
    assert np.diag(plain.sentences(TEXTS) @ fast.sentences(TEXTS).T).min() > 0.98
    for ours, theirs in zip(plain.tokens(TEXTS), fast.tokens(TEXTS), strict=True):
        assert ours.spans == theirs.spans
        assert (ours.vectors * theirs.vectors).sum(axis=1).min() > 0.9
    assert len(list(cache.iterdir())) == 2
    assert "UNEXPECTED" not in capfd.readouterr().err


def test_what_was_converted_is_used_again(tmp_path: Path, cache: Path) -> None:
    tiny = _tiny(save_sentence_folder(tmp_path / "t"))
    SentenceTransformerEmbedder(tiny)
    made = {path: path.stat().st_mtime_ns for path in cache.rglob("model.bin")}
    assert len(made) == 2
    SentenceTransformerEmbedder(tiny)
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("model.bin")} == made
    assert not list(cache.glob("*.partial"))


def test_without_the_extra_it_says_how_to_get_it(spec: ModelSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    with pytest.raises(ConfigError, match=r"which is not installed. Run `pip install 'mtaudit\[fast\]'`"):
        SentenceTransformerEmbedder(replace(spec, dtype="int8"))


def test_models_of_another_kind_do_not_run_in_it(tmp_path: Path) -> None:
    folder = save_sentence_folder(tmp_path / "t")
    config = (folder / "config.json").read_text(encoding="utf-8")
    (folder / "config.json").write_text(config.replace('"bert"', '"roberta"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="models of type 'roberta' do not run in it"):
        SentenceTransformerEmbedder(_tiny(folder))


def test_folders_with_steps_of_another_kind_do_not_either(tmp_path: Path) -> None:
    folder = save_sentence_folder(tmp_path / "t", pooling={"pooling_mode_max_tokens": True})
    with pytest.raises(ModelError, match="use --dtype auto"):
        SentenceTransformerEmbedder(_tiny(folder))


def test_only_embedders_on_a_cpu_run_in_it(spec: ModelSpec) -> None:
    assert (placed(spec, "auto", "int8").dtype, placed(spec, "auto", "int8").device) == ("int8", "cpu")
    assert placed(toy_spec("de", "en"), "cpu", "int8").dtype == "float32"
    with pytest.raises(ConfigError, match="it is for a CPU, and not for 'cuda:0'"):
        placed(spec, "cuda:0", "int8")
