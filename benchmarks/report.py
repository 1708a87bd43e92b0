"""Measures the HTML report of a large audit: how long it takes to make, to paint, and to answer.

    python -m benchmarks.report [--pairs 10000] [--runs 5]

The pairs are made up: sentences with numbers and names, a third of them with a planted error, audited with the profile
`checks`. Each run opens the file in a Chromium with an empty profile; times are from the start of the navigation, as
the browser's own clock has them. Medians are the figures, with the slowest run beside the one that matters most.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks.browser import browser
from benchmarks.results import record
from mtaudit.pipeline import all_rules, audit_bilingual
from mtaudit.reporters import ReportOptions, find_reporter

_PLACES = ("Lindhaven", "Osterby", "Marsk", "Tannau", "Velmer", "Karlsund")
_THINGS = (("boats", "Boote"), ("houses", "Häuser"), ("trees", "Bäume"), ("letters", "Briefe"), ("lamps", "Lampen"))
_ENDS = (
    ("and nobody in the council knows who is going to pay for them", "und niemand im Rat weiß, wer sie bezahlt"),
    (
        "which the paper had told its readers a week before",
        "was die Zeitung ihren Lesern eine Woche davor gesagt hatte",
    ),
    ("because the old ones were lost in the last storm", "weil die alten im letzten Sturm verloren gingen"),
)

#: What an editor does, in the page: type a search, choose a rule, sort, and go to a sentence through the map.
_ANSWERS = {
    "search_ms": "() => { const f = document.getElementById('search'); f.value = 'Marsk';"
    " f.dispatchEvent(new Event('input', {bubbles: true})); }",
    "filter_ms": "() => document.querySelector('.bar-row[data-rule]').click()",
    "sort_ms": "() => { const s = document.getElementById('sort'); s.value = 'position';"
    " s.dispatchEvent(new Event('change', {bubbles: true})); }",
    "go_to_last_ms": "() => document.getElementById('map').lastElementChild.click()",
}


def pairs(count: int) -> Iterator[tuple[str, str]]:
    """Sentences and translations; every third number of the translation is wrong, or it has a blank too much."""
    chance = random.Random(7)
    for at in range(count):
        number, place = chance.randrange(13, 900), chance.choice(_PLACES)
        (thing, ding), (end, ende) = chance.choice(_THINGS), chance.choice(_ENDS)
        shown = number + 100 if at % 6 == 0 else number
        stop = " ." if at % 6 == 3 else "."
        yield (
            f"In {place} there are {number} new {thing}, {end}.",
            f"In {place} gibt es {shown} neue {ding}, {ende}{stop}",
        )


def made(count: int) -> tuple[str, dict[str, Any]]:
    """The report, and how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.tsv"
        path.write_text("".join(f"{one}\t{two}\n" for one, two in pairs(count)), encoding="utf-8")
        audit = audit_bilingual(path, source_language="en", target_language="de", profile="checks")
    stream = io.StringIO()
    began = time.perf_counter()
    find_reporter("html")(audit, stream, ReportOptions({rule.id: rule for rule in all_rules()}))
    seconds = time.perf_counter() - began
    text = stream.getvalue()
    size = round(len(text.encode()) / 1e6, 1)
    return text, {"pairs": count, "suspects": len(audit.suspects), "render_s": round(seconds, 2), "size_mb": size}


def opened(chromium: Browser, path: Path) -> dict[str, float]:
    """Milliseconds of one visit."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#map[data-ready]", timeout=60_000)
    found: dict[str, float] = page.evaluate(
        """() => ({
            first_paint_ms: performance.getEntriesByName("first-contentful-paint")[0].startTime,
            list_ms: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
            map_ms: performance.getEntriesByName("map-ready")[0].startTime,
        })"""
    )
    for name, action in _ANSWERS.items():
        # Asking for the height makes the browser lay the page out: that is part of the wait.
        steps = f"const began = performance.now(); ({action})(); document.body.offsetHeight;"
        timed = f"() => {{ {steps} return performance.now() - began; }}"
        found[name] = page.evaluate(timed)
    context.close()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    text, figures = made(options.pairs)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        path = Path(folder) / "report.html"
        path.write_text(text, encoding="utf-8")
        visits = [opened(chromium, path) for _ in range(options.runs)]
        figures["browser"] = f"Chromium {chromium.version}, headless"
    for name in visits[0]:
        figures[name] = round(statistics.median(visit[name] for visit in visits))
    figures["first_paint_slowest_ms"] = round(max(visit["first_paint_ms"] for visit in visits))
    figures["runs"] = options.runs
    record("report", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
