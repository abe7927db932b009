"""The composition root: settings in, a running bot out. Nothing else builds anything."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from telegram.error import InvalidToken, NetworkError

from answers.desk import Desk, Shelf
from answers.render import Renderer
from bot.alarms import Alarm, Alarms
from bot.alerting import alerting
from bot.api import Api
from bot.building import Building
from bot.connection import App, Requests, application
from bot.delivery import Delivery
from bot.digests import LOOK_EVERY, Digests
from bot.encoders import open_encoder
from bot.handlers import errors, in_order
from bot.handlers.digest import stop_button
from bot.housekeeping import keeping_house
from bot.intake import Intake
from bot.intake.crashes import Watch
from bot.intake.flood import Flood
from bot.intake.ledger import Ledger
from bot.intake.polling import Polling
from bot.intake.ram import folder
from bot.menus import set_menus
from bot.notify import Manager, living
from bot.office import Office
from bot.proposals import Proposals
from bot.publishing import Publishing, first_snapshot
from bot.recent import Recent
from bot.reviews import Reviews
from bot.secret import Secret
from bot.seen import Seen
from bot.settings import LOCAL_ADMIN, Settings
from bot.stopping import heard
from bot.store import CannotOpen
from bot.store.sqlite import SqliteStore
from bot.turns import Turns
from bot.working import TelegramWork

Clock = Callable[[], datetime]
FIRST_ANSWER, LONGEST_PAUSE = 15.0, 10.0
"""Seconds that the first call may take at the start, and between two tries of it at most."""

log = logging.getLogger(__name__)


class CannotStart(Exception):
    """The bot cannot start; the message says why and what to do."""


class Superseded(Exception):
    """Another instance polls with the same token, for minutes: two would take turns for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A bot that polls and answers, and what a caller may want of it."""

    office: Office
    digests: Digests
    intake: Intake
    username: str


def system_clock() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    token: Secret,
    api: str,
    clock: Clock = system_clock,
    admins: Iterable[int] | None = None,
    look_every: timedelta = LOOK_EVERY,
    watched: bool = False,
) -> AsyncIterator[Running]:
    """A running bot on the Bot API at `api`. Raises `CannotStart`, and `Refused` when the data has problems.

    `watched`: it has this process for itself, and may leave a trace of how that ended.
    """
    async with AsyncExitStack() as stack:
        store = _opened(settings)
        stack.push_async_callback(store.close)
        renderer = Renderer(settings.templates)
        encoder, why_not = open_encoder(settings)
        if why_not:
            log.warning("questions are matched by words only: %s", why_not)
        shelf = Shelf(folder=settings.fact_bases, encoder=encoder, why_not=why_not)
        snapshot, pending = await first_snapshot(store, renderer, settings.data, shelf, clock())
        desk = Desk(snapshot, renderer)
        requests = Requests.of(settings, token)
        app = application(api, requests)
        delivery = Delivery(Api(api, requests.sending), store, alarms := Alarms(clock))
        office = _office(settings, desk, shelf, store, delivery, alarms, clock, admins)
        digests = Digests(office, [[stop_button(office)]])
        app.add_handlers(in_order(office))
        app.add_error_handler(errors.reporter(office))
        await _start(app, office, stack)
        memory = _memory(settings)
        watch = Watch(memory / "crash") if memory and watched else None
        if watch:
            stack.callback(watch.close)
        intake = _intake(app, office, Polling(Api(api, requests.polling), time.monotonic), memory, watch)
        stack.push_async_callback(intake.stop)
        for task in (
            alerting(office),
            set_menus(app.bot, office),
            keeping_house(office, intake, look_every),
            digests.run(look_every),
            living(Manager()),
        ):
            stack.push_async_callback(_ended, asyncio.create_task(task))
        intake.start()
        # The first thing that ends: the application waits for what is in hand, and a build may be for minutes.
        stack.push_async_callback(office.publishing.close)
        if pending:
            log.info("the data folder differs from what is live: an admin can publish it with /reload")
        yield Running(office=office, digests=digests, intake=intake, username=app.bot.username)


def _office(
    settings: Settings,
    desk: Desk,
    shelf: Shelf,
    store: SqliteStore,
    delivery: Delivery,
    alarms: Alarms,
    clock: Clock,
    admins: Iterable[int] | None,
) -> Office:
    """What the handlers work with. `admins` where they are not those of the settings."""
    known = frozenset(settings.admins if admins is None else admins)
    seen = Seen(clock)
    publishing = Publishing(
        desk=desk,
        store=store,
        data=settings.data,
        shelf=shelf,
        building=Building(settings),
        proposals=Proposals(known),
        seen=seen,
        clock=clock,
    )
    return Office(
        settings=settings,
        admins=known,
        desk=desk,
        publishing=publishing,
        delivery=delivery,
        alarms=alarms,
        store=store,
        recent=Recent(clock),
        reviews=Reviews(clock),
        seen=seen,
        turns=Turns(clock),
        clock=clock,
    )


def _opened(settings: Settings) -> SqliteStore:
    try:
        return SqliteStore.open(settings.state_file, settings.key)
    except CannotOpen as why:
        raise CannotStart(str(why)) from why


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


def _memory(settings: Settings) -> Path | None:
    """The folder for what waits; None where no memory outlives a process."""
    try:
        place = folder(settings.state, settings.runtime, _given())
    except OSError as error:
        raise CannotStart(f"there is no memory for what waits: {error}") from error
    if place is None:
        log.warning("there is no shared memory here: one slow answer will hold the others (OTR_RUNTIME)")
    return place


def _intake(app: App, office: Office, polling: Polling, memory: Path | None, watch: Watch | None) -> Intake:
    return Intake(
        polling=polling,
        ledger=Ledger(
            memory and memory / "updates.sqlite",
            office.clock,
            lost=lambda why: office.alarms.sound(Alarm.STATE, f"memory for updates: {why}"),
        ),
        flood=Flood(office.settings.replies_a_minute, time.monotonic),
        work=TelegramWork(app, office),
        alarms=office.alarms,
        clock=office.clock,
        trusted=office.admins,
        crashed=watch is not None and watch.crashed,
    )


def _given() -> Path | None:
    """The folder that a service manager made for this run (systemd: RuntimeDirectory)."""
    given = os.environ.get("RUNTIME_DIRECTORY", "")
    return Path(given) if given else None


async def _start(app: App, office: Office, stack: AsyncExitStack) -> None:
    """Connect, and put the end of it on the stack."""
    stack.push_async_callback(app.bot.shutdown)
    stack.push_async_callback(office.delivery.close)
    await _connected(app)
    stack.push_async_callback(app.shutdown)
    await app.start()
    stack.push_async_callback(app.stop)


async def _connected(app: App) -> None:
    """Wait until the Bot API has told who we are: a machine may be up before its network. Raises `CannotStart`."""
    pause = 1.0
    while True:
        try:
            async with asyncio.timeout(FIRST_ANSWER):
                return await app.initialize()
        except InvalidToken:
            raise CannotStart("Telegram does not know this token: copy it from BotFather again") from None
        except (NetworkError, TimeoutError) as error:
            kind = type(error).__name__
        log.warning("the Bot API cannot be reached (%s; see OTR_TELEGRAM_API): trying again", kind)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def until_signalled(bot: Running) -> None:
    """Wait for SIGINT or SIGTERM. A second signal changes nothing. Raises `Superseded` when another instance polls."""
    with heard() as stop:
        ends = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(bot.intake.lost.wait())]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for end in ends:
        end.cancel()
    if bot.intake.lost.is_set():
        raise Superseded


async def run(settings: Settings, say: Callable[[str], object]) -> None:
    """Run until signalled: on Telegram with a token, else on the local Bot API, whose address is said.

    Raises `CannotStart`, `Refused`, `Superseded`.
    """
    async with AsyncExitStack() as stack:
        if settings.token:
            bot = await stack.enter_async_context(
                running(settings, token=settings.token, api=settings.telegram_api, watched=True)
            )
            say(f"@{bot.username} answers on Telegram. Stop it with Ctrl-C.")
        else:
            bot = await _run_locally(settings, stack, say)
        await until_signalled(bot)
        say("Stopping…")


async def _run_locally(settings: Settings, stack: AsyncExitStack, say: Callable[[str], object]) -> Running:
    from bot.local import LOCAL_TOKEN, LocalApi, serving

    admins = settings.admins or (LOCAL_ADMIN,)
    api = LocalApi(admin_ids=admins)
    try:
        address = await stack.enter_async_context(serving(api, port=settings.local_port))
    except OSError as error:
        raise CannotStart(f"{error}; set OTR_LOCAL_PORT to a free port") from error
    token = Secret(LOCAL_TOKEN)
    bot = await stack.enter_async_context(running(settings, token=token, api=address, admins=admins, watched=True))
    say(f"No Telegram token is set, so this is a local chat. Open {address} in a browser. Stop it with Ctrl-C.")
    return bot
