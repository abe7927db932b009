"""An article to its candidates: what is junk goes out, every sentence that is left is read by each of the rules.

The rules know nothing of each other; here they are joined, and nowhere else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from answers.articles import whole_words
from answers.draft import attribution, clean, dates, doubts, figures, places, questions, topics
from answers.draft.attribution import Attributed, Parser
from answers.draft.claimkey import Keys
from answers.draft.values import Attribution, Candidate, Drawn, FoundFigure, Junk, Quoted, Span
from answers.model import Article, Known
from answers.text.names import Gazetteer
from answers.text.normalise import forms

LONGEST_JOINED = 600
"""Characters of a quotation of several sentences that still makes one passage."""

_SURER = (Known.CUE, Known.INHERITED, Known.INFERRED, Known.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """What articles are drawn with: the names, the claims that are on record, and a parser of sentences if there is one."""

    gazetteer: Gazetteer
    keys: Keys
    parser: Parser | None = None

    def draw(self, article: Article) -> Drawn:
        """The candidates of an article and its junk, in its order. Total: any text gives some of both."""
        kept, junk = clean.report(article.text)
        said = attribution.attribute(article.text, kept, self.parser)
        passages = list(_passages(kept, said))
        again = {span for span, _ in passages if _first(article.text, span) != span.start}
        told = self._candidates(article, [one for one in passages if one[0] not in again], said.quotes)
        twice = (Junk(start=span.start, stop=span.stop, why="said before, word for word") for span in again)
        return Drawn(candidates=tuple(told), junk=(*junk, *twice))

    def _candidates(
        self, article: Article, passages: Iterable[tuple[Span, Attribution]], quoted: Sequence[Quoted]
    ) -> Iterator[Candidate]:
        """One after the other: a bare number leans on what was counted before it in its paragraph."""
        counted, end, claims = "", 0, set[str]()
        for span, who in passages:
            if "\n" in article.text[end : span.start]:
                counted = ""
            found = figures.find(span.of(article.text), counted=counted)
            counted, end = figures.counting(found, counted), span.stop
            drawn = self._candidate(article, span, who, found, quoted)
            yield replace(drawn, claim=_own(drawn.claim, claims))

    def _candidate(
        self, article: Article, span: Span, who: Attribution, found: Sequence[FoundFigure], quoted: Iterable[Quoted]
    ) -> Candidate:
        text = span.of(article.text)
        who = replace(who, speaker=self._canonical(who.speaker))
        names = tuple(dict.fromkeys((*places.names(text, self.gazetteer), *self._listed(who.speaker))))
        drawn = Candidate(
            start=span.start,
            stop=span.stop,
            passage=text,
            attribution=who,
            quotes=tuple(one for one in quoted if span.holds(one)),
            figures=tuple(one.moved(span.start) for one in found),
            dates=tuple(one.moved(span.start) for one in dates.find(text, article.published)),
            places=tuple(one.moved(span.start) for one in places.find(text, self.gazetteer)),
            names=names,
            topics=topics.topics(text),
            claim=self.keys.suggest(text, names, found),
        )
        return replace(drawn, questions=questions.likely(drawn), doubts=doubts.of(drawn, article, self.gazetteer))

    def _canonical(self, speaker: str) -> str:
        """The speaker's name as the names file has it, where the words are that name and nothing else."""
        return next(iter(self._listed(speaker)), speaker)

    def _listed(self, speaker: str) -> tuple[str, ...]:
        names = places.names(speaker, self.gazetteer) if speaker else ()
        return tuple(name for name in names if self._is(name, speaker))

    def _is(self, name: str, words: str) -> bool:
        known = self.gazetteer.named(name)
        return any(_bare(words) == _bare(form) for form in (name, *known.forms))


def _own(claim: str, claims: set[str]) -> str:
    """A claim's key that no other passage of the article has: what an article says twice, an editor joins."""
    free = next(key for number in count(1) if (key := f"{claim}-{number}" if number > 1 else claim) not in claims)
    claims.add(free)
    return free


def _bare(words: str) -> tuple[str, ...]:
    return tuple(form for form in forms(words) if form != "the")


def _first(text: str, span: Span) -> int:
    """Where a passage's words stand first: a quote is cut from there."""
    return next(whole_words(text, span.of(text)), span.start)


def _passages(kept: Sequence[Span], said: Attributed) -> Iterator[tuple[Span, Attribution]]:
    """The sentences with their speakers; those that one pair of quotation marks holds together are one passage."""
    runs = [list(run) for _, run in groupby(range(len(kept)), key=_joined(kept, said.quotes).__getitem__)]
    for run in runs:
        first, last = kept[run[0]], kept[run[-1]]
        if len(run) > 1 and last.stop - first.start <= LONGEST_JOINED:
            who = min((said.sentences[at] for at in run), key=lambda one: _SURER.index(one.known))
            yield Span(start=first.start, stop=last.stop), who
        else:
            yield from ((kept[at], said.sentences[at]) for at in run)


def _joined(kept: Sequence[Span], quotes: Iterable[Span]) -> list[int]:
    """For each sentence the number of its passage: a quotation that runs over its end takes the next one along."""
    across = sorted(((quote.start, quote.stop) for quote in quotes), reverse=True)
    numbers: list[int] = []
    for at, sentence in enumerate(kept):
        while across and across[-1][1] <= sentence.start:
            across.pop()
        open_ = at > 0 and bool(across) and across[-1][0] < kept[at - 1].stop and across[-1][1] > sentence.start
        numbers.append(numbers[-1] if open_ else at)
    return numbers
