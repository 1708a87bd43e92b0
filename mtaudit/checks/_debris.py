"""What code looks like when it has leaked into prose: a table of kinds, and finding them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5

from mtaudit.checks._addresses import addresses
from mtaudit.types import Severity

#: Elements of HTML that occur in running text (WHATWG HTML, section 4), without those whose names people also write in
#: angle brackets as placeholders ("<title>", "<source>", "<object>").
HTML_ELEMENTS = (
    "a|abbr|article|aside|b|big|blockquote|body|br|center|cite|code|col|dd|del|dfn|div|dl|dt|em|figcaption|figure|font|"
    "footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|li|mark|meta|nav|noscript|ol|p|pre|q|rp|rt|ruby|"
    "s|samp|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|tr|tt|u|ul|"
    "var|wbr"
)
#: Inline elements of XLIFF 1.2 (section 2.4) and 2.1 (section 4.2.3); an attribute carries their identity.
XLIFF_ELEMENTS = "g|x|bx|ex|bpt|ept|ph|it|mrk|pc|sc|ec|sm|cp"

#: Translation systems turn the quotes around attribute values into those of the target language.
_QUOTE = "[\"'“”„‟«»‘’]"
_QUOTED = rf"{_QUOTE}[^<>\n]*?{_QUOTE}"
_VALUE = rf"(?:{_QUOTED}|[^\s\"'<>=]+)"
_NAMED = (
    "class|id|style|href|src|srcset|alt|rel|target|width|height|align|valign|colspan|rowspan|lang|dir|type|role|"
    r"data-[\w-]+|aria-[\w-]+|on(?:click|load|error|change|mouseover)"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of debris: what to call it, how to find it, how bad it is, how sure without a source to compare with.

    What has none of the `signs` has none of this kind: looking for them first is many times faster.
    """

    name: str
    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    severity: Severity
    confidence: float


@dataclass(frozen=True, slots=True)
class Debris:
    """A stretch of text that is code of one kind."""

    kind: Kind
    start: int
    end: int


def _kind(name: str, signs: str, severity: Severity, confidence: float, *patterns: str) -> Kind:
    return Kind(name, tuple(signs.split()), re.compile("|".join(patterns)), severity, confidence)


#: Where two kinds claim the same text, the earlier one has it. Tags also match with the spaces that tokenisers put in,
#: and when they are cut off before the closing bracket.
KINDS = (
    _kind(
        "an HTML or XML tag",
        "< ]]>",
        Severity.MAJOR,
        0.97,
        rf"<\s*/?\s*[A-Za-z][\w:.-]*(?:\s+[A-Za-z_:][\w:.-]*\s*=\s*{_QUOTED})+\s*/?\s*>?",
        rf"<\s*(?:{HTML_ELEMENTS}|{XLIFF_ELEMENTS})(?:\s+[A-Za-z_:][\w:.-]*\s*=\s*{_VALUE})+\s*/?\s*>?",
        rf"<\s*(?:{HTML_ELEMENTS})\s+(?:{_NAMED})\s?=\s?[^\s<>]*",
        rf"<(?:{HTML_ELEMENTS})\s*/?>",
        r"<\s*/\s*[A-Za-z][\w:.-]*\s*>",
        r"<\s+(?:br|div|span|strong|img|em)\s*/?\s*>",
        r"</?[A-Za-z]\w*:[A-Za-z]\w*\s*/?>",
        r"<!--.*?(?:-->|$)|<!DOCTYPE\b[^>]*>?|<\?(?:xml|php)\b[^>]*>?|<%(?=[\s=@]).*?%>|<!\[CDATA\[|\]\]>",
    ),
    _kind(
        "a special token of a translation model",
        "< ▁ ⁇ @",
        Severity.MAJOR,
        0.9,
        r"<\s?(?:unk|pad|mask|eos|bos)\s?>|▁|⁇|@-@|(?<=\w)@@(?=\s|$)",
    ),
    _kind(
        # Before the attributes, which stand inside of it.
        "a shortcode",
        "[",
        Severity.MAJOR,
        0.95,
        r"\[/?vc_[a-z_]+(?:\s[^\[\]\n]*)?\]|\[/(?:caption|gallery|embed)\]|\[(?:caption|gallery|embed)\s[^\[\]\n]*=[^\[\]\n]*\]",
    ),
    _kind(
        "an attribute of an HTML tag",
        "=",
        Severity.MAJOR,
        0.95,
        rf"(?<![A-Za-z0-9_-])(?:{_NAMED})\s?=\s?{_QUOTED}(?:\s*/?>)?",
    ),
    _kind(
        "a machine-made CSS class name",
        "css-",
        Severity.MAJOR,
        0.9,
        r"(?<![A-Za-z0-9_-])css-(?=[a-z]*\d)[a-z0-9]{5,10}(?:-[A-Z][A-Za-z0-9]+)?(?![A-Za-z0-9_-])",
    ),
    _kind(
        "script or style code",
        '{ } = document. window. " @media ;',
        Severity.MAJOR,
        0.9,
        r"\bfunction\s*\w*\s*\([^()\n]*\)\s*\{",
        r"\bdocument\.(?:getElement\w+|querySelector\w*|write|cookie|location)\b",
        r"\bwindow\.(?:location|on[a-z]+|addEventListener|dataLayer)\b",
        r"\}\s*\)\s*(?:\(\s*\)\s*)?;",
        r"\bvar\s+\w+\s*=\s*[^\s=]",
        r"[{,]\s*\"@?\w+\"\s*:\s*(?=[\"\[{\d])",
        r"@media\s*\([^()]*\)\s*\{?",
        r"\b(?:font-(?:size|family|weight|style)|text-(?:align|decoration)|line-height|background-(?:color|image)|"
        r"(?:margin|padding|border)-(?:top|bottom|left|right)|z-index)\s?:\s?[^;{}\n]{1,40};",
        r"\b(?:width|height|margin|padding|color|border)\s?:\s?(?:-?\d+(?:px|em|rem|pt)|#[0-9a-f]{3,6})\b[^;{}\n]{0,20};",
    ),
    _kind(
        "a Markdown link",
        "]",
        Severity.MAJOR,
        0.9,
        r"!?\[[^\[\]\n]*\]\s?\((?:https?:|/|#|mailto:)[^()\s]*\)?|\]\s?\((?:https?:|mailto:)[^()\s]*\)?",
    ),
    _kind(
        "a BBCode tag",
        "[",
        Severity.MAJOR,
        0.95,
        r"\[/(?:b|i|u|s|url|img|quote|code|size|color|list|center|spoiler|email|font)\]",
        r"\[(?:url|img|quote|size|color|list|font)=[^\]\n]*\]",
        # [b] or [i] alone may be a footnote mark or an editor's remark.
        r"\[(?P<name>b|i|u|s|url|img|quote|code|center|spoiler)\](?=.*?\[/(?P=name)\])",
    ),
    _kind(
        "template or wiki code",
        "{ } [ ] ''' ==",
        Severity.MAJOR,
        0.85,
        r"\{\{[^{}\n]*\}\}|\{\{|\}\}|\{%[^%\n]*%\}",
        r"\[\[[^\[\]\n]*\]\]|\[\[|\]\]",
        r"(?<!')'{3}(?!')",
        rf"\[/?[a-z_]+(?:\s+[a-z_]+={_QUOTE}[^\[\]\n]*?{_QUOTE})+\s*/?\]",
        r"^={2,4}\s[^=\n]+\s={2,4}$",
    ),
    _kind(
        "Markdown",
        "** ``` ## |",
        Severity.MINOR,
        0.75,
        # Not the asterisks of "sh**" and "f***ing".
        r"(?<![\w*])\*\*[^*\n]+\*\*(?![\w*])|```|^#{2,6}\s|\|\s?:?-{3,}:?\s?\|",
    ),
    _kind(
        # Two asterisks may also lead to a footnote, so this is sure only against a source that has none.
        "a leftover of Markdown",
        "**",
        Severity.MINOR,
        0.3,
        r"(?<![\w*])\*\*(?=[^\W_])|(?<=[^\W_]{3})\*\*(?![\w*])",
    ),
    _kind(
        "an HTML entity",
        "&",
        Severity.MINOR,
        0.95,
        r"&(?:amp;)+(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-z]{2,8});",
        r"&\s?#\s?(?:\d{2,6}|[xX][0-9a-fA-F]{2,5})\s?;",
        r"&(?P<entity>[A-Za-z][A-Za-z0-9]{1,30});",
        r"&\s(?:nbsp|quot|amp|lt|gt|apos)\s?;|&(?:nbsp|quot|apos|amp)(?![\w;=])",
    ),
    _kind(
        "percent-encoded text",
        "%",
        Severity.MINOR,
        0.9,
        r"(?<!\d)%[2-7c-eC-E][0-9A-Fa-f](?:%[2-9a-eA-E][0-9A-Fa-f])+",
        r"(?<=[^\W\d_])%(?:2[0-9A-F]|3[ABDF])(?=[^\W\d_])",
    ),
    _kind(
        "an escape sequence of program code",
        "\\",
        Severity.MINOR,
        0.85,
        # `\n` before a lower-case letter may be a folder of a path.
        r"(?<!\\)\\[nrt](?=[\s\\\"„“]|$|[^\Wa-z\d_])",
        r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[\"“”„](?=\S)",
    ),
    _kind(
        "LaTeX code",
        "\\",
        Severity.MAJOR,
        0.9,
        r"\\(?:text(?:bf|it|tt)|emph|cite[a-z]*|ref|label|footnote|(?:sub)*section|begin|end)\{[^{}\n]*\}?",
    ),
)

#: Every kind needs one of these; most sentences have none, and are done with after one scan.
_HINT = re.compile(r"[<>&\[{}*\\%▁⁇@=#|;`]")
_HINT_WORDS = ("]]", "css-", "'''", "document.", "window.")
_LINK_HINT = re.compile(r"\]\s?\(")


@lru_cache(maxsize=256)
def debris(text: str) -> tuple[Debris, ...]:
    """The code in a text, in order; overlapping claims are settled in favour of the kind listed first."""
    if not (_HINT.search(text) or any(word in text for word in _HINT_WORDS) or _LINK_HINT.search(text)):
        return ()
    found: list[Debris] = []
    taken = bytearray(len(text))
    for kind in KINDS:
        for sign in kind.signs:  # a loop, for a generator would take longer than the search
            if sign in text:
                break
        else:
            continue
        for match in kind.pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) == -1 and _is_code(match, text):
                found.append(Debris(kind, start, end))
                taken[start:end] = b"\1" * (end - start)
    return tuple(sorted(found, key=lambda item: item.start))


def runs(found: tuple[Debris, ...], text: str) -> Iterator[tuple[Debris, ...]]:
    """Yield the pieces that follow each other with no words between: one leak, one finding."""
    run: list[Debris] = []
    for piece in found:
        if run and re.search(r"\w|[„“”\"«»(]", text[run[-1].end : piece.start]):
            yield tuple(run)
            run = []
        run.append(piece)
    if run:
        yield tuple(run)


def _is_code(match: re.Match[str], text: str) -> bool:
    """Whether the match is no part of an address, and no name like "Q&A;"."""
    entity = match.groupdict().get("entity")
    if entity is not None and f"{entity};" not in html5:
        return False
    return not any(a.start <= match.start() and match.end() <= a.end for a in addresses(text))
