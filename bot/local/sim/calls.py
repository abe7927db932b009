"""How a call of /sim is read and answered: JSON in, JSON out, and a wrong call told what to do.

Must not know what the calls do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.local.errors import WrongUse
from bot.local.reading import read_json
from bot.local.values import Json
from bot.local.world import World

Act = Callable[[World, "Fields"], Awaitable[Json]]


class Fields:
    """The fields of a call, each fetched with its type or a reason why not."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def integer(self, name: str, default: int | None = None) -> int:
        value = self.maybe_integer(name)
        if value is None:
            value = default
        if value is None:
            raise WrongUse(f'"{name}" is missing: give it as a whole number')
        return value

    def maybe_integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(str(value))
        except ValueError:
            raise WrongUse(f'"{name}" must be a whole number, not {value!r}') from None

    def number(self, name: str, default: float = 0.0) -> float:
        value = self.maybe_number(name)
        return default if value is None else value

    def maybe_number(self, name: str) -> float | None:
        value = self.values.get(name)
        try:
            return None if value in (None, "") else float(str(value))
        except ValueError:
            raise WrongUse(f'"{name}" must be a number, not {value!r}') from None

    def words(self, name: str) -> str:
        value = self.maybe_words(name)
        if not value:
            raise WrongUse(f'"{name}" is missing: give it as a non-empty string')
        return value

    def maybe_words(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise WrongUse(f'"{name}" must be a string, not {value!r}')
        return value

    def flag(self, name: str) -> bool:
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise WrongUse(f'"{name}" must be true or false, not {value!r}')
        return value


async def _body(request: Request) -> Json:
    # A page of another site can post forms and plain text to this port, but no JSON.
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise WrongUse('send the fields as JSON, with "Content-Type: application/json"', 415)
    try:
        body: Any = read_json(await request.body())
    except ValueError as error:
        raise WrongUse(f"the body is not JSON that can be sent: {error}") from None
    if not isinstance(body, dict):
        raise WrongUse("the body must be a JSON object")
    return body


def posted(world: World, path: str, act: Act) -> Route:
    async def endpoint(request: Request) -> Response:
        return await _answered(world, act, _body(request))

    return Route(path, endpoint, methods=["POST"])


def looked_up(world: World, path: str, act: Act) -> Route:
    async def query(request: Request) -> Json:
        return dict(request.query_params)

    async def endpoint(request: Request) -> Response:
        return await _answered(world, act, query(request))

    return Route(path, endpoint, methods=["GET"])


async def _answered(world: World, act: Act, reading: Awaitable[Json]) -> Response:
    try:
        return JSONResponse(await act(world, Fields(await reading)))
    except WrongUse as wrong:
        return JSONResponse({"error": str(wrong)}, status_code=wrong.status)
