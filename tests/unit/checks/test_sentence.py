from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.sentence import BrokenSentence
from mtaudit.rules import PairView
from mtaudit.types import Bitext, Segment, SegmentPair, Severity, Span
from tests.support import bitext, document, run_pair


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        pytest.param(
            "The firm faces a new task.",
            "Die Firma steht vor einer . neuen Aufgabe.",
            ("en", "de"),
            ["einer . neuen"],
            id="stray stop",
        ),
        pytest.param(
            None, "Die Firma steht vor einer . neuen Aufgabe.", ("en", "de"), ["einer . neuen"], id="stop, no source"
        ),
        pytest.param(
            "The rain closed the upper floor.",
            "Der Regen hat unser . Obergeschoss verschlossen.",
            ("en", "de"),
            ["unser . Obergeschoss"],
            id="stray stop before a noun",
        ),
        pytest.param(
            "It was the fifth defeat in a row.",
            "Es war die fünfte Niederlage in. Folge.",
            ("en", "de"),
            ["in. Folge"],
            id="stop after a preposition",
        ),
        pytest.param(
            "They point to the profits of large chains.",
            "Sie verweisen auf. Gewinne der großen Ketten.",
            ("en", "de"),
            ["auf. Gewinne"],
            id="stop before a phrase without a verb",
        ),
        pytest.param(
            "He is away because of it.", "Er ist. deswegen nicht da.", ("en", "de"), ["ist. deswegen"], id="small word"
        ),
        pytest.param(
            "The path is long, no path is longer.",
            "Der Weg. ist lang, kein Weg ist länger.",
            ("en", "de"),
            ["Weg. ist"],
            id="short noun that stands there without a stop too",
        ),
        pytest.param(
            "The mayor of Bremen, who had met them, promised help.",
            "Bremen, Der Bürgermeister, der sie getroffen hatte, versprach Hilfe.",
            ("en", "de"),
            ["Bremen, Der"],
            id="broken apposition after a comma",
        ),
        pytest.param(
            "He opened the door and went to the street.",
            "Er wollte die Türe öffnen. auf die Straße gehen.",
            ("en", "de"),
            ["öffnen. auf"],
            id="goes on in lower case",
        ),
        pytest.param(
            "Anna Berg, Sweden's spokeswoman, agreed to the plan.",
            "Anna Berg, Schweden Die Sprecherin hat dem Plan ohne lange Bedenken zugestimmt.",
            ("en", "de"),
            ["Schweden Die"],
            id="sentence inside a sentence",
        ),
        pytest.param(
            None,
            "Anna Berg, Schweden Die Sprecherin hat dem Plan ohne lange Bedenken zugestimmt.",
            ("en", "de"),
            ["Schweden Die"],
            id="sentence inside a sentence, no source",
        ),
        pytest.param(
            "El portavoz de Suecia aceptó el plan.",
            "Anna Berg of Sweden The spokeswoman agreed to the plan.",
            ("es", "en"),
            ["Sweden The"],
            id="English",
        ),
        pytest.param(
            "Sweden's spokeswoman agreed to the new plan.",
            "Anna Berg de Suède Elle a accepté le nouveau plan.",
            ("en", "fr"),
            ["Suède Elle"],
            id="French",
        ),
        pytest.param(
            "The bridge is closed because it is unsafe.",
            "Die Brücke ist gesperrt, weil.",
            ("en", "de"),
            ["weil."],
            id="open end",
        ),
        pytest.param(
            "It is a gift for the king.", "Es ist ein Geschenk vom.", ("en", "de"), ["vom."], id="open end, article"
        ),
        pytest.param(
            "The shop is closed today.", "der Laden ist heute zu.", ("en", "de"), ["der"], id="lower-case start"
        ),
        pytest.param("Мост закрыт.", "A bridge is . closed today.", ("ru", "en"), ["is . closed"], id="from Russian"),
        pytest.param(
            "The bridge is closed again today.",
            "Мост снова . закрыт сегодня.",
            ("en", "ru"),
            ["снова . закрыт"],
            id="Russian",
        ),
    ],
)
def test_fires(source: str | None, target: str, languages: tuple[str, str], expected: list[str]) -> None:
    assert [quote for _, quote in run_pair(BrokenSentence(), source, target, languages)] == expected


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        pytest.param("He came. She left.", "Er kam. Sie ging.", ("en", "de"), id="two sentences"),
        pytest.param("It costs approx. five euros.", "Es kostet ca. fünf Euro.", ("en", "de"), id="abbreviation"),
        pytest.param(None, "Das Amt der einschl. aller Räume sanierten Schule", ("en", "de"), id="long abbreviation"),
        pytest.param(
            "It costs at least ten euros.",
            "Das kostet mind. zehn Euro inkl. aller Zutaten.",
            ("en", "de"),
            id="short ones",
        ),
        pytest.param(
            "He took it on. People came.", "Er nahm es an. Menschen kamen.", ("en", "de"), id="prefix of a verb"
        ),
        pytest.param(
            "He took it on because people came.",
            "Er nahm es an. Menschen kamen nämlich.",
            ("en", "de"),
            id="one made two",
        ),
        pytest.param(
            "Acme sells, and Acme rents.",
            "Die Acme Corp. verkauft alles, was die Acme Corp vermietet.",
            ("en", "de"),
            id="abbreviation that stands there without a stop too",
        ),
        pytest.param("I take one. Just briefly.", "Ich nehme eine. Kurz jedenfalls.", ("en", "de"), id="pronoun"),
        pytest.param(
            "In parliament the Left voted against it.",
            "Im Parlament stimmte Die Linke dagegen.",
            ("en", "de"),
            id="party with its article",
        ),
        pytest.param(
            "Today the Circle plays, tomorrow the Circle rests.",
            "Heute spielt Der Zirkel, und morgen ruht Der Zirkel.",
            ("en", "de"),
            id="name that the text uses throughout",
        ),
        pytest.param(
            "He wrote Lagoon, A Story of Venice, in May.",
            "Er schrieb im Mai Lagune, Eine Geschichte Venedigs.",
            ("en", "de"),
            id="subtitle",
        ),
        pytest.param("On 3 May they met.", "Setkali se 3. května v Praze.", ("en", "cs"), id="ordinal number"),
        pytest.param("The new phone is here.", "Das neue Telefon ist da. iPhone heißt es.", ("en", "de"), id="brand"),
        pytest.param(
            "Go to example.com now.", "Gehen Sie jetzt auf beispielseite. de oder com.", ("en", "de"), id="split host"
        ),
        pytest.param("to be . or not", "sein oder . nicht sein, sagt er", ("en", "de"), id="the source has it too"),
        pytest.param("Well . . . he left.", "Nun . . . er ging weg.", ("en", "de"), id="spaced ellipsis"),
        pytest.param("ok. see you there", "In Ordnung. bis dann also, Leute", ("en", "de"), id="sloppy source"),
        pytest.param(
            "She reads The Mirror every day at noon.",
            "Sie liest Der Spiegel jeden Tag am Mittag.",
            ("en", "de"),
            id="title",
        ),
        pytest.param(None, "Er spielt in der Serie Die Bergwacht den alten Arzt.", ("en", "de"), id="announced title"),
        pytest.param(
            "We grew closer.", "Aus zwei Menschen wurde dann ein Wir mit Zukunft.", ("en", "de"), id="pronoun as noun"
        ),
        pytest.param(
            "He lives in The Hague now.", "Il vit maintenant à La Haye en Hollande.", ("en", "fr"), id="place name"
        ),
        pytest.param(
            "He said: The end is near.", "Er sagte also laut: Das Ende ist nah.", ("en", "de"), id="after a colon"
        ),
        pytest.param("He called it “The End”.", "Er nannte es damals „Das Ende“.", ("en", "de"), id="in quotes"),
        pytest.param(
            "The Cat And The Hat And The Dog", "Die Katze Und Der Hut Und Der Hund", ("en", "de"), id="title case"
        ),
        pytest.param("Go in.", "Wir steigen jetzt ein.", ("en", "de"), id="separable prefix"),
        pytest.param("You are coming, right?", "Du kommst doch heute, oder?", ("en", "de"), id="question tag"),
        pytest.param("Put it under “and”.", "Das steht unter dem Wort „und“.", ("en", "de"), id="mentioned word"),
        pytest.param(
            "iPads are not cheap at all.", "iPads sind gar nicht billig.", ("en", "de"), id="brand at the start"
        ),
        pytest.param("the shop is closed", "der Laden ist heute zu.", ("en", "de"), id="source starts lower as well"),
        pytest.param(None, "der Laden ist heute zu.", ("en", "de"), id="list item"),
        pytest.param("- The shop is closed.", "- der Laden ist zu.", ("en", "de"), id="list mark"),
        pytest.param("The Shop is closed.", "… der Laden ist zu.", ("en", "de"), id="ellipsis before"),
    ],
)
def test_stays_quiet(source: str | None, target: str, languages: tuple[str, str]) -> None:
    assert run_pair(BrokenSentence(), source, target, languages) == []


@pytest.mark.parametrize(
    ("target", "languages"),
    [
        pytest.param("这座桥 . 今天关闭。", ("en", "zh"), id="Chinese has no capitals"),
        pytest.param("橋は . 今日 閉鎖されています。", ("en", "ja"), id="Japanese"),
        pytest.param("gibberish . goes here.", ("en", "xx"), id="unknown language"),
        pytest.param(None, ("en", "de"), id="gap"),
    ],
)
def test_is_ignored(target: str | None, languages: tuple[str, str]) -> None:
    assert run_pair(BrokenSentence(), "The bridge is closed today.", target, languages) == []


def test_a_chunk_after_the_end_of_a_sentence_is_a_fragment() -> None:
    text = "Die Lage bleibt ernst. und niemand weiß Rat."
    target = document(text, "de")
    segments = (Segment(0, Span(0, 22), text[:22]), Segment(1, Span(23, 44), text[23:]))
    both = Bitext(None, target, tuple(SegmentPair(k, (), (segment,)) for k, segment in enumerate(segments)))
    assert both.pairs is not None
    findings = list(BrokenSentence().check(PairView.of(both, both.pairs[1])))
    assert [(f.span, f.severity, f.evidence["kind"]) for f in findings] == [
        (Span(23, 26), Severity.MINOR, "lower-start")
    ]


def test_messages_say_what_is_wrong() -> None:
    both = bitext([("The firm faces a new task.", "Die Firma steht vor einer . neuen Aufgabe.")])
    assert both.pairs is not None
    (finding,) = BrokenSentence().check(PairView.of(both, both.pairs[0]))
    assert finding.message == "A full stop after 'einer' cuts the sentence, which goes on with 'neuen' in lower case"
    assert finding.evidence == {"kind": "stray-stop"}
    assert finding.confidence == 0.9


@settings(max_examples=50, deadline=None)
@given(
    st.one_of(st.none(), st.text(max_size=60)), st.text(max_size=60), st.sampled_from(["de", "en", "fr", "ru", "zh"])
)
def test_any_text_is_survived(source: str | None, target: str, language: str) -> None:
    for side, quote in run_pair(BrokenSentence(), source or None, target or "x", ("en", language)):
        assert side == "target"
        assert quote


#: Source sentences, one to a tuple a paragraph.
ONE = "The workers asked for higher wages."
TWO = "The ministry has sent inspectors to the three largest mines."
THREE = "Nobody was hurt."


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([(ONE,), (TWO, THREE)], ["run-together"]),
        ([(THREE, ONE), (TWO,)], ["run-together"]),
        ([(ONE, TWO, THREE)], []),
        ([(ONE,), (TWO,)], []),
        ([("Mines",), (TWO, THREE)], []),
    ],
    ids=["second has company", "first has company", "one paragraph", "a paragraph a sentence", "heading"],
)
def test_run_together(paragraphs: list[tuple[str, ...]], expected: list[str]) -> None:
    text = "\n\n".join(" ".join(sentences) for sentences in paragraphs)
    heading = paragraphs[0][0] if paragraphs[0][0] == "Mines" else ONE
    bead = tuple(
        Segment(k, Span(text.index(part), text.index(part) + len(part)), part) for k, part in enumerate((heading, TWO))
    )
    target = "Die Arbeiter forderten höhere Löhne und Inspekteure in den drei größten Bergwerken."
    both = Bitext(document(text, "en"), document(target, "de"))
    pair = SegmentPair(0, bead, (Segment(0, Span(0, len(target)), target),))
    findings = list(BrokenSentence().check(PairView.of(both, pair)))
    assert [finding.evidence["kind"] for finding in findings] == expected
    assert all(finding.span == Span(0, len(target)) for finding in findings)
