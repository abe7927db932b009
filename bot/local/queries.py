"""Button presses and inline queries that wait for the bot's answer.

Must not know how an answer looks; it is kept as the bot gave it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.local.bell import Bell
from bot.local.errors import STALE_QUERY, bad_request
from bot.local.values import Json

FIRST_QUERY = 4_000_000_000_000_001
ANSWERABLE = 150.0  # seconds a press may wait (Client.cpp, get_update_callback_query expiry)


@dataclass(slots=True, kw_only=True)
class Query:
    id: str
    user_id: int
    chat_id: int | None
    asked: float
    answer: Json | None = None


class Queries:
    """The newest queries of one kind, by id."""

    def __init__(self, *, bell: Bell, clock: Callable[[], float], limit: int, first: int, lives: float) -> None:
        self._bell, self._clock = bell, clock
        self._limit, self._next, self._lives = limit, first, lives
        self._queries: OrderedDict[str, Query] = OrderedDict()

    def ask(self, *, user_id: int, chat_id: int | None) -> Query:
        query = Query(id=str(self._next), user_id=user_id, chat_id=chat_id, asked=self._clock())
        self._next += 1
        self._queries[query.id] = query
        if len(self._queries) > self._limit:
            self._queries.popitem(last=False)
        return query

    def get(self, query_id: str) -> Query | None:
        return self._queries.get(query_id)

    def newest(self, user_id: int) -> Query | None:
        """The user's newest query that was answered."""
        answered = (q for q in reversed(self._queries.values()) if q.user_id == user_id and q.answer is not None)
        return next(answered, None)

    def open(self, query_id: str) -> Query:
        """The query if it can still be answered."""
        query = self._queries.get(query_id)
        if query is None or query.answer is not None or self._clock() - query.asked > self._lives:
            raise bad_request(STALE_QUERY)
        return query

    def answer(self, query: Query, answer: Json) -> None:
        query.answer = answer
        self._bell.ring()

    async def answered(self, query: Query, seconds: float) -> Json | None:
        return await self._bell.until(lambda: query.answer, seconds)
