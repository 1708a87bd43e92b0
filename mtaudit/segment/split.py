"""Splits a document into sentences that keep their offsets.

sentencex (MIT) says where a full stop may end a sentence; it is asked without quotes and brackets, because it takes
what stands between two of them for one unit, and one stray quote would swallow a page. Everything else is decided here,
by the rules in `_ends_sentence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sentencex import get_sentence_boundaries

from mtaudit.segment.abbreviations import CAPITAL_NOUNS, CARDINAL_WORDS, ORDINAL_STOP, ends_with, starters
from mtaudit.text import base_language, starts_lower
from mtaudit.types import Document, Segment, Span

_WIDE_STOPS = "。！？｡．"  # no blank follows these
_STOPS = ".!?…‽؟۔।॥։።፧" + _WIDE_STOPS
_QUOTES = "\"'”’“„‚‘‛‟»«›‹「」『』《》〈〉"
_BRACKETS = "()[]{}（）［］｛｝【】"

#: A run of stops, what closes with it (quotes, brackets, footnote numbers), and the blanks behind.
_CANDIDATE = re.compile(
    rf"(?P<stop>[{_STOPS}]+)"
    r"(?P<closing>[\"'”’“‘»«›‹」』》〉)\]}）］｝】]*(?:\[\d{1,3}\])*(?:[ \u00a0\u202f]+[»”](?=\s|\Z))?)"
    r"(?P<blank>\s*)"
)
_LIST_ITEM = re.compile(r"\n\s*(?=[-*•–]\s|\(?\d{1,3}[.)]\s)")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[ivxIVX]{1,5})\Z")
_LETTERED_ITEM = re.compile(r"[a-z]\)\s")
_CAMEL = re.compile(r"[a-z][A-Z]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.[-‐]?)*[^\W\d_]\Z")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_DIGITS = re.compile(r"(?<![\w.,])\d{1,3}\Z")
_NUMBER_NEXT = re.compile(r"[\d#§]|[IVXLC]+\b(?!')")
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)(['’]?)(\.?)")
_LAST_WORD = re.compile(r"(\w+)\W+\w+\Z")
_RUN_TOGETHER = re.compile(r"[^\W\d_A-Z]{2}\Z")
_CAPITALISED = re.compile(r"[^\W\d_][^\W\d_]|[^\W\d_]\s")
_WEB = re.compile(r"[/@=&]|www\.")
#: Japanese and Chinese words that go on with the sentence after a closing quote.
_QUOTE_GOES_ON = re.compile(r"と(?![こきにも])|って|を|が|の|です|だ|的|、|，")
_SPEECH = re.compile(
    r"(?:[A-Z]\w*\s){1,3}(?:said|says|asked|asks|cried|shouted|yelled|replied|added|answered|exclaimed|whispered|wrote)\b"
)
#: Brackets up to this length are not split inside.
_ASIDE = 200
_TAIL = 40


@dataclass(frozen=True, slots=True)
class _Stop:
    """A place where a sentence may end: what stands before it in the same sentence, and what follows."""

    before: str
    stop: str
    closing: str
    blank: str
    after: str
    suggested: bool

    @property
    def word(self) -> str:
        """What stands between the last blank and the stop, without opening quotes and brackets."""
        match = re.search(r"\S*\Z", self.before)
        return match.group().lstrip(_QUOTES + _BRACKETS) if match else ""


def split(document: Document) -> tuple[Segment, ...]:
    """The sentences of a document, in order: each without surrounding blanks, every other code point in exactly one.

    No sentence crosses a paragraph (`\\n\\n`); a single line end is a blank, unless a list item follows. Sentences
    inside a quotation are sentences of their own; closing quotes and brackets stay with the sentence that they close. A
    piece that starts in lower case belongs to the sentence before, so that a stray full stop stays visible inside one
    sentence. A text without any boundary is kept whole, however long it is.

    The rules know English, German, French, Spanish, Czech, Russian, Ukrainian, Chinese and Japanese; other languages go
    by sentencex, which falls back to general rules for the ones that it does not know either.
    """
    segments: list[Segment] = []
    start = 0
    while start < len(document.text):
        end = document.text.find("\n\n", start)
        end = len(document.text) if end == -1 else end
        paragraph = document.text[start:end]
        cuts = [0, *_cuts(paragraph, document.language), len(paragraph)]
        for begin, stop in pairwise(cuts):
            piece = paragraph[begin:stop]
            text = piece.strip()
            if text:
                offset = start + begin + len(piece) - len(piece.lstrip())
                segments.append(Segment(len(segments), Span(offset, offset + len(text)), text))
        start = end + 2
    return tuple(segments)


def _cuts(text: str, language: str) -> Iterator[int]:
    """Offsets inside a paragraph at which a new sentence begins."""
    suggested, foreign = _suggestions(text, language)
    asides = _asides(text)
    items = {match.end() for match in _LIST_ITEM.finditer(text)}
    candidates: dict[int, re.Match[str] | None] = dict.fromkeys([*items, *foreign])
    candidates.update({_begin(text, match): match for match in _CANDIDATE.finditer(text)})
    end_of_words = max((offset for offset, character in enumerate(text) if character.isalnum()), default=-1)
    last = 0
    for cut in sorted(candidates):
        match = candidates[cut]
        if cut > end_of_words or not any(map(str.isalnum, text[last:cut])):
            continue  # marks by themselves are no sentence
        if match is not None and cut not in items:
            if any(opening < cut <= closing for opening, closing in asides):
                continue
            tail = max(last, match.start() - _TAIL)
            before = text[tail : match.start()].lstrip() if tail == last else text[tail : match.start()]
            blank = text[match.end("closing") : cut]
            likely = _next(text, cut) in suggested
            stop = _Stop(before, match["stop"], match["closing"], blank, text[cut : cut + _TAIL], likely)
            if not _ends_sentence(stop, base_language(language), at_start=tail == last):
                continue
        yield cut
        last = cut


def _begin(text: str, match: re.Match[str]) -> int:
    """Where the next sentence would begin: a straight quote between blanks closes if it is the second of two."""
    cut = match.end()
    if match["blank"] and re.match(r'"\s', text[cut : cut + 2]) and text.count('"', 0, cut) % 2:
        cut += 1
        while cut < len(text) and text[cut].isspace():
            cut += 1
    return cut


def _suggestions(text: str, language: str) -> tuple[set[int], list[int]]:
    """Where sentencex begins sentences, as by `_next`; and those of them that follow a mark that is no stop here."""
    kept = [
        offset
        for offset, character in enumerate(text)
        if character not in _BRACKETS and (character not in _QUOTES or _is_apostrophe(text, offset))
    ]
    # Rust strings hold no lone surrogates.
    bare = "".join("\ufffd" if "\ud800" <= text[offset] <= "\udfff" else text[offset] for offset in kept)
    known: set[int] = set()
    foreign: list[int] = []
    for piece in get_sentence_boundaries(base_language(language), bare):
        begin = piece["start_index"]
        last = bare[max(0, begin - _TAIL) : begin].rstrip()[-1:]
        while begin < len(bare) and bare[begin].isspace():
            begin += 1
        if begin < len(bare):
            known.add(kept[begin])
            if last and last not in _STOPS and not last.isalnum():
                foreign.append(kept[begin])
    return known, foreign


def _is_apostrophe(text: str, offset: int) -> bool:
    return text[offset] in "'’" and text[offset - 1 : offset].isalpha() and text[offset + 1 : offset + 2].isalpha()


def _next(text: str, offset: int) -> int:
    """The first place from `offset` on that `_suggestions` may name."""
    while offset < len(text) and (text[offset].isspace() or text[offset] in _QUOTES or text[offset] in _BRACKETS):
        offset += 1
    return offset


def _asides(text: str) -> list[tuple[int, int]]:
    """Short pairs of brackets, (opening, closing)."""
    partner = {")": "(", "]": "[", "）": "（"}
    open_at: list[int] = []
    found = []
    for match in re.finditer(r"[()\[\]（）]", text):
        if match.group() not in partner:
            open_at.append(match.start())
        elif open_at and text[open_at[-1]] == partner[match.group()]:
            opening = open_at.pop()
            if match.start() - opening <= _ASIDE:
                found.append((opening, match.start()))
    return found


def _ends_sentence(stop: _Stop, language: str, *, at_start: bool) -> bool:
    """Whether a sentence ends here. `at_start`: `before` goes back to where the sentence begins."""
    if stop.after[0] in ",;:)]）】、，；：":
        return False
    if any(character in _WIDE_STOPS for character in stop.stop):
        return not (stop.closing and _QUOTE_GOES_ON.match(stop.after))
    if not stop.blank and not _is_run_together(stop):
        return False
    if starts_lower(stop.after) and not _CAMEL.match(stop.after) and not _LETTERED_ITEM.match(stop.after):
        return False
    if stop.stop.strip(".") or len(stop.stop) > 1:
        return _ends_with_mark(stop, language)
    return _ends_with_full_stop(stop, language, at_start=at_start)


def _is_run_together(stop: _Stop) -> bool:
    """Whether two sentences stand there without a blank between them, rather than a web address or an abbreviation."""
    next_is_capital = stop.after[0].isupper() and _CAPITALISED.match(stop.after) is not None
    if not next_is_capital or _WEB.search(stop.word) or _WEB.search(stop.after.split()[0]):
        return False
    return stop.stop != "." or _RUN_TOGETHER.search(stop.before) is not None


def _ends_with_mark(stop: _Stop, language: str) -> bool:
    """After an exclamation or question mark or an ellipsis, with no lower case behind."""
    if not stop.before.strip(_QUOTES + _BRACKETS + " "):
        return False  # "... and": the ellipsis belongs to what follows
    if "!" in stop.stop or "?" in stop.stop:
        return not (language == "en" and stop.closing.strip("’'\"”") != stop.closing and _SPEECH.match(stop.after))
    is_pause = language in CAPITAL_NOUNS and stop.before[-1].isspace() and set(stop.stop) <= {".", "…"}
    return not is_pause or _begins_sentence(stop.after, language)


def _ends_with_full_stop(stop: _Stop, language: str, *, at_start: bool) -> bool:
    if at_start and _ENUMERATOR.match(stop.before):
        return False
    if not stop.word:
        return True  # a stop by itself between blanks
    begins = _begins_sentence(stop.after, language)
    for rule in (_by_abbreviation, _by_initial, _by_ordinal):
        verdict = rule(stop, language, begins=begins)
        if verdict is not None:
            return verdict
    if stop.suggested or begins:
        return True
    # sentencex knows abbreviations that are not listed here; they are short.
    return stop.word.isalpha() and len(stop.word) > (3 if stop.after[0].isdigit() else 5)


def _by_abbreviation(stop: _Stop, language: str, *, begins: bool) -> bool | None:
    titles, counted, ending = (ends_with(kind, language) for kind in ("titles", "counted", "ending"))
    if titles and titles.search(stop.before):
        return False
    if counted and counted.search(stop.before):
        if _NUMBER_NEXT.match(stop.after):
            return False
        return None if len(stop.word) == 1 else True
    if ending and ending.search(stop.before):
        return begins
    return None


def _by_initial(stop: _Stop, language: str, *, begins: bool) -> bool | None:
    if not _DOTTED.match(stop.word):
        return None
    return begins or (stop.word == "I" and language == "en")


def _by_ordinal(stop: _Stop, language: str, *, begins: bool) -> bool | None:
    if language in ORDINAL_STOP and _ROMAN.match(stop.word):
        return begins
    if language in CAPITAL_NOUNS and _DIGITS.search(stop.before):
        noun = _LAST_WORD.search(stop.before)
        return begins or (noun is not None and noun[1] in CARDINAL_WORDS)
    return None


def _begins_sentence(text: str, language: str) -> bool:
    """Whether a word follows that has a capital only because a sentence begins."""
    match = _FIRST_WORD.match(text)
    if match is None or match[3]:
        return False
    return match[1] in starters(language) or (language == "fr" and bool(match[2]))
