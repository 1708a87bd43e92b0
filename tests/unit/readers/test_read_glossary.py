"""Glossaries as tables and as TBX: good rows count, bad ones are named with their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.errors import EmptyError, FormatError, InputError, UnreadableError
from mtaudit.readers.glossary import read_glossary
from mtaudit.terms import Glossary, Term


def read(path: Path, content: str | bytes, languages: tuple[str, str] = ("en", "de")) -> tuple[Glossary, list[str]]:
    """The glossary of one file, and what was said about it without its folder."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    told: list[str] = []
    glossary = read_glossary([path], [], *languages, told.append)
    return glossary, [message.replace(f"{path.parent}/", "") for message in told]


def short(glossary: Glossary) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(term.source, term.allowed, term.forbidden) for term in glossary.terms]


@pytest.mark.parametrize(
    ("name", "content", "terms", "kept"),
    [
        pytest.param(
            "a.tsv", "rate\tRate\nbank\tBank\n", [("rate", ("Rate",), ()), ("bank", ("Bank",), ())], (), id="plain"
        ),
        pytest.param("a.txt", "rate\tRate\n", [("rate", ("Rate",), ())], (), id="txt"),
        pytest.param("a.csv", "rate,Rate\n", [("rate", ("Rate",), ())], (), id="csv"),
        pytest.param("a.csv", '"rate; fee";"Rate"\n', [("rate; fee", ("Rate",), ())], (), id="csv quoted"),
        pytest.param(
            "a.tsv", "target\tsource\nRate\trate\n", [("rate", ("Rate",), ())], (), id="header in other order"
        ),
        pytest.param("a.csv", "id,en,fr,de\n7,rate,taux,Rate\n", [("rate", ("Rate",), ())], (), id="language codes"),
        pytest.param("a.csv", "de-AT,en-GB\nRate,rate\n", [("rate", ("Rate",), ())], (), id="regions"),
        pytest.param(
            "a.tsv", "rate\tRate|Satz | Rate\n", [("rate", ("Rate", "Satz"), ())], (), id="alternatives in a cell"
        ),
        pytest.param(
            "a.tsv", "rate\tRate\nRate\tSatz\n", [("rate", ("Rate", "Satz"), ())], (), id="alternatives in rows"
        ),
        pytest.param("a.tsv", "rate|fee\tSatz\n", [("rate", ("Satz",), ()), ("fee", ("Satz",), ())], (), id="synonyms"),
        pytest.param(
            "a.tsv",
            "source\ttarget\tstatus\nrate\tRate\tapproved\nrate\tQuote\tdeprecated\nEdge\t\tdo-not-translate\n",
            [("rate", ("Rate",), ("Quote",))],
            ("Edge",),
            id="status",
        ),
        pytest.param(
            "a.tsv",
            "source\ttarget\tforbidden\nrate\tRate\tQuote|Satz\nbank\tBänke\tyes\nlaw\tRecht\tno\n",
            [("rate", ("Rate",), ("Quote", "Satz")), ("bank", (), ("Bänke",)), ("law", ("Recht",), ())],
            (),
            id="forbidden",
        ),
        pytest.param("a.tsv", "source\tstatus\nEdge\tDNT\n", [], ("Edge",), id="words only"),
        pytest.param("a.tsv", "term\tBegriff\n", [("term", ("Begriff",), ())], (), id="a row like a header"),
        pytest.param("a.tsv", "\ufeffrate\tRate\r\n\r\n", [("rate", ("Rate",), ())], (), id="mark and line ends"),
    ],
)
def test_tables(
    tmp_path: Path,
    name: str,
    content: str,
    terms: list[tuple[str, tuple[str, ...], tuple[str, ...]]],
    kept: tuple[str, ...],
) -> None:
    glossary, told = read(tmp_path / name, content)
    assert (short(glossary), glossary.verbatim, told) == (terms, kept, [])


def test_columns_beside_the_two(tmp_path: Path) -> None:
    content = "Source,Target,Note,Case-sensitive,Part of speech,Owner\nrate,Rate,finance,yes,noun,Ann\n"
    glossary, told = read(tmp_path / "a.csv", content)
    place = f"{tmp_path / 'a.csv'}:2"
    assert glossary.terms == (Term("rate", ("Rate",), (), False, True, "noun", "finance", place),)
    assert told == []
    assert glossary.terms[0].is_noun


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("rate", "a.tsv:2: the row has 1 column, not 3."),
        ("a\tb\tok\tc", "a.tsv:2: the row has 4 columns, not 3."),
        ("\tRate\t", "a.tsv:2: the row has no source term."),
        ("rate\t\t", "a.tsv:2: 'rate' has no translation."),
        ("rate\tRate\tperhaps", "a.tsv:2: the status 'perhaps' is not known."),
        (f"{'rate ' * 50}\tRate\t", "a.tsv:2: a term has more than 200 characters."),
    ],
)
def test_bad_rows_cost_nothing_else(tmp_path: Path, row: str, message: str) -> None:
    glossary, told = read(tmp_path / "a.tsv", f"source\ttarget\tstatus\n{row}\nlaw\tRecht\t\n")
    assert short(glossary) == [("law", ("Recht",), ())]
    assert [one.startswith(message) for one in told] == [True], told


def test_lines_that_are_not_utf_8_and_case_that_says_nothing(tmp_path: Path) -> None:
    glossary, told = read(tmp_path / "a.tsv", "law\tRécht\n".encode() + b"bad\tB\xe4d\n")
    assert short(glossary) == [("law", ("Récht",), ())]
    reason = "the line is not valid UTF-8, or holds a NUL character"
    assert told == [f"a.tsv:2: {reason}. Mend the line, or save the file as UTF-8."]
    glossary, told = read(tmp_path / "b.csv", "source,target,case\nlaw,Recht,maybe\nrate,Rate,\n")
    assert short(glossary) == [("rate", ("Rate",), ())]
    assert told == ["b.csv:2: 'maybe' does not say whether case counts. Give yes or no, or leave it empty."]


MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader><fileDesc/></martifHeader>
<text><body>
<termEntry id="c1"><descripGrp><descrip type="definition">what a loan costs</descrip></descripGrp>
 <langSet xml:lang="en"><tig><term>interest rate</term><termNote type="partOfSpeech">noun</termNote></tig>
  <ntig><termGrp><term>rate of interest</term></termGrp></ntig></langSet>
 <langSet xml:lang="de"><tig><term>Zinssatz</term>
  <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  <tig><term>Zinsquote</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>law</term></tig></langSet></termEntry>
<termEntry id="c3"><langSet xml:lang="en"><tig><term> </term></tig></langSet>
 <langSet xml:lang="de"><tig><term>Recht</term></tig></langSet></termEntry>
</body></text></martif>
"""
TBX = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc/></tbxHeader><text><body>
<conceptEntry id="1"><langSec xml:lang="en-US"><termSec><term>log in</term>
 <min:partOfSpeech>verb</min:partOfSpeech></termSec></langSec>
 <langSec xml:lang="de-DE"><termSec><term>anmelden</term></termSec>
 <termSec><term>einloggen</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
 </langSec></conceptEntry></body></text></tbx>
"""


def test_tbx_of_2008(tmp_path: Path) -> None:
    glossary, told = read(tmp_path / "a.tbx", MARTIF)
    assert short(glossary) == [
        ("interest rate", ("Zinssatz",), ("Zinsquote",)),
        ("rate of interest", ("Zinssatz",), ("Zinsquote",)),
    ]
    assert glossary.terms[0].part_of_speech == "noun"
    assert told == ["a.tbx:13: the term is empty. Give it, or delete its section."]


def test_tbx_of_2019(tmp_path: Path) -> None:
    glossary, told = read(tmp_path / "a.tbx", TBX)
    assert (short(glossary), told) == ([("log in", ("anmelden",), ("einloggen",))], [])
    assert glossary.terms[0].is_verb


def test_tbx_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    glossary, told = read(tmp_path / "a.tbx", MARTIF[: MARTIF.index('<termEntry id="c2">') + 30])
    assert len(glossary.terms) == 2
    assert [message.startswith("a.tbx:12: the XML is broken here") for message in told] == [True]


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("a.xlsx", "x", FormatError, "glossaries ending in .xlsx are not read. Save it as .tsv, .csv or .tbx."),
        ("a", "x", FormatError, "the glossary has no suffix"),
        ("a.tsv", " \n", EmptyError, "the file is empty"),
        ("a.csv", "source,note\nrate,x\n", FormatError, "names no column for the translations into de"),
        ("a.tsv", "source\ttarget\ttranslation\nrate\tRate\tSatz\n", FormatError, "two columns are called target"),
        ("a.tbx", "<html/>", FormatError, "this is no TBX file"),
        ("a.tbx", '<!DOCTYPE x [<!ENTITY a "b">]><tbx>&a;</tbx>', FormatError, "entities are not expanded"),
        ("a.tbx", "no xml", FormatError, "this is no XML"),
    ],
)
def test_files_that_cannot_be_used(
    tmp_path: Path, name: str, content: str, error: type[InputError], message: str
) -> None:
    with pytest.raises(error) as raised:
        read(tmp_path / name, content)
    assert message in str(raised.value)
    assert name in raised.value.place


def test_missing_file() -> None:
    with pytest.raises(UnreadableError, match="there is no such file"):
        read_glossary([Path("nowhere.tsv")], [], "en", "de", print)


@pytest.mark.parametrize(
    ("name", "content", "there"), [("a.csv", "en,de\nrate,Rate\n", "en, de"), ("a.tbx", TBX, "en-US, de-DE")]
)
def test_other_languages_are_said_and_no_error(tmp_path: Path, name: str, content: str, there: str) -> None:
    glossary, told = read(tmp_path / name, content, ("en", "fr"))
    assert not glossary
    assert told == [f"{name}: this glossary has no terms from en to fr; it has {there}. It is not used."]


def test_other_direction_is_read_too(tmp_path: Path) -> None:
    glossary, _ = read(tmp_path / "a.csv", "en,de\nrate,Rate\n", ("de", "en"))
    assert short(glossary) == [("Rate", ("rate",), ())]


def test_words_and_files_add_up_and_unchanged_files_are_kept(tmp_path: Path) -> None:
    one, two = tmp_path / "a.tsv", tmp_path / "b.tsv"
    one.write_text("rate\tRate\n", encoding="utf-8")
    two.write_text("rate\tSatz\n", encoding="utf-8")
    glossary = read_glossary([one, two], ["Edge", "Edge", " "], "en", "de", print)
    assert (short(glossary), glossary.verbatim) == ([("rate", ("Rate", "Satz"), ())], ("Edge",))
    assert read_glossary([one, two], ["Edge", "Edge", " "], "en", "de", print) is glossary
    two.write_text("rate\tKurs und so\n", encoding="utf-8")
    assert short(read_glossary([one, two], [], "en", "de", print)) == [("rate", ("Rate", "Kurs und so"), ())]


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from('ab|\t,;"\n<>&é ='), max_size=60), st.sampled_from([".tsv", ".csv", ".tbx"]))
def test_wild_files_give_terms_or_a_message(tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str) -> None:
    path = tmp_path_factory.mktemp("wild") / f"a{suffix}"
    try:
        glossary, told = read(path, text)
    except InputError:
        return
    assert glossary or told
    for term in glossary.terms:
        assert term.source.strip()
        assert term.allowed or term.forbidden
