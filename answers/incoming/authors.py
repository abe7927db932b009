"""Names of writers as pages and bylines have them, to names: "By The Associated Press · Posted" is The Associated Press."""

import re
from collections.abc import Iterable

from answers.incoming.safe import line

LONGEST_NAME, MOST_NAMES = 80, 20

_BY = re.compile(
    r"(?:(?:written|reported|words|story) )?by:? |(?:von|par|por|od|de) (?=[A-Z][a-z]+ [A-Z])", re.IGNORECASE
)
_AFTER = re.compile(
    r"\s[·•|–—]\s.*|\b(?:posted|published|updated|last updated|modified)\b.*|\(?\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}\)?.*",
    re.IGNORECASE,
)
"""What stands behind a name and is none: dates, mail addresses, whatever is set off."""

_BETWEEN = re.compile(r"\s*(?:;|&|/|,(?:\s*and\b)?|\band\b)\s*")
_NOBODY = frozenset(
    "admin editor staff webmaster redaktion redaction newsroom author unknown anonymous none null".split()
)
_OFFICE = re.compile(
    r"(?:(?:[A-Z]{2,5}|guest|auto|sports|science|political|business|chief|senior|staff|foreign|diplomatic|political|world|national|defen[cs]e|europe|moscow|special|security|our)\s+)*"
    r"(?:correspondent|reporter|editor|writer|journalist|producer|contributor)s?(?:\s+(?:in|for|at)\s.*)?",
    re.IGNORECASE,
)


def names(given: Iterable[str], outlet: str = "") -> tuple[str, ...]:
    """The names in what was given as authors, each once; neither the outlet itself nor an office ("Senior Correspondent")."""
    found = (one for text in given if "://" not in text for one in _names(line(text)))
    kept = dict.fromkeys(one for one in found if one.casefold() != outlet.casefold())
    return tuple(kept)[:MOST_NAMES]


def _names(text: str) -> Iterable[str]:
    text = _AFTER.sub("", _BY.sub("", text, count=1) if _BY.match(text) else text)
    for piece in _BETWEEN.split(text):
        name = piece.strip(" .,:·|–—-@")
        if _is_name(name):
            yield name


def _is_name(name: str) -> bool:
    fine = 1 < len(name) <= LONGEST_NAME and len(name.split()) <= 8
    return fine and any(map(str.isalpha, name)) and name.casefold() not in _NOBODY and not _OFFICE.fullmatch(name)
