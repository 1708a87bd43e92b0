"""Keeps the figures: one section a script in `results.json`, with what they were measured with."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mtaudit

RESULTS = Path(__file__).resolve().parent / "results.json"


def record(section: str, figures: dict[str, Any]) -> None:
    """Print the figures of a section and write them into `results.json` in place of its last ones."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results[section] = {
        "date": datetime.now(UTC).date().isoformat(),
        "version": mtaudit.__version__,
        "machine": f"{os.cpu_count()} CPU cores, {platform.machine()}, Python {platform.python_version()}",
        **figures,
    }
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({section: results[section]}, indent=1))
