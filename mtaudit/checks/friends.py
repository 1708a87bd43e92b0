"""MT114: a word was taken for the one that looks like it.

In the 438,210 translations of the parallel data there are 50 findings. By our reading some 46 are right, 20 of them
"novel" for "Novelle".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtaudit.checks._friends import LANGUAGES, Found, found, table
from mtaudit.rules import PairCheck, PairView, register
from mtaudit.taxonomy import Category
from mtaudit.types import Finding, Severity, Side

_LAST_WORD, _FIRST_WORD = re.compile(r"(\w+)\W+\Z"), re.compile(r"\W+(\w+)")


@register("MT114", "false-friend", Category.MISTRANSLATION, Severity.MAJOR)
class FalseFriend(PairCheck):
    """A word of the source became the word that looks like it and means something else.

    What it does: Marks a word of the target such as "eventuell" where the source has "eventually", "Rezept" where it
    has "receipt", or "must not" where it has "muss nicht". English and German only.

    Why it matters: The translation reads well, and a reader who knows the words only by their looks takes it for right.

    Example: "They eventually agreed." became "Sie stimmten eventuell zu."

    How it is found: A table of some seventy pairs. The finding needs a word of either side that look alike, nothing in
    the target that may stand for the word of the source, and nothing in the source that may have become the word of
    the target. Where a word beside it is the same on both sides it is taken for part of a name.
    """

    languages = LANGUAGES

    def check(self, view: PairView) -> Iterator[Finding]:
        """Yield a finding for every false friend of the target."""
        languages = view.language(Side.SOURCE), view.language(Side.TARGET)
        if view.source is None or view.target is None or set(languages) != LANGUAGES:
            return
        own = {one.friends: one for one in reversed(list(found(view.source, languages[0])))}
        if not own:
            return
        told: set[int] = set()
        for now in found(view.target, languages[1]):
            friends, was = table()[now.friends], own.get(now.friends)
            if was is None or now.friends in told or languages[1] not in friends.into:
                continue
            if friends.right[languages[0]].search(view.target) or friends.right[languages[1]].search(view.source):
                continue
            if _beside(view.source, was) & _beside(view.target, now):  # "Fast and Furious"
                continue
            told.add(now.friends)
            quotes = view.source[was.start : was.end], view.target[now.start : now.end]
            yield self.at(
                view,
                Side.TARGET,
                now.start,
                now.end,
                f"'{quotes[1]}' only looks like '{quotes[0]}' in the source: it means '{friends.means[languages[1]]}', "
                f"and '{quotes[0]}' means '{friends.means[languages[0]]}'",
                confidence=0.8,
                evidence={"source": quotes[0], "source_start": was.start, "source_end": was.end},
            )


def _beside(text: str, word: Found) -> set[str]:
    """The words before and after a word, in lower case."""
    both = _LAST_WORD.search(text[: word.start]), _FIRST_WORD.match(text, word.end)
    return {match[1].lower() for match in both if match}
