"""Joins suspects that say the same into one entry, so that a duplicated page does not bury everything else."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from mtaudit.types import Audit, Bitext, Finding, Side, Suspect

DUPLICATED_PASSAGE = "MT203"

#: Rules that condemn a whole sentence and tend to strike several in a row: untranslated, wrong language, duplicated
#: passage, leftover boilerplate, missing sentence, extra sentence.
_RUNNING = frozenset({"MT104", "MT105", DUPLICATED_PASSAGE, "MT311", "MT601", "MT602"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One suspect, or a run of suspects (in document order) with the same findings on the same side."""

    suspects: tuple[Suspect, ...]

    @property
    def best(self) -> Suspect:
        """The suspect with the lowest rank: the entry stands in its place."""
        return min(self.suspects, key=lambda suspect: suspect.rank)

    @property
    def side(self) -> Side:
        """The side that the findings of a run lie on."""
        return self.suspects[0].findings[0].side

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all suspects."""
        return tuple(finding for suspect in self.suspects for finding in suspect.findings)


def entries(audit: Audit) -> list[Entry]:
    """All suspects as entries, worst first.

    Neighbouring pairs make a run if their findings lie on one and the same side, the rules are the same for each pair
    and all among `_RUNNING`, and the findings of each rule mark all words of the pair; duplicated passages also have to
    share `evidence["passage"]`.
    """
    runs: list[list[Suspect]] = []
    last: Hashable = None
    for suspect in sorted(audit.suspects, key=lambda suspect: suspect.pair.index):
        kind = _kind(audit.bitext, suspect)
        if kind is not None and kind == last and suspect.pair.index == runs[-1][-1].pair.index + 1:
            runs[-1].append(suspect)
        else:
            runs.append([suspect])
        last = kind
    return sorted((Entry(tuple(run)) for run in runs), key=lambda entry: entry.best.rank)


def _kind(bitext: Bitext, suspect: Suspect) -> Hashable:
    """What the suspects of one run share; None for a suspect that needs an entry of its own."""
    rules = frozenset(finding.rule for finding in suspect.findings)
    sides = {finding.side for finding in suspect.findings}
    if not rules <= _RUNNING or len(sides) != 1:
        return None
    if not all(_cover_all_words(bitext, suspect, rule) for rule in rules):
        return None
    copies = [finding for finding in suspect.findings if finding.rule == DUPLICATED_PASSAGE]
    passages = {repr(finding.evidence.get("passage")) for finding in copies}
    if len(passages) > 1 or any(finding.evidence.get("passage") is None for finding in copies):
        return None
    return rules, sides.pop(), frozenset(passages)


def _cover_all_words(bitext: Bitext, suspect: Suspect, rule: str) -> bool:
    """Whether the findings of this rule, all on one side, leave no letter or digit of that side unmarked."""
    spans = sorted((finding.side, finding.span) for finding in suspect.findings if finding.rule == rule)
    side = spans[0][0]
    document, whole = bitext.document(side), suspect.pair.span(side)
    if document is None or whole is None:
        return False
    reached = whole.start
    for start, end in [*((span.start, span.end) for _, span in spans), (whole.end, whole.end)]:
        if any(character.isalnum() for character in document.text[reached:start]):
            return False
        reached = max(reached, end)
    return True
