"""What an editor should look at before a candidate is let out, the worst first. A doubt says what and why, in one line."""

from collections.abc import Iterator

from answers.draft.values import Candidate
from answers.model import Article, Known
from answers.text.names import Gazetteer
from answers.text.normalise import Word, words
from answers.text.reading import read

_LONGEST_SCARE = 3
"""Words between quotation marks that may be a term and nobody's speech."""

_POINTS_BACK = frozenset(
    "he she they it his her their its this that these those such both the former the latter there".split()
) - {"the"}
_FIRST_PERSON = frozenset("i we our us my".split())
_OPENS = "\"“‘«„'"


def of(candidate: Candidate, article: Article, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The doubts about a candidate of this article; none when the rules are sure of all that they filled in."""
    found = (
        *_who(candidate),
        *_alone(candidate),
        *_counted(candidate),
        *_dated(article),
        *_unlisted(candidate, gazetteer),
    )
    return tuple(dict.fromkeys(found))


def _who(candidate: Candidate) -> Iterator[str]:
    said = candidate.attribution
    speech = [quote for quote in candidate.quotes if len(words(candidate.part(quote))) > _LONGEST_SCARE]
    match said.known:
        case Known.NONE if speech:
            yield "Somebody is quoted, and it is not said here who."
        case Known.INFERRED:
            yield f"That {said.speaker} says this was worked out from what stands around it."
        case Known.INHERITED:
            yield f"The speaker {said.speaker} was carried over from the words before."
        case Known.CUE if {quote.attribution.speaker for quote in speech} - {"", said.speaker}:
            yield "More than one speaker is quoted."


def _alone(candidate: Candidate) -> Iterator[str]:
    """Words that point out of the passage: a reader sees it alone."""
    bare = _outside_quotes(candidate)
    first = bare[0] if bare and candidate.passage.lstrip(_OPENS).startswith(bare[0].surface) else None
    if first and first.form in _POINTS_BACK:
        yield f'It begins with "{first.surface}": say in names who or what is meant.'
    if not candidate.quotes and any(word.form in _FIRST_PERSON and not word.all_capitals for word in bare):
        yield "It speaks of I or we, and quotes nobody."


def _outside_quotes(candidate: Candidate) -> list[Word]:
    inside = [(quote.start - candidate.start, quote.stop - candidate.start) for quote in candidate.quotes]
    return [word for word in words(candidate.passage) if not any(start <= word.start < stop for start, stop in inside)]


def _counted(candidate: Candidate) -> Iterator[str]:
    for figure in candidate.figures:
        if not figure.unit:
            yield f'It is not clear what "{figure.text}" counts.'
        elif figure.vague:
            yield f'"{figure.text}" is read as {figure.low:,.0f} to {figure.high:,.0f}.'


def _dated(article: Article) -> Iterator[str]:
    if article.published is None:
        yield "The article's day is not known, so no day in it could be worked out."


def _unlisted(candidate: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """Names that names.toml does not have: the bot knows a question about them only when it does."""
    speaker = candidate.attribution.speaker
    strange = list(dict.fromkeys(_strange(candidate, gazetteer)))
    if speaker and speaker not in gazetteer and speaker.split()[-1][0].isupper():  # "US officials" is no name
        strange = [speaker, *(name for name in strange if name not in speaker and speaker not in name)]
    if strange:
        yield f"names.toml does not know {', '.join(strange[:3])}."


def _strange(candidate: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """Runs of capitalised words that are no listed name; the first word of a sentence tells nothing."""
    run: list[str] = []
    last = -1
    for at, word in enumerate(read(candidate.passage, gazetteer).unnamed):
        near = word.start - last == 1
        if run and not (near and word.capital):
            yield from _run(run)
            run = []
        if word.capital and (at > 0 or run) and not word.number:
            run.append(word.surface)
        last = word.start + len(word.surface)
    yield from _run(run)


def _run(run: list[str]) -> Iterator[str]:
    """Two capitalised words in a row are a name to most readers; one may be a title, a day, a month."""
    if len(run) > 1:
        yield " ".join(run)
