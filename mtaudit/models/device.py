"""Chooses where a model runs and in which precision."""

from __future__ import annotations

import re
from dataclasses import replace

from mtaudit.errors import ConfigError
from mtaudit.modelfile import ModelSpec

_DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d+)?")
DTYPES = ("auto", "float32", "float16", "bfloat16", "int8")


def check_device(device: str) -> str:
    """The name of a device as it was given, if it is one.

    Raises:
        ConfigError: if it is none. Whether the machine has it is found out when a model is loaded.
    """
    if not _DEVICE.fullmatch(device):
        raise ConfigError(f"device '{device}'", "there is no such kind of device", "Use auto, cpu, cuda, cuda:1 or mps")
    return device


def check_dtype(dtype: str) -> str:
    """The name of a precision as it was given, if it is one.

    Raises:
        ConfigError: if it is none.
    """
    if dtype not in DTYPES:
        raise ConfigError(f"dtype '{dtype}'", "there is no such precision", f"Use {', '.join(DTYPES)}")
    return dtype


def placed(spec: ModelSpec, device: str = "auto", dtype: str = "auto") -> ModelSpec:
    """The model with its device and precision settled for this machine.

    `auto` takes a CUDA device where there is one, then Apple's, then the CPU. The precision is the one that is asked
    for, else the model's own; where that is `auto` too, float32 on a CPU, on which half precision is slower, and half
    precision elsewhere: bfloat16 where the device knows it, which has float32's range, else float16.

    `int8` is for embedders on a CPU, which then run on CTranslate2 (`models.fast`); other roles keep their own.

    Raises:
        ConfigError: if the device is not there, or cannot do int8.
    """
    import torch

    check_device(device)
    check_dtype(dtype)
    if dtype == "int8" and spec.role == "embedder":
        if device not in ("auto", "cpu"):
            raise ConfigError("dtype 'int8'", f"it is for a CPU, and not for '{device}'", "Use --device cpu")
        return replace(spec, device="cpu", dtype="int8")
    chosen = device
    if device == "auto":
        chosen = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    elif device.startswith("cuda"):
        count = torch.cuda.device_count() if torch.cuda.is_available() else 0
        if int(device.partition(":")[2] or 0) >= count:
            cause = f"PyTorch sees {count} CUDA devices"
            raise ConfigError(f"device '{device}'", cause, "Use --device auto, or install a CUDA build of PyTorch")
    elif device == "mps" and not torch.backends.mps.is_available():
        raise ConfigError("device 'mps'", "PyTorch sees no such device", "Use --device auto")
    wanted = spec.dtype if dtype in ("auto", "int8") else dtype
    if wanted == "auto":
        wanted = "float32" if chosen == "cpu" else "bfloat16" if _knows_bfloat16(chosen) else "float16"
    return replace(spec, device=chosen, dtype=wanted)


def _knows_bfloat16(device: str) -> bool:
    import torch

    return device.startswith("cuda") and torch.cuda.is_bf16_supported()
