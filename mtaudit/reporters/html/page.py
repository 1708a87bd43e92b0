"""Puts templates, styles, scripts and records into one HTML file with a strict content security policy."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TypedDict

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from mtaudit.langid import language_name
from mtaudit.reporters.base import ReportOptions
from mtaudit.reporters.display import visible
from mtaudit.reporters.html.data import named_rules, page_record
from mtaudit.reporters.json_report import dumps
from mtaudit.reporters.record import Recorder
from mtaudit.rules import Rule
from mtaudit.text import base_language
from mtaudit.types import Audit, Json

STYLE = "report.css"
#: In the order in which they run: each may use the ones before it.
SCRIPTS = (
    "theme.js",
    "data.js",
    "decisions.js",
    "text.js",
    "card.js",
    "view.js",
    "list.js",
    "map.js",
    "filters.js",
    "exchange.js",
    "dialogs.js",
    "keyboard.js",
    "main.js",
)


class Bar(TypedDict):
    """A row of a chart: what is counted, how often, and how long its bar is (percent of the longest)."""

    name: str
    count: int
    length: float


class Family(TypedDict):
    """A family of rules with a bar for each rule that has findings."""

    name: str
    bars: list[Bar]


def render(audit: Audit, options: ReportOptions) -> str:
    """The whole page.

    Raises:
        ValueError: if a finding lies outside its pair, or a number is not finite.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    head = Recorder(audit, options.rules).head()
    summary = head["summary"]
    named = [options.rules[name] for name in sorted(named_rules(audit) & options.rules.keys())]
    left_out = 0 if options.top is None else max(0, summary["suspects"] - options.top)
    text = (
        _environment()
        .get_template("page.html")
        .render(
            policy=_policy(),
            style=_asset(STYLE),
            scripts=[_asset(name) for name in SCRIPTS],
            data=Markup(_inert(dumps(page_record(audit, options)))),  # noqa: S704  # `_inert` leaves nothing to escape
            head=head,
            summary=summary,
            noun="sentence" if audit.bitext.source is None else "sentence pair",
            tags={"source": _language(head["languages"]["source"]), "target": _language(head["languages"]["target"])},
            severities=_bars(summary["by_severity"]),
            families=_families(summary["by_rule"], options.rules),
            rules=named,
            rule_of=options.rules,
            left_out=left_out,
            settings=_settings(head["signature"]["settings"]),
        )
    )
    return text.rstrip("\n") + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mtaudit.reporters.html", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(visible=visible, code=_code, count=_count)
    return environment


@cache
def _asset(name: str) -> Markup:
    """A style sheet or script of the package, as it goes into the page: unescaped, since its hash is in the policy."""
    text = (files("mtaudit.reporters.html") / "assets" / name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  # our own file; a test looks for what would end its element


@cache
def _policy() -> str:
    """The page may run these scripts and use this style sheet, and load nothing whatever."""
    scripts = " ".join(_source(_asset(name)) for name in SCRIPTS)
    return (
        f"default-src 'none'; script-src {scripts}; style-src {_source(_asset(STYLE))}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    """The hash by which a policy names an inline element (W3C, Content Security Policy Level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _inert(json: str) -> str:
    """JSON that can stand inside a script element: nothing in it begins a tag, a comment or an entity."""
    return json.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def _bars(counts: Mapping[str, int]) -> list[Bar]:
    most = max(counts.values(), default=0)
    return [
        {"name": name, "count": count, "length": round(100 * count / most, 1)}
        for name, count in counts.items()
        if count
    ]


def _families(counts: Mapping[str, int], rules: Mapping[str, Rule]) -> list[Family]:
    """The rules that have findings, by family, each with its bar; one scale for all."""
    bars = groupby(_bars(counts), key=lambda bar: rules[bar["name"]].family)
    return [{"name": family, "bars": list(members)} for family, members in bars]


def _settings(settings: Json) -> list[tuple[str, str]]:
    """The settings of a signature by name, as text."""
    named = settings if isinstance(settings, Mapping) else {}
    return [(name, value if isinstance(value, str) else dumps(value)) for name, value in named.items()]


def _language(tag: str | None) -> str | None:
    return visible(language_name(base_language(tag))) if tag else None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _code(text: str) -> Markup:
    """`text` with what stands between backticks as code; docstrings of rules are written that way."""
    pieces = re.split("`([^`]+)`", text)
    shown = [Markup("<code>{}</code>").format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)]
    return Markup("").join(shown)
