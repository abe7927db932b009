"""The rules that give words to speakers: first what stands beside them, then what goes on from before.

`Reader` reads an article once. Its voices keep the phrase that was found in the text, too, so that the rules can be
measured where a name is left blank.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from answers.draft import phrases, quotes
from answers.draft.cues import ADDITIVE, Force
from answers.draft.frames import Frame, Order
from answers.draft.meant import SILENT, Meant, Voice
from answers.draft.parser import Parser
from answers.draft.people import People
from answers.draft.speakers import Kind, Mention, mention
from answers.draft.speech_nouns import is_person_noun
from answers.draft.speech_tokens import tokens
from answers.draft.standing import closes
from answers.draft.units import Unit, paragraphs
from answers.draft.values import Attribution, Span
from answers.model import Known

_SCRIPT = re.compile(r"\W{0,2}([A-Z][A-Z.'’ -]{2,30}):\s")
_SAYS_A_SENTENCE = 4
"""Words between marks that say something; fewer are a term."""
_FARTHEST_FRAME = 400
"""Words between a quotation and the verb that it hangs from."""
_FARTHEST_LENDER = 50
_FARTHEST_SUBJECT = 4
"""Verbs between a quotation and the one whose subject may have said it."""


class Reader:
    def __init__(self, text: str, sentences: Sequence[Span], parser: Parser | None = None) -> None:
        self._text, self._sentences = text, sentences
        self._quotes = [one for one in quotes.find(text) if _touches(sentences, one)]
        self._voices: list[Voice] = [SILENT] * len(self._quotes)
        self._said = [Attribution()] * len(sentences)
        people = People(tokens(text, one.start, one.stop) for one in sentences)
        self._paragraphs = list(paragraphs(text, sentences, self._quotes, parser))
        for frame in self._frames():
            if frame.who and frame.who.kind is Kind.NAME:
                people.speaks(frame.who.name)
        self._people, self._meant = people, Meant(people, self._is_quoted)
        self._read()

    @property
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

    def _frames(self) -> Iterator[Frame]:
        return (frame for units in self._paragraphs for unit in units for frame in unit.frames)

    def _is_quoted(self, at: int) -> bool:
        index = bisect_left(self._quotes, at + 1, key=lambda one: one.stop)
        return index < len(self._quotes) and self._quotes[index].start <= at

    def _read(self) -> None:
        before: Unit | None = None
        spoken = SILENT
        for units in self._paragraphs:
            voices: list[Voice] = []
            previous = before
            for unit in units:
                voices.append(self._beside(unit, (previous or unit).span.start))
                previous = unit
            self._carry(units, voices, before, spoken)
            for unit, voice in zip(units, voices, strict=True):
                self._settle(unit, voice)
            before, spoken = units[-1], self._spoken(units[-1], voices[-1])

    # What stands beside the words.

    def _beside(self, unit: Unit, since: int) -> Voice:
        """The voice that says the whole unit, by its own frames; sets those of its quotations."""
        voice = SILENT
        heard: dict[int, Voice] = {}
        for number, at in zip(unit.quotes, unit.quoted, strict=True):
            self._voices[number] = self._of_quote(unit, number, at, since, heard)
        if main := _main(self._text, unit):
            voice = self._of_frame(unit, main, since, heard)
        for frame in unit.frames:
            if frame.who:
                self._meant.note(frame.who)
        spoken = self._spoken(unit, voice)
        if spoken.named:
            self._meant.last = spoken
        return voice

    def _of_quote(self, unit: Unit, number: int, at: int, since: int, heard: dict[int, Voice]) -> Voice:
        if script := self._scripted(self._quotes[number]):
            known = self._people.person(script.name)
            return self._meant.voice(script, cue=":", known=Known.CUE, since=since) if known else Voice(who=script)
        if frame := _governing(self._text, unit, at):
            return self._of_frame(unit, frame, since, heard)
        return self._guessed(unit, at, since)

    def _of_frame(self, unit: Unit, frame: Frame, since: int, heard: dict[int, Voice]) -> Voice:
        if frame.verb not in heard:
            who = frame.who or _lender(unit, frame)
            if who:
                heard[frame.verb] = self._meant.voice(who, cue=frame.cue, known=Known.CUE, since=since)
            else:
                heard[frame.verb] = self._guessed(unit, frame.verb, since, wide=True)
        return heard[frame.verb]

    def _guessed(self, unit: Unit, stop: int, since: int, *, wide: bool = False) -> Voice:
        """The person with whom a sentence begins may well have said what it quotes; nothing says so.

        `wide`: a verb of speech without a subject makes it likelier, so that "the retired general" is taken, too.
        """
        who = _beginning(unit, stop)
        if who is None or not self._is_somebody(who, wide=wide):
            who = next((one for one in _parsed(unit, stop) if self._is_somebody(one, wide=wide)), None)
        return self._meant.voice(who, cue="", known=Known.INFERRED, since=since) if who else SILENT

    def _is_somebody(self, who: Mention, *, wide: bool) -> bool:
        if who.kind is Kind.NAME:
            return bool(who.role) or self._people.person(who.name) is not None
        return who.head in {"he", "she"} or (wide and who.kind is Kind.DESCRIPTION and is_person_noun(who.head))

    def _scripted(self, quote: Span) -> Mention | None:
        """Who speaks in a transcript, where a quotation begins with his name in capitals: "MAYOR ROE: We must go."."""
        found = _SCRIPT.match(self._text, quote.start, quote.stop)
        if found is None:
            return None
        name = found.group(1).split()[-1].capitalize()
        return Mention(start=found.start(1), stop=found.end(1), kind=Kind.NAME, name=name)

    # What goes on.

    def _carry(self, units: Sequence[Unit], voices: list[Voice], before: Unit | None, spoken: Voice) -> None:
        for at, unit in enumerate(units):
            for number in unit.quotes:
                if not self._voices[number].heard and unit.led_by(self._quotes[number]):
                    self._voices[number] = self._carried(units, voices, at, before, spoken)
            if not unit.quotes and at and not voices[at].heard:
                voices[at] = _goes_on(unit, voices[at - 1])

    def _carried(
        self, units: Sequence[Unit], voices: list[Voice], at: int, before: Unit | None, spoken: Voice
    ) -> Voice:
        """Whose voice goes on in a quotation that nothing stands beside: of its paragraph, or of the one before."""
        following = units[at + 1] if at + 1 < len(units) else None
        if following and (parted := _parted(following)):
            return self._of_frame(following, parted, units[at].span.start, {})
        if at:
            return self._spoken(units[at - 1], voices[at - 1]).carried(Known.INHERITED)
        if following and following.quotes and following.words[0].quote:
            return self._voices[following.quotes[0]].carried(Known.INHERITED)
        if before is None:
            return SILENT
        open_end = bool(before.quotes) and quotes.is_open(self._text, self._quotes[before.quotes[-1]])
        return spoken.carried(Known.INHERITED if open_end or before.words[-1].text == ":" else Known.INFERRED)

    def _spoken(self, unit: Unit, voice: Voice) -> Voice:
        """Whose words a unit ends with."""
        heard = (self._voices[number] for number in reversed(unit.quotes) if self._voices[number].heard)
        return next(heard, voice)

    def _settle(self, unit: Unit, voice: Voice) -> None:
        for number in unit.sentences:
            self._said[number] = voice.attribution if voice.named else self._by_quotes(unit, self._sentences[number])

    def _by_quotes(self, unit: Unit, sentence: Span) -> Attribution:
        """A sentence that is mostly quoted is said by who is quoted."""
        first = bisect_left(self._quotes, sentence.start + 1, key=lambda one: one.stop)
        covered, most, said = 0, 0, Attribution()
        for number in range(first, unit.quotes[-1] + 1 if unit.quotes else 0):
            quote = self._quotes[number]
            if quote.start >= sentence.stop:
                break
            overlap = min(sentence.stop, quote.stop) - max(sentence.start, quote.start)
            if self._voices[number].named:
                covered += overlap
                most, said = max((most, said), (overlap, self._voices[number].attribution), key=lambda pair: pair[0])
        return said if covered * 2 >= sentence.stop - sentence.start else Attribution()


def _touches(sentences: Sequence[Span], quote: Span) -> bool:
    at = bisect_left(sentences, quote.start + 1, key=lambda one: one.stop)
    return at < len(sentences) and sentences[at].start < quote.stop


def _beginning(unit: Unit, stop: int) -> Mention | None:
    """The phrase with which a unit begins, if it ends before a word."""
    if not stop or unit.words[0].quote:
        return None
    end, who = phrases.after(unit.words[:_FARTHEST_FRAME], 0)
    return who if end < stop else None


def _parsed(unit: Unit, stop: int) -> Iterator[Mention]:
    """The subjects that a parser found before a word, the nearest first."""
    last = bisect_left(unit.subjects, unit.words[stop].start, key=lambda one: one[0])
    for _, subject in reversed(unit.subjects[max(0, last - _FARTHEST_SUBJECT) : last]):
        held = [word for word in unit.words[max(0, stop - 100) : stop] if subject.start <= word.start < subject.stop]
        if who := mention(held, sure=True):
            yield who


def _governing(text: str, unit: Unit, at: int) -> Frame | None:
    """The frame that tells who speaks the quotation which is the word `at` of a unit: beside it, else over it."""
    words = unit.words
    behind = at + 2 if at + 1 < len(words) and words[at + 1].text == "," else at + 1
    near = _near(unit, at)
    following = [one for one in near if one.order is not Order.SHARED and one.first in {at + 1, behind}]
    leading = [one for one in near if one.verb < at and one.stop == at and one.order is not Order.ACCORDING]
    if following and (not leading or text[words[at].stop - 2] in ",?!—-"):
        return following[0]
    if leading:
        return leading[-1]
    over = [one for one in near if one.verb > at and one.who and (one.aside or one.order is Order.ACCORDING)]
    under = [one for one in near if one.verb < at]
    if under and (under[-1].main or not over):
        return under[-1]
    return over[0] if over else None


def _near(unit: Unit, at: int) -> Sequence[Frame]:
    """The frames around a word; all of them in any sentence that people write."""
    first = bisect_left(unit.frames, at - _FARTHEST_FRAME, key=lambda one: one.verb)
    last = bisect_left(unit.frames, at + _FARTHEST_FRAME, key=lambda one: one.verb)
    return unit.frames[max(first, last - 100) : last] if last - first > 100 else unit.frames[first:last]


def _main(text: str, unit: Unit) -> Frame | None:
    """The frame that gives the whole unit its speaker, if one does."""
    ruling = (one for one in unit.frames if one.who and one.force is Force.SAYS and (one.main or one.aside))
    if first := next(ruling, None):
        return first
    heads = {frame.verb for frame in unit.frames if frame.who and frame.main}
    for at in unit.quoted if heads else ():
        long = len(text[unit.words[at].start : unit.words[at].stop].split()) >= _SAYS_A_SENTENCE
        if long and (frame := _governing(text, unit, at)) and frame.verb in heads:
            return frame
    return None


def _lender(unit: Unit, frame: Frame) -> Mention | None:
    """Whose verb a verb without a subject is: that of the frame before it, else of the one that heads its sentence."""
    at = bisect_left(unit.frames, frame.verb, key=lambda one: one.verb)
    for one in reversed(unit.frames[max(0, at - _FARTHEST_LENDER) : at]):
        if one.who:
            return one.who
    return next((one.who for one in unit.frames[at + 1 : at + _FARTHEST_LENDER] if one.who and one.main), None)


def _parted(unit: Unit) -> Frame | None:
    """The frame of a sentence that only says who spoke the quotation before it: "Kirby said."."""
    first = unit.frames[0] if unit.frames else None
    if first is None or first.first or first.who is None or unit.quotes or first.order is Order.ACCORDING:
        return None
    return first if closes(unit.words, first.stop) else None


def _goes_on(unit: Unit, before: Voice) -> Voice:
    """The voice of a sentence that adds to what the one before it reported, and names nobody itself."""
    if not before.named or unit.frames:
        return SILENT
    lead = " ".join(word.low for word in unit.words[:5])
    if any(lead == word or lead.startswith((f"{word} ", f"{word},")) for word in ADDITIVE):
        return before.carried(Known.INHERITED)
    if any(word.low == "also" for word in unit.words[:_FARTHEST_FRAME]):
        return before.carried(Known.INFERRED)
    return SILENT
