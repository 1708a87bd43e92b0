"""Adds to the audits of a project what shows only across its files: terms that are translated in two ways (MT402)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from mtaudit.cache import Cache
from mtaudit.project import Project
from mtaudit.stored import decode_findings, encode_findings
from mtaudit.types import Audit, Finding

#: The only rule that looks across files. A run over some of the files says nothing about it.
RULE = "MT402"


def compared(
    audits: Sequence[Audit],
    keys: Sequence[bytes],
    is_ignored: Callable[[int], bool],
    project: Project,
    store: Cache | None,
) -> tuple[list[Audit], tuple[str, ...]]:
    """The audits with what shows across their files, and what the user has to be told.

    `keys` are those of the audits in the cache, which keeps the result too. Files of which `is_ignored` says so, by
    their number, get no findings; their texts count all the same.
    """
    if len(audits) < 2:
        return list(audits), ()
    key = hashlib.sha256(b"across" + b"".join(keys)).digest() if store is not None else b""
    known = store.get(key) if store is not None else None
    found = decode_findings(known) if known is not None else None
    notes: list[str] = []
    if found is None or len(found) != len(audits):
        from mtaudit.contentset import inconsistent_terms

        every = inconsistent_terms(audits, config=project.config, warn=notes.append)
        found = [() if each and is_ignored(number) else each for number, each in enumerate(every)]
        if store is not None and not notes:
            store.put(key, encode_findings(found))
    return [_with(audit, new) for audit, new in zip(audits, found, strict=True)], tuple(notes)


def _with(audit: Audit, new: Sequence[Finding]) -> Audit:
    """The audit with more findings; ranks and suspicions stay what they are, for none of them is a major error."""
    if not new:
        return audit
    ranking = tuple(
        replace(suspect, findings=(*suspect.findings, *(each for each in new if each.pair == suspect.pair.index)))
        for suspect in audit.ranking
    )
    return replace(audit, findings=(*audit.findings, *new), ranking=ranking)
