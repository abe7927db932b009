"""A follow-up that leans on the questions before it, read with their words: "and in Romania?", "since when?".

Rule: a question that stands alone is left as it is. What leans takes words along, and none is invented; the outcome
need be no sentence, since passages are found by words and meaning.
"""

import re
from collections.abc import Mapping, Sequence

from answers.match.language import ENGLISH, language_of
from answers.match.manner import opens_with_verb, question_words, without_lead_in
from answers.match.parts import topic_of
from answers.text.names import Gazetteer, Mention
from answers.text.normalise import STOP_WORDS, Word, words

MOST_TURNS = 3
_LONGEST = 300
_SHORT = 5
"""Words of a follow-up that is no question by itself ("what about Germany and the Baltics"); a longer one tells enough."""

_LEADS: Mapping[str, re.Pattern[str]] = {
    language: re.compile(rf"^(?:{leads})(?!\w)[\s,]*", re.IGNORECASE)
    for language, leads in {
        "en": "(?:and |but |so |ok |then )*(?:what|how) about|what of|(?:and|but|also|plus|or)",
        "de": "und was ist mit|was ist mit|und|aber|oder",
        "fr": "et qu'en est-il (?:de|du|des)|et|mais|ou",
        "es": "y qué hay de|qué hay de|¿?y|¿?pero|¿?o",
        "pl": "a co z|co z|a|i|oraz",
        "ro": "dar|și|si|iar",
        "ru": "а как насчет|а что насчет|как насчет|а|и|но",
        "uk": "а як щодо|а що з|як щодо|а|і|й|та|але",
    }.items()
}
_PREPOSITIONS = frozenset("in to from at for with by on near into towards against".split())
_EMPTY = frozenset(
    "true since long exactly sure really correct more details detail else else's ok okay happen happened mean means".split()
)
"""Words that tell nothing of what is asked about, beside the stop words."""

_PERSONS = frozenset("i i'm me my mine you your yours we we're our us".split())
_LEANING = frozenset("they he she them him those these their his her".split())
_LEANING_OBJECTS = _LEANING | frozenset({"that", "it", "this", "there", "so"})


def resolve(text: str, earlier: Sequence[str], gazetteer: Gazetteer) -> str:
    """A question with what it needs of the turns before it (newest last); one that stands alone is returned unchanged."""
    if not earlier or len(text) > _LONGEST:
        return text
    before = ""
    for turn in earlier[-MOST_TURNS:]:
        before = _joined(turn[:_LONGEST].strip(), before, gazetteer)
    return _joined(text, before, gazetteer)


def _joined(text: str, before: str, gazetteer: Gazetteer) -> str:
    """The text read after another, which was itself read after those before it."""
    asked, language = words(text), language_of(text)
    if not before or not asked:
        return text
    bare = _without_lead(text, language)
    if _names_another(bare, text, language, gazetteer):
        return _swapped(bare, before, gazetteer)
    if _asks_only(asked, language) or (language == ENGLISH and _points_back(asked, gazetteer)):
        return f"{_bare(text)} {_topic(before, asked, gazetteer)}?"
    return text


def _bare(text: str) -> str:
    return text.strip(" ,;?!.¿¡")


def _without_lead(text: str, language: str) -> str:
    lead = _LEADS.get(language, _LEADS[ENGLISH])
    return _bare(lead.sub("", text.strip(), count=1))


def _names_another(bare: str, text: str, language: str, gazetteer: Gazetteer) -> bool:
    """Whether it is but a name or two to ask the same of: led by "and", "what about", or a preposition."""
    asked = words(bare)
    if not 0 < len(asked) <= _SHORT or _asks(asked, language):
        return False
    led = bare != _bare(text) or (asked[0].form in _PREPOSITIONS and bool(gazetteer.find(asked)))
    return led and any(word.form not in STOP_WORDS for word in asked)


def _asks(asked: Sequence[Word], language: str) -> bool:
    """Whether a verb or question word makes it a question of its own."""
    verbs = opens_with_verb(asked, language)
    return verbs or any(True for _ in question_words(asked, language if language in _LEADS else ENGLISH))


def _asks_only(asked: Sequence[Word], language: str) -> bool:
    """Whether it asks and names nothing to ask about: "since when?", "who said that?", "how many are there?"."""
    forms = [word.form for word in asked]
    if language == ENGLISH and forms != ["are", "you", "sure"] and forms[:2] != ["tell", "me"] and _PERSONS & {*forms}:
        return False
    if language == ENGLISH:
        told = [form for form in forms if form not in STOP_WORDS | _EMPTY]
        return not told and (_asks(without_lead_in(asked), language) or bool(_EMPTY & {*forms}))
    found = next(iter(question_words(asked, language)), None)
    return found is not None and len(asked) - (found[1] - found[0]) <= 1 and found[1] == len(asked)


def _points_back(asked: Sequence[Word], gazetteer: Gazetteer) -> bool:
    """Whether its subject is a pronoun right after the asking words, or a short question ends in one."""
    rest = _after_asking(without_lead_in(asked))
    subject = rest[0].form if rest else ""
    if subject in _LEANING and len(asked) <= 2 * _SHORT:
        return not (subject in {"his", "her", "their", "those", "these"} and gazetteer.find(asked))
    short = len(asked) <= _SHORT and _asks(asked, ENGLISH)
    return short and asked[-1].form in _LEANING_OBJECTS and not gazetteer.find(asked) and not _capitals(asked[1:])


def _capitals(asked: Sequence[Word]) -> bool:
    return any(word.capital for word in asked)


def _after_asking(asked: Sequence[Word]) -> Sequence[Word]:
    """The words after a leading question phrase and the auxiliary that follows it."""
    found = next(iter(question_words(asked, ENGLISH)), None)
    rest = asked[found[1] :] if found and found[0] <= 1 else asked
    return rest[1:] if opens_with_verb(rest, ENGLISH) else rest


def _swapped(bare: str, before: str, gazetteer: Gazetteer) -> str:
    """The question before with its last name of the same kind exchanged; what finds no such name is put behind."""
    asked, old = words(bare), words(before)
    found = gazetteer.find(asked)
    kinds = {mention.name.kind for mention in found}
    same = [mention for mention in gazetteer.find(old) if mention.name.kind in kinds]
    if not same or _is_more_than_names(asked, found):
        return f"{_bare(before)} {bare}?"
    new = bare[slice(*_span(asked, found[0].first, found[-1].stop))]
    start, stop = _span(old, *_last_list(old, same))
    return before[:start] + new + before[stop:]


def _is_more_than_names(asked: Sequence[Word], found: Sequence[Mention]) -> bool:
    named = {at for mention in found for at in range(mention.first, mention.stop)}
    return any(at not in named and word.form not in STOP_WORDS and len(word.form) > 3 for at, word in enumerate(asked))


def _last_list(old: Sequence[Word], same: Sequence[Mention]) -> tuple[int, int]:
    """The last name of a kind with those that are joined to it: "to Poland and Germany"."""
    first = last = same[-1]
    for mention in reversed(same[:-1]):
        if any(
            word.form not in {"and", "or", "und", "et", "y", "и", "і", "i", "si"}
            for word in old[mention.stop : first.first]
        ):
            break
        first = mention
    return first.first, last.stop


def _span(asked: Sequence[Word], first: int, stop: int) -> tuple[int, int]:
    return asked[first].start, asked[stop - 1].start + len(asked[stop - 1].surface)


def _topic(before: str, asked: Sequence[Word], gazetteer: Gazetteer) -> str:
    """The topic of the question before, without the names that the new one exchanges for others of their kind."""
    topic = topic_of(before) or _bare(before)
    kinds = {mention.name.kind for mention in gazetteer.find(asked)}
    told = words(topic)
    for mention in reversed(gazetteer.find(told)):
        if mention.name.kind in kinds:
            start, stop = _span(told, mention.first, mention.stop)
            topic = f"{topic[:start].rstrip()} {topic[stop:].lstrip()}"
    return topic.strip()
