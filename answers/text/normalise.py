"""A text to words: folded, stemmed, with numbers in one form. It knows no names and no fact base."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import Stemmer

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., N.C.: an abbreviation is one word
    r"|\d+(?:[.,]\d+)*"  # 8,500 and 2.5
    r"|(?i:[dlns]|(?:jus)?qu)(?=['’][^\W\d_]{2})"  # French: l'Ukraine is two words, or no name would be found in it
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # Russia’s, don't
)

STOP_WORDS = frozenset(
    """a about after again all also am an and any anybody anyone anything are aren't as at be because been before
    being but by can can't could couldn't d did didn't do does doesn't doing don't done either else ever for from get
    got had hadn't has hasn't have haven't having he he'd he's her here hers him himself his how how's i i'd i'm i've
    if in into is isn't it it's its itself just know let like ll m may many me might mine more much must my myself no nor
    not now of off on once one or other our ours out over own please re s said same say says shall she she's should
    shouldn't so some somebody someone something such t tell than that that's the their theirs them themselves then
    there there's these they they're they've this those through to too under until up upon us ve very was wasn't we
    we're we've were weren't what what's when where where's which while who who's whom whose why will with won't would
    wouldn't yes yet you you're your yours""".split()
)
"""English words that say nothing of what a question is about; they are neither indexed nor looked for."""

_UNITS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_BEGIN = _UNITS.keys() | _TENS.keys()
"""The words that a number can begin with, beside digits."""
_MOST_DIGITS = 24
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text. `form` is folded (lower case, no accents, numbers in digits); `start` counts code points."""

    surface: str
    form: str
    start: int

    @property
    def capital(self) -> bool:
        return self.surface[0].isupper()

    @property
    def all_capitals(self) -> bool:
        """Whether it is written in capitals throughout, an ending of possession left out: "WHO", "WHO's"."""
        own = re.sub("['’]s$", "", self.surface)
        return len(own) > 1 and own.isupper()

    @property
    def number(self) -> bool:
        return self.form[0].isdecimal()


@lru_cache(1_024)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order. A possessive `’s` is dropped: "Russia’s" reads as Russia.

    The last texts are remembered: a question is looked at from many sides, a passage of the hour by many questions.
    """
    return tuple([Word(word := match.group(), fold(word), match.start()) for match in _WORD.finditer(text)])


def forms(text: str) -> tuple[str, ...]:
    """The folded words of a text: two texts that have the same ask the same."""
    return tuple(word.form for word in words(text))


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Lower case without accents; "8,500" is 8500, "U.S." is us, "Russia’s" is russia."""
    if word[0].isdecimal():
        return _digits(word)
    lower = word.replace("’", "'").casefold().replace(".", "")
    lower = lower.removesuffix("'s").removesuffix("'")
    plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    # "½" decomposes to digits, which would make a number of what is none.
    return plain if plain and not plain[0].isdecimal() else lower


def _digits(word: str) -> str:
    """Thousands marks dropped, a decimal mark kept: groups of exactly three digits are thousands."""
    head, *groups = re.split(r"[.,]", word)
    if all(len(group) == 3 for group in groups) and head != "0":
        return (head + "".join(groups)).lstrip("0") or "0"
    return f"{head}.{''.join(groups)}"


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 50_000)


def stem(form: str) -> str:
    """The stem of a folded word (Snowball English)."""
    return form if form[0].isdecimal() else str(_stemmer().stemWord(form))


def numbers(forms: Iterable[str]) -> list[str]:
    """The forms with number words in digits: "two thousand" is 2000, "8.5 million" 8500000; the rest as it was.

    "one" and bare scales ("thousands", "hundred") stay words: they seldom count.
    """
    forms = list(forms)
    if not _SCALES.keys().isdisjoint(forms):  # "a million" counts as "one million" does
        scaled = [after in _SCALES for after in [*forms[1:], ""]]
        forms = ["one" if form == "a" and of else form for form, of in zip(forms, scaled, strict=True)]
    if _BEGIN.isdisjoint(forms) and not any(form[:1].isdecimal() for form in forms):
        return forms  # as most texts: there is no run to be sought
    out: list[str] = []
    run: list[str] = []
    for form in [*forms, ""]:
        if _counts(form, run):
            run.append(form)
            continue
        out += _value(run)
        run = [form] if _counts(form, []) else []
        out += [] if run or not form else [form]
    return out


def _counts(form: str, run: list[str]) -> bool:
    """Whether the form goes on (or begins) the run of number words before it."""
    if form in _SCALES:
        return bool(run)
    starts = form in _UNITS or form in _TENS or (form[:1].isdecimal() and not run)
    after_tens = bool(run) and run[-1] in _TENS and form in _UNITS
    return (starts and not run) or after_tens or (bool(run) and run[-1] in _SCALES and starts)


def _value(run: list[str]) -> list[str]:
    """The number that a run of number words makes, in digits; what is longer than any count stays as it was."""
    if not run or run == ["one"] or any(len(form) > _MOST_DIGITS for form in run):
        return run
    total = Decimal(0)
    part: Decimal | None = None
    for form in run:
        if form not in _SCALES:
            part = (part or Decimal(0)) + _small(form)
        elif form == "hundred":
            part = (Decimal(1) if part is None else part) * _SCALES[form]
        else:
            total, part = total + (Decimal(1) if part is None else part) * _SCALES[form], None
    value = total + (part or 0)
    return [f"{value.normalize():f}" if value % 1 else str(int(value))]


def _small(form: str) -> Decimal:
    return Decimal(form) if form[0].isdecimal() else Decimal(_UNITS.get(form, _TENS.get(form, 0)))
