"""A signal ends the bot in order, and a second one changes nothing, even when the event loop is gone."""

import signal
import subprocess
import sys

import pytest

LIFE = """
import asyncio
from bot.stopping import heard

async def main():
    with heard() as stop:
        print("listening", flush=True)
        await stop.wait()
    print("heard", flush=True)
    input()

asyncio.run(main())
print("closed", flush=True)
input()
"""


@pytest.fixture
def life():
    with subprocess.Popen(
        [sys.executable, "-c", LIFE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "listening\n"
        yield process
        process.kill()


def comes_to(life, word):
    """It has said this and waits for a line."""
    assert life.stdout.readline() == f"{word}\n"


def goes_on(life):
    print(file=life.stdin, flush=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_heard(life, number):
    life.send_signal(number)
    comes_to(life, "heard")
    goes_on(life)
    comes_to(life, "closed")
    goes_on(life)
    assert life.wait(10) == 0


@pytest.mark.parametrize("again", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["heard", "closed"])
def test_a_second_one_changes_nothing(life, again, when):
    life.send_signal(signal.SIGTERM)
    for word in ("heard", "closed"):
        comes_to(life, word)
        if word == when:
            life.send_signal(again)
        goes_on(life)
    assert life.wait(10) == 0
