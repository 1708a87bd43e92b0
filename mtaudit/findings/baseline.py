"""The baseline: findings that stand in a project already and are accepted, so that only new ones fail a check.

An entry is bound to what the pair says and to the rule, not to lines: it survives when text moves or is wrapped anew,
and expires when the source or the target changes. It is one line of a JSON file, sorted, so that a diff shows which
findings came and went.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mtaudit.errors import ConfigError
from mtaudit.fingerprint import fingerprint
from mtaudit.text import shorten
from mtaudit.types import Audit, Bitext, Finding, SegmentPair, Side

SCHEMA = 1
#: What stands for the rule in an entry about a pair whose suspicion alone is too high.
SUSPICION = "suspicion"
_QUOTE = 40


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """So many findings of a rule in a pair. `path` is the translation's, and `quote` the words that are marked.

    Those two are for people: what is matched is the key.
    """

    path: str
    rule: str
    key: str
    count: int
    quote: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a file, or those of a run."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What an entry can accept: a finding, or a pair that is too suspect; `at` tells it from all others of the run."""

    path: str
    rule: str
    key: str
    quote: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Which occurrences a baseline accepts (by their `at`), and which entries accept less than they say."""

    accepted: frozenset[tuple[int, int]]
    stale: tuple[Entry, ...]


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    rule: str
    key: str
    count: int
    quote: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    schema: int
    entries: list[_Row]


def pair_key(bitext: Bitext, pair: SegmentPair, rule: str = "") -> str:
    """The fingerprint of a pair and a rule."""
    return fingerprint(bitext.text(pair, Side.SOURCE), bitext.text(pair, Side.TARGET), rule)


def of_finding(audit: Audit, finding: Finding, pair: SegmentPair, path: str, at: tuple[int, int]) -> Occurrence:
    """A finding as an occurrence."""
    document = audit.bitext.document(finding.side)
    quote = document.text[finding.span.start : finding.span.end] if document else ""
    key = pair_key(audit.bitext, pair, finding.rule)
    return Occurrence(path, finding.rule, key, shorten(quote, _QUOTE), at)


def of_pair(audit: Audit, pair: SegmentPair, path: str, at: tuple[int, int]) -> Occurrence:
    """A pair that is too suspect as an occurrence."""
    text = audit.bitext.text(pair, Side.TARGET) or audit.bitext.text(pair, Side.SOURCE) or ""
    return Occurrence(path, SUSPICION, pair_key(audit.bitext, pair, SUSPICION), shorten(text, _QUOTE), at)


def match(baseline: Baseline, occurrences: Iterable[Occurrence]) -> Match:
    """Which occurrences the entries accept.

    An entry accepts as many occurrences of its key as it counts, those of its own path first: a file that was renamed
    keeps its entries.
    """
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        found[occurrence.key].append(occurrence)
    accepted: set[tuple[int, int]] = set()
    left = {entry: entry.count for entry in baseline.entries}
    for own in (True, False):
        for entry in baseline.entries:
            for occurrence in found.get(entry.key, ()):
                fits = left[entry] > 0 and occurrence.at not in accepted
                if fits and (occurrence.path == entry.path) is own:
                    accepted.add(occurrence.at)
                    left[entry] -= 1
    return Match(frozenset(accepted), tuple(entry for entry in baseline.entries if left[entry] > 0))


def made_of(occurrences: Iterable[Occurrence], kept: Iterable[Entry] = ()) -> Baseline:
    """The baseline that accepts exactly these occurrences, and what the entries of `kept` say."""
    counts: Counter[tuple[str, str, str]] = Counter()
    quotes: dict[tuple[str, str, str], str] = {}
    for occurrence in occurrences:
        place = (occurrence.path, occurrence.rule, occurrence.key)
        counts[place] += 1
        quotes.setdefault(place, occurrence.quote)
    entries = {place: Entry(*place, count, quotes[place]) for place, count in counts.items()}
    for entry in kept:
        entries.setdefault((entry.path, entry.rule, entry.key), entry)
    return Baseline(tuple(sorted(entries.values())))


def joined(one: Baseline, other: Baseline) -> Baseline:
    """The baseline that accepts what either accepts; of two counts of one entry the larger holds."""
    entries = {(entry.path, entry.rule, entry.key): entry for entry in one.entries}
    for entry in other.entries:
        place = (entry.path, entry.rule, entry.key)
        if place not in entries or entries[place].count < entry.count:
            entries[place] = entry
    return Baseline(tuple(sorted(entries.values())))


def outside(baseline: Baseline, judged: Collection[str]) -> tuple[Entry, ...]:
    """The entries of files that were not judged: a run over some of the files says nothing about them."""
    return tuple(entry for entry in baseline.entries if entry.path not in judged)


def read(path: Path) -> Baseline:
    """Read a baseline; none is an empty one.

    Raises:
        ConfigError: if it cannot be read, or is no baseline of this version.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return Baseline()
    except OSError as error:
        cause = f"the baseline cannot be read ({error.strerror})"
        raise ConfigError(str(path), cause, "Name a file that `mtaudit baseline write` wrote") from error
    except msgspec.DecodeError as error:
        cause = f"this is no baseline: {error}".rstrip(".")
        remedy = "Settle the conflict if a merge left one, or write it anew with `mtaudit baseline write`"
        raise ConfigError(str(path), cause, remedy) from error
    if found.schema != SCHEMA:
        cause = f"it has the schema {found.schema}, and this version of mtaudit reads {SCHEMA}"
        raise ConfigError(str(path), cause, "Write it anew with `mtaudit baseline write`")
    return Baseline(tuple(Entry(row.path, row.rule, row.key, row.count, row.quote) for row in found.entries))


def write(baseline: Baseline, path: Path) -> None:
    """Write a baseline; one that is there is replaced only by a whole one.

    Raises:
        ConfigError: if the file cannot be written.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(render(baseline), encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        cause = f"the baseline cannot be written ({error.strerror})"
        raise ConfigError(str(path), cause, "Name a file in a folder that you may write to") from error
    finally:
        partial.unlink(missing_ok=True)


def render(baseline: Baseline) -> str:
    """The file: one entry a line."""
    rows = [
        json.dumps(
            {"path": entry.path, "rule": entry.rule, "key": entry.key, "count": entry.count, "quote": entry.quote},
            ensure_ascii=False,
        )
        for entry in baseline.entries
    ]
    entries = ",\n  ".join(rows)
    body = f"[\n  {entries}\n ]" if rows else "[]"
    return f'{{\n "schema": {SCHEMA},\n "entries": {body}\n}}\n'
