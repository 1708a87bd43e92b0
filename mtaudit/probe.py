"""Plants known errors into a user's own good pairs and counts what the audit finds: the user's own measure of trust."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from mtaudit import pipeline
from mtaudit.config import Config
from mtaudit.errors import EmptyError
from mtaudit.loading import load
from mtaudit.models.base import Embedder
from mtaudit.readers.pairs import bitext_of
from mtaudit.scorers.embedding import word_links
from mtaudit.synthesize import KINDS, Context, PlantedPair, plant
from mtaudit.synthesize.edits import Links, word_list
from mtaudit.synthesize.single import similar_shape
from mtaudit.text import base_language
from mtaudit.types import Audit, Bitext, Finding, Side

#: Pairs into which errors are planted have so many target words at least: shorter ones have no place for most kinds.
LEAST_WORDS = 4
#: How many pairs are tried for a kind before it is given up that the document has places for more.
_TRIES = 12


@dataclass(frozen=True, slots=True)
class KindResult:
    """Of one kind of error: how many were planted, found in the right place, and anywhere in the pair.

    `rules` counts the rules whose findings lie in the right place.
    """

    kind: str
    summary: str
    planted: int
    found: int
    flagged: int
    rules: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """Of one rule: findings in the right place, findings elsewhere in planted pairs, and in untouched pairs."""

    rule: str
    right: int
    elsewhere: int
    untouched: int


@dataclass(frozen=True, slots=True)
class Probe:
    """What came out. `pairs` were used; `alarms` of them are flagged as they are: false alarms, or errors of yours."""

    pairs: int
    alarms: int
    kinds: tuple[KindResult, ...]
    rules: tuple[RuleResult, ...]
    seed: int
    profile: str


def probe(
    bitext: Bitext,
    *,
    profile: str | None = None,
    kinds: Sequence[str] = (),
    per_kind: int = 50,
    seed: int = 13,
    config: Config | None = None,
    notify: pipeline.Notify | None = None,
) -> Probe:
    """Plant up to `per_kind` errors of every kind (or of `kinds`), one a pair, and audit each pair so changed.

    Args:
        bitext: An aligned bitext with a source; its 1-1 pairs are used.
        profile: A name from `models.yaml`; None: its default.
        kinds: Names from `mtaudit.synthesize.KINDS`; none: all of them.
        per_kind: How many errors of each kind are planted at most.
        seed: The same seed plants the same errors.
        config: Which rules count, and how sure they must be.
        notify: Called with what is going on, how many kinds are done and how many there are.

    Raises:
        EmptyError: if fewer than three pairs are fit for planting.
        MtauditError: as `mtaudit.audit`.
    """
    pairs = _usable(bitext)
    if len(pairs) < 3:
        cause = f"{len(pairs)} sentence pairs are fit for planting errors"
        raise EmptyError(bitext.target.path, cause, f"Give at least three 1-1 pairs of {LEAST_WORDS} words and more")
    assert bitext.source is not None  # noqa: S101  # pairs with both sides have a source
    languages = base_language(bitext.source.language), base_language(bitext.target.language)

    def audited(texts: Sequence[tuple[str, str]]) -> Audit:
        return pipeline.audit_bitext(bitext_of(texts, languages), profile=profile, config=config)

    untouched = audited(pairs)
    planter = Planter(pairs, languages, load(bitext, profile, config=config).embedder)
    results, right, elsewhere = [], Counter[str](), Counter[str]()
    for place, kind in enumerate(kinds or KINDS):
        if notify:
            notify("kinds of errors", place, len(kinds or KINDS))
        rng = random.Random(f"{seed} {kind}")  # noqa: S311  # chance that can be repeated, no secret
        planted = list(planter.plant(kind, per_kind, rng))
        audit = audited([(pair.source, pair.target) for pair in planted]) if planted else None
        counted = [_hits(audit, at, pair) for at, pair in enumerate(planted)] if audit else []
        rules = Counter(finding.rule for hits, _ in counted for finding in hits)
        right += rules
        elsewhere += Counter(finding.rule for _, others in counted for finding in others)
        found, flagged = sum(bool(h) for h, _ in counted), sum(bool(h or o) for h, o in counted)
        results.append(KindResult(kind, KINDS[kind].summary, len(planted), found, flagged, dict(rules.most_common())))
    alarms = Counter(finding.rule for finding in untouched.findings)
    names = sorted({*right, *elsewhere, *alarms})
    return Probe(
        len(pairs),
        len(untouched.suspects),
        tuple(results),
        tuple(RuleResult(name, right[name], elsewhere[name], alarms[name]) for name in names),
        seed,
        untouched.signature.profile,
    )


def _usable(bitext: Bitext) -> list[tuple[str, str]]:
    """The texts of the 1-1 pairs that have enough words, each once."""
    texts = [
        (bitext.text(pair, Side.SOURCE) or "", bitext.text(pair, Side.TARGET) or "")
        for pair in bitext.pairs or ()
        if pair.alignment == "1-1"
    ]
    return [pair for pair in dict.fromkeys(texts) if len(word_list(pair[1])) >= LEAST_WORDS]


def _hits(audit: Audit, at: int, pair: PlantedPair) -> tuple[list[Finding], list[Finding]]:
    """The findings of a pair that lie on words of the planted error, and those that lie elsewhere."""
    bead = next(suspect for suspect in audit.ranking if suspect.pair.index == at)
    right: list[Finding] = []
    others: list[Finding] = []
    for finding in bead.findings:
        place = bead.pair.span(finding.side)
        start = place.start if place else 0
        hit = any(
            error.side is finding.side and error.span.shift(start).overlaps(finding.span) for error in pair.errors
        )
        (right if hit else others).append(finding)
    return right, others


class Planter:
    """Plants one error a pair, with what the user's own pairs give: neighbours, strangers, words of like shape."""

    def __init__(self, pairs: Sequence[tuple[str, str]], languages: tuple[str, str], embedder: Embedder | None) -> None:
        self._pairs = pairs
        self._languages = languages
        self._align = _aligner(embedder)
        self._words = sorted({word.text for _, target in pairs for word in word_list(target) if word.text.isalpha()})

    def plant(self, kind: str, count: int, rng: random.Random) -> Iterator[PlantedPair]:
        """Yield up to `count` pairs with an error of a kind; every pair is used once before one is used again."""
        made = 0
        order = list(range(len(self._pairs)))
        seen: set[tuple[str, str]] = set()
        for _ in range(_TRIES):
            rng.shuffle(order)
            for at in order:
                if made == count:
                    return
                pair = plant(kind, PlantedPair(*self._pairs[at]), self._context(at, rng), rng)
                if pair is not None and (pair.source, pair.target) not in seen:
                    seen.add((pair.source, pair.target))
                    made += 1
                    yield pair

    def _context(self, at: int, rng: random.Random) -> Context:
        neighbour = self._pairs[at + 1 if at + 1 < len(self._pairs) else at - 1]
        others = [other for other in range(len(self._pairs)) if other != at]
        length = len(self._pairs[at][1])
        some = rng.sample(others, min(12, len(others)))
        stranger = self._pairs[min(some, key=lambda other: abs(len(self._pairs[other][1]) - length))]
        return Context(self._languages, neighbour, stranger, self._align, lambda word: similar_shape(word, self._words))


def _aligner(embedder: Embedder | None) -> Callable[[str, str], Links]:
    """Word links from token vectors; none without an embedder, and the kinds that need links have no place then."""
    if embedder is None:
        return lambda _source, _target: frozenset()

    @cache
    def align(source: str, target: str) -> Links:
        return word_links(source, target, embedder)

    return align
