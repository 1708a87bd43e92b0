"""axe-core finds nothing: in light and dark, wide and narrow, and in the dialogs."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.unit.reporters.audit_fixture import clean, library, target_only


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_the_page(open_report: Open, scheme: str, width: int) -> None:
    page = open_report(library(), scheme=scheme, width=width, all_pairs=True).page
    page.locator("#filters").evaluate("one => { one.open = true; }")
    for key in ("j", "a", "j", "f", "j", "c"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    page.locator(".text .mark").first.focus()
    page.locator("details.explanation summary").first.click()
    page.locator(".measures summary").first.click()
    assert violations(page) == []


@pytest.mark.parametrize(
    "audit", [pytest.param(target_only(), id="target-only"), pytest.param(clean(), id="no-suspects")]
)
def test_other_shapes(open_report: Open, audit: Any) -> None:
    assert violations(open_report(audit).page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opener", ["#open-help", "#open-exchange", ".card a.rule >> nth=0"])
def test_dialogs(open_report: Open, opener: str, scheme: str) -> None:
    page = open_report(library(), scheme=scheme).page
    page.click(opener)
    assert violations(page) == []


def test_the_check_can_fail(open_report: Open) -> None:
    page = open_report(clean()).page
    page.evaluate("document.querySelector('h1').innerHTML = '<button></button>'")
    assert any(found.startswith("button-name") for found in violations(page))
