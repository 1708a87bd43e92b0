"""A word translation lexicon induced from parallel data, and what planting errors needs of it: links and substitutes.

The lexicon is IBM model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation"), trained English to
German by expectation maximisation; a word pair's score is the geometric mean of its two conditional probabilities.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtaudit.functionwords import FUNCTION_WORDS
from mtaudit.synthesize.edits import Links
from mtaudit.synthesize.single import similar_shape
from mtaudit.text import words

#: Word pairs that score less are not kept: they say nothing.
FLOOR = 0.02
ROUNDS = 5
#: Words that begin with as many of the same letters are taken for forms of one word.
SAME_STEM = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Scores from 0 to 1 of word pairs, lower case: English word to German words, and the other way round."""

    forward: Mapping[str, Mapping[str, float]]
    backward: Mapping[str, Mapping[str, float]]

    def of(self, language: str) -> Mapping[str, Mapping[str, float]]:
        """The translations of the words of a language."""
        return self.forward if language == "en" else self.backward

    def links(self, source: str, target: str, language: str) -> Links:
        """Links between the words of two texts, `language` being the source's: each word to its best partner.

        Words far from the diagonal count less, for the other `the` is the other noun's article.
        """
        scores = self._scores(source, target, language)
        if not scores.size:
            return frozenset()
        found = set()
        for i, j in enumerate(scores.argmax(1)):
            if scores[i, j] > FLOOR:
                found.add((i, int(j)))
        for j, i in enumerate(scores.argmax(0)):
            if scores[i, j] > FLOOR:
                found.add((int(i), j))
        return frozenset(found)

    def mutual(self, source: str, target: str, language: str) -> list[tuple[int, int]]:
        """The links between words that are each other's best partner, in the order of the source."""
        scores = self._scores(source, target, language)
        if not scores.size:
            return []
        back = scores.argmax(0)
        return [(i, int(j)) for i, j in enumerate(scores.argmax(1)) if back[j] == i and scores[i, j] > FLOOR]

    def _scores(self, source: str, target: str, language: str) -> NDArray[np.float64]:
        """How well the words of two texts translate each other (source words, target words)."""
        one = [word.text.lower() for word in words(source)]
        two = [word.text.lower() for word in words(target)]
        table, scores = self.of(language), np.zeros((len(one), len(two)))
        for i, word in enumerate(one):
            row = table.get(word, {})
            for j, other in enumerate(two):
                score = max(row.get(other, 0.0), 0.9 if word == other and len(word) > 2 else 0.0)
                if score:
                    scores[i, j] = score * np.exp(-2.0 * abs(i / len(one) - j / len(two)))
        return scores

    def save(self, path: Path) -> None:
        """Write the lexicon; it is read again by `load`."""
        path.write_text(json.dumps({"forward": self.forward, "backward": self.backward}), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read what `save` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(raw["forward"], raw["backward"])


def same_stem(one: str, two: str) -> bool:
    """Whether two lower-case words begin alike, and so are taken for forms of one word; short ones never do."""
    return len(two) >= SAME_STEM and one[:SAME_STEM] == two[:SAME_STEM]


def _vocabulary(texts: Sequence[Sequence[str]], least: int) -> dict[str, int]:
    counts = Counter(word for text in texts for word in text)
    return {word: at for at, (word, count) in enumerate(counts.most_common()) if count >= least}


def induce(pairs: Sequence[tuple[str, str]], *, least: int = 3) -> Lexicon:
    """Induce a lexicon from (English, German) pairs; words that stand fewer than `least` times are left out."""
    english = [[word.text.lower() for word in words(en)] for en, _ in pairs]
    german = [[word.text.lower() for word in words(de)] for _, de in pairs]
    en_ids, de_ids = _vocabulary(english, least), _vocabulary(german, least)
    nowhere = len(en_ids)  # the empty word, which explains what nothing else does
    keys, group_starts, cells = [], [], 0
    for en, de in zip(english, german, strict=True):
        left = np.array([nowhere, *sorted({en_ids[word] for word in en if word in en_ids})], dtype=np.int64)
        for word in de:
            if word in de_ids:
                keys.append(left * len(de_ids) + de_ids[word])
                group_starts.append(cells)
                cells += len(left)
    unique, place = np.unique(np.concatenate(keys), return_inverse=True)
    del keys
    starts = np.array(group_starts)
    lengths = np.diff(np.append(starts, cells))
    en_of, de_of = unique // len(de_ids), unique % len(de_ids)
    counts: NDArray[np.float64] = np.bincount(place, minlength=len(unique)).astype(np.float64)
    for _ in range(ROUNDS):
        share = counts / np.bincount(en_of, counts, minlength=nowhere + 1)[en_of]
        cell = share[place]
        cell /= np.repeat(np.add.reduceat(cell, starts), lengths)
        counts = np.bincount(place, cell, minlength=len(unique)).astype(np.float64)
    forward = counts / np.bincount(en_of, counts, minlength=nowhere + 1)[en_of]
    backward = counts / np.bincount(de_of, counts, minlength=len(de_ids))[de_of]
    return _tables(np.sqrt(forward * backward), en_of, de_of, list(en_ids), list(de_ids))


def _tables(
    scores: NDArray[np.float64],
    en_of: NDArray[np.int64],
    de_of: NDArray[np.int64],
    english: Sequence[str],
    german: Sequence[str],
) -> Lexicon:
    forward: dict[str, dict[str, float]] = defaultdict(dict)
    backward: dict[str, dict[str, float]] = defaultdict(dict)
    for at in np.flatnonzero((scores > FLOOR) & (en_of < len(english))):
        en, de, score = english[en_of[at]], german[de_of[at]], round(float(scores[at]), 4)
        forward[en][de] = score
        backward[de][en] = score
    return Lexicon(dict(forward), dict(backward))


@dataclass(frozen=True, slots=True)
class Substitutes:
    """For each frequent word of a language, words that a bad translation might have in its place."""

    near: Mapping[str, Sequence[str]]
    frequent: Sequence[str]

    def __call__(self, word: str, rng: random.Random) -> Sequence[str]:
        """Words near in meaning three times out of five, else words that only look alike."""
        near = self.near.get(word, ())
        if near and rng.random() < 0.6:
            return near
        return similar_shape(word, rng.sample(self.frequent, min(400, len(self.frequent))))


def substitutes(
    texts: Sequence[str], language: str, lexicon: Lexicon, tokenizer: Any, piece_vectors: NDArray[np.float32]
) -> Substitutes:
    """Find words near in meaning, by the mean of the word vectors of their pieces, that translate differently.

    Args:
        texts: Texts in the language, to take the words and their frequencies from.
        language: `en` or `de`.
        lexicon: Words that share a good translation mean the same and are left out.
        tokenizer: The embedder's.
        piece_vectors: Word vectors (vocabulary, width) of the embedder.
    """
    counts = Counter(word.text for text in texts for word in words(text) if word.text.isalpha())
    closed = FUNCTION_WORDS[language]
    chosen = [word for word, count in counts.most_common(18_000) if len(word) >= 3 and word.lower() not in closed]
    ids = tokenizer(chosen, add_special_tokens=False)["input_ids"]
    vectors = np.stack([piece_vectors[row].mean(0) for row in ids]).astype(np.float32)
    vectors -= vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    table, near = lexicon.of(language), {}
    good = [{other for other, score in table.get(word.lower(), {}).items() if score > 0.08} for word in chosen]
    for begin in range(0, len(chosen), 1_000):
        closest = np.argpartition(-(vectors[begin : begin + 1_000] @ vectors.T), 60, axis=1)[:, :60]
        for row, others in enumerate(closest):
            at = begin + row
            kept = [
                chosen[other]
                for other in others
                if other != at and chosen[other].lower()[:5] != chosen[at].lower()[:5] and not good[other] & good[at]
            ]
            found = similar_shape(chosen[at], kept)[:8]
            if found:
                near[chosen[at]] = found
    return Substitutes(near, chosen)
