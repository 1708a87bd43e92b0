"""The bundled embedder, loaded for real from its folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mtaudit import modelfile
from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.embedder import SentenceTransformerEmbedder


@pytest.fixture(scope="module")
def spec() -> ModelSpec:
    found = modelfile.load().profile("embedded").model("embedder")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def embedder(spec: ModelSpec) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(spec)


ENGLISH = [
    "The ferry leaves at noon.",
    "Nobody knew where the key was.",
    "Steel prices rose sharply last year.",
    "The children painted a blue house.",
    "Please switch off the pump first.",
]
GERMAN = [
    "Die Fähre legt mittags ab.",
    "Niemand wusste, wo der Schlüssel war.",
    "Die Stahlpreise stiegen im vergangenen Jahr stark.",
    "Die Kinder malten ein blaues Haus.",
    "Bitte schalten Sie zuerst die Pumpe aus.",
]


def test_translations_lie_close_together(embedder: SentenceTransformerEmbedder) -> None:
    similarity = embedder.sentences(ENGLISH) @ embedder.sentences(GERMAN).T
    assert similarity.argmax(0).tolist() == similarity.argmax(1).tolist() == list(range(5))
    assert np.diag(similarity).min() > 0.5
    assert (similarity - np.eye(5)).max() < 0.5


def test_vectors_do_not_depend_on_the_batch(embedder: SentenceTransformerEmbedder) -> None:
    together = embedder.sentences(ENGLISH + GERMAN)
    alone = np.concatenate([embedder.sentences([text]) for text in ENGLISH + GERMAN])
    assert np.abs(together - alone).max() < 1e-4
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    "texts",
    [ENGLISH, ["", "kurz"], ["Die Fähre legt ab. " * 60, "kurz"], []],
    ids=["short", "empty", "windows", "none"],
)
def test_one_reading_gives_what_two_give(embedder: SentenceTransformerEmbedder, texts: list[str]) -> None:
    vectors, tokens = embedder.both(texts)
    assert vectors.shape == embedder.sentences(texts).shape
    assert np.abs(vectors - embedder.sentences(texts)).max(initial=0) < 1e-4
    for one, other in zip(tokens, embedder.tokens(texts), strict=True):
        assert one.spans == other.spans
        assert np.abs(one.vectors - other.vectors).max(initial=0) < 1e-4


def test_tokens_cover_the_text(embedder: SentenceTransformerEmbedder) -> None:
    texts = ["Die  Fähre,\u00a0„blau“ – 3,5 🚢!", "", "kurz"]
    for text, tokens in zip(texts, embedder.tokens(texts), strict=True):
        assert len(tokens.vectors) == len(tokens.spans)
        covered = {place for span in tokens.spans for place in range(span.start, span.end)}
        assert {place for place, letter in enumerate(text) if not letter.isspace()} <= covered


def test_long_text_is_read_to_its_end(embedder: SentenceTransformerEmbedder) -> None:
    long = " ".join(GERMAN * 60)
    (tokens,) = embedder.tokens([long])
    assert tokens.spans[-1].end == len(long)
    with_end, without = embedder.sentences([long + " Die Fähre ist gesunken." * 60, long])
    assert float(with_end @ without) < 0.999


def test_nothing_to_embed(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.sentences([]).shape == (0, 384)
    assert embedder.tokens([]) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"token_layer": 40}, "token-layer 40 is not among its 6 layers"),
        ({"path": Path("nowhere")}, "no sentence-transformers folder at nowhere"),
    ],
    ids=["layer", "folder"],
)
def test_what_cannot_be_loaded(spec: ModelSpec, change: dict[str, int | Path], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        SentenceTransformerEmbedder(replace(spec, **change))  # type: ignore[arg-type]  # one table for several fields


def test_broken_weights(spec: ModelSpec, tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceTransformerEmbedder(replace(spec, path=tmp_path))
