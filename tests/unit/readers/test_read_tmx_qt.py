"""TMX and Qt's TS: languages, inline codes, states, numerus forms, and faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.errors import EmptyError, FormatError, LanguageError
from mtaudit.types import Side
from tests.unit.readers.formats import assert_places, read, where

TMX = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
 <header creationtool="Example" srclang="EN-US" segtype="sentence" adminlang="en" datatype="html" o-tmf="x"/>
 <body>
  <tu tuid="a1"><note>for the quay</note><prop type="x-context">signs</prop>
   <tuv xml:lang="FR"><seg>Le quai</seg></tuv>
   <tuv xml:lang="en-GB">
    <seg>The <bpt i="1">&lt;b&gt;</bpt>quay<ept i="1">&lt;/b&gt;</ept>&nbsp;<ph>&lt;br/&gt;</ph></seg></tuv>
   <tuv lang="de-AT">
    <seg>Der <bpt i="1">&lt;b&gt;</bpt>Kai<ept i="1">&lt;/b&gt;</ept>&nbsp;<ph>&lt;br/&gt;</ph></seg></tuv>
  </tu>
  <tu><tuv xml:lang="en"><seg>Alone</seg></tuv></tu>
  <tu><tuv xml:lang="en"><seg>A <hi type="b">ship</hi></seg></tuv>
   <tuv xml:lang="de"><seg>Ein <hi>Schiff</hi></seg></tuv></tu>
 </body>
</tmx>
"""

TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en">
<context>
    <name>MainWindow</name>
    <message numerus="yes" id="ships">
        <location filename="../main.cpp" line="14"/>
        <source>%n ship(s)</source>
        <comment>in port</comment>
        <extracomment>status bar</extracomment>
        <translation>
            <numerusform>%n судно</numerusform>
            <numerusform>%n судна</numerusform>
            <numerusform>%n судов</numerusform>
        </translation>
    </message>
    <message><source>Save &amp;as %1&#x2026;</source>
    <translation type="unfinished">Сохранить &amp;как %1…</translation></message>
    <message><source>Empty</source><translation type="unfinished"></translation></message>
    <message><source>Gone</source><translation type="vanished">Нет</translation></message>
    <message><source>Tab<byte value="x9"/>here</source>
    <translation variants="yes"><lengthvariant>Длинный</lengthvariant>\
<lengthvariant>Дл.</lengthvariant></translation></message>
</context>
</TS>
"""


def test_tmx(tmp_path: Path) -> None:
    found = read(tmp_path / "a.tmx", TMX, ("und", "de"))
    assert found.languages == ("en-GB", "de-AT")
    assert found.pairs == [
        (
            "a1",
            'The <bpt id="1"/>quay<ept id="1"/>&nbsp;<ph/>',
            'Der <bpt id="1"/>Kai<ept id="1"/>&nbsp;<ph/>',
        ),
        ("", "A ship", "Ein Schiff"),
    ]
    unit = found.bitext.units[0]
    assert (unit.context, unit.note) == ("signs", "for the quay")
    assert [code.key for code in found.bitext.target.codes] == ["bpt 1", "ept 1", "ph <br/>"]
    assert found.told == [f"{tmp_path / 'a.tmx'}: not audited: 1 without a text in en-GB or de-AT"]
    assert found.place(Side.TARGET, "Kai") == where(TMX, "Kai")
    assert_places(found, TMX, Side.SOURCE)


@pytest.mark.parametrize(
    ("languages", "kind", "cause"),
    [
        (("und", "und"), FormatError, "there are 2 translations: FR, de-AT"),
        (("en", "ja"), LanguageError, "there is no text in ja, but in FR, de-AT"),
        (("ru", "de"), LanguageError, "there is no text in ru, but in FR, en-GB, de-AT"),
    ],
)
def test_tmx_languages_that_cannot_be_chosen(
    tmp_path: Path, languages: tuple[str, str], kind: type[Exception], cause: str
) -> None:
    with pytest.raises(kind, match=cause):
        read(tmp_path / "a.tmx", TMX, languages)


def test_tmx_of_two_languages_needs_no_choice(tmp_path: Path) -> None:
    text = (
        '<tmx version="1.1"><header srclang="*all*"/><body><tu><tuv lang="ar"><seg>مرحبا</seg></tuv>'
        '<tuv lang="he"><seg>שלום</seg></tuv></tu></body></tmx>'
    )
    found = read(tmp_path / "a.tmx", text)
    assert (found.languages, found.pairs) == (("ar", "he"), [("", "مرحبا", "שלום")])


def test_tmx_that_breaks_off(tmp_path: Path) -> None:
    found = read(tmp_path / "a.tmx", TMX[: TMX.index("Schiff")], ("en", "de"))
    assert len(found.pairs) == 1
    assert found.bad == [(15, "the XML is broken here (no element found); what follows was not read")]


def test_qt(tmp_path: Path) -> None:
    found = read(tmp_path / "a.ts", TS)
    assert found.languages == ("en", "ru-RU")
    assert found.pairs == [
        ("ships[0]", "%n ship(s)", "%n судно"),
        ("ships[1]", "%n ship(s)", "%n судна"),
        ("ships[2]", "%n ship(s)", "%n судов"),
        ("", "Save &as %1…", "Сохранить &как %1…"),
        ("", "Tab\there", "Длинный"),
    ]
    units = found.bitext.units
    assert (units[0].context, units[0].note, units[0].exact) == ("MainWindow / in port", "status bar", None)
    assert units[3].state == "unfinished"
    assert found.told == [f"{tmp_path / 'a.ts'}: not audited: 1 obsolete; 1 without a translation"]
    assert found.place(Side.TARGET, "Длинный") == where(TS, "Длинный")
    assert_places(found, TS, Side.TARGET)


def test_qt_by_text_id_and_japanese(tmp_path: Path) -> None:
    text = (
        '<TS version="2.1" language="ja"><message id="quay" numerus="yes"><source>%n quay(s)</source>'
        "<translation><numerusform>%n 埠頭</numerusform></translation></message></TS>"
    )
    found = read(tmp_path / "a.ts", text, ("en", "und"))
    assert (found.languages, found.pairs) == (("en", "ja"), [("quay[0]", "%n quay(s)", "%n 埠頭")])


@pytest.mark.parametrize(
    ("name", "data", "kind", "cause"),
    [
        ("a.ts", "export const x = 1;", FormatError, "this is no XML"),
        ("a.ts", "<TS></TS>", EmptyError, "there are no pairs in the file"),
        ("a.ts", "<xliff/>", FormatError, "its first element is not <TS>"),
        ("a.tmx", "<TS/>", FormatError, "its first element is not <tmx>"),
        ("a.tmx", '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', FormatError, "declares the entity a"),
        ("a.tmx", '<?xml version="1.0" encoding="shift_jis"?><tmx/>', FormatError, "the encoding that it declares"),
    ],
)
def test_unusable(tmp_path: Path, name: str, data: str, kind: type[Exception], cause: str) -> None:
    with pytest.raises(kind, match=cause):
        read(tmp_path / name, data, ("en", "de"))
