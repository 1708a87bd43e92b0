"""Reads `models.yaml`: which profiles there are, and which model fills which role in each.

YAML is read with every plain scalar as text, since YAML 1.1 takes the language code `no` for a truth value.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
import yaml

from mtaudit.errors import ConfigError, ModelError
from mtaudit.text import base_language

Role = Literal["embedder", "translator", "estimator"]
ROLES: tuple[Role, ...] = get_args(Role)
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model: what it does, where its folder is, what it covers.

    `path` is absolute. `max_tokens` is how much of a text it reads. `token_layer` is the layer whose token vectors are
    compared across languages, counted as hidden states (0: word vectors); -1 is the last.
    """

    name: str
    role: Role
    path: Path
    revision: str
    languages: tuple[str, ...]
    licence: str
    dtype: str
    max_tokens: int
    token_layer: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of models; a role without a model runs without that scorer."""

    name: str
    summary: str
    models: tuple[ModelSpec, ...]

    def model(self, role: Role) -> ModelSpec | None:
        """The model that fills a role, if any."""
        return next((spec for spec in self.models if spec.role == role), None)

    def covers(self, *languages: str) -> bool:
        """Whether every model reads all these languages (BCP 47; only the primary subtag counts)."""
        return all({base_language(language) for language in languages} <= set(spec.languages) for spec in self.models)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """The profiles of a `models.yaml`, validated."""

    path: Path
    profiles: Mapping[str, Profile]
    default: str

    def profile(self, name: str | None = None) -> Profile:
        """The profile of this name, or the default one.

        Raises:
            ConfigError: if there is none; the message names near misses.
        """
        name = name or self.default
        if name in self.profiles:
            return self.profiles[name]
        raise ConfigError(
            f"profile '{name}'", f"{self.path.name} has no such profile", _hint(name, self.profiles) or "See --help"
        )

    def require(self, profile: Profile, *languages: str) -> None:
        """Make sure that a profile covers the languages.

        Raises:
            ModelError: if it does not; the message names the profiles that do.
        """
        if profile.covers(*languages):
            return
        fitting = [f"--profile {other.name}" for other in self.profiles.values() if other.covers(*languages)]
        raise ModelError(
            f"profile '{profile.name}'",
            f"it does not cover {' and '.join(sorted({base_language(language) for language in languages}))}",
            f"Use {' or '.join(fitting)}" if fitting else "Add a profile that does to models.yaml",
        )


class _Entry(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    role: Role
    path: str
    revision: str
    languages: list[str]
    licence: str
    dtype: Literal["float32", "float16", "bfloat16"] = "float32"
    max_tokens: int = 256
    token_layer: int = -1


class _ProfileEntry(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    summary: str
    embedder: str | None = None
    translator: str | None = None
    estimator: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    schema: Literal["1"]
    default: str
    models: dict[str, _Entry]
    profiles: dict[str, _ProfileEntry]


class _Loader(yaml.BaseLoader):
    """Every scalar is text, and a key that stands twice is an error instead of a silent overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key '{key.value}' stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def bundled_models() -> Path:
    """Where the `models.yaml` of the installed package, or of the checkout, is."""
    installed = _PACKAGE / "models.yaml"
    return installed if installed.exists() else _PACKAGE.parent / "models.yaml"


def bundled_weights() -> Path:
    """Where the folders of the bundled models are."""
    installed = _PACKAGE / "_weights"
    return installed if installed.exists() else _PACKAGE.parent / "weights"


def load(path: Path | None = None, weights: Path | None = None) -> ModelFile:
    """Read and validate a `models.yaml`; without `path` the bundled one.

    Raises:
        ConfigError: place, cause and remedy of the first thing that is wrong.
    """
    path = path or bundled_models()
    try:
        # The loader is a BaseLoader: it makes texts, lists and mappings, and no other objects.
        raw = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506
    except OSError as error:
        raise ConfigError(str(path), f"it cannot be read ({error.strerror})", "Name a file that is there") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise ConfigError(place, f"not YAML: {getattr(error, 'problem', error)}", "Mend the line") from error
    _check_keys(path, raw)
    try:
        parsed = msgspec.convert(raw, _File, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(str(path), str(error).rstrip("."), "Mend the entry; models.yaml explains the keys") from error
    return _build(path, parsed, weights or bundled_weights())


def _keys(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct)}


def _check_keys(path: Path, raw: object) -> None:
    """Name the first unknown key with its place and the key that was probably meant; types are left to msgspec."""
    if not isinstance(raw, dict):
        raise ConfigError(str(path), "the file is not a mapping", "Start from the bundled models.yaml")
    _reject(path, "", raw, _keys(_File))
    for section, struct in (("models", _Entry), ("profiles", _ProfileEntry)):
        entries = raw.get(section)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict):
                _reject(path, f"{section}.{name}.", entry, _keys(struct))


def _reject(path: Path, prefix: str, entry: Mapping[str, object], known: set[str]) -> None:
    for key in entry:
        if key not in known:
            hint = _hint(key, known) or f"Known keys: {', '.join(sorted(known))}"
            raise ConfigError(f"{path}: {prefix}{key}", "unknown key", hint)


def _hint(name: str, known: Mapping[str, object] | set[str]) -> str:
    near = get_close_matches(name, list(known), 2, 0.7)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"There are: {', '.join(sorted(known))}"


def _build(path: Path, parsed: _File, weights: Path) -> ModelFile:
    specs = {
        name: ModelSpec(
            name,
            entry.role,
            weights / entry.path,
            entry.revision,
            tuple(entry.languages),
            entry.licence,
            entry.dtype,
            entry.max_tokens,
            entry.token_layer,
        )
        for name, entry in parsed.models.items()
    }
    profiles = {}
    for name, entry in parsed.profiles.items():
        chosen = []
        for role in ROLES:
            model = getattr(entry, role)
            if model is None:
                continue
            if model not in specs:
                raise ConfigError(f"{path}: profiles.{name}.{role}", f"no model '{model}'", _hint(model, specs))
            if specs[model].role != role:
                cause = f"model '{model}' is an {specs[model].role}"
                raise ConfigError(f"{path}: profiles.{name}.{role}", cause, "Name a model of the right role")
            chosen.append(specs[model])
        profiles[name] = Profile(name, entry.summary, tuple(chosen))
    if parsed.default not in profiles:
        raise ConfigError(f"{path}: default", f"no profile '{parsed.default}'", _hint(parsed.default, profiles))
    return ModelFile(path, profiles, parsed.default)
