"""Units and currencies beside numbers, in nine languages, and what one unit is worth in another.

The forms of all languages share one table: beside a number "Meilen", "milles" and "миль" can hardly mean anything
else. A trailing `*` makes a form a prefix. Forms that collide across languages (fr "mille" 1,000 and es "mil", "m"
for metres and millions, "Pfund" for weight and money) are left out or listed under every unit they may mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, and how many of the dimension's base unit it is (`offset` for temperatures)."""

    name: str
    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)

    def to_base(self, value: Fraction) -> Fraction:
        """`value` of this unit in the base unit of its dimension."""
        return (value + self.offset) * self.factor


#: name, dimension, factor, forms. Factors: NIST Special Publication 811 (2008), appendix B.8.
_UNITS = """
kilometre|length|1000|km kilometer* kilometre* kilomètre* kilómetro* kilometr* километр* кілометр* км 公里 千米 \
キロメートル
metre|length|1|m meter meters metern metre metres mètre* metro metros metr metry metrů metrech metru метр метра метров \
метри метрів 米 メートル
centimetre|length|0.01|cm centimeter* centimetre* centimètre* centímetro* centimetr* сантиметр* см 厘米 センチ
millimetre|length|0.001|mm millimeter* millimetre* millimètre* milímetro* milimetr* миллиметр* міліметр* мм 毫米 ミリ
mile|length|1609.344|mile miles mi meile meilen milla millas míle mílí mílích míli миля мили миль милях милі 英里 マイル
foot|length|0.3048|foot feet ft fuß pied pieds pies stopy фут фута футов фути футів 英尺 フィート
inch|length|0.0254|inch inches zoll pouce pouces pulgada pulgadas palec palců дюйм* 英寸 インチ
yard|length|0.9144|yard yards yarda yardas yardů yardy ярд* 码 ヤード
kilogram|mass|1|kg kilo kilos kilogramm* kilogram* kilogramme* kilogramo* килограмм* кілограм* кг 公斤 千克 キログラム
gram|mass|0.001|g gram grams gramm gramme grammes gramo gramos gramů грамм* грам* 克 グラム
tonne|mass|1000|tonne tonnen tonnes tonelada* tuna tuny тонн* 吨 トン
ton|mass|1000|ton tons
pound|mass|0.45359237|pound pounds lb lbs pfund livre livres libra libras liber libry фунт* 磅 ポンド
stone|mass|6.35029318|stone stones
ounce|mass|0.028349523|ounce ounces oz unze unzen once onces onza onzas uncí unce унци* 盎司 オンス
litre|volume|1|l liter litern liters litre litres litro litros litr litrů litry литр* літр* 升 リットル
millilitre|volume|0.001|ml milliliter* millilitre* mililitro* mililitr* миллилитр* мілілітр* 毫升 ミリリットル
centilitre|volume|0.01|cl zentiliter* centilitre* centilitro* centilitr*
decilitre|volume|0.1|dl deziliter* décilitre* decilitro* decilitr*
teaspoon|volume|0.005|teaspoon teaspoons tsp teelöffel tl cucharadita* 茶匙 小さじ
tablespoon|volume|0.015|tablespoon tablespoons tbsp esslöffel el cucharada cucharadas 汤匙 大さじ
cup|volume|0.24|cup cups tasse tassen tasses taza tazas カップ
pint|volume|0.5|pint pints pinte pintes pinta pintas пинт* пінт* 品脱 パイント
quart|volume|0.946352946|quart quarts
gallon|volume|3.785411784|gallon gallons gallone gallonen galón galones galonů галлон* галон* 加仑 ガロン
hectare|area|10000|hectare hectares hektar hektare ha hectárea* hektarů гектар* 公顷 ヘクタール
acre|area|4046.8564|acre acres acro acros akr akrů акр акра акров акрів 英亩 エーカー
nanosecond|time|0.000000001|ns nanosecond* nanosekunde* nanoseconde* nanosegundo* nanosekund* наносекунд* 纳秒 ナノ秒
microsecond|time|0.000001|µs μs microsecond* mikrosekunde* microseconde* microsegundo* mikrosekund* микросекунд* \
微秒 マイクロ秒
millisecond|time|0.001|ms millisecond* millisekunde* milliseconde* milisegundo* milisekund* миллисекунд* мілісекунд* \
毫秒 ミリ秒
second|time|1|second seconds sekunde sekunden seconde secondes segundo segundos sekund sekundy секунд* 秒
minute|time|60|minute minutes minuten minuto minutos minut minuty минут* хвилин* 分钟 分間
hour|time|3600|hour hours stunde stunden heure heures hora horas hodin hodiny hodina час часа часов годин години \
小时 時間
day|time|86400|day days tag tage tagen tages jour jours día días dny dní dnů день дня дней днів дні 天
week|time|604800|week weeks woche wochen semaine semaines semana semanas týden týdny týdnů неделя недели недель \
тиждень тижні тижнів 周 週間
month|time|2629746|month months monat monate monaten mois mes meses měsíc měsíce měsíců месяц месяца месяцев місяць \
місяці місяців 个月 ヶ月 か月 カ月
year|time|31556952|year years jahr jahre jahren ans année années año años rok roky roků let год года лет рік роки \
років 年 年間
decade|time|315569520|decade decades jahrzehnt jahrzehnte jahrzehnten décennie décennies década décadas desetiletí \
десятилет* десятиліт*
century|time|3155695200|century centuries jahrhundert jahrhunderte jahrhunderten siècle siècles siglo siglos století \
век века веков столет* століт* 世纪 世紀
"""

_TEMPERATURES = (
    (Unit("degree Celsius", "temperature", Fraction(1)), "°c celsius centigrade цельсия цельсія 摄氏 摂氏"),
    (Unit("degree Fahrenheit", "temperature", Fraction(5, 9), Fraction(-32)), "°f fahrenheit 华氏 華氏"),
)

_CURRENCIES = """
dollar|$ usd dollar* dólar* dolar* доллар* долар* 美元 元 ドル
euro|€ eur euro euros eura eur евро євро 欧元 ユーロ
pound|£ gbp pound pounds pfund livre livres libra libras liber фунт* 英镑 ポンド
yen|¥ jpy yen yens jen jenů иен* йен* ієн* єн 日元 円
yuan|¥ cny rmb yuan* jüan* renminbi юан* 元 人民币
rupee|₹ rs inr rupee rupees rupie rupien roupie* rupia* rupií рупи* рупі* 卢比 ルピー
rouble|₽ rub rouble* ruble* rubel* rublo* rublů рубл* руб 卢布 ルーブル
franc|chf franc francs franken francos franků franky франк* 法郎 フラン
krona|kr sek nok dkk krona kronor krone kronen kroner coronas couronnes korun* kč крон* 克朗 クローナ
won|₩ krw вон 韩元 ウォン
hryvnia|₴ uah hryvn* griwna hrywnja grivna* hřiv* гривн* грн 格里夫纳
"""


@cache
def _tables() -> tuple[dict[str, tuple[Unit, ...]], dict[str, tuple[Unit, ...]]]:
    """Whole forms and prefixes of every unit and currency, with the units each may mean."""
    whole: dict[str, tuple[Unit, ...]] = {}
    prefixes: dict[str, tuple[Unit, ...]] = {}
    entries = [(unit, forms) for unit, forms in _TEMPERATURES]
    for line in _UNITS.strip().splitlines():
        name, dimension, factor, forms = line.split("|")
        entries.append((Unit(name, dimension, Fraction(factor)), forms))
    for line in _CURRENCIES.strip().splitlines():
        name, forms = line.split("|")
        entries.append((Unit(name, "money", Fraction(0)), forms))
    for unit, forms in entries:
        for form in forms.split():
            table, key = (prefixes, form[:-1]) if form.endswith("*") else (whole, form)
            table[key] = (*table.get(key, ()), unit)
    return whole, prefixes


def _lookup(form: str) -> tuple[Unit, ...]:
    whole, prefixes = _tables()
    form = form.lower()
    if form in whole:
        return whole[form]
    return next((prefixes[form[:n]] for n in range(len(form), 2, -1) if form[:n] in prefixes), ())


@dataclass(frozen=True, slots=True)
class UnitMention:
    """The unit of a number: the place of its word or sign, and the units it may mean (one dimension or several)."""

    start: int
    end: int
    units: tuple[Unit, ...]


_AFTER = re.compile(
    r"[ -]?(?:(?P<sign>[$€£¥₹₽₩₴]|°[CcFf])"
    r"|(?i:US[ -]?|degrees? |grad |degrés? |grados? |stupňů |(?P<square>square |sq\.? ?|quadrat|čtverečn\w+ "
    r"|квадратн\w+ |кв\. ?|平方)|(?P<cubic>cubic |kubik|krychlov\w+ |кубическ\w+ |кубічн\w+ |куб\. ?|立方))?"
    r"(?P<word>[^\W\d_]+))",
)
#: The power after the name of a unit: "m²", "mètres carrés".
_SQUARED = re.compile(r"(?:²| (?:carrés?|cuadrad[oa]s?)\b)")
_CUBED = re.compile(r"(?:³| (?:cubes?|cúbic[oa]s?)\b)")
_BEFORE = re.compile(r"(?P<form>[$€£¥₹₽₩₴]|\b(?:USD|EUR|GBP|CHF|INR|JPY|RMB|CNY|Rs(?=\.? ?$)))\.? ?$")
_BARE_DEGREE = re.compile(r"[ -]?(?P<word>degrees?|Grad)\b")
#: In recipes one kitchen gives by volume what another weighs. Kilograms per litre of what is eaten: flakes to honey.
_KITCHEN = frozenset({"teaspoon", "tablespoon", "cup", "pint", "ounce"})
_DENSITIES = Fraction(1, 5), Fraction(3, 2)
_CJK_FIRST = re.compile("[\u3000-\u9fff]")


@cache
def _cjk_forms() -> re.Pattern[str]:
    forms = sorted((form for form in _tables()[0] if _CJK_FIRST.match(form)), key=len, reverse=True)
    return re.compile(rf" ?(?P<word>{'|'.join(forms)})")


def unit_of(text: str, start: int, end: int) -> UnitMention | None:
    """The unit of the number at `start..end` of `text`: the sign before it, or the sign or word right after it."""
    before = _BEFORE.search(text, max(0, start - 5), start)
    if text[end - 1 : end].isalpha() and text.startswith(". ", end):
        end += 1  # the full stop of "Mio."
    after = _cjk_forms().match(text, end) or _AFTER.match(text, end)
    if before:
        return _mention(*before.span("form"), _lookup(before["form"]))
    if after is None:
        return None
    group = "sign" if after.groupdict().get("sign") else "word"
    (begin, stop), form = after.span(group), after[group]
    bare = form.rstrip("²³")
    units, stop = _lookup(bare), stop - len(form) + len(bare)
    power = 2 if after.groupdict().get("square") else 3 if after.groupdict().get("cubic") else 1
    if power == 1 and (raised := _SQUARED.match(text, stop) or _CUBED.match(text, stop)):
        power, stop = 2 if raised.re is _SQUARED else 3, raised.end()
    if power > 1:
        units = tuple(_raised(unit, power) for unit in units if unit.dimension == "length")
    if not units and (degree := _BARE_DEGREE.match(text, end)):
        # Without a name of the scale the reader's country decides.
        return UnitMention(*degree.span("word"), tuple(unit for unit, _ in _TEMPERATURES))
    return _mention(begin, stop, units)


def _mention(start: int, end: int, units: tuple[Unit, ...]) -> UnitMention | None:
    return UnitMention(start, end, units) if units else None


def _raised(unit: Unit, power: int) -> Unit:
    """The area or volume whose edge is one `unit` of length; the base unit of volume is the litre."""
    if power == 2:
        return Unit(f"square {unit.name}", "area", unit.factor**2)
    return Unit(f"cubic {unit.name}", "volume", 1000 * unit.factor**3)


def same_measure(one: tuple[Unit, Fraction], other: tuple[Unit, Fraction], rounding: Fraction) -> bool:
    """Whether two measures (unit, value in its base unit) in different units can be one, up to `rounding` of the first.

    A kitchen measure of volume and a mass are one if any food has the density between them.
    """
    (unit, value), (counter, converted) = one, other
    if unit.name == counter.name:
        return False
    if unit.dimension == counter.dimension:
        return abs(converted - value) <= rounding * abs(value)
    if {unit.dimension, counter.dimension} != {"mass", "volume"} or not {unit.name, counter.name} & _KITCHEN:
        return False
    mass, volume = (value, converted) if unit.dimension == "mass" else (converted, value)
    return volume > 0 and _DENSITIES[0] <= mass / volume <= _DENSITIES[1]
