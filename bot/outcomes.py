"""What a reply or a failure of the Bot API means for a message. Pure; it must not know chats, waits or the store.

    failure                              outcome    next
    NeverLeft                            NOT_SENT   again, when the Bot API can be reached
    429                                  NOT_SENT   again, after the seconds that it names
    401, 404, 409                        HALTED     again, when the token is good; an alarm
    403                                  BLOCKED
    400, 403 with the chat's new id      MOVED      once to the new chat
    400 chat not found, deactivated      GONE
    400 can't parse entities             REFUSED    once as plain text; an alarm
    400 message is not modified          SENT       of an edit
    400 anything else, 413               REFUSED
    whatever else                        UNKNOWN    never again: it may have arrived

The definite ones are a list: what does not stand on it is unknown (findings of others who sent twice after a time-out:
python-telegram-bot 1045, hermes-agent 5153).
"""

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.alarms import Alarm
from bot.api import Refused
from bot.http import NeverLeft

USUAL_PATIENCE = 5.0
"""Seconds that are waited when the Bot API wants patience and does not say how much."""


class Outcome(StrEnum):
    """What became of a message. `SENT` is certain to have arrived, `UNKNOWN` may have, the others have not.

    `NOT_SENT` never left: the Bot API could not be reached, or wants more patience than the message is worth.
    `HALTED`: the Bot API takes nothing from this token. `MOVED`: the chat has another id now.
    """

    SENT = "sent"
    BLOCKED = "blocked"
    GONE = "gone"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    MOVED = "moved"
    HALTED = "halted"
    UNKNOWN = "unknown"


class Next(StrEnum):
    """What may follow: nothing, the same once more, the plain text, the same to the chat's new id."""

    NOTHING = "nothing"
    AGAIN = "again"
    PLAIN = "plain"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """`retry_after` in seconds and `moved_to` are 0 where they were not given; `detail` holds nothing of a reader."""

    outcome: Outcome
    next: Next = Next.NOTHING
    message: int = 0
    retry_after: float = 0.0
    moved_to: int = 0
    alarm: Alarm | None = None
    detail: str = ""


_KNOWN = (
    "can't parse entities",
    "message to edit not found",
    "message can't be edited",
    "message to be replied not found",
    "message text is empty",
    "message is too long",
    "message_too_long",
    "text must be encoded in utf-8",
    "have no rights to send a message",
    "not enough rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "topic_closed",
    "topic_deleted",
    "peer_id_invalid",
    "message_id_invalid",
    "button_data_invalid",
    "button_url_invalid",
    "reply_markup_too_long",
    "entities_too_long",
    "file_parts_invalid",
    "file is too big",
    "entity too large",
    "query is too old",
)
"""What the Bot API says in refusals that an operator can do something about."""

UNKNOWN = Meaning(outcome=Outcome.UNKNOWN)
NEVER_LEFT = Meaning(outcome=Outcome.NOT_SENT, next=Next.AGAIN)


def of_result(result: Any) -> Meaning:
    """What a result means: sent, if it names the message. A reply that does not is none that can be understood."""
    number = result.get("message_id") if isinstance(result, dict) else None
    return Meaning(outcome=Outcome.SENT, message=number) if type(number) is int and number > 0 else UNKNOWN


def of_failure(failure: Exception, *, edited: int = 0) -> Meaning:
    """What a failure means; `edited` is the number of the message that an edit replaces, 0 of anything else."""
    if isinstance(failure, NeverLeft):
        return NEVER_LEFT
    return _of_refusal(failure, edited) if isinstance(failure, Refused) else UNKNOWN


def _of_refusal(refused: Refused, edited: int) -> Meaning:
    match refused.status:
        case 429:
            return Meaning(outcome=Outcome.NOT_SENT, next=Next.AGAIN, retry_after=_patience(refused.retry_after))
        case 401 | 404 | 409:
            detail = f"status {refused.status}"
            return Meaning(outcome=Outcome.HALTED, next=Next.AGAIN, alarm=Alarm.TOKEN, detail=detail)
        case 400 | 403 if refused.moved_to:
            return Meaning(outcome=Outcome.MOVED, next=Next.FOLLOW, moved_to=refused.moved_to)
        case 403:
            return Meaning(outcome=Outcome.BLOCKED)
        case 400 | 413:
            return _of_bad_request(refused, edited)
        case _:
            return UNKNOWN


def _of_bad_request(refused: Refused, edited: int) -> Meaning:
    said = refused.description
    if edited and "message is not modified" in said:
        return Meaning(outcome=Outcome.SENT, message=edited)
    if "can't parse entities" in said:
        return Meaning(outcome=Outcome.REFUSED, next=Next.PLAIN, alarm=Alarm.HTML, detail=_told(said))
    if "chat not found" in said or "deactivated" in said:
        return Meaning(outcome=Outcome.GONE)
    return Meaning(outcome=Outcome.REFUSED, detail=_told(said))


def _patience(seconds: float) -> float:
    return seconds if math.isfinite(seconds) and seconds > 0 else USUAL_PATIENCE


def _told(said: str) -> str:
    """What may be told of a refusal: the words of it that we know, for the others can quote the message, and so a reader."""
    known = next((words for words in _KNOWN if words in said), "for a reason that we do not know")
    where = re.search(r"byte offset \d{1,5}\b", said)
    return f"{known} ({where.group()})" if where else known
