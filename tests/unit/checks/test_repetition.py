from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.repetition import DuplicatedPassage, Repetition
from mtaudit.rules import DocumentView
from tests.support import bitext, run_document, run_pair


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param("He came home.", "Er kam und und ging.", ("en", "de"), ["und und"], id="doubled small word"),
        pytest.param(None, "In the the middle of it.", ("de", "en"), ["the the"], id="English, no source"),
        pytest.param("It is good.", "Das ist gut gut gut.", ("en", "de"), ["gut gut gut"], id="word three times"),
        pytest.param(
            "In the middle of the night.",
            "In der Mitte der langen in der Mitte der langen Nacht.",
            ("en", "de"),
            ["In der Mitte der langen in der Mitte der langen"],
            id="phrase twice",
        ),
        pytest.param(
            "He left the old house.",
            "Er verließ das Haus, das er verließ, das er verließ, das er verließ.",
            ("en", "de"),
            ["das er verließ, das er verließ, das er verließ"],
            id="clause that loops",
        ),
        pytest.param(
            "Well done!",
            "Sehr gut sehr gut sehr gut gemacht!",
            ("en", "de"),
            ["Sehr gut sehr gut sehr gut"],
            id="two words",
        ),
        pytest.param(
            "It is a lovely town.",
            "Es ist eine schönschönschönschöne Stadt.",
            ("en", "de"),
            ["schönschönschönschön"],
            id="syllables",
        ),
        pytest.param(
            "The meeting went on.",
            "会议继续进行会议继续进行会议继续进行。",
            ("en", "zh"),
            ["会议继续进行会议继续进行会议继续进行"],
            id="Chinese",
        ),
        pytest.param(
            "She is very kind.", "Она очень очень очень добра.", ("en", "ru"), ["очень очень очень"], id="Russian"
        ),
    ],
)
def test_repetition_fires(source: str | None, target: str, languages: tuple[str, str], expected: list[str]) -> None:
    assert [quote for _, quote in run_pair(Repetition(), source, target, languages)] == expected


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("Very, very good", "Sehr, sehr gut", ("en", "de"), id="emphasis"),
        pytest.param("Ha ha ha!", "Ha ha ha!", ("en", "de"), id="laughter"),
        pytest.param("No no no no", "Nein nein nein nein", ("en", "de"), id="the source repeats as often"),
        pytest.param("Very very good", "Sehr sehr sehr gut", ("en", "de"), id="one copy more than the source"),
        pytest.param("Those that stay", "Die, die die Stadt nicht verlassen", ("en", "de"), id="German die die"),
        pytest.param("She sees her", "Ich weiß, dass sie sie sieht", ("en", "de"), id="German sie sie"),
        pytest.param("We wash ourselves", "Nous nous lavons", ("en", "fr"), id="French nous nous"),
        pytest.param("Call 10 10 10 now", "Rufen Sie 10 10 10 an", ("en", "de"), id="figures, source too"),
        pytest.param("Call us", "Telefon 10 10 10", ("en", "de"), id="figures"),
        pytest.param("And so forth", "Und so weiter und so weiter", ("en", "de"), id="manner of speaking"),
        pytest.param("Step by step by step", "Schritt für Schritt für Schritt", ("en", "de"), id="step by step"),
        pytest.param("I think it is me", "Myslím, že ze mě", ("en", "cs"), id="words that differ in an accent"),
        pytest.param("They live in Baden-Baden", "Sie leben in Baden-Baden", ("en", "de"), id="place name"),
        pytest.param("Take a look", "看看这个，慢慢来，好好学习，天天向上", ("en", "zh"), id="Chinese reduplication"),
        pytest.param("Various things", "いろいろなことがますます増える", ("en", "ja"), id="Japanese reduplication"),
        pytest.param(None, "Nein, nein, nein!", ("en", "de"), id="no source, parted by commas"),
        pytest.param("Hahahahaha!", "Hahahahaha!", ("en", "de"), id="laughter in one word"),
    ],
)
def test_repetition_stays_quiet(source: str | None, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(Repetition(), source, target, languages) == []


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param(
            "We have a plan.",
            "Haben haben wir einen Plan.",
            ("en", "de"),
            "Haben haben",
            id="capital opens the sentence",
        ),
        pytest.param("The door is shut.", "Die Tür. Ist zu zum zum Glück.", ("en", "de"), "zum zum", id="German small"),
        pytest.param("Die Tür ist zu.", "The the door is shut.", ("de", "en"), "The the", id="English, capital"),
        pytest.param("She sold the boat.", "Sie verkaufte das Boot Boot.", ("en", "de"), "Boot Boot", id="German noun"),
        pytest.param(
            "A quiet garden.", "Ein kleiner stiller stiller Garten.", ("en", "de"), "stiller stiller", id="adj."
        ),
        pytest.param("Er kaufte eine Lampe.", "He bought a lamp lamp.", ("de", "en"), "lamp lamp", id="English noun"),
        pytest.param("Frau Tibor kam.", "Mrs Tibor Tibor came.", ("de", "en"), "Tibor Tibor", id="the source's name"),
        pytest.param(
            "The ship sails at noon.",
            "Das Schiff das Schiff fährt mittags.",
            ("en", "de"),
            "Das Schiff das Schiff",
            id="article and noun, first capital",
        ),
        pytest.param(
            "Er wohnt in Linz.", "He lives in Linz in Linz.", ("de", "en"), "in Linz in Linz", id="preposition"
        ),
        pytest.param(
            "Grüne Farbe fehlt.",
            "He needs green paint green paint.",
            ("de", "en"),
            "green paint green paint",
            id="two full words",
        ),
        pytest.param("She reads a novel.", "Она читает книгу книгу.", ("en", "ru"), "книгу книгу", id="Russian"),
        pytest.param("A new bridge.", "Un puente de de piedra.", ("en", "es"), "de de", id="Spanish"),
        pytest.param("He came to Brno.", "Přijel do do Brna.", ("en", "cs"), "do do", id="Czech"),
        pytest.param(None, "Ein leeres leeres Zimmer.", ("en", "de"), "leeres leeres", id="no source"),
        pytest.param("Shut the\nlid.", "Mach den Deckel\nDeckel zu.", ("en", "de"), "Deckel\nDeckel", id="over a line"),
    ],
)
def test_a_word_put_in_twice_is_found(
    source: str | None, target: str, languages: tuple[str, str], expected: str
) -> None:
    assert [quote for _, quote in run_pair(Repetition(), source, target, languages)] == [expected]


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("Those who know it", "Die die es kennen", ("en", "de"), id="die die, no comma"),
        pytest.param("He knows that", "Er weiß, dass das das ist", ("en", "de"), id="das das"),
        pytest.param("The one who came", "Der der kam", ("en", "de"), id="der der"),
        pytest.param("One cannot not answer", "Man kann nicht nicht antworten", ("en", "de"), id="nicht nicht"),
        pytest.param("A book by von Trotta", "Ein Buch von von Trotta", ("en", "de"), id="von von"),
        pytest.param("Er hatte gegessen", "He had had lunch", ("de", "en"), id="had had"),
        pytest.param("Ich weiß es", "I know that that is so", ("de", "en"), id="that that"),
        pytest.param("Extremely good", "Sehr sehr gut", ("en", "de"), id="sehr sehr"),
        pytest.param("Überaus gut", "Very very good", ("de", "en"), id="very very"),
        pytest.param("Little by little", "Nach und nach nach Norden", ("en", "de"), id="nach und nach nach"),
        pytest.param("A concert by Duran Duran", "Ein Konzert von Duran Duran", ("en", "de"), id="name, source too"),
        pytest.param("Eine Insel im Süden", "Bora Bora is an island", ("de", "en"), id="name that the source lacks"),
        pytest.param(None, "Wir fuhren nach Bora Bora", ("en", "de"), id="name, no source"),
        pytest.param("Various books", "Buku buku lama", ("en", "id"), id="Indonesian"),
        pytest.param("Slowly", "Yavaş yavaş", ("en", "tr"), id="Turkish"),
        pytest.param("Twenty", "20 20", ("en", "de"), id="figures"),
        pytest.param("It is funny", "Ha ha", ("en", "de"), id="interjection"),
        pytest.param("The fish fish swim", "Die Fische Fische", ("en", "de"), id="the source doubles too"),
        pytest.param("I live my life", "Ich will mein Leben leben", ("en", "de"), id="noun and verb"),
        pytest.param("Menschen in Not", "Those in need need help", ("de", "en"), id="one clause in another"),
        pytest.param(
            "The account has users", "La cuenta cuenta con usuarios", ("en", "es"), id="Spanish noun and verb"
        ),
        pytest.param("Die Tür zeigt", "La porte porte un nom", ("de", "fr"), id="French noun and verb"),
        pytest.param("She left", "Rozešla se se mnou", ("en", "cs"), id="Czech se se"),
        pytest.param("Conqueror of conquerors", "Der Eroberer der Eroberer", ("en", "de"), id="genitive"),
        pytest.param("From town to town", "Von Stadt zu Stadt zu ziehen", ("en", "de"), id="Stadt zu Stadt zu"),
        pytest.param("News at a glance", "ORF.at at a glance", ("de", "en"), id="part of an address"),
        pytest.param("On and off", "Ein Ein- und Ausschalter", ("en", "de"), id="part of a compound"),
        pytest.param("Die Eltern. Auch die Eltern", "The parents The parents came", ("de", "en"), id="heading"),
        pytest.param("Beautiful because you are you", "Schön, weil deine deine ist", ("en", "de"), id="near in source"),
        pytest.param("They meet", "Sie, sie", ("en", "de"), id="comma"),
    ],
)
def test_a_word_that_rightly_stands_twice_is_left_alone(
    source: str | None, target: str, languages: tuple[str, str]
) -> None:
    assert run_pair(Repetition(), source, target, languages) == []


def test_repetition_ignores_gaps_in_the_target() -> None:
    assert run_pair(Repetition(), "It is good.", None) == []


A = ("The old mill by the river was sold to a baker.", "Die alte Mühle am Fluss wurde an einen Bäcker verkauft.")
B = ("He wants to grind his own flour from next year.", "Er will ab nächstem Jahr sein eigenes Mehl mahlen.")
C = ("The neighbours are glad about the new life.", "Die Nachbarn freuen sich über das neue Leben.")
LONG = (
    "The council will meet again in spring to decide whether the road past the mill is to be closed to lorries.",
    "Der Rat tritt im Frühjahr wieder zusammen und entscheidet, ob die Straße an der Mühle für Laster gesperrt wird.",
)
MORE = ("Read more", "Mehr lesen")
Pairs = list[tuple[str | None, str | None]]


def targets(*pairs: tuple[str, str]) -> Pairs:
    return [(None, target) for _, target in pairs]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([A, B, C, *targets(A, B, C)], [A[1], B[1], C[1]], id="article twice, later copy is a gap"),
        pytest.param(targets(A, B, C, A, B), [A[1], B[1]], id="no source"),
        pytest.param([*targets(A, B), A, B], [A[1], B[1]], id="first copy is the gap"),
        pytest.param([LONG, A, *targets(LONG)], [LONG[1]], id="one long sentence"),
        pytest.param(
            [A, B, C, (None, "DIE alte Mühle am  Fluss wurde an einen Bäcker verkauft."), (None, B[1])],
            ["DIE alte Mühle am  Fluss wurde an einen Bäcker verkauft.", B[1]],
            id="case and blanks differ",
        ),
        pytest.param(
            [LONG, ("Nobody has asked the people who live next door.", LONG[1])],
            [LONG[1]],
            id="translation of another sentence",
        ),
        pytest.param(targets(A, A, A, A), [A[1], A[1]], id="one sentence over and over"),
    ],
)
def test_duplicated_passage_fires(pairs: Pairs, expected: list[str]) -> None:
    assert [quote for _, quote in run_document(DuplicatedPassage(), pairs)] == expected


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([A, B, C], id="nothing repeated"),
        pytest.param([A, B, C, A, B, C], id="the source repeats likewise"),
        pytest.param([A, MORE, B, MORE, C, MORE], id="short formula"),
        pytest.param(targets(A, MORE, B, MORE, C, MORE), id="short formula, no source"),
        pytest.param(targets(A, B, A), id="one sentence of middling length"),
        pytest.param([LONG, A, (LONG[0].replace("spring", "autumn"), LONG[1])], id="sources much alike"),
        pytest.param([], id="empty"),
    ],
)
def test_duplicated_passage_stays_quiet(pairs: Pairs) -> None:
    assert run_document(DuplicatedPassage(), pairs or [(None, "x")]) == []


def test_duplicated_passage_numbers_its_sentences() -> None:
    both = bitext(targets(A, B, C, B, C))
    assert both.pairs is not None
    findings = list(DuplicatedPassage().check(DocumentView(both, both.pairs)))
    assert [(f.pair, f.evidence) for f in findings] == [
        (3, {"passage": 1, "sentence": 1, "of": 2, "copy_of": 2}),
        (4, {"passage": 1, "sentence": 2, "of": 2, "copy_of": 3}),
    ]


def test_passages_are_numbered_apart() -> None:
    both = bitext(targets(A, B, C, LONG, A, B, MORE, LONG))
    assert both.pairs is not None
    findings = list(DuplicatedPassage().check(DocumentView(both, both.pairs)))
    assert [finding.evidence["passage"] for finding in findings] == [1, 1, 2]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["ab", "cd", "ef", ",", "x" * 50, "该"]), max_size=40))
def test_any_words_are_survived(pieces: list[str]) -> None:
    text = " ".join(pieces) or "x"
    for language in ("de", "zh"):
        for _, quote in run_pair(Repetition(), "One short sentence.", text, ("en", language)):
            assert quote
    run_document(DuplicatedPassage(), [(None, piece) for piece in pieces] or [(None, "x")])
