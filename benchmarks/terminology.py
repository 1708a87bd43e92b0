"""Measures the terminology rules on translations made without the glossary.

    python -m benchmarks.terminology --data DATA

DATA is a folder with `parallel.en-de.tsv.xz` and the `qe.mqm-*.en-de.train.jsonl.xz` files. What is measured:

* glossary: a list of common words of news (`NEWS`), its alternatives chosen on the training part of the parallel data;
  findings of MT401 on 2,500 held-out pairs, per 1,000, and how many occurrences of terms were looked at. Translators
  without the list may use another word, so most findings are right: `JUDGED` says what a reader made of each;
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
government = Regierung; police = Polizei; election = Wahl; court = Gericht|Gerichtshof; pandemic = Pandemie
prime minister = Premierminister|Premierministerin|Ministerpräsident|Ministerpräsidentin|Premier; week = Woche
vaccine = Impfstoff|Vakzin|Impfung; hospital = Krankenhaus|Klinik|Spital; climate change = Klimawandel|Klimaänderung
interest rate = Zinssatz|Zins; artificial intelligence = künstliche Intelligenz|KI; school = Schule; customer = Kunde
teacher = Lehrer|Lehrkraft; company = Unternehmen|Firma|Gesellschaft; price = Preis; market = Markt; weapon = Waffe
economy = Wirtschaft|Ökonomie; airport = Flughafen; parliament = Parlament; constitution = Verfassung; church = Kirche
tax = Steuer; university = Universität|Hochschule|Uni; refugee = Flüchtling|Geflüchtete; software = Software
child = Kind; password = Passwort|Kennwort; data protection = Datenschutz; island = Insel; museum = Museum; war = Krieg
nuclear power plant = Kernkraftwerk|Atomkraftwerk|AKW; coronavirus = Coronavirus|Corona; bank = Bank; hotel = Hotel
passenger = Passagier|Fahrgast|Reisende|Fluggast; language = Sprache; river = Fluss; newspaper = Zeitung; train = Zug
investigation = Ermittlung|Untersuchung
"""
WORDS = ("Google", "Facebook", "Twitter", "Amazon", "Apple", "Microsoft", "Netflix", "YouTube", "NATO", "COVID-19")
#: What a reader made of each finding of MT401 on the held-out pairs. Only the first kind is the rule's own fault.
JUDGED = {"listed form or name not recognised": 1, "other sense or part of a longer term": 10, "other word or none": 17}


def glossary() -> Glossary:
    rows = [row.split("=") for row in NEWS.replace("\n", ";").split(";") if row.strip()]
    return Glossary(tuple(Term(source.strip(), tuple(forms.strip().split("|"))) for source, forms in rows), WORDS)


def found(check: PairCheck, both: Bitext) -> list[str]:
    return [finding.message for pair in both.pairs or () for finding in check.check(PairView.of(both, pair))]


def documents(data: Path) -> tuple[list[Sequence[tuple[str, str]]], list[Sequence[tuple[str, str]]]]:
    """The documents by human translators, and those by machines; each as its pairs in order."""
    rows: dict[tuple[str, str, str], dict[int, tuple[str, str]]] = defaultdict(dict)
    for name in ("categories", "spans"):
        with lzma.open(data / f"qe.mqm-{name}.en-de.train.jsonl.xz", "rt", encoding="utf-8") as stream:
            for line in stream:
                row: Mapping[str, Any] = json.loads(line)
                if row["seg"].isdigit():  # in some rows the two ids are run together, and the order is lost
                    place = row["origin"], row["system"], row["doc"]
                    rows[place][int(row["seg"])] = (row["source"], row["target"])
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
    if len(missing) != sum(JUDGED.values()):
        raise SystemExit(
            f"{len(missing)} findings, {sum(JUDGED.values())} judged: read them (--show), then say so here"
        )
    human, machine = documents(options.data)
    record(
        "terminology",
        {
            "pairs": len(held_out),
            "terms": len(terms.terms),
            "occurrences": sum(len(finder(terms, "en", "de").find(en)) for en, _ in held_out),
            "glossary_findings_per_1000": round(1000 * len(missing) / len(held_out), 1),
            "glossary_findings_judged": JUDGED,
            "glossary_false_alarms_per_1000": round(1000 * next(iter(JUDGED.values())) / len(held_out), 1),
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
