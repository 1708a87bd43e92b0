"""Markdown for a comment on a pull request or a job summary: the verdict, a table by file, the worst suspects.

Quotes come from files that anybody may have written. They stand in `<code>`, with every character that Markdown or HTML
could take for markup as a character reference, so that nothing in them links, pings a person or refers to an issue;
what cannot be seen is shown as a picture or a code. The whole is never longer than GitHub takes; what is left out is
counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import Mark, joined, marked, superscript, visible
from mtaudit.reporters.flagged import AuditedFile, CheckView, Flagged, Reported, count
from mtaudit.reporters.places import repository_path
from mtaudit.reporters.record import SideRecord, unit_name
from mtaudit.types import CheckReport, Severity, Side

#: GitHub refuses a longer comment ("Body is too long (maximum is 65536 characters)").
MAX_LENGTH = 65_536
#: Suspects that are shown with their texts; others get a line in a table.
_IN_FULL = 10
#: Characters of a sentence, a message, and reasons of one suspect that are shown.
_SENTENCE, _MESSAGE, _REASONS = 600, 300, 8
#: Room for the parts that are not suspects, so that none of them crowds out the others.
_FAILURES_ROOM, _TABLE_ROOM, _PROBLEMS_ROOM, _NOTES_ROOM = 4_000, 10_000, 6_000, 4_000
#: Kept free for headings and for the sentences that count what was left out.
_SLACK = 2_000

#: What is markup in Markdown or HTML, or makes a link (`https:`, `a@b`, `www.`), an emoji or a formula.
_MARKUP = re.compile(r"[&<>*_`\[\]#~|\\@{}$^]|:(?=//|[a-z+-][\w+-]*:)|(?<=www)\.", re.IGNORECASE)
#: References to people, issues and the like, which GitHub and GitLab also find in text made of character references.
_REFERENCE = re.compile(r"[@#!$%&~](?=\w)|(?<=GH)-(?=\d)", re.IGNORECASE)

#: What begins a list or underlines a heading, at the start of a text.
_BLOCK = re.compile(r"\A(\d*)([-+=.)])")


def report_check(check: CheckReport, stream: TextIO, options: ReportOptions | None = None) -> None:
    """Write the comment.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if the rule of a finding is unknown.
    """
    stream.write(comment(CheckView(check, options)))


def comment(view: CheckView, preface: str = "") -> str:
    """The whole comment, at most `MAX_LENGTH` characters; `preface` is Markdown to stand below the verdict."""
    before = _verdict(view) + (f"{preface}\n\n" if preface else "") + _table(view)
    after = _list("Could not be judged", [_problem_line(view, n) for n in range(len(view.problems))], _PROBLEMS_ROOM)
    after += _list("Notes", [escaped(clipped(note, _MESSAGE)) for note in view.notes], _NOTES_ROOM)
    after += _footer(view)
    room = MAX_LENGTH - len(before) - len(after) - _SLACK
    return before + _suspects(view, room) + after


def code(text: str) -> str:
    """`text` as inline code, every character as it is or, where it cannot be seen, as a picture or code."""
    return f"<code>{_references(visible(text))}</code>"


def escaped(text: str) -> str:
    """`text` as plain words of a paragraph or list item that it may begin."""
    shown = _references(_REFERENCE.sub(lambda match: f"{match.group()}\u2060", visible(text).lstrip()))
    return _BLOCK.sub(lambda match: f"{match.group(1)}&#{ord(match.group(2))};", shown)


def clipped(text: str, limit: int) -> str:
    """`text`, or so much of it, with the number of characters that are missing."""
    if len(text) <= limit:
        return text
    return f"{text[:limit].rstrip()}… [{count(len(text) - limit, 'more character')}]"


def _references(text: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match.group())};", text)


# The verdict


def _verdict(view: CheckView) -> str:
    suspects, failures = view.total("suspects"), view.check.failures
    head = f"{count(suspects, 'suspect') if suspects else 'no suspects'} in {count(view.total('pairs'), 'pair')}"
    state = "failed" if failures else "incomplete" if view.problems else "passed"
    lines = [f"## mtaudit: {state}, {head}", ""]
    kept, left = _fitting([f"- {escaped(clipped(failure, _MESSAGE))}" for failure in failures], _FAILURES_ROOM)
    lines += [*kept, *([f"- {count(left, 'more reason')} of the failure"] if left else [])]
    return "\n".join(lines) + ("\n\n" if failures else "\n")


def _table(view: CheckView) -> str:
    flagged = [file for file in view.files if file.summary["suspects"]]
    flagged.sort(key=lambda file: [-number for number in file.summary["by_severity"].values()])
    if not flagged:
        return ""
    severities = [severity.value for severity in reversed(Severity)]
    head = ["file", "pairs", "suspects", *severities]
    lines = [_row(head), _row(["---", *["---:"] * (len(head) - 1)])]
    kept, left = _fitting([_file_row(file, severities) for file in flagged], _TABLE_ROOM)
    lines += kept
    rest = [f"{count(left, 'more file')} with suspects"] if left else []
    clean = len(view.files) - len(flagged)
    rest += [f"{count(clean, 'file')} without suspects"] if clean else []
    return "\n".join(lines) + "\n\n" + (f"And {', '.join(rest)}.\n\n" if rest else "")


def _file_row(file: AuditedFile, severities: Sequence[str]) -> str:
    summary = file.summary
    numbers = [summary["pairs"], summary["suspects"], *(summary["by_severity"][name] for name in severities)]
    return _row([code(clipped(file.name, _MESSAGE)), *(f"{number:,}" for number in numbers)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


# The suspects


def _suspects(view: CheckView, room: int) -> str:
    worst = view.worst_first
    if not worst:
        return ""
    shown, _ = _fitting([_suspect(number, pair) for number, (_, pair) in enumerate(worst[:_IN_FULL], 1)], room)
    room -= sum(map(len, shown)) + len(shown)
    rows, left = _fitting([_suspect_row(pair) for _, pair in worst[len(shown) :]], room)
    parts = ["### Worst suspects\n", *shown]
    if rows:
        table = [_row(["place", "suspicion", "rules", "words"]), _row(["---", "---:", "---", "---"]), *rows]
        more = f"<details><summary>{count(len(rows), 'more suspect')}</summary>"
        parts += [more, "", "\n".join(table), "", "</details>", ""]
    if left:
        names = Counter(file.name for file, _ in worst[-left:])
        parts += [f"{count(left, 'more suspect')} in {count(len(names), 'file')} not shown: there is no more room.", ""]
    return "\n".join(parts) + "\n"


def _suspect(number: int, pair: Flagged) -> str:
    record = pair.record
    unsure = "" if record["calibrated"] else " (uncalibrated)"
    unit = unit_name(record)
    name = f", unit {code(clipped(unit, 80))}" if unit else ""
    head = f"**{number}.** {code(str(pair.place))}, suspicion {record['suspicion']:.2f}{unsure}{name}"
    lines = [head, ""]
    for side, shown in ((Side.SOURCE, record["source"]), (Side.TARGET, record["target"])):
        if shown is not None:
            lines.append(f"- {side.value}: {_marked(shown, pair.finding_marks(side))}")
    if record["back_translation"] is not None:
        lines.append(f"- back: {code(clipped(record['back_translation'], _SENTENCE))}")
    for reason, each in enumerate(pair.findings[:_REASONS], 1):
        lines.append(f"- {_reason(reason, each)}")
    if len(pair.findings) > _REASONS:
        lines.append(f"- {count(len(pair.findings) - _REASONS, 'more finding')}")
    return "\n".join(lines) + "\n"


def _marked(side: SideRecord, findings: Sequence[tuple[int, Reported]]) -> str:
    """The sentence in code, its wrong words in brackets with the numbers of the reasons."""
    marks = [Mark(f.record["start"], f.record["end"], (number,), f.severity) for number, f in findings]
    # The brackets are drawn before anything is cut: an offset into a cut text could lead nowhere.
    shown = marked(side["text"], joined(marks)).plain
    return f"<code>{_references(clipped(shown, _SENTENCE))}</code>"


def _reason(number: int, each: Reported) -> str:
    found = each.record
    told = escaped(clipped(found["message"], _MESSAGE))
    return f"{superscript(number)} **{found['severity']}** {found['rule']} {found['slug']}: {told}"


def _suspect_row(pair: Flagged) -> str:
    rules = dict.fromkeys(f"{each.record['rule']} {each.record['slug']}" for each in pair.findings)
    worst = max(pair.findings, key=lambda each: each.severity.gravity)
    words = clipped(worst.record["quote"], 80)
    return _row([code(str(pair.place)), f"{pair.record['suspicion']:.2f}", ", ".join(rules), code(words)])


# The end


def _problem_line(view: CheckView, number: int) -> str:
    bad = view.problems[number]
    place = repository_path(bad.path) + (f":{bad.line}" if bad.line >= 1 else "")
    return f"{code(clipped(place, _MESSAGE))}: {escaped(clipped(f'{bad.reason}. {bad.remedy}.', _MESSAGE))}"


def _list(title: str, items: Sequence[str], room: int) -> str:
    if not items:
        return ""
    kept, left = _fitting([f"- {item}" for item in items], room)
    more = [f"- and {left:,} more"] if left else []
    return "\n".join([f"### {title}", "", *kept, *more]) + "\n\n"


def _footer(view: CheckView) -> str:
    signatures = dict.fromkeys(
        f"mtaudit {file.head['signature']['version']}, profile {file.head['signature']['profile']}"
        for file in view.files
    )
    return f"<sub>{escaped(clipped('; '.join(signatures) or 'mtaudit', _MESSAGE))}</sub>\n"


def _fitting(items: Sequence[str], room: int) -> tuple[list[str], int]:
    """The first items that fit into so many characters, a line end behind each, and how many others there are."""
    kept: list[str] = []
    for item in items:
        room -= len(item) + 1
        if room < 0:
            break
        kept.append(item)
    return kept, len(items) - len(kept)
