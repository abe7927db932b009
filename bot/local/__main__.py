"""The local Bot API as a program of its own, which lives on when the bot that is tried on it is killed.

python -m bot.local --port 8081 --latency 40
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from bot.local import LOCAL_TOKEN, LocalApi, LocalPortInUse, serving


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.local", description="Serve a Bot API on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=LOCAL_TOKEN, help="the token that it knows; it opens nothing else")
    parser.add_argument("--admin", type=int, action="append", default=[], help="a user who is shown as an admin")
    parser.add_argument("--seed", type=int, help="of all chance in it, so that a run can be had again")
    parser.add_argument("--latency", type=float, default=0.0, metavar="MS", help="what every call of a bot takes")
    return parser.parse_args(arguments)


async def serve(chosen: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM; the address is the one line that is printed."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    api = LocalApi(
        token=chosen.token, admin_ids=chosen.admin, seed=chosen.seed, latency=max(chosen.latency, 0.0) / 1000
    )
    async with serving(api, port=chosen.port) as address:
        print(address, flush=True)  # noqa: T201 - what whoever started it reads
        await stop.wait()


def main(arguments: list[str]) -> int:
    """0 when it was stopped, 2 when it cannot be served as asked for."""
    try:
        asyncio.run(serve(options(arguments)))
    except (LocalPortInUse, ValueError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
