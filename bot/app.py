"""The composition root: settings in, a running bot out. Nothing else builds anything."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application, ApplicationBuilder

from answers.desk import Desk, Shelf
from answers.render import Renderer
from bot.alarms import Alarms
from bot.alerting import alerting
from bot.api import Api
from bot.building import Building
from bot.delivery import CONNECTIONS, Delivery
from bot.digests import LOOK_EVERY, Digests
from bot.encoders import open_encoder
from bot.handlers import errors, in_order
from bot.handlers.digest import stop_button
from bot.http import TOKEN, AiohttpRequest, Timeouts
from bot.intake import ALLOWED, InOrder
from bot.menus import set_menus
from bot.office import Office
from bot.proposals import Proposals
from bot.publishing import Publishing, first_snapshot
from bot.recent import Recent
from bot.reviews import Reviews
from bot.secret import Secret
from bot.seen import Seen
from bot.settings import LOCAL_ADMIN, Settings
from bot.store import CannotOpen
from bot.store.sqlite import SqliteStore
from bot.turns import Turns

App = Application[Any, Any, Any, Any, Any, Any]
Clock = Callable[[], datetime]
STAND_IN = "0:hidden"
log = logging.getLogger(__name__)


class CannotStart(Exception):
    """The bot cannot start; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A bot that polls and answers, and what a caller may want of it."""

    office: Office
    digests: Digests
    username: str


def system_clock() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    token: str,
    api: str,
    clock: Clock = system_clock,
    admins: Iterable[int] | None = None,
    look_every: timedelta = LOOK_EVERY,
) -> AsyncIterator[Running]:
    """A running bot on the Bot API at `api`. Raises `CannotStart`, and `Refused` when the data has problems."""
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
        sending, polling = _connections(Secret(token), settings)
        app = _application(api, sending, polling)
        alarms = Alarms(clock)
        admins = frozenset(settings.admins if admins is None else admins)
        seen = Seen(clock)
        publishing = Publishing(
            desk=desk,
            store=store,
            data=settings.data,
            shelf=shelf,
            building=Building(settings),
            proposals=Proposals(admins),
            seen=seen,
            clock=clock,
        )
        office = Office(
            settings=settings,
            admins=admins,
            desk=desk,
            publishing=publishing,
            delivery=Delivery(Api(api, sending), store, alarms),
            alarms=alarms,
            store=store,
            recent=Recent(clock),
            reviews=Reviews(clock),
            seen=seen,
            turns=Turns(clock),
            clock=clock,
        )
        digests = Digests(office, [[stop_button(office)]])
        app.add_handlers(in_order(office))
        app.add_error_handler(errors.reporter(office))
        await _start(app, office, stack)
        for task in (alerting(office), _looking(look_every, office), digests.run(look_every)):
            stack.push_async_callback(_ended, asyncio.create_task(task))
        # The first thing that ends: the application waits for what is in hand, and a build may be for minutes.
        stack.push_async_callback(publishing.close)
        if pending:
            log.info("the data folder differs from what is live: an admin can publish it with /reload")
        yield Running(office=office, digests=digests, username=app.bot.username)


def _opened(settings: Settings) -> SqliteStore:
    try:
        return SqliteStore.open(settings.state_file, settings.key)
    except CannotOpen as why:
        raise CannotStart(str(why)) from why


def _connections(token: Secret, settings: Settings) -> tuple[AiohttpRequest, AiohttpRequest]:
    """Those that are sent over, and those that are polled over: a poll must never wait for a send."""
    proxy = settings.proxy or None
    # A place is always free for `Delivery`: what cannot connect for so long never left, and is told before it hangs.
    sending = AiohttpRequest(token, connections=CONNECTIONS, timeouts=Timeouts(pool=15), proxy=proxy)
    return sending, AiohttpRequest(token, connections=4, proxy=proxy)


def _application(api: str, sending: AiohttpRequest, polling: AiohttpRequest) -> App:
    """python-telegram-bot, which never sees the token: it would stand in its addresses, its reprs and its errors."""
    return (
        ApplicationBuilder()
        .token(STAND_IN)
        .base_url(lambda _: f"{api}/bot{TOKEN}")
        .base_file_url(lambda _: f"{api}/file/bot{TOKEN}")
        .request(sending)
        .get_updates_request(polling)
        .job_queue(None)
        .concurrent_updates(InOrder())
        .build()
    )


async def _looking(every: timedelta, office: Office) -> None:
    """What is done again and again. One failure is logged and does not end the others."""
    while True:
        await asyncio.sleep(every.total_seconds())
        try:
            office.recent.forget()
            office.seen.forget()
            office.turns.forget()
        except Exception as error:  # noqa: BLE001 - the next look may succeed
            log.error("a look at what is due failed: %s", type(error).__name__)


async def _start(app: App, office: Office, stack: AsyncExitStack) -> None:
    """Start polling, and put its end on the stack: stop asking, finish what is in hand, close."""
    stack.push_async_callback(app.bot.shutdown)
    stack.push_async_callback(office.delivery.close)
    try:
        await app.initialize()
    except InvalidToken:
        raise CannotStart("Telegram does not know this token: copy it from BotFather again") from None
    except NetworkError as error:
        raise CannotStart(
            f"the Bot API cannot be reached ({type(error).__name__}): check the network and OTR_TELEGRAM_API"
        ) from None
    stack.push_async_callback(app.shutdown)
    await set_menus(app.bot, office)
    await app.start()
    stack.push_async_callback(app.stop)
    if app.updater is None:
        raise CannotStart("python-telegram-bot was built without an updater")
    await app.updater.start_polling(allowed_updates=list(ALLOWED), bootstrap_retries=-1)
    stack.push_async_callback(app.updater.stop)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def until_signalled() -> None:
    """Wait for SIGINT or SIGTERM. A second signal changes nothing."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


async def run(settings: Settings, say: Callable[[str], object]) -> None:
    """Run until signalled: on Telegram with a token, else on the local Bot API, whose address is said.

    Raises `CannotStart`, `Refused`.
    """
    async with AsyncExitStack() as stack:
        if settings.token:
            bot = await stack.enter_async_context(running(settings, token=settings.token, api=settings.telegram_api))
            say(f"@{bot.username} answers on Telegram. Stop it with Ctrl-C.")
        else:
            await _run_locally(settings, stack, say)
        await until_signalled()
        say("Stopping…")


async def _run_locally(settings: Settings, stack: AsyncExitStack, say: Callable[[str], object]) -> None:
    from bot.local import LOCAL_TOKEN, LocalApi, serving

    admins = settings.admins or (LOCAL_ADMIN,)
    api = LocalApi(admin_ids=admins)
    try:
        address = await stack.enter_async_context(serving(api, port=settings.local_port))
    except OSError as error:
        raise CannotStart(f"{error}; set OTR_LOCAL_PORT to a free port") from error
    await stack.enter_async_context(running(settings, token=LOCAL_TOKEN, api=address, admins=admins))
    say(f"No Telegram token is set, so this is a local chat. Open {address} in a browser. Stop it with Ctrl-C.")
