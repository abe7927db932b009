"""What a text says is not so: the words that its negations and refusals are about."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from answers.text.normalise import STOP_WORDS, Word, stem

_NEGATIONS = frozenset({"not", "never", "no", "without", "cannot", "neither", "nor"})
_HURRIED = frozenset(
    """dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt havent hadnt""".split()
)
"""Negations as they are typed in haste."""
_REFUSALS = frozenset(
    map(stem, "refuse reject decline deny forbid oppose resist withdraw cancel stop halt fail lack exclude".split())
)
_REFUSED_WITH = {
    stem(verb): particle
    for verb, particle in {
        "turn": "down",
        "call": "off",
        "rule": "out",
        "stay": "out",
        "back": "out",
        "opt": "out",
    }.items()
}
"""Verbs that refuse with a particle, which may stand behind what is refused: "turn the offer down"."""

REFUSED = "refused"
"""Stands among what is denied when the text speaks of a refusal."""

_REACH, _SCOPE = 4, 6
"""Words after a negation among which the one that it is about stands, and among which all that it bears on."""

_BREAKS = frozenset("although though but while whereas however".split())
"""Words that begin what is set against the denial."""

_STANDS = frozenset(
    "vote votes voted voting speak speaks spoke argue argues argued come came is are was were stand stood".split()
)
"""Verbs that refuse with "against"."""

_LIGHT = frozenset({"going", "yet", "longer"})


def negates(form: str) -> bool:
    """Whether a verb carries its negation: "aren't", or "arent" in haste."""
    return form.endswith("n't") or form in _HURRIED


def denied(words: Sequence[Word]) -> frozenset[str]:
    """Stems of the words that the negations of a text are about, and `REFUSED` where it speaks of a refusal."""
    found = {REFUSED} if any(_refuses(words, at) for at in range(len(words))) else set()
    found.update(about[0] for about in _negated(words, _REACH) if about)
    return frozenset(found)


def scope(words: Sequence[Word]) -> frozenset[str]:
    """Stems of all words that the negations of a text bear on."""
    return frozenset(term for about in _negated(words, _SCOPE) for term in about)


def _negated(words: Sequence[Word], reach: int) -> Iterator[list[str]]:
    """Stems of the words that follow each negation, as far as it reaches."""
    for at, word in enumerate(words):
        if word.form in _NEGATIONS or negates(word.form):
            after = takewhile(lambda form: form not in _BREAKS, (one.form for one in words[at + 1 : at + 1 + reach]))
            yield [stem(form) for form in after if form not in STOP_WORDS | _LIGHT]


def _refuses(words: Sequence[Word], at: int) -> bool:
    verb = stem(words[at].form)
    if words[at].form in _STANDS and any(word.form == "against" for word in words[at + 1 : at + 2]):
        return True
    particle = _REFUSED_WITH.get(verb)
    return verb in _REFUSALS or (
        particle is not None and any(word.form == particle for word in words[at + 1 : at + 1 + _REACH])
    )
