"""Splits documents into sentences that keep their offsets, and aligns the two sides."""

from mtaudit.segment.align import align
from mtaudit.segment.split import split

__all__ = ["align", "split"]
