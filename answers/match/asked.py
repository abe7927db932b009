"""What a question asks for: weighted terms, the names in it, and what may be a name that nobody listed."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from answers.factbase import FactBase
from answers.match.concepts import Concept, concept_of
from answers.match.denials import REFUSED, denied
from answers.match.foreground import foreground
from answers.match.language import ENGLISH, language_of
from answers.match.limits import CALENDAR, Limits, limits_of
from answers.match.manner import Kind, asks_future, asks_now, kind_of, negated
from answers.match.parts import compared
from answers.match.roles import Roles, roles
from answers.match.spans import Span, span_of
from answers.match.spelling import Speller, dictionary, rarity, slip_of_stop_word
from answers.match.things import known_thing, synonyms, thing_of
from answers.text.names import Kind as NameKind
from answers.text.names import is_token, token
from answers.text.normalise import Word, numbers, stem, words
from answers.text.reading import Reading, read

_TIME_WORDS = CALENDAR | {"today", "tomorrow", "yesterday"}
_CHAT = frozenset(
    "pls plz plss thx thanx tks ty btw imo imho tbh asap rn atm lol omg wtf idk fyi u ur ppl gonna wanna".split()
)
"""Words that people type to each other and no dictionary has: they name nobody."""

_SENTENCE_END = re.compile(r"[.?!:\"“]\s*$")
_SPEECH = frozenset(
    map(stem, "say says said tell told announce report claim state mention comment warn promise".split())
)
_NEAR_QUESTION_WORD = 7
_MOST_TERMS = 40
LARGE = 13
"""Numbers from here on are taken to be what a question turns on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question read against one base.

    `text` is the question with its spelling mended, as it is given to the encoder. `terms` map an index term to its
    weight; `repaired` maps a term that the base lacks to the one it was probably meant as. `names` are canonical;
    `suspects` are words that look like names which no list holds; `numbers` are in digits. `roles` are the parts
    that names play; `speech` says that somebody's words are asked for. `comparing`: the `outlets` that it names (or all)
    are to be set side by side. `denied` are stems of what it says is not so, `thing` those of the noun that it asks for
    (`thing_said` in its own word), `concept` and `span` what it asks for in any of a few words, and of time. `rarities` tell
    how rare the words of some terms are in English, in [0, 1]. `openness`, in [0, 1], is by how much it is nearer to a known
    gap than to any known question; `gap` is what that gap is about, where the question asks for it. `slight`: too little was
    asked for any passage to answer it ("and in Poland?").
    """

    text: str
    language: str
    terms: dict[str, float]
    repaired: dict[str, str]
    names: tuple[str, ...]
    suspects: tuple[Word, ...]
    numbers: tuple[str, ...]
    kind: Kind
    limits: Limits
    speech: bool
    now: bool
    future: bool
    comparing: bool
    outlets: tuple[str, ...]
    slight: bool
    roles: Roles = field(default_factory=dict)
    negated: bool = False
    denied: frozenset[str] = frozenset()
    thing: frozenset[str] = frozenset()
    thing_said: str = ""
    concept: Concept | None = None
    span: Span | None = None
    rarities: Mapping[str, float] = field(default_factory=dict)
    gap: str = ""
    openness: float = 0.0

    @property
    def foreign(self) -> bool:
        """Whether it is asked in another language than the record's: its words are then found by meaning only."""
        return self.language != ENGLISH

    @property
    def weight(self) -> float:
        return sum(self.terms.values())


def analyse(text: str, base: FactBase, speller: Speller, today: date) -> Asked:
    """The reading of a question of at most 300 characters: of what it asks, not of what is told before. Any text is read."""
    text, names = foreground(text), base.gazetteer
    language = language_of(text)
    english = language == ENGLISH
    meant = {word.form: fixed for word in words(text) if (fixed := speller.meant(word.form))} if english else {}
    mended = _mended(text, meant)
    reading = read(_mended(text, {form: fixed for form, fixed in meant.items() if fixed in names.vocabulary}), names)
    whole = read(mended, names) if meant else reading
    limits, comparing = limits_of(reading, mended, today), compared(mended, _written(reading, base))
    # An outlet that the question is limited to, or compares, is met by whose article it is, not by what it speaks of.
    sources = frozenset(_outlets(reading) if comparing else limits.outlets)
    if comparing:
        limits = replace(limits, outlets=())
    weights, repaired = _weighed(reading, meant, sources, base, english=english)
    kind = kind_of(reading.words, language)
    return Asked(
        text=mended,
        language=language,
        terms=weights,
        repaired=repaired,
        names=tuple(name for name in reading.names if name not in sources),
        suspects=tuple(_suspects(text, reading, speller, meant) if english else _strangers(text, reading, language)),
        numbers=tuple(_numbers(reading)),
        kind=kind,
        limits=limits,
        speech=any(stem(word.form) in _SPEECH for word in reading.unnamed),
        now=asks_now(mended),
        future=asks_future(mended),
        comparing=comparing,
        outlets=tuple(dict.fromkeys(_outlets(reading))),
        slight=english and (len(weights) < 2 or (kind is not Kind.YES_NO and all(map(is_token, weights)))),
        roles=roles(whole, language),
        **(_of_english(reading, whole, mended, kind) if english else {}),
    )


def _weighed(
    reading: Reading, meant: Mapping[str, str], sources: AbstractSet[str], base: FactBase, *, english: bool
) -> tuple[dict[str, float], dict[str, str]]:
    """The terms with their weights, and which of them were probably meant as others.

    Words of another language count as far as the base has them; outlets that are met otherwise do not.
    """
    repaired = {stem(form): stem(fixed) for form, fixed in meant.items()}
    times, passed = base.times([*reading.terms, *repaired.values()]), set(map(token, sources))
    terms = [term for term in dict.fromkeys(reading.terms) if english or is_token(term) or term in times]
    terms = [term for term in terms if term not in passed][:_MOST_TERMS]
    weights = {term: base.weight(times.get(repaired.get(term, term), 0)) for term in terms}
    return weights, {term: fixed for term, fixed in repaired.items() if term in weights}


def _of_english(reading: Reading, whole: Reading, mended: str, kind: Kind) -> dict[str, Any]:
    """What is read of an English question only: what it denies, and what it asks for beyond its kind."""
    thing = thing_of(whole.unnamed)
    return {
        "negated": _asks_what_is_not(reading),
        "denied": denied(reading.words),
        "thing": synonyms(stem(thing.form)) if thing else frozenset(),
        "thing_said": thing.surface if thing else "",
        "concept": concept_of(kind, whole.unnamed),
        "span": span_of(mended),
        "rarities": _rarities(whole),
    }


def _rarities(reading: Reading) -> dict[str, float]:
    """Of each term of the words that are neither names nor numbers, how rare the commonest of those words is."""
    found: dict[str, float] = {}
    for word in reading.plain:
        if not word.number:
            term = stem(word.form)
            found[term] = min(found.get(term, 1.0), rarity(word.form))
    return found


def _outlets(reading: Reading) -> Iterator[str]:
    return (mention.name.canonical for mention in reading.mentions if mention.name.kind is NameKind.OUTLET)


def _written(reading: Reading, base: FactBase) -> tuple[str, ...]:
    """The base's outlets that a question names, each as it is written there: "CBC" for CBC News."""
    forms = {
        mention.name.canonical: " ".join(word.surface for word in reading.words[mention.first : mention.stop])
        for mention in reading.mentions
        if mention.name.kind is NameKind.OUTLET and mention.name.canonical in base.coverage.outlets
    }
    return tuple(forms.values())


def _asks_what_is_not(reading: Reading) -> bool:
    """Whether the negation is of what is asked for, near the question word: "which countries are not worried?"."""
    asking = reading.words[:_NEAR_QUESTION_WORD]
    return negated(asking) or REFUSED in denied(asking)


def _mended(text: str, meant: Mapping[str, str]) -> str:
    """The text with misspelt words put right. A name has one term, so its misspelling can have none beside it."""
    for word in reversed(words(text)):
        if fixed := meant.get(word.form):
            text = text[: word.start] + fixed + text[word.start + len(word.surface) :]
    return text


def _strangers(text: str, reading: Reading, language: str) -> list[Word]:
    """Words of another language that are written like names; in German every noun is, so none is suspected there."""
    if language == "de":
        return []
    return [
        word
        for word in reading.plain
        if word.capital and not word.number and len(word.form) > 2 and not _begins(text, word)
    ]


def _suspects(text: str, reading: Reading, speller: Speller, meant: dict[str, str]) -> list[Word]:
    """Words outside every list, and the last word of what is written like a name: "Mike Pence" is known as Pence.

    A lone capital makes no name of an ordinary word: "Governor" and "Democratic" are written with one, too.
    """
    plain = [word for word in reading.plain if not word.number and word.form not in _TIME_WORDS | _CHAT | meant.keys()]
    foreign = [word for word in plain if _is_foreign(word, speller)]
    if len(plain) > 2 and sum(word.capital for word in plain) > 0.6 * len(plain):
        return foreign  # written in capitals throughout: they tell nothing
    names = [run[-1] for run in _runs(text, plain) if len(run) > 1 or _is_odd(text, run[0])]
    return [word for word in dict.fromkeys([*foreign, *names]) if not known_thing(stem(word.form))]


def _runs(text: str, plain: list[Word]) -> list[list[Word]]:
    """Words with a capital that follow one another, with nothing but a blank between them."""
    runs: list[list[Word]] = []
    for word in plain:
        if not word.capital:
            continue
        last = runs[-1][-1] if runs else None
        if last and text[last.start + len(last.surface) : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _is_odd(text: str, word: Word) -> bool:
    """A capital within a sentence on a word that is not ordinary."""
    return word.form not in dictionary() and not _begins(text, word)


def _is_foreign(word: Word, speller: Speller) -> bool:
    if len(word.form) < 3 or speller.knows(word.form) or speller.knows(stem(word.form)):
        return False
    return word.capital or not slip_of_stop_word(word.form)


def _begins(text: str, word: Word) -> bool:
    """Whether the word begins a sentence, where a capital means nothing."""
    before = text[: word.start]
    return not before.strip() or _SENTENCE_END.search(before) is not None


def _numbers(reading: Reading) -> list[str]:
    """The numbers that a question turns on: large ones, and those that belong to a name, as in "Article 5".

    Small ones seldom are what is asked for ("which two countries"), nor are days of a month.
    """
    forms = [word.form for word in reading.words]
    named = {
        now.form
        for before, now in pairwise(reading.words)
        if now.number and before.capital and before.form not in _TIME_WORDS
    }
    days = {
        form for at, form in enumerate(forms) if form[0].isdecimal() and {*forms[max(0, at - 1) : at + 2]} & _TIME_WORDS
    }
    counted = (form for form in numbers(forms) if form[0].isdecimal())
    return [form for form in counted if form in named or (float(form) >= LARGE and form not in days)]
