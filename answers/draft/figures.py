"""The figures of a sentence: each number that counts something, with its hedge, its range, and what it counts.

A figure is a plain count or measure: people, money, shares, lengths of time ("for two weeks"). Points in time ("two days
ago"), ages, scores, ranks and numbers in names are none (`answers.draft.labels`); a number that stands alone is one only
where the words around it show that it counts ("killing at least 30"). It knows no article but the sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from answers.draft.counted import Counted, counted_at, is_measure, is_time, whole_phrase
from answers.draft.figure_parts import part_of
from answers.draft.hedges import Hedge, hedge_after, hedge_before
from answers.draft.labels import is_label, is_lone
from answers.draft.numerals import Numeral, numeral_at
from answers.draft.ranges import ranged
from answers.draft.tokens import Token, form, tokens, touching
from answers.draft.values import FoundFigure

_MAYBE = re.compile(
    r"\d|(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|zero|quarter|third|dozens?|tens|scores"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|hundreds?|thousands?|(?:m|b|tr)illions?|crore|lakh)\b)"
)

LONGEST = 10_000
"""Characters that are read: no sentence is longer, and what is may be meant to hold a reader up."""


def find(text: str, *, counted: str = "") -> tuple[FoundFigure, ...]:
    """The figures of one sentence in its order, none overlapping; offsets count code points of it.

    `counted` is what the figures of the sentence before count: "an additional 140" after "60 troops" counts troops.
    Total: any text gives figures or none.
    """
    if not _MAYBE.search(text):
        return ()
    found: list[FoundFigure] = []
    words = tokens(text[:LONGEST])
    at = free = 0
    while at < len(words):
        numeral = numeral_at(words, at)
        if numeral and (read := _read(text, words, ranged(words, numeral), free, counted)):
            figure, at = read
            found.append(figure)
            counted, free = counting([figure], counted), at
        else:
            at = numeral.stop if numeral else at + 1
    return tuple(found)


def counting(figures: Sequence[FoundFigure], before: str = "") -> str:
    """What a number counts that stands without a noun behind these figures; `before` is what it would have counted.

    Measures and money are passed over; a number that does not say what it counts leaves nothing to lean on.
    """
    counts = [figure for figure in figures if _is_count(figure) or not figure.unit]
    return counts[-1].unit if counts else before


def _is_count(figure: FoundFigure) -> bool:
    return bool(figure.counts) and figure.unit[:1].isalpha() and not is_measure(figure.unit)


def _read(
    text: str, words: Sequence[Token], numeral: Numeral, free: int, carried: str
) -> tuple[FoundFigure, int] | None:
    """The figure that a number makes, and the token behind it; None for a number that counts nothing."""
    noun = None if numeral.sign else counted_at(words, numeral.stop, single=numeral.high <= 1)
    numeral, noun = _metres(words, numeral, noun)
    if is_label(words, numeral, noun):
        return None
    hedge = hedge_before(words, numeral.first, free)
    if noun and is_time(noun.unit) and hedge.words in {"over", "under", "around"}:
        hedge = Hedge(numeral.first, numeral.first, "")  # "over two days" is during them
    if noun is None and not numeral.sign and not is_lone(words, numeral, hedge, hedge_after(words, numeral.stop)):
        return None
    return _figure(text, words, numeral, noun, hedge, free, carried)


def _figure(
    text: str, words: Sequence[Token], numeral: Numeral, noun: Counted | None, hedge: Hedge, free: int, carried: str
) -> tuple[FoundFigure, int]:
    phrase = noun or _shared(words, numeral)
    after = hedge_after(words, phrase.stop if phrase else numeral.stop)
    first, stop = hedge.first, max(after.stop, phrase.stop if phrase else 0)
    unit = numeral.sign or (noun.unit if noun else "")
    if not unit:
        stop += form(words, stop) in {"more", "others", "additional"} and form(words, stop + 1) != "than"
        first, stop = _there(words, first, stop, free)
        unit = carried if _leans(words, first, stop) else ""
    below = -1 if unit in {"degrees", "%"} and first == numeral.first and _is_below_zero(words, numeral) else 1
    first -= below < 0
    start, end = words[first].start, words[stop - 1].stop
    figure = FoundFigure(
        start=start,
        stop=end,
        text=text[start:end],
        low=below * numeral.low,
        high=below * numeral.high,
        vague=numeral.vague,
        hedge=" ".join(filter(None, (hedge.words, after.words))),
        unit=unit,
        counts=whole_phrase(text, words, phrase, stop, unit),
        part=part_of(words, first, stop),
    )
    return figure, stop


def _is_below_zero(words: Sequence[Token], numeral: Numeral) -> bool:
    """As in "-20C" and "minus 20 degrees"; a range of them would turn round, so it is left as it stands."""
    at = numeral.first
    sign = form(words, at - 1) in {"-", "−"} and touching(words, at) and not touching(words, at - 1)
    return numeral.low == numeral.high and (sign or form(words, at - 1) == "minus")


def _metres(words: Sequence[Token], numeral: Numeral, noun: Counted | None) -> tuple[Numeral, Counted | None]:
    """As in "20m barrels" are millions, "20m deep" are metres: a lone m is a scale only before money and plural nouns."""
    if words[numeral.stop - 1].form != "m" or numeral.sign or noun:
        return numeral, noun
    plain = replace(numeral, low=numeral.low / 1e6, high=numeral.high / 1e6, stop=numeral.stop - 1, scale=1)
    return plain, Counted(numeral.stop - 1, numeral.stop, "metres")


def _shared(words: Sequence[Token], numeral: Numeral) -> Counted | None:
    """What a fraction is of: "two-thirds of voters"."""
    if numeral.sign != "%":
        return None
    behind = form(words, numeral.stop)
    at = numeral.stop + (behind in {"the", "its", "their", "his", "her", "our", "all", "those", "these"})
    return counted_at(words, at, single=behind == "of" or at > numeral.stop)


def _there(words: Sequence[Token], first: int, stop: int, free: int) -> tuple[int, int]:
    """As in "the 200 already on the ground": a number without a noun takes the words that say which."""
    if form(words, stop) != "already":
        return first, stop
    first -= first > free and form(words, first - 1) == "the"
    stop += 1
    at = stop
    while at < len(words) and words[at].word and at < stop + 4:
        at += 1
    return first, at if at - stop < 4 else stop


def _leans(words: Sequence[Token], first: int, stop: int) -> bool:
    """Whether a number without a noun counts what the figure before it counts: "another 20", "the 200 already there"."""
    inside = {form(words, at) for at in range(first, stop + 1)}
    more = "more" in inside and not {"or", "than"} & inside
    return more or not inside.isdisjoint({"another", "additional", "further", "extra", "already", "others"})
