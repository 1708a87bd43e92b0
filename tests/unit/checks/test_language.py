from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks._interface import LABELS, label_run
from mtaudit.checks.language import Untranslated, WrongLanguage, foreign_language
from mtaudit.langid import alike, identify, script_runs, without_verbatim
from mtaudit.rules import PairView, Resources
from mtaudit.terms import Glossary
from mtaudit.types import Finding, Span
from tests.support import bitext, quotes, run_pair

EN_DE, EN_RU, EN_JA = ("en", "de"), ("en", "ru"), ("en", "ja")


def run_all(
    check: Untranslated | WrongLanguage, pairs: list[tuple[str | None, str | None]], languages: tuple[str, str] = EN_DE
) -> list[str]:
    """Quotes of a pair check over a whole bitext: its neighbours matter for short lines."""
    both = bitext(pairs, languages)
    assert both.pairs is not None
    findings: list[Finding] = []
    for pair in both.pairs:
        view = PairView.of(both, pair)
        if view.target is not None:
            findings += check.check(view)
    return [quote for _, quote in quotes(both, findings)]


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param(
            "The kitchen was painted in a warm yellow.",
            "The kitchen was painted in a warm yellow.",
            EN_DE,
            ["The kitchen was painted in a warm yellow"],
            id="whole copy",
        ),
        pytest.param(
            "The mayor said that the bridge would stay closed until June.",
            "Der Bürgermeister said that the bridge would stay closed bis Juni.",
            EN_DE,
            ["said that the bridge would stay closed"],
            id="run inside a sentence",
        ),
        pytest.param("Close the window", "Close the window", EN_DE, ["Close the window"], id="three ordinary words"),
        pytest.param(
            "Sie wollte nur noch nach Hause und schlafen.",
            "She only wanted to nach Hause und schlafen go.",
            ("de", "en"),
            ["nach Hause und schlafen"],
            id="German left in English",
        ),
        pytest.param(
            "Она уже давно работает в этой больнице.",
            "Sie уже давно работает в этой Klinik.",
            ("ru", "de"),
            ["уже давно работает в этой"],
            id="Cyrillic left in German",
        ),
        pytest.param(
            "Press the button and wait for the green light.",
            "Press the button and wait for the green light.",
            EN_JA,
            ["Press the button and wait for the green light"],
            id="Japanese target",
        ),
        pytest.param(
            "It rained all night, so the match was called off.",
            "Because it had rained all night they have decided that the match could not be played.",
            EN_DE,
            ["Because it had rained all night they have decided that the match could not be played."],
            id="answered in the source language, not copied",
        ),
        pytest.param(
            "他们昨天晚上在车站见面。",
            "Sie 昨天晚上在车站见面 haben.",
            ("zh", "de"),
            ["昨天晚上在车站见面"],
            id="Chinese left in German",
        ),
        pytest.param(
            "The minerals were weighed in the kitchen.",
            "Die minerals wurden in der Küche gewogen.",
            EN_DE,
            ["minerals"],
            id="a single word",
        ),
        pytest.param(
            "It is an ugly northern town.", "Es ist eine ugly northern Stadt.", EN_DE, ["ugly northern"], id="two words"
        ),
        pytest.param(
            "Der Zug war wieder verspätet.",
            "The train was verspätet again.",
            ("de", "en"),
            ["verspätet"],
            id="a German word",
        ),
    ],
)
def test_untranslated_fires(source: str, target: str, languages: tuple[str, str], expected: list[str]) -> None:
    assert [quote for _, quote in run_pair(Untranslated(), source, target, languages)] == expected


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("OK", "OK", EN_DE, id="short string"),
        pytest.param("Internet", "Internet", EN_DE, id="loan word"),
        pytest.param("The global test was normal.", "Der global Test war normal.", EN_DE, id="words of both languages"),
        pytest.param("The word minerals is long.", "Das Wort „minerals“ ist lang.", EN_DE, id="a mention"),
        pytest.param("He sang vie en rose again.", "Er sang wieder vie en rose.", EN_DE, id="a foreign phrase"),
        pytest.param("So United against Rabies met.", "Also tagte United against Tollwut.", EN_DE, id="part of a name"),
        pytest.param("To join it, call merge on the two.", "merge für die zwei", EN_DE, id="no sentence"),
        pytest.param(
            "merge [-q] name: joins it with the other",
            "merge [-q] Name: verbindet das und die anderen mit ihm",
            EN_DE,
            id="usage",
        ),
        pytest.param(
            "The name push.default of the table is not set.",
            "Der Name push.default in der Tabelle ist nicht gesetzt.",
            EN_DE,
            id="identifier",
        ),
        pytest.param("Ski resorts closed.", "Ski-resorts schlossen.", EN_DE, id="part of a compound"),
        pytest.param("The minerals were weighed.", "Les minerals ont été pesés.", ("en", "fr"), id="no list"),
        pytest.param("Bank of England and the Fed", "Bank of England and the Fed", EN_DE, id="names"),
        pytest.param(
            'They watched "the man who came to dinner" again.',
            "Sie sahen noch einmal „the man who came to dinner“.",
            EN_DE,
            id="title in quotes",
        ),
        pytest.param(
            "See https://example.org/how-to-be-a-star", "Siehe https://example.org/how-to-be-a-star", EN_DE, id="url"
        ),
        pytest.param("Run `make all of the docs` first.", "Zuerst `make all of the docs` ausführen.", EN_DE, id="code"),
        pytest.param(
            "His band The Rolling Cows plays at the Royal Albert Hall.",
            "Seine Band The Rolling Cows spielt in der Royal Albert Hall.",
            EN_DE,
            id="names in a sentence",
        ),
        pytest.param("Die Hand war warm.", "Die Hand war warm.", ("de", "en"), id="cognates"),
        pytest.param("1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 8", EN_DE, id="figures"),
        pytest.param(
            "The garden is full of roses.", "Der Garten ist voller Rosen.", EN_DE, id="an ordinary translation"
        ),
        pytest.param("Dell Latitude laptop battery", "Dell Latitude Laptop Battery", EN_DE, id="product"),
    ],
)
def test_untranslated_stays_quiet(source: str, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(Untranslated(), source, target, languages) == []


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param(None, "The kitchen was painted in a warm yellow.", EN_DE, id="no source: MT105 says it"),
        pytest.param("The kitchen was painted.", None, EN_DE, id="gap in the target"),
        pytest.param("The colour of the door", "The colour of the door", ("en-GB", "en-US"), id="one language"),
    ],
)
def test_untranslated_is_ignored(source: str | None, target: str | None, languages: tuple[str, str]) -> None:
    assert run_pair(Untranslated(), source, target, languages) == []


PROSE = ("The old mill was sold last week.", "Die alte Mühle wurde letzte Woche verkauft.")
BUTTONS = ["happy", "bored", "amazed", "sleepy", "share", "reply"]


def test_a_row_of_buttons_is_judged_together() -> None:
    pairs: list[tuple[str | None, str | None]] = [PROSE, *((None, button) for button in BUTTONS)]
    assert run_all(Untranslated(), pairs) == BUTTONS
    assert run_all(WrongLanguage(), pairs) == []


def test_without_a_source_the_row_is_in_a_wrong_language() -> None:
    pairs: list[tuple[str | None, str | None]] = [(None, PROSE[1]), *((None, button) for button in BUTTONS)]
    assert run_all(WrongLanguage(), pairs) == BUTTONS
    assert run_all(Untranslated(), pairs) == []


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Peter Smith", "Mary Brown", "John Clark", "Anna Wood", "Tom Baker"], id="names"),
        pytest.param(["Mehl", "Zucker", "Butter", "Milch", "zwei Eier"], id="a German recipe"),
        pytest.param(["happy", "bored", "amazed"], id="too few"),
    ],
)
def test_other_rows_of_short_lines_stay_unmarked(lines: list[str]) -> None:
    pairs: list[tuple[str | None, str | None]] = [(None, PROSE[1]), *((None, line) for line in lines)]
    assert run_all(WrongLanguage(), pairs) == []


ABOVE = (
    "Nobody in the village had expected the well to run dry, and every bucket counted.",
    "Niemand im Dorf hatte damit gerechnet, dass der Brunnen versiegt, und jeder Eimer zählte.",
)


@pytest.mark.parametrize(
    ("heading", "following", "expected"),
    [
        ("What Happens Next", ABOVE, True),
        ("The Last Bucket of the Summer", ABOVE, True),
        ("How We Lost Our Well", ABOVE, True),
        ("Bucket Brigade Saves Village Church", ABOVE, False),
        ("The Man Who Sold the Moon", ABOVE, False),
        ("Acme Bucket Works Limited", ABOVE, False),
        ("The Last Bucket of the Summer", ("Four Wells and a Bucket", "Vier Brunnen und ein Eimer"), False),
        ("The Mill Times", ("She wrote for The Mill Times until she was ninety years old.", ABOVE[1]), False),
        ("Was Jetzt Passiert", ABOVE, False),
    ],
    ids=[
        "question",
        "noun phrase with small words",
        "pronouns",
        "no small words: might be a name",
        "title of a work: no word of the text",
        "name",
        "in a list of titles",
        "a name that the text speaks of",
        "target language",
    ],
)
def test_headings_left_as_they_were(heading: str, following: tuple[str, str], expected: bool) -> None:
    pairs: list[tuple[str | None, str | None]] = [PROSE, (heading, heading), following]
    assert run_all(Untranslated(), pairs) == ([heading] if expected else [])


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(
            "“We carried the old clock down to the cellar,” said Mia.",
            "„We carried the old clock down to the cellar“, sagte Mia.",
            ["We carried the old clock down to the cellar"],
            id="at the start",
        ),
        pytest.param(
            "Mia said: “We carried the clock to the cellar.”",
            "Mia sagte: „We carried the clock to the cellar.“",
            ["We carried the clock to the cellar"],
            id="after a colon",
        ),
        pytest.param(
            "She hummed “Carry me down to the river” all day.",
            "Den ganzen Tag summte sie „Carry me down to the river“.",
            [],
            id="title in lower case",
        ),
        pytest.param(
            "Her book “The Clock and the Cellar Under the Hill.” is out.",
            "Ihr Buch „The Clock and the Cellar Under the Hill.“ ist da.",
            [],
            id="title in capitals with a stop",
        ),
        pytest.param("The motto is “Less is more.”", "Das Motto lautet „Less is more.“", [], id="motto"),
    ],
)
def test_speech_left_as_it_was(source: str, target: str, expected: list[str]) -> None:
    assert [quote for _, quote in run_pair(Untranslated(), source, target)] == expected


def test_translated_buttons_stay_unmarked() -> None:
    pairs: list[tuple[str | None, str | None]] = [("Share", "Teilen"), ("Reply", "Antworten"), ("Login", "Login")] * 2
    assert run_all(Untranslated(), pairs) == []


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param(
            "We had to wait for three hours at the border.",
            "Nous avons dû attendre pendant trois heures à la frontière.",
            EN_DE,
            ["Nous avons dû attendre pendant trois heures à la frontière."],
            id="French for German",
        ),
        pytest.param(
            None,
            "We had to wait for three hours at the border.",
            EN_DE,
            ["We had to wait for three hours at the border."],
            id="English for German, no source",
        ),
        pytest.param(
            "That is an important question.",
            "Das ist eine важная Frage.",
            EN_DE,
            ["важная"],
            id="Russian word in German",
        ),
        pytest.param("The train is late.", "Der Zug ist 迟到.", EN_DE, ["迟到"], id="Chinese word in German"),
        pytest.param("Please press here.", "Пожалуйста, нажмите 여기.", EN_RU, ["여기"], id="Korean word in Russian"),
        pytest.param("The president spoke.", "Der Präsid\u0435nt sprach.", EN_DE, ["Präsid\u0435nt"], id="Cyrillic e"),
        pytest.param("The lamp stands here.", "Лампа \u0063тоит здесь.", EN_RU, ["\u0063тоит"], id="Latin c"),
        pytest.param("The train is late.", "列车はまだ。", ("en", "zh"), ["はまだ"], id="kana in Chinese"),
    ],
)
def test_wrong_language_fires(source: str | None, target: str, languages: tuple[str, str], expected: list[str]) -> None:
    assert [quote for _, quote in run_pair(WrongLanguage(), source, target, languages)] == expected


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("The garden is full of roses.", "Der Garten ist voller Rosen.", EN_DE, id="right language"),
        pytest.param("The word мир means peace.", "Das Wort мир bedeutet Frieden.", EN_DE, id="the source has it too"),
        pytest.param("Peace is important.", "Frieden (мир) ist wichtig.", EN_DE, id="in brackets"),
        pytest.param("Ivan wrote it.", "Иван hat es geschrieben.", EN_DE, id="name in its own script"),
        pytest.param("The angle is small.", "Der Winkel α ist klein.", EN_DE, id="Greek letter of mathematics"),
        pytest.param("Send a text message.", "Отправьте SMSку.", EN_RU, id="declined abbreviation"),
        pytest.param("He works in IT.", "Он IT-специалист.", EN_RU, id="hyphenated abbreviation"),
        pytest.param("Buy the new iPhone.", "请购买新的 iPhone。", ("en", "zh"), id="Latin in Chinese"),
        pytest.param("Buy the new iPhone.", "新しいiPhoneを買ってください。", EN_JA, id="Latin in Japanese"),
        pytest.param("Veni, vidi, vici, he said.", "Veni, vidi, vici, sagte er.", EN_DE, id="Latin motto"),
        pytest.param(
            "The motto is liberté, égalité, fraternité pour tous les hommes de la terre.",
            "Liberté, égalité, fraternité pour tous les hommes de la terre.",
            EN_DE,
            id="a quotation that the source has",
        ),
        pytest.param(None, "Goal!", EN_DE, id="too short"),
        pytest.param(
            "Good morning.", "Dobrý deň, ako sa dnes máte všetci tam?", ("en", "sk"), id="no table for Slovak"
        ),
    ],
)
def test_wrong_language_stays_quiet(source: str | None, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(WrongLanguage(), source, target, languages) == []


@pytest.mark.parametrize(
    ("target", "languages"),
    [
        pytest.param("Δοκιμή και another test of the words.", ("en", "xx"), id="unknown tag"),
        pytest.param("Any words of any language at all.", ("en", "und"), id="undetermined target"),
    ],
)
def test_wrong_language_is_ignored(target: str, languages: tuple[str, str]) -> None:
    assert run_pair(WrongLanguage(), "Any words of a language.", target, languages) == []


def test_foreign_language_names_the_language() -> None:
    both = bitext([(None, "Ils ont dit que le train serait en retard ce soir.")], EN_DE)
    assert both.pairs is not None
    foreign = foreign_language(both, both.pairs[0].target[0])
    assert foreign is not None
    assert (foreign.language, foreign.lines) == ("fr", 1)
    assert foreign.probability > 0.95


def test_verbatim_parts_are_blanked_and_offsets_kept() -> None:
    text = 'Er las "A Day in Rome" (1987) auf https://example.org heute.'
    assert without_verbatim(text) == "Er las" + " " * 24 + "auf" + " " * 21 + "heute."
    assert len(without_verbatim(text)) == len(text)


def test_script_runs_join_neighbours_across_blanks() -> None:
    assert list(script_runs("ab добрый день, c")) == [("Latin", 0, 2), ("Cyrillic", 3, 14), ("Latin", 16, 17)]


@pytest.mark.parametrize(("one", "other", "expected"), [("cs", "sk", True), ("de", "de", True), ("de", "ru", False)])
def test_alike(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected


def test_identify_refuses_unknown_languages() -> None:
    assert identify("Das ist gut.", frozenset({"xx", "de"})) == {}


def test_label_run_needs_a_whole_paragraph() -> None:
    text = "one\n\ntwo words\n\nthis paragraph has far too many words\n\nlast"
    run = label_run(text, Span(0, 3))
    assert run is not None
    assert [label.line for label in run.labels] == ["one", "two words"]
    assert (run.words, run.lower, run.listed) == (3, 3, 0)
    assert label_run(text, Span(5, 8)) is None
    assert label_run(text, Span(16, 53)) is None


def test_label_run_looks_fifteen_paragraphs_each_way() -> None:
    lines = [
        "more than five words in here",
        *(f"Home {number}" for number in range(40)),
        "Home",
        "this is not a label at all",
    ]
    text = "\n\n".join(lines)
    for number, line in enumerate(lines[1:-1], start=1):
        start = text.index("\n\n" + line + "\n\n") + 2
        run = label_run(text, Span(start, start + len(line)))
        assert run is not None
        around = lines[max(1, number - 15) : min(len(lines) - 1, number + 16)]
        assert [label.line for label in run.labels] == around
        assert run.words == sum(len(each.split()) for each in around)
        assert run.listed == around.count("Home")


def test_labels_are_folded() -> None:
    assert "uber uns" in LABELS["de"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from([EN_DE, EN_RU, EN_JA, ("zh", "ja"), ("de", "fr")]))
def test_any_text_is_survived(source: str, target: str, languages: tuple[str, str]) -> None:
    for check in (Untranslated(), WrongLanguage()):
        for side, quote in run_pair(check, source or "x", target or "x", languages):
            assert side == "target"
            assert quote


COPIED = ("Choose save as a copy in the menu.", "Wählen Sie im Menü save as a copy.")


@pytest.mark.parametrize(
    ("pair", "verbatim", "expected"),
    [
        pytest.param(COPIED, (), ["save as a copy"], id="no glossary"),
        pytest.param(COPIED, ("save as a copy",), [], id="one entry"),
        pytest.param(COPIED, ("save as", "a copy"), [], id="entries side by side"),
        pytest.param(COPIED, ("save as", "as a copy"), [], id="entries that overlap"),
        pytest.param(COPIED, ("Save As A Copy",), ["save as a copy"], id="written otherwise"),
        pytest.param(COPIED, ("savings",), ["save as a copy"], id="another word"),
        pytest.param(
            ("Choose save as a copy and close the window.", "Wählen Sie save as a copy and close the window."),
            ("save as a copy",),
            ["save as a copy and close the window"],
            id="ordinary words behind",
        ),
        pytest.param(
            ("The garden of the sleeping bees is open.", "the garden of the sleeping bees"),
            ("the garden of the sleeping bees",),
            [],
            id="whole segment",
        ),
    ],
)
def test_what_is_not_to_be_translated_is_not_untranslated(
    pair: tuple[str, str], verbatim: tuple[str, ...], expected: list[str]
) -> None:
    check = Untranslated.made(Resources(Glossary((), verbatim)))
    assert run_all(check, [pair]) == expected
