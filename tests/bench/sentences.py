"""How well sentences are split, beside annotated ones: `python -m tests.bench.sentences FOLDER [--half dev|test]`.

FOLDER holds CoNLL-U files with `# newpar` and `# text` lines (GUM's news, say), which are no part of this project. The
sentences of a paragraph are put together with blanks as the file tells, the paragraphs with a blank line. A boundary is
the end of a sentence inside its paragraph; a sentence is exact when both its ends are. The halves are every other file.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answers.draft.sentences import split
from answers.draft.values import Span


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text, and per paragraph the sentences that annotators saw in it."""

    name: str
    text: str
    paragraphs: tuple[tuple[Span, ...], ...]


@dataclass(slots=True)
class Score:
    """Counts of boundaries and sentences, of those annotated, drawn, and both; `unmarked` boundaries have no end mark."""

    gold: int = 0
    drawn: int = 0
    both: int = 0
    unmarked: int = 0
    sentences: int = 0
    exact: int = 0

    def line(self) -> str:
        precision, recall = self.both / max(1, self.drawn), self.both / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        exact = self.exact / max(1, self.sentences)
        counts = f"{self.sentences} sentences, {self.unmarked} of {self.gold} boundaries at no end mark"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  exact {exact:.3f}  ({counts})"


def read(path: Path) -> Annotated:
    """The text of a CoNLL-U file as its tokens tell, blanks and all."""
    text, paragraphs, sentences = "", [], []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if re.search(r"^# newpar$|^# newpar id", block, re.MULTILINE) and sentences:
            paragraphs.append(tuple(sentences))
            text, sentences = text.rstrip() + "\n\n", []
        words, blank = _surface(block)
        if words:
            sentences.append(Span(start=len(text), stop=len(text) + len(words)))
            text += words + blank
    return Annotated(path.stem, text, (*paragraphs, tuple(sentences)))


def _surface(block: str) -> tuple[str, str]:
    pieces = []
    inside = 0
    for line in block.splitlines():
        cells = line.split("\t")
        if len(cells) < 10 or "." in cells[0]:
            continue
        first, _, last = cells[0].partition("-")
        if int(first) <= inside:
            continue
        inside = int(last or 0)
        pieces += [cells[1], "" if "SpaceAfter=No" in cells[9] else " "]
    return ("".join(pieces[:-1]), pieces[-1]) if pieces else ("", "")


def score(one: Annotated, total: Score, wrong: list[str]) -> None:
    drawn = split(one.text)
    ends, starts = {span.stop for span in drawn}, {(span.start, span.stop) for span in drawn}
    for paragraph in one.paragraphs:
        inner = {span.stop for span in paragraph[:-1]}
        found = {end for end in ends if paragraph[0].start < end < paragraph[-1].stop}
        total.gold, total.drawn, total.both = (
            total.gold + len(inner),
            total.drawn + len(found),
            total.both + len(inner & found),
        )
        total.unmarked += sum(not re.search(r"[.!?…]\W*$", one.text[end - 6 : end]) for end in inner)
        total.sentences += len(paragraph)
        total.exact += sum((span.start, span.stop) in starts for span in paragraph)
        wrong += [
            f"{one.name}: missed {one.text[max(0, at - 50) : at]}|{one.text[at : at + 40]}" for at in inner - found
        ]
        wrong += [
            f"{one.name}: false  {one.text[max(0, at - 50) : at]}|{one.text[at : at + 40]}" for at in found - inner
        ]


def speed(texts: list[str]) -> float:
    """Characters a second, on a million of them."""
    whole = "\n\n".join(texts)
    whole *= max(1, 1_000_000 // max(1, len(whole)))
    before = time.perf_counter()
    split(whole)
    return len(whole) / (time.perf_counter() - before)


def _chosen(folder: Path, half: str) -> Iterator[Path]:
    for number, path in enumerate(sorted(folder.rglob("*.conllu"))):
        if half == "all" or (half == "dev") == (number % 2 == 0):
            yield path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--wrong", action="store_true", help="print what is wrong; never for the half that is reported")
    asked = parser.parse_args()
    total, wrong = Score(), list[str]()
    texts = [read(path) for path in _chosen(asked.folder, asked.half)]
    for text in texts:
        score(text, total, wrong)
    if asked.wrong:
        sys.stdout.write("\n".join(wrong) + "\n")
    sys.stdout.write(f"{asked.half}: {total.line()}, {speed([text.text for text in texts]) / 1e6:.1f} M characters/s\n")


if __name__ == "__main__":
    main()
