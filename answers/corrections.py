"""The public correction log, `corrections.toml`: what became of facts that readers saw, an entry for each act.

It is only ever added to, at its end. An entry quotes: its old words stand in the fact's article, its new ones are the
passage of the fact that stands now. It knows texts and facts, not where they are kept or who changes them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from answers.articles import nearest, whole_words
from answers.blocks import Blocks
from answers.errors import Problem, Refused
from answers.factfile import Value, written
from answers.fields import LARGEST_FILE, Fields, decoded, did_you_mean, toml
from answers.model import Correction, Fact, Status


class _Act(StrEnum):
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    SUPERSEDED = "superseded"


def parse(data: bytes, path: str) -> tuple[Correction, ...]:
    """The entries of a log, in its order: the oldest act first.

    Total: any bytes give entries or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    problems: list[Problem] = []
    whole = Fields(toml(text, path), path=path, line_of=lambda _: 0, problems=problems)
    blocks = Blocks(text, "correction")
    entries = [
        _entry(Fields(table, path=path, line_of=blocks.finder(number), problems=problems))
        for number, table in enumerate(whole.tables("correction"))
    ]
    whole.no_more()
    if problems:
        raise Refused(problems)
    return tuple(filter(None, entries))


def _entry(fields: Fields) -> Correction | None:
    """One entry, or None when its act or day is refused; the problems are in the fields."""
    named = fields.text("act", required=True)
    act = fields.choice("act", _Act, _Act.RETRACTED) if named.strip() else None
    on = fields.day("on", required=True)
    fact, reason, replaced_by = (
        fields.text("fact", required=True),
        fields.text("reason", required=True),
        fields.text("replaced_by"),
    )
    old = fields.text("old", required=True, longest=LARGEST_FILE, exact=True)
    new = fields.text("new", longest=LARGEST_FILE, exact=True)
    fields.no_more()
    if act is _Act.RETRACTED and replaced_by:
        fields.refuse("replaced_by", "what was retracted has nothing in its place", "call it corrected or superseded")
    if new and not replaced_by:
        fields.refuse("new", "new words need replaced_by, the id of the fact that has them")
    if act is None or on is None:
        return None
    return Correction(act=Status(act), fact=fact, on=on, reason=reason, old=old, new=new, replaced_by=replaced_by)


def append(text: str, correction: Correction) -> str:
    """A log with one entry more at its end; what stood before stays as it is, byte for byte."""
    told: dict[str, Value] = {
        "act": str(correction.act),
        "fact": correction.fact,
        "on": correction.on,
        "reason": correction.reason,
        "old": correction.old,
        "new": correction.new,
        "replaced_by": correction.replaced_by,
    }
    rows = "".join(f"{key} = {written(value).as_string()}\n" for key, value in told.items() if value)
    between = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{between}[[correction]]\n{rows}"


def last(entries: Sequence[Correction], fact: str) -> Correction | None:
    """What the log says of a fact: its last entry."""
    return next((entry for entry in reversed(entries) if entry.fact == fact), None)


def whole(entries: Sequence[Correction], facts: Iterable[Fact]) -> tuple[Correction, ...]:
    """All that was ever withdrawn, the newest first: the log, and what was withdrawn by hand without an entry in it."""
    known = {fact.id: fact for fact in facts}
    logged = {entry.fact for entry in entries}
    by_hand = (_told(fact, known) for fact in known.values() if fact.status.withdrawn and fact.id not in logged)
    return tuple(sorted((*entries, *filter(None, by_hand)), key=lambda entry: entry.on))[::-1]


def _told(fact: Fact, known: Mapping[str, Fact]) -> Correction | None:
    """What a fact's own fields tell of its end; a replacement that is still a draft has no words for readers yet."""
    now = known.get(fact.replaced_by)
    if fact.withdrawn_on is None:
        return None
    return Correction(
        act=fact.status,
        fact=fact.id,
        on=fact.withdrawn_on,
        reason=fact.note,
        old=fact.quote.text,
        new=now.quote.text if now and now.status.reviewed else "",
        replaced_by=fact.replaced_by,
    )


def contradictions(
    text: str, path: str, entries: Sequence[Correction], facts: Mapping[str, Fact], *, complete: bool
) -> Iterator[Problem]:
    """Where a log and the facts, by their ids, do not say the same. What is missing is none if they are not `complete`."""
    blocks = Blocks(text, "correction")
    final = {entry.fact: number for number, entry in enumerate(entries)}
    for number, entry in enumerate(entries):
        found = [*_unquoted(entry, facts, complete=complete)]
        if final[entry.fact] == number and entry.fact in facts:
            found += _undone(entry, facts[entry.fact])
        for key, message, hint in found:
            yield Problem(path=path, line=blocks.finder(number)(key), message=message, hint=hint)


def _unquoted(entry: Correction, facts: Mapping[str, Fact], *, complete: bool) -> Iterator[tuple[str, str, str]]:
    """What an entry names that is not there, or words that are nobody's: each with its key and a hint."""
    for key, id_ in (("fact", entry.fact), ("replaced_by", entry.replaced_by)):
        if id_ and id_ not in facts and complete:
            yield key, f"{id_} is no fact", did_you_mean(id_, facts, all_of_them=False)
    fact, now = facts.get(entry.fact), facts.get(entry.replaced_by)
    if fact and not any(True for _ in whole_words(fact.article.text, entry.old)):
        near = nearest(fact.article, entry.old)
        yield "old", f"the old words do not stand in {fact.article.id}", f"did you mean: {near}" if near else ""
    if fact and fact.article.published and entry.on < fact.article.published:
        yield "on", f"lies before {fact.article.id} was published", ""
    if now and entry.new and entry.new != now.quote.text:
        yield "new", f"the new words are not the passage of {now.id}", f"it is: {now.quote.text}"


def _undone(entry: Correction, fact: Fact) -> Iterator[tuple[str, str, str]]:
    """Where the last entry for a fact says otherwise than the fact itself."""
    if entry.act is not fact.status:
        hint = "make both say the same" if fact.status.withdrawn else "give the command again, or take the entry out"
        yield "act", f"says that {fact.id} was {entry.act}, but {fact.id} is {fact.status}", hint
    elif entry.replaced_by != fact.replaced_by:
        told = (name or "nothing" for name in (fact.id, entry.replaced_by, fact.replaced_by))
        message = "says that {} was replaced by {}, but its file says by {}".format(*told)
        yield "replaced_by", message, "make both say the same"
