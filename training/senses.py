"""Puts the translation of another sense in the place of a word: *denied* as *verweigert* where it says *bestritt*.

The lexicon cannot tell such a pair from synonyms, for both translate the same word. Originals with several translations
can: two words of one sense stand for the same occurrence in different translations, words of two senses hardly ever do.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.morphology import lemma
from mtaudit.synthesize.single import similar_shape
from mtaudit.text import Word, words
from mtaudit.types import Side, Span
from training.estimator_data import MAJOR, Example, Mark, worst_of
from training.lexicon import SAME_STEM, Lexicon, same_stem

#: Times that two words would be expected to stand for one occurrence if senses played no part; fewer say nothing.
EXPECTED = 4.0
#: Words of different senses do so in at most this share of the times expected.
TOGETHER = 0.05
#: Share of a word's occurrences that a translation needs: what is rarer is mostly a wrong link.
SHARE = 0.015
#: Words that are exchanged in a pair.
COUNTS = (1, 1, 2, 2, 3)

#: Source lemma, target lemma: target lemmas of other senses.
Apart = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Senses:
    """Exchanges words for translations of other senses, from a source in `languages[0]`.

    `apart` has, for a source lemma and a target lemma, the lemmas that translate other senses; `forms` the target words
    that translate a source word of this form, with how often they do, by their lemma.
    """

    languages: tuple[str, str]
    lexicon: Lexicon
    apart: Apart
    forms: Mapping[str, Mapping[str, Counter[str]]]

    def example(self, source: str, target: str, others: Sequence[str], rng: random.Random) -> Example | None:
        """A pair with one to three words in another sense; None where no word of it has one.

        `others` are other translations of the same source: a word that one of them has is right.
        """
        accepted = {lemma(word.text, self.languages[1]) for text in (target, *others) for word in words(text)}
        changes: list[tuple[Word, str]] = []
        links = linked_words(self.lexicon, source, target, self.languages)
        rng.shuffle(links)
        wanted = rng.choice(COUNTS)
        for one, other in links:
            choices = self._choices(one.text, other.text, accepted)
            if choices:
                new = rng.choices(list(choices), list(choices.values()))[0]
                changes.append((other, new[:1].upper() + new[1:] if other.text[:1].isupper() else new))
            if len(changes) == wanted:
                break
        return _example(source, target, changes) if changes else None

    def _choices(self, word: str, translation: str, accepted: set[str]) -> Counter[str]:
        """Words of other senses that may stand in the place of a translation, those in a like form if there are any."""
        one, other = lemma(word, self.languages[0]), lemma(translation, self.languages[1])
        forms = self.forms.get(word.lower(), {})
        found: Counter[str] = Counter()
        for apart in sorted(self.apart.get(one, {}).get(other, frozenset()) - accepted):
            found += forms.get(apart, Counter())
        for copied in [form for form in found if form.lower() == word.lower()]:
            del found[copied]  # left untranslated, which is another error
        alike = similar_shape(translation, list(found))
        return Counter({form: found[form] for form in alike}) if alike else found


def linked_words(lexicon: Lexicon, source: str, target: str, languages: tuple[str, str]) -> list[tuple[Word, Word]]:
    """Content words of both sides that are each other's best translation, in the order of the source."""
    one, two = list(words(source)), list(words(target))
    links = lexicon.mutual(source, target, languages[0])
    return [(one[i], two[j]) for i, j in links if _told(one[i], languages[0]) and _told(two[j], languages[1])]


def _told(word: Word, language: str) -> bool:
    return len(word.text) >= 3 and word.text.isalpha() and word.text.lower() not in FUNCTION_WORDS[language]


def senses(groups: Iterable[tuple[str, Sequence[str]]], lexicon: Lexicon, languages: tuple[str, str]) -> Senses:
    """Tell senses apart by sources with all their translations.

    The measure: of N pairs of translations of a word's occurrence, in which two lemmas have the shares p and q, 2Npq
    would have the one and the other if all lemmas were interchangeable.
    """
    together: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    forms: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for source, translations in groups:
        chosen: dict[int, list[str]] = defaultdict(list)
        named: dict[int, str] = {}
        for target in dict.fromkeys(translations):
            for one, other in linked_words(lexicon, source, target, languages):
                base = lemma(other.text, languages[1])
                chosen[one.start].append(base)
                named[one.start] = one.text
                forms[one.text.lower()][base][other.text.lower() if languages[1] != "de" else other.text] += 1
        for start, found in chosen.items():
            base = lemma(named[start], languages[0])
            for two in combinations(found, 2):
                counts[base].update(two)
                if two[0] != two[1]:
                    together[base][min(two), max(two)] += 1
    return Senses(languages, lexicon, _apart(together, counts), forms)


def _apart(together: Mapping[str, Counter[tuple[str, str]]], counts: Mapping[str, Counter[str]]) -> Apart:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for base, counted in counts.items():
        both = counted.total()  # two of every pair of translations
        known = [one for one, count in counted.items() if count >= SHARE * both]
        for one, other in combinations(sorted(known), 2):
            expected = counted[one] * counted[other] / both
            seen = together.get(base, Counter())[one, other]
            if expected >= EXPECTED and seen <= TOGETHER * expected and not _akin(one.lower(), other.lower()):
                found[base][one].add(other)
                found[base][other].add(one)
    return {base: {one: frozenset(others) for one, others in row.items()} for base, row in found.items()}


def _akin(one: str, other: str) -> bool:
    """Whether two lemmas begin or end alike, as a word and its compounds do: *Gewahrsam*, *Polizeigewahrsam*.

    That leaves out pairs of different senses too that share no more than a suffix.
    """
    return same_stem(one, other) or (min(len(one), len(other)) >= SAME_STEM and one[-SAME_STEM:] == other[-SAME_STEM:])


def _example(source: str, target: str, changes: Sequence[tuple[Word, str]]) -> Example:
    text, marks, shift = target, [], 0
    for word, new in sorted(changes, key=lambda change: change[0].start):
        start = word.start + shift
        text = text[:start] + new + text[start + len(word.text) :]
        shift += len(new) - len(word.text)
        marks.append(Mark(Side.TARGET, Span(start, start + len(new)), MAJOR))
    return Example(source, text, (tuple(marks),), worst_of([marks]), frozenset({Side.TARGET}), made=True)
