"""Where each stage of the estimator's training draws its examples from, and in which shares."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import AutoModelForTokenClassification

from training.data import split_pairs
from training.estimator_data import Example, Planter, annotated, by_source, generated, voted
from training.gloss import Gloss, usual_cases
from training.lexicon import Lexicon, induce, substitutes

#: Pairs for the lexicon: IBM model 1 gains little from more, and its table would no longer fit.
LEXICON_PAIRS = 70_000
#: What the dense stage draws: densely planted pairs, generated ones, stretches that are rendered word for word.
DENSE_SHARES = (0.5, 0.35, 0.15)
#: What the last stage draws: planted pairs, densely planted ones, generated ones, word for word, pairs with votes
#: alone, and two annotated translations of one source. There are few annotated sources, each with many translations:
#: with many more than half of such pairs the model learns them by heart.
ANNOTATE_SHARES = (0.2, 0.15, 0.15, 0.1, 0.05, 0.28)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each stage draws its examples from."""

    planter: Planter
    dense: Planter
    generated: Sequence[Example]
    gloss: Gloss
    annotated: Sequence[Example]
    voted: Sequence[Example]
    by_source: Mapping[str, Sequence[Example]]

    def draw(self, stage: str, rng: random.Random) -> tuple[Example, ...]:
        """One example of a stage, or two translations of one source that people judged."""
        fluent = _chosen(self.generated) if self.generated else self.dense.draw
        if stage == "dense":
            return (rng.choices((self.dense.draw, fluent, self.glossed), DENSE_SHARES)[0](rng),)
        if stage != "annotate":
            return (self.planter.draw(rng),)
        kinds = (
            self.planter.draw,
            self.dense.draw,
            fluent,
            self.glossed,
            _chosen(self.voted),
        )
        chosen = rng.choices((*kinds, None), ANNOTATE_SHARES)[0]
        if chosen is not None:
            return (chosen(rng),)
        one = rng.choice(self.annotated)  # a source comes as often as it has translations
        others = [other for other in self.by_source[one.source] if other is not one]
        return (one, rng.choice(others)) if others else (one,)

    def glossed(self, rng: random.Random) -> Example:
        """A pair with a stretch rendered word for word; some pairs have no place for it."""
        pairs = self.planter.pairs
        while True:
            at = rng.randrange(2, len(pairs) - 2)
            near, own = pairs[at - 2 : at + 3], pairs[at]
            if rng.random() < self.planter.english_first:
                others = [de for en, de in near if en == own[0]]
                found = self.gloss.example(*own, ("en", "de"), others, rng)
            else:
                others = [en for en, de in near if de == own[1]]
                found = self.gloss.example(own[1], own[0], ("de", "en"), others, rng)
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
    filled = generated(options.generated) if options.generated else []
    judged = annotated(options.data)
    return Sources(planter, planter.dense(), filled, gloss, judged, voted(options.data), by_source(judged))
