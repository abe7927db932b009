"""An editor's word on one drafted fact: a fact file in, the fact file out. Terminal and chat both decide through here.

A decision that would leave the file with a problem is refused and changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answers import facts
from answers.errors import NoSuchFact, Problem, Refused
from answers.factfile import FactFile, Value
from answers.model import Article, Fact, Known, Status
from answers.text.normalise import forms

OF_DRAFTS = ("doubts", "drawn")
"""Fields that a fact loses when an editor has decided on it."""

_WORST = (Known.CUE, Known.INHERITED, Known.INFERRED)
"""How the speaker is known, the worst last: a wrong name is the worst mistake of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A fact file with its article, as it was read."""

    article: Article
    text: str

    @property
    def path(self) -> str:
        return f"facts/{self.article.id}.toml"

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Raises `Refused` when the file has problems."""
        return facts.parse(self.text.encode(), self.path, self.article)

    def fact(self, id_: str) -> Fact:
        """Raises `NoSuchFact`, and `Refused` when the file has problems."""
        found = next((fact for fact in self.facts if fact.id == id_), None)
        if found is None:
            raise NoSuchFact(f"{self.path} has no fact {id_}")
        return found


def waiting(paper: Paper) -> tuple[Fact, ...]:
    """The drafts of a file: those with the worst doubts first, then in the order of the article."""
    drafts = (fact for fact in paper.facts if fact.status is Status.DRAFT)
    return tuple(sorted(drafts, key=_lightness))


def _lightness(fact: Fact) -> tuple[int, int, int]:
    """What orders drafts: how surely the speaker is known, how few doubts there are, where it stands."""
    quoted = any(mark in fact.quote.text for mark in '"“«„')
    unsure = len(_WORST) if quoted and fact.known is Known.NONE else 0
    rank = _WORST.index(fact.known) if fact.known in _WORST else unsure
    return -rank, -len(fact.doubts), fact.quote.start


def publish(paper: Paper, id_: str, *, confirmed: str = "") -> str:
    """Let a draft out. A speaker who does not stand beside the words must be `confirmed` by name.

    Raises `Refused` when something that must be known is not, and `NoSuchFact`.
    """
    fact = _draft(paper, id_)
    for key in paper.article.unknown:
        raise _refused(
            f"articles/{paper.article.id}.md",
            f"{key} is not known",
            "fill it in; what is not known blocks publishing",
        )
    if fact.known in {Known.INHERITED, Known.INFERRED} and confirmed != fact.speaker:
        hint = f"confirm that {fact.speaker} is on record for it, or change the speaker"
        raise _refused(paper.path, f"{id_}: the speaker does not stand beside the words", hint)
    return _changed(paper, id_, {"status": str(Status.PUBLISHED), **dict.fromkeys(OF_DRAFTS)})


def reject(paper: Paper, id_: str) -> str:
    """Refuse a draft: it stays in the file so that it is not proposed again. Raises `Refused`, `NoSuchFact`."""
    _draft(paper, id_)
    return _changed(paper, id_, {"status": str(Status.REJECTED), **dict.fromkeys(OF_DRAFTS)})


def edit(paper: Paper, id_: str, field: str, words: str) -> str:
    """Change a field of a draft to what an editor typed. Raises `Refused`, `NoSuchFact`."""
    fact = _draft(paper, id_)
    return _changed(paper, id_, EDITS[field](words.strip(), fact))


def _speaker(words: str, fact: Fact) -> dict[str, Value | None]:
    """A name, a comma and a role; nothing for nobody. A name whose last word stands in the passage counts as said there."""
    name, _, role = (part.strip() for part in words.partition(","))
    last = forms(name)[-1:]
    known = Known.CUE if last and last[0] in forms(fact.quote.text) else Known.INFERRED
    return {"speaker": name, "role": role, "known": str(known if name else Known.NONE)}


def _claim(words: str, fact: Fact) -> dict[str, Value | None]:  # noqa: ARG001 - all edits are called alike
    return {"claim": "-".join(forms(words.replace("-", " ")))}


def _questions(words: str, fact: Fact) -> dict[str, Value | None]:
    """A line each; lines that begin with + are added to those that are there, else they take their place."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    more = [line.removeprefix("+").strip() for line in lines if line.startswith("+")]
    kept = [*fact.questions, *more] if len(more) == len(lines) else [line.removeprefix("+").strip() for line in lines]
    return {"questions": tuple(dict.fromkeys(filter(None, kept)))}


EDITS: dict[str, Callable[[str, Fact], dict[str, Value | None]]] = {
    "speaker": _speaker,
    "claim": _claim,
    "questions": _questions,
}
"""What a review can change of a draft beside letting it out; the rest is for a text editor."""


def _draft(paper: Paper, id_: str) -> Fact:
    fact = paper.fact(id_)
    if fact.status is not Status.DRAFT:
        raise _refused(paper.path, f"{id_} is {fact.status}, no draft any more", "somebody else has decided on it")
    return fact


def _changed(paper: Paper, id_: str, fields: dict[str, Value | None]) -> str:
    file = FactFile(paper.text, paper.path)
    file.put(id_, fields)
    facts.parse(str(file).encode(), paper.path, paper.article)
    return str(file)


def _refused(path: str, message: str, hint: str) -> Refused:
    return Refused([Problem(path=path, line=0, message=message, hint=hint)])


def around(fact: Fact, most: int = 400) -> tuple[str, str]:
    """What stands before and after a passage in its paragraph, at most `most` characters of each, whole words."""
    text, start, stop = fact.article.text, fact.quote.start, fact.quote.stop
    before = text[text.rfind("\n", 0, start) + 1 : start]
    end = text.find("\n", stop)
    after = text[stop : end if end >= 0 else len(text)]
    return _cut(before.split(" "), most, last=True), _cut(after.split(" "), most, last=False)


def _cut(parts: Sequence[str], most: int, *, last: bool) -> str:
    kept: list[str] = []
    for part in reversed(parts) if last else parts:
        if sum(map(len, kept)) + len(kept) + len(part) > most:
            kept.append("…")
            break
        kept.append(part)
    return " ".join(reversed(kept) if last else kept)
