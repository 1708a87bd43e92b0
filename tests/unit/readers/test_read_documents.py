"""DOCX, subtitles and reStructuredText: what is prose, where it stands, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from mtaudit.errors import EmptyError, FormatError, MtauditError, UnreadableError
from mtaudit.readers import docx, read
from mtaudit.types import Document, Position
from tests.unit.readers.formats import where

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> bytes:
    """A DOCX file with this body, and other parts by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


def raw(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs) + "</w:p>"


def load(path: Path, data: bytes | str, told: list[str] | None = None) -> Document:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, "en", warn=(told if told is not None else []).append)


BODIES = {
    "runs": (p("One ", "sentence.") + p("Two &amp; three."), "One sentence.\n\nTwo & three."),
    "empty paragraphs": (p("") + p("One.") + "<w:p/>" + p("  "), "One."),
    "tab and break": (
        raw(
            "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
        ),
        "a\tb c",
    ),
    "tracked changes": (
        raw("<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"),
        "new",
    ),
    "link and field": (
        raw("<w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink><w:r><w:instrText> PAGE </w:instrText></w:r>"),
        "here",
    ),
    "hidden": (
        raw(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r>"
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>yes</w:t></w:r>'
        ),
        "yes",
    ),
    "table": (f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>", "a\n\nb"),
    "right to left": (p("مرحبا"), "مرحبا"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "text"), BODIES.values(), ids=BODIES)
def test_docx(tmp_path: Path, body: str, text: str) -> None:
    assert load(tmp_path / "a.docx", word(body)).text == text


def test_docx_parts_and_places(tmp_path: Path) -> None:
    foot = f"<w:footnotes {W}><w:footnote>{p('A note.')}</w:footnote></w:footnotes>"
    document = load(tmp_path / "a.docx", word(p("") + p("  One.") + p("Two."), footnotes=foot, comments="<x/>"))
    assert document.text == "One.\n\nTwo.\n\nA note."
    assert document.position(0) == Position(2, 3)
    assert document.position(document.text.index("note")) == Position(4, 3)


def test_docx_that_breaks_off(tmp_path: Path) -> None:
    told: list[str] = []
    document = load(tmp_path / "a.docx", word(p("One.") + "<w:p><oops"), told)
    assert document.text == "One."
    assert "the XML is broken at line 1" in told[0]


def lying() -> bytes:
    """A part that claims to be small: the limit counts what really comes out."""
    data = bytearray(word(p("x" * 3_000_000)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    place = data.rindex(size.to_bytes(4, "little"))
    data[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind", "cause"),
    [
        pytest.param(b"no archive", UnreadableError, "this is no DOCX file", id="no archive"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnreadableError, "encrypted, or a .doc file", id="doc"),
        pytest.param(word(p("x"))[:60], UnreadableError, "this is no DOCX file", id="cut off"),
        pytest.param(word(p("x" * 3_000_000)), FormatError, "unpacks to more than 1,048,576 bytes", id="zip bomb"),
        pytest.param(lying(), MtauditError, "document.xml", id="zip bomb that lies"),
        pytest.param(word(p("")), EmptyError, "there is no text in the document", id="no text"),
        pytest.param(word('<!DOCTYPE a>'), FormatError, "", id="broken at once"),
        pytest.param(word("<w:p>" * 300), FormatError, "nested more than 200 deep", id="depth"),
    ],
)  # fmt: skip
def test_docx_unusable(tmp_path: Path, data: bytes, kind: type[MtauditError], cause: str) -> None:
    if cause == "":
        kind, cause = EmptyError, "there is no text in the document"
    with pytest.raises(kind, match=cause):
        load(tmp_path / "a.docx", data)


def test_docx_without_a_document(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../word/document.xml", "<x/>")
    with pytest.raises(FormatError, match=r"the archive has no word/document\.xml"):
        load(tmp_path / "a.docx", stream.getvalue())
    assert list(tmp_path.parent.parent.glob("word")) == []


def test_docx_with_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_ENTRIES", 1)
    with pytest.raises(FormatError, match="the archive has more than 1 entries"):
        load(tmp_path / "a.docx", word(p("x")))


def test_docx_entities(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "b">]><w:document/>')
    with pytest.raises(FormatError, match="declares the entity a"):
        load(tmp_path / "a.docx", stream.getvalue())


SRT = """\ufeff1\r
00:00:01,000 --> 00:00:02,500\r
<i>The harbour</i> is\r
older than {\\an8}the town,\r
\r
2\r
00:00:02,600 --> 00:00:04,000 X1:1\r
she said.\r
\r
3\r
00:00:04,100 --> 00:00:05,000\r
- Really?\r
- Yes &amp; no\r
4\r
00:00:09,000 --> 00:00:10,000\r
A new day\r
"""
VTT = """WEBVTT - harbour

STYLE
::cue { color: red }

NOTE not said
00:00

intro
00:01.000 --> 00:02.000 align:start
<v Anna>The <c.loud>quay</c> is&nbsp;<b>closed</b>.

00:00:03.000 --> 00:00:04.000
<00:00:03.500>Go home.
"""


def test_srt(tmp_path: Path) -> None:
    document = load(tmp_path / "a.srt", SRT)
    assert document.text == ("The harbour is older than the town, she said.\n\n- Really?\n\n- Yes & no\n\nA new day")
    for words in ("harbour", "town", "she", "Really", "new day"):
        assert document.position(document.text.index(words)) == where(SRT, words)


def test_vtt(tmp_path: Path) -> None:
    document = load(tmp_path / "a.vtt", VTT)
    assert document.text == "The quay is\u00a0closed.\n\nGo home."
    for words in ("quay", "closed", "home"):
        assert document.position(document.text.index(words)) == where(VTT, words)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("1\n0:00:01.5 --> 0:00:02.5\nКорабль\nушёл\n", "Корабль ушёл"),
        ("00:01:00,000 --> 00:01:01,000\n东京\n\n", "东京"),
        ("1\n00:00:01,000 --> 00:00:02,000\n2\n00:00:02,100 --> 00:00:03,000\nWords.\n", "Words."),
    ],
)
def test_wild_subtitles(tmp_path: Path, data: str, text: str) -> None:
    assert load(tmp_path / "a.srt", data).text == text


def test_no_subtitles(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no line has the times of a cue"):
        load(tmp_path / "a.srt", "Just words.\n")


RST = """\
=======
Harbour
=======

The *old* harbour has
a `long wall <https://example.org>`_ and ``ls -l``.

Two quays
---------

* first quay
  goes on
* second \\*quay\\*

.. note:: Mind the
   steps.

.. code:: python

   x = 1

.. figure:: a.png

   The caption.

===== =====
Ship  Berth
===== =====
Anna  North
===== =====

Term
  Its definition.

.. comment that nobody reads

The :ref:`crane <x>` and :sup:`2`.

.. versionadded:: 2

.. include:: /etc/passwd
"""


def test_rst(tmp_path: Path) -> None:
    told: list[str] = []
    document = load(tmp_path / "a.rst", RST, told)
    assert document.text.split("\n\n") == [
        "Harbour",
        "The old harbour has a long wall and ls -l.",
        "Two quays",
        "first quay goes on",
        "second *quay*",
        "Mind the steps.",
        "The caption.",
        "Ship",
        "Berth",
        "Anna",
        "North",
        "Term",
        "Its definition.",
        "The crane and 2.",
    ]
    for words in (
        "old",
        "long wall",
        "Two quays",
        "goes on",
        "steps",
        "caption",
        "Berth",
        "North",
        "definition",
        "crane",
    ):
        assert document.position(document.text.index(words)) == where(RST, words), words
    assert told == [
        f"{tmp_path / 'a.rst'}:41: the file that 'include' names is not read; audit it on its own",
        f"{tmp_path / 'a.rst'}: not read, as docutils does not know these directives: versionadded (line 39)",
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Title\r\n=====\r\n\r\nWord.\r\n", "Title\n\nWord."),
        (".. raw:: html\n\n   <b>x</b>\n\nWord.\n", "Word."),
        ("شعار\n====\n\nكلمة |sub|.\n\n.. |sub| replace:: x\n", "شعار\n\nكلمة x."),
    ],
)
def test_wild_rst(tmp_path: Path, data: str, text: str) -> None:
    assert load(tmp_path / "a.rst", data).text == text


@pytest.mark.parametrize(
    ("data", "kind", "cause"),
    [
        (" " * 300 + "x", FormatError, "indented by more than 200"),
        ("x" * 200_001, FormatError, "is no prose"),
        (".. code::\n\n   x\n", EmptyError, "there is no text to audit"),
    ],
)
def test_rst_unusable(tmp_path: Path, data: str, kind: type[MtauditError], cause: str) -> None:
    with pytest.raises(kind, match=cause):
        load(tmp_path / "a.rst", data)
