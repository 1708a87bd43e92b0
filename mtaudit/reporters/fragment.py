"""An HTML fragment for notebooks: a table of the suspects, with the wrong words marked and the reasons beside them.

Notebooks show it inside a page of their own, light or dark: so it has no scripts, no style sheet and no colours but
those that stand out on either.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TextIO

from mtaudit.reporters.base import ReportOptions, listed
from mtaudit.reporters.display import Mark, joined, visible
from mtaudit.reporters.record import FindingRecord, PairRecord, Recorder, SideRecord
from mtaudit.types import Audit, Severity, Side

#: Two blanks in a row can be what is wrong.
_BLANKS = "white-space:pre-wrap"
_LEFT = "text-align:left;vertical-align:top;padding:0.3em 0.6em"
#: Parts of the input that could not be used are listed up to here.
_BAD = 5
#: How the words are underlined: the line tells the severities apart for those who do not see the colours (Okabe and
#: Ito, "Color Universal Design").
_LINES = {
    Severity.NEUTRAL: "1px dotted #56b4e9",
    Severity.MINOR: "2px dashed #e69f00",
    Severity.MAJOR: "2px solid #d55e00",
    Severity.CRITICAL: "4px double #d55e00",
}


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the fragment.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    recorder = Recorder(audit, options.rules)
    rows = [recorder.pair(suspect) for suspect in listed(audit, options)]
    stream.write(f"<div>\n<p><strong>{_summary(audit, recorder)}</strong></p>\n")
    if rows:
        heads = ("#", "suspicion", "place", "source", "target", "why")
        cells = "".join(f'<th scope="col" style="{_LEFT}">{head}</th>' for head in heads)
        stream.write(f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n")
        stream.writelines(_row(row, audit) for row in rows)
        stream.write("</tbody>\n</table>\n")
    hidden = len(audit.suspects) - sum(bool(row["findings"]) for row in rows)
    if hidden:
        stream.write(f"<p>{hidden} more: see <code>suspects</code> and <code>to_dataframe()</code>.</p>\n")
    stream.writelines(f"<p>{escape(visible(str(bad)))}</p>\n" for bad in audit.bitext.bad_input[:_BAD])
    left = len(audit.bitext.bad_input) - _BAD
    if left > 0:
        stream.write(f"<p>{left} more parts of the input could not be used.</p>\n")
    stream.write("</div>\n")


def _summary(audit: Audit, recorder: Recorder) -> str:
    told, signature = recorder.summary(), audit.signature
    noun = "pairs" if audit.bitext.source is not None else "sentences"
    source = audit.bitext.source
    languages = f"{source.language} → {audit.bitext.target.language}" if source else audit.bitext.target.language
    state = "calibrated" if audit.calibrated else "uncalibrated"
    parts = (f"{told['suspects']} of {told['pairs']} {noun} suspect", languages, f"profile {signature.profile}", state)
    return " · ".join(escape(visible(part)) for part in parts)


def _row(row: PairRecord, audit: Audit) -> str:
    cells = [
        str(row["rank"]),
        f"{row['suspicion']:.2f}",
        _place(row),
        _side(row["source"], row["findings"], Side.SOURCE, audit),
        _side(row["target"], row["findings"], Side.TARGET, audit),
        "<br>".join(_reason(finding) for finding in row["findings"]),
    ]
    return "<tr>" + "".join(f'<td style="{_LEFT}">{cell}</td>' for cell in cells) + "</tr>\n"


def _place(row: PairRecord) -> str:
    """Where the pair begins in the target; of a sentence that the target lacks, in the source."""
    shown, file = (row["target"], "") if row["target"] is not None else (row["source"], "source ")
    return f"{file}{shown['line']}:{shown['column']}" if shown is not None else ""


def _reason(finding: FindingRecord) -> str:
    return f"<b>{finding['rule']}</b> {escape(finding['slug'])}: {escape(visible(finding['message']))}"


def _side(side: SideRecord | None, findings: Sequence[FindingRecord], which: Side, audit: Audit) -> str:
    document = audit.bitext.document(which)
    if side is None or document is None:
        return "–"
    marks = joined(
        [
            Mark(finding["start"], finding["end"], (number,), Severity(finding["severity"]))
            for number, finding in enumerate(findings)
            if finding["side"] == which.value
        ]
    )
    shown = _marked(side["text"], marks, findings)
    return f'<span lang="{escape(document.language)}" dir="auto" style="{_BLANKS}">{shown}</span>'


def _marked(text: str, marks: Sequence[Mark], findings: Sequence[FindingRecord]) -> str:
    """The text with the marks, which nest (see `display.joined`), as elements."""
    made: list[str] = []
    pending: list[Mark] = []
    position = 0

    def write(end: int) -> None:
        nonlocal position
        made.append(escape(visible(text[position:end])))
        position = end

    def close() -> None:
        write(pending.pop().end)
        made.append("</mark>")

    for mark in marks:
        while pending and pending[-1].end <= mark.start:
            close()
        write(mark.start)
        why = "; ".join(f"{findings[at]['rule']} {visible(findings[at]['message'])}" for at in mark.numbers)
        line = f"background:none;color:inherit;border-bottom:{_LINES[mark.severity]}"
        made.append(f'<mark style="{line}" title="{escape(why)}">')
        pending.append(mark)
    while pending:
        close()
    write(len(text))
    return "".join(made)
