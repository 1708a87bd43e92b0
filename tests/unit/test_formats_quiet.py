"""Right translations in formats with codes, placeholders and plural forms: no rule may say a word about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtaudit.pipeline import audit, audit_bilingual
from mtaudit.types import Audit

XLIFF = """<xliff version="1.2"><file source-language="en" target-language="de" original="a"><body>
<trans-unit id="1"><source>Press <g id="12">Save</g> to keep <ph id="3">%1$s</ph>.</source>
<target>Drücken Sie <g id="12">Speichern</g>, um <ph id="3">%1$s</ph> zu behalten.</target></trans-unit>
<trans-unit id="2"><source>Press<x id="7" ctype="lb"/>the key<bx id="8"/> now<ex id="8"/>!</source>
<target>Drücken Sie<x id="7" ctype="lb"/>jetzt <bx id="8"/>die Taste<ex id="8"/>!</target></trans-unit>
</body></file></xliff>"""
TMX = """<tmx version="1.4"><header srclang="en"/><body><tu>
<tuv xml:lang="en">
<seg>The <bpt i="1" x="1">{\\b </bpt>quay<ept i="1">}</ept> is closed<ph>{\\line 12}</ph>today.</seg></tuv>
<tuv xml:lang="de">
<seg>Der <bpt i="1" x="1">{\\b </bpt>Kai<ept i="1">}</ept> ist<ph>{\\line 12}</ph>heute gesperrt.</seg></tuv>
</tu></body></tmx>"""
PO = """msgid ""
msgstr "Language: de\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "One file was removed from %s."
msgid_plural "%d files were removed from %s."
msgstr[0] "Eine Datei wurde aus %s entfernt."
msgstr[1] "%d Dateien wurden aus %s entfernt."

msgid "<b>Note:</b> The server &ldquo;%(host)s&rdquo; answered after %(seconds)d seconds."
msgstr "<b>Hinweis:</b> Der Server &bdquo;%(host)s&ldquo; antwortete nach %(seconds)d Sekunden."

msgid "%12s %-8.3f %5d"
msgstr "%28s %-6.2f %4d"

msgid "Usage: %s [OPTION]... FILE\\n"
msgstr "Aufruf: %s [OPTION]... DATEI\\n"
"""
JSON = (
    (
        '{"a": "Hello {{name}}, you have {{count}} new messages.",'
        ' "b_one": "{{count}} day left", "b_other": "{{count}} days left",'
        ' "c": "See $t(common.help) for more."}'
    ),
    (
        '{"a": "Hallo {{name}}, Sie haben {{count}} neue Nachrichten.",'
        ' "b_one": "noch {{count}} Tag", "b_other": "noch {{count}} Tage",'
        ' "c": "Mehr dazu unter $t(common.help)."}'
    ),
)
ARB = (
    '{"a": "{count, plural, =0{No ships} =1{One ship in {port}} other{{count} ships in {port}}}"}',
    '{"a": "{count, plural, =0{Keine Schiffe} =1{Ein Schiff in {port}} other{{count} Schiffe in {port}}}"}',
)
ANDROID = (
    (
        '<resources><string name="a">%1$d of <b>%2$s</b> is done</string>'
        '<plurals name="b"><item quantity="one">%d hour</item>'
        '<item quantity="other">%d hours</item></plurals></resources>'
    ),
    (
        '<resources><string name="a">%1$d von <b>%2$s</b> ist fertig</string>'
        '<plurals name="b"><item quantity="one">%d Stunde</item>'
        '<item quantity="other">%d Stunden</item></plurals></resources>'
    ),
)
FLUENT = (
    "a = Open { $file } in { -brand }?\nb = { $n ->\n    [one] One window\n   *[other] { $n } windows\n}\n",
    "a = { $file } in { -brand } öffnen?\nb = { $n ->\n    [one] Ein Fenster\n   *[other] { $n } Fenster\n}\n",
)


def said(finished: Audit) -> list[str]:
    assert finished.ranking
    return [f"{finding.rule}: {finding.message}" for finding in finished.findings]


@pytest.mark.parametrize(("name", "data"), [("a.xlf", XLIFF), ("a.tmx", TMX), ("a.po", PO)])
def test_bilingual(tmp_path: Path, name: str, data: str) -> None:
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    found = audit_bilingual(path, source_language="en", target_language="de", profile="checks")
    assert said(found) == []


@pytest.mark.parametrize(
    ("name", "data"), [("a.json", JSON), ("a.arb", ARB), ("strings.xml", ANDROID), ("a.ftl", FLUENT)]
)
def test_catalogues(tmp_path: Path, name: str, data: tuple[str, str]) -> None:
    paths = []
    for language, text in zip(("en", "de"), data, strict=True):
        path = tmp_path / language / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    assert said(audit(paths[0], paths[1], source_language="en", target_language="de", profile="checks")) == []
