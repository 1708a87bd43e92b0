"""The report for people at a terminal: suspects worst first, wrong words in brackets, reasons below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import STYLES, Mark, joined, marked, superscript, visible, wrapped
from mtaudit.reporters.record import FindingRecord, PairRecord, Recorder, SideRecord, unit_name
from mtaudit.reporters.runs import DUPLICATED_PASSAGE, Entry, entries
from mtaudit.text import shorten
from mtaudit.types import Audit, Document, Severity, Side, Span, Suspect

_INDENT = 4
_LABEL = 8
_NO_COUNTERPART = "(no counterpart)"
_SPACED = " · "


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the report, `options.width` cells wide; only a place too long for a line is left whole.

    A run of suspects that say the same is one entry, and counts once for `options.top`.

    Raises:
        ValueError: if a finding lies outside its pair.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    _Page(audit, stream, options).write()


class _Page:
    """One report on its way to the stream."""

    def __init__(self, audit: Audit, stream: TextIO, options: ReportOptions) -> None:
        self._audit = audit
        self._options = options
        self._recorder = Recorder(audit, options.rules)
        self._noun = "sentence" if audit.bitext.source is None else "pair"
        # All that rich would otherwise guess from the environment is set: the same audit gives the same report.
        self._console = Console(
            file=stream,
            width=options.width,
            height=25,
            force_terminal=options.color,
            force_jupyter=False,
            color_system="standard" if options.color else None,
            no_color=not options.color,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def write(self) -> None:
        """Write all parts."""
        every = entries(self._audit)
        shown = every[: self._options.top]
        if shown:
            self._heading()
        for entry in shown:
            if len(entry.suspects) == 1:
                self._suspect(entry.best)
            else:
                self._run(entry)
            self._blank()
        hidden = sum(len(entry.suspects) for entry in every[len(shown) :])
        if hidden:
            self._block(Text(f"{_count(hidden, 'more suspect')} not shown (the limit is {self._options.top})"))
            self._blank()
        if self._options.all_pairs:
            self._clean_pairs()
        self._bad_input()
        self._summary()

    def _heading(self) -> None:
        meaning = "suspicion (uncalibrated): an order, not a probability"
        if self._audit.calibrated:
            meaning = "suspicion: the probability of a major error"
        self._block(Text(f"Suspects, worst first{_SPACED}{meaning}", "dim"))
        self._blank()

    # A suspect

    def _suspect(self, suspect: Suspect) -> None:
        record = self._recorder.pair(suspect)
        reasons = sorted(record["findings"], key=_worst_first)
        targets_only = self._audit.bitext.source is None
        name = unit_name(record)
        extra = "" if targets_only else record["alignment"]
        if name:
            extra = f"{extra}  {shorten(visible(name))}".strip()
        self._header(record, self._places(record), extra)
        marks = {side: joined(_marks(reasons, side)) for side in Side}
        for side in Side:
            if side is Side.TARGET or not targets_only:
                shown = _side(record, side)
                text = Text(_NO_COUNTERPART, "dim") if shown is None else marked(shown["text"], marks[side])
                self._labelled(side.value, text)
        if record["back_translation"] is not None:
            changes = joined(
                [Mark(each["start"], each["end"], (), Severity.NEUTRAL) for each in record["back_changes"]]
            )
            self._labelled("back", marked(record["back_translation"], changes))
        for number, finding in enumerate(reasons, 1):
            message = finding["message"]
            if not _stands_alone(finding, marks[Side(finding["side"])]):
                # Its brackets show more than its own words.
                message += f" (words: “{finding['quote']}”)"
            self._reason(finding, message, superscript(number) + " ")

    def _header(self, record: PairRecord, places: str, extra: str) -> None:
        text = Text().append(f"{record['rank']:>2}  suspicion {record['suspicion']:.2f}  {visible(places)}", "bold")
        text.append(f"  {extra}", "dim")
        self._block(text, hang=_INDENT, fold=False)

    def _places(self, record: PairRecord) -> str:
        """Where the target stands, and the source if there is one."""
        places = {side: self._place(side, shown) for side in Side if (shown := _side(record, side)) is not None}
        if Side.TARGET not in places:
            return f"source {places[Side.SOURCE]}"
        source = f" (source {places[Side.SOURCE]})" if Side.SOURCE in places else ""
        return places[Side.TARGET] + source

    def _place(self, side: Side, shown: SideRecord) -> str:
        document = self._audit.bitext.document(side)
        return f"{document.path if document else ''}:{shown['line']}:{shown['column']}"

    def _labelled(self, label: str, text: Text) -> None:
        self._block(text, Text(" " * _INDENT).append(label.ljust(_LABEL), "dim"))

    def _reason(self, finding: FindingRecord, message: str, number: str = "") -> None:
        style = STYLES[Severity(finding["severity"])]
        text = Text().append(finding["severity"], style)
        text.append(f" {finding['rule']} {finding['slug']}: {visible(message)}")
        self._block(text, Text(" " * _INDENT).append(number, style))

    # A run of suspects

    def _run(self, entry: Entry) -> None:
        records = [self._recorder.pair(suspect) for suspect in entry.suspects]
        sides = [shown for record in records if (shown := _side(record, entry.side)) is not None]
        place = ("source " if entry.side is Side.SOURCE else "") + self._place(entry.side, sides[0])
        sentences = sum(len(suspect.pair.segments(entry.side)) for suspect in entry.suspects)
        self._header(self._recorder.pair(entry.best), place, _count(sentences, "sentence"))
        findings = sorted((finding for record in records for finding in record["findings"]), key=_worst_first)
        for rule in dict.fromkeys(finding["rule"] for finding in findings):
            same = [finding for finding in findings if finding["rule"] == rule]
            messages = {finding["message"] for finding in same}
            if rule == DUPLICATED_PASSAGE:
                self._reason(same[0], self._passage(entry))
            else:
                # Where messages differ, each speaks of its own sentence, and those are listed below.
                self._reason(same[0], messages.pop() if len(messages) == 1 else self._options.rules[rule].summary)
        if DUPLICATED_PASSAGE in {finding["rule"] for finding in findings}:
            return
        places = [f"{shown['line']}:{shown['column']}" for shown in sides]
        margin = max(map(len, places))
        for at, shown in zip(places, sides, strict=True):
            self._block(Text(visible(shown["text"])), Text(" " * _INDENT).append(f"{at.rjust(margin)}  ", "dim"))

    def _passage(self, entry: Entry) -> str:
        """Which sentences stand there twice, where they stand first, and how they begin."""
        document = self._audit.bitext.document(entry.side)
        segments = [segment for suspect in entry.suspects for segment in suspect.pair.segments(entry.side)]
        if document is None or not segments:
            raise ValueError(f"pair {entry.best.pair.index}: a duplicated passage without a text")
        span = Span(segments[0].span.start, segments[-1].span.end)
        first = self._first_copies(entry)
        see = f", see {_lines(document, first)}" if first is not None else ""
        numbers = f"{segments[0].index + 1}-{segments[-1].index + 1}"
        begins = shorten(document.text[span.start : span.end])
        return f"Sentences {numbers} ({_lines(document, span)}) stand there already{see}: “{begins}”"

    def _first_copies(self, entry: Entry) -> Span | None:
        """From the first to the last of the sentences that the run repeats: checks name them, from 1, as `copy_of`."""
        numbers = {finding.evidence.get("copy_of") for finding in entry.findings if finding.rule == DUPLICATED_PASSAGE}
        pairs = (suspect.pair for suspect in self._audit.ranking)
        segments = (segment for pair in pairs for segment in pair.segments(entry.side))
        spans = [segment.span for segment in segments if segment.index + 1 in numbers]
        return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else None

    # The end of the page

    def _clean_pairs(self) -> None:
        clean = [suspect for suspect in self._audit.ranking if not suspect.findings]
        if not clean:
            return
        self._block(Text(f"{_count(len(clean), self._noun)} without findings: rank, suspicion, place, first words"))
        for suspect in clean:
            record = self._recorder.pair(suspect)
            shown = record["target"] or record["source"]
            if shown is None:
                raise ValueError(f"pair {record['index']} has no text on either side")
            origin = "" if record["target"] else "source "
            place = f"{origin}{shown['line']}:{shown['column']}"
            line = Text().append(f"{record['rank']:>{_INDENT}}  {record['suspicion']:.2f}  {place.ljust(8)}  ", "dim")
            line.append(visible(shown["text"]))
            line.truncate(self._options.width, overflow="ellipsis")
            self._line(line)
        self._blank()

    def _bad_input(self) -> None:
        unusable = self._audit.bitext.bad_input
        if not unusable:
            return
        self._block(Text(f"{_count(len(unusable), 'part')} of the input could not be used:"))
        for bad in unusable:
            self._block(Text(visible(str(bad))), Text("  "), fold=False)
        self._blank()

    def _summary(self) -> None:
        summary, bitext, signature = self._recorder.summary(), self._audit.bitext, self._audit.signature
        pairs = _count(summary["pairs"], self._noun)
        if summary["suspects"]:
            counts = [f"{count} {severity}" for severity, count in summary["by_severity"].items() if count]
            findings = f"{', '.join(counts)} finding{'' if summary['findings'] == 1 else 's'}"
            result = f"{summary['suspects']} of {pairs} suspect: {findings}"
        else:
            result = f"No suspects in {pairs}"
        source = bitext.source
        languages = f"{source.language} → {bitext.target.language}" if source else f"{bitext.target.language} only"
        calibration = "calibrated" if self._audit.calibrated else "uncalibrated"
        text = Text().append(result, "bold")
        text.append(visible(_SPACED + _SPACED.join((languages, f"profile {signature.profile}", calibration))))
        self._block(text)

    # Lines

    def _block(self, text: Text, margin: Text | None = None, hang: int | None = None, *, fold: bool = True) -> None:
        """Write `text` wrapped: `margin` before its first line, as many blanks (or `hang`) before the others."""
        first = Text() if margin is None else margin
        rest = Text(" " * (first.cell_len if hang is None else hang))
        room = self._options.width - max(first.cell_len, rest.cell_len)
        for number, line in enumerate(wrapped(text, room, fold=fold)):
            self._line((rest if number else first) + line)

    def _line(self, line: Text) -> None:
        line.rstrip()
        self._console.print(line, soft_wrap=True)

    def _blank(self) -> None:
        self._line(Text())


def _worst_first(finding: FindingRecord) -> tuple[int, float, str, int, int, str]:
    gravity = Severity(finding["severity"]).gravity
    return -gravity, -finding["confidence"], finding["side"], finding["start"], finding["end"], finding["rule"]


def _side(record: PairRecord, side: Side) -> SideRecord | None:
    return record["source"] if side is Side.SOURCE else record["target"]


def _marks(reasons: Sequence[FindingRecord], side: Side) -> list[Mark]:
    """A mark for each reason on this side, with the number that the reason has in the list."""
    return [
        Mark(finding["start"], finding["end"], (number,), Severity(finding["severity"]))
        for number, finding in enumerate(reasons, 1)
        if finding["side"] == side.value
    ]


def _stands_alone(finding: FindingRecord, marks: Sequence[Mark]) -> bool:
    """Whether one of the marks shows exactly the words of the finding."""
    return any((mark.start, mark.end) == (finding["start"], finding["end"]) for mark in marks)


def _lines(document: Document, span: Span) -> str:
    first, last = document.position(span.start).line, document.position(max(span.start, span.end - 1)).line
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
