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
from mtaudit.models.embedder import SentenceTransformerEmbedder
from mtaudit.models.fast import check_runtime, converted_folder
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


def test_vectors_are_nearly_those_of_torch(spec: ModelSpec, cache: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plain = SentenceTransformerEmbedder(spec)
    fast = SentenceTransformerEmbedder(replace(spec, runtime="ctranslate2"))
    assert np.diag(plain.sentences(TEXTS) @ fast.sentences(TEXTS).T).min() > 0.98
    for ours, theirs in zip(plain.tokens(TEXTS), fast.tokens(TEXTS), strict=True):
        assert ours.spans == theirs.spans
        assert (ours.vectors * theirs.vectors).sum(axis=1).min() > 0.9
    assert len(list(cache.iterdir())) == 2
    assert "UNEXPECTED" not in capfd.readouterr().err


def test_what_was_converted_is_used_again(tmp_path: Path, cache: Path) -> None:
    tiny = ModelSpec("t", "embedder", save_sentence_folder(tmp_path / "t"), "1", ("en",), "MIT", "float32", 64, 1)
    tiny = replace(tiny, runtime="ctranslate2")
    SentenceTransformerEmbedder(tiny)
    made = {path: path.stat().st_mtime_ns for path in cache.rglob("model.bin")}
    assert len(made) == 2
    SentenceTransformerEmbedder(tiny)
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("model.bin")} == made
    assert not list(cache.glob("*.partial"))


def test_without_the_extra_it_says_how_to_get_it(spec: ModelSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    with pytest.raises(ConfigError, match=r"it is not installed. Run `pip install 'mtaudit\[fast\]'`"):
        SentenceTransformerEmbedder(replace(spec, runtime="ctranslate2"))


def test_on_a_card_it_does_not_run(spec: ModelSpec) -> None:
    with pytest.raises(ConfigError, match="runs on a CPU only"):
        SentenceTransformerEmbedder(replace(spec, runtime="ctranslate2", device="cuda:0"))


def test_folders_with_steps_of_another_kind_need_torch(tmp_path: Path) -> None:
    folder = save_sentence_folder(tmp_path / "t", pooling={"pooling_mode_max_tokens": True})
    tiny = ModelSpec("t", "embedder", folder, "1", ("en",), "MIT", "float32", 64, -1, runtime="ctranslate2")
    with pytest.raises(ModelError, match="use --runtime torch"):
        SentenceTransformerEmbedder(tiny)


def test_names() -> None:
    assert check_runtime("torch") == "torch"
    with pytest.raises(ConfigError, match="Use torch or ctranslate2"):
        check_runtime("onnx")
