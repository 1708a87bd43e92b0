"""Finds ordinary words of English and German that texts of the other language do not have.

    python -m training.ordinary --data DATA --out mtaudit/checks

A lower-case word belongs to a list if enough sources have it, if no text that was written in the other language has it
(translations keep what they should not), and if hardly a translation of those sources keeps it. The check MT104 takes
such a word for one that was left untranslated.

The words are counted in the WMT news and general translation task data of 2021-2024 (github.com/wmt-conference).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mtaudit.text import words
from training.data import Pair, split_pairs

#: Fewest sources that have a word; short words are more often parts of names and abbreviations.
LEAST, LEAST_SHORT = 8, 20
SHORT, SHORTEST = 3, 3
#: Share of the translations in which a word may stand as it is: what slipped through.
KEPT = 0.007


def ordinary(pairs: Sequence[Pair], language: str) -> list[str]:
    """The ordinary words of `language` (`en` or `de`) that are no words of the other one, in order."""
    mine: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    theirs: set[str] = set()
    for pair in pairs:
        own, other = (pair.en, pair.de) if language == "en" else (pair.de, pair.en)
        here, there = _lower(own), _lower(other)
        mine.update(here)
        kept.update(here & there)
        if pair.original == other:
            theirs |= there
    return sorted(
        word
        for word, count in mine.items()
        if count >= (LEAST_SHORT if len(word) <= SHORT else LEAST) and word not in theirs and kept[word] <= KEPT * count
    )


def _lower(text: str) -> set[str]:
    return {
        word.text for word in words(text) if word.text.islower() and word.text.isalpha() and len(word.text) >= SHORTEST
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the parallel files")
    parser.add_argument("--out", type=Path, required=True, help="folder for ordinary.en-de.txt and ordinary.de-en.txt")
    options = parser.parse_args(arguments)
    pairs = split_pairs(options.data / "parallel.en-de.tsv.xz", translations=3).train
    for language, other in (("en", "de"), ("de", "en")):
        found = ordinary(pairs, language)
        path = options.out / f"ordinary.{language}-{other}.txt"
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
        print(path, len(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
