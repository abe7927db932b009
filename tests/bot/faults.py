"""Replies that the local Bot API gives instead of carrying a call out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.local.dispatch import Call, Reply


@dataclass(slots=True)
class Faults:
    """Answers the first calls of a method with these replies; None lets a call through."""

    method: str
    replies: list[Callable[[], Reply] | None] = field(default_factory=list)

    async def before(self, call: Call) -> Reply | None:
        if call.method.lower() != self.method.lower() or not self.replies:
            return None
        reply = self.replies.pop(0)
        return reply() if reply else None

    async def after(self, call: Call, reply: Reply) -> Reply:
        return reply


def refusal(status: int, description: str, **parameters: Any) -> Callable[[], Reply]:
    body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return lambda: Reply(status=status, body=body)
