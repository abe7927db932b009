"""How the Bot API is reached: two pools of connections, and python-telegram-bot's application on top of them."""

from dataclasses import dataclass
from typing import Any

from telegram.ext import Application, ApplicationBuilder

from bot.delivery import CONNECTIONS
from bot.http import TOKEN, AiohttpRequest, Timeouts
from bot.secret import Secret
from bot.settings import Settings

App = Application[Any, Any, Any, Any, Any, Any]
STAND_IN = "0:hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Two pools: a hundred answers on their way must not keep a poll waiting, nor a poll an answer."""

    polling: AiohttpRequest
    sending: AiohttpRequest

    @classmethod
    def of(cls, settings: Settings, token: Secret) -> "Requests":
        # A place is always free for `Delivery`: what cannot connect for so long never left, and is told before it hangs.
        sending = AiohttpRequest(token, connections=CONNECTIONS, timeouts=Timeouts(pool=15), through=settings.proxy)
        return cls(polling=AiohttpRequest(token, connections=4, through=settings.proxy), sending=sending)


def application(root: str, requests: Requests) -> App:
    """python-telegram-bot, which never sees the token: it would stand in its addresses, its reprs and its errors."""
    return (
        ApplicationBuilder()
        .token(STAND_IN)
        .base_url(lambda _: f"{root}/bot{TOKEN}")
        .base_file_url(lambda _: f"{root}/file/bot{TOKEN}")
        .request(requests.sending)
        .get_updates_request(requests.polling)
        .updater(None)
        .job_queue(None)
        .build()
    )
