"""Measures how many words in another sense the profile `embedded` finds: *letters* that were written as *Buchstaben*.

    python -m benchmarks.senses --data DATA

DATA is a folder with `parallel.en-de.tsv.xz`. In translations by people and the strongest systems, of originals that
were held out of training, one word is exchanged for a translation of another sense of its source word
(`training.senses`, told by the training originals). The kind `wrong-sense` of `benchmarks.estimator` puts in words that
translate nothing in the source; these are in the dictionary under the right headword. Of 45 pairs made in the same way
some six are no clear error, by our reading. Found means that a finding overlaps the word, at the confidence at which
5 % of the untouched pairs are flagged, and at the default.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.estimator import FALSE_ALARMS, SEED, audited, by_pair, confidence_at, starts, strong_pairs
from benchmarks.results import record
from mtaudit.types import Audit, Side, Span
from training.data import split_pairs
from training.estimator_data import Example
from training.estimator_sources import LEXICON_PAIRS, told_senses
from training.lexicon import induce

#: Draws of a pair, so that one with a single exchanged word is among them.
DRAWS = 20


def exchanged(data: Path, pairs: Sequence[tuple[str, str]]) -> list[Example]:
    """Pairs with a single word in another sense; those in which no word has one are left out."""
    path = data / "parallel.en-de.tsv.xz"
    train = [(pair.en, pair.de) for pair in split_pairs(path, translations=3).train]
    lexicon = induce(random.Random(SEED).sample(train, LEXICON_PAIRS))
    senses, rng, found = told_senses(path, lexicon)["en"], random.Random(SEED), []
    for source, target in pairs:
        drawn = (senses.example(source, target, (), rng) for _ in range(DRAWS))
        found += [one for one in drawn if one is not None and len(one.raters[0]) == 1][:1]
    return found


def share_found(audit: Audit, examples: Sequence[Example], least: float) -> float:
    """Of the exchanged words, in percent, those on which a finding lies that is sure enough."""
    start, findings, found = starts(audit, Side.TARGET), by_pair(audit.findings), 0
    for at, one in enumerate(examples):
        (mark,) = one.raters[0]
        place = Span(mark.span.start + start[at], mark.span.end + start[at])
        found += any(
            finding.confidence >= least and finding.side is Side.TARGET and finding.span.overlaps(place)
            for finding in findings[at]
        )
    return round(100 * found / len(examples), 1)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(arguments)
    pairs = strong_pairs(options.data)
    least = confidence_at(audited(pairs, min_confidence=0.0), FALSE_ALARMS)
    examples = exchanged(options.data, pairs)
    audit = audited([(one.source, one.target) for one in examples], min_confidence=0.0)
    record(
        "senses",
        {
            "pairs": len(examples),
            "false_alarms_percent": 100 * FALSE_ALARMS,
            "found_percent": share_found(audit, examples, least),
            "found_at_default_percent": share_found(audit, examples, 0.5),
        },
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
