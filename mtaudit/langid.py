"""Which language and which script a piece of text is in, and the parts of a text that count for neither.

Language identification is py3langid (Barbaresi; a fork of langid.py, Lui & Baldwin 2012), restricted to languages that
can be meant. It takes a second to load, so it is loaded with the first question.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.text import base_language, words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

#: Languages that a stray sentence may be in besides the two of the bitext: those with a table of function words,
#: which must agree with the identifier, and those that their script gives away.
_CANDIDATES = frozenset(FUNCTION_WORDS) | {"zh", "ja"}

_NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "cs": "Czech",
    "ru": "Russian",
    "uk": "Ukrainian",
    "zh": "Chinese",
    "ja": "Japanese",
}

#: Languages so alike that one sentence cannot tell them apart.
_ALIKE = (
    frozenset({"cs", "sk", "pl"}),
    frozenset({"ru", "uk", "be", "bg", "mk", "sr"}),
    frozenset({"es", "pt", "gl", "ca", "it", "oc", "fr"}),
    frozenset({"da", "no", "nb", "nn", "sv"}),
    frozenset({"nl", "af", "fy", "lb", "de"}),
)

#: Letters by script, as ranges for a character class (Unicode's Scripts.txt, letters only).
_SCRIPTS = {
    "Latin": r"A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a",
    "Greek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": r"\u0400-\u052f\u1c80-\u1c88\ua640-\ua69f",
    "Hebrew": r"\u05d0-\u05ea\ufb1d-\ufb4f",
    "Arabic": r"\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc",
    "Devanagari": r"\u0904-\u0939\u0958-\u0961\u0971-\u097f",
    "Thai": r"\u0e01-\u0e2e\u0e30-\u0e45",
    "Kana": r"\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d",
    "Hangul": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "Han": r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
}
_SCRIPT = re.compile("|".join(f"(?P<{name}>[{letters}])" for name, letters in _SCRIPTS.items()))
_MARKS = re.compile(r"[\s\-‐-―'’・·.,:;。、，]*")

_LATIN = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "hu", "ro", "da", "no", "nb", "nn", "sv"),
    *("fi", "et", "lv", "lt", "tr", "sq", "ca", "gl", "eu", "is", "ga", "cy", "af", "id", "ms", "vi", "sw"),
)
_OWN_SCRIPTS = (
    dict.fromkeys(_LATIN, frozenset({"Latin"}))
    | dict.fromkeys(("ru", "uk", "be", "bg", "mk"), frozenset({"Cyrillic"}))
    | dict.fromkeys(("ar", "fa", "ur"), frozenset({"Arabic"}))
    | dict.fromkeys(("hi", "mr", "ne"), frozenset({"Devanagari"}))
    | {
        "el": frozenset({"Greek"}),
        "he": frozenset({"Hebrew"}),
        "th": frozenset({"Thai"}),
        "zh": frozenset({"Han"}),
        "ja": frozenset({"Han", "Kana"}),
        "ko": frozenset({"Hangul", "Han"}),
    }
)

#: What is rightly kept as it is: addresses, markup, placeholders, code, and short quotations (titles, mentions).
_VERBATIM = re.compile(
    r"""https?://\S+|www\.\S+|\S+@\S+\.\S+|\w[\w.-]*\.\w\w+/\S*|<[^<>]*>|\{[^{}]*\}|`[^`]*`|[@\#]\w+
    |(?P<quotation>„[^„“”"]{1,90}[“”"]|“[^“”]{1,90}”|«[^«»]{1,90}»|»[^«»]{1,90}«|"[^"]{1,90}"|「[^「」]{1,60}」|『[^『』]{1,60}』
    |《[^《》]{1,60}》|(?<!\w)'[^'\n]{1,90}'(?!\w)|‘[^‘’]{1,90}’(?!\w)|‚[^‚‘]{1,90}‘)|\([^()]{1,90}\)|（[^（）]{1,60}）
    |\[[^\[\]]{1,90}\]""",
    re.VERBOSE,
)

#: Speech has this many words; shorter sentences in quotation marks are mottos, slogans and exclamations.
_SAID_WORDS = 5
_SAID_END = re.compile(r"[.!?…][^\w\s]$")


def own_scripts(language: str) -> frozenset[str] | None:
    """The scripts that a language is written in, None where that is not known here or not one thing."""
    return _OWN_SCRIPTS.get(base_language(language))


@lru_cache(maxsize=64)
def _letters_outside(scripts: frozenset[str]) -> re.Pattern[str]:
    return re.compile("[" + "".join(letters for name, letters in _SCRIPTS.items() if name not in scripts) + "]")


def has_letter_outside(text: str, scripts: frozenset[str]) -> bool:
    """Whether the text has a letter of a script that is known here and none of `scripts`."""
    if text.isascii() and "Latin" in scripts:
        return False
    return _letters_outside(scripts).search(text) is not None


def script_runs(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (script, start, end) of the letters of `text`: neighbours of one script are one run, also across blanks."""
    script, start, end = "", 0, 0
    for match in _SCRIPT.finditer(text):
        name = match.lastgroup or ""
        if name == script and (end == match.start() or _MARKS.fullmatch(text, end, match.start())):
            end = match.end()
            continue
        if script:
            yield script, start, end
        script, start, end = name, match.start(), match.end()
    if script:
        yield script, start, end


#: What every alternative of `_VERBATIM` but `www.` has.
_MAY_BE_VERBATIM = re.compile("""[@/<{`#„“«»"「『《'‘‚(（\\[]""")


@lru_cache(maxsize=64)
def without_verbatim(text: str, *, sentences: bool = False) -> str:
    """`text` with everything that is rightly kept as it is blanked out; offsets stay what they were.

    That is addresses, markup, placeholders, code, bracketed words and quotations of up to 90 code points, unless these
    are speech: titles and mentions are kept as they are, what somebody says is translated. With `sentences` every
    quotation is left in that reads like a sentence, wherever it stands and however it is marked: for checks of what is
    said, to which a title that is left in does no harm.
    """
    if _MAY_BE_VERBATIM.search(text) is None and "www." not in text:
        return text

    def stays(match: re.Match[str]) -> bool:
        return _is_speech(match) or (sentences and _is_sentence(match))

    return _VERBATIM.sub(lambda match: match.group() if stays(match) else " " * len(match.group()), text)


def _is_sentence(match: re.Match[str]) -> bool:
    """Whether a quotation has the words of a sentence: as many as the shortest speech, most of them in lower case."""
    said = [word.text for word in words(match["quotation"] or "")]
    return len(said) >= _SAID_WORDS and 2 * sum(word.islower() for word in said[1:]) > len(said) - 1


def _is_speech(match: re.Match[str]) -> bool:
    """Whether a quotation is a sentence that somebody says and no title, motto or mention.

    It is mostly in lower case, which titles in English are not. It ends as a sentence does; or it begins its text or
    follows a colon, and is long: German sets the comma outside ("...", sagte sie).
    """
    quotation = match["quotation"]
    if quotation is None:
        return False
    said = [word.text for word in words(quotation)]
    if 2 * sum(word.islower() for word in said[1:]) <= len(said) - 1:
        return False
    if len(said) >= _SAID_WORDS and _SAID_END.search(quotation):
        return True
    before = match.string[: match.start()].rstrip()
    return len(said) > _SAID_WORDS and (not before or before[-1] in ':：.!?…“”"«»')


def language_name(language: str) -> str:
    """The English name of a language that `identify` proposes; otherwise its tag, quoted."""
    return _NAMES.get(language, f"'{language}'")


def alike(one: str, other: str) -> bool:
    """Whether two languages are too much alike for one sentence to tell them apart."""
    return one == other or any(one in group and other in group for group in _ALIKE)


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=32)
def _identifier(languages: frozenset[str]) -> LanguageIdentifier:
    # A shallow copy shares the model's big tables; restricting it replaces the copy's own views of them only.
    identifier = copy.copy(_model())
    identifier.set_languages(sorted(languages & set(identifier.labels)))
    return identifier


@lru_cache(maxsize=4096)
def identify(text: str, languages: frozenset[str]) -> dict[str, float]:
    """Probability of each language that `text` may be in: those named, and a dozen common ones.

    Empty when one of `languages` is unknown to the identifier: the text might be in that one. Do not change the result.
    """
    identifier = _identifier(languages | _CANDIDATES)
    if not languages <= set(identifier.labels):
        return {}
    return dict(identifier.rank(" ".join(text.split())))
