"""What shows only when all documents of a content set are looked at together: inconsistent terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mtaudit.checks.consistency import InconsistentTerm
from mtaudit.config import Config
from mtaudit.findings.select import select
from mtaudit.loading import Warn
from mtaudit.pipeline import all_rules
from mtaudit.resources import gathered
from mtaudit.rules import DocumentView, find_rule
from mtaudit.text import base_language
from mtaudit.types import Audit, Finding


def inconsistent_terms(
    audits: Sequence[Audit], *, config: Config | None = None, warn: Warn | None = None
) -> tuple[tuple[Finding, ...], ...]:
    """What is inconsistent (MT402) across the documents of a content set, and does not show in one of them alone.

    Only the texts and findings of the audits are looked at, so that they may come from a cache. Documents in other
    languages are compared apart; those without a source not at all.

    Returns:
        For each audit, in order, the findings that it does not have yet.

    Raises:
        InputError: a glossary that cannot be read.
        ConfigError: if a rule of `config` is not known.
    """
    config = config or Config()
    known = all_rules()
    rule_ids = config.rule_ids(known)
    severities = {find_rule(name, known).id: value for name, value in config.severities.items()}
    found: list[list[Finding]] = [[] for _ in audits]
    sets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, audit in enumerate(audits):
        if audit.bitext.source is not None:
            sets[base_language(audit.bitext.source.language), base_language(audit.bitext.target.language)] += [number]
    for numbers in sets.values() if InconsistentTerm.rule.id in rule_ids else ():
        check = InconsistentTerm.made(gathered(audits[numbers[0]].bitext, config, warn))
        views = [DocumentView(audits[number].bitext, audits[number].bitext.pairs or ()) for number in numbers]
        for document, finding in check.across(views):
            found[numbers[document]].append(finding)
    chosen = (select(one, rule_ids, config.min_confidence, severities) for one in found)
    return tuple(
        tuple(new for new in one if not any(_again(new, old) for old in audit.findings))
        for one, audit in zip(chosen, audits, strict=True)
    )


def _again(new: Finding, old: Finding) -> bool:
    return (new.rule, new.pair, new.side) == (old.rule, old.pair, old.side) and new.span.overlaps(old.span)
