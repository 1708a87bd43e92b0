"""The only place where the stages meet: read, split, align, score, detect, select, rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import mtaudit
from mtaudit import modelfile, rules
from mtaudit.config import Config
from mtaudit.errors import ConfigError
from mtaudit.languages import check_tag, settle_bitext
from mtaudit.loading import Loaded, Warn, load, model_names
from mtaudit.modelfile import Profile
from mtaudit.models.base import Embedder
from mtaudit.resources import gathered
from mtaudit.text import base_language
from mtaudit.types import (
    Audit,
    BackTranslation,
    Bitext,
    Document,
    Finding,
    Json,
    OffsetMap,
    Score,
    SegmentPair,
    Side,
    Signature,
    Suspect,
)

if TYPE_CHECKING:
    from mtaudit.findings.calibration import Calibration

#: Told what is going on, how much of it is done and how much there is: 0 where nobody knows.
Notify = Callable[[str, int, int], None]

#: Pairs that are scored, or checked, between two reports of progress. Models sort what they get by length, so that
#: little of a batch is padding: with far fewer that would not work out.
_PART = 256


def audit(
    source: str | PathLike[str] | None,
    target: str | PathLike[str],
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    profile: str | None = None,
    config: Config | None = None,
    warn: Warn | None = None,
    notify: Notify | None = None,
) -> Audit:
    """Audit a translated file.

    Args:
        source: Path of the source file; None audits the translation alone.
        target: Path of the translation: a document, or a catalogue of messages where the source is one too.
        source_language: BCP 47 tag; None: found out from the text.
        target_language: BCP 47 tag; None: found out from the text.
        profile: A name from `models.yaml`; None: its default.
        config: Which rules count, and how sure they must be.
        warn: Called with each message about input that had to be guessed at, such as a legacy encoding.
        notify: Called while long work goes on with what it is, how much of it is done and how much there is.

    Returns:
        The audit: `audit.suspects` are the pairs to look at, worst first.

    Raises:
        InputError: if a file cannot be read, is empty, or is in another language than was said.
        ModelError: if the profile does not cover the languages, or its models are not there.
        ConfigError: if the profile or a rule is not known.
    """
    from mtaudit import readers

    if source is not None and readers.is_catalogue_pair(Path(source), Path(target)):
        tags = check_tag(source_language, "-s"), check_tag(target_language, "-t")
        matched = readers.read_catalogues(Path(source), Path(target), *tags, warn=warn)
        return _audit_bitext(_with_languages(matched), profile, config, notify, warn)
    sides = {
        Side.SOURCE: None
        if source is None
        else readers.read(Path(source), check_tag(source_language, "-s"), warn=warn),
        Side.TARGET: readers.read(Path(target), check_tag(target_language, "-t"), warn=warn),
    }
    return _audit_documents(sides[Side.SOURCE], _some(sides[Side.TARGET]), profile, config, notify, warn)


def audit_texts(
    source: str | None,
    target: str,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    profile: str | None = None,
    config: Config | None = None,
    notify: Notify | None = None,
) -> Audit:
    """Audit texts that are in memory; otherwise as `audit`."""
    from mtaudit import readers

    return _audit_documents(
        None if source is None else readers.read_text(source, check_tag(source_language, "-s"), "<source>"),
        readers.read_text(target, check_tag(target_language, "-t"), "<target>"),
        profile,
        config,
        notify,
    )


def audit_bilingual(
    path: str | PathLike[str],
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    profile: str | None = None,
    config: Config | None = None,
    warn: Warn | None = None,
    notify: Notify | None = None,
) -> Audit:
    """Audit a file that holds both sides, such as TSV, XLIFF, TMX or PO; otherwise as `audit`."""
    from mtaudit import readers

    bitext = readers.read_bitext(
        Path(path), check_tag(source_language, "-s"), check_tag(target_language, "-t"), warn=warn
    )
    return _audit_bitext(_with_languages(bitext), profile, config, notify, warn)


def audit_bitext(
    bitext: Bitext,
    *,
    profile: str | None = None,
    config: Config | None = None,
    notify: Notify | None = None,
    warn: Warn | None = None,
) -> Audit:
    """Audit a bitext that is in memory, aligned or not; its documents say in which languages they are.

    Raises:
        ModelError: if the profile does not cover the languages, or its models are not there.
        ConfigError: if the profile or a rule is not known.
    """
    return _audit_bitext(bitext, profile, config, notify, warn)


def aligned(
    source: str | PathLike[str],
    target: str | PathLike[str] | None,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    profile: str | None = None,
    config: Config | None = None,
    warn: Warn | None = None,
) -> Bitext:
    """Read two documents, two catalogues or a bilingual file, and align or match them, as `audit` does at first.

    Raises:
        MtauditError: as `audit` and `audit_bilingual`.
    """
    from mtaudit import readers

    tags = check_tag(source_language, "-s"), check_tag(target_language, "-t")
    if target is None:
        bitext = readers.read_bitext(Path(source), *tags, warn=warn)
    elif readers.is_catalogue_pair(Path(source), Path(target)):
        bitext = readers.read_catalogues(Path(source), Path(target), *tags, warn=warn)
    else:
        sides = [readers.read(Path(path), tag, warn=warn) for path, tag in zip((source, target), tags, strict=True)]
        bitext = Bitext(sides[0], sides[1])
    bitext = _with_languages(bitext)
    return _aligned(bitext, load(bitext, profile, config=config, warn=warn).embedder)


def _some(document: Document | None) -> Document:
    if document is None:
        raise ConfigError("target", "no translation was given", "Name the translated file")
    return document


def _audit_documents(
    source: Document | None,
    target: Document,
    profile: str | None,
    config: Config | None,
    notify: Notify | None,
    warn: Warn | None = None,
) -> Audit:
    return _audit_bitext(_with_languages(Bitext(source, target)), profile, config, notify, warn)


def _with_languages(bitext: Bitext) -> Bitext:
    source, target = settle_bitext(bitext)
    return replace(bitext, source=source, target=target)


def _audit_bitext(
    bitext: Bitext, profile_name: str | None, config: Config | None, notify: Notify | None, warn: Warn | None = None
) -> Audit:
    config = config or Config()
    models = modelfile.load_merged(config.models)
    profile = models.profile(profile_name)
    rule_ids = config.rule_ids(all_rules())
    resources = gathered(bitext, config, warn)
    notify = notify or (lambda what, done, total: None)
    notify("loading models", 0, 0)
    loaded = load(bitext, profile.name, config=config, warn=warn)
    notify("aligning", 0, 0)
    bitext = _aligned(bitext, loaded.embedder)
    pairs = bitext.pairs or ()
    scores, backs = _scores(bitext, pairs, loaded, notify)
    findings = _selected(bitext, pairs, scores, backs, rule_ids, config, resources, loaded, notify)
    return _finish(bitext, pairs, scores, backs, findings, profile, config, loaded)


def _aligned(bitext: Bitext, embedder: Embedder | None) -> Bitext:
    """Split and align documents; a bilingual file brought its pairs along."""
    from mtaudit import segment

    if bitext.pairs is not None:
        return bitext
    target = segment.split(bitext.target)
    if bitext.source is None:
        pairs = tuple(SegmentPair(index, (), (one,)) for index, one in enumerate(target))
    else:
        pairs = segment.align(bitext, segment.split(bitext.source), target, embedder)
    return replace(bitext, pairs=pairs)


def _scores(
    bitext: Bitext, pairs: tuple[SegmentPair, ...], loaded: Loaded, notify: Notify
) -> tuple[tuple[Score, ...], dict[int, BackTranslation]]:
    """Let every scorer whose model is there measure the pairs; with the back-translations, by pair."""
    from mtaudit.checks.codes import inline_codes
    from mtaudit.scorers import backtranslation, elsewhere, embedding, estimator, length

    scores = list(length.score(bitext, pairs))
    for start in range(0, len(pairs), _PART):
        notify("scoring", start, len(pairs))
        part = pairs[start : start + _PART]
        if loaded.embedder:
            scores += embedding.score(bitext, part, loaded.embedder, inline_codes)
        if loaded.estimator:
            scores += estimator.score(bitext, part, loaded.estimator, inline_codes)
    if loaded.embedder:
        scores += elsewhere.score(bitext, pairs, loaded.embedder)
    backs: list[BackTranslation] = []
    if loaded.translators:
        measured, backs = backtranslation.score(
            bitext, pairs, loaded.translators, loaded.embedder, _sentences, notify, inline_codes
        )
        scores += measured
    return tuple(scores), {back.pair: back for back in backs}


def _sentences(text: str, language: str) -> list[str]:
    from mtaudit import segment

    return [one.text for one in segment.split(Document("<text>", language, text, OffsetMap.identity(text)))]


def all_rules() -> tuple[rules.Rule, ...]:
    """Every rule there is, those of third parties included, by id."""
    return tuple(cls.rule for cls in _catalogue())


@cache
def _catalogue() -> tuple[type[rules.Ruled], ...]:
    """Import what registers rules, then the catalogue.

    Third parties add checks through the entry-point group `mtaudit.checks`: loading one imports the module whose
    classes register themselves.

    Raises:
        ConfigError: if a package of checks cannot be loaded.
    """
    import mtaudit.checks
    import mtaudit.findings.detect
    import mtaudit.findings.drift
    import mtaudit.findings.estimated
    import mtaudit.findings.roundtrip  # noqa: F401  # they register detectors

    for point in entry_points(group="mtaudit.checks"):
        try:
            point.load()
        except Exception as error:
            package = point.dist.name if point.dist else point.value
            cause = f"its checks cannot be loaded ({type(error).__name__}: {error})"
            raise ConfigError(f"package '{package}'", cause, "Mend the package, or uninstall it") from error
    return rules.catalogue()


def _workers() -> tuple[type[rules.Ruled], ...]:
    """The classes of the catalogue, then those that contribute to their rules."""
    return (*_catalogue(), *rules.contributors())


def _selected(
    bitext: Bitext,
    pairs: tuple[SegmentPair, ...],
    scores: tuple[Score, ...],
    backs: dict[int, BackTranslation],
    rule_ids: frozenset[str],
    config: Config,
    resources: rules.Resources,
    loaded: Loaded,
    notify: Notify,
) -> tuple[Finding, ...]:
    from mtaudit.findings.select import explain, select

    found = [
        *_check(bitext, pairs, rule_ids, resources, notify),
        *_detect(bitext, pairs, scores, backs, rule_ids, loaded),
    ]
    severities = {rules.find_rule(name, all_rules()).id: value for name, value in config.severities.items()}
    return tuple(explain(bitext, select(found, rule_ids, config.min_confidence, severities)))


def _check(
    bitext: Bitext,
    pairs: tuple[SegmentPair, ...],
    rule_ids: frozenset[str],
    resources: rules.Resources,
    notify: Notify,
) -> Iterator[Finding]:
    """Run the checks that need no scores."""
    chosen = [cls for cls in _workers() if cls.rule.id in rule_ids and cls.covers(bitext.target.language)]
    has_source = bitext.source is not None
    for document_check in [cls.made(resources) for cls in chosen if issubclass(cls, rules.DocumentCheck)]:
        if has_source or not document_check.needs_source:
            yield from document_check.check(rules.DocumentView(bitext, pairs))
    pair_checks = [cls.made(resources) for cls in chosen if issubclass(cls, rules.PairCheck)]
    for place, pair in enumerate(pairs):
        if place % _PART == 0:
            notify("checking", place, len(pairs))
        view = rules.PairView.of(bitext, pair)
        if view.target is None:
            continue
        for pair_check in pair_checks:
            if view.source is not None or not pair_check.needs_source:
                yield from pair_check.check(view)


def _detect(
    bitext: Bitext,
    pairs: tuple[SegmentPair, ...],
    scores: tuple[Score, ...],
    backs: dict[int, BackTranslation],
    rule_ids: frozenset[str],
    loaded: Loaded,
) -> Iterator[Finding]:
    """Let the detectors whose model is there name what the scorers measured."""
    by_pair: dict[int, list[Score]] = defaultdict(list)
    for score in scores:
        by_pair[score.pair].append(score)
    roles = {use.role for use in loaded.uses}
    detectors = [cls for cls in _workers() if issubclass(cls, rules.Detector) and cls.needs_role in roles]
    chosen = [cls() for cls in detectors if cls.rule.id in rule_ids]
    for pair in pairs if chosen else ():
        own = tuple(by_pair.get(pair.index, ()))
        if not own:
            continue
        view = rules.PairView.of(bitext, pair, backs.get(pair.index))
        for detector in chosen:
            yield from detector.detect(view, own)


def _finish(
    bitext: Bitext,
    pairs: tuple[SegmentPair, ...],
    scores: tuple[Score, ...],
    backs: dict[int, BackTranslation],
    findings: tuple[Finding, ...],
    profile: Profile,
    config: Config,
    loaded: Loaded,
) -> Audit:
    from mtaudit.findings.rank import rank

    signature = Signature(mtaudit.__version__, profile.name, loaded.uses, config.settings())
    calibration = _calibration(bitext, signature, config)
    if calibration is not None:
        told: dict[str, Json] = {"languages": list(calibration.languages), "date": calibration.date}
        signature = replace(signature, settings={**signature.settings, "calibration": told})
    ranking = rank(pairs, findings, scores, calibration)
    if backs:
        ranking = tuple(_with_back(suspect, backs.get(suspect.pair.index)) for suspect in ranking)
    return Audit(bitext, ranking, findings, scores, signature, calibration is not None)


def _calibration(bitext: Bitext, signature: Signature, config: Config) -> Calibration | None:
    """The calibration that the user named, or the bundled one of the profile and language pair, if there is one.

    Raises:
        ConfigError: if the named one was made for another profile, language pair, or other models.
    """
    from mtaudit.findings import calibration

    if bitext.source is None:
        return None
    languages = base_language(bitext.source.language), base_language(bitext.target.language)
    models = model_names(signature)
    bundled = modelfile.bundled_weights() / "calibration" / f"{signature.profile}.{languages[0]}-{languages[1]}.json"
    path = config.calibration or (bundled if bundled.is_file() else None)
    if path is None:
        return None
    found = calibration.read(path)
    if found.fits(signature.profile, languages, models):
        return found
    if config.calibration is None:
        return None
    raise ConfigError(
        str(path),
        f"this calibration was made for profile '{found.profile}', {' to '.join(found.languages)}, and the models"
        f" {', '.join(found.models) or 'none'}, not for profile '{signature.profile}', {' to '.join(languages)}, and"
        f" {', '.join(models) or 'none'}",
        "Make one that fits with `mtaudit calibrate`, or leave --calibration out",
    )


def _with_back(suspect: Suspect, back: BackTranslation | None) -> Suspect:
    if back is None:
        return suspect
    return replace(suspect, back_translation=back.text, back_changes=back.changes, back_source=back.source)
