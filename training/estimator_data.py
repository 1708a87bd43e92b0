"""What the estimator learns from: human annotations and planted errors, as pairs with marks, and as tensors.

Human annotations: MQM annotations of newstest 2020 and 2021 and TED talks (github.com/google/wmt-mqm-human-evaluation,
Freitag et al. 2021), the WMT quality estimation task's spans, and the votes on critical errors of MLQE-PE
(github.com/sheffieldnlp/mlqe-pe).
"""

from __future__ import annotations

import json
import lzma
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import BatchEncoding

from mtaudit.synthesize import KINDS, Context, PlantedPair, plant
from mtaudit.types import Severity, Side, Span
from training.lexicon import Lexicon, Substitutes

OK, MINOR, MAJOR = 0, 1, 2
LABELS = ("OK", "MINOR", "MAJOR")
#: The output that says at position 0 how bad the target is.
BADNESS = "BADNESS"
#: The output that says of a piece, and at position 0 of the pair, whether it is wrong in the way of made errors. People
#: mark other words than were made wrong, and let pass what is surely wrong: one output for both learns neither well.
PLANTED = "PLANTED"
#: MQM weights of the labels (Freitag et al. 2021).
WEIGHTS = (0.0, 1.0, 5.0)
#: Penalty by word of a pair that counts as half bad: few pairs have more, and beyond it differences say little.
HALF_BAD = 0.1
#: From this difference in badness on one translation is worse than another of the same source.
CLEARLY = 0.1
#: Pairs with more pieces than this are left out of training.
MAX_TOKENS = 192


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that one rater marked; `label` None: nobody can say, the words teach nothing."""

    side: Side
    span: Span
    label: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """A pair with what each rater marked.

    `worst` is the share of raters who found nothing, at most minor, and major errors. `judged` names the sides on
    which what is not marked is right; a side that nobody judged teaches nothing. In `hidable` pairs words that nobody
    marked may be hidden. `made` says that its errors were made, not judged by people.
    """

    source: str
    target: str
    raters: tuple[tuple[Mark, ...], ...]
    worst: tuple[float, float, float] | None
    judged: frozenset[Side]
    hidable: bool = False
    made: bool = False

    @property
    def badness(self) -> float | None:
        """From 0 to 1 how bad the target is: p / (p + 0.1) for a mean penalty by word p; None where nobody counted.

        A pair in which nothing is marked on purpose may have errors of its own; it says nothing.
        """
        penalty = sum(WEIGHTS[mark.label or OK] for marks in self.raters for mark in marks if mark.side is Side.TARGET)
        if not self.raters or (penalty == 0 and Side.SOURCE in self.judged):
            return None
        by_word = penalty / len(self.raters) / max(1, len(self.target.split()))
        return by_word / (by_word + HALF_BAD)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _label(severity: str) -> int:
    return MAJOR if severity in ("major", "critical") else MINOR


def _marks(row: dict[str, Any]) -> tuple[Mark, ...]:
    """The marks of one row.

    Neutral ones are no errors. Punctuation weighs a tenth of a minor error in MQM (Freitag et al. 2021): its words
    teach nothing, rather than that they are wrong or right.
    """
    marks = []
    for error in row["errors"]:
        if error["severity"] == "neutral" or error.get("side", "target") is None:
            continue
        small = error.get("category") == "Fluency/Punctuation" and error["severity"] == "minor"
        span = Span(error["start"], max(error["end"], error["start"] + 1))
        marks.append(Mark(Side(error.get("side", "target")), span, None if small else _label(error["severity"])))
    return tuple(marks)


def annotated(data: Path) -> list[Example]:
    """Every annotated translation once, with all its raters."""
    groups: dict[tuple[str, str], list[tuple[Mark, ...]]] = defaultdict(list)
    for name in ("qe.mqm-categories.en-de.train.jsonl.xz", "qe.mqm-spans.en-de.train.jsonl.xz"):
        for row in _rows(data / name):
            groups[row["source"], row["target"]].append(_marks(row))
    return [
        Example(source, target, tuple(raters), worst_of(raters), frozenset({Side.TARGET}), hidable=True)
        for (source, target), raters in groups.items()
    ]


def by_source(examples: Sequence[Example]) -> dict[str, list[Example]]:
    """The translations of every source."""
    found: dict[str, list[Example]] = defaultdict(list)
    for one in examples:
        found[one.source].append(one)
    return dict(found)


def voted(data: Path) -> list[Example]:
    """Translations with votes on whether they have a critical error: they teach position 0 alone.

    Without votes for a critical error there may still be any other; then only half a pair's certainty is claimed.
    """
    found = []
    for row in _rows(data / "qe.critical-errors.en-de.train.jsonl.xz"):
        share = sum(row["votes"]) / len(row["votes"])
        found.append(
            Example(row["source"], row["target"], (), (0.5 * (1 - share), 0.3 * (1 - share), 0.2 + 0.8 * share)
                    if share else (0.5, 0.3, 0.2), frozenset())
        )  # fmt: skip
    return found


def generated(path: Path) -> list[Example]:
    """Read what `training.generated` wrote: source, target, marks as [start, end, label].

    Pairs in which nothing is surely wrong are left out. What the words of the source became is not judged: a wrong word
    is neither said nor left out.
    """
    found = []
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            marks = tuple(Mark(Side.TARGET, Span(start, end), told) for start, end, told in row["marks"])
            if any(mark.label is not None for mark in marks):
                found.append(
                    Example(
                        row["source"], row["target"], (marks,), worst_of([marks]), frozenset({Side.TARGET}), made=True
                    )
                )
    return found


def worst_of(raters: Sequence[Sequence[Mark]]) -> tuple[float, float, float]:
    """The share of raters whose worst mark is none, minor, major."""
    worst = [max((mark.label for mark in marks if mark.label is not None), default=OK) for marks in raters]
    return (worst.count(OK) / len(worst), worst.count(MINOR) / len(worst), worst.count(MAJOR) / len(worst))


#: How often each kind is tried, against 1. Errors of fluent systems are mostly wrong words; the wide kinds are easy.
SHARES = dict.fromkeys(KINDS, 1.0) | {
    "wrong-sense": 4.0, "opposite": 2.0, "negation": 2.0, "roles": 1.5, "number": 1.5, "name": 1.5, "date": 2.0,
    "dropped-word": 2.0, "added": 1.5, "detached": 0.7, "copied": 0.3, "debris": 0.3, "loop": 0.7,
}  # fmt: skip

#: The same for the dense stage: the kinds that turn on a single fluent word, which are learned slowest.
DENSE_SHARES = dict.fromkeys(KINDS, 0.3) | {
    "wrong-sense": 6.0, "opposite": 2.0, "negation": 1.5, "roles": 2.0, "number": 1.0, "name": 2.0, "date": 1.0,
    "untranslated": 2.0, "dropped-word": 4.0, "dropped-clause": 1.0, "added": 2.0, "spliced": 1.0, "inflection": 4.0,
    "word-order": 4.0, "detached": 0.1, "copied": 0.1, "debris": 0.1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planter:
    """Draws parallel pairs and plants errors into them.

    `pairs` are (English, German); the up to three translations of an original stand together. `english_first` is the
    share of pairs whose source is English. `counts` are the numbers of errors that are tried, `shares` how often each
    kind is.
    """

    pairs: Sequence[tuple[str, str]]
    lexicon: Lexicon
    near: dict[str, Substitutes]
    clean: float = 0.4
    english_first: float = 0.7
    counts: Sequence[int] = (1, 1, 1, 2, 3)
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)

    def dense(self) -> Planter:
        """The same with many errors in a pair: more words of every pair teach something."""
        return replace(self, clean=0.15, counts=(2, 3, 4, 5, 6), shares=DENSE_SHARES)

    def draw(self, rng: random.Random) -> Example:
        """One pair, with no error in `clean` of the cases, else with as many as `counts` says."""
        at = rng.randrange(4, len(self.pairs) - 4)
        forward = rng.random() < self.english_first
        context = self.context(at, forward, rng)
        pair = PlantedPair(*self._texts(at, forward))
        if rng.random() >= self.clean:
            for kind in rng.choices(list(self.shares), list(self.shares.values()), k=rng.choice(self.counts)):
                pair = plant(kind, pair, context, rng) or pair
        return example_of(pair)

    def context(self, at: int, forward: bool, rng: random.Random) -> Context:
        """What planting into the pair at `at` needs; the stranger is much like the pair in length."""
        languages = ("en", "de") if forward else ("de", "en")
        length = len(self.pairs[at][1])
        strangers = rng.sample(range(len(self.pairs)), 12)
        stranger = min(strangers, key=lambda other: abs(len(self.pairs[other][1]) - length))
        neighbour = at + rng.choice((-4, -3, 3, 4))  # not another translation of the same
        near = self.near[languages[1]]

        def align(source: str, target: str) -> frozenset[tuple[int, int]]:
            return self.lexicon.links(source, target, languages[0])

        def substitutes(word: str) -> Sequence[str]:
            return near(word, rng)

        return Context(languages, self._texts(neighbour, forward), self._texts(stranger, forward), align, substitutes)

    def _texts(self, at: int, forward: bool) -> tuple[str, str]:
        en, de = self.pairs[at]
        return (en, de) if forward else (de, en)


def example_of(pair: PlantedPair) -> Example:
    """A planted pair as an example with one rater who knows."""
    marks = [Mark(side, span, None) for side, span in pair.unclear]
    marks += [
        Mark(error.side, error.span, MINOR if error.severity is Severity.MINOR else MAJOR) for error in pair.errors
    ]
    return Example(
        pair.source, pair.target, (tuple(marks),), worst_of([marks]), frozenset(Side), hidable=True, made=True
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded pairs with their labels.

    `rivals` (rivalries, 2) are the rows of two translations of one source that people judged, the worse one first.
    `labels` (pairs, pieces, 3) are shares of raters; position 0 is the pair's worst severity. `known` (pairs, pieces)
    says where they count. `fixed` says which pieces must not be hidden. `badness` (pairs,) is nan where nobody knows.
    `made` (pairs,) says whose errors were made, `targets` (pairs, pieces) which pieces are of the target.
    """

    encoded: BatchEncoding
    labels: Tensor
    known: Tensor
    fixed: list[list[bool]]
    badness: Tensor
    rivals: Tensor
    made: Tensor
    targets: Tensor


def encode_pairs(tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> BatchEncoding:
    """Source and target of every pair as `<s> source </s> target </s>`, with offsets."""
    encoded: BatchEncoding = tokenizer(
        [source for source, _ in pairs],
        [target for _, target in pairs],
        padding=True,
        truncation=False,
        return_tensors="pt",
        return_offsets_mapping=True,
        return_token_type_ids=True,
    )
    return encoded


def encode_examples(tokenizer: Any, examples: Sequence[Example]) -> Batch:
    """Encode examples and lay their labels over the pieces.

    A piece counts if a rater is sure of it, and its side was judged or he marked it; of the marks on a piece the worst
    one counts, a doubtful one only where there is no other.
    """
    encoded = encode_pairs(tokenizer, [(one.source, one.target) for one in examples])
    shape = encoded["input_ids"].shape
    labels = np.zeros((*shape, len(LABELS)), dtype=np.float32)
    targets = np.zeros(shape, dtype=bool)
    known, fixed = np.zeros(shape, dtype=bool), np.ones(shape, dtype=bool)
    offsets = encoded["offset_mapping"].numpy()
    for row, one in enumerate(examples):
        sides = np.array([-1 if number is None else number for number in encoded.sequence_ids(row)])
        starts, ends = offsets[row, :, 0], offsets[row, :, 1]
        targets[row] = sides == _NUMBER[Side.TARGET]
        untouched = sides >= 0
        for marks in one.raters:
            told, doubtful = np.zeros(shape[1], dtype=np.int64), np.zeros(shape[1], dtype=bool)
            for mark in marks:
                inside = (sides == _NUMBER[mark.side]) & (starts < mark.span.end) & (ends > mark.span.start)
                if mark.label is None:
                    doubtful |= inside
                else:
                    told[inside] = np.maximum(told[inside], mark.label)
                untouched &= ~inside
            places = np.flatnonzero((sides >= 0) & ((told > OK) | ~doubtful))
            labels[row, places, told[places]] += 1
        votes = labels[row].sum(-1)
        judged = np.isin(sides, [_NUMBER[side] for side in one.judged]) | (labels[row, :, MINOR:].sum(-1) > 0)
        known[row] = judged & (votes > 0)
        labels[row] /= np.maximum(votes, 1)[:, None]
        if one.hidable:
            fixed[row] = ~untouched
        if one.worst is not None:
            labels[row, 0], known[row, 0] = one.worst, True
    badness = torch.tensor([math.nan if one.badness is None else one.badness for one in examples])
    rivals = torch.tensor(_rivals(examples), dtype=torch.long).reshape(-1, 2)
    made = torch.tensor([one.made for one in examples])
    return Batch(
        encoded,
        torch.from_numpy(labels),
        torch.from_numpy(known),
        fixed.tolist(),
        badness,
        rivals,
        made,
        torch.from_numpy(targets),
    )


def _rivals(examples: Sequence[Example]) -> list[tuple[int, int]]:
    """Neighbours that translate one source, where one is clearly worse than the other."""
    found = []
    for at, (one, two) in enumerate(pairwise(examples)):
        if one.source == two.source and one.badness is not None and two.badness is not None:
            if one.badness - two.badness > CLEARLY:
                found.append((at, at + 1))
            elif two.badness - one.badness > CLEARLY:
                found.append((at + 1, at))
    return found


_NUMBER = {Side.SOURCE: 0, Side.TARGET: 1}


def batches(
    draw: Callable[[random.Random], Sequence[Example]],
    tokenizer: Any,
    rng: random.Random,
    pieces: int = 2_900,
    stretch: int = 1_600,
) -> Iterator[list[Example]]:
    """Yield batches of up to `pieces` pieces, padding included, without end.

    Pairs of like length stand together within a stretch, so that little is padding; what `draw` gives at once stands
    together always, and is left out together where one of it has more than `MAX_TOKENS` pieces.
    """
    while True:
        drawn = [draw(rng) for _ in range(stretch)]
        flat = [one for group in drawn for one in group]
        rows = iter(tokenizer([one.source for one in flat], [one.target for one in flat])["input_ids"])
        sizes = [max(len(next(rows)) for _ in group) for group in drawn]
        ready: list[list[Example]] = [[]]
        for size, at in sorted(zip(sizes, range(stretch), strict=True)):
            if size > MAX_TOKENS:
                continue
            if ready[-1] and size * (len(ready[-1]) + len(drawn[at])) > pieces:
                ready.append([])
            ready[-1] += drawn[at]
        rng.shuffle(ready)
        yield from (batch for batch in ready if batch)
