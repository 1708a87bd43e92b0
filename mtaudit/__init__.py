"""Audits machine translations: which sentences a person must look at, which words are wrong, and why.

    import mtaudit

    audit = mtaudit.audit("article.en.txt", "article.de.txt")
    for suspect in audit.suspects:
        print(suspect.rank, suspect.suspicion, [finding.message for finding in suspect.findings])

Importing the package loads no model and no torch; they come with the first audit that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtaudit.config import Config
from mtaudit.errors import ConfigError, InputError, ModelError, MtauditError
from mtaudit.types import (
    Audit,
    Bitext,
    Document,
    Finding,
    Score,
    Segment,
    SegmentPair,
    Severity,
    Side,
    Span,
    Suspect,
    Views,
    register_views,
)

if TYPE_CHECKING:
    from mtaudit.pipeline import aligned, audit, audit_bilingual, audit_texts

__version__ = "0.1.0"

__all__ = [
    "Audit",
    "Bitext",
    "Config",
    "ConfigError",
    "Document",
    "Finding",
    "InputError",
    "ModelError",
    "MtauditError",
    "Score",
    "Segment",
    "SegmentPair",
    "Severity",
    "Side",
    "Span",
    "Suspect",
    "__version__",
    "aligned",
    "audit",
    "audit_bilingual",
    "audit_texts",
]


def __getattr__(name: str) -> object:
    """Import the pipeline when one of its functions is first asked for (PEP 562)."""
    if name in ("aligned", "audit", "audit_bilingual", "audit_texts"):
        from mtaudit import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'mtaudit' has no attribute '{name}'")


def _notebook() -> Views:
    from mtaudit import notebook

    return notebook


register_views(_notebook)
