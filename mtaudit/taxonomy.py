"""MQM categories, their ITS 2.0 names, and the weights of severities.

Categories: the MQM core typology (Lommel et al. 2014; themqm.org), the subset that the rules use. ITS types: the
values of `its:locQualityIssueType` (W3C, Internationalization Tag Set 2.0, section 8.17, appendix C).
"""

from __future__ import annotations

from enum import StrEnum

from mtaudit.types import Severity


class Category(StrEnum):
    """An MQM category as `dimension/type`."""

    MISTRANSLATION = "accuracy/mistranslation"
    OMISSION = "accuracy/omission"
    ADDITION = "accuracy/addition"
    UNTRANSLATED = "accuracy/untranslated"
    GRAMMAR = "fluency/grammar"
    REPETITION = "fluency/repetition"
    PUNCTUATION = "fluency/punctuation"
    TYPOGRAPHY = "fluency/typography"
    SPELLING = "fluency/spelling"
    UNINTELLIGIBLE = "fluency/unintelligible"
    MARKUP = "design/markup"
    ENCODING = "fluency/character-encoding"
    TERMINOLOGY = "terminology/inconsistent"
    TERM_RESOURCE = "terminology/inconsistent-with-resource"
    DO_NOT_TRANSLATE = "accuracy/do-not-translate"
    LOCALE = "locale-convention/format"

    @property
    def its(self) -> str:
        """The localization quality issue type of ITS 2.0."""
        return _ITS[self]


_ITS = {
    Category.MISTRANSLATION: "mistranslation",
    Category.OMISSION: "omission",
    Category.ADDITION: "addition",
    Category.UNTRANSLATED: "untranslated",
    Category.GRAMMAR: "grammar",
    Category.REPETITION: "duplication",
    Category.PUNCTUATION: "typographical",
    Category.TYPOGRAPHY: "typographical",
    Category.SPELLING: "misspelling",
    Category.UNINTELLIGIBLE: "non-conformance",
    Category.MARKUP: "markup",
    Category.ENCODING: "characters",
    Category.TERMINOLOGY: "terminology",
    Category.TERM_RESOURCE: "terminology",
    Category.DO_NOT_TRANSLATE: "terminology",
    Category.LOCALE: "locale-violation",
}

#: Penalty points a severity costs. Freitag et al. 2021, "Experts, Errors, and Context", table 4 (minor 1, major 5,
#: non-translation 25, which takes the place of critical there); minor fluency/punctuation counts 0.1 there.
WEIGHTS = {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}
