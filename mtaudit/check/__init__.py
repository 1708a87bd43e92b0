"""Checks a project: judges its pairs of files, and says whether anything new is wrong.

project -> pairs of files -> audits (or the cache) -> suppressed -> changed -> baseline -> thresholds -> CheckReport
"""

from __future__ import annotations

from mtaudit.check.run import CheckResult, check

__all__ = ["CheckResult", "check"]
