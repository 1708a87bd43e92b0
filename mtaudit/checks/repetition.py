"""Text that stands twice: a looping phrase inside a segment, and a passage that the document repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mtaudit.checks._doubles import doubled_pair, doubled_word
from mtaudit.rules import DocumentCheck, DocumentView, PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import Word, fold, is_unspaced, shorten, words
from mtaudit.types import Finding, Segment, SegmentPair, Severity, Side, Span

#: Longest phrase whose immediate repetition is looked for, in words.
_LONGEST = 12
#: A loop inside one word: a syllable four times in a row, or one letter six times.
_SYLLABLES = re.compile(r"([^\W\d_]{2,6}?)\1{3,}|([^\W\d_])\2{5,}")
_LONG_RUN = re.compile(r"[^\W\d_]{6,}")


@dataclass(frozen=True, slots=True)
class _Loop:
    """`copies` times the `size` words from word `first` on; `copies` may end in the middle of the last copy."""

    first: int
    size: int
    copies: int
    end: int


@register("MT202", "repetition", Category.REPETITION, Severity.MAJOR)
class Repetition(PairCheck):
    """A word or phrase of the target is repeated on the spot.

    What it does: Marks phrases that follow themselves at once: a word three times, two words three times, a longer
    phrase twice. A single word ("the the", "Haben haben wir") and a noun with the word before it ("das Schiff das
    Schiff") count when they stand twice; so far in English, German, French, Spanish, Czech, Russian and Ukrainian.

    Why it matters: Loops are a sign of a decoder that got stuck; the rest of the sentence is often missing.

    Example: "in the middle of the in the middle of the night" has four words twice.

    How it is found: Every sequence of up to twelve words is compared with what follows it at once. It counts only when
    the source has no such repetition, so that "very, very good" and chants stay unmarked. Digits never count. A word
    that stands twice does not count where grammar or usage doubles it: "die, die die Stadt kennen", "had had",
    emphasis, laughter, and names such as "Bora Bora" unless the source has the name once.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding a loop."""
        if view.target is None:
            return
        languages = view.language(Side.SOURCE), view.language(Side.TARGET)
        found = list(words(view.target))
        # Accents tell words apart here (Czech "že ze"), case does not.
        keys = [word.text.casefold() for word in found]
        loops, allowed, draws = list(_loops(keys)), 1, _is_drawn(view.target)
        if not loops and not draws:
            return
        drawn = view.source is not None and _is_drawn(view.source)
        if loops and view.source is not None:
            # "Bora-Bora" of the source may become two words.
            texts = {view.source, view.source.replace("-", " ")}
            theirs = ([word.text.casefold() for word in words(text)] for text in texts)
            allowed = max((loop.copies for row in theirs for loop in _loops(row)), default=1)
        for loop in loops:
            run = found[loop.first : loop.end]
            if drawn and loop.size <= 2:
                continue  # "Hahahaha" or "nooooo" may become a row of words
            confidence = _confidence(view.target, run, loop, languages, view.source)
            # A source that repeats itself is given one copy more: "very very" may well become three words.
            if confidence == 0.0 or (allowed > 1 and loop.copies <= allowed + 1):
                continue
            phrase = shorten(view.target[run[0].start : run[min(loop.size, len(run)) - 1].end])
            yield self.at(
                view,
                Side.TARGET,
                run[0].start,
                run[-1].end,
                f"'{phrase}' stands {_times(loop.copies)} in a row",
                confidence=confidence,
                severity=Severity.MINOR if loop.size <= 2 and loop.copies == 2 else None,
                evidence={"words": loop.size, "copies": loop.copies},
            )
        if view.source is not None and not drawn and draws:
            for match in _SYLLABLES.finditer(view.target):
                if not is_unspaced(languages[1]):
                    message = f"'{shorten(match.group(), 40)}' repeats the same letters over and over"
                    yield self.at(view, Side.TARGET, *match.span(), message, confidence=0.8)


def _is_drawn(text: str) -> bool:
    """Whether letters repeat themselves within a word; only one of few different letters is looked at closely."""
    return any(_repeats(run) if len(run) < _LONG_WORD else _SYLLABLES.search(run) for run in _LONG_RUN.findall(text))


#: Runs of letters from here on are hardly words, and are not worth remembering.
_LONG_WORD = 40


@lru_cache(maxsize=16384)
def _repeats(letters: str) -> bool:
    return _SYLLABLES.search(letters) is not None


def _times(copies: int) -> str:
    return "twice" if copies == 2 else f"{copies} times"


def _distances(keys: Sequence[str]) -> list[int]:
    """How far apart the same words stand, up to `_LONGEST`: no phrase of another length can be repeated."""
    if len(set(keys)) == len(keys):
        return []
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        places.setdefault(key, []).append(at)
    return sorted(
        {
            after - before
            for same in places.values()
            for index, after in enumerate(same)
            for before in same[max(0, index - _LONGEST) : index]
            if after - before <= _LONGEST
        }
    )


def _loops(keys: Sequence[str]) -> Iterator[_Loop]:
    """Yield the maximal immediate repetitions that do not overlap, shortest phrase first."""
    taken = [False] * len(keys)
    for size in _distances(keys):
        at = 0
        while at + size < len(keys):
            length = 0
            while at + size + length < len(keys) and keys[at + length] == keys[at + size + length]:
                length += 1
            end = at + size + length
            # Joined by a word that the last copy lacks ("and"), a long phrase counts as well.
            whole = length >= size or (size >= 6 and length == size - 1)
            if whole and not any(taken[at:end]):
                taken[at:end] = [True] * (end - at)
                yield _Loop(at, size, max(2, 1 + length // size), end)
            at += length + 1


def _confidence(target: str, run: Sequence[Word], loop: _Loop, languages: tuple[str, str], source: str | None) -> float:
    """How sure a repetition is an error; 0 where languages repeat on purpose. No source (None) leaves less to go by."""
    bare, language = source is None, languages[1]
    phrase = [word.text for word in run[: loop.size]]
    if not any(character.isalpha() for text in phrase for character in text):
        return 0.0
    parted = re.search(r"[^\w\s'’-]", target[run[0].start : run[-1].end]) is not None
    if is_unspaced(language):
        # Reduplication is grammar in Chinese and Japanese: only long or many copies are loops.
        long = loop.size * loop.copies >= 8 and (loop.copies >= 4 or loop.size >= 5)
        return 0.7 if long and (loop.copies >= 4 or not parted) else 0.0
    if loop.copies == 2 and loop.size <= 2:
        judge = doubled_word if loop.size == 1 else doubled_pair
        return judge(target, run, languages, source) if len(run) == 2 * loop.size else 0.0
    if loop.size == 1:
        return 0.0 if parted and (bare or loop.copies < 4) else 0.85
    figures = loop.size < 5 and any(character.isdigit() for word in phrase for character in word)
    # "Und so weiter und so weiter" is a manner of speaking, and so are short clauses that a comma parts.
    short = loop.size > 2 and sum(len(word) for word in phrase) < 12
    said = parted and ((loop.copies == 2 and (bare or loop.size == 3)) or (loop.size == 2 and bare))
    if figures or short or said:
        return 0.0
    return 0.6 if parted and loop.copies == 2 else 0.85


#: Folded characters that make a passage long enough not to be a formula; texts without spaces say it in fewer.
_LONG, _LONG_UNSPACED = 80, 30
#: Earlier places of one sentence that are tried for the longest common passage.
_TRIED = 8


@dataclass(frozen=True, slots=True)
class Copy:
    """A target segment that stands again: which passage (from 1), which of how many, and the first copy."""

    pair: SegmentPair
    segment: Segment
    passage: int
    sentence: int
    of: int
    first: int
    confidence: float
    original: Segment


def copied_passages(view: DocumentView) -> tuple[Copy, ...]:
    """The target segments that repeat an earlier passage which the source does not repeat likewise, in order."""
    items = list(view.segments(Side.TARGET))
    keys = [fold(segment.text) for _, segment in items]
    long = _LONG_UNSPACED if is_unspaced(view.language(Side.TARGET)) else _LONG
    counts: dict[str, int] = {}
    for _, segment in view.segments(Side.SOURCE):
        key = fold(segment.text)
        counts[key] = counts.get(key, 0) + 1
    places: dict[str, list[int]] = {}
    found: list[Copy] = []
    passage = at = 0
    while at < len(items):
        first, length = max(
            ((earlier, _same(keys, earlier, at)) for earlier in places.get(keys[at], ())),
            key=lambda item: item[1],
            default=(0, 0),
        )
        size = sum(len(key) for key in keys[at : at + length])
        copies = [
            k for k in range(length) if not _rightly_repeated(view, items[first + k][0], items[at + k][0], counts)
        ]
        if copies and (size >= long or (length >= 2 and 2 * size >= long)) and 2 * len(copies) > length:
            passage += 1
            gap = sum(not items[at + k][0].source for k in copies)
            confidence = 0.95 if length >= 2 and gap * 2 > len(copies) else 0.85 if length >= 2 else 0.7
            found += [
                Copy(*items[at + k], passage, k + 1, length, first + k + 1, confidence, items[first + k][1])
                for k in copies
            ]
        for k in range(at, at + max(1, length)):
            earlier = places.setdefault(keys[k], [])
            if len(earlier) < _TRIED:
                earlier.append(k)
        at += max(1, length)
    return tuple(found)


def _same(keys: Sequence[str], earlier: int, later: int) -> int:
    """How many segments from `earlier` on are the same as from `later` on, the two passages not overlapping."""
    length = 0
    while earlier + length < later and later + length < len(keys) and keys[earlier + length] == keys[later + length]:
        length += 1
    return length


def _rightly_repeated(view: DocumentView, first: SegmentPair, later: SegmentPair, counts: dict[str, int]) -> bool:
    """Whether the source says it twice too: in the same words, or in words much alike."""
    if first.index == later.index:
        return False
    one, other = (view.bitext.text(pair, Side.SOURCE) for pair in (first, later))
    if one is not None and other is not None:
        ours, theirs = ({fold(word.text) for word in words(text)} for text in (one, other))
        return 2 * len(ours & theirs) >= len(ours | theirs)
    # One of the copies has no counterpart; the source may still hold the sentence twice, aligned elsewhere.
    said = first.source or later.source
    return bool(said) and all(counts.get(fold(segment.text), 0) > 1 for segment in said)


@register("MT203", "duplicated-passage", Category.REPETITION, Severity.MAJOR)
class DuplicatedPassage(DocumentCheck):
    """A passage of the target stands again later in the document.

    What it does: Marks the sentences of a passage that repeats an earlier one: two or more sentences in a row, or a
    single long sentence. The first copy stays unmarked.

    Why it matters: Readers meet the same text twice; it often comes from an article that was scraped or pasted twice.

    Example: The seven paragraphs of a report follow once more, from its headline on, after its last paragraph.

    How it is found: Sentences are compared after folding case, accents and white space. A passage that the source
    repeats as well, and short formulas, do not count.
    """

    needs_source = False

    def check(self, view: DocumentView) -> Iterator[Finding]:
        """Yield one finding a repeated sentence."""
        for copy in copied_passages(view):
            span = Span(copy.segment.span.start, copy.segment.span.end)
            part = f", sentence {copy.sentence} of {copy.of} of a repeated passage" if copy.of > 1 else ""
            yield self.finding(
                copy.pair,
                Side.TARGET,
                span,
                f"'{shorten(copy.segment.text)}' stands here again, first as sentence {copy.first}{part}",
                confidence=copy.confidence,
                evidence={
                    "passage": copy.passage,
                    "sentence": copy.sentence,
                    "of": copy.of,
                    "copy_of": copy.first,
                },
            )
