"""Vectors without the hours that a million encodings take: a stand-in for the encoder whose vectors of most variants are synthetic.

Passages of the sets, and the first variants, have true vectors. The vector of any other variant is the unit of a weighted
sum of the true vectors of the three facts that it is spliced of, with Gaussian noise. Weights, and mean and covariance of
the noise, are fitted on every second of the truly encoded variants; on the others the cosines of stand-in and true
vectors are set side by side (`calibration`). What noise cannot know is which words were changed: a true vector is nearer
to a question that shares these very words, a synthetic one is not.
"""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answers.encode import Encoder, Kind
from answers.questions import Gold
from tests.bench.pool import PLAIN, TITLE, TITLED, encoded_text, key_of, texts_of
from tests.bench.variants import Passage, Splicer

Floats = NDArray[np.float32]
Array = NDArray[Any]
Told = list[dict[str, float | str]]

REALLY = 2_500
"""Variants that are truly encoded: about 25 seconds on one core."""


class Known:
    """Things found by the key of their text; what stands first of equal keys holds."""

    def __init__(self, keys: NDArray[np.uint64], rows: Array) -> None:
        self._keys, first = np.unique(keys, return_index=True)
        self._rows = rows[first]

    def of(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.bool_], Array]:
        """Which keys are known, and the rows of those."""
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found = self._keys[places] == keys
        return found, self._rows[places[found]]


class Mixture:
    """Synthetic vectors of the three kinds of texts, from the facts that a text is spliced of."""

    def __init__(self, stored: dict[str, Array]) -> None:
        self._facts = (stored["passages"], stored["passages"], stored["titles"])
        self._fits = [{part: stored[f"{part}{kind}"] for part in _PARTS} for kind in (PLAIN, TITLED, TITLE)]

    def of(self, origins: NDArray[np.int16], keys: NDArray[np.uint64]) -> Floats:
        """A unit vector for each row of kind and three facts; what is drawn is a function of the key."""
        drawn = np.stack([np.random.default_rng(int(key)).standard_normal(self._facts[0].shape[1]) for key in keys])
        mixed = np.empty_like(drawn)
        for kind, fit in enumerate(self._fits):
            at = np.flatnonzero(origins[:, 0] == kind)
            like = (keys[at] % np.uint64(len(fit["weights"]))).astype(np.int64)
            apart = self._facts[kind][origins[at, 1:]] - fit["centre"]
            whole = np.einsum("nsd,ns->nd", apart, fit["weights"][like])
            mixed[at] = whole + fit["mean"] + fit["spread"][like, None] * (drawn[at] @ fit["root"].T)
        return unit(mixed)


_PARTS = ("centre", "weights", "mean", "spread", "root")


def fitted(passages: Floats, titles: Floats, origins: NDArray[np.int16], true: Floats) -> dict[str, Array]:
    """What `Mixture` is made of: the facts' vectors, and of each kind of text the parts of its fit."""
    stored = {"passages": passages, "titles": titles}
    for kind in (PLAIN, TITLED, TITLE):
        at = origins[:, 0] == kind
        fit = _fit((passages, passages, titles)[kind][origins[at, 1:]], true[at])
        stored |= {f"{part}{kind}": np.asarray(value, np.float32) for part, value in zip(_PARTS, fit, strict=True)}
    return stored


def _fit(facts: Floats, true: Floats) -> tuple[Array, ...]:
    """Of true vectors beside their facts: the facts' mean, each one's own weights, and mean, spread and root of the rest.

    Weights are of what a fact is apart from the mean, for all vectors of an encoder have much in common. The root of the
    covariance makes noise of numbers that are drawn; its spread goes with the weights.
    """
    centre, middle = facts.mean(axis=(0, 1)), true.mean(axis=0)
    apart = facts - centre
    pairs = zip(apart, true - middle, strict=True)
    weights = np.stack([np.linalg.lstsq(own.T, one, rcond=None)[0] for own, one in pairs])
    left = true - np.einsum("nsd,ns->nd", apart, weights)
    mean = left.mean(axis=0)
    lengths = np.linalg.norm(left - mean, axis=1)
    spread = lengths / np.sqrt(np.mean(lengths**2))
    values, axes = np.linalg.eigh(np.cov((left - mean) / spread[:, None], rowvar=False))
    return centre, weights, mean, spread, axes * np.sqrt(np.maximum(values, 0))


class StandIn:
    """An `Encoder` that is never run: true vectors where there are any, synthetic ones for the other variants."""

    def __init__(self, true: Path, origins: Path) -> None:
        known, spliced = np.load(true), np.load(origins)
        self.name, self.dimension = str(known["name"]), known["vectors"].shape[1]
        self._true = Known(known["keys"], known["vectors"])
        self._origins = Known(spliced["keys"], spliced["origins"])
        self._mixture = Mixture(dict(known))

    def encode(self, texts: Sequence[str], kind: Kind) -> Floats:
        assert kind is Kind.PASSAGE, "questions are always really encoded"
        keys = np.array([key_of(text) for text in texts], np.uint64)
        vectors = np.empty((len(keys), self.dimension), np.float32)
        found, rows = self._true.of(keys)
        vectors[found] = rows
        if not found.all():
            spliced, origins = self._origins.of(keys[~found])
            assert spliced.all(), "a text is neither of the sets nor of a variant"
            vectors[~found] = self._mixture.of(origins, keys[~found])
        return vectors


def encode_really(encoder: Encoder, facts: Sequence[Passage], questions: Sequence[Gold], file: Path) -> Told:
    """The true vectors, and what the synthetic ones are made of, into a file; how like the two are."""
    passages = encoder.encode([encoded_text(fact) for fact in facts], Kind.PASSAGE)
    titles = encoder.encode([fact["title"] for fact in facts], Kind.PASSAGE)
    texts, origins = _first_variants(facts)
    true = encoder.encode(texts, Kind.PASSAGE)
    stored = fitted(passages, titles, origins[::2], true[::2])
    every = [*map(encoded_text, facts), *(fact["title"] for fact in facts), *texts]
    keys = np.array([key_of(text) for text in every], np.uint64)
    kept = {**stored, "keys": keys, "vectors": np.concatenate([passages, titles, true]), "name": np.array(encoder.name)}
    np.savez(file, allow_pickle=False, **kept)
    apart = keys[-len(texts) :][1::2]
    synthetic = Mixture(stored).of(origins[1::2], apart)
    asked = encoder.encode([question.text for question in questions], Kind.QUESTION)
    answering = [[fact["id"] in question.facts for fact in facts] for question in questions]
    return calibration(stored, origins[1::2], (true[1::2], synthetic), asked, np.array(answering))


def _first_variants(facts: Sequence[Passage]) -> tuple[list[str], NDArray[np.int16]]:
    splicer = Splicer(facts)
    told = [(texts_of(passage), of) for passage, of in map(splicer.variant, range(REALLY))]
    rows = chain.from_iterable(
        ((text, (kind, *(of.text, of.title)[kind == TITLE])) for kind, text in texts) for texts, of in told
    )
    texts, origins = zip(*rows, strict=True)
    return list(texts), np.array(origins, np.int16)


def calibration(
    stored: dict[str, Array],
    origins: NDArray[np.int16],
    vectors: tuple[Floats, Floats],
    asked: Floats,
    answering: NDArray[np.bool_],
) -> Told:
    """Mean and deviation of cosines, true beside stand-in, of variants that nothing was fitted on."""
    told: Told = []
    for kind, name in ((PLAIN, "passage"), (TITLED, "passage below a title"), (TITLE, "title")):
        at = origins[:, 0] == kind
        own = (stored["titles"] if kind == TITLE else stored["passages"])[origins[at, 1:]]
        pairs = [_cosines(whole[at], own, asked, answering[:, origins[at, 1]]) for whole in vectors]
        for what, true, synthetic in zip(_COMPARED, *pairs, strict=True):
            told.append({"of": name, "cosine to": what, **_moments("true", true), **_moments("stand-in", synthetic)})
    return told


_COMPARED = (
    "its first fact",
    "its second",
    "its third",
    "any question",
    "questions on its first fact",
    "a question, the nearest of all",
)


def _cosines(vectors: Floats, own: Floats, asked: Floats, answering: NDArray[np.bool_]) -> list[Floats]:
    sources = np.einsum("nsd,nd->ns", own, vectors)
    near = asked @ vectors.T
    return [*sources.T, near.ravel(), near[answering], near.max(axis=1)]


def _moments(name: str, values: Floats) -> dict[str, float]:
    return {f"{name} mean": float(values.mean()), f"{name} sd": float(values.std())}


def unit(vectors: Array) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
