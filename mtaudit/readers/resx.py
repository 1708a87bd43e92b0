"""Microsoft's RESX: `<data name="..."><value>...</value><comment>...</comment></data>`.

Only strings are read: entries with a type or MIME type hold images and the like, and names such as `>>ok.Type` belong
to the form designer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mtaudit.readers.catalogue import CatalogueItem, Entry
from mtaudit.readers.units import Skipped, TextBuilder, Warn
from mtaudit.readers.xml_scan import Text, XmlEvents, guarded

#: Properties of the form designer that are settings, not words.
_SETTINGS = (".Name", ".Type", ".Parent", ".ZOrder", ".Size", ".Location", ".Font", ".TabIndex", ".ImeMode")


def read_resx(path: Path, warn: Warn) -> Iterator[CatalogueItem]:
    """Yield the strings of a RESX file; a fault in the XML ends it, and what came before is good.

    Raises:
        UnreadableError, EmptyError: see `xml_scan.XmlEvents`.
        FormatError: no RESX file, or unsafe XML.
    """
    name = str(path)
    skipped = Skipped(name)
    yield from guarded(_entries(XmlEvents.of(path), name, skipped), name)
    skipped.report(warn)


def _entries(events: XmlEvents, name: str, skipped: Skipped) -> Iterator[CatalogueItem]:
    events.root("root", name, "RESX file")
    for start in events.children():
        if start.name != "data" or start.namespace:
            continue
        key = start.attributes.get("name", "")
        typed = "type" in start.attributes or "mimetype" in start.attributes
        if typed or key.startswith(">>") or key.endswith(_SETTINGS):
            skipped.add("that are no strings")
            continue
        value, comment = TextBuilder(), ""
        for child in events.children():
            if child.name == "comment":
                comment = events.text()
            elif child.name == "value":
                for event in events.inside():
                    if isinstance(event, Text):
                        value.add(event.text, event.line, event.column)
        yield Entry(key, value.build(), None, comment or None, events.comments())
