"""Measures pairs per second of an audit in memory, and what each stage takes of it.

    python -m benchmarks.throughput --data DATA

DATA is a folder with `parallel.en-de.tsv.xz`. The pairs are held out of training and have 20 to 30 source words. Every
stage is timed on its own, in alternation over several rounds; of each the fastest round counts, since on a machine that
others use the slower ones measure the others.

Beside them stands what bounds them: the arithmetic that the two models take a pair (`gflop_a_pair`), the speed at which
this machine multiplies matrices of the models' sizes, taken in the same rounds, and how many pairs a second that makes
if the models did nothing else (`bound`). `audit_bfloat16` is the audit with `--dtype bfloat16`, which some processors
multiply twice as fast; `bfloat16_changes` says what that does to the findings and suspicions.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.results import record
from mtaudit import pipeline
from mtaudit.config import Config
from mtaudit.loading import load
from mtaudit.readers.pairs import bitext_of
from mtaudit.scorers import embedding, estimator
from mtaudit.types import Audit
from training.data import split_pairs

ROUNDS = 3
PAIRS = 256
MULTIPLIED = 20
_ROWS, _LAYER = torch.ones(1024, 384), torch.ones(1536, 384)
_MULTIPLIED_GFLOP = MULTIPLIED * 2 * 1024 * 384 * 1536 / 1e9


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def gflop(work: Callable[[], object]) -> float:
    """The multiplications and additions of matrices, in thousand millions."""
    counter = FlopCounterMode(display=False)
    with counter:
        work()
    return float(counter.get_total_flops()) / 1e9


def multiplied() -> None:
    """The larger multiplication of a layer, on a batch of 32 sentences of 32 pieces; `MULTIPLIED` times."""
    for _ in range(MULTIPLIED):
        torch.nn.functional.linear(_ROWS, _LAYER)


def changes(one: Audit, two: Audit) -> dict[str, Any]:
    """What of an audit is other in a second one of the same pairs."""
    found = [{(f.rule, f.pair, f.side, f.span) for f in audit.findings} for audit in (one, two)]
    suspicions = [{s.pair.index: s.suspicion for s in audit.ranking} for audit in (one, two)]
    apart = [abs(value - suspicions[1][at]) for at, value in suspicions[0].items()]
    return {
        "findings": len(found[0]),
        "lost": len(found[0] - found[1]),
        "new": len(found[1] - found[0]),
        "suspicion_mean_difference": round(sum(apart) / len(apart), 4),
        "suspicion_largest_difference": round(max(apart), 4),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    options = parser.parse_args(arguments)
    held_out = split_pairs(options.data / "parallel.en-de.tsv.xz").test
    texts = [(pair.en, pair.de) for pair in held_out if 20 <= len(pair.en.split()) <= 30][: options.pairs]
    bitext = bitext_of(texts, ("en", "de"))
    pairs, models = bitext.pairs or (), load(bitext)
    embedder, judge = models.embedder, models.estimator
    if embedder is None or judge is None:
        raise SystemExit("the default profile lacks a model")
    half = Config(dtype="bfloat16")
    stages: dict[str, Callable[[], object]] = {
        "audit": lambda: pipeline.audit_bitext(bitext),
        "audit_bfloat16": lambda: pipeline.audit_bitext(bitext, config=half),
        "audit_without_model": lambda: pipeline.audit_bitext(bitext, profile="checks"),
        "embedder": lambda: list(embedding.score(bitext, pairs, embedder)),
        "estimator": lambda: list(estimator.score(bitext, pairs, judge)),
        "multiplied": multiplied,
    }
    for work in stages.values():
        work()  # the first round loads and warms
    best = dict.fromkeys(stages, float("inf"))
    for _ in range(ROUNDS):
        for name, work in stages.items():
            best[name] = min(best[name], seconds(work))
    speed = _MULTIPLIED_GFLOP / best.pop("multiplied")
    needed = {name: gflop(stages[name]) / len(texts) for name in ("embedder", "estimator")}
    figures: dict[str, Any] = {name: round(len(texts) / least, 1) for name, least in best.items()}
    figures["bound"] = round(speed / sum(needed.values()), 1)
    words = sum(len(source.split()) for source, _ in texts) / len(texts)
    record(
        "throughput",
        {
            "pairs": len(texts),
            "source_words": round(words, 1),
            "threads": torch.get_num_threads(),
            "pairs_per_s": figures,
            "gflop_a_pair": {name: round(each, 2) for name, each in needed.items()},
            "matrices_gflop_per_s": round(speed, 1),
            "bfloat16_changes": changes(pipeline.audit_bitext(bitext), pipeline.audit_bitext(bitext, config=half)),
        },
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
