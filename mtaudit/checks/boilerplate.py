"""Debris of web pages in the target: buttons, menus, requests to subscribe, picture credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtaudit.checks._interface import LABELS, Label, is_label, label_language
from mtaudit.checks.language import foreign_language
from mtaudit.rules import DocumentCheck, DocumentView, register
from mtaudit.taxonomy import Category
from mtaudit.text import fold, shorten
from mtaudit.types import Finding, Segment, SegmentPair, Severity, Side

#: So many labels in a row are a menu or a row of buttons.
_RUN = 4
#: The labels of all languages: the debris is often not in the language of the text.
_ANY_LABEL = frozenset(
    {"facebook", "twitter", "email", "vorheriger beitrag", fold("nächster beitrag"), "antwort abbrechen"}
).union(*LABELS.values())
#: Sentences longer than this are prose, whatever they begin with.
_LONGEST = 160

_NETWORKS = r"(facebook|twitter|x\b|whatsapp|telegram|linkedin|pinterest|reddit|instagram|youtube|vk\b|вк\b|вконтакте)"

#: Lines that only web pages say, matched at the start of a segment. All languages are tried on every text, as the
#: debris is often not in the language of the text.
_PHRASES = re.compile(
    rf"""(?ix)
    (click|tap)\ here\ to\b | (subscribe|sign\ up)\ (to|for)\ (our|the|this)\b.{{0,30}}newsletter
    | share\ (this\ (article|page|post|story)\b|on\ {_NETWORKS})
    | follow\ us\ on\ {_NETWORKS} | (this|our)\ (web)?site\ uses\ cookies | we\ use\ cookies | accept\ (all\ )?cookies
    | all\ rights\ reserved | what['’]s\ your\ reaction | you\ (may|might)\ also\ (like|be\ interested)
    | leave\ a\ (reply|comment) | post\ a\ comment | (story|article)\ continues\ below | continue\ reading\b
    | (please\ )?enable\ javascript | log\ in\ to\ (comment|continue|read) | read\ (more|also)\s*:
    | (hier\ klicken|klicken\ sie\ hier),?\ um\b | (unseren\ )?newsletter\ (abonnieren|bestellen)
    | (diesen\ )?(artikel|beitrag)\ teilen | auf\ {_NETWORKS}\ teilen | folgen\ sie\ uns\ (auf|bei)\ {_NETWORKS}
    | (diese|unsere)\ (web)?(site|seite)\ (verwendet|nutzt)\ cookies | wir\ (verwenden|nutzen)\ cookies
    | alle\ (cookies\ akzeptieren|rechte\ vorbehalten) | das\ könnte\ sie\ auch\ interessieren
    | (einen\ )?kommentar\ (schreiben|verfassen|hinterlassen) | (bitte\ )?aktivieren\ sie\ javascript
    | lesen\ sie\ (auch|mehr)\s*: | mehr\ zum\ thema\b
    | cliquez\ ici\ pour\b | (abonnez-vous|inscrivez-vous)\ à\ (notre|la)\b.{{0,30}}newsletter
    | partager\ (cet\ article|sur\ {_NETWORKS})
    | suivez-nous\ sur\ {_NETWORKS} | (ce|notre)\ site\ utilise\ des\ cookies | tous\ droits\ réservés
    | laisser\ un\ commentaire
    | (lire|à\ lire)\ aussi\s*: | haga\ clic\ aquí\ para\b | suscríb(ete|ase)\ a\ nuestr | compartir\ en\ {_NETWORKS}
    | síguenos\ en\ {_NETWORKS} | este\ sitio\ (web\ )?utiliza\ cookies | todos\ los\ derechos\ reservados
    | (deja|dejar)\ un\ comentario | klikněte\ (sem|zde) | přihlaste\ se\ k\ odběru | sdílet\ na\ {_NETWORKS}
    | sledujte\ nás\ na\ {_NETWORKS}
    | tento\ web\ používá\ (soubory\ )?cookies | všechna\ práva\ vyhrazena | přidat\ komentář
    | нажмите\ здесь | подпишитесь\ на\ (наш|рассылку) | поделиться\ в\ {_NETWORKS}
    | (этот|наш)\ сайт\ использует\ (файлы\ )?cookie
    | все\ права\ защищены | оставить\ комментарий | читайте\ также\s*: | натисніть\ тут | підпишіться\ на
    | цей\ сайт\ використовує | усі\ права\ захищено | залишити\ коментар | читайте\ також\s*:
    | 点击(这里|此处) | 订阅我们 | 分享到 | 关注我们 | 版权所有 | 相关阅读
    | ここをクリック | 無断転載 | あわせて読みたい
    """
)
_CREDIT = re.compile(
    r"(?i)(photo|foto|image|bild|picture|imagen|crédit|quelle|zdroj|фото|写真|图片)\w{0,12}\s*"
    r"(credit|by|von|par|de)?\s*[:/©]"
    r"|.{0,80}(/|via|©|\()\s*(getty images|reuters|afp|dpa|shutterstock|imago|ap photo|ap images|alamy|istock)\b"
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A target segment that is web-page debris: of which kind (`phrase`, `label`, `credit`, `menu`), how surely."""

    pair: SegmentPair
    segment: Segment
    kind: str
    confidence: float
    lines: int


def leftovers(view: DocumentView) -> tuple[Leftover, ...]:
    """The debris of a target, in order; what has a counterpart in the source is no debris.

    Lines in a foreign language are left to MT104 and MT105, see `foreign_language`.
    """
    found: list[Leftover] = []
    run: list[tuple[SegmentPair, Segment]] = []
    with_source = view.document(Side.SOURCE) is not None
    for pair, segment in view.segments(Side.TARGET):
        if not pair.source and is_label(segment.text) and _is_paragraph(view, segment):
            run.append((pair, segment))
            continue
        found += _judge_run(view, run, with_source)
        run = []
        if not pair.source:
            found += _judge(view, pair, segment, with_source)
    return tuple(found + _judge_run(view, run, with_source))


def _judge_run(view: DocumentView, run: list[tuple[SegmentPair, Segment]], with_source: bool) -> list[Leftover]:
    """A run of labels: all of it, or line by line when it is no menu."""
    if len(run) >= _RUN:
        lines = [segment.text for _, segment in run]
        if any(foreign_language(view.bitext, segment) for _, segment in run):
            return []
        listed = label_language([Label.of(line) for line in lines], "und") is not None
        # Headings and lists are short lines as well: without a source only words of menus tell.
        if listed or (with_source and not any(re.search(r"[.!?…。！？]$", line) for line in lines)):
            confidence = 0.85 if listed and with_source else 0.7
            return [Leftover(pair, segment, "menu", confidence, len(run)) for pair, segment in run]
    return [leftover for pair, segment in run for leftover in _judge(view, pair, segment, with_source)]


def _judge(view: DocumentView, pair: SegmentPair, segment: Segment, with_source: bool) -> list[Leftover]:
    if len(segment.text) > _LONGEST or foreign_language(view.bitext, segment) is not None:
        return []
    if _PHRASES.match(segment.text):
        return [Leftover(pair, segment, "phrase", 0.8 if with_source else 0.6, 1)]
    # One short label, or a credit, may well belong to the text: only the missing counterpart gives it away.
    if not with_source:
        return []
    if fold(segment.text).rstrip("?!.:… ") in _ANY_LABEL:
        return [Leftover(pair, segment, "label", 0.6, 1)]
    if _CREDIT.match(segment.text):
        return [Leftover(pair, segment, "credit", 0.6, 1)]
    return []


def _is_paragraph(view: DocumentView, segment: Segment) -> bool:
    text = view.bitext.target.text
    before = text[max(0, segment.span.start - 2) : segment.span.start]
    after = text[segment.span.end : segment.span.end + 2]
    return before in ("", "\n\n") and after in ("", "\n\n")


_SAYS = {
    "phrase": "is a line that web pages put around their text",
    "label": "looks like a button or link of a web page",
    "credit": "looks like a picture credit",
    "menu": "is one of {lines} short lines in a row that look like buttons or a menu",
}


@register("MT311", "leftover-boilerplate", Category.MARKUP, Severity.MINOR)
class LeftoverBoilerplate(DocumentCheck):
    """A line of the target is debris of a web page and no part of the text.

    What it does: Marks buttons, menus, requests to subscribe or share, cookie notices and picture credits that have no
    counterpart in the source.

    Why it matters: They came along when a page was scraped or pasted, and do not belong in a published text.

    Example: "Subscribe to our newsletter" between two paragraphs, or the paragraphs "Home", "News", "Login", "Search".

    How it is found: By a list of phrases of web pages in nine languages, and by four or more short paragraphs in a row.
    Without a source only listed phrases and menus of listed words count. Lines in a foreign language are left to
    MT104 and MT105.
    """

    needs_source = False

    def check(self, view: DocumentView) -> Iterator[Finding]:
        """Yield one finding a leftover line."""
        for leftover in leftovers(view):
            says = _SAYS[leftover.kind].format(lines=leftover.lines)
            missing = " and has no counterpart in the source" if view.document(Side.SOURCE) is not None else ""
            yield self.finding(
                leftover.pair,
                Side.TARGET,
                leftover.segment.span,
                f"'{shorten(leftover.segment.text)}' {says}{missing}",
                confidence=leftover.confidence,
                evidence={"kind": leftover.kind, "lines": leftover.lines},
            )
