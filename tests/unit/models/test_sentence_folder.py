"""Sentence-transformers folders: what is done here gives the vectors that the library gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mtaudit import modelfile
from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models import sentence_folder
from mtaudit.models.embedder import SentenceTransformerEmbedder
from tests.unit.models.conftest import save_sentence_folder

TEXTS = ["the old bridge", "", "die alte Brücke war zu", "a b c d e f g a b c"]


def _spec(folder: Path, max_tokens: int = 64) -> ModelSpec:
    return ModelSpec("tiny", "embedder", folder, "test", ("en", "de"), "MIT", "float32", max_tokens, -1)


def _plain(spec: ModelSpec) -> sentence_folder.SentenceModel:
    plan = sentence_folder._plan(spec.path)
    assert plan is not None
    return sentence_folder._plain(spec, plan)


FIRST = {"word_embedding_dimension": 16, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}


@pytest.mark.parametrize(
    ("kind", "pooling", "dense"),
    [
        ("bert", None, False),
        ("bert", FIRST, True),
        ("bert", {"pooling_mode": "cls", "embedding_dimension": 16}, False),
        ("xlm-r", None, False),
    ],
    ids=["mean", "first token and dense layer", "first token, new form", "XLM-R"],
)
def test_both_ways_give_the_same_vectors(
    tmp_path: Path, kind: str, pooling: dict[str, object] | None, dense: bool
) -> None:
    spec = _spec(save_sentence_folder(tmp_path / "tiny", kind, pooling, dense=dense))
    ours, theirs = _plain(spec).encode(TEXTS), sentence_folder._with_library(spec).encode(TEXTS)
    assert ours.shape == theirs.shape == (4, 16)
    assert np.abs(ours - theirs).max() < 1e-5
    assert np.linalg.norm(ours, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_the_bundled_embedder_needs_no_library() -> None:
    spec = modelfile.load().profile("embedded").model("embedder")
    assert spec is not None
    ours = _plain(spec).encode(["The ferry leaves at noon.", "Die Fähre legt mittags ab."])
    theirs = sentence_folder._with_library(spec).encode(["The ferry leaves at noon.", "Die Fähre legt mittags ab."])
    assert np.abs(ours - theirs).max() < 1e-5


def _prompt(folder: Path) -> None:
    (folder / "config_sentence_transformers.json").write_text(
        '{"default_prompt_name": "query", "prompts": {"query": "find: "}}', encoding="utf-8"
    )


def _pooled_otherwise(folder: Path) -> None:
    config = {"word_embedding_dimension": 16, "pooling_mode_max_tokens": True, "pooling_mode_mean_tokens": False}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(config), encoding="utf-8")


@pytest.mark.parametrize("change", [_prompt, _pooled_otherwise], ids=["prompts", "another pooling"])
def test_what_is_not_known_here_is_left_to_the_library(tmp_path: Path, change: Callable[[Path], None]) -> None:
    folder = save_sentence_folder(tmp_path / "tiny")
    change(folder)
    assert sentence_folder._plan(folder) is None
    vectors = sentence_folder.load_folder(_spec(folder)).encode(TEXTS)
    assert vectors.shape == (4, 16)


def test_through_the_embedder_long_texts_are_read_to_their_end(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(_spec(save_sentence_folder(tmp_path / "tiny"), max_tokens=16))
    long = "the old bridge was closed " * 12
    (tokens,) = embedder.tokens([long])
    assert tokens.spans[-1].end == len(long.rstrip())
    assert embedder.sentences([long]).shape == (1, 16)


def _without_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


def _pickled_layer(folder: Path) -> None:
    (folder / "2_Dense" / "model.safetensors").rename(folder / "2_Dense" / "pytorch_model.bin")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_without_weights, "cannot be loaded"),
        (_pickled_layer, "2_Dense has no weights as safetensors"),
        (lambda folder: (folder / "modules.json").unlink(), "no sentence-transformers folder"),
        (lambda folder: (folder / "modules.json").write_text("{"), "cannot be loaded"),
    ],
    ids=["no weights", "pickled layer", "another folder", "broken"],
)
def test_broken_folders(tmp_path: Path, change: Callable[[Path], None], message: str) -> None:
    folder = save_sentence_folder(tmp_path / "tiny", dense=True)
    change(folder)
    with pytest.raises(ModelError, match=message):
        sentence_folder.load_folder(_spec(folder))


def test_half_precision(tmp_path: Path) -> None:
    spec = _spec(save_sentence_folder(tmp_path / "tiny", dense=True))
    full, half = (_plain(replace(spec, dtype=dtype)).encode(TEXTS) for dtype in ("float32", "bfloat16"))
    assert np.diag(full @ half.T) == pytest.approx(np.ones(4), abs=0.02)
