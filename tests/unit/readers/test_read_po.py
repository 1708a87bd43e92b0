"""gettext's PO and MO: plurals, contexts, flags, escapes, encodings, and faults."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from mtaudit.errors import EmptyError, FormatError
from mtaudit.types import Side
from tests.unit.readers.formats import assert_places, read, where

RUSSIAN = """\ufeff# A file with a byte order mark and\r
# mixed line ends.
msgid ""
msgstr ""
"Project-Id-Version: harbour 1.0\\n"
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; "
"plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\r
\r
#. shown below the list
#: src/list.c:10
#, c-format
msgid "One ship"\r
msgid_plural "%d ships"
msgstr[0] "%d судно"
msgstr[1] "%d судна"
msgstr[2] "%d судов"

#, fuzzy
msgctxt "menu|file"
msgid "Open \\"%s\\" now\\n"
"or later"
msgstr "Открыть «%s» сейчас\\n"
"или позже"
#~ msgid "gone"
#~ msgstr "нет"

#, fuzzy
#| msgid "Close it"
msgid "Close all"
msgstr "Закрыть"

msgid "Untranslated"
msgstr ""
"""

ARABIC = """msgid ""
msgstr "Language: ar\\nPlural-Forms: nplurals=6; "
"plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;\\n"

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "لا ملفات"
msgstr[1] "ملف واحد"
msgstr[2] "ملفان"
msgstr[3] "%d ملفات"
msgstr[4] "%d ملفا"
msgstr[5] "%d ملف"
"""


def test_russian(tmp_path: Path) -> None:
    found = read(tmp_path / "ru.po", RUSSIAN)
    assert found.languages == ("und", "ru")
    assert found.pairs == [
        ("One ship[0]", "%d ships", "%d судно"),
        ("One ship[1]", "%d ships", "%d судна"),
        ("One ship[2]", "%d ships", "%d судов"),
        ('Open "%s" now\nor later', 'Open "%s" now\nor later', "Открыть «%s» сейчас\nили позже"),
    ]
    units = found.bitext.units
    assert [(unit.context, unit.note, unit.state) for unit in units[2:]] == [
        (None, "shown below the list", None),
        ("menu|file", None, "fuzzy"),
    ]
    assert units[0].other_sources == ("One ship",)
    assert found.place(Side.TARGET, "или") == where(RUSSIAN, "или")
    assert found.place(Side.SOURCE, "now") == where(RUSSIAN, "now")
    assert found.told == [
        f"{tmp_path / 'ru.po'}: not audited: 1 fuzzy, with the translation of a previous text; 1 without a translation"
    ]
    assert_places(found, RUSSIAN.lstrip("\ufeff"), Side.TARGET)


def test_arabic_forms_that_stand_for_one_number(tmp_path: Path) -> None:
    found = read(tmp_path / "ar.po", ARABIC)
    assert [unit.exact for unit in found.bitext.units] == [0, 1, 2, None, None, None]
    assert [source for _, source, _ in found.pairs] == ["%d files", "%d file", *["%d files"] * 4]


@pytest.mark.parametrize("encoding", ["iso-8859-15", "cp1252", "koi8-r", "utf-8"])
def test_encodings_that_the_header_declares(tmp_path: Path, encoding: str) -> None:
    word = "дверь" if encoding == "koi8-r" else "Tür"
    text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={encoding}\\n"\n\nmsgid "door"\nmsgstr "{word}"\n'
    assert read(tmp_path / "a.po", text.encode(encoding)).pairs == [("door", "door", word)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"tab\tnew\\n", "tab\tnew\\n"),
        (r"octal \101 hex \x41", "octal A hex A"),
        (r"bell\a", "bell\a"),
    ],
)
def test_escapes(tmp_path: Path, raw: str, text: str) -> None:
    assert read(tmp_path / "a.po", f'msgid "{raw}"\nmsgstr "x"\n').pairs[0][1] == text


@pytest.mark.parametrize(
    ("fault", "line", "reason"),
    [
        ('msgid "a\nmsgstr "b"', 4, "a string is not closed, or something stands behind it"),
        ('msgid "a"', 4, "the message has no msgstr"),
        ('what is this\nmsgid "a"\nmsgstr "b"', 4, "this is neither a keyword of PO nor a string in double quotes"),
        ('msgstr "b"', 4, "the message has no msgid"),
    ],
)
def test_a_fault_costs_one_message(tmp_path: Path, fault: str, line: int, reason: str) -> None:
    found = read(tmp_path / "a.po", f'msgid "one"\nmsgstr "eins"\n\n{fault}\n\nmsgid "two"\nmsgstr "zwei"\n')
    assert [(source, target) for _, source, target in found.pairs] == [("one", "eins"), ("two", "zwei")]
    assert found.bad == [(line, reason)]


def test_a_template_has_no_pairs(tmp_path: Path) -> None:
    with pytest.raises(EmptyError, match="there are no pairs"):
        read(tmp_path / "a.pot", 'msgid "one"\nmsgstr ""\n')


def compiled(messages: dict[str, str], order: str = "<") -> bytes:
    """A minimal MO file."""
    entries = sorted((key.encode(), value.encode()) for key, value in messages.items())
    tables, texts, at = [b"", b""], b"", 28 + 16 * len(entries)
    for which in (0, 1):
        for entry in entries:
            tables[which] += struct.pack(f"{order}2I", len(entry[which]), at + len(texts))
            texts += entry[which] + b"\0"
    head = struct.pack(f"{order}7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0)
    return head + tables[0] + tables[1] + texts


MESSAGES = {
    "": "Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n",
    "door": "Tür",
    "menu\x04Open": "Öffnen",
    "one ship\0%d ships": "ein Schiff\0%d Schiffe",
}


@pytest.mark.parametrize("order", ["<", ">"])
def test_compiled(tmp_path: Path, order: str) -> None:
    found = read(tmp_path / "a.mo", compiled(MESSAGES, order))
    assert found.languages == ("und", "de")
    assert found.pairs == [
        ("door", "door", "Tür"),
        ("Open", "Open", "Öffnen"),
        ("one ship[0]", "one ship", "ein Schiff"),
        ("one ship[1]", "%d ships", "%d Schiffe"),
    ]
    assert found.bitext.units[1].context == "menu"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"no catalogue at all", id="another file"),
        pytest.param(compiled(MESSAGES)[:40], id="cut in the tables"),
        pytest.param(compiled(MESSAGES)[:-80], id="cut in the texts"),
        pytest.param(struct.pack("<7I", 0x950412DE, 0, 2**31, 28, 28, 0, 0), id="a number of messages that cannot be"),
    ],
)
def test_compiled_and_broken(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FormatError, match="MO file"):
        read(tmp_path / "a.mo", data)
