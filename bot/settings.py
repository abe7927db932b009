"""Settings from a mapping, each with its help; every bad one is named at once. Reading them does nothing else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from bot.secret import Secret

CHECKOUT = Path(__file__).resolve().parent.parent
LOCAL_ADMIN = 1000
"""The admin of the local chat when no admin is set; on Telegram nobody is an admin unless named."""


class SettingsRefused(Exception):
    """Settings that cannot be used; `problems` has a line for each, which says what it accepts."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def _setting(read: Callable[[str], Any], default: str, meaning: str, accepts: str, *, secret: bool = False) -> Any:
    """A field: how its text is read, what stands when none is given, what it is for and what it accepts, in words."""
    return field(metadata={"read": read, "default": default, "meaning": meaning, "accepts": accepts, "secret": secret})


def _token(text: str) -> Secret:
    if text and not re.fullmatch(r"\d{3,20}:[\w-]{3,100}", text):
        raise ValueError
    return Secret(text)


def _token_file(text: str) -> Secret:
    return _token(Path(text).read_text(encoding="utf-8").strip()) if text else Secret("")


def _ids(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part.strip())


def _web_root(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError
    return text.rstrip("/")


def _proxy(text: str) -> Secret:
    """The address of a proxy, which may hold a password; "" for none."""
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https", "socks4", "socks5"} or not parts.hostname or not parts.port):
        raise ValueError
    return Secret(text.rstrip("/"))


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 65536:
        raise ValueError
    return port


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise ValueError
    return number


def _several(text: str) -> int:
    number = _positive(text)
    if number < 2:
        raise ValueError
    return number


@cache
def zones() -> frozenset[str]:
    """Every time zone of the tz database; looked up on the disk once."""
    return frozenset(available_timezones())


def _zone(text: str) -> ZoneInfo:
    if text not in zones():
        raise ValueError
    return ZoneInfo(text)


def _path(text: str) -> Path:
    return Path(text) if Path(text).is_absolute() else CHECKOUT / text


def _recipient(text: str) -> str:
    if text and not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", text):
        raise ValueError
    return text


def _maybe_path(text: str) -> Path | None:
    return _path(text) if text else None


def _database(text: str) -> Path | None:
    if text and not text.removeprefix("sqlite:///").strip("/"):
        raise ValueError
    if text and not text.startswith("sqlite:///"):
        raise ValueError
    return _path(text.removeprefix("sqlite:///")) if text else None


def _channel(text: str) -> str:
    if text and not re.fullmatch(r"@[A-Za-z]\w{3,31}|-100\d{5,13}", text, re.ASCII):
        raise ValueError
    return text


def _encoder(text: str) -> str | Path:
    if text in {"e5", "lexical"}:
        return text
    # A folder that is away today must not stop the bot; a word that is none of these is a slip.
    if "/" not in text and not _path(text).is_dir():
        raise ValueError
    return _path(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this installation runs. A field `telegram_token` is set by the variable `OTR_TELEGRAM_TOKEN`."""

    telegram_token_file: Secret = _setting(
        _token_file, "", "the bot's token, from a file; preferred", "a file that holds the token alone", secret=True
    )
    telegram_token: Secret = _setting(
        _token, "", "the bot's token; without one the chat is local", "123456:ABC…, as BotFather gives it", secret=True
    )
    telegram_api: str = _setting(_web_root, "https://api.telegram.org", "root of the Bot API", "http(s)://host")
    proxy: Secret = _setting(
        _proxy,
        "",
        "how the Bot API is reached; empty: straight",
        "http(s)://host:port or socks5://host:port, user:password@ before the host where it asks for them",
        secret=True,
    )
    admins: tuple[int, ...] = _setting(_ids, "", "who may reload and roll back", "numeric user ids, comma-separated")
    data: Path = _setting(_path, "data", "where the facts are", "a data folder, or a .jsonl file of passages")
    templates: Path = _setting(_path, "templates", "how answers look", "a folder of templates")
    state: Path = _setting(_path, "var", "everything that the bot keeps", "a folder")
    database: Path | None = _setting(
        _database, "", "the state's database; empty: SQLite in the state folder", "sqlite:///PATH"
    )
    runtime: Path | None = _setting(
        _maybe_path, "", "where what waits is kept; empty: in shared memory", "a folder on a RAM-backed file system"
    )
    key_file: Path | None = _setting(
        _maybe_path,
        "",
        "the key that chat ids are sealed with; empty: state.key in the state folder",
        "a file; made at the first start",
    )
    backup_key: str = _setting(
        _recipient,
        "",
        "the public key that backups are encrypted to; python -m bot backup --new-key FILE makes one",
        "an age recipient, age1…",
    )
    encoder: str | Path = _setting(
        _encoder,
        "e5",
        "how questions are understood",
        "e5 (by meaning, in many languages), lexical (by words only), or a folder of a sentence-transformers ONNX export",
    )
    golden: Path = _setting(
        _path,
        "tests/golden",
        "questions that a reload is tried on; none when it is not there",
        "a .jsonl file of questions, or a folder of such files",
    )
    reload_seconds: int = _setting(
        _positive, "300", "how long a reload may read and build the data folder", "seconds, 1 to 100000"
    )
    reload_memory: int = _setting(
        _positive, "3072", "how much memory it may take for that", "MB; with the encoder it begins at 500"
    )
    replies_a_minute: int = _setting(_several, "20", "answers that one person gets in a minute at most", "2 to 100000")
    channel: str = _setting(
        _channel,
        "",
        "a channel that gets the general digest as one post; empty: none",
        "@name, or a number as -1001234567890",
    )
    local_port: int = _setting(_port, "8081", "port of the local chat; 0 takes a free one", "0 to 65535")
    timezone: ZoneInfo = _setting(_zone, "UTC", "whose day it is, and where digests begin", "a zone, as Europe/Kyiv")
    digest_at: time = _setting(time.fromisoformat, "08:00", "when a digest is sent, unless chosen", "an hour, as 08:00")

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings of an environment. Raises `SettingsRefused` with every bad one named."""
        values, problems = _read(environment)
        # Whoever looks at a traceback with its variables must not see the token there.
        del environment
        if problems:
            raise SettingsRefused(problems)
        return cls(**values)

    @property
    def token(self) -> Secret:
        """The token of the file if there is one, else of the variable; empty means the local chat."""
        return self.telegram_token_file or self.telegram_token

    @property
    def state_file(self) -> Path:
        return self.database or self.state / "state.sqlite"

    @property
    def key(self) -> Path:
        return self.key_file or self.state / "state.key"

    @property
    def fact_bases(self) -> Path:
        return self.state / "factbases"


def _read(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values of the settings that can be read, and a line for each that cannot."""
    values, problems = {}, []
    for one in fields(Settings):
        name = variable(one.name)
        text = environment.get(name, "").strip() or one.metadata["default"]
        try:
            values[one.name] = one.metadata["read"](text)
        except (ValueError, OSError, OverflowError):
            said = "its value" if one.metadata["secret"] else repr(text)
            problems.append(f"{name}: {said} is not {one.metadata['accepts']}")
    if unknown := [name for name in environment if name.startswith("OTR_") and name not in variables()]:
        problems += [f"{name}: there is no such setting" for name in sorted(unknown)]
    return values, problems


def variable(name: str) -> str:
    return f"OTR_{name.upper()}"


def variables() -> tuple[str, ...]:
    return tuple(variable(one.name) for one in fields(Settings))


def table(settings: Settings | None = None) -> list[tuple[str, str, str, str]]:
    """Name, meaning with what it accepts, default, and (with settings) present value of each; secrets are hidden."""
    rows = []
    for one in fields(Settings):
        value = "" if settings is None else getattr(settings, one.name)
        shown = ("set" if value else "not set") if one.metadata["secret"] else _shown(value)
        meaning = f"{one.metadata['meaning']}: {one.metadata['accepts']}"
        rows.append((variable(one.name), meaning, one.metadata["default"], shown))
    return rows


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)
