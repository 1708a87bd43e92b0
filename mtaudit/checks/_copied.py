"""Runs of words that the target has copied from its source, and what of them is ordinary language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mtaudit.functionwords import FUNCTION_WORDS, count_exclusive
from mtaudit.langid import identify, own_scripts, script_runs, without_verbatim
from mtaudit.text import Word, fold, is_unspaced, words
from mtaudit.types import Span

#: A copied run must be this long, in words. Three words in a row are often a name or a title.
_RUN = 4
#: Characters copied out of a source without spaces.
_COPIED_CHARACTERS = 8


def known_languages(source: str, target: str) -> frozenset[str]:
    """The two languages, without the tags that name none."""
    return frozenset({source, target} - {"und", "mul"})


def has_own_script(text: str, language: str, target: str) -> bool:
    """Whether the text has letters that `language` uses and `target` does not: kana in a Chinese text."""
    scripts = (own_scripts(language) or frozenset()) - (own_scripts(target) or frozenset())
    return any(script in scripts for script, _, _ in script_runs(text))


def copied_runs(
    source: str, target: str, languages: tuple[str, str], kept: tuple[Span, ...] = ()
) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, confidence) of the target's runs of words that were copied and are no names or titles.

    `languages` are those of source and target; `kept` is where the target has what is not to be translated.
    """
    prose = without_verbatim(target)
    original = [fold(word.text) for word in words(source)]
    found = list(words(prose))
    copy = [fold(word.text) for word in found]
    known = set(original)
    if sum(word in known for word in copy) < 3:
        return  # hardly a word is copied
    same = fold(source) == fold(target)
    if same and len(prose.split()) < 3 <= len(target.split()):
        # All of it is one quotation: a title, or a saying that is kept on purpose.
        return
    least = 3 if same else _RUN
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(original) - least + 1):
        places.setdefault(tuple(original[at : at + least]), []).append(at)
    at = 0
    while at <= len(copy) - least:
        length = max((_common(original, copy, p, at) for p in places.get(tuple(copy[at : at + least]), ())), default=0)
        if not length:
            at += 1
            continue
        run = _unbroken(found[at : at + length], target, prose)
        rest = [word for word in run if not any(span.contains(Span(word.start, word.end)) for span in kept)]
        if len(rest) >= min(least, len(run)) and _ordinary(rest, prose, *languages):
            confidence = 0.95 if length >= 6 else 0.8 if length >= _RUN else 0.7
            yield run[0].start, run[-1].end, confidence
        at += len(run)


def _unbroken(run: list[Word], target: str, prose: str) -> list[Word]:
    """The run up to the first quotation, bracket or address inside it."""
    for at, (word, following) in enumerate(pairwise(run), start=1):
        if target[word.end : following.start] != prose[word.end : following.start]:
            return run[:at]
    return run


def _common(one: list[str], other: list[str], i: int, j: int) -> int:
    length = 0
    while i + length < len(one) and j + length < len(other) and one[i + length] == other[j + length]:
        length += 1
    return length


def _ordinary(run: list[Word], prose: str, source: str, target: str) -> bool:
    """Whether a copied run is ordinary language: not a name, a title, a list of products or a code."""
    text = prose[run[0].start : run[-1].end]
    if is_unspaced(source):
        return _ordinary_unspaced(run, text, source, target)
    lower = [fold(word.text) for word in run if word.text.islower() and word.text.isalpha() and len(word.text) > 1]
    if text.isupper():
        lower = [fold(word.text) for word in run if word.text.isalpha() and len(word.text) > 1]
    needed = 2 if len(run) < _RUN else 3
    if len(lower) < needed or 2 * len(lower) < len(run) or FUNCTION_WORDS.get(source, frozenset()).issuperset(lower):
        return False
    if _is_alien(source, target):
        return True
    if source in FUNCTION_WORDS:
        every = [fold(word.text) for word in run]
        return count_exclusive(every, source, target) > 0 and count_exclusive(lower, target, source) == 0
    ranking = identify(text, known_languages(source, target))
    return len(lower) >= _RUN + 2 and ranking.get(source, 0.0) > 0.95


def _ordinary_unspaced(run: list[Word], text: str, source: str, target: str) -> bool:
    """The same for a source without spaces: some characters in a target with spaces, a clause in one without."""
    characters = sum(len(word.text) == 1 and not word.text.isascii() for word in run)
    if is_unspaced(target):
        return characters >= _COPIED_CHARACTERS and has_own_script(text, source, target)
    return 2 * characters >= _COPIED_CHARACTERS


def _is_alien(source: str, target: str) -> bool:
    """Whether the source's letters have no place in the target; Latin terms and brands have one everywhere."""
    theirs, ours = own_scripts(source), own_scripts(target)
    return theirs is not None and ours is not None and "Latin" not in theirs and not theirs & ours
