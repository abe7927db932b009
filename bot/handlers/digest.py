"""/digest: subscribe, choose the hour and the time zone, stop. By buttons, or in words: `/digest 07:30 Europe/Kyiv`."""

import re
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes

from bot.delivery import Button, Buttons
from bot.digests import last_slot
from bot.handlers.kind import NEW, Handler
from bot.office import Office
from bot.pages import Notice, SubscriptionPage
from bot.settings import zones
from bot.store import Subscriber

ZONES = (
    "UTC",
    "Europe/Kyiv",
    "Europe/Warsaw",
    "Europe/Bucharest",
    "Europe/Berlin",
    "Europe/London",
    "Europe/Istanbul",
    "Asia/Jerusalem",
    "Asia/Tbilisi",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Africa/Nairobi",
)
"""Offered as buttons; every zone of the tz database can be written."""


def handlers(office: Office) -> list[Handler]:
    async def command(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message:
            await _command(office, update.message, context.args or [])

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None or query.message is None or not isinstance(query.data, str):
            return
        await office.delivery.toast(query.id)
        if query.message.chat.id == query.from_user.id:
            await _pressed(office, query.message.chat.id, query.message.message_id, query.data.removeprefix("d:"))

    return [CommandHandler("digest", command, filters=NEW), CallbackQueryHandler(pressed, pattern="^d:")]


async def _command(office: Office, message: Message, words: list[str]) -> None:
    chat = message.chat_id
    if message.chat.type != message.chat.PRIVATE:
        await office.delivery.send(chat, office.notice(Notice.PRIVATELY), reply_to=message.message_id)
        return
    if words in (["stop"], ["off"]):
        await _stop(office, chat)
        return
    if words:
        chosen = _chosen(words, await _present(office, chat))
        if isinstance(chosen, Notice):
            await office.delivery.send(chat, office.notice(chosen))
            return
        await office.store.choose(_from_now(office, chosen))
    await _show(office, chat, None)


def _chosen(words: list[str], present: Subscriber) -> Subscriber | Notice:
    """What the words of `/digest 07:30 Europe/Kyiv` choose, in either order, or what is wrong with them."""
    for word in words:
        if word[:1].isdecimal():
            hour = _hour(word)
            if hour is None:
                return Notice.BAD_HOUR
            present = replace(present, at=hour)
        elif zone := {known.casefold(): known for known in zones()}.get(word.casefold()):
            present = replace(present, zone=ZoneInfo(zone))
        else:
            return Notice.BAD_ZONE
    return present


def _hour(word: str) -> time | None:
    """The hour of "07:30", "7:30" or "7"; None of anything else."""
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?", word)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


async def _pressed(office: Office, chat: int, message: int, action: str) -> None:
    verb, _, value = action.partition(":")
    present = await _present(office, chat)
    if verb == "stop":
        await _stop(office, chat)
    elif verb == "on":
        await office.store.choose(present)
        await _show(office, chat, message)
    elif verb in {"hours", "zones"}:
        await _offer(office, chat, message, _hours() if verb == "hours" else _zones())
    elif verb in {"at", "in"} and isinstance(chosen := _chosen([value], present), Subscriber):
        await office.store.choose(_from_now(office, chosen))
        await _show(office, chat, message)


async def _stop(office: Office, chat: int) -> None:
    was = await office.store.unsubscribe(chat)
    await office.delivery.send(chat, office.notice(Notice.UNSUBSCRIBED if was else Notice.WAS_NOT_SUBSCRIBED))


async def _present(office: Office, chat: int) -> Subscriber:
    """What the chat has chosen, or what it would begin with: the house's hour and zone, from now on."""
    known = await office.store.subscriber(chat)
    if known:
        return known
    return _from_now(
        office,
        Subscriber(
            chat=chat,
            at=office.settings.digest_at,
            zone=office.settings.timezone,
            revision=office.desk.snapshot.base.revision,
            slot=office.today(),
        ),
    )


def _from_now(office: Office, subscriber: Subscriber) -> Subscriber:
    """The subscriber with the last slot that has passed taken as served: the first digest is the next."""
    return replace(subscriber, slot=last_slot(subscriber, office.clock()))


async def _show(office: Office, chat: int, message: int | None) -> None:
    known = await office.store.subscriber(chat)
    zone = known.zone if known else office.settings.timezone
    rendered = office.page(SubscriptionPage(subscriber=known, local=office.clock().astimezone(zone)))
    buttons = _settings(office) if known else [[Button(office.words("Subscribe"), "d:on")]]
    if message is None:
        await office.delivery.send(chat, rendered, buttons)
    else:
        await office.delivery.edit(chat, message, rendered, buttons)


async def _offer(office: Office, chat: int, message: int, buttons: Buttons) -> None:
    known = await office.store.subscriber(chat)
    zone = known.zone if known else office.settings.timezone
    page = SubscriptionPage(subscriber=known, local=office.clock().astimezone(zone))
    await office.delivery.edit(chat, message, office.page(page), buttons)


def _settings(office: Office) -> Buttons:
    return [
        [Button(office.words("Change the hour"), "d:hours"), Button(office.words("Change the time zone"), "d:zones")],
        [stop_button(office)],
    ]


def stop_button(office: Office) -> Button:
    """Below every digest, so that whoever has enough of it is one press away from the end."""
    return Button(office.words("Stop the digest"), "d:stop")


def _hours() -> Buttons:
    return [
        [Button(f"{hour:02}:00", f"d:at:{hour:02}:00") for hour in range(first, first + 4)] for first in range(0, 24, 4)
    ]


def _zones() -> Buttons:
    return [[Button(zone, f"d:in:{zone}") for zone in ZONES[at : at + 2]] for at in range(0, len(ZONES), 2)]
