"""What a question asks for: weighted terms, the names in it, and what may be a name that nobody listed."""

import re
from dataclasses import dataclass

from answers.factbase import FactBase
from answers.match.spelling import Speller
from answers.text.names import Gazetteer, token
from answers.text.normalise import Word, stem, words
from answers.text.reading import read

_TIME_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today tomorrow yesterday""".split()
)
_SENTENCE_END = re.compile(r"[.?!:\"“]\s*$")
_MOST_TERMS = 40


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
        suspects=tuple(_suspects(text, reading.plain, speller, meant)),
        numbers=tuple(term for term in weights if term[0].isdecimal()),
    )


def _mended(text: str, meant: dict[str, str], names: Gazetteer) -> str:
    """The text with misspelt names put right: a name has one term, so its misspelling can have none beside it."""
    for word in reversed(words(text)):
        fixed = meant.get(word.form)
        if fixed and fixed in names.vocabulary:
            text = text[: word.start] + fixed + text[word.start + len(word.surface) :]
    return text


def _suspects(text: str, plain: tuple[Word, ...], speller: Speller, meant: dict[str, str]) -> list[Word]:
    """Words outside every list, and words with a capital where the sentence does not ask for one."""
    shouted = sum(word.capital for word in plain) > 0.6 * len(plain) and len(plain) > 2
    return [
        word
        for word in plain
        if not word.number
        and word.form not in _TIME_WORDS
        and word.form not in meant
        and (_is_foreign(word, speller) or (word.capital and not shouted and not _begins(text, word)))
    ]


def _is_foreign(word: Word, speller: Speller) -> bool:
    return len(word.form) >= 3 and not speller.knows(word.form) and not speller.knows(stem(word.form))


def _begins(text: str, word: Word) -> bool:
    """Whether the word begins a sentence, where a capital means nothing."""
    before = text[: word.start]
    return not before.strip() or _SENTENCE_END.search(before) is not None


def name_terms(names: tuple[str, ...]) -> list[str]:
    return [token(name) for name in names]
