"""White space, addresses and letter case that went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtaudit.checks._addresses import Address, addresses, comparable, host_name, inside_address
from mtaudit.checks._stops import stray_stops
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import is_unspaced, shorten
from mtaudit.types import Finding, Severity, Side

#: Languages that set a blank before ; : ! ? and inside their quotation marks.
_SPACED_MARKS = frozenset({"fr", "br", "oc"})

_BLANK = r"[ \t\u00a0\u202f\u2009]"
#: A blank before a mark that clings to the word before it. Not before ".NET", ":)", "...", "!=", ", ,".
_BEFORE_MARK = re.compile(
    rf"(?<=[^\W_]|[)\]\"“”»%]){_BLANK}{{1,9}}(?P<mark>[,;!?](?!['^-]?[=()DP]|[\w,;])|[.:](?=\s|$)(?!\s[.:]))"
)
#: A blank behind an opening or before a closing bracket.
_IN_BRACKET = re.compile(rf"(?<=[(\[]){_BLANK}+(?=\w)|(?<=[\w.,!?%]){_BLANK}+(?=[)\]](?![:;=]))")
_DOUBLE = re.compile(rf"(?<=\S){_BLANK}{{2,}}(?=\S)")
#: A sentence ends and the next begins without a blank; or a comma between two words.
# The mark comes first, for `re` skips through a text to what a pattern begins with.
_GLUED = re.compile(r"[.!?](?<=[^\W\d_]{2}.)(?=[^\W\d_][^\W\d_A-Z]+(?:\s|$|[,-]))")
_GLUED_COMMA = re.compile(r",(?<=[^\W\d_]{2},)(?=[^\W\d_]{2})")
#: One of these is needed for each of the patterns above; most sentences have none.
_BLANK_MARK, _BLANKS = re.compile(rf"{_BLANK}[,;!?.:]"), re.compile(rf"{_BLANK}{_BLANK}")
_BREAK_CHARACTER = re.compile(r"[\t\v\f\r\u2028\u2029]")
_BREAK = re.compile(r"[^\S\n]*[\t\v\f\r\u2028\u2029]+[^\S\n]*")


@register("MT307", "whitespace", Category.TYPOGRAPHY, Severity.MINOR)
class Whitespace(PairCheck):
    """A blank is missing after a mark, stands before one, or is there twice.

    What it does: Finds blanks before commas, full stops and other marks, blanks inside brackets, double blanks, tabs,
    and sentences or words glued together at a mark.

    Why it matters: It looks careless, and programs that split sentences or search for words stumble over it.

    Example: `Das ist gut.Dann gehen wir .`

    How it is found: By patterns, with the blank before `;`, `:`, `!` and `?` allowed in French, and addresses, file
    names and abbreviations left alone. What the source has as well is not reported.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding for each place."""
        target, language = view.target or "", view.language(Side.TARGET)
        source = view.source or ""
        if not is_unspaced(language):
            yield from self._before_mark(view, target, source, language)
            yield from self._glued(view, target, source)
            if any(bracket in target for bracket in "()[]") and not _IN_BRACKET.search(source):
                for match in _IN_BRACKET.finditer(target):
                    yield self._report(view, match, "A blank stands inside the bracket {}", 0.55)
        if _BLANKS.search(target) and not _DOUBLE.search(source):
            for match in _DOUBLE.finditer(target):
                confidence = 0.4 if is_unspaced(language) else 0.5
                yield self._report(view, match, "Two or more blanks follow each other {}", confidence)
        if _BREAK_CHARACTER.search(target) and not _BREAK_CHARACTER.search(source):
            for match in _BREAK.finditer(target):
                yield self._report(view, match, "A tab or line separator stands in the sentence {}", 0.5)

    def _before_mark(self, view: PairView, target: str, source: str, language: str) -> Iterator[Finding]:
        if not _BLANK_MARK.search(target):
            return
        known = {match["mark"] for match in _BEFORE_MARK.finditer(source)}
        stray = list(stray_stops(target, language, view.source, view.bitext.target.text))
        for match in _BEFORE_MARK.finditer(target):
            mark = match["mark"]
            if mark in known or (language in _SPACED_MARKS and mark in ";:!?"):
                continue
            # In the middle of a sentence it is a stray full stop, which MT201 reports.
            lower = mark == "." and re.match(r"\s+[^\W\d_A-Z]", target[match.end() :])
            if lower or any(stop.start <= match.start() < stop.end for stop in stray):
                continue
            yield self._report(view, match, f'A blank stands before "{mark}" {{}}', 0.6)

    def _glued(self, view: PairView, target: str, source: str) -> Iterator[Finding]:
        for pattern, what in ((_GLUED, "sentence"), (_GLUED_COMMA, "comma")):
            if not pattern.search(target) or pattern.search(source):
                continue
            for match in pattern.finditer(target):
                if not inside_address(target, match.start() - 1, match.end() + 1):
                    yield self._report(view, match, f"A blank is missing after the {what} {{}}", 0.6)

    def _report(self, view: PairView, match: re.Match[str], message: str, confidence: float) -> Finding:
        target = view.target or ""
        before = re.search(r"\S*$", target[max(0, match.start() - 15) : match.start()])
        after = re.match(r"\S{0,15}", target[match.end() :])
        around = (before.group() if before else "") + match.group() + (after.group() if after else "")
        return self.at(
            view, Side.TARGET, match.start(), match.end(), message.format(f'in "{around}"'), confidence=confidence
        )


_KIND_NAMES = {
    "url": "web address",
    "host": "web address",
    "email": "e-mail address",
    "path": "file name",
    "handle": "name",
    "hashtag": "hashtag",
}


@register("MT308", "url-or-email", Category.MISTRANSLATION, Severity.MAJOR)
class UrlOrEmail(PairCheck):
    """A web address, e-mail address, file name, @name or #hashtag of the source is missing or changed in the target.

    What it does: Looks for every address of the source in the target.

    Why it matters: A changed address leads nowhere, or to somebody else; a missing one leaves the reader without it.

    Example: `Write to help@example.org` became `Schreiben Sie an hilfe@example.org`

    How it is found: Addresses are recognised by their form and compared as written. Another scheme, `www.`, a final
    slash and the language in host or path (`/en/`, `de.`) may differ. Hashtags may be translated.
    """

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding for each address that is missing or changed."""
        source, target = view.source or "", view.target or ""
        wanted = addresses(source)
        if not wanted:
            return
        given = addresses(target)
        present = {comparable(address) for address in given}
        known = {comparable(address) for address in wanted}
        spare = [address for address in given if comparable(address) not in known]
        reported: set[str] = set()
        for address in wanted:
            key = comparable(address)
            if key in present or key in reported or _written(address, target):
                continue
            reported.add(key)
            broken = _broken(address, target)
            if broken is not None:
                message = f'The {_KIND_NAMES[address.kind]} "{shorten(address.text)}" is torn apart in the target'
                place = Address(address.kind, broken.group(), broken.start(), broken.end())
                spare = [other for other in spare if not place.start <= other.start < place.end]
                yield self._report(view, Side.TARGET, place, message, 0.8)
                continue
            changed = next((other for other in spare if _family(other) == _family(address)), None)
            name = _KIND_NAMES[address.kind]
            if changed is not None:
                spare.remove(changed)
                message = (
                    f'The {name} "{shorten(address.text)}" of the source is "{shorten(changed.text)}" in the target'
                )
                confidence = _changed_confidence(address, changed)
                yield self._report(view, Side.TARGET, changed, message, confidence)
            else:
                message = f'The {name} "{shorten(address.text)}" of the source is missing in the target'
                confidence = _MISSING[address.kind]
                if address.kind == "host" and not address.text.islower():
                    confidence = 0.4  # "Booking.com" is a company, whose name other languages may write otherwise
                yield self._report(view, Side.SOURCE, address, message, confidence)

    def _report(self, view: PairView, side: Side, address: Address, message: str, confidence: float) -> Finding:
        severity = Severity.MINOR if address.kind in {"hashtag", "handle"} else None
        return self.at(view, side, address.start, address.end, message, confidence=confidence, severity=severity)


#: How sure a missing address of each kind is an error. Hashtags may be turned into plain words.
_MISSING = {"url": 0.85, "email": 0.9, "host": 0.6, "path": 0.6, "handle": 0.55, "hashtag": 0.4}


def _family(address: Address) -> str:
    return "url" if address.kind == "host" else address.kind


def _written(address: Address, target: str) -> bool:
    """Whether the address stands in the target after all, as part of something else."""
    return address.text.casefold() in target.casefold()


def _broken(address: Address, target: str) -> re.Match[str] | None:
    """Where the address stands with blanks at its marks, as in "example. com" and "@ name"."""
    pattern = r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", address.text))
    return re.search(rf"(?<!\w){pattern}(?!\w)", target, re.IGNORECASE) if " " not in address.text else None


def _changed_confidence(one: Address, other: Address) -> float:
    """The same site under another top-level domain is its edition for another country; hashtags are translated."""
    if one.kind == "hashtag":
        return 0.3
    if host_name(one) and host_name(one) == host_name(other):
        return 0.4 if one.kind == "host" else 0.6
    return 0.85


_CAPITALS = re.compile(r"(?<![\w'’&.@#-])[A-Z]{3,5}(?![\w'’&@-])")
#: "DEutsch", "ERfolg": the second letter kept its capital. Abbreviations with an ending ("PCs", "EUler") have fewer
#: small letters; units are written so.
_SECOND_CAPITAL = re.compile(
    r"(?<![\w-])(?![KMGTP](?:Byte|Bit|Hertz|Watt|Volt|Pixel)|EMail)[A-ZÄÖÜ]{2}[a-zäöüß]{4,}(?![\w-])"
)
_THREE_CAPITALS, _TWO_CAPITALS = re.compile("[A-Z]{3}"), re.compile("[A-ZÄÖÜ]{2}[a-zäöüß]")
_E_MAIL = re.compile(r"(?<![\w-])(?:eMails?|EMails?)(?![\w-])")


@register("MT309", "letter-case", Category.SPELLING, Severity.MINOR)
class LetterCase(PairCheck):
    """Capitals of the source were lost, or the target has capitals where the source has none.

    What it does: Compares sentences written in capitals, and looks for abbreviations in small letters and words with
    two capitals at their start.

    Why it matters: An abbreviation in small letters is read as a word, and a sentence in capitals shouts.

    Example: `The NATO summit` became `Der nato-Gipfel`

    How it is found: A sentence counts as capitals with three words or more and no small letter. An abbreviation of
    three to five capitals is compared letter by letter. Scripts without case are left alone.
    """

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding for the whole sentence, or one for each word."""
        source, target = view.source or "", view.target or ""
        loud, loud_target = _in_capitals(source), _in_capitals(target)
        if loud_target and not loud and _has_small(source):
            yield self._report(view, 0, len(target), "The target is written in capitals, the source is not", 0.6)
        elif loud and not loud_target and _has_small(target):
            yield self._report(view, 0, len(target), "The source is written in capitals, the target is not", 0.35)
        if loud or loud_target:
            return
        if _THREE_CAPITALS.search(source):
            yield from self._abbreviations(view, source, target)
        for match in _SECOND_CAPITAL.finditer(target) if _TWO_CAPITALS.search(target) else ():
            if match.group() not in source:
                message = f'"{match.group()}" has two capitals at its start'
                yield self._report(view, match.start(), match.end(), message, 0.55)
        if "Mail" in target and view.language(Side.TARGET) == "de":
            for match in _E_MAIL.finditer(target):
                if match.group() not in source:
                    message = f'"{match.group()}" is written "E-Mail" in German'
                    yield self._report(view, match.start(), match.end(), message, 0.5)

    def _abbreviations(self, view: PairView, source: str, target: str) -> Iterator[Finding]:
        for abbreviation in dict.fromkeys(match.group() for match in _CAPITALS.finditer(source)):
            if abbreviation in target:
                continue
            small = re.search(rf"(?<![\w.@/]){abbreviation.lower()}(?![\w.@/])", target)
            # Written large and small in the source, it is a word there too ("US", "us").
            if small is None or re.search(rf"(?<!\w){abbreviation.lower()}(?!\w)", source):
                continue
            message = f'"{small.group()}" is an abbreviation, which the source writes "{abbreviation}"'
            yield self._report(view, small.start(), small.end(), message, 0.6)

    def _report(self, view: PairView, start: int, end: int, message: str, confidence: float) -> Finding:
        return self.at(view, Side.TARGET, start, end, message, confidence=confidence)


def _in_capitals(text: str) -> bool:
    """Whether the text has three words or more in capitals, no small letter, and hardly a letter without case."""
    if not text.isupper() or len(re.findall(r"[^\W\d_]{2,}", text)) < 3:
        return False
    letters = [character for character in text if character.isalpha()]
    return sum(character.isupper() for character in letters) > 0.9 * len(letters)


def _has_small(text: str) -> bool:
    return any(character.islower() for character in text)
