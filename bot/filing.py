"""Articles to files of a data folder: each once, whole or not at all, and none in the place of another."""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from answers import articles, folder
from answers.errors import Problem, Refused
from answers.incoming.address import key
from answers.incoming.article_file import free, id_of, written
from answers.incoming.copies import Copy, Known
from answers.incoming.values import Incoming
from answers.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What became of an article: its id, its file, whether that is `new`, and what it is a copy of."""

    article: Article
    path: Path
    new: bool
    copy: Copy | None = None


class Filing:
    """The articles of a data folder, and the way to one more. Files that cannot be read are passed over: `check` names them."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            hint = "articles are brought into a folder: --data FOLDER"
            raise Refused([Problem(path=str(root), line=0, message="is no data folder", hint=hint)])
        self.root = root
        self._articles = {article.id: article for article in folder.readable(root)}
        self._known = Known(self._articles.values())
        self._addresses = {key(one): a.id for a in self._articles.values() for one in (a.url, a.found_at) if one}

    def at(self, url: str) -> str:
        """The id of the article that came from this address; empty if none did."""
        return self._addresses.get(key(url), "")

    def file(self, incoming: Incoming, today: date) -> Filed:
        """Write the article down, unless it is here. Raises `Refused` where it cannot be."""
        if (same := self._known.same(incoming.text)) and self._is_its(incoming, self._articles[same]):
            return Filed(article=self._articles[same], path=self._path(same), new=False)
        incoming = _not_from_the_future(incoming, today)
        copy = self._known.copy_of(incoming.text, incoming.published)
        data = written(incoming, retrieved=today, same_as=copy.original if copy else "")
        path = self._written(id_of(incoming), data)
        article = articles.parse(data, path.name)
        self._add(article)
        return Filed(article=article, path=path, new=True, copy=copy)

    def _is_its(self, incoming: Incoming, article: Article) -> bool:
        """Whether the same words are the same article: what another outlet printed is its own, and a copy."""
        return not incoming.outlet or not article.outlet or incoming.outlet == article.outlet

    def _add(self, article: Article) -> None:
        self._articles[article.id] = article
        self._known.add(article)
        self._addresses |= {key(one): article.id for one in (article.url, article.found_at) if one}

    def _path(self, id_: str) -> Path:
        return self.root / "articles" / f"{id_}.md"

    def _written(self, id_: str, data: bytes) -> Path:
        """The file, under the first free name. It appears whole, under its name, or not at all."""
        draft = self.root / "articles" / f".{id_}.{os.getpid()}.adding"
        try:
            draft.parent.mkdir(exist_ok=True)
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            return self._linked(draft, id_)
        except OSError as error:
            message = f"cannot be written: {error.strerror}"
            raise Refused([Problem(path=str(self.root / "articles"), line=0, message=message)]) from None
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def _linked(self, draft: Path, id_: str) -> Path:
        """A link, unlike a renamed file, never takes the place of another, whoever writes at the same time."""
        while True:
            path = self._path(free(id_, lambda one: os.path.lexists(self._path(one))))
            try:
                path.hardlink_to(draft)
            except FileExistsError:
                continue
            except OSError:  # a file system without links, such as that of a memory stick
                draft.rename(path)
            return path


def _not_from_the_future(incoming: Incoming, today: date) -> Incoming:
    """Without a day of publication that is yet to come; tomorrow's has begun somewhere."""
    if incoming.published is None or incoming.published <= today + timedelta(days=1):
        return incoming
    hint = incoming.published.isoformat()
    note = f"the source says that it was published on {hint}, which is yet to come"
    return replace(incoming, published=None, published_hint=hint, notes=(*incoming.notes, note))
