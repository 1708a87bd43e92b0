"""TBX: termbases in XML, as ISO 30042:2008 (`<martif>`) and ISO 30042:2019 (`<tbx>`) have them; read as a stream.

One concept has the terms of each language. Every term of the source language, whatever its status, is to become one of
the terms of the target language that are not deprecated or superseded. Core, Min and Basic are read in both
styles: `<termNote type="administrativeStatus">` (DCA) and `<min:administrativeStatus>` (DCT).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mtaudit.errors import FormatError
from mtaudit.readers.term_tables import MAX_TERM, OtherLanguages, Status, status_of
from mtaudit.readers.units import UNKNOWN, Languages, language_tag
from mtaudit.readers.xml_scan import Start, XmlEvents, guarded
from mtaudit.terms import Term
from mtaudit.text import base_language, shorten
from mtaudit.types import BadInput

_CONCEPT = frozenset({"termEntry", "conceptEntry"})
_LANGUAGE = frozenset({"langSet", "langSec"})
_TERM = frozenset({"tig", "ntig", "termSec", "termGrp"})
#: What a concept or term is described by, in either style.
_STATUS = frozenset({"administrativeStatus", "normativeAuthorization"})
_NOTES = frozenset({"note", "definition", "usageNote"})


@dataclass(slots=True)
class _Form:
    """One term of one language while it is read."""

    line: int
    text: str = ""
    status: str = ""
    part_of_speech: str | None = None
    note: str | None = None


@dataclass(slots=True)
class _Concept:
    """An entry while it is read: its terms by language tag."""

    line: int
    note: str | None = None
    forms: dict[str, list[_Form]] = field(default_factory=dict)


def read_tbx(path: Path, languages: Languages) -> Iterator[Term | BadInput | OtherLanguages]:
    """Yield the terms of a TBX file, and the entries that could not be used; a fault in the XML ends it.

    Raises:
        UnreadableError, EmptyError: see `xml_scan.XmlEvents`.
        FormatError: no TBX, or unsafe XML.
    """
    yield from guarded(_terms(XmlEvents.of(path), str(path), languages), str(path))


def _terms(events: XmlEvents, name: str, languages: Languages) -> Iterator[Term | BadInput | OtherLanguages]:
    first = next(events)
    if not isinstance(first, Start) or first.name not in {"martif", "tbx"}:
        cause = "this is no TBX file: its first element is neither <martif> nor <tbx>"
        raise FormatError(f"{name}:{first.line}", cause, "Check the file and its suffix")
    there: dict[str, None] = {}
    matched = False
    for event in events.inside():
        if not isinstance(event, Start) or event.name not in _CONCEPT:
            continue
        concept = _concept(event, events)
        there |= dict.fromkeys(concept.forms)
        for item in _made(concept, name, languages):
            matched = True
            yield item
    if not matched:
        yield OtherLanguages(tuple(there))


def _concept(start: Start, events: XmlEvents) -> _Concept:
    """One entry, up to its end."""
    concept = _Concept(start.line)
    for child in events.children():
        if child.name in _LANGUAGE:
            tag = child.attributes.get("xml:lang") or child.attributes.get("lang")
            forms = concept.forms.setdefault(language_tag(tag), [])
            for part in events.children():
                if part.name in _TERM:
                    forms.append(_form(part, events))
        elif _kind(child) in _NOTES:
            concept.note = events.text() or concept.note
    return concept


def _form(start: Start, events: XmlEvents) -> _Form:
    """One term section: the term and what is said of it, at whatever depth."""
    form = _Form(start.line)
    level = events.depth
    for event in events:
        if events.depth < level:
            break
        if not isinstance(event, Start):
            continue
        kind = _kind(event)
        if event.name == "term":
            form.line, form.text = event.line, " ".join(events.text().split())
        elif kind in _STATUS:
            form.status = events.text()
        elif kind == "partOfSpeech":
            form.part_of_speech = events.text() or None
        elif kind in _NOTES:
            form.note = events.text() or None
    return form


def _kind(start: Start) -> str:
    """What an element describes: its type in the one style, its name in the other."""
    return start.attributes.get("type") or start.name


def _made(concept: _Concept, name: str, languages: Languages) -> Iterator[Term | BadInput]:
    """The terms of an entry that has both languages; one that lacks the target's is for other languages."""
    sources, targets = (_of(concept, tag) for tag in (languages.source, languages.target))
    if not sources or (not targets and not any(status_of(form.status) is Status.VERBATIM for form in sources)):
        return
    good: list[tuple[_Form, Status]] = []
    for form in (*sources, *targets):
        problem = _problem(form)
        status = status_of(form.status)
        if problem is not None or status is None:
            yield BadInput(name, form.line, *(problem or ("", "")))
        else:
            good.append((form, status))
    usable = {id(form): status for form, status in good}
    for form in sources:
        if id(form) not in usable:
            continue
        here = [(other, usable[id(other)]) for other in targets if id(other) in usable]
        verbatim = Status.VERBATIM in (usable[id(form)], *(status for _, status in here))
        allowed = tuple(dict.fromkeys(other.text for other, status in here if status is Status.ALLOWED))
        forbidden = tuple(dict.fromkeys(other.text for other, status in here if status is Status.FORBIDDEN))
        if verbatim or allowed or forbidden:
            note, place = form.note or concept.note, f"{name}:{form.line}"
            yield Term(form.text, allowed, forbidden, verbatim, None, form.part_of_speech, note, place)


def _problem(form: _Form) -> tuple[str, str] | None:
    if not form.text:
        return "the term is empty", "Give it, or delete its section"
    if len(form.text) > MAX_TERM:
        return f"a term has more than {MAX_TERM} characters", "Give terms, not sentences"
    if status_of(form.status) is None:
        known = "preferredTerm-admn-sts, admittedTerm-admn-sts or deprecatedTerm-admn-sts"
        return f"the status '{shorten(form.status)}' is not known", f"Give {known}"
    return None


def _of(concept: _Concept, wanted: str) -> list[_Form]:
    """The terms of a language: of its own tag, or of all its regions where that has none."""
    if wanted == UNKNOWN:
        return []
    exact = [form for tag, forms in concept.forms.items() if tag.lower() == wanted.lower() for form in forms]
    close = (forms for tag, forms in concept.forms.items() if base_language(tag) == base_language(wanted))
    return exact or [form for forms in close for form in forms]
