"""The topics of a passage, by a table of words that editors may change. It weighs nothing but which words stand there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from answers.blocks import line_with
from answers.errors import Problem, Refused
from answers.fields import LONGEST_KNOWN, Fields, decoded, toml

MOST = 3
"""Topics of one passage: readers find it under each."""

LONGEST_TITLE = 60
"""Characters: it stands on a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A title that readers see, and the words that tell of it; `beside`, if any, of which one must stand there, too.

    A word that ends in "*" stands for any ending.
    """

    title: str
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()


def topics(text: str, table: Sequence[Topic] | None = None) -> tuple[str, ...]:
    """The titles that fit a text, at most three: most words found first, then as the table has them. None may fit.

    `table` is the packaged one unless an editor's is given. Total: any text gives titles of the table.
    """
    known = packaged() if table is None else table
    small = text.casefold()  # once, as a search without regard to case takes twice as long
    scored = [(found, topic.title) for topic in known if (found := _found(small, topic))]
    return tuple(title for _, title in sorted(scored, key=lambda one: -one[0])[:MOST])


def _found(text: str, topic: Topic) -> int:
    """How many different words of a topic stand in a text in small letters."""
    found = {match[0] for match in _pattern(topic.words).finditer(text)}
    return len(found) if not topic.beside or _pattern(topic.beside).search(text) else 0


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all words of a topic, the longest first; bounded endings, so that no text makes it slow."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, longest))})(?!\w)")


def _expression(word: str) -> str:
    parts = [re.escape(part) for part in word.casefold().split()]
    return r"\s{1,3}".join(parts).replace(r"\*", r"\w{0,15}")


@cache
def packaged() -> tuple[Topic, ...]:
    """The packaged table: the topics of this corpus, then those of any crisis."""
    file = resources.files("answers.draft") / "topics.toml"
    return parse(file.read_bytes(), "topics.toml")


def parse(data: bytes, path: str) -> tuple[Topic, ...]:
    """The topics of a file, in its order.

    Total: any bytes give topics or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    problems: list[Problem] = []
    whole = Fields(toml(text, path), path=path, line_of=lambda key: line_with(text, key), problems=problems)
    known = [
        topic for title, table in whole.table("topic").items() if (topic := _topic(title, table, text, path, problems))
    ]
    whole.no_more()
    if problems:
        raise Refused(problems)
    return tuple(known)


def _topic(title: str, table: object, text: str, path: str, problems: list[Problem]) -> Topic | None:
    line = line_with(text, title)
    if not isinstance(table, Mapping) or not title.strip() or len(title) > LONGEST_TITLE:
        hint = f'[topic."Casualties"], a title of at most {LONGEST_TITLE} characters'
        problems.append(
            Problem(path=path, line=line, message=f"topic {title[:LONGEST_TITLE]!r} is no topic", hint=hint)
        )
        return None
    fields = Fields(table, path=path, line_of=lambda _: line, problems=problems)
    found = Topic(
        title=title,
        words=fields.texts("words", longest=LONGEST_KNOWN),
        beside=fields.texts("with", longest=LONGEST_KNOWN),
    )
    fields.no_more()
    _refuse_wordless(found, fields)
    return found


def _refuse_wordless(topic: Topic, fields: Fields) -> None:
    """A topic without words would never be found, and "*" alone always."""
    if not topic.words or any(not re.search(r"\w", word) for word in (*topic.words, *topic.beside)):
        fields.refuse("words", f"topic {topic.title!r} needs words", 'words = ["evacuat*", "displaced"]')
