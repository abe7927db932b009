"""What the tests of the inside share: data folders written from texts, and fact bases built from them.

The builders are asked for once a session and take the folder to write to, so that generated examples can use them.
"""

import json
from pathlib import Path

import pytest

from answers.compile import compile_into
from answers.factbase import FactBase
from answers.sources import read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def data_folder():
    """The data folder of the repository."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def write_folder():
    """`write_folder(path, articles={stem: text}, facts={stem: text}, names=text, gaps=text)` writes a data folder there."""

    def write(path, *, articles=None, facts=None, names=None, gaps=None):
        for folder, suffix, files in (("articles", "md", articles), ("facts", "toml", facts)):
            (path / folder).mkdir(parents=True, exist_ok=True)
            for stem, text in (files or {}).items():
                data = text if isinstance(text, bytes) else text.encode()
                (path / folder / f"{stem}.{suffix}").write_bytes(data)
        for name, text in (("names", names), ("gaps", gaps)):
            if text is not None:
                (path / f"{name}.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture(scope="session")
def write_passages():
    """`write_passages(file, [passage, …])` writes a .jsonl file; a passage is a dict, or the bytes of a line."""

    def write(file, passages):
        lines = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in passages)
        file.write_bytes(b"".join(line + b"\n" for line in lines))
        return file

    return write


@pytest.fixture
def open_base(tmp_path):
    """`open_base(path)` compiles the sources at a path and opens them; closed when the test is over."""
    opened = []

    def build(path, into=None):
        base = FactBase.open(compile_into(into or tmp_path / "compiled", read(path)))
        opened.append(base)
        return base

    yield build
    for base in opened:
        base.close()
