"""Several questions in one to its parts, and whether a question sets outlets side by side.

Rule: no word is invented. A part that cannot stand alone carries the words of the part before it along. A wrong split
is worse than none, so a text is split only where a second question plainly begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.match.language import language_of
from answers.match.manner import opens_with_verb, question_words, without_lead_in
from answers.text.names import Gazetteer
from answers.text.normalise import STOP_WORDS, Word, words

MOST_PARTS = 4
_LONGEST = 1000
_ENDS = re.compile(r"(?<=\?)\s+|\s*;\s+")
_JOINED = re.compile(r",?\s+(?:and|und|et|y|и|и также|і|та|i|oraz|și|as well as)\s+(?:also\s+)?", re.IGNORECASE)
_AND = re.compile(r"^(?:and|but|or|also|so)\s+", re.IGNORECASE)
_MOST_CARRIED = 20
_PRONOUNS = frozenset("they them their theirs he him his she her hers it its that those these there so".split())
_FOLLOWS_WHAT = frozenset(
    "did does do is are was were will would has have had can could should happened happens".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions: as it was `said`, and as a `text` that can stand alone."""

    said: str
    text: str


def parts_of(text: str, gazetteer: Gazetteer) -> tuple[Part, ...]:
    """The questions of a text in order, at most `MOST_PARTS`; one question is itself."""
    pieces = [piece for whole in _sentences(text[:_LONGEST]) for piece in _joined(whole)][:MOST_PARTS]
    if len(pieces) < 2:
        return (Part(text, text),)
    first, *rest = pieces
    standing = [first, *(_standing(piece, first, gazetteer) for piece in rest)]
    # What says the same twice is asked once, in the words that came first.
    parts = {_asked(text): _asked(piece) for text, piece in reversed([*zip(standing, pieces, strict=True)])}
    return tuple(Part(said, text) for text, said in reversed(parts.items()))


def _asked(piece: str) -> str:
    return f"{piece.rstrip(' ,;?!.')}?"


def _sentences(text: str) -> list[str]:
    """The text cut after question marks and at semicolons, if every piece then asks."""
    pieces = [
        _AND.sub("", piece.strip()) if at else piece for at, piece in enumerate(_ENDS.split(text)) if words(piece)
    ]
    return pieces if all(_asks(piece) for piece in pieces) else [text]


def _asks(piece: str) -> bool:
    asked, language = without_lead_in(words(piece)), language_of(piece)
    found = next(iter(question_words(asked, language)), None)
    leads = opens_with_verb(asked, language) or (found is not None and found[0] <= 1)
    return leads or (found is not None and piece.endswith("?"))


def _joined(whole: str) -> Iterator[str]:
    """A sentence cut where "and" begins another question."""
    language = language_of(whole)
    for join in _JOINED.finditer(whole):
        first, second = whole[: join.start()], whole[join.end() :]
        if _is_whole(words(first), language) and _begins(words(second), language):
            yield first
            yield from _joined(second)
            return
    yield whole


def _is_whole(first: Sequence[Word], language: str) -> bool:
    """Whether the words ask one thing: led by a question word or verb, with something asked about."""
    asked = without_lead_in(first)
    found = list(question_words(asked, language))
    leads = bool(found) and found[0][0] <= 1
    rest = asked[found[0][1] :] if leads else asked[1:]
    one = (leads and len(found) == 1) or (not found and opens_with_verb(asked, language))
    return one and any(word.form not in STOP_WORDS for word in rest)


def _begins(second: Sequence[Word], language: str) -> bool:
    """Whether the words plainly begin another question; a bare question word does."""
    found = next(iter(question_words(second, language)), None)
    if not found or found[0] > 0:
        return False
    rest = second[found[1] :]
    if language != "en" or not rest:
        return True
    if second[0].form in {"who", "which"} or second[1].form in {"many", "much"}:
        return len(rest) > 1
    return rest[0].form in _FOLLOWS_WHAT


def _standing(part: str, first: str, gazetteer: Gazetteer) -> str:
    """A part with the topic of the first question, where it leans on it."""
    return f"{part.rstrip(' ,;?!.')} {topic_of(first)}" if _leans(part, gazetteer) else part


def _leans(part: str, gazetteer: Gazetteer) -> bool:
    asked = words(part)
    told = [word for word in asked if word.form not in STOP_WORDS] if language_of(part) == "en" else asked[1:]
    return not told or (not gazetteer.find(asked) and any(word.form in _PRONOUNS for word in asked))


def topic_of(text: str) -> str:
    """What a question is about: its words without the ones that ask."""
    asked, language = without_lead_in(words(text)), language_of(text)
    found = next(iter(question_words(asked, language)), None)
    start = found[1] if found and found[0] <= 1 else 0
    rest = asked[start:]
    rest = (rest[1:] if opens_with_verb(rest, language) else rest)[:_MOST_CARRIED]
    return text[rest[0].start : rest[-1].start + len(rest[-1].surface)] if rest else ""


_SETS_BESIDE = re.compile(
    r"\b(?:compar\w+|agree\w*|disagree\w*|differ\w*|contradict\w*|conflict|consistent|versus|vs|same|both|each|match)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(r"\b(?:say|says|said|report|reports|reported|write|wrote|claim|give|cover)\b", re.IGNORECASE)
_PAPERS = r"(?:outlets?|newspapers?|news (?:sites?|sources?|outlets?)|articles)"
_SOURCES = r"(?:outlets?|media|newspapers?|news (?:sites?|sources?|organi[sz]ations?)|papers|articles|sources)"
_ALL_OUTLETS = re.compile(
    rf"\b(?:both|which|what|all|different|various|other|two|compare) (?:of )?(?:the )?{_PAPERS}\b"
    rf"|\b(?:do|did|have) (?:the )?{_SOURCES} (?:agree|disagree|differ|say|report|contradict|write)\b"
    rf"|\b(?:compare|differences? (?:between|in)|disagreements? between) (?:the )?(?:\w+ )?{_SOURCES}\b",
    re.IGNORECASE,
)


def compared(text: str, outlets: Sequence[str]) -> bool:
    """Whether a question sets outlets side by side: two of these, or "the outlets"."""
    text = text[:_LONGEST]
    named = sum(_names(text, outlet) for outlet in dict.fromkeys(outlets))
    if named >= 2:
        return bool(_SETS_BESIDE.search(text) or _SAYING.search(text))
    return _ALL_OUTLETS.search(text) is not None


def _names(text: str, outlet: str) -> bool:
    """Whether the text names the outlet; in small letters only an abbreviation counts ("cnn", not "time")."""
    flags = re.IGNORECASE if outlet.isupper() else 0
    return re.search(rf"(?<!\w){re.escape(outlet)}(?!\w)", text, flags) is not None
