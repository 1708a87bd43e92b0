"""Sentences that are broken: cut in the middle, begun in the middle, or never finished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mtaudit.checks._stops import PARTICLES, stray_stops
from mtaudit.functionwords import FUNCTION_WORDS, NEVER_LAST, STARTERS
from mtaudit.langid import own_scripts, without_verbatim
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.text import Word, shorten, words
from mtaudit.types import Finding, Severity, Side, Span

_LETTER = r"[^\W\d_]"
_ENDS = re.compile(r"[.!?…。！？]")
_OPEN_END = re.compile(rf"({_LETTER}+)\s?([.!])[\"“”»’]?$")
_END = re.compile(r"[.!?]+[\"'“”»’)\]]*$")
#: Openings that have no capital by right: list marks, quotes and brackets of a continued quotation, ellipses, code.
_OPENING = re.compile(r"[\"'“”„«»‘’‚(\[\-–—…•*#.,:;/@&+<>{}\\|=_~]")
_BRAND = re.compile(r"[a-z]+[A-Z0-9._@/-]|[a-z]-?[A-Z]")
#: Nouns that announce a title in nominative, as in `die Serie Der Bergdoktor`.
_ANNOUNCING = re.compile(
    r"(?i)(film|serie|sendung|zeitung|zeitschrift|magazin|roman|buch|oper|stück|lied|song|album|(?<!ver)band|partei|kanal"
    r"|sender|show|musical|ballade|gedicht|hotel|gasthof|restaurant|verein|gruppe|titel|spiel|reihe|podcast|motto|thema)s?$"
)

#: What German calls with a capitalised article: parties, papers and magazines, bands.
_NAMED_WITH_ARTICLE = frozenset(
    {
        *("Linke", "Linken", "Grünen", "PARTEI", "Partei", "Basis", "Heimat", "Republikaner", "Welt", "Zeit", "Presse"),
        *(
            "Standard",
            "Spiegel",
            "Freitag",
            "Tagesspiegel",
            "Tageszeitung",
            "Rheinpfalz",
            "Woche",
            "Weltwoche",
            "Harke",
        ),
        *("Ärzte", "Toten", "Fantastischen", "Prinzen", "Puhdys", "Erste", "Zweite", "Dritte"),
    }
)

#: Articles that begin a subtitle after a comma.
_ARTICLES = frozenset({"A", "An", "Un", "Une", "Una", "Ein", "Eine"})

#: Words from which a line is a sentence and no heading.
_PROSE_WORDS = 4


def _has_company(text: str, before: Span, after: Span) -> bool:
    """Whether one of two neighbouring segments shares its paragraph with others.

    Where every sentence is a paragraph of its own, paragraphs say nothing.
    """
    begin = text.rfind("\n\n", 0, before.start) + 1
    end = text.find("\n\n", after.end)
    return bool(text[begin : before.start].strip() or text[after.end : end if end >= 0 else len(text)].strip())


@register("MT201", "broken-sentence", Category.GRAMMAR, Severity.MAJOR)
class BrokenSentence(PairCheck):
    """A sentence of the target is cut, begun in its middle, or never finished.

    What it does: Marks a full stop that cuts a sentence, a sentence that goes on in lower case after the end of
    another, a capitalised article, pronoun or conjunction in mid-sentence, an end on a word that must be followed
    by another, and one sentence that stands for two of different paragraphs of the source.

    Why it matters: Such seams show where two sentences were run together or a part was lost; the meaning rarely
    survives.

    Example: "Die Firma steht vor der . neuen Aufgabe." has a stray full stop; "Anna Berg, Schweden Der Sprecher hat
    zugestimmt." begins a sentence inside a sentence.

    How it is found: By the letters around full stops and by short lists of words that only begin, or never end, a
    sentence. A short word before a stop counts when it is a small word, or stands in the text without a stop too;
    before a German noun the stop must follow a word that cannot end a sentence, or one that seldom does where the
    source is one sentence and no verb follows. Abbreviations, titles, names with an article, lists, quotations and
    brands are left alone, and so is what the source shows too.
    """

    needs_source = False

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield one finding a seam; `kind` in the evidence says which sort."""
        scripts = own_scripts(view.language(Side.TARGET))
        # Only scripts with capitals can show any of this.
        if view.target is None or scripts is None or not scripts & {"Latin", "Cyrillic", "Greek"}:
            return
        prose = without_verbatim(view.target)
        yield from self._run_together(view, view.target)
        yield from self._stops(view, prose)
        yield from self._lower_start(view, view.target)
        yield from self._inner_starts(view, prose)
        yield from self._open_end(view, prose)

    def _run_together(self, view: PairView, target: str) -> Iterator[Finding]:
        """Translators join sentences, but not across the end of a paragraph: there a part was lost in between."""
        source, sentences = view.bitext.source, view.pair.source
        if source is None or len(view.pair.target) != 1:
            return
        for before, after in pairwise(sentences):
            parted = "\n\n" in source.text[before.span.end : after.span.start]
            prose = all(len(list(words(each.text))) >= _PROSE_WORDS for each in (before, after))
            if parted and prose and _has_company(source.text, before.span, after.span):
                yield self.at(
                    view,
                    Side.TARGET,
                    0,
                    len(target),
                    f"Two sentences of different paragraphs are run together: '{shorten(before.text, 40)}' and "
                    f"'{shorten(after.text, 40)}'",
                    confidence=0.7,
                    evidence={"kind": "run-together", "source_sentences": len(sentences)},
                )
                return

    def _stops(self, view: PairView, prose: str) -> Iterator[Finding]:
        # Other marks are left alone: "Yahoo! news" and a question asked in mid-sentence are right.
        document = view.bitext.target.text
        for stop in stray_stops(prose, view.language(Side.TARGET), view.source, document):
            if view.target is None or view.target[stop.start : stop.end] != prose[stop.start : stop.end]:
                continue  # a quotation or bracket stands between the two
            how = " in lower case" if stop.after[0].islower() else ""
            yield self.at(
                view,
                Side.TARGET,
                stop.start,
                stop.end,
                f"A full stop after '{stop.before}' cuts the sentence, which goes on with '{stop.after}'{how}",
                confidence=stop.confidence,
                evidence={"kind": stop.kind},
            )

    def _lower_start(self, view: PairView, target: str) -> Iterator[Finding]:
        first = next(words(target), None)
        if first is None or not first.text[0].islower() or not first.text.isalpha() or _BRAND.match(target):
            return
        if _OPENING.match(target) or _is_particle(first.text, view) or len(first.text) < 2 or not _END.search(target):
            return
        if len(list(words(target))) < 4:
            return
        lead = _lead(view)
        if view.source is not None:
            start = next((c for c in view.source if c.isalnum()), "")
            if not start.isupper() or _OPENING.match(view.source) or not _END.search(view.source):
                return
        elif not lead:
            # A paragraph of its own may be an item of a list.
            return
        if lead and lead[-1] not in ".!?":
            return
        confidence = 0.75 if lead and view.source is not None else 0.55
        yield self.at(
            view,
            Side.TARGET,
            first.start,
            first.end,
            f"The sentence begins with '{first.text}' in lower case",
            confidence=confidence,
            severity=Severity.MINOR,
            evidence={"kind": "lower-start"},
        )

    def _inner_starts(self, view: PairView, prose: str) -> Iterator[Finding]:
        language = view.language(Side.TARGET)
        starters, functions = STARTERS.get(language, frozenset()), FUNCTION_WORDS.get(language, frozenset())
        found = list(words(prose))
        if starters.isdisjoint([word.text for word in found[1:]]):
            return
        if sum(word.text[0].islower() for word in found) < max(4, len(found) // 4):
            return  # a heading in title case, a list of names
        if view.source is not None and _has_inner_start(view.source, view.language(Side.SOURCE)):
            return
        for at, (before, word) in enumerate(pairwise(found), start=1):
            between = prose[before.end : word.start]
            if word.text not in starters or between not in (" ", ", ") or at < (2 if between == " " else 1):
                continue
            if between == ", " and (language != "de" or view.source is None):
                continue  # English sets sentences side by side with commas, and titles
            if before.text.casefold() in functions or not before.text.isalpha() or len(before.text) < 2:
                continue  # a noun made of a pronoun ("das Wir"), a title in a phrase, a numbered heading
            confidence = self._inner_confidence(view, found, at, language)
            if confidence:
                yield self.at(
                    view,
                    Side.TARGET,
                    before.start,
                    word.end,
                    f"'{word.text}' with a capital after '{before.text}' begins a sentence inside a sentence",
                    confidence=confidence,
                    evidence={"kind": "inner-start"},
                )

    @staticmethod
    def _inner_confidence(view: PairView, found: list[Word], at: int, language: str) -> float:
        """How surely the capitalised word opens a sentence and no title; 0 where it had better stay unmarked."""
        before, word = found[at - 1].text, found[at].text
        if view.source is not None and word in [other.text for other in words(view.source)]:
            return 0.0
        following = found[at + 1] if at + 1 < len(found) else None
        if following is None:
            return 0.0
        named = following.text[0].isupper() or following.text[0].isdigit()
        if language != "de":
            return 0.0 if named else 0.8 if view.source is not None else 0.6
        if _ANNOUNCING.search(before) or _is_name(view, word, following.text):
            return 0.0
        if view.source is None:
            return 0.55 if not named else 0.5 if before[0].isupper() else 0.0
        # German nouns have capitals: `Der Spiegel` may be a title, which the source would show in capitals as well.
        return 0.75

    def _open_end(self, view: PairView, prose: str) -> Iterator[Finding]:
        found = list(words(prose))
        match = _OPEN_END.search(prose.rstrip(), found[-1].start) if len(found) >= 4 else None
        if match is None:
            return
        last = match.group(1)
        language = view.language(Side.TARGET)
        if last not in NEVER_LAST.get(language, ()):
            return
        if view.source is not None:
            end = "".join(word.text for word in list(words(view.source))[-1:])
            if end.casefold() in FUNCTION_WORDS.get(view.language(Side.SOURCE), ()) and not _END.search(view.source):
                return
        yield self.at(
            view,
            Side.TARGET,
            match.start(1),
            match.end(2),
            f"The sentence ends with '{last}', which must be followed by another word",
            confidence=0.75 if view.source is not None else 0.65,
            evidence={"kind": "open-end"},
        )


def _is_particle(word: str, view: PairView) -> bool:
    """Whether a lower-case word may open a name and is no common beginning of a sentence in the target."""
    return word in PARTICLES and word.capitalize() not in STARTERS.get(view.language(Side.TARGET), ())


def _is_name(view: PairView, article: str, noun: str) -> bool:
    """Whether a capitalised German article belongs to a name: a known one, or one that the text uses throughout."""
    if noun in _NAMED_WITH_ARTICLE:
        return True
    # In mid-sentence after different words: one slip has one word before it, also where the page stands there twice.
    pattern = rf"(?:[^\W\d_]|,) {re.escape(article)} {re.escape(noun)}(?!\w)"
    document = view.bitext.target.text
    leads = {document[max(0, match.start() - 12) : match.start() + 1] for match in re.finditer(pattern, document)}
    return len(leads) > 1


def _lead(view: PairView) -> str:
    """What stands before the pair in the same paragraph of the target."""
    start = view.start(Side.TARGET)
    text = view.bitext.target.text
    return text[max(text.rfind("\n\n", 0, start) + 2, start - 40, 0) : start].strip()


def _has_inner_start(source: str, language: str) -> bool:
    """Whether the source, too, has a sentence start in mid-sentence: a heading run into the text, a title."""
    starters = STARTERS.get(language, frozenset())
    found = list(words(source))
    return any(
        (word.text in starters or (word.text in _ARTICLES and source[before.end : word.start] == ", "))
        and source[before.end : word.start] in (" ", ", ")
        and not _ENDS.search(before.text)
        for before, word in pairwise(found)
    )
