"""Finds countries in a text: by their CLDR names (through babel), and by the words that are made from them.

Two questions are kept apart. `countries` finds names that surely are countries: the evidence for a finding. `mentions`
says whether a country may be meant by anything in a text, from adjectives to abbreviations, metonyms and cognates: the
evidence against one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mtaudit.text import fold

#: Languages whose country names are read.
LANGUAGES = frozenset({"en", "de", "fr", "es", "cs", "ru", "uk", "zh", "ja"})

#: Countries (ISO 3166-1) whose names hardly mean anything else: Georgia, Jordan, Chad, Niger and their like do.
_CLEAR = """
AF AL DZ AO AR AM AU AT AZ BD BY BE BO BA BR BG KH CA CL CN CO HR CZ DK EC EG EE ET FI FR DE GH GR HT HN HU IN ID IR IQ
IE IL IT JP KZ KE KW LV LB LY LT MY MX MN MA MZ NP NL NZ NI NG NO PK PY PH PL PT QA RO RU SA SN RS SK SI SO ZA ES LK SE
CH SY TH TN TR UG UA GB US UY UZ VE VN YE ZM ZW KR KP
"""

#: More names, by language: variants, abbreviations and adjectives that surely mean the country.
_NAMES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "US": "U.S.|US|USA|U.S.A.|United States of America", "GB": "UK|U.K.|Britain|Great Britain|Northern Ireland",
        "CZ": "Czech Republic", "TR": "Turkey", "NL": "Holland", "RU": "Russian|Russians",
        "UA": "Ukrainian|Ukrainians", "IR": "Iranian|Iranians", "IQ": "Iraqi|Iraqis", "DE": "German|Germans",
        "FR": "French", "JP": "Japanese", "IL": "Israeli|Israelis", "TR ": "Turkish", "SY": "Syrian|Syrians",
        "PK": "Pakistani|Pakistanis", "IT": "Italian|Italians", "CN": "Chinese", "PL": "Polish", "GR": "Greek|Greeks",
        "BR": "Brazilian|Brazilians", "EG": "Egyptian|Egyptians", "AF": "Afghan|Afghans", "SE": "Swedish",
        "NO": "Norwegian|Norwegians", "HU": "Hungarian|Hungarians", "KR": "South Korean", "KP": "North Korean",
    },
    "de": {
        "US": "USA|Vereinigten Staaten|Vereinigte Staaten von Amerika", "GB": "Großbritannien|Vereinigten Königreich",
        "CZ": "Tschechische Republik", "NL": "Niederlande|Niederlanden|Holland", "BY": "Weißrussland",
        "RU": "russisch*|Russe|Russen", "UA": "ukrainisch*", "IR": "iranisch*", "IQ": "irakisch*", "DE": "deutsche*",
        "FR": "französisch*|Franzosen", "JP": "japanisch*|Japaner", "IL": "israelisch*", "TR": "türkisch*",
        "SY": "syrisch*", "PK": "pakistanisch*", "IT": "italienisch*", "CN": "chinesisch*|Chinesen", "PL": "polnisch*",
        "GR": "griechisch*|Griechen", "BR": "brasilianisch*", "EG": "ägyptisch*", "AF": "afghanisch*",
        "SE": "schwedisch*", "NO": "norwegisch*", "HU": "ungarisch*", "KR": "südkoreanisch*", "KP": "nordkoreanisch*",
        "US ": "amerikanisch*|US-amerikanisch*", "GB ": "britisch*|Briten",
    },
    "fr": {"US": "USA", "GB": "Grande-Bretagne", "CZ": "République tchèque"},
    "es": {"US": "EE. UU.|EE.UU.|EEUU|Estados Unidos", "GB": "Gran Bretaña"},
    "cs": {"US": "USA", "GB": "Velká Británie|Británie", "CZ": "Česko"},
    "ru": {"US": "США", "KP": "Северная Корея", "KR": "Южная Корея"},
    "uk": {"US": "США", "GB": "Британія"},
    "zh": {"RU": "俄國", "US": "美國", "GB": "英國", "CN": "中國"},
    "ja": {"US": "アメリカ|米国", "GB": "英国"},
}  # fmt: skip

#: Names that hold a country's name and mean something else: they count for no country, or for the one given.
_TRAPS = (
    "New Mexico|Nuevo México|Nouveau-Mexique|New England|Papua New Guinea|French Open|French Guiana|French Polynesia"
    "|German Shepherd|Russian roulette|Turkish Airlines|Polish|South China Sea|Südchinesisch*|Indian Ocean"
    "|Französisch-Guayana|Französisch-Polynesien|Australia Day|Bank of America|Chinese New Year|Deutsche Bank"
    "|Deutsche Bahn|Deutsche Welle|Greek|French|Deutsche Telekom|British Columbia|British Airways"
)

#: Beginnings of words that may mean a country, in any of the languages and folded (no case, no diacritics); a leading
#: `=` asks for the whole word. What CLDR's names begin with is added to these.
_HINTS: Mapping[str, str] = {
    "US": "=us =usa =u s =uns ameri estadounid norteameric etats-unis =eeuu =ee сша америк амерік washington вашингтон"
    " weisse white yankee state staat etat estad stat штат 美 米 アメリカ 合众国",
    "GB": "=uk =gb =vk brit english engl england ingl anglet anglai angl англ англі британ велик scot schott wales"
    " london лондон londr gross great grande gran kingdom konigreich royaume reino kralovstvi korolev королевств 英"
    " イギリス",
    "RU": "russ rus росс росі рос рус kreml moscow moskau moscou moscu moskv москв sowjet soviet совет 俄 露 ロシア",
    "DE": "deutsch german allem alem nemec nemc немец немц герман німец німеч berlin 德 独 ドイツ",
    "FR": "franz french franc fran франц paris париж 法 仏 フランス galli",
    "NL": "nieder dutch holl neerl pays-bas pais nizozem нидерл голл нідерл 荷 蘭 オランダ netherl",
    "ES": "span espag espan iberi испан іспан madrid 西 スペイン",
    "CH": "schwei swiss suiss suiz svycar helvet швейц 瑞士 スイス",
    "GR": "greek greec griech grec grieg hell recko reck reci rek грец грек гре 希 ギリシ",
    "CN": "chin cin kita китай peking beijing pekin пекин sino 中 mandarin",
    "JP": "jap япон tok 日",
    "IN": "ind inde hind инд інд delhi дели 印 インド",
    "PL": "pol polen поль пол поляк warsch warsaw 波 ポーランド",
    "TR": "turk tur турц турец туреч турк ankara анкар 土 トルコ",
    "DK": "dan dane dani dän дат дан 丹 デンマ",
    "SE": "swed schwed sued suec sved швед швец 瑞典 スウェ",
    "NO": "norw norv norueg nor норв 挪 ノル",
    "CZ": "czech tschech tchek tcheq tchec chec ces cech cest чех чеш 捷 チェコ böhm bohem",
    "AT": "osterr austri autri rakous rakus австр wien vienna 奥 オース",
    "HU": "ungar hung hongr hungar madar венг угор budapest 匈 ハンガ",
    "IE": "iri irl ir ирл ірл dublin 爱尔 アイル",
    "UA": "ukrain ucran украи укра ukraj kiev kyiv kiew киев київ 乌 ウクラ",
    "IR": "iran pers иран іран teher tehran тегеран 伊 イラン",
    "IQ": "ira irak iraq ирак ірак bagdad baghdad 伊 イラク",
    "IL": "isr izr изра ізра jeru hebr jud jewish judi 以 イスラ",
    "SY": "syr sir сир сирі damas 叙 シリア",
    "SA": "saud arab сауд арав riad riyadh 沙 サウジ",
    "EG": "agypt egypt egip егип єгип kairo cairo 埃 エジ",
    "MX": "mexi mej мекси 墨 メキシ",
    "BR": "bras braz braz браз 巴西 ブラジ",
    "PT": "port порту lissab lisb 葡 ポルト",
    "BE": "belg бельг brussel brüssel flam flem 比 ベル",
    "IT": "ital итал італ rom 意 伊 イタ",
    "FI": "finn fin фин фін suomi 芬 フィン",
    "RO": "rum roman roum румы руму 罗马尼 ルーマ",
    "SK": "slow slov слов 斯洛伐 スロバ",
    "SI": "slow slov слов 斯洛文 スロベ",
    "HR": "kroat croat chorv хорв 克罗 クロア",
    "RS": "serb srb серб 塞尔 セルビ",
    "LT": "lit lith litau литов 立陶 リトア",
    "LV": "latv lett lotys латв 拉脱 ラトビ",
    "EE": "est eston эст ест 爱沙 エスト",
    "BY": "bela bielor weiss weiß belor белар біло минск minsk 白俄 ベラ",
    "ZA": "sud south afri sudaf jihoaf юж пів юар africa 南非 南アフリカ",
    "NZ": "neus new zeal kiwi nouvelle nueva novoz neo нов 新西 ニュージ",
    "LK": "sri ceylon шри 斯里 スリ",
    "PH": "phil fil філ фил 菲 フィリ",
    "TH": "thai siam тай таї 泰 タイ",
    "KR": "=korea kore core südkor sudkor jizn южн півд seoul сеул 韩 韓",
    "KP": "=korea kore core nordkor severn север півн pyong pjöng pjong пхеньян кндр dprk 朝 北朝",
    "AF": "afgh afg афг taliban 阿富 アフガ",
    "AE": "emir vae uae оаэ эмират",
    "VN": "viet вьет вʼєт 越 ベト",
    "KH": "kamb camb khmer камб 柬 カンボ",
}  # fmt: skip

_CASED_STEMS = {"cs", "ru", "uk"}


@dataclass(frozen=True, slots=True)
class Country:
    """The name of a country at `start..end`; `code` is ISO 3166-1."""

    start: int
    end: int
    code: str


@cache
def _clear() -> frozenset[str]:
    return frozenset(_CLEAR.split())


@cache
def _territories(language: str) -> Mapping[str, str]:
    # Imported here: `mtaudit --help` must not wait for CLDR.
    from babel import Locale

    names = Locale(language).territories
    return {code: re.sub(r"\s*[(（].*", "", names[code]) for code in _clear() if code in names}


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of all sure names, longest first, and the country that each name of its alternatives means."""
    codes: dict[str, str] = {}
    forms: dict[str, str] = {}
    for trap in _TRAPS.split("|"):
        if " " in trap or "-" in trap:
            codes[trap.rstrip("*")], forms[trap.rstrip("*")] = "", _form(trap, language)
    entries = [(code, name) for code, name in _territories(language).items()]
    entries += [(code.strip(), name) for code, names in _NAMES[language].items() for name in names.split("|")]
    for code, name in entries:
        key = name.rstrip("*")
        codes[key], forms[key] = code, _form(name, language)
    ordered = sorted(forms, key=len, reverse=True)
    # Grouped by their first letter, for which `re` skips through a text; so what stands before is looked at after it.
    edge = "" if language in {"zh", "ja"} else r"(?<![\w.-].)"
    groups: dict[str, list[str]] = {}
    for index, name in enumerate(ordered):
        groups.setdefault(forms[name][0], []).append(f"(?P<n{index}>{forms[name][1:]})")
    alternatives = "|".join(f"{first}{edge}(?:{'|'.join(rest)})" for first, rest in groups.items())
    return re.compile(alternatives), {f"n{index}": codes[name] for index, name in enumerate(ordered)}


def _form(name: str, language: str) -> str:
    """The expression that finds a name with its endings."""
    if language in {"zh", "ja"}:
        return re.escape(name)
    if name.endswith("*"):
        return re.escape(name[:-1]) + r"\w{0,3}\b"
    if language in _CASED_STEMS and not name.isupper():
        # "Россия", "России", "Россией": the last letter is the case ending; short names stay whole.
        words = [re.escape(w[:-1]) + r"\w{1,2}" if len(w) > 5 else re.escape(w) for w in name.split()]
        return r"\s".join(words) + r"\b"
    ending = {"en": r"(?:['’]s)?", "de": r"(?:s|['’])?"}.get(language, "")
    close = r"(?!\w)" if name.endswith(".") else r"\b"
    return re.escape(name) + (ending if not name.endswith(".") else "") + close


def countries(text: str, language: str) -> tuple[Country, ...]:
    """The names in `text` that surely mean a country; `language` is a primary subtag of `LANGUAGES`.

    Raises:
        KeyError: for a language that is not covered.
    """
    pattern, codes = _pattern(language)
    found = (Country(*match.span(), codes[match.lastgroup or ""]) for match in pattern.finditer(text))
    return tuple(country for country in found if country.code)


_TOKEN = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")


def mentions(text: str, language: str, code: str) -> bool:
    """Whether anything in `text` may mean the country."""
    sure = countries(text, language)
    if any(country.code == code for country in sure):
        return True
    # What surely names another country is no hint of this one: "Indonesien" is not India.
    rest = text
    for country in sure:
        rest = rest[: country.start] + " " * (country.end - country.start) + rest[country.end :]
    whole, starts, cjk = _hints(code)
    if any(hint in rest for hint in cjk):
        return True
    for match in _TOKEN.finditer(rest):
        parts = [fold(part) for part in re.split(r"[-'’]", match.group())]
        for part in (*parts, fold(match.group()).replace(".", "")):
            if part in whole or part.startswith(starts):
                return True
    return False


@cache
def _hints(code: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Whole words, beginnings of words, and CJK characters that may mean a country."""
    hints = _HINTS.get(code, "").split()
    names = [_territories(language).get(code, "") for language in sorted(LANGUAGES)]
    cjk = {hint for hint in hints if hint[0] >= "\u3000"} | {name for name in names if name and name[0] >= "\u3000"}
    starts = {fold(hint) for hint in hints if not hint.startswith("=") and hint[0] < "\u3000"}
    for name in names:
        if name and name[0] < "\u3000":
            starts |= {fold(word)[: max(3, min(5, len(word) - 1))] for word in name.split() if len(word) > 2}
    return frozenset(hint[1:] for hint in hints if hint.startswith("=")), tuple(sorted(starts)), tuple(sorted(cjk))
