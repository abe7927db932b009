"""A preparation that was broken off is taken up: nothing is encoded twice, and nothing torn is trusted."""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from answers.compile import compile_into
from answers.encode import Kind
from answers.factbase import FactBase
from answers.match.preparing import prepare
from answers.sources import read

SIZE = 24
ENTRY = 16 + SIZE + 16
BATCH = 256


class Stopping:
    """An encoder that is stopped before a batch; it remembers what it has encoded."""

    def __init__(self, at=None, stop=None, name="hashing", dimension=SIZE):
        self.name, self.dimension, self.at, self.stop = name, dimension, at, stop
        self.seen, self.calls = [], 0

    def encode(self, texts, kind):
        assert kind is Kind.PASSAGE
        if self.calls == self.at:
            self.stop()
        self.calls += 1
        self.seen += texts
        return np.array([self.of(text) for text in texts], np.float32)

    def of(self, text):
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)


class PowerCut(BaseException):
    pass


def cut():
    raise PowerCut


def lines(count, first=0):
    return [{"id": f"p{at}", "outlet": "CNN", "text": f"Words {at}."} for at in range(first, count)]


@pytest.fixture
def build(tmp_path, write_passages):
    """`build(passages, folder)` compiles into a folder and opens."""
    opened = []

    def make(passages, folder="built"):
        file = write_passages(tmp_path / f"{len(opened)}.jsonl", passages)
        opened.append(FactBase.open(compile_into(tmp_path / folder, read(file))))
        return opened[-1]

    yield make
    for base in opened:
        base.close()


@pytest.fixture
def expected(build):
    """The bytes of the file of 1,000 passages whose preparation nothing has interrupted."""
    base = build(lines(1_000), "elsewhere")
    return prepare(base, Stopping(), base.file.parent).read_bytes()


def prepared(base, encoder):
    return prepare(base, encoder, base.file.parent)


def broken_off(base, at):
    """Prepare a base and cut it off before batch `at`; the draft that is left."""
    with pytest.raises(PowerCut):
        prepared(base, Stopping(at, cut))
    [draft] = base.file.parent.glob(".*.encoded.building")
    return draft


def hidden(folder):
    return [file.name for file in folder.iterdir() if file.name.startswith(".")]


def test_what_was_encoded_is_not_encoded_again(build, expected):
    base = build(lines(1_000))
    broken_off(base, 2)
    encoder = Stopping()
    file = prepared(base, encoder)
    assert encoder.seen == [f"Words {at}." for at in range(2 * BATCH, 1_000)]
    assert file.read_bytes() == expected
    assert hidden(file.parent) == []


def test_it_may_be_broken_off_again_and_again(build, expected):
    base = build(lines(1_000))
    seen = []
    for _ in range(3):
        encoder = Stopping(1, cut)
        with pytest.raises(PowerCut):
            prepared(base, encoder)
        seen += encoder.seen
    encoder = Stopping()
    assert prepared(base, encoder).read_bytes() == expected
    assert sorted(seen + encoder.seen) == sorted(f"Words {at}." for at in range(1_000))
    assert hidden(base.file.parent) == []


def test_an_error_while_the_file_is_put_together_costs_no_encoding(build, expected):
    base = build(lines(1_000))

    def failing(done):
        if done == 1_000:
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        prepare(base, Stopping(), base.file.parent, failing)
    encoder = Stopping()
    assert prepared(base, encoder).read_bytes() == expected
    assert encoder.seen == []


def test_another_revision_takes_what_it_shares_and_removes_the_draft(build):
    broken_off(build(lines(1_000)), 2)
    base, encoder = build(lines(1_003)), Stopping()
    prepared(base, encoder)
    assert encoder.seen == [f"Words {at}." for at in range(2 * BATCH, 1_003)]
    assert hidden(base.file.parent) == []


def test_a_small_revision_does_not_throw_away_the_draft_of_a_large_one(build, expected):
    large = build(lines(1_000))
    broken_off(large, 2)
    small, encoder = build(lines(10)), Stopping()
    prepared(small, encoder)
    assert encoder.seen == []
    encoder = Stopping()
    assert prepared(large, encoder).read_bytes() == expected
    assert len(encoder.seen) == 1_000 - 2 * BATCH


@pytest.mark.parametrize("other", [{"name": "other"}, {"name": "ing"}, {"name": "hash/ing"}, {"dimension": SIZE + 8}])
def test_the_draft_of_another_encoder_gives_nothing_and_stays(build, other):
    base = build(lines(1_000))
    with pytest.raises(PowerCut):
        prepared(base, Stopping(2, cut, name="hash-ing"))  # its draft is named as one of "hash/ing" would be
    draft = hidden(base.file.parent)
    encoder = Stopping(**{"name": "hash-ing", **other})
    prepared(base, encoder)
    assert len(encoder.seen) == 1_000
    assert hidden(base.file.parent) == draft


@pytest.mark.parametrize(
    ("torn", "lost"),
    [
        (lambda data: data[:-1], 1),
        (lambda data: data[: -ENTRY - 1], 2),
        (lambda data: data[:-ENTRY], 1),
        (lambda data: data[:7], 2 * BATCH),
        (lambda data: b"", 2 * BATCH),
        (lambda data: data[: -3 * ENTRY] + bytes(3 * ENTRY), 3),
        (lambda data: data[1:], 2 * BATCH),
    ],
)
def test_what_is_torn_is_encoded_anew(build, expected, torn, lost):
    base = build(lines(1_000))
    draft = broken_off(base, 2)
    draft.write_bytes(torn(draft.read_bytes()))
    encoder = Stopping()
    assert prepared(base, encoder).read_bytes() == expected
    assert len(encoder.seen) == 1_000 - 2 * BATCH + lost


@pytest.mark.parametrize("at", [0, 15, 16, 16 + SIZE - 1, 16 + SIZE, ENTRY - 1, 300 * ENTRY + 20])
def test_an_entry_with_a_flipped_bit_is_encoded_anew(build, expected, at):
    base = build(lines(1_000))
    draft = broken_off(base, 2)
    data = bytearray(draft.read_bytes())
    data[at] ^= 1
    draft.write_bytes(data)
    encoder = Stopping()
    assert prepared(base, encoder).read_bytes() == expected
    assert encoder.seen[0] == f"Words {at // ENTRY}."
    assert len(encoder.seen) == 1_000 - 2 * BATCH + 1


def test_the_draft_of_a_live_process_is_left_alone(build, expected):
    base = build(lines(1_000))
    draft = broken_off(base, 2)
    with draft.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        before = draft.read_bytes()
        assert prepared(base, Stopping()).read_bytes() == expected
        assert draft.read_bytes() == before


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_match_drafts import Stopping
from answers.factbase import FactBase
from answers.match.preparing import prepare
base = FactBase.open(Path(sys.argv[1]))
prepare(base, Stopping(2, lambda: os.kill(os.getpid(), signal.SIGKILL)), base.file.parent)
"""


def test_a_killed_process_loses_no_batch_that_was_done(build, expected):
    base, tests = build(lines(1_000)), Path(__file__).parent
    program = KILLED.format(tests=str(tests))
    done = subprocess.run(
        [sys.executable, "-c", program, str(base.file)],
        cwd=tests.parents[1],
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert len(hidden(base.file.parent)) == 2
    encoder = Stopping()
    assert prepared(base, encoder).read_bytes() == expected
    assert len(encoder.seen) == 1_000 - 2 * BATCH
    assert hidden(base.file.parent) == []
