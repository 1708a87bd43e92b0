"""Measures pairs with translators: the target is translated back and held against the source.

Round-trip translation says little of a system in general (Somers 2005, "Round-trip Translation: What Is It Good For?"),
since the way back errs too. Here it is a witness beside others, and what the translator itself thinks of the source's
words tells a paraphrase from a change:

`backtranslation.similarity` is the cosine of the sentence vectors of source and back-translation, in one language.

`backtranslation.chrf` is chrF of the back-translation against the source (sacrebleu; Popović 2015), 0 to 100.

`backtranslation.kept` is, for every word of the source, its best cosine with a word of the back-translation (see
`embedding.counterpart`; here both texts are in one language), 1 for the same word in the same place. A word of the
target has the score of the source word that it is linked to. Words that are linked to none have no score.

`backtranslation.source_logprob` is the log-probability (natural) of the source, given the target, when the translator
is made to write it (forced decoding; Thompson and Post 2020, "Automatic Machine Translation Evaluation in Many
Languages via Zero-Shot Paraphrasing"): for the pair the mean over its pieces, for each word of the source the sum over
its own. `backtranslation.target_logprob` is the same for the target given the source, where the profile has a
translator of that direction.

Inline codes are left out of what translators and embedder read, see `prose`; spans count in the documents all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from mtaudit.models.base import Embedder, Likelihoods, Progress, TokenVectors, Translator, Vectors
from mtaudit.prose import Codes, Prose, no_codes
from mtaudit.scorers.embedding import best_matches, read_prose
from mtaudit.text import Word, fold, is_unspaced, words
from mtaudit.types import BackTranslation, Bitext, Link, Score, SegmentPair, Side, Span

SIMILARITY = "backtranslation.similarity"
CHRF = "backtranslation.chrf"
KEPT = "backtranslation.kept"
SOURCE_LOGPROB = "backtranslation.source_logprob"
TARGET_LOGPROB = "backtranslation.target_logprob"

#: Below this a word is another one than its best match; the same word has at least this, unless it is said only once
#: on one side. (Of content words in two English translations of one German sentence 80 % have 0.94 and more.)
SAME = 0.9

#: Splits a text in a language into its sentences.
Splitter = Callable[[str, str], Sequence[str]]
#: Told what is going on, how much of it is done and how much there is.
Notify = Callable[[str, int, int], None]


def score(
    bitext: Bitext,
    pairs: tuple[SegmentPair, ...],
    translators: Sequence[Translator],
    embedder: Embedder | None,
    split: Splitter,
    notify: Notify | None = None,
    codes: Codes = no_codes,
) -> tuple[list[Score], list[BackTranslation]]:
    """Score every pair that has prose on both sides, and return the back-translations beside the scores.

    The target is translated sentence by sentence (`split`), as the models were trained; forced decoding goes sentence
    by sentence too where both sides have as many. Without an embedder words are not compared, and nothing is linked.
    What `codes` finds is left out of all that is read.
    """
    if bitext.source is None:
        return [], []
    languages = bitext.source.language, bitext.target.language
    back = next((each for each in translators if each.translates(*languages[::-1])), None)
    if back is None:
        return [], []
    both, prose = read_prose(bitext, pairs, codes)
    sources, targets = ([each.text for each in prose[side]] for side in Side)
    found = _translated_back(both, targets, back, languages, split, _progress(notify, "translating back"))
    scores = list(_overlap(both, sources, found))
    if embedder:
        found, compared = _compared(both, prose, found, embedder)
        scores += compared
    found = [
        back if text == bitext.text(pair, Side.SOURCE) else replace(back, source=text)
        for pair, back, text in zip(both, found, sources, strict=True)
    ]
    likely = _forced(back, targets, sources, languages[::-1], split, _progress(notify, "scoring the source"))
    scores += _likelihoods(SOURCE_LOGPROB, Side.SOURCE, both, prose[Side.SOURCE], likely)
    forth = next((each for each in translators if each.translates(*languages)), None)
    if forth:
        likely = _forced(forth, sources, targets, languages, split, _progress(notify, "scoring the target"))
        scores += _likelihoods(TARGET_LOGPROB, Side.TARGET, both, prose[Side.TARGET], likely)
    return scores, found


def _progress(notify: Notify | None, what: str) -> Progress | None:
    return (lambda done, total: notify(what, done, total)) if notify else None


def _translated_back(
    pairs: Sequence[SegmentPair],
    targets: Sequence[str],
    translator: Translator,
    languages: tuple[str, str],
    split: Splitter,
    progress: Progress | None,
) -> list[BackTranslation]:
    """Translate every target sentence by sentence and put the sentences of a pair together again."""
    sentences = [list(split(text, languages[1])) for text in targets]
    flat = [sentence for own in sentences for sentence in own]
    translated = iter(translator.translate(flat, languages[1], languages[0], progress=progress))
    blank = "" if is_unspaced(languages[0]) else " "
    found = []
    for pair, own in zip(pairs, sentences, strict=True):
        parts = [next(translated) for _ in own]
        found.append(
            BackTranslation(
                pair.index,
                blank.join(part.text for part in parts),
                cut_sentences=sum(part.parts > 1 for part in parts),
                whole=all(part.whole for part in parts),
            )
        )
    return found


def _overlap(pairs: Sequence[SegmentPair], sources: Sequence[str], found: Sequence[BackTranslation]) -> Iterator[Score]:
    from sacrebleu.metrics import chrf

    metric = chrf.CHRF()
    for pair, source, back in zip(pairs, sources, found, strict=True):
        yield Score(CHRF, pair.index, float(metric.sentence_score(back.text, [source]).score))


def _compared(
    pairs: Sequence[SegmentPair],
    prose: Mapping[Side, Sequence[Prose]],
    found: Sequence[BackTranslation],
    embedder: Embedder,
) -> tuple[list[BackTranslation], list[Score]]:
    """Compare the words of source and back-translation; link the words of source and target."""
    sources, targets = ([each.text for each in prose[side]] for side in Side)
    texts = [back.text for back in found]
    vectors = embedder.sentences(sources), embedder.sentences(texts)
    tokens = [embedder.tokens(each) for each in (sources, texts, targets)]
    scores: list[Score] = []
    result = []
    for row, pair in enumerate(pairs):
        scores.append(Score(SIMILARITY, pair.index, float(vectors[0][row] @ vectors[1][row])))
        source, back, target = (
            _words(text, each[row]) for text, each in zip((sources[row], texts[row], targets[row]), tokens, strict=True)
        )
        places = [_Places(prose[side][row], pair, side) for side in Side]
        kept, changes = _kept(source, back)
        links = [(one, other) for one, other in _links(source, target)]
        scores += [
            Score(KEPT, pair.index, float(value), Side.SOURCE, places[0].of(word))
            for word, value in zip(source.words, kept, strict=True)
        ]
        carried: dict[int, list[float]] = defaultdict(list)
        for one, other in links:
            carried[other].append(float(kept[one]))
        scores += [
            Score(KEPT, pair.index, min(values), Side.TARGET, places[1].of(target.words[other]))
            for other, values in sorted(carried.items())
        ]
        result.append(
            BackTranslation(
                pair.index,
                found[row].text,
                tuple(changes),
                tuple(Link(places[0].of(source.words[i]), places[1].of(target.words[j])) for i, j in links),
                found[row].cut_sentences,
                found[row].whole,
            )
        )
    return result, scores


class _Places:
    """Where the words of one side's prose stand in its document."""

    def __init__(self, prose: Prose, pair: SegmentPair, side: Side) -> None:
        self._prose = prose
        self._start = pair.segments(side)[0].span.start

    def of(self, word: Word) -> Span:
        """The word's span in the document."""
        return self._prose.span(Span(word.start, word.end)).shift(self._start)


class _Words:
    """The words of a text with a unit vector each (words, width)."""

    def __init__(self, found: list[Word], vectors: Vectors) -> None:
        self.words = found
        self.vectors = vectors


def _words(text: str, tokens: TokenVectors) -> _Words:
    """Words with the mean of their pieces' vectors; a word without pieces is left out."""
    starts = np.array([span.start for span in tokens.spans])
    ends = np.array([span.end for span in tokens.spans])
    found, vectors = [], []
    for word in words(text):
        first, last = int(np.searchsorted(ends, word.start, "right")), int(np.searchsorted(starts, word.end, "left"))
        if last > first:
            mean = tokens.vectors[first:last].mean(axis=0)
            found.append(word)
            vectors.append(mean / (np.linalg.norm(mean) or 1.0))
    width = tokens.vectors.shape[1] if tokens.vectors.ndim == 2 else 0
    return _Words(found, np.stack(vectors) if vectors else np.zeros((0, width), dtype=np.float32))


def _kept(source: _Words, back: _Words) -> tuple[Vectors, list[Span]]:
    """How well each source word is kept (words,), and the words of the back-translation that no source word explains.

    The same word, however it is written, is the best match there is.
    """
    if not source.words or not back.words:
        return np.zeros(len(source.words), dtype=np.float32), [Span(word.start, word.end) for word in back.words]
    similarity = source.vectors @ back.vectors.T
    names = [[fold(word.text) for word in side.words] for side in (source, back)]
    same = np.array([[one == other for other in names[1]] for one in names[0]])
    # A word is itself even where its surroundings changed: but the more alike they are, the better.
    similarity = np.where(same, np.maximum(similarity, SAME + (1 - SAME) * similarity.clip(0, 1)), similarity)
    explained = best_matches(similarity.T)
    return best_matches(similarity), [
        Span(word.start, word.end) for word, value in zip(back.words, explained, strict=True) if value < SAME
    ]


def _links(source: _Words, target: _Words) -> list[tuple[int, int]]:
    """Which word became which, as places among the words.

    First the pairs that choose each other (Jalili Sabet et al. 2020, SimAlign's "Argmax"), then for source words
    without one the target word that they lie closest to, if none has chosen that.
    """
    if not source.words or not target.words:
        return []
    similarity = source.vectors @ target.vectors.T
    forth, back = similarity.argmax(axis=1), similarity.argmax(axis=0)
    links = [(one, int(other)) for one, other in enumerate(forth) if back[other] == one]
    taken = {other for _, other in links}
    links += [(one, int(other)) for one, other in enumerate(forth) if int(other) not in taken and back[other] != one]
    return sorted(links)


def _forced(
    translator: Translator,
    given: Sequence[str],
    written: Sequence[str],
    languages: tuple[str, str],
    split: Splitter,
    progress: Progress | None,
) -> list[Likelihoods]:
    """Score each of `written` as the translation of its `given`, sentence by sentence where they have as many."""
    jobs: list[tuple[int, int, str, str]] = []
    for row, (one, other) in enumerate(zip(given, written, strict=True)):
        parts = list(split(one, languages[0])), list(split(other, languages[1]))
        if len(parts[0]) != len(parts[1]):
            jobs.append((row, 0, one, other))
            continue
        start = 0
        for sentence, own in zip(*parts, strict=True):
            start = other.index(own, start)
            jobs.append((row, start, sentence, own))
            start += len(own)
    found = translator.score([(one, other) for *_, one, other in jobs], *languages, progress=progress)
    values: list[list[Vectors]] = [[np.zeros(0, dtype=np.float32)] for _ in given]
    spans: list[list[Span]] = [[] for _ in given]
    for (row, start, *_), each in zip(jobs, found, strict=True):
        values[row].append(each.log_probabilities)
        spans[row] += [span.shift(start) for span in each.spans]
    return [Likelihoods(np.concatenate(row), tuple(own)) for row, own in zip(values, spans, strict=True)]


def _likelihoods(
    name: str, side: Side, pairs: Sequence[SegmentPair], prose: Sequence[Prose], found: Sequence[Likelihoods]
) -> Iterator[Score]:
    """The mean over the pieces of each pair, and the sum over the pieces of each word."""
    for pair, read, likely in zip(pairs, prose, found, strict=True):
        if not len(likely.log_probabilities):
            continue
        yield Score(name, pair.index, float(likely.log_probabilities.mean()))
        places = _Places(read, pair, side)
        own = list(words(read.text))
        sums = [0.0] * len(own)
        # Pieces come in order, and each counts for the first word that it shares a character with.
        bounds = [word.start for word in own]
        for value, span in zip(likely.log_probabilities, likely.spans, strict=True):
            at = int(np.searchsorted(bounds, span.end, "left")) - 1
            if at >= 0 and span.start < own[at].end and len(span):
                sums[at] += float(value)
        for word, total in zip(own, sums, strict=True):
            yield Score(name, pair.index, total, side, places.of(word))
