"""Runs an embedder in int8 on CTranslate2: two to three times faster on a CPU, at nearly the same vectors.

This is the extra `mtaudit[fast]`, and is used only where it is asked for (`--dtype int8`): similarities differ in the
second decimal from those of PyTorch (`benchmarks/runtimes.py` measures how much), so an audit says which it used.

CTranslate2 gives the last layer only. Token vectors come from a layer in between, so the transformer is converted
twice, the second time without the layers above that one. The copies are kept in the user's cache, by the checksum of
the weights.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtaudit.errors import ConfigError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.lock import fingerprint

_PLACE = "dtype 'int8'"
_KINDS = ("bert", "xlm-roberta")


class FastTransformer:
    """Stands where a transformer of PyTorch would: the same call, the same hidden states, one layer at a time."""

    def __init__(self, config: Any, encoders: dict[int, Any]) -> None:
        import torch

        self.config = config
        self.device = torch.device("cpu")
        self._encoders = encoders

    def __call__(self, input_ids: Any, attention_mask: Any, **_: Any) -> _Output:
        """Give the hidden states (texts, pieces, width) of a batch; a layer is run when it is asked for."""
        rows = [row[: int(mask.sum())].tolist() for row, mask in zip(input_ids, attention_mask, strict=True)]
        return _Output(_Layers(self._encoders, rows))


@dataclass(frozen=True, slots=True)
class _Layers:
    """The layers of one batch, as a sequence that holds those that were converted."""

    encoders: dict[int, Any]
    rows: list[list[int]]

    def __getitem__(self, layer: int) -> Any:
        import numpy as np
        import torch

        found = self.encoders[layer].forward_batch(self.rows).last_hidden_state
        return torch.from_numpy(np.array(found, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class _Output:
    hidden_states: _Layers

    @property
    def last_hidden_state(self) -> Any:
        return self.hidden_states[-1]


def fast_transformer(spec: ModelSpec, folder: Path) -> FastTransformer:
    """Convert the transformer of a folder, unless that was done before, and load it.

    Raises:
        ConfigError: if CTranslate2 is not installed, or cannot run the model.
    """
    from transformers import AutoConfig

    config: Any = AutoConfig.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    if config.model_type not in _KINDS:
        cause = f"models of type '{config.model_type}' do not run in it"
        raise ConfigError(_PLACE, cause, "Use --dtype auto")
    try:
        import ctranslate2
    except ImportError as error:
        cause = "it runs on CTranslate2, which is not installed"
        raise ConfigError(_PLACE, cause, "Run `pip install 'mtaudit[fast]'`, or use --dtype auto") from error
    last = config.num_hidden_layers
    encoders = {
        layer: ctranslate2.Encoder(
            str(_converted(folder, None if layer in (-1, last) else layer)), device="cpu", compute_type="int8"
        )
        for layer in {-1, spec.token_layer}
    }
    return FastTransformer(config, encoders)


def converted_folder() -> Path:
    """Where converted copies are kept: `mtaudit/ctranslate2` in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "mtaudit" / "ctranslate2"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers from reporting the layers that are left out on purpose."""
    from transformers.utils import logging

    before = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        logging.set_verbosity(before)


def _converted(folder: Path, layers: int | None) -> Path:
    """The copy with so many layers (None: all), made if it is not there yet."""
    from ctranslate2.converters import TransformersConverter

    weights = fingerprint(folder / "model.safetensors").sha256[:16]
    out = converted_folder() / f"{weights}-{'all' if layers is None else layers}"
    if (out / "model.bin").is_file():
        return out
    # Every process makes its own and puts it there as a whole; the last one wins, and they are all the same.
    scratch = out.with_name(f"{out.name}.{os.getpid()}.partial")
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        shutil.copytree(folder, scratch / "source", ignore=shutil.ignore_patterns("*_Pooling", "*_Normalize", "*.md"))
        config = json.loads((scratch / "source" / "config.json").read_text(encoding="utf-8"))
        # Transformers 5 no longer has this key, which the converter asks for; every model here has such positions.
        config["position_embedding_type"] = "absolute"
        if layers is not None:
            config["num_hidden_layers"] = layers
        (scratch / "source" / "config.json").write_text(json.dumps(config), encoding="utf-8")
        with _quiet():
            TransformersConverter(str(scratch / "source")).convert(str(scratch / "made"), quantization="int8")
        shutil.rmtree(out, ignore_errors=True)
        (scratch / "made").rename(out)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return out
