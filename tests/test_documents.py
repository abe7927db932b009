"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "SECURITY.md", "DESIGN.md", "CONTRIBUTING.md", "deploy/README.md", "data/README.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_that_are_named_by_their_path_are_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|bot|answers|templates|deploy)/[\w./-]*\.\w+)`", text)
    missing = [name for name in named if not (ROOT / name).exists() and not list(ROOT.glob(f"{name}*"))]
    assert not missing


def test_every_promise_names_what_shows_it() -> None:
    rows = re.findall(
        r"^\| (?!promise|---)(.+) \| (.+) \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) > 30
    assert all("tests/" in shown for _, shown in rows)
