"""Finds, without a glossary, terms of the source that several pairs translate alike and a few otherwise.

A term shows itself by its translation: two or three source words that stand together, and one target word that stands
where they stand and hardly anywhere else. Pairs that have the source words and not that target word are looked at; a
finding needs another target word (or the source words themselves) that is surely the term's translation there:

* it shares a part with the usual translation ("Klimaveränderung" beside "Klimawandel"), or
* it is the only word that stands in these two or more pairs alone, and no other source word explains it, or
* the source words stand in the target as they are.

A pronoun, a paraphrase or a word left out is none of these, so that nothing is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.langid import without_verbatim
from mtaudit.morphology import stem
from mtaudit.text import Word, fold, is_unspaced, words
from mtaudit.types import Span

#: Pairs that must have the usual translation, and pairs that must have the term.
_USUAL, _ALL = 3, 4
#: Share of the pairs with a target word that must have the source words, for it to be their translation.
_PRECISION = 0.75
#: The usual translation stands in at least this share of the pairs that have the term.
_DOMINANT = 0.6
#: Pairs that must have a translation that shares nothing with the usual one.
_UNRELATED = 2
#: Dice coefficient from which a source word explains the target word that stands in the same pairs.
_EXPLAINS = 0.6
#: Letters of a target word that may be a term's translation, and of a part that two such words share.
_LETTERS, _PART = 7, 4
#: Words of a term. Longer ones repeat what shorter ones say.
_WORDS = (2, 3)


@dataclass(frozen=True, slots=True)
class Pair:
    """The texts of one pair, wherever it stands."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A term that pair number `pair` translates as the words at `span` of its target, against `count` others.

    `term` is the term as that pair has it, `usual` what the others have, `used` what stands here.
    """

    pair: int
    span: Span
    term: str
    usual: str
    used: str
    count: int
    others: int
    verbatim: bool


@dataclass(slots=True)
class _Side:
    """One side of all pairs: the words of each, and the pairs of each word's stem."""

    language: str
    texts: Sequence[str]
    words: list[list[Word]] = field(default_factory=list)
    keys: list[list[str]] = field(default_factory=list)
    pairs: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for number, text in enumerate(self.texts):
            found = list(words(text))
            keys = [stem(word.text.replace("-", "").replace("‑", ""), self.language) for word in found]
            self.words.append(found)
            self.keys.append(keys)
            for key in keys:
                self.pairs[key].add(number)

    def is_small(self, word: Word) -> bool:
        """Whether it is a function word, or no word at all."""
        text = word.text.casefold()
        return text in FUNCTION_WORDS.get(self.language, frozenset()) or not text[0].isalpha() or len(text) < 3


def variants(pairs: Sequence[Pair], languages: tuple[str, str]) -> Iterator[Variant]:
    """Yield the odd translations of terms, as this module describes; none for languages without blanks."""
    if len(pairs) < _ALL or any(map(is_unspaced, languages)):
        return
    source = _Side(languages[0], [pair.source for pair in pairs])
    target = _Side(languages[1], [pair.target for pair in pairs])
    told: set[tuple[int, Span]] = set()
    for places in _repeated(source).values():
        there = {number for number, _, _ in places}
        usual = _usual(there, target)
        if usual is None or _is_name(places, usual, source, target) or _better(places, usual, source, target):
            continue
        for variant in _odd(places, usual, source, target):
            if (variant.pair, variant.span) not in told:
                told.add((variant.pair, variant.span))
                yield variant


def _repeated(source: _Side) -> Mapping[tuple[str, ...], list[tuple[int, int, int]]]:
    """Runs of content words that enough pairs have: their pair, first word and length."""
    found: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for number, (row, keys) in enumerate(zip(source.words, source.keys, strict=True)):
        text = source.texts[number]
        small = [source.is_small(word) for word in row]
        for size in _WORDS:
            for at in range(len(row) - size + 1):
                if any(small[at : at + size]) or text[row[at].start : row[at + size - 1].end].count(" ") != size - 1:
                    continue
                # Few words stand so often; the others need not be looked at.
                if min(len(source.pairs[key]) for key in keys[at : at + size]) >= _ALL:
                    found[tuple(keys[at : at + size])].append((number, at, size))
    return {run: places for run, places in found.items() if len({number for number, _, _ in places}) >= _ALL}


def _usual(there: set[int], target: _Side) -> str | None:
    """The stem of the target word that translates a term in most of its pairs."""
    counts: dict[str, int] = defaultdict(int)
    for number in there:
        row = zip(target.words[number], target.keys[number], strict=True)
        for key in {key for word, key in row if _noun(word, target.language)}:
            counts[key] += 1
    enough = [
        key
        for key, count in counts.items()
        if count >= max(_USUAL, _DOMINANT * len(there))
        and count < len(there)
        and count >= _PRECISION * len(target.pairs[key])
    ]
    return max(enough, key=lambda key: (counts[key], len(key), key), default=None)


def _noun(word: Word, language: str) -> bool:
    """Whether a word may be the translation of a term: long enough, and in German with a capital."""
    return len(word.text) >= _LETTERS and (word.text[0].isupper() if language == "de" else word.text[0].isalpha())


def _quote(place: tuple[int, int, int], source: _Side) -> str:
    number, at, size = place
    row = source.words[number]
    return source.texts[number][row[at].start : row[at + size - 1].end]


def _is_name(places: Sequence[tuple[int, int, int]], usual: str, source: _Side, target: _Side) -> bool:
    """Whether the source words stay as they are where the usual translation stands, which then is none."""
    return any(place[0] in target.pairs[usual] and _quote(place, source) in target.texts[place[0]] for place in places)


def _better(places: Sequence[tuple[int, int, int]], usual: str, source: _Side, target: _Side) -> bool:
    """Whether another word of the source goes with the usual translation as closely as the term does."""
    there = {number for number, _, _ in places}
    number, at, size = places[0]
    own = set(source.keys[number][at : at + size])
    close = _dice(there, target.pairs[usual])
    others = {
        key
        for number in there & target.pairs[usual]
        for word, key in zip(source.words[number], source.keys[number], strict=True)
        if key not in own and not source.is_small(word)
    }
    return any(_dice(source.pairs[key], target.pairs[usual]) >= close for key in others)


def _dice(one: set[int], two: set[int]) -> float:
    """How much two sets of pairs have in common, from 0 to 1 (Dice 1945)."""
    return 2 * len(one & two) / (len(one) + len(two))


def _odd(places: Sequence[tuple[int, int, int]], usual: str, source: _Side, target: _Side) -> Iterator[Variant]:
    there = {number for number, _, _ in places}
    same = there & target.pairs[usual]
    rest = [place for place in places if place[0] not in same and not _holds(usual, target, place[0])]
    clear = [place for place in rest if _alone(place, source)]
    found: dict[str, list[tuple[tuple[int, int, int], Word]]] = defaultdict(list)
    for place in clear:
        odd = _copy(place, source, target) or _related(place[0], usual, there, target)
        if odd is not None:
            yield _variant(place, odd[1], usual, len(same), 1, source, target, verbatim=odd[0])
            continue
        for word, key in zip(target.words[place[0]], target.keys[place[0]], strict=True):
            if _noun(word, target.language) and target.pairs[key] <= there - same:
                found[key].append((place, word))
    for uses in found.values():
        pairs = {place[0] for place, _ in uses}
        if len(pairs) >= _UNRELATED and not _explained(pairs, uses, source) and len(pairs) < len(same):
            for place, word in uses:
                span = Span(word.start, word.end)
                yield _variant(place, span, usual, len(same), len(pairs), source, target, verbatim=False)


def _holds(usual: str, target: _Side, number: int) -> bool:
    """Whether a pair has the usual translation in a compound, or shortened to its last part."""
    return any(usual in key or (len(key) >= _PART and usual.endswith(key)) for key in map(fold, target.keys[number]))


def _alone(place: tuple[int, int, int], source: _Side) -> bool:
    """Whether the term is not part of a longer one, and none of its words stands there once more."""
    number, at, size = place
    row, keys = source.words[number], source.keys[number]
    if any(key in keys[:at] or key in keys[at + size :] for key in keys[at : at + size]):
        return False
    text = source.texts[number]
    before = at == 0 or source.is_small(row[at - 1]) or _parted(text, row[at - 1], row[at])
    end = at + size
    behind = end == len(row) or source.is_small(row[end]) or _parted(text, row[end - 1], row[end])
    return before and behind


def _parted(text: str, one: Word, two: Word) -> bool:
    return text[one.end : two.start] != " "


def _copy(place: tuple[int, int, int], source: _Side, target: _Side) -> tuple[bool, Span] | None:
    """Where the source's words stand in the target as they are."""
    number = place[0]
    quote = _quote(place, source)
    # Inside quotation marks, addresses and code it rightly stays.
    start = without_verbatim(target.texts[number]).find(quote)
    if start == -1:
        return None
    return True, Span(start, start + len(quote))


def _related(number: int, usual: str, there: set[int], target: _Side) -> tuple[bool, Span] | None:
    """The only word of a pair that shares its first or last part with the usual translation and stands nowhere else."""
    found = []
    for word, key in zip(target.words[number], target.keys[number], strict=True):
        if not _noun(word, target.language) or key == usual or not target.pairs[key] <= there:
            continue
        first, last = _shared(key, usual), _shared(key[::-1], usual[::-1])
        # Endings such as "-tion" are no part; with a bit of the beginning they are ("Zugangstoken", "Zugriffstoken").
        if first >= _PART or last > _PART or (last == _PART and first >= _PART - 1):
            found.append(word)
    return (False, Span(found[0].start, found[0].end)) if len(found) == 1 else None


def _shared(one: str, two: str) -> int:
    count = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        count += 1
    return count


def _explained(pairs: set[int], uses: Sequence[tuple[tuple[int, int, int], Word]], source: _Side) -> bool:
    """Whether another word of the source stands in just these pairs, which a target word that does then translates."""
    (number, at, size), _ = uses[0]
    own = set(source.keys[number][at : at + size])
    for word, key in zip(source.words[number], source.keys[number], strict=True):
        if key not in own and not source.is_small(word) and _dice(source.pairs[key], pairs) >= _EXPLAINS:
            return True
    return False


def _variant(
    place: tuple[int, int, int],
    span: Span,
    usual: str,
    count: int,
    others: int,
    source: _Side,
    target: _Side,
    *,
    verbatim: bool,
) -> Variant:
    number, written = place[0], _written(usual, target)
    return Variant(
        number,
        span,
        _quote(place, source),
        written,
        target.texts[number][span.start : span.end],
        count,
        others,
        verbatim,
    )


def _written(key: str, target: _Side) -> str:
    """The shortest form in which a stem is written: mostly that without endings."""
    forms = (
        word.text
        for number in target.pairs[key]
        for word, other in zip(target.words[number], target.keys[number], strict=True)
        if other == key
    )
    return min(forms, key=lambda form: (len(form), form))
