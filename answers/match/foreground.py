"""What of a message asks, without what readers tell of themselves: "My cousin lives in Constanța. How many go to Romania?"

What a reader tells of himself limits no answer and names nothing that a passage must speak of. Rule: a sentence is left
out only if it asks nothing and speaks in the first person, and if what is left can stand alone; news that is told before
a question belongs to it.
"""

import re

from answers.match.language import language_of
from answers.match.manner import opens_with_verb, question_words, without_lead_in
from answers.text.normalise import words

_ENDS = re.compile(r"(?<![A-Z]\.)(?<=[.!?…])\s+")
_LEANS = frozenset(
    "they them their theirs he him his she her hers it its that those this these there then such".split()
)
_OURSELVES = frozenset(
    """i i'm i've i'd im ive my me mine we we're our ours myself
    ich mein meine meinen meiner wir unser unsere je j'ai mon ma mes nous notre eu meu mea mei mele noi
    я мій моя моє мої моя ми наш наша мой моя мои мы наши mój moja moje moi mam jestem nasz""".split()
)


def foreground(text: str) -> str:
    """The message without the sentences in which a reader only tells of himself; the whole where it is not plain."""
    sentences = [sentence for sentence in _ENDS.split(text.strip()) if words(sentence)]
    if len(sentences) < 2:
        return text
    kept = [sentence for sentence in sentences if _asks(sentence) or not _personal(sentence)]
    alone = any(map(_asks, kept)) and not any(word.form in _LEANS for sentence in kept for word in words(sentence))
    return " ".join(kept) if alone and len(kept) < len(sentences) else text


def _personal(sentence: str) -> bool:
    return any(word.form in _OURSELVES for word in words(sentence))


def _asks(sentence: str) -> bool:
    if sentence.endswith("?"):
        return True
    language = language_of(sentence)
    asked = without_lead_in(words(sentence))
    first = next(iter(question_words(asked, language)), None)
    return opens_with_verb(asked, language) or (first is not None and first[0] == 0)
