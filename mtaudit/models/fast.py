"""Runs an embedder on CTranslate2 in int8: two to three times faster on a CPU, at nearly the same vectors.

This is the extra `mtaudit[fast]`, and is used only where it is asked for (`--runtime ctranslate2`): scores differ in
the second decimal from those of PyTorch (`benchmarks/runtimes.py` measures how much), so an audit says which it used.

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
from pathlib import Path
from typing import Any

import numpy as np

from mtaudit.errors import ConfigError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.base import Ids, Vectors
from mtaudit.models.lock import fingerprint

RUNTIMES = ("torch", "ctranslate2")
_KINDS = ("bert", "xlm-roberta")


def check_runtime(runtime: str) -> str:
    """The name of a runtime as it was given, if it is one.

    Raises:
        ConfigError: if it is none.
    """
    if runtime not in RUNTIMES:
        raise ConfigError(f"runtime '{runtime}'", "there is no such runtime", f"Use {' or '.join(RUNTIMES)}")
    return runtime


def fast_states(spec: ModelSpec, folder: Path, config: Any) -> Any:
    """The hidden states of a transformer, as `models.sentence_folder.States`.

    Raises:
        ConfigError: if CTranslate2 is not installed, or cannot run the model.
    """
    place = "runtime 'ctranslate2'"
    if config.model_type not in _KINDS:
        cause = f"it does not run models of type '{config.model_type}'"
        raise ConfigError(place, cause, "Use --runtime torch")
    if spec.device not in ("auto", "cpu"):
        raise ConfigError(place, f"here it runs on a CPU only, not on '{spec.device}'", "Use --device cpu")
    try:
        import ctranslate2
    except ImportError as error:
        raise ConfigError(place, "it is not installed", "Run `pip install 'mtaudit[fast]'`") from error
    wanted = {-1, spec.token_layer % (config.num_hidden_layers + 1)}
    encoders = {
        layer: ctranslate2.Encoder(str(_converted(folder, layer)), device="cpu", compute_type="int8")
        for layer in wanted - {config.num_hidden_layers}
    }

    def states(ids: Ids, mask: Ids, layer: int) -> Vectors:
        rows = [row[: int(shown.sum())].tolist() for row, shown in zip(ids, mask, strict=True)]
        encoder = encoders.get(layer, encoders[-1])
        return np.array(encoder.forward_batch(rows).last_hidden_state, dtype=np.float32)

    return states


def converted_folder() -> Path:
    """Where converted copies are kept: `mtaudit/ctranslate2` in the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "mtaudit" / "ctranslate2"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers from reporting the layers that are left out on purpose."""
    from transformers.utils import logging

    before = logging.get_verbosity()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        logging.set_verbosity(before)  # type: ignore[no-untyped-call]


def _converted(folder: Path, layer: int) -> Path:
    """The copy for one layer, made if it is not there yet."""
    from ctranslate2.converters import TransformersConverter

    weights = fingerprint(folder / "model.safetensors").sha256[:16]
    out = converted_folder() / f"{weights}-{'last' if layer == -1 else layer}"
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
        if layer != -1:
            config["num_hidden_layers"] = layer
        (scratch / "source" / "config.json").write_text(json.dumps(config), encoding="utf-8")
        with _quiet():
            TransformersConverter(str(scratch / "source")).convert(str(scratch / "made"), quantization="int8")
        shutil.rmtree(out, ignore_errors=True)
        (scratch / "made").rename(out)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return out
