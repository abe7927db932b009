"""Who is meant by a phrase: the full name behind a surname, the only person whom "he" can be, the officials of before.

Blank rather than wrong. It must not know to which words the phrase gives a speaker.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from answers.draft.people import People, Person
from answers.draft.speakers import Kind, Mention
from answers.draft.speech_tokens import unowned
from answers.draft.values import Attribution
from answers.model import Known

_FARTHEST = 2_000
"""How many characters back a pronoun may point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks: the phrase that says so, if one does, and what is made of it; `person` if it is a name or a pronoun."""

    who: Mention | None = None
    attribution: Attribution = Attribution()
    person: bool = False

    @property
    def heard(self) -> bool:
        """Whether a phrase says who speaks, even where nobody can be named by it."""
        return self.who is not None

    @property
    def named(self) -> bool:
        return bool(self.attribution.speaker)

    def carried(self, known: Known) -> "Voice":
        """The same voice where it goes on: not surer than it was, and without the verb."""
        if not self.named:
            return self
        known = Known.INFERRED if self.attribution.known is Known.INFERRED else known
        return replace(self, attribution=replace(self.attribution, known=known, cue=""))


SILENT = Voice()


class Meant:
    """Resolves phrases in the order of the article. `last` is who was heard last; set it as one reads on."""

    def __init__(self, people: People, is_quoted: Callable[[int], bool]) -> None:
        self._people, self._is_quoted = people, is_quoted
        self._longer: dict[str, str] = {}
        self.last = SILENT

    def note(self, who: Mention) -> None:
        """Keeps a description, to which a shorter one may point back."""
        if who.kind is Kind.DESCRIPTION and " " in who.name:
            self._longer[who.head] = who.name

    def voice(self, who: Mention, *, cue: str, known: Known, since: int) -> Voice:
        """Whose voice a phrase is; a pronoun is looked for from the offset `since` on, where the sentence before begins."""
        if who.kind is Kind.NOBODY:
            return SILENT
        if who.kind is Kind.PRONOUN:
            return self._of_pronoun(who, cue, known, since)
        person = self._person(who)
        if person:
            said = Attribution(speaker=person.name, role=who.role or person.role, known=known, cue=cue)
        else:
            said = Attribution(speaker=self._described(who), role=who.role, known=known, cue=cue)
        return Voice(who=who, attribution=said, person=person is not None or who.kind is Kind.NAME)

    def _person(self, who: Mention) -> Person | None:
        if who.kind is Kind.NAME:
            return self._people.person(who.name)
        return self._people.described(who.name.lower().split(), who.start) if who.definite else None

    def _described(self, who: Mention) -> str:
        short = who.kind is Kind.DESCRIPTION and who.definite and " " not in who.name
        return unowned(self._longer.get(who.head, who.name) if short else who.name)

    def _of_pronoun(self, who: Mention, cue: str, known: Known, since: int) -> Voice:
        found, how = self._one(who, since) if who.head in {"he", "she"} else (self._several(who), Known.INFERRED)
        if not found.speaker:
            return Voice(who=who)
        if known is Known.INFERRED:
            how = known
        return Voice(who=who, attribution=replace(found, known=how, cue=cue), person=who.head in {"he", "she"})

    def _one(self, who: Mention, since: int) -> tuple[Attribution, Known]:
        """The only person named since the sentence before, outside of quotations; else the one who spoke last, less surely."""
        sex = "f" if who.head == "she" else "m"
        near = self._people.near(max(since, who.start - _FARTHEST), who.start)
        fit = {one.name: one for at, one in near if one.sex in {"", sex} and not self._is_quoted(at)}
        if len(fit) == 1:
            (person,) = fit.values()
            return Attribution(speaker=person.name, role=person.role, known=Known.CUE), Known.INHERITED
        last = self.last.attribution
        spoke = self.last.person and (not fit or last.speaker in fit) and self._may_be(last.speaker, sex)
        return (last if spoke else Attribution()), Known.INFERRED

    def _may_be(self, name: str, sex: str) -> bool:
        person = self._people.person(name)
        return person is None or person.sex in {"", sex}

    def _several(self, who: Mention) -> Attribution:
        """The body or the people who spoke last, if their number is right."""
        last = self.last
        many = last.who is not None and (last.who.head.endswith("s") or last.who.head in {"police", "people", "they"})
        right = not last.person and many == (who.head == "they")
        return last.attribution if right else Attribution()
