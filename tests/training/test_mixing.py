"""The mean of estimators that were trained on from one another."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from training.mixing import WEIGHTS, main, mixed


def test_weights_are_mixed_by_their_shares() -> None:
    old = {"layer": torch.tensor([0.0, 1.0]).half(), "places": torch.tensor([3])}
    new = {"layer": torch.tensor([10.0, 1.0]).half(), "places": torch.tensor([3])}
    found = mixed([(0.2, old), (0.8, new)])
    assert found["layer"].dtype == torch.float16
    assert found["layer"].tolist() == [8.0, 1.0]
    assert found["places"].tolist() == [3]


@pytest.mark.parametrize(
    ("shares", "shape"), [((0.2, 0.7), (2,)), ((0.5, 0.5), (3,))], ids=["not one in all", "other shapes"]
)
def test_what_does_not_fit_is_refused(shares: tuple[float, float], shape: tuple[int]) -> None:
    with pytest.raises(ValueError, match=r"shares|weights"):
        mixed([(shares[0], {"layer": torch.zeros(2)}), (shares[1], {"layer": torch.zeros(shape)})])


def test_the_folder_is_that_of_the_last_with_mixed_weights(tmp_path: Path) -> None:
    for name, value in (("old", 0.0), ("new", 4.0)):
        (tmp_path / name).mkdir()
        save_file({"layer": torch.tensor([value])}, tmp_path / name / WEIGHTS)
        (tmp_path / name / "config.json").write_text(name, encoding="utf-8")
    options = ["--estimator", "0.25", str(tmp_path / "old"), "--estimator", "0.75", str(tmp_path / "new")]
    assert main([*options, "--out", str(tmp_path / "out")]) == 0
    assert load_file(tmp_path / "out" / WEIGHTS)["layer"].tolist() == [3.0]
    assert (tmp_path / "out" / "config.json").read_text(encoding="utf-8") == "new"
