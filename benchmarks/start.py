"""Measures the start of the default profile: from `import mtaudit` to the first score, each in a process of its own.

    python -m benchmarks.start [--runs 7]

The process imports mtaudit, loads the embedder and scores one pair. In turn with it runs a process that does the same
with sentence-transformers itself. The least of the runs is the figure: what else runs on the machine only adds.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.results import record
from mtaudit import modelfile

_OURS = """
import time
began = time.perf_counter()
import mtaudit
audit = mtaudit.audit_texts("The ferry leaves at noon.", "Die Fähre legt mittags ab.", source_language="en",
                            target_language="de")
assert any(score.scorer == "embedding.similarity" for score in audit.scores)
print(time.perf_counter() - began)
"""

_LIBRARY = """
import time
began = time.perf_counter()
from sentence_transformers import SentenceTransformer
model = SentenceTransformer({folder!r}, device="cpu", local_files_only=True)
first, second = model.encode(["The ferry leaves at noon.", "Die Fähre legt mittags ab."], show_progress_bar=False)
assert first @ second > 0
print(time.perf_counter() - began)
"""


def seconds(code: str) -> float:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args(arguments)
    spec = modelfile.load().profile("embedded").model("embedder")
    if spec is None:
        raise SystemExit("the profile 'embedded' has no embedder")
    programs = {"audit_of_one_pair": _OURS, "sentence_transformers": _LIBRARY.format(folder=str(spec.path))}
    runs: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(options.runs + 1):
        for name, code in programs.items():
            measured = seconds(code)
            if turn:  # the first turn warms the disk cache
                runs[name].append(measured)
    figures: dict[str, Any] = {
        name: {"least_s": round(min(each), 2), "median_s": round(statistics.median(each), 2), "runs": options.runs}
        for name, each in runs.items()
    }
    record("start", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
