"""Noun phrases that can speak: names with their titles, bodies, and descriptions such as "a spokesman for the ministry".

Works on words alone, by closed lists and capitals; a parser may know better. It must not know of verbs of speech
nor of the rest of the article: what a phrase is, not who is meant by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from answers.draft.cues import DAYS
from answers.draft.speech_nouns import (
    BANNED,
    BODIES,
    DETERMINERS,
    KEPT_TITLES,
    NO_NAME,
    NO_ROLE,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTITIES,
    STOP,
    bare,
    can_speak,
    is_person_noun,
    is_title,
)
from answers.draft.speech_tokens import Sort, Token, joined

_LEADS_NAME = frozenset(
    "and & former late then acting senior veteran longtime retired incoming outgoing fellow rival".split()
)
_ARTICLES = frozenset("the a an this that these those his her their its our my your".split())
"""Determiners that only begin a phrase; "The general shook his head" is none."""
_BELONGS = frozenset("of at from with".split())
_LONGEST = 24
"""Words."""


class Kind(Enum):
    """`NOBODY` stands where a speaker does and is none on record: "I", "one", "that"."""

    NAME = auto()
    DESCRIPTION = auto()
    PRONOUN = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A phrase that stands where a speaker does. `name` is it without titles, `role` these; both as they stand.

    For a description `name` is the whole phrase without "the", `head` its main noun in small letters.
    """

    start: int
    stop: int
    kind: Kind
    name: str
    role: str = ""
    head: str = ""
    definite: bool = False


def mention(words: Sequence[Token], *, sure: bool = False) -> Mention | None:
    """What a row of words is, if it is one phrase that can speak; `sure` if a parser has said that it is one."""
    if not words:
        return None
    if len(words) == 1 and words[0].low in PRONOUNS | BANNED:
        kind = Kind.PRONOUN if words[0].low in PRONOUNS else Kind.NOBODY
        return Mention(start=words[0].start, stop=words[0].stop, kind=kind, name=words[0].text, head=words[0].low)
    words = _unbracketed(words)
    core = _core(words)
    if held := office(words, len(core) + 1, len(words)):
        return _in_office(words, len(core) + 1 + held)
    if not core or not _fits(words, core, sure=sure):
        return None
    return _named(words, core) if core[-1].capital else _described(words, core)


def _unbracketed(words: Sequence[Token]) -> Sequence[Token]:
    """Without a bracket at the end, as in "the Department of National Defence (DND)"."""
    if words[-1].text == ")":
        for at in range(len(words) - 1, -1, -1):
            if words[at].text == "(":
                return words[:at]
    return words


def office(words: Sequence[Token], first: int, stop: int) -> int:
    """How many of the capitals from `first` to `stop` belong to the title before them: one of "Secretary of State John Roe".

    A person is taken to have two names beside his initials.
    """
    if (
        not 2 <= first < stop
        or words[first - 1].low != "of"
        or not (words[first - 2].capital and is_title(words[first - 2]))
    ):
        return 0
    return max(0, sum(len(word.text) > 2 or word.text[-1] != "." for word in words[first:stop]) - 2)


def _core(words: Sequence[Token]) -> Sequence[Token]:
    """The words up to the first preposition."""
    return next((words[:at] for at, word in enumerate(words) if at and word.low in PREPOSITIONS), words)


def _fits(words: Sequence[Token], core: Sequence[Token], *, sure: bool) -> bool:
    head = core[-1]
    if len(words) > _LONGEST or not all(map(may_hold, words)) or _is_broken(words, core):
        return False
    if head.capital:
        return bare(head) not in DAYS | STOP | NO_NAME and _is_led_by_name(core)
    return sure or _speaks(core)


def _is_broken(words: Sequence[Token], core: Sequence[Token]) -> bool:
    """Whether a phrase begins or ends with what none begins or ends with."""
    first, head, last = core[0], core[-1], words[-1]
    if first.low in {"and", "or", "&", "/"} or head.low in DETERMINERS - QUANTITIES - {"one"}:
        return True
    inner = (word.low for before, word in pairwise(core) if before.low not in {"and", "all", "both", "half"})
    if not _ARTICLES.isdisjoint(inner):
        return True
    if head.low.endswith(("'s", "'")) or first.low in NO_NAME or _is_participle(first.low):
        return True
    return len(words) > 1 and last.low in (PREPOSITIONS | DETERMINERS) - {"others"}


def _is_participle(word: str) -> bool:
    """As in "echoing the officials"; "leading doctors" can speak."""
    return word.endswith("ing") and word not in {"king", "leading", "ruling"}


def _speaks(core: Sequence[Token]) -> bool:
    """Whether the main noun is one that can speak, and agrees with what leads the phrase."""
    head, first = core[-1].low, core[0]
    if first.low in {"a", "an"} and head.endswith("s") and can_speak(head.removesuffix("s")):
        return False
    led = first.low in DETERMINERS or first.capital or first.low.endswith(("'s", "'"))
    if head in QUANTITIES:
        return len(core) == 1
    if not can_speak(head):
        return False
    plural = head.endswith(("s", "people", "police", "men", "women", "media", "children"))
    return led or plural or first.sort is Sort.NUMBER or is_person_noun(head)


def _is_led_by_name(core: Sequence[Token]) -> bool:
    """Small words before a name must be a title ("press secretary"), a determiner or a particle."""
    run = _run(core)
    before = core[: len(core) - len(run)]
    if not before or (before[0].low in DETERMINERS and len(before) == 1):
        return True
    if any(map(is_title, run)) or before[-1].sort is Sort.NUMBER:
        return True
    last = before[-1]
    led = can_speak(bare(last)) or last.low in DETERMINERS | _LEADS_NAME
    return led or last.low.endswith(("'s", "an", "ese", "ish"))


def may_hold(word: Token) -> bool:
    """Whether a phrase of more than one word may hold a word at all."""
    if word.sort is Sort.MARK:
        return word.text in {"&", "/"}
    if word.sort is Sort.NUMBER:
        return True
    return word.word and (word.low not in STOP or word.text in {"Will", "May"}) and not word.low.endswith("n't")


def _run(core: Sequence[Token]) -> Sequence[Token]:
    """The capitals at the end of a phrase, with the particles between them."""
    at = len(core)
    while at and (core[at - 1].capital or (core[at - 1].low in PARTICLES and at > 1 and at < len(core))):
        at -= 1
    while at < len(core) and not core[at].capital:
        at += 1
    return core[at:]


def _named(words: Sequence[Token], core: Sequence[Token]) -> Mention:
    """A name: parted from the titles before it, unless it is the name of a body."""
    run = _run(core)
    titles = [at for at, word in enumerate(run) if is_title(word)]
    last = titles[-1] + 1 if titles else 0
    possessive = [at + 1 for at, word in enumerate(run[:-1]) if word.low.endswith(("'s", "s'"))]
    first = max([last, *possessive[-1:]])
    name = run[first:]
    if any(bare(word) in KEPT_TITLES for word in run[first - 1 : first]) and len(name) == 1:
        name = run[first - 1 :]
    if not name or _is_body(words, core, titled=bool(titles)):
        return _described(words, core)
    leading = [word for word in core if word.start < name[0].start]
    return Mention(
        start=words[0].start,
        stop=words[-1].stop,
        kind=Kind.NAME,
        name=joined(name),
        role=role_of(leading),
        head=bare(name[-1]),
    )


def _is_body(words: Sequence[Token], core: Sequence[Token], *, titled: bool) -> bool:
    """Whether capitals name no person: "the Red Cross", "Bank of Riverton", "Petrenko and Weber"."""
    run, tail = _run(core), words[len(core) : len(core) + 1]
    if bare(run[-1]) in BODIES or any(word.low == "and" for word in core):
        return True
    determined = core[0].low in DETERMINERS and len(run) == len(core) - 1
    longer = bool(tail) and not (len(run) > 1 and tail[0].low in _BELONGS)
    return not titled and (determined or longer)


def _in_office(words: Sequence[Token], first: int) -> Mention | None:
    """A name behind a title with "of": all its words must have capitals."""
    name, leading = words[first:], words[:first]
    if not all(word.capital for word in name) or leading[0].low in DETERMINERS:
        return None
    return Mention(
        start=words[0].start,
        stop=words[-1].stop,
        kind=Kind.NAME,
        name=joined(name),
        role=role_of(leading),
        head=bare(name[-1]),
    )


def role_of(words: Sequence[Token]) -> str:
    """Titles before a name as one writes them beside it: no "the", no "Mr."; empty where no word says what he is."""
    words = [word for word in words if bare(word) not in NO_ROLE]
    if words and words[0].low == "the":
        words = words[1:]
    if words and words[0].low in {"a", "an"}:
        words = words[1:]
    if not any(is_person_noun(bare(word)) or is_title(word) for word in words):
        return ""
    return joined(words)


def _described(words: Sequence[Token], core: Sequence[Token]) -> Mention:
    definite = words[0].low == "the"
    said = words[1:] if definite and len(words) > 1 else words
    return Mention(
        start=words[0].start,
        stop=words[-1].stop,
        kind=Kind.DESCRIPTION,
        name=joined(said),
        head=bare(core[-1]),
        definite=definite or words[0].low in {"this", "these", "those", "both"},
    )
