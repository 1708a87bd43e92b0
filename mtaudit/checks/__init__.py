"""Checks: one module a family; each check is a class with its rule. Importing this package registers them all."""

from mtaudit.checks import (
    boilerplate,
    consistency,
    dates,
    encoding,
    language,
    markup,
    mechanics,
    names,
    negation,
    numbers,
    opposites,
    punctuation,
    repetition,
    sentence,
    structure,
    terminology,
)

__all__ = [
    "boilerplate",
    "consistency",
    "dates",
    "encoding",
    "language",
    "markup",
    "mechanics",
    "names",
    "negation",
    "numbers",
    "opposites",
    "punctuation",
    "repetition",
    "sentence",
    "structure",
    "terminology",
]
