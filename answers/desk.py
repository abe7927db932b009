"""The front desk: a question in, an answer shown out. It holds the one mutable cell of the inside, the snapshot.

A question takes the snapshot once and keeps it to the end, so a reload in between changes nothing of its answer.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from answers import asking, compose, digest
from answers import reload as reloads
from answers.ahead import ahead
from answers.compile import compile_into
from answers.compose import View
from answers.decide import MOST_CLOSEST
from answers.encode import Encoder
from answers.errors import FactBaseDamaged, NoSuchFact, Problem
from answers.factbase import FactBase
from answers.fitting import too_long
from answers.match.language import language_of
from answers.match.lexical import lexical_of
from answers.match.matcher import Matcher, Meaning
from answers.match.preparing import prepare
from answers.match.vectorfile import VectorsDamaged, file_of
from answers.match.vectors import Vectors
from answers.model import LONGEST_QUESTION, Answer, Closest, Digest, Fact, Match, Radius, Reload, Suggestion
from answers.reload import NOTHING_KNOWN, Stage
from answers.render import Rendered, Renderer
from answers.revisions import manifest_of
from answers.sources import read

Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A revision with its matcher: all that an answer is made from. `why_lexical` says why meaning is not used, if so."""

    base: FactBase
    matcher: Matcher
    why_lexical: str = ""

    @property
    def encoder(self) -> str:
        """The name of the encoder that questions are read with; empty when they are matched by words only."""
        return self.matcher.meaning.encoder.name if self.matcher.meaning else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The folder of compiled revisions, and the encoder that they are opened with (None: by words only, and `why_not`)."""

    folder: Path
    encoder: Encoder | None = None
    why_not: str = ""

    def open(self, revision: str) -> Snapshot:
        """The snapshot of a compiled revision. Raises `FactBaseDamaged`; damaged vectors only cost it the meaning."""
        base = FactBase.open(self.folder / f"{revision}.sqlite")
        meaning, why = None, self.why_not
        if self.encoder:
            try:
                meaning = Meaning(
                    encoder=self.encoder, vectors=Vectors.open(file_of(base, self.encoder), base, self.encoder)
                )
            except VectorsDamaged as error:
                why = str(error)
        return Snapshot(base=base, matcher=Matcher(base, lexical_of(base), meaning), why_lexical=why)

    def build(self, data: Path, progress: Progress = lambda _: None) -> Snapshot:
        """The snapshot of a data folder or `.jsonl`, compiled if need be. Raises `Refused` when it holds problems."""
        file = compile_into(self.folder, read(data), progress)
        try:
            return self.ready(file.stem, progress)
        except FactBaseDamaged:
            # A compiled file can always be made again: a damaged one is, once.
            manifest_of(file).unlink(missing_ok=True)
            return self.ready(compile_into(self.folder, read(data), progress).stem, progress)

    def ready(self, revision: str, progress: Progress = lambda _: None) -> Snapshot:
        """A compiled revision opened, with vectors for what has none yet. Raises `FactBaseDamaged`.

        It may have been compiled by words only, or for another encoder.
        """
        if self.encoder:
            base = FactBase.open(self.folder / f"{revision}.sqlite")
            try:
                prepare(base, self.encoder, self.folder, progress)
            finally:
                base.close()
        return self.open(revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something to send: what it shows, in both forms, and of which revision it is."""

    view: View
    rendered: Rendered
    revision: str

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.view.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it is shown."""

    answer: Answer
    shown: Shown
    language: str = "en"


class Desk:
    """Answers from the snapshot that it holds. Safe to use from several threads."""

    def __init__(self, snapshot: Snapshot, renderer: Renderer) -> None:
        self._snapshot, self.renderer = snapshot, renderer

    @property
    def snapshot(self) -> Snapshot:
        return self._snapshot

    def swap(self, snapshot: Snapshot) -> Snapshot:
        """Make a snapshot the live one and return the one before: questions in flight still read that."""
        before, self._snapshot = self._snapshot, snapshot
        return before

    def ask(self, text: str, *, today: date, as_of: date | None = None, earlier: Sequence[str] = ()) -> Reply:
        """The answer to any text, shown as on `today`; `as_of` reads only what was published up to that day.

        `earlier` are the questions before it in the chat, oldest first: a question that leans on them is read with them.
        """
        snapshot = self._snapshot
        language = language_of(text[: LONGEST_QUESTION + 1])
        answer = asking.answer(snapshot.base, snapshot.matcher, text, today=today, as_of=as_of, earlier=earlier)
        shown = self._shown(compose.views(answer, snapshot.base, today), snapshot, language)
        return Reply(answer=answer, shown=shown, language=language)

    def nearest(self, ids: Iterable[str], *, today: date) -> Reply | None:
        """These facts as near passages, when a reader says that an answer was none; None when none is published.

        Facts that are no longer in the base are left out.
        """
        snapshot = self._snapshot
        matches = [Match(fact=fact, score=0.0) for id_ in ids if (fact := snapshot.base.current(id_))]
        if not matches:
            return None
        answer = Closest(confidence=0.0, matches=tuple(matches[:MOST_CLOSEST]), ranking=tuple(matches))
        return Reply(answer=answer, shown=self._shown(compose.views(answer, snapshot.base, today), snapshot))

    def fact(self, id_: str, *, today: date) -> Shown:
        """A fact by id or code, shown like an answer. Raises `NoSuchFact`."""
        snapshot = self._snapshot
        return self._shown(compose.of_fact(snapshot.base.fact(id_), snapshot.base, today), snapshot)

    def context(self, id_: str, *, today: date) -> Shown:
        """A fact in its article. Raises `NoSuchFact`."""
        snapshot = self._snapshot
        return self._shown(compose.context(snapshot.base.fact(id_), snapshot.base, today), snapshot)

    def others(self, id_: str, *, today: date) -> Shown:
        """What else is on record for a fact's claim. Raises `NoSuchFact`."""
        snapshot = self._snapshot
        return self._shown(compose.others(snapshot.base.fact(id_), snapshot.base, today), snapshot)

    def digest(self, since: FactBase, *, today: date) -> tuple[Digest, Shown]:
        """What changed since a revision, and how it is sent."""
        snapshot = self._snapshot
        changed = digest.compare(since, snapshot.base)
        return changed, self._shown(digest.views(changed, today), snapshot)

    def correction(
        self, since: FactBase, facts: Collection[str], number: int, *, today: date
    ) -> tuple[Shown, Shown] | None:
        """What became of these facts since a revision: as it is told first, and as its repeat. None when nothing did."""
        snapshot = self._snapshot
        told = digest.only(digest.compare(since, snapshot.base), facts)
        if not told:
            return None
        first, again = (
            self._shown(digest.views(told, today, correction=number, repeat=repeat), snapshot)
            for repeat in (False, True)
        )
        return first, again

    def refusals(self, coming: Snapshot, data: Path, today: date | None = None) -> list[Problem]:
        """Why a snapshot of a data folder must not become live: facts that could not be shown, days that lie ahead."""
        early = ahead(coming.base, data, today) if today else ()
        return [*too_long(coming.base, self.renderer, data), *early]

    def preview(self, coming: Snapshot, *, today: date) -> tuple[Reload, Shown]:
        """What making `coming` live would change, and how an admin is shown it."""
        reload = reloads.preview(self._snapshot.base, coming.base)
        return reload, self.proposal(reload, today=today)

    def proposal(
        self,
        reload: Reload,
        *,
        today: date,
        radius: Radius = NOTHING_KNOWN,
        stage: Stage = Stage.PROPOSED,
        reached: int = 0,
    ) -> Shown:
        """How an admin is shown a reload with whom and what it touches, at a stage of its confirmation."""
        return self._shown(reloads.views(reload, today, radius, stage, reached), self._snapshot)

    def suggestion(self, code: str, number: int) -> Suggestion:
        """A question that a fact is known to answer, by its number from 0. Raises `NoSuchFact`, for a number too."""
        fact = self._snapshot.base.fact(code)
        if not 0 <= number < len(fact.questions):
            raise NoSuchFact(f"{code}:{number}")
        return Suggestion(text=fact.questions[number], fact=fact.id, code=fact.code, number=number)

    def _shown(self, views: Iterable[View], snapshot: Snapshot, language: str = "en") -> Shown:
        view, rendered = self.renderer.of(language).show(views)
        return Shown(view=view, rendered=rendered, revision=snapshot.base.revision)
