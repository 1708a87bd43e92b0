"""Reads `models.yaml`: which profiles there are, and which model fills which role in each.

YAML is read with every plain scalar as text, since YAML 1.1 takes the language code `no` for a truth value.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
import yaml

from mtaudit.errors import ConfigError, ModelError
from mtaudit.text import base_language

Role = Literal["embedder", "translator", "estimator"]
ROLES: tuple[Role, ...] = get_args(Role)
#: A full commit hash.
COMMIT = re.compile(r"[0-9a-f]{40}")
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model: what it does, where its folder is, what it covers.

    `path` is the absolute path of its folder; for a model with an `id` on a hub it is empty until
    `models.hub.located` has found the snapshot. `revision` is then a full commit hash, or empty where models.yaml
    names none and the lock file has to. `max_tokens` is how much of a text it reads. `token_layer` is the layer whose
    token vectors are compared across languages, counted as hidden states (0: word vectors); -1 is the last.
    `pairs` are the directions of a translator that has only some, as (from, to); `codes` its own codes for languages
    where the tables do not know them. `size_mb` is the size of what is downloaded, in megabytes. `sha256` is the
    checksum of a bundled model's weights. `dtype` may be `auto` and `device` is until `models.device` has chosen.
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
    id: str | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    beams: int = 1
    size_mb: int | None = None
    sha256: str | None = None
    device: str = "auto"

    @property
    def title(self) -> str:
        """The id on the hub, or the name of a model that is a folder: what reports call it."""
        return self.id or self.name

    @property
    def non_commercial(self) -> bool:
        """Whether the licence forbids commercial use, by its name."""
        return bool(re.search(r"(?i)\bnc\b|non-?commercial", self.licence))

    def reads(self, *languages: str) -> bool:
        """Whether it knows all these languages (BCP 47; only the primary subtag counts)."""
        return {base_language(language) for language in languages} <= set(self.languages)

    def translates(self, source: str, target: str) -> bool:
        """Whether a translator has this direction."""
        direction = base_language(source), base_language(target)
        return self.reads(*direction) and (not self.pairs or direction in self.pairs)


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of models; a role without a model runs without that scorer.

    The role of translator may be filled by several, one a direction; every other role by one.
    """

    name: str
    summary: str
    models: tuple[ModelSpec, ...]

    def model(self, role: Role) -> ModelSpec | None:
        """The model that fills a role, if any; of several translators the first."""
        return next((spec for spec in self.models if spec.role == role), None)

    def translators(self, source: str, target: str) -> tuple[ModelSpec, ...]:
        """The translators that a translation from `source` into `target` is audited with.

        First the one that translates back; then, if there is another, the one that has the direction itself.
        """
        own = [spec for spec in self.models if spec.role == "translator"]
        directions = (target, source), (source, target)
        chosen = [next((spec for spec in own if spec.translates(*each)), None) for each in directions]
        return tuple(dict.fromkeys(spec for spec in chosen if spec))

    def needed(self, source: str, target: str) -> tuple[ModelSpec, ...]:
        """The models that such an audit uses: those of all roles, and the translators of the two directions."""
        translators = self.translators(source, target)
        return tuple(spec for spec in self.models if spec.role != "translator" or spec in translators)

    def covers(self, *languages: str) -> bool:
        """Whether the models read all these languages; of two, (source, target), it must also translate back."""
        if not all(spec.reads(*languages) for spec in self.models if spec.role != "translator"):
            return False
        translators = [spec for spec in self.models if spec.role == "translator"]
        if not translators or len(languages) != 2:
            return not translators or any(spec.reads(*languages) for spec in translators)
        return any(spec.translates(languages[1], languages[0]) for spec in translators)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """The profiles of a `models.yaml`, validated."""

    path: Path
    profiles: Mapping[str, Profile]
    default: str
    models: Mapping[str, ModelSpec] = field(default_factory=dict)

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
        names = sorted({base_language(language) for language in languages})
        raise ModelError(
            f"profile '{profile.name}'",
            f"it does not cover {' and '.join(names)}",
            f"Use {' or '.join(fitting)}" if fitting else "Add a profile that does to models.yaml",
        )


class _Entry(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    role: Role
    languages: list[str]
    licence: str
    path: str | None = None
    id: str | None = None
    revision: str | None = None
    dtype: Literal["float32", "float16", "bfloat16", "auto"] = "float32"
    max_tokens: int = 256
    token_layer: int = -1
    pairs: list[str] = []
    codes: dict[str, str] = {}
    beams: int = 1
    size_mb: int | None = None
    sha256: str | None = None


class _ProfileEntry(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    summary: str
    embedder: str | None = None
    translator: str | list[str] | None = None
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
    """Read and validate a whole `models.yaml`; without `path` the bundled one.

    Paths in it are taken from `weights`, by default the folder of the bundled models.

    Raises:
        ConfigError: place, cause and remedy of the first thing that is wrong.
    """
    path = path or bundled_models()
    raw = _read(path)
    return _build(path, raw, dict.fromkeys(_entries(raw, "models"), weights or bundled_weights()))


def load_merged(path: Path | None = None) -> ModelFile:
    """The bundled profiles with those of a user's own `models.yaml` laid over them.

    The user's file may leave out `default`, `models` and `profiles`; an entry of a name that is bundled takes its
    place as a whole. Its paths are taken from the folder that it lies in.

    Raises:
        ConfigError: place, cause and remedy of the first thing that is wrong.
    """
    if path is None:
        return load()
    bundled, own = _read(bundled_models()), _read(path)
    if "schema" not in own:
        raise ConfigError(str(path), "it does not say which schema it follows", "Begin it with the line `schema: 1`")
    folders = dict.fromkeys(_entries(bundled, "models"), bundled_weights())
    folders |= dict.fromkeys(_entries(own, "models"), path.resolve().parent)
    merged = {**bundled, **own}
    for section in ("models", "profiles"):
        if isinstance(own.get(section, {}), dict):
            merged[section] = {**_entries(bundled, section), **_entries(own, section)}
    return _build(path, merged, folders)


def _entries(raw: Mapping[str, object], section: str) -> dict[str, object]:
    entries = raw.get(section)
    return entries if isinstance(entries, dict) else {}


def _read(path: Path) -> dict[str, object]:
    """The file as texts, lists and mappings, its keys checked; it is parsed again only when it has changed."""
    try:
        stamp = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    return copy.deepcopy(_parsed(path, stamp.st_mtime_ns, stamp.st_size))


def _unreadable(path: Path, error: OSError) -> ConfigError:
    return ConfigError(str(path), f"it cannot be read ({error.strerror})", "Name a file that is there")


@lru_cache(maxsize=4)
def _parsed(path: Path, changed: int, size: int) -> dict[str, object]:
    try:
        # The loader is a BaseLoader: it makes texts, lists and mappings, and no other objects.
        raw = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506
    except OSError as error:
        raise _unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "it is not in UTF-8", "Save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise ConfigError(place, f"not YAML: {getattr(error, 'problem', error)}", "Mend the line") from error
    if not isinstance(raw, dict):
        raise ConfigError(str(path), "the file is not a mapping", "Start from the bundled models.yaml")
    _check_keys(path, raw)
    return raw


def _keys(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct)}


def _check_keys(path: Path, raw: Mapping[str, object]) -> None:
    """Name the first unknown key with its place and the key that was probably meant; types are left to msgspec."""
    _reject(path, "", raw, _keys(_File))
    sections: tuple[tuple[str, type[msgspec.Struct]], ...] = (("models", _Entry), ("profiles", _ProfileEntry))
    for section, struct in sections:
        for name, entry in _entries(raw, section).items():
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


def _build(path: Path, raw: Mapping[str, object], folders: Mapping[str, Path]) -> ModelFile:
    try:
        parsed = msgspec.convert(raw, _File, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(str(path), str(error).rstrip("."), "Mend the entry; models.yaml explains the keys") from error
    specs = {name: _spec(path, name, entry, folders[name]) for name, entry in parsed.models.items()}
    profiles = {
        name: Profile(name, entry.summary, tuple(_chosen(path, name, entry, specs)))
        for name, entry in parsed.profiles.items()
    }
    if parsed.default not in profiles:
        raise ConfigError(f"{path}: default", f"no profile '{parsed.default}'", _hint(parsed.default, profiles))
    for spec in profiles[parsed.default].models:
        if spec.non_commercial:
            cause = f"'{spec.name}' is for non-commercial use only ({spec.licence}), and that is never taken unasked"
            raise ConfigError(
                f"{path}: default",
                cause,
                f"Make another profile the default, and name '{parsed.default}' with --profile",
            )
    return ModelFile(path, profiles, parsed.default, specs)


def _spec(path: Path, name: str, entry: _Entry, folder: Path) -> ModelSpec:
    place = f"{path}: models.{name}"
    if (entry.path is None) == (entry.id is None):
        cause = "it has both a path and an id" if entry.path else "it has neither a path nor an id"
        raise ConfigError(place, cause, "Give `path`, a folder, or `id`, a repository on the hub")
    if entry.id is None and entry.revision is None:
        raise ConfigError(place, "Object missing required field `revision`", "Say `bundled`, or which version it is")
    if entry.id is not None and entry.revision is not None and not COMMIT.fullmatch(entry.revision):
        cause = f"'{entry.revision}' is no full commit hash; branches and tags move"
        remedy = f"Give 40 hexadecimal digits, see https://huggingface.co/{entry.id}/commits/main; or leave it out"
        raise ConfigError(f"{place}.revision", cause, remedy)
    for key, number in (("beams", entry.beams), ("max-tokens", entry.max_tokens - 7)):
        if number < 1:
            raise ConfigError(f"{place}.{key}", "the number is too small", "Give a larger one, or leave the key out")
    pairs = tuple(_direction(place, pair) for pair in entry.pairs)
    return ModelSpec(
        name=name,
        role=entry.role,
        path=folder / entry.path if entry.path is not None else Path(),
        revision=entry.revision or "",
        languages=tuple(entry.languages),
        licence=entry.licence,
        dtype=entry.dtype,
        max_tokens=entry.max_tokens,
        token_layer=entry.token_layer,
        id=entry.id,
        pairs=pairs,
        codes=tuple(sorted(entry.codes.items())),
        beams=entry.beams,
        size_mb=entry.size_mb,
        sha256=entry.sha256,
    )


def _direction(place: str, pair: str) -> tuple[str, str]:
    source, dash, target = pair.partition("-")
    if not (source and dash and target):
        raise ConfigError(f"{place}.pairs", f"'{pair}' is no direction", "Write from-to, such as de-en")
    return source, target


def _chosen(path: Path, name: str, entry: _ProfileEntry, specs: Mapping[str, ModelSpec]) -> Iterator[ModelSpec]:
    """The models of a profile, in the order of the roles."""
    for role in ROLES:
        value = getattr(entry, role)
        for model in () if value is None else [value] if isinstance(value, str) else value:
            place = f"{path}: profiles.{name}.{role}"
            if model not in specs:
                raise ConfigError(place, f"no model '{model}'", _hint(model, specs))
            if specs[model].role != role:
                cause = f"model '{model}' is an {specs[model].role}"
                raise ConfigError(place, cause, "Name a model of the right role")
            yield specs[model]
