"""Audits built by hand that every reporter renders: all shapes of pairs and findings, and hostile text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mtaudit.rules import Rule
from mtaudit.taxonomy import Category
from mtaudit.types import (
    Audit,
    BadInput,
    Bitext,
    Document,
    Finding,
    Json,
    ModelUse,
    OffsetMap,
    Score,
    Segment,
    SegmentPair,
    Severity,
    Side,
    Signature,
    Span,
    Suspect,
)

S, T = Side.SOURCE, Side.TARGET


def _rule(id: str, slug: str, category: Category, severity: Severity, summary: str) -> tuple[str, Rule]:
    return id, Rule(id, slug, category, severity, summary, {}, "nothing")


RULES: Mapping[str, Rule] = dict(
    [
        _rule("MT102", "omission", Category.OMISSION, Severity.MAJOR, "Words of the source are missing"),
        _rule("MT104", "untranslated", Category.UNTRANSLATED, Severity.MAJOR, "The sentence is not translated"),
        _rule("MT106", "number", Category.MISTRANSLATION, Severity.CRITICAL, "A number is different"),
        _rule("MT201", "broken-sentence", Category.GRAMMAR, Severity.MAJOR, "The sentence is broken"),
        _rule("MT203", "duplicated-passage", Category.REPETITION, Severity.MAJOR, "A passage stands there twice"),
        _rule("MT205", "unlikely-wording", Category.GRAMMAR, Severity.MINOR, "Nobody would put it like that"),
        _rule("MT307", "whitespace", Category.TYPOGRAPHY, Severity.MINOR, "There is white space too much"),
        _rule("MT310", "invisible-character", Category.TYPOGRAPHY, Severity.MINOR, "An invisible character"),
        _rule("MT311", "leftover-boilerplate", Category.ADDITION, Severity.MINOR, "Words of a web page's frame"),
        _rule("MT601", "missing-sentence", Category.OMISSION, Severity.MAJOR, "The translation lacks a sentence"),
        _rule("MT602", "extra-sentence", Category.ADDITION, Severity.MAJOR, "The source has no such sentence"),
    ]
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding to be: where `words` stand in that side's text of the pair."""

    rule: str
    side: Side
    words: str
    message: str
    confidence: float = 0.9
    severity: Severity | None = None
    evidence: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bead:
    """A pair to be: its sentences, what precedes it (paragraph or blank), its suspicion and its marks."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    suspicion: float
    marks: tuple[Mark, ...] = ()
    similarity: float | None = None
    back: str | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    before: str = "\n\n"
    changed: tuple[str, ...] = ()


def build(
    beads: Sequence[Bead],
    *,
    languages: tuple[str, str] = ("en", "de"),
    paths: tuple[str, str] = ("library.en.txt", "library.de.txt"),
    calibrated: bool = False,
    bad_input: tuple[BadInput, ...] = (),
) -> Audit:
    """An audit of these beads; ranks follow from the suspicions. With no source sentence it is target-only."""
    texts = {S: "", T: ""}
    segments: dict[Side, list[Segment]] = {S: [], T: []}
    pairs = []
    for index, bead in enumerate(beads):
        sides: dict[Side, tuple[Segment, ...]] = {}
        for side, sentences in ((S, bead.source), (T, bead.target)):
            fresh = []
            for number, sentence in enumerate(sentences):
                texts[side] += (" " if number else bead.before) if texts[side] else ""
                start = len(texts[side])
                texts[side] += sentence
                fresh.append(Segment(len(segments[side]) + number, Span(start, start + len(sentence)), sentence))
            segments[side] += fresh
            sides[side] = tuple(fresh)
        pairs.append(SegmentPair(index, sides[S], sides[T], bead.similarity))
    documents = {
        side: Document(path, language, texts[side], OffsetMap.identity(texts[side]))
        for side, path, language in zip((S, T), paths, languages, strict=True)
    }
    bitext = Bitext(documents[S] if segments[S] else None, documents[T], tuple(pairs), bad_input)
    ranking = []
    order = sorted(zip(beads, pairs, strict=True), key=lambda item: -item[0].suspicion)
    for rank, (bead, pair) in enumerate(order, 1):
        findings = tuple(_finding(bitext, pair, mark) for mark in bead.marks)
        starts = [(bead.back or "").index(words) for words in bead.changed]
        changes = tuple(Span(at, at + len(words)) for at, words in zip(starts, bead.changed, strict=True))
        ranking.append(Suspect(rank, pair, bead.suspicion, findings, bead.back, changes))
    signature = Signature(
        "0.1.0",
        "embedded",
        (ModelUse("embedder", "embedder-en-de", "bundled"),),
        {"minimum_confidence": 0.5, "select": ("ALL",)},
    )
    scores = tuple(Score(name, index, value) for index, bead in enumerate(beads) for name, value in bead.scores.items())
    findings = tuple(finding for suspect in ranking for finding in suspect.findings)
    return Audit(bitext, tuple(ranking), findings, scores, signature, calibrated)


def _finding(bitext: Bitext, pair: SegmentPair, mark: Mark) -> Finding:
    text, span = bitext.text(pair, mark.side), pair.span(mark.side)
    assert text is not None
    assert span is not None
    assert text.count(mark.words) == 1, mark.words
    start = span.start + text.index(mark.words)
    severity = mark.severity or RULES[mark.rule].severity
    at = Span(start, start + len(mark.words))
    return Finding(mark.rule, pair.index, mark.side, at, severity, mark.confidence, mark.message, mark.evidence)


_PRICE = (
    "The library on Mill Street has been closed for two years, and its roof was rebuilt at a cost of 1.4 million euros."
)
_OPENING = "Der Bürgermeister öffnet am Samstag um zehn Uhr die Tür."
_CAKE = "Danach gibt es Kuchen für alle Kinder, und die Musikschule spielt im Garten hinter dem Haus."
_HOSTILE_SOURCE = "Type [bold]open[/bold], <script>alert(1)</script> or 本を開く 👩‍🚀 at the door."
_HOSTILE_TARGET = (
    "Gib [bold]offen[/bold], <script>alert(1)</script>  oder\t本を開く 👩‍🚀 an der "
    "\x1b[31mTür\x1b[0m ein, \u202eliam\u202c, שלום, Tü\u00adr, ⟦ und [/red]\x07\x9b2J."
)


def _copy(words: str, of: int, passage: int) -> Mark:
    return Mark("MT203", T, words, f"It stands as sentence {of}", 0.95, evidence={"passage": passage, "copy_of": of})


def library(*, calibrated: bool = False) -> Audit:
    """The audit that every format renders: 14 pairs, 11 of them suspect."""
    title = "Die Stadtbibliothek öffnet wieder"
    boilerplate = "The words belong to a web page, not to the text"
    beads = [
        Bead(("The Town Library Opens Again",), (title,), 0.04, similarity=0.91234567),
        Bead(
            (_PRICE,),
            (
                "Die Bibliothek in der Mühlenstraße war zwei Jahre lang geschlossen, und ihr Dach wurde .",
                "für 4,1 Millionen Euro neu gebaut.",
            ),
            0.97314,
            (
                Mark("MT205", T, "ihr Dach wurde .", "Nobody would put it like that", 0.55),
                Mark("MT201", T, "wurde . für 4,1 Millionen Euro neu gebaut.", "A full stop parts the sentence"),
                Mark("MT106", T, "4,1", "“1.4” became “4,1”", 0.98, evidence={"source": ["1.4"], "target": ["4,1"]}),
                Mark("MT106", S, "1.4", "The translation has “4,1” here", 0.6, Severity.NEUTRAL),
            ),
            similarity=0.61,
            back="The library in Mill Street was closed for two years, and its roof was. Newly built for 4.1 million.",
            changed=("was. Newly built", "4.1"),
            scores={"embedding.similarity": 0.61, "embedding.coverage": 0.5},
        ),
        Bead(
            ("Nobody was hurt when the old ceiling fell down.",),
            (),
            0.81,
            (Mark("MT601", S, "Nobody was hurt when the old ceiling fell down.", "No sentence translates this one"),),
        ),
        Bead(
            (),
            ("Klicken Sie hier, um mehr zu lesen.",),
            0.78,
            (
                Mark("MT602", T, "Klicken Sie hier, um mehr zu lesen.", "No source sentence says this", 0.8),
                Mark("MT311", T, "Klicken Sie hier", boilerplate, 0.7),
            ),
        ),
        Bead(
            ("The reading room, which seats 90 people, is free for everybody.",),
            ("Der Lesesaal ist für alle kostenlos.",),
            0.66,
            (
                Mark(
                    "MT102",
                    S,
                    ", which seats 90 people,",
                    "Nothing in the translation stands for these words",
                    0.72,
                    evidence={"coverage": 0.12, "tokens": ("which", "seats"), "nearest": None, "sure": True},
                ),
            ),
            similarity=0.7,
            back="The reading room is free for everybody.",
            scores={"embedding.similarity": 0.7},
        ),
        Bead(
            (_HOSTILE_SOURCE,),
            (_HOSTILE_TARGET,),
            0.52,
            (
                Mark("MT310", T, "\u202e", "The invisible character “\u202e” turns the words round", 0.9),
                Mark("MT307", T, "  ", "Two blanks in a row", 0.6),
                Mark("MT310", T, "\u00ad", "A soft hyphen stands inside “Tü\u00adr”", 0.7),
            ),
            similarity=0.8,
        ),
        Bead(("The mayor opens the door at ten on Saturday.",), (_OPENING,), 0.05, similarity=0.88),
        Bead(
            ("After that there is cake for all children, and the music school plays in the garden behind the house.",),
            (_CAKE,),
            0.02,
            similarity=0.93,
            before=" ",
        ),
        Bead((), (_OPENING,), 0.88, (_copy(_OPENING, 7, passage=1),)),
        Bead((), (_CAKE,), 0.9, (_copy(_CAKE, 8, passage=1),), before=" "),
        Bead((), (title,), 0.7, (_copy(title, 1, passage=2),)),
        Bead((), ("Teilen",), 0.3, (Mark("MT311", T, "Teilen", boilerplate),)),
        Bead((), ("Gefällt mir!",), 0.35, (Mark("MT311", T, "Gefällt mir", boilerplate),)),
        Bead((), ("Seite drucken",), 0.32, (Mark("MT311", T, "Seite drucken", boilerplate),)),
    ]
    bad_input = (
        BadInput("library.de.txt", 40, "the line holds no text but \x1b[2J", "Delete the line"),
        BadInput("library.de.txt", 41, "the line is longer than 100,000 characters", "Break it at a sentence end"),
    )
    return build(beads, calibrated=calibrated, bad_input=bad_input)


def target_only() -> Audit:
    """A translation alone: one sentence broken, one good, two untranslated in a row."""
    left = "Kept in English: “{}”"
    beads = [
        Bead((), ("Das Museum zeigt ab. Mai alte Karten.",), 0.6, (Mark("MT201", T, "ab. Mai", "A stop too much"),)),
        Bead((), ("Der Eintritt ist frei.",), 0.1, before=" "),
        Bead((), ("Bring your own lunch.",), 0.7, (Mark("MT104", T, "Bring your own lunch.", left.format("Bring")),)),
        Bead((), ("Dogs must stay out.",), 0.72, (Mark("MT104", T, "Dogs must stay out.", left.format("Dogs")),)),
    ]
    return build(beads, paths=("", "museum.de.txt"), calibrated=True)


def clean() -> Audit:
    """The good pairs of the library alone."""
    audit = library()
    ranking = tuple(
        replace(suspect, rank=rank)
        for rank, suspect in enumerate((one for one in audit.ranking if not one.findings), 1)
    )
    return replace(audit, ranking=ranking, findings=(), bitext=replace(audit.bitext, bad_input=()))
