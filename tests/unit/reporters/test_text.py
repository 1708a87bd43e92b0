"""The text report: exact output, and what must be in it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from mtaudit.reporters import ReportOptions, find_reporter
from mtaudit.types import Audit, Side
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, build, clean, library, target_only

S, T = Side.SOURCE, Side.TARGET


def render(
    audit: Audit, *, all_pairs: bool = False, top: int | None = None, color: bool = False, width: int = 80
) -> str:
    stream = io.StringIO()
    find_reporter("text")(audit, stream, ReportOptions(RULES, all_pairs, top, color, width))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("file", "audit", "options"),
    [
        pytest.param("library.txt", library(), ReportOptions(RULES), id="plain"),
        pytest.param("library-color.txt", library(), ReportOptions(RULES, color=True), id="colour"),
        pytest.param("library-all.txt", library(calibrated=True), ReportOptions(RULES, all_pairs=True), id="all"),
        pytest.param("library-narrow.txt", library(), ReportOptions(RULES, width=40), id="narrow"),
        pytest.param("library-top.txt", library(), ReportOptions(RULES, top=3), id="top"),
        pytest.param("museum.txt", target_only(), ReportOptions(RULES, all_pairs=True), id="target-only"),
        pytest.param("clean.txt", clean(), ReportOptions(RULES), id="no-suspects"),
    ],
)
def test_exact_output(golden: Callable[[str, str], None], file: str, audit: Audit, options: ReportOptions) -> None:
    stream = io.StringIO()
    find_reporter("text")(audit, stream, options)
    golden(file, stream.getvalue())


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_lines_fit_and_end_clean(width: int) -> None:
    for line in render(library(), all_pairs=True, width=width).splitlines():
        assert line == line.rstrip()
        # A path is never folded.
        assert cell_len(line) <= width or ".txt:" in line


def test_colour_adds_nothing_but_colour() -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", render(library(), all_pairs=True, color=True)) == render(
        library(), all_pairs=True
    )


def test_colour_holds_only_our_own_escapes() -> None:
    for text in (render(library(), color=True), render(library())):
        assert "\x1b[2J" not in text
        assert not re.search("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202e\u202c]", text)
    assert "\x1b" not in render(library())


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(library()), render(library(), color=True)
    for name, value in {
        "COLUMNS": "30",
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "TERM": "dumb",
        "TTY_COMPATIBLE": "1",
    }.items():
        monkeypatch.setenv(name, value)
    assert (render(library()), render(library(), color=True)) == before


def test_long_text_is_shown_whole() -> None:
    words = [f"Wort{number}" for number in range(2000)]
    bead = Bead((), (" ".join(words),), 0.9, (Mark("MT201", T, "Wort1999", "The last word"),))
    shown = render(build([bead]))
    assert re.findall(r"Wort\d+", shown) == words


def _gap(words: str, message: str) -> Bead:
    return Bead((words,), (), 0.5, (Mark("MT601", S, words, message),))


@pytest.mark.parametrize(
    ("beads", "shown"),
    [
        pytest.param(
            [_gap("The gate is old.", "Gone"), _gap("The wall is new.", "Gone"), Bead(("Yes.",), ("Ja.",), 0.1)],
            " 1  suspicion 0.50  source library.en.txt:1:1  2 sentences\n"
            "    major MT601 missing-sentence: Gone\n"
            "    1:1  The gate is old.\n"
            "    3:1  The wall is new.\n",
            id="run-on-the-source",
        ),
        pytest.param(
            [_gap("The gate is old.", "No gate"), _gap("The wall is new.", "No wall"), Bead(("Yes.",), ("Ja.",), 0.1)],
            "    major MT601 missing-sentence: The translation lacks a sentence\n    1:1  The gate",
            id="run-with-different-messages",
        ),
        pytest.param(
            [
                Bead(("Old.",), ("Das Tor ist alt.",), 0.1),
                *(
                    Bead((), (words,), 0.5, (Mark("MT203", T, words, "again", evidence={"passage": 1}),))
                    for words in ("Das Tor ist alt!", "Die Mauer ist neu!")
                ),
            ],
            "    major MT203 duplicated-passage: Sentences 2-3 (lines 3-5) stand there\n"
            "    already: “Das Tor ist alt! Die Mauer ist neu!”\n",
            id="passage-without-its-first-copy",
        ),
        pytest.param(
            [
                Bead(
                    ("Yes.",),
                    ("Ja doch nein.",),
                    0.5,
                    (Mark("MT201", T, "Ja doch", "One"), Mark("MT205", T, "doch nein", "Two")),
                )
            ],
            "    target  ⟦Ja doch nein⟧¹,².\n"
            "    ¹ major MT201 broken-sentence: One (words: “Ja doch”)\n"
            "    ² minor MT205 unlikely-wording: Two (words: “doch nein”)\n",
            id="crossing-findings",
        ),
        pytest.param(
            [Bead(("Yes.",), ("Ja. \nNein.",), 0.5, (Mark("MT201", T, "Nein", "No"),))],
            "    target  Ja. ␊ ⟦Nein⟧¹.\n",
            id="line-end-inside",
        ),
    ],
)
def test_shown(beads: list[Bead], shown: str) -> None:
    assert shown in render(build(beads))


@pytest.mark.parametrize(
    ("audit", "last"),
    [
        pytest.param(clean(), "No suspects in 3 pairs · en → de · profile embedded · uncalibrated\n", id="none"),
        pytest.param(
            build([Bead((), ("Ein Haus",), 0.9, (Mark("MT201", T, "Haus", "x"),))], calibrated=True),
            "1 of 1 sentence suspect: 1 major finding · de only · profile embedded ·\ncalibrated\n",
            id="one-sentence",
        ),
        pytest.param(
            replace(clean(), ranking=()),
            "No suspects in 0 pairs · en → de · profile embedded · uncalibrated\n",
            id="empty",
        ),
    ],
)
def test_last_line(audit: Audit, last: str) -> None:
    assert render(audit).endswith(last)


@pytest.mark.parametrize(
    ("top", "note"),
    [
        pytest.param(0, "11 more suspects not shown (the limit is 0)", id="nothing"),
        # The run of two counts once.
        pytest.param(2, "8 more suspects not shown (the limit is 2)", id="two"),
        pytest.param(8, None, id="all"),
    ],
)
def test_top(top: int, note: str | None) -> None:
    shown = render(library(), top=top)
    assert (note in shown) if note else ("not shown" not in shown)
    assert "11 of 14 pairs suspect" in shown


def test_heading_says_what_suspicion_means() -> None:
    assert render(library()).startswith(
        "Suspects, worst first · suspicion (uncalibrated): an order, not a probability\n"
    )
    assert render(library(calibrated=True)).startswith(
        "Suspects, worst first · suspicion: the probability of a major error\n"
    )
