"""Where somebody speaks within a sentence: a verb or phrase of speech, and the phrase that is its subject.

Reads the words outside quotation marks. A frame is only a place in a sentence; to which words it gives a speaker, and
who is meant by it, is for `answers.draft.voices`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from answers.draft import phrases
from answers.draft.cues import (
    AUXILIARIES,
    BE,
    CLAUSES,
    DAYS,
    DECLINES,
    HYPOTHETICAL,
    INVERTED,
    LOOSE,
    PASSIVE,
    REFUSALS,
    Force,
    Form,
    Verb,
    is_adverb,
    verbs,
)
from answers.draft.speakers import Kind, Mention, mention
from answers.draft.speech_tokens import Token, low
from answers.draft.standing import behind, closes, standing
from answers.draft.values import Span

_FARTHEST_SUBJECT = 60
_DASHES = frozenset("—–―-")
_SUBJECTS = frozenset("he she it they who".split())
_SHOWS_VERB = frozenset("that : “” how why whether it he she they there the a an in him her them his".split())


class Order(Enum):
    """Where the subject stands: before the verb, after it, behind "according to", or with another verb."""

    BEFORE = auto()
    AFTER = auto()
    ACCORDING = auto()
    SHARED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Tokens `first` to `stop` (exclusive), from subject to behind the verb, or from the verb to behind the subject.

    `who` is None where a verb borrows its subject. `main`: it heads the sentence; `aside`: it stands between commas or
    at the end; each tells who says the whole sentence.
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


def frames(text: str, words: Sequence[Token], subjects: Mapping[int, Span] | None = None) -> list[Frame]:
    """The frames of one sentence or of the sentences of one quotation, in their order.

    `subjects` are those that a parser found, each under the offset of its verb.
    """
    found: list[Frame] = []
    for at, word in enumerate(words):
        if word.text in _DASHES:
            found += _signed(words, at)
        elif word.low == "according" and low(words, at + 1) == "to":
            found += _according(text, words, at)
        elif word.word and (verb := verbs().get(word.low)) and _is_whole(words, at, verb):
            found += _Said(text, words, at, verb, (subjects or {}).get(word.start)).frames()
    return found


def _according(text: str, words: Sequence[Token], at: int) -> Iterator[Frame]:
    stop, who = phrases.after(words, at + 2, sure=True)
    if who:
        led = words[at - 1] if at else None
        yield Frame(
            first=at, verb=at, stop=stop, who=who, order=Order.ACCORDING, force=Force.SAYS,
            cue=text[words[at].start : words[at + 1].stop], main=led is None,
            aside=led is None or led.quote or led.text in ",—–-(" or closes(words, stop),
        )  # fmt: skip


def _signed(words: Sequence[Token], at: int) -> Iterator[Frame]:
    """A name behind a quotation and a dash, and no verb: "…" — Maria Roe, Riverton."""
    if at and not words[at - 1].quote:
        return
    stop, who = phrases.after(words, at + 1)
    ends = stop >= len(words) or words[stop].text in {",", ".", "("}
    if who is None or who.kind is not Kind.NAME or not ends:
        return
    if not any(word.low in verbs() or word.low in AUXILIARIES for word in words[stop : stop + _FARTHEST_SUBJECT]):
        yield Frame(
            first=at, verb=at, stop=stop, who=who, order=Order.AFTER, cue=words[at].text, force=Force.QUOTES, aside=at > 0
        )  # fmt: skip


def _is_whole(words: Sequence[Token], at: int, verb: Verb) -> bool:
    """Not a word of a headline, written with a capital; not half of "put it" or "went on"; not a noun ("the claims")."""
    if words[at].capital and at and not words[at - 1].quote:
        return False
    rest = verb.lemma.partition("_")[2]
    if rest and low(words, at + 1) != rest:
        return False
    quoted = low(words, at + 1) == "," and low(words, at + 2) == "“”"
    return not verb.noun or quoted or low(words, at + 1) in _SHOWS_VERB or low(words, at - 1) in _SUBJECTS


@dataclass(frozen=True, slots=True)
class _Said:
    """A verb of speech at its place, for which a subject is looked for."""

    text: str
    words: Sequence[Token]
    at: int
    verb: Verb
    subject: Span | None

    def frames(self) -> Iterator[Frame]:
        chain = _chain(self.words, self.at)
        helpers = [word.low for word in self.words[chain : self.at]]
        refuses = _refuses(self.words, self.at, self.verb, helpers)
        if not refuses and self._is_unsaid(chain, helpers):
            return
        found: Frame | None
        if set(helpers) & BE and self.verb.past and self.verb.lemma != "read":
            found = self._passive(chain)
        elif self.verb.form is Form.GOING and not set(helpers) & BE:
            found = self._shared(self.at)
        else:
            found = self._active(chain, refuses=refuses)
        if found:
            yield found

    def _is_unsaid(self, chain: int, helpers: Sequence[str]) -> bool:
        """Whether nothing is said: "to say", "could say", "did not say"."""
        if self.verb.lemma in {"decline", "refuse"} or "to" in {
            low(self.words, chain - 1),
            low(self.words, self.at - 1),
        }:
            return True
        if self.verb.form is Form.BARE:
            return any(helper in AUXILIARIES or helper.endswith("n't") for helper in helpers)
        return bool(set(helpers) & HYPOTHETICAL)

    def _passive(self, chain: int) -> Frame | None:
        """The one who acts speaks: "… was first reported by CNN"."""
        words, at = self.words, self.at
        if low(words, at + 1) != "by" or self.verb.lemma not in PASSIVE:
            return None
        stop, who = phrases.after(words, at + 2)
        if who is None:
            return None
        return Frame(
            first=chain, verb=at, stop=stop, who=who, order=Order.AFTER, force=Force.SAYS,
            cue=self.text[words[at].start : words[at + 1].stop],
            main=low(words, chain - 1) not in {"which", "that", "who", ","} and closes(words, stop),
        )  # fmt: skip

    def _shared(self, first: int) -> Frame:
        stop, cue = behind(self.words, self.at), self.words[self.at].text
        who = self._parsed(first, self.subject)[1] if self.subject else None
        return Frame(
            first=first, verb=self.at, stop=stop, who=who, order=Order.SHARED, cue=cue, force=self.verb.force
        )  # fmt: skip

    def _active(self, chain: int, *, refuses: bool) -> Frame | None:
        led = self.words[self.at - 1].text if self.at else ""
        aside = led in {",", "—", "–"} and phrases.before(self.words, self.at)[1] is not None
        return (None if aside else self._inverted()) or self._subject_first(chain, refuses=refuses)

    def _inverted(self) -> Frame | None:
        """A verb behind a quotation or a comma, with who speaks behind it: "…," said John Kirby."""
        words, at = self.words, self.at
        led = words[at - 1] if at else None
        if self.verb.lemma not in INVERTED or self.verb.form is Form.GOING or not _may_follow(led):
            return None
        stop, who = phrases.after(words, at + 1)
        if who is None or (who.kind is Kind.NOBODY and who.head not in {"i", "we"}):
            return None
        quoted = led is None or led.quote
        if who.kind is Kind.PRONOUN and not quoted and low(words, at + 2) not in ",.“”":
            return None
        if not quoted and not words[at - 2].quote and not closes(words, stop):
            return None
        return Frame(
            first=at, verb=at, stop=stop, who=who, order=Order.AFTER, cue=words[at].text, force=self.verb.force,
            aside=led is not None and led.low != "as",
        )  # fmt: skip

    def _subject_first(self, chain: int, *, refuses: bool) -> Frame | None:
        words, at = self.words, self.at
        first, who, relative = self._subject(chain)
        if who is None:
            joins = low(words, chain - 1) in {"and", "but", "then", ",", "or"} and self.verb.form is Form.FINITE
            return self._shared(chain) if joins else None
        if self.verb.form is Form.BARE and chain == at and not _is_plural(who):
            return None
        stop = behind(words, at)
        main, aside = standing(words, first, stop)
        main = main and (refuses or self.verb.lemma not in LOOSE or _says(words, at, stop))
        return Frame(
            first=first, verb=at, stop=stop, who=who, order=Order.BEFORE, cue=self._cue(chain),
            force=Force.SAYS if refuses else self.verb.force, main=main and not relative, aside=aside and not relative,
        )  # fmt: skip

    def _subject(self, chain: int) -> tuple[int, Mention | None, bool]:
        """By the rules if they find one; else as it stands before "said", else as a parser has it."""
        first, who, relative = phrases.before(self.words, chain)
        strong = self.verb.force is Force.SAYS and self.verb.form is Form.FINITE and self.verb.lemma not in LOOSE
        if who is None and strong:
            first, who = phrases.plain_before(self.words, chain)
        if who is None and self.subject:
            first, who = self._parsed(chain, self.subject)
        return first, who, relative

    def _parsed(self, chain: int, subject: Span) -> phrases.Place:
        near = range(max(0, chain - _FARTHEST_SUBJECT), chain)
        held = [at for at in near if subject.start <= self.words[at].start and self.words[at].stop <= subject.stop]
        who = mention(self.words[held[0] : held[-1] + 1], sure=True) if held else None
        return (held[0], who) if who and who.head not in {"who", "that", "which"} else (chain, None)

    def _cue(self, chain: int) -> str:
        """The verb; with what negates it, and with the rest of "declined to comment" and "pointed out"."""
        words, first, last = self.words, self.at, self.at
        if any(word.low in {"not", "never"} or word.low.endswith("n't") for word in words[chain : self.at]):
            first = chain
        if words[self.at].low in DECLINES:
            last = min(self.at + 2, len(words) - 1)
        elif "_" in self.verb.lemma:
            last = self.at + 1
        return self.text[words[first].start : words[last].stop]


def _refuses(words: Sequence[Token], at: int, verb: Verb, helpers: Sequence[str]) -> bool:
    if words[at].low in DECLINES:
        return low(words, at + 1) == "to" and any(low(words, at + step) in REFUSALS for step in (2, 3, 4))
    negated = any(helper in {"not", "never"} or helper.endswith("n't") for helper in helpers)
    return negated and verb.form is Form.BARE and verb.lemma in REFUSALS


def _chain(words: Sequence[Token], at: int) -> int:
    """Where the helping verbs, adverbs and days before a verb begin: "has repeatedly", "on Tuesday", "went on to"."""
    first = at
    while first:
        word, before = words[first - 1], low(words, first - 2)
        if (
            word.low in AUXILIARIES
            or word.low.endswith("n't")
            or (is_adverb(word.low) and not word.capital)
            or (word.low in DAYS and word.capital and first > 1 and before != ",")
        ):
            first -= 1
        elif word.low == "to" and before == "on":
            first -= 2
        elif (
            word.low in {"on", "last", "this"} and first < at and low(words, first) in DAYS | {"week", "month", "year"}
        ):
            first -= 1
        else:
            break
    return first


def _may_follow(led: Token | None) -> bool:
    return led is None or led.quote or led.text in {",", "—", "–", "-"} or led.low in {"as", "so"}


def _says(words: Sequence[Token], at: int, stop: int) -> bool:
    """Whether a clause or quotation follows a verb, and not only what was written, kept or reported."""
    if words[stop - 1].low in CLAUSES or {low(words, stop), low(words, at + 1)} & CLAUSES:
        return True
    if low(words, at + 1) in {"as", "by", "for", "with", "from", "at"}:
        return False
    return any(word.low in AUXILIARIES for word in words[at + 1 : at + 12])


def _is_plural(who: Mention) -> bool:
    if who.kind is Kind.PRONOUN:
        return who.head in {"they", "who"}
    many = who.head in {"police", "people", "many", "some", "few", "most", "both", "men", "women", "media"}
    return many or who.head.endswith("s") or " and " in who.name
