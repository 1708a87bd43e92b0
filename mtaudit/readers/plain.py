"""Plain text: paragraphs, and lines that somebody broke by hand.

Nothing is cleaned: stray signs, leaked tags, doubled blanks and invisible characters are what an audit looks for.
Only line breaks are interpreted. Blank lines part paragraphs. The lines in between are either one paragraph that was
wrapped (then the breaks are blanks) or a list, a headline with its byline, one sentence a line (then each line is a
paragraph). They count as wrapped if no line but the last is shorter or longer than wrapped lines are, and either

* one width explains every break: all lines fit into it, and none would if it took in the next one's first word; that
  width may not be much smaller than that of the rest of the file, which itself must look wrapped; or
* half of the breaks fall inside a sentence, with no end mark before and a lower-case letter after them, and there are
  two breaks or the last line ends the sentence. So are texts that were wrapped and then edited or translated by line.

If every break follows an end mark, the text has one sentence a line, whatever the widths. A line that starts with a
bullet or number begins a new paragraph, if the first line of the block has one too or the line before it ends with an
end mark.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtaudit.readers.assembly import MAX_UNBROKEN, Assembly, unbroken
from mtaudit.text import is_unspaced, starts_lower
from mtaudit.types import Document

#: Line lengths that wrapped text has. Mail is wrapped at 66 to 78, code comments and manuals at 72 to 120; a line
#: well below the width occurs before a long word.
_SHORTEST, _LONGEST = 45, 120
#: The same where no blanks part words and characters are twice as wide.
_SHORTEST_UNSPACED, _LONGEST_UNSPACED = 15, 60
#: In unspaced scripts a line may be two characters short: no line starts with a stop or closing bracket.
_RAGGED_UNSPACED = 2
#: A file of which more than this share of lines is longer than `_LONGEST` was not wrapped.
_LONG_LINES = 0.1
#: What counts as the width of the file: nine lines in ten are shorter; a paragraph may be a little narrower.
_WIDTH_QUANTILE, _WIDTH_SLACK = 0.9, 0.9

_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？：；][\"'”“»«’)\]」』]*$")
_BULLET = re.compile(r"(?:[-*+•‣▪]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
#: A hyphen that ends a line belongs to its word, except before the words that join it to a second one ("Vor- und").
_HYPHENATED = re.compile(r"\w-$")
_AFTER_SUSPENDED_HYPHEN = re.compile(r"(?:und|oder|bzw|sowie|bis|and|or|to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its surrounding white space, and where its first character stands in the file."""

    text: str
    at: int


def read_plain(text: str, name: str, language: str) -> Document:
    """The paragraphs of a plain text; line breaks in `text` are `\\n`.

    Raises:
        EmptyError: nothing but white space.
        FormatError: a line of more than 200,000 characters.
    """
    assembly = Assembly(text, name, language)
    unspaced = is_unspaced(language)
    blocks = list(_blocks(text, name))
    width = _width(blocks)
    for block in blocks:
        for group in _split_at_bullets(block):
            wrapped = _is_wrapped_unspaced(group) if unspaced else _is_wrapped(group, width)
            for index, line in enumerate(group):
                if index:
                    before = group[index - 1]
                    if not wrapped:
                        assembly.end_paragraph()
                    elif not unspaced and not _is_one_word(before.text, line.text):
                        assembly.space(before.at + len(before.text))
                assembly.add(line.text, line.at)
            assembly.end_paragraph()
    return assembly.finish()


def _blocks(text: str, name: str) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line between them."""
    block: list[_Line] = []
    at = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_UNBROKEN:
            raise unbroken(name, number, len(line))
        stripped = line.strip()
        if stripped:
            block.append(_Line(stripped, at + len(line) - len(line.lstrip())))
        elif block:
            yield block
            block = []
        at += len(line) + 1
    if block:
        yield block


def _split_at_bullets(block: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The items of a list, each with the lines it runs on in; a block without a list as it is."""
    is_list = _BULLET.match(block[0].text) is not None
    start = 0
    for index in range(1, len(block)):
        if _BULLET.match(block[index].text) and (is_list or _ENDS_SENTENCE.search(block[index - 1].text)):
            yield block[start:index]
            start = index
    yield block[start:]


def _width(blocks: Sequence[Sequence[_Line]]) -> float:
    """The width that the lines of the file were wrapped at, at least; infinite if they were not."""
    lengths = [len(line.text) for block in blocks for line in block]
    inner = sorted(len(line.text) for block in blocks for line in block[:-1])
    if not inner or sum(length > _LONGEST for length in lengths) > len(lengths) * _LONG_LINES:
        return math.inf
    return inner[int(len(inner) * _WIDTH_QUANTILE)] * _WIDTH_SLACK


def _is_wrapped(lines: Sequence[_Line], width: float) -> bool:
    """Whether the lines are one paragraph; the rule is in the module's docstring."""
    texts = [line.text for line in lines]
    full, last = texts[:-1], texts[-1]
    ends = [_ENDS_SENTENCE.search(text) is not None for text in full]
    if all(ends) or len(last) > _LONGEST or not all(_SHORTEST <= len(text) <= _LONGEST for text in full):
        return False
    narrowest = max(width, *map(len, texts))
    first_words = [text.split(maxsplit=1)[0] for text in texts[1:]]
    if all(len(text) + 1 + len(word) > narrowest for text, word in zip(full, first_words, strict=True)):
        return True
    inside = sum(not end and starts_lower(text) for end, text in zip(ends, texts[1:], strict=True))
    return inside * 2 >= len(full) and (len(full) > 1 or _ENDS_SENTENCE.search(last) is not None)


def _is_wrapped_unspaced(lines: Sequence[_Line]) -> bool:
    """The same where words are not parted: all lines but the last are about equally long."""
    lengths = [len(line.text) for line in lines]
    full = lengths[:-1]
    if all(_ENDS_SENTENCE.search(line.text) for line in lines[:-1]):
        return False
    if not all(_SHORTEST_UNSPACED <= length <= _LONGEST_UNSPACED for length in full):
        return False
    return min(full) + _RAGGED_UNSPACED >= max(lengths)


def _is_one_word(before: str, after: str) -> bool:
    """Whether a line break after a hyphen stands inside a compound."""
    return bool(_HYPHENATED.search(before)) and after[0].isalpha() and not _AFTER_SUSPENDED_HYPHEN.match(after)
