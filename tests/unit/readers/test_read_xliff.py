"""XLIFF 1.2, 2.0 and 2.1: units, segments, inline codes, states, and faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.errors import EmptyError, FormatError, LanguageError
from mtaudit.types import Side
from tests.unit.readers.formats import assert_places, read, where

#: As an editor of 1.2 writes it: namespace, groups, alternatives, notes, CRLF line ends, entities, CDATA.
ONE = """<?xml version="1.0" encoding="UTF-8"?>\r
<!-- exported -->\r
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:tool="urn:example:tool">\r
 <file original="app/menu.c" source-language="en-US" target-language="de_AT" datatype="plaintext" tool:job="7">\r
  <header><tool tool-id="t" tool-name="Example"/><note>not a unit</note></header>\r
  <body>\r
   <trans-unit id="1" resname="greeting" xml:space="preserve">\r
    <source>Fish &amp; <g id="1">chips</g> for <ph id="2">%s</ph></source>\r
    <target state="needs-review-translation">Fisch &amp; <g id="1">Pommes</g> für <ph id="2">%s</ph></target>\r
    <note from="developer">on the menu</note>\r
    <alt-trans match-quality="80%"><source>Fish</source><target>Falsch</target></alt-trans>\r
   </trans-unit>\r
   <group id="g"><trans-unit id="2"><source><![CDATA[a <b> c]]></source><target><![CDATA[ä <b> ç]]></target>\
</trans-unit></group>\r
   <trans-unit id="3"><source>Later</source><target/></trans-unit>\r
   <trans-unit id="4" translate="no"><source>API</source><target>API</target></trans-unit>\r
   <trans-unit id="5"><source>New</source><target state="new">New</target></trans-unit>\r
  </body>\r
 </file>\r
</xliff>\r
"""

#: Segmented 1.2: both sides marked up, as translation tools save it.
SEGMENTED = """<xliff version="1.2"><file original="a" source-language="en" target-language="ar"><body>
<trans-unit id="p"><source>One. Two.</source>
<seg-source><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two <x id="9" ctype="lb"/>.</mrk></seg-source>
<target><mrk mtype="seg" mid="0">واحد.</mrk> <mrk mtype="seg" mid="1">اثنان <x id="9" ctype="lb"/>.</mrk></target>
</trans-unit></body></file>
<file original="b" source-language="en" target-language="ar"><body>
<trans-unit id="p"><source>Three</source><target>ثلاثة</target></trans-unit></body></file></xliff>"""

#: 2.1 with several segments, codes with data, annotations, a foreign module and a control character.
TWO = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="ru"
  xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">
<file id="f1"><skeleton href="x.skl"/><unit id="u1">
 <mtc:matches><mtc:match ref="#s1"><source>Old</source><target>Старый</target></mtc:match></mtc:matches>
 <notes><note>first remark</note><note>second</note></notes>
 <originalData><data id="d1">&lt;br/></data></originalData>
 <segment id="s1" state="translated"><source>Press <pc id="1">the <mrk id="m1" type="term">key</mrk></pc>.</source>
  <target>Нажмите <pc id="1">клавишу</pc>.</target></segment>
 <ignorable><source> </source></ignorable>
 <segment id="s2"><source>Line<ph id="2" dataRef="d1"/>two<cp hex="0007"/></source>
  <target>Строка<ph id="2" dataRef="d1"/>два<cp hex="0007"/></target></segment>
</unit><unit id="u2" translate="no"><segment><source>X</source><target>X</target></segment></unit>
<group id="g" translate="no"><unit id="u3" translate="yes"><segment state="initial"><source>Yes</source>\
<target>Да</target></segment></unit></group>
</file></xliff>"""


def test_one(tmp_path: Path) -> None:
    found = read(tmp_path / "menu.xlf", ONE)
    assert found.languages == ("en-US", "de-AT")
    assert found.pairs == [
        ("1", 'Fish & <g id="1">chips</g> for <ph id="2"/>', 'Fisch & <g id="1">Pommes</g> für <ph id="2"/>'),
        ("2", "a <b> c", "ä <b> ç"),
    ]
    units = found.bitext.units
    assert (units[0].note, units[0].state) == ("on the menu", "needs-review-translation")
    assert found.told == [f"{tmp_path / 'menu.xlf'}: not audited: 1 not to be translated; 2 without a translation"]
    assert found.place(Side.TARGET, "Pommes") == where(ONE, "Pommes")
    assert found.place(Side.TARGET, "ä <b>") == where(ONE, "ä <b>")
    assert_places(found, ONE, Side.SOURCE)
    document = found.bitext.target
    assert [(document.text[c.span.start : c.span.end], c.key) for c in document.codes] == [
        ('<g id="1">', "g 1"),
        ("</g>", "/g 1"),
        ('<ph id="2"/>', "ph 2"),
    ]


def test_segmented(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xliff", SEGMENTED)
    assert found.pairs == [
        ("p/0", "One.", "واحد."),
        ("p/1", 'Two <x id="9"/>.', 'اثنان <x id="9"/>.'),
        ("b#p", "Three", "ثلاثة"),
    ]
    assert_places(found, SEGMENTED, Side.TARGET)


def test_two(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlf", TWO)
    assert found.languages == ("en", "ru")
    assert found.pairs == [
        ("u1/s1", 'Press <pc id="1">the key</pc>.', 'Нажмите <pc id="1">клавишу</pc>.'),
        ("u1/s2", 'Line<ph id="2"/>two\x07', 'Строка<ph id="2"/>два\x07'),
        ("u3", "Yes", "Да"),
    ]
    assert found.bitext.units[0].note == "first remark second"
    assert found.place(Side.TARGET, "клавишу") == where(TWO, "клавишу")
    assert_places(found, TWO, Side.SOURCE)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><xliff version="1.2">'
        '<file source-language="en" target-language="de"><body><trans-unit id="1">'
        "<source>door</source><target>Tür</target></trans-unit></body></file></xliff>"
    )
    assert read(tmp_path / "a.xlf", text.encode(encoding)).pairs == [("1", "door", "Tür")]


def test_what_stands_before_a_fault_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlf", TWO[: TWO.index('<unit id="u2"')] + "<oops")
    assert [unit_id for unit_id, *_ in found.pairs] == ["u1/s1", "u1/s2"]
    assert found.bad == [(13, "the XML is broken here (unclosed token); what follows was not read")]


def unit(source: str, target: str) -> str:
    return f'<trans-unit id="1"><source>{source}</source><target>{target}</target></trans-unit>'


def one(body: str, languages: str = 'source-language="en" target-language="de"') -> str:
    return f'<xliff version="1.2"><file {languages}><body>\n{body}\n</body></file></xliff>'


def test_a_unit_without_a_source_is_bad_input(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlf", one(unit("", "Tür") + unit("door", "Tür")))
    assert found.pairs == [("1", "door", "Tür")]
    assert found.bad == [(2, "the unit has a target and no source")]


@pytest.mark.parametrize(
    ("data", "kind", "cause"),
    [
        pytest.param("<tmx/>", FormatError, "its first element is not <xliff>", id="another format"),
        pytest.param("no XML", FormatError, "this is no XML", id="no XML"),
        pytest.param(" \n", EmptyError, "the file is empty", id="blank"),
        pytest.param(one(""), EmptyError, "there are no pairs in the file", id="no units"),
        pytest.param(
            one(unit("a", "b"), 'source-language="en" target-language="fr"'), LanguageError, "the file says fr, not de",
            id="another language",
        ),
        pytest.param(
            '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + one(unit("&a;", "b")), FormatError, "declares the entity a",
            id="entities",
        ),
        pytest.param(
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + one(unit("&a;", "b")), FormatError,
            "declares the entity a", id="external entities",
        ),
        pytest.param("<xliff>" + "<a>" * 300, FormatError, "nested more than 200 deep", id="depth"),
    ],
)  # fmt: skip
def test_unusable(tmp_path: Path, data: str, kind: type[Exception], cause: str) -> None:
    with pytest.raises(kind, match=cause):
        read(tmp_path / "a.xlf", data, ("en", "de"))
