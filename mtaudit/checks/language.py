"""Text that is in the wrong language: still the source language, a third one, or letters of a foreign script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from mtaudit.checks._copied import copied_runs, has_own_script, known_languages
from mtaudit.checks._headings import is_untranslated_heading
from mtaudit.checks._interface import LabelRun, label_language, label_run
from mtaudit.checks._leftover import leftover_words
from mtaudit.checks._ordinary import PAIRS
from mtaudit.checks.terminology import kept_spans
from mtaudit.functionwords import FUNCTION_WORDS, count_exclusive, spoken_by
from mtaudit.langid import (
    alike,
    has_letter_outside,
    identify,
    language_name,
    own_scripts,
    script_runs,
    without_verbatim,
)
from mtaudit.rules import PairCheck, PairView, Resources, register
from mtaudit.taxonomy import Category
from mtaudit.terms import EMPTY, Glossary
from mtaudit.text import Word, base_language, fold, shorten, words
from mtaudit.types import Bitext, Finding, Segment, Severity, Side, Span

#: A run of labels must be this long before its language is asked for.
_LABELS = 4
#: Fewest words (characters in unspaced languages) by which a single segment's language is judged.
_WORDS, _CHARACTERS = 5, 10


@dataclass(frozen=True, slots=True)
class Foreign:
    """The language that a segment is in, when it is not the target's; `lines` > 1 when a run of labels showed it."""

    language: str
    probability: float
    lines: int


def foreign_language(bitext: Bitext, segment: Segment) -> Foreign | None:
    """The other language that a target segment is in; None when it is in the right one, or too short to tell.

    A short paragraph among other short ones is judged by all of them together. `und` as source language means that any
    language may be meant.
    """
    target = base_language(bitext.target.language)
    source = base_language(bitext.source.language) if bitext.source else "und"
    if target == "und":
        return None
    return _foreign_language(bitext.target.text, segment.span, segment.text, source, target)


@lru_cache(maxsize=8)
def _foreign_language(document: str, span: Span, text: str, source: str, target: str) -> Foreign | None:
    """The same, remembered for the other checks that ask for the same segment."""
    run = label_run(document, span)
    if run is not None and len(run.labels) >= _LABELS:
        return _language_of_labels(run, source, target)
    return _language_of_sentence(text, source, target)


def _language_of_labels(run: LabelRun, source: str, target: str) -> Foreign | None:
    labels = run.labels
    listed = label_language(labels, target) if run.listed else None
    if listed is not None:
        return Foreign(listed, 0.9, len(labels))
    # Without listed labels only lower-case words count: capitalised lines may be a list of names.
    if 2 * run.lower < run.words:
        return None
    ranking = identify(" ".join(label.line for label in labels), known_languages(source, target))
    language = max(ranking, key=ranking.__getitem__, default=target)
    if alike(language, target) or ranking[language] < 0.95 or ranking[target] > 0.01:
        return None
    return Foreign(language, ranking[language], len(labels))


def _language_of_sentence(text: str, source: str, target: str) -> Foreign | None:
    prose = without_verbatim(text)
    found = [word.text for word in words(prose)]
    shouting = text.isupper()
    ordinary = [fold(word) for word in found if shouting or not (word[0].isupper() or word[0].isdigit())]
    unspaced = sum(len(word) == 1 and not word.isascii() for word in found) * 2 > len(found)
    if len(found) < (_CHARACTERS if unspaced else _WORDS) or len(ordinary) < 4:
        return None
    if not unspaced and not _may_be_other(ordinary, target):
        return None  # the identifier is slow, and could not be believed
    ranking = identify(prose.strip(), known_languages(source, target))
    language = max(ranking, key=ranking.__getitem__, default=target)
    probability = ranking.get(language, 0.0)
    if probability < 0.95 or ranking[target] > 0.02 or (alike(language, target) and target not in FUNCTION_WORDS):
        return None
    if language in FUNCTION_WORDS:
        # The identifier knows letters, not words: names of one language in a sentence of another mislead it.
        if not _has_words_of(ordinary, language, target):
            return None
    elif not unspaced or probability < 0.98 or not has_own_script(prose, language, target):
        return None
    return Foreign(language, probability, 1)


def _has_words_of(ordinary: list[str], language: str, target: str) -> bool:
    """Whether the function words among lower-case words are clearly those of `language` and not of `target`."""
    theirs = count_exclusive(ordinary, language, target)
    return theirs >= 2 + 3 * count_exclusive(ordinary, target, language)


def _may_be_other(ordinary: list[str], target: str) -> bool:
    """Whether the function words say any other language than `target`."""
    spoken = spoken_by(ordinary)
    return any(
        count > 1 and language != target and _has_words_of(ordinary, language, target)
        for language, count in spoken.items()
    )


@register("MT104", "untranslated", Category.UNTRANSLATED, Severity.MAJOR)
class Untranslated(PairCheck):
    """A part of the target is still in the source language.

    What it does: Marks segments, and runs of four or more words inside a segment, that were left in the source
    language; between English and German also single words. Short lines such as buttons are judged together with the
    lines around them.

    Why it matters: Readers of the translation may not understand the source language, and an untranslated passage shows
    that nobody read the text.

    Example: "Der Minister said that he would resign und ging." keeps six English words of its source.

    How it is found: Words that stand in the same order in the source are copied words; a run of them counts when it
    has ordinary lower-case words and function words that only the source language has. Names, numbers, addresses,
    code, bracketed words, titles and mentions between quotation marks, and what a glossary says is not to be translated
    (MT403) do not count. A copied heading in title case counts when it stands above prose, has such a function word,
    and is no name that the text speaks of. A single lower-case word of a plain sentence counts if it is among some
    15,000 (English) or 11,000 (German) that no text written in the other language has; in 23,000 German units of
    software catalogues, where commands and keywords are kept, there are seven. Segments without such copies are given
    to a language identifier, whose answer must agree with the function words.
    """

    needs_source = False

    def __init__(self, glossary: Glossary = EMPTY) -> None:
        self._glossary = glossary

    @classmethod
    def made(cls, resources: Resources) -> Self:
        """The check with the words that the user wants kept."""
        return cls(resources.glossary)

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding a copied run or untranslated segment."""
        source, target = view.language(Side.SOURCE), view.language(Side.TARGET)
        if view.target is None or source in ("und", target):
            return
        kept = kept_spans(view.target, self._glossary.verbatim, target)
        languages = source, target
        runs = list(copied_runs(view.source, view.target, languages, kept)) if view.source is not None else []
        if not runs and is_untranslated_heading(view) and not _is_kept(view.target, 0, len(view.target), kept):
            runs = [(0, len(view.target), 0.75)]
        for start, end, confidence in runs:
            quote = shorten(view.target[start:end])
            yield self.at(
                view,
                Side.TARGET,
                start,
                end,
                f"'{quote}' is copied from the source without translation",
                confidence=confidence,
                evidence={"language": source, "copied": True},
            )
        foreign_spans = [Span(start, end) for start, end, _ in runs]
        for segment in view.pair.target:
            start = segment.span.start - view.start(Side.TARGET)
            end = start + len(segment.span)
            foreign = foreign_language(view.bitext, segment)
            if foreign is None or foreign.language != source or any(s < end and start < e for s, e, _ in runs):
                continue
            if _is_kept(view.target, start, end, kept):
                continue
            if foreign.lines > 1 and view.source is not None and fold(view.source) != fold(view.target):
                continue
            where = f", and so are the {foreign.lines - 1} short lines around it" if foreign.lines > 1 else ""
            foreign_spans.append(Span(start, end))
            yield self.at(
                view,
                Side.TARGET,
                start,
                end,
                f"'{shorten(segment.text)}' is still in the source language{where}",
                confidence=0.85 if foreign.lines > 1 or foreign.probability < 0.99 else 0.9,
                evidence={"language": source, "probability": round(foreign.probability, 3), "lines": foreign.lines},
            )
        yield from self._single_words(view, (source, target), (*foreign_spans, *kept))

    def _single_words(
        self, view: PairView, languages: tuple[str, str], elsewhere: tuple[Span, ...]
    ) -> Iterator[Finding]:
        """Yield ordinary words that were left as they are, outside of what is reported or rightly kept."""
        if view.source is None or view.target is None or languages not in PAIRS:
            return
        for span in leftover_words(view.source, view.target, languages):
            if any(span.overlaps(other) for other in elsewhere):
                continue
            yield self.at(
                view,
                Side.TARGET,
                span.start,
                span.end,
                f"'{view.target[span.start : span.end]}' is copied from the source without translation",
                confidence=0.75,
                evidence={"language": languages[0], "copied": True},
            )


def _is_kept(text: str, start: int, end: int, kept: tuple[Span, ...]) -> bool:
    """Whether all words at `start..end` of a text are ones that are not to be translated."""
    found = [Span(word.start, word.end) for word in words(text) if start <= word.start < end]
    return bool(kept) and all(any(span.contains(word) for span in kept) for word in found)


#: Letters of one script that look like one of another: how words get two scripts (Unicode TR 39, confusables).
_LOOKALIKES = {
    "Cyrillic": frozenset("аеорсухіјѕАВЕКМНОРСТХІЈЅ"),
    "Latin": frozenset("aceopxyijsABEKMHOPCTXIJS"),
    "Greek": frozenset("οανρυιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"),
}


@register("MT105", "wrong-language", Category.MISTRANSLATION, Severity.MAJOR)
class WrongLanguage(PairCheck):
    """A part of the target is in a language or script that does not belong there.

    What it does: Marks segments in a third language (in any other language when there is no source), words in a foreign
    script that the source does not have, and words that mix two scripts.

    Why it matters: Multilingual models slip into other languages; a foreign letter that looks like the right one breaks
    search, spelling checks and screen readers.

    Example: "Das ist eine важная Frage." has a Russian word, "Präsident" may hide a Cyrillic "а".

    How it is found: A language identifier and the function words of both languages must agree on a third language;
    scripts are read off the letters. Brackets, quotations, names and what the source has as well stay unmarked.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding a segment in a third language, foreign run or mixed word."""
        if view.target is None:
            return
        source, target = view.language(Side.SOURCE), view.language(Side.TARGET)
        marked: list[Span] = []
        for segment in view.pair.target:
            foreign = foreign_language(view.bitext, segment)
            if foreign is None or foreign.language in (source, target) or _quoted_in_source(view, foreign):
                continue
            start = segment.span.start - view.start(Side.TARGET)
            marked.append(Span(start, start + len(segment.span)))
            name = language_name(foreign.language)
            where = f", and so do the {foreign.lines - 1} short lines around it" if foreign.lines > 1 else ""
            yield self.at(
                view,
                Side.TARGET,
                start,
                start + len(segment.span),
                f"'{shorten(segment.text)}' is not in the language of the translation, it looks like {name}{where}",
                confidence=0.85 if foreign.lines > 1 or foreign.probability < 0.99 else 0.9,
                evidence={
                    "language": foreign.language,
                    "probability": round(foreign.probability, 3),
                    "lines": foreign.lines,
                },
            )
        own = own_scripts(target)
        if own is None:
            return
        for start, end, confidence, message in _foreign_letters(view.source, view.target, own):
            if not any(span.overlaps(Span(start, end)) for span in marked):
                yield self.at(view, Side.TARGET, start, end, message, confidence=confidence)


def _quoted_in_source(view: PairView, foreign: Foreign) -> bool:
    """Whether the source has the foreign words too: a motto, a quotation, a list of labels in many languages."""
    if view.source is None or view.target is None:
        return False
    theirs = {fold(word.text) for word in words(view.source)}
    ours = [fold(word.text) for word in words(view.target)]
    return 2 * sum(word in theirs for word in ours) > len(ours) or (foreign.lines > 1)


def _foreign_letters(source: str | None, target: str, own: frozenset[str]) -> Iterator[tuple[int, int, float, str]]:
    """Yield (start, end, confidence, message) of mixed words and of runs in a foreign script."""
    prose = without_verbatim(target)
    if not has_letter_outside(prose, own):
        return
    mixed = list(_mixed_words(source, prose, own))
    for word in mixed:
        yield (
            word.start,
            word.end,
            0.9,
            f"'{word.text}' mixes letters of two scripts that look alike",
        )
    if not has_letter_outside(prose, own | {"Latin"}):
        return
    theirs = {script for script, _, _ in script_runs(source or "")}
    for script, start, end in script_runs(prose):
        if script in own | theirs | {"Latin"} or any(word.start <= start < word.end for word in mixed):
            continue
        run = prose[start:end]
        letters = sum(character.isalpha() for character in run)
        # Greek letters stand for quantities and angles; a capitalised word may be a name in its own spelling.
        if (script == "Greek" and letters < 3) or run[0].isupper() or (source is None and letters < 2):
            continue
        if script == "Kana" and letters < 2:
            continue
        yield start, end, 0.85 if source is not None else 0.6, f"'{shorten(run)}' is in a foreign script ({script})"


def _mixed_words(source: str | None, prose: str, own: frozenset[str]) -> Iterator[Word]:
    """Yield words of the target's script in which letters of another one hide that look the same."""
    for word in words(prose):
        if word.text.isascii() or not has_letter_outside(word.text, own):
            continue
        runs = [(script, word.text[start:end]) for script, start, end in script_runs(word.text)]
        scripts = {script for script, _ in runs}
        intruders = scripts - own
        if len(scripts) != 2 or len(intruders) != 1 or not scripts <= _LOOKALIKES.keys():
            continue
        (intruder,) = intruders
        letters = [letters for script, letters in runs if script == intruder]
        if not all(set(run) <= _LOOKALIKES[intruder] for run in letters) or (source and word.text in source):
            continue
        # An abbreviation with a native ending (a declined brand) and a quantity such as a Greek prefix are no accident.
        joined = any(not character.isalpha() for character in word.text)
        if (
            joined
            or len(word.text) < 3
            or (len(letters) == 1 and word.text.startswith(letters[0]) and len(letters[0]) > 1)
        ):
            continue
        if intruder == "Greek" and len(word.text) < 4:
            continue
        yield word
