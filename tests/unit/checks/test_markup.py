"""MT301 markup-debris and MT302 tag-mismatch."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.markup import MarkupDebris, TagMismatch
from mtaudit.rules import PairView
from mtaudit.types import InlineCode, Severity, Span
from tests.support import bitext, quotes, run_pair

FIRE = {
    "tag with attributes": ('<p class="css-1x2y3z lead">Gestern regnete es.', '<p class="css-1x2y3z lead">'),
    "tag with a blank inside": ('< p class="css-1x2y3z q8w7e6">Gestern regnete es.', '< p class="css-1x2y3z q8w7e6">'),
    "tag with translated quotes": ("<span style = „rot“ >Gestern regnete es.", "<span style = „rot“ >"),
    "tag cut off": ("Gestern <a href=/wetter", "<a href=/wetter"),
    "closing tag": ("Gestern regnete es.</span>", "</span>"),
    "closing tag with blanks": ("Gestern < / b > regnete es.", "< / b >"),
    "line break": ("Gestern<br/>regnete es.", "<br/>"),
    "comment": ("Gestern <!-- Werbung --> regnete es.", "<!-- Werbung -->"),
    "tags in a row": ("Gestern </b></p> <br> regnete es.", "</b></p> <br>"),
    "attribute alone": ('class="lead">Gestern regnete es.', 'class="lead">'),
    "class hash": ("Gestern css-1x2y3z regnete es.", "css-1x2y3z"),
    "shortcodes": ("Gestern [/vc_column][vc_row] regnete es.", "[/vc_column][vc_row]"),
    "shortcode": ('Gestern [caption id="a_1" align="left"] regnete es.', '[caption id="a_1" align="left"]'),
    "JSON-LD": ('Gestern {"@context": "regnete es.', '{"@context": '),
    "PHP": ("Gestern <?php echo $x; ?> regnete es.", "<?php echo $x; ?>"),
    "server page": ("Gestern <%= ort %> regnete es.", "<%= ort %>"),
    "no-break space": ("Gestern&nbsp;regnete es.", "&nbsp;"),
    "entity escaped twice": ("Das war&amp;#39;s.", "&amp;#39;"),
    "entity torn apart": ("Kind & quot ; Kegel.", "& quot ;"),
    "numeric entity": ("Anton&#183;Berta kam.", "&#183;"),
    "BBCode": ("Das ist wichtig[/b] für alle.", "[/b]"),
    "BBCode link": ("Mehr [url=https://example.org]hier", "[url=https://example.org]"),
    "template": ("Die Stadt {{Infobox Ort}} liegt im Tal.", "{{Infobox Ort}}"),
    "wiki link": ("Die Stadt [[Bild:Tal.jpg]] liegt im Tal.", "[[Bild:Tal.jpg]]"),
    "Markdown link": ("Lies [den Bericht](https://example.org/a) dazu.", "[den Bericht](https://example.org/a)"),
    "end of a Markdown link": ("Lies den Bericht](https://example.org) dazu.", "](https://example.org)"),
    "bold torn apart": ("Das ist ** wichtig ** für alle.", "** wichtig **"),
    "escape": ("Erste Zeile.\\nZweite Zeile.", "\\n"),
    "code point": ("Stra\\u00dfe", "\\u00df"),
    "percent-encoded": ("Guten%20Tag", "%20"),
    "percent-encoded run": ("Stra%C3%9Fe", "%C3%9F"),
    "script": ("Gestern function() { regnete es.", "function() {"),
    "JSON": ('Gestern {"text": "regnete es.', '{"text": '),
    "style": ("Gestern font-size: 12px; regnete es.", "font-size: 12px;"),
    "unknown token": ("Der <unk>Regen fiel.", "<unk>"),
    "unknown token of SentencePiece": ("Der ⁇ rger war groß.", "⁇"),
    "LaTeX": ("Der \\emph{Regen} fiel.", "\\emph{Regen}"),
}


@pytest.mark.parametrize(("target", "marked"), FIRE.values(), ids=FIRE)
def test_debris_fires(target: str, marked: str) -> None:
    assert run_pair(MarkupDebris(), "It rained yesterday.", target) == [("target", marked)]
    assert run_pair(MarkupDebris(), None, target) == [("target", marked)]


QUIET = {
    "plain": (None, "Gestern regnete es."),
    "comparison": (None, "Wenn a < b und c > d gilt, ist x = 5."),
    "emoticons": (None, "Ich mag dich <3 >_< :) </3"),
    "address in angle brackets": (None, "Anna Beispiel <anna@example.org> schrieb."),
    "ampersand": (None, "AT&T, R&D und Müller & Söhne"),
    "ampersand before a semicolon": (None, "Zuerst kommt Q&A; danach wird gegessen."),
    "brackets": (None, "Er [der Minister] sagte (laut Anna): „Nein.“"),
    "footnote": (None, "Das ist belegt.[1] Siehe [b] und [i]."),
    "censored": (None, "Was für ein Sch**ß, so ein f***ing Mist, sh**"),
    "percentage": (None, "Es sind 100 % der Leute und 5%ige Lösungen."),
    "path": (None, r"Öffne C:\neu\temp\rest und lies."),
    "query": (None, "Siehe https://example.org/a%20b?x=1&amp;y=2 dazu."),
    "name in angle brackets": (None, "Gib <Name> und <Datum> ein."),
    "documentation": ("Use <br> for a break and &nbsp; for a blank.", "Nimm <br> und &nbsp; dafür."),
    "tags are the business of MT302": ("This is <b>new</b>.", "Das ist <b>neu</b></i>."),
    "same kind in the source": ("Read [this](https://example.org).", "Lies [dies](https://example.org)."),
}


@pytest.mark.parametrize(("source", "target"), QUIET.values(), ids=QUIET)
def test_debris_quiet(source: str | None, target: str) -> None:
    assert run_pair(MarkupDebris(), source, target) == []


def test_debris_ignores_a_gap_in_the_target() -> None:
    assert run_pair(MarkupDebris(), "<p>It rained.", None) == []


def test_debris_has_severity_by_kind() -> None:
    both = bitext([(None, "Gestern&nbsp;regnete es. </p>")])
    assert both.pairs is not None
    findings = list(MarkupDebris().check(PairView.of(both, both.pairs[0])))
    assert [(finding.severity, finding.confidence >= 0.5) for finding in findings] == [
        (Severity.MINOR, True),
        (Severity.MAJOR, True),
    ]


def test_debris_counts_offsets_in_the_document() -> None:
    both = bitext([("One.", "Eins."), ("Two.", "<b>Zwei.")])
    assert both.pairs is not None
    findings = list(MarkupDebris().check(PairView.of(both, both.pairs[1])))
    assert quotes(both, findings) == [("target", "<b>")]


@given(st.text(alphabet='<>/&;[]{}*%\\=" abp#n1', max_size=60))
@settings(max_examples=50, deadline=None)
def test_debris_bears_any_text(text: str) -> None:
    assert all(side == "target" and marked for side, marked in run_pair(MarkupDebris(), None, text))


TAGS = {
    "same": ("Press <b>Save</b>.", "Drücke <b>Speichern</b>.", []),
    "another order": ("<b>A</b> and <i>B</i>", "<i>B</i> und <b>A</b>", []),
    "void with and without slash": ("One<br>two", "Eins<br />zwei", []),
    "other attributes": ('<a href="/en/x">x</a>', '<a href="/de/x">x</a>', []),
    "closing tag lost": ("Press <b>Save</b>.", "Drücke <b>Speichern.", [("source", "</b>")]),
    "to be filled in": ("git cherry <head> <section>", "git cherry <Kopf> <Abschnitt>", []),
    "the same as a tag": ("<mark>new</mark>", "<mark>neu", [("source", "</mark>")]),
    "all lost": ("Press <b>Save</b>.", "Drücke Speichern.", [("source", "<b>"), ("source", "</b>")]),
    "one more": ("Press <b>Save</b>.", "Drücke <b>Speichern</b></i>.", [("target", "</i>")]),
    "second of two lost": ("One<br/>two<br/>three", "Eins<br/>zwei drei", [("source", "<br/>")]),
    "damaged": ("Press <b>Save</b>.", "Drücke < b >Speichern</b>.", [("target", "< b >")]),
    "wide brackets": ("Press <b>Save</b>.", "按＜b＞保存</b>。", [("target", "＜b＞")]),
    "swapped": ("Press <b>Save</b>.", "Drücke </b>Speichern<b>.", [("target", "</b>")]),
    "XLIFF ids": ('A <g id="1">b</g> <x id="2"/>', 'A <g id="3">b</g> <x id="2"/>',
                  [("source", '<g id="1">'), ("target", '<g id="3">')]),
    "numbered": ("Read <0>this</0>.", "Lies <0>dies.", [("source", "</0>")]),
    "no tag in the source": ("Press Save.", "Drücke <b>Speichern.", []),
    "names in angle brackets": ("Type <name> here", "Gib hier <Name> ein", []),
    "comparison": ("if a < b and b > c", "wenn a kleiner als b ist", []),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), TAGS.values(), ids=TAGS)
def test_tags(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert run_pair(TagMismatch(), source, target) == expected


def test_tags_need_both_sides() -> None:
    assert run_pair(TagMismatch(), None, "Drücke <b>Speichern.") == []
    assert run_pair(TagMismatch(), "Press <b>Save</b>.", None) == []


def with_codes(source: str, target: str) -> list[tuple[str, str]]:
    """Run the check with what stands in «» marked as code by the format, «key:shown»."""
    both = bitext([tuple(re.sub(r"«[^:»]*:([^»]*)»", r"\1", text) for text in (source, target))])  # type: ignore[list-item]
    assert both.source is not None
    assert both.pairs is not None
    documents = []
    for document, text in ((both.source, source), (both.target, target)):
        codes, skipped = [], 0
        for match in re.finditer(r"«([^:»]*):([^»]*)»", text):
            start = match.start() - skipped
            codes.append(InlineCode(Span(start, start + len(match[2])), match[1]))
            skipped += len(match.group()) - len(match[2])
        documents.append(replace(document, codes=tuple(codes)))
    coded = replace(both, source=documents[0], target=documents[1])
    return quotes(coded, list(TagMismatch().check(PairView.of(coded, both.pairs[0]))))


G, END, PH, BR = '«g 1:<g id="1">»', "«/g 1:</g>»", '«ph 2:<ph id="2"/>»', "«ph <br/>:<ph/>»"
CODES = {
    "same": (f"a {G}b{END} {PH}", f"ä {G}b{END} {PH}", []),
    "another order": (f"a {PH} {BR}", f"ä {BR} {PH}", []),
    "lost": (f"a {G}b{END} {PH}", f"ä {G}b{END}", [("source", '<ph id="2"/>')]),
    "added": (f"a {PH}", f"ä {PH} {BR}", [("target", "<ph/>")]),
    "added to none": ("a", f"ä {PH}", [("target", '<ph id="2"/>')]),
    "other content without an id": (f"a {BR}", "ä «ph <hr/>:<ph/>»", [("source", "<ph/>"), ("target", "<ph/>")]),
    "closed before it opens": (f"a {G}b{END}", f"ä {END}b{G}", [("target", "</g>")]),
    "looks like a tag beside codes": (f"a <b>c</b> {PH}", f"ä <b>c {PH}", [("source", "</b>")]),
}


@pytest.mark.parametrize(("source", "target", "expected"), CODES.values(), ids=CODES)
def test_codes_that_the_format_marks(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    assert with_codes(source, target) == expected
