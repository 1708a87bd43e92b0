"""Measures the sentence aligner: bead F1 on artificial documents and on the Text+Berg gold alignment.

    python -m benchmarks.alignment --data FOLDER [--seed N] [--documents N] [--pairs N]

An artificial document is a run of parallel pairs that the embedder's training held out, to which things are done that
happen to real translations, so that the gold beads are known: neighbours merged into one sentence on either side,
sentence bounds moved (2-2), passages missing on either side, foreign sentences and button texts inserted, the whole
translation doubled, button texts at the end, paragraphs lost, targets garbled (half of their words from elsewhere,
often cut short; the pair stays), a missing sentence with a foreign one in its place.

Scores as in Vecalign's score.py (Thompson & Koehn 2019): precision and recall over beads that are no gaps; `strict`
counts a bead that is the same on both sides, `lax` one that overlaps a gold bead on both sides. `gaps` is the F1 of
segments left without a partner: what the rules for missing and extra sentences rest on.
"""

from __future__ import annotations

import argparse
import ast
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.results import record
from mtaudit import modelfile
from mtaudit.models.base import Embedder
from mtaudit.models.embedder import SentenceTransformerEmbedder
from mtaudit.segment import align
from mtaudit.types import Bitext, Document, OffsetMap, Segment, SegmentPair, Span
from training.data import split_pairs

Bead = tuple[tuple[int, ...], tuple[int, ...]]
Pair = tuple[str, str]
BUTTONS = (
    *("Share", "Like", "Reply", "Read more", "Newsletter", "12 comments", "Save", "Print"),
    *("Anzeige", "Lesen Sie auch", "Foto: Agentur", "Mehr zum Thema", "Zum Hauptinhalt springen"),
)
PARAGRAPH_ODDS = 0.35


@dataclass(frozen=True, slots=True)
class Case:
    """A bitext to align, its segments, and the gold beads."""

    bitext: Bitext
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    gold: frozenset[Bead]


@dataclass(slots=True)
class Draft:
    """A document under construction: (text, begins a paragraph) for each side, and the gold beads so far."""

    source: list[tuple[str, bool]] = field(default_factory=list)
    target: list[tuple[str, bool]] = field(default_factory=list)
    gold: list[Bead] = field(default_factory=list)

    def add(self, source: Iterable[str], target: Iterable[str], paragraph: bool) -> None:
        """Append one bead."""
        ours, theirs = list(source), list(target)
        self.gold.append(
            (
                tuple(range(len(self.source), len(self.source) + len(ours))),
                tuple(range(len(self.target), len(self.target) + len(theirs))),
            )
        )
        self.source += [(text, paragraph and not number) for number, text in enumerate(ours)]
        self.target += [(text, paragraph and not number) for number, text in enumerate(theirs)]


def fuse(texts: Sequence[str]) -> str:
    """One sentence of several, as a translator joins them."""
    return ", ".join([*(text.rstrip(" .!?") for text in texts[:-1]), texts[-1]])


def garble(text: str, other: str, rng: random.Random) -> str:
    """Half of the words replaced by words of another sentence, and in half of all cases the end cut off."""
    words, foreign = text.split(), other.split()
    for place in rng.sample(range(len(words)), len(words) // 2):
        words[place] = rng.choice(foreign)
    return " ".join(words[: max(1, 2 * len(words) // 3)] if rng.random() < 0.5 else words)


@dataclass(frozen=True, slots=True)
class Supply:
    """Where a draft takes its sentences from: pairs to be used in order (the last first), and unrelated ones."""

    pairs: list[Pair]
    foreign: Sequence[Pair]
    rng: random.Random

    def take(self) -> Pair:
        """The next pair."""
        return self.pairs.pop()

    def elsewhere(self) -> str:
        """A target sentence of another document."""
        return self.rng.choice(self.foreign)[1]

    def debris(self) -> str:
        """A text that belongs nowhere in the document: a sentence or a button."""
        return self.elsewhere() if self.rng.random() < 0.5 else self.rng.choice(BUTTONS)


Event = Callable[[Draft, Supply, bool], None]


def kept(draft: Draft, supply: Supply, paragraph: bool) -> None:
    source, target = supply.take()
    draft.add([source], [target], paragraph)


def merged(draft: Draft, supply: Supply, paragraph: bool) -> None:
    kind = supply.rng.choice(("2-1", "1-2", "2-1", "1-2", "3-1", "1-3", "2-2"))
    pairs = [supply.take() for _ in range(3 if "3" in kind else 2)]
    ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if kind == "2-2":
        words = theirs[1].split()
        middle = len(words) // 2
        theirs = [fuse([theirs[0], " ".join(words[:middle])]) + ".", " ".join(words[middle:])]
    elif kind.endswith("-1"):
        theirs = [fuse(theirs)]
    else:
        ours = [fuse(ours)]
    draft.add(ours, theirs, paragraph)


def missing(draft: Draft, supply: Supply, paragraph: bool) -> None:
    for number in range(supply.rng.choice((1, 1, 2, 5))):
        draft.add([supply.take()[0]], [], paragraph and not number)


def extra(draft: Draft, supply: Supply, paragraph: bool) -> None:
    for number in range(supply.rng.choice((1, 1, 2, 5))):
        draft.add([], [supply.take()[1]], paragraph and not number)


def inserted(draft: Draft, supply: Supply, paragraph: bool) -> None:
    for number in range(supply.rng.choice((1, 2, 3))):
        draft.add([], [supply.debris()], paragraph and not number)


def replaced(draft: Draft, supply: Supply, paragraph: bool) -> None:
    draft.add([supply.take()[0]], [], paragraph)
    draft.add([], [supply.debris()], paragraph)


def garbled(draft: Draft, supply: Supply, paragraph: bool) -> None:
    source, target = supply.take()
    draft.add([source], [garble(target, supply.elsewhere(), supply.rng)], paragraph)


EVENTS: tuple[tuple[Event, float], ...] = (
    (kept, 0.70),
    (merged, 0.12),
    (missing, 0.04),
    (extra, 0.02),
    (inserted, 0.04),
    (replaced, 0.04),
    (garbled, 0.04),
)


def artificial(pairs: Sequence[Pair], foreign: Sequence[Pair], rng: random.Random, languages: Pair) -> Case:
    """A document of about `len(pairs)` pairs with known beads."""
    supply, draft = Supply(list(reversed(pairs)), foreign, rng), Draft()
    events, odds = zip(*EVENTS, strict=True)
    while len(supply.pairs) > 6:
        paragraph = rng.random() < PARAGRAPH_ODDS or not draft.gold
        rng.choices(events, odds)[0](draft, supply, paragraph)
    if rng.random() < 0.3:
        for text, paragraph in list(draft.target):
            draft.add([], [text], paragraph)
    if rng.random() < 0.3:
        for text in rng.sample(BUTTONS, 5):
            draft.add([], [text], True)
    if rng.random() < 0.4:  # the translation was pasted without its paragraphs
        draft.target = [(text, False) for text, _ in draft.target]
    sides = [written(part, language) for part, language in zip((draft.source, draft.target), languages, strict=True)]
    (source_document, ours), (target_document, theirs) = sides
    return Case(Bitext(source_document, target_document), ours, theirs, frozenset(draft.gold))


def written(parts: Sequence[tuple[str, bool]], language: str) -> tuple[Document, tuple[Segment, ...]]:
    """A document of these segments, (text, begins a paragraph)."""
    text = ""
    segments: list[Segment] = []
    for part, paragraph in parts:
        if text:
            text += "\n\n" if paragraph else " "
        segments.append(Segment(len(segments), Span(len(text), len(text) + len(part)), part))
        text += part
    return Document("<artificial>", language, text, OffsetMap.identity(text)), tuple(segments)


def read_pairs(path: Path, count: int, rng: random.Random) -> list[Pair]:
    """Pairs that the training of the embedder held out, in random order."""
    pairs = [(pair.en, pair.de) for pair in split_pairs(path).test]
    if len(pairs) < count:
        raise SystemExit(f"{path}: {count} pairs are wanted, but only {len(pairs)} are held out; ask for less")
    return rng.sample(pairs, count)


def textberg(folder: Path) -> Case:
    """The Text+Berg document with its gold beads; one sentence a line, blanks before punctuation."""
    sides = []
    for language in ("de", "fr"):
        lines = (folder / f"dev.{language}").read_text(encoding="utf-8").splitlines()
        sides.append(written([(line.strip() or "-", False) for line in lines], language))
    gold = set()
    for line in (folder / "dev.defr").read_text(encoding="utf-8").splitlines():
        ours, theirs = line.split(":")
        gold.add((tuple(ast.literal_eval(ours)), tuple(ast.literal_eval(theirs))))
    (source, ours_segments), (target, theirs_segments) = sides
    return Case(Bitext(source, target), ours_segments, theirs_segments, frozenset(gold))


def beads(pairs: Iterable[SegmentPair]) -> frozenset[Bead]:
    """The beads of an alignment as segment numbers."""
    return frozenset((tuple(s.index for s in p.source), tuple(s.index for s in p.target)) for p in pairs)


@dataclass(slots=True)
class Tally:
    """Counts over documents: for each score (hits among found, found, hits among gold, gold)."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {k: [0] * 4 for k in ("strict", "lax", "gaps")})
    segments: int = 0
    seconds: float = 0.0

    def add(self, found: frozenset[Bead], gold: frozenset[Bead]) -> None:
        """Count one document."""
        ours, theirs = ({bead for bead in some if all(bead)} for some in (found, gold))
        self._count("strict", len(ours & theirs), len(ours), len(ours & theirs), len(theirs))
        self._count("lax", overlapping(ours, theirs), len(ours), overlapping(theirs, ours), len(theirs))
        alone, gold_alone = gaps(found), gaps(gold)
        both = len(alone & gold_alone)
        self._count("gaps", both, len(alone), both, len(gold_alone))

    def _count(self, name: str, *numbers: int) -> None:
        self.counts[name] = [old + new for old, new in zip(self.counts[name], numbers, strict=True)]

    def result(self) -> dict[str, float]:
        """F1 of each score, and segments a second."""
        scores = {}
        for name, (right, found, recalled, gold) in self.counts.items():
            precision, recall = right / max(found, 1), recalled / max(gold, 1)
            scores[name] = round(2 * precision * recall / max(precision + recall, 1e-9), 4)
        scores["segments_per_second"] = round(self.segments / max(self.seconds, 1e-9), 1)
        return scores


def overlapping(these: set[Bead], those: set[Bead]) -> int:
    """How many of `these` share a segment with one of `those` on both sides."""
    links = {(i, j) for source, target in those for i in source for j in target}
    return sum(any((i, j) in links for i in source for j in target) for source, target in these)


def gaps(some: Iterable[Bead]) -> set[tuple[str, int]]:
    """Segments without a partner, as (side, number)."""
    alone = {("source", i) for source, target in some if not target for i in source}
    return alone | {("target", j) for source, target in some if not source for j in target}


def measure(cases: Iterable[Case], embedder: Embedder | None) -> dict[str, float]:
    """Align all cases and score them."""
    tally = Tally()
    for case in cases:
        begin = time.perf_counter()
        pairs = align(case.bitext, case.source, case.target, embedder)
        tally.seconds += time.perf_counter() - begin
        tally.segments += len(case.source) + len(case.target)
        tally.add(beads(pairs), case.gold)
    return tally.result()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the sentence aligner.")
    parser.add_argument("--data", type=Path, required=True, help="folder with parallel.en-de.tsv.xz and textberg/")
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--documents", type=int, default=20, help="artificial documents")
    parser.add_argument("--pairs", type=int, default=50, help="pairs of an artificial document")
    arguments = parser.parse_args()
    spec = modelfile.load().profile("embedded").model("embedder")
    if spec is None:
        raise SystemExit("the profile 'embedded' has no embedder")
    rng = random.Random(arguments.seed)
    size, count = arguments.pairs, arguments.documents
    pairs = read_pairs(arguments.data / "parallel.en-de.tsv.xz", size * (count + 4), rng)
    foreign, rest = pairs[: 4 * size], pairs[4 * size :]
    cases = [artificial(rest[n * size : (n + 1) * size], foreign, rng, ("en", "de")) for n in range(len(rest) // size)]
    figures = {
        "seed": arguments.seed,
        "documents": len(cases),
        "artificial en-de": {
            "embedding": measure(cases, SentenceTransformerEmbedder(spec)),
            "length": measure(cases, None),
        },
        "textberg de-fr": {"length": measure([textberg(arguments.data / "textberg")], None)},
    }
    record("alignment", figures)


if __name__ == "__main__":
    main()
