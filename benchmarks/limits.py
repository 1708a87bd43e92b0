"""Writes the tables of `docs/limits.md` from `results.json`, so that the two cannot differ.

    python -m benchmarks.limits

Each table stands in the page between two comments, the first of which names it; a test compares them with the results.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.results import RESULTS

PAGE = RESULTS.parent.parent / "docs" / "limits.md"
_R = Mapping[str, Any]
_TABLE = re.compile(r"(<!-- figures: ([a-z-]+) -->\n\n).*?(\n\n<!-- end of the figures -->)", re.DOTALL)

#: What the planted kinds are, in words.
KINDS = {
    "added": "a clause of another sentence was put in",
    "copied": "the source stands there untranslated",
    "date": "a weekday, month or date became another",
    "debris": "code of a web page leaked into the text",
    "detached": "the translation of another sentence stands there",
    "dropped-clause": "a clause was left out",
    "dropped-sentence": "one of several sentences was left out",
    "dropped-word": "a word was left out",
    "inflection": "a word has the wrong ending",
    "loop": "a phrase is repeated on the spot",
    "name": "a name became another",
    "negation": "a *not* was lost or put in",
    "number": "a number became another",
    "opposite": "a word became its opposite",
    "roles": "who does it and whom it is done to were swapped",
    "run-together": "two sentences run into each other",
    "spliced": "half of this sentence and half of another",
    "stray-stop": "a full stop cuts the sentence",
    "truncated": "the sentence breaks off",
    "untranslated": "a word or phrase is still in the source language",
    "word-order": "words stand in the wrong order",
    "wrong-sense": "a word has another meaning than in the source",
}


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _planted(results: _R) -> str:
    kinds = results["estimator"]["planted"]["kinds"]
    order = sorted(kinds, key=lambda name: (-kinds[name]["found_at_default_percent"], name))
    rows = [(name, KINDS[name], f"{kinds[name]['found_at_default_percent']:.0f} %") for name in order]
    return _rows(("kind", "what was done", "found"), rows)


def _alarms(results: _R) -> str:
    alarms = results["quality"]["false_alarms"]
    rows = [
        (f"[{rule}](rules.md#{rule.lower()})", f"{share:g}")
        for rule, share in sorted(alarms["by_rule_per_1000"].items(), key=lambda item: (-item[1], item[0]))
    ]
    heads = (f"rule, over {alarms['pairs']} pairs", "flagged per 1,000 pairs")
    return _rows(heads, [*rows, ("all rules", f"{alarms['per_1000']:g}")])


def _reliability(results: _R) -> str:
    bins = results["estimator"]["reliability"]["bins"]
    rows = [
        (f"{low:.1f} to {high:.1f}", str(pairs), f"{claimed:.2f}", f"{share:.2f}")
        for low, high, pairs, claimed, share in bins
    ]
    return _rows(("suspicion", "pairs", "claimed", "had a major error"), rows)


def _ranking(results: _R) -> str:
    rows = [
        (name, f"{row['spearman']:.2f}", f"{row['worst_fifth_percent']:g} %")
        for name, row in results["estimator"]["scores"].items()
    ]
    return _rows(("pairs ordered by", "Spearman with MQM", "of the worst fifth in the worst-ranked fifth"), rows)


def _real(results: _R) -> str:
    errors, clean = results["quality"]["real_errors"], results["quality"]["false_alarms"]
    rows = [
        (f"a major error ({errors['pairs']} pairs)", f"{errors['suspects_percent']:g} %"),
        (f"no error at all ({clean['pairs']} pairs)", f"{clean['per_1000'] / 10:.1f} %"),
    ]
    return _rows(("the translators marked", "of which the audit flags"), rows)


def _removed(results: _R) -> str:
    planted = results["quality"]["planted"]

    def cells(count: int) -> tuple[str, str, str]:
        found = [f"{planted[f'{rule} {count} words']['found_percent']:g} %" for rule in ("MT102", "MT103")]
        return str(count), found[0], found[1]

    heads = ("words taken out in a row", "of the target: found as omission", "of the source: found as addition")
    return _rows(heads, [cells(count) for count in (8, 4, 2)])


def _alignment(results: _R) -> str:
    names = {"embedding": "`embedded`", "length": "`checks`"}
    rows = [
        (str(corpus), names[how], f"{row['strict']:.3f}", f"{row['lax']:.3f}", f"{row['gaps']:.3f}")
        for corpus, found in results["alignment"].items()
        if isinstance(found, Mapping)
        for how, row in found.items()
        if how in names
    ]
    return _rows(("documents", "profile", "F1, strict", "F1, lax", "F1 of gaps"), rows)


def _speed(results: _R) -> str:
    speed, rates = results["speed"], results["throughput"]["pairs_per_s"]
    rows = [
        ("`mtaudit --help`", f"{speed['help']['wall_s']:.2f} s", ""),
        (
            "an article of 11 sentences, from the command to its end",
            f"{speed['audit']['wall_s']:.1f} s",
            f"{speed['audit']['peak_mb']} MB",
        ),
        (
            "the same with `--profile checks`",
            f"{speed['audit_without_model']['wall_s']:.1f} s",
            f"{speed['audit_without_model']['peak_mb']} MB",
        ),
        ("pairs of some 25 words, once it runs", f"{rates['audit']:.0f} a second", ""),
        ("the same with `--profile checks`", f"{rates['audit_without_model']:.0f} a second", ""),
    ]
    return _rows(("on two CPU cores", "time or rate", "memory"), rows)


TABLES: Mapping[str, Callable[[_R], str]] = {
    "planted": _planted,
    "alarms": _alarms,
    "reliability": _reliability,
    "ranking": _ranking,
    "real": _real,
    "removed": _removed,
    "alignment": _alignment,
    "speed": _speed,
}


def filled(page: str, results: _R) -> str:
    """The page with every table made anew.

    Raises:
        ValueError: if the page lacks a table, or names one that is not known.
    """
    named = [match.group(2) for match in _TABLE.finditer(page)]
    if sorted(named) != sorted(TABLES):
        raise ValueError(f"the page has the tables {', '.join(named)}, and there are {', '.join(TABLES)}")
    return _TABLE.sub(lambda match: match.group(1) + TABLES[match.group(2)](results) + match.group(3), page)


def main() -> int:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
