"""Loads a sentence-transformers folder: a transformer, and the steps that make one vector a text of its token vectors.

The usual steps (pooling by mean or first token, a dense layer, unit length) are done here with plain torch, since
importing sentence-transformers takes seconds; a folder with any other step, or with prompts, is given to that library.
Both ways give the same vectors.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.base import Vectors
from mtaudit.models.folder import broken, hush

_BATCH = 32
_ERRORS = (OSError, ValueError, KeyError, RuntimeError, TypeError)
#: One step: from (texts, width) vectors to as many of a width of its own.
_Step = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """A folder that was loaded: its tokenizer, its transformer, and sentence vectors of texts that it reads whole.

    `pool` makes unit sentence vectors (texts, width) of the last hidden states (texts, tokens, width) and the attention
    mask (texts, tokens); None where only the library knows how.
    """

    tokenizer: Any
    transformer: Any
    encode: Callable[[Sequence[str]], Vectors]
    pool: Callable[[Any, Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a folder's own files say: where the transformer is, how tokens are pooled, and the steps after that."""

    transformer: Path
    pooling: str
    steps: tuple[tuple[str, Path], ...]
    lower: bool


def load_folder(spec: ModelSpec) -> SentenceModel:
    """Load a folder offline, from safetensors, without running code of its own.

    Raises:
        ModelError: if it is no such folder, or broken.
    """
    if not (spec.path / "modules.json").is_file():
        cause = f"no sentence-transformers folder at {spec.path}"
        raise ModelError(f"model '{spec.name}'", cause, "Reinstall mtaudit, or mend its path in models.yaml")
    try:
        plan = _plan(spec.path)
        if plan is None and spec.dtype == "int8":
            raise ValueError("it has steps of its own, which do not run in int8: use --dtype auto")
        return _with_library(spec) if plan is None else _plain(spec, plan)
    except _ERRORS as error:
        raise broken(spec, error) from error


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _plan(folder: Path) -> _Plan | None:
    """How the folder makes a sentence vector; None where it takes the library to know."""
    modules = [(str(each["type"]).rsplit(".", 1)[-1], folder / each["path"]) for each in _read(folder / "modules.json")]
    if not modules:
        raise ValueError("modules.json names no modules")
    kinds = [kind for kind, _ in modules]
    if kinds[:2] != ["Transformer", "Pooling"] or not set(kinds[2:]) <= {"Dense", "Normalize"}:
        return None
    settings = _read(folder / "config_sentence_transformers.json")
    if settings.get("default_prompt_name"):
        return None
    pooling = _pooling(_read(modules[1][1] / "config.json"))
    if pooling is None:
        return None
    lower = bool(_read(folder / "sentence_bert_config.json").get("do_lower_case"))
    return _Plan(modules[0][1], pooling, tuple(modules[2:]), lower)


def _pooling(config: dict[str, Any]) -> str | None:
    """`mean` or `cls`; None for what is done otherwise. Folders of older versions have a switch for each."""
    mode = config.get("pooling_mode")
    if mode is None:
        switches = [key for key, on in config.items() if key.startswith("pooling_mode_") and on]
        named = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
        mode = named.get(switches[0]) if len(switches) == 1 else None
    return mode if mode in ("mean", "cls") else None


def _plain(spec: ModelSpec, plan: _Plan) -> SentenceModel:
    """Load with transformers alone."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    hush()
    device = spec.device if spec.device != "auto" else "cpu"
    keywords = {"local_files_only": True, "trust_remote_code": False}
    tokenizer: Any = AutoTokenizer.from_pretrained(str(plan.transformer), **keywords)
    if spec.dtype == "int8":
        from mtaudit.models.fast import fast_transformer

        dtype, transformer = torch.float32, fast_transformer(spec, plan.transformer)
    else:
        dtype = getattr(torch, spec.dtype)
        transformer = AutoModel.from_pretrained(str(plan.transformer), dtype=dtype, use_safetensors=True, **keywords)
        transformer = transformer.to(device).eval()
    steps = [_step(kind, path, device, dtype) for kind, path in plan.steps]

    def pool(hidden: Any, mask: Any) -> Any:
        vectors = hidden[:, 0]
        if plan.pooling == "mean":
            weights = mask.unsqueeze(-1).to(hidden.dtype)
            vectors = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
        for step in steps:
            vectors = step(vectors)
        return torch.nn.functional.normalize(vectors.float(), dim=-1)

    def encode(texts: Sequence[str]) -> Vectors:
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        found: dict[int, Any] = {}
        for begin in range(0, len(order), _BATCH):
            chunk = order[begin : begin + _BATCH]
            shown = [texts[at].lower() if plan.lower else texts[at] for at in chunk]
            batch = tokenizer(shown, padding=True, truncation=True, max_length=spec.max_tokens, return_tensors="pt")
            batch = {name: values.to(device) for name, values in batch.items()}
            with torch.inference_mode():
                unit = pool(transformer(**batch).last_hidden_state, batch["attention_mask"]).cpu().numpy()
            found.update(zip(chunk, unit, strict=True))
        return np.stack([found[at] for at in range(len(texts))]).astype(np.float32)

    # A folder that lowers its input itself would give other tokens than the tokenizer alone.
    return SentenceModel(tokenizer, transformer, encode, None if plan.lower else pool)


def _step(kind: str, folder: Path, device: str, dtype: Any) -> _Step:
    import torch

    if kind == "Normalize":
        return lambda vectors: torch.nn.functional.normalize(vectors, dim=-1)
    from safetensors.torch import load_file

    config = _read(folder / "config.json")
    if not (folder / "model.safetensors").is_file():
        raise ValueError(f"{folder.name} has no weights as safetensors, and no other format is ever loaded")
    weights = load_file(folder / "model.safetensors")
    names = {"Tanh": torch.tanh, "Identity": None, "GELU": torch.nn.functional.gelu, "ReLU": torch.relu}
    activation = names[str(config.get("activation_function", "torch.nn.Tanh")).rsplit(".", 1)[-1]]
    bias = weights.get("linear.bias")
    matrix = weights["linear.weight"].to(device, dtype)
    offset = None if bias is None else bias.to(device, dtype)

    def dense(vectors: Any) -> Any:
        moved = torch.nn.functional.linear(vectors, matrix, offset)
        return moved if activation is None else activation(moved)

    return dense


def _with_library(spec: ModelSpec) -> SentenceModel:
    """Load with sentence-transformers, which knows every kind of module."""
    import torch
    from sentence_transformers import SentenceTransformer

    hush()
    # It gives a hint about half precision that no user asked for.
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    model = SentenceTransformer(
        str(spec.path),
        device=spec.device if spec.device != "auto" else "cpu",
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs={"dtype": getattr(torch, spec.dtype), "use_safetensors": True},
    ).eval()

    def encode(texts: Sequence[str]) -> Vectors:
        vectors = model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False, normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)

    modules: Any = model  # its modules are plain nn.Module to a type checker
    return SentenceModel(model.tokenizer, modules[0].auto_model, encode)
