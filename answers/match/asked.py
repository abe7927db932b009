"""What a question asks for: weighted terms, the names in it, and what may be a name that nobody listed."""

import re
from dataclasses import dataclass
from itertools import pairwise

from answers.factbase import FactBase
from answers.match.spelling import Speller, dictionary
from answers.text.names import Gazetteer
from answers.text.normalise import Word, numbers, stem, words
from answers.text.reading import Reading, read

_TIME_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today tomorrow yesterday""".split()
)
_SENTENCE_END = re.compile(r"[.?!:\"“]\s*$")
_MOST_TERMS = 40
LARGE = 13
"""Numbers from here on are taken to be what a question turns on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question read against one base. `terms` map an index term to its weight; `repaired` maps a term that the
    base lacks to the one it was probably meant as. `names` are canonical; `suspects` are words that look like
    names which no list holds; `numbers` are in digits.
    """

    terms: dict[str, float]
    repaired: dict[str, str]
    names: tuple[str, ...]
    suspects: tuple[Word, ...]
    numbers: tuple[str, ...]

    @property
    def weight(self) -> float:
        return sum(self.terms.values())


def analyse(text: str, base: FactBase, speller: Speller) -> Asked:
    """The reading of a question of at most 300 characters. Any text is read."""
    meant = {word.form: fixed for word in words(text) if (fixed := speller.meant(word.form))}
    names = base.gazetteer
    reading = read(_mended(text, meant, names), names)
    terms = dict.fromkeys(reading.terms[:_MOST_TERMS])
    repaired = {stem(form): stem(fixed) for form, fixed in meant.items()}
    weights = {term: base.weight(repaired.get(term, term)) for term in terms}
    return Asked(
        terms=weights,
        repaired={term: fixed for term, fixed in repaired.items() if term in weights},
        names=reading.names,
        suspects=tuple(_suspects(text, reading, speller, meant)),
        numbers=tuple(_numbers(reading)),
    )


def _mended(text: str, meant: dict[str, str], names: Gazetteer) -> str:
    """The text with misspelt names put right: a name has one term, so its misspelling can have none beside it."""
    for word in reversed(words(text)):
        fixed = meant.get(word.form)
        if fixed and fixed in names.vocabulary:
            text = text[: word.start] + fixed + text[word.start + len(word.surface) :]
    return text


def _suspects(text: str, reading: Reading, speller: Speller, meant: dict[str, str]) -> list[Word]:
    """Words outside every list, and the last word of what is written like a name: "Mike Pence" is known as Pence.

    A lone capital makes no name of an ordinary word: "Governor" and "Democratic" are written with one, too.
    """
    plain = [word for word in reading.plain if not word.number and word.form not in _TIME_WORDS | meant.keys()]
    foreign = [word for word in plain if _is_foreign(word, speller)]
    if len(plain) > 2 and sum(word.capital for word in plain) > 0.6 * len(plain):
        return foreign  # written in capitals throughout: they tell nothing
    names = [run[-1] for run in _runs(text, plain) if len(run) > 1 or _is_odd(text, run[0])]
    return list(dict.fromkeys([*foreign, *names]))


def _runs(text: str, plain: list[Word]) -> list[list[Word]]:
    """Words with a capital that follow one another, with nothing but a blank between them."""
    runs: list[list[Word]] = []
    for word in plain:
        if not word.capital:
            continue
        last = runs[-1][-1] if runs else None
        if last and text[last.start + len(last.surface) : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _is_odd(text: str, word: Word) -> bool:
    """A capital within a sentence on a word that is not ordinary."""
    return word.form not in dictionary() and not _begins(text, word)


def _is_foreign(word: Word, speller: Speller) -> bool:
    return len(word.form) >= 3 and not speller.knows(word.form) and not speller.knows(stem(word.form))


def _begins(text: str, word: Word) -> bool:
    """Whether the word begins a sentence, where a capital means nothing."""
    before = text[: word.start]
    return not before.strip() or _SENTENCE_END.search(before) is not None


def _numbers(reading: Reading) -> list[str]:
    """The numbers that a question turns on: large ones, and those that belong to a name, as in "Article 5".

    Small ones seldom are what is asked for ("which two countries"), nor are days of a month.
    """
    forms = [word.form for word in reading.words]
    named = {
        now.form
        for before, now in pairwise(reading.words)
        if now.number and before.capital and before.form not in _TIME_WORDS
    }
    days = {
        form for at, form in enumerate(forms) if form[0].isdecimal() and {*forms[max(0, at - 1) : at + 2]} & _TIME_WORDS
    }
    counted = (form for form in numbers(forms) if form[0].isdecimal())
    return [form for form in counted if form in named or (float(form) >= LARGE and form not in days)]
