"""The people of an article: their full names, what they are, and where they are named.

Blank rather than wrong: a surname that two people share stays as it stands. It must not know who says what.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from answers.draft.cues import DAYS, verbs
from answers.draft.speakers import office, role_of
from answers.draft.speech_nouns import BODIES, GENERATIONS, PARTICLES, bare, is_person_noun, is_title
from answers.draft.speech_tokens import Token, joined, unowned

_NO_PERSON = BODIES | frozenset(
    """
    states kingdom york house street avenue road river act bill north south east west america europe asia africa island
    islands ocean sea lake mountain valley republic union nations day night week month year school college
    air force operation square hall palace tower bridge port airport base fort camp coast bay gulf war treaty
    plan deal law article amendment summit conference convention debate election elections primary caucus nation the
    """.split()
)
_FEMALE = frozenset(
    """
    mrs ms miss spokeswoman chairwoman congresswoman businesswoman queen princess lady dame actress councilwoman mother
    """.split()
)
_MALE = frozenset("mr spokesman chairman congressman businessman king prince lord sir councilman father".split())
_LONGEST_ROLE = 12
_LONGEST_TITLE = 7
_ROLE_STOPS = frozenset("who which whose that said says told".split())
_ROLE_ENDS = frozenset(",.;—–")
_ROLE_LEADS = frozenset("the a an its his her their".split())
_PREPOSITIONS = frozenset("of for at in from with to on".split())
_STARTS = frozenset(
    """
    the a an in on at as after before but and if when while for by with from he she they it we i you his her their our my
    this that these those there what who why how is are was were do does did no yes not so or nor yet to of last some many
    """.split()
)
"""Words that have a capital only because a sentence begins with them."""


@dataclass(slots=True)
class Person:
    """`sex` is "f", "m" or unknown; `known` once something has shown that the name is one of a person."""

    name: str
    first: int
    role: str = ""
    sex: str = ""
    known: bool = False


class People:
    """Who is named where in the sentences of an article; places are offsets of its text."""

    def __init__(self, sentences: Iterable[Sequence[Token]]) -> None:
        self._full: dict[str, Person] = {}
        self._places: list[tuple[int, Person]] = []
        singles: list[tuple[Token, Sequence[Token]]] = []
        for words in sentences:
            for first, stop in _runs(words):
                self._note(words, first, stop, singles)
        self._owners: dict[str, list[Person]] = defaultdict(list)
        for person in self._full.values():
            self._owners[_surname(person.name)].append(person)
        for word, leading in singles:
            self._note_titled(word, leading)
        for word, leading in singles:
            self._note_single(word, leading)
        self._places.sort(key=lambda place: place[0])
        self._described: dict[str, list[Person]] = defaultdict(list)
        for person in self._full.values():
            for noun in _nouns(person.role):
                self._described[noun].append(person)

    def _note(
        self, words: Sequence[Token], first: int, stop: int, singles: list[tuple[Token, Sequence[Token]]]
    ) -> None:
        titles = [at for at in range(first, stop) if is_title(words[at])]
        held = office(words, first, stop)
        begin = titles[-1] + 1 if titles else first + held
        name = words[begin:stop]
        leading = [*_leading(words, first - 1), *words[first - 1 : begin]] if held else _leading(words, begin)
        if len(name) == 1:
            singles.append((name[0], leading))
        elif 1 < len(name) <= 4 and not any(bare(word) in _NO_PERSON | DAYS for word in name):
            told = unowned(joined(name))
            person = self._full.setdefault(told, Person(told, name[0].start))
            self._places.append((name[0].start, person))
            self._describe(person, leading, known=bool(titles))
            person.role = person.role or _apposition(words, stop)

    def _describe(self, person: Person, leading: Sequence[Token], *, known: bool) -> None:
        role = role_of(leading)
        person.role = person.role or role
        person.known = person.known or known or bool(role)
        person.sex = person.sex or _sex(leading)

    def _note_titled(self, word: Token, leading: Sequence[Token]) -> None:
        """A surname that stands nowhere with a first name is one of a person where a title stands before it."""
        name = unowned(word.text)
        if leading and name not in self._owners:
            self._owners[name].append(self._full.setdefault(name, Person(name, word.start)))

    def _note_single(self, word: Token, leading: Sequence[Token]) -> None:
        """A surname alone belongs to the one who has it, and shows that it is a person's."""
        owners = self._owners.get(unowned(word.text), ())
        if len(owners) == 1:
            self._places.append((word.start, owners[0]))
            self._describe(owners[0], leading, known=True)

    def speaks(self, name: str) -> None:
        """Notes that a full name is the subject of a verb of speech, as people's are."""
        if (person := self._full.get(name)) and " " in name:
            person.known = True

    def person(self, name: str) -> Person | None:
        """Who is meant by a name: in full, or by a surname that one alone has."""
        name = unowned(name)
        if name in self._full and " " in name:
            return self._full[name]
        owners = self._owners.get(name, [])
        return owners[0] if len(owners) == 1 else self._full.get(name)

    def near(self, start: int, stop: int) -> Iterator[tuple[int, Person]]:
        """The people who are named between two offsets, and where."""
        first = bisect_left(self._places, start, key=lambda place: place[0])
        for at in range(first, len(self._places)):
            if self._places[at][0] >= stop:
                return
            if self._places[at][1].known:
                yield self._places[at]

    def described(self, nouns: Sequence[str], before: int) -> Person | None:
        """The only person named before an offset who has been said to be all this ("prime", "minister")."""
        if not is_person_noun(nouns[-1]):
            return None
        alike = self._described.get(nouns[-1], ())[:20]
        found = [one for one in alike if one.first < before and set(nouns) <= _nouns(one.role)]
        return found[0] if len(found) == 1 else None


def _surname(name: str) -> str:
    parts = [part for part in name.split() if part.lower() not in GENERATIONS]
    return parts[-1] if parts else name


def _nouns(role: str) -> set[str]:
    """The nouns of a role before its first preposition: a "spokesman for the campaign" is no campaign."""
    said = role.lower().replace("-", " ").split()
    return set(said[: next((at for at, word in enumerate(said) if word in _PREPOSITIONS), len(said))])


def _runs(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Capitals that follow one another, small particles between them; a genitive ends a run."""
    at = 0
    while at < len(words):
        stop = at + 1
        if words[at].capital and words[at].low not in _STARTS:
            while stop < len(words) and not words[stop - 1].low.endswith(("'s", "s'")) and _joins(words, stop):
                stop += 1
            yield at, stop
        at = stop


def _joins(words: Sequence[Token], at: int) -> bool:
    if words[at].capital:
        return True
    return words[at].low in PARTICLES and at + 1 < len(words) and words[at + 1].capital


def _leading(words: Sequence[Token], begin: int) -> list[Token]:
    """The words before a name that say what he is: titles, and "press secretary" with what stands before it."""
    if not begin or not (is_title(words[begin - 1]) or is_person_noun(bare(words[begin - 1]))):
        return []
    first = begin
    while first and begin - first < _LONGEST_TITLE and _leads(words[first - 1]):
        first -= 1
    return list(words[first:begin])


def _leads(word: Token) -> bool:
    if not word.word or word.low in _STARTS or word.low in verbs():
        return False
    return not word.low.endswith("ed") or word.low == "retired"


def _apposition(words: Sequence[Token], at: int) -> str:
    """What a name is said to be behind a comma: ", the Pentagon's spokesman," or ", mayor of Riverton."."""
    if at >= len(words) or words[at].text != ",":
        return ""
    stop = at + 1
    while stop < min(len(words), at + _LONGEST_ROLE) and (words[stop].word or words[stop].text == "&"):
        if words[stop].low in _ROLE_STOPS:
            break
        stop += 1
    ends = stop == len(words) or words[stop].text in _ROLE_ENDS or words[stop].low in _ROLE_STOPS or words[stop].quote
    return _as_role(words[at + 1 : stop]) if ends else ""


def _as_role(said: Sequence[Token]) -> str:
    """A description if its main noun says what somebody is; not the next name of a list."""
    core = next((said[:at] for at, word in enumerate(said) if at and word.low in _PREPOSITIONS), said)
    if not core or not is_person_noun(bare(core[-1])) or (len(said) == 1 and said[0].capital):
        return ""
    led = core[0].low in _ROLE_LEADS or core[0].low.endswith("'s")
    if not led and core[0].low in verbs():
        return ""
    return joined(said[1:] if said[0].low == "the" else said)


def _sex(leading: Sequence[Token]) -> str:
    titles = {bare(word) for word in leading}
    return "f" if titles & _FEMALE else "m" if titles & _MALE else ""
