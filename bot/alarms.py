"""Alarms."""

import logging
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

log = logging.getLogger(__name__)


class Alarm(StrEnum):
    HTML = "html"
    CONFLICT = "conflict"
    TOKEN = "token"  # noqa: S105
    POISON = "poison"
    BACKLOG = "backlog"


class Alarms:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def sound(self, alarm: Alarm, detail: str = "") -> None:
        log.error("alarm: %s %s", alarm, detail)
