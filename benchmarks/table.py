"""Writes the README's table of figures, and those of the manual, from `results.json`, so that they cannot differ.

    python -m benchmarks.table

The table stands between two comments in the README; a test compares it with the results. The manual's: see `limits`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks import limits
from benchmarks.results import RESULTS

README = RESULTS.parent.parent / "README.md"
BEGIN, END = "<!-- figures: python -m benchmarks.table -->", "<!-- end of the figures -->"
_R = Mapping[str, Any]


def _percent(value: float) -> str:
    return f"{value:g} %"


def _scores(name: str) -> Callable[[_R], str]:
    def cell(results: _R) -> str:
        row = results["estimator"]["scores"][name]
        return f"{row['spearman']:.2f} / {_percent(row['worst_fifth_percent'])}"

    return cell


def _planted(where: str) -> Callable[[_R], str]:
    def cell(results: _R) -> str:
        kinds = results["estimator"][where]["kinds"]
        enough = sum(row["found_percent"] >= 80 for row in kinds.values())
        mean = sum(row["found_percent"] for row in kinds.values()) / len(kinds)
        return f"{enough} of {len(kinds)} kinds; {mean:.0f} % on average"

    return cell


def _weakest(where: str) -> Callable[[_R], str]:
    def cell(results: _R) -> str:
        kinds = results["estimator"][where]["kinds"]
        found = {name: row["found_percent"] for name, row in kinds.items() if row["found_percent"] < 80}
        return ", ".join(f"{name} {found[name]:.0f} %" for name in sorted(found, key=lambda n: found[n])) or "none"

    return cell


def _by_count(rule: str) -> Callable[[_R], str]:
    def cell(results: _R) -> str:
        found = results["quality"]["planted"]
        return " / ".join(_percent(found[f"{rule} {count} words"]["found_percent"]) for count in (8, 4, 2))

    return cell


def _retrieval(name: str) -> Callable[[_R], str]:
    return lambda r: f"{r['quality'][name]['de_finds_en']} % / {r['quality'][name]['en_finds_de']} %"


def _beads(corpus: str, how: str) -> Callable[[_R], str]:
    def cell(results: _R) -> str:
        row = results["alignment"][corpus][how]
        return f"{row['strict']:.3f} / {row['lax']:.3f} / {row['gaps']:.3f}"

    return cell


def _process(name: str) -> Callable[[_R], str]:
    return lambda r: f"{r['speed'][name]['wall_s']:.2f} s, {r['speed'][name]['peak_mb']} MB"


#: What is measured, and how its cell is made.
ROWS: tuple[tuple[str, Callable[[_R], str]], ...] = (
    (
        "**Ranking**, 1,005 dev pairs: Spearman with MQM / worst fifth found in the worst-ranked fifth",
        _scores("suspicion"),
    ),
    ("the same, expected penalty by word", _scores("estimator penalty by word")),
    ("the same, badness of the target as a whole", _scores("estimator badness")),
    ("baseline: embedding similarity", _scores("baseline: embedding similarity")),
    ("baseline: distance from the expected length", _scores("baseline: distance from the expected length")),
    ("baseline: random", _scores("baseline: random")),
    (
        "word-level MCC at the best threshold, by people's marks / by planted errors / at the shipped threshold",
        lambda r: " / ".join(
            f"{r['estimator']['words'][name]:.3f}"
            for name in ("mcc", "planted_mcc", "planted_mcc_at_shipped_threshold")
        ),
    ),
    (
        "expected calibration error of the suspicion (cross-validated)",
        lambda r: f"{r['estimator']['reliability']['expected_calibration_error']:.3f}",
    ),
    (
        "**Planted errors** of which at least 80 % are found at 5 % false alarms, in dev pairs without marks",
        _planted("planted"),
    ),
    ("kinds of which fewer are found", _weakest("planted")),
    ("the same in held-out translations by people and the strongest systems", _planted("planted_strong")),
    ("kinds of which fewer are found", _weakest("planted_strong")),
    (
        "words in another sense (*letters* as *Buchstaben*) found there at 5 % false alarms / at the default",
        lambda r: "{found_percent:g} % / {found_at_default_percent:g} %".format(**r["senses"]),
    ),
    (
        "AUROC of pairs against pairs shuffled within similar lengths, suspicion / similarity",
        lambda r: f"{r['estimator']['detached_auroc']:.4f} / {r['quality']['detached_auroc']:.4f}",
    ),
    ("eight / four / two words taken out of the target: found as omission", _by_count("MT102")),
    ("eight / four / two words taken out of the source: found as addition", _by_count("MT103")),
    (
        "**False alarms**: flagged of 617 dev pairs in which no error was marked, per 1,000, all rules",
        lambda r: f"{r['quality']['false_alarms']['per_1000']:g}",
    ),
    (
        "the same of 600 held-out translations by people and the strongest systems",
        lambda r: f"{r['estimator']['planted_strong']['default_false_alarms_per_1000']:g}",
    ),
    (
        "flagged of 360 dev pairs with a marked major error",
        lambda r: _percent(r["quality"]["real_errors"]["suspects_percent"]),
    ),
    (
        "**Embedder**: retrieval among 1,500 held-out pairs, German finds English / English finds German",
        _retrieval("retrieval_held_out"),
    ),
    ("the same among human translations that no training data contain", _retrieval("retrieval_human_unseen")),
    (
        "**Alignment**: bead F1 on artificial documents, strict / lax / gaps",
        _beads("artificial en-de", "embedding"),
    ),
    ("the same without a model (profile `checks`)", _beads("artificial en-de", "length")),
    ("the same on Text+Berg, German-French, without a model", _beads("textberg de-fr", "length")),
    ("**Speed**, two cores: `mtaudit --help`", lambda r: f"{r['speed']['help']['wall_s']:.2f} s"),
    ("a news article of 11 sentences and its doubled translation, cold start", _process("audit")),
    ("the same, profile `checks`", _process("audit_without_model")),
    (
        "pairs of 20 to 30 words a second: audit / estimator alone / embedder alone / profile `checks`",
        lambda r: " / ".join(
            f"{r['throughput']['pairs_per_s'][name]:.0f}"
            for name in ("audit", "estimator", "embedder", "audit_without_model")
        ),
    ),
    (
        "the same audit with `--dtype bfloat16`",
        lambda r: f"{r['throughput']['pairs_per_s']['audit_bfloat16']:.0f}",
    ),
    (
        "the most pairs a second that these cores can do in float32, by the arithmetic of the two models",
        lambda r: f"{r['throughput']['pairs_per_s']['bound']:.0f}",
    ),
    (
        "`mtaudit check` of 200 documents, 5,000 pairs, profile `checks`: first run / nothing changed",
        lambda r: f"{r['check']['first_run']['wall_s']:.1f} s / {r['check']['cached_run']['wall_s']:.2f} s",
    ),
    (
        "HTML report of 10,000 pairs in Chromium: first paint / whole map",
        lambda r: f"{r['report']['first_paint_ms'] / 1000:.2f} s / {r['report']['map_ms'] / 1000:.1f} s",
    ),
    (
        "**Terminology**: MT401 on 2,500 human pairs, 44 terms, findings per 1,000 / the rule's own faults",
        lambda r: "{glossary_findings_per_1000} / {glossary_false_alarms_per_1000}".format(**r["terminology"]),
    ),
)


def table(results: _R) -> str:
    """The table in Markdown."""
    lines = ["| measured (English-German) | figure |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {label} | {cell(results)} |" for label, cell in ROWS)])


def shown(readme: str) -> str:
    """The table that stands in the README.

    Raises:
        ValueError: if the comments around it are not there.
    """
    return readme[readme.index(BEGIN) + len(BEGIN) : readme.index(END)].strip()


def with_table(readme: str, made: str) -> str:
    """The README with the table in the place of what stands between the comments."""
    before, after = readme[: readme.index(BEGIN) + len(BEGIN)], readme[readme.index(END) :]
    return f"{before}\n\n{made}\n\n{after}"


def main() -> int:
    readme = README.read_text(encoding="utf-8")
    made = table(json.loads(RESULTS.read_text(encoding="utf-8")))
    README.write_text(with_table(readme, made), encoding="utf-8")
    return limits.main()


if __name__ == "__main__":
    sys.exit(main())
