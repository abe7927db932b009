"""What ends the life of a published fact, as files in and files out: corrected, superseded or retracted.

An act is one entry of the correction log and the fact's own fields, the log first: broken off in between, the same act
done again finishes it. What is put in place of a passage is another passage, never typed words. It reads and
writes no files, and knows no clock: whoever does writes the edits in their order.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from answers import corrections
from answers.across import CORRECTIONS
from answers.errors import Problem, Refused
from answers.factfile import FactFile, Value
from answers.fields import LONGEST_TEXT
from answers.folder import Folder, gather
from answers.lookalikes import unseen
from answers.model import Correction, Fact, Status

MOST_CANDIDATES = 8
SHARED_NAMES = 2
"""Names that a passage of another claim and article shares with the one that it could replace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an editor asks for: the status that a fact is to get, on which day, why, and by which fact it is replaced."""

    act: Status
    fact: str
    on: date
    reason: str = ""
    by: str = ""

    @property
    def replacing(self) -> bool:
        """Whether something must stand in the fact's place."""
        return self.act is not Status.RETRACTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A file of the data folder, its text as it was read (empty: there was none) and as it is to be."""

    path: str
    was: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An act that can be done: its entry in the log, the fact, what stands in its place, and the edits in their order.

    `begun`: the entry stands in the log already, for the act was broken off.
    """

    entry: Correction
    fact: Fact
    replacement: Fact | None
    edits: tuple[Edit, ...]
    begun: bool = False

    def same(self, other: "Withdrawal") -> bool:
        """Whether both do the same to the same passages, whatever else was written to the files meanwhile."""
        return (self.entry, self.fact, self.replacement) == (other.entry, other.fact, other.replacement)


def withdraw(files: Mapping[str, bytes], order: Order) -> Withdrawal:
    """What an order changes in the files of a data folder. Raises `Refused`: it may be asked for, but not done.

    Problems that the files have already stand in the way only where they are about these facts; it adds none.
    """
    held, before = gather(files)
    logged = corrections.parse(files.get(CORRECTIONS, b""), CORRECTIONS)
    fact = published(held, order.fact, before)
    now = replacement(held, order, fact, before)
    entry, begun = _entry(logged, order, fact, now)
    edits = tuple(_edits(files, entry, fact, now, begun=begun))
    _, after = gather({**files, **{edit.path: edit.text.encode() for edit in edits}})
    known = {(problem.path, problem.message) for problem in before}
    if caused := [problem for problem in after if (problem.path, problem.message) not in known]:
        raise Refused(caused)
    return Withdrawal(entry=entry, fact=fact, replacement=now, edits=edits, begun=begun)


def published(held: Folder, id_: str, problems: Sequence[Problem] = ()) -> Fact:
    """The fact of an id, which readers can see. Raises `Refused`, with the ids most like it when none has this one."""
    fact = _fact(held, id_, problems)
    if fact.status.withdrawn:
        raise _refused(id_, f"was {fact.status} on {fact.withdrawn_on} already", f"the reason was: {fact.note}")
    if not fact.status.reviewed:
        raise _refused(id_, f"is {_a(fact.status)}, which no reader has seen", "there is nothing to withdraw")
    return fact


def replacement(held: Folder, order: Order, fact: Fact, problems: Sequence[Problem] = ()) -> Fact | None:
    """The fact that an order puts in the place of another; None for a retraction. Raises `Refused` when it cannot."""
    if not order.replacing:
        if order.by:
            raise _refused(
                fact.id, "is to be retracted: nothing takes its place", "to replace it, correct or supersede it"
            )
        return None
    if not order.by:
        raise _refused(
            fact.id, f"cannot be {order.act} by nothing", "name the fact that stands now, or retract this one"
        )
    other = _fact(held, order.by, problems)
    message, hint = _may_replace(order, fact, other)
    if message:
        raise _refused(other.id, message, hint)
    return other


def begun_on(held: Folder, id_: str) -> Correction | None:
    """The entry of an act on a published fact that was broken off."""
    return corrections.last(held.logged, id_)


def candidates(held: Folder, order: Order, fact: Fact) -> tuple[Fact, ...]:
    """What could stand in a fact's place: facts of its claim, its article, or of the same names; the likeliest first."""
    near = [other for other in held.facts if _may_replace(order, fact, other) == ("", "") and _alike(fact, other)]
    near.sort(key=lambda other: (_alike(fact, other), other.article.published or date.min, other.id), reverse=True)
    return tuple(near[:MOST_CANDIDATES])


def _alike(fact: Fact, other: Fact) -> tuple[bool, int, bool] | None:
    """How much a fact is about what another is: claim, shared names, article; None when it is not."""
    claim, article = bool(fact.claim) and fact.claim == other.claim, fact.article.id == other.article.id
    shared = len({*fact.names} & {*other.names})
    return (claim, shared, article) if claim or article or shared >= SHARED_NAMES else None


def _fact(held: Folder, id_: str, problems: Sequence[Problem]) -> Fact:
    found = [fact for fact in held.facts if fact.id == id_]
    if len(found) > 1:
        raise _refused(id_, "stands in two fact files", "give each fact its own id")
    if not found:
        near = difflib.get_close_matches(id_, [fact.id for fact in held.facts], n=3)
        missing = Problem(
            path=id_, line=0, message="is no fact", hint=f"did you mean {' or '.join(near)}?" if near else ""
        )
        raise Refused([missing, *(problem for problem in problems if problem.path.startswith(("articles", "facts")))])
    return found[0]


def _may_replace(order: Order, fact: Fact, other: Fact) -> tuple[str, str]:
    """Why a fact cannot stand in the place of another, and what to do; two empty texts when it can."""
    if other.id == fact.id:
        return "cannot replace itself", "name another fact"
    if other.status.withdrawn:
        return f"was {other.status} itself", f"name what stands in its place: {other.replaced_by or 'nothing does'}"
    if other.status is Status.REJECTED:
        return "was refused by an editor", "set its status to draft first, if that was wrong"
    dated = fact.article.published, other.article.published
    if order.act is Status.SUPERSEDED and None not in dated and dated[0] > dated[1]:  # type: ignore[operator]
        return f"is of {dated[1]}, older than {fact.id} of {dated[0]}", "if that was wrong from the first, correct it"
    return "", ""


def _entry(logged: Sequence[Correction], order: Order, fact: Fact, replacement: Fact | None) -> tuple[Correction, bool]:
    """The entry for the log, and whether it stands there already: then it keeps its day."""
    entry = Correction(
        act=order.act,
        fact=fact.id,
        on=order.on,
        reason=_reason(fact, order.reason),
        old=fact.quote.text,
        new=replacement.quote.text if replacement else "",
        replaced_by=replacement.id if replacement else "",
    )
    begun = corrections.last(logged, fact.id)
    if begun and replace(begun, on=order.on) == entry:
        return begun, True
    if begun:
        by = f" by {begun.replaced_by}" if begun.replaced_by else ""
        message = f"{fact.id} was {begun.act}{by} on {begun.on} already, only its own file does not say so yet"
        raise _refused(
            CORRECTIONS, message, f"do just that, with the same reason, or take the entry out: {begun.reason}"
        )
    if fact.article.published and order.on < fact.article.published:
        raise _refused(
            fact.id, f"was published on {fact.article.published}, which is after {order.on}", "give a later day"
        )
    return entry, False


def _reason(fact: Fact, words: str) -> str:
    """A reason as readers will see it, on one line."""
    reason = " ".join(words.split())
    if not reason:
        raise _refused(fact.id, "needs a reason", "say why it is withdrawn: readers will see it")
    if len(reason) > LONGEST_TEXT:
        raise _refused(fact.id, f"needs a reason of at most {LONGEST_TEXT} characters, not {len(reason)}", "shorten it")
    if any(unseen(character) or unicodedata.category(character) == "Cs" for character in reason):
        raise _refused(fact.id, "needs a reason without unseen characters", "type it anew")
    return reason


def _edits(
    files: Mapping[str, bytes], entry: Correction, fact: Fact, replacement: Fact | None, *, begun: bool
) -> Iterable[Edit]:
    """The log, then a draft that is let out from a file of its own, then the file of the fact."""
    log = files.get(CORRECTIONS, b"").decode()
    if not begun:
        yield Edit(path=CORRECTIONS, was=log, text=corrections.append(log, entry))
    path, draft = _path(fact), replacement if replacement and not replacement.status.reviewed else None
    if draft and _path(draft) != path:
        yield _edited(files, _path(draft), draft, None, entry)
    yield _edited(files, path, draft if draft and _path(draft) == path else None, fact, entry)


def _edited(files: Mapping[str, bytes], path: str, let_out: Fact | None, fact: Fact | None, entry: Correction) -> Edit:
    was = files[path].decode()
    file = FactFile(was, path)
    if let_out:
        file.put(let_out.id, {"status": str(Status.PUBLISHED), "doubts": None})
    if fact:
        told: dict[str, Value | None] = {"status": str(entry.act), "withdrawn": entry.on, "note": entry.reason}
        file.put(fact.id, told | {"replaced_by": entry.replaced_by or None})
    return Edit(path=path, was=was, text=str(file))


def _path(fact: Fact) -> str:
    return f"facts/{fact.article.id}.toml"


def _a(status: Status) -> str:
    return {Status.DRAFT: "a draft", Status.REJECTED: "a rejected draft"}[status]


def _refused(path: str, message: str, hint: str) -> Refused:
    return Refused([Problem(path=path, line=0, message=message, hint=hint)])
