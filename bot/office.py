"""What every handler works with, handed to it whole by `bot.app`; handlers look nothing up elsewhere."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from answers.desk import Desk
from answers.render import Rendered, Renderer
from bot.alarms import Alarms
from bot.audit import Act
from bot.delivery import Delivery
from bot.pages import Notice, NoticePage, Page
from bot.publishing import Publishing
from bot.recent import Recent
from bot.reviews import Reviews
from bot.seen import Seen
from bot.settings import Settings
from bot.store import NotWritten, Store
from bot.turns import Turns

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The desk that answers, the voice that sends, the memory, the clock."""

    settings: Settings
    admins: frozenset[int]
    desk: Desk
    publishing: Publishing
    delivery: Delivery
    alarms: Alarms
    store: Store
    recent: Recent
    reviews: Reviews
    seen: Seen
    turns: Turns
    clock: Callable[[], datetime]
    counting: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def renderer(self) -> Renderer:
        return self.desk.renderer

    def live(self) -> str:
        """The live revision."""
        return self.desk.snapshot.base.revision

    def today(self) -> date:
        """The day, in the zone of this installation, that answers are judged against."""
        return self.clock().astimezone(self.settings.timezone).date()

    def count(self, what: str) -> None:
        """One more of something today. Nobody waits for it: an answer that is sent has to be noted as finished at once."""
        task = asyncio.ensure_future(self._counted(what))
        self.counting.add(task)
        task.add_done_callback(self.counting.discard)

    async def _counted(self, what: str) -> None:
        """A count that fails is logged: it must not cost a reader his answer."""
        try:
            await self.store.count(self.today(), what)
        except (NotWritten, RuntimeError) as error:
            log.warning("a count was lost: %s", type(error).__name__)

    async def note(self, admin: int, act: str, detail: str) -> None:
        """What an admin did to the data folder, into the trail; the live revision is the one that he saw."""
        revision = self.desk.snapshot.base.revision
        await self.store.note(Act(at=self.clock(), admin=admin, act=act, revision=revision, detail=detail))

    def page(self, page: Page, language: str | None = None) -> Rendered:
        """A page in our words, or in a language (as Telegram names a reader's) where they are translated into it."""
        return self.speaking(language).render(page.template, page=page)

    def still(self, page: Page, language: str | None = None) -> Rendered:
        """A page that is the same for whoever asks, and holds nothing of his: rendered once and kept."""
        return self.speaking(language).still(page.template, page)

    def speaking(self, language: str | None) -> Renderer:
        """The renderer of a reader's language, as Telegram names it; ours where there is none of it."""
        return self.renderer.of((language or "")[:2] or self.renderer.language)

    def notice(self, notice: Notice, language: str | None = None) -> Rendered:
        return self.still(NoticePage(notice=notice), language)

    def words(self, words: str, **values: object) -> str:
        return self.renderer.label(words, **values)
