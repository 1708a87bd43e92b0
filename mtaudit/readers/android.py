r"""Android's string resources: `<string>`, `<plurals>` and `<string-array>`.

White space is folded and escapes are resolved as aapt does it: `\'`, `\n`, `\u0041`, and quotes that keep the white
space inside them. `<xliff:g>` marks text that stays, and is no code by itself; other elements are inline codes. Left
out, and counted: what is not to be translated, and references to other resources (`@string/ok`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mtaudit.readers.catalogue import CatalogueItem, Entry
from mtaudit.readers.inline import InlineElements, InlineText
from mtaudit.readers.units import Run, Skipped, TextBuilder, UnitText, Warn
from mtaudit.readers.xml_scan import XmlEvents, guarded

_INLINE = InlineElements(frozenset(), transparent=frozenset({"g"}), empty=frozenset({"br"}))
_PIECE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)|(?P<quote>\")|(?P<space>\s+)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t"}
_REFERENCE = re.compile(r"@(?:\w+:)?\w+/[\w.]+")


def read_android(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the entries of a resource file; a fault in the XML ends it, and what came before is good.

    Raises:
        UnreadableError, EmptyError: see `xml_scan.XmlEvents`.
        FormatError: no Android resources, or unsafe XML.
    """
    name = str(path)
    skipped = Skipped(name)
    yield from guarded(_entries(XmlEvents.of(path), name, skipped), name)
    skipped.report(warn)


def _entries(events: XmlEvents, name: str, skipped: Skipped) -> Iterator[CatalogueItem]:
    events.root("resources", name, "file of Android resources")
    for start in events.children():
        key = start.attributes.get("name", "")
        if start.name not in {"string", "plurals", "string-array"}:
            continue
        if start.attributes.get("translatable") == "false":
            skipped.add("not to be translated")
        elif start.name == "string":
            yield from _entry(key, _text(events), None, skipped, events.comments())
        else:
            whole = events.comments()  # above the element: about all of its items
            for index, item in enumerate(events.children()):
                text = _text(events)
                said = (*whole, *events.comments())
                if start.name == "plurals":
                    yield from _entry(key, text, item.attributes.get("quantity", "other"), skipped, said)
                else:
                    yield from _entry(f"{key}[{index}]", text, None, skipped, said)


def _text(events: XmlEvents) -> UnitText:
    """The text of the element that began last."""
    inline = InlineText(_INLINE)
    for event in events.inside():
        inline.event(event)
    return _resolved(inline.build())


def _entry(
    key: str, text: UnitText, form: str | None, skipped: Skipped, comments: tuple[str, ...]
) -> Iterator[CatalogueItem]:
    if _REFERENCE.fullmatch(text.text.strip()):
        skipped.add("that refer to another resource")
    else:
        yield Entry(key, text, form, None, comments)


def _resolved(text: UnitText) -> UnitText:
    """Escapes resolved and white space folded; codes stay where they are."""
    builder, quoted, at = TextBuilder(), False, 0
    blank = True  # white space at the start is dropped
    codes = iter(text.codes)
    code = next(codes, None)
    for run in text.runs:
        if code is not None and code[0] == at:
            builder.code(run.text, code[2], run.line, run.column)
            at, code, blank = at + len(run.text), next(codes, None), False
            continue
        at += len(run.text)
        quoted, blank = _add(builder, run, quoted, blank)
    return builder.build()


def _add(builder: TextBuilder, run: Run, quoted: bool, blank: bool) -> tuple[bool, bool]:
    """Add a run; whether quotes are open behind it, and whether it ends in white space."""
    end = 0
    for match in _PIECE.finditer(run.text):
        piece = run.text[end : match.start()]
        builder.add(piece, run.line, run.column + end)
        blank = blank and not piece
        end, place = match.end(), (run.line, run.column + match.start())
        if match["quote"]:
            quoted = not quoted
        elif match["space"]:
            if quoted or not blank:
                builder.add(match["space"] if quoted else " ", *place)
            blank = True
        else:
            escape = match[1]
            builder.add(chr(int(escape[1:], 16)) if len(escape) == 5 else _PLAIN.get(escape, escape), *place)
            blank = False
    rest = run.text[end:]
    builder.add(rest, run.line, run.column + end)
    return quoted, blank and not rest
