"""Web addresses, e-mail addresses, handles, hashtags and file paths: found in prose, and compared across languages.

Several checks need them: they must stand unchanged in a translation, and what looks odd inside one (`%20`, `?q=`,
`.Dann`) is no error there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

#: What may stand in an address: RFC 3986, and the letters of Latin, Greek and Cyrillic that browsers show decoded.
_CHARACTER = r"[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~\u00c0-\u024f\u0370-\u052f]"

#: Top-level domains under which a bare `name.tld` is surely a host. Lower-case only ("Ende.De" is a missing space), and
#: none that is a short word of a European language (it, in, at, es, no, us ...), for chat leaves out spaces.
_TLD = "com|org|net|info|biz|gov|edu|mil|io|dev|tv|eu|de|ch|uk|nl|pt|cz|sk|pl|hu|ru|ua|cn|jp|kr|hk|tw|nz|gr|br"

#: Suffixes of files that users meet by name.
_SUFFIX = (
    "pdf|docx?|xlsx?|pptx?|odt|ods|csv|tsv|txt|rtf|md|rst|html?|xml|json|ya?ml|toml|ini|cfg|conf|log|zip|tar|gz|7z|rar|"
    "exe|msi|dll|dmg|iso|apk|jar|py|js|ts|css|java|cpp|rs|go|sh|bat|ps1|php|sql|jpe?g|png|gif|svg|webp|mp[34]|wav|avi|mov"
)

_ADDRESS = re.compile(
    rf"(?P<url>(?:https?|ftp)://{_CHARACTER}+|(?<![A-Za-z0-9@.])www\.{_CHARACTER}+)"
    r"|(?P<email>(?a:(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9][\w-]*)+))"
    rf"|(?P<host>(?a:(?<![\w@.\-/\\]))(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:{_TLD})(?a:(?![\w@-]|\.\w))(?:/{_CHARACTER}*)?)"
    r"|(?P<path>(?<![\w:])[A-Za-z]:\\(?:[\w .()-]+\\)*[\w.()-]+|(?<![\w./])~?(?:/[A-Za-z_.][A-Za-z0-9_.+-]+){2,}/?"
    rf"|(?a:(?<![\w.@])[A-Za-z0-9][\w-]*\.(?:{_SUFFIX})(?![\w-]|\.\w)))"
    r"|(?P<handle>(?a:(?<![\w@/.&])@[A-Za-z_]\w{2,}))"
    r"|(?P<hashtag>(?<![\w&/#])#(?=\w*[^\W\d_]{2})\w+(?![\w#]))"
)

_TRAILING = ".,;:!?'*"

#: A language code with an optional region or script, as sites write it into their paths and hosts.
_LOCALE = re.compile(r"(?:[a-z]{2}|zh)(?:[-_](?:[a-z]{2}|hans|hant))?", re.IGNORECASE)
_LOCALE_QUERY = re.compile(r"(?<=[?&])((?:lang|language|locale|hl|lc|l)=)[\w-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """One address as it stands in a text: its kind (`url`, `email`, `host`, `path`, `handle`, `hashtag`) and place."""

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=512)
def addresses(text: str) -> tuple[Address, ...]:
    """The addresses of a text in order; punctuation of the sentence around them is not part of them."""
    if not _may_have_address(text):
        return ()
    found = []
    for match in _ADDRESS.finditer(text):
        kind = match.lastgroup or "url"
        raw = match.group()
        while raw and (raw[-1] in _TRAILING or (raw[-1] == ")" and raw.count(")") > raw.count("("))):
            raw = raw[:-1]
        found.append(Address(kind, raw, match.start(), match.start() + len(raw)))
    return tuple(found)


def inside_address(text: str, start: int, end: int) -> bool:
    """Whether `start..end` touches an address of the text."""
    return any(address.start < end and start < address.end for address in addresses(text))


def comparable(address: Address) -> str:
    """What must be the same across languages: no scheme, no locale in host, path or query, no final slash.

    A host that names a language by itself (`en.example.org`) has another article for another language, so only the
    rest of the host counts.
    """
    if address.kind in {"handle", "hashtag", "email"}:
        return address.text.casefold()
    if address.kind == "path":
        return address.text
    rest = re.sub(r"^(?:https?|ftp)://", "", address.text, flags=re.IGNORECASE)
    host, slash, tail = rest.partition("/")
    labels = host.casefold().removeprefix("www.").split(".")
    if len(labels) > 2 and _LOCALE.fullmatch(labels[0]):
        return ".".join(["*", *labels[1:]])
    parts = ["*" if _LOCALE.fullmatch(part) else part for part in tail.split("/")]
    return ".".join(labels) + (slash + _LOCALE_QUERY.sub(r"\1*", "/".join(parts))).rstrip("/")


def host_name(address: Address) -> str:
    """The host without `www.` and top-level domain: `example` for `www.example.co.uk/shop`; empty for other kinds."""
    if address.kind not in {"url", "host"}:
        return ""
    host = re.sub(r"^(?:https?|ftp)://", "", address.text, flags=re.IGNORECASE).split("/", 1)[0].casefold()
    labels = [label for label in host.removeprefix("www.").split(".")[:-1] if label not in {"co", "com"}]
    return labels[-1] if labels else ""


def _may_have_address(text: str) -> bool:
    """Whether a character that every address has is there at all; most sentences have none but the full stop."""
    return any(mark in text for mark in "@#/\\") or "." in text[:-1]
