"""How well the articles of the data folder are drawn, against what editors made of them: `python -m tests.bench.drawing [DATA]`.

Sentences, speakers, dates and figures are right when they are the editors' own, whole. Time is processor time a drawing, without and
(where the extra is installed) with a parser.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from answers.draft.claimkey import Keys
from answers.draft.drawing import Drawer
from answers.draft.values import Candidate
from answers.folder import read
from answers.model import Article, Fact
from answers.text.names import Gazetteer, world
from bot.drafting import installed_parser

_TIMES = 10


def main() -> None:
    held = read(Path(sys.argv[1] if len(sys.argv) > 1 else "data"))
    gazetteer = Gazetteer([*held.names, *world()])
    facts = [fact for _, of in held.articles for fact in of]
    table = Table("", "of", "right", "wrong or extra")
    for name, of, right, wrong in _rows(held.articles, Drawer(gazetteer=gazetteer, keys=Keys(facts, gazetteer))):
        table.add_row(name, str(of), str(right), str(wrong))
    Console().print(table)
    for what, parser in (("rules alone", None), ("with a parser", installed_parser())):
        if parser or what == "rules alone":
            drawer = Drawer(gazetteer=gazetteer, keys=Keys(facts, gazetteer), parser=parser)
            Console().print(f"{what}: {_milliseconds(drawer, [one for one, _ in held.articles]):.0f} ms an article")


def _rows(
    articles: tuple[tuple[Article, tuple[Fact, ...]], ...], drawer: Drawer
) -> Iterator[tuple[str, int, int, int]]:
    pairs, extra = _pairs(articles, drawer)
    yield "sentences, whole and at their place", len(pairs), sum(one is not None for _, one in pairs), extra
    met = [(fact, one) for fact, one in pairs if one]
    named = [(fact, one) for fact, one in met if fact.speaker or one.attribution.speaker]
    yield ("speakers, with role and how known", len([1 for fact, _ in met if fact.speaker]), *_told(named, _speaker))
    yield ("dates", sum(len(fact.dates) for fact, _ in met), *_counted(met, _dates))
    yield ("figures: value, hedge, unit, part", sum(len(fact.figures) for fact, _ in met), *_counted(met, _figures))


def _pairs(
    articles: tuple[tuple[Article, tuple[Fact, ...]], ...], drawer: Drawer
) -> tuple[list[tuple[Fact, Candidate | None]], int]:
    pairs: list[tuple[Fact, Candidate | None]] = []
    extra = 0
    for article, facts in articles:
        found = {(one.start, one.stop): one for one in drawer.draw(article).candidates}
        pairs += [(fact, found.pop((fact.quote.start, fact.quote.stop), None)) for fact in facts]
        extra += len(found)
    return pairs, extra


def _speaker(fact: Fact, one: Candidate) -> bool:
    said = one.attribution
    return (said.speaker, said.role, said.known) == (fact.speaker, fact.role, fact.known)


def _told(pairs: list[tuple[Fact, Candidate]], right) -> tuple[int, int]:
    good = sum(right(fact, one) for fact, one in pairs)
    return good, len(pairs) - good


def _dates(fact: Fact | Candidate) -> set[tuple[object, ...]]:
    return {(known.iso, known.granularity, known.first, known.last) for known in fact.dates}


def _figures(fact: Fact | Candidate) -> set[tuple[object, ...]]:
    return {(one.low, one.high, one.hedge, one.unit, one.part) for one in fact.figures}


def _counted(pairs: list[tuple[Fact, Candidate]], of) -> tuple[int, int]:
    right = sum(len(of(fact) & of(one)) for fact, one in pairs)
    return right, sum(len(of(one) - of(fact)) for fact, one in pairs)


def _milliseconds(drawer: Drawer, articles: list[Article]) -> float:
    drawer.draw(articles[0])
    began = time.process_time()
    for _ in range(_TIMES):
        for article in articles:
            drawer.draw(article)
    return 1000 * (time.process_time() - began) / (_TIMES * len(articles))


if __name__ == "__main__":
    main()
