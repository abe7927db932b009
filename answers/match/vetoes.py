"""What forbids a passage to answer, whatever its score: a name, a number, an actor, a limit that it does not meet.

A veto is a word or a name as the asker wrote it, so that an answer can say what the passage does not speak of, or one
of the `WORDLESS`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from answers.factbase import Entry
from answers.match.asked import Asked
from answers.match.concepts import told_of
from answers.match.denials import denied
from answers.match.fits import disavows, tells
from answers.match.language import ENGLISH
from answers.match.manner import Kind, kind_of
from answers.match.roles import Role, Roles, contradicted, roles
from answers.match.spans import Span, span_of, spans
from answers.match.things import instances, synonyms
from answers.model import Fact
from answers.text.names import Gazetteer, token, tokens
from answers.text.normalise import Word, forms, stem, words
from answers.text.reading import read

NOT = "(not)"
"""The veto of a passage that denies nothing, when the question asks what is not so."""

UNFIT = "(kind)"
"""The veto of a passage that holds nothing of the kind that is asked for: no time, no number, no place."""

UNSETTLED = "(time)"
"""The veto of a passage that is too old for how things stand now, or silent on what is to come."""

SLIGHT = "(slight)"
"""The veto of every passage, where too little was asked."""

OPEN = "(gap)"
"""The veto of every passage, where a detail is asked for that is known to be told nowhere."""

WORDLESS = frozenset({NOT, UNFIT, UNSETTLED, SLIGHT, OPEN})
"""Vetoes that are no word of the asker's, nor could be one."""

_PICKS = frozenset({Kind.WHO, Kind.WHERE, Kind.HOW_MANY, Kind.WHICH, Kind.WHAT, Kind.OTHER})
"""Kinds that pick some out of many, so that those of which it is not so are others than those of which it is."""

NEEDS = frozenset({Kind.WHEN, Kind.HOW_MANY, Kind.WHERE})
_BY_WORDS = frozenset({Kind.WHO, Kind.WHY})
"""Kinds for which a passage is read again to see whether it holds what is asked for."""

Parts = Callable[[str, tuple[str, ...]], Roles]
"""Of a passage and the questions that it is known to answer, the parts that names play."""


def foreseen(asked: Asked, fact: Fact) -> bool:
    """Whether an editor wrote this very question down as one that the fact answers: then nothing forbids it."""
    said = forms(asked.text)
    return any(said == forms(known) for known in fact.questions)


def unspoken(asked: Asked, entry: Entry) -> Iterator[str]:
    """What the question names and neither the passage nor what stands around it speaks of.

    A name is a place, person, organisation or outlet; a number counts like one.
    """
    yield from unnamed(asked, entry)
    yield from (word.surface for word in strange(asked, entry))
    wrong = list(miscounted(asked, entry))
    if len(wrong) == len(asked.numbers):  # one that is right tells that the others are weighed against it
        yield from wrong


def _spoken_things(entry: Entry) -> set[str]:
    terms = {*entry.passage, *entry.around, *entry.title, *entry.known} | {
        stem(part) for name in entry.names for part in name.casefold().split()
    }
    return {meant for term in terms for meant in synonyms(term)}


def unnamed(asked: Asked, entry: Entry) -> Iterator[str]:
    """The names of the question that are not spoken of. Where an editor listed a passage's names, neighbours add none.

    A question that the passage is known to answer may call by another name what it speaks of: Moscow, where it has Russia.
    """
    return (name for name in asked.names if not _named(token(name), entry))


def _named(term: str, entry: Entry) -> bool:
    near = term in entry.title or term in entry.passage or (not entry.listed and term in entry.around)
    return near or term in entry.known or term in tokens(entry.names)


def strange(asked: Asked, entry: Entry) -> Iterator[Word]:
    """The words of the question that look like names nobody listed, and do not stand near the passage."""
    return (word for word in asked.suspects if not _stands(stem(word.form), entry))


def miscounted(asked: Asked, entry: Entry) -> Iterator[str]:
    """The numbers of the question that do not stand near the passage."""
    year = str(entry.published.year) if entry.published else ""
    return (number for number in asked.numbers if number != year and not _stands(number, entry))


def _stands(term: str, entry: Entry) -> bool:
    """Whether it is a term of the passage or of what stands near it; looked for in each, for to join them takes longer."""
    return term in entry.title or term in entry.around or term in entry.passage or term in entry.known


def unmet(asked: Asked, entry: Entry, fact: Fact, gazetteer: Gazetteer, parts: Parts) -> Iterator[str]:
    """What the passage says otherwise or not at all: another actor, outlet or speaker, another time, what is not so, a
    thing of another kind. `parts` is `parts_told` with this gazetteer.
    """
    if asked.roles:
        yield from contradicted(asked.roles, parts(fact.quote.text, fact.questions), speech=asked.speech)
    if asked.kind in _BY_WORDS and not (tells(asked, fact, gazetteer) or excused(asked, fact)):
        yield UNFIT
    if asked.concept and not told_of(asked.concept, read(fact.quote.text, gazetteer).unnamed):
        yield UNFIT
    if asked.span and not (spans(asked.span, fact) or disavows(asked, fact) or _lasts(asked.span, fact)):
        yield UNFIT
    if asked.thing and not asked.thing & _spoken_things(entry) and not _instanced(asked, fact, gazetteer):
        yield asked.thing_said
    if asked.limits.outlets and fact.article.outlet not in asked.limits.outlets:
        yield asked.limits.outlets[0]
    yield from (name for name in asked.limits.speakers if not _speaks(name, fact, gazetteer))
    if not _within(asked.limits.first, asked.limits.last, fact):
        yield asked.limits.words or str(asked.limits.first)
    if asked.negated and asked.kind in _PICKS and not asked.denied & denied(words(fact.quote.text)):
        yield NOT


def excused(asked: Asked, fact: Fact) -> bool:
    """Whether a passage may answer that seems to hold nothing of the kind asked for: it says that something is not so, or
    an editor knows it to answer a question of that kind.
    """
    return disavows(asked, fact) or any(_kind(known) is asked.kind for known in fact.questions)


def _lasts(span: Span, fact: Fact) -> bool:
    """Whether an editor knows the passage to answer a question of that span."""
    return any(span_of(known) is span for known in fact.questions)


@lru_cache(4_096)
def _kind(question: str) -> Kind:
    return kind_of(words(question), ENGLISH)


def _instanced(asked: Asked, fact: Fact, gazetteer: Gazetteer) -> bool:
    """Whether the passage may hold one of the kind asked for by its name; what is counted is told by its noun."""
    if asked.kind is Kind.HOW_MANY:
        return False
    return instances(asked.thing, read(fact.quote.text, gazetteer), read(asked.text, gazetteer), gazetteer.wide)


def parts_told(gazetteer: Gazetteer, passage: str, questions: tuple[str, ...]) -> Roles:
    """The parts that names play in the passage; of names that it leaves out, in the questions that it is known to answer."""
    told = roles(read(passage, gazetteer))
    counted: dict[str, Counter[Role]] = defaultdict(Counter)
    for text in questions:
        for name, parts in roles(read(text, gazetteer)).items():
            counted[name].update(parts - {Role.OTHER})
    return {**{name: _mostly(times) for name, times in counted.items()}, **told}


def _mostly(times: Counter[Role]) -> frozenset[Role]:
    """The parts that are played at least half as often as the one played most: one question may be misread."""
    most = max(times.values(), default=0)
    return frozenset(part for part, count in times.items() if 2 * count >= most)


def _speaks(name: str, fact: Fact, gazetteer: Gazetteer) -> bool:
    """Whether the words are the person's own or told of them."""
    told = read(f"{fact.speaker} {fact.role} . {fact.quote.text}", gazetteer)
    return name in told.names


def _within(first: date | None, last: date | None, fact: Fact) -> bool:
    """Whether the passage was published in the time asked for, or speaks of a day in it; an undated one never."""
    if first is None and last is None:
        return True
    spans = [(day.first, day.last) for day in fact.dates]
    if fact.article.published:
        spans.append((fact.article.published, fact.article.published))
    years = {word.form for word in words(fact.quote.text) if word.number} & {
        str(day.year) for day in (first, last) if day
    }
    return bool(years) or any((first or date.min) <= end and begin <= (last or date.max) for begin, end in spans)


_AHEAD = re.compile(
    r"\b(?:will|would|going to|shall|expected|expects?|plans?|planned|intends?|intended|soon|coming|upcoming|next|due to"
    r"|set to|about to|poised|option|possibl[ey]|possibility|could|may|might|in case|if)\b",
    re.IGNORECASE,
)
STALE_AFTER = 7
"""Days after which a passage no longer tells how things stand "now". A choice of sense: news of a crisis ages in days."""


def unsettled(asked: Asked, fact: Fact, today: date) -> bool:
    """Whether a dated passage cannot settle the question: how things stand now, or what is to come and it is silent on."""
    published = fact.article.published
    if asked.now and (published is None or (today - published).days > STALE_AFTER):
        return True
    return asked.future and not _AHEAD.search(fact.quote.text)
