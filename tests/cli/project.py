"""A scratch git repository with English documents and their German translations, as a user has one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from mtaudit.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent

CONFIGURATION = """\
profile = "checks"
source-language = "en"

[[content]]
source = "docs/en/**/*.md"
target = "docs/{lang}/**/*.md"
languages = ["de"]

[[content]]
files = "locale/*.po"
languages = ["de"]
"""

FILES = {
    "mtaudit.toml": CONFIGURATION,
    "docs/en/mill.md": """\
# The mill

The mill has 14 windows and one door. It was built in 1871 by two brothers.

On Sundays the miller shows visitors the old stones. The tour takes 40 minutes.
""",
    "docs/de/mill.md": """\
# Die Mühle

Die Mühle hat 14 Fenster und eine Tür. Sie wurde 1871 von zwei Brüdern gebaut.

An Sonntagen zeigt der Müller den Besuchern die alten Steine. Die Führung dauert 40 Minuten.
""",
    "docs/en/garden/roses.md": """\
# Roses

The garden opens at 9 in the morning. Dogs are welcome on a lead.
""",
    "docs/de/garden/roses.md": """\
# Rosen

Der Garten öffnet um 9 Uhr morgens. Hunde sind an der Leine willkommen.
""",
    "locale/de.po": """\
msgid ""
msgstr ""
"Language: de\\n"
"X-Source-Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Delete %s files?"
msgstr "%s Dateien löschen?"
""",
}


@dataclass(frozen=True, slots=True)
class Done:
    """A finished command: exit code, standard output, error output."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Project:
    """The repository."""

    root: Path

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, (path, old)
        self.write(path, text.replace(old, new))

    def git(self, *arguments: str) -> str:
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *who, *arguments],
            check=True,
            cwd=self.root,
            capture_output=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
        )
        return done.stdout.decode().strip()

    def commit(self, message: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, folder: str = ".") -> Done:
        """Run the command line in this process, in a folder of the repository."""
        out, err, given = io.StringIO(), io.StringIO(), sys.argv
        sys.argv = ["mtaudit", *arguments]
        code: object = 0
        try:
            with chdir(self.root / folder), redirect_stdout(out), redirect_stderr(err):
                main()
        except SystemExit as end:
            code = end.code
        finally:
            sys.argv = given
        return Done(int(str(code or 0)), out.getvalue(), err.getvalue())

    def python(self, code: str) -> subprocess.Popen[str]:
        """Start Python code in a process of its own, in the repository."""
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            encoding="utf-8",
        )


def make(root: Path) -> Project:
    """The repository with one commit."""
    project = Project(root)
    for path, text in FILES.items():
        project.write(path, text)
    project.git("init", "-q", "-b", "main")
    project.commit("Begin")
    return project
