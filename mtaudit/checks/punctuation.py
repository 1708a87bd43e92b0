"""Quotation marks and brackets that lost their partner, and sentences that end in another way than the source's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import is_unspaced
from mtaudit.types import Finding, Severity, Side

#: Closing bracket of each opening one; full-width forms are paired with ASCII ones, since CJK text mixes them.
_BRACKETS = {"(": ")", "[": "]", "{": "}", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
_OPENERS = {closer: opener for opener, closer in _BRACKETS.items()}
_NARROW = str.maketrans("（）［］｛｝＂", '()[]{}"')

#: What looks like a bracket but is none when nothing pairs with it: emoticons (also with the blanks that translation
#: puts in) and list markers such as "a)" and "12.)".
_EMOTICON = re.compile(
    r"[:;=]\s?[-'^o]?\s?[()\[\]{}]{1,9}|(?<!\w)[8xX][-'^o]?[()]{1,9}|[()\[\]]{1,9}[-'^o]?[:;=](?!\w)|\^\s?[._-]?\s?\^[()]?|¯\\_\S*_/¯"
)
_LIST_MARKER = re.compile(r"(?<!\w)(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5})\.?\)(?=\s|$)")

_BRACKET = re.compile(r"[()\[\]{}「」『』《》〈〉【】〔〕（）［］｛｝]")
#: A straight mark written twice is one mark, as CSV files write it.
_QUOTE = re.compile(r'""?|[“”„‟«»＂]')
_DOUBLE = frozenset('"“”„‟«»')
#: The part of a glyph where its neighbours do not tell; `“` closes where `„` opens.
_ROLE = {"“": 1, "”": -1, "„": 1, "‟": 1, "«": 1, "»": -1}
_LOW_OPENING = frozenset({"de", "cs", "sk", "bg", "sl", "hr", "ru", "uk", "be", "lt", "is", "et", "ka", "mk"})
#: What stands before an opening and behind a closing mark.
_BEFORE = frozenset("([{（「『《-–—/=>*_…¿¡")
_BEHIND = frozenset(")]}）」』》-–—/.,;:!?…<*_'’%。，、！？；：")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A bracket or quotation mark: its family, its part (1 opens, -1 closes, 0 unclear) and its place."""

    glyph: str
    family: str
    role: int
    offset: int
    #: Whether letters stand on both sides, as around an apostrophe.
    within: bool = False


def _bracket_marks(text: str) -> Iterator[_Mark]:
    for match in _BRACKET.finditer(text):
        character = match.group().translate(_NARROW)
        opener = _OPENERS.get(character, character)
        yield _Mark(match.group(), opener, 1 if opener == character else -1, match.start())


def _quote_marks(text: str, language: str) -> Iterator[_Mark]:
    """The double quotation marks; the neighbours decide which part a mark has, else the glyph."""
    for match in _QUOTE.finditer(text):
        offset, end = match.span()
        glyph = match.group()[0].translate(_NARROW)
        before, behind = text[offset - 1 : offset], text[end : end + 1]
        opens = (not before or before.isspace() or before in _BEFORE or before in _DOUBLE) and not behind.isspace()
        closes = bool(before.strip()) and (not behind or behind.isspace() or behind in _BEHIND or behind in _DOUBLE)
        role = 1 if opens else -1
        if opens == closes:
            role = -1 if glyph == "“" and language in _LOW_OPENING else _ROLE.get(glyph, 0)
        # 27" and 5'10" are inches, unless a quotation is open.
        inch = glyph == '"' and before.isdigit() and not _open_straight(text, offset)
        if not inch:
            yield _Mark(text[offset], '"', role, offset, before.isalpha() and behind.isalpha() and glyph == '"')


def _open_straight(text: str, offset: int) -> bool:
    return (text.count('"', 0, offset) - text.count('""', 0, offset)) % 2 == 1


@register("MT305", "quotes-and-brackets", Category.PUNCTUATION, Severity.MINOR)
class QuotesAndBrackets(PairCheck):
    """A bracket or quotation mark of the target has no partner, or a quotation is closed with a mark of another make.

    What it does: Pairs up the brackets and double quotation marks of each paragraph of the target, and reports those
    that stay alone.

    Why it matters: The reader cannot tell where a quotation or an insertion begins or ends. In machine translations a
    lone mark often shows where words were lost or a sentence was torn apart.

    Example: `Sie begannen im Wort heute“ von vorn.` (the opening mark is missing)

    How it is found: A quotation may run over several sentences, so marks are paired within the paragraph, and what the
    source leaves open may be open in the target. What part a quotation mark plays is told by its neighbours, and only
    in doubt by the habits of the language. Apostrophes, inches, emoticons and list markers are left alone. Without a
    source only a bracket that closes what was never opened is fairly sure. Marks of different make, such as „..." in
    German, are common and rated low.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding for each bracket or quotation mark without a partner, and for mixed pairs."""
        yield from self._brackets(view)
        yield from self._quotes(view)

    def _brackets(self, view: PairView) -> Iterator[Finding]:
        if _BRACKET.search(view.target or "") is None or not _lone_brackets(view.target or ""):
            return
        begin, paragraph = _paragraph(view)
        start, end = view.start(Side.TARGET), view.start(Side.TARGET) + len(view.target or "")
        alone = [mark for mark in _lone_brackets(paragraph) if start <= begin + mark.offset < end]
        excused = {mark.family for mark in _lone_brackets(view.source)} if view.source else set()
        for mark in alone:
            if mark.family in excused:
                continue
            opens = mark.role == 1
            what = "is opened but never closed" if opens else "closes what was never opened"
            confidence = 0.8 if view.source is not None else 0.35 if opens else 0.6
            yield self._report(view, begin + mark.offset - start, f'The bracket "{mark.glyph}" {what}', confidence)

    def _quotes(self, view: PairView) -> Iterator[Finding]:
        target, language = view.target or "", view.language(Side.TARGET)
        marks = list(_quote_marks(target, language))
        if not marks:
            return
        alone = _lone_quotes(marks)
        source = list(_quote_marks(view.source, view.language(Side.SOURCE))) if view.source is not None else []
        sound = not _lone_quotes(source) and len(source) % 2 == 0
        if alone and sound:
            _, paragraph = _paragraph(view)
            balanced_there = len(paragraph) > len(target) and not _lone_quotes(list(_quote_marks(paragraph, language)))
            if not balanced_there:
                confidence = 0.3 if view.source is None else 0.6
                # Single marks of the source are double ones in many languages, and may well be left open there.
                if view.source is not None and _SINGLE_QUOTATION.search(view.source):
                    confidence = 0.4
                for mark in alone:
                    if mark.within:
                        message = 'The quotation mark " stands within a word, probably in the place of an apostrophe'
                        yield self._report(view, mark.offset, message, 0.65)
                        continue
                    what = (
                        "opens a quotation that never ends" if mark.role == 1 else "ends a quotation that never began"
                    )
                    yield self._report(view, mark.offset, f"The quotation mark {mark.glyph} {what}", confidence)
        elif not alone:
            known = {(one.glyph, two.glyph) for one, two in _pairs(source)}
            for one, two in _pairs(marks):
                if _make(one.glyph) != _make(two.glyph) and (one.glyph, two.glyph) not in known:
                    message = f"The quotation opens with {one.glyph} but is closed with {two.glyph}"
                    yield self._report(view, two.offset, message, 0.35)

    def _report(self, view: PairView, offset: int, message: str, confidence: float) -> Finding:
        return self.at(view, Side.TARGET, offset, offset + 1, message, confidence=confidence)


#: Makes of quotation marks; those of one make go together in some language: “ ”, „ “, „ ”, ” ”, « », » «.
_MAKES = ('"', "“”„‟", "«»")
_SINGLE_QUOTATION = re.compile(r"(?<!\w)['‘‚`](?=\w)|(?<=[.,!?…])\s?['’](?!\w)")


def _make(glyph: str) -> int:
    return next((number for number, glyphs in enumerate(_MAKES) if glyph in glyphs), 0)


#: A partner further off than this many code points is none; it also bounds the work on a text without paragraphs.
_REACH = 20_000


def _paragraph(view: PairView) -> tuple[int, str]:
    """The paragraph of the target that the pair lies in (`_REACH` to either side at most), and its document offset."""
    text, start = view.bitext.target.text, view.start(Side.TARGET)
    stop = start + len(view.target or "")
    low, high = max(0, start - _REACH), min(len(text), stop + _REACH)
    before, behind = text.rfind("\n\n", low, start), text.find("\n\n", stop, high)
    begin = low if before == -1 else before + 2
    return begin, text[begin : high if behind == -1 else behind]


@lru_cache(maxsize=64)
def _lone_brackets(text: str) -> tuple[_Mark, ...]:
    """Brackets without a partner, each family by itself; emoticons and list markers are no brackets."""
    stacks: dict[str, list[_Mark]] = {}
    alone: list[_Mark] = []
    for mark in _bracket_marks(text):
        stack = stacks.setdefault(mark.family, [])
        if mark.role == 1:
            stack.append(mark)
        elif stack:
            stack.pop()
        else:
            alone.append(mark)
    alone += [mark for stack in stacks.values() for mark in stack]
    if not alone:
        return ()
    # A sad face within brackets leaves the outer bracket alone instead of its own, so faces are counted.
    faces = "".join(match.group() for match in _EMOTICON.finditer(text))
    markers = {match.end() - 1 for match in _LIST_MARKER.finditer(text)}
    excuses = {glyph: faces.count(glyph) for glyph in {mark.glyph for mark in alone}}
    found = []
    for mark in sorted(alone, key=lambda item: item.offset):
        if mark.offset in markers:
            continue
        if excuses[mark.glyph]:
            excuses[mark.glyph] -= 1
            continue
        found.append(mark)
    return tuple(found)


def _lone_quotes(marks: list[_Mark]) -> tuple[_Mark, ...]:
    """Quotation marks without a partner.

    With an odd number one is lost for sure. With an even number the parts must contradict each other as well: two
    endings and no beginning.
    """
    stack: list[_Mark] = []
    closers: list[_Mark] = []
    for mark in marks:
        if mark.role == 1 or (mark.role == 0 and not stack):
            stack.append(mark)
        elif stack:
            stack.pop()
        else:
            closers.append(mark)
    if len(marks) % 2 == 0:
        return tuple(closers) if len(closers) > 1 and not stack else ()
    alone = sorted([*closers, *stack], key=lambda mark: mark.offset)
    return tuple([mark for mark in marks if mark.within] or alone)[:1]


def _pairs(marks: list[_Mark]) -> Iterator[tuple[_Mark, _Mark]]:
    """The quotation marks that belong together, opening one first."""
    stack: list[_Mark] = []
    for mark in marks:
        if mark.role == 1 or (mark.role == 0 and not stack):
            stack.append(mark)
        elif stack:
            yield stack.pop(), mark


#: Classes of what ends a sentence, in the scripts that write it otherwise. Greek asks with a semicolon.
_END = {
    **dict.fromkeys("?？؟⸮՞", "?"),
    **dict.fromkeys("!！՜", "!"),
    **dict.fromkeys(".。．｡।۔።։", "."),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys(",，、،", ","),
    **dict.fromkeys(";；؛", ";"),
    **dict.fromkeys("-–—", "-"),
    "…": "…",
}
_END_MARKS = "".join(_END)
_QUESTION_MARKS = tuple(mark for mark, kind in _END.items() if kind == "?")
#: Closing quotation marks, brackets and marks of emphasis behind the end of a sentence, and blanks.
_AFTER_END = "\"”“„»«'’‘)]}」』》〉）＂*_\u200b \t\r\n\u00a0\u202f\u3000"
_FOOTNOTE = re.compile(r"\[\d{1,3}\]$")
#: Languages that end no sentence with a mark.
_NO_MARKS = frozenset({"th", "lo", "km", "bo"})
#: Languages whose questions may end in a particle and a full stop.
_PARTICLE = {"ja": re.compile(r"[かの]。?$"), "ko": re.compile(r"[까요니냐]\.?$")}
#: Words that begin a question; writers of chat leave out the mark.
_ASKING = {
    "en": re.compile(
        r"(?:^|[.!?,\"“']\s*|\b(?:so|and|but)\s)(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|am|do|"
        r"does|did|can|could|will|would|shall|should|may|has|have|had|to what extent|(?:is|are|was|were|do|does|did|ca|"
        r"could|wo|would|should|has|have|had)n['’]t)\b",
        re.IGNORECASE,
    )
}


@register("MT306", "end-punctuation", Category.PUNCTUATION, Severity.MINOR)
class EndPunctuation(PairCheck):
    """The target ends with another mark than the source: a question became a statement, or the end is missing.

    What it does: Compares the mark that ends the source with the one that ends the target.

    Why it matters: A question that became a statement says something else. A target that ends with a comma or with
    nothing has often lost its last words.

    Example: `Can you hear me?` became `Du kannst mich hören.`

    How it is found: By classes of marks in all scripts, looking past closing quotation marks, brackets and footnotes.
    A headline without a full stop is fine, and so is a question mark that stands further in. A changed exclamation
    mark or colon is mostly a matter of taste and rated low.
    """

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield at most one finding, at the end of the target."""
        source, target = (view.source or "").rstrip(), (view.target or "").rstrip()
        language = view.language(Side.TARGET)
        if not source or not target or language in _NO_MARKS or view.language(Side.SOURCE) in _NO_MARKS:
            return
        before, after = _end(source, view.language(Side.SOURCE)), _end(target, language)
        judged = self._judge(view, source, target, before, after)
        if judged is None or before == after:
            return
        confidence, what = judged
        start = len(target) - len(target.rsplit(None, 1)[-1])
        evidence = {"source_end": before, "target_end": after}
        # In a script without blanks the last "word" is the sentence.
        start = max(start, len(target) - 20)
        yield self.at(view, Side.TARGET, start, len(target), what, confidence=confidence, evidence=evidence)

    def _judge(self, view: PairView, source: str, target: str, before: str, after: str) -> tuple[float, str] | None:
        """Confidence and message; None where the two ends go together."""
        language = view.language(Side.TARGET)
        asked, asks = _has_question(source, view.language(Side.SOURCE)), _has_question(target, language)
        judged: tuple[float, str] | None = None
        if before == "?" and not asks:
            particle = _PARTICLE.get(language)
            if particle is None or not particle.search(_without_tail(target)):
                judged = 0.65, "The source asks a question, but the target has no question mark"
        elif after == "?" and not asked and before in {".", "!"}:
            asking = _ASKING.get(view.language(Side.SOURCE))
            sure = asking is not None and not asking.search(source)
            judged = 0.55 if sure else 0.3, "The target asks a question, but the source has no question mark"
        elif before in {".", "!", "?"} and after in {",", ";", "-"}:
            judged = 0.65, f'The target breaks off with "{target[-1]}", where the source ends its sentence'
        elif before in {".", "?"} and not after and len(source.split()) > 3:
            # Chinese and Japanese writers often leave out the last full stop.
            confidence = 0.4 if is_unspaced(language) else 0.55
            judged = confidence, "The target ends without a mark, where the source ends its sentence"
        elif {before, after} <= {".", "!", ":", "…"} and "." in {before, after}:
            judged = 0.3, f'The source ends with "{before}", the target with "{after}"'
        return judged


def _without_tail(text: str) -> str:
    """The text without what may follow the mark that ends its last sentence."""
    while (footnote := _FOOTNOTE.search(text, max(0, len(text) - 5))) is not None:
        text = text[: footnote.start()].rstrip()
    return text.rstrip(_AFTER_END)


def _end(text: str, language: str) -> str:
    """The class of the mark that ends the text; empty if none does."""
    text = _without_tail(text)
    run = text[len(text.rstrip(_END_MARKS)) :]
    if not run:
        return ""
    classes = [_END[character] for character in run]
    if language == "el" and run.endswith((";", "\u037e")):
        return "?"
    for strong in "?!":
        if strong in classes:
            return strong
    return "…" if "…" in classes or "..." in run or "。。" in run or "．．" in run else classes[-1]


def _has_question(text: str, language: str) -> bool:
    return any(mark in text for mark in _QUESTION_MARKS) or (language == "el" and (";" in text or "\u037e" in text))
