"""A third, wilder pair of files for each catalogue: byte order marks, mixed line ends, right to left, odd layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.readers import read
from mtaudit.types import Side
from tests.unit.readers.formats import assert_places, read_two

Pairs = list[tuple[str, str | None, str | None]]

CASES: dict[str, tuple[str, tuple[bytes | str, bytes | str], Pairs]] = {
    "JSON with a byte order mark": (
        "a.json",
        ('\ufeff{"a":{"b":"Save"}}', '\ufeff{\r\n\t"a" : {\r\n\t\t"b" : "שמירה"\r\n\t}\r\n}\r\n'),
        [("a.b", "Save", "שמירה")],
    ),
    "ARB without attributes": (
        "a.arb",
        ('{"x":"One\\u200f","@x":{}}', '{"@@x-note":"made by hand","x":"واحد","y":"زائد"}'),
        [("x", "One\u200f", "واحد")],
    ),
    "YAML of another tool": (
        "a.yaml",
        (
            '"a key": &x "Save\\tit"\nb:\n- - deep\n',
            "%YAML 1.1\r\n---\r\n\"a key\" : 'شمار ''x'''\r\nb: [[עמוק]]\r\n...\r\n",
        ),
        [("a key", "Save\tit", "شمار 'x'"), ("b.0.0", "deep", "עמוק")],
    ),
    "properties of old Macs": (
        "a.properties",
        ("a : Save\rb=1\r", "a=\\u05E9\\u05DE\\u05D9\\u05E8\\u05D4\rb = ١\r! end"),
        [("a", "Save", "שמירה"), ("b", "1", "١")],
    ),
    "Android with comments inside": (
        "strings.xml",
        (
            '<resources><string name="a">Save <!-- the --> <u>it</u></string></resources>',
            (
                '\ufeff<?xml version="1.0"?>\r\n<resources>\r\n  <string name="a" formatted="false">\r\n    שמור'
                " <u>אותו</u>\r\n  </string>\r\n</resources>"
            ),
        ),
        [("a", "Save <u>it</u>", "שמור <u>אותו</u>")],
    ),
    "strings in UTF-16 without a mark": (
        "a.strings",
        ('"a b" = "Save // it"; /* end */', '// first\n"a b"\n=\n"שמור";\n'.encode("utf-16-le")),
        [("a b", "Save // it", "שמור")],
    ),
    "RESX with CDATA": (
        "a.resx",
        (
            '<root><data name="a"><value>Save &amp; close</value></data></root>',
            (
                '<?xml version="1.0" encoding="utf-8"?>\r\n<!-- x --><root>\r\n'
                '<metadata name="a"><value>no</value></metadata>'
                '\r\n<data name="a"><value><![CDATA[שמור & סגור]]></value></data></root>'
            ),
        ),
        [("a", "Save & close", "שמור & סגור")],
    ),
    "Fluent with a nested choice": (
        "a.ftl",
        (
            (
                "a = { $n ->\n    [one] One\n   *[other] { $n } of { $who ->\n"
                "        [you] yours\n       *[other] theirs\n    }\n}\n"
            ),
            "### group\r\na = { $n ->\r\n    [zero] אין\r\n   *[other] { $n } שלהם\r\n}\r\n",
        ),
        [
            ("a[zero]", "{ $n } of { $who -> [you] yours *[other] theirs }", "אין"),
            ("a[other]", "{ $n } of { $who -> [you] yours *[other] theirs }", "{ $n } שלהם"),
        ],
    ),
}


@pytest.mark.parametrize(("name", "data", "pairs"), CASES.values(), ids=CASES)
def test_wild_catalogues(tmp_path: Path, name: str, data: tuple[bytes | str, bytes | str], pairs: Pairs) -> None:
    found = read_two(tmp_path / "en" / name, tmp_path / "he" / name, data)
    assert found.pairs == pairs
    if isinstance(data[1], str) and "\\u" not in data[1]:
        assert_places(found, data[1].removeprefix("\ufeff"), Side.TARGET)


VTT = {
    "hours and no blank line": (
        "\ufeffWEBVTT\r\n\r\n1\r\n100:00:00.000 --> 100:00:01.000 position:10%\r\nA &lt;ship&gt;.\r\n",
        "A <ship>.",
    ),
    "ruby and languages": (
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<ruby>港<rt>みなと</rt></ruby>は<lang en>open</lang>です。\n",
        "港みなとはopenです。",
    ),
    "right to left": ("WEBVTT\n\nNOTE\nx\n\n00:00.000 --> 00:01.000\n&rlm;שלום.\n", "\u200fשלום."),
}


@pytest.mark.parametrize(("data", "text"), VTT.values(), ids=VTT)
def test_wild_vtt(tmp_path: Path, data: str, text: str) -> None:
    path = tmp_path / "a.vtt"
    path.write_bytes(data.encode())
    assert read(path, "en").text == text
