"""Number words of nine languages: data only, and the few forms they are written in.

Each lexicon tells apart three things. *Cardinals* are words that say a number and little else ("twenty", "двух"):
they compose, and a check may ask for their counterpart. *Hints* are words that imply a number ("dozen", "beide",
"third", "Jahrzehnt"): they may account for a number on the other side, but nobody asks where they went; a trailing
`*` makes one a prefix. *Scales* multiply ("million", "тыс."). Scale names follow each language's own system: the
short scale in en, ru and uk ("billion" is 10^9), the long scale elsewhere (fr "billion" is 10^12).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

#: Languages with a lexicon.
LANGUAGES = frozenset({"en", "de", "fr", "es", "cs", "ru", "uk", "zh", "ja"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The number words of one language, lower-case.

    `hints` maps a word, `stems` the beginning of a word, to the values it may stand for. `joiners` stand between the
    parts of one number ("and"), `halves` add a half to the number before them ("and a half").
    """

    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    hints: Mapping[str, tuple[Fraction, ...]]
    stems: Mapping[str, tuple[Fraction, ...]]
    joiners: frozenset[str]
    halves: tuple[str, ...]

    def hint(self, word: str) -> tuple[Fraction, ...]:
        """The values that a lower-case word may imply."""
        found = self.hints.get(word, ())
        if found:
            return found
        for length in range(len(word), 2, -1):
            if stem := self.stems.get(word[:length]):
                return stem
        return ()


_CARDINALS = {
    "en": "0 zero; 1 one; 2 two; 3 three; 4 four; 5 five; 6 six; 7 seven; 8 eight; 9 nine; 10 ten; 11 eleven; 12 twelve"
    "; 13 thirteen; 14 fourteen; 15 fifteen; 16 sixteen; 17 seventeen; 18 eighteen; 19 nineteen; 20 twenty; 30"
    " thirty; 40 forty"
    "; 50 fifty; 60 sixty; 70 seventy; 80 eighty; 90 ninety",
    # German numbers are compounds: quantities.py takes them apart by rule.
    "de": "0 null",
    "fr": "0 zéro; 1 un une; 2 deux; 3 trois; 4 quatre; 5 cinq; 6 six; 7 sept; 8 huit; 9 neuf; 10 dix; 11 onze; 12"
    " douze; 13 treize"
    "; 14 quatorze; 15 quinze; 16 seize; 20 vingt vingts; 30 trente; 40 quarante; 50 cinquante; 60 soixante"
    "; 70 septante; 80 huitante octante; 90 nonante",
    "es": "0 cero; 1 un uno una; 2 dos; 3 tres; 4 cuatro; 5 cinco; 6 seis; 7 siete; 8 ocho; 9 nueve; 10 diez; 11"
    " once; 12 doce"
    "; 13 trece; 14 catorce; 15 quince; 16 dieciséis; 17 diecisiete; 18 dieciocho; 19 diecinueve; 20 veinte; 21"
    " veintiuno"
    " veintiún veintiuna; 22 veintidós; 23 veintitrés; 24 veinticuatro; 25 veinticinco; 26 veintiséis; 27 veintisiete"
    "; 28 veintiocho; 29 veintinueve; 30 treinta; 40 cuarenta; 50 cincuenta; 60 sesenta; 70 setenta; 80 ochenta; 90"
    " noventa"
    "; 100 cien ciento; 200 doscientos doscientas; 300 trescientos trescientas; 400 cuatrocientos cuatrocientas"
    "; 500 quinientos quinientas; 600 seiscientos seiscientas; 700 setecientos setecientas; 800 ochocientos ochocientas"
    "; 900 novecientos novecientas",
    "cs": "0 nula; 1 jeden jedna jedno jednoho jednu jedné jednom jednomu jedním; 2 dva dvě dvou dvěma; 3 tři tří třem"
    " třech třemi; 4 čtyři čtyř čtyřem čtyřech čtyřmi; 5 pět pěti; 6 šest šesti; 7 sedm sedmi; 8 osm osmi; 9 devět"
    " devíti"
    "; 10 deset deseti; 11 jedenáct jedenácti; 12 dvanáct dvanácti; 13 třináct třinácti; 14 čtrnáct čtrnácti"
    "; 15 patnáct patnácti; 16 šestnáct šestnácti; 17 sedmnáct sedmnácti; 18 osmnáct osmnácti; 19 devatenáct"
    " devatenácti"
    "; 20 dvacet dvaceti; 30 třicet třiceti; 40 čtyřicet čtyřiceti; 50 padesát padesáti; 60 šedesát šedesáti"
    "; 70 sedmdesát sedmdesáti; 80 osmdesát osmdesáti; 90 devadesát devadesáti",
    "ru": "0 ноль нуля; 1 один одна одно одного одной одну одним одном одному; 2 два две двух двум двумя"
    "; 3 три трех трёх трем трём тремя; 4 четыре четырех четырёх четырем четырём четырьмя; 5 пять пяти пятью"
    "; 6 шесть шести шестью; 7 семь семи семью; 8 восемь восьми восемью; 9 девять девяти девятью; 10 десять десяти"
    " десятью"
    "; 11 одиннадцать одиннадцати; 12 двенадцать двенадцати; 13 тринадцать тринадцати; 14 четырнадцать четырнадцати"
    "; 15 пятнадцать пятнадцати; 16 шестнадцать шестнадцати; 17 семнадцать семнадцати; 18 восемнадцать восемнадцати"
    "; 19 девятнадцать девятнадцати; 20 двадцать двадцати; 30 тридцать тридцати; 40 сорок сорока; 50 пятьдесят"
    " пятидесяти"
    "; 60 шестьдесят шестидесяти; 70 семьдесят семидесяти; 80 восемьдесят восьмидесяти; 90 девяносто девяноста"
    "; 100 сто ста; 200 двести двухсот; 300 триста трехсот трёхсот; 400 четыреста четырехсот; 500 пятьсот пятисот"
    "; 600 шестьсот; 700 семьсот; 800 восемьсот; 900 девятьсот",
    "uk": "0 нуль нуля; 1 один одна одне одного однієї одну одним одному; 2 два дві двох двом двома; 3 три трьох трьом"
    " трьома; 4 чотири чотирьох чотирьом чотирма; 5 п'ять п'яти п'ятьох; 6 шість шести шістьох; 7 сім семи сімох"
    "; 8 вісім восьми вісьмох; 9 дев'ять дев'яти дев'ятьох; 10 десять десяти десятьох; 11 одинадцять одинадцяти"
    "; 12 дванадцять дванадцяти; 13 тринадцять тринадцяти; 14 чотирнадцять чотирнадцяти; 15 п'ятнадцять п'ятнадцяти"
    "; 16 шістнадцять шістнадцяти; 17 сімнадцять сімнадцяти; 18 вісімнадцять вісімнадцяти; 19 дев'ятнадцять"
    " дев'ятнадцяти"
    "; 20 двадцять двадцяти; 30 тридцять тридцяти; 40 сорок сорока; 50 п'ятдесят п'ятдесяти; 60 шістдесят шістдесяти"
    "; 70 сімдесят сімдесяти; 80 вісімдесят вісімдесяти; 90 дев'яносто дев'яноста; 100 сто ста; 200 двісті двохсот"
    "; 300 триста трьохсот; 400 чотириста; 500 п'ятсот п'ятисот; 600 шістсот; 700 сімсот; 800 вісімсот; 900 дев'ятсот",
    "zh": "",
    "ja": "",
}

_K, _M, _G, _T = 10**3, 10**6, 10**9, 10**12

_SCALES = {
    "en": f"100 hundred hundreds; {_K} thousand thousands; {_M} million millions mn mln mio; {_G} billion billions bn"
    f"; {_T} trillion trillions tn trn; 100000 lakh lakhs lac lacs; 10000000 crore crores; 12 dozen dozens",
    "de": f"{_K} tausend tausende tausenden tsd; {_M} million millionen mio; {_G} milliarde milliarden mrd mia"
    f"; {_T} billion billionen bio; {10**18} trillion trillionen; 100 hundert hunderte hunderten; 100000 lakh lakhs"
    "; 10000000 crore crores; 12 dutzend dutzende dutzenden",
    "fr": f"100 cent cents; {_K} mille milliers millier; {_M} million millions mio; {_G} milliard milliards md mds mrd"
    f"; {_T} billion billions; 12 douzaine douzaines; 100000 lakh; 10000000 crore crores",
    "es": f"{_K} mil miles millar millares; {_M} millón millones mill mm; {_G} millardo millardos"
    f"; {_T} billón billones; 12 docena docenas; 100000 lakh; 10000000 crore crores",
    "cs": f"100 sto sta stě set stovky stovek stovkami; {_K} tisíc tisíce tisíci tisících tisícům tis"
    f"; {_M} milion milionu miliony milionů milionech milionům milión milióny miliónů mil mio"
    f"; {_G} miliarda miliardu miliardy miliard miliardách miliardami mld; {_T} bilion bilionu biliony bilionů bil"
    "; 12 tucet tuctu tucty tuctů",
    "ru": f"{_K} тысяча тысячу тысячи тысяч тысячам тысячами тысячах тыс; {_M} миллион миллиона миллионы миллионов"
    f" миллионам миллионами миллионах млн; {_G} миллиард миллиарда миллиарды миллиардов миллиардам миллиардах млрд"
    f"; {_T} триллион триллиона триллионы триллионов трлн; 100 сотни сотен; 10 десятки десятков десятках; 12 дюжина"
    " дюжину дюжины дюжин",
    "uk": f"{_K} тисяча тисячу тисячі тисяч тисячам тисячами тисячах тис; {_M} мільйон мільйона мільйони мільйонів"
    f" мільйонам мільйонах млн; {_G} мільярд мільярда мільярди мільярдів мільярдах млрд"
    f"; {_T} трильйон трильйона трильйони трильйонів трлн; 100 сотні сотень; 10 десятки десятків десятках; 12 дюжина"
    " дюжину дюжини дюжин",
    "zh": "",
    "ja": "",
}

_THIRD, _QUARTER = "1/3,3,33", "1/4,4,25,15"

_HINTS = {
    "en": "0 nil nought no none; 1 once first single an a only sole; 2 second seconds twice double doubled doubles"
    " doubling both pair pairs couple two-fold twofold twin* duo half seconds secondly; 3 third thirds triple tripled"
    " thrice trio threefold hat-trick treble triplet*; 4 fourth quadrupl* quartet fourfold foursome; 5 fifth fifths"
    " quintupl* quintet fivefold; 6 sixth sixths half-dozen; 7 seventh; 8 eighth eighths; 9 ninth; 10 tenth tenths"
    " tenfold"
    " decade* tens tenner; 11 eleventh; 12 twelfth; 14 fortnight*; 20 twenties twentieth; 30 thirties thirtieth; 40"
    " forties"
    " fortieth fourties; 50 fifties fiftieth; 60 sixties sixtieth; 70 seventies seventieth; 80 eighties eightieth"
    "; 90 nineties ninetieth; 13 thirteenth; 14 fourteenth; 15 fifteenth; 16 sixteenth; 17 seventeenth; 18 eighteenth"
    f"; 19 nineteenth; 100 century centuries centennial centenary hundredth hundredfold; {_THIRD} third thirds"
    f"; {_QUARTER} quarter quarters; 1/2,50,30,2 half halves halved halve halving; 12 noon; 0,12,24 midnight"
    "; 1000 millennium grand thousandth; 21 blackjack",
    "de": "0 kein* nullte*; 1 ein eine einen einem einer eines eins erst* einmal einzig* einfach* je einst"
    "; 2 zwei* zwo* beid* doppel* doppelt* verdoppel* paar zweit* zwilling* duo; 3 dritt* drei* trio dreifach*"
    " verdreifach* drilling*; 4 viert* vier* vervierfach*; 5 fünft* fünf*; 6 sechs*; 7 siebt* siebent* sieben*"
    "; 8 acht*; 9 neun*; 10 zehn* jahrzehnt* dekade*; 11 elf* startelf; 16,8 achtelfinal*; 8,4 viertelfinal*; 32"
    " sechzehntelfinal*; 4,2 halbfinal*; 12 zwölf* mittag* dutzend*; 14 vierzehn*"
    "; 100 jahrhundert* hundert* hundertst* prozentig*; 1000 tausend* jahrtausend*; 20 zwanzig*; 30 dreißig* dreissig*"
    "; 40 vierzig*; 50 fünfzig*; 60 sechzig*; 70 siebzig*; 80 achtzig*; 90 neunzig*; 13 dreizehn*; 15 fünfzehn*; 16"
    " sechzehn*"
    f"; 17 siebzehn*; 18 achtzehn* volljährig*; 19 neunzehn*; {_THIRD} drittel*; {_QUARTER} viertel*"
    "; 1/2,50,30,2 halb* hälft* halbier*; 0,12,24 mitternacht*; 1/5,20,5 fünftel*; 1/10,10 zehntel*; 3/2 anderthalb*"
    "; 250000 viertelmillion; 750000 dreiviertelmillion",
    "fr": "0 nul nulle aucun aucune pas; 1 premier première premiers premières seul seule unique*; 2 deuxième* second"
    " seconde seconds secondes double* doubl* paire* couple* duo jumeau* jumelle*; 3 troisième* tripl* trio tiers; 4"
    " quatrième* quadrupl*; 5 cinquième* quintupl*; 6 sixième*; 7 septième*; 8,16 huitième*; 9 neuvième*; 10 dixième*"
    " décennie*"
    " dizaine*; 15 quinzaine*; 20 vingtaine* vingtième*; 30 trentaine*; 40 quarantaine*; 50 cinquantaine*; 60"
    " soixantaine*"
    "; 30 trentenaire*; 40 quadragénaire*; 50 quinquagénaire*; 60 sexagénaire*; 70 septuagénaire*; 80 octogénaire*"
    "; 90 nonagénaire*; 100 centenaire*"
    f"; 12 midi douzaine*; 100 centaine* siècle*; 1000 millénaire* millier*; {_THIRD} tiers; {_QUARTER} quart quarts"
    "; 1/2,50,30,2 demi demie demis moitié* mi; 0,12,24 minuit; 14 quinzaine*",
    "es": "0 ningún ninguna ninguno nulo; 1 primer primera primero primeros primeras solo sola único única"
    "; 2 segundo* segunda* doble* duplic* ambos ambas par pareja* dúo; 3 tercer* tripl* trío tercio*; 4 cuarto* cuarta*"
    " cuádrupl*; 5 quinto* quinta*; 6 sexto* sexta*; 7 séptim*; 8,16 octav*; 9 noven*; 10 décim* década* decena*; 15"
    " quincena*"
    f"; 20 veintena* vigésim*; 12 mediodía docena*; 100 centenar* siglo* centési*; 1000 milenio*; {_THIRD} tercio"
    " tercios"
    f"; {_QUARTER} cuarto cuartos; 1/2,50,30,2 medio media medios medias mitad*; 0,12,24 medianoche; 14 quincena*"
    "; 30 treintañer*; 40 cuarent*; 50 cincuent*; 60 sexagenari*; 70 septuagenari*; 80 octogenari*; 90 nonagenari*",
    "cs": "0 nulov* žádn*; 1 první* prvn* jedin* jedn*; 2 druh* dvoj* oba obě obou oběma pár* dvou* dvakrát zdvoj*"
    " dvě* dvo*; 3 třet* troj* tří* třikrát ztroj*; 4 čtvrt* čtyř* čtver*; 5 pát* pět*; 6 šest*; 7 sedm*; 8 osm*; 9"
    " devát*"
    " devít* devět*; 10 desát* deset* desít* desetilet* dekád*; 11 jedenáct*; 12 dvanáct* poledn* tucet*; 13 třináct*"
    "; 14 čtrnáct*; 15 patnáct*; 16 šestnáct*; 17 sedmnáct*; 18 osmnáct*; 19 devatenáct*; 20 dvacet* dvacát*; 30"
    " třicet*"
    " třicát*; 40 čtyřicet* čtyřicát*; 50 padesát*; 60 šedesát*; 70 sedmdesát*; 80 osmdesát*; 90 devadesát*"
    f"; 100 stolet* sto* sté*; 1000 tisíc* tisícilet*; {_THIRD} třetin*; {_QUARTER} čtvrtin* čtvrt; 1/2,50,30,2 půl*"
    " polovin* poloviční* napůl; 0,12,24 půlnoc*; 3/2 jedenapůl*",
    "ru": "0 нулев*; 1 перв* единственн* одно* однажды; 2 втор* двойн* двое* двой* двоих обе оба обоих обеих пара"
    " пары пару"
    " дважды вдвое удво* дву* двух* две*; 3 трет* трое* троих тройн* втрое утро* трех* трёх* три*; 4 четверт* четверо*"
    " четыр*; 5 пят*; 6 шест*; 7 седьм* сем*; 8 восьм* восем*; 9 девят*; 10 десят* десятилет*; 11 одиннадцат*; 12"
    " двенадцат*"
    " полдень полдня полудн*; 13 тринадцат*; 14 четырнадцат*; 15 пятнадцат*; 16 шестнадцат*; 17 семнадцат*; 18"
    " восемнадцат*"
    "; 19 девятнадцат*; 20 двадцат*; 30 тридцат*; 40 сорок*; 50 пятьдесят* пятидесят*; 60 шестьдесят* шестидесят*"
    "; 70 семьдесят* семидесят*; 80 восемьдесят* восьмидесят*; 90 девяност*; 100 сот* сто* век века веков столет*"
    f"; 1000 тысяч* тысячелет*; {_THIRD} треть трети; {_QUARTER} четверть* четверти; 1/2,50,30,2 полов* пол пол* полу*"
    "; 3/2 полтор*; 0,12,24 полноч*",
    "uk": "0 нульов*; 1 перш* єдин* одн* одно*; 2 друг* подвій* двоє двоїх обидв* обох пара пари пару двічі вдвічі"
    " подво*"
    " дво* дві*; 3 трет* троє трьох* потрій* втричі три*; 4 четверт* чотир*; 5 п'ят*; 6 шост* шіст*; 7 сьом* сім* семи*"
    "; 8 восьм* вісім*; 9 дев'ят*; 10 десят* десятиліт*; 11 одинадцят*; 12 дванадцят* полудень полудн* південь опівдні"
    "; 13 тринадцят*; 14 чотирнадцят*; 15 п'ятнадцят*; 16 шістнадцят*; 17 сімнадцят*; 18 вісімнадцят*; 19 дев'ятнадцят*"
    "; 20 двадцят*; 30 тридцят*; 40 сорок*; 50 п'ятдесят*; 60 шістдесят*; 70 сімдесят*; 80 вісімдесят*; 90 дев'яност*"
    f"; 100 сот* сто* століт*; 1000 тисяч* тисячоліт*; {_THIRD} третин*; {_QUARTER} чверт*; 1/2,50,30,2 половин* пів*"
    " напів*; 3/2 півтор*; 0,12,24 опівноч* північ",
    "zh": "",
    "ja": "",
}

_JOINERS = {"en": "and", "fr": "et", "es": "y", "cs": "a", "ru": "и", "uk": "і й"}

_HALVES = {
    "en": ("and a half", "and one half"),
    "de": ("und eine halbe", "einhalb"),
    "fr": ("et demi", "et demie"),
    "es": ("y medio", "y media"),
    "cs": ("a půl", "a pol"),
    "ru": ("с половиной",),
    "uk": ("з половиною", "із половиною"),
}


def _groups(table: str) -> Iterator[tuple[str, list[str]]]:
    """Take `2 two both; 1/2,50 half` apart: groups of values, then words."""
    for group in filter(None, table.split(";")):
        values, *words = group.split()
        yield values, words


def _czech_compounds() -> dict[str, tuple[Fraction, ...]]:
    """The Czech numbers that say their ones first: "pětadvacet", "šestadevadesátiletý"."""
    ones = ["jedn", "dv", "tři", "čtyři", "pět", "šest", "sedm", "osm", "devět"]
    tens = ["dvacet", "třicet", "čtyřicet", "padesát", "šedesát", "sedmdesát", "osmdesát", "devadesát"]
    return {
        f"{one}a{ten[:-1]}": (Fraction(10 * t + o),) for t, ten in enumerate(tens, 2) for o, one in enumerate(ones, 1)
    }


@cache
def lexicon(language: str) -> Lexicon:
    """The number words of a language of `LANGUAGES`.

    Raises:
        KeyError: for a language without a lexicon.
    """
    hints: dict[str, tuple[Fraction, ...]] = {}
    stems: dict[str, tuple[Fraction, ...]] = {}
    for values, words in _groups(_HINTS[language]):
        numbers = tuple(Fraction(value) for value in values.split(","))
        for word in words:
            table, key = (stems, word[:-1]) if word.endswith("*") else (hints, word)
            table[key] = table.get(key, ()) + numbers
    if language == "cs":
        stems |= _czech_compounds()
    return Lexicon(
        {word: int(value) for value, words in _groups(_CARDINALS[language]) for word in words},
        {word: int(value) for value, words in _groups(_SCALES[language]) for word in words},
        hints,
        stems,
        frozenset(_JOINERS.get(language, "").split()),
        _HALVES.get(language, ()),
    )
