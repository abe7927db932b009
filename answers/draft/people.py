"""The people of an article: their full names, what they are, and who is meant by a surname, "he" or "the minister".

Blank rather than wrong: a surname that two people share stays as it stands, and a pronoun that may be two people is
nobody. It must not know who says what.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from answers.draft.cues import DAYS, verbs
from answers.draft.speakers import BODIES, Kind, Mention, is_person_noun, is_title, role_of
from answers.draft.tokens import Token

_NO_PERSON = BODIES | frozenset(
    """
    states kingdom york house street avenue road river act bill north south east west america europe asia africa island
    islands ocean sea lake mountain valley republic union nations day night week month year school college
    air force operation square hall palace tower bridge port airport base fort camp coast bay gulf war treaty
    plan deal law article amendment summit conference convention debate election elections primary caucus nation the
    """.split()
)
_FEMALE = frozenset(
    "mrs ms miss spokeswoman chairwoman congresswoman businesswoman queen princess lady dame actress councilwoman mother her".split()
)
_MALE = frozenset("mr spokesman chairman congressman businessman king prince lord sir councilman father".split())
_SMALL = frozenset("de la le van von der den del della di da dos du al el bin ibn abu ben".split())
_LONGEST_ROLE = 10
_GENERATION = frozenset("jr jr. sr sr. ii iii iv".split())


@dataclass(slots=True)
class Person:
    name: str
    role: str = ""
    sex: str = ""
    titled: bool = False
    places: list[int] = field(default_factory=list)

    @property
    def surname(self) -> str:
        return surname(self.name)


def surname(name: str) -> str:
    parts = [part for part in name.split() if part.lower() not in _GENERATION]
    return parts[-1] if parts else name


class People:
    """Who is named where in the sentences of an article; places are offsets of its text."""

    def __init__(self, sentences: Iterable[Sequence[Token]]) -> None:
        self._full: dict[str, Person] = {}
        self._singles: list[tuple[Token, Sequence[Token]]] = []
        for words in sentences:
            for first, stop in _runs(words):
                self._note(words, first, stop)
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        for person in self._full.values():
            self._by_surname[person.surname].append(person)
        self._place()

    def _note(self, words: Sequence[Token], first: int, stop: int) -> None:
        titles = [at for at in range(first, stop) if is_title(words[at])]
        begin = titles[-1] + 1 if titles else first
        name = words[begin:stop]
        leading = _leading(words, begin)
        if not name:
            return
        if len(name) == 1:
            self._singles.append((name[0], leading))
            return
        if len(name) > 4 or any(_bare(word) in _NO_PERSON | DAYS for word in name):
            return
        told = _unpossessed(" ".join(word.text for word in name))
        person = self._full.setdefault(told, Person(told))
        person.places.append(name[0].start)
        self._describe(person, leading, bool(titles))
        person.role = person.role or _apposition(words, stop)

    def _describe(self, person: Person, leading: Sequence[Token], titled: bool) -> None:
        role = role_of(leading)
        person.role = person.role or role
        person.titled = person.titled or titled or bool(role)
        person.sex = person.sex or _sex(leading)

    def _place(self) -> None:
        """Surnames that stand alone belong to the one person who has it, and make sure that it is a person."""
        for word, leading in self._singles:
            owners = self._by_surname.get(_unpossessed(word.text), [])
            if len(owners) == 1:
                owners[0].places.append(word.start)
                self._describe(owners[0], leading, titled=True)
            elif not owners and leading and role_of(leading):
                alone = self._full.setdefault(_unpossessed(word.text), Person(_unpossessed(word.text)))
                alone.places.append(word.start)
                self._describe(alone, leading, titled=True)

    def speaks(self, name: str) -> None:
        """Notes that a name is the subject of a verb of speech, as people's are."""
        if (person := self._full.get(name)) and len(name.split()) > 1:
            person.titled = True

    def person(self, name: str) -> Person | None:
        """Who is meant by a name: in full, by surname, or by a first name that one alone has."""
        name = _unpossessed(name)
        if name in self._full and " " in name:
            return self._full[name]
        owners = self._by_surname.get(name, []) if " " not in name else []
        owners = [one for one in owners if " " in one.name]
        if len(owners) == 1:
            return owners[0]
        return self._full.get(name)

    def near(self, start: int, stop: int) -> list[Person]:
        """The people who are named between two offsets."""
        return [one for one in self._full.values() if one.titled and any(start <= at < stop for at in one.places)]

    def described(self, head: str, before: int) -> Person | None:
        """The only person named before an offset who has been said to be this ("minister")."""
        if not is_person_noun(head):
            return None
        found = [one for one in self._full.values() if _is(one, head) and min(one.places) < before]
        return found[0] if len(found) == 1 else None


def _is(person: Person, head: str) -> bool:
    said = person.role.lower().replace("-", " ").split()
    return head in said[: next((at for at, word in enumerate(said) if word in _PREPOSITIONS), len(said))]


def _bare(word: Token) -> str:
    return word.low.rstrip(".").removesuffix("'s")


def _unpossessed(name: str) -> str:
    for end in ("'s", "’s", "'", "’"):
        if name.endswith(end):
            return name.removesuffix(end)
    return name


def _runs(words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Capitals that follow one another, small particles between them; a genitive ends a run."""
    at = 0
    while at < len(words):
        if not words[at].capital or (words[at].low in _STARTS and at + 1 < len(words)):
            at += 1
            continue
        stop = at + 1
        while stop < len(words) and not words[stop - 1].low.endswith(("'s", "s'")) and _joins(words, stop):
            stop += 1
        yield at, stop
        at = stop


_STARTS = frozenset(
    """
    the a an in on at as after before but and if when while for by with from he she they it we i you his her their our my
    this that these those there what who why how is are was were do does did no yes not so or nor yet to of last some many
    """.split()
)


def _joins(words: Sequence[Token], at: int) -> bool:
    if words[at].capital:
        return True
    return words[at].low in _SMALL and at + 1 < len(words) and words[at + 1].capital


def _leading(words: Sequence[Token], begin: int) -> Sequence[Token]:
    """The words before a name that say what he is: titles, and "press secretary" with what stands before it."""
    if not begin or not (is_title(words[begin - 1]) or is_person_noun(_bare(words[begin - 1]))):
        return []
    first = begin
    while first and begin - first < 7 and _leads(words[first - 1]):
        first -= 1
    return words[first:begin]


def _leads(word: Token) -> bool:
    if not word.word or word.low in _STARTS:
        return False
    return word.low not in verbs() and not (word.low.endswith("ed") and word.low not in {"retired"})


def _apposition(words: Sequence[Token], at: int) -> str:
    """What a name is said to be behind a comma: ", the Pentagon's spokesman," or ", mayor of Riverton."."""
    if at + 1 >= len(words) or words[at].text != ",":
        return ""
    stop = at + 1
    while stop < min(len(words), at + 2 + _LONGEST_ROLE) and (words[stop].word or words[stop].text == "&"):
        if words[stop].low in {"who", "which", "whose", "that", "said", "says", "told"}:
            break
        stop += 1
    if stop < len(words) and words[stop].text not in {",", ".", ";", "—", "–"} and words[stop].low not in {"who", "whose"} and not words[stop].quote:
        return ""
    said = words[at + 1 : stop]
    return _as_role(said)


_PREPOSITIONS = frozenset("of for at in from with to on".split())


def _as_role(said: Sequence[Token]) -> str:
    core = next((said[:at] for at, word in enumerate(said) if at and word.low in _PREPOSITIONS), said)
    if not core or not is_person_noun(_bare(core[-1])) or core[-1].capital and len(core) == 1 and len(said) == 1:
        return ""
    if core[0].low not in {"the", "a", "an", "its", "his", "her", "their"} and not core[0].low.endswith("'s") and core[0].low in verbs():
        return ""
    if said[0].low == "the":
        said = said[1:]
    parts: list[str] = []
    for at, word in enumerate(said):
        parts.append((" " if at and said[at - 1].stop < word.start else "") + word.text)
    return "".join(parts)


def _sex(leading: Sequence[Token]) -> str:
    lows = {_bare(word) for word in leading}
    return "f" if lows & _FEMALE else "m" if lows & _MALE else ""


def fuller(mention: Mention, earlier: Sequence[Mention]) -> str:
    """What a bare description ("the officials") points back to: the last longer one with the same noun ("US officials")."""
    if not mention.definite or mention.kind is not Kind.DESCRIPTION or " " in mention.name:
        return ""
    for one in reversed(earlier):
        if one.kind is Kind.DESCRIPTION and one.head == mention.head and " " in one.name:
            return one.name
    return ""
