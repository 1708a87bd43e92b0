"""Check runs built by hand that every reporter renders: several files, problems, notes, and hostile names and texts."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

from mtaudit.reporters import ReportOptions, find_check_reporter
from mtaudit.rules import HEADINGS, Rule
from mtaudit.types import Audit, BadInput, CheckReport, Severity, Side, Unit
from tests.unit.reporters.audit_fixture import RULES, Bead, Mark, build, clean, library, target_only

S, T = Side.SOURCE, Side.TARGET

#: The rules with an explanation each, as registered ones have it.
EXPLAINED: Mapping[str, Rule] = {
    name: replace(rule, explanation={title: f"{title} in\nthe case of {rule.slug}." for title in HEADINGS})
    for name, rule in RULES.items()
}

#: A name that is awkward in URIs, in workflow commands, in XML and in Markdown.
AWKWARD = "docs/de/Größe 100%, @team: #1 [x](y) <b>.md"
#: The words in error stand behind an emoji, which takes two units in UTF-16.
EMOJI = "Der Mond 🌒 steht 12 🌟 Sterne vor der Sonne."


def awkward() -> Audit:
    """A file whose name and texts are full of markup; the same pair stands in it twice."""
    hostile = (
        "@here see https://evil.example/?a=1, www.evil.example, #42 ![x](http://e.example/i.png) <img src=x> {0} `|`"
    )
    beads = [
        Bead(
            ("The moon 🌒 stands 10 stars before the sun.",),
            (EMOJI,),
            0.9,
            (
                Mark("MT106", T, "12", "“10” became “12”"),
                Mark("MT102", S, "before", "Nothing stands for “before”", 0.6),
            ),
        ),
        Bead(
            (hostile,),
            (f"{hostile} ::error::x%0A",),
            0.4,
            (Mark("MT307", T, "see", f"Look [here](1): {hostile}", 0.6),),
        ),
        Bead(("Twice.",), ("Zweimal .",), 0.3, (Mark("MT307", T, " .", "A blank before the stop"),)),
        Bead(("Twice.",), ("Zweimal .",), 0.3, (Mark("MT307", T, " .", "A blank before the stop"),)),
        Bead(("Good.",), ("Gut.",), 0.1),
    ]
    audit = build(beads, paths=("docs/en/size.md", AWKWARD), calibrated=True)
    units = tuple(Unit(f"key {number} |<b>") for number in range(len(beads)))
    return replace(audit, bitext=replace(audit.bitext, units=units))


def site() -> CheckReport:
    """A run that fails: three file pairs, things that could not be judged, notes."""
    broken = BadInput("docs/de/broken.md", 0, "the file is neither UTF-8 nor Windows-1252 ::warning::", "Convert it")
    in_file = library().bitext.bad_input
    return CheckReport(
        (library(), awkward(), target_only()),
        (broken, in_file[0]),
        ("1 entry of the baseline matches nothing any more: @team, run `mtaudit baseline write`.",),
        ("10 new findings of severity major or above.", "1 file could not be judged."),
        Severity.MAJOR,
    )


def passing() -> CheckReport:
    """A run that passes, with one file that has findings below the fail level."""
    minor = build(
        [Bead(("Twice.",), ("Zweimal .",), 0.3, (Mark("MT307", T, " .", "A blank before the stop"),))],
        paths=("a.en.md", "a.de.md"),
    )
    return CheckReport((clean(), minor), (), (), (), Severity.MAJOR)


def empty() -> CheckReport:
    """A run over nothing, as after `--changed-since` without changes."""
    return CheckReport((), (), (), (), Severity.MAJOR)


CHECKS = {"site": site, "passing": passing, "empty": empty}


def render(name: str, check: CheckReport, *, top: int | None = None, all_pairs: bool = False) -> str:
    """The report of this name."""
    stream = io.StringIO(newline="")
    find_check_reporter(name)(check, stream, ReportOptions(EXPLAINED, all_pairs=all_pairs, top=top))
    return stream.getvalue()
