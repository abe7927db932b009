"""The methods of the Bot API: one table, one module per kind.

A method takes the world and its parameters and returns what stands in `result`, or raises a Refusal.
Must not know HTTP.
"""

from __future__ import annotations

from bot.local.methods import answers, chats, documents, edits, messages, polling, profiles
from bot.local.methods.kinds import Method

METHODS: dict[str, Method] = {
    name.lower(): Method(name=name, run=run)
    for table in (
        polling.METHODS,
        messages.METHODS,
        documents.METHODS,
        edits.METHODS,
        answers.METHODS,
        chats.METHODS,
        profiles.METHODS,
    )
    for name, run in table.items()
}
