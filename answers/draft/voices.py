"""The rules that give words to speakers: first what stands beside them, then what goes on from before.

`Reader` reads an article once. Its voices keep the phrase that was found in the text, too, so that rules can be
measured where a name is left blank.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from answers.draft import quotes
from answers.draft.cues import ADDITIVE, Force
from answers.draft.frames import Frame, Order, Parser, after, frames
from answers.draft.people import People, Person, fuller
from answers.draft.speakers import Kind, Mention
from answers.draft.tokens import Token, tokens
from answers.draft.values import Attribution, Span
from answers.model import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks: the phrase that says so, if one does, and what is made of it. `plural` for "officials"."""

    who: Mention | None = None
    attribution: Attribution = Attribution()
    person: bool = False

    @property
    def heard(self) -> bool:
        return self.who is not None


SILENT = Voice()


@dataclass(slots=True, eq=False)
class Unit:
    """A sentence, or the sentences of one quotation, with the words outside of what is quoted."""

    sentences: list[int]
    span: Span
    words: list[Token]
    quotes: list[int]
    frames: list[Frame] = field(default_factory=list)
    voice: Voice = SILENT
    half: bool = False


class Reader:
    def __init__(self, text: str, sentences: Sequence[Span], parser: Parser | None = None) -> None:
        self._text, self._sentences = text, sentences
        self._quotes = [one for one in quotes.find(text) if _touches(sentences, one)]
        self._voices: list[Voice] = [SILENT] * len(self._quotes)
        self._people = People(tokens(text, one.start, one.stop) for one in sentences)
        self._earlier: list[Mention] = []
        self._said: list[Attribution] = [Attribution()] * len(sentences)
        self._last: Voice = SILENT
        self._paragraphs = list(self._grouped())
        for units in self._paragraphs:
            self._frame(units, parser)
        for units in self._paragraphs:
            for unit in units:
                for frame in unit.frames:
                    if frame.who and frame.who.kind is Kind.NAME:
                        self._people.speaks(frame.who.name)
        self._read()

    def sentences(self) -> Sequence[Attribution]:
        return self._said

    def quotes(self) -> Iterator[tuple[Span, Voice]]:
        return zip(self._quotes, self._voices, strict=True)

    def cues(self) -> Iterator[tuple[int, int]]:
        """Where the verbs of speech stand that have somebody to say them, also those that cover but a clause."""
        for units in self._paragraphs:
            for unit in units:
                for frame in unit.frames:
                    if frame.who or _lender(unit, frame):
                        yield unit.words[frame.verb].start, unit.words[frame.verb].stop

    # What belongs together.

    def _grouped(self) -> Iterator[list[Unit]]:
        at = 0
        starts = [one.start for one in self._sentences]
        for _, stop in quotes.paragraphs(self._text):
            end = bisect_left(starts, stop, lo=at)
            if end > at:
                yield list(self._units(range(at, end)))
                at = end
        if at < len(starts):
            yield list(self._units(range(at, len(starts))))

    def _units(self, numbers: range) -> Iterator[Unit]:
        held: list[int] = []
        for number in numbers:
            held.append(number)
            stop = self._sentences[number].stop
            at = bisect_left(self._quotes, stop, key=lambda one: one.stop)
            crossed = at < len(self._quotes) and self._quotes[at].start < stop < self._quotes[at].stop
            if not crossed or number == numbers[-1]:
                yield self._unit(held)
                held = []

    def _unit(self, held: list[int]) -> Unit:
        span = Span(start=self._sentences[held[0]].start, stop=self._sentences[held[-1]].stop)
        first = bisect_left(self._quotes, span.start + 1, key=lambda one: one.stop)
        inside: list[int] = []
        while first < len(self._quotes) and self._quotes[first].start < span.stop:
            inside.append(first)
            first += 1
        words = tokens(self._text, span.start, span.stop, [self._quotes[one] for one in inside])
        return Unit(held, span, words, inside)

    def _frame(self, units: list[Unit], parser: Parser | None) -> None:
        start, stop = units[0].span.start, units[-1].span.stop
        clauses = parser(self._text[start:stop]) if parser else ()
        for unit in units:
            mine = [_Moved(one, start) for one in clauses if unit.span.start <= one.verb.start + start < unit.span.stop]
            unit.frames = frames(self._text, unit.words, mine)

    # Who speaks.

    def _read(self) -> None:
        before: list[Unit] = []
        for units in self._paragraphs:
            previous: Unit | None = before[-1] if before else None
            first = previous
            for unit in units:
                self._beside(unit, units, previous)
                self._earlier += [frame.who for frame in unit.frames if frame.who and frame.who.kind is Kind.DESCRIPTION]
                previous = unit
                if unit.voice.heard:
                    self._last = unit.voice
            self._carry(units, first)
            for unit in units:
                self._settle(unit)
            before = units

    def _beside(self, unit: Unit, units: list[Unit], previous: Unit | None) -> None:
        """Voices from the frames of the unit itself."""
        cache: dict[int, Voice] = {}

        def voice(frame: Frame) -> Voice:
            key = id(frame)
            if key not in cache:
                cache[key] = self._voice(frame, unit, units, previous)
            return cache[key]

        for at, word in enumerate(unit.words):
            if word.quote:
                number = next(one for one in unit.quotes if self._quotes[one].stop > word.start)
                frame = _governing(self._text, unit, at)
                if script := _scripted(self._text, self._quotes[number]):
                    self._voices[number] = self._resolved(script, ":", Known.CUE, unit, units, previous, shared=False)
                elif frame:
                    self._voices[number] = voice(frame)
                elif (guess := self._subject(unit, at)) is not None:
                    self._voices[number] = self._inferred(guess, unit, units, previous)
        main = _main(self._text, unit)
        if main:
            unit.voice = voice(main)

    def _voice(self, frame: Frame, unit: Unit, units: list[Unit], previous: Unit | None) -> Voice:
        who = frame.who
        shared = who is None
        if who is None:
            who = _lender(unit, frame)
        if who is None and (guess := self._subject(unit, frame.verb)):
            return self._inferred(guess, unit, units, previous)
        if who is None or who.kind is Kind.NOBODY:
            return SILENT
        return self._resolved(who, frame.cue, Known.CUE, unit, units, previous, shared=shared)

    def _inferred(self, who: Mention, unit: Unit, units: list[Unit], previous: Unit | None) -> Voice:
        return self._resolved(who, "", Known.INFERRED, unit, units, previous, shared=True)

    def _resolved(
        self, who: Mention, cue: str, known: Known, unit: Unit, units: list[Unit], previous: Unit | None, *, shared: bool
    ) -> Voice:
        del shared
        if who.kind is Kind.PRONOUN:
            found, how = self._pronoun(who, units, previous)
            if found is None:
                return Voice(who=who)
            known = how if known is Known.CUE else Known.INFERRED
            return replace(found, who=who, attribution=replace(found.attribution, known=known, cue=cue))
        if who.kind is Kind.NAME:
            person = self._people.person(who.name) if not who.definite else None
            name = person.name if person else _unowned(who.name)
            role = who.role or (person.role if person else "")
            attribution = Attribution(speaker=name, role=role, known=known, cue=cue)
            return Voice(who=who, attribution=attribution, person=True)
        if who.definite and " " not in who.name:
            if person := self._people.described(who.head, who.start):
                return Voice(
                    who=who, attribution=Attribution(speaker=person.name, role=person.role, known=known, cue=cue), person=True
                )
        name = fuller(who, self._earlier) or who.name
        return Voice(who=who, attribution=Attribution(speaker=_unowned(name), known=known, cue=cue))

    def _pronoun(self, who: Mention, units: list[Unit], previous: Unit | None) -> tuple[Voice | None, Known]:
        """The only one whom a pronoun may mean, in this paragraph before it and in the sentence before."""
        if who.head in {"he", "she"}:
            start = units[0].span.start
            window = self._people.near(start, who.start)
            if units[0].span.start <= who.start and previous and previous.span.start < start:
                window += self._people.near(previous.span.start, previous.span.stop)
            unquoted = {one.name: one for one in window if not self._only_quoted(one, previous, start, who.start)}
            fit = [one for one in unquoted.values() if one.sex in {"", "f" if who.head == "she" else "m"}]
            if len(fit) == 1:
                return _of_person(fit[0]), Known.INHERITED
            last = self._last
            if last.person and last.attribution.speaker and (not fit or last.attribution.speaker in {one.name for one in fit}):
                return last, Known.INFERRED
            return None, Known.NONE
        last = self._last
        if last.attribution.speaker and not last.person and (who.head == "they") == _is_plural(last):
            return last, Known.INFERRED
        return None, Known.NONE

    def _only_quoted(self, person: Person, previous: Unit | None, start: int, stop: int) -> bool:
        """Whether somebody is only named within other people's words."""
        begin = previous.span.start if previous else start
        places = [at for at in person.places if begin <= at < stop]
        return bool(places) and all(self._is_quoted(at) for at in places)

    def _is_quoted(self, at: int) -> bool:
        index = bisect_left(self._quotes, at + 1, key=lambda one: one.stop)
        return index < len(self._quotes) and self._quotes[index].start <= at

    def _subject(self, unit: Unit, quote: int) -> Mention | None:
        """Who the sentence of a quotation is about, if it begins with a name or a pronoun before the quotation."""
        if not quote or unit.words[0].quote:
            return None
        stop, who = after(unit.words[:quote], 0)
        if who is None or stop >= quote:
            return None
        known = who.kind is Kind.NAME and (who.role or self._people.person(who.name))
        return who if known or who.head in {"he", "she"} else None

    # What goes on.

    def _carry(self, units: list[Unit], before: Unit | None) -> None:
        for at, unit in enumerate(units):
            open_quotes = [one for one in unit.quotes if not self._voices[one].heard]
            for number in open_quotes:
                if not _leads_with(unit, self._quotes[number]):
                    continue
                self._voices[number] = self._carried(units, at, number, before)
            if not unit.voice.heard and not unit.quotes and at:
                unit.voice = _goes_on(unit, units[at - 1])

    def _carried(self, units: list[Unit], at: int, number: int, before: Unit | None) -> Voice:
        if at + 1 < len(units) and (parted := _parted(units[at + 1])):
            return self._voice(parted, units[at + 1], units, units[at])
        if at:
            spoken = self._spoken(units[at - 1])
            return _as(spoken, Known.INHERITED)
        if len(units) > 1 and (nxt := units[1]).quotes and nxt.words[0].quote:
            voice = self._voices[nxt.quotes[0]]
            if voice.heard:
                return _as(voice, Known.INHERITED)
        if before is None:
            return SILENT
        if before.quotes and quotes.unclosed(self._text, self._quotes[before.quotes[-1]]):
            return _as(self._voices[before.quotes[-1]], Known.INHERITED)
        if before.words and before.words[-1].text == ":":
            return _as(self._spoken(before), Known.INHERITED)
        return _as(self._spoken(before), Known.INFERRED)

    def _spoken(self, unit: Unit) -> Voice:
        for number in reversed(unit.quotes):
            if self._voices[number].heard:
                return self._voices[number]
        return unit.voice

    def _settle(self, unit: Unit) -> None:
        """The attribution of each sentence of a unit, and who was heard last."""
        spoken = self._spoken(unit)
        for number in unit.sentences:
            span = self._sentences[number]
            self._said[number] = self._of_sentence(unit, span)
        if spoken.heard:
            self._last = spoken

    def _of_sentence(self, unit: Unit, span: Span) -> Attribution:
        if unit.voice.attribution.speaker:
            return unit.voice.attribution
        covered = 0
        best: tuple[int, Voice] = (0, SILENT)
        for one in unit.quotes:
            quote = self._quotes[one]
            overlap = min(span.stop, quote.stop) - max(span.start, quote.start)
            if overlap > 0 and self._voices[one].attribution.speaker:
                covered += overlap
                best = max(best, (overlap, self._voices[one]), key=lambda pair: pair[0])
        return best[1].attribution if covered * 2 >= span.stop - span.start else Attribution()


@dataclass(frozen=True, slots=True)
class _Moved:
    """A parser's clause at its place in the article."""

    clause: object
    by: int

    @property
    def verb(self) -> Span:
        return self.clause.verb.moved(self.by)  # type: ignore[attr-defined,no-any-return]

    @property
    def subject(self) -> Span | None:
        subject = self.clause.subject  # type: ignore[attr-defined]
        return subject.moved(self.by) if subject else None

    @property
    def main(self) -> bool:
        return self.clause.main  # type: ignore[attr-defined,no-any-return]


def _touches(sentences: Sequence[Span], quote: Span) -> bool:
    at = bisect_left(sentences, quote.start + 1, key=lambda one: one.stop)
    return at < len(sentences) and sentences[at].start < quote.stop


def _governing(text: str, unit: Unit, at: int) -> Frame | None:
    """The frame that tells who speaks the quotation which is the word `at` of a unit."""
    words, found = unit.words, unit.frames
    behind = at + 2 if at + 1 < len(words) and words[at + 1].text == "," else at + 1
    following = [one for one in found if one.order is not Order.SHARED and one.first in {at + 1, behind}]
    leading = [one for one in found if one.verb < at and one.stop == at and one.order is not Order.ACCORDING]
    ends = text[words[at].stop - 2 : words[at].stop - 1]
    if following and (ends in {",", "?", "!", "—", "-"} or not leading):
        return following[0]
    if leading:
        return leading[-1]
    over = [one for one in found if one.verb > at and (one.aside or one.order is Order.ACCORDING) and one.order is not Order.SHARED]
    under = [one for one in found if one.verb < at]
    if under and (under[-1].main or not over):
        return under[-1]
    return over[0] if over else None


_QUOTES_A_SENTENCE = 4
"""Words between marks that say something; fewer are a term."""


def _main(text: str, unit: Unit) -> Frame | None:
    """The frame that gives the whole sentence its speaker."""
    for frame in unit.frames:
        if frame.who is None or frame.force is not Force.SAYS:
            continue
        if frame.main or frame.aside:
            return frame
    for frame in unit.frames:
        if frame.who is not None and frame.main and any(
            _governing(text, unit, at) is frame and len(text[word.start : word.stop].split()) >= _QUOTES_A_SENTENCE
            for at, word in enumerate(unit.words)
            if word.quote
        ):
            return frame
    return None


def _lender(unit: Unit, frame: Frame) -> Mention | None:
    """Whose verb a verb without a subject is: that of the frame before it."""
    earlier = [one.who for one in unit.frames if one.verb < frame.verb and one.who]
    later = [one.who for one in unit.frames if one.verb > frame.verb and one.who and one.main]
    return (earlier or later or [None])[-1 if earlier else 0]


_SCRIPT = re.compile(r"\W{0,2}([A-Z][A-Z.'’ -]{2,30}):\s")


def _scripted(text: str, quote: Span) -> Mention | None:
    """Who speaks in a transcript, where a quotation begins with his name in capitals: "MAYOR ROE: We must go."."""
    found = _SCRIPT.match(text, quote.start, quote.stop)
    if found is None:
        return None
    name = " ".join(part.capitalize() for part in found.group(1).split())
    return Mention(start=found.start(1), stop=found.end(1), kind=Kind.NAME, name=name)


def _of_person(person: Person) -> Voice:
    return Voice(attribution=Attribution(speaker=person.name, role=person.role, known=Known.CUE), person=True)


def _is_plural(voice: Voice) -> bool:
    return voice.who is not None and (voice.who.head.endswith("s") or voice.who.head in {"police", "people", "they"})


def _unowned(name: str) -> str:
    for end in ("'s", "’s"):
        if name.endswith(end):
            return name.removesuffix(end)
    return name


def _as(voice: Voice, known: Known) -> Voice:
    if not voice.attribution.speaker:
        return voice
    if voice.attribution.known is Known.INFERRED:
        known = Known.INFERRED
    return replace(voice, attribution=replace(voice.attribution, known=known, cue=""))


def _leads_with(unit: Unit, quote: Span) -> bool:
    """Whether a unit is a quotation, and not a sentence with some words in marks."""
    return quote.start <= unit.words[0].start or (quote.stop - quote.start) * 2 > unit.span.stop - unit.span.start


def _parted(unit: Unit) -> Frame | None:
    """The frame of a sentence that only says who spoke the quotation before it: "Kirby said."."""
    first = unit.frames[0] if unit.frames else None
    if first is None or first.first or first.who is None or unit.quotes or first.order is Order.ACCORDING:
        return None
    behind = unit.words[first.stop - 1 :]
    return first if behind and behind[0].text in {",", "."} or len(behind) > 1 and behind[1].text == "." else None


def _goes_on(unit: Unit, before: Unit) -> Voice:
    """Whether a sentence without a speaker goes on with what the one before it reported."""
    if not before.voice.attribution.speaker or unit.frames:
        return SILENT
    low = " ".join(word.low for word in unit.words[:4])
    if any(low == word or low.startswith(f"{word} ") for word in ADDITIVE):
        return _as(before.voice, Known.INHERITED)
    if any(word.low == "also" for word in unit.words):
        return _as(before.voice, Known.INFERRED)
    return SILENT
