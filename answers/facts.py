"""A fact file to facts, each quote cut from its article; every problem of the file named at once.

One article, one fact file of the same stem. What cannot be cut from the article word for word is refused
with the nearest passage that could be.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from answers.articles import cut, whole_words
from answers.blocks import Blocks
from answers.errors import NotInArticle, Problem, Refused
from answers.fields import LARGEST_FILE, LONGEST_KNOWN, Fields, decoded, toml
from answers.model import Article, Fact, Figure, Granularity, Known, Part, Quote, ResolvedDate, Status

_ID = re.compile(r"[a-z0-9][a-z0-9-]{2,39}")
_WIDEST = {
    Granularity.DAY: 0,
    Granularity.WEEK: 6,
    Granularity.MONTH: 30,
    Granularity.QUARTER: 91,
    Granularity.YEAR: 365,
}
"""Days from the first to the last; a range may be of any width."""


def parse(data: bytes, path: str, article: Article) -> tuple[Fact, ...]:
    """The facts of one file, in the order of the article.

    Total: any bytes give facts or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    table = toml(text, path)
    problems: list[Problem] = []
    whole = Fields(table, path=path, line_of=lambda _: 0, problems=problems)
    blocks = Blocks(text, "fact")
    facts = [
        fact
        for number, block in enumerate(whole.tables("fact"))
        if (fact := _fact(Fields(block, path=path, line_of=blocks.finder(number), problems=problems), article))
    ]
    whole.no_more()
    problems += _twice([fact.id for fact in facts], path)
    if problems:
        raise Refused(problems)
    return tuple(sorted(facts, key=lambda fact: (fact.quote.start, fact.id)))


def line_of(text: str, id_: str) -> int:
    """The line of a fact file on which a fact has its id; 0 when none has this one."""
    named = re.compile(rf"""[ \t]*id[ \t]*=[ \t]*["']{re.escape(id_)}["']""")
    return next((number for number, line in enumerate(text.split("\n"), start=1) if named.match(line)), 0)


def _twice(ids: Sequence[str], path: str) -> list[Problem]:
    return [
        Problem(path=path, line=0, message=f"the id {id_} stands twice", hint="give each fact its own")
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1})
    ]


def _fact(fields: Fields, article: Article) -> Fact | None:
    """One fact, or None when its quote or id is refused; the problems are in the fields."""
    id_ = _id(fields)
    quote = _quote(fields, article)
    figures = tuple(filter(None, (_figure(fields, table, quote) for table in fields.tables("figure"))))
    dates = tuple(filter(None, (_date(fields, table, quote) for table in fields.tables("date"))))
    speaker, role, known = _speaker(fields)
    names, topics, claim = fields.texts("names"), fields.texts("topics"), fields.text("claim")
    questions = fields.texts("questions", longest=LONGEST_KNOWN)
    status, withdrawn_on, replaced_by, note = _life(fields, article)
    doubts = fields.texts("doubts")
    fields.table("drawn")  # what `draft` wrote last, so that it can tell what an editor has changed since
    fields.no_more()
    if quote is None or not id_:
        return None
    return Fact(
        id=id_,
        quote=quote,
        speaker=speaker,
        role=role,
        known=known,
        figures=figures,
        dates=dates,
        names=names,
        topics=topics,
        claim=claim,
        questions=questions,
        status=status,
        withdrawn_on=withdrawn_on,
        replaced_by=replaced_by,
        note=note,
        doubts=doubts,
    )


def _id(fields: Fields) -> str:
    id_ = fields.text("id", required=True)
    if id_ and not _ID.fullmatch(id_):
        fields.refuse("id", f"the id {id_!r} is not one", "3 to 40 of a-z, 0-9 and -, as cnn-not-permanent")
    return id_


def _speaker(fields: Fields) -> tuple[str, str, Known]:
    """Speaker, role and how known: a speaker without a reason, or a reason without a speaker, is refused."""
    speaker, role = fields.text("speaker"), fields.text("role")
    known = fields.choice("known", Known, Known.NONE)
    if bool(speaker) != (known is not Known.NONE):
        fields.refuse("known", "speaker and known must both be given, or speaker empty and known none")
    return speaker, role, known


def _quote(fields: Fields, article: Article) -> Quote | None:
    words = fields.text("quote", required=True, longest=LARGEST_FILE, exact=True)
    if not words.strip():
        return None
    if words != words.strip():
        fields.refuse("quote", "the quote begins or ends with a blank", "copy from the first word to the last")
    try:
        return cut(article, words)
    except NotInArticle as error:
        hint = f"did you mean: {error.nearest}" if error.nearest else "copy the words from the article"
        fields.refuse("quote", f"the quote {words[:60]!r}… does not stand in {article.id}", hint)
        return None


def _life(fields: Fields, article: Article) -> tuple[Status, date | None, str, str]:
    """Status and what goes with it: a withdrawn fact says when and why, a current one says neither."""
    status = fields.choice("status", Status, Status.PUBLISHED)
    withdrawn_on, note = fields.day("withdrawn"), fields.text("note")
    replaced_by = fields.text("replaced_by")
    if status.withdrawn and not (withdrawn_on and note):
        fields.refuse("status", f"a {status} fact needs withdrawn (the day) and note (the reason)")
    if not status.withdrawn and (withdrawn_on or replaced_by):
        fields.refuse("status", f"a {status} fact has no withdrawn and no replaced_by")
    if withdrawn_on and article.published and withdrawn_on < article.published:
        fields.refuse("withdrawn", "withdrawn lies before the article was published")
    return status, withdrawn_on, replaced_by, note


def _part_of(fields: Fields, table: Mapping[str, object], key: str, quote: Quote | None) -> tuple[Fields, str, bool]:
    """A figure's or date's own fields, its text, and whether that text stands in the quote."""
    inner = fields.within(table, key)
    text = inner.text("text", required=True, exact=True)
    stands = bool(text) and (quote is None or any(True for _ in whole_words(quote.text, text)))
    if text and not stands:
        fields.refuse(key, f"the {key} {text!r} does not stand in the quote")
    return inner, text, stands


def _figure(fields: Fields, table: Mapping[str, object], quote: Quote | None) -> Figure | None:
    inner, text, stands = _part_of(fields, table, "figure", quote)
    value, low, high = inner.number("value"), inner.number("low"), inner.number("high")
    told = {name: inner.text(name) for name in ("hedge", "unit", "counts")}
    vague, part = inner.flag("vague"), inner.choice("role", Part, Part.TOTAL)
    inner.no_more()
    low, high = (value, value) if value is not None else (low, high)
    if low is None or high is None or low > high:
        fields.refuse("figure", f"the figure {text!r} needs a value, or low and high", "value = 2000")
        return None
    return Figure(text=text, low=low, high=high, vague=vague, part=part, **told) if stands else None


def _date(fields: Fields, table: Mapping[str, object], quote: Quote | None) -> ResolvedDate | None:
    inner, text, stands = _part_of(fields, table, "date", quote)
    iso, first, last = (
        inner.text("iso", required=True),
        inner.day("from", required=True),
        inner.day("to", required=True),
    )
    granularity = inner.choice("granularity", Granularity, Granularity.DAY)
    inner.no_more()
    if first is None or last is None or not stands:
        return None
    if not 0 <= (last - first).days <= _WIDEST.get(granularity, (last - first).days):
        fields.refuse("date", f"the date {text!r} runs from {first} to {last}, which is no {granularity}")
        return None
    return ResolvedDate(text=text, iso=iso, granularity=granularity, first=first, last=last)
