"""Opens reports in Chromium. Playwright drives it over a pipe, so the ban on the network holds here too."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.browser import browser, find_browser
from mtaudit.pipeline import all_rules
from mtaudit.reporters import ReportOptions, find_reporter
from mtaudit.types import Audit

#: With this set, as CI has it, a missing browser is a failure.
REQUIRED = "MTAUDIT_BROWSER"


@dataclass
class Trouble:
    """What a page did that no report may do."""

    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        def dismiss(dialog: object) -> None:
            self.dialogs.append(str(dialog))
            dialog.dismiss()  # type: ignore[attr-defined]

        page.on("dialog", dismiss)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)


@dataclass
class Opened:
    """A report in a page of its own, with storage of its own."""

    page: Page
    path: Path
    trouble: Trouble

    def cards(self) -> list[str]:
        """The ranks of the cards that are shown."""
        return self.page.locator(".card .card-rank").all_inner_texts()

    def current(self) -> str:
        """The rank of the card that keys are about."""
        return self.page.locator(".card.is-current .card-rank").inner_text()


Open = Callable[..., Opened]


def require_browser() -> None:
    """Skip, loudly, where there is no browser; fail where there has to be one."""
    if find_browser() is not None:
        return
    told = "no Chromium: the HTML report is NOT tested. apt-get install chromium, or name one in MTAUDIT_CHROMIUM"
    if os.environ.get(REQUIRED):
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    require_browser()
    with browser() as opened:
        yield opened


def rendered(audit: Audit, **options: object) -> str:
    stream = io.StringIO()
    rules = {rule.id: rule for rule in all_rules()}
    find_reporter("html")(audit, stream, ReportOptions(rules, **options))  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.fixture
def open_report(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Write the report of an audit and open the file; whatever the test did, the page must have kept the rules."""
    contexts: list[BrowserContext] = []
    watched: list[Opened] = []

    def opened(
        audit: Audit,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        before: str = "",
        **options: object,
    ) -> Opened:
        path = tmp_path / f"report-{len(contexts)}.html"
        path.write_text(rendered(audit, **options), encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        if before:
            context.add_init_script(before)
        page, trouble = context.new_page(), Trouble()
        trouble.watch(page)
        page.goto(path.as_uri())
        page.wait_for_selector("#map[data-ready]")
        watched.append(Opened(page, path, trouble))
        return watched[-1]

    yield opened
    for one in watched:
        uri = one.path.as_uri()
        assert one.trouble.dialogs == []
        assert one.trouble.errors == []
        assert [
            url for url in one.trouble.requests if url.split("#")[0] != uri and not url.startswith("blob:file:")
        ] == []
    for context in contexts:
        context.close()
