"""The toy translators of tests/data as models: English and German of a few dozen words, truly translated."""

from __future__ import annotations

from pathlib import Path

from mtaudit.modelfile import ModelSpec

FOLDER = Path(__file__).resolve().parent / "data" / "toy-translators"


def toy_spec(source: str, target: str, *, max_tokens: int = 64, beams: int = 1) -> ModelSpec:
    """The toy translator of one direction."""
    return ModelSpec(
        f"toy-{source}-{target}",
        "translator",
        FOLDER / f"toy-{source}-{target}",
        "toy",
        ("en", "de"),
        "Apache-2.0",
        "float32",
        max_tokens,
        -1,
        pairs=((source, target),),
        beams=beams,
    )


MODELS_YAML = f"""\
schema: 1
models:
  toy-de-en:
    role: translator
    path: {FOLDER / "toy-de-en"}
    revision: toy
    languages: [en, de]
    pairs: [de-en]
    licence: Apache-2.0
    max-tokens: 64
  toy-en-de:
    role: translator
    path: {FOLDER / "toy-en-de"}
    revision: toy
    languages: [en, de]
    pairs: [en-de]
    licence: Apache-2.0
    max-tokens: 64
profiles:
  toy:
    summary: the bundled embedder and two toy translators
    embedder: embedder-en-de
    translator: [toy-de-en, toy-en-de]
"""
