"""Review sessions: which draft an editor sees next, and his decisions into the fact file. Terminal and chat share it.

Every decision reads the file anew and writes it at once: another editor, or a text editor, may be at work on it too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from answers import articles, reviewing
from answers.errors import Problem, Refused
from answers.fields import did_you_mean
from answers.model import Fact, Status
from answers.reviewing import Paper
from bot import datafiles
from bot.pages import ReviewPage


@dataclass(slots=True)
class Review:
    """One editor going through the drafts of one article. `skipped` come again in the next review."""

    data: Path
    article: str
    skipped: set[str] = field(default_factory=set)

    def _file(self) -> Path:
        return self.data / "facts" / f"{self.article}.toml"

    def paper(self) -> Paper:
        """The fact file with its article, as they are now. Raises `Refused`."""
        file = self.data / "articles" / f"{self.article}.md"
        return Paper(
            article=articles.parse(file.read_bytes(), f"articles/{file.name}"), text=datafiles.read(self._file())
        )

    def next(self) -> ReviewPage | None:
        """The draft to be looked at now, None when none is left. Raises `Refused`."""
        waiting = [fact for fact in reviewing.waiting(self.paper()) if fact.id not in self.skipped]
        return page(waiting[0], left=len(waiting)) if waiting else None

    def skip(self, id_: str) -> None:
        self.skipped.add(id_)

    def publish(self, id_: str, *, confirmed: str = "") -> None:
        """Let a draft out, with its speaker confirmed by name. Raises `Refused`, `NoSuchFact`; then nothing was written."""
        self._decide(lambda paper: reviewing.publish(paper, id_, confirmed=confirmed))

    def reject(self, id_: str) -> None:
        self._decide(lambda paper: reviewing.reject(paper, id_))

    def edit(self, id_: str, what: str, words: str) -> None:
        self._decide(lambda paper: reviewing.edit(paper, id_, what, words))

    def page(self, id_: str) -> ReviewPage:
        """A draft as it is now. Raises `Refused`, `NoSuchFact`."""
        paper = self.paper()
        return page(paper.fact(id_), left=sum(fact.status is Status.DRAFT for fact in paper.facts))

    def _decide(self, decision: Callable[[Paper], str]) -> None:
        paper = self.paper()
        datafiles.write(self._file(), decision(paper), was=paper.text)


def begin(data: Path, name: str) -> Review:
    """A review of the article of this id. Raises `Refused`, with the id that was meant, when there is no such fact file."""
    stem = Path(name).name.removesuffix(".md").removesuffix(".toml")
    if not (data / "facts" / f"{stem}.toml").is_file() or not (data / "articles" / f"{stem}.md").is_file():
        known = [file.stem for file in (data / "facts").glob("*.toml")]
        hint = did_you_mean(stem, known, all_of_them=False) or f"draw its facts first: python -m bot draft {stem}"
        raise Refused(
            [Problem(path=f"facts/{stem}.toml", line=0, message="nothing is drawn for this article", hint=hint)]
        )
    return Review(data, stem)


def to_review(data: Path) -> dict[str, int]:
    """The articles that have drafts, with how many: the fullest first. A file with problems counts as having none."""
    found: dict[str, int] = {}
    for file in (data / "facts").glob("*.toml"):
        if 'status = "draft"' in datafiles.read(file):
            found[file.stem] = _drafts(Review(data, file.stem))
    return dict(sorted(((stem, count) for stem, count in found.items() if count), key=lambda one: (-one[1], one[0])))


def _drafts(review: Review) -> int:
    try:
        return len(reviewing.waiting(review.paper()))
    except (Refused, OSError):
        return 0


def page(fact: Fact, *, left: int) -> ReviewPage:
    before, after = reviewing.around(fact)
    return ReviewPage(fact=fact, before=before, after=after, left=left)
