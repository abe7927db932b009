"""Digests: which are due, what they tell, and how they leave, one row of the state for each recipient.

A run of a slot is opened once. Its recipients are written down, the admins are shown what it tells, and after a minute
its messages leave; what became of each is written down as it comes. Nothing that matters is kept in memory: whoever is
killed goes on where he was, and nobody gets a digest twice.
"""

from bot.digests.correcting import offered, tell
from bot.digests.editions import missed
from bot.digests.service import LOOK_EVERY, Digests
from bot.digests.slots import last_slot

__all__ = ["LOOK_EVERY", "Digests", "last_slot", "missed", "offered", "tell"]
