"""Who is on record for each sentence and quotation of an article, and how that is known.

Blank rather than wrong: a speaker is only named where a verb of speech and its subject stand beside the words
(cue), where a quotation or report goes on (inherited), or where little else is possible (inferred, for an editor to
confirm). A clause that covers half a sentence gives the sentence no speaker.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from answers.draft.parser import Parser
from answers.draft.values import Attribution, Quoted, Span
from answers.draft.voices import Reader

__all__ = ["Attributed", "Parser", "attribute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """`sentences` are parallel to those that were asked about; `quotes` stand in the order of the text."""

    sentences: tuple[Attribution, ...]
    quotes: tuple[Quoted, ...]


def attribute(text: str, sentences: Sequence[Span], parser: Parser | None = None) -> Attributed:
    """The speakers of an article's kept sentences, which stand in its order and do not overlap.

    Total: any text and any such sentences are answered. Names and roles are looked up in these sentences alone.
    """
    reader = Reader(text, sentences, parser)
    return Attributed(
        sentences=tuple(reader.sentences),
        quotes=tuple(
            Quoted(start=quote.start, stop=quote.stop, attribution=voice.attribution)
            for quote, voice in reader.quotes()
        ),
    )
