"""The roles that a model can fill, as protocols; implementations are list in, list out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mtaudit.types import ModelUse, Span

Vectors = NDArray[np.float32]

#: Told, while long work goes on, how much of it is done and how much there is.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text: unit vectors (tokens, width) and the spans they cover in that text (code points)."""

    vectors: Vectors
    spans: tuple[Span, ...]


class Embedder(Protocol):
    """Gives sentences and tokens vectors in which translations lie close together.

    A text of any length is read to its end.
    """

    use: ModelUse

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, width), in the order of `texts`."""

    def tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Token vectors of every text, in the order of `texts`."""

    def both(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
        """What `sentences` and `tokens` give, in one reading where that is possible."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in the other language.

    `parts` is in how many stretches the text had to be translated because it is longer than the model reads; `whole`
    is False where the model did not come to an end, so that the translation breaks off.
    """

    text: str
    parts: int = 1
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """How likely a model finds a given translation: natural log-probabilities (pieces,) and the pieces' spans.

    The end of the text counts as a piece; its span is empty. A span counts code points in the given translation.
    """

    log_probabilities: Vectors
    spans: tuple[Span, ...]


class Translator(Protocol):
    """Translates, and says how likely it finds a given translation. A text of any length is read to its end."""

    use: ModelUse

    def translates(self, source: str, target: str) -> bool:
        """Whether it has this direction (BCP 47 tags)."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, progress: Progress | None = None
    ) -> list[Translation]:
        """Translate every text from `source` into `target`, in the order of `texts`."""

    def score(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str, *, progress: Progress | None = None
    ) -> list[Likelihoods]:
        """Score the second text of every pair as a translation of the first, in the order of `pairs`."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """What an estimator says of the pieces of one text.

    `probabilities` (pieces, 3) hold OK, MINOR and MAJOR for each piece, `spans` where each stands (code points).
    `planted` (pieces,) is how likely each is wrong in the way of planted errors; None: the estimator does not say.
    """

    probabilities: Vectors
    spans: tuple[Span, ...]
    planted: Vectors | None = None


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """What an estimator says of one pair.

    `worst` (3,) is the distribution of the worst severity in it, `badness` from 0 to 1 how bad its target is as a
    whole, `surprisal` how rare the pieces of its source are: their mean negative log probability (nats) by themselves,
    `planted` how likely there is an error in it like those that are planted. None of an estimator that does not say so.
    """

    worst: Vectors
    source: Judgements
    target: Judgements
    badness: float | None = None
    surprisal: float | None = None
    planted: float | None = None


class Estimator(Protocol):
    """Reads source and target together and says which pieces are wrong, on either side.

    Pieces of the source are wrong where the target does not say them. A pair of any length is read to its end.
    """

    use: ModelUse

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[PairJudgement]:
        """Judge every (source, target), in the order of `pairs`."""
