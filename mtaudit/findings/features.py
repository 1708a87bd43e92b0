"""What a calibration looks at: a few numbers of each pair, from its scores and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from mtaudit.scorers import embedding, estimator, length
from mtaudit.types import Score, Side

#: Probabilities are kept this far from 0 and 1 before their log odds are taken.
_EDGE = 1e-3
#: Every feature, in the order of a calibration's weights. Those whose scorer did not run are 0.
FEATURES = (
    "findings",
    "estimator.major",
    "estimator.any",
    "estimator.worst-target",
    "estimator.worst-source",
    "estimator.penalty",
    "estimator.badness",
    "estimator.planted",
    "estimator.planted-words",
    "estimator.surprisal",
    "estimator.split",
    "embedding.distance",
    "embedding.loneliest",
    "length.short",
    "length.long",
    "length.words",
)


def _log_odds(probability: float) -> float:
    bounded = min(1 - _EDGE, max(_EDGE, probability))
    return log(bounded / (1 - bounded))


def features(scores: Sequence[Score], found: float) -> dict[str, float]:
    """The features of one pair.

    `found` is what its findings say together, from 0 to 1; as a feature it is in log odds, as the estimator's
    probabilities are. `embedding.distance` one minus the similarity, `embedding.loneliest` how much the worst word of
    either side lacks a counterpart, `length.*` standard deviations below and above the expected length, and the
    logarithm of the number of target words.
    """
    pair = {score.scorer: score.value for score in scores if score.side is None}
    worst = {side: [s.value for s in scores if s.scorer == estimator.WRONG and s.side is side] for side in Side}
    planted = [s.value for s in scores if s.scorer == estimator.WRONG_PLANTED and s.side is Side.TARGET]
    lonely = [score.value for score in scores if score.scorer == embedding.COUNTERPART]
    common: Mapping[str, float] = {
        "findings": _log_odds(found),
        "embedding.distance": 1 - pair.get(embedding.SIMILARITY, 1.0),
        "embedding.loneliest": 1 - min(lonely, default=1.0),
        "length.short": max(0.0, -pair.get(length.DEVIATION, 0.0)),
        "length.long": max(0.0, pair.get(length.DEVIATION, 0.0)),
    }
    judged: dict[str, float] = {}
    if estimator.MAJOR in pair:
        judged = {
            "estimator.major": _log_odds(pair[estimator.MAJOR]),
            "estimator.any": _log_odds(pair[estimator.MAJOR] + pair[estimator.MINOR]),
            "estimator.worst-target": _log_odds(max(worst[Side.TARGET], default=0.0)),
            "estimator.worst-source": _log_odds(max(worst[Side.SOURCE], default=0.0)),
            "estimator.penalty": log(0.01 + pair.get(estimator.PENALTY, 0.0)),
            "estimator.badness": _log_odds(pair.get(estimator.BADNESS, 0.5)),
            "estimator.planted": _log_odds(pair.get(estimator.PLANTED, 0.5)),
            "estimator.planted-words": log(0.01 + sum(planted) / max(1, len(planted))),
            "estimator.surprisal": pair.get(estimator.SURPRISAL, 0.0),
            "estimator.split": pair.get(estimator.SPLIT, 0.0),
            "length.words": log(max(1, len(worst[Side.TARGET]))),
        }
    return {name: common.get(name, judged.get(name, 0.0)) for name in FEATURES}
