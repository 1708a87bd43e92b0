"""A missing browser is said, and where one has to be there it is a failure."""

from __future__ import annotations

import pytest

from tests.browser.conftest import REQUIRED, require_browser


@pytest.mark.parametrize(
    ("required", "outcome"),
    [
        pytest.param("", pytest.skip.Exception, id="on-a-machine-without"),
        pytest.param("required", pytest.fail.Exception, id="in-ci"),
    ],
)
def test_missing_browser(monkeypatch: pytest.MonkeyPatch, required: str, outcome: type[BaseException]) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("MTAUDIT_CHROMIUM", raising=False)
    monkeypatch.setenv(REQUIRED, required)
    with pytest.raises(outcome, match="NOT tested"):
        require_browser()
