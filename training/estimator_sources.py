"""Where each stage of the estimator's training draws its examples from, and in which shares."""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForTokenClassification

from mtaudit.types import Side
from training.data import split_pairs
from training.estimator_data import Example, Planter, annotated, by_source, generated, voted, worst_of
from training.gloss import Gloss, usual_cases
from training.lexicon import Lexicon, induce, substitutes
from training.senses import Senses, senses

#: Pairs for the lexicon: IBM model 1 gains little from more, and its table would no longer fit.
LEXICON_PAIRS = 70_000
#: What the dense stage draws: densely planted pairs, generated ones, stretches rendered word for word, other senses.
DENSE_SHARES = (0.46, 0.18, 0.14, 0.22)
#: What the last stage draws: planted pairs, densely planted ones, generated ones, word for word, pairs with votes
#: alone, other senses with the pair as it was, and two annotated translations of one source. There are few annotated
#: sources, each with many translations: with many more than half of such pairs the model learns them by heart.
ANNOTATE_SHARES = (0.2, 0.17, 0.08, 0.08, 0.04, 0.15, 0.28)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each stage draws its examples from."""

    planter: Planter
    dense: Planter
    generated: Sequence[Example]
    gloss: Gloss
    senses: Mapping[str, Senses]
    annotated: Sequence[Example]
    voted: Sequence[Example]
    by_source: Mapping[str, Sequence[Example]]

    def draw(self, stage: str, rng: random.Random) -> tuple[Example, ...]:
        """One example of a stage, or two translations of one source that people judged."""
        fluent = _chosen(self.generated) if self.generated else self.dense.draw
        if stage == "dense":
            drawn = rng.choices((self.dense.draw, fluent, self.glossed, None), DENSE_SHARES)[0]
            return self.missensed(rng) if drawn is None else (drawn(rng),)
        if stage != "annotate":
            return (self.planter.draw(rng),)
        kinds = (
            self.planter.draw,
            self.dense.draw,
            fluent,
            self.glossed,
            _chosen(self.voted),
        )
        chosen = rng.choices((*kinds, self.missensed, self.rivals), ANNOTATE_SHARES)[0]
        found = chosen(rng)
        return (found,) if isinstance(found, Example) else found

    def rivals(self, rng: random.Random) -> tuple[Example, ...]:
        """Two annotated translations of one source, or one where there is no other."""
        one = rng.choice(self.annotated)  # a source comes as often as it has translations
        others = [other for other in self.by_source[one.source] if other is not one]
        return (one, rng.choice(others)) if others else (one,)

    def glossed(self, rng: random.Random) -> Example:
        """A pair with a stretch rendered word for word."""

        def example(source: str, target: str, languages: tuple[str, str], others: Sequence[str]) -> Example | None:
            return self.gloss.example(source, target, languages, others, rng)

        return self._until(example, rng)

    def missensed(self, rng: random.Random) -> tuple[Example, Example]:
        """A pair with words in another sense, and the pair as it was: what differs is nothing but the sense."""

        def example(source: str, target: str, languages: tuple[str, str], others: Sequence[str]) -> Example | None:
            found = self.senses[languages[0]].example(source, target, others, rng)
            if found is not None:
                untouched.append(target)
            return found

        untouched: list[str] = []
        wrong = self._until(example, rng)
        right = Example(wrong.source, untouched[0], ((),), worst_of([()]), frozenset(Side), hidable=True, made=True)
        return wrong, right

    def _until(
        self, example: Callable[[str, str, tuple[str, str], Sequence[str]], Example | None], rng: random.Random
    ) -> Example:
        """The example of the first pair drawn that has a place for its error."""
        pairs = self.planter.pairs
        while True:
            at = rng.randrange(2, len(pairs) - 2)
            near, own = pairs[at - 2 : at + 3], pairs[at]
            if rng.random() < self.planter.english_first:
                found = example(*own, ("en", "de"), [de for en, de in near if en == own[0]])
            else:
                found = example(own[1], own[0], ("de", "en"), [en for en, de in near if de == own[1]])
            if found is not None:
                return found


def _chosen(examples: Sequence[Example]) -> Callable[[random.Random], Example]:
    return lambda rng: rng.choice(examples)


def prepare(tokenizer: Any, options: argparse.Namespace) -> Sources:
    """Read the data; the lexicon is induced once and kept in the work folder."""
    parallel = split_pairs(options.data / "parallel.en-de.tsv.xz", translations=3).train
    pairs = [(pair.en, pair.de) for pair in parallel]
    sample = random.Random(options.seed).sample(pairs, min(LEXICON_PAIRS, len(pairs)))
    path = options.work / "lexicon.json"
    if not path.exists():
        induce(sample).save(path)
    lexicon = Lexicon.load(path)
    start = AutoModelForTokenClassification.from_pretrained(options.start, local_files_only=True, dtype=torch.float32)
    vectors = start.get_input_embeddings().weight.detach().numpy()
    near = {
        language: substitutes([pair[at] for pair in sample], language, lexicon, tokenizer, vectors)
        for at, language in enumerate(("en", "de"))
    }
    planter = Planter(pairs, lexicon, near)
    gloss = Gloss(lexicon, {language: usual_cases([p[at] for p in sample]) for at, language in enumerate(("en", "de"))})
    told_apart = told_senses(options.data / "parallel.en-de.tsv.xz", lexicon)
    filled = generated(options.generated) if options.generated else []
    judged = annotated(options.data)
    return Sources(planter, planter.dense(), filled, gloss, told_apart, judged, voted(options.data), by_source(judged))


def told_senses(path: Path, lexicon: Lexicon) -> dict[str, Senses]:
    """The senses of English and of German words, by all the translations that there are of an original."""
    groups: dict[str, dict[str, list[str]]] = {"en": defaultdict(list), "de": defaultdict(list)}
    for pair in split_pairs(path, translations=6).train:
        if pair.original == pair.en:
            groups["en"][pair.en].append(pair.de)
        else:
            groups["de"][pair.de].append(pair.en)
    return {
        one: senses(groups[one].items(), lexicon, languages)
        for one, languages in (("en", ("en", "de")), ("de", ("de", "en")))
    }
