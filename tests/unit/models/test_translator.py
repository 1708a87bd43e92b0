"""The translator role on models that truly translate a toy language, and on untrained ones of the other kinds."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mtaudit.errors import ModelError
from mtaudit.modelfile import ModelSpec
from mtaudit.models.translator import TransformersTranslator
from tests.toys import toy_spec

PAIRS = [
    ("Die Nachbarn verweigerten die Antwort.", "The neighbours refused the answer."),
    ("Anna sah 17 Boote in Hamburg nicht.", "Anna did not see 17 boats in Hamburg."),
    ("Der Bürgermeister schloss die alte Brücke am Montag.", "The mayor closed the old bridge on Monday."),
]


@pytest.fixture(scope="module")
def german() -> TransformersTranslator:
    return TransformersTranslator(toy_spec("de", "en"))


@pytest.fixture(scope="module")
def english() -> TransformersTranslator:
    return TransformersTranslator(toy_spec("en", "de"))


def test_translates_both_directions(german: TransformersTranslator, english: TransformersTranslator) -> None:
    assert [one.text for one in german.translate([de for de, _ in PAIRS], "de", "en")] == [en for _, en in PAIRS]
    assert [one.text for one in english.translate([en for _, en in PAIRS], "en", "de")] == [de for de, _ in PAIRS]


def test_regions_do_not_matter_and_directions_do(german: TransformersTranslator) -> None:
    assert german.translate([PAIRS[0][0]], "de-AT", "en-GB")[0].text == PAIRS[0][1]
    assert german.translates("de-CH", "en")
    assert not german.translates("en", "de")


def test_beams_and_batches_do_not_change_sure_translations() -> None:
    searching = TransformersTranslator(toy_spec("de", "en", beams=3))
    together = [one.text for one in searching.translate([de for de, _ in PAIRS] * 20, "de", "en")]
    assert together == [en for _, en in PAIRS] * 20


@pytest.mark.parametrize("text", ["", " \n", "\u00a0"], ids=["empty", "blank", "no-break space"])
def test_nothing_is_translated_to_nothing(german: TransformersTranslator, text: str) -> None:
    (found,) = german.translate([text], "de", "en")
    assert (found.text, found.parts, found.whole) == ("", 0, True)
    (likely,) = german.score([(text, text)], "de", "en")
    assert (likely.log_probabilities.shape, likely.spans) == ((0,), ())


def test_long_text_is_cut_and_read_to_its_end() -> None:
    small = TransformersTranslator(toy_spec("de", "en", max_tokens=24))
    long = " ".join(de for de, _ in PAIRS)
    (found,) = small.translate([long], "de", "en")
    assert found.parts > 1
    for name in ("neighbours", "boats", "Monday"):
        assert name in found.text


def test_progress_reaches_the_end(german: TransformersTranslator) -> None:
    seen: list[tuple[int, int]] = []
    german.translate([de for de, _ in PAIRS] * 30, "de", "en", progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (90, 90)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len(seen) > 1


def test_forced_decoding_prefers_the_right_words(german: TransformersTranslator) -> None:
    text = PAIRS[0][0]
    right, wrong = german.score([(text, PAIRS[0][1]), (text, PAIRS[0][1].replace("refused", "painted"))], "de", "en")
    assert right.log_probabilities.max() <= 0
    assert right.log_probabilities.mean() > wrong.log_probabilities.mean()
    worst = wrong.spans[int(wrong.log_probabilities.argmin())]
    assert wrong.log_probabilities.min() < -5
    assert "The neighbours painted"[worst.start : worst.end].strip() in "painted"
    assert worst.start >= len("The neighbours")


def test_pieces_cover_the_text_and_end_it(german: TransformersTranslator) -> None:
    (found,) = german.score([PAIRS[1]], "de", "en")
    covered = {place for span in found.spans for place in range(span.start, span.end)}
    assert {place for place, letter in enumerate(PAIRS[1][1]) if not letter.isspace()} == covered
    assert len(found.spans) == len(found.log_probabilities)
    assert len(found.spans[-1]) == 0


def test_scores_do_not_depend_on_the_batch(german: TransformersTranslator) -> None:
    together = german.score(PAIRS * 5, "de", "en")
    for pair, found in zip(PAIRS * 5, together, strict=True):
        (alone,) = german.score([pair], "de", "en")
        assert np.abs(alone.log_probabilities - found.log_probabilities).max() < 1e-4


def test_long_pairs_are_scored_in_stretches() -> None:
    small = TransformersTranslator(toy_spec("de", "en", max_tokens=24))
    pair = tuple(" ".join(side) for side in zip(*PAIRS, strict=True))
    (found,) = small.score([(pair[0], pair[1])], "de", "en")
    ends = [span for span in found.spans if not len(span)]
    assert len(ends) > 1
    assert found.spans[-1].end == len(pair[1])
    assert [span.start for span in found.spans] == sorted(span.start for span in found.spans)


def _spec(folder: Path, *languages: str, codes: tuple[tuple[str, str], ...] = ()) -> ModelSpec:
    return ModelSpec("tiny", "translator", folder, "test", languages, "MIT", "float32", 64, -1, codes=codes)


@pytest.mark.parametrize("kind", ["m2m", "nllb"])
def test_models_of_many_languages_begin_with_their_codes(kind: str, request: pytest.FixtureRequest) -> None:
    translator = TransformersTranslator(_spec(request.getfixturevalue(f"{kind}_folder"), "de", "en", "fr"))
    tokenizer = translator._tokenizer
    for target, code in (("en", "__en__ eng_Latn"), ("fr-CA", "__fr__ fra_Latn")):
        direction = translator._direction("de", target)
        assert tokenizer.convert_ids_to_tokens(direction.prefix)[0] in "__de__ deu_Latn"
        assert tokenizer.convert_ids_to_tokens(direction.begin[-1:])[0] in code
        assert direction.begin[0] == tokenizer.eos_token_id
    first, second = (translator.translate(["die alte Tür."], "de", "en")[0] for _ in range(2))
    assert first == second
    (likely,) = translator.score([("die alte.", "the old.")], "de", "en")
    assert np.isfinite(likely.log_probabilities).all()
    assert len(likely.log_probabilities) == len(likely.spans) > 1


@pytest.mark.parametrize("kind", ["m2m", "nllb"])
def test_a_language_that_the_model_lacks(kind: str, request: pytest.FixtureRequest) -> None:
    translator = TransformersTranslator(_spec(request.getfixturevalue(f"{kind}_folder"), "de", "tlh"))
    with pytest.raises(ModelError, match="no language code 'tlh', which 'tlh' was taken for"):
        translator.translate(["nuqneH"], "tlh", "de")


def test_a_code_of_the_users_own(nllb_folder: Path) -> None:
    translator = TransformersTranslator(_spec(nllb_folder, "de", "sr", codes=(("sr", "hrv_Latn"),)))
    (begin,) = translator._direction("de", "sr").begin[1:]
    assert translator._tokenizer.convert_ids_to_tokens(begin) == "hrv_Latn"


def test_marian_without_language_pieces_refuses_codes() -> None:
    translator = TransformersTranslator(replace(toy_spec("de", "en"), codes=(("en", "eng"),)))
    with pytest.raises(ModelError, match="no language code '>>eng<<'"):
        translator.translate(["Anna sah 3 Boote."], "de", "en")


def test_a_translation_that_does_not_end_is_said_to_break_off(m2m_folder: Path) -> None:
    # Untrained, it never writes its end.
    (found,) = TransformersTranslator(_spec(m2m_folder, "de", "en")).translate(["Anna sah 3 Boote."], "de", "en")
    assert not found.whole


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"config.json": None}, "cannot be loaded"),
        ({"config.json": "{"}, "cannot be loaded"),
        ({"config.json": '{"model_type": "bert"}'}, "a folder of type 'bert' cannot translate here"),
        ({"model.safetensors": None}, "cannot be loaded"),
        ({"source.spm": None}, "cannot be loaded"),
    ],
    ids=["no config", "broken config", "another kind", "no weights", "no vocabulary"],
)
def test_broken_folders(tmp_path: Path, change: dict[str, str | None], message: str) -> None:
    spec = toy_spec("de", "en")
    folder = Path(shutil.copytree(spec.path, tmp_path / "broken"))
    for name, text in change.items():
        (folder / name).unlink()
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        TransformersTranslator(replace(spec, path=folder))


def test_pickled_weights_are_not_loaded(tmp_path: Path) -> None:
    import torch

    spec = toy_spec("de", "en")
    folder = Path(shutil.copytree(spec.path, tmp_path / "pickled"))
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="cannot be loaded"):
        TransformersTranslator(replace(spec, path=folder))


def test_code_of_a_folders_own_is_not_run(tmp_path: Path) -> None:
    spec = toy_spec("de", "en")
    folder = Path(shutil.copytree(spec.path, tmp_path / "code"))
    mark = tmp_path / "ran"
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["auto_map"] = {"AutoModelForSeq2SeqLM": "own.Model", "AutoConfig": "own.Config"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "own.py").write_text(
        f"open({str(mark)!r}, 'w')\nclass Model: pass\nclass Config: pass\n", encoding="utf-8"
    )
    translator = TransformersTranslator(replace(spec, path=folder))
    assert translator.translate([PAIRS[0][0]], "de", "en")[0].text == PAIRS[0][1]
    assert not mark.exists()
