"""Code that leaked into the prose, and inline tags and placeholders that differ from the source's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mtaudit.checks._debris import HTML_ELEMENTS, XLIFF_ELEMENTS, debris, runs
from mtaudit.checks._placeholders import (
    Placeholder,
    comparable,
    damaged,
    difference,
    is_date_format,
    is_number,
    placeholders,
    without_glued,
)
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import shorten
from mtaudit.types import Finding, InlineCode, Severity, Side, Span, Unit


@register("MT301", "markup-debris", Category.MARKUP, Severity.MAJOR)
class MarkupDebris(PairCheck):
    r"""Code has leaked into the text of the target.

    What it does: Finds HTML and XML tags, their attributes, entities, CSS and script code, Markdown, BBCode, wiki and
    template code, escape sequences, and special tokens of translation models in the running text of the target.

    Why it matters: The reader sees code instead of words. It often swallows a piece of the sentence too: the system
    translated the code along with the text.

    Example: `< p class="css-at9mc1">Beamte bestätigten am Freitag die Aussagen.`

    How it is found: By patterns for each kind of code; pieces with no words between are one finding. Nothing is
    reported where the source has code of the same kind, as the documentation of a program does. Where the source has
    tags, those of the target are the business of MT302. A tag is major, a single entity or escape sequence minor.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding for each run of code."""
        target = view.target or ""
        known = {piece.kind.name for piece in debris(view.source)} if view.source is not None else set()
        foreign = tuple(piece for piece in debris(target) if piece.kind.name not in known)
        for run in runs(foreign, target):
            start, end = run[0].start, run[-1].end
            worst = max(run, key=lambda piece: (piece.kind.severity.gravity, piece.kind.confidence)).kind
            # That the source has none of it takes away half of the doubt.
            confidence = worst.confidence if view.source is None else (1 + worst.confidence) / 2
            yield self.at(
                view,
                Side.TARGET,
                start,
                end,
                f'"{shorten(target[start:end])}" is {worst.name}, left over in the text',
                confidence=round(confidence, 3),
                severity=worst.severity,
                evidence={"kinds": sorted({piece.kind.name for piece in run})},
            )


@dataclass(frozen=True, slots=True)
class _Tag:
    """An inline tag: its identity across languages, whether it is written cleanly, and its place."""

    key: str
    name: str
    closes: bool
    opens: bool
    clean: bool
    start: int
    end: int


#: A tag, also as a translation system may have mangled it: `< b >`, `</ b>`, `＜b＞`.
_TAG = re.compile(
    r"(?P<open>[<＜]\s*)(?P<slash>/\s*)?(?P<name>[A-Za-z][\w:.-]*|\d{1,3})(?P<rest>(?:\s+[^<>＜＞]*?)?)"
    r"(?P<void>\s*/)?(?P<close>\s*[>＞])"
)
_IDENTITY = re.compile(r"\b(?:id|rid|mid)\s*=\s*[\"'“”„]?([\w.-]+)")
_KNOWN = re.compile(rf"(?:{HTML_ELEMENTS}|{XLIFF_ELEMENTS})", re.IGNORECASE)
_XLIFF = re.compile(rf"(?:{XLIFF_ELEMENTS})")
#: Elements whose names programs also write for what a user has to fill in ("git cherry <head>"): tags if closed again.
_NOUNS = frozenset(
    {"article", "body", "center", "cite", "code", "figure", "footer", "form", "head", "header", "input", "link", "mark",
     "meta", "nav", "script", "section", "style", "table", "var"}
)  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "meta", "col", "x", "bx", "ex", "ph", "sc", "ec", "sm", "cp"})


def _tags(text: str, names: frozenset[str] = frozenset()) -> list[_Tag]:
    """The tags of a text: elements that are known or among `names`, have an attribute, or are closed again."""
    matches = list(_TAG.finditer(text)) if "<" in text or "＜" in text else []
    closed = {match["name"].casefold() for match in matches if match["slash"]}
    found = []
    for match in matches:
        name = match["name"].casefold()
        known = _KNOWN.fullmatch(name) is not None and name not in _NOUNS
        if not (known or name in closed or name in names or "=" in match["rest"]):
            continue
        # "a < b and b > c" compares.
        if match["open"] != "<" and match["rest"].strip() and "=" not in match["rest"]:
            continue
        identity = _IDENTITY.search(match["rest"]) if _XLIFF.fullmatch(name) else None
        closes, void = match["slash"] is not None, match["void"] is not None or name in _VOID
        key = f"/{name}" if closes else f"{name} {identity[1]}" if identity else name
        # `<br />` is as good as `<br/>`, but `< br>` is none.
        clean = match["open"] == "<" and match["close"].strip() == ">" and not re.search(r"/\s", match["slash"] or "")
        found.append(_Tag(key, name, closes, not closes and not void, clean, match.start(), match.end()))
    return found


@register("MT302", "tag-mismatch", Category.MARKUP, Severity.MAJOR)
class TagMismatch(PairCheck):
    """An inline tag of the source is missing, damaged or misplaced in the target, or the target has one more.

    What it does: Compares the inline tags of both sides, of HTML (`<b>`, `</a>`, `<br/>`), of XLIFF (`<g id="1">`) and
    others that come in pairs (`<0>`, `</0>`). In files whose format marks inline codes, these are compared as it marks
    them.

    Why it matters: A lost tag loses a link, an emphasis or a piece of program output; one too many or in the wrong
    order breaks the page.

    Example: `Press <b>Save</b>.` became `Drücken Sie <b>Speichern.`

    How it is found: Names are counted on both sides, with the id for XLIFF's elements; attributes may differ. Codes
    that a format marks are compared by element and id, or by their content where there is no id. When the counts agree,
    the nesting of the target is checked as well. A source without any tags is left to MT301.
    """

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield a finding for each tag that is missing, one too many, damaged or wrongly nested."""
        source, target = view.source or "", view.target or ""
        if not any(mark in text for text in (source, target) for mark in "<＜") and not _has_codes(view):
            return
        wanted = _with_codes(_tags(source), view, Side.SOURCE)
        given = _with_codes(_tags(target, frozenset(tag.name for tag in wanted)), view, Side.TARGET)
        if not wanted and not any(_is_code(view, tag) for tag in given):
            return
        missing = Counter(tag.key for tag in wanted) - Counter(tag.key for tag in given)
        extra = Counter(tag.key for tag in given) - Counter(tag.key for tag in wanted)
        # Of several equal tags the last are taken to be the lost or the added ones.
        for tag in _last(wanted, missing):
            yield self._report(view, Side.SOURCE, tag, 'The tag "{}" of the source is missing in the target')
        surplus = _last(given, extra)
        for tag in surplus:
            yield self._report(view, Side.TARGET, tag, 'The tag "{}" is not in the source')
        for tag in given:
            if tag not in surplus and not tag.clean:
                yield self._report(
                    view, Side.TARGET, tag, 'The tag "{}" is damaged: the source has it without the blanks'
                )
        if not missing and not extra and _misnested(wanted) is None:
            misplaced = _misnested(given)
            if misplaced is not None:
                yield self._report(view, Side.TARGET, misplaced, 'The tag "{}" stands in the wrong order or place')

    def _report(self, view: PairView, side: Side, tag: _Tag, message: str) -> Finding:
        quote = (view.text(side) or "")[tag.start : tag.end]
        return self.at(view, side, tag.start, tag.end, message.format(shorten(quote)), confidence=0.9)


def _has_codes(view: PairView) -> bool:
    """Whether the format marks codes at all."""
    return any(document is not None and document.codes for document in (view.bitext.source, view.bitext.target))


def _codes(view: PairView, side: Side) -> tuple[InlineCode, ...]:
    """The codes that the file's format marks on one side of a pair, as spans of the pair's text."""
    document = view.bitext.document(side)
    span = view.pair.span(side)
    if document is None or span is None or not document.codes:
        return ()
    first = bisect_left(document.codes, span.start, key=lambda code: code.span.start)
    last = bisect_left(document.codes, span.end, key=lambda code: code.span.start)
    return tuple(InlineCode(code.span.shift(-span.start), code.key) for code in document.codes[first:last])


def _with_codes(tags: list[_Tag], view: PairView, side: Side) -> list[_Tag]:
    """The tags, with the codes that the format marks in the place of what looks like tags there."""
    codes = _codes(view, side)
    if not codes:
        return tags
    text = view.text(side) or ""
    found = [tag for tag in tags if not any(code.span.overlaps(Span(tag.start, tag.end)) for code in codes)]
    for code in codes:
        closes = code.key.startswith("/")
        opens = not closes and not text[: code.span.end].endswith("/>")
        found.append(_Tag(code.key, code.key.lstrip("/"), closes, opens, True, code.span.start, code.span.end))
    return sorted(found, key=lambda tag: tag.start)


def _is_code(view: PairView, tag: _Tag) -> bool:
    """Whether a tag of the target is a code that the format marks: then it is no debris that MT301 would report."""
    return any(code.span == Span(tag.start, tag.end) for code in _codes(view, Side.TARGET))


def _last(tags: list[_Tag], counts: Counter[str]) -> list[_Tag]:
    """As many of the last tags with each key as `counts` says, in order."""
    left, found = Counter(counts), []
    for tag in reversed(tags):
        if left[tag.key]:
            left[tag.key] -= 1
            found.append(tag)
    return found[::-1]


def _misnested(tags: list[_Tag]) -> _Tag | None:
    """The first tag that closes what was not opened last, or else that is never closed; None if all is well."""
    stack: list[_Tag] = []
    for tag in tags:
        if tag.opens:
            stack.append(tag)
        elif tag.closes:
            if not stack or stack[-1].name != tag.name:
                return tag
            stack.pop()
    return stack[0] if stack else None


@register("MT303", "placeholder-mismatch", Category.MARKUP, Severity.MAJOR)
class PlaceholderMismatch(PairCheck):
    """A placeholder of the source is missing, changed or damaged in the target, or the target has one more.

    What it does: Compares the placeholders of both sides: printf (`%s`, `%1$d`, `%(name)s`), braces (`{name}`,
    `{0:.2f}`), ICU arguments (`{count, plural, ...}`), Fluent's (`{ $name }`), `${var}`, `{{var}}`, `$t(key)`,
    `%%VAR%%`, `%1` and `:name`.

    Why it matters: The program puts a value there when it runs. A lost placeholder hides the value, a changed one
    shows code to the user or stops the program.

    Example: `Deleted {count} files` became `{Anzahl} Dateien gelöscht`

    How it is found: Each placeholder must occur as often in the target as in the source. Numbered and unnumbered
    printf placeholders are compared by position and type; of ICU plurals only the argument names, since languages
    differ in their plural forms (`#` counts as the number's name). A plural form of a catalogue may have the
    placeholders of any form of the source, and lack the number where it stands for one number only. "100 %" with a word
    behind it is no placeholder; formats of dates (`%d.%m.%Y`) are left alone.
    """

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield a finding for each placeholder that is missing, changed, damaged or one too many."""
        source, target = view.source or "", view.target or ""
        wanted, given = list(placeholders(source)), list(placeholders(target))
        if not wanted and not given:
            return
        wanted, given = comparable(wanted, given)
        if is_date_format(source):
            return
        missing = without_glued(difference(wanted, given), source, target, given)
        extra = without_glued(difference(given, wanted), target, source, wanted)
        if not missing and not extra:
            yield from self._reordered(view, wanted, given)
            return
        unit = view.bitext.unit(view.pair)
        if unit is not None and _is_right_plural(unit, missing, extra, target):
            return
        for lost in missing:
            quote = source[lost.start : lost.end]
            broken = damaged(quote, target)
            if broken is not None:
                message = f'The placeholder "{quote}" of the source is damaged in the target: "{broken.group()}"'
                yield self._report(view, Side.TARGET, broken.span(), message, 0.95)
                extra = [item for item in extra if not (item.start < broken.end() and broken.start() < item.end)]
                continue
            new = next((item for item in extra if item.family == lost.family), None)
            if new is not None:
                extra.remove(new)
                changed = target[new.start : new.end]
                message = f'"{shorten(changed)}" stands for the placeholder "{shorten(quote)}" of the source'
                yield self._report(view, Side.TARGET, (new.start, new.end), message, 0.95)
            else:
                message = f'The placeholder "{shorten(quote)}" of the source is missing in the target'
                confidence = 0.65 if lost.family == "colon" else 0.95
                yield self._report(view, Side.SOURCE, (lost.start, lost.end), message, confidence)
        for new in extra:
            # Some writers put a blank before a colon and none behind it.
            if new.family == "colon":
                continue
            message = f'The source has no placeholder "{shorten(target[new.start : new.end])}" here'
            # One more of a kind that is there may be meant: a language may need to say a name twice.
            confidence = 0.6 if any(item.key == new.key for item in wanted) else 0.9
            yield self._report(
                view, Side.TARGET, (new.start, new.end), message, confidence if wanted else confidence - 0.2
            )

    def _reordered(self, view: PairView, wanted: list[Placeholder], given: list[Placeholder]) -> Iterator[Finding]:
        """Unnumbered printf placeholders take the arguments in turn, so their types must keep their order."""
        before, after = ([p for p in side if p.family == "printf"] for side in (wanted, given))
        if len(before) != len(after):  # one has letters glued to it
            return
        for old, new in zip(before, after, strict=True):
            if old.key != new.key and "$" not in new.key:
                quote = (view.target or "")[new.start : new.end]
                message = (
                    f'The placeholder "{quote}" stands in another order than in the source; number the placeholders'
                )
                yield self._report(view, Side.TARGET, (new.start, new.end), message, 0.9)
                return

    def _report(self, view: PairView, side: Side, place: tuple[int, int], message: str, confidence: float) -> Finding:
        return self.at(view, side, *place, message, confidence=round(confidence, 2))


def _is_right_plural(unit: Unit, missing: list[Placeholder], extra: list[Placeholder], target: str) -> bool:
    """Whether what differs from the source's own form is right in another form, or the form needs no number."""
    if unit.exact is not None and len(missing) == 1 and not extra and is_number(missing[0]):
        return True
    for other in unit.other_sources:
        wanted, given = comparable(list(placeholders(other)), list(placeholders(target)))
        lost = difference(wanted, given)
        if not difference(given, wanted) and (
            not lost or (unit.exact is not None and len(lost) == 1 and is_number(lost[0]))
        ):
            return True
    return False
