"""Makes the pictures of the HTML report in `docs/images/` from the example that the README audits.

python -m benchmarks.screenshots
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

import mtaudit
from benchmarks.browser import browser
from mtaudit.pipeline import all_rules
from mtaudit.reporters import ReportOptions, find_reporter

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
#: A picture in a README must load quickly.
LIMIT = 300_000


def report() -> str:
    """The report of the example, under the names that a user in the repository would give."""
    names = [f"examples/harbour.{language}.txt" for language in ("en", "de")]
    audit = mtaudit.audit(*(ROOT / name for name in names))
    stream = io.StringIO()
    find_reporter("html")(audit, stream, ReportOptions({rule.id: rule for rule in all_rules()}))
    return stream.getvalue().replace(f"{ROOT}/", "")


def shoot(chromium: Browser, page_path: Path, picture: Path, scheme: Literal["light", "dark"]) -> None:
    """Open the page, light a mark and its counterpart, and take the picture."""
    context = chromium.new_context(viewport={"width": 1280, "height": 840}, color_scheme=scheme)
    page = context.new_page()
    page.goto(page_path.as_uri())
    page.wait_for_selector("#map[data-ready]")
    page.keyboard.press("j")
    page.locator(".card").first.locator('.mark[data-marks="2"]').hover()
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(300)  # colours fade in
    page.screenshot(path=picture)
    context.close()
    if picture.stat().st_size > LIMIT:
        raise SystemExit(f"{picture}: {picture.stat().st_size} bytes are more than {LIMIT}. Make the window smaller.")


def main() -> int:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        page = Path(folder) / "report.html"
        page.write_text(report(), encoding="utf-8")
        shoot(chromium, page, IMAGES / "report.png", "light")
        shoot(chromium, page, IMAGES / "report-dark.png", "dark")
    return 0


if __name__ == "__main__":
    sys.exit(main())
