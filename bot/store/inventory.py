"""Every column of the state: what it is, and how long it is kept. A test fails on a column that is not listed here.

`/privacy` and SECURITY.md say the same in plain words; who adds a column adds it in all three.
"""

from dataclasses import dataclass

WHILE_SUBSCRIBED = "until the subscription ends (/digest stop, /forget, the bot is blocked, the account is gone)"
FOR_EVER = "for ever"
DAYS_90 = "90 days"
DAYS_28 = "28 days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`personal`: it says something of a reader. What is said of admins is not: they act in public office here."""

    what: str
    kept: str
    personal: bool = False


def _of_a_reader(what: str, kept: str = WHILE_SUBSCRIBED) -> Column:
    return Column(what=what, kept=kept, personal=True)


def _of_nobody(what: str, kept: str = FOR_EVER) -> Column:
    return Column(what=what, kept=kept)


INVENTORY: dict[str, dict[str, Column]] = {
    "subscribers": {
        "id": _of_a_reader("a number in the order of subscribing, given to nobody else later"),
        "tag": _of_a_reader("a keyed hash of the chat id, to find the row by"),
        "sealed": _of_a_reader("the chat id, encrypted with the key of the key file"),
        "at": _of_a_reader("the hour of the digest"),
        "zone": _of_a_reader("the time zone of that hour"),
        "revision": _of_a_reader("the revision of the facts that was told last"),
        "slot": _of_a_reader("the last day whose digest was sent or found empty"),
    },
    "tombstones": {
        "hash": _of_a_reader(
            "another keyed hash of a chat id that was forgotten, so that no backup brings it back", DAYS_28
        ),
        "at": _of_a_reader("when it was forgotten", DAYS_28),
    },
    "counts": {
        "day": _of_nobody("the day of a count", DAYS_90),
        "what": _of_nobody("what was counted: outcomes of answers, never of whom", DAYS_90),
        "times": _of_nobody("how often", DAYS_90),
    },
    "publications": {
        "number": _of_nobody("the order of publications"),
        "revision": _of_nobody("the revision that was made live"),
        "at": _of_nobody("when"),
        "admin": _of_nobody("the numeric id of the admin who did it; 0 is the program"),
        "how": _of_nobody("by start, reload or rollback"),
    },
    "audit": {
        "number": _of_nobody("the order of acts"),
        "at": _of_nobody("when"),
        "admin": _of_nobody("the numeric id of the admin who did it; 0 is the program"),
        "act": _of_nobody("what was done"),
        "revision": _of_nobody("to which revision of the facts"),
        "detail": _of_nobody("what else an admin is told of it"),
        "previous": _of_nobody("the hash of the act before it"),
        "hash": _of_nobody("the hash of this act: a chain, so none can be taken out"),
    },
    "state": {
        "name": _of_nobody("the name of a fact about this state: which key it is sealed with, when it was restored"),
        "value": _of_nobody("that fact"),
    },
}
