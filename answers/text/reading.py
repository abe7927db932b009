"""A text as the fact base and the matcher read it: index terms, names, numbers. One reading for both sides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from answers.text.names import Gazetteer, Mention, token
from answers.text.normalise import STOP_WORDS, Word, numbers, stem, words


@dataclass(frozen=True, kw_only=True)  # without slots, for what is made once and only when asked for
class Reading:
    """`terms` are stems, numbers and name tokens in order, stop words left out; `names` are canonical."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Made when asked for: who reads a passage for the parts that its names play wants none."""
        return tuple(_terms(self.words, self.mentions))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.name.canonical for mention in self.mentions))

    @property
    def unnamed(self) -> tuple[Word, ...]:
        """The words that are no part of a name."""
        named = {at for mention in self.mentions for at in range(mention.first, mention.stop)}
        return tuple(word for at, word in enumerate(self.words) if at not in named)

    @property
    def plain(self) -> tuple[Word, ...]:
        """The words that are neither stop words nor part of a name."""
        return tuple(word for word in self.unnamed if word.form not in STOP_WORDS)


def read(text: str, gazetteer: Gazetteer) -> Reading:
    """The reading of a text. A name counts as one term under whatever form it is written."""
    found = words(text)
    return Reading(words=found, mentions=tuple(gazetteer.find(found)))


def _terms(found: Sequence[Word], mentions: Sequence[Mention]) -> list[str]:
    terms: list[str] = []
    at = 0
    for mention in mentions:
        terms += stems(word.form for word in found[at : mention.first])
        terms.append(token(mention.name.canonical))
        at = mention.stop
    return terms + stems(word.form for word in found[at:])


def stems(forms: Iterable[str]) -> list[str]:
    """Stems of folded words, number words in digits, stop words left out."""
    return [stem(form) for form in numbers(forms) if form not in STOP_WORDS]
