"""The local Bot API: one world and the ASGI application around it.

The one place in this package that joins the planes. Must not know how it is served (`serve.py`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.local import page, sim
from bot.local.dispatch import BotPlane
from bot.local.world import World

LOCAL_TOKEN = "1000000:local"  # opens nothing but this stand-in
# Any other name would be a foreign page that had its name point here.
HOSTS = ["127.0.0.1", "localhost", "[::1]"]


class LocalApi:
    """A Bot API on loopback: the bot on one side, people and tests on the other."""

    def __init__(
        self,
        *,
        token: str = LOCAL_TOKEN,
        clock: Callable[[], float] = time.time,
        admin_ids: Sequence[int] = (),
        monotonic: Callable[[], float] = time.monotonic,
        seed: int | None = None,
        latency: float = 0.0,
    ) -> None:
        """`seed`: of all chance in here. `latency`: seconds that each call of the bot takes, there and back."""
        if not re.fullmatch(r"\d+:\S+", token):
            raise ValueError("a token is the bot's number, a colon and a secret, such as 1000000:local")
        self.world = World(token=token, clock=clock, monotonic=monotonic, admin_ids=admin_ids, seed=seed)
        self.bot_plane = BotPlane(self.world, latency=latency)
        routes = [*self.bot_plane.routes(), *sim.routes(self.world), *page.routes()]
        self.app = Starlette(
            routes=routes,
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
            exception_handlers={404: _not_found},
        )


async def _not_found(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/sim/"):
        what = f"there is no {request.url.path}: see bot/local/sim/__init__.py for what there is"
        return JSONResponse({"error": what}, status_code=404)
    return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, status_code=404)
