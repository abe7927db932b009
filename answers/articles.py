"""An article file to an `Article`, and nothing else.

The file is TOML front matter between two `+++` lines, then the exact text of the saved copy. An outlet or a day that
is not known yet is left out (`Article.unknown`): no fact of such an article may be published. The text is
never changed: not its typos, not its quotation marks, not its blanks. `cut` is the only way to a `Quote`.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from answers.errors import NotInArticle, Problem, Refused
from answers.fields import Fields, decoded, toml
from answers.lookalikes import borrowed_host, mixed, mostly_latin, script_of
from answers.model import Article, Quote

FENCE = "+++"
_STEM = re.compile(r"[a-z0-9][a-z0-9-]{2,79}")


def parse(data: bytes, path: str) -> Article:
    """The article of a file's bytes; its id is the file's stem.

    Total: any bytes give an article or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    front, first_line, body = _split(text, path)
    problems: list[Problem] = []
    lines = front.split("\n")

    def line_of(key: str) -> int:
        return first_line + next((n for n, line in enumerate(lines) if re.match(rf"\s*{re.escape(key)}\s*=", line)), -1)

    fields = Fields(toml(front, path, first_line), path=path, line_of=line_of, problems=problems)
    article = _read(fields, PurePosixPath(path).stem, body)
    fields.no_more()
    problems += _borrowed(body, path, first_line + len(lines))
    if problems:
        raise Refused(problems)
    return article


def _split(text: str, path: str) -> tuple[str, int, str]:
    """Front matter, the number of its first line, and the text after the second fence, exactly."""
    opening, _, rest = text.partition("\n")
    if opening.rstrip("\r") != FENCE:
        raise Refused(
            [
                Problem(
                    path=path,
                    line=1,
                    message=f"does not begin with {FENCE}",
                    hint="front matter stands between two +++ lines",
                )
            ]
        )
    fence = re.search(r"^\+\+\+\r?\n", rest, re.MULTILINE)
    if fence is None:
        raise Refused([Problem(path=path, line=1, message=f"has no second {FENCE} line")])
    return rest[: fence.start()], 2, rest[fence.end() :]


def _borrowed(body: str, path: str, first_line: int) -> Iterator[Problem]:
    """Words of a text in Latin letters that borrow letters which only look like them."""
    if body.isascii() or not mixed(body) or not mostly_latin(body):
        return
    for number, line in enumerate(body.split("\n"), start=first_line):
        if word := mixed(line):
            message = f"holds {word!r}, in which {script_of(word)} letters look like Latin ones"
            yield Problem(path=path, line=number, message=message, hint="compare with the source, and save it again")


def _read(fields: Fields, stem: str, body: str) -> Article:
    if not _STEM.fullmatch(stem):
        fields.refuse("", f"its name {stem!r} cannot be an id", "3 to 80 of a-z, 0-9 and -, as 2022-02-02-cnn-troops")
    if not body.strip():
        fields.refuse("", "has no text after the front matter")
    published = fields.day("published")
    url = fields.text("url")
    found_at = fields.text("found_at")
    for key, address in (("url", url), ("found_at", found_at)):
        if address and not is_address(address):
            fields.refuse(
                key, f"{key} must be a plain web address", "https://…, without a user name, in its own letters"
            )
    article = {name: fields.text(name) for name in ("title", "outlet_known")}
    outlet, language = fields.text("outlet").strip(), fields.text("language", default="en")
    authors, retrieved = fields.texts("authors"), fields.day("retrieved")
    same_as = fields.text("same_as")
    if retrieved and published and retrieved < published:
        fields.refuse("retrieved", "retrieved lies before published")
    return Article(
        id=stem,
        outlet=outlet,
        title=article["title"],
        url=url,
        authors=authors,
        published=published,
        retrieved=retrieved,
        language=language,
        same_as=same_as,
        found_at=found_at,
        outlet_known=article["outlet_known"] or "header",
        text=body,
    )


def is_address(url: str) -> bool:
    """A web address that a reader may be sent to: http or https, a public host by its name, no user name before it.

    A host made to look like another one, by letters of another script, is none.
    """
    found = re.fullmatch(r"https?://(?P<host>[^\s/@:?#\[\]\\]+\.[^\s/@:?#\[\]\\.]+)\.?(:\d{1,5})?([/?#]\S*)?", url)
    return found is not None and not borrowed_host(found["host"]) and not _number(found["host"])


def _number(host: str) -> bool:
    """Whether a host is an address of the net in digits, which tells a reader nothing of whose it is."""
    return re.fullmatch(r"[\d.]+|0[xX][\da-fA-F.xX]+", host) is not None


def cut(article: Article, words: str) -> Quote:
    """The first place in the article where exactly these words stand, whole: never half a word or half a number.

    Raises `NotInArticle`, with the passage most like them, when they stand nowhere.
    """
    for start in whole_words(article.text, words):
        return Quote(article=article, start=start, stop=start + len(words))
    raise NotInArticle(words, nearest(article, words))


def whole_words(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text without splitting a word or number of it: "500 troops" is not in "8,500 troops"."""
    start = text.find(words) if words else -1
    while start >= 0:
        if not (_splits(text, start) or _splits(text, start + len(words))):
            yield start
        start = text.find(words, start + 1)


def _splits(text: str, at: int) -> bool:
    """Whether a cut here goes through a word, or through a number such as 8,500 or 2.5."""
    before, after = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    through_left = before[-1] in ",." and before[:-1].isdecimal() and after[0].isdecimal()
    through_right = after[0] in ",." and before[-1].isdecimal() and after[1:].isdecimal()
    return through_left or through_right


def nearest(article: Article, words: str) -> str:
    """The sentence or paragraph of the article most like the words, or empty when nothing is like them."""
    passages = [*_sentences(article.text), *filter(None, map(str.strip, article.text.split("\n")))]
    near = difflib.get_close_matches(words[:2000], [p[:2000] for p in passages], n=1, cutoff=0.5)
    return near[0] if near else ""


def _sentences(text: str) -> Iterable[str]:
    """Roughly: only to offer the nearest passage. Facts are cut by their words, never by this."""
    return filter(None, map(str.strip, re.split(r"(?<=[.!?”\"])\s+|\n", text)))
