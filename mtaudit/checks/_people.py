"""Finds names of people that changed between two texts in Latin script."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from mtaudit.functionwords import STARTERS
from mtaudit.text import fold

#: Languages that write names as they are and inflect them by an ending at most. Czech, for one, declines them.
LANGUAGES = frozenset({"en", "de", "fr", "es"})

#: Given names that are common in English, German, French or Spanish texts and that nobody translates.
_GIVEN = """
aaron adam adrian alan albert alexander alice alison amanda amy andrea andrew andy angela anna anne annette anthony
antonio barbara barack ben benjamin bernard bernie bill bob boris brandon brian bruce carl carla carlos carol
caroline catherine charlotte chelsea chris christian christina christine christoph christopher claire claudia craig
cynthia daniel danielle dave david deborah dennis diana diego dmitri donald donna dorothy doug douglas edward elena
elizabeth ellen emily emma eric erik eva evelyn fernando florian francisco françois frank franz fred gabriel gareth
gary george gerhard gordon grace graham greg gregory hannah hans harold harry heather heinz helen helmut henry
hillary howard ian isabel jack jackie jacob jacques jake james jane janet jason jean jeff jeffrey jennifer jeremy
jerry jessica jill jim jimmy joan joe john johannes jonathan jorge josé joseph joshua juan judith julia julian julie
justin karen karin karl kate katharina katherine kathleen katie keith kelly ken kenneth kevin kim klaus kyle larry
laura lauren laurent lawrence lewis linda lisa lucas lucy luis luke manuel marco marcus margaret maria marie mario
marion mark markus martha martin martina mary matt matthew max megan melanie melissa michael michel michelle miguel
mike mitch monica nancy nadia natalie nathan neil nicholas nick nicola nicole nigel nina oliver olivia oscar pablo
pamela patricia patrick paul pedro peter petra philip philipp philippe pierre rachel rafael ralf ralph raymond
rebecca renate ricardo richard rick robert roberta robin roger roland ronald rosa roy russell ryan sabine samantha
samuel sandra sara sarah scott sean sebastian sergio simon sophie stefan stefanie stephanie stephen steve steven
stuart sue susan susanne sylvia ted teresa terry theresa thomas tim timothy tobias todd tom tony tracy ursula
valentina vanessa veronica victor victoria vincent walter wayne wendy werner will william wolfgang yvonne
"""

#: Folded, as they are compared.
_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sir",
        "senator",
        "senatorin",
        "herr",
        "herrn",
        "frau",
        "monsieur",
        "madame",
        "mme",
    }
    | {"senor", "senora", "sr", "sra"}
)

#: What follows a given name in the name of a place, a prize or a company: translated, and no family name.
_COMMON = """
county river street avenue road lake state university college school hospital prize award act day foundation bay
beach island islands city town park airport house hall bridge square station church court center centre mountain
mountains creek valley and or the of foto photo getty reuters
"""

#: The ending of an English genitive.
_GENITIVE = re.compile(r"['’]s?$")
#: A word with a capital, of five letters or more.
_CAPITALISED = re.compile(r"\b[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f][^\W\d_]{4,}(?:['’-][^\W\d_]+)*")
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Change:
    """A name at `source_start..source_end` of the source that became another at `start..end` of the target."""

    was: str
    now: str
    source_start: int
    source_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Person:
    """A family name (its place) and the given name or title before it, folded."""

    first: str
    family: str
    start: int
    end: int
    first_start: int
    first_end: int


def _people(text: str) -> Iterator[_Person]:
    if not any(word[0].isupper() and fold(word) in _leads() for word in _NAME.findall(text)):
        return
    tokens = list(_NAME.finditer(text))
    for first, family in itertools.pairwise(tokens):
        gap = text[first.end() : family.start()]
        title = fold(first.group()) in _TITLES
        if not (gap == " " or (title and gap == ". ")) or not _capital(first.group()) or not _capital(family.group()):
            continue
        if not (title or fold(first.group()) in _given()) or fold(family.group()) in _common():
            continue
        if title and fold(family.group()) in _given():
            continue  # "Mr John Brown": the pair of names follows
        name = re.sub(r"['’]s?$", "", family.group())
        yield _Person(fold(first.group()), name, family.start(), family.start() + len(name), first.start(), first.end())


@cache
def _given() -> frozenset[str]:
    return frozenset(map(fold, _GIVEN.split()))


@cache
def _leads() -> frozenset[str]:
    """What stands before a family name."""
    return _given() | _TITLES


@cache
def _common() -> frozenset[str]:
    # "Dr. Der" is a stop that ends a sentence, and no name.
    starters = (fold(word) for language in LANGUAGES for word in STARTERS[language])
    return frozenset(_COMMON.split()).union(starters)


def _capital(word: str) -> bool:
    """Whether a word is written like a name: "Brown", "McKay", "O'Neill"; not "USA" or "van"."""
    return (len(word) > 2 and word[0].isupper() and not word.isupper()) or (fold(word) in _TITLES and word[0].isupper())


def changes(source: str, target: str) -> list[Change]:
    """The people of the source whose family or given name became another one in the target."""
    before = list(_people(source))
    if not before:
        return _swaps(source, target)
    headline, after = is_headline(source), list(_people(target))
    sounds = sounds_of(source), sounds_of(target)
    found: list[Change] = []
    told: set[int] = set()
    for was in before:
        change = None if fold(was.family) in fold(target) else _misspelt(was, source, target)
        if change or headline:
            pass
        elif is_known(was.family, target, sounds[1]):
            now = next((now for now in after if _given_exchanged(was, now, source, target)), None)
            if now:
                quotes = source[was.first_start : was.first_end], target[now.first_start : now.first_end]
                change = Change(*quotes, was.first_start, was.first_end, now.first_start, now.first_end)
        else:
            change = _family_exchanged(was, after, source, sounds[0])
        if change and change.start not in told:
            told.add(change.start)
            found.append(change)
    return found + [change for change in _swaps(source, target) if change.start not in told]


def _swaps(source: str, target: str) -> list[Change]:
    """Names of anything, in the source within a sentence, that have two neighbouring letters swapped in the target."""
    own, theirs = list(_written_names(source)), list(_written_names(target))
    lost = {one.name for one in own} - {other.name for other in theirs}
    if not lost:
        return []
    strange: dict[str, list[_Written]] = defaultdict(list)
    known = {one.name for one in own}
    for other in theirs:
        for form in {other.name, other.name.removesuffix("s")} if other.name not in known else ():
            strange["".join(sorted(form))].append(other)
    found = []
    for one in own:
        if one.name not in lost or not one.start:
            continue
        for other in strange.get("".join(sorted(one.name)), ()):
            if any(_swapped(one.name, form) for form in (other.name, other.name.removesuffix("s"))):
                found.append(Change(one.text, other.text, one.start, one.end, other.start, other.end))
                break
    return found


@dataclass(frozen=True, slots=True)
class _Written:
    """A word that may be a name, without the ending of a genitive, and folded."""

    text: str
    name: str
    start: int
    end: int


def _written_names(text: str) -> Iterator[_Written]:
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        if word[-1] in "s'’":
            word = _GENITIVE.sub("", word)
        if len(word) >= _SWAPPED and not word.isupper():
            yield _Written(word, fold(word), match.start(), match.start() + len(word))


def is_headline(text: str) -> bool:
    """Whether most words have a capital, so that a capital tells no name."""
    words = [match.group() for match in _NAME.finditer(text) if len(match.group()) > 3]
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _family_exchanged(was: _Person, after: list[_Person], source: str, sounds: frozenset[str]) -> Change | None:
    """The other family name that stands after the same given name, or after a title."""
    for now in after:
        same = was.first == now.first or (was.first in _TITLES and now.first in _TITLES)
        if not same or is_known(now.family, source, sounds):
            continue
        # In between, half alike, it may be a transliteration.
        if SequenceMatcher(None, _sound(was.family), _sound(now.family)).ratio() <= _ALIKE or _one_off(was, now):
            return Change(was.family, now.family, was.start, was.end, now.start, now.end)
    return None


def _misspelt(was: _Person, source: str, target: str) -> Change | None:
    """The word of the target that is the family name with two neighbouring letters swapped."""
    name = fold(was.family)
    known = {fold(match.group()) for match in _NAME.finditer(source)}
    for match in _NAME.finditer(target):
        word = re.sub(r"['’]s?$", "", match.group())
        other = fold(word)
        if (
            word[0].isupper()
            and other not in known
            and (_swapped(name, other) or _swapped(name, other.removesuffix("s")))
        ):
            return Change(was.family, word, was.start, was.end, match.start(), match.start() + len(word))
    return None


#: Fewest letters of names in which a swap is looked for.
_SWAPPED = 5
#: Endings that languages spell one way or the other: "Peter" and "Petre", "Paradise" and "Paradies".
_ENDINGS = frozenset({"er", "re", "el", "le", "es", "se"})


def _swapped(one: str, other: str) -> bool:
    """Whether two words differ by a swap of neighbouring letters."""
    if len(one) != len(other) or len(one) < _SWAPPED or (one[-2:] in _ENDINGS and one[:-2] == other[:-2]):
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    pair = one[places[0] : places[1] + 1]
    return pair == other[places[0] : places[1] + 1][::-1] and set(pair) != {"i", "e"}


def _one_off(was: _Person, now: _Person) -> bool:
    """Whether two family names of four sounds or more differ by one consonant that sounds different."""
    one, other = _sound(was.family), _sound(now.family)
    if len(one) != len(other) or len(one) < 4:
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and not set(differing[0]) & set("aeiou")


def _given_exchanged(was: _Person, now: _Person, source: str, target: str) -> bool:
    """Whether the same family name stands after two different given names; "Bill" and "William" are one."""
    if was.first in _TITLES or now.first in _TITLES or _sound(was.family) != _sound(now.family):
        return False
    short = was.first[0] == now.first[0] or {was.first, now.first} & {"bill", "bob", "ted", "jack", "dick", "tony"}
    return not short and was.first not in fold(target) and now.first not in fold(source)


def is_known(name: str, text: str, sounds: frozenset[str]) -> bool:
    """Whether a text has a name, inflected or respelt."""
    sound = _sound(name)
    return fold(name) in fold(text) or any(sound == other or _ending(sound, other) for other in sounds)


#: Names less alike than this (difflib ratio of their sounds) are different names.
_ALIKE = 0.6


def _ending(one: str, other: str) -> bool:
    """Whether two names differ by an ending: a genitive, a Latin or a feminine form."""
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and len(long) - len(short) <= 2 and short[:-1] == long[: len(short) - 1]


_SPELLINGS = (
    ("tsch", "x"), ("schtsch", "x"), ("sch", "x"), ("tch", "x"), ("sh", "x"), ("ch", "x"), ("kh", "x"), ("zh", "x"),
    ("ph", "f"), ("th", "t"), ("ts", "s"), ("tz", "s"), ("z", "s"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("c", "k"),
    ("w", "v"), ("ff", "v"), ("f", "v"), ("ou", "u"), ("oo", "u"), ("y", "i"), ("j", "i"), ("ei", "i"),
    ("ie", "i"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("h", ""),
)  # fmt: skip


@cache
def _sound(name: str) -> str:
    """A spelling that all transliterations of a name share, more or less: "Yeltsin", "Jelzin" and "Eltsine"."""
    sound = re.sub(r"[^\w]", "", fold(name))
    for written, plain in _SPELLINGS:
        sound = sound.replace(written, plain)
    return re.sub(r"(.)\1+", r"\1", sound)


def sounds_of(text: str) -> frozenset[str]:
    return frozenset(_sound(match.group()) for match in _NAME.finditer(text) if match.group()[0].isupper())
