"""SubRip (.srt) and WebVTT (.vtt): the words of the cues, without numbers, times and styling.

Lines of a cue are joined, and cues that run on in one sentence are one paragraph: a paragraph ends with the cue that
ends with an end mark, before a new speaker's dash, and where nothing is said for two seconds. Tags (`<i>`, `{\\an8}`,
`<v Anna>`) are left out; they style the words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtaudit.errors import FormatError
from mtaudit.readers.assembly import Assembly
from mtaudit.readers.units import Warn
from mtaudit.types import Document

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?P<settings>.*)")
_TAG = re.compile(r"</?[A-Za-z\d][^<>\n]*>|\{\\[^{}\n]*\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_ENDS = re.compile(r"[.!?…。！？:](?:[\"'”“»«’)\]」』♪]|\s)*$")
#: Seconds of silence after which a new paragraph begins.
_PAUSE = 2.0
_SPEAKER = re.compile(r"[-‐–—]\s*\S|>>")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue: when it begins and ends (seconds), and its lines with the offset of each."""

    begin: float
    end: float
    lines: tuple[tuple[str, int], ...]


def read_subtitles(text: str, name: str, language: str, warn: Warn) -> Document:
    """The text of the cues; `text` has line breaks as `\\n`.

    Raises:
        FormatError: not one line has the times of a cue.
        EmptyError: no cue has words in it.
    """
    assembly = Assembly(text, name, language)
    last: _Cue | None = None
    tail = ""
    found = False
    for cue in _cues(text):
        found = True
        silent = last is not None and cue.begin - last.end > _PAUSE
        if last is not None and cue.end < cue.begin:
            warn(f"{name}: a cue ends before it begins, at {cue.begin:.3f} s; its words were read all the same")
        for line, at in cue.lines:
            begins = _SPEAKER.match(line.lstrip()) is not None
            if tail and (silent or begins or _ENDS.search(tail)):
                assembly.end_paragraph()
            elif tail:
                assembly.space(max(at - 1, 0))
            silent = False
            tail = _add(assembly, line, at) or tail
        last = cue
    if not found:
        cause = "no line has the times of a cue, such as 00:00:01,000 --> 00:00:04,000"
        raise FormatError(name, cause, "Check the file: without times these are no subtitles")
    return assembly.finish()


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in order. Whatever stands before a line with times, and notes and styles, belong to none."""
    lines: list[tuple[str, int]] = []
    times: tuple[float, float] | None = None
    at = 0
    for line in text.split("\n"):
        match = _TIMES.fullmatch(line)
        if match is not None:
            if times is not None:
                yield _Cue(*times, tuple(_without_number(lines)))
            groups = match.groups()
            times, lines = (_seconds(groups[:4]), _seconds(groups[4:8])), []
        elif not line.strip():
            if times is not None and lines:
                yield _Cue(*times, tuple(lines))
                times, lines = None, []
        elif times is not None:
            lines.append((line, at))
        at += len(line) + 1
    if times is not None:
        yield _Cue(*times, tuple(lines))


def _without_number(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The lines of a cue that no blank line parts from the next: the last may be the next one's number."""
    return lines[:-1] if lines and lines[-1][0].strip().isdigit() else lines


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (int(group or 0) for group in groups)
    return hours * 3600 + minutes * 60 + seconds + fraction / float(10 ** len(groups[3] or ""))


def _add(assembly: Assembly, line: str, at: int) -> str:
    """Add a line without its tags and with its entities resolved; returns what was added."""
    added, start = "", 0
    for match in [*_TAG.finditer(line), None]:
        end = match.start() if match is not None else len(line)
        position = start
        for entity in [*_ENTITY.finditer(line, start, end), None]:
            stop = entity.start() if entity is not None else end
            assembly.add(line[position:stop], at + position)
            added += line[position:stop]
            if entity is not None:
                assembly.add(html.unescape(entity.group()), at + entity.start())
                added += html.unescape(entity.group())
                position = entity.end()
        if match is not None:
            assembly.drop()
            start = match.end()
    return added.rstrip()
