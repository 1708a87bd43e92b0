"""Measures the profile `embedded` on annotated and on planted errors, with baselines beside it in the same run.

    python -m benchmarks.estimator --data DATA

DATA is a folder with the `qe.*.jsonl.xz` files. What is measured:

* scores: Spearman with the MQM scores of the 2022 dev pairs, and the share of the worst fifth that is found by
  reviewing the worst-ranked fifth; for the suspicion (of fits that did not see the pair), the expected penalty by word,
  and, as baselines, embedding similarity, distance from the expected length, and chance;
* words: Matthews correlation of target words with the marks, at the best threshold on these pairs, by what people would
  mark and by what is wrong as planted errors are; of the latter also at the threshold that is shipped; span F1 of the
  findings that are reported;
* reliability: expected calibration error of suspicions from five-fold cross-validation;
* planted: errors of every kind planted into dev pairs without marks; found means that a finding overlaps the planted
  span, at the confidence at which 5 % of the untouched pairs are flagged, and at the default. The dev translations are
  by a weak system, and many of those without marks have errors that the annotators let pass;
* planted_strong: the same on translations by the strongest systems and by people, of originals that were held out of
  training: there an alarm is nearly always a false one;
* detached: AUROC of the suspicion for pairs against pairs shuffled within similar lengths.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality import auroc
from benchmarks.results import record
from mtaudit import modelfile, pipeline
from mtaudit.config import Config
from mtaudit.findings.features import features
from mtaudit.findings.fit import Fitted, fit
from mtaudit.findings.suspicion import combined
from mtaudit.findings.wrongwords import HIGH_PLANTED
from mtaudit.loading import load
from mtaudit.probe import Planter
from mtaudit.readers.pairs import bitext_of
from mtaudit.scorers import embedding, estimator, length
from mtaudit.synthesize import KINDS, PlantedPair
from mtaudit.types import Audit, Finding, Side
from training.data import split_pairs
from training.estimator_dev import DevPair, best_mcc, mcc, over_tokens, read_dev, spearman, word_tags, worst_fifth

SEED = 7
#: Who translated the pairs of `planted_strong`: people, and the systems that the evaluations of their years put on top.
STRONG = frozenset({"A", "B", "Facebook-AI", "Online-W", "ONLINE-W", "GPT4-5shot"})
STRONG_PAIRS = 600
LANGUAGES = ("en", "de")
FALSE_ALARMS = 0.05
Floats = NDArray[np.float64]


def audited(pairs: Sequence[tuple[str, str]], min_confidence: float = 0.5) -> Audit:
    """Audit pairs with the default profile."""
    return pipeline.audit_bitext(bitext_of(pairs, LANGUAGES), config=Config(min_confidence=min_confidence))


def by_pair(items: Sequence[Any]) -> dict[int, list[Any]]:
    """Scores or findings of each pair."""
    found: dict[int, list[Any]] = defaultdict(list)
    for item in items:
        found[item.pair].append(item)
    return found


def pair_scores(audit: Audit, scorer: str) -> Floats:
    """The pair-level scores of one scorer, in the order of the pairs."""
    values = {score.pair: score.value for score in audit.scores if score.scorer == scorer and score.side is None}
    return np.array([values[at] for at in range(len(audit.ranking))])


def starts(audit: Audit, side: Side) -> dict[int, int]:
    """Where each pair's text starts in its document."""
    found = {}
    for suspect in audit.ranking:
        span = suspect.pair.span(side)
        found[suspect.pair.index] = span.start if span else 0
    return found


def fitted(audit: Audit, dev: Sequence[DevPair]) -> Fitted:
    """A calibration of the audit to "has a major error", with what it claims of pairs that it did not see."""
    scores, findings = by_pair(audit.scores), by_pair(audit.findings)
    least = [combined(findings[at]) for at in range(len(dev))]
    rows = [features(scores[at], least[at]) for at in range(len(dev))]
    return fit(rows, [any(major for _, _, major in pair.marks) for pair in dev], least)


def score_figures(audit: Audit, held_out: Floats, dev: Sequence[DevPair]) -> dict[str, Any]:
    """Spearman and worst fifth of every badness (larger is worse)."""
    mqm = np.array([pair.mqm for pair in dev])
    bad = {
        "suspicion": held_out,
        "estimator penalty by word": pair_scores(audit, estimator.PENALTY),
        "estimator badness": pair_scores(audit, estimator.BADNESS),
        "baseline: embedding similarity": -pair_scores(audit, embedding.SIMILARITY),
        "baseline: distance from the expected length": np.abs(pair_scores(audit, length.DEVIATION)),
        "baseline: random": np.random.default_rng(SEED).random(len(dev)),
    }
    return {
        name: {
            "spearman": round(spearman(-values, mqm), 4),
            "worst_fifth_percent": round(100 * worst_fifth(mqm, values), 1),
        }
        for name, values in bad.items()
    }


def word_figures(audit: Audit, dev: Sequence[DevPair]) -> dict[str, Any]:
    """Word-level figures of the estimator, and span F1 of the findings on the target."""
    gold = np.array([tag for pair in dev for tag in word_tags(pair)])
    start, scores = starts(audit, Side.TARGET), by_pair(audit.scores)

    def told(scorer: str) -> Floats:
        """The scores of all target words by one scorer."""
        found = []
        for at, pair in enumerate(dev):
            own = [s for s in scores[at] if s.scorer == scorer and s.side is Side.TARGET and s.span]
            spans = [(s.span.start - start[at], s.span.end - start[at]) for s in own]
            found.append(over_tokens(pair.target, spans, np.array([s.value for s in own])))
        return np.concatenate(found)

    by_people, planted = told(estimator.WRONG), told(estimator.WRONG_PLANTED)
    best, threshold = best_mcc(gold, by_people)
    best_planted, threshold_planted = best_mcc(gold, planted)
    shipped = HIGH_PLANTED[Side.TARGET]
    hits = predicted = marked = 0
    findings = by_pair(audit.findings)
    for at, pair in enumerate(dev):
        inside = np.zeros(len(pair.target), dtype=bool)
        for one in findings[at]:
            if one.side is Side.TARGET:
                inside[one.span.start - start[at] : one.span.end - start[at]] = True
        right = np.zeros(len(pair.target), dtype=bool)
        for begin, end, _ in pair.marks:
            right[begin:end] = True
        hits, predicted, marked = (
            hits + int((inside & right).sum()),
            predicted + int(inside.sum()),
            marked + int(right.sum()),
        )
    return {
        "mcc": round(best, 4),
        "best_threshold": round(threshold, 4),
        "planted_mcc": round(best_planted, 4),
        "planted_best_threshold": round(threshold_planted, 4),
        "planted_shipped_threshold": shipped,
        "planted_mcc_at_shipped_threshold": round(mcc(gold, planted > shipped), 4),
        "span_f1_characters": round(2 * hits / max(1, predicted + marked), 4),
        "span_precision_characters": round(hits / max(1, predicted), 4),
    }


def confidence_at(clean: Audit, share: float) -> float:
    """The confidence from which `share` of the untouched pairs have a finding."""
    surest: dict[int, float] = defaultdict(float)
    for finding in clean.findings:
        surest[finding.pair] = max(surest[finding.pair], finding.confidence)
    values = sorted(surest.values(), reverse=True)
    allowed = int(share * len(clean.ranking))
    return values[allowed] + 1e-9 if len(values) > allowed else 0.0


def overlaps(findings: Sequence[Finding], pair: PlantedPair, start: dict[Side, int], least: float) -> bool:
    """Whether a finding that is sure enough lies on a planted span."""
    return any(
        finding.confidence >= least
        and any(e.side is finding.side and e.span.shift(start[e.side]).overlaps(finding.span) for e in pair.errors)
        for finding in findings
    )


def planted_figures(clean: Sequence[tuple[str, str]], per_kind: int) -> dict[str, Any]:
    """Of each kind how many planted errors are found, at 5 % false alarms and at the default confidence."""
    untouched = audited(clean, min_confidence=0.0)
    least = confidence_at(untouched, FALSE_ALARMS)
    planter = Planter(clean, LANGUAGES, load(untouched.bitext).embedder)
    alarms = sum(any(f.confidence >= 0.5 for f in found) for found in by_pair(untouched.findings).values())
    kinds: dict[str, Any] = {}
    for kind in KINDS:
        planted = list(planter.plant(kind, per_kind, random.Random(f"{SEED} {kind}")))
        audit = audited([(pair.source, pair.target) for pair in planted], min_confidence=0.0)
        start, findings = {side: starts(audit, side) for side in Side}, by_pair(audit.findings)
        counts = [
            sum(
                overlaps(findings[at], pair, {side: start[side][at] for side in Side}, bar)
                for at, pair in enumerate(planted)
            )
            for bar in (least, 0.5)
        ]
        kinds[kind] = {
            "planted": len(planted),
            "found_percent": round(100 * counts[0] / len(planted), 1),
            "found_at_default_percent": round(100 * counts[1] / len(planted), 1),
        }
    return {
        "pairs": len(clean),
        "false_alarms_percent": 100 * FALSE_ALARMS,
        "confidence": round(least, 4),
        "default_false_alarms_per_1000": round(1000 * alarms / len(clean), 1),
        "kinds": kinds,
    }


def strong_pairs(data: Path) -> list[tuple[str, str]]:
    """English-German pairs of held-out originals of 8 to 40 words, one of each, translated by `STRONG`."""
    path = data / "parallel.en-de.tsv.xz"
    split = split_pairs(path)
    held_out = {pair.original for pair in (*split.test, *split.dev)}
    found: dict[str, tuple[str, str]] = {}
    with lzma.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            sentence = 8 <= len(row["en"].split()) <= 40
            if row["direction"] == "en-de" and row["system"] in STRONG and row["en"] in held_out and sentence:
                found.setdefault(row["en"], (row["en"], row["de"]))
    return random.Random(SEED).sample([found[original] for original in sorted(found)], STRONG_PAIRS)


def detached(pairs: Sequence[tuple[str, str]]) -> float:
    """AUROC of the suspicion: each source with its target against the target of the pair next in length."""
    ordered = sorted(pairs, key=lambda pair: len(pair[1]))
    shuffled = [(source, ordered[at - 1][1]) for at, (source, _) in enumerate(ordered)]

    def suspicions(texts: Sequence[tuple[str, str]]) -> Floats:
        return np.array([suspect.suspicion for suspect in audited(texts).ranking])

    return auroc(-suspicions(ordered), -suspicions(shuffled))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--per-kind", type=int, default=100)
    options = parser.parse_args(arguments)
    if modelfile.load().profile().model("estimator") is None:
        raise SystemExit("the default profile has no estimator")
    dev = read_dev(options.data)
    pairs = [(pair.source, pair.target) for pair in dev]
    audit = audited(pairs)
    calibration = fitted(audit, dev)
    clean = [(pair.source, pair.target) for pair in dev if not pair.marks]
    table = calibration.reliability
    record(
        "estimator",
        {
            "pairs": len(dev),
            "scores": score_figures(audit, calibration.held_out, dev),
            "words": word_figures(audit, dev),
            "reliability": {
                "expected_calibration_error": table.expected_error,
                "bins": [[b.low, b.high, b.pairs, b.mean_suspicion, b.share_bad] for b in table.bins],
            },
            "planted": planted_figures(clean, options.per_kind),
            "planted_strong": planted_figures(strong_pairs(options.data), options.per_kind),
            "detached_auroc": round(detached(pairs), 4),
        },
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
