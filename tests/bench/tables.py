"""How a table of figures looks."""

from rich.table import Table


def table_of(title: str, words: str, figures: str) -> Table:
    """An empty table; the names of its columns are given with semicolons between them."""
    table = Table(title=title, box=None, header_style="bold", title_style="bold", title_justify="left", pad_edge=False)
    for name in words.split("; "):
        table.add_column(name, no_wrap=True)
    for name in figures.split("; "):
        table.add_column(name, justify="right")
    return table
