"""Foreign text to text that may be saved: without the characters that change what is seen and not what is said.

An article file that held them would be refused (`answers.fields`). Nothing else of a text is changed.
"""

import re

from answers.fields import LONGEST_TEXT
from answers.lookalikes import HIDDEN

UNSEEN = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\U000e0000-\U000e007f{''.join(sorted(HIDDEN))}]")
"""What `answers.lookalikes` calls unseen, and halves of characters, which UTF-8 cannot hold."""


def safe(text: str) -> tuple[str, int]:
    """The text with one kind of line break, a last one, and without unseen characters; and how many of those it had."""
    kept, dropped = UNSEEN.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return (kept if kept.endswith("\n") else kept + "\n"), dropped


def line(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text on one line, its blanks single; empty when it is longer than a field may be: cut, it would be another."""
    if len(text) > 8 * longest:
        return ""
    # Blanks first: a tab between two words parts them, a dropped one would join them.
    one = " ".join(UNSEEN.sub("", " ".join(text.split())).split())
    return one if len(one) <= longest else ""


def left_out(dropped: int) -> tuple[str, ...]:
    """What an editor is told of characters that were left out."""
    return (f"{dropped} unseen character{'s were' if dropped > 1 else ' was'} left out of the text",) if dropped else ()
