"""What a rule is, what checks and detectors look like, and the catalogue they register in.

A check is a small class with a rule and one method. `@register` reads the class docstring, which has a summary
line and four headings, and enters the class into the catalogue:

    @register("MT310", "invisible-character", Category.TYPOGRAPHY, Severity.MINOR)
    class InvisibleCharacter(PairCheck):
        \"\"\"An invisible character stands inside a word.

        What it does: ...

        Why it matters: ...

        Example: ...

        How it is found: ...
        \"\"\"
"""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar, Self, TypeAlias, TypeVar

from mtaudit.errors import ConfigError
from mtaudit.taxonomy import Category
from mtaudit.terms import EMPTY, Glossary
from mtaudit.text import base_language
from mtaudit.types import (
    BackTranslation,
    Bitext,
    Document,
    Finding,
    Json,
    Score,
    Segment,
    SegmentPair,
    Severity,
    Side,
    Span,
)

HEADINGS = ("What it does", "Why it matters", "Example", "How it is found")

FAMILIES = {
    "1": "accuracy",
    "2": "fluency",
    "3": "mechanics",
    "4": "terminology",
    "5": "locale",
    "6": "structure",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A permanent id with what a user reads about it.

    `explanation` has the text under each of `HEADINGS`. `needs` says what must be there for the rule to run:
    `nothing`, `source`, or the role of a model.
    """

    id: str
    slug: str
    category: Category
    severity: Severity
    summary: str
    explanation: Mapping[str, str]
    needs: str

    @property
    def family(self) -> str:
        """The name of the family that the first digit stands for."""
        return FAMILIES[self.id[2]]


@dataclass(frozen=True, slots=True)
class PairView:
    """One pair as a check or detector sees it: two texts, two languages.

    `source` is None where there is no source (target-only audits, and gaps that add something); `target` is None
    for gaps that leave something out. Offsets that a check computes count from the start of these texts. `back` is the
    target translated back, where the profile has a translator.
    """

    bitext: Bitext
    pair: SegmentPair
    source: str | None
    target: str | None
    back: BackTranslation | None = None

    @classmethod
    def of(cls, bitext: Bitext, pair: SegmentPair, back: BackTranslation | None = None) -> PairView:
        """Look at one pair of a bitext."""
        return cls(bitext, pair, bitext.text(pair, Side.SOURCE), bitext.text(pair, Side.TARGET), back)

    def text(self, side: Side) -> str | None:
        """The text of one side."""
        return self.source if side is Side.SOURCE else self.target

    def language(self, side: Side) -> str:
        """The primary language subtag of one side, `und` where there is no such side."""
        document = self.bitext.source if side is Side.SOURCE else self.bitext.target
        return base_language(document.language) if document else "und"

    def start(self, side: Side) -> int:
        """Where the text of one side starts in its document.

        Raises:
            ValueError: if that side is a gap.
        """
        segments = self.pair.segments(side)
        if not segments:
            raise ValueError(f"pair {self.pair.index} has no {side} side")
        return segments[0].span.start


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A whole bitext as a document check sees it; `pairs` are aligned, and in the order of the target."""

    bitext: Bitext
    pairs: tuple[SegmentPair, ...]

    def document(self, side: Side) -> Document | None:
        """The document of one side."""
        return self.bitext.document(side)

    def language(self, side: Side) -> str:
        """The primary language subtag of one side, `und` where there is no such side."""
        document = self.document(side)
        return base_language(document.language) if document else "und"

    def segments(self, side: Side) -> Iterator[tuple[SegmentPair, Segment]]:
        """Yield the segments of one side with the pair each stands in, in document order."""
        found = [(pair, segment) for pair in self.pairs for segment in pair.segments(side)]
        return iter(sorted(found, key=lambda item: item[1].span))


@dataclass(frozen=True, slots=True)
class Resources:
    """What the user gave an audit besides the texts, for the checks that look things up in it."""

    glossary: Glossary = EMPTY


class _Named(ABC):
    """What checks and detectors share: their rule, their languages, and making findings."""

    rule: ClassVar[Rule]
    #: Primary language subtags of the target that the rule can judge; None: all.
    languages: ClassVar[frozenset[str] | None] = None

    @classmethod
    def covers(cls, language: str) -> bool:
        """Whether the rule can judge a target in this language."""
        return cls.languages is None or base_language(language) in cls.languages

    @classmethod
    def made(cls, resources: Resources) -> Self:
        """The check for one audit; those that need what the user gave override this and take it from `resources`."""
        return cls()

    def finding(
        self,
        pair: SegmentPair,
        side: Side,
        span: Span,
        message: str,
        *,
        confidence: float,
        severity: Severity | None = None,
        evidence: Mapping[str, Json] | None = None,
    ) -> Finding:
        """A finding of this rule; `span` counts in the document of `side`."""
        severity = severity or self.rule.severity
        return Finding(self.rule.id, pair.index, side, span, severity, confidence, message, evidence or {})


class PairCheck(_Named):
    """A check that looks at one pair at a time.

    With `needs_source` it is called for pairs that have both sides. Without, it is called for every pair that has a
    target, and must itself bear a source of None.
    """

    needs_source: ClassVar[bool] = True

    @abstractmethod
    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield what is wrong with the pair."""

    def at(
        self,
        view: PairView,
        side: Side,
        start: int,
        end: int,
        message: str,
        *,
        confidence: float,
        severity: Severity | None = None,
        evidence: Mapping[str, Json] | None = None,
    ) -> Finding:
        """A finding at `start..end` of the text that `view` shows on `side`."""
        span = Span(start, end).shift(view.start(side))
        return self.finding(view.pair, side, span, message, confidence=confidence, severity=severity, evidence=evidence)


class DocumentCheck(_Named):
    """A check that looks at a whole document, with or (unless `needs_source`) without its source."""

    needs_source: ClassVar[bool] = True

    @abstractmethod
    def check(self, view: DocumentView) -> Iterator[Finding]:
        """Yield what is wrong with the document; every finding names the pair it lies in."""


class Detector(_Named):
    """Turns the scores of one pair into findings. Scorers measure, detectors name."""

    #: Role of the model whose scores it needs.
    needs_role: ClassVar[str] = "embedder"

    @abstractmethod
    def detect(self, view: PairView, scores: tuple[Score, ...]) -> Iterator[Finding]:
        """Yield findings from the scores of this pair."""


Ruled: TypeAlias = PairCheck | DocumentCheck | Detector
_C = TypeVar("_C", bound=type[Ruled])

_CATALOGUE: dict[str, type[Ruled]] = {}
_CONTRIBUTORS: list[tuple[str, type[Ruled]]] = []
_ID = re.compile(r"MT[1-6]\d\d")
_SLUG = re.compile(r"[a-z]+(-[a-z]+)*")


def register(id: str, slug: str, category: Category, severity: Severity) -> Callable[[_C], _C]:
    """Class decorator: give a check or detector its rule and enter it into the catalogue.

    Raises:
        ValueError: if the id or slug is taken or malformed, or the docstring lacks a heading.
    """

    def enter(cls: _C) -> _C:
        if not _ID.fullmatch(id) or not _SLUG.fullmatch(slug):
            raise ValueError(f"{cls.__name__}: {id} {slug} is not a rule id and slug")
        if id in _CATALOGUE or any(other.rule.slug == slug for other in _CATALOGUE.values()):
            raise ValueError(f"{cls.__name__}: {id} {slug} is registered already")
        summary, explanation = _explain(cls)
        if issubclass(cls, Detector):
            needs = cls.needs_role
        else:
            needs = "source" if cls.needs_source else "nothing"
        cls.rule = Rule(id, slug, category, severity, summary, explanation, needs)
        _CATALOGUE[id] = cls
        return cls

    return enter


def contribute(id: str) -> Callable[[_C], _C]:
    """Class decorator: let another check or detector find what a registered rule names, in another way.

    The rule, with its docstring, is that of the class that registered it; the order of the imports does not matter.

    Raises:
        ValueError: if the id is malformed.
    """

    def enter(cls: _C) -> _C:
        if not _ID.fullmatch(id):
            raise ValueError(f"{cls.__name__}: {id} is not a rule id")
        _CONTRIBUTORS.append((id, cls))
        return cls

    return enter


def contributors() -> tuple[type[Ruled], ...]:
    """Every class that contributes to a rule which another one registered, by the rule's id, its `rule` set.

    Raises:
        ValueError: if there is no such rule.
    """
    for rule_id, cls in _CONTRIBUTORS:
        if rule_id not in _CATALOGUE:
            raise ValueError(f"{cls.__name__}: contributes to {rule_id}, which nobody registered")
        cls.rule = _CATALOGUE[rule_id].rule
    return tuple(cls for _, cls in sorted(_CONTRIBUTORS, key=lambda item: item[0]))


def _explain(cls: type[Ruled]) -> tuple[str, Mapping[str, str]]:
    """Take a class docstring apart into its summary and the text under each heading."""
    summary, *paragraphs = inspect.cleandoc(cls.__doc__ or "").split("\n\n")
    explanation: dict[str, str] = {}
    heading = ""
    for paragraph in paragraphs:
        name, colon, rest = paragraph.partition(":")
        if colon and name in HEADINGS:
            heading = name
            explanation[heading] = rest.strip()
        elif heading:
            explanation[heading] += "\n\n" + paragraph
    missing = [name for name in HEADINGS if not explanation.get(name)]
    if missing or not summary:
        raise ValueError(f"{cls.__name__}: the docstring lacks {', '.join(missing) or 'a summary'}")
    return " ".join(summary.split()), {name: explanation[name] for name in HEADINGS}


def catalogue() -> tuple[type[Ruled], ...]:
    """Every registered check and detector, by id. Import `mtaudit.checks` and `mtaudit.findings` first."""
    return tuple(cls for _, cls in sorted(_CATALOGUE.items()))


def find_rule(name: str, rules: Iterable[Rule]) -> Rule:
    """The rule with this id or slug.

    Raises:
        ConfigError: if there is none; the message names near misses.
    """
    table = {key: rule for rule in rules for key in (rule.id, rule.slug)}
    for key in (name, name.upper(), name.lower()):
        if key in table:
            return table[key]
    near = get_close_matches(name.upper(), table, 2) or get_close_matches(name.lower(), table, 2)
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise ConfigError(f"rule '{name}'", "no rule has this id or slug", f"{hint}`mtaudit rules` lists them all")
