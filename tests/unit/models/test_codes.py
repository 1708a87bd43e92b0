"""Language codes: BCP 47 in, the models' own out."""

from __future__ import annotations

import pytest

from mtaudit import modelfile
from mtaudit.models.codes import flores_code, m2m_code


@pytest.mark.parametrize(
    ("tag", "flores", "m2m"),
    [
        ("de", "deu_Latn", "de"),
        ("de-AT", "deu_Latn", "de"),
        ("en_GB", "eng_Latn", "en"),
        ("zh", "zho_Hans", "zh"),
        ("zh-TW", "zho_Hant", "zh"),
        ("zh-Hant-HK", "zho_Hant", "zh"),
        ("nb", "nob_Latn", "no"),
        ("no", "nob_Latn", "no"),
        ("pt-BR", "por_Latn", "pt"),
        ("tlh", None, "tlh"),
    ],
)
def test_codes(tag: str, flores: str | None, m2m: str) -> None:
    assert (flores_code(tag), m2m_code(tag)) == (flores, m2m)


def test_the_bundled_file_names_only_languages_that_nllb_has() -> None:
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    spec = modelfile.load().models["nllb-200-600m"]
    assert {
        language: flores_code(language)
        for language in spec.languages
        if flores_code(language) not in FAIRSEQ_LANGUAGE_CODES
    } == {}


def test_the_bundled_file_names_only_languages_that_m2m_has() -> None:
    from transformers.models.m2m_100.tokenization_m2m_100 import FAIRSEQ_LANGUAGE_CODES

    spec = modelfile.load().models["m2m100-418m"]
    assert [tag for tag in spec.languages if m2m_code(tag) not in FAIRSEQ_LANGUAGE_CODES["m2m100"]] == []
