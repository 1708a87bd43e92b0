"""Plants words without a counterpart into pairs: the self-made labels that train the token vectors."""

from __future__ import annotations

import random
from dataclasses import dataclass

from training.data import Pair

Bounds = tuple[int, int]
NOWHERE: Bounds = (0, 0)


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair in which one side has words that the other has not.

    `en_strange` and `de_strange` are words put in from another pair. Where words were taken out, `whole` is the pair
    before that, and `en_lost` or `de_lost` the place of the lost words in it. Bounds are half-open code points.
    """

    en: str
    de: str
    en_strange: Bounds = NOWHERE
    de_strange: Bounds = NOWHERE
    whole: Pair | None = None
    en_lost: Bounds = NOWHERE
    de_lost: Bounds = NOWHERE


def put_in(pair: Pair, other: Pair, rng: random.Random) -> Planted:
    """Put words of `other` into one side: a whole sentence before or after, or one to five words in the middle."""
    side = rng.choice(("en", "de"))
    text, strange = (pair.en, other.en) if side == "en" else (pair.de, other.de)
    if rng.random() < 0.4 and len(text) + len(strange) < 350:
        first = rng.random() < 0.5
        begin = 0 if first else len(text) + 1
        planted = f"{strange} {text}" if first else f"{text} {strange}"
    else:
        words, pool = text.split(), strange.split()
        count = min(len(pool), rng.randint(1, 5))
        start = rng.randint(0, len(pool) - count)
        strange = " ".join(pool[start : start + count])
        place = rng.randint(0, len(words))
        before = " ".join(words[:place])
        begin = len(before) + (1 if before else 0)
        planted = " ".join([*words[:place], strange, *words[place:]])
    bounds = (begin, begin + len(strange))
    if side == "en":
        return Planted(planted, pair.de, en_strange=bounds)
    return Planted(pair.en, planted, de_strange=bounds)


def take_out_words(words: list[str], count: int, rng: random.Random) -> str:
    """The text without `count` consecutive words, which neither begin nor end it."""
    place = rng.randint(1, len(words) - count - 1)
    return " ".join(words[:place] + words[place + count :])


def take_out(pair: Pair, rng: random.Random) -> Planted:
    """Take two to eight consecutive words out of one side; a side of fewer than six words is left alone."""
    side = rng.choice(("en", "de"))
    words = (pair.en if side == "en" else pair.de).split()
    if len(words) < 6:
        return Planted(pair.en, pair.de)
    count = rng.randint(2, min(8, len(words) - 3))
    place = rng.randint(0, len(words) - count)
    before, lost = " ".join(words[:place]), " ".join(words[place : place + count])
    begin = len(before) + (1 if before else 0)
    bounds, rest = (begin, begin + len(lost)), " ".join(words[:place] + words[place + count :])
    if side == "en":
        return Planted(rest, pair.de, whole=Pair(" ".join(words), pair.de, pair.original), en_lost=bounds)
    return Planted(pair.en, rest, whole=Pair(pair.en, " ".join(words), pair.original), de_lost=bounds)
