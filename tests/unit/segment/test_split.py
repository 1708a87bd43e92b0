"""What is a sentence, language by language, and that nothing of the text gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.segment import split
from tests.support import document

# In each text ‖ stands where a sentence must end.
CASES = {
    "en": {
        "two": "It rained. ‖We stayed.",
        "title": "Dr. Miller met Mrs. Stone. ‖They talked.",
        "latin": "Bring fruit, e.g. Apples, and bread.",
        "country": "He lives in the U.S. and works there.",
        "country before a noun": "The U.S. Senate met.",
        "country at the end": "He lives in the U.S. ‖She does not.",
        "number": "See No. 5 and Fig. 3. ‖Then go on.",
        "no without a number": "He said no. ‖Then he left.",
        "initials": "The book by J. K. Marlow is out. ‖George W. Stone read it.",
        "the pronoun I": "So do I. ‖Peter does not.",
        "company": "Stone Inc. Chairman Miller left.",
        "time": "We met at 5 p.m. ‖Then it rained.",
        "month": "On Sept. 11 it rained.",
        "decimal": "It grew by 3.5 percent. ‖Version 2.0.1 is out.",
        "web address": "Visit www.example.com today. ‖Write to a.b@example.com now.",
        "marks": "Really?! ‖Yes!! ‖Good.",
        "speech tag": '"Stop!" Peter said. ‖"Go on."',
        "lower case after a mark": "“Really?” she asked.",
        "quotation of two sentences": "She said: “It rained. ‖We stayed.” ‖Then she left.",
        "unbalanced quote": 'He said "yes. ‖Then he left. ‖She said "no" today.',
        "aside": "He left (see p. 5. Also there). ‖Then he came back.",
        "sentence in brackets": "He left. ‖(He came back.) ‖She stayed.",
        "ellipsis inside": "He went... and came back.",
        "ellipsis at the end": "He went... ‖Then he came back.",
        "ellipsis at the start": "... And then he left.",
        "list": "1. Open the box. ‖2. Take the key.",
        "lettered list": "a) First. ‖b) Second.",
        "bullets": "You need:\n‖- bread\n‖- butter",
        "line end is a blank": "It rained\nall day. ‖We stayed.",
        "run together": "It rained.‖We stayed.",
        "camel case": "Sales fell. ‖iPads sold well.",
        "footnote": "It rained.[3] ‖We stayed.",
        "stray full stop": "the old man gave . bread to all.",
        "marks by themselves": 'It rained. " ! 😀',
        "and the following": "See § 37 et seq. Securities Act.",
        "number first": "It cost five euros. ‖10 people came.",
    },
    "de": {
        "date": "Am 3. Oktober kam er. ‖Am 3. und 4. Mai auch.",
        "ordinal before a noun": "Das 19. Jahrhundert war lang. ‖Der 1. FC Beispiel siegte.",
        "king": "Ludwig XIV. war da. ‖Es kam Ludwig XIV. ‖Dann kam Ludwig XV.",
        "zum Beispiel": "Das ist z. B. Berlin und z.B. Bonn, d. h. Städte.",
        "shortened": "Das kostet ca. 5 Mio. Euro bzw. Dollar usw. ‖Dann kam er.",
        "counted": "Siehe Nr. 5, S. 12 und Art. 5 Abs. 2. ‖Dann weiter.",
        "titles": "Prof. Dr. med. Müller wohnt in St. Gallen.",
        "year ends": "Er kam 1990. ‖Menschen warteten.",
        "cardinal ends": "Er war auf Platz 5. ‖Köln siegte.",
        "page ends": "Siehe S. 63. ‖Köln siegte.",
        "time": "Um 12.30 Uhr kam er. ‖Es kostet 3.000 Euro.",
        "low quotes": "„Ja. ‖Nein.“ ‖Er ging.",
        "turned guillemets": "»Ja.« ‖»Nein.« ‖Er ging.",
        "speech goes on": "„Geht das?“, fragte er. ‖„Ja!“ rief sie.",
        "ellipsis": "Er ging... und kam. ‖Er ging... ‖Dann kam er. ‖Er ging … ‖Dann kam er.",
        "pause before a noun": "Er hat … Hunde gesehen.",
        "stray full stop, lower case": "Wir haben das Haus . gestern verkauft.",
        "stray full stop, noun": "Wir haben das Haus . ‖Kinder sind da.",
        "century": "Im 1. Jh. v. Chr. Geburt. ‖Er kam.",
        "plan": "Das war Plan B. ‖Dann ging er.",
    },
    "fr": {
        "titles": "M. Le Blanc et Mme. Roche sont là. ‖Ils parlent.",
        "guillemets with blanks": "« Oui. ‖Non. » ‖Il part.",
        "par exemple": "Il aime p. ex. Paris.",
        "double name": "J.-P. Roche est là.",
        "etc": "Du pain, du lait, etc. ‖Il part.",
    },
    "es": {
        "titles": "El Sr. López vino con la Dra. Ruiz. ‖Hablaron.",
        "marks": "¿Qué? ‖¡No! ‖Bueno.",
        "country": "Vive en EE. UU. desde ayer.",
        "por ejemplo": "Hay ciudades, p. ej. Madrid.",
    },
    "cs": {
        "ordinal": "To je 5. kapitola. ‖Dne 3. října přišel.",
        "king": "Karel IV. Lucemburský byl král. ‖Pak zemřel.",
        "abbreviations": "Je to např. Praha, tzv. Město atd. ‖Pak přišel.",
    },
    "ru": {
        "that is": "Столица, т. е. Москва, и т. д. ‖Он пришёл.",
        "city": "Он живёт в г. Москва. ‖Она тоже.",
        "year": "Это было в 2020 г. ‖Он ушёл.",
        "initials": "А. С. Иванов пришёл. ‖Он ушёл.",
        "guillemets": "«Да. ‖Нет.» ‖Он ушёл.",
        "millions": "Это 5 млн. рублей.",
    },
    "uk": {
        "initials": "Т. Г. Іваненко прийшов. ‖Він пішов.",
        "and so on": "Хліб, молоко і т. д. ‖Він пішов.",
        "city": "Він живе в м. Київ. ‖Вона теж.",
    },
    "zh": {
        "no blanks": "今天下雨。‖我们在家。",
        "closing quote": "他说：“好。‖走吧！”‖然后走了。",
        "corner quote": "「对。」‖他走了。",
        "marks": "真的吗？！‖是的。",
        "decimal": "有3.5亿人。‖很多。",
        "Latin stop": "Hello. ‖你好。",
    },
    "ja": {
        "speech goes on": "「はい。」と言った。‖本当？‖ええ！",
        "closing quote": "『はい。』です。‖でも帰った。",
    },
    "tlh": {"unknown language": "Heghlu meH. ‖Dr. Qapla stays."},
    "hi": {"danda": "यह घर है। ‖वह गाँव है।"},
    "my": {"section": "ကခ။ ‖ဂဃ။"},
    "el": {"question mark": "Τι κάνεις; ‖Καλά."},
}


@pytest.mark.parametrize(
    ("language", "marked"),
    [pytest.param(lang, text, id=f"{lang}: {name}") for lang, cases in CASES.items() for name, text in cases.items()],
)
def test_sentences(language: str, marked: str) -> None:
    expected = [piece.strip() for piece in marked.split("‖")]
    assert [segment.text for segment in split(document(marked.replace("‖", ""), language))] == expected


def test_a_regional_tag_goes_by_its_language() -> None:
    assert len(split(document("Am 3. Oktober kam er.", "de-AT"))) == 1


def test_a_paragraph_ends_a_sentence_in_any_case() -> None:
    segments = split(document("A heading\n\nand lower case\n\n\n\nlast", "en"))
    assert [segment.text for segment in segments] == ["A heading", "and lower case", "last"]
    assert [segment.index for segment in segments] == [0, 1, 2]


def test_a_text_without_boundary_is_kept_whole() -> None:
    text = "word " * 1000
    assert [segment.text for segment in split(document(text, "en"))] == [text.strip()]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n\n", "\u00a0\n"], ids=["empty", "blank", "paragraphs", "no-break"])
def test_nothing_to_split(text: str) -> None:
    assert split(document(text, "en")) == ()


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    text = "😀 One 😀. “Two” 𝔘. \ud800 Three."
    for segment in split(document(text, "en")):
        assert text[segment.span.start : segment.span.end] == segment.text


WILD = st.lists(
    st.sampled_from(
        [*"aBz 1.!?…。」„“”\"'()[]\n«»;,-", "\n\n", "Dr.", "z. B.", "😀", "\u0301", "\u200b", "\ud800", "й", "你"]
    )
    | st.characters(),
    max_size=60,
).map("".join)


@given(text=WILD, language=st.sampled_from(["en", "de", "fr", "cs", "ru", "zh", "ja", "ar", "xx", ""]))
@settings(max_examples=50, deadline=None)
def test_nothing_is_lost_or_doubled(text: str, language: str) -> None:
    covered = 0
    for number, segment in enumerate(split(document(text, language))):
        assert segment.index == number
        assert segment.text == text[segment.span.start : segment.span.end] == segment.text.strip() != ""
        assert not text[covered : segment.span.start].strip()
        assert "\n\n" not in segment.text
        covered = segment.span.end
    assert not text[covered:].strip()
