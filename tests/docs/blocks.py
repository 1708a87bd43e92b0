"""The code blocks of the manual and the README, and the commands in them.

How a page is written:

* ```` ```console ````: lines that begin with `$ ` are commands; what follows is what they print, standard error
  included. A line `...` stands for any number of lines, and `[...]` inside a line for anything. `$ echo $?` prints the
  exit code of the command before it; a command without it must end with 0.
* ```` ```sh ````: every line is a command, which must end with 0. A backslash at its end makes it go on.
* A comment `<!-- not run: REASON -->` right above a block says that its commands cannot run in the tests.
* ```` ```python ````: is run as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
#: The kind of a block that is indented instead of fenced: nobody can say what it is, so pages have none.
INDENTED = "indented"
SHELLS = frozenset({"sh", "bash", "shell"})

_NOT_RUN = re.compile(r"<!-- not run: (.+) -->\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its page, the line of its fence (from 1), what its fence says, its text, why it is not run."""

    page: Path
    line: int
    info: str
    text: str
    not_run: str | None = None

    @property
    def language(self) -> str:
        """The first word after the fence."""
        return self.info.split(maxsplit=1)[0] if self.info.strip() else ""

    @property
    def place(self) -> str:
        """Page and line, as editors take them."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Command:
    """One command line; `output` is what the page says that it prints, None where it says nothing."""

    block: Block
    line: str
    output: tuple[str, ...] | None = None


def blocks(page: Path) -> Iterator[Block]:
    """Yield the code blocks of a page, in order."""
    above = ""
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence" and token.map:
            said = _NOT_RUN.fullmatch(above)
            yield Block(page, token.map[0] + 1, token.info, token.content, said.group(1) if said else None)
        elif token.type == "code_block" and token.map:
            yield Block(page, token.map[0] + 1, INDENTED, token.content)
        if token.level == 0:
            above = token.content if token.type == "html_block" else ""


def commands(block: Block) -> Iterator[Command]:
    """Yield the commands of a console or shell block."""
    if block.language in SHELLS:
        for line in block.text.replace("\\\n", " ").splitlines():
            if line.strip() and not line.startswith("#"):
                yield Command(block, " ".join(line.split()))
        return
    if block.language != "console":
        return
    told: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            told.append((line[2:], []))
        else:
            told[-1][1].append(line)
    for command, output in told:
        yield Command(block, command, tuple(output))


def matches(expected: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether what was printed is what the page says, but for the parts that the page leaves out."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.escape(line).replace(re.escape("[...]"), ".*") + r"\n"
        for line in expected
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None
