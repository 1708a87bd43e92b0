"""What the user gave an audit besides the texts, read for its two languages: at present glossaries."""

from __future__ import annotations

import warnings

from mtaudit.config import Config
from mtaudit.loading import Warn
from mtaudit.rules import Resources
from mtaudit.text import is_unspaced
from mtaudit.types import Bitext, Side


def gathered(bitext: Bitext, config: Config, warn: Warn | None) -> Resources:
    """Read the glossaries that `config` names, and say what they cannot be used for.

    Raises:
        InputError: a glossary that cannot be read; see `readers.glossary.read_glossary`.
    """
    if not (config.glossary or config.do_not_translate):
        return Resources()
    from mtaudit.morphology import has_lemmas
    from mtaudit.readers.glossary import read_glossary

    tell = warn or _warn
    if bitext.source is None:
        tell("glossaries and words that are not to be translated need a source; without one they are not used.")
        return Resources()
    tags = bitext.source.language, bitext.target.language
    glossary = read_glossary(config.glossary, config.do_not_translate, *tags, tell)
    for side, tag in zip(Side, tags, strict=True):
        if glossary.terms and not has_lemmas(tag) and not is_unspaced(tag):
            tell(f"no word list knows the {side}'s language ({tag}): terms are found only as they are listed.")
    return Resources(glossary)


def _warn(message: str) -> None:
    warnings.warn(message, UserWarning, stacklevel=2)
