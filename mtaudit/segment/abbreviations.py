"""Words before a full stop that do not end a sentence, and words that begin one, by language.

`TITLES` are always followed by something. `COUNTED` go with a number (No. 5, S. 12); without one the stop is a full
stop. `ENDING` may close a sentence (etc., U.S., Mio.): they do where a word follows that has a capital only because a
sentence begins, one of `STARTERS`. An abbreviation is written as in a text, without its last stop; blanks inside are
optional. Abbreviations in lower case, single letters apart, also stand for their capitalised form. Languages that are
not here go by sentencex alone.
"""

from __future__ import annotations

import re
from functools import cache

from mtaudit.text import base_language

TITLES: dict[str, str] = {
    "en": (
        "Mr|Mrs|Ms|Mx|Messrs|Dr|Prof|Rev|Fr|Hon|Gen|Lt|Col|Sgt|Capt|Cmdr|Maj|Adm|Gov|Sen|Rep|Pres|St|Mt|Ft|vs|"
        "e. g|i. e|cf|viz|approx|esp|incl"
    ),
    "de": (
        "Dr|Prof|Hr|Fr|Frl|Dipl|Ing|med|phil|jur|rer|nat|h. c|St|z. B|z. T|z. Zt|z. Hd|d. h|d. i|i. d. R|i. A|"
        "i. V|u. U|m. E|o. g|s. o|s. u|vgl|bzw|sog|ggf|evtl|ca|bspw|inkl|exkl|zzgl|insb|Hrsg|Verf|geb|gest|verh|"
        "Tel|Fa|Gebr"
    ),
    "fr": "M|MM|Mme|Mmes|Mlle|Mlles|Dr|Pr|Me|Mgr|St|Ste|p. ex|c.-à-d|av|apr|cf|env|boul|bd",
    "es": "Sr|Sra|Srta|Sres|Sras|Dr|Dra|Prof|Ing|Lic|Arq|D|Dña|Ud|Uds|Vd|Vds|p. ej|Av|Avda|aprox|St|Sto|Sta",
    "cs": "např|tzv|tj|tzn|mj|resp|popř|příp|ing|mgr|bc|Dr|MUDr|JUDr|PhDr|RNDr|MVDr|prof|doc|sv|gen|plk|cca|srov|zvl",
    "ru": "т. е|т. к|т. н|т. о|напр|см|ср|им|ул|просп|пл|пер|наб|проф|акад|доц|ген|св",
    "uk": "т. зв|т. ч|напр|див|пор|ім|вул|просп|пл|пров|проф|акад|доц|ген|св|м",
}

COUNTED: dict[str, str] = {
    "en": "no|nos|nr|p|pp|vol|fig|figs|art|sec|ch|para|ed|eq",
    "de": "Nr|Nrn|S|Art|Abs|Abb|Aufl|Bd|Kap|Ziff|Rn|Rdnr|Anm|lfd|Str|Pkt|Tab",
    "fr": "no|nos|n|art|p|pp|vol|chap|fig|éd|t|al",
    "es": "no|núm|n|art|pág|págs|p|pp|vol|cap|fig|tel",
    "cs": "č|čl|str|obr|odst|kap|s|tab|tel",
    "ru": "рис|табл|стр|с|гл|ст|п|пп|д|кв|корп|тел",
    "uk": "рис|табл|стор|с|гл|ст|п|пп|буд|кв|тел",
}

ENDING: dict[str, str] = {
    "en": (
        "etc|Inc|Ltd|Co|Corp|Bros|Jr|Sr|a. m|p. m|Ph. D|M. D|et al|et seq|"
        "Ave|Blvd|Rd|Jan|Feb|Mar|Apr|Aug|Sep|Sept|Oct|Nov|Dec"
    ),
    "de": (
        "usw|etc|ff|u. a|u. ä|o. ä|u. v. m|Mio|Mrd|Bio|Tsd|Jh|Jhd|Chr|Std|Min|Sek|Jan|Feb|Aug|Sept|Okt|Nov|Dez|max|min"
    ),
    "fr": "etc|J.-C|janv|févr|juil|sept|oct|nov|déc",
    "es": "etc|EE. UU|a. C|d. C|S. A|Cía",
    "cs": "atd|apod|aj|mil|mld|tis|hod|min|n. l|př. n. l",
    "ru": "т. д|т. п|др|пр|г|гг|в|вв|н. э|млн|млрд|тыс|руб|коп|чел|мин|ч",
    "uk": "т. д|т. п|ін|р|рр|н. е|млн|млрд|тис|грн|коп|хв|год",
}

STARTERS: dict[str, str] = {
    "en": (
        "A An The He She It They We You I This That These Those There Here But And Or However In On At When While "
        "If As After Before Then His Her Its Their Our My Your For With By So Yet Not What Who How Why Where "
        "Which Although Because Since Meanwhile Also Now Later Once Some Many Most All Both Each Every One"
    ),
    "de": (
        "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Du Man Dies Diese Dieser Dieses "
        "Diesen Diesem Dann Da Dort Doch Aber Und Oder Denn So Nun Jetzt Auch Auf In Im An Am Bei Beim Mit Nach "
        "Von Vom Vor Zu Zum Zur Für Durch Über Unter Um Aus Als Wenn Weil Dass Ob Wie Was Wer Wo Warum Während "
        "Nachdem Bevor Seit Trotz Trotzdem Deshalb Daher Danach Damit Dabei Dazu Darauf Hier Heute Gestern Nur "
        "Noch Schon Sein Seine Seinen Ihre Ihren Unser Unsere Mein Meine Kein Keine Nicht Alle Viele Einige Beide "
        "Jeder Jede Jedoch Später Zudem"
    ),
    "fr": (
        "Le La Les Un Une Des Il Elle Ils Elles On Nous Vous Je Tu Ce Cet Cette Ces Mais Et Ou Donc Or Car Dans "
        "En Sur Sous Par Pour Avec Sans Après Avant Quand Lorsque Si Comme Puis Alors Son Sa Ses Leur Leurs Notre "
        "Au Aux Du De À Depuis Ainsi"
    ),
    "es": (
        "El La Los Las Un Una Él Ella Ellos Ellas Se Lo Le Les Yo Tú Nosotros En De Por Para Con Sin Pero Y O "
        "Cuando Si Como Su Sus Este Esta Estos Estas Esto Ese Esa Eso Al Del Después Antes También No Ya Así "
        "Luego Según Desde"
    ),
    "cs": (
        "Ten Ta To Ti Tento Tato Toto Tyto On Ona Ono Oni My Vy Já Ty V Ve Na S Se Z Ze Do Po Od Pro Při Za O U K "
        "Ke Ale A I Když Pokud Jak Kde Kdy Proto Pak Poté Potom Také Jeho Její Jejich Podle Však Je Byl Byla Bylo "
        "Byli"
    ),
    "ru": (
        "Он Она Оно Они Мы Вы Я Ты Это Этот Эта Эти Тот Та В Во На С Со К Ко По Из За От До О Об При Для Но А И "
        "Или Когда Если Как Так Что Где Кто Потом Затем Также Его Её Ее Их Однако После Все Там Тогда Поэтому"
    ),
    "uk": (
        "Він Вона Воно Вони Ми Ви Я Ти Це Цей Ця Ці Той Та У В На З Зі Із До По За Від О Про При Для Але А І Й "
        "Або Коли Якщо Як Так Що Де Хто Потім Також Його Її Їх Однак Після Проте Усі Всі Там Тоді Тому"
    ),
}

#: Ordinals are written with a stop: 3. Oktober, Karel IV., 5. kapitola.
ORDINAL_STOP = frozenset(
    {"de", "cs", "sk", "pl", "da", "nb", "nn", "no", "fi", "hu", "hr", "sl", "sr", "et", "lv", "is"}
)

#: Nouns have capitals, so that a capital after a stop says little.
CAPITAL_NOUNS = frozenset({"de", "lb"})

#: After these a number only counts or names, so that the stop behind it ends the sentence.
CARDINAL_WORDS = frozenset(
    {
        *("Platz", "Rang", "Seite", "Kapitel", "Artikel", "Absatz", "Nummer", "Nr", "S", "Art", "Abs", "Kap"),
        *("Zimmer", "Saal", "Gleis", "Linie", "Stufe", "Teil", "Raum"),
    }
)


@cache
def starters(language: str) -> frozenset[str]:
    """The words that begin sentences in a language; none where it has no table."""
    return frozenset(STARTERS.get(base_language(language), "").split())


@cache
def ends_with(kind: str, language: str) -> re.Pattern[str] | None:
    """A pattern for a text that ends with an abbreviation of this kind, its stop left out.

    The kinds are `titles`, `counted` and `ending`; None where the language has no table.
    """
    table = {"titles": TITLES, "counted": COUNTED, "ending": ENDING}[kind].get(base_language(language))
    if table is None:
        return None
    forms = []
    for entry in table.split("|"):
        form = re.escape(entry).replace(r"\.\ ", r"\.\s?").replace(r"\ ", r"\s")
        first = entry[0]
        forms.append(f"[{first}{first.upper()}]{form[1:]}" if first.islower() and len(entry) > 1 else form)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})\Z")
