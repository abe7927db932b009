"""Which article is a copy of which: a wire's report in another paper, a later version, the same page brought in twice.

Two texts are compared by their runs of five words. What share of the shorter text's runs stands in the other does not
depend on what an outlet has put before or behind; a translation shares none. It knows no files and no facts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from answers.model import Article

RUN = 5
"""Words: shorter runs ("on Wednesday, the president said") stand in any two reports of a day."""

COPY = 0.5
"""The share from which a text is a copy: half of it, word for word. Reports that quote one speech share a tenth."""

FEWEST = 20
"""Runs that two texts must share: less is a quotation or a notice of rights, however short the text."""

_SPARSE = 8
"""Only runs that begin with one in eight words of the language are looked up; which words, their hashes tell."""

_TRIED = 8
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
"""A word, or a character of a script that sets no blanks between words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that has the same words: its id, and the share in (0, 1] of the shorter text that both have.

    `original` is the oldest of all that have them, which the new text is a copy of; empty when the new one is the oldest.
    """

    nearest: str
    share: float
    original: str


class Known:
    """The articles that are there, to be asked for one that has the same words."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles: dict[str, Article] = {}
        self._by_run: dict[int, list[str]] = defaultdict(list)
        self._by_text: dict[str, str] = {}
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        self._articles[article.id] = article
        self._by_text.setdefault(_same(article.text), article.id)
        for run in {*_sparse(article.text)}:
            self._by_run[run].append(article.id)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._articles

    def same(self, text: str) -> str:
        """The id of the article of exactly this text, but for blanks at its ends; empty if there is none."""
        return self._by_text.get(_same(text), "")

    def copy_of(self, text: str, published: date | None) -> Copy | None:
        """The article that shares most with this text, if they are copies; `published` is the day of this text, if known."""
        words = _words(text)
        found = [one for id_ in self._likely(text) if (one := (self._share(words, id_), id_))[0] >= COPY]
        if not found:
            return None
        share, nearest = max(found)
        return Copy(nearest=nearest, share=share, original=self._oldest([id_ for _, id_ in found], published))

    def _likely(self, text: str) -> Iterator[str]:
        """The articles that share most of the runs that are looked up."""
        counted = Counter(id_ for run in {*_sparse(text)} for id_ in self._by_run.get(run, ()))
        # The very text is tried whatever its words are: a short one may have none that is looked up.
        return filter(None, {self.same(text): 0, **dict(counted.most_common(_TRIED))})

    def _share(self, words: list[str], id_: str) -> float:
        ours, theirs = _runs(words), _runs(_words(self._articles[id_].text))
        shared = len(ours & theirs)
        return shared / min(len(ours), len(theirs)) if shared >= FEWEST else 0.0

    def _oldest(self, ids: list[str], published: date | None) -> str:
        """The first of them, or what that one is known to be a copy of; empty if the new text is older than all."""
        first = min(ids, key=lambda id_: (self._articles[id_].published or date.max, id_))
        day = self._articles[first].published
        if published and day and published < day:
            return ""
        root = self._articles[first].same_as
        return root if root in self._articles else first


def _same(text: str) -> str:
    return text.strip()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {*zip(*(words[at:] for at in range(RUN)), strict=False)}


class _Chosen(dict[str, bool]):
    """Whether runs that begin with a word are looked up: the same for every text, and worked out once a word."""

    def __missing__(self, word: str) -> bool:
        chosen = self[word] = crc32(word.encode("utf-8", "surrogatepass")) % _SPARSE == 0
        return chosen


_chosen = _Chosen()


def _sparse(text: str) -> Iterator[int]:
    """The runs that are looked up. Words are told by blanks alone here, which is quick; where there are none, by letters."""
    words = text.casefold().split()
    if len(words) < len(text) // 15:
        words = _words(text)
    begin = _chosen
    starts = [at for at, word in enumerate(words[: 1 - RUN]) if begin[word]]
    return (hash(tuple(words[at : at + RUN])) for at in starts)
