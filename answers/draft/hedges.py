"""The words before and behind a number that soften it ("about", "or so") or belong to it ("another", "between")."""

from collections.abc import Sequence
from dataclasses import dataclass

from answers.draft.tokens import Token, form

_SOFTENING = tuple(
    tuple(phrase.split())
    for phrase in """about;roughly;approximately;approx;around;circa;some;nearly;almost;virtually;close to;closer to;
    an estimated;estimated;more than;over;well over;just over;slightly over;a little over;in excess of;upwards of;
    upward of;at least;no fewer than;no less than;not less than;not fewer than;a minimum of;up to;as many as;
    as much as;at most;no more than;not more than;a maximum of;fewer than;less than;under;just under;well under;
    slightly more than;slightly less than;slightly under;a little more than;a little less than;just more than;just less than;
    much more than;as few as;as little as;perhaps;maybe;possibly;probably;or more;just about;at around;well above;
    greater than;larger than;higher than;lower than;~""".replace("\n", "").split(";")
)
_BELONGING = tuple(
    tuple(phrase.split())
    for phrase in """another;an additional;additional;a further;further;an extra;extra;a total of;the additional;
    the further;the extra;between""".replace("\n", "").split(";")
)
ADDING = frozenset({"another", "additional", "further", "extra"})
_BEHIND = (
    ("or", "so"),
    ("or", "more"),
    ("or", "fewer"),
    ("or", "less"),
    ("-", "odd"),
    ("-", "plus"),
    ("plus",),
    ("+",),
)
_PREFIXES = sorted(
    [*((one, True) for one in _SOFTENING), *((one, False) for one in _BELONGING)], key=lambda one: -len(one[0])
)
_ENDS: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
for _phrase, _soft in _PREFIXES:
    _ENDS.setdefault(_phrase[-1], []).append((_phrase, _soft))


@dataclass(frozen=True, slots=True)
class Hedge:
    """The tokens `first` to `stop` (exclusive) beside a number; `words` are those that soften it, in small letters."""

    first: int
    stop: int
    words: str


def hedge_before(text: Sequence[Token], at: int, free: int) -> Hedge:
    """What belongs to the number before the token `at`, no further back than the token `free`; it may be empty."""
    first, soft = at, ""
    for _ in range(3):
        found = next((one for one in _ENDS.get(form(text, first - 1), ()) if _stands(text, one[0], first, free)), None)
        if not found:
            break
        first -= len(found[0])
        soft = f"{' '.join(found[0])} {soft}".strip() if found[1] else soft
    return Hedge(first, at, soft)


def hedge_after(text: Sequence[Token], at: int) -> Hedge:
    """The softening words behind a number or its noun; it may be empty."""
    for phrase in _BEHIND:
        if all(form(text, at + step) == word for step, word in enumerate(phrase)):
            return Hedge(at, at + len(phrase), " ".join(phrase).replace("- ", ""))
    return Hedge(at, at, "")


def _stands(text: Sequence[Token], phrase: tuple[str, ...], stop: int, free: int) -> bool:
    first = stop - len(phrase)
    return first >= free and all(text[first + step].form == word for step, word in enumerate(phrase))
