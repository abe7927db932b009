"""What part a name plays in a sentence: who acts, who receives, where it happens, where from.

Read from the words beside the name only, in English. Rule: a role is found, never guessed; a name whose
neighbours tell nothing has `OTHER`, and an `OTHER` contradicts nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

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
    stem(word) for word in "invade attack threaten defend support protect reassure".split()
)
_FORCES = frozenset(
    stem(word)
    for word in """troops soldiers forces army military servicemen personnel units navy fleet government
    officials parliament president minister spokesman spokesperson leaders moves aggression""".split()
)
_ARTICLES = frozenset({"the", "a", "an", "some", "any", "all", "more", "of", "other", "additional", "extra"})
_REACH = 4
"""Words after a name among which the verb of taking stands: "the Ukrainian military will receive"."""
_TAKES = frozenset("receive receives received get gets got host hosts hosted welcome welcomes obtain obtains".split())
_GROUPS = frozenset("member members country countries ally allies states nations partners treaty alliance".split())
_ASKING = frozenset({"do", "does", "did"})
"""Before a name with "have" they ask what there is, not what anybody does: "what troops does Europe have"."""
_ADVERBS = frozenset({"already", "also", "now", "still", "itself", "never", "not"})
_JOINS = frozenset({"and", "or", "the", "both"})
_VERB_AFTER = frozenset(
    """is are was were will would can could should has have had does did says said sends sent gives gave provides
    provided supplies supplied wants plans intends announced approved ordered moved deploys deployed promised""".split()
)


def roles(reading: Reading) -> Roles:
    """The parts that each name of a text plays. Any text has them; one without names has none."""
    found: dict[str, set[Role]] = defaultdict(set)
    for mention, part in zip(reading.mentions, _joined(reading), strict=True):
        found[mention.name.canonical].add(part)
    return {name: frozenset(parts) for name, parts in found.items()}


def _joined(reading: Reading) -> list[Role]:
    """The part of each mention; names joined by "and" or a comma share one: "to Poland and Germany"."""
    mentions = reading.mentions
    parts = [_role(reading.words, mention) for mention in mentions]
    for at in range(1, len(parts)):
        if parts[at] is Role.OTHER and _adjoin(reading.words, mentions[at - 1], mentions[at]):  # "in Poland, Germany"
            parts[at] = parts[at - 1]
    for at in range(len(parts) - 2, -1, -1):
        if parts[at] is Role.OTHER and _adjoin(reading.words, mentions[at], mentions[at + 1]):
            parts[at] = parts[at + 1]
    return parts


def _adjoin(words: Sequence[Word], left: Mention, right: Mention) -> bool:
    alike = left.name.kind is right.name.kind  # "in Ukraine, Operation Unifier" lists nothing
    return alike and all(word.form in _JOINS for word in words[left.stop : right.first])


def _role(words: Sequence[Word], mention: Mention) -> Role:
    before, after = _neighbours(words, mention)
    # "giving Biden troops": what follows a person is not led by him unless he owns it.
    forces = _leads_forces(words, mention) and (mention.name.kind is not Kind.PERSON or _owns(words, mention))
    if after in _GROUPS or (after == "have" and before in _ASKING):
        return Role.OTHER
    if any(word.form in _TAKES for word in words[mention.stop : mention.stop + _REACH]):
        return Role.RECEIVER
    if before in _BEFORE and not (forces and _BEFORE[before] is not Role.ACTOR):
        return _led(words, mention, _BEFORE[before])
    if before and stem(before) in _TAKING_WORDS and not forces:
        return Role.RECEIVER
    if after == "based":
        return Role.PLACE
    return Role.ACTOR if forces or _is_verb(after) or _owns(words, mention) else Role.OTHER


def _led(words: Sequence[Word], mention: Mention, role: Role) -> Role:
    """The part that the word before a name gives it: nobody moves to a person, and "according to" is no way there."""
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


# "US troops" act, and may be told of as troops from the US: an actor is no contradiction to an origin.
_AGAINST: Mapping[Role, frozenset[Role]] = {
    Role.ACTOR: frozenset({Role.GOAL, Role.PLACE, Role.RECEIVER}),
    Role.RECEIVER: frozenset({Role.ACTOR}),
    Role.GOAL: frozenset({Role.ORIGIN}),
    Role.ORIGIN: frozenset({Role.GOAL}),
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
