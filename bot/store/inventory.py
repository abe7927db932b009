"""Every column of the state: what it is, and how long it is kept. A test fails on a column that is not listed here.

`/privacy` and SECURITY.md say the same in plain words; who adds a column adds it in all three.
"""

from dataclasses import dataclass

WHILE_SUBSCRIBED = "until the subscription ends (/digest stop, /forget, the bot is blocked, the account is gone)"
FOR_EVER = "for ever"
DAYS_90 = "90 days"
DAYS_28 = "28 days"
DAYS_7 = "7 days after the run was over, or until the subscription ends"


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
    "runs": {
        "number": _of_nobody("the order of runs of digests"),
        "slot": _of_nobody(
            "the slot that a run serves: a day, a zone and an hour; a channel's day; a correction's number"
        ),
        "kind": _of_nobody("routine, correction or channel"),
        "state": _of_nobody("how far it is: canary, open, paused, done or aborted"),
        "revision": _of_nobody("the revision that was live when it was opened"),
        "publication": _of_nobody("of a correction: the publication that it tells of"),
        "facts": _of_nobody("of a correction: the facts that it tells of"),
        "zone": _of_nobody("the zone of its slot"),
        "at": _of_nobody("the hour of its slot"),
        "day": _of_nobody("the day of its slot"),
        "opened": _of_nobody("when it was opened"),
        "opens": _of_nobody("when the minute of the admins ends"),
        "not_after": _of_nobody("when it expires"),
        "closed": _of_nobody("when it was over"),
        "cursor": _of_nobody("up to which subscriber its recipients are written down"),
        "fanned": _of_nobody("whether all of them are"),
        "pruned": _of_nobody("whether its rows were taken out"),
        "why": _of_nobody("why it is paused"),
    },
    "editions": {
        "number": _of_nobody("the order of editions", DAYS_7),
        "run": _of_nobody("the run that tells it", DAYS_7),
        "since": _of_nobody("since which revision it tells", DAYS_7),
        "revision": _of_nobody("up to which", DAYS_7),
        "repeat": _of_nobody("whether it is a correction's repeat", DAYS_7),
        "html": _of_nobody("the message", DAYS_7),
        "text": _of_nobody("the message in plain text", DAYS_7),
        "facts": _of_nobody("the facts in it", DAYS_7),
        "hash": _of_nobody("the hash of the message", DAYS_7),
    },
    "deliveries": {
        "run": _of_a_reader("a run of digests that he was a recipient of", DAYS_7),
        "subscriber": _of_a_reader("the number of his subscription; 0 is the channel", DAYS_7),
        "state": _of_a_reader("what became of the message to him", DAYS_7),
        "attempts": _of_a_reader("how often it was tried", DAYS_7),
        "not_before": _of_a_reader("when it is tried again", DAYS_7),
        "repeat": _of_a_reader("whether that would be a correction's repeat", DAYS_7),
        "epoch": _of_a_reader("which start of the bot tried it last", DAYS_7),
        "message": _of_a_reader("the number of the message in his chat", DAYS_7),
        "since": _of_a_reader("since which revision it told", DAYS_7),
        "revision": _of_a_reader("up to which", DAYS_7),
        "person": _of_a_reader("his number again, computed and not stored", DAYS_7),
    },
    "tallies": {
        "run": _of_nobody("a run"),
        "state": _of_nobody("what became of recipients whose rows are gone"),
        "times": _of_nobody("of how many"),
    },
    "canaries": {
        "hash": _of_nobody("the hash of a message that was shown to the admins", "a day"),
        "at": _of_nobody("when", "a day"),
        "stopped": _of_nobody("whether they stopped it", "a day"),
    },
    "state": {
        "name": _of_nobody(
            "the name of a fact about this state: which key it is sealed with, when it was restored, whether digests are"
            " halted, what the channel was told last, how often the bot was started"
        ),
        "value": _of_nobody("that fact"),
    },
}
