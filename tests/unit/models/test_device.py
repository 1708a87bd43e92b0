"""Where a model runs, and in which precision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtaudit.errors import ConfigError
from mtaudit.models.device import check_device, check_dtype, placed
from tests.toys import toy_spec


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with no accelerator, whatever this one has."""
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    return monkeypatch


def _cuda(machine: pytest.MonkeyPatch, *, bfloat16: bool = True) -> None:
    import torch

    machine.setattr(torch.cuda, "is_available", lambda: True)
    machine.setattr(torch.cuda, "device_count", lambda: 2)
    machine.setattr(torch.cuda, "is_bf16_supported", lambda: bfloat16)


@pytest.mark.parametrize(
    ("own", "device", "dtype", "expected"),
    [
        ("auto", "auto", "auto", ("cpu", "float32")),
        ("float16", "auto", "auto", ("cpu", "float16")),
        ("float16", "cpu", "float32", ("cpu", "float32")),
        ("auto", "cpu", "bfloat16", ("cpu", "bfloat16")),
    ],
    ids=["nothing said", "the model's own", "asked for", "asked for on a CPU"],
)
def test_on_a_cpu(machine: pytest.MonkeyPatch, own: str, device: str, dtype: str, expected: tuple[str, str]) -> None:
    found = placed(replace(toy_spec("de", "en"), dtype=own), device, dtype)
    assert (found.device, found.dtype) == expected


@pytest.mark.parametrize(
    ("own", "device", "bfloat16", "expected"),
    [
        ("auto", "auto", True, ("cuda", "bfloat16")),
        ("auto", "auto", False, ("cuda", "float16")),
        ("float32", "cuda:1", True, ("cuda:1", "float32")),
        ("auto", "cpu", True, ("cpu", "float32")),
    ],
    ids=["new card", "old card", "the model's own", "not wanted"],
)
def test_with_cuda(
    machine: pytest.MonkeyPatch, own: str, device: str, bfloat16: bool, expected: tuple[str, str]
) -> None:
    _cuda(machine, bfloat16=bfloat16)
    found = placed(replace(toy_spec("de", "en"), dtype=own), device)
    assert (found.device, found.dtype) == expected


def test_apple(machine: pytest.MonkeyPatch) -> None:
    import torch

    machine.setattr(torch.backends.mps, "is_available", lambda: True)
    found = placed(replace(toy_spec("de", "en"), dtype="auto"))
    assert (found.device, found.dtype) == ("mps", "float16")


@pytest.mark.parametrize("device", ["cuda", "cuda:0", "mps"])
def test_a_device_that_is_not_there(machine: pytest.MonkeyPatch, device: str) -> None:
    with pytest.raises(ConfigError, match="PyTorch sees"):
        placed(toy_spec("de", "en"), device)


def test_a_card_too_many(machine: pytest.MonkeyPatch) -> None:
    _cuda(machine)
    with pytest.raises(ConfigError, match="PyTorch sees 2 CUDA devices"):
        placed(toy_spec("de", "en"), "cuda:2")


@pytest.mark.parametrize("device", ["gpu", "", "cuda:", "cuda:x", "cpu:0"])
def test_no_devices(device: str) -> None:
    with pytest.raises(ConfigError, match="no such kind of device"):
        check_device(device)


def test_no_precision() -> None:
    with pytest.raises(ConfigError, match="no such precision"):
        check_dtype("int4")
    assert check_dtype("auto") == "auto"
