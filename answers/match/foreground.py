"""What of a text asks, and what is told before it: "My cousin lives in Constanța. How many are going to Romania?"

What a reader tells of himself limits no answer, so its names and numbers forbid none. Rule: where it is not plain which
sentence asks, or the one that asks leans on the others, all of the text does.
"""

import re

from answers.match.language import language_of
from answers.match.manner import opens_with_verb, question_words, without_lead_in
from answers.text.normalise import words

_ENDS = re.compile(r"(?<![A-Z]\.)(?<=[.!?…])\s+")
_LEANS = frozenset(
    "they them their theirs he him his she her hers it its that those this these there then such".split()
)


def foreground(text: str) -> str:
    """The sentences that ask, in order, if each of them can stand alone; else the whole text."""
    sentences = [sentence for sentence in _ENDS.split(text.strip()) if words(sentence)]
    if len(sentences) < 2:
        return text
    asking = [sentence for sentence in sentences if sentence.endswith("?")] or [s for s in sentences if _asks(s)]
    if not asking or any(word.form in _LEANS for sentence in asking for word in words(sentence)):
        return text
    return " ".join(asking)


def _asks(sentence: str) -> bool:
    language = language_of(sentence)
    asked = without_lead_in(words(sentence))
    first = next(iter(question_words(asked, language)), None)
    return opens_with_verb(asked, language) or (first is not None and first[0] == 0)
