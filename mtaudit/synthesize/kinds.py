"""The kinds of errors that can be planted, by name."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from mtaudit.errors import ConfigError
from mtaudit.synthesize import single, wide
from mtaudit.synthesize.edits import Context, PlantedPair
from mtaudit.synthesize.single import Planter


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of planted error and how it is planted; `languages` are target languages (None: all)."""

    name: str
    planter: Planter
    languages: frozenset[str] | None = None

    @property
    def summary(self) -> str:
        """What the planted error is, in one line."""
        return (self.planter.__doc__ or "").split("\n", 1)[0]


_TABLED = frozenset({"en", "de"})

#: Every kind, in the order in which reports list them.
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("wrong-sense", single.wrong_sense),
        Kind("opposite", single.opposite, _TABLED),
        Kind("negation", single.negation, _TABLED),
        Kind("roles", single.roles),
        Kind("number", single.number),
        Kind("name", single.name),
        Kind("date", single.date),
        Kind("untranslated", single.untranslated),
        Kind("dropped-word", single.dropped_word),
        Kind("dropped-clause", wide.dropped_clause),
        Kind("dropped-sentence", wide.dropped_sentence),
        Kind("added", wide.added),
        Kind("spliced", wide.spliced),
        Kind("detached", wide.detached),
        Kind("copied", wide.copied),
        Kind("truncated", wide.truncated),
        Kind("run-together", wide.run_together),
        Kind("stray-stop", wide.stray_stop),
        Kind("loop", wide.loop),
        Kind("debris", wide.debris),
        Kind("inflection", single.inflection, _TABLED),
        Kind("word-order", single.word_order),
    )
}


def plant(kind: str, pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Plant one more error of a kind into a pair; None where the pair has no place for it.

    Raises:
        ConfigError: if there is no such kind.
    """
    if kind not in KINDS:
        raise ConfigError(f"kind '{kind}'", "no error of this kind can be planted", f"There are: {', '.join(KINDS)}")
    chosen = KINDS[kind]
    if chosen.languages is not None and context.languages[1] not in chosen.languages:
        return None
    planted = chosen.planter(pair, context, rng)
    return planted if planted is None or (planted.source, planted.target) != (pair.source, pair.target) else None
