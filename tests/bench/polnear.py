"""How well speakers are named on PolNeAR, news annotated by hand: `python -m tests.bench.polnear FOLDER [--nlp]`.

FOLDER is one part of the corpus (its `text` and `attributions`). A direct quotation of four words and more is right
when the phrase found as its speaker overlaps the annotated source or shares a content word with it.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answers.draft.frames import Parser
from answers.draft.values import Span
from answers.draft.voices import Reader, Voice
from answers.model import Known

_QUOTED = re.compile(r"(?:[“\"]|'')(?:(?!''|[“”\"\n]).)+(?:[”\"]|''|(?=\n)|$)")
_SENTENCE = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|Lt)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col)\.)(?<=[.?!])[”\"’']{0,2}\s+(?=[“\"‘'(]{0,2}[A-Z0-9])"
)
_SPEECH = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|announc|add(?:s|ed|ing)\b|according|wr(?:ote|ites)|not(?:ed|es|ing)\b|report(?:s|ed)\b|argu|suggest|acknowledg|declar|explain|stat(?:ed|es|ing)\b|claim|insist|warn|respond|repl|stress|emphasi|confirm|den(?:ied|ies|ying)|tweet|ask(?:ed|s)\b)"
)
_SMALL = frozenset("the a an of for in at on and or to with from by mr mrs ms dr his her their its who that".split())


@dataclass(frozen=True, slots=True)
class Gold:
    content: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]
    cue: str
    told: tuple[tuple[int, int], ...] = ()


def golds(path: Path) -> list[Gold]:
    marked: dict[str, tuple[tuple[tuple[int, int], ...], str]] = {}
    found: list[Gold] = []
    for line in sorted(path.read_text().splitlines(), key=lambda one: one.startswith("E")):
        key, *rest = line.split("\t")
        if key.startswith("T"):
            places = tuple((int(a), int(b)) for a, b in (one.split() for one in rest[0].split(" ", 1)[1].split(";")))
            marked[key] = (places, rest[1])
        elif key.startswith("E"):
            parts: dict[str, list[tuple[tuple[int, int], ...]]] = {}
            cue = ""
            for one in rest[0].split():
                role, target = one.split(":")
                if target not in marked:
                    continue
                parts.setdefault(role.rstrip("0123456789"), []).append(marked[target][0])
                if role.startswith("Cue"):
                    cue += " " + marked[target][1].lower()
            flat = {role: tuple(place for places in held for place in places) for role, held in parts.items()}
            if "Content" in flat:
                found.append(Gold(flat["Content"], flat.get("Source", ()), cue, flat.get("Cue", ())))
    return found


def split(text: str) -> list[Span]:
    found = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for gap in (*_SENTENCE.finditer(text, line.start(), line.end()), None):
            raw = text[start : gap.start() if gap else line.end()]
            end = start + len(raw)
            if gap:
                end += len(gap.group().rstrip())
            while end > start and text[end - 1].isspace():
                end -= 1
            if end > start:
                found.append(Span(start=start, stop=end))
            start = gap.end() if gap else end
    return found


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def content_words(text: str) -> set[str]:
    return {re.sub(r"[’']s$", "", word) for word in re.findall(r"[\w’']+", text.lower())} - _SMALL


def right(text: str, voice: Voice, gold: Gold) -> bool:
    assert voice.who
    if any(overlap((voice.who.start, voice.who.stop), place) for place in gold.source):
        return True
    named = content_words(voice.who.name) | content_words(voice.attribution.speaker)
    return any(named & content_words(text[a:b]) for a, b in gold.source)


def direct(text: str, marked: list[Gold]) -> Iterator[tuple[int, int, list[Gold]]]:
    """Quoted stretches of four words that lie in annotated content, and the annotations that hold most of them."""
    for found in _QUOTED.finditer(text):
        if len(found.group().split()) < 4:
            continue
        place = (found.start(), found.end())
        most = [(sum(overlap(place, one) for one in gold.content), gold) for gold in marked if gold.source]
        holding = [gold for size, gold in most if size * 2 >= place[1] - place[0]]
        if holding:
            yield *place, holding


def main(folder: Path, parser: Parser | None, show: int = 0) -> Counter[str]:
    count: Counter[str] = Counter()
    spent = 0.0
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_text()
        notes = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        marked = golds(notes[0])
        sentences = split(text)
        begin = time.perf_counter()
        reader = Reader(text, sentences, parser)
        spent += time.perf_counter() - begin
        count["articles"] += 1
        voices = [(quote, voice) for quote, voice in reader.quotes() if voice.heard]
        used: set[int] = set()
        for start, stop, holding in direct(text, marked):
            count["gold"] += 1
            mine = [(overlap((start, stop), (quote.start, quote.stop)), at) for at, (quote, _) in enumerate(voices)]
            best = max(mine, default=(0, 0))
            if not best[0]:
                count["missed"] += 1
                _tell(show, "MISS", text, start, stop, holding, None)
                continue
            voice = voices[best[1]][1]
            used.add(best[1])
            good = any(right(text, voice, gold) for gold in holding)
            count["right" if good else "wrong"] += 1
            if not good:
                _tell(show, "WRONG", text, start, stop, holding, voice)
            if voice.attribution.speaker:
                count[f"{voice.attribution.known}"] += 1
                if not good:
                    ok = any(
                        text[a:b].lower() in {"he", "she", "they", "it", "who"}
                        for gold in holding
                        for a, b in gold.source
                    )
                    count[f"{voice.attribution.known} {'pronoun' if ok else 'wrong'}"] += 1
            else:
                count["blank"] += 1
        for at, (quote, voice) in enumerate(voices):
            if at not in used and len(quote.of(text).split()) >= 4:
                touched = any(overlap((quote.start, quote.stop), one) for gold in marked for one in gold.content)
                count["loose annotated" if touched else "loose"] += 1
                if not touched:
                    _tell(show, "LOOSE", text, quote.start, quote.stop, [], voice)
        _sentences(text, sentences, reader, marked, count, show)
    f = (
        count["right"] / max(1, count["right"] + count["wrong"] + count["loose"]),
        count["right"] / max(1, count["gold"]),
    )
    print(dict(count))
    print(
        f"direct P {f[0]:.3f} R {f[1]:.3f} F {2 * f[0] * f[1] / sum(f):.3f}  when named {count['right'] / (count['right'] + count['wrong']):.3f}"
    )
    for tier in ("cue", "inherited", "inferred"):
        if count[f"s {tier}"]:
            print(
                tier,
                "sentences",
                count[f"s {tier}"],
                "right of annotated",
                round(count[f"s {tier} right"] / max(1, count[f"s {tier} right"] + count[f"s {tier} wrong"]), 3),
                "not annotated",
                count[f"s {tier} free"],
            )
        if count[tier]:
            print(
                tier,
                "quotes",
                count[tier],
                "wrong",
                count[f"{tier} wrong"],
                "against a pronoun",
                count[f"{tier} pronoun"],
            )
    print(
        f"speech cues {count['speech']} heard {count['speech heard'] / count['speech']:.3f} by sentence or quotation, {count['speech framed'] / count['speech']:.3f} with clauses; ms an article {1000 * spent / count['articles']:.1f}"
    )
    return count


def _sentences(
    text: str, sentences: list[Span], reader: Reader, marked: list[Gold], count: Counter[str], show: int
) -> None:
    said = list(reader.sentences)
    named = [(one, told) for one, told in zip(sentences, said, strict=True) if told.known is not Known.NONE]
    for one, told in named:
        tier = f"s {told.known}"
        count[tier] += 1
        around = (one.start, one.stop)
        holding = [gold for gold in marked if gold.source and any(overlap(around, place) for place in gold.content)]
        if not holding:
            count[f"{tier} free"] += 1
            _tell(show, f"FREE {told.known}", text, one.start, one.stop, [], told)
            continue
        words = content_words(told.speaker)
        good = any(words & content_words(text[a:b]) for gold in holding for a, b in gold.source)
        pron = any(text[a:b].lower() in {"he", "she", "they", "it", "who"} for gold in holding for a, b in gold.source)
        count[f"{tier} {'right' if good else 'pronoun' if pron else 'wrong'}"] += 1
        if not good and not pron:
            _tell(show, f"SENT {told.known}", text, one.start, one.stop, holding, told)
    cues = list(reader.cues())
    heard = [(quote, voice.who) for quote, voice in reader.quotes() if voice.heard]
    for gold in marked:
        if gold.source and _SPEECH.search(gold.cue):
            count["speech"] += 1
            found = any(overlap((one.start, one.stop), place) for one, told in named for place in gold.content)
            found = found or any(overlap((one.start, one.stop), place) for one, _ in heard for place in gold.content)
            count["speech heard"] += found
            count["speech framed"] += found or any(overlap(one, place) for one in cues for place in gold.told)
            if not found:
                a, b = gold.content[0]
                _tell(show, "DEAF", text, a, b, [gold], None)


def _tell(show: int, what: str, text: str, start: int, stop: int, holding: list[Gold], voice: object) -> None:
    if show:
        line = text.rfind("\n", 0, start) + 1
        end = text.find("\n", stop)
        around = (
            text[max(line, start - 150) : start]
            + "[["
            + text[start:stop]
            + "]]"
            + text[stop : min(end, stop + 120) if end > 0 else stop + 120]
        )
        src = [text[a:b] for gold in holding for a, b in gold.source]
        cue = [gold.cue for gold in holding]
        mine = (
            (
                voice.who.name if voice.who else None,
                voice.attribution.speaker,
                voice.attribution.known,
                voice.attribution.cue,
            )
            if isinstance(voice, Voice)
            else voice
        )
        print(f"#{what} gold={src} cue={cue} mine={mine}\n   {around}")


if __name__ == "__main__":
    parser = None
    if "--nlp" in sys.argv:
        from answers.draft.nlp import load

        parser = load()
    main(Path(sys.argv[1]), parser, "--show" in sys.argv)
