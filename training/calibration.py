"""Makes the bundled calibration of the profile `embedded`, English to German.

    python -m training.calibration --data DATA

The labels are the 2022 dev pairs of the quality estimation task: bad is a pair in which a major error is marked. This
writes them as the TSV that `mtaudit calibrate` reads, and runs that command.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mtaudit import calibrate
from mtaudit.findings.calibration import write
from mtaudit.modelfile import bundled_weights
from training.estimator_dev import read_dev


def _cell(text: str) -> str:
    """A text without the tabs and line ends that part cells and rows."""
    return " ".join(text.split())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(arguments)
    rows = ["source\ttarget\tlabel"]
    for pair in read_dev(options.data):
        bad = any(major for _, _, major in pair.marks)
        rows.append(f"{_cell(pair.source)}\t{_cell(pair.target)}\t{int(bad)}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dev2022.tsv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        labelled = calibrate.read_labelled(path)
        if labelled.bad_input:
            raise SystemExit(str(labelled.bad_input[0]))
        fitted = calibrate.calibrate(labelled, path, source_language="en", target_language="de")
    out = bundled_weights() / "calibration" / f"{fitted.profile}.en-de.json"
    out.parent.mkdir(exist_ok=True)
    write(fitted, out)
    print(out, fitted.reliability)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
