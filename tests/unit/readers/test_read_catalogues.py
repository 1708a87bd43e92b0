"""Pairs of catalogues: every format, plural forms, keys on one side only, places, faults and limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.errors import EmptyError, FormatError, MtauditError, UnreadableError
from mtaudit.readers.catalogue import language_of_path
from mtaudit.types import Side
from tests.unit.readers.formats import Read, assert_places, read_two, where

I18NEXT = (
    """{
  "menu": {"open": "Open {{name}}", "quit": "Quit", "list": ["First", "Second"]},
  "ship_one": "{{count}} ship", "ship_other": "{{count}} ships",
  "quote": "Say \\"hi\\" \\u2026", "n": 5, "only_here": "x"
}""",
    """{"menu": {"quit": "Выход", "open": "Открыть {{name}}", "list": ["Первый", "Второй"]},\r
  "ship_one": "{{count}} судно", "ship_few": "{{count}} судна", "ship_many": "{{count}} судов",\r
  "ship_other": "{{count}} судна (дробное)", "quote": "Скажи «\\u041fривет» …", "extra": "да"}""",
)
ARB = (
    """{"@@locale": "en", "@@last_modified": "2026-01-01",
 "title": "Harbour {name}", "@title": {"description": "the heading", "placeholders": {"name": {"type": "String"}}},
 "ships": "{n, plural, =0{no ships} one{one ship} other{# ships}}"}""",
    """{"@@locale": "ar", "title": "ميناء {name}",
 "ships": "{n, plural, zero{لا سفن} one{سفينة} two{سفينتان} few{# سفن} many{# سفينة} other{# سفينة}}"}""",
)
RAILS = (
    """# comment
en:
  yes: "Yes"
  no: No
  ships:
    one: One ship
    other: "%{count} ships"
  long: >
    A long text
    in two lines.
  empty: ~
  list: [a1, b2]
""",
    """---
nb:
  yes: Ja
  no: Nei
  ships: {one: 'Ett skip', other: "%{count} skip\\u00a0her"}
  long: |-
    En lang tekst
    på to linjer.
  list:
  - a3
  - b4
""",
)
PROPERTIES = (
    (
        "# greeting\ngreeting = Hello, {0}!\n! other\nlong=one \\\n     two\n"
        "path:C:\\\\data\nspace\\ key tab\\there\n\nempty=\n"
    ),
    (
        "greeting=Gr\\u00fc\\u00df dich, {0}!\r\nlong = eins \\\r\n\tzwei\r\n"
        "path C:\\\\Daten\r\nspace\\ key=Tab\\thier\r\n"
    ),
)
ANDROID = (
    """<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2" xmlns:tools="http://schemas.android.com/tools">
    <!-- greeting -->
    <string name="hello">Hello, <b>%1$s</b>!\\nIt\\'s   late</string>
    <string name="quoted">"  two  blanks  "</string>
    <string name="kept">At <xliff:g id="time" example="5">%2$s</xliff:g></string>
    <string name="link"><![CDATA[<a href="x">here</a>]]></string>
    <string name="ref">@string/hello</string>
    <string name="api" translatable="false">key</string>
    <plurals name="ships"><item quantity="one">One ship</item><item quantity="other">%d ships</item></plurals>
    <string-array name="days"><item>Monday</item><item>Tuesday</item></string-array>
    <color name="red">#f00</color>
</resources>
""",
    """<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <string name="hello">Привет, <b>%1$s</b>!\\nУже поздно</string>
    <string name="quoted">"  два  пробела  "</string>
    <string name="kept">В <xliff:g id="time">%2$s</xliff:g></string>
    <string name="link"><![CDATA[<a href="x">сюда</a>]]></string>
    <plurals name="ships">
        <item quantity="one">%d судно</item><item quantity="few">%d судна</item><item quantity="many">%d судов</item>
    </plurals>
    <string-array name="days"><item>понедельник</item><item>вторник</item></string-array>
</resources>
""",
)
STRINGS = (
    '/* Shown on the\n quay */\n"open" = "Open \\"%@\\"";\n// short\nbare.key = "Quit";\n"Same" ;\n',
    '"open" = "Öffne „%@“";\r\n\r\n"bare.key"="Be\\U00e9nden\\nSofort";\r\n"Same" = "Gleich";\r\n',
)
RESX = (
    """<?xml version="1.0" encoding="utf-8"?>
<root>
  <xsd:schema id="root" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="data"/></xsd:schema>
  <resheader name="version"><value>2.0</value></resheader>
  <data name="Open" xml:space="preserve"><value>Open &lt;{0}&gt;</value><comment>button</comment></data>
  <data name="Icon" type="System.Drawing.Bitmap, System.Drawing"><value>abc=</value></data>
  <data name="&gt;&gt;ok.Type"><value>Button</value></data>
  <data name="Two"><value>One
line more</value></data>
</root>
""",
    """<root><data name="Open"><value>Öffne &lt;{0}&gt;</value></data>
<data name="Two"><value>Eine
Zeile mehr</value></data></root>""",
)
FLUENT = (
    """# the heading
title = Harbour of { -brand }
-brand = Seaport
ships = { $n ->
    [one] One ship
   *[other] { $n } ships
} in port
open = Open { $name }
    .title = Opens it
    .accesskey = O
multi =
    first line
    second { "{" } line
""",
    """title = Hafen von { -brand }
-brand = Seehafen
ships =
    { $n ->
        [one] Ein Schiff
       *[other] { $n } Schiffe
    } im Hafen
open = { $name } öffnen
    .title = Öffnet es
multi =
    erste Zeile
    zweite { "{" } Zeile
broken here
""",
)


def both(tmp_path: Path, names: tuple[str, str], data: tuple[str, str]) -> Read:
    found = read_two(tmp_path / names[0], tmp_path / names[1], data)
    assert_places(found, data[1], Side.TARGET)
    assert_places(found, data[0], Side.SOURCE)
    return found


def test_i18next(tmp_path: Path) -> None:
    found = both(tmp_path, ("en.json", "ru.json"), I18NEXT)
    assert found.languages == ("en", "ru")
    assert found.pairs == [
        ("menu.open", "Open {{name}}", "Открыть {{name}}"),
        ("menu.quit", "Quit", "Выход"),
        ("menu.list.0", "First", "Первый"),
        ("menu.list.1", "Second", "Второй"),
        ("ship[one]", "{{count}} ships", "{{count}} судно"),
        ("ship[few]", "{{count}} ships", "{{count}} судна"),
        ("ship[many]", "{{count}} ships", "{{count}} судов"),
        ("ship[other]", "{{count}} ships", "{{count}} судна (дробное)"),
        ("quote", 'Say "hi" …', "Скажи «Привет» …"),
    ]
    assert found.told == [
        f"{tmp_path / 'ru.json'}: not audited: 1 that the source does not have; 1 without a translation"
    ]
    assert found.place(Side.TARGET, "Выход") == where(I18NEXT[1], "Выход")
    assert found.bitext.source is not None
    assert (found.bitext.source.path, found.bitext.target.path) == (
        str(tmp_path / "en.json"),
        str(tmp_path / "ru.json"),
    )


def test_i18next_before_version_4(tmp_path: Path) -> None:
    data = (
        '{"ship": "a ship", "ship_plural": "{{count}} ships"}',
        '{"ship": "ein Schiff", "ship_plural": "{{count}} Schiffe"}',
    )
    found = both(tmp_path, ("en.json", "de.json"), data)
    assert found.pairs == [
        ("ship[one]", "a ship", "ein Schiff"),
        ("ship[other]", "{{count}} ships", "{{count}} Schiffe"),
    ]


def test_arb(tmp_path: Path) -> None:
    found = both(tmp_path, ("app_en.arb", "app_ar.arb"), ARB)
    assert found.languages == ("en", "ar")
    assert [unit_id for unit_id, *_ in found.pairs] == ["title", "ships"]
    assert found.bitext.units[0].note == "the heading"


def test_rails(tmp_path: Path) -> None:
    found = both(tmp_path, ("en.yml", "nb.yaml"), RAILS)
    assert found.languages == ("en", "nb")
    assert found.pairs == [
        ("yes", "Yes", "Ja"),
        ("no", "No", "Nei"),
        ("ships[one]", "One ship", "Ett skip"),
        ("ships[other]", "%{count} ships", "%{count} skip\u00a0her"),
        ("long", "A long text in two lines.", "En lang tekst\npå to linjer."),
        ("list.0", "a1", "a3"),
        ("list.1", "b2", "b4"),
    ]
    assert found.place(Side.TARGET, "på") == where(RAILS[1], "på")
    assert found.place(Side.SOURCE, "lines") == where(RAILS[0], "lines")


def test_properties(tmp_path: Path) -> None:
    found = both(tmp_path, ("messages.properties", "messages_de_AT.properties"), PROPERTIES)
    assert found.languages == ("und", "de-AT")
    assert found.pairs == [
        ("greeting", "Hello, {0}!", "Grüß dich, {0}!"),
        ("long", "one two", "eins zwei"),
        ("path", "C:\\data", "C:\\Daten"),
        ("space key", "tab\there", "Tab\thier"),
    ]
    assert found.bitext.units[0].note == "greeting"
    assert found.place(Side.TARGET, "dich") == where(PROPERTIES[1], "dich")
    assert found.place(Side.TARGET, "zwei") == where(PROPERTIES[1], "zwei")


def test_properties_of_java_8(tmp_path: Path) -> None:
    data = (b"a=door\n", "a=Tür\n".encode("latin-1"))
    found = read_two(tmp_path / "m_en.properties", tmp_path / "m_de.properties", data)
    assert (found.pairs, found.told) == ([("a", "door", "Tür")], [])


def test_android(tmp_path: Path) -> None:
    found = read_two(tmp_path / "values" / "strings.xml", tmp_path / "values-ru" / "strings.xml", ANDROID)
    assert found.languages == ("und", "ru")
    assert found.pairs == [
        ("hello", "Hello, <b>%1$s</b>!\nIt's late", "Привет, <b>%1$s</b>!\nУже поздно"),
        ("quoted", "two  blanks", "два  пробела"),
        ("kept", "At %2$s", "В %2$s"),
        ("link", "<a href=x>here</a>", "<a href=x>сюда</a>"),
        ("ships[one]", "%d ships", "%d судно"),
        ("ships[few]", "%d ships", "%d судна"),
        ("ships[many]", "%d ships", "%d судов"),
        ("days[0]", "Monday", "понедельник"),
        ("days[1]", "Tuesday", "вторник"),
    ]
    assert found.bitext.units[4].other_sources == ("One ship",)
    assert found.place(Side.TARGET, "поздно") == where(ANDROID[1], "поздно")


def test_apple_strings(tmp_path: Path) -> None:
    found = read_two(
        tmp_path / "en.lproj" / "a.strings", tmp_path / "de.lproj" / "a.strings",
        (STRINGS[0].encode("utf-16"), STRINGS[1]),
    )  # fmt: skip
    assert found.languages == ("en", "de")
    assert found.pairs == [
        ("open", 'Open "%@"', "Öffne „%@“"),
        ("bare.key", "Quit", "Beénden\nSofort"),
        ("Same", "Same", "Gleich"),
    ]
    assert found.bitext.units[0].note == "Shown on the quay"
    assert found.place(Side.TARGET, "Sofort") == where(STRINGS[1], "Sofort")


def test_resx(tmp_path: Path) -> None:
    found = both(tmp_path, ("Resources.resx", "Resources.de.resx"), RESX)
    assert found.languages == ("und", "de")
    assert found.pairs == [("Open", "Open <{0}>", "Öffne <{0}>"), ("Two", "One\nline more", "Eine\nZeile mehr")]
    assert found.place(Side.TARGET, "Zeile") == where(RESX[1], "Zeile")


def test_fluent(tmp_path: Path) -> None:
    found = both(tmp_path, ("en.ftl", "de.ftl"), FLUENT)
    assert found.pairs == [
        ("title", "Harbour of { -brand }", "Hafen von { -brand }"),
        ("-brand", "Seaport", "Seehafen"),
        ("ships[one]", "One ship in port", "Ein Schiff im Hafen"),
        ("ships[other]", "{ $n } ships in port", "{ $n } Schiffe im Hafen"),
        ("open", "Open { $name }", "{ $name } öffnen"),
        ("open.title", "Opens it", "Öffnet es"),
        ("multi", "first line\nsecond { line", "erste Zeile\nzweite { Zeile"),
    ]
    assert [line for line, _ in found.bad] == [13]
    assert found.bitext.units[0].note == "the heading"
    assert found.place(Side.TARGET, "zweite") == where(FLUENT[1], "zweite")


@pytest.mark.parametrize(
    ("name", "bad", "reasons"),
    [
        pytest.param("a.properties", "a=x\nb=\\u12\n", ["\\u12 is no escape of four hexadecimal digits"], id="escape"),
        pytest.param(
            "a.properties", "a=x\na=y\n", ['the key "a" stands there twice; the first one counts'], id="twice"
        ),
        pytest.param("a.strings", 'what\n"a" = "x";', ["this is no entry"], id="no entry"),
        pytest.param("a.yaml", "a: x\nb: &anchor y\nc: *anchor\n", ["the alias *anchor is not expanded"], id="alias"),
        pytest.param("a.xml", '<resources><string name="a">x</string><oops', ["the XML is broken here"], id="cut off"),
    ],
)
def test_bad_entries_cost_no_good_ones(tmp_path: Path, name: str, bad: str, reasons: list[str]) -> None:
    good = {
        "a.properties": "a=y\nb=z\n",
        "a.strings": '"a" = "y";',
        "a.yaml": "a: y\nc: z\n",
        "a.xml": '<resources><string name="a">y</string></resources>',
    }[name]
    found = read_two(tmp_path / "en" / name, tmp_path / "de" / name, (good, bad))
    assert [pair for pair in found.pairs if pair[0] == "a"] == [("a", "y", "x")]
    assert [reason.startswith(start) for (_, reason), start in zip(found.bad, reasons, strict=True)] == [True]


@pytest.mark.parametrize(
    ("name", "data", "kind", "cause"),
    [
        pytest.param("a.json", '{"a": ' + "[" * 5000, FormatError, "nested more than 64 deep", id="JSON depth"),
        pytest.param("a.json", '{"a": "x", "a": "y"}', FormatError, 'the key "a" stands twice', id="JSON key twice"),
        pytest.param("a.json", '{"a": "x",}', FormatError, r":1:11: a key in double quotes", id="JSON comma"),
        pytest.param("a.json", "{}", EmptyError, "there are no pairs", id="JSON empty"),
        pytest.param("a.yaml", "a: " + "[" * 5000, FormatError, "nested more than 64 deep", id="YAML depth"),
        pytest.param("a.yaml", "a: [x", FormatError, r":1:\d+: expected", id="YAML broken"),
        pytest.param("a.yaml", "a: x\n---\nb: y", FormatError, "a second document", id="YAML documents"),
        pytest.param("a.yaml", "? [x]\n: y", FormatError, "a key is a list or mapping", id="YAML key"),
        pytest.param("a.xml", '<!DOCTYPE r [<!ENTITY a "&b;">]><resources/>', FormatError, "declares the entity",
                     id="XML entities"),
        pytest.param("a.xml", "<manifest/>", FormatError, "its first element is not <resources>", id="XML other"),
        pytest.param("a.strings", b"bplist00\x00", UnreadableError, "compiled property list", id="compiled"),
        pytest.param("a.resx", "<root/>", EmptyError, "there are no pairs", id="RESX empty"),
    ],
)  # fmt: skip
def test_unusable(tmp_path: Path, name: str, data: str | bytes, kind: type[MtauditError], cause: str) -> None:
    with pytest.raises(kind, match=cause):
        read_two(tmp_path / "en" / name, tmp_path / "de" / name, (data, data))


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    data = "a: !!python/object/apply:os.system [x]\n"
    found = read_two(tmp_path / "en.yaml", tmp_path / "de.yaml", (data, data))
    assert found.pairs == [("a.0", "x", "x")]


def test_two_formats(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="not catalogues of one format"):
        read_two(tmp_path / "a.json", tmp_path / "a.yaml", ("{}", "a: b"))


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("locales/de/app.json", "de"),
        ("locales/pt-BR/app.json", "pt-BR"),
        ("de.lproj/Localizable.strings", "de"),
        ("res/values-pt-rBR/strings.xml", "pt-BR"),
        ("res/values-b+sr+Latn/strings.xml", "und"),
        ("res/values/strings.xml", "und"),
        ("messages_de_AT.properties", "de-AT"),
        ("app_en.arb", "en"),
        ("Resources.zh-Hans.resx", "zh-Hans"),
        ("src/app.json", "und"),
    ],
)
def test_language_of_path(path: str, language: str) -> None:
    assert language_of_path(Path(path)) == language
