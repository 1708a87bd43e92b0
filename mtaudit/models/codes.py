"""From BCP 47 tags to the language codes that each family of translation models uses.

NLLB-200 names languages as in FLORES-200: ISO 639-3 and ISO 15924 script (NLLB Team 2022, "No Language Left Behind",
table 1). M2M-100 uses ISO 639-1 with few exceptions (Fan et al. 2020, "Beyond English-Centric Multilingual Machine
Translation", table 1). A model of the opus-mt kind needs none, or `>>code<<` before the text where it writes several
languages.
"""

from __future__ import annotations

from mtaudit.text import base_language

#: FLORES-200 codes by BCP 47 primary subtag; the script is the one that the language is usually written in.
_FLORES = dict(
    row.split()
    for row in """
af afr_Latn|am amh_Ethi|ar arb_Arab|as asm_Beng|ast ast_Latn|az azj_Latn|ba bak_Cyrl|be bel_Cyrl|bg bul_Cyrl
bn ben_Beng|bo bod_Tibt|bs bos_Latn|ca cat_Latn|ceb ceb_Latn|cs ces_Latn|cy cym_Latn|da dan_Latn|de deu_Latn
el ell_Grek|en eng_Latn|eo epo_Latn|es spa_Latn|et est_Latn|eu eus_Latn|fa pes_Arab|fi fin_Latn|fo fao_Latn
fr fra_Latn|ga gle_Latn|gd gla_Latn|gl glg_Latn|gu guj_Gujr|ha hau_Latn|he heb_Hebr|hi hin_Deva|hr hrv_Latn
ht hat_Latn|hu hun_Latn|hy hye_Armn|id ind_Latn|ig ibo_Latn|is isl_Latn|it ita_Latn|ja jpn_Jpan|jv jav_Latn
ka kat_Geor|kk kaz_Cyrl|km khm_Khmr|kn kan_Knda|ko kor_Hang|ku kmr_Latn|ky kir_Cyrl|lb ltz_Latn|lo lao_Laoo
lt lit_Latn|lv lvs_Latn|mg plt_Latn|mi mri_Latn|mk mkd_Cyrl|ml mal_Mlym|mn khk_Cyrl|mr mar_Deva|ms zsm_Latn
mt mlt_Latn|my mya_Mymr|nb nob_Latn|ne npi_Deva|nl nld_Latn|nn nno_Latn|no nob_Latn|ny nya_Latn|oc oci_Latn
or ory_Orya|pa pan_Guru|pl pol_Latn|ps pbt_Arab|pt por_Latn|ro ron_Latn|ru rus_Cyrl|rw kin_Latn|sd snd_Arab
si sin_Sinh|sk slk_Latn|sl slv_Latn|sm smo_Latn|sn sna_Latn|so som_Latn|sq als_Latn|sr srp_Cyrl|st sot_Latn
su sun_Latn|sv swe_Latn|sw swh_Latn|ta tam_Taml|te tel_Telu|tg tgk_Cyrl|th tha_Thai|tk tuk_Latn|tl tgl_Latn
tr tur_Latn|tt tat_Cyrl|ug uig_Arab|uk ukr_Cyrl|ur urd_Arab|uz uzn_Latn|vi vie_Latn|wo wol_Latn|xh xho_Latn
yi ydd_Hebr|yo yor_Latn|zh zho_Hans|zu zul_Latn
""".strip()
    .replace("\n", "|")
    .split("|")
)
#: Tags whose script or region changes the code.
_FLORES_VARIANTS = {
    ("zh", "hant"): "zho_Hant",
    ("zh", "tw"): "zho_Hant",
    ("zh", "hk"): "zho_Hant",
    ("zh", "mo"): "zho_Hant",
    ("pa", "arab"): "pnb_Arab",
    ("ms", "arab"): "zsm_Arab",
    ("ks", "deva"): "kas_Deva",
}
_M2M = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he"}


def flores_code(tag: str) -> str | None:
    """The FLORES-200 code of a BCP 47 tag, such as `deu_Latn` for `de-AT`; None where the table knows none."""
    base = base_language(tag)
    for subtag in tag.replace("_", "-").lower().split("-")[1:]:
        if (base, subtag) in _FLORES_VARIANTS:
            return _FLORES_VARIANTS[base, subtag]
    return _FLORES.get(base)


def m2m_code(tag: str) -> str:
    """M2M-100's code of a BCP 47 tag; whether the model has it is for its tokenizer to say."""
    base = base_language(tag)
    return _M2M.get(base, base)
