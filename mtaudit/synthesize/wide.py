"""Errors of more than a word: clauses, seams between sentences, loops, ends, whole translations."""

from __future__ import annotations

import random
import re

from mtaudit.synthesize import tables
from mtaudit.synthesize.edits import (
    Context,
    PlantedError,
    PlantedPair,
    edit,
    lost_span,
    lost_words,
    stretch,
    without,
    word_list,
)
from mtaudit.taxonomy import Category
from mtaudit.types import Severity, Side, Span

_CLAUSE = re.compile(r"[^,;:–—()]+")


def _mark(kind: str, category: Category, side: Side, span: Span, severity: Severity = Severity.MAJOR) -> PlantedError:
    return PlantedError(kind, category, severity, side, span)


def _clause(pair: PlantedPair, rng: random.Random) -> tuple[int, int] | None:
    """First and last word of a clause of the target, or of three to nine words in its middle."""
    found = word_list(pair.target)
    if len(found) < 8:
        return None
    clauses = []
    for match in _CLAUSE.finditer(pair.target):
        inside = [at for at, word in enumerate(found) if match.start() <= word.start and word.end <= match.end()]
        if 3 <= len(inside) <= min(14, len(found) - 4):
            clauses.append((inside[0], inside[-1]))
    if len(clauses) > 1 and rng.random() < 0.6:
        return rng.choice(clauses)
    count = rng.randint(3, min(9, len(found) - 4))
    first = rng.randint(1, len(found) - count - 1)
    return first, first + count - 1


def dropped_clause(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Take a clause out of the target; marked are the source words that nothing says any more."""
    chosen = _clause(pair, rng)
    if chosen is None:
        return None
    source, target = word_list(pair.source), word_list(pair.target)
    lost = lost_words(context.align(pair.source, pair.target), range(chosen[0], chosen[1] + 1), len(source))
    span = lost_span(source, lost)
    if span is None or len(lost) < 2:
        return None
    place = without(pair.target, stretch(target, *chosen))
    return edit(pair, Side.TARGET, place, "", [_mark("dropped-clause", Category.OMISSION, Side.SOURCE, span)])


def _phrase(text: str, rng: random.Random, least: int, most: int) -> str | None:
    """Some consecutive words of a text, none of them its first, without marks of quotation or sentence ends."""
    found = word_list(text)
    if len(found) < least + 2:
        return None
    count = rng.randint(least, min(most, len(found) - 2))
    first = rng.randint(1, len(found) - count - 1)
    span = stretch(found, first, first + count - 1)
    phrase = text[span.start : span.end]
    return None if re.search(r"[.!?;:“”„\"«»()\n]", phrase) else phrase


def added(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put a phrase from elsewhere between two words of the target."""
    phrase = _phrase(context.stranger[1], rng, 1, 6)
    found = word_list(pair.target)
    if phrase is None or len(found) < 3:
        return None
    at = found[rng.randrange(len(found) - 1)].end
    marked = Span(at + 1, at + 1 + len(phrase))
    return edit(pair, Side.TARGET, Span(at, at), f" {phrase}", [_mark("added", Category.ADDITION, Side.TARGET, marked)])


def spliced(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put a phrase of the neighbouring sentence in the place of one; both sides are marked."""
    phrase = _phrase(context.neighbour[1], rng, 3, 8)
    chosen = _clause(pair, rng)
    if phrase is None or chosen is None or phrase.lower() in pair.target.lower():
        return None
    source, target = word_list(pair.source), word_list(pair.target)
    lost = lost_words(context.align(pair.source, pair.target), range(chosen[0], chosen[1] + 1), len(source))
    place = stretch(target, *chosen)
    errors = [_mark("spliced", Category.MISTRANSLATION, Side.TARGET, Span(place.start, place.start + len(phrase)))]
    span = lost_span(source, lost)
    if span is not None:
        errors.append(_mark("spliced", Category.OMISSION, Side.SOURCE, span))
    return edit(pair, Side.TARGET, place, phrase, errors)


def stray_stop(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Cut the sentence by a full stop in its middle; now and then a word or two before it are lost as well."""
    found = word_list(pair.target)
    if len(found) < 7:
        return None
    at = rng.randrange(2, len(found) - 2)
    if pair.target[found[at].end : found[at + 1].start] != " " or not found[at].text.isalpha():
        return None
    stop = rng.choice((" . ", ". ", " ."))
    lost = rng.choice((0, 0, 1, 2)) if at + 3 < len(found) else 0
    after = found[at + 1 + lost]
    if any(not found[at + k].text.isalnum() for k in range(lost + 1)):
        return None
    place = Span(found[at].start, after.end)
    new = found[at].text + stop + after.text
    errors = [_mark("stray-stop", Category.GRAMMAR, Side.TARGET, Span(place.start, place.start + len(new)))]
    if lost:
        source = word_list(pair.source)
        gone = lost_words(context.align(pair.source, pair.target), range(at + 1, at + 1 + lost), len(source))
        span = lost_span(source, gone)
        if span is not None:
            errors.append(_mark("stray-stop", Category.OMISSION, Side.SOURCE, span))
    return edit(pair, Side.TARGET, place, new, errors)


def run_together(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Join the sentence and its neighbour, losing the end of the one and the beginning of the other."""
    if pair.errors or pair.source == context.neighbour[0]:
        return None
    one, two = word_list(pair.target), word_list(context.neighbour[1])
    if len(one) < 5 or len(two) < 6:
        return None
    cut, begin = rng.randint(max(2, len(one) // 2), len(one) - 1), rng.randint(1, len(two) // 2)
    first, second = pair.target[: one[cut].end], context.neighbour[1][two[begin].start :]
    joint = rng.choice(
        (" ", " ", " und ", ", ") if context.language(Side.TARGET) == "de" else (" ", " ", " and ", ", ")
    )
    target, source = first + joint + second, f"{pair.source} {context.neighbour[0]}"
    seam_end = len(first) + len(joint) + len(two[begin].text)
    errors = [_mark("run-together", Category.GRAMMAR, Side.TARGET, Span(one[cut].start, seam_end))]
    words = word_list(pair.source)
    gone = lost_span(words, lost_words(context.align(*_texts(pair)), range(cut + 1, len(one)), len(words)))
    if gone is not None:
        errors.append(_mark("run-together", Category.OMISSION, Side.SOURCE, gone))
    words = word_list(context.neighbour[0])
    gone = lost_span(words, lost_words(context.align(*context.neighbour), range(begin), len(words)))
    if gone is not None:
        errors.append(_mark("run-together", Category.OMISSION, Side.SOURCE, gone.shift(len(pair.source) + 1)))
    return PlantedPair(source, target, tuple(errors))


def _texts(pair: PlantedPair) -> tuple[str, str]:
    return pair.source, pair.target


def dropped_sentence(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Let the source have one sentence more, before or after: the target leaves it out whole."""
    extra = context.neighbour[0]
    if pair.errors or len(extra) < 10 or len(extra) > 200:
        return None
    if rng.random() < 0.5:
        source, start = f"{pair.source} {extra}", len(pair.source) + 1
    else:
        source, start = f"{extra} {pair.source}", 0
    error = _mark("dropped-sentence", Category.OMISSION, Side.SOURCE, Span(start, start + len(extra)))
    return PlantedPair(source, pair.target, (error,))


def loop(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Let one to five words of the target stand two to four times."""
    del context
    found = word_list(pair.target)
    if len(found) < 4:
        return None
    count = rng.randint(1, min(5, len(found) - 1))
    first = rng.randint(0, len(found) - count)
    span = stretch(found, first, first + count - 1)
    phrase = pair.target[span.start : span.end]
    copies = " ".join([phrase] * rng.choice((1, 1, 2, 3)))
    marked = Span(span.end + 1, span.end + 1 + len(copies))
    place = Span(span.end, span.end)
    return edit(pair, Side.TARGET, place, f" {copies}", [_mark("loop", Category.REPETITION, Side.TARGET, marked)])


def truncated(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Cut off the last fifth to half of the target; marked is what the source says there."""
    source, target = word_list(pair.source), word_list(pair.target)
    if len(target) < 7:
        return None
    keep = rng.randint(len(target) // 2, max(len(target) // 2, len(target) - 2 - len(target) // 6))
    lost = lost_words(context.align(pair.source, pair.target), range(keep, len(target)), len(source))
    span = lost_span(source, lost)
    if span is None:
        return None
    ending = rng.choice(("", "", ".", " …"))
    place = Span(target[keep - 1].end, len(pair.target))
    return edit(pair, Side.TARGET, place, ending, [_mark("truncated", Category.OMISSION, Side.SOURCE, span)])


def copied(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Leave the whole sentence in the source's language."""
    del context, rng
    if pair.errors or pair.source == pair.target or len(word_list(pair.source)) < 3:
        return None
    marked = Span(0, len(pair.source))
    error = _mark("copied", Category.UNTRANSLATED, Side.TARGET, marked, Severity.CRITICAL)
    return PlantedPair(pair.source, pair.source, (error,))


def detached(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put the translation of something else in the place of the target."""
    del rng
    other = context.stranger[1]
    if pair.errors or other == pair.target or context.stranger[0] == pair.source:
        return None
    error = _mark("detached", Category.MISTRANSLATION, Side.TARGET, Span(0, len(other)), Severity.CRITICAL)
    return PlantedPair(pair.source, other, (error,))


def debris(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Let a tag of a web page stand in the text, its name torn from its bracket."""
    del context
    tag = rng.choice(tables.TAGS)
    name = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(rng.randint(3, 8)))
    new = rng.choice((f'< {tag} class="{name}">', f'<{tag} id="{name}">', f"</{tag}>", f"< / {tag} >"))
    at = 0 if rng.random() < 0.6 else pair.target.find(" ") + 1
    error = _mark("debris", Category.MARKUP, Side.TARGET, Span(at, at + len(new)))
    return edit(pair, Side.TARGET, Span(at, at), new + rng.choice(("", " ")), [error])
