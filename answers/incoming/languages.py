"""The language that an article is written in: by its text, and by what its page says where the text tells none."""

import re
from collections import Counter

from answers.match.language import UNDETERMINED, language_of

_WINDOW, _MOST = 300, 7


def language_in(text: str, told: str = "") -> str:
    """The ISO 639-1 code of an article's language. `told` is what its page says ("en-GB"); many pages say it wrongly.

    It counts for languages that the text cannot tell, such as Finnish, and where there is too little text.
    """
    code = re.match(r"[a-zA-Z]{2}(?![a-zA-Z])", told)
    said = code[0].lower() if code else ""
    read = _read(text)
    if said and (read == UNDETERMINED or said not in _TOLD_APART or {said, read} <= _ALIKE):
        return said
    return read


def _read(text: str) -> str:
    """What most stretches of the text are, from its beginning to its end: a quotation may be in another language."""
    step = max(_WINDOW, len(text) // _MOST)
    windows = [text[at : at + _WINDOW] for at in range(0, min(len(text), step * _MOST), step)]
    found = Counter(language_of(window) for window in windows if len(window) > _WINDOW // 2 or len(windows) == 1)
    return found.most_common(1)[0][0] if found else UNDETERMINED


_TOLD_APART = frozenset("en pl ro de fr es it pt uk ru el he ja zh ko th".split())
"""Languages that `language_of` knows by their words or by a script of their own."""

_ALIKE = frozenset("pl ro de fr es it pt".split())
"""Of these one may be read as another, in a long text by the small words that they share; a page's word is better."""
