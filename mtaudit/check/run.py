"""The steps of a check, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from mtaudit.cache import Cache
from mtaudit.check.across import RULE as ACROSS
from mtaudit.check.across import compared
from mtaudit.check.judge import Judge, Notify
from mtaudit.check.scope import Scope, scope
from mtaudit.check.verdict import Doubtful, failures, uncalibrated
from mtaudit.errors import ConfigError, MtauditError
from mtaudit.findings import baseline as baselines
from mtaudit.findings.baseline import Baseline, Match, Occurrence
from mtaudit.findings.suppress import Suppressed, Suppression, suppress
from mtaudit.project import Content, FilePair, Project, find_content
from mtaudit.rules import Rule
from mtaudit.types import Audit, BadInput, CheckReport, Suspect

_PLACE = re.compile(r":(\d+)(?::\d+)?$")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check run: what its reporters are told, the baseline that would accept all of it, and how many pairs it saw."""

    report: CheckReport
    baseline: Baseline
    pairs: int

    @property
    def exit_code(self) -> int:
        """0: it passes; 1: it fails; 2: something could not be judged, whether it fails or not.

        2 goes before 1: who lets findings pass still has to learn that the run is not whole.
        """
        return 2 if self.report.problems else int(bool(self.report.failures))


@dataclass(slots=True)
class _Judged:
    """One pair of files on its way: its key in the cache, its audit, what comments suppress, which pairs count."""

    number: int
    pair: FilePair
    key: bytes
    audit: Audit
    suppressed: Suppressed
    changed: frozenset[int] | None = None  # indexes of pairs; None: all
    new: set[int] = field(default_factory=set)  # numbers of findings that neither a comment nor the baseline accepts

    def counts(self, index: int) -> bool:
        """Whether a sentence pair is part of the run."""
        return self.changed is None or index in self.changed


def check(
    project: Project,
    *,
    paths: Sequence[Path] = (),
    changed_since: str | None = None,
    notify: Notify | None = None,
) -> CheckResult:
    """Judge the files of a project and compare what is found with its baseline.

    Args:
        project: What to judge and how.
        paths: Only pairs of which a file is one of these or lies in one of these folders.
        changed_since: A git revision: only sentence pairs whose source or target changed since then.
        notify: Called while long work goes on with what it is, how much of it is done and how much there is.

    Raises:
        ConfigError: the settings, the baseline or the revision are wrong.
        UnreadableError: one of `paths` is not there.
    """
    content = find_content(project)
    wanted = scope(project, content, paths, changed_since)
    accepted = baselines.read(project.baseline)
    notes = [*project.notes, *content.notes, *wanted.notes]
    problems = [*content.empty]
    for one in wanted.lone:
        if project.fails_untranslated if one.is_source else project.fails_orphaned:
            problems.append(one.problem)
        else:
            notes.append(str(one.problem))
    store = Cache(project.cache, project.cache_size) if project.cache is not None else None
    with store or nullcontext():
        judge = Judge(project, store, notify)
        judged = list(_judge_all(judge, wanted, problems, notes, notify))
        if wanted.is_whole:
            notes += _compare(judge, judged, project, store)
    notes += store.notes if store is not None else ()
    occurrences = list(_occurrences(judged, project))
    match = baselines.match(accepted, occurrences)
    _settle(judged, match)
    audits = [_reported(each) for each in judged]
    problems += [bad for audit in audits for bad in audit.bitext.bad_input]
    problems += uncalibrated(audits, project) if judged else ()
    notes += _unused(judged, wanted)
    notes += _unused_patterns(project, content) if wanted.is_whole else ()
    notes += _stale(match, judged, content, wanted, project)
    doubtful = list(_doubtful(judged, match))
    too_suspect = [each for each in doubtful if _is_too_suspect(each.suspect, each.audit, project)]
    report = CheckReport(
        tuple(audits),
        tuple(problems),
        tuple(dict.fromkeys(notes)),
        tuple(failures(audits, doubtful, too_suspect, project)),
        project.fail_on,
    )
    kept = baselines.outside(accepted, _gone_or_judged(accepted, judged, content, wanted))
    if not wanted.is_whole:
        kept += tuple(entry for entry in accepted.entries if entry.rule == ACROSS and entry not in kept)
    pairs = sum(each.counts(pair.index) for each in judged for pair in each.audit.bitext.pairs or ())
    return CheckResult(report, baselines.made_of(occurrences, kept), pairs)


def _judge_all(
    judge: Judge, wanted: Scope, problems: list[BadInput], notes: list[str], notify: Notify | None
) -> Iterator[_Judged]:
    """Judge the pairs of files; one that cannot be judged becomes a problem, and costs no other."""
    for number, pair in enumerate(wanted.pairs):
        if notify is not None:
            notify("checking files", number, len(wanted.pairs))
        try:
            judgement, key = judge.judge(pair)
            changed = None if wanted.revision is None else judge.pairs_at(pair, wanted.revision)
        except ConfigError:
            raise
        except MtauditError as error:
            problems.append(_problem(error, judge.shown(pair.target)))
            continue
        audit = judgement.audit
        notes += judgement.warnings
        found = _Judged(number, pair, key, audit, suppress(audit, _all_rules))
        if changed is not None:
            found.changed = frozenset(
                each.index for each in audit.bitext.pairs or () if baselines.pair_key(audit.bitext, each) not in changed
            )
        yield found


def _compare(judge: Judge, judged: Sequence[_Judged], project: Project, store: Cache | None) -> tuple[str, ...]:
    """Add what shows only across the files; returns what the user has to be told."""
    audits, notes = compared(
        [each.audit for each in judged],
        [each.key for each in judged],
        lambda number: judge.ignores(judged[number].pair, ACROSS),
        project,
        store,
    )
    for each, audit in zip(judged, audits, strict=True):
        if audit is not each.audit:
            each.audit, each.suppressed = audit, suppress(audit, _all_rules)
    return notes


def _all_rules() -> Iterable[Rule]:
    from mtaudit.pipeline import all_rules

    return all_rules()


def _problem(error: MtauditError, path: str) -> BadInput:
    """An error as the record of a file that could not be judged."""
    where = _PLACE.search(error.place)
    named = error.place[: where.start()] if where else error.place
    line = int(where[1]) if where else 1
    if "/" in named or named == path or Path(named).exists():
        return BadInput(named, line, error.cause, error.remedy)
    return BadInput(path, 1, f"{error.place}: {error.cause}", error.remedy)


def _occurrences(judged: Iterable[_Judged], project: Project) -> Iterator[Occurrence]:
    """All that a baseline can accept: findings that no comment suppresses, and pairs that are too suspect."""
    for each in judged:
        pairs = {pair.index: pair for pair in each.audit.bitext.pairs or ()}
        for number, finding in enumerate(each.audit.findings):
            if number not in each.suppressed.taken:
                at = (each.number, number)
                yield baselines.of_finding(each.audit, finding, pairs[finding.pair], each.pair.target, at)
        for suspect in each.audit.ranking:
            if _is_too_suspect(suspect, each.audit, project):
                at = (each.number, -1 - suspect.pair.index)
                yield baselines.of_pair(each.audit, suspect.pair, each.pair.target, at)


def _is_too_suspect(suspect: Suspect, audit: Audit, project: Project) -> bool:
    limit = project.max_suspicion
    return limit is not None and audit.calibrated and suspect.suspicion > limit


def _settle(judged: Iterable[_Judged], match: Match) -> None:
    """Note which findings are new, and stand in pairs that the run is about."""
    for each in judged:
        each.new = {
            number
            for number, finding in enumerate(each.audit.findings)
            if number not in each.suppressed.taken
            and (each.number, number) not in match.accepted
            and each.counts(finding.pair)
        }


def _reported(judged: _Judged) -> Audit:
    """The audit with its new findings only; ranks and suspicions stay what they were."""
    audit = judged.audit
    findings = tuple(finding for number, finding in enumerate(audit.findings) if number in judged.new)
    if len(findings) == len(audit.findings):
        return audit
    kept = {id(finding) for finding in findings}
    ranking = tuple(
        replace(suspect, findings=tuple(finding for finding in suspect.findings if id(finding) in kept))
        if suspect.findings
        else suspect
        for suspect in audit.ranking
    )
    return replace(audit, findings=findings, ranking=ranking)


def _doubtful(judged: Iterable[_Judged], match: Match) -> Iterator[Doubtful]:
    """The pairs that thresholds on suspicion are about.

    Left out are those that somebody has looked at: in the baseline, or with findings of which none is left.
    """
    for each in judged:
        numbers = {id(finding): number for number, finding in enumerate(each.audit.findings)}
        for suspect in each.audit.ranking if each.audit.calibrated else ():
            index = suspect.pair.index
            left = [finding for finding in suspect.findings if numbers[id(finding)] in each.new]
            looked_at = bool(suspect.findings) and not left
            if each.counts(index) and not looked_at and (each.number, -1 - index) not in match.accepted:
                yield Doubtful(each.audit, suspect)


def _unused(judged: Sequence[_Judged], wanted: Scope) -> Iterator[str]:
    """Comments that suppress nothing. One in a source may be there for a translation that this run left out."""
    targets = {each.audit.bitext.target.path for each in judged}
    used = {_place(one) for each in judged for one in each.suppressed.used}
    for each in judged:
        for one in each.suppressed.unused:
            if one.fault is not None:
                yield f"{one.path}:{one.line}: 'mtaudit: {one.text}' is not followed: {one.fault.rstrip('.?')}."
            elif _place(one) not in used and (wanted.is_whole or one.path in targets):
                yield f"{one.path}:{one.line}: 'mtaudit: {one.text}' suppresses nothing any longer. Delete the comment."


def _place(suppression: Suppression) -> tuple[str, int, str]:
    return suppression.path, suppression.line, suppression.text


def _unused_patterns(project: Project, content: Content) -> Iterator[str]:
    files = {file for pair in content.pairs for file in pair.files}
    for pattern, _ in project.per_file_ignores:
        if not any(pattern.match(file) for file in files):
            yield f"{pattern.place}: the pattern matches no file of a content set. Mend it or delete it."


def _stale(match: Match, judged: Iterable[_Judged], content: Content, wanted: Scope, project: Project) -> Iterator[str]:
    """Entries of the baseline that accept nothing, or less than they count, in files that this run can speak of."""
    known = _gone_or_judged(Baseline(match.stale), judged, content, wanted)
    for entry in match.stale:
        if entry.path in known and (wanted.is_whole or entry.rule != ACROSS):
            remedy = "Run `mtaudit baseline write` to drop it"
            quoted = f" '{entry.quote}'" if entry.quote else ""
            yield f"{project.baseline.name}: {entry.path}: {entry.rule}{quoted} matches nothing any longer. {remedy}."


def _gone_or_judged(baseline: Baseline, judged: Iterable[_Judged], content: Content, wanted: Scope) -> frozenset[str]:
    """The paths of the baseline that were judged, or in a whole run that no content set has any longer."""
    seen = {each.pair.target for each in judged}
    there = {pair.target for pair in content.pairs}
    gone = {entry.path for entry in baseline.entries if entry.path not in there} if wanted.is_whole else set()
    return frozenset(seen | gone)
