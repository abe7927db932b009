"""The file of gaps: what readers ask for and nothing on the record tells, as editors have written it down.

A gap says nothing about the world. It is there so that a passage which is only near is not taken for an answer.
"""

from answers.blocks import Blocks
from answers.errors import Problem, Refused
from answers.fields import LONGEST_KNOWN, Fields, decoded, toml
from answers.model import Gap

LONGEST_ABOUT = 80
"""Characters: it stands in the answer."""


def parse(data: bytes, path: str) -> tuple[Gap, ...]:
    """The gaps of a file, in its order.

    Total: any bytes give gaps or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    problems: list[Problem] = []
    whole = Fields(toml(text, path), path=path, line_of=lambda _: 0, problems=problems)
    blocks = Blocks(text, "gap")
    gaps = [
        _gap(Fields(table, path=path, line_of=blocks.finder(number), problems=problems))
        for number, table in enumerate(whole.tables("gap"))
    ]
    whole.no_more()
    if problems:
        raise Refused(problems)
    return tuple(gaps)


def _gap(fields: Fields) -> Gap:
    about = fields.text("about", required=True, longest=LONGEST_ABOUT)
    questions = fields.texts("questions", longest=LONGEST_KNOWN)
    if not questions:
        fields.refuse("questions", "a gap needs questions", 'questions = ["Who commands them?"]')
    fields.no_more()
    return Gap(about=about, questions=questions)
