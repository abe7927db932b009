"""The gazetteer: which place, person, organisation or outlet a text speaks of, under whatever name.

Two lists make it: the editors' `names.toml` and the packaged `world.toml`, which is there so that a question
about a country that no article names is seen to name one. Rule: a name is found, never guessed; what might be
a name that nobody listed is for `answers.match` to suspect.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from importlib import resources

from answers.blocks import line_with
from answers.errors import Problem, Refused
from answers.fields import Fields, decoded, did_you_mean, toml
from answers.text.normalise import STOP_WORDS, Word, words


class Kind(StrEnum):
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One thing with a name. `forms` are all ways to write it; `part_of` what it lies in or speaks for.

    `demonyms` are those of the forms that name its people or are the adjective. A `cased` name is only found where it
    is written with its capitals: an outlet called Time is not time.
    """

    canonical: str
    kind: Kind
    forms: tuple[str, ...]
    part_of: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: the words `first` to `stop` (exclusive) of it."""

    name: Name
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Form:
    name: Name
    abbreviation: bool


_MARK = "n_"
_AFTER_OBJECT_US = frozenset("tell give let help show send ask join between of to for with about from at on by".split())


class Gazetteer:
    """All names of a base. A look-up costs one dictionary access a word, and one for each length of a name that begins so."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[str, Name] = {}
        for name in names:
            self._names[name.canonical] = _merged(self._names.get(name.canonical), name)
        self._forms: dict[tuple[str, ...], _Form] = {}
        for name in self._names.values():
            for form in (name.canonical, *name.forms):
                forms, abbreviation = _folded(form)
                if forms and forms not in self._forms:
                    self._forms[forms] = _Form(name, abbreviation)
        self._lengths = _lengths(self._forms)

    def __contains__(self, canonical: str) -> bool:
        return canonical in self._names

    def named(self, canonical: str) -> Name:
        """The name of a canonical spelling. Raises `KeyError`."""
        return self._names[canonical]

    @property
    def canonicals(self) -> Iterable[str]:
        return self._names.keys()

    @cached_property
    def wide(self) -> frozenset[str]:
        """The places that hold other places: countries and regions, of which some city is listed."""
        places = (name for name in self._names.values() if name.kind is Kind.PLACE)
        return frozenset(parent for name in places for parent in name.part_of)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The folded words of every form of four letters and more: what a misspelt name may have been meant as."""
        return frozenset(word for forms in self._forms for word in forms if len(word) >= 4)

    def find(self, text: Sequence[Word]) -> list[Mention]:
        """The names in a text, longest first at each place, none overlapping."""
        forms = tuple([word.form for word in text])
        found: list[Mention] = []
        free = 0
        shouted = _shouted(text)
        for at, first in enumerate(forms):
            if first in self._lengths and at >= free and (mention := self._at(text, forms, at, shouted=shouted)):
                found.append(mention)
                free = mention.stop
        return found

    def _at(self, text: Sequence[Word], forms: tuple[str, ...], at: int, *, shouted: bool) -> Mention | None:
        for length in self._lengths[forms[at]]:
            stop = at + length
            form = self._forms.get(forms[at:stop])
            if form and stop <= len(forms) and _is_meant(form, text, at, stop, shouted=shouted):
                return Mention(form.name, at, stop)
        return None

    def whole(self, canonicals: Iterable[str]) -> frozenset[str]:
        """The names and all that they are part of: who speaks of Warsaw speaks of Poland and of Europe."""
        seen: set[str] = set()
        waiting = list(canonicals)
        while waiting:
            canonical = waiting.pop()
            if canonical not in seen:
                seen.add(canonical)
                waiting += self._names[canonical].part_of if canonical in self._names else ()
        return frozenset(seen)


def _lengths(forms: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    """How many words the names have that begin with a word, longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        found[form[0]].add(len(form))
    return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}


@lru_cache(16_384)
def _folded(form: str) -> tuple[tuple[str, ...], bool]:
    """The words of a form, and whether it is an abbreviation that is an ordinary word, too.

    A build reads the ten thousand forms of the world three times, a reload again: 66 ms each, 16 from the cache.
    """
    parts = words(form)
    return tuple(part.form for part in parts), len(parts) == 1 and parts[0].form in STOP_WORDS and parts[0].all_capitals


def _is_meant(form: _Form, text: Sequence[Word], at: int, stop: int, *, shouted: bool) -> bool:
    """Whether the words are the name and not ordinary words: "US" and "us troops" are, "tell us" is not."""
    if form.name.cased:
        return all(word.capital for word in text[at:stop])
    if not form.abbreviation:
        return True
    if "." in text[at].surface or (text[at].all_capitals and (len(text) == 1 or not shouted)):
        return True
    followed = stop < len(text) and text[stop].form not in STOP_WORDS
    led = at > 0 and text[at - 1].form in _AFTER_OBJECT_US
    return text[at].form == "us" and followed and not led


def _shouted(text: Sequence[Word]) -> bool:
    """Written in capitals throughout, so that they tell nothing."""
    return all(word.surface.isupper() for word in text)


def _merged(old: Name | None, new: Name) -> Name:
    if old is None:
        return new
    part_of = tuple(dict.fromkeys((*old.part_of, *new.part_of)))
    return replace(old, forms=(*old.forms, *new.forms), part_of=part_of, demonyms=(*old.demonyms, *new.demonyms))


@cache
def token(canonical: str) -> str:
    """The name as one index term: "United States" is n_united_states."""
    return _MARK + re.sub(r"[\W_]+", "_", canonical.casefold()).strip("_")


@lru_cache(4_096)
def tokens(canonicals: frozenset[str]) -> frozenset[str]:
    """The terms of some names; passages of one article mostly share theirs."""
    return frozenset(map(token, canonicals))


def is_token(term: str) -> bool:
    """Whether an index term stands for a name; no stem of a word has an underscore."""
    return term.startswith(_MARK)


def parse(data: bytes, path: str) -> tuple[Name, ...]:
    """The names of a names file.

    Total: any bytes give names or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    table = toml(text, path)
    problems: list[Problem] = []
    names = [name for kind, known in table.items() for name in _of_kind(kind, known, text, path, problems)]
    problems += _shared_forms(names, text, path)
    if problems:
        raise Refused(problems)
    return tuple(names)


def _of_kind(kind: str, known: object, text: str, path: str, problems: list[Problem]) -> Iterable[Name]:
    if kind in set(Kind) and not isinstance(known, dict):
        problems.append(
            Problem(
                path=path,
                line=line_with(text, kind),
                message=f"{kind} must be a table",
                hint=f'[{kind}."United States"]',
            )
        )
        return
    if kind not in set(Kind) or not isinstance(known, dict):
        problems.append(
            Problem(
                path=path,
                line=line_with(text, kind),
                message=f"unknown kind {kind}",
                hint=did_you_mean(kind, set(Kind)),
            )
        )
        return
    for canonical, table in known.items():
        line = line_with(text, canonical)
        if not isinstance(table, dict) or not words(canonical):
            problems.append(Problem(path=path, line=line, message=f"{kind} {canonical!r} is not a table"))
            continue
        fields = Fields(table, path=path, line_of=lambda _, line=line: line, problems=problems)  # type: ignore[misc]
        demonyms = fields.texts("demonyms")
        forms = (*fields.texts("aliases"), *demonyms, *_languages(fields))
        part_of = fields.texts("part_of")
        yield Name(canonical=canonical, kind=Kind(kind), forms=forms, part_of=part_of, demonyms=demonyms)
        fields.no_more()


def _languages(fields: Fields) -> Iterable[str]:
    """The forms in other languages; which language each belongs to is of no use to the look-up."""
    table = fields.table("languages")
    inner = fields.within(table, "languages")
    for language in table:
        yield from inner.texts(language)


def _shared_forms(names: Sequence[Name], text: str, path: str) -> Iterable[Problem]:
    """An alias of two names would make one of them unreachable."""
    owner: dict[tuple[str, ...], str] = {}
    for name in names:
        for form in (name.canonical, *name.forms):
            forms = tuple(word.form for word in words(form))
            if forms and owner.setdefault(forms, name.canonical) != name.canonical:
                yield Problem(
                    path=path,
                    line=line_with(text, name.canonical),
                    message=f"{form!r} names both {owner[forms]} and {name.canonical}",
                )


@cache
def world() -> tuple[Name, ...]:
    """The packaged names: countries, capitals, large cities, bodies and outlets of the world."""
    file = resources.files("answers.text") / "world.toml"
    return parse(file.read_bytes(), "world.toml")


def outlets(names: Iterable[str]) -> Iterable[Name]:
    """The outlets of a base as names, found only where they are written with their capitals."""
    return (Name(canonical=name, kind=Kind.OUTLET, forms=(), cased=True) for name in names if words(name))
