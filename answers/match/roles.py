"""What part a name plays in a sentence: who acts, who receives, where it happens, where from.

Read from the words beside the name only: of a passage in English, of a question in its language. Rule: a role is
found, never guessed; a name whose neighbours tell nothing has `OTHER`, and an `OTHER` contradicts nobody.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from answers.match.language import ENGLISH
from answers.match.role_words import ONWARD, ROLE_WORDS, Before, RoleWords
from answers.text.names import Kind, Mention
from answers.text.normalise import Word, stem
from answers.text.reading import Reading


class Role(StrEnum):
    ACTOR = "actor"
    RECEIVER = "receiver"
    GOAL = "goal"
    PLACE = "place"
    ORIGIN = "origin"
    OTHER = "other"


Roles = Mapping[str, frozenset[Role]]
"""Canonical name to the parts that it plays in one text."""

_BEFORE: Mapping[str, Role] = {
    **dict.fromkeys(("to", "into", "toward", "towards", "onto"), Role.GOAL),
    **dict.fromkeys(("in", "inside", "within", "at", "near", "across", "around", "throughout", "over"), Role.PLACE),
    **dict.fromkeys(("from", "out", "outside", "leaving"), Role.ORIGIN),
    **dict.fromkeys(("that", "although", "because", "since", "while", "whether", "if", "by", "will", "would", "can", "could", "should", "does", "do", "did", "is", "are", "was", "were", "has", "have", "had", "said", "says"), Role.ACTOR),
}  # fmt: skip
_GIVING = frozenset(
    stem(word)
    for word in "give send provide supply offer arm sell ship donate lend hand grant deliver aid help".split()
)
_TAKING_WORDS = _GIVING | frozenset(
    stem(word) for word in "invade invasion attack threaten defend defence defense support protect reassure".split()
)
_FORCES = frozenset(
    stem(word)
    for word in """troops soldiers forces army military servicemen personnel units navy fleet government
    officials parliament president minister spokesman spokesperson leaders moves aggression""".split()
)
_ARTICLES = frozenset({"the", "a", "an", "some", "any", "all", "more", "of", "other", "additional", "extra"})
_REACH = 4
"""Words after a name among which the verb of taking stands: "the Ukrainian military will receive"."""
_GETS = frozenset("get gets got getting".split())
_TAKES = _GETS | frozenset(
    """receive receives received receiving host hosts hosted hosting welcome welcomes welcomed welcoming
    obtain obtains obtained""".split()
)
_INTO = re.compile(r"ready|close|going|worse|back|out|through|along|(?!over$|under$|another$|other$)\w+(?:ed|er|ing)")
"""What one gets into instead of getting it: "are they getting ready", "will NATO get involved"."""
_UNDERGOES = frozenset(
    """threatened attacked invaded defended supported protected reassured supplied armed given helped aided provided
    offered""".split()
)
_IS = frozenset("is are was were be been being feel feels felt feeling get gets".split())
_ARRIVES = frozenset("arrive arrives arrived arriving land lands landed landing".split())
_GROUPS = frozenset("member members country countries ally allies states nations partners treaty alliance".split())
_ASKING = frozenset({"do", "does", "did"})
"""Before a name with "have" they ask what there is, not what anybody does: "what troops does Europe have"."""
_ADVERBS = frozenset({"already", "also", "now", "still", "itself", "never", "not"})
_JOINS = frozenset({"and", "or", "the", "both"})
_VERB_AFTER = frozenset(
    """is are was were will would can could should has have had does did says said sends sent gives gave provides
    provided supplies supplied wants plans intends announced approved ordered moved deploys deployed promised""".split()
)


def roles(reading: Reading, language: str = ENGLISH) -> Roles:
    """The parts that each name of a text plays. Any text has them; one without names has none, nor has one in a
    language that is not read.
    """
    found: dict[str, set[Role]] = defaultdict(set)
    known = ROLE_WORDS.get(language)
    if known or language == ENGLISH:
        for mention, part in zip(reading.mentions, _joined(reading, known), strict=True):
            found[mention.name.canonical].add(part)
    return {name: frozenset(parts) for name, parts in found.items()}


def _joined(reading: Reading, known: RoleWords | None) -> list[Role]:
    """The part of each mention; names joined by "and" or a comma share one: "to Poland and Germany"."""
    mentions, words = reading.mentions, reading.words
    parts = [_role_abroad(words, one, known) if known else _role(words, one) for one in mentions]
    for at in range(1, len(parts)):
        if parts[at] is Role.OTHER and _adjoin(words, mentions[at - 1], mentions[at], known):  # "in Poland, Germany"
            parts[at] = parts[at - 1]
    for at in range(len(parts) - 2, -1, -1):
        if parts[at] is Role.OTHER and _adjoin(words, mentions[at], mentions[at + 1], known):
            parts[at] = parts[at + 1]
    return parts


def _adjoin(words: Sequence[Word], left: Mention, right: Mention, known: RoleWords | None) -> bool:
    alike = left.name.kind is right.name.kind  # "in Ukraine, Operation Unifier" lists nothing
    between = {word.form for word in words[left.stop : right.first]}
    if known:  # where names have cases, two that stand side by side have two parts
        return alike and bool(between & known.joins) and between <= known.joins | known.articles | known.bending
    return alike and between <= _JOINS


def _role(words: Sequence[Word], mention: Mention) -> Role:
    before, after = _neighbours(words, mention)
    # "giving Biden troops": what follows a person is not led by him unless he owns it.
    forces = _leads_forces(words, mention) and (mention.name.kind is not Kind.PERSON or _owns(words, mention))
    if after in _GROUPS or (after == "have" and before in _ASKING):
        return Role.OTHER
    if _takes(words, mention) or (not forces and _undergoes(words, mention)):
        return Role.RECEIVER
    if before in _BEFORE and not (forces and _BEFORE[before] is not Role.ACTOR):
        return _led(words, mention, _BEFORE[before])
    if before and stem(before) in _TAKING_WORDS and not forces:
        return Role.RECEIVER
    if after == "based":
        return Role.PLACE
    return Role.ACTOR if forces or _is_verb(after) or _owns(words, mention) else Role.OTHER


def _takes(words: Sequence[Word], mention: Mention) -> bool:
    after = [word.form for word in words[mention.stop : mention.stop + _REACH + 1]]
    then = [*after[1:], ""]
    return any(
        form in _TAKES and not (form in _GETS and _INTO.fullmatch(next_))
        for form, next_ in zip(after[:_REACH], then, strict=False)
    )


def _undergoes(words: Sequence[Word], mention: Mention) -> bool:
    """Whether it is told of the name what others do to it: "is Russia threatened", "does Russia feel threatened"."""
    first = words[mention.first - 1 : mention.first] if mention.first else ()
    near = [word.form for word in (*first, *words[mention.stop : mention.stop + _REACH])]
    return any(done in _UNDERGOES and before in _IS for before, done in pairwise(near))


def _led(words: Sequence[Word], mention: Mention, role: Role) -> Role:
    """The part that the word before a name gives it: nobody moves to a person, and "according to" is no way there."""
    if role is Role.PLACE and any(word.form in _ARRIVES for word in words[max(0, mention.first - 3) : mention.first]):
        return Role.GOAL
    if role is not Role.GOAL:
        return role
    if any(word.form == "according" for word in words[max(0, mention.first - 3) : mention.first]):
        return Role.ACTOR
    return Role.RECEIVER if mention.name.kind is Kind.PERSON else role


def _neighbours(words: Sequence[Word], mention: Mention) -> tuple[str, str]:
    """The nearest words before and after a name that tell something; empty where there is none."""
    before = next((word.form for word in reversed(words[: mention.first]) if word.form not in _ARTICLES), "")
    after = next((word.form for word in words[mention.stop :] if word.form not in _ADVERBS), "")
    return before, after


def _is_verb(form: str) -> bool:
    return form in _VERB_AFTER or (form.endswith("ed") and form != "based")


def _leads_forces(words: Sequence[Word], mention: Mention) -> bool:
    """Whether the name says whose forces, weapons or officials are meant: "US military deployments"."""
    return any(stem(word.form) in _FORCES for word in words[mention.stop : mention.stop + 2])


def _owns(words: Sequence[Word], mention: Mention) -> bool:
    return words[mention.stop - 1].surface.casefold().replace("’", "'").endswith(("'s", "s'"))


# Other languages --------------------------------------------------------------------------------------------------


def _role_abroad(words: Sequence[Word], mention: Mention, known: RoleWords) -> Role:
    """The part of a name in another language: by its preposition, by its ending, by the verb beside it."""
    lead = mention.first - 1
    while lead >= 0 and words[lead].form in known.articles | known.bending:
        lead -= 1
    before = words[lead].form if lead >= 0 else ""
    if before in known.before:
        return _prepositional(words, mention, lead, known)
    if _is_given(words, mention, before, known):
        return Role.RECEIVER
    return _by_verb(words, mention, lead, known) if _may_act(words, mention, known) else Role.OTHER


def _prepositional(words: Sequence[Word], mention: Mention, lead: int, known: RoleWords) -> Role:
    told, forms = known.before[words[lead].form], {word.form for word in words}
    person, gives = mention.name.kind is Kind.PERSON, bool(forms & known.gives)
    after = words[mention.stop].form if mention.stop < len(words) else ""
    moved = lead > 0 and words[lead - 1].form in known.moving
    part = {
        Before.GOAL: Role.GOAL if gives or not person else Role.OTHER,
        Before.INSIDE: Role.GOAL if words[lead + 1].form in known.into else Role.OTHER,
        Before.GIVEN_TO: Role.GOAL if gives else Role.OTHER,
        Before.GIVEN_FOR: Role.RECEIVER if gives else Role.OTHER,
        Before.ORIGIN: Role.ORIGIN,
        Before.LEFT: Role.ORIGIN if moved or known.before.get(after) in ONWARD else Role.OTHER,
        Before.TAKEN_FROM: Role.ORIGIN if forms & known.takes else Role.OTHER,
        Before.UNCLEAR: Role.OTHER,
    }[told]
    return Role.RECEIVER if person and part is Role.GOAL else part


def _is_given(words: Sequence[Word], mention: Mention, before: str, known: RoleWords) -> bool:
    """Whether its article or ending tells that a name is given something: "schickt der Ukraine", "надсилає Україні"."""
    written, endings = _written(words, mention), known.endings
    if _bent(words, mention, known):
        return before in known.gives
    if before in known.gives and written.endswith(endings.dative_after_verb):
        return True
    gives = any(word.form in known.gives for word in words)
    return gives and written.endswith(endings.dative) and not written.endswith(endings.not_dative)


def _may_act(words: Sequence[Word], mention: Mention, known: RoleWords) -> bool:
    """Whether a name stands as a subject does: not "der Ukraine", "України", "Ирана"."""
    written, endings = _written(words, mention), known.endings
    if _bent(words, mention, known):
        return False
    if _abbreviated(words, mention):  # it has no endings
        return True
    shorter = {written[:-1] + last for last in ("", "ь", "й")} if written.endswith(endings.added) else set()
    if shorter & {form.casefold() for form in mention.name.forms} and not written.endswith("ia"):  # Rumuni, Rumunia
        return False
    return not written.endswith(endings.oblique)


def _by_verb(words: Sequence[Word], mention: Mention, lead: int, known: RoleWords) -> Role:
    """By the verb after a name, by the one that ends the question, by the one before it."""
    rest = [word.form for word in words[mention.stop :]]
    before = words[lead].form if lead >= 0 else ""
    follows = next((form for form in rest if form not in known.passed), "")
    begins = lead == 0 or (lead > 0 and words[lead - 1].form in (known.asks or ()))
    inverted = begins or (known.asks is None and not _abbreviated(words, mention))
    closed = known.closing.get(follows) or (known.closing.get(before) if begins else None) or frozenset()
    for verb in (follows, rest[-1] if rest and rest[-1] in closed else "", before if inverted else ""):
        if verb in known.takes:
            return Role.RECEIVER
        if verb in known.gives:
            return Role.ACTOR
    return Role.RECEIVER if before in known.takes else Role.OTHER


def _abbreviated(words: Sequence[Word], mention: Mention) -> bool:
    return words[mention.stop - 1].all_capitals and any(word.surface.islower() for word in words)


def _written(words: Sequence[Word], mention: Mention) -> str:
    return words[mention.stop - 1].surface.casefold()


def _bent(words: Sequence[Word], mention: Mention, known: RoleWords) -> bool:
    return mention.first > 0 and words[mention.first - 1].form in known.bending


# "US troops" act, and may be told of as troops from the US: an actor is no contradiction to an origin.
_AGAINST: Mapping[Role, frozenset[Role]] = {
    Role.ACTOR: frozenset({Role.GOAL, Role.PLACE, Role.RECEIVER}),
    Role.RECEIVER: frozenset({Role.ACTOR}),
    Role.GOAL: frozenset({Role.ORIGIN}),
    Role.ORIGIN: frozenset({Role.GOAL, Role.RECEIVER}),
}


def contradicted(asked: Roles, told: Roles, *, speech: bool = False) -> Iterable[str]:
    """The names that play a part in the question that they cannot have in the passage: giving is not receiving.

    Where the question asks what somebody said (`speech`), a name that speaks need not act in the passage.
    """
    for name, parts in asked.items():
        has = told.get(name)
        if (
            has
            and not (speech and parts <= {Role.ACTOR})
            and all(_AGAINST.get(part) and has <= _AGAINST[part] for part in parts)
        ):
            yield name
