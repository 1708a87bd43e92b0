"""Measures the terminology rules on translations made without the glossary.

    python -m benchmarks.terminology --data DATA

DATA is a folder with `parallel.en-de.tsv.xz` and `qe.mqm-categories.en-de.train.jsonl.xz`. What is measured:

* glossary: a list of common words of news (`NEWS`), its alternatives chosen on the training part of the parallel data;
  findings of MT401 on 2,500 held-out pairs, per 1,000, and how many occurrences of terms were looked at. Translators who
  did not have the list may use another word: by hand each finding is one or the other, and only forms of a listed
  translation that were not recognised are false (`FALSE`, read for the figures that are kept);
* do-not-translate: the same for words that hardly any translator changes;
* consistency: findings of MT402 without a glossary in documents by human translators, and in those by machines.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.results import record
from mtaudit.checks._occurrences import finder
from mtaudit.checks.consistency import InconsistentTerm
from mtaudit.checks.terminology import DoNotTranslate, GlossaryTerm
from mtaudit.readers.pairs import bitext_of
from mtaudit.rules import DocumentView, PairCheck, PairView
from mtaudit.terms import Glossary, Term
from mtaudit.types import Bitext
from training.data import split_pairs

NEWS = """
government = Regierung; police = Polizei; election = Wahl; court = Gericht|Gerichtshof; vaccine = Impfstoff|Vakzin|Impfung
prime minister = Premierminister|Premierministerin|Ministerpräsident|Ministerpräsidentin|Premier; pandemic = Pandemie
hospital = Krankenhaus|Klinik|Spital; climate change = Klimawandel|Klimaänderung; interest rate = Zinssatz|Zins
artificial intelligence = künstliche Intelligenz|KI; school = Schule; teacher = Lehrer|Lehrkraft; customer = Kunde
company = Unternehmen|Firma|Gesellschaft; price = Preis; market = Markt; economy = Wirtschaft|Ökonomie
airport = Flughafen; parliament = Parlament; constitution = Verfassung; church = Kirche; tax = Steuer; weapon = Waffe
university = Universität|Hochschule|Uni; refugee = Flüchtling|Geflüchtete; software = Software; child = Kind
password = Passwort|Kennwort; data protection = Datenschutz; nuclear power plant = Kernkraftwerk|Atomkraftwerk|AKW
coronavirus = Coronavirus|Corona; passenger = Passagier|Fahrgast|Reisende|Fluggast; week = Woche; island = Insel
museum = Museum; bank = Bank; war = Krieg; language = Sprache; hotel = Hotel; river = Fluss; newspaper = Zeitung
investigation = Ermittlung|Untersuchung; train = Zug
"""
WORDS = ("Google", "Facebook", "Twitter", "Amazon", "Apple", "Microsoft", "Netflix", "YouTube", "NATO", "COVID-19")
#: Findings on the held-out pairs that a reader judged to be forms of a listed translation, of those that were read.
FALSE, READ = 0, 0


def glossary() -> Glossary:
    rows = [row.split("=") for row in NEWS.replace("\n", ";").split(";") if row.strip()]
    return Glossary(tuple(Term(source.strip(), tuple(forms.strip().split("|"))) for source, forms in rows), WORDS)


def found(check: PairCheck, both: Bitext) -> list[str]:
    return [finding.message for pair in both.pairs or () for finding in check.check(PairView.of(both, pair))]


def documents(data: Path) -> tuple[list[Sequence[tuple[str, str]]], list[Sequence[tuple[str, str]]]]:
    """The documents by human translators, and those by machines; each as its pairs in order."""
    rows: dict[tuple[str, str, str], dict[int, tuple[str, str]]] = defaultdict(dict)
    with lzma.open(data / "qe.mqm-categories.en-de.train.jsonl.xz", "rt", encoding="utf-8") as stream:
        for line in stream:
            row: Mapping[str, Any] = json.loads(line)
            rows[row["origin"], row["system"], row["doc"]][int(row["seg"])] = (row["source"], row["target"])
    sides: tuple[list[Sequence[tuple[str, str]]], list[Sequence[tuple[str, str]]]] = ([], [])
    for (_, system, _), segments in rows.items():
        sides[not system.startswith(("Human", "ref"))].append([segments[at] for at in sorted(segments)])
    return sides


def consistency(texts: Sequence[Sequence[tuple[str, str]]], show: bool) -> dict[str, Any]:
    check, messages, pairs = InconsistentTerm(), [], 0
    for pairs_of in texts:
        both = bitext_of(pairs_of, ("en", "de"))
        pairs += len(pairs_of)
        messages += [finding.message for finding in check.check(DocumentView(both, both.pairs or ()))]
    if show:
        print("\n".join(messages))
    rate = round(1000 * len(messages) / pairs, 2)
    return {"documents": len(texts), "pairs": pairs, "findings": len(messages), "per_1000": rate}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the terminology rules.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print every finding")
    options = parser.parse_args(arguments)
    split = split_pairs(options.data / "parallel.en-de.tsv.xz")
    held_out = [(pair.en, pair.de) for pair in (*split.dev, *split.test)]
    both = bitext_of(held_out, ("en", "de"))
    terms = glossary()
    started = time.process_time()
    missing, lost = found(GlossaryTerm(terms), both), found(DoNotTranslate(terms), both)
    took = time.process_time() - started
    if options.show:
        print("\n".join([*missing, *lost]))
    human, machine = documents(options.data)
    record(
        "terminology",
        {
            "pairs": len(held_out),
            "terms": len(terms.terms),
            "occurrences": sum(len(finder(terms, "en", "de").find(en)) for en, _ in held_out),
            "glossary_findings_per_1000": round(1000 * len(missing) / len(held_out), 1),
            "glossary_false_alarms": {"read": READ, "false": FALSE},
            "do_not_translate_findings_per_1000": round(1000 * len(lost) / len(held_out), 1),
            "do_not_translate_occurrences": sum(word in en for en, _ in held_out for word in WORDS),
            "pairs_per_s": round(len(held_out) / took),
            "consistency_human": consistency(human, options.show),
            "consistency_machine": consistency(machine, options.show),
        },
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
