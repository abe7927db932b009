"""What the bot does, one module a behaviour, joined here. The order matters: the first that fits handles an update."""

from bot.handlers import (
    admin,
    choices,
    corrections,
    digest,
    errors,
    inline,
    membership,
    own,
    pages,
    question,
    review,
    revisions,
    runs,
    start,
    withdrawing,
)
from bot.handlers.kind import Handler
from bot.office import Office

__all__ = ["Handler", "errors", "in_order"]


def in_order(office: Office) -> list[Handler]:
    """Every handler of the bot. Questions come last: they take whatever nobody else took. What many readers want is asked for early."""
    return [
        *membership.handlers(office),
        *inline.handlers(office),
        *start.handlers(office),
        *pages.handlers(office),
        *admin.handlers(office),
        *review.handlers(office),
        *withdrawing.handlers(office),
        *revisions.handlers(office),
        *runs.handlers(office),
        *digest.handlers(office),
        *choices.handlers(office),
        *own.handlers(office),
        *corrections.handlers(office),
        *question.handlers(office),
    ]
