"""The buttons below an answer, and what each sends back: a letter, a colon and the fact's code.

What comes back is anybody's to forge, so it names facts and nothing more: it grants nothing.
"""

from collections.abc import Callable

from answers.compose import AsideView, ClosestView, FoundView, UnknownView, View, WithdrawnView
from answers.model import Fact, Suggestion
from bot.delivery import Button, Buttons

Words = Callable[..., str]
"""What gives words of ours in a reader's language: a renderer's `label`."""

CONTEXT, OTHERS, NOT_THIS, ASK, FACT, TOPIC, OLDER = "c", "o", "n", "q", "f", "t", "l"


def below(view: View, words: Words) -> Buttons:
    """The buttons of an answer; `words` speaks the language that the answer does."""
    match view:
        case FoundView(card=card, beside=beside):
            return found(card.fact, words, others=bool(beside))
        case ClosestView(cards=cards):
            numbered = [
                Button(words("%(number)s in context", number=number), f"{CONTEXT}:{card.fact.code}")
                for number, card in enumerate(cards, start=1)
            ]
            return [numbered, [_not_this(words)]]
        case UnknownView(suggestions=suggestions) | AsideView(suggestions=suggestions):
            return [[suggested(one)] for one in suggestions]
        case WithdrawnView(card=card, now=now):
            stands = [[Button(words("What stands now, in context"), f"{CONTEXT}:{now.code}")]] if now else []
            return [[_context(card.fact, words)], *stands]
        case _:
            return []


def found(fact: Fact, words: Words, *, others: bool) -> Buttons:
    row = [_context(fact, words)]
    if others or fact.claim:
        row.append(Button(words("Other sources"), f"{OTHERS}:{fact.code}"))
    return [row, [_not_this(words)]]


def suggested(suggestion: Suggestion) -> Button:
    return Button(suggestion.text, f"{ASK}:{suggestion.code}:{suggestion.number}")


def deep_link(fact: Fact) -> str:
    """The payload of a link that opens the bot at a fact (at most 64 of A-Z, a-z, 0-9, _ and -)."""
    plain = len(fact.id) <= 59 and all(c.isascii() and (c.isalnum() or c in "-_") for c in fact.id)
    return f"fact_{fact.id if plain else fact.code}"


def _context(fact: Fact, words: Words) -> Button:
    return Button(words("Source in context"), f"{CONTEXT}:{fact.code}")


def _not_this(words: Words) -> Button:
    return Button(words("This does not answer me"), NOT_THIS)
