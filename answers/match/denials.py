"""What a text says is not so: the words that its negations and refusals are about."""

from collections.abc import Sequence

from answers.text.normalise import STOP_WORDS, Word, stem

_NEGATIONS = frozenset({"not", "never", "no", "without", "cannot", "neither", "nor"})
_REFUSALS = frozenset(
    map(stem, "refuse reject decline deny forbid oppose resist withdraw cancel stop halt fail lack exclude".split())
)
REFUSED = "refused"
"""Stands among what is denied when the text speaks of a refusal."""

_REACH = 4
"""Words after a negation among which the one that it is about stands."""


def denied(words: Sequence[Word]) -> frozenset[str]:
    """Stems of the words that the negations of a text are about, and `REFUSED` where it speaks of a refusal."""
    found = {REFUSED} if any(stem(word.form) in _REFUSALS for word in words) else set()
    for at, word in enumerate(words):
        if word.form in _NEGATIONS or word.form.endswith("n't"):
            after = [one.form for one in words[at + 1 : at + 1 + _REACH] if one.form not in STOP_WORDS]
            found.update(map(stem, after[:1]))
    return frozenset(found)
