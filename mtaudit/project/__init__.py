"""A project: what `mtaudit check` judges in a repository, by which settings, and where each of them was said."""

from __future__ import annotations

from mtaudit.project.content import Content, Lone, find_content
from mtaudit.project.load import load
from mtaudit.project.records import ContentSet, FilePair, Project, Setting
from mtaudit.project.show import show

__all__ = ["Content", "ContentSet", "FilePair", "Lone", "Project", "Setting", "find_content", "load", "show"]
