"""Closed-class words of the languages that the checks read: what gives a language, or a broken sentence, away.

The tables are written by hand from the grammars' closed classes (articles, pronouns, prepositions, conjunctions,
auxiliaries). Words that a second language of the tables shares count for neither, see `exclusive`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

_NONE: frozenset[str] = frozenset()


def _table(rows: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {language: frozenset(row.split()) for language, row in rows.items()}


#: Frequent function words, lower case.
FUNCTION_WORDS = _table(
    {
        "en": "the a an of and or but to in on at by for with from into about as is are was were be been being has"
        " have had do does did not this that these those it its he she they them his her their we our you your i my"
        " me us who which what when where how why will would can could should may might must if than then there here"
        " all any some no more most very just so because while after before over under between through during out up"
        " down off",
        "de": "der die das den dem des ein eine einen einem einer eines und oder aber sondern zu in im an am auf"
        " aus bei beim mit nach von vom vor für über unter durch gegen ohne um als wie ist sind war waren sei wird"
        " werden wurde wurden hat haben hatte hatten nicht kein keine dieser diese dieses jener es er sie ihn ihm ihr"
        " ihre sein seine seiner wir uns unser ich mich mir du dich man sich wer was wenn wann wo warum dass weil"
        " kann können könnte soll sollte muss müssen darf dann da hier alle noch nur sehr auch schon zum zur während"
        " zwischen",
        "fr": "le la les l un une des du de d et ou mais à au aux dans sur sous par pour avec sans en entre vers"
        " chez est sont était étaient être été a ont avait avaient avoir ne pas n ce cet cette ces il elle ils elles"
        " lui leur leurs son sa ses nous notre nos vous votre vos je j me mon ma mes tu te on se s qui que qu dont où"
        " quand si comme plus très tout tous toute toutes aussi même après avant pendant parce car",
        "es": "el la los las un una unos unas de del y o pero a al en por para con sin sobre entre hacia desde"
        " hasta es son era eran ser sido fue fueron está están ha han había habían haber no se lo le les su sus"
        " nuestro nuestra este esta estos estas ese esa eso él ella ellos ellas yo mi me tú te nos que quien cual"
        " cuando donde como si más muy todo todos toda todas también porque después antes durante",
        "it": "il lo la i gli le un uno una di del dello della dei degli delle e o ma a al allo alla ai alle da dal"
        " dalla in nel nella nei nelle con su sul sulla per tra fra è sono era erano essere stato stata ha hanno"
        " aveva avere non si che chi cui quando dove come se più molto tutto tutti anche perché dopo prima questo"
        " questa questi suo sua loro noi voi io mi ci",
        "pt": "o a os as um uma uns umas de do da dos das e ou mas em no na nos nas por pelo pela para com sem"
        " sobre entre é são era eram ser foi foram está estão tem têm tinha ter não se que quem quando onde como mais"
        " muito todo todos também porque depois antes este esta isso seu sua eles elas nós você eu ao aos à",
        "nl": "de het een en of maar te in op aan bij met van voor naar over onder door tegen zonder om als dan is"
        " zijn was waren wordt worden werd werden heeft hebben had hadden niet geen dit dat deze die hij zij ze hem"
        " haar hun wij we ons onze ik mij je jij u er wie wat wanneer waar hoe waarom omdat kan kunnen moet moeten"
        " zal zullen ook nog al zeer veel tussen tijdens",
        "pl": "i oraz lub ale w we na z ze do od po przy przez dla bez o u za nad pod między jest są był była było"
        " byli być będzie będą ma mają nie się to ten ta te tego tej tych on ona ono oni jego jej ich my nas nasz ja"
        " mnie ty kto co który która które gdy kiedy gdzie jak dlaczego że żeby ponieważ czy już tylko bardzo także"
        " po przed",
        "cs": "a i nebo ale v ve na z ze do od po při pro bez o u za nad pod mezi je jsou byl byla bylo byli být"
        " bude budou má mají není ne se si to ten ta ty toho té těch on ona ono oni jeho její jejich my nás náš já mě"
        " ty kdo co který která které když kdy kde jak proč že aby protože zda už jen velmi také před podle s k ke",
        "ru": "и или но а в во на с со к ко из от до по при для без о об у за над под между через это этот эта эти"
        " того был была было были быть будет будут есть не ни он она оно они его её ее их мы нас наш я меня мне ты вы"
        " вас кто что который которая которое которые когда где как почему чтобы потому если уже только очень также"
        " же бы",
        "uk": "і й та або але а в у на з із зі до від по при для без про за над під між через це цей ця ці того був"
        " була було були бути буде будуть є не ні він вона воно вони його її їх ми нас наш я мене мені ти ви вас хто"
        " що який яка яке які коли де як чому щоб тому якщо вже тільки дуже також же би",
    }
)

#: Those of them that deny: what is said without one is the opposite.
DENYING = _table(
    {
        "en": "no not",
        "de": "kein keine nicht ohne",
        "fr": "ne pas n sans",
        "es": "no sin",
        "it": "non senza",
        "pt": "não sem",
        "nl": "geen niet zonder",
        "pl": "bez nie",
        "cs": "bez není ne",
        "ru": "без не ни",
        "uk": "без не ні",
    }
)

#: Words that, capitalised, begin a sentence and are no names: articles, pronouns, conjunctions. German `Sie`, `Ihr`,
#: `Man` and prepositions are left out: they are capitalised for other reasons, or open titles.
STARTERS = _table(
    {
        "en": "The And But He She They We This These Those It",
        "de": "Der Die Das Ein Eine Einen Einem Und Aber Er Es Wir Dieser Diese Dieses Doch Denn Dem Den",
        "fr": "Le La Les Un Une Des Et Mais Il Elle Ils Elles Nous Ce Cette Ces",
        "es": "El La Los Las Un Una Y Pero Él Ella Ellos Este Esta Estos Estas",
        "cs": "Ale Ten Tento Tato Toto Tyto On Ona Oni",
        "ru": "Он Она Они Это Этот Эта Эти Но Мы Однако",
        "uk": "Він Вона Вони Це Цей Ця Ці Але Ми Однак",
    }
)

#: Words that cannot be the last one of a sentence. Separable prefixes (German `ein`, `an`, `vor`), stranded English
#: prepositions and single letters (labels, abbreviations) are left out.
NEVER_LAST = _table(
    {
        "en": "the an and or because although whose",
        "de": "der den und oder sowie sondern dass weil obwohl eine einen einem vom zum zur im am beim ins ans"
        " in für von gegen zwischen neben trotz seit des",
        "fr": "le les du des et ou de dans avec que dont",
        "es": "el los las del de y que con",
        "cs": "nebo protože aby která který které",
        "ru": "и или чтобы для из которые который которая",
        "uk": "і та або щоб для із які який яка",
    }
)

#: Words that seldom are the last one of a sentence: German articles and possessives, which may be pronouns, and
#: prepositions, which may be prefixes of verbs.
RARELY_LAST = _table(
    {
        "de": "an auf aus bei mit nach vor zu um über unter durch ab bis ohne wegen hinter sein seine seinen seinem"
        " seiner ihr ihre ihren ihrem ihrer mein meine unser unsere kein ein einer eines dieser diese dieses diesen"
        " diesem das die dem",
    }
)

#: Function words that never rightly stand twice in a row with only a blank between. German `die die`, `das das`,
#: `sie sie`, `nicht nicht`, `von von der Leyen`, French `nous nous`, Czech `se se` and the like can be right.
NEVER_DOUBLED = _table(
    {
        "en": "the a an of and or for with from at by to its their this these",
        "de": "und oder ein eine einen einem eines für im am zum zur vom beim gegen dass weil sondern haben hat habe"
        " hatte hatten sind waren wird wurde wurden kann muss müssen soll sollte",
        "fr": "le la les un une des du de et ou dans sur par pour avec",
        "es": "el los las un una de del y por para con al en",
        "cs": "nebo ale pro při bez že v na do od který která které",
        "ru": "и или но в на с к из от для без",
        "uk": "та або але в у на з до від для без",
    }
)

#: Words that may rightly stand twice in a row and are none of `FUNCTION_WORDS`: emphasis, sounds, greetings, and words
#: that are two different ones ("gerade gerade", "love love" in "those in love love"). Of languages without a row it is
#: not known what may.
MAY_DOUBLE = _table(
    {
        "en": "very really much many more most long far well better never ever always only again over back away there"
        " here now then still just even right little bit tiny good great nice dear sweet big huge deep old new real"
        " true same such less last next first second round please thanks thank sorry hello bye goodbye night yeah yes"
        " okay sure blah haha hehe hihi woof meow quack tick knock chop hush there yada bang boom ding dong ring beep"
        " click clap wait stop come look listen wake help hurry easy slow slowly quick quickly quiet quietly soon like"
        " love need want will does have were what that said says goes work works play plays help helps change fall"
        " fight fish sheep dice police series species means matters hurts ylang mahi cancan pompom chin mama papa dada"
        " nana bora pago walla wagga duran sing talk yoyo gogo paw choo couscous",
        "de": "sehr viel viele ganz lange lang weit weiter gar echt richtig total super mega bald schnell schneller"
        " tief hoch gross groß große großen klein kleine kleinen alte alter alten lieber liebe liebes schöne schön"
        " besser immer mehr gerade eben gleich halt mal wohl wieder langsam leise laut still ruhig kurz halb fast oft"
        " kaum alles alle allen denen ihnen euch mich dich sich selbst einander dort hier jetzt heute morgen gestern"
        " werden sein seine seinen lassen sehen gehen hören bleiben leben doch aber ja nein danke bitte hallo tschüss"
        " servus komm kommt los klar genau gut gute guten böse mann mensch junge leute kinder freunde mama papa oma"
        " opa onkel tante haha hehe hihi hoho hopp husch klopf kling bumm wuff miau blabla stopp achtung vorsicht"
        " hilfe feuer warte wartet schau schaut sieh hört hör lauf lauft tick tack ding dong bora pago duran walla"
        " schritt welche welcher welches wessen deren dessen während außer statt wegen entlang einig",
        "fr": "très trop bien bon vite petit petite petits petites peu doux doucement tout toute jamais toujours"
        " encore plus moins loin merci bonjour salut allô oui non voilà allez aïe chut haha hihi coucou maman papa"
        " faire être avoir soeur sœur seigneur bonheur malheur docteur monsieur horreur terreur",
        "es": "muy mucho mucha muchos muchas poco poquito casi bien más menos nunca siempre jamás luego pronto rápido"
        " despacio adiós gracias hola bueno vale jaja jeje jiji señor señores chicos mamá papá arriba abajo atrás"
        " grandes viejos nuevos justo igual mejor peor lejos años días",
        "cs": "velmi moc hodně mnohem dlouho dlouhý daleko nikdy vždy vždycky pořád stále znovu zase ještě skoro"
        " pomalu rychle tiše honem brzy malý velký starý dobrý dobře děkuji díky prosím ahoj haha hehe hihi máma táta"
        " mami tati jsem jste jsme není bude více méně lépe hned vedle toho tomu všechno opravdu vážně",
        "ru": "очень много долго давно далеко никогда всегда снова опять ещё еще почти чуть еле едва быстро медленно"
        " тихо скоро большой большая старый добрый хорошо спасибо пожалуйста привет пока хаха хехе мама папа более"
        " менее больше лучше того тому его её них тебя меня себя если тоже прямо совсем самый самая самое самого вот"
        " нет день раз ладно только",
        "uk": "дуже багато довго давно далеко ніколи завжди знову ще майже ледве ледь швидко повільно тихо скоро"
        " великий велика старий добрий добре дякую прошу привіт хаха хехе мама тато більше менше краще того тому його"
        " неї них тебе мене себе теж прямо зовсім самий самого ось день лише тільки",
    }
)

#: Articles, possessives and prepositions: with the noun behind them they hardly stand twice at once.
OPENERS = _table(
    {
        "en": "the a an this these my your his its our their of in on at by for with from into under over after",
        "de": "der die das den dem des ein eine einen einem einer eines im in am an auf aus bei beim mit nach von vom"
        " für über unter durch gegen ohne zum zur ins ans sein seine seinen seinem seiner ihr ihre ihren ihrem unser"
        " unsere mein meine dein deine kein keine keinen dieser diese dieses diesem diesen",
        "fr": "le la les un une des du de dans sur sous par pour avec sans au aux son sa ses leur leurs ce cet cette",
        "es": "el la los las un una unos unas de del en con por para sin sobre al su sus este esta",
        "cs": "v ve na z ze do od pro při bez nad pod mezi s k ke podle",
        "ru": "в во на с со к из от для без под над между через о об",
        "uk": "в у на з із до від для без під над між через про",
    }
)


@lru_cache(maxsize=256)
def exclusive(language: str, against: str) -> frozenset[str]:
    """Function words of `language` that are none of `against`; empty where `language` has no table."""
    return FUNCTION_WORDS.get(language, _NONE) - FUNCTION_WORDS.get(against, _NONE)


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    speakers: dict[str, tuple[str, ...]] = {}
    for language, known in FUNCTION_WORDS.items():
        for word in known:
            speakers[word] = (*speakers.get(word, ()), language)
    return speakers


def spoken_by(folded: Iterable[str]) -> Counter[str]:
    """How many of the lower-case words are function words, by the language they are of."""
    speakers = _speakers()
    return Counter(language for word in folded for language in speakers.get(word, ()))


def count_exclusive(folded: Iterable[str], language: str, against: str) -> int:
    """How many of the lower-case words are function words of `language` and none of `against`."""
    known = exclusive(language, against)
    return sum(word in known for word in folded)
