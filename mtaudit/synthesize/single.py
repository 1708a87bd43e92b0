"""Errors of one word: wrong sense, number, name, date, negation, opposite, roles, untranslated, inflection, order."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from mtaudit.synthesize import tables
from mtaudit.synthesize.edits import (
    Context,
    PlantedError,
    PlantedPair,
    edit,
    is_content,
    lost_span,
    lost_words,
    stretch,
    without,
    word_list,
)
from mtaudit.taxonomy import Category
from mtaudit.text import Word
from mtaudit.types import Severity, Side, Span

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _cased(word: str, like: str) -> str:
    """`word` with a capital where `like` has one."""
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _replaced(
    pair: PlantedPair, place: Span, new: str, kind: str, category: Category, severity: Severity = Severity.MAJOR
) -> PlantedPair | None:
    """Put `new` in the place of target words, and mark it."""
    marked = Span(place.start, place.start + len(new))
    return edit(pair, Side.TARGET, place, new, [PlantedError(kind, category, severity, Side.TARGET, marked)])


def _doubtful(pair: PlantedPair, context: Context, target_word: int) -> list[tuple[Side, Span]]:
    """The source words that a target word translates: once it is wrong they are neither said nor omitted."""
    source = word_list(pair.source)
    linked = [one for one, other in context.align(pair.source, pair.target) if other == target_word]
    return [(Side.SOURCE, Span(source[at].start, source[at].end)) for at in linked if at < len(source)]


def _candidates(pair: PlantedPair, context: Context, rng: random.Random) -> list[tuple[int, Word]]:
    """Content words of the target with their places, shuffled."""
    language = context.language(Side.TARGET)
    found = [(at, word) for at, word in enumerate(word_list(pair.target)) if is_content(word.text, language)]
    rng.shuffle(found)
    return found


def wrong_sense(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put a word of a like kind and another meaning in the place of a content word."""
    for at, word in _candidates(pair, context, rng)[:6]:
        known = {other.text.lower() for other in word_list(pair.target)}
        choices = [one for one in context.substitutes(word.text) if one.lower() not in known]
        if choices:
            new = _cased(rng.choice(choices), word.text)
            unclear = _doubtful(pair, context, at)
            place = Span(word.start, word.end)
            marked = Span(word.start, word.start + len(new))
            error = PlantedError("wrong-sense", Category.MISTRANSLATION, Severity.MAJOR, Side.TARGET, marked)
            return edit(pair, Side.TARGET, place, new, [error], unclear)
    return None


def number(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Change a digit, or a power of ten, of a number that both sides have."""
    del context
    digits = {"".join(filter(str.isdigit, match.group())) for match in _NUMBER.finditer(pair.source)}
    found = [m for m in _NUMBER.finditer(pair.target) if "".join(filter(str.isdigit, m.group())) in digits]
    if not found:
        return None
    match = rng.choice(found)
    text = match.group()
    places = [at for at, character in enumerate(text) if character.isdigit()]
    if rng.random() < 0.2 and len(text) < 8:
        new = text + "0" if rng.random() < 0.5 or len(places) < 2 or not text.endswith("0") else text[:-1]
    else:
        at = rng.choice(places)
        new = text[:at] + rng.choice([d for d in "0123456789" if d != text[at]]) + text[at + 1 :]
        if len(places) > 1 and new.startswith("0") and not text.startswith("0"):
            new = rng.choice("123456789") + new[1:]
    if new == text or "".join(filter(str.isdigit, new)) in digits:
        return None
    return _replaced(pair, Span(match.start(), match.end()), new, "number", Category.MISTRANSLATION)


def _names(source: str, target: str) -> list[Word]:
    """Target words that are capitalised and stand in the source letter by letter, the first word left out."""
    there = {word.text for word in word_list(source)[1:]}
    return [
        word
        for word in word_list(target)[1:]
        if word.text in there and word.text[0].isupper() and word.text.isalpha() and len(word.text) >= 3
    ]


def name(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put another name in the place of one: from elsewhere, or with two letters exchanged."""
    own = _names(pair.source, pair.target)
    if not own:
        return None
    word = rng.choice(own)
    others = {other.text for other in (*_names(*context.stranger), *_names(*context.neighbour))}
    others -= {w.text for w in (*word_list(pair.source), *word_list(pair.target))}
    if others and rng.random() < 0.8:
        new = rng.choice(sorted(others))
    elif len(word.text) >= 5:
        at = rng.randint(1, len(word.text) - 3)
        new = word.text[:at] + word.text[at + 1] + word.text[at] + word.text[at + 2 :]
    else:
        return None
    if new == word.text:
        return None
    return _replaced(pair, Span(word.start, word.end), new, "name", Category.MISTRANSLATION)


def date(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put another month or weekday in the place of one."""
    for word in word_list(pair.target):
        for group in tables.calendar(context.language(Side.TARGET)):
            if word.text in group:
                new = rng.choice([other for other in group if other != word.text])
                return _replaced(pair, Span(word.start, word.end), new, "date", Category.MISTRANSLATION)
    return None


def negation_lost(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Turn a denial into a statement; marked is what denies in the source, and what replaced it in the target."""
    language, other = context.language(Side.TARGET), context.language(Side.SOURCE)
    affirmed, denying = tables.AFFIRMED.get(language, {}), tables.NEGATIONS.get(other, frozenset())
    source = [w for w in word_list(pair.source) if w.text.lower() in denying or w.text.lower().endswith("n't")]
    target = [word for word in word_list(pair.target) if word.text.lower() in affirmed]
    if len(source) != 1 or len(target) != 1:
        return None  # with two of them nobody can say which one is meant
    word, was = target[0], Span(source[0].start, source[0].end)
    new = affirmed[word.text.lower()]
    errors = [PlantedError("negation", Category.MISTRANSLATION, Severity.MAJOR, Side.SOURCE, was)]
    if not new:
        return edit(pair, Side.TARGET, without(pair.target, Span(word.start, word.end)), "", errors)
    new = _cased(new, word.text)
    marked = Span(word.start, word.start + len(new))
    errors.append(PlantedError("negation", Category.MISTRANSLATION, Severity.MAJOR, Side.TARGET, marked))
    del rng
    return edit(pair, Side.TARGET, Span(word.start, word.end), new, errors)


def negation_added(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Deny what the source states; marked is the new negation."""
    language = context.language(Side.TARGET)
    denying, denied = tables.NEGATIONS.get(language, frozenset()), tables.DENIED.get(language, {})
    found = word_list(pair.target)
    if any(word.text.lower() in denying for word in found):
        return None
    choices = [word for word in found if word.text.lower() in denied]
    ending = [word for word in found[3:] if word.text.endswith(("en", "t")) and word.text[0].islower()]
    if language == "de" and ending and (not choices or rng.random() < 0.5):
        last = ending[-1]
        if last.end < len(pair.target) - 3 or pair.target[: last.start].endswith((" zu ", ", ")):
            return None  # not at the end of its clause, or an infinitive, which the negation would tear
        marked = Span(last.start, last.start + 5)
        error = PlantedError("negation", Category.MISTRANSLATION, Severity.MAJOR, Side.TARGET, marked)
        return edit(pair, Side.TARGET, Span(last.start, last.start), "nicht ", [error])
    if not choices:
        return None
    word = rng.choice(choices)
    new = _cased(denied[word.text.lower()], word.text)
    return _replaced(pair, Span(word.start, word.end), new, "negation", Category.MISTRANSLATION)


def negation(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Take a negation out, or put one in."""
    first, second = (negation_lost, negation_added) if rng.random() < 0.6 else (negation_added, negation_lost)
    return first(pair, context, rng) or second(pair, context, rng)


def opposite(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put the opposite in the place of a word."""
    known = tables.opposites(context.language(Side.TARGET))
    found = [word for word in word_list(pair.target) if word.text in known]
    if not found:
        return None
    word = rng.choice(found)
    return _replaced(pair, Span(word.start, word.end), known[word.text], "opposite", Category.MISTRANSLATION)


def roles(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Let two names or nouns of the target change places: who threatens whom is turned round."""
    own = _names(pair.source, pair.target)
    if len({word.text for word in own}) < 2 and context.language(Side.TARGET) == "de":
        own = [w for w in word_list(pair.target)[1:] if w.text[0].isupper() and len(w.text) >= 4 and w.text.isalpha()]
    if len({word.text for word in own}) < 2:
        return None
    one, two = sorted(rng.sample(own, 2), key=lambda word: word.start)
    if one.text == two.text or pair.target[one.end : two.start].strip() in ("", ",", "und", "and", "oder", "or"):
        return None  # side by side they may change places and mean the same
    between = pair.target[one.end : two.start]
    new = two.text + between + one.text
    first = Span(one.start, one.start + len(two.text))
    second = Span(one.start + len(two.text) + len(between), two.end)
    errors = [
        PlantedError("roles", Category.MISTRANSLATION, Severity.MAJOR, Side.TARGET, span) for span in (first, second)
    ]
    return edit(pair, Side.TARGET, Span(one.start, two.end), new, errors)


def untranslated(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Leave one to four source words as they are where their translation stood."""
    links = context.align(pair.source, pair.target)
    source, target = word_list(pair.source), word_list(pair.target)
    for at, word in _candidates(pair, context, rng)[:6]:
        linked = sorted(one for one, other in links if other == at)
        if not linked or source[linked[0]].text.lower() == word.text.lower():
            continue
        last = min(at + rng.choice((0, 0, 0, 1, 2)), len(target) - 1)
        reach = sorted(one for one, other in links if at <= other <= last)
        if reach[-1] - reach[0] > 2 * (last - at) + 1:
            continue  # their sources lie too far apart to have been left where they are
        old = stretch(source, reach[0], reach[-1])
        new = pair.source[old.start : old.end]
        place = stretch(target, at, last)
        if new != pair.target[place.start : place.end]:
            return _replaced(pair, place, new, "untranslated", Category.UNTRANSLATED)
    return None


def inflection(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Put another form of an article, pronoun or auxiliary in the place of one."""
    groups = tables.INFLECTIONS.get(context.language(Side.TARGET), ())
    found = [(word, group) for word in word_list(pair.target) for group in groups if word.text.lower() in group]
    if not found:
        return None
    word, group = rng.choice(found)
    new = _cased(rng.choice(sorted(group - {word.text.lower()})), word.text)
    place = Span(word.start, word.end)
    return _replaced(pair, place, new, "inflection", Category.GRAMMAR, Severity.MINOR)


def word_order(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Move a word two to five places, within a clause."""
    del context
    found = word_list(pair.target)
    if len(found) < 6:
        return None
    first = rng.randrange(1, len(found) - 3)
    last = min(len(found) - 2, first + rng.randint(2, 5))
    moved, rest = found[first], pair.target[found[first + 1].start : found[last].end]
    if last <= first or re.search(r"[,.;:!?“”\"()]", pair.target[moved.start : found[last].end]):
        return None
    new = f"{rest} {moved.text}"
    start = moved.start + len(rest) + 1
    error = PlantedError(
        "word-order", Category.GRAMMAR, Severity.MINOR, Side.TARGET, Span(start, start + len(moved.text))
    )
    return edit(pair, Side.TARGET, Span(moved.start, found[last].end), new, [error])


def dropped_word(pair: PlantedPair, context: Context, rng: random.Random) -> PlantedPair | None:
    """Take out one or two content words; marked are the source words that nothing says any more."""
    links = context.align(pair.source, pair.target)
    source, target = word_list(pair.source), word_list(pair.target)
    if len(target) < 5:
        return None
    language = context.language(Side.SOURCE)
    for at, _ in _candidates(pair, context, rng)[:6]:
        last = min(at + rng.choice((0, 0, 1)), len(target) - 1)
        lost = lost_words(links, range(at, last + 1), len(source))
        span = lost_span(source, lost)
        if span is None or not any(is_content(source[one].text, language) for one in lost):
            continue
        place = without(pair.target, stretch(target, at, last))
        error = PlantedError("dropped-word", Category.OMISSION, Severity.MAJOR, Side.SOURCE, span)
        return edit(pair, Side.TARGET, place, "", [error])
    return None


#: What every function here is.
Planter = Callable[[PlantedPair, Context, random.Random], PlantedPair | None]


def similar_shape(word: str, others: Sequence[str]) -> list[str]:
    """Those of `others` that could stand in the place of `word`: same case of the first letter, same ending."""
    ending = word[-2:].lower()
    return [o for o in others if o[:1].isupper() == word[:1].isupper() and o[-2:].lower() == ending and o != word]
