"""Makes the two toy translators that the tests use: English and German of a few dozen words, in both directions.

    python -m training.toy_translator --out tests/data/toy-translators --minutes 2

The sentences come from a small grammar, so that the models, of some hundred kilobytes, learn to translate every
sentence of it, numbers and names included. They are ordinary Marian folders, made by the code that makes real ones.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch

from training.translator import (
    Example,
    Settings,
    Shape,
    Trainer,
    encoded,
    make_model,
    make_tokenizer,
    measure,
    save_folder,
)

SHAPE = Shape(width=64, inner=160, heads=4, encoder_layers=2, decoder_layers=1, pieces=400)

#: English, German, and whether the German verb is plural.
SUBJECTS = [
    ("the teacher", "die Lehrerin", False),
    ("the mayor", "der Bürgermeister", False),
    ("the doctor", "der Arzt", False),
    ("the farmer", "der Bauer", False),
    ("the girl", "das Mädchen", False),
    ("the company", "die Firma", False),
    ("the neighbours", "die Nachbarn", True),
    ("the workers", "die Arbeiter", True),
    ("the children", "die Kinder", True),
    ("the soldiers", "die Soldaten", True),
]
NAMES = ["Anna", "Peter", "Maria", "Thomas", "Julia", "Robert", "Clara", "Martin"]
#: English past, English infinitive, German past singular and plural.
VERBS = [
    ("saw", "see", "sah", "sahen"),
    ("bought", "buy", "kaufte", "kauften"),
    ("sold", "sell", "verkaufte", "verkauften"),
    ("painted", "paint", "malte", "malten"),
    ("closed", "close", "schloss", "schlossen"),
    ("opened", "open", "öffnete", "öffneten"),
    ("denied", "deny", "leugnete", "leugneten"),
    ("refused", "refuse", "verweigerte", "verweigerten"),
    ("found", "find", "fand", "fanden"),
    ("lost", "lose", "verlor", "verloren"),
]
OBJECTS = [
    ("the old bridge", "die alte Brücke"),
    ("the red house", "das rote Haus"),
    ("the new report", "den neuen Bericht"),
    ("the small boat", "das kleine Boot"),
    ("the answer", "die Antwort"),
    ("the entry", "den Zutritt"),
    ("the large ship", "das große Schiff"),
    ("the key", "den Schlüssel"),
    ("the window", "das Fenster"),
    ("the blue door", "die blaue Tür"),
]
COUNTED = [("boats", "Boote"), ("letters", "Briefe"), ("houses", "Häuser"), ("keys", "Schlüssel"), ("doors", "Türen")]
ENDS = [
    ("", ""),
    (" yesterday", " gestern"),
    (" on Monday", " am Montag"),
    (" on Friday", " am Freitag"),
    (" in the morning", " am Morgen"),
    (" in the harbour", " im Hafen"),
    (" in Hamburg", " in Hamburg"),
    (" with the police", " mit der Polizei"),
]


def sentence(rng: random.Random) -> tuple[str, str]:
    """Make an English sentence and its German translation."""
    if rng.random() < 0.4:
        name = rng.choice(NAMES)
        subject, gesubject, plural = name, name, False
    else:
        subject, gesubject, plural = rng.choice(SUBJECTS)
    past, infinitive, single, several = rng.choice(VERBS)
    if rng.random() < 0.4:
        number, (things, dinge) = rng.randint(2, 999), rng.choice(COUNTED)
        what, was = f"{number} {things}", f"{number} {dinge}"
    else:
        what, was = rng.choice(OBJECTS)
    end, ende = rng.choice(ENDS)
    negated = rng.random() < 0.3
    verb = f"did not {infinitive}" if negated else past
    german = f"{gesubject} {several if plural else single} {was}{ende}{' nicht' if negated else ''}."
    english = f"{subject} {verb} {what}{end}."
    return english[0].upper() + english[1:], german[0].upper() + german[1:]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=2, help="time budget of each direction")
    parser.add_argument("--seed", type=int, default=13)
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    train = [sentence(rng) for _ in range(60_000)]
    known = set(train)
    test = [pair for pair in (sentence(rng) for _ in range(1_000)) if pair not in known][:300]
    for source, target in (("de", "en"), ("en", "de")):
        torch.manual_seed(options.seed)
        turned = [[Example(*(pair if source == "en" else pair[::-1])) for pair in pairs] for pairs in (train, test)]
        with tempfile.TemporaryDirectory() as scratch:
            vocabulary, checkpoint = Path(scratch) / "vocabulary", Path(scratch) / "checkpoint.pt"
            tokenizer = make_tokenizer([t for pair in train for t in pair], SHAPE.pieces, vocabulary, rule="identity")
            settings = Settings(options.minutes, 1_500, 2e-3, 300, 0.05, 0.05, 0.5, options.seed)
            trainer = Trainer.of(make_model(tokenizer, SHAPE, settings.dropout), tokenizer, settings)
            trainer.run(encoded(tokenizer, turned[0]), checkpoint)
            folder = options.out / f"toy-{source}-{target}"
            folder.parent.mkdir(parents=True, exist_ok=True)
            save_folder(trainer.model, vocabulary, folder)
        print(source, target, measure(folder, turned[1], (source, target), 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
