"""How well speakers are named on PolNeAR, news annotated by hand: `python -m tests.bench.polnear FOLDER [--nlp]`.

FOLDER is one part of the corpus (its `text` and `attributions`); develop on `train` and `dev`, report on `test`. A direct
quotation of four words and more is right when the phrase found as its speaker overlaps the annotated source or
shares a content word with it. Sentences are split in a plain way, so that only speakers are measured.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from answers.draft.meant import Voice
from answers.draft.parser import Parser
from answers.draft.values import Attribution, Span
from answers.draft.voices import Reader
from answers.model import Known

Places = tuple[tuple[int, int], ...]
_QUOTED = re.compile(r"(?:[“\"]|'')(?:(?!''|[“”\"\n]).)+(?:[”\"]|''|(?=\n)|$)")
_SENTENCE = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|Lt)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col)\.)(?<=[.?!])[”\"’']{0,2}\s+"
    r"(?=[“\"‘'(]{0,2}[A-Z0-9])"
)
_SPEECH = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|announc|add(?:s|ed|ing)\b|according|wr(?:ote|ites)|not(?:ed|es|ing)\b"
    r"|report(?:s|ed)\b|argu|suggest|acknowledg|declar|explain|stat(?:ed|es|ing)\b|claim|insist|warn|respond|repl|stress"
    r"|emphasi|confirm|den(?:ied|ies|ying)|tweet|ask(?:ed|s)\b)"
)
_SMALL = frozenset("the a an of for in at on and or to with from by mr mrs ms dr his her their its who that".split())
_PRONOUNS = frozenset("he she they it who".split())


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated attribution: what is said, by whom, and the words that tell."""

    content: Places
    source: Places
    cue: Places


@dataclass(slots=True)
class Score:
    count: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def rate(self, part: str, *whole: str) -> float:
        return self.count[part] / max(1, sum(self.count[one] for one in whole))

    def lines(self) -> Iterator[str]:
        precision, recall = self.rate("right", "right", "wrong", "loose"), self.rate("right", "gold")
        f = 2 * precision * recall / max(1e-9, precision + recall)
        yield f"{self.count['articles']} articles, {self.count['gold']} direct quotations of four words and more"
        yield f"direct quotations: P {precision:.3f}  R {recall:.3f}  F {f:.3f}"
        yield f"speaker right when there is one: {self.rate('right', 'right', 'wrong'):.3f}"
        for tier in (Known.CUE, Known.INHERITED, Known.INFERRED):
            right = self.rate(f"{tier} right", f"{tier} right", f"{tier} wrong")
            loose, pronoun = self.count[f"{tier} loose"], self.count[f"{tier} pronoun"]
            yield f"sentences, {tier}: right {right:.3f}; against a pronoun {pronoun}; not annotated {loose}"
        heard = self.rate("heard", "speech")
        yield f"cues of speech: {heard:.3f} by a sentence or quotation, {self.rate('framed', 'speech'):.3f} with clauses"
        yield f"{1000 * self.seconds / max(1, self.count['articles']):.1f} ms an article"


def golds(path: Path) -> list[Gold]:
    marked: dict[str, Places] = {}
    found: list[Gold] = []
    for line in sorted(path.read_text().splitlines(), key=lambda one: one.startswith("E")):
        key, *rest = line.split("\t")
        if key.startswith("T"):
            pairs = rest[0].split(" ", 1)[1].split(";")
            marked[key] = tuple((int(start), int(stop)) for start, stop in map(str.split, pairs))
        elif key.startswith("E"):
            parts: dict[str, Places] = {}
            for role, target in (one.split(":") for one in rest[0].split()):
                name = role.rstrip("0123456789")
                parts[name] = (*parts.get(name, ()), *marked.get(target, ()))
            found.append(Gold(parts.get("Content", ()), parts.get("Source", ()), parts.get("Cue", ())))
    return [gold for gold in found if gold.content]


def split(text: str) -> list[Span]:
    found = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for gap in (*_SENTENCE.finditer(text, line.start(), line.end()), None):
            stop = gap.start() + len(gap.group().rstrip()) if gap else line.end()
            if words := text[start:stop].strip():
                begin = text.index(words, start)
                found.append(Span(start=begin, stop=begin + len(words)))
            start = gap.end() if gap else stop
    return found


def overlap(one: tuple[int, int], places: Places) -> int:
    return sum(max(0, min(one[1], stop) - max(one[0], start)) for start, stop in places)


def content(text: str) -> set[str]:
    return {re.sub(r"[’']s$", "", word) for word in re.findall(r"[\w’']+", text.lower())} - _SMALL


def shares(text: str, said: str, gold: Gold) -> bool:
    return any(content(said) & content(text[start:stop]) for start, stop in gold.source)


def right(text: str, voice: Voice, gold: Gold) -> bool:
    who = voice.who
    assert who
    if overlap((who.start, who.stop), gold.source):
        return True
    return shares(text, f"{who.name} {voice.attribution.speaker}", gold)


def direct(text: str, marked: Sequence[Gold]) -> Iterator[tuple[tuple[int, int], list[Gold]]]:
    """Quoted stretches of four words, with the annotations that hold most of each; those that none holds are left out."""
    for found in _QUOTED.finditer(text):
        size = found.end() - found.start()
        holding = [gold for gold in marked if gold.source and overlap(found.span(), gold.content) * 2 >= size]
        if holding and len(found.group().split()) >= 4:
            yield found.span(), holding


def score_quotes(text: str, reader: Reader, marked: Sequence[Gold], count: Counter[str]) -> None:
    voices = [((quote.start, quote.stop), voice) for quote, voice in reader.quotes() if voice.heard]
    used: set[int] = set()
    for place, holding in direct(text, marked):
        count["gold"] += 1
        size, at = max(((overlap(place, (mine,)), at) for at, (mine, _) in enumerate(voices)), default=(0, 0))
        if size:
            used.add(at)
            count["right" if any(right(text, voices[at][1], gold) for gold in holding) else "wrong"] += 1
    for at, (place, _) in enumerate(voices):
        long = len(text[place[0] : place[1]].split()) >= 4
        count["loose"] += at not in used and long and not any(overlap(place, gold.content) for gold in marked)


def score_sentences(
    text: str, named: Sequence[tuple[Span, Attribution]], marked: Sequence[Gold], count: Counter[str]
) -> None:
    for one, told in named:
        holding = [gold for gold in marked if gold.source and overlap((one.start, one.stop), gold.content)]
        sources = [text[start:stop].strip().lower() for gold in holding for start, stop in gold.source]
        if not holding:
            how = "loose"
        elif any(shares(text, told.speaker, gold) for gold in holding):
            how = "right"
        else:
            how = "pronoun" if set(sources) & _PRONOUNS else "wrong"
        count[f"{told.known} {how}"] += 1


def score_cues(
    text: str,
    reader: Reader,
    named: Sequence[tuple[Span, Attribution]],
    marked: Sequence[Gold],
    count: Counter[str],
) -> None:
    said = [(one.start, one.stop) for one, _ in named]
    said += [(quote.start, quote.stop) for quote, voice in reader.quotes() if voice.heard]
    cues = list(reader.cues())
    for gold in marked:
        if gold.source and any(_SPEECH.search(text[start:stop].lower()) for start, stop in gold.cue):
            heard = any(overlap(place, gold.content) for place in said)
            count["speech"] += 1
            count["heard"] += heard
            count["framed"] += heard or any(overlap(cue, gold.cue) for cue in cues)


def measure(folder: Path, parser: Parser | None) -> Score:
    score = Score()
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_text()
        marked = golds(min((folder / "attributions").glob(f"{path.stem}_*.ann")))
        sentences = split(text)
        begin = time.perf_counter()
        reader = Reader(text, sentences, parser)
        score.seconds += time.perf_counter() - begin
        score.count["articles"] += 1
        told = zip(sentences, reader.sentences, strict=True)
        named = [(one, said) for one, said in told if said.known is not Known.NONE]
        score_quotes(text, reader, marked, score.count)
        score_sentences(text, named, marked, score.count)
        score_cues(text, reader, named, marked, score.count)
    return score


def main(folder: str, *options: str) -> None:
    parser = None
    if "--nlp" in options:
        from answers.draft.nlp import load

        parser = load()
    console = Console(highlight=False, width=120)
    for line in measure(Path(folder), parser).lines():
        console.print(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
