"""Sentences that are missing, extra, cut off, or far too short or long for their source."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from mtaudit.checks._interface import LABELS
from mtaudit.checks.boilerplate import leftovers
from mtaudit.checks.language import foreign_language
from mtaudit.checks.repetition import copied_passages
from mtaudit.functionwords import NEVER_LAST
from mtaudit.langid import without_verbatim
from mtaudit.lengths import english_length, length_deviation
from mtaudit.rules import DocumentCheck, DocumentView, PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import fold, is_unspaced, shorten, words
from mtaudit.types import Finding, Severity, Side, Span

#: Standard deviations, and ratio of lengths, from which a length is remarkable (minor) and beyond belief (major). The
#: good German translations of the development data reach -3.3 and 5 once in a thousand pairs.
_SHORT, _VERY_SHORT, _LONG, _VERY_LONG = -3.5, -5.5, 4.5, 8.0
_SHORT_RATIO, _LONG_RATIO = 0.55, 1.9

#: In documents of fewer pairs, a few gaps do not mean that the two sides are strangers.
_FEW = 6


def _ratio(source: str, target: str, languages: tuple[str, str]) -> float:
    return english_length(target, languages[1]) / max(1.0, english_length(source, languages[0]))


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _count(text: str) -> int:
    return sum(1 for _ in words(text))


class _Gap(DocumentCheck):
    """What the two checks of gaps share: which segments stand alone, and how sure that is."""

    side: Side

    def _report(self, view: DocumentView, explained: Container[Span]) -> Iterator[Finding]:
        """Yield one finding a segment of `side` that stands alone, unless another rule explains it."""
        aligned = sum(1 for pair in view.pairs if pair.source and pair.target)
        # So little in common: the two documents seem not to belong together. That is said once, loudly.
        unrelated = len(view.pairs) >= _FEW and 2 * aligned < len(view.pairs) - aligned
        places = {pair.index: at for at, pair in enumerate(view.pairs)}
        said = False
        for pair, segment in view.segments(self.side):
            if pair.segments(self.side.other) or segment.span in explained or not _has_words(segment.text):
                continue
            confidence = 0.3 if unrelated else self._confidence(view, places[pair.index], segment.text)
            message = f"'{shorten(segment.text)}' has no counterpart in the {self.side.other}"
            if unrelated and not said:
                said, confidence = True, 0.9
                correspond = f"only {aligned} of {len(view.pairs)} places correspond"
                message += f"; {correspond}, so the two documents may not belong together"
            evidence = {"unrelated": unrelated}
            yield self.finding(pair, self.side, segment.span, message, confidence=confidence, evidence=evidence)

    def _confidence(self, view: DocumentView, at: int, text: str) -> float:
        """Below 0.5 where a person would shrug: labels, lone headings, words that a neighbour may have taken in."""
        count = _count(text)
        if count <= 3 and not is_unspaced(view.language(self.side)):
            return 0.4
        if fold(text).rstrip("?!.:… ") in LABELS.get(view.language(self.side), ()) or self._taken_in(view, at, text):
            return 0.4
        return 0.65 if count <= 5 else 0.8

    def _taken_in(self, view: DocumentView, at: int, text: str) -> bool:
        """Whether a neighbour on the other side is so long that it seems to say this as well."""
        languages = (view.language(Side.SOURCE), view.language(Side.TARGET))
        for neighbour in (*view.pairs[max(0, at - 1) : at], *view.pairs[at + 1 : at + 2]):
            source, target = (view.bitext.text(neighbour, side) for side in Side)
            if source is None or target is None:
                continue
            alone = length_deviation(source, target, languages)
            both = (f"{source} {text}", target) if self.side is Side.SOURCE else (source, f"{target} {text}")
            if abs(length_deviation(*both, languages)) + 1.5 < abs(alone):
                return True
        return False


@register("MT601", "missing-sentence", Category.OMISSION, Severity.MAJOR)
class MissingSentence(_Gap):
    """A sentence of the source has no counterpart in the target.

    What it does: Marks source sentences that nothing in the target was aligned to.

    Why it matters: A whole statement is lost, and a reader of the target cannot notice.

    Example: The source has "The talks failed. Both sides blamed each other."; the target only has "Die Gespräche
    scheiterten."

    How it is found: The alignment left the sentence alone. Sentences without letters do not count; labels, headings of
    up to three words, and sentences that a neighbour's length leaves room for are reported with low confidence. When
    the two documents hardly correspond, the first such sentence says so and the others get low confidence.
    """

    side = Side.SOURCE

    def check(self, view: DocumentView) -> Iterator[Finding]:
        """Yield one finding a source sentence without counterpart."""
        return self._report(view, ())


@register("MT602", "extra-sentence", Category.ADDITION, Severity.MAJOR)
class ExtraSentence(_Gap):
    """A sentence of the target has no counterpart in the source.

    What it does: Marks target sentences that nothing in the source was aligned to.

    Why it matters: The translation says something that the author never said.

    Example: The target ends with "Weitere Einzelheiten folgen.", which the source does not have.

    How it is found: The alignment left the sentence alone. Repeated passages (MT203), foreign languages (MT104, MT105)
    and web-page debris (MT311) are left to their own rules. Confidence is lowered as for MT601.
    """

    side = Side.TARGET

    def check(self, view: DocumentView) -> Iterator[Finding]:
        """Yield one finding a target sentence without counterpart."""
        gaps = [segment for pair in view.pairs if not pair.source for segment in pair.target]
        if not gaps:
            return iter(())
        # Either copy may be the one that the alignment left alone.
        explained = {side.span for copy in copied_passages(view) for side in (copy.segment, copy.original)}
        explained |= {leftover.segment.span for leftover in leftovers(view)}
        explained |= {segment.span for segment in gaps if foreign_language(view.bitext, segment) is not None}
        return self._report(view, explained)


_FINAL = re.compile(r"[.!?…。！？．｡।؟][\"'“”»«’‘)\]」』】）*_\s]*$")
_UNFINISHED = re.compile(r"[,;\-–—、，（(]\s*$")


def _truncated(view: PairView) -> tuple[int, int, str, float] | None:
    """Start, end, reason and confidence of an end that breaks off; None where the target is finished."""
    source, target = view.source, (view.target or "").rstrip()
    if source is None or not _FINAL.search(source) or _FINAL.search(target) or _count(target) < 3:
        return None
    language = view.language(Side.TARGET)
    languages = (view.language(Side.SOURCE), language)
    *_, last = words(target)
    tail = target[last.end :]
    tag = source.rstrip('"”’»)').endswith(("?", "？"))  # "..., oder" is a question tag
    if (
        not tag
        and last.text in NEVER_LAST.get(language, ())
        and without_verbatim(target)[last.start : last.end] == last.text
    ):
        return last.start, len(target), f"ends with '{last.text}', which must be followed by another word", 0.9
    deviation = length_deviation(source, target, languages)
    short = deviation < -2.5 and _ratio(source, target, languages) < 0.7
    if _UNFINISHED.search(target) and _ratio(source, target, languages) < 0.9:
        # After a comma the sentence may go on in the next segment, so the length has to agree.
        return last.start, len(target), f"ends with '{tail.strip()}' and not with the end of a sentence", 0.85
    if short and not tail.strip():
        return last.start, len(target), "ends without the final mark of its source and is much shorter than it", 0.7
    return None


@register("MT604", "length-ratio", Category.MISTRANSLATION, Severity.MINOR)
class LengthRatio(PairCheck):
    """The target is far too short or far too long for its source.

    What it does: Marks pairs whose lengths cannot belong to translations of each other.

    Why it matters: Something was left out, made up or repeated, or the two sentences do not belong together.

    Example: A source of four lines with the target "Ja, das stimmt."

    How it is found: Lengths in characters are compared after Gale & Church (1993), with what is usual for the two
    languages. Only extreme deviations count, and only sources of at least four words and thirty characters.
    """

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield at most one finding, on the whole target."""
        if view.source is None or view.target is None or not _has_words(view.target):
            return
        languages = (view.language(Side.SOURCE), view.language(Side.TARGET))
        if english_length(view.source, languages[0]) < 30 or _count(view.source) < 4:
            return
        deviation = length_deviation(view.source, view.target, languages)
        ratio = _ratio(view.source, view.target, languages)
        short = deviation <= _SHORT and ratio <= _SHORT_RATIO
        if not short and not (deviation >= _LONG and ratio >= _LONG_RATIO):
            return
        if short and _truncated(view) is not None:
            return  # MT605 says it, and says more
        extreme = deviation <= _VERY_SHORT or deviation >= _VERY_LONG
        doubt = "something may be missing" if short else "something may have been added"
        size = f"only {ratio:.0%} of" if short else f"{ratio:.1f} times"
        yield self.at(
            view,
            Side.TARGET,
            0,
            len(view.target),
            f"The target has {size} the length that its source makes one expect: {doubt}",
            confidence=0.8 if extreme else 0.6,
            severity=Severity.MAJOR if extreme else Severity.MINOR,
            evidence={"deviation": round(deviation, 2), "ratio": round(ratio, 2)},
        )


@register("MT605", "truncated", Category.OMISSION, Severity.MAJOR)
class Truncated(PairCheck):
    """The target breaks off in the middle of a sentence.

    What it does: Marks the end of a target that lacks the final mark of its source and ends on a word or mark that must
    be followed by something, or is much too short.

    Why it matters: The end of the sentence is lost; it is what happens when a translation engine reaches its limit.

    Example: "The bridge was closed because it was unsafe." becomes "Die Brücke wurde gesperrt, weil".

    How it is found: The source must end with a full stop, question or exclamation mark, and the target without. Then
    lists of words that cannot end a sentence, commas and dashes at the end, and the lengths of both are looked at.
    """

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield at most one finding, on the last word of the target."""
        broken = _truncated(view)
        if broken is None:
            return
        start, end, reason, confidence = broken
        yield self.at(view, Side.TARGET, start, end, f"The target {reason}", confidence=confidence)
