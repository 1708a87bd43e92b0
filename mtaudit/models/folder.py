"""What the loaders of model folders share: a quiet library, and the error for a folder that cannot be loaded."""

from __future__ import annotations

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec


def hush() -> None:
    """Keep transformers from announcing on stderr what no user asked for: the progress of loading 40 MB."""
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped


def broken(spec: ModelSpec, error: Exception) -> ModelError:
    """The error for a folder that is there and cannot be loaded."""
    cause = f"{spec.path} cannot be loaded: {error}".rstrip(".")
    remedy = "Reinstall mtaudit, or check the folder" if spec.id is None else "Run `mtaudit models verify`"
    return ModelError(f"model '{spec.name}'", cause, remedy)
