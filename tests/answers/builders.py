"""Builders of values and data folders: what a test does not name is ordinary."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from answers.desk import Shelf, Snapshot
from answers.encode import Encoder
from answers.factbase import Entry
from answers.match.features import NAMES
from answers.model import Article, Fact, Known, Match, Quote, Status

REPOSITORY = Path(__file__).parents[2]
DATA = REPOSITORY / "data"
TEMPLATES = REPOSITORY / "templates"
DAY = date(2022, 2, 2)
TODAY = date(2022, 2, 10)

NASTY = (
    "a\nb\r\nc\td",
    """"quoted" 'single' “curly” `tick`""",
    "<b>bold</b> & <script>alert(1)</script> </blockquote>",
    "&amp; &lt;b&gt; &#39; &copy &notit; %(day)s %s %",
    "{{ view }} {% raw %} {# gone #} {%- endfor -%}",
    "\U0001f1fa\U0001f1e6 \U00010348 e\u0301 a\u0308\u0323 \u200d",
    "-->]]>\\ \\n \x00 \x7f",
)


def any_text(*, min_size: int = 1, max_size: int = 60) -> st.SearchStrategy[str]:
    """Text of any characters but lone surrogates, which no UTF-8 file can hold."""
    letters = st.characters(exclude_categories=["Cs"])
    return st.sampled_from(NASTY) | st.text(letters, min_size=min_size, max_size=max_size)


def an_article(text: str, id_: str = "2022-02-02-cnn-troops", **given: object) -> Article:
    return Article(**{"id": id_, "outlet": "CNN", "published": DAY, "text": text, **given})


def a_fact(words: str = "Troops go to Poland.", id_: str = "a-fact", *, of: Article | None = None, **given) -> Fact:
    """A fact of an article, or of one of its own that holds only its words."""
    article = of or an_article(words, f"article-of-{id_}")
    start = article.text.index(words)
    return Fact(id=id_, quote=Quote(article=article, start=start, stop=start + len(words)), **given)


def a_withdrawn(words: str = "Troops go to Poland.", id_: str = "a-fact", **given) -> Fact:
    return a_fact(words, id_, **{"status": Status.RETRACTED, "withdrawn_on": TODAY, "note": "It was wrong.", **given})


def a_match(
    fact: Fact | None = None,
    score: float = 0.5,
    vetoes: tuple[str, ...] = (),
    *,
    probability: float | None = None,
    **features: float,
) -> Match:
    """A match as likely as it scores, unless a probability is given."""
    return Match(
        fact=fact or a_fact(),
        score=score,
        probability=score if probability is None else probability,
        features={**dict.fromkeys(NAMES, 0.0), **features},
        vetoes=vetoes,
    )


def an_entry(**given: object) -> Entry:
    empty = {
        "passage": (),
        "around": frozenset(),
        "title": frozenset(),
        "named": frozenset(),
        "names": frozenset(),
    }
    told = {"number": 1, "id": "a-fact", "outlet": "CNN", "published": DAY, "status": Status.PUBLISHED}
    known = tuple(map(frozenset, given.pop("questions", ())))
    return Entry(**{**empty, **told, "listed": False, "rank": 1.0, "questions": known, **given})


def write_data(
    root: Path, facts: Iterable[Fact], names: str = "", gaps: Mapping[str, Iterable[str]] | None = None
) -> Path:
    """A data folder that holds these facts and their articles; `gaps` are questions by what they are about."""
    for folder in ("articles", "facts"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    blocks: dict[str, list[str]] = {}
    for fact in facts:
        article = fact.article
        front = [f"{key} = {_toml(getattr(article, key))}" for key in ("outlet", "title", "url")]
        whole = ["+++", *front, f"published = {article.published}", "+++", article.text]
        (root / "articles" / f"{article.id}.md").write_text("\n".join(whole), encoding="utf-8", newline="")
        blocks.setdefault(article.id, []).append(_block(fact))
    for id_, told in blocks.items():
        (root / "facts" / f"{id_}.toml").write_text("\n".join(told), encoding="utf-8", newline="")
    (root / "names.toml").write_text(names, encoding="utf-8")
    told = (
        f"[[gap]]\nabout = {_toml(about)}\nquestions = {_toml(list(asked))}\n" for about, asked in (gaps or {}).items()
    )
    (root / "gaps.toml").write_text("\n".join(told), encoding="utf-8")
    return root


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(fact: Fact) -> str:
    texts = ("speaker", "role", "claim", "status", "replaced_by", "note")
    lists = ("names", "topics", "questions")
    known = Known.CUE if fact.speaker and fact.known is Known.NONE else fact.known
    lines = ["[[fact]]", f"id = {_toml(fact.id)}", f"quote = {_toml(fact.quote.text)}"]
    lines += [f"{key} = {_toml(getattr(fact, key))}" for key in (*texts, *lists)]
    lines += [f"known = {_toml(known)}"]
    lines += [f"withdrawn = {fact.withdrawn_on}"] if fact.withdrawn_on else []
    return "\n".join(lines) + "\n"


@contextmanager
def opened(data: Path, folder: Path, encoder: Encoder | None = None) -> Iterator[Snapshot]:
    """The snapshot of a data folder, compiled into another; read by words only, unless an encoder is given."""
    snapshot = Shelf(folder=folder, encoder=encoder).build(data)
    try:
        yield snapshot
    finally:
        snapshot.base.close()


@contextmanager
def holding(
    tmp: Path,
    *facts: Fact,
    names: str = "",
    gaps: Mapping[str, Iterable[str]] | None = None,
    encoder: Encoder | None = None,
) -> Iterator[Snapshot]:
    """The snapshot of these facts and gaps; by words only, unless an encoder is given."""
    with opened(write_data(tmp / "data", facts, names, gaps), tmp / "state", encoder) as snapshot:
        yield snapshot
