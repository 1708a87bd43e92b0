"""Plain text: what is a paragraph, and that damage survives."""

from __future__ import annotations

import textwrap

import pytest

from mtaudit.errors import EmptyError, FormatError
from mtaudit.readers import read_text
from mtaudit.readers.plain import read_plain
from mtaudit.types import Position

STORY = (
    "The old harbour was closed for repairs in spring, and the fishermen had to sell their catch in the next town. "
    "Nobody complained at first, because the road along the coast is short. In summer, however, the visitors came."
)
GESCHICHTE = (
    "Der alte Hafen wurde im Frühjahr wegen Bauarbeiten geschlossen, und die Fischer mussten ihren Fang in der "
    "Nachbarstadt verkaufen. Zuerst beschwerte sich niemand, denn die Straße an der Küste ist kurz."
)
LONG = "A paragraph that is one long line, as editors without wrapping save it; " * 3 + "it ends here."


@pytest.mark.parametrize("width", [60, 66, 72, 80, 100, 118])
@pytest.mark.parametrize("story", [pytest.param(STORY, id="en"), pytest.param(GESCHICHTE, id="de")])
def test_wrapped_text_is_joined(story: str, width: int) -> None:
    wrapped = textwrap.fill(story, width, break_on_hyphens=False)
    assert read_text(f"{wrapped}\n\n{wrapped}\n", "en").text == f"{story}\n\n{story}"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        pytest.param("One.\n\nTwo.\n", ["One.", "Two."], id="blank lines"),
        pytest.param("One.\n \t\n\n\n  Two.  \n", ["One.", "Two."], id="lines of white space"),
        pytest.param("like\nlove\nangry\n", ["like", "love", "angry"], id="a list of words"),
        pytest.param(f"{LONG}\n{LONG}", [LONG, LONG], id="a paragraph a line"),
        pytest.param(
            "The council met on Tuesday and agreed on the plan.\nThe work on the bridge will start in early May.\n"
            "Nobody knows yet what it is going to cost.",
            [
                "The council met on Tuesday and agreed on the plan.",
                "The work on the bridge will start in early May.",
                "Nobody knows yet what it is going to cost.",
            ],
            id="a sentence a line",
        ),
        pytest.param(
            f"New Rules for Old Houses Come Into Force in the Autumn\nBy Ann Miller\n\n{LONG}",
            ["New Rules for Old Houses Come Into Force in the Autumn", "By Ann Miller", LONG],
            id="headline and byline",
        ),
        pytest.param(
            "Neue Regeln für alte Häuser treten im Herbst in Kraft\nvon Anna Müller\n\n" + LONG,
            ["Neue Regeln für alte Häuser treten im Herbst in Kraft", "von Anna Müller", LONG],
            id="byline in lower case",
        ),
        pytest.param(
            "Der Ausschuss hat am Dienstagabend endlich beschlossen, dass die\n"
            "neuen Regeln für den Hafen und die Küste schon ab dem kommenden Mai für alle Boote gelten,\n"
            "auch wenn die Fischer dagegen sind.",
            [
                (
                    "Der Ausschuss hat am Dienstagabend endlich beschlossen, dass die neuen Regeln für den Hafen und "
                    "die Küste schon ab dem kommenden Mai für alle Boote gelten, auch wenn die Fischer dagegen sind."
                )
            ],
            id="translated line by line",
        ),
        pytest.param(
            "- The first thing that you should bring along is a warm coat\n  for the evening.\n- Tea\n- Bread",
            ["- The first thing that you should bring along is a warm coat for the evening.", "- Tea", "- Bread"],
            id="one wrapped item among short ones",
        ),
        pytest.param(
            "- The first thing that you should bring along to us is a warm\n"
            "  coat, because the evenings by the sea are cold even in the\n"
            "  middle of summer.\n"
            "- The second thing that you should bring is a torch, since the\n"
            "  path to the house is dark.",
            [
                (
                    "- The first thing that you should bring along to us is a warm coat, because the evenings by the "
                    "sea are cold even in the middle of summer."
                ),
                "- The second thing that you should bring is a torch, since the path to the house is dark.",
            ],
            id="wrapped items",
        ),
        pytest.param(
            "Der neue Fahrplan für die Fähre zu den Inseln gilt ab dem\n"
            "3. Oktober, wie die Reederei am Montag mitgeteilt hat, und\n"
            "bleibt bis zum Frühjahr in Kraft.",
            [
                (
                    "Der neue Fahrplan für die Fähre zu den Inseln gilt ab dem 3. Oktober, wie die Reederei am Montag "
                    "mitgeteilt hat, und bleibt bis zum Frühjahr in Kraft."
                )
            ],
            id="a date is no list",
        ),
        pytest.param(
            "Am Wochenende kamen viele Gäste aus der Stadt zur Nordsee-\n"
            "Insel und brachten Taschen, Hunde und Kinder, außerdem Vor-\n"
            "und Nachteile für die Wirte.",
            [
                (
                    "Am Wochenende kamen viele Gäste aus der Stadt zur Nordsee-Insel und brachten Taschen, Hunde und "
                    "Kinder, außerdem Vor- und Nachteile für die Wirte."
                )
            ],
            id="hyphens at the ends of lines",
        ),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert read_text(text, "de").text.split("\n\n") == paragraphs


def test_unspaced_lines_are_joined_without_a_blank() -> None:
    lines = [
        "港口在春天因为维修而关闭渔民们不得不把他们的",
        "渔获卖到邻近的城镇去起初没有人抱怨因为沿海的",
        "道路很短。",
    ]
    assert read_text("\n".join(lines), "zh").text == "".join(lines)
    assert read_text("喜欢\n生气", "zh").text == "喜欢\n\n生气"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("Two  blanks inside.", id="doubled blank"),
        pytest.param("He went home . and slept.", id="stray full stop"),
        pytest.param('< p class="lead">The mayor spoke.', id="leaked tag"),
        pytest.param("<b>Bold</b> and &amp;nbsp; too.", id="markup"),
        pytest.param("FÃ¼r alle", id="mojibake"),
        pytest.param("in\u200bvisible \u00adsoft\ufeff", id="invisible characters"),
        pytest.param("no\u00a0break", id="no-break space"),
        pytest.param("**Not** [Markdown](x)", id="Markdown"),
    ],
)
def test_damage_survives(damage: str) -> None:
    assert read_text(f"  {damage}\t\n", "en").text == damage


def test_positions_lead_into_the_file() -> None:
    document = read_text("Title\r\n\r\n   Second paragraph.\r\nOwn line", "en", "notes.txt")
    assert document.path == "notes.txt"
    assert document.text == "Title\n\nSecond paragraph.\n\nOwn line"
    assert document.position(0) == Position(1, 1)
    assert document.position(document.text.index("Second")) == Position(3, 4)
    assert document.position(document.text.index("line")) == Position(4, 5)


def test_positions_in_wrapped_lines() -> None:
    wrapped = textwrap.fill(STORY, 72)
    document = read_text(wrapped, "en")
    for number, line in enumerate(wrapped.split("\n"), start=1):
        assert document.position(document.text.index(line)) == Position(number, 1)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u00a0\n"])
def test_empty(text: str) -> None:
    with pytest.raises(EmptyError) as error:
        read_text(text, "en")
    assert error.value.place == "<text>"
    assert error.value.remedy == "Give a file with sentences in it"


def test_a_line_without_end_is_no_prose() -> None:
    with pytest.raises(FormatError) as error:
        read_plain("Title\n\n" + "word " * 200_000, "data.txt", "en")
    assert error.value.place == "data.txt:3"
    assert error.value.cause.startswith("a block of 1,000,000 characters without a line break is no prose")
    assert error.value.remedy == "Give the text in paragraphs of less than 200,000 characters"


def test_long_text_with_line_breaks_is_prose() -> None:
    assert len(read_plain(textwrap.fill(STORY * 1_200, 72), "novel.txt", "en").text) > 200_000
