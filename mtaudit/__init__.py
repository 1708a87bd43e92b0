"""Audits machine translations: which sentences a person must look at, which words are wrong, and why."""

__version__ = "0.1.0"
