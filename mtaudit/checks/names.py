"""MT107: names of countries and people that changed in translation."""

from __future__ import annotations

from collections.abc import Iterator

from mtaudit.checks import _people, _territories
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.types import Finding, Severity, Side


@register("MT107", "name", Category.MISTRANSLATION, Severity.MAJOR)
class Name(PairCheck):
    """A country or person of the source has another name in the target.

    What it does: reports a country in the target that the source does not mention, where the source has another one
    that the target does not mention; a person's name that was misspelt or exchanged for another; and any name that has
    two neighbouring letters swapped.

    Why it matters: a sentence about the wrong country or person is false, and reads as well as the right one.

    Example: "Norway has bought the ferry" becomes "Schweden hat die Fähre gekauft".

    How it is found: names of countries come from CLDR; adjectives, abbreviations and capitals count as mentions, so
    that "Russian" may become "Moskauer". People are compared only between languages in Latin script that leave names
    as they are: a family name is looked for beside a well-known given name or a title, and is missed only if another
    name stands in its place. Respellings such as "Lukashenko" and "Lukaschenko" are the same name.
    """

    languages = _territories.LANGUAGES

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield the countries, then the people, of the target that took the place of others."""
        languages = view.language(Side.SOURCE), view.language(Side.TARGET)
        if view.source is None or view.target is None or not _territories.LANGUAGES.issuperset(languages):
            return
        for was, now in _exchanged_countries(view.source, view.target, languages):
            quotes = view.source[was.start : was.end], view.target[now.start : now.end]
            yield self.at(
                view,
                Side.TARGET,
                now.start,
                now.end,
                f"The country '{quotes[0]}' of the source became '{quotes[1]}'",
                confidence=0.8,
                evidence={"source": quotes[0], "source_start": was.start, "source_end": was.end},
            )
        if not _people.LANGUAGES.issuperset(languages):
            return
        for change in _people.changes(view.source, view.target):
            yield self.at(
                view,
                Side.TARGET,
                change.start,
                change.end,
                f"The name '{change.was}' of the source became '{change.now}'",
                confidence=0.75,
                evidence={"source": change.was, "source_start": change.source_start, "source_end": change.source_end},
            )


def _exchanged_countries(
    source: str, target: str, languages: tuple[str, str]
) -> list[tuple[_territories.Country, _territories.Country]]:
    """Pair the countries that only the source mentions with those that only the target mentions, in order."""
    lost = _only_here(source, target, languages)
    return list(zip(lost, _only_here(target, source, languages[::-1]), strict=False)) if lost else []


def _only_here(here: str, there: str, languages: tuple[str, str]) -> list[_territories.Country]:
    """The first mention of every country that `here` names and `there` does not mention."""
    first: dict[str, _territories.Country] = {}
    for country in _territories.countries(here, languages[0]):
        first.setdefault(country.code, country)
    return [country for country in first.values() if not _territories.mentions(there, languages[1], country.code)]
