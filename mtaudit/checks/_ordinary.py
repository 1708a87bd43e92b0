"""Ordinary words of English and German that no text of the other language has.

The lists `ordinary.LANGUAGE-OTHER.txt` are lower-case words; `training/ordinary.py` counted them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

#: Pairs (language, other language) with a list.
PAIRS = frozenset({("en", "de"), ("de", "en")})


def is_ordinary(word: str, languages: tuple[str, str]) -> bool:
    """Whether a lower-case word is in the list of a pair of `PAIRS`."""
    return word in _ordinary(*languages)


@cache
def _ordinary(language: str, other: str) -> frozenset[str]:
    path = files(__package__).joinpath(f"ordinary.{language}-{other}.txt")
    return frozenset(path.read_text(encoding="utf-8").split())
