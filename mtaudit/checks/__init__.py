"""Checks: one module a family; each check is a class with its rule. Importing this package registers them all."""

from mtaudit.checks import (
    boilerplate,
    dates,
    encoding,
    language,
    markup,
    mechanics,
    names,
    negation,
    numbers,
    punctuation,
    repetition,
    sentence,
    structure,
    terminology,
)

__all__ = [
    "boilerplate",
    "dates",
    "encoding",
    "language",
    "markup",
    "mechanics",
    "names",
    "negation",
    "numbers",
    "punctuation",
    "repetition",
    "sentence",
    "structure",
    "terminology",
]
