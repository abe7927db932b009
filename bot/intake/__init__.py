"""Updates in: fetched raw, worked on chat by chat, acknowledged only when they are finished.

    loop      joins what follows: fetch, take, work, acknowledge; starts and ends
    polling   getUpdates, and how long to wait after each way in which it fails
    window    which updates are in hand, and so how far Telegram may forget
    ledger    in memory that outlives the process: what was finished, what waits, what crashed us
    flood     how much one person may ask of us
    crashes   whether the process before ended by itself, and so by what it had in hand
    raw       what an update says of itself before it is parsed
    work      what is wanted of whoever works on updates, and how long that may take

Telegram is the durable queue. It is told an update is done when it is, so a kill loses none; what is slow is put into the
ledger, so that it does not hold the others. Of a question nothing reaches the disk.
"""

from bot.intake.loop import Intake
from bot.intake.raw import ALLOWED, Raw
from bot.intake.work import Times, Work

__all__ = ["ALLOWED", "Intake", "Raw", "Times", "Work"]
