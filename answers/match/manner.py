"""In what manner a question asks: for a person, a number, a time; of now or of what is to come; of what is not so.

Read from small tables of question words, in English and in the languages next to it. It knows no fact base.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from answers.match.denials import negates
from answers.match.language import ENGLISH
from answers.text.names import Kind as NameKind
from answers.text.names import world
from answers.text.normalise import Word, words

_CLAUSE = 8
"""Words within which what belongs to a question word is looked for."""


class Kind(StrEnum):
    """What a question asks for."""

    WHO = "who"
    HOW_MANY = "how_many"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    WHICH = "which"
    WHAT = "what"
    YES_NO = "yes_no"
    QUOTE = "quote"
    OTHER = "other"


# Phrases of folded words, "/" between them; the longest at a place counts.
_QUESTION_WORDS: Mapping[str, Mapping[Kind, str]] = {
    "en": {
        Kind.WHO: """who/whom/whose/which president/which general/which official/which officials/which spokesman/
            which spokesperson/which person/which people/which leader/which leaders/which minister/which politician/
            what person/what president/which us president/what is the name of the president""",
        Kind.HOW_MANY: """how many/how much/how big/how large/how few/what number/what is the number/what the number/
            the number of/what percentage/what percent/what share/what amount/what is the size/what size""",
        Kind.WHEN: """when/what time/what date/what day/what year/what month/which day/which year/which month/
            which date/which week/how soon/since when/what is the date""",
        Kind.WHERE: """where/which country/which countries/what country/what countries/which city/what city/
            which cities/which state/what state/which place/what place/which base/what base/which bases/
            which region/what region/which nation/which nations/what nation/what nations/what is the location""",
        Kind.WHY: """why/how come/what for/what reason/what reasons/what is the reason/what the reason/for what purpose/
            what are the reasons/what was the reason/what were the reasons/what caused/what is the cause/for what reason""",
        Kind.HOW: "how", Kind.WHICH: "which", Kind.WHAT: "what/whats/what're/wat",
    },
    "de": {
        Kind.WHO: "wer/wen/wem/wessen", Kind.HOW_MANY: "wie viele/wie viel/wieviele/wieviel/wie groß",
        Kind.WHEN: "wann/seit wann", Kind.WHY: "warum/wieso/weshalb/wozu", Kind.HOW: "wie",
        Kind.WHERE: "wo/wohin/woher/welches land/welche länder/in welchem land/in welches land/welche stadt",
        Kind.WHICH: "welche/welcher/welches/welchen/welchem", Kind.WHAT: "was/worüber/wovon/womit",
    },
    "fr": {
        Kind.WHO: "qui", Kind.HOW_MANY: "combien/quel nombre", Kind.WHEN: "quand/quel jour/quelle date/en quelle année",
        Kind.WHERE: "où/quel pays/quels pays/quelle ville", Kind.WHY: "pourquoi", Kind.HOW: "comment",
        Kind.WHICH: "quel/quelle/quels/quelles/lequel/laquelle", Kind.WHAT: "que/quoi/qu'est/qu'est-ce",
    },
    "es": {
        Kind.WHO: "quién/quiénes", Kind.HOW_MANY: "cuánto/cuántos/cuánta/cuántas",
        Kind.WHEN: "cuándo/qué día/qué fecha/qué año", Kind.WHERE: "dónde/adónde/qué país/qué países/qué ciudad",
        Kind.WHY: "por qué", Kind.HOW: "cómo", Kind.WHICH: "cuál/cuáles", Kind.WHAT: "qué",
    },
    "pl": {
        Kind.WHO: "kto/kogo/komu/kim", Kind.HOW_MANY: "ile/ilu/jak wiele/jak wielu", Kind.YES_NO: "czy",
        Kind.WHEN: "kiedy/którego dnia/od kiedy", Kind.WHY: "dlaczego/czemu/po co", Kind.HOW: "jak",
        Kind.WHERE: "gdzie/dokąd/skąd/jaki kraj/jakie kraje/które kraje/który kraj/w którym kraju/do którego kraju",
        Kind.WHICH: "który/która/które/którzy/jaki/jaka/jakie", Kind.WHAT: "co/czego/o czym",
    },
    "ro": {
        Kind.WHO: "cine/pe cine/cui", Kind.HOW_MANY: "câți/câte/cât/câtă", Kind.WHEN: "când/de când/în ce zi/ce dată",
        Kind.WHERE: "unde/ce țară/ce țări/care țară/care țări/în ce țară/ce oraș", Kind.WHY: "de ce",
        Kind.HOW: "cum", Kind.WHICH: "care", Kind.WHAT: "ce", Kind.YES_NO: "oare",
    },
    "ru": {
        Kind.WHO: "кто/кого/кому/кем", Kind.HOW_MANY: "сколько/какое количество/какое число",
        Kind.WHEN: "когда/с каких пор/какого числа/в какой день", Kind.WHY: "почему/зачем/отчего",
        Kind.WHERE: "где/куда/откуда/какая страна/какие страны/в какую страну/в какие страны/в каких странах",
        Kind.HOW: "как/каким образом", Kind.WHICH: "какой/какая/какое/какие/каких/какую",
        Kind.WHAT: "что/чего/о чем", Kind.YES_NO: "ли/правда ли",
    },
    "uk": {
        Kind.WHO: "хто/кого/кому/ким", Kind.HOW_MANY: "скільки/яка кількість", Kind.WHY: "чому/навіщо",
        Kind.WHEN: "коли/відколи/якого числа/якого дня", Kind.HOW: "як/яким чином",
        Kind.WHERE: "де/куди/звідки/яка країна/які країни/в яку країну/в які країни/у яких країнах/до яких країн",
        Kind.WHICH: "який/яка/яке/які/яких/яку", Kind.WHAT: "що/чого/про що", Kind.YES_NO: "чи",
    },
}  # fmt: skip
_SAYING: Mapping[str, str] = {
    "en": """say says said saying tell tells told announce announced stated claim claimed comment commented warn
        warned promise promised mention mentioned reply replied""",
    "de": "sagt sagte gesagt sagen erklärt erklärte äußerte", "fr": "dit déclaré annoncé affirmé",
    "es": "dijo dice dicho declaró anunció", "pl": "powiedział powiedziała mówi mówił oświadczył ogłosił",
    "ro": "spus zis spune zice declarat anunțat", "ru": "сказал сказала говорит заявил заявила заявляет сообщил",
    "uk": "сказав сказала каже заявив заявила говорить повідомив",
}  # fmt: skip
_AUXILIARIES: Mapping[str, str] = {
    "en": """is are was were do does did has have had will would can could should shall may might must am
        isn't aren't wasn't weren't don't doesn't didn't hasn't haven't won't wouldn't can't couldn't shouldn't""",
    "de": "ist sind hat haben wird werden wurde wurden kann können gibt war waren soll will darf",
    "fr": "est sont a ont est-ce va vont peut peuvent", "es": "es son está están hay ha han va van puede fue",
    "ro": "este sunt a au va vor poate", "ru": "правда", "uk": "правда",
}  # fmt: skip
_LEAD_INS = re.compile(
    r"^(?:(?:and|but|so|ok|okay|well|hi|hello|hey|please|then) )*"
    r"(?:(?:(?:can|could|would|will) you )?(?:please )?(?:tell|show|remind|inform|explain to) (?:me|us) (?:about )?"
    r"|do you (?:know|have any idea) |does any(?:one|body) know |any idea |i (?:want|would like|need) to know |i wonder )"
)
"""How English leads in to what is asked: "can you tell me how many" asks how many."""
_Phrases = Mapping[str, list[tuple[tuple[str, ...], Kind]]]


@cache
def _phrases(language: str) -> _Phrases:
    """Question phrases by their first word, the longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for kind, listed in _QUESTION_WORDS.get(language, {}).items():
        for phrase in listed.split("/"):
            forms = tuple(word.form for word in words(phrase))
            by_first.setdefault(forms[0], []).append((forms, kind))
    for known in by_first.values():
        known.sort(key=lambda one: -len(one[0]))
    return by_first


@cache
def _listed(table: str, language: str) -> frozenset[str]:
    chosen = {"saying": _SAYING, "auxiliaries": _AUXILIARIES}[table]
    return frozenset(word.form for word in words(chosen.get(language, "")))


def kind_of(asked: Sequence[Word], language: str) -> Kind:
    """What a question asks for; `OTHER` where no question word tells it. Other languages are read as English."""
    language = language if language in _QUESTION_WORDS else ENGLISH
    asked = without_lead_in(asked)
    found = [(start, kind) for start, _, kind in question_words(asked, language)]
    if not found or _asks_whether(asked, language, found[0][0]):
        return Kind.YES_NO if _asks_whether(asked, language, len(asked)) else Kind.OTHER
    if any(kind is Kind.YES_NO for _, kind in found):
        return Kind.YES_NO
    at, kind = _leading(asked, language, found)
    return Kind.QUOTE if kind is Kind.WHAT and _asks_for_words(asked[at + 1 :], language) else kind


def _asks_for_words(after: Sequence[Word], language: str) -> bool:
    """Whether what follows a "what" is a verb of speech, in English after an auxiliary: "what did Biden say"."""
    if language == ENGLISH and not (after and after[0].form in _listed("auxiliaries", language)):
        return False
    return any(word.form in _listed("saying", language) for word in after[:_CLAUSE])


def without_lead_in(asked: Sequence[Word]) -> Sequence[Word]:
    """The words from where an English question begins."""
    said = " ".join(word.form for word in asked) + " "
    led = _LEAD_INS.match(said)
    return asked[led.group().count(" ") :] if led else asked


def question_words(asked: Sequence[Word], language: str) -> Iterator[tuple[int, int, Kind]]:
    """Where each question phrase starts and stops (exclusive), and what it asks for."""
    phrases, at = _phrases(language), 0
    while at < len(asked):
        forms, kind = _phrase_at(phrases, asked, at)
        if kind:
            yield at, at + len(forms), kind
        at += max(1, len(forms))


def _phrase_at(phrases: _Phrases, asked: Sequence[Word], at: int) -> tuple[tuple[str, ...], Kind | None]:
    for forms, kind in phrases.get(asked[at].form, ()):
        if tuple(word.form for word in asked[at : at + len(forms)]) == forms:
            return forms, kind
    return (), None


def opens_with_verb(asked: Sequence[Word], language: str) -> bool:
    """Whether the first word is one that a question without question word begins with."""
    return bool(asked) and asked[0].form in _listed("auxiliaries", language)


def _asks_whether(asked: Sequence[Word], language: str, stop: int) -> bool:
    """Whether the question begins with a verb, maybe after a few words: "are they", "in Poland, are they"."""
    verbs = _listed("auxiliaries", language)
    return any(
        asked[at].form in verbs
        and (at == 0 or _parted(asked, at))
        and not (at + 1 < len(asked) and asked[at + 1].number)  # May 4
        for at in range(min(stop, len(asked), _CLAUSE))
    )


def _parted(asked: Sequence[Word], at: int) -> bool:
    """Whether more than a blank stands before the word."""
    before = asked[at - 1]
    return asked[at].start - before.start - len(before.surface) > 1


def _leading(asked: Sequence[Word], language: str, found: Sequence[tuple[int, Kind]]) -> tuple[int, Kind]:
    """The question word that asks: the first that begins a clause, unless it opens one of time ("when asked …, who …")."""
    begins = [(at, kind) for at, kind in found if at == 0 or _parted(asked, at)] or found
    at, kind = begins[0]
    if len(begins) > 1 and language == ENGLISH and asked[at].form in {"when", "where"}:
        after = asked[at + 1].form if at + 1 < len(asked) else ""
        return (at, kind) if after in _listed("auxiliaries", ENGLISH) else begins[1]
    return at, kind


_NOW = re.compile(
    r"\b(?:now|nowadays|today|tonight|currently|still(?! (?:more|another|only|just)\b)|at the moment|at present|presently|latest|these days|so far|as of yet"
    r"|jetzt|heute|derzeit|aktuell|momentan|noch immer|maintenant|aujourd['’]hui|actuellement|en ce moment|ahora|hoy"
    r"|actualmente|todavía|teraz|dzisiaj|dziś|obecnie|acum|astăzi|momentan|încă|сейчас|сегодня|теперь|до сих пор|зараз|сьогодні"
    r"|нині|досі)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:(?<!the )(?<!free )will(?! of\b)|won['’]t|(?:'|’)ll|shall|gonna|next (?:day|week|month|year|spring|summer|autumn|fall|winter)"
    r"|tomorrow|soon|in the future|about to|morgen|bald|nächste (?:woche|jahr)"
    r"|sera|seront|demain|bientôt|mañana|pronto|próxim[oa]|będzie|będą|jutro|wkrótce|mâine|curând|vor fi"
    r"|будет|будут|завтра|скоро|буде|будуть|незабаром)\b",
    re.IGNORECASE,
)
_GOING = re.compile(r"\bgoing to (?:not |ever |also )?([^\W\d_]+)", re.IGNORECASE)
_NO_VERBS = frozenset("the a an this that these those his her their its our my your which what where who war".split())


def asks_now(text: str) -> bool:
    """Whether the question asks how things stand now."""
    return _NOW.search(text) is not None


def asks_future(text: str) -> bool:
    """Whether the question asks what is to come. "Going to" tells it before a verb, not before a place."""
    if _FUTURE.search(text):
        return True
    return any(
        not (form := found.group(1)).istitle()
        and not form.isupper()
        and form.casefold() not in _NO_VERBS
        and form.casefold() not in _place_words()
        for found in _GOING.finditer(text)
    )


@cache
def _place_words() -> frozenset[str]:
    """The first words of the names of the world's places, folded."""
    places = (name for name in world() if name.kind is NameKind.PLACE)
    firsts = (words(form)[:1] for name in places for form in (name.canonical, *name.forms))
    return frozenset(first[0].form for first in firsts if first)


_SUBORDINATE = frozenset("that whether if because although while since unless".split())


def negated(asked: Sequence[Word]) -> bool:
    """Whether the main verb of an English question is denied; "aren't they" asks the same as "are they"."""
    if kind_of(asked, ENGLISH) is Kind.YES_NO:
        return False
    forms = [word.form for word in asked]
    main = next((at for at, form in enumerate(forms) if at and form in _SUBORDINATE), len(forms))
    return any(_denies(forms, at) for at in range(main))


def _denies(forms: Sequence[str], at: int) -> bool:
    form, after = forms[at], forms[at + 1] if at + 1 < len(forms) else ""
    if form == "not":
        return after not in {"only", "just", "least"} and (at == 0 or forms[at - 1] not in {"or", "if"})
    return form in {"never", "cannot"} or negates(form) or (form == "no" and after == "longer")
