"""Single ordinary words of the source that stand in the target as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtaudit.checks._ordinary import is_ordinary
from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.langid import without_verbatim
from mtaudit.text import Word, words
from mtaudit.types import Span

#: Signs of usage texts, identifiers, options and placeholders: what is a name there looks like any other word.
_CODE = re.compile(r"[\[\]<>{}_=`|\\^~*]|%[a-z(]|\$(?! ?\d)|\s--?[a-z]|\w\(|[a-z]{2}[.:][a-z]{2}|\s{2,}")
#: A sentence has as many words, and among them as many function words of its language.
_WORDS, _FUNCTION_WORDS = 5, 2


def leftover_words(source: str, target: str, languages: tuple[str, str]) -> Iterator[Span]:
    """Yield the places of ordinary words that were left untranslated in a sentence, neighbours together.

    `languages` is one of `_ordinary.PAIRS`.

    Left alone is a word beside another copied one that is in no list, as in foreign phrases and old titles; after a
    copied name, of which it may be part; and what is no plain sentence, for commands and keywords are kept.
    """
    there = {word.text for word in words(source)}
    if not any(word.text in there and is_ordinary(word.text, languages) for word in words(target)):
        return
    found = list(words(without_verbatim(target)))
    if _CODE.search(target) or not _is_sentence(found, languages[1]):
        return
    joined: Span | None = None
    for at, word in enumerate(found):
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        near = [one for one in (before, after) if one is not None and one.text in there]
        if (
            word.text not in there
            or not is_ordinary(word.text, languages)
            or any(one.text.islower() and not _is_known(one.text, languages) for one in near)
            or (before in near and before is not None and before.start > 0 and before.text[0].isupper())
            or target[word.end : word.end + 1] == "-"
            or target[max(0, word.start - 1) : word.start] in ("-", ".")
        ):
            continue
        if joined is not None and before is not None and joined.end == before.end:
            joined = Span(joined.start, word.end)
            continue
        if joined is not None:
            yield joined
        joined = Span(word.start, word.end)
    if joined is not None:
        yield joined


def _is_sentence(found: Sequence[Word], language: str) -> bool:
    """Whether words may be a sentence of a language."""
    own = sum(word.text.lower() in FUNCTION_WORDS[language] for word in found)
    return len(found) >= _WORDS and own >= _FUNCTION_WORDS


def _is_known(word: str, languages: tuple[str, str]) -> bool:
    """Whether a copied word is one of either language for sure."""
    return is_ordinary(word, languages) or any(word in FUNCTION_WORDS[language] for language in languages)
