"""The report that an editor opens in a browser: one file, no network, works from a file path.

`data` makes the records that the page's scripts read, `partners` finds the words opposite a finding, `diff` compares a
back-translation with its source, `page` puts templates, styles, scripts and records into one file.
"""

from __future__ import annotations

from typing import TextIO

from mtaudit.reporters.base import ReportOptions
from mtaudit.types import Audit

__all__ = ["report"]


def report(audit: Audit, stream: TextIO, options: ReportOptions) -> None:
    """Write the page.

    The page holds every pair, so that its map shows the whole document; `options.all_pairs` only chooses what it
    lists at first. Of the suspects beyond `options.top` it holds the suspicion alone, and says so.

    Raises:
        ValueError: if a finding lies outside its pair, or a number is not finite.
        KeyError: if `options.rules` lacks the rule of a finding.
    """
    from mtaudit.reporters.html.page import render

    stream.write(render(audit, options))
