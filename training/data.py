"""Reads the parallel data and parts it into training, development and test pairs.

The data are the WMT news and general translation task sets of 2021 to 2024 with the systems' translations
(github.com/wmt-conference), one xz-compressed TSV a language pair: columns SOURCE-LANGUAGE, TARGET-LANGUAGE,
direction, year, system.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """One English-German pair; `original` is the side that a person wrote."""

    en: str
    de: str
    original: str


@dataclass(frozen=True, slots=True)
class Split:
    """Pairs for training, for watching the training, and for the figure that is reported."""

    train: tuple[Pair, ...]
    dev: tuple[Pair, ...]
    test: tuple[Pair, ...]


def read_parallel(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a `parallel.en-de.tsv.xz`, in file order."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            original = row["en"] if row["direction"] == "en-de" else row["de"]
            yield Pair(row["en"], row["de"], original)


def _bucket(text: str) -> int:
    """A stable number from 0 to 9,999 for a text, so that a split does not depend on file order."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % 10_000


def split_pairs(path: Path, *, dev: int = 1_000, test: int = 1_500, translations: int = 2) -> Split:
    """Hold out pairs by their original, so that no sentence of a held-out pair is trained on.

    Held-out sides are 20 to 400 characters long and differ from every other held-out side, since retrieval
    among near-duplicates ("Thank you.") measures the data and not the model. Of the rest at most `translations`
    translations of an original are kept.
    """
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in read_parallel(path):
        groups[pair.original].append(pair)
    held: list[Pair] = []
    seen: set[str] = set()
    for original in sorted(groups, key=lambda text: (_bucket(text), text)):
        pair = groups[original][0]
        fits = all(20 <= len(side) <= 400 for side in (pair.en, pair.de)) and pair.en != pair.de
        if fits and pair.en not in seen and pair.de not in seen:
            held.append(pair)
            seen.update((pair.en, pair.de))
        if len(held) == dev + test:
            break
    originals = {pair.original for pair in held}
    train = [
        pair
        for original, group in groups.items()
        if original not in originals
        for pair in group[:translations]
        if pair.en not in seen and pair.de not in seen
    ]
    return Split(tuple(train), tuple(held[test:]), tuple(held[:test]))
