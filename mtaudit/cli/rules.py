"""`mtaudit rules` and `mtaudit rule ID`: what the tool looks for, read from the code."""

from __future__ import annotations

import sys
import textwrap
from typing import Annotated

import typer


def rules(
    markdown: Annotated[bool, typer.Option("--markdown", help="The whole rules page, as docs/rules.md.")] = False,
) -> None:
    """List every rule."""
    from mtaudit.pipeline import all_rules
    from mtaudit.rulespage import rules_page

    known = all_rules()
    if markdown:
        sys.stdout.write(rules_page(known))
        return
    width = max(len(rule.slug) for rule in known)
    for rule in known:
        sys.stdout.write(f"{rule.id}  {rule.slug:<{width}}  {rule.severity:<8}  {rule.summary}\n")


def rule(name: Annotated[str, typer.Argument(help="Id or slug, such as MT106 or number.")]) -> None:
    """Explain one rule."""
    from mtaudit.pipeline import all_rules
    from mtaudit.rules import find_rule
    from mtaudit.rulespage import NEEDS

    found = find_rule(name, all_rules())
    lines = [f"{found.id} {found.slug}: {found.summary}", ""]
    lines += [
        f"Severity: {found.severity} by default",
        f"MQM category: {found.category.value} (ITS 2.0: {found.category.its})",
        f"Needs: {NEEDS[found.needs]}",
    ]
    for heading, text in found.explanation.items():
        lines += ["", heading]
        for paragraph in text.split("\n\n"):
            lines += textwrap.wrap(paragraph, 78, initial_indent="  ", subsequent_indent="  ")
    sys.stdout.write("\n".join(lines) + "\n")
