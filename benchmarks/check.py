"""Measures `mtaudit check` on a generated repository of 200 documents with 5,000 sentence pairs, each run a process.

    python -m benchmarks.check [--runs 3]

The first run judges with the profile `checks`; the later ones find every file pair in the cache. The least of the runs
is the figure, as what else runs on the machine only adds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

from benchmarks.results import record
from benchmarks.speed import Run, run

DOCUMENTS, SENTENCES = 200, 25
_CONFIGURATION = """\
profile = "checks"
source-language = "en"

[[content]]
source = "docs/en/*.md"
target = "docs/de/*.md"
languages = ["de"]
"""
_PAIRS = (
    ("The {name} opens at {hour} in the morning.", "Das {name} öffnet um {hour} Uhr morgens."),
    ("It has {count} rooms on three floors.", "Es hat {count} Zimmer auf drei Stockwerken."),
    ("Nobody may enter the cellar of the {name}.", "Niemand darf den Keller des {name} betreten."),
    ("In {year} the roof was covered with slate.", "Im Jahr {year} wurde das Dach mit Schiefer gedeckt."),
    ("Ask at the desk for a map of the grounds.", "Fragen Sie am Schalter nach einem Plan des Geländes."),
)
_NAMES = ("Museum", "Hotel", "Theater", "Hospital")


def make(root: Path) -> None:
    """Write the repository."""
    (root / "mtaudit.toml").write_text(_CONFIGURATION, encoding="utf-8")
    for number in range(DOCUMENTS):
        sides: tuple[list[str], list[str]] = ([], [])
        for index in range(SENTENCES):
            texts = _PAIRS[(number + index) % len(_PAIRS)]
            values = {
                "name": _NAMES[(number + index) % len(_NAMES)],
                "hour": 6 + (number + index) % 6,
                "count": 20 + number + index,
                "year": 1800 + number - index,
            }
            for side, text in zip(sides, texts, strict=True):
                side.append(text.format(**values))
        for language, lines in zip(("en", "de"), sides, strict=True):
            file = root / "docs" / language / f"{number:03}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def figures(runs: Sequence[Run]) -> dict[str, Any]:
    best = min(runs, key=lambda each: each.wall)
    return {
        "wall_s": round(best.wall, 2),
        "cpu_s": round(min(each.cpu for each in runs), 2),
        "peak_mb": round(max(each.peak_mb for each in runs)),
        "exit_codes": sorted({each.code for each in runs}),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    command = [sys.executable, "-m", "mtaudit", "check"]
    first: list[Run] = []
    again: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="mtaudit-") as folder, chdir(folder):
        make(Path(folder))
        first.append(run(command))
        again += [run(command) for _ in range(options.runs)]
        cache = Path(".mtaudit_cache")
        size = sum(file.stat().st_size for file in cache.iterdir())
        shutil.rmtree(cache)
    record(
        "check",
        {
            "profile": "checks",
            "documents": DOCUMENTS,
            "pairs": DOCUMENTS * SENTENCES,
            "runs": options.runs,
            "first_run": figures(first),
            "cached_run": figures(again),
            "cache_mb": round(size / 1e6, 1),
        },
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
