"""The folder that the manual's commands run in: every file that they name, made up for the purpose."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent

#: An article and its German and French translations, sentence by sentence, all of them right. It is short because
#: `mtaudit probe` plants some hundred errors into every sentence.
ARTICLE = (
    (
        "The old mill on the river opens its doors again on Saturday.",
        "Die alte Mühle am Fluss öffnet am Samstag wieder ihre Türen.",
        "Le vieux moulin au bord de la rivière rouvre ses portes samedi.",
    ),
    (
        "For two years, 40 volunteers repaired the wheel, the roof and the stairs.",
        "Zwei Jahre lang reparierten 40 Freiwillige das Rad, das Dach und die Treppe.",
        "Pendant deux ans, 40 bénévoles ont réparé la roue, le toit et l'escalier.",
    ),
    (
        "The work cost 380,000 euros, half of which came from donations.",
        "Die Arbeiten kosteten 380.000 Euro, von denen die Hälfte aus Spenden kam.",
        "Les travaux ont coûté 380 000 euros, dont la moitié provient de dons.",
    ),
    (
        "Children do not pay, and dogs have to wait outside.",
        "Kinder zahlen nichts, und Hunde müssen draußen warten.",
        "Les enfants ne paient pas, et les chiens doivent attendre dehors.",
    ),
)

#: A project of one document, for the commands that work on whole projects.
_PROJECT = """\
profile = "checks"
source-language = "en"

[[content]]
source = "docs/en/*.md"
target = "docs/{lang}/*.md"
languages = ["de"]
"""

#: Words that make the labelled pairs differ.
_THINGS = (("door", "Tür"), ("clock", "Uhr"), ("lamp", "Lampe"), ("bench", "Bank"), ("bridge", "Brücke"))


def prepare(folder: Path) -> None:
    """Write all files into `folder`."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    sides = list(zip(*ARTICLE, strict=True))
    for language, sentences in zip(("en", "de", "fr"), sides, strict=True):
        _write(folder / f"article.{language}.txt", "\n\n".join(sentences) + "\n")
        paragraphs = "".join(f"<p>{escape(sentence)}</p>\n" for sentence in sentences)
        _write(folder / f"page.{language}.html", f'<html lang="{language}"><body>\n{paragraphs}</body></html>\n')
        _docx(folder / f"manual.{language}.docx", sentences)
        entries = {f"mill.{number}": sentence for number, sentence in enumerate(sentences)}
        _write(folder / "locales" / f"{language}.json", json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    pairs = [(source, target) for source, target, _ in ARTICLE]
    _write(folder / "pairs.tsv", "".join(f"{source}\t{target}\n" for source, target in pairs))
    _write(
        folder / "corpus.jsonl",
        "".join(json.dumps({"source": s, "target": t}, ensure_ascii=False) + "\n" for s, t in pairs),
    )
    _write(folder / "messages.xliff", _xliff(pairs))
    _write(folder / "de.po", _po(pairs))
    _write(folder / "columns.tsv", "source\ttarget\nThe door is open.\tDie Tür ist offen.\nThe window is closed.\n")
    _write(folder / "empty.txt", "")
    _write(folder / "numbers.txt", "12 34 56\n")
    _write(folder / "list.pdf", "%PDF-1.7\n")
    _write(folder / "broken.json", '{"a": "b",}\n')
    _write(folder / "door.en.txt", "Please close the door.\n")
    _write(folder / "door.de.txt", "Bitte die Tür schließen!\n")
    _write(folder / "manual.en.md", "# Rivet\n\nSign in to Rivet with your password.\n")
    _write(folder / "manual.de.md", "# Rivet\n\nMelden Sie sich mit Ihrem Passwort bei Rivet an.\n")
    _write(folder / "terms.tsv", "source\ttarget\nsign in\tanmelden\npassword\tPasswort|Kennwort\n")
    _write(folder / "mtaudit.toml", _PROJECT)
    for language, sentence in (("en", "The mill has 14 windows."), ("de", "Die Mühle hat 14 Fenster.")):
        _write(folder / "docs" / language / "mill.md", f"{sentence}\n")
    _write(folder / "labelled.tsv", "source\ttarget\tlabel\n" + "".join(_labelled(number) for number in range(210)))


def commit(folder: Path) -> None:
    """Make the folder a git repository with one commit, as projects that are checked are."""
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for arguments in (("init", "--quiet"), ("add", "."), (*name, "commit", "--quiet", "--message", "Begin")):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _labelled(number: int) -> str:
    """A labelled row; every third translation has another number, and is cut."""
    english, german = _THINGS[number % len(_THINGS)]
    source = f"The {english} in room {number + 2} is broken and has to be repaired."
    if number % 3:
        return f"{source}\tDie {german} in Raum {number + 2} ist kaputt und muss repariert werden.\t0\n"
    return f"{source}\tDie {german} in Raum {number + 70} ist kaputt und\t1\n"


def _xliff(pairs: list[tuple[str, str]]) -> str:
    units = "".join(
        f'<trans-unit id="{number}"><source>{escape(source)}</source><target>{escape(target)}</target></trans-unit>\n'
        for number, (source, target) in enumerate(pairs)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'<file original="mill" source-language="en" target-language="de" datatype="plaintext"><body>\n{units}'
        "</body></file>\n</xliff>\n"
    )


def _po(pairs: list[tuple[str, str]]) -> str:
    head = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(f'\nmsgid "{source}"\nmsgstr "{target}"\n' for source, target in pairs)


def _docx(path: Path, sentences: tuple[str, ...]) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{escape(sentence)}</w:t></w:r></w:p>" for sentence in sentences)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
