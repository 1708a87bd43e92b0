"""Damaged characters: text decoded in the wrong encoding, lost letters, and characters that nobody can see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mtaudit.checks._addresses import inside_address
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import shorten
from mtaudit.types import Finding, Severity, Side

#: Characters that only broken decoding leaves behind: the replacement character, lone surrogates, C1 controls.
_LOST = re.compile(r"\S*[\ufffd\ud800-\udfff\x80-\x9f]+\S*")
_LOST_CHARACTER = re.compile(r"[\ufffd\ud800-\udfff\x80-\x9f]")
#: A question mark within a word. Letters before it must be two, for "A?b" may be a choice between two.
_QUESTION = re.compile(
    r"(?<![\w?])[^\W\d_]*[^\W\d_A-Z]\?[^\W\d_A-Z][^\W\d_]*(?:\?[^\W\d_]+)*(?![\w?])"
    r"|(?<=\s)\?[^\W\d_A-Z]{2,}(?![\w?])"
)
#: Whole words turned into question marks, as happens to scripts that the encoding lacks.
_QUESTIONS = re.compile(r"(?<!\S)\?{2,}(?:[ ,.]+\?{2,}){2,}")
#: Languages whose letters are all ASCII in ordinary words, so no letter can have been lost as a question mark.
_ASCII_LANGUAGES = frozenset({"en", "id", "ms", "sw", "so", "zu", "xh", "nl", "la"})
#: A sign within a word that stands for ä, ö, ü, Ä, Ö or Ü where Windows text was read as Macintosh text.
_MACINTOSH = re.compile(r"(?<=[a-z])[‰ˆ¸÷‹](?=[a-z])")
#: Pairs of encodings that confuse single letters, as (read as, was in); ftfy repairs the rest.
_CONFUSIONS = (("mac_roman", "cp1252"), ("cp437", "cp1252"), ("cp850", "cp1252"), ("cp1252", "mac_roman"))


@register("MT304", "encoding-damage", Category.ENCODING, Severity.MAJOR)
class EncodingDamage(PairCheck):
    """Characters of the target are damaged, because a program read the text in the wrong encoding.

    What it does: Finds letters that turned into pairs of odd signs, replacement characters, unpaired surrogates,
    control characters and question marks in the place of letters.

    Why it matters: Words become unreadable, names wrong, and the text looks broken. What is lost as a question mark
    cannot be brought back by a program.

    Example: `Es gilt fÃ¼r alle.` (for `Es gilt für alle.`)

    How it is found: By the statistics of ftfy (Speer 2019), which know what wrongly decoded text looks like, and
    which repair it: the message proposes the repair. Stretches that the source has too are left alone, and so are
    question marks within words if the source has any question mark.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding for each damaged stretch."""
        target, source = view.target or "", view.source
        if target.isascii():
            yield from self._question_marks(view, target)
            return
        taken: list[tuple[int, int]] = []
        for start, end in _lost(target):
            taken.append((start, end))
            if source is None or target[start:end] not in source:
                yield self._lost_characters(view, target, start, end)
        for start, end in _mojibake(target):
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            stretch = target[start:end]
            if source is None or stretch not in source:
                repair = _repair(stretch)
                hint = f': it probably was "{shorten(repair)}"' if repair else ""
                message = f'"{shorten(stretch)}" was read in the wrong character encoding{hint}'
                evidence = {"repair": repair} if repair else {}
                yield self.at(
                    view, Side.TARGET, start, end, message, confidence=0.96 if repair else 0.8, evidence=evidence
                )
        yield from self._question_marks(view, target)

    def _lost_characters(self, view: PairView, target: str, start: int, end: int) -> Finding:
        stretch = target[start:end]
        if "\ufffd" in stretch:
            what = "characters that were lost in decoding (U+FFFD)"
        elif any("\ud800" <= character <= "\udfff" for character in stretch):
            what = "halves of characters (unpaired surrogates)"
        else:
            what = "control characters, which no text has"
        # A lone surrogate cannot be written in any output encoding, so the message shows its number.
        shown = shorten(stretch).encode("utf-8", "backslashreplace").decode("utf-8")
        shown = "".join(f"\\x{ord(c):02x}" if "\x80" <= c <= "\x9f" else c for c in shown)
        return self.at(view, Side.TARGET, start, end, f'"{shown}" contains {what}', confidence=0.97)

    def _question_marks(self, view: PairView, target: str) -> Iterator[Finding]:
        if "?" not in target or (view.source is not None and "?" in view.source):
            return
        for match in _QUESTIONS.finditer(target):
            message = f'"{shorten(match.group())}" are probably words whose letters were all lost'
            yield self.at(view, Side.TARGET, match.start(), match.end(), message, confidence=0.8)
        if view.language(Side.TARGET) in _ASCII_LANGUAGES:
            return
        matches = [m for m in _QUESTION.finditer(target) if not inside_address(target, m.start(), m.end())]
        for match in matches:
            # Without a source one between two words may be a missing blank after a question.
            splinter = len(matches) > 1 or any(len(part) == 1 for part in match.group().split("?"))
            confidence = 0.8 if view.source is not None else 0.6 if splinter else 0.3
            message = f'"{match.group()}" has a question mark in the place of a letter that was probably lost'
            yield self.at(view, Side.TARGET, match.start(), match.end(), message, confidence=confidence)


def _lost(text: str) -> Iterator[tuple[int, int]]:
    """The words that contain what only broken decoding leaves; long runs (no blanks in the script) only their core."""
    if _LOST_CHARACTER.search(text) is None:
        return
    for match in _LOST.finditer(text):
        if len(match.group()) <= 30:
            yield match.span()
        else:
            for core in re.finditer(r"[\ufffd\ud800-\udfff\x80-\x9f]+", match.group()):
                yield match.start() + core.start(), match.start() + core.end()


def _mojibake(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of words that ftfy takes for wrongly decoded; neighbours that both are make one stretch."""
    from ftfy.badness import BADNESS_RE

    start = end = -1
    found = [*BADNESS_RE.finditer(text), *_MACINTOSH.finditer(text)]
    for match in sorted(found, key=lambda item: item.start()):
        # A match may reach over a blank into the next word, which is sound.
        first, last = match.start(), match.start() + len(match.group().split(" ", 1)[0])
        while first > 0 and not text[first - 1].isspace():
            first -= 1
        while last < len(text) and not text[last].isspace():
            last += 1
        if start >= 0 and not text[end:first].strip():
            end = max(end, last)
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _repair(stretch: str) -> str | None:
    """What the stretch probably was; None if no repair makes ordinary text of it."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    # A no-break space inside mojibake may have become a blank and got lost at the end of the word.
    for candidate in (stretch, stretch + "\u00a0"):
        repaired: str = fix_encoding(candidate)
        if repaired != candidate and not is_bad(repaired):
            return repaired
    for read_as, was in _CONFUSIONS:
        try:
            repaired = stretch.encode(read_as).decode(was)
        except UnicodeError:
            continue
        if all(c.isascii() or (c.islower() and "LATIN" in unicodedata.name(c, "")) or c in "„“”’–" for c in repaired):
            return repaired
    return None


@dataclass(frozen=True, slots=True)
class _Invisible:
    """A kind of invisible character: which ones, and how sure and how bad one is inside a word and elsewhere."""

    pattern: re.Pattern[str]
    inside: float
    outside: float
    severity: Severity
    #: Languages that need it in ordinary writing.
    legitimate: frozenset[str] = frozenset()


_RTL = frozenset({"ar", "fa", "he", "iw", "ur", "ps", "sd", "ug", "yi", "ckb", "dv", "syr"})
#: Scripts that shape letters with joiners: Arabic, Syriac, Thaana, N'Ko, the Indic scripts, Khmer, Mongolian.
_JOINING = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\u1780-\u18af\ua8e0-\uabff\ufb50-\ufdff\ufe70-\ufefe]")
_UNSPACED = frozenset({"th", "lo", "km", "my", "bo", "ja", "zh"})

#: Unicode 16, chapter 23 (special areas and format characters). The figures for zero-width space, soft hyphen and word
#: joiner are low outside words: sites put them in as break opportunities, and readers never notice.
_INVISIBLE = (
    _Invisible(re.compile(r"\u200b+"), 0.55, 0.3, Severity.MINOR, _UNSPACED),
    _Invisible(re.compile(r"[\u200c\u200d]+"), 0.5, 0.4, Severity.MINOR),
    _Invisible(re.compile(r"\ufeff+"), 0.7, 0.6, Severity.MINOR),
    _Invisible(re.compile(r"\u00ad+"), 0.2, 0.4, Severity.MINOR),
    _Invisible(re.compile(r"[\u2060-\u2064]+"), 0.45, 0.3, Severity.MINOR),
    _Invisible(re.compile(r"[\u200e\u200f\u061c]+"), 0.55, 0.3, Severity.MINOR, _RTL),
    _Invisible(re.compile(r"[\u202d\u202e]+"), 0.85, 0.8, Severity.MAJOR, _RTL),
    _Invisible(
        re.compile(r"[\u115f\u1160\u3164\uffa0\u034f\u180e]+"), 0.6, 0.5, Severity.MINOR, frozenset({"ko", "mn"})
    ),
    _Invisible(re.compile(r"[\ufff9-\ufffb]+"), 0.8, 0.8, Severity.MINOR),
    _Invisible(re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]+"), 0.85, 0.85, Severity.MINOR),
)
_TAGS = re.compile(r"[\U000e0000-\U000e007f]+")
_DIRECTION = r"[\u202a-\u202e\u2066-\u2069]"
#: All of these in one character class, through which a text is gone once.
_ANY = re.compile(
    "[" + "".join(p.strip("[+]") for p in (*(k.pattern.pattern for k in _INVISIBLE), _TAGS.pattern, _DIRECTION)) + "]"
)
_OPENING = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
_CLOSING = {"\u202c": frozenset("\u202a\u202b\u202d\u202e"), "\u2069": frozenset("\u2066\u2067\u2068")}


@register("MT310", "invisible-character", Category.TYPOGRAPHY, Severity.MINOR)
class InvisibleCharacter(PairCheck):
    """An invisible character stands in the target where it has no business.

    What it does: Finds zero-width spaces and joiners, byte order marks, soft hyphens, marks and controls of writing
    direction, tag characters and other controls in the target.

    Why it matters: Search, comparison and spell checkers fail on a word that looks right. Controls of direction can
    make a text read otherwise than it is stored, and tag characters hide text from people.

    Example: `Sicher<U+200B>heit` (a zero-width space within the word)

    How it is found: By a table of characters, each with the scripts and languages that need it: joiners belong to
    Arabic, Persian, Indic scripts and emoji, direction marks to Hebrew and Arabic, zero-width spaces to Thai and
    Khmer. What the source has too is left alone.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding for each run of one invisible character."""
        target, source = view.target or "", view.source or ""
        if not _ANY.search(target):
            return
        language = view.language(Side.TARGET)
        for kind in _INVISIBLE:
            for match in kind.pattern.finditer(target):
                if language in kind.legitimate or match.group()[0] in source or _needed(target, match):
                    continue
                inside = _is_letter(target, match.start() - 1) and _is_letter(target, match.end())
                yield self._report(view, match, kind.inside if inside else kind.outside, kind.severity)
        for match in _TAGS.finditer(target):
            # Flags of regions are spelt in tags behind a black flag (UTS 51, section 1.4.6).
            if not target[: match.start()].endswith("\U0001f3f4") and not _TAGS.search(source):
                yield self._report(view, match, 0.9, Severity.MAJOR)
        offset = _unbalanced(target)
        if offset is not None and _unbalanced(source) is None:
            message = f"A control of writing direction ({_name(target[offset])}) is never ended or was never begun"
            yield self.at(view, Side.TARGET, offset, offset + 1, message, confidence=0.7)

    def _report(self, view: PairView, match: re.Match[str], confidence: float, severity: Severity) -> Finding:
        target = view.target or ""
        before = re.search(r"\S*$", target[max(0, match.start() - 20) : match.start()])
        after = re.match(r"\S{0,20}", target[match.end() :])
        context = shorten((before.group() if before else "") + "|" + (after.group() if after else ""))
        names = ", ".join(dict.fromkeys(_name(character) for character in match.group()))
        message = f'An invisible character stands at the bar in "{_visible(context)}": {names}'
        return self.at(view, Side.TARGET, match.start(), match.end(), message, confidence=confidence, severity=severity)


def _is_letter(text: str, offset: int) -> bool:
    return 0 <= offset < len(text) and text[offset].isalpha()


def _needed(text: str, match: re.Match[str]) -> bool:
    """Whether a neighbour needs the character: a joining script, an emoji, or the end of a wrapped address."""
    around = text[max(0, match.start() - 2) : match.start()] + text[match.end() : match.end() + 2]
    if match.group()[0] in "\u200c\u200d":
        emoji = any(unicodedata.category(c) in {"So", "Sk"} or c == "\ufe0f" for c in around)
        return emoji or _JOINING.search(around) is not None
    if match.group()[0] in "\u200e\u200f\u061c\u202d\u202e":
        return any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)
    return False


def _unbalanced(text: str) -> int | None:
    """Offset of the first directional control without its partner; None if all have one (UAX 9, section 3.3.2)."""
    stack: list[int] = []
    for offset, character in enumerate(text):
        if character in _OPENING:
            stack.append(offset)
        elif character in _CLOSING:
            if not stack or text[stack[-1]] not in _CLOSING[character]:
                return offset
            stack.pop()
    return stack[0] if stack else None


def _name(character: str) -> str:
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{number} {name}" if name else f"{number} control character"


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
