"""MT113: a word became its opposite.

Of opposites that were planted into 8,000 good pairs of the parallel data, 28 in 100 are reported; in 60,000 pairs as
they stand there is one report, a false one.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtaudit.checks._negators import negators
from mtaudit.checks._opposites import LANGUAGES, Mention, may_mean, mentions
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.types import Finding, Severity, Side


@register("MT113", "opposite", Category.MISTRANSLATION, Severity.MAJOR)
class Opposite(PairCheck):
    """A word of the source has its opposite in the target.

    What it does: Marks a word of the target such as "sank", "Süden" or "Arbeitnehmer" where the source speaks of the
    opposite, "rose", "north" or "employer", and of nothing else that it could be. English and German only.

    Why it matters: The translation says the opposite of its source, and reads perfectly well.

    Example: "Sales rose in spring." became "Der Absatz sank im Frühjahr."

    How it is found: A table of some forty opposites. Of each pole it has words that can mean nothing else, and in a
    second list whatever a translator may have put for it. The finding needs a word of the first list on either side, of
    opposite poles, and nothing on either side that may stand for the pole of the other. Sentences with a negation are
    left alone: what is not forbidden is allowed.
    """

    languages = LANGUAGES

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield a finding for every pair of opposites."""
        languages = view.language(Side.SOURCE), view.language(Side.TARGET)
        if view.source is None or view.target is None or set(languages) != LANGUAGES:
            return
        texts = (view.source, view.target)
        own = list(mentions(view.source, languages[0]))
        theirs = list(mentions(view.target, languages[1])) if own else []
        exchanged = [
            (was, now)
            for was in own
            for now in theirs
            if was.concept == now.concept
            and was.pole != now.pole
            and not may_mean(view.source, languages[0], now.concept, now.pole)
            and not may_mean(view.target, languages[1], was.concept, was.pole)
        ]
        if not exchanged or any(negators(text, language) for text, language in zip(texts, languages, strict=True)):
            return
        seen: set[Mention] = set()
        for was, now in exchanged:
            if now in seen:
                continue
            seen.add(now)
            quotes = view.source[was.start : was.end], view.target[now.start : now.end]
            yield self.at(
                view,
                Side.TARGET,
                now.start,
                now.end,
                f"'{quotes[1]}' is the opposite of '{quotes[0]}' in the source",
                confidence=0.75,
                evidence={"source": quotes[0], "source_start": was.start, "source_end": was.end},
            )
