"""Placeholders of programs: found in a text, and compared across languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mtaudit.checks._addresses import Address, addresses


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder: its family, its identity within the family, its place, and how many arguments it takes."""

    family: str
    key: str
    start: int
    end: int
    arguments: int = 1


#: A letter of a script that parts its words with blanks; "%s" may stand right before a Chinese character.
_LETTER = r"[A-Za-z\u00c0-\u052f]"
#: What may follow a printf conversion without a space; any other letter makes it a word ("%ige").
_UNIT = rf"(?:(?!{_LETTER})|(?=(?:px|pt|em|h|m|s|ms|min|[kMGT]i?B|x|th)(?!{_LETTER})))"
#: Not after a number: "100 %d" is "100 % d..." run together, "5 %i" the beginning of "5 %ige". The 64 of "base-64 %s"
#: is a part of a name.
_NO_NUMBER = r"(?<!\d)"
#: A width or precision that is an argument itself, also by its number.
_STAR = r"\*(?:\d+\$)?"
_AFTER_NUMBER = re.compile(r"(?<![\w-])\d[\d.,]*[\s\u00a0\u202f]$")

#: In the order in which they are tried at one place. printf: ISO C 7.21.6.1, with POSIX's positions, glibc's
#: `%m`, the `%pB` of binutils and Linux, Python's and Ruby's names, Apple's `%@` and `%#@files@`, Qt's `%1`. Braces:
#: Python's format strings, .NET, ICU's simple arguments; with `$`, `-` or capitals Fluent's variables, terms and
#: functions. `$t(key)` is i18next's, the colon style is Laravel's.
_PLACEHOLDER = re.compile(
    # The only characters that one can begin with: most places are done with after this.
    r"(?=[%{:_#$])(?:"
    r"(?P<percent>%%(?![A-Za-z_]\w*%%))"
    r"|(?P<variable>%%[A-Za-z_]\w*%%|(?<![0-9A-Za-z])%[A-Za-z_]\w{2,}%(?![A-Za-z])"
    r"|(?a:(?<!\w)__[A-Z][A-Z_]*[A-Z]__(?!\w)|(?<![\w#])#[A-Z][A-Z_]+[A-Z]#(?![\w#])))"
    r"|(?P<named>%\((?P<name>\w+)\)[-+#0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]|%\{(?P<ruby>\w+)\}|%<(?P<angle>\w+)>[a-z])"
    r"|(?P<apple>%(?:\d+\$)?#@\w+@)"
    rf"|(?P<printf>{_NO_NUMBER}%(?:(?P<position>\d+)\$)?[-+#0]*(?:{_STAR}|\d+)?(?:\.(?:{_STAR}|\d+))?(?:hh|ll|[hlLzjtq])?"
    rf"(?P<conversion>p[A-Z](?![a-z])|[diouxXeEfFgGaAcsSpm@]){_UNIT})"
    rf"|(?P<qt>{_NO_NUMBER}%(?:n(?!{_LETTER})|L?\d{{1,2}}(?![%$.,]*\d|[%$]|{_LETTER})))"
    r"|(?P<double>\{\{\{?[^{}\n]+\}\}\}?|\{%[^%\n]+%\})"
    r"|(?P<dollar>[$#]\{[^{}\n]+\}|\$t\([^()\n]+\))"
    r"|(?P<fluent>\{\s*(?:\$[A-Za-z][\w-]*|-[A-Za-z][\w-]*(?:\([^(){}]*\))?|[A-Z][A-Z0-9_-]*\([^(){}]*\))\s*\})"
    r"|(?P<brace>\{(?P<field>[A-Za-z_][\w.\[\]-]*|\d{1,3})?(?:![rsa])?(?::[^{}\n]{0,12})?\})"
    r"|(?P<colon>(?<![0-9A-Za-z\u00c0-\u052f:/.)\]\[])(?<!\d\s):[a-z][a-z_]+(?![0-9A-Za-z:)-])))"
)
_BEGINNING = re.compile(r"[%{:_#$]")
_FAMILIES = ("percent", "variable", "named", "apple", "printf", "qt", "double", "dollar", "fluent", "brace", "colon")
_ICU = re.compile(
    r"\{\s*(?P<name>\w+)\s*,\s*(?P<type>plural|select|selectordinal|number|date|time|choice)\s*(?P<more>,|\})"
)
#: One branch of an ICU plural or select: its selector and the opening brace.
_BRANCH = re.compile(r"(?:=\d+|\w+)\s*\{")
_HASH = re.compile(r"(?<![A-Za-z0-9_'&])#(?![A-Za-z0-9_{])")
_BRANCHED = frozenset({"plural", "select", "selectordinal"})
#: Types that C treats alike.
_ALIKE = {"i": "d", "u": "d", "F": "f", "E": "e", "G": "g", "X": "x"}
#: Full-width forms that translation into Chinese or Japanese puts in the place of ASCII.
_WIDE = {"%": "％", "{": "｛", "}": "｝", "$": "＄", ":": "：", "(": "（", ")": "）", "#": "＃"}


def placeholders(text: str) -> Iterator[Placeholder]:
    """The placeholders of a text; those in the branches of an ICU plural count once each, however many branches."""
    if _BEGINNING.search(text) is None:
        return
    end = 0
    for match in _ICU.finditer(text):
        if match.start() < end:
            continue
        yield from _simple(text, end, match.start())
        end = _closing(text, match.start())
        yield Placeholder("icu", f"{match['name']},{match['type']}", match.start(), end)
        if match["type"] in _BRANCHED:
            seen = set()
            number = match["name"] if match["type"] != "select" else None
            for start, stop in _branches(text, match.end(), end - 1):
                for inner in _in_branch(text[start:stop], number):
                    if (inner.family, inner.key) not in seen:
                        seen.add((inner.family, inner.key))
                        yield replace(inner, start=start + inner.start, end=start + inner.end)
    yield from _simple(text, end, len(text))


def _in_branch(text: str, number: str | None) -> Iterator[Placeholder]:
    """The placeholders of a branch; `#` and the name of the `number` that chose the branch are one and the same."""
    found = list(placeholders(text))
    for item in found:
        is_name = number is not None and (item.family, item.key) == ("brace", number)
        yield replace(item, family="number", key="#") if is_name else item
    for match in _HASH.finditer(text) if number is not None else ():
        if not any(item.start <= match.start() < item.end for item in found):
            yield Placeholder("number", "#", match.start(), match.end())


def _simple(text: str, start: int, end: int) -> Iterator[Placeholder]:
    """The placeholders between `start` and `end`, where no ICU argument stands."""
    matches = list(_PLACEHOLDER.finditer(text, start, end))
    places = addresses(text) if matches else ()
    for match in matches:
        family = next(name for name in _FAMILIES if match[name] is not None)
        if family == "percent" or any(_cuts(place, match) for place in places):
            continue
        if family in {"printf", "qt"} and _AFTER_NUMBER.search(text, max(0, match.start() - 20), match.start()):
            continue
        if family == "printf":
            conversion = _ALIKE.get(match["conversion"], match["conversion"])
            # glibc's "%m" stands for errno and takes no argument, whatever number it is given.
            key = f"{match['position']}${conversion}" if match["position"] and conversion != "m" else conversion
        elif family == "named":
            key = match["name"] or match["ruby"] or match["angle"]
        elif family == "brace":
            key = match["field"] or ""
        else:
            key = "".join(match.group().split())
        arguments = 1 + match.group().count("*") if family == "printf" else 1
        yield Placeholder(family, key, match.start(), match.end(), arguments)


def _cuts(place: Address, match: re.Match[str]) -> bool:
    """Whether an address takes a part of what looks like a placeholder, or all of it: "/a%20b", but not "%#@files@"."""
    overlaps = place.start < match.end() and match.start() < place.end
    return overlaps and not (match.start() <= place.start and place.end <= match.end())


def _closing(text: str, start: int) -> int:
    """Where the braces that open at `start` are closed: the offset behind; the end of the text if they never are."""
    depth = 0
    for offset in range(start, len(text)):
        depth += (text[offset] == "{") - (text[offset] == "}")
        if depth == 0:
            return offset + 1
    return len(text)


def _branches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The inside of each branch of an ICU plural or select between `start` and `end`."""
    while (match := _BRANCH.search(text, start, end)) is not None:
        start = _closing(text, match.end() - 1)
        yield match.end(), start - 1


def icu_frames(text: str) -> Iterator[tuple[int, int]]:
    """What of ICU arguments is no prose: all of a simple one; of a plural or select what stands around its branches.

    The frames of arguments inside a branch are among them, and the `#` for its number; not in order.
    """
    end = 0
    for match in _ICU.finditer(text):
        if match.start() < end:
            continue
        start, end = match.start(), _closing(text, match.start())
        if match["type"] in _BRANCHED:
            for first, last in _branches(text, match.end(), end - 1):
                yield start, first
                start = last
                for number in _HASH.finditer(text, first, last) if match["type"] != "select" else ():
                    yield number.span()
                for inner, stop in icu_frames(text[first:last]):
                    yield first + inner, first + stop
        yield start, end


def comparable(one: list[Placeholder], two: list[Placeholder]) -> tuple[list[Placeholder], list[Placeholder]]:
    """Both sides with the same kind of keys: when either numbers its printf placeholders, the other's get numbers."""
    if not any("$" in item.key for item in [*one, *two] if item.family == "printf"):
        return one, two
    return _numbered(one), _numbered(two)


def _numbered(items: list[Placeholder]) -> list[Placeholder]:
    """The same placeholders, with the positions that unnumbered printf placeholders have by their order."""
    position, numbered = 0, []
    for item in items:
        if item.family == "printf" and "$" not in item.key and item.key != "m":
            position += item.arguments
            numbered.append(replace(item, key=f"{position}${item.key}"))
        else:
            numbered.append(item)
    return numbered


def difference(these: list[Placeholder], those: list[Placeholder]) -> list[Placeholder]:
    """What `these` have more than `those`; of several equal ones the last."""
    left = Counter((item.family, item.key) for item in these) - Counter((item.family, item.key) for item in those)
    found = []
    for item in reversed(these):
        if left[item.family, item.key]:
            left[item.family, item.key] -= 1
            found.append(item)
    return found[::-1]


def without_glued(items: list[Placeholder], own: str, other: str, others: list[Placeholder]) -> list[Placeholder]:
    """Those of `items` (in the text `own`) that do not stand in the text `other` with letters right behind them.

    Nobody can tell "%sB" (a value and its unit) from a word, except where the other side shows what is meant.
    """
    kept = []
    for item in items:
        quote = own[item.start : item.end]
        places = [match.start() for match in re.finditer(re.escape(quote), other)] if quote.startswith("%") else []
        hidden = [at for at in places if not any(known.start <= at < known.end for known in others)]
        if not hidden:
            kept.append(item)
    return kept


#: Conversions that strftime(3) has and printf(3) has not: what holds one is a format of dates.
_DATE_FORMAT = re.compile(r"%[-_0^#]?[OE]?[HIMYBjy](?![A-Za-z])")


def is_date_format(text: str) -> bool:
    """Whether the text is a format of dates or times: languages order and choose the parts differently."""
    return "%" in text and _DATE_FORMAT.search(text) is not None


def is_number(item: Placeholder) -> bool:
    """Whether a placeholder may be the number that a plural form is chosen by."""
    return item.family != "printf" or item.key.rpartition("$")[2] in {"d", "o", "x", "X", "s", "@"}


def damaged(quote: str, target: str) -> re.Match[str] | None:
    """Where the target has the placeholder with blanks inside, in other case or in full-width characters."""
    parts = re.findall(r"\w+|\S", quote)
    pattern = r"\s*".join(f"[{re.escape(part)}{_WIDE[part]}]" if part in _WIDE else re.escape(part) for part in parts)
    found = re.finditer(pattern + (rf"(?!\d|{_LETTER})" if quote[-1].isalnum() else ""), target, re.IGNORECASE)
    return next((match for match in found if match.group() != quote), None)
