"""Mixes the weights of estimators that were trained on from one another: a weighted mean, piece by piece.

    python -m training.mixing --estimator 0.2 OLD --estimator 0.8 NEW --out weights/estimator-en-de

Training on for new errors takes some of the old ones back; between the weights before and after there are some that are
better at both (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor

WEIGHTS = "model.safetensors"


def mixed(parts: Sequence[tuple[float, dict[str, Tensor]]]) -> dict[str, Tensor]:
    """The weighted mean of tensors of the same names and shapes, in the number format of the first.

    Raises:
        ValueError: if the shares do not add up to one, or the names or shapes differ.
    """
    if abs(sum(share for share, _ in parts) - 1) > 1e-6:
        raise ValueError("the shares must add up to 1")
    first = parts[0][1]
    shapes = [{name: tensor.shape for name, tensor in weights.items()} for _, weights in parts]
    if any(other != shapes[0] for other in shapes):
        raise ValueError("the estimators have other weights; give only such as were trained on from one another")
    found = {}
    for name, tensor in first.items():
        total = sum((share * weights[name].float() for share, weights in parts[1:]), parts[0][0] * tensor.float())
        found[name] = total.to(tensor.dtype) if tensor.is_floating_point() else tensor
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--estimator", nargs=2, action="append", required=True, metavar=("SHARE", "FOLDER"))
    parser.add_argument("--out", type=Path, required=True, help="folder; all but the weights comes from the last one")
    options = parser.parse_args(arguments)
    chosen = [(float(share), Path(folder)) for share, folder in options.estimator]
    try:
        weights = mixed([(share, load_file(folder / WEIGHTS)) for share, folder in chosen])
    except ValueError as error:
        parser.error(str(error))
    shutil.copytree(chosen[-1][1], options.out, dirs_exist_ok=True)
    save_file(weights, options.out / WEIGHTS, metadata={"format": "pt"})
    return 0


if __name__ == "__main__":
    sys.exit(main())
