"""How long a translation should be for its source."""

from __future__ import annotations

import math
from functools import lru_cache

from mtaudit.text import base_language, is_unspaced

#: Length of a text in characters, as a multiple of the English text that says the same, and how much that varies
#: (standard deviation over the square root of the English length, both in characters; the model is Gale & Church 1993,
#: "A Program for Aligning Sentences", section 3). Fitted on 2,000 to 10,000 machine translations a language: the
#: median, and half the distance from the 16th to the 84th percentile.
_LENGTHS = {
    "en": (1.0, 1.2),
    "de": (1.12, 1.25),
    "es": (1.03, 1.25),
    "fr": (1.13, 1.3),
    "cs": (0.95, 1.4),
    "ru": (1.0, 1.6),
    "uk": (1.0, 1.65),
    "zh": (0.28, 2.2),
    "ja": (0.43, 2.4),
    # There were no Korean data: a guess near Japanese.
    "ko": (0.5, 2.4),
}
_EAST_ASIAN = frozenset({"zh", "ja", "ko"})
_OTHER, _OTHER_UNSPACED = (1.05, 1.8), (0.5, 3.2)

#: From here on lie the scripts of East Asia, their punctuation, and full-width forms.
_WIDE = "\u2e80"


def density(language: str) -> float:
    """Code points that say as much as one of English."""
    language = base_language(language)
    return _LENGTHS.get(language, _OTHER_UNSPACED if is_unspaced(language) else _OTHER)[0]


@lru_cache(maxsize=64)
def english_length(text: str, language: str) -> float:
    """The characters that the text would have in English."""
    line = " ".join(text.split())
    factor = density(language)
    if language not in _EAST_ASIAN:
        return len(line) / factor
    # Only the language's own characters are dense: a Latin name is as long in Chinese as it is in English.
    wide = sum(character >= _WIDE for character in line)
    return wide / factor + len(line) - wide


def length_deviation(source: str, target: str, languages: tuple[str, str]) -> float:
    """By how many standard deviations the target is too long (above 0) or too short for its source.

    `languages` are the primary subtags of source and target. After Gale & Church (1993).
    """
    expected, actual = english_length(source, languages[0]), english_length(target, languages[1])
    spread = max(
        _LENGTHS.get(language, _OTHER_UNSPACED if is_unspaced(language) else _OTHER)[1] for language in languages
    )
    return (actual - expected) / (spread * math.sqrt(max(expected, 1.0)))
