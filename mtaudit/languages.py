"""Settles which languages the two documents are in: as said and borne out by the text, or found out from it."""

from __future__ import annotations

import re
from dataclasses import replace

from mtaudit.errors import LanguageError
from mtaudit.functionwords import spoken_by
from mtaudit.langid import alike, identify, language_name, without_verbatim
from mtaudit.text import base_language, fold, words
from mtaudit.types import Bitext, Document

#: Where sentences end, near enough to ask for the language of each.
_PIECES = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")

#: Code points that are looked at: more do not change the answer, and the identifier is linear in them.
_SAMPLE = 20_000
#: Letters of a sentence from which its own language can be told.
_SENTENCE = 30
#: Share of a text that must be in the language that was said. A translation that was left half done is still one, and
#: its untranslated part is what the audit is to find; names and quotations alone make less than this.
_LEAST = 0.1
#: Share from which a second language of the target is its own, where the first one is the source's.
_SECOND = 0.15
#: Letters under which a text is too short to contradict what the user said.
_ENOUGH = 60
#: Probability from which the identifier is believed; on 60 letters and more it is nearly always above.
_SURE = 0.95
#: Share of function words, and fewest words, that prove by themselves which language a text is in. In running text they
#: are about 40 % of the words; those that a language without a table shares with one that has one are far fewer (German
#: ones in Danish: about 12 %).
_PROOF, _PROOF_WORDS = 0.25, 20
_UNKNOWN = "und"
#: A primary subtag with or without script, region and so on; that is as much of BCP 47 as is needed here.
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def check_tag(tag: str | None, option: str) -> str:
    """The tag that a user gave with `option`; `und` where none was given.

    Raises:
        LanguageError: if it is no language tag.
    """
    if tag is None:
        return _UNKNOWN
    if not _TAG.fullmatch(tag):
        cause = "this is no language code (BCP 47)"
        raise LanguageError(f"{option} {tag}", cause, "Give a code such as en, de or pt-BR, or leave it out")
    return tag


def settle_languages(source: Document | None, target: Document) -> tuple[Document | None, Document]:
    """Both documents with their language: found out where it is `und`, checked where it was said.

    A target that is partly, even mostly, in the source's language or in a third one is no contradiction: it counts as
    being in the language that was said if a tenth of it is. Where none was said, a target in the source's language of
    which a good part is in another one counts as that other one.

    Raises:
        LanguageError: if a language cannot be found out, hardly anything of a text is in the language that was said,
            the sides are swapped, or both sides are in the same language.
    """
    if source is None:
        return None, _settle(target, "-t")
    _refuse_swapped(source, target)
    asked = target.language == _UNKNOWN
    source, target = _settle(source, "-s"), _settle(target, "-t")
    return source, _refuse_same(source, target, asked)


def settle_bitext(bitext: Bitext) -> tuple[Document | None, Document]:
    """Both documents of a bitext with their language.

    Messages of programs are no prose to tell a language by, so where the file has units its own word, or the user's, is
    believed; otherwise as `settle_languages`.

    Raises:
        LanguageError: if a language cannot be found out, or the two are the same or not what was said.
    """
    source, target = bitext.source, bitext.target
    if source is None or not bitext.units:
        return settle_languages(source, target)
    source = _settle(source, "-s") if source.language == _UNKNOWN else source
    asked = target.language == _UNKNOWN
    target = _settle(target, "-t") if asked else target
    return source, _refuse_same(source, target, asked)


def _refuse_same(source: Document, target: Document, asked: bool) -> Document:
    """The target, in the second of its languages where the first is the source's and nobody said which it is in."""
    if base_language(source.language) == base_language(target.language):
        second = _second_language(source, target) if asked else None
        if second is not None:
            return replace(target, language=second)
        raise LanguageError(
            f"{source.path}, {target.path}",
            f"both are {language_name(base_language(source.language))}: there is no translation to audit",
            "Name the two sides of one translation; say the languages with -s and -t if they were taken wrongly",
        )
    return target


def _settle(document: Document, option: str) -> Document:
    said = base_language(document.language)
    # The identifier takes half a second to load: it is asked only where its answer can count.
    if said != _UNKNOWN and (_letters(document) < _ENOUGH or _speaks(document, said)):
        return document
    found, probability = _identify(document, () if said == _UNKNOWN else (said,))
    if said == _UNKNOWN:
        if found is None or probability < _SURE:
            cause = "the language cannot be told from the text"
            raise LanguageError(document.path, cause, f"Say it with {option}, such as {option} de")
        return replace(document, language=found)
    if found and probability >= _SURE and not alike(found, said):
        shares = _shares(document, said)
        if sum(share for language, share in shares.items() if alike(language, said)) < _LEAST:
            raise LanguageError(
                document.path,
                f"the text is {language_name(found)}, but {option} says {language_name(said)}",
                f"Name the right file, or give {option} {found}",
            )
    return document


def _second_language(source: Document, target: Document) -> str | None:
    """The language that a good part of the target, and hardly anything of the source, is in; None: there is none."""
    first = base_language(target.language)
    theirs, ours = _shares(source), _shares(target)
    others = [language for language in ours if not alike(language, first)]
    best = max(others, key=ours.__getitem__, default=None)
    if best is None or ours[best] < _SECOND or theirs.get(best, 0.0) >= _LEAST:
        return None
    return best


def _shares(document: Document, *languages: str) -> dict[str, float]:
    """What share of the letters of a document is in sentences of each language; short and doubtful ones do not count.

    `languages` may be meant besides the common ones. Sentences are taken from all over the document.
    """
    pieces = [piece for piece in _PIECES.split(without_verbatim(document.text)) if piece and piece.strip()]
    step = max(1, sum(map(len, pieces)) // _SAMPLE)
    letters: dict[str, int] = {}
    for piece in pieces[::step]:
        # A Chinese or Japanese character says about as much as three letters.
        count = sum(1 if character < "\u2e80" else 3 for character in piece if character.isalpha())
        probabilities = identify(piece, frozenset(languages)) if count >= _SENTENCE else {}
        if not probabilities:
            continue
        best = max(probabilities, key=lambda language: probabilities[language])
        if probabilities[best] >= _SURE:
            letters[best] = letters.get(best, 0) + count
    total = sum(letters.values())
    return {language: count / total for language, count in letters.items()} if total else {}


def _refuse_swapped(source: Document, target: Document) -> None:
    """Say so where each text is in the language that was said of the other."""
    said = base_language(source.language), base_language(target.language)
    if _UNKNOWN in said or said[0] == said[1] or min(_letters(source), _letters(target)) < _ENOUGH:
        return
    if _speaks(source, said[0]) or _speaks(target, said[1]):
        return
    found = _identify(source, said), _identify(target, said)
    if (found[0][0], found[1][0]) == (said[1], said[0]) and min(found[0][1], found[1][1]) >= _SURE:
        names = [language_name(language) for language in said]
        raise LanguageError(
            f"{source.path}, {target.path}",
            f"source and target are swapped: the source is {names[1]} and the target is {names[0]}",
            f"Name the {names[0]} file first",
        )


def _speaks(document: Document, language: str) -> bool:
    """Whether the function words of a document alone prove that it, or most of it, is in a language."""
    found = [fold(word.text) for word in words(without_verbatim(document.text[:_SAMPLE]))]
    counts = spoken_by(found)
    own = counts.pop(language, 0)
    return len(found) >= _PROOF_WORDS and own >= _PROOF * len(found) and own > max(counts.values(), default=0)


def _identify(document: Document, languages: tuple[str, ...]) -> tuple[str | None, float]:
    """The likeliest language of a document and its probability; None where the identifier knows no answer."""
    probabilities = identify(without_verbatim(document.text[:_SAMPLE]), frozenset(languages))
    if not probabilities or not _letters(document):
        return None, 0.0
    best = max(probabilities, key=lambda language: probabilities[language])
    return best, probabilities[best]


def _letters(document: Document) -> int:
    return sum(character.isalpha() for character in document.text[:_SAMPLE])
