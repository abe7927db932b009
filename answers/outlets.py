"""The file of outlets: which of them an editor trusts so far that their passages may answer before they are reviewed.

It is off unless the file says otherwise; what such a passage still may not do is for the fact base to hold.
"""

from answers.blocks import line_with
from answers.errors import Problem, Refused
from answers.fields import Fields, decoded, toml


def parse(data: bytes, path: str) -> frozenset[str]:
    """The trusted outlets of a file.

    Total: any bytes give outlets or raise `Refused` with every problem named, and nothing else.
    """
    text = decoded(data, path)
    problems: list[Problem] = []
    whole = Fields(toml(text, path), path=path, line_of=lambda key: line_with(text, key), problems=problems)
    listed = whole.table("outlet")
    trusted = []
    for outlet in listed:
        fields = Fields(listed, path=path, line_of=lambda _, of=outlet: line_with(text, of), problems=problems)  # type: ignore[misc]
        inner = fields.within(fields.table(outlet), outlet)
        if inner.flag("unchecked"):
            trusted.append(outlet)
        inner.no_more()
    whole.no_more()
    if problems:
        raise Refused(problems)
    return frozenset(trusted)
