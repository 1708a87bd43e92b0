"""Puts word-for-word translation in the place of a stretch of a good one: what poor systems write.

Every source word of the stretch becomes a translation of its own from the lexicon, in the order of the source; where
the lexicon has none the source word stays. What comes out has the marks of a real poor translation all at once: the
order of the other language, wrong endings, articles and prepositions, the common sense of a word for the right one.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from mtaudit.text import Word, words
from mtaudit.types import Side, Span
from training.estimator_data import MAJOR, MINOR, Example, Mark, worst_of
from training.lexicon import SAME_STEM, Lexicon, same_stem

#: Words of the source that are rendered word for word: bounds, and how often it is the whole sentence.
LENGTHS = (3, 12)
WHOLE = 0.15
#: How often a word becomes its best translation in the lexicon rather than one drawn by score.
BEST = 0.6
#: The stretch of the target that a stretch of the source translates may hold this share of words of other source words.
STRANGE = 0.3


@dataclass(frozen=True, slots=True)
class Gloss:
    """Renders stretches of source texts word for word; `cases` gives the usual spelling of lower-case words."""

    lexicon: Lexicon
    cases: Mapping[str, Mapping[str, str]]

    def example(
        self, source: str, target: str, languages: tuple[str, str], others: Sequence[str], rng: random.Random
    ) -> Example | None:
        """A pair with one stretch rendered word for word; None where no stretch of the target can be told.

        `others` are other translations of the same source: a word that one of them has is not called wrong.
        """
        one, two = list(words(source)), list(words(target))
        if len(one) < LENGTHS[0] or len(two) < LENGTHS[0]:
            return None
        length = len(one) if rng.random() < WHOLE else rng.randint(*LENGTHS)
        first = rng.randint(0, max(0, len(one) - length))
        inside = range(first, min(len(one), first + length))
        links = self.lexicon.links(source, target, languages[0])
        reached = sorted(j for i, j in links if i in inside)
        if len(reached) < 2:
            return None
        begin, end = reached[0], reached[-1] + 1
        strange = {j for i, j in links if begin <= j < end} - set(reached)
        if len(strange) > STRANGE * (end - begin):
            return None
        new = self._render([one[at] for at in inside], two[begin:end], languages, rng)
        return _example(source, target, two[begin:end], new, others)

    def _render(
        self, chosen: Sequence[Word], old: Sequence[Word], languages: tuple[str, str], rng: random.Random
    ) -> list[tuple[str, bool]]:
        """Each word's translation, and whether it is one."""
        there = {word.text for word in old}
        rendered = []
        for word in chosen:
            entries = self.lexicon.of(languages[0]).get(word.text.lower())
            if word.text in there:
                rendered.append((word.text, True))
            elif not entries:
                rendered.append((word.text, word.text[0].isdigit()))
            else:
                best = max(entries, key=lambda other: entries[other])
                drawn = best if rng.random() < BEST else rng.choices(list(entries), list(entries.values()))[0]
                rendered.append((self.cases[languages[1]].get(drawn, drawn), True))
        return rendered


def _example(
    source: str, target: str, old: Sequence[Word], new: Sequence[tuple[str, bool]], others: Sequence[str]
) -> Example | None:
    was, now = [word.text.lower() for word in old], [text.lower() for text, _ in new]
    kept = {
        at
        for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        for at in range(block.b, block.b + block.size)
    }
    if len(kept) == len(new):
        return None
    accepted = {word.text.lower() for other in others for word in words(other)}
    start = old[0].start
    marks, text = [], ""
    for at, (rendered, translated) in enumerate(new):
        word = rendered[:1].upper() + rendered[1:] if at == 0 and start == 0 else rendered
        place = start + len(text)
        if at not in kept:
            label = _label(now[at], translated, was, accepted)
            marks.append(Mark(Side.TARGET, Span(place, place + len(word)), label))
        text += word + " "
    end = old[-1].end
    rest = target[:start] + text.rstrip() + target[end:]
    return Example(source, rest, (tuple(marks),), worst_of([marks]), frozenset({Side.TARGET}), made=True)


def _label(word: str, translated: bool, was: Sequence[str], accepted: set[str]) -> int | None:
    if not translated:
        return MAJOR
    if word in was:  # the right word in the wrong place
        return MINOR
    if word in accepted:
        return None
    return MINOR if any(same_stem(word, other) for other in was) or len(word) <= SAME_STEM else MAJOR


def usual_cases(texts: Sequence[str]) -> dict[str, str]:
    """How words are mostly spelt inside of sentences, by their lower-case form."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in list(words(text))[1:]:
            counts[word.text.lower()][word.text] += 1
    return {low: found.most_common(1)[0][0] for low, found in counts.items()}
