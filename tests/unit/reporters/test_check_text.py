"""A check run as text, exactly."""

from __future__ import annotations

import io
from dataclasses import replace

from mtaudit.config import Config
from mtaudit.pipeline import all_rules, audit_bitext
from mtaudit.reporters import ReportOptions, find_check_reporter
from mtaudit.types import BadInput, CheckReport, Severity
from tests.support import bitext


def test_the_whole_report() -> None:
    pairs = [("The tower has 12 steps.", "Der Turm hat 21 Stufen.\x1b[2J"), ("It is old.", "Er ist alt.")]
    audit = audit_bitext(bitext(pairs), profile="checks", config=Config(select=("MT106",)))
    named = replace(audit, bitext=replace(audit.bitext, target=replace(audit.bitext.target, path="de/a.md")))
    problems = tuple(BadInput(f"de/{number}.md", 1, "it is empty", "Fill it") for number in range(7))
    check = CheckReport(
        (named,), (*problems, BadInput("x", 2, "odd", "Why?")), ("A note.",), ("It fails.",), Severity.MAJOR
    )
    stream = io.StringIO()
    find_check_reporter("text")(check, stream, ReportOptions({rule.id: rule for rule in all_rules()}))
    (finding,) = audit.findings
    assert stream.getvalue() == (
        f"de/a.md:1:14: major MT106 number: {finding.message}\n"
        "    Der Turm hat 21 Stufen.␛[2J\n"
        "\nnot judged:\n"
        "  de/0.md:1, de/1.md:1, de/2.md:1, de/3.md:1, de/4.md:1 and 2 more: it is empty. Fill it.\n"
        "  x:2: odd. Why?\n"
        "\nnotes:\n  A note.\n"
        "\n1 file, 2 sentence pairs, 1 new finding\nfailed: It fails.\n"
        "incomplete: 8 problems kept something from being judged.\n"
    )


def test_a_run_that_passes() -> None:
    stream = io.StringIO()
    find_check_reporter("text")(CheckReport((), (), (), (), None), stream)
    assert stream.getvalue() == "\n0 files, 0 sentence pairs, 0 new findings\npassed\n"
