"""Measures the bundled embedder and the checks on data that lie outside the repository.

    python -m benchmarks.quality --data DATA

DATA is a folder with `parallel.en-de.tsv.xz` and the `qe.*.jsonl.xz` files. What is measured:

* retrieval: the right sentence among 1,500, both directions, on pairs that `training.data` holds out of the parallel
  data, and on up to 1,500 human translations of annotation data neither side of which stands in the parallel data;
* detached: AUROC of the similarity of dev pairs against dev pairs shuffled within similar lengths;
* planted: consecutive words taken out of one side of the clean pairs; how often an omission (addition), and how often
  anything, is reported;
* false alarms: pairs with at least one finding at the default level, per 1,000 pairs whose annotators marked nothing;
* real errors: the same on pairs with a major error, and how many of those findings overlap a marked one.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import mtaudit
from benchmarks.results import record
from mtaudit import modelfile
from mtaudit.models.base import Embedder
from mtaudit.models.embedder import SentenceTransformerEmbedder
from mtaudit.types import Audit, Side
from training.data import read_parallel, split_pairs
from training.planting import take_out_words

SEED = 7


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def auroc(good: NDArray[np.float64], bad: NDArray[np.float64]) -> float:
    """How often a good one scores above a bad one (Mann-Whitney; ties count half)."""
    both = np.concatenate([good, bad])
    order = both.argsort(kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    for value in np.unique(both):
        ranks[both == value] = ranks[both == value].mean()
    return float((ranks[: len(good)].sum() - len(good) * (len(good) + 1) / 2) / (len(good) * len(bad)))


def retrieval(embedder: Embedder, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    english = embedder.sentences([en for en, _ in pairs])
    german = embedder.sentences([de for _, de in pairs])
    scores, gold = german @ english.T, np.arange(len(pairs))
    return {
        "among": len(pairs),
        "de_finds_en": round(100 * float((scores.argmax(1) == gold).mean()), 2),
        "en_finds_de": round(100 * float((scores.argmax(0) == gold).mean()), 2),
    }


def human_pairs(data: Path, count: int) -> list[tuple[str, str]]:
    """Human translations from annotation data, each side once, 20 characters and longer, none in the parallel data."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for known in read_parallel(data / "parallel.en-de.tsv.xz"):
        taken.update((known.en, known.de))
    for row in rows(data / "qe.mqm-categories.en-de.train.jsonl.xz"):
        human = row["system"] in ("Human-A.0", "ref") and min(len(row["source"]), len(row["target"])) >= 20
        if human and row["source"] not in taken and row["target"] not in taken:
            found[row["source"]] = row["target"]
            taken.update((row["source"], row["target"]))
    chosen = sorted(found.items())
    random.Random(SEED).shuffle(chosen)
    return chosen[:count]


def dev_pairs(data: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str, list[tuple[int, int]]]]]:
    """The dev pairs without any marked error, and those with a major one (with the marked target spans)."""
    clean, wrong = [], []
    for row in rows(data / "qe.mqm-spans.en-de.dev.jsonl.xz"):
        if not row["errors"]:
            clean.append((row["source"], row["target"]))
        elif any(error["severity"] == "major" for error in row["errors"]):
            spans = [(error["start"], error["end"]) for error in row["errors"]]
            wrong.append((row["source"], row["target"], spans))
    return clean, wrong


def detached(embedder: Embedder, pairs: Sequence[tuple[str, str]]) -> float:
    """AUROC of true pairs against each source with the target of a pair next in length."""
    ordered = sorted(pairs, key=lambda pair: len(pair[1]))
    source = embedder.sentences([en for en, _ in ordered])
    target = embedder.sentences([de for _, de in ordered])
    right = (source * target).sum(1).astype(np.float64)
    wrong = (source * np.roll(target, 1, axis=0)).sum(1).astype(np.float64)
    return auroc(right, wrong)


def audited(pairs: Sequence[tuple[str, str]]) -> Audit:
    """Audit pairs as a two-column file, one pair a line, the way a user would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.tsv"
        path.write_text("".join(f"{en}\t{de}\n" for en, de in pairs), encoding="utf-8")
        audit = mtaudit.audit_bilingual(path, source_language="en", target_language="de")
    if audit.bitext.bad_input or len(audit.ranking) != len(pairs):
        raise SystemExit(f"{len(audit.bitext.bad_input)} lines could not be read: the figures would be wrong")
    return audit


def alarms(audit: Audit) -> dict[str, Any]:
    total = len(audit.ranking)
    per_rule = Counter(rule for rule, _ in {(finding.rule, finding.pair) for finding in audit.findings})
    return {
        "pairs": total,
        "per_1000": round(1000 * len(audit.suspects) / total, 1),
        "by_rule_per_1000": {rule: round(1000 * n / total, 1) for rule, n in sorted(per_rule.items())},
    }


def real_errors(pairs: Sequence[tuple[str, str, list[tuple[int, int]]]]) -> dict[str, Any]:
    """Of pairs with a major error: how many are suspects, and how many findings overlap a marked span."""
    audit = audited([(en, de) for en, de, _ in pairs])
    hits: dict[str, list[bool]] = defaultdict(list)
    by_index = {suspect.pair.index: suspect.pair for suspect in audit.ranking}
    for finding in audit.findings:
        if finding.side is not Side.TARGET:
            continue
        span = by_index[finding.pair].span(Side.TARGET)
        start = span.start if span else 0
        begin, end = finding.span.start - start, finding.span.end - start
        hits[finding.rule].append(any(begin < stop and first < end for first, stop in pairs[finding.pair][2]))
    return {
        "pairs": len(pairs),
        "suspects_percent": round(100 * len(audit.suspects) / len(pairs), 1),
        "target_findings_on_marked_words": {rule: f"{sum(h)} of {len(h)}" for rule, h in sorted(hits.items())},
    }


def planted(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Take two to eight words out of a side; count how often the right rule, and any rule, says so."""
    rng = random.Random(SEED)
    figures: dict[str, Any] = {}
    for rule, side in (("MT102", 1), ("MT103", 0)):
        for count in (2, 4, 8):
            shortened = []
            for pair in pairs:
                words = pair[side].split()
                if len(words) < count + 4:
                    continue
                rest = take_out_words(words, count, rng)
                shortened.append((pair[0], rest) if side else (rest, pair[1]))
            audit = audited(shortened)
            found = {finding.pair for finding in audit.findings if finding.rule in (rule, "MT101")}
            flagged = {finding.pair for finding in audit.findings}
            figures[f"{rule} {count} words"] = {
                "pairs": len(shortened),
                "found_percent": round(100 * len(found) / len(shortened), 1),
                "flagged_by_any_rule_percent": round(100 * len(flagged) / len(shortened), 1),
            }
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(arguments)
    spec = modelfile.load().profile("embedded").model("embedder")
    if spec is None:
        raise SystemExit("the profile 'embedded' has no embedder")
    embedder = SentenceTransformerEmbedder(spec)
    held_out = [(pair.en, pair.de) for pair in split_pairs(options.data / "parallel.en-de.tsv.xz").test]
    clean, wrong = dev_pairs(options.data)
    figures = {
        "retrieval_held_out": retrieval(embedder, held_out),
        "retrieval_human_unseen": retrieval(embedder, human_pairs(options.data, 1_500)),
        "detached_auroc": round(detached(embedder, clean + [(en, de) for en, de, _ in wrong]), 4),
        "false_alarms": alarms(audited(clean)),
        "real_errors": real_errors(wrong),
        "planted": planted(clean),
    }
    record("quality", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
