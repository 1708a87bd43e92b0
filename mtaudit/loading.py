"""From the name of a profile to its models, ready to be used: chosen, found on this machine, placed and loaded."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

from mtaudit import modelfile
from mtaudit.config import Config
from mtaudit.errors import ModelError
from mtaudit.modelfile import Profile
from mtaudit.models.base import Embedder, Estimator, Translator
from mtaudit.types import Bitext, ModelUse, Signature

#: Called with a message for the user about something that had to be guessed at or left out.
Warn = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The models of a profile, ready to be used; a role that it does not fill is None."""

    embedder: Embedder | None = None
    estimator: Estimator | None = None
    translators: tuple[Translator, ...] = ()

    @property
    def uses(self) -> tuple[ModelUse, ...]:
        """What stands in the signature."""
        return tuple(model.use for model in (self.embedder, self.estimator, *self.translators) if model)


def _load_profile(profile: Profile, languages: list[str], config: Config, warn: Warn | None) -> Loaded:
    """Find the models that these two languages need on this machine, settle where they run, and load them.

    A translator of the audit's own direction is only a second opinion: where it is not there, that is said.
    """
    from mtaudit.models.device import placed
    from mtaudit.models.hub import located
    from mtaudit.models.lock import lock_path, read_lock

    lock = read_lock(lock_path(config.models))
    specs = []
    with _uncollected():
        for spec in profile.needed(languages[0], languages[1]):
            try:
                specs.append(placed(located(spec, lock), config.device, config.dtype))
            except ModelError as error:
                if spec.role != "translator" or spec.translates(languages[1], languages[0]):
                    raise
                if warn:
                    warn(f"the target is not scored given the source. {error}")
        return _load(replace(profile, models=tuple(specs)))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the cyclic garbage collector pause.

    Importing PyTorch and transformers makes a million objects that stay. The collector goes through all of them again
    and again to find nothing, which was a fifth of the start. Afterwards they count as old, so that it does not begin
    with them either; a program that froze objects of its own keeps them frozen.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


@cache
def _load(profile: Profile) -> Loaded:
    """Load the models of a profile, once a process."""
    from mtaudit.models.embedder import SentenceTransformerEmbedder
    from mtaudit.models.estimator import TokenClassificationEstimator
    from mtaudit.models.translator import TransformersTranslator

    embedder, estimator = profile.model("embedder"), profile.model("estimator")
    return Loaded(
        SentenceTransformerEmbedder(embedder) if embedder else None,
        TokenClassificationEstimator(estimator) if estimator else None,
        tuple(TransformersTranslator(spec) for spec in profile.models if spec.role == "translator"),
    )


def load(
    bitext: Bitext, profile: str | None = None, *, config: Config | None = None, warn: Warn | None = None
) -> Loaded:
    """The models of a profile, once it is sure that they read the languages of the bitext.

    Raises:
        ModelError: if the profile does not cover the languages, or its models are not there.
        ConfigError: if the profile is not known.
    """
    config = config or Config()
    models = modelfile.load_merged(config.models)
    chosen = models.profile(profile)
    if bitext.source is None:
        return Loaded()  # without a source there is nothing to compare, and no model is needed
    languages = [bitext.source.language, bitext.target.language]
    models.require(chosen, *languages)
    return _load_profile(chosen, languages, config, warn)


def model_names(signature: Signature) -> tuple[str, ...]:
    """The models of an audit as `role: id@revision`, which is what a calibration is bound to."""
    return tuple(f"{use.role}: {use.id}@{use.revision}" for use in signature.models)
