"""Dev figures of an estimator while it is trained, and the measures that benchmarks share.

Word-level figures count target words as `mtaudit.text.words` does, and marks of punctuation as words of their own, as
the shared task's tokenisation has them.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training.estimator_data import BADNESS, LABELS, PLANTED, encode_pairs

_TOKEN = re.compile(r"\w+|[^\w\s]")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DevPair:
    """A dev pair with its MQM score (100: no error; a hundred times one minus the penalty by word) and its marks.

    `marks` are (start, end, is major) in the target.
    """

    source: str
    target: str
    mqm: float
    marks: tuple[tuple[int, int, bool], ...]


def read_dev(data: Path) -> list[DevPair]:
    """The 2022 dev pairs; scores and spans stand in two files with the same rows in the same order."""

    def rows(name: str) -> list[dict[str, Any]]:
        with lzma.open(data / name, "rt", encoding="utf-8") as stream:
            return [json.loads(line) for line in stream]

    spans, scores = rows("qe.mqm-spans.en-de.dev.jsonl.xz"), rows("qe.mqm-scores.en-de.dev.jsonl.xz")
    found = []
    for one, score in zip(spans, scores, strict=True):
        marks = tuple((e["start"], max(e["end"], e["start"] + 1), e["severity"] == "major") for e in one["errors"])
        found.append(DevPair(one["source"], one["target"], score["mqm"], marks))
    return found


def tokens(text: str) -> list[tuple[int, int]]:
    """Places of words and of marks of punctuation."""
    return [match.span() for match in _TOKEN.finditer(text)]


def word_tags(pair: DevPair) -> list[bool]:
    """For every token of the target whether a mark lies on it."""
    return [any(s < end and start < e for s, e, _ in pair.marks) for start, end in tokens(pair.target)]


def over_tokens(text: str, spans: Sequence[tuple[int, int]], values: Floats) -> Floats:
    """The largest value of the pieces that lie on each token; 0 where there is none."""
    return np.array(
        [
            max((v for (s, e), v in zip(spans, values, strict=True) if s < end and start < e), default=0.0)
            for start, end in tokens(text)
        ]
    )


def mcc(gold: NDArray[np.bool_], told: NDArray[np.bool_]) -> float:
    """Matthews correlation coefficient (1975); 0 where one side is constant."""
    tp, tn = float((gold & told).sum()), float((~gold & ~told).sum())
    fp, fn = float((~gold & told).sum()), float((gold & ~told).sum())
    bottom = ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) ** 0.5
    return (tp * tn - fp * fn) / bottom if bottom else 0.0


def best_mcc(gold: NDArray[np.bool_], values: Floats) -> tuple[float, float]:
    """The best coefficient over thresholds at the 60th to 99.95th percentile, and its threshold."""
    thresholds = [float(np.percentile(values, q)) for q in (*np.arange(60, 99, 0.5), *np.arange(99, 100, 0.05))]
    return max((mcc(gold, values > threshold), threshold) for threshold in thresholds)


def ranks(values: Floats) -> Floats:
    """Ranks from 1, ties share their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[inverse].astype(np.float64)


def spearman(one: Floats, two: Floats) -> float:
    """Spearman's rank correlation."""
    return float(np.corrcoef(ranks(one), ranks(two))[0, 1])


def worst_fifth(mqm: Floats, badness: Floats) -> float:
    """Share of the worst fifth by MQM that is among the worst-ranked fifth."""
    count = len(mqm) // 5
    worst = set(np.argsort(mqm, kind="stable")[:count].tolist())
    return len(worst & set(np.argsort(-badness, kind="stable")[:count].tolist())) / count


@dataclass(frozen=True, slots=True)
class Told:
    """What a model says of a pair, whose target pieces lie at `spans`.

    `worst` (3,) is the distribution of the worst severity, `badness` how bad the target is (0 to 1), `shares`
    (pieces, 3) are the distributions of the pieces and `planted` (pieces,) how likely each is wrong as made errors are.
    """

    worst: Floats
    badness: float
    spans: list[tuple[int, int]]
    shares: Floats
    planted: Floats


@torch.no_grad()
def judge(model: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[Told]:
    """What the model says of every pair, in their order."""
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]) + len(pairs[at][1]))
    names = model.config.label2id
    found: dict[int, Told] = {}
    for begin in range(0, len(order), 48):
        chunk = order[begin : begin + 48]
        encoded = encode_pairs(tokenizer, [pairs[at] for at in chunk])
        offsets = encoded.pop("offset_mapping").tolist()
        with torch.autocast(model.device.type, torch.bfloat16):
            logits = model(**{name: tensor.to(model.device) for name, tensor in encoded.items()}).logits
        logits = logits.float().cpu()
        shares = logits[..., : len(LABELS)].softmax(-1).numpy().astype(np.float64)
        odds = logits.sigmoid().numpy().astype(np.float64)
        for row, at in enumerate(chunk):
            target = [i for i, side in enumerate(encoded.sequence_ids(row)) if side == 1]
            found[at] = Told(
                shares[row, 0],
                float(odds[row, 0, names[BADNESS]]),
                [tuple(offsets[row][i]) for i in target],
                shares[row, target],
                odds[row, target, names[PLANTED]],
            )
    return [found[at] for at in range(len(pairs))]


def measure_dev(model: Any, tokenizer: Any, data: Path) -> dict[str, float]:
    """Spearman of five scores, word-level MCC, and the worst fifth found, on the dev pairs."""
    dev = read_dev(data)
    judged = judge(model, tokenizer, [(pair.source, pair.target) for pair in dev])
    mqm = np.array([pair.mqm for pair in dev])
    gold = np.array([tag for pair in dev for tag in word_tags(pair)])
    words, planted = [], []
    scores: dict[str, list[float]] = {name: [] for name in ("words", "pair", "badness", "planted")}
    for pair, told in zip(dev, judged, strict=True):
        words.append(over_tokens(pair.target, told.spans, told.shares[:, 1] + told.shares[:, 2]))
        planted.append(over_tokens(pair.target, told.spans, told.planted))
        heavy = over_tokens(pair.target, told.spans, told.shares[:, 1] + 5 * told.shares[:, 2])
        scores["words"].append(heavy.mean() if len(heavy) else 0.0)
        scores["pair"].append(told.worst[1] + 5 * told.worst[2])
        scores["badness"].append(told.badness)
        scores["planted"].append(planted[-1].mean() if len(heavy) else 0.0)
    values = {name: np.array(found) for name, found in scores.items()}
    values["all"] = np.sum([ranks(found) for found in values.values()], axis=0)
    coefficient, threshold = best_mcc(gold, np.concatenate(words))
    return (
        {f"spearman_{name}": round(spearman(-found, mqm), 4) for name, found in values.items()}
        | {f"worst_fifth_{name}": round(worst_fifth(mqm, values[name]), 4) for name in ("words", "badness", "all")}
        | {
            "mcc": round(coefficient, 4),
            "threshold": round(threshold, 4),
            "mcc_planted": round(best_mcc(gold, np.concatenate(planted))[0], 4),
        }
    )
