"""Words that deny in English and German, and those that may stand for a denial in a translation.

A good translation often says with another part of speech what its source denies: "not possible" is "unmöglich", "no
fewer than six" is "mindestens sechs", "he could not help laughing" is "er musste lachen". So one table is narrow, words
and phrases that deny the sentence they stand in, and the other as wide as can be: whatever may have taken their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Negator:
    """A word that denies, at `start..end` of a text."""

    start: int
    end: int


#: Words that deny.
_DENIES = {
    "en": re.compile(
        r"\b(?:not|never|cannot|nobody|nothing|neither|without)\b|\b(?:do|does|did|is|are|was|were|has|have"
        r"|had|could|would|should|wo|ca|must|need)n['’]t\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:nicht|nie|niemals|niemand\w{0,2}|nichts|nirgends|nirgendwo|kein(?:e[nmrs]?)?|keinerlei|keineswegs"
        r"|weder|ohne)\b",
        re.IGNORECASE,
    ),
}

#: One of these is in each of them; most sentences have none.
_SIGNS = {
    "en": ("not", "never", "nobody", "neither", "without", "n't", "n’t"),
    "de": ("nicht", "nie", "nirgend", "kein", "weder", "ohne"),
}

#: Phrases with such a word that are idioms: they say no more than their translation without one.
_IDIOMS = {
    "en": re.compile(
        r"\b(?:not (?:only|just|merely|simply|solely|least|to mention|until|till|unless|too|so|even|surprising\w*"
        r"|long|yet|all|every\w*|always|necessarily|quite|far|much|many|enough|alone|un\w+|in(?:significant|considerable|frequent)\w*|without)"
        r"|(?:whether|if|or|why|how|could|might|should|would) not|or not|if not|why (?:do|did|does|is|are"
        r"|was)n['’]t|(?:could|can|would)(?:n['’]t| ?not) (?:help|wait|agree more|be more|mind|resist|care less"
        r"|afford)|(?:do|did|does|is|are|was|were|has|have|had|could|would|should|wo|ca)n['’]t (?:you|he|she|it|we"
        r"|they|I|until|till|only|just|even)\b|not\W*[?]|n['’]t\W*[?]|never mind|never ?the ?less|nothing (?:wrong"
        r"|but|less|short|more|other)|(?:not|n['’]t) (?:\w+ ){1,6}(?:until|till|unless|before|only|just|merely|than"
        r"|without|except|any more|anymore|any longer|anyone|any|either|at all|but|alone)\b|without (?:a )?(?:doubt"
        r"|question|fail|saying|delay|further)|nothing to do|goes without|do not hesitate|don['’]t (?:hesitate"
        r"|forget|worry|miss|mind|know|think|care|give an?))\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:nicht (?:nur|bloß|allein|zuletzt|umsonst|wahr|zu vergessen|zu unterschätzen|lange|weniger|mehr als"
        r"|erst|selten|so|zu|einmal|ohne|minder|alle[nsrm]?|jede[nsrm]?|immer|ganz|viel|weit|genug|ausgeschlossen"
        r"|un\w+|gerade)|(?:wenn|ob|oder|warum|wieso|weshalb|noch|gar|auch|doch|fast|bis) nicht"
        r"|kein (?:wunder|problem|geringerer|ende|zweifel|einziges?|thema|ding|grund)|keine (?:frage|ursache|sorge"
        r"|geringere|ahnung|zeit)|(?:wie|als) (?:\w+ ){1,8}nicht mehr"
        r"|nicht (?:schlecht|übel|entgehen|missen|zu über\w+)|in nichts"
        r"|nichts (?:anderes|als|geht|wie|weiter|desto\w*)|so gut wie|nie (?:zuvor|wieder)|nicht\W*[?]"
        r"|ohne (?:weiteres|zweifel|frage|probleme?|mühe)|(?:weder|ohne|kein\w*) (?:\w+ ){0,6}(?:noch|dass)"
        r"|nicht (?:\w+ ){1,8}(?:sondern|als|außer|bevor|ehe|bis))\b",
        re.IGNORECASE,
    ),
}

#: Whatever may stand for a denial, "dont" of chats included: weaker negators, prefixes and endings, words of lack,
#: refusal, doubt and contrast.
_MAY_DENY = {
    "en": re.compile(
        r"\b(?:no|non|none|nor|nope|nah|nev\w*|not\w*|cannot|no-one|noone|nobody|nowhere|neither|either|hardly"
        r"|barely|scarcely|rarely|seldom|little|few|fewer|less|least|only|just|merely|but|except\w*|unless|until"
        r"|till|instead|rather|otherwise|lest|out of|without|beyond|too|far from|against|anti\w*|anything but|still"
        r"|other than|another|different\w*|unlike|ain|nay|zero|nil|free (?:from|of)|nt|(?:un(?!der|i[tvof])"
        r"|im(?!age|port|med|pro|pl[aeiy]|pa[cr]|p[eru])|ir|il|dis|mis|non|in(?:a|e|di[fgs]|s[uae]|v[aiu]|co[mnr]"
        r"|ca|h[aui]|fr|op))\w{3,}|\w+(?:less|free)(?:ly|ness)?|lack\w*|fail\w*|refus\w*|den(?:y|ie[sd]|ying|ial)"
        r"|avoid\w*|prevent\w*|stop\w*|ceas\w*|lose\w*|losing|loss\w*|lost|miss(?:es|ed|ing)?|absen\w*|exclu\w*"
        r"|reject\w*|forb[iao]d\w*|prohibit\w*|ban(?:s|ned)?|neglect\w*|ignor\w*|doubt\w*|wrong\w*|bad\w*|poor\w*"
        r"|difficult\w*|end(?:ed|s|ing)?|g[ia]ven? up|keep\w*|kept|spare\w*|escap\w*|withh\w+|empty|vain|void"
        r"|cancel\w*|abandon\w*|contrary|neg\w+|rid|remain\w*|reluctan\w*|left|clos\w+|drop\w*|fals\w*|broke\w*"
        r"|quit|skip\w*|omit\w*|wonder\w*|oppos\w*|object\w*|resist\w*|defy\w*|secret|regardless|despite|although"
        r"|though|whereas|alone|same|yet|any(?:more|thing|one|body)?|worse|hard\w*|ever|long|before|whether|if"
        r"|stay\w*|short|far|away|forg[eo]t\w*|minus|down|under\w+|under-|defunct|declin\w*|restrict\w*|struggl\w*|warn\w*|indef\w*|out|idk|equal\w*|defi\w+"
        r"|refrain\w*|highest|lowest|(?:do|does|did|is|are|was|were|has|have|had|could|would|should|ca|wo|must"
        r"|need)[nm]t|nae|\w+z?nt)\b|[?]|n['’`]t\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:nein|nee|nö|nich\w*|nie\w*|kein\w*|nirgend\w*|nur|bloß|erst|kaum|selten\w*|wenig\w*|mindestens"
        r"|spätestens|höchstens|zumindest|außer\w*|sondern|statt\w*|anstatt|anstelle|ausgenommen|sonst|ander\w*"
        r"|ebenso\w*|trotz\w*|obwohl|bevor|ehe|nix|weder|noch|ohne\w*|nachdem|zu wenig|zu viel|zu|(?:un(?!d\b|s\b"
        r"|ser|ter)|miss|missl|ent|anti|wider|fern)\w{3,}|fehl\w*|frühestens|früher als|ansonsten|andernfalls"
        r"|ab(?:ge)?(?:lehn|schlag|sag|stritt)\w*|aus(?:ge)?(?:schl|fall|fiel|blieb|bleib|geschl)\w*|in(?:akz|dis"
        r"|ex|komp|offiz|stab|kons|eff)\w*|im(?:mun|materi)\w*|ir(?:re|ra)\w*|il(?:le|lo)\w*|\w+(?:los|frei|leer"
        r"|arm|widrig|fremd|unfähig|unwillig)(?:e[nmrs]?)?(?:keit|igkeit)?|lehn\w*|weiger\w*|verw[ei]\w+ger\w*"
        r"|leugn\w*|bestr[ie]\w*|m[ei]+d\w*|verm[ei]+d\w*|\w*hinder\w*|aufhör\w*|hör\w* (?:\w+ ){0,4}auf|stopp\w*"
        r"|mangel\w*|mängel|lass\w*|ließ\w*|läss\w*|\w*bleib\w*|\w*blieb\w*|schwer\w*|schwierig\w*|schlecht\w*"
        r"|falsch\w*|zweif\w*|bezweif\w*|erspar\w*|leer\w*|\w*scheiter\w*|ignor\w*|negativ\w*|null|weit|allein\w*"
        r"|einzig\w*|lediglich|\w*egal|schnuppe|wurs(?:ch)?t|\w+un(?:freund|fähig|üb)\w*|gleich\w*|beend\w*|schluss|knapp\w*|\w*verbot\w*|untersag\w*|tabu|gering\w*"
        r"|vergeb\w*|umsonst|verg[ea]ss?\w*|vermiss\w*|verpass\w*|geheim\w*|verl[oi]e?r\w*|verzicht\w*|verschon\w*"
        r"|verschw\w*|versag\w*|versäum\w*|verwehr\w*|unter(?:lass|bl)\w*|minus|jemals|irgend\w*|wenn|ob|weg"
        r"|offen\w*|doch)\b|[?]",
        re.IGNORECASE,
    ),
}

LANGUAGES = frozenset(_DENIES)


def negators(text: str, language: str) -> list[Negator]:
    """The words of a text that deny and are part of no idiom; `language` is one of `LANGUAGES`."""
    lower = text.casefold()
    if not any(sign in lower for sign in _SIGNS[language]):
        return []
    idioms = [match.span() for match in _IDIOMS[language].finditer(text)]
    return [
        Negator(*match.span())
        for match in _DENIES[language].finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in idioms)
    ]


def may_deny(text: str, language: str) -> bool:
    """Whether anything in a text may stand for a denial; `language` is one of `LANGUAGES`."""
    return _MAY_DENY[language].search(text) is not None
