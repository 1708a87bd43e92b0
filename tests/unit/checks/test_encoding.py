"""MT304 encoding-damage and MT310 invisible-character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtaudit.checks.encoding import EncodingDamage, InvisibleCharacter
from mtaudit.rules import PairView
from mtaudit.types import Finding
from tests.support import bitext, run_pair


def findings(check: EncodingDamage | InvisibleCharacter, target: str, source: str | None = None) -> list[Finding]:
    both = bitext([(source, target)])
    assert both.pairs is not None
    return list(check.check(PairView.of(both, both.pairs[0])))


DAMAGE = {
    "UTF-8 read as Windows-1252": ("Das gilt fÃ¼r alle.", "fÃ¼r", "für"),
    "quotation marks": ("Er rief â€žHaltâ€œ und lief.", "â€žHaltâ€œ", "„Halt“"),
    "several words": ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð¼Ð¸Ñ€", "Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð¼Ð¸Ñ€", "привет мир"),
    "no-break space lost": ("Et voilÃ  tout.", "voilÃ", "voilà"),
    "Windows read as Macintosh": ("Sie f‰hrt heim.", "f‰hrt", "fährt"),
    "replacement character": ("Das gilt f\ufffdr alle.", "f\ufffdr", None),
    "control character": ("Das \x84Haus\x93 brennt.", "\x84Haus\x93", None),
    "lone surrogate": ("Das Haus \ud83d brennt.", "\ud83d", None),
    "question mark": ("Das gilt f?r alle.", "f?r", None),
    "all letters lost": ("???? ???, ?????.", "???? ???, ?????", None),
}


@pytest.mark.parametrize(("target", "marked", "repair"), DAMAGE.values(), ids=DAMAGE)
def test_damage_fires(target: str, marked: str, repair: str | None) -> None:
    assert run_pair(EncodingDamage(), "Nothing odd here.", target) == [("target", marked)]
    (finding,) = findings(EncodingDamage(), target)
    assert finding.confidence >= 0.5
    assert finding.evidence.get("repair") == repair
    assert repair is None or f'"{repair}"' in finding.message
    finding.message.encode("utf-8")


SOUND = {
    "German": (None, "Über Äcker und Öfen fährt der große Ärger."),
    "Portuguese": (None, "A AÇÃO EM SÃO PAULO NÃO É À TOA."),
    "French": (None, "Ê comme ÊTRE, Â comme ÂME, « déjà » à 50 °C."),
    "Vietnamese": (None, "Việt Nam đẹp lắm, Đà Nẵng cũng vậy."),
    "Czech": (None, "Příliš žluťoučký kůň úpěl ďábelské ódy."),
    "Russian": (None, "Съешь ещё этих мягких булок."),
    "Chinese": (None, "今天天气很好。"),
    "per mille": (None, "Er hatte 1,3 ‰ im Blut."),
    "question": (None, "Kommst du? Ja! Wer?? Was?"),
    "address": (None, "Siehe https://example.org/suche?wort=haus und a.de/x?y=z."),
    "source has it too": ("The text fÃ¼r is broken.", "Der Text fÃ¼r ist kaputt."),
    "question in the source": ("Really?yes.", "Wirklich?ja."),
}


@pytest.mark.parametrize(("source", "target"), SOUND.values(), ids=SOUND)
def test_damage_quiet(source: str | None, target: str) -> None:
    assert run_pair(EncodingDamage(), source, target) == []


def test_damage_ignores_question_marks_in_languages_without_other_letters() -> None:
    assert run_pair(EncodingDamage(), "Es ist so.", "It is wh?t it is.", ("de", "en")) == []


def test_damage_finds_a_lost_first_letter() -> None:
    found = run_pair(EncodingDamage(), "He talked about it.", "Er sprach ?ber das Wetter.")
    assert found == [("target", "?ber")]


def test_damage_doubts_a_question_mark_between_words_without_a_source() -> None:
    (finding,) = findings(EncodingDamage(), "Wirklich?nein.")
    assert finding.confidence < 0.5


INVISIBLE: dict[str, tuple[str, str, float]] = {
    "zero-width space in a word": ("Sicher\u200bheit", "\u200b", 0.55),
    "zero-width space between words": ("Sicher \u200bheute", "\u200b", 0.3),
    "joiner": ("Sicher\u200dheit", "\u200d", 0.5),
    "byte order mark": ("Heute\ufeff kommt er.", "\ufeff", 0.6),
    "soft hyphen": ("Sicher\u00adheit", "\u00ad", 0.2),
    "direction mark": ("Sicher\u200eheit", "\u200e", 0.55),
    "tag characters": ("Heute\U000e0041\U000e0042 kommt er.", "\U000e0041\U000e0042", 0.9),
    "control": ("Heute\x07 kommt er.", "\x07", 0.85),
    "embedding never ended": ("Heute \u202akommt er.", "\u202a", 0.7),
    "isolate ended wrongly": ("Heute \u2066kommt\u202c er.", "\u202c", 0.7),
}


@pytest.mark.parametrize(("target", "marked", "confidence"), INVISIBLE.values(), ids=INVISIBLE)
def test_invisible_fires(target: str, marked: str, confidence: float) -> None:
    assert run_pair(InvisibleCharacter(), "He comes today.", target) == [("target", marked)]
    (finding,) = findings(InvisibleCharacter(), target)
    assert finding.confidence == confidence
    assert f"U+{ord(marked[0]):04X}" in finding.message


def test_override_of_direction_is_reported_as_dangerous() -> None:
    found = findings(InvisibleCharacter(), "Datei \u202egnp.exe\u202c")
    assert [(finding.severity.value, finding.confidence) for finding in found] == [("major", 0.8)]


VISIBLE = {
    "family emoji": (None, "Eine 👨\u200d👩\u200d👧 kommt.", "de"),
    "emoji with selector": (None, "Ein ❤\ufe0f\u200d🔥 brennt.", "de"),
    "flag of a region": (None, "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f gewinnt", "de"),
    "Persian": (None, "می\u200cخواهم", "fa"),
    "Hindi": (None, "क्\u200dष", "hi"),
    "Thai": (None, "วันนี้\u200bอากาศดี", "th"),
    "Hebrew mark": (None, "שלום\u200f, C++\u200e", "he"),
    "balanced isolate": (None, "Der Name \u2068שלום\u2069 steht da.", "de"),
    "no-break space": (None, "5\u00a0km und 3\u202fm", "de"),
    "source has it too": ("Secu\u200brity", "Sicher\u200bheit", "de"),
}


@pytest.mark.parametrize(("source", "target", "language"), VISIBLE.values(), ids=VISIBLE)
def test_invisible_quiet(source: str | None, target: str, language: str) -> None:
    assert run_pair(InvisibleCharacter(), source, target, ("en", language)) == []


@given(st.text(max_size=40))
@settings(max_examples=50, deadline=None)
def test_any_text_is_borne(text: str) -> None:
    for check in (EncodingDamage(), InvisibleCharacter()):
        for finding in findings(check, text or "x"):
            assert finding.message.encode("utf-8")
            assert len(finding.span) > 0
