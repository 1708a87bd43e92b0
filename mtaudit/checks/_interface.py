"""Lines of web pages and programs that are no prose: buttons, menus, captions; and where such lines stand together."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mtaudit.text import fold, words
from mtaudit.types import Span

#: A label has at most this many words.
LABEL_WORDS = 5
#: How many paragraphs each way are looked at for the run of labels that one stands in.
_REACH = 15


def _table(rows: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {language: frozenset(fold(phrase) for phrase in row.split("|")) for language, row in rows.items()}


#: Labels that web pages commonly carry around their text, folded. One on its own proves nothing: "love" is a word too.
LABELS = _table(
    {
        "en": "like|dislike|love|funny|angry|sad|wow|happy|share|tweet|comment|comments|reply|report|home|about"
        "|about us|contact|contact us|login|log in|sign in|sign up|register|search|menu|next|previous|back|close"
        "|cancel|submit|skip|read more|show more|load more|see also|related|follow|follow us|subscribe|print|download"
        "|save|advertisement|privacy policy|cookie policy|terms of use|terms of service|newsletter|my account|help"
        "|news|more|settings",
        "de": "gefällt mir|gefällt mir nicht|teilen|kommentieren|kommentare|antworten|melden|startseite|über uns"
        "|kontakt|anmelden|registrieren|suche|suchen|menü|weiter|zurück|schließen|abbrechen|absenden|überspringen"
        "|mehr lesen|weiterlesen|mehr anzeigen|siehe auch|folgen|abonnieren|drucken|herunterladen|speichern|anzeige"
        "|werbung|datenschutz|datenschutzerklärung|impressum|nutzungsbedingungen|newsletter|mein konto|hilfe|mehr"
        "|einstellungen",
        "fr": "j’aime|partager|commenter|commentaires|répondre|signaler|accueil|à propos|contact|connexion"
        "|se connecter|s’inscrire|recherche|rechercher|menu|suivant|précédent|retour|fermer|annuler|envoyer"
        "|lire la suite|voir plus|voir aussi|suivre|s’abonner|imprimer|télécharger|enregistrer|publicité"
        "|mentions légales|newsletter|aide|plus",
        "es": "me gusta|compartir|comentar|comentarios|responder|denunciar|inicio|acerca de|contacto|iniciar sesión"
        "|registrarse|buscar|menú|siguiente|anterior|volver|cerrar|cancelar|enviar|leer más|ver más|ver también"
        "|seguir|suscribirse|imprimir|descargar|guardar|publicidad|política de privacidad|aviso legal|boletín|ayuda"
        "|más",
        "cs": "to se mi líbí|sdílet|komentovat|komentáře|odpovědět|nahlásit|domů|o nás|kontakt|přihlásit se"
        "|registrovat|hledat|menu|další|předchozí|zpět|zavřít|zrušit|odeslat|číst dál|číst více|zobrazit více"
        "|viz také|sledovat|odebírat|vytisknout|stáhnout|uložit|reklama|ochrana osobních údajů|nápověda|více",
        "ru": "нравится|не нравится|поделиться|комментировать|комментарии|ответить|пожаловаться|главная|о нас"
        "|контакты|войти|регистрация|поиск|меню|далее|назад|закрыть|отмена|отправить|читать далее|показать ещё"
        "|см. также|подписаться|печать|скачать|сохранить|реклама|политика конфиденциальности|помощь|ещё",
        "uk": "подобається|не подобається|поділитися|коментувати|коментарі|відповісти|поскаржитися|головна|про нас"
        "|контакти|увійти|реєстрація|пошук|меню|далі|назад|закрити|скасувати|надіслати|читати далі|показати більше"
        "|підписатися|друк|завантажити|зберегти|реклама|політика конфіденційності|допомога|більше",
        "zh": "赞|点赞|分享|评论|回复|举报|首页|关于我们|联系我们|登录|注册|搜索|菜单|下一页|上一页|返回|关闭|取消|提交"
        "|阅读更多|查看更多|另见|关注|订阅|打印|下载|保存|广告|隐私政策"
        "|使用条款|帮助|更多",
        "ja": "いいね|いいね!|シェア|共有|コメント|返信|報告|ホーム|会社概要|お問い合わせ|ログイン|登録|検索|メニュー"
        "|次へ|前へ|戻る|閉じる|キャンセル|送信|続きを読む|もっと見る"
        "|関連記事|フォロー|購読|印刷|ダウンロード|保存|広告|ヘルプ",
    }
)


def is_label(line: str) -> bool:
    """Whether a paragraph is short enough to be a label: 1 to 5 words, or as many as 10 characters without blanks."""
    count = len(list(words(line)))
    limit = LABEL_WORDS if line.isascii() or " " in line.strip() else 2 * LABEL_WORDS
    return 1 <= count <= limit and "\n" not in line.strip()


class Label(NamedTuple):
    """A paragraph that may be a label: its text, its words, those in lower case, the languages that list it."""

    line: str
    words: int
    lower: int
    listed: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Label:
        """Look at the words of a line."""
        found = [word.text for word in words(line)]
        plain = fold(line).rstrip("?!.:… ")
        listed = tuple(language for language, labels in LABELS.items() if plain in labels) if plain in _LISTED else ()
        return cls(line, len(found), sum(word.islower() for word in found), listed)


_LISTED = frozenset().union(*LABELS.values())


class LabelRun(NamedTuple):
    """Labels that stand together: how many words they have, how many in lower case, how many of them are listed."""

    labels: tuple[Label, ...]
    words: int
    lower: int
    listed: int


class _Paragraphs:
    """The paragraphs of a text, and which of them are labels; each is looked at when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        while (end := text.find("\n\n", self._starts[-1])) != -1:
            self._starts.append(end + 2)
        count = len(self._starts)
        self._seen = [False] * count
        self._labels: list[Label | None] = [None] * count
        #: First and last paragraph of the labels that stand together, for each of them.
        self._blocks: list[tuple[int, int] | None] = [None] * count
        #: Words, words in lower case and listed labels of a block before each of its paragraphs, and behind the last.
        self._sums = [(0, 0, 0)] * (count + 1)

    def at(self, offset: int) -> int:
        """The number of the paragraph around an offset."""
        return bisect_right(self._starts, offset) - 1

    def label(self, number: int) -> Label | None:
        """The paragraph if it is a label; None if it is none, or not there."""
        if not 0 <= number < len(self._starts):
            return None
        if not self._seen[number]:
            last = number + 1 == len(self._starts)
            line = self._text[self._starts[number] : None if last else self._starts[number + 1] - 2]
            self._labels[number], self._seen[number] = Label.of(line) if is_label(line) else None, True
        return self._labels[number]

    def run(self, own: int) -> LabelRun:
        """The labels around one, at most `_REACH` each way."""
        begin, end = self._blocks[own] or self._block(own)
        first, last = max(begin, own - _REACH), min(end, own + _REACH)
        before, after = self._sums[first], self._sums[last + 1]
        labels = tuple(label for label in self._labels[first : last + 1] if label is not None)
        return LabelRun(labels, after[0] - before[0], after[1] - before[1], after[2] - before[2])

    def _block(self, own: int) -> tuple[int, int]:
        """Go through the labels that stand together once, however many of them ask."""
        first = last = own
        while self.label(first - 1) is not None:
            first -= 1
        while self.label(last + 1) is not None:
            last += 1
        count, lower, listed = 0, 0, 0
        for number in range(first, last + 1):
            self._sums[number] = count, lower, listed
            label = self._labels[number]
            if label is not None:
                count, lower, listed = count + label.words, lower + label.lower, listed + bool(label.listed)
        self._sums[last + 1] = count, lower, listed
        self._blocks[first : last + 1] = [(first, last)] * (last + 1 - first)
        return first, last


#: Every segment of a document asks for its paragraphs in turn.
_paragraphs = lru_cache(maxsize=2)(_Paragraphs)


def label_run(text: str, span: Span) -> LabelRun | None:
    """The consecutive short paragraphs of a document's text that the one at `span` stands among, itself included.

    None when `span` is not a whole paragraph or no label. At most 15 paragraphs each way are looked at, so that asking
    for every line of a long list stays linear.
    """
    paragraphs = _paragraphs(text)
    own = paragraphs.at(span.start)
    label = paragraphs.label(own)
    if label is None or label.line.strip() != text[span.start : span.end].strip():
        return None
    return paragraphs.run(own)


def paragraph(text: str, at: int) -> tuple[int, int]:
    """Start and end of the paragraph around an offset; paragraphs are parted by an empty line."""
    start = text.rfind("\n\n", 0, at)
    end = text.find("\n\n", at)
    return start + 2 if start != -1 else 0, end if end != -1 else len(text)


def label_language(labels: Sequence[Label], against: str) -> str | None:
    """The language, other than `against`, in whose labels at least three and half of the lines are listed."""
    hits = Counter(one for label in labels if label.listed and against not in label.listed for one in label.listed)
    best, most = None, 2
    for language in LABELS if hits else ():
        if language != against and hits[language] > most and 2 * hits[language] >= len(labels):
            best, most = language, hits[language]
    return best
