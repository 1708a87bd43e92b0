"""Takes out what comments in the files themselves suppress: `mtaudit: ignore MT106`.

    ignore [RULES]          the block that the comment stands in or before
    ignore-file [RULES]     the whole file
    ignore-start [RULES]    from the next block on, up to
    ignore-end [RULES]      this, or the end of the file

RULES are ids, slugs or families, parted by commas; none means all. A comment in the source counts for the sentences
that were translated from its block, in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mtaudit.errors import ConfigError
from mtaudit.rules import FAMILIES, Rule, find_rule
from mtaudit.types import Audit, Document, Finding, PlaceMap, Remark, Side, Span

_NAME = r"[A-Za-z][\w-]*"
#: A word behind the rules is an explanation, unless a comma joins it to them or it is an id.
_INSTRUCTION = re.compile(
    rf"ignore(?P<scope>-file|-start|-end)?(?=\s|$)(?:\s+(?P<names>{_NAME}(?:\s*,\s*{_NAME}|\s+MT\d{{1,3}}\b)*))?"
)
_ID = re.compile(r"MT\d{3}")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that suppresses something: where it stands, what it says, and what of its document it is about.

    `rules` None means all. `fault` says what is wrong with a comment that cannot be followed.
    """

    path: str
    line: int
    text: str
    span: Span
    rules: frozenset[str] | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The findings that are left, how many were taken out, and which suppressions took out something or did not."""

    findings: tuple[Finding, ...]
    taken: frozenset[int]
    used: tuple[Suppression, ...]
    unused: tuple[Suppression, ...]


def suppress(audit: Audit, all_rules: Callable[[], Iterable[Rule]]) -> Suppressed:
    """What the comments of both documents leave of an audit's findings; `taken` are the numbers of those taken out.

    `all_rules` is asked only where a comment names a rule by its slug.
    """
    taken: set[int] = set()
    used: list[Suppression] = []
    unused: list[Suppression] = []
    for side in Side:
        document = audit.bitext.document(side)
        if document is None or not document.remarks:
            continue
        spans = {pair.index: pair.span(side) for pair in audit.bitext.pairs or ()}
        for group in _groups(document, all_rules):
            hit = {
                number
                for number, finding in enumerate(audit.findings)
                if any(_covers(each, finding, side, spans.get(finding.pair)) for each in group)
            }
            taken |= hit
            (used if hit else unused).append(group[0])
    left = tuple(finding for number, finding in enumerate(audit.findings) if number not in taken)
    return Suppressed(left, frozenset(taken), tuple(used), tuple(unused))


def _covers(suppression: Suppression, finding: Finding, side: Side, pair: Span | None) -> bool:
    """Whether the finding is of one of the rules, and its words, or its pair's on that side, lie in the block."""
    if suppression.fault is not None or not (suppression.rules is None or finding.rule in suppression.rules):
        return False
    place = finding.span if finding.side is side else pair
    if place is None:
        return False
    return place.overlaps(suppression.span) or suppression.span.contains(place)


def _groups(document: Document, all_rules: Callable[[], Iterable[Rule]]) -> Iterator[list[Suppression]]:
    """The suppressions of a document; one comment on all plural forms of a message is one."""
    found = list(_suppressions(document, all_rules))
    group = found[:1]
    for before, after in pairwise(found):
        neighbours = 0 <= after.span.start - before.span.end <= len("\n\n")
        if isinstance(document.map, PlaceMap) and before.text == after.text and neighbours:
            group.append(after)
        else:
            yield group
            group = [after]
    if group:
        yield group


def _suppressions(document: Document, all_rules: Callable[[], Iterable[Rule]]) -> Iterator[Suppression]:
    whole = Span(0, len(document.text))
    remarks = document.remarks
    for at, remark in enumerate(remarks):
        match = _INSTRUCTION.match(remark.text)
        if match is None:
            fault = "this is no instruction; there are ignore, ignore-file, ignore-start and ignore-end"
            yield Suppression(document.path, remark.line, remark.text, remark.span, fault=fault)
            continue
        scope, names = match["scope"] or "", match["names"]
        if scope == "-end":
            if not any(_is_start(other, names) for other in remarks[:at]):
                fault = "no ignore-start of the same rules stands before it"
                yield Suppression(document.path, remark.line, remark.text, remark.span, fault=fault)
            continue
        end = _end(remarks[at + 1 :], names, whole.end) if scope == "-start" else remark.span.end
        span = whole if scope == "-file" else Span(remark.span.start, max(remark.span.start, end))
        try:
            rules = _rules(names, all_rules)
        except ConfigError as error:
            fault = f"{error.cause.rstrip('.')}: {error.place}. {error.remedy}"
            yield Suppression(document.path, remark.line, remark.text, span, fault=fault)
        else:
            yield Suppression(document.path, remark.line, remark.text, span, rules)


def _is_start(remark: Remark, names: str | None) -> bool:
    match = _INSTRUCTION.match(remark.text)
    return match is not None and match["scope"] == "-start" and (names is None or match["names"] == names)


def _end(following: Sequence[Remark], names: str | None, otherwise: int) -> int:
    """Where a range ends: before the block of the next `ignore-end` of the same rules, or of none."""
    for remark in following:
        match = _INSTRUCTION.match(remark.text)
        if match is not None and match["scope"] == "-end" and match["names"] in (None, names):
            return remark.span.start
    return otherwise


def _rules(names: str | None, all_rules: Callable[[], Iterable[Rule]]) -> frozenset[str] | None:
    """The ids of the rules that names mean; a family's are found by its digit, without asking for the catalogue."""
    if names is None:
        return None
    chosen: set[str] = set()
    for name in re.split(r"[\s,]+", names):
        digit = next((d for d, family in FAMILIES.items() if name.lower() == family or name.upper() == f"MT{d}"), None)
        if digit is not None:
            chosen |= {f"MT{digit}{number:02}" for number in range(100)}
        elif _ID.fullmatch(name.upper()):
            chosen.add(name.upper())
        else:
            chosen.add(find_rule(name, all_rules()).id)
    return frozenset(chosen)
