"""What can go wrong, as a small tree.

    Refusal         a Bot API method refused, with Telegram's status and words
    ParseError      a text whose markup Telegram would refuse
    WrongUse        /sim was called wrongly; the text says what to do instead
    LocalPortInUse  another program listens on the port

Must not know HTTP.
"""

from __future__ import annotations

from bot.local.values import Json

BLOCKED = "Forbidden: bot was blocked by the user"
DEACTIVATED = "Forbidden: user is deactivated"
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


class Refusal(Exception):
    """`{"ok": false}` as Telegram words it."""

    def __init__(self, error_code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.parameters = parameters


def bad_request(why: str) -> Refusal:
    """A 400 as the server words it: the first letter is lowered unless the text is a CONSTANT.

    tdlib telegram-bot-api Client.cpp, fail_query_with_error.
    """
    constant = len(why) > 1 and (why[1] == "_" or "A" <= why[1] <= "Z")
    return Refusal(400, "Bad Request: " + (why if constant else why[:1].lower() + why[1:]))


class ParseError(Exception):
    """The markup of a text cannot be parsed; the message is tdlib's, without its prefix."""


class WrongUse(Exception):
    """A call of /sim that cannot be carried out."""

    def __init__(self, what: str, status: int = 400) -> None:
        super().__init__(what)
        self.status = status


class LocalPortInUse(OSError):
    """Another program listens on the port of the local Bot API."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} of 127.0.0.1 is in use: stop the program that holds it, or choose another port")
        self.port = port
