"""The chat page: three static files, served with a policy that lets nothing else in.

Must not know the world; the page itself talks to /sim.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

KINDS = {"chat.html": "text/html", "chat.css": "text/css", "chat.js": "text/javascript"}
HEADERS = {
    "Content-Security-Policy": ("default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def routes() -> list[Route]:
    return [
        _served("/", "chat.html"),
        _served("/page/chat.css", "chat.css"),
        _served("/page/chat.js", "chat.js"),
        Route("/favicon.ico", _nothing),
    ]


def _served(path: str, name: str) -> Route:
    async def endpoint(request: Request) -> Response:
        content = (Path(__file__).parent / name).read_bytes()
        return Response(content, media_type=f"{KINDS[name]}; charset=utf-8", headers=HEADERS)

    return Route(path, endpoint)


async def _nothing(request: Request) -> Response:
    return Response(status_code=204)
