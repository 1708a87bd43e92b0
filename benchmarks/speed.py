"""Measures start time, a cold audit, and peak memory, each as a whole process.

    python -m benchmarks.speed SOURCE TARGET

Beside the audit stands, run in turn with it, a program that does nothing but load the same embedder with
sentence-transformers and embed the same lines: what the models alone cost.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.results import record
from mtaudit import modelfile

RUNS = 3

_BARE = """
import sys
from pathlib import Path
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
lines = [line for name in sys.argv[2:] for line in Path(name).read_text(encoding="utf-8").splitlines() if line]
model.encode(lines, show_progress_bar=False)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall seconds, CPU seconds, peak resident memory in MB, exit code."""

    wall: float
    cpu: float
    peak_mb: float
    code: int


def run(command: Sequence[str]) -> Run:
    began = time.monotonic()
    process = os.posix_spawn(
        command[0],
        list(command),
        dict(os.environ),
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    wall = time.monotonic() - began
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def middle(runs: Sequence[Run]) -> dict[str, Any]:
    return {
        "wall_s": round(statistics.median(run.wall for run in runs), 3),
        "cpu_s": round(statistics.median(run.cpu for run in runs), 3),
        "peak_mb": round(statistics.median(run.peak_mb for run in runs)),
        "exit_codes": sorted({run.code for run in runs}),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args(arguments)
    spec = modelfile.load().profile("embedded").model("embedder")
    if spec is None:
        raise SystemExit("the profile 'embedded' has no embedder")
    files = [str(options.source), str(options.target)]
    commands = {
        "help": [sys.executable, "-m", "mtaudit", "--help"],
        "audit": [sys.executable, "-m", "mtaudit", "audit", *files],
        "audit_without_model": [sys.executable, "-m", "mtaudit", "audit", "--profile", "checks", *files],
        "embedder_alone": [sys.executable, "-c", _BARE, str(spec.path), *files],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(RUNS + 1):
        for name, command in commands.items():
            done = run(command)
            if turn:  # the first turn warms the disk cache
                runs[name].append(done)
    ratios = [one.wall / other.wall for one, other in zip(runs["audit"], runs["embedder_alone"], strict=True)]
    figures: dict[str, Any] = {name: middle(each) for name, each in runs.items()}
    figures["audit_to_embedder_alone"] = round(statistics.median(ratios), 2)
    record("speed", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
