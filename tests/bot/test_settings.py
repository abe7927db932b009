"""Settings: read from a mapping, every bad one named, secrets hidden."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.secret import Secret
from bot.settings import CHECKOUT, Settings, SettingsRefused, table, variables

TOKEN = "123456:" + "A" * 35


def test_without_any_variable_the_defaults_stand() -> None:
    settings = Settings.read({})
    assert (settings.token, settings.admins, settings.local_port) == (Secret(""), (), 8081)
    assert (settings.timezone, settings.digest_at) == (ZoneInfo("UTC"), time(8))
    assert (settings.data, settings.state) == (CHECKOUT / "data", CHECKOUT / "var")
    assert settings.state_file == CHECKOUT / "var" / "state.sqlite"


def test_every_bad_setting_is_named_at_once_with_what_it_accepts() -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.read(
            {
                "OTR_ADMINS": "bob",
                "OTR_TIMEZONE": "Mars/Phobos",
                "OTR_DIGEST_AT": "eight",
                "OTR_LOCAL_PORT": "99999",
                "OTR_TELEGRAM_API": "telegram",
                "OTR_ADMIN": "1",
            }
        )
    said = "\n".join(refused.value.problems)
    assert len(refused.value.problems) == 6
    assert "OTR_ADMINS: 'bob' is not numeric user ids, comma-separated" in said
    assert "OTR_ADMIN: there is no such setting" in said


def test_a_wrong_token_is_not_repeated() -> None:
    with pytest.raises(SettingsRefused, match="OTR_TELEGRAM_TOKEN: its value is not") as refused:
        Settings.read({"OTR_TELEGRAM_TOKEN": "hunter2-not-a-token"})
    assert "hunter2" not in str(refused.value)


def test_the_token_of_the_file_is_preferred(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n", encoding="utf-8")
    settings = Settings.read({"OTR_TELEGRAM_TOKEN_FILE": str(file), "OTR_TELEGRAM_TOKEN": "1234:" + "B" * 35})
    assert settings.token == Secret(TOKEN)


def test_a_token_file_that_is_missing_is_refused() -> None:
    with pytest.raises(SettingsRefused, match="OTR_TELEGRAM_TOKEN_FILE"):
        Settings.read({"OTR_TELEGRAM_TOKEN_FILE": "/nowhere/token"})


def test_another_database_than_sqlite_is_refused_and_a_path_is_taken() -> None:
    with pytest.raises(SettingsRefused, match="OTR_DATABASE: 'postgresql://localhost/x' is not sqlite:///PATH"):
        Settings.read({"OTR_DATABASE": "postgresql://localhost/x"})
    assert Settings.read({"OTR_DATABASE": "sqlite:////srv/s.db"}).state_file == Path("/srv/s.db")


def test_the_encoder_is_a_word_or_a_folder_even_one_that_is_not_there() -> None:
    assert [Settings.read({"OTR_ENCODER": word}).encoder for word in ("", "e5", "lexical")] == ["e5", "e5", "lexical"]
    assert Settings.read({"OTR_ENCODER": "/srv/models/e5"}).encoder == Path("/srv/models/e5")
    with pytest.raises(SettingsRefused, match="OTR_ENCODER: 'lexcial' is not e5"):
        Settings.read({"OTR_ENCODER": "lexcial"})


def test_the_table_names_every_setting_and_shows_no_secret() -> None:
    rows = table(Settings.read({"OTR_TELEGRAM_TOKEN": TOKEN, "OTR_ADMINS": "1, 2"}))
    assert tuple(row[0] for row in rows) == variables()
    assert TOKEN not in str(rows)
    assert {row[0]: row[3] for row in rows}["OTR_TELEGRAM_TOKEN"] == "set"
    assert {row[0]: row[3] for row in rows}["OTR_ADMINS"] == "1,2"


@given(st.dictionaries(st.sampled_from(variables()), st.text(max_size=30)))
def test_any_text_gives_settings_or_named_problems(environment: dict[str, str]) -> None:
    problems: tuple[str, ...] = ("none",)
    try:
        Settings.read(environment)
    except SettingsRefused as refused:
        problems = refused.problems
    assert problems
