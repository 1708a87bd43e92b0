"""Damaged files of every format: a reader makes a bitext or document, or says what is wrong; nothing else comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtaudit.errors import InputError
from mtaudit.readers import is_bilingual, iter_bitexts, read, read_catalogues
from mtaudit.types import Bitext, Document, Side

SAMPLES = {
    "a.tsv": "source\ttarget\nOne\tEins\nTwo\tZwei\n",
    "a.csv": 'source,target,id\n"One, ""1""",Eins,a\n"Two\nlines",Zwei,b\n',
    "a.jsonl": '{"id": 1, "source": "One \\u00e4", "target": "Eins"}\n{"id": 2, "source": null, "target": "Zwei"}\n',
    "a.xlf": '<xliff version="1.2"><file source-language="en" target-language="de"><body><trans-unit id="1"><source>'
    'One <g id="1">x</g></source><target>Eins <g id="1">x</g><mrk mtype="seg" mid="0">y</mrk></target></trans-unit>'
    "</body></file></xliff>",
    "b.xlf": '<xliff version="2.0" srcLang="en" trgLang="de"><file id="f"><unit id="u"><segment><source>One '
    '<cp hex="0001"/></source><target>Eins</target></segment></unit></file></xliff>',
    "a.tmx": '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>One<ph>x</ph></seg></tuv>'
    '<tuv xml:lang="de"><seg>Eins</seg></tuv></tu></body></tmx>',
    "a.po": 'msgid ""\nmsgstr "Language: de\\nPlural-Forms: nplurals=2; plural=n!=1;\\n"\n\n#, fuzzy\nmsgid "One"\n'
    'msgid_plural "%d"\nmsgstr[0] "Eins"\nmsgstr[1] "%d\\x41"\n',
    "a.ts": '<TS language="de" sourcelanguage="en"><context><name>c</name><message numerus="yes"><source>One</source>'
    "<translation><numerusform>Eins</numerusform><numerusform>Zwei</numerusform></translation></message></context></TS>",
    "a.xcstrings": '{"sourceLanguage":"en","strings":{"One":{"localizations":{"de":{"stringUnit":{"state":"x","value":'
    '"Eins"}}}}}}',
    "a.json": '{"a": {"b": "One \\n", "c_one": "x", "c_other": "y"}, "d": [1, true, null, "z"]}',
    "a.arb": '{"@@locale": "en", "a": "One {x}", "@a": {"description": "d"}}',
    "a.yaml": "en:\n  a: One\n  b: 'x'\n  c: |\n    long\n    text\n  d: [e, \"f\\t\"]\n",
    "a.properties": "a = One\\u0041 \\\n  more\n# c\nb: Two\n",
    "strings.xml": '<resources><string name="a">One \\\'x\\\' <b>y</b></string>'
    '<plurals name="p"><item quantity="one">z</item></plurals></resources>',
    "a.strings": '/* c */\n"a" = "One \\U0041";\n"b" = "Two";\n',
    "a.resx": '<root><data name="a"><value>One</value><comment>c</comment></data></root>',
    "a.ftl": "a = One { $x }\n    .b = Two\nc = { $n ->\n    [one] x\n   *[other] y\n }\n",
    "a.srt": "1\n00:00:01,000 --> 00:00:02,000\n<i>One</i> &amp;\ntwo\n\n2\n00:00:03,000 --> 00:00:04,000\nThree\n",
    "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>One.\n\nNOTE x\n",
    "a.rst": "Title\n=====\n\nOne *two* `three <x>`_ :ref:`f`.\n\n* a\n* b\n\n.. note:: c\n\n== ==\na  b\n== ==\n",
}  # fmt: skip
#: What makes trouble: brackets and quotes of the formats, escapes, control characters, half of a character.
BYTES = st.sampled_from(
    [
        *(mark.encode() for mark in '<>"\\{}[]&%:#\n\r\t\0*|0 \x85\u2028'),
        *(b"\xff", b"\xc3", b"\\u", b"\\x", b"-->", b"]]>", b"<!--", b""),
    ]
)
DAMAGE = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), BYTES), min_size=1, max_size=4)


def damaged(text: str, damage: list[tuple[int, int, bytes]]) -> bytes:
    data = text.encode()
    for at, length, replacement in damage:
        data = data[: at % (len(data) + 1)] + replacement + data[at % (len(data) + 1) + length :]
    return data


def everything(path: Path, other: Path) -> list[Bitext | Document]:
    if is_bilingual(path):
        return list(iter_bitexts(path, "en", "de", size=1, warn=lambda _: None))
    if path.suffix in {".srt", ".vtt", ".rst"}:
        return [read(path, "en", warn=lambda _: None)]
    return [read_catalogues(other, path, "en", "de", warn=lambda _: None)]


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
def test_damage(tmp_path: Path, name: str, damage: list[tuple[int, int, bytes]]) -> None:
    path, other = tmp_path / name, tmp_path / f"good-{name}"
    path.write_bytes(damaged(SAMPLES[name], damage))
    other.write_bytes(SAMPLES[name].encode())
    refused: InputError | None = None
    found: list[Bitext | Document] = []
    try:
        found = everything(path, other)
    except InputError as error:
        refused = error
    if refused is not None:
        assert str(path) in refused.place or str(other) in refused.place
        assert refused.cause
        assert refused.remedy
    lines = max(path.read_bytes().count(b"\n"), path.read_bytes().count(b"\r")) + 3
    for one in found:
        for document in [one] if isinstance(one, Document) else [one.document(side) for side in Side]:
            assert document is not None
            for offset in range(len(document.text)):
                position = document.position(offset)
                assert position.line >= 1
                assert position.column >= 1
            if document.text and document.path == str(path):
                assert document.position(len(document.text) - 1).line <= lines


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_good(tmp_path: Path, name: str) -> None:
    path, other = tmp_path / name, tmp_path / f"good-{name}"
    for each in (path, other):
        each.write_bytes(SAMPLES[name].encode())
    for one in everything(path, other):
        assert isinstance(one, Document) or (one.pairs and not one.bad_input)
