"""Where somebody speaks within a sentence: a verb or phrase of speech, and the phrase that is its subject.

Reads the words outside quotation marks. A frame is only a place in a sentence; to which words it gives a speaker, and
who is meant by it, is for `answers.draft.attribution`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Protocol

from answers.draft.cues import (
    AUXILIARIES,
    BE,
    CLAUSES,
    DAYS,
    DECLINES,
    HYPOTHETICAL,
    INVERTED,
    LOOSE,
    REFUSALS,
    Force,
    Form,
    Verb,
    is_adverb,
    verbs,
)
from answers.draft.speakers import DETERMINERS, Kind, Mention, is_person_noun, mention
from answers.draft.tokens import Sort, Token
from answers.draft.values import Span

_LONGEST_PHRASE = 22
_LONGEST_ASIDE = 40
_OPENS_CLAUSE = frozenset("that and but while as because although though where when if whether what how than or so nor".split())
_LEADS = frozenset(
    """
    in on at as after before during last earlier meanwhile when while since for by with from under despite speaking asked
    however but and still yet also later then over amid among following until once within throughout late early
    according this that today yesterday next responding citing instead indeed nevertheless nonetheless moreover
    furthermore additionally finally separately similarly likewise overall though although because if so thus therefore
    hours days weeks months minutes moments to through unlike like about upon one two three
    perhaps besides first second third again now here there recently previously addressing referring pressed
    """.split()
)
"""How a sentence may begin before its subject, up to a comma."""


class Clause(Protocol):
    """What a parser says of a verb: where it and its subject stand; `main` if the whole sentence hangs from it."""

    @property
    def verb(self) -> Span: ...
    @property
    def subject(self) -> Span | None: ...
    @property
    def main(self) -> bool: ...


class Parser(Protocol):
    """Finds the verbs of a paragraph and their subjects."""

    def __call__(self, text: str) -> Sequence[Clause]: ...


class Order(Enum):
    BEFORE = auto()
    AFTER = auto()
    ACCORDING = auto()
    SHARED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Words `first` to `stop` (exclusive, indexes of tokens) from subject to verb, or from verb to subject.

    `who` is None where a verb borrows its subject. `main`: it governs the whole sentence; `aside`: it stands between
    commas or at the end, and so does, too.
    """

    first: int
    verb: int
    stop: int
    who: Mention | None
    order: Order
    cue: str
    force: Force
    main: bool = False
    aside: bool = False
    relative: bool = False


def frames(text: str, words: Sequence[Token], clauses: Sequence[Clause] = ()) -> list[Frame]:
    """The frames among the words of one sentence or of the sentences of one quotation, in their order."""
    found: list[Frame] = []
    parsed = {clause.verb.start: clause for clause in clauses}
    for at, word in enumerate(words):
        if word.text in _DASHES and (frame := _signed(words, at)):
            found.append(frame)
        if not word.word:
            continue
        if word.low == "according" and _low(words, at + 1) == "to":
            found += _according(text, words, at)
        elif (verb := verbs().get(word.low)) and _spoken(words, at, verb) and (frame := _of_verb(text, words, at, verb, parsed)):
            found.append(frame)
    return found


_DASHES = frozenset("—–―-")


def _signed(words: Sequence[Token], at: int) -> Frame | None:
    """"…" — Maria Roe, Riverton: a name behind a quotation and a dash, and no verb."""
    if at and not words[at - 1].quote:
        return None
    stop, who = after(words, at + 1)
    if who is None or who.kind is not Kind.NAME or not (stop >= len(words) or words[stop].text in {",", ".", "("}):
        return None
    if any(word.low in verbs() or word.low in AUXILIARIES for word in words[stop:]):
        return None
    return Frame(
        first=at, verb=at, stop=stop, who=who, order=Order.AFTER, cue=words[at].text, force=Force.QUOTES, aside=bool(at)
    )


def _spoken(words: Sequence[Token], at: int, verb: Verb) -> bool:
    """Not a word of a headline, written with a capital; and not half of a phrase: "put it", "went on", "pointed out"."""
    if words[at].capital and at and not words[at - 1].quote:
        return False
    rest = verb.lemma.split("_")[1:]
    return not rest or _low(words, at + 1) == rest[0]


def _low(words: Sequence[Token], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def _according(text: str, words: Sequence[Token], at: int) -> Iterator[Frame]:
    stop, who = after(words, at + 2, sure=True)
    if who:
        aside = at == 0 or words[at - 1].text in {",", "—", "–", "-", "("} or words[at - 1].quote or _closes(words, stop)
        yield Frame(
            first=at, verb=at, stop=stop, who=who, order=Order.ACCORDING, cue=text[words[at].start : words[at + 1].stop],
            force=Force.SAYS, main=at == 0, aside=aside,
        )  # fmt: skip


def _of_verb(text: str, words: Sequence[Token], at: int, verb: Verb, parsed: dict[int, Clause]) -> Frame | None:
    clause = parsed.get(words[at].start)
    if verb.noun and not _complement(words, at):
        return None
    chain = _chain(words, at)
    lows = [word.low for word in words[chain:at]]
    refuses = _refuses(words, at, verb, lows)
    if not refuses and _unsaid(words, chain, at, verb, lows):
        return None
    if (passive := _passive(text, words, at, verb, lows)) or set(lows) & BE and verb.past and verb.lemma != "read":
        return passive
    force = Force.SAYS if refuses else verb.force
    if verb.form is Form.GOING and not set(lows) & BE:
        return _shared(text, words, at, at, force)
    if at and words[at - 1].text in {",", "—", "–"} and before(words, at)[1]:
        return _subject_first(text, words, at, chain, verb, force, clause)
    if inverted := _inverted(text, words, at, verb, force):
        return inverted
    return _subject_first(text, words, at, chain, verb, force, clause)


def _refuses(words: Sequence[Token], at: int, verb: Verb, lows: Sequence[str]) -> bool:
    if words[at].low in DECLINES:
        return _low(words, at + 1) == "to" and any(_low(words, at + step) in REFUSALS for step in (2, 3, 4))
    negated = any(low == "not" or low.endswith("n't") or low == "never" for low in lows)
    return negated and verb.form is Form.BARE and verb.lemma in REFUSALS


def _unsaid(words: Sequence[Token], chain: int, at: int, verb: Verb, lows: Sequence[str]) -> bool:
    """Whether nothing is said: "to say", "could say", "did he say", a bare form with no plural before it."""
    if words[at].low in DECLINES and verb.lemma in {"decline", "refuse"}:
        return True
    if _low(words, chain - 1) == "to" or _low(words, at - 1) == "to":
        return True
    if verb.form is not Form.BARE:
        return bool(set(lows) & HYPOTHETICAL)
    if any(low in AUXILIARIES or low.endswith("n't") for low in lows):
        return not ({"did", "does", "do", "will", "would"} & set(lows) and "not" not in lows and False)
    return False


def _chain(words: Sequence[Token], at: int) -> int:
    """Where the helping verbs and adverbs before a verb begin."""
    first = at
    while first:
        low = words[first - 1].low
        helps = low in AUXILIARIES or low.endswith("n't") or (is_adverb(low) and not words[first - 1].capital)
        if helps or (low in DAYS and words[first - 1].capital and first - 1 and not _low(words, first - 2) == ","):
            first -= 1
        elif low == "to" and _low(words, first - 2) in {"on", "went", "goes", "going"}:
            first -= 2
        elif low in {"on", "last", "this"} and first < at and _low(words, first) in DAYS | {"week", "month", "year"}:
            first -= 1
        else:
            break
    return first


def _complement(words: Sequence[Token], at: int) -> bool:
    """Whether what follows a word shows that it is a verb: "that", a quotation, a colon, a new subject."""
    low = _low(words, at + 1)
    if low in {"that", ":", "“”", "how", "why", "whether", "it", "he", "she", "they", "there", "the", "a", "an", "in", "him", "her", "them", "his"}:
        return True
    return low == "," and _low(words, at + 2) == "“”"


def _passive(text: str, words: Sequence[Token], at: int, verb: Verb, lows: Sequence[str]) -> Frame | None:
    """"… was first reported by CNN": the one who acts speaks."""
    if not set(lows) & BE or not verb.past or _low(words, at + 1) != "by" or verb.lemma not in _BY:
        return None
    stop, who = after(words, at + 2)
    if who is None:
        return None
    first = _chain(words, at)
    return Frame(
        first=first, verb=at, stop=stop, who=who, order=Order.AFTER, cue=text[words[at].start : words[at + 1].stop],
        force=Force.SAYS, main=_low(words, first - 1) not in {"which", "that", "who", ","} and _closes(words, stop),
    )  # fmt: skip


_BY = frozenset("report announce confirm say state disclose reveal describe call".split())


def _shared(text: str, words: Sequence[Token], first: int, at: int, force: Force) -> Frame:
    return Frame(
        first=first, verb=at, stop=_with_object(words, at), who=None, order=Order.SHARED, cue=words[at].text, force=force
    )


def _inverted(text: str, words: Sequence[Token], at: int, verb: Verb, force: Force) -> Frame | None:
    """"…," said John Kirby: a verb behind a quotation or a comma, with who speaks behind it."""
    if verb.lemma not in INVERTED or verb.form is Form.GOING:
        return None
    before = at - 1
    led = before < 0 or (words[before].quote or (words[before].text in ",—–-" or words[before].low in {"as", "so"}))
    if not led:
        return None
    stop, who = after(words, at + 1)
    if who is None or who.head in {"that", "this", "which", "there"} or (who.kind is Kind.PRONOUN and not words[before].quote and _low(words, at + 2) not in ",.“”"):
        return None
    quoted = before < 0 or words[before].quote or (before and words[before - 1].quote)
    if not quoted and not _closes(words, stop):
        return None
    return Frame(
        first=at, verb=at, stop=stop, who=who, order=Order.AFTER, cue=words[at].text, force=force,
        aside=before >= 0 and words[before].low != "as", main=False,
    )  # fmt: skip


def after(words: Sequence[Token], at: int, *, sure: bool = False) -> tuple[int, Mention | None]:
    """The phrase that begins at a word, as far as it goes, and where it ends."""
    stop = at
    while stop < min(len(words), at + _LONGEST_PHRASE) and _goes_on(words, at, stop):
        stop += 1
    while stop > at:
        if who := mention(words[at:stop], sure=sure):
            return stop, who
        stop -= 1
    return at, None


def _goes_on(words: Sequence[Token], first: int, at: int) -> bool:
    word = words[at]
    if word.sort is Sort.MARK:
        return word.text in "&/"
    if word.quote or (word.low.rstrip(".") in DAYS and at > first):
        return False
    started = any(one.capital for one in words[first:at])
    if word.low in {"in", "on", "at", "to", "from", "with"} and started and not is_person_noun(words[at - 1].low):
        return False
    return not (word.low in verbs() and at > first and not verbs()[word.low].noun)


def _subject_first(
    text: str, words: Sequence[Token], at: int, chain: int, verb: Verb, force: Force, clause: Clause | None
) -> Frame | None:
    refused = force is not verb.force or _negates(words, chain, at)
    first, who, relative = before(words, chain)
    if who is None and verb.force is Force.SAYS and verb.lemma not in LOOSE and verb.form is Form.FINITE:
        first, who = _plain(words, chain)
    if who is None:
        first, who, relative = _parsed(words, chain, clause) or (first, who, relative)
    if who is None:
        if _low(words, chain - 1) in {"and", "but", "then", ",", "or"} and verb.form is Form.FINITE:
            return _shared(text, words, chain, at, force)
        return None
    if verb.form is Form.BARE and not _plural(who) and chain == at:
        return None
    stop = _with_object(words, at)
    main, aside = _standing(words, first, at, stop)
    main = main and (refused or verb.lemma not in LOOSE or _says(words, at, stop))
    cue = text[words[chain].start if chain < at and _negates(words, chain, at) else words[at].start : words[at].stop]
    return Frame(
        first=first, verb=at, stop=stop, who=who, order=Order.BEFORE, cue=_whole(text, words, at, cue), force=force,
        main=main and not relative, aside=aside and not relative, relative=relative,
    )  # fmt: skip


def _says(words: Sequence[Token], at: int, stop: int) -> bool:
    """Whether a clause or quotation follows a verb, and not only what was written, kept or reported."""
    if words[stop - 1].low in CLAUSES or _low(words, stop) in CLAUSES or _low(words, at + 1) in CLAUSES:
        return True
    if _low(words, at + 1) in {"as", "by", "for", "with", "from", "at"}:
        return False
    return any(word.low in AUXILIARIES for word in words[at + 1 : at + 12])


def _negates(words: Sequence[Token], chain: int, at: int) -> bool:
    return any(word.low in {"not", "never"} or word.low.endswith("n't") for word in words[chain:at])


def _whole(text: str, words: Sequence[Token], at: int, cue: str) -> str:
    """"declined to comment" is told by all three words, "pointed out" by both."""
    if words[at].low in DECLINES and _low(words, at + 1) == "to":
        return text[words[at].start : words[min(at + 2, len(words) - 1)].stop]
    return text[words[at].start : words[at + 1].stop] if words[at].low.startswith("point") and _low(words, at + 1) == "out" else cue


def _plural(who: Mention) -> bool:
    if who.kind is Kind.PRONOUN:
        return who.head in {"they", "who"}
    return who.head.endswith("s") or who.head in {"police", "people", "many", "some", "few", "most", "both", "men", "women"} or " and " in who.name


def _parsed(words: Sequence[Token], chain: int, clause: Clause | None) -> tuple[int, Mention, bool] | None:
    """The subject as a parser has it, if there is one before the verb."""
    if clause is None or clause.subject is None:
        return None
    inside = [at for at in range(chain) if clause.subject.start <= words[at].start and words[at].stop <= clause.subject.stop]
    if not inside or inside[-1] - inside[0] >= _LONGEST_PHRASE:
        return None
    who = mention(words[inside[0] : inside[-1] + 1], sure=True)
    if who is None or who.head in {"who", "that", "which"}:
        return None
    return inside[0], who, False


def before(words: Sequence[Token], stop: int) -> tuple[int, Mention | None, bool]:
    """The phrase that ends just before a word, with an aside between commas allowed; and whether "who" stood for it."""
    if _low(words, stop - 1) == "who":
        end = stop - 2 if _low(words, stop - 2) == "," else stop - 1
        first, who = _ending(words, end)
        return first, replace(who, stop=words[stop - 1].stop) if who else None, True
    if stop and words[stop - 1].text in {",", "—", "–", ")"}:
        return (*_over_aside(words, stop - 1), False)
    return (*_ending(words, stop), False)


def _over_aside(words: Sequence[Token], closing: int) -> tuple[int, Mention | None]:
    """The subject before an aside: "Kirby, who spoke to reporters, said", "The mayor — a Liberal — said"."""
    sign = {")": "("}.get(words[closing].text, words[closing].text)
    for opening in range(closing - 1, max(0, closing - _LONGEST_ASIDE), -1):
        if words[opening].text != sign:
            continue
        first, who = _ending(words, opening)
        if who and who.kind in {Kind.NAME, Kind.DESCRIPTION} and _begins(words, first) and _is_aside(words[opening + 1 : closing]):
            return first, who
    return closing, None


_STARTS_ASIDE = frozenset("who whose which in at on after when while for as meanwhile however too also".split())


def _is_aside(inner: Sequence[Token]) -> bool:
    """An apposition, an age or a relative clause, not a clause of its own."""
    if not inner:
        return False
    if inner[0].low in _STARTS_ASIDE or inner[0].low.endswith("ing"):
        return True
    if not (inner[0].capital or inner[0].sort is Sort.NUMBER or inner[0].low in DETERMINERS or any(is_person_noun(one.low) for one in inner[:6])):
        return False
    return not any(word.low in AUXILIARIES for word in inner) or any(word.low in {"who", "which"} for word in inner)


def _begins(words: Sequence[Token], first: int) -> bool:
    return first == 0 or words[first - 1].sort in {Sort.MARK, Sort.QUOTE} or words[first - 1].low in _OPENS_CLAUSE


def _ending(words: Sequence[Token], stop: int) -> tuple[int, Mention | None]:
    """The longest phrase that ends before a word; one that begins where a clause does is taken before a longer one."""
    best: tuple[int, Mention | None] = (stop, None)
    first = -1
    for first in range(stop - 1, max(-1, stop - _LONGEST_PHRASE), -1):
        word = words[first]
        if word.sort is Sort.QUOTE or (word.sort is Sort.MARK and word.text not in "&()/"):
            break
        if word.low in _OPENS_CLAUSE - {"and", "or", "as"}:
            break
        if who := mention(words[first:stop]):
            best = (first, who)
    if best[1] is None and first >= 0 and words[first].quote and words[stop - 1].word and _low(words, first + 1) in DETERMINERS:
        return first + 1, mention(words[first + 1 : stop], sure=True)
    return best


def _plain(words: Sequence[Token], stop: int) -> tuple[int, Mention | None]:
    """A short phrase with a determiner where a clause begins: whatever stands there and "said" something can speak."""
    for first in range(stop - 2, max(-1, stop - 6), -1):
        if words[first].low in DETERMINERS and (_begins(words, first) or _fronted(words, first)):
            return first, mention(words[first:stop], sure=True)
    return stop, None


def _with_object(words: Sequence[Token], at: int) -> int:
    """Behind the verb with whom it is said to, when and where: "told CNN on Tuesday that"."""
    stop = at + 1
    if _low(words, stop) == "out":
        stop += 1
    for _ in range(3):
        stop = _told(words, stop)
    while _low(words, stop) in {"that", ",", ":"}:
        stop += 1
        if words[stop - 1].text == ":":
            break
    return stop


_INTO = frozenset("to in on during at of after before via about by for with from".split())
_TAIL = frozenset("later earlier again then simply recently also".split())


def _told(words: Sequence[Token], at: int) -> int:
    """Behind one more phrase that does not say anything itself: "reporters", "on Twitter", "in a statement"."""
    low = _low(words, at)
    if low.rstrip(".") in DAYS or low in _TAIL or is_adverb(low):
        return at + 1
    first = at + 1 if low in _INTO else at
    stop = first
    while stop < min(len(words), first + 9) and (words[stop].word or words[stop].sort is Sort.NUMBER):
        if words[stop].low in {"that", "how", "why", "whether", "if", "when"} or words[stop].low in AUXILIARIES:
            break
        stop += 1
    ends = stop >= len(words) or words[stop].quote or words[stop].text in {":", ",", "."} or words[stop].low in {"that", "how", "why", "whether"}
    return stop if ends and stop > first else at


def _standing(words: Sequence[Token], first: int, at: int, stop: int) -> tuple[bool, bool]:
    """Whether a subject and its verb begin the sentence's main clause, and whether they stand aside from it."""
    led = words[first - 1] if first else None
    ahead = led is not None and (led.quote or led.text in {",", "—", "–", "-"})
    aside = ahead and _closes(words, stop) and (led is None or led.quote or not _fronted(words, first))
    return first == 0 or _fronted(words, first), aside


def _fronted(words: Sequence[Token], first: int) -> bool:
    """Whether only an adverbial stands before a subject: "On Tuesday,", "In a statement", "As part of the plan,", "But"."""
    lead = words[:first]
    if not lead:
        return True
    if any(word.quote for word in lead):
        return lead[0].low in _LEADS | DAYS and lead[-1].text in {",", "“”"} and not lead[0].quote
    opening = lead[0].low in _LEADS or lead[0].low.endswith(("ly", "ing", "ed"))
    if len(lead) <= 2 and opening:
        return lead[-1].low not in {"although", "though", "because", "if", "as", "while", "when"}
    if lead[-1].text == ",":
        return opening or len(lead) == 2
    if lead[-1].text in {"—", "–", "-"}:
        return lead[0].text.isupper() and len(lead) < 12
    return opening and len(lead) <= 5 and not any(word.low in _OPENS_CLAUSE | AUXILIARIES for word in lead) and all(word.word for word in lead)


def _closes(words: Sequence[Token], at: int) -> bool:
    """Whether a clause ends at a word, or a few words on that tell when and where it was said."""
    while at < len(words) and words[at - 1].text == ",":
        return True
    for step in range(14):
        if at + step >= len(words):
            return True
        word = words[at + step]
        if word.quote or word.text in {",", ".", "—", "–", ";", ":", "?", "!", ")", "-"}:
            return True
        if word.low in {"that", "whether"} or (word.low in AUXILIARIES and step):
            return False
        if step == 0 and word.low not in _INTO | _TAIL | DAYS | {"last", "this", "earlier", "when", "as", "while", "and", "who", "adding", "citing"} and not is_adverb(word.low):
            return False
    return False
