"""Reports do not depend on the CI system that the tests themselves run in."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what GitHub Actions and GitLab CI tell of themselves."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
