"""Values to what a reader sees: Telegram HTML and plain text, from the Jinja templates and nothing else.

Rule 1: every template escapes, whatever its name, and fails on a name that it was not given.
Rule 2: a passage is printed as the article's own slice. It is never cut; what does not fit is left out whole.
Rule 3: every word of ours goes through gettext; dates and lists are written as the reader's language writes them.
"""

import html
import io
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes

from answers.compose import View
from answers.errors import Problem
from answers.fields import did_you_mean
from answers.model import Article, Granularity

LONGEST = 4096
"""UTF-16 code units of a Telegram message after its entities are parsed (core.telegram.org/bots/api#sendmessage)."""

STILL = 128
"""Pages that are the same for everybody, kept as they were rendered: /help took a quarter of what its answer cost in all."""

_DOMAIN = "messages"
_UNESCAPING = frozenset({"safe", "forceescape", "xmlattr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One message in both forms."""

    html: str
    text: str

    @property
    def fits(self) -> bool:
        return length(self.html) <= LONGEST


def plain(markup: str) -> str:
    """What Telegram shows of a message in its HTML: tags taken out, entities read."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def length(markup: str) -> int:
    """UTF-16 code units that Telegram counts for a message in its HTML."""
    return len(plain(markup).encode("utf-16-le", "surrogatepass")) // 2


class Renderer:
    """The templates of one folder in one language."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self._folder, self.language = folder, language
        self._others: dict[str, Renderer] = {}
        self._still = lru_cache(STILL)(lambda template, page: self.render(template, page=page))

    @cached_property
    def environment(self) -> Environment:
        # Text templates escape too, and are read back after: a template can never be the one that forgot to.
        environment = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        environment.install_gettext_translations(self._translations, newstyle=True)  # type: ignore[attr-defined]
        for name in _UNESCAPING:
            del environment.filters[name]
        environment.filters |= {"day": self.day, "dated": self.dated, "listed": self.listed, "count": self.count}
        return environment

    @cached_property
    def _translations(self) -> NullTranslations:
        file = _catalogue(self._folder, self.language)
        if not file.is_file():
            return NullTranslations()
        # Read as translators write it: a compiled catalogue beside it could be of another day.
        compiled = io.BytesIO()
        with file.open("rb") as written:
            write_mo(compiled, read_po(written, locale=self.language))
        compiled.seek(0)
        return Translations(compiled, _DOMAIN)

    def render(self, template: str, **context: Any) -> Rendered:
        """A template in both forms. Raises `jinja2.UndefinedError` for a name that the context lacks."""
        markup, text = (
            self.environment.get_template(f"{template}.{form}.j2").render(context) for form in ("html", "txt")
        )
        return Rendered(html=_tidy(markup), text=_tidy(html.unescape(text)))

    def still(self, template: str, page: Hashable) -> Rendered:
        """A page that is the same for whoever asks, rendered once. It is kept: nothing of a reader's may be in it."""
        return self._still(template, page)

    def of(self, language: str) -> "Renderer":
        """The same templates in a language that they are translated into; this renderer for any other."""
        if language == self.language or not _catalogue(self._folder, language).is_file():
            return self
        return self._others.setdefault(language, Renderer(self._folder, language))

    def show(self, views: Iterable[View]) -> tuple[View, Rendered]:
        """The first view that fits a message; the last of them when none does."""
        for view in views:
            rendered = self.render(view.template, view=view)
            if rendered.fits:
                break
        return view, rendered

    def label(self, words: str, **values: object) -> str:
        """Words of ours outside a template: a button, a command's description."""
        said = self._translations.gettext(words)
        return said % values if values else said

    def day(self, day: date) -> str:
        return format_date(day, "d MMM y", locale=self.language)

    def dated(self, article: Article) -> str:
        """As much of an article's day as is known; empty when nothing is."""
        pattern = {Granularity.MONTH: "MMM y", Granularity.YEAR: "y"}.get(article.dated, "d MMM y")
        return format_date(article.published, pattern, locale=self.language) if article.published else ""

    def listed(self, items: Iterable[str]) -> str:
        return format_list(list(items), locale=self.language)

    def count(self, number: float) -> str:
        return format_decimal(number, locale=self.language)


def _catalogue(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / f"{_DOMAIN}.po"


def _tidy(text: str) -> str:
    """No blank at the ends: Telegram trims there too."""
    return text.strip()


def lint(folder: Path) -> Iterator[Problem]:
    """What is wrong with the templates of a folder: a form that is missing, a syntax error, a way around escaping."""
    forms = {
        form: {file.name.removesuffix(f".{form}.j2") for file in folder.glob(f"*.{form}.j2")}
        for form in ("html", "txt")
    }
    if not forms["html"]:
        yield Problem(path=str(folder), line=0, message="holds no templates (*.html.j2)")
    for name in sorted(forms["html"] ^ forms["txt"]):
        if not name.startswith("_"):
            yield Problem(path=f"{folder.name}/{name}.*.j2", line=0, message="must be there as .html.j2 and as .txt.j2")
    environment = Renderer(folder).environment
    for file in sorted(folder.glob("*.j2")):
        yield from _lint(file, environment)


def _lint(file: Path, environment: Environment) -> Iterator[Problem]:
    path = f"{file.parent.name}/{file.name}"
    try:
        tree = environment.parse(file.read_text(encoding="utf-8"))
        yield from _unknown(tree, environment, path)
        yield from _around(tree, path)
    except TemplateSyntaxError as error:
        yield Problem(path=path, line=error.lineno, message=f"is no template: {error.message}")
    except UnicodeDecodeError:
        yield Problem(path=path, line=0, message="is not UTF-8")


def _unknown(tree: nodes.Template, environment: Environment, path: str) -> Iterator[Problem]:
    """Filters and tests that do not exist: Jinja names some of them only when the template is shown."""
    for kind, known in ((nodes.Filter, environment.filters), (nodes.Test, environment.tests)):
        for node in tree.find_all(kind):
            if node.name not in {*known, *_UNESCAPING}:
                yield Problem(
                    path=path,
                    line=node.lineno,
                    message=f"there is no {kind.__name__.lower()} {node.name}",
                    hint=did_you_mean(node.name, known),
                )


def _around(tree: nodes.Template, path: str) -> Iterator[Problem]:
    """Ways around escaping: a filter, by its name or as the name that another one is given, or a switch."""
    for node in tree.find_all(nodes.Filter):
        named = {node.name, *(part.value for part in node.args if isinstance(part, nodes.Const))}
        for name in sorted(map(str, named & _UNESCAPING)):
            yield Problem(
                path=path, line=node.lineno, message=f"the filter {name} is a way around escaping", hint="leave it out"
            )
    for scope in tree.find_all(nodes.ScopedEvalContextModifier):
        yield Problem(path=path, line=scope.lineno, message="autoescape cannot be switched", hint="leave it out")
