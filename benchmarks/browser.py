"""Opens reports in a real browser: Debian's Chromium, driven by Playwright over a pipe, with no network.

Tests, benchmarks and the script that makes the screenshots share it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

#: Chromium calls home by itself unless it is told not to.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find_browser() -> str | None:
    """The path of Chromium: what `MTAUDIT_CHROMIUM` names, or the first that the system has; None: there is none."""
    named = os.environ.get("MTAUDIT_CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium with an empty profile.

    Raises:
        RuntimeError: if there is no Chromium.
    """
    path = find_browser()
    if path is None:
        raise RuntimeError(
            "no Chromium was found. Install it (apt-get install chromium), or name it in MTAUDIT_CHROMIUM"
        )
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()
