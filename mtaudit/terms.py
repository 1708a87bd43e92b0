"""The records of a glossary: what a term of the source is to be called in the target, and what is not translated.

`Glossary` is what the terminology checks are made with; `readers.glossary` reads one from files.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the source language with what it may and must not be called in the target language.

    `allowed` and `forbidden` are forms as a dictionary lists them; a term with neither must be `verbatim`, which is not
    to be translated at all. `case_sensitive` is None where the glossary does not say: then abbreviations are.
    `place` is the file and line that it stands in, for messages.
    """

    source: str
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    verbatim: bool = False
    case_sensitive: bool | None = None
    part_of_speech: str | None = None
    note: str | None = None
    place: str = ""

    @property
    def is_verb(self) -> bool:
        """Whether the glossary says that it is a verb."""
        return (self.part_of_speech or "").casefold() in {"verb", "v", "v.", "vb"}

    @property
    def is_noun(self) -> bool:
        """Whether the glossary says that it is a noun."""
        return (self.part_of_speech or "").casefold() in {"noun", "n", "n.", "propernoun", "proper noun"}


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """The terms that count in one audit, each source form once, and the words that must stay as they are.

    Compared and hashed by identity: what is made from a large one is kept.
    """

    terms: tuple[Term, ...] = ()
    verbatim: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.verbatim)


#: No glossary at all.
EMPTY = Glossary()
