"""An update before it is parsed: total on any JSON, and never trusted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.raw import HIGHEST, fingerprint, read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(
    ["message", "callback_query", "from", "chat", "id", "text", "update_id", "reply_to_message", "caption"]
)
NEAR = st.recursive(JSON, lambda inner: st.dictionaries(KEYS, inner, max_size=4), max_leaves=8)


@given(NEAR)
def test_any_json_is_read_or_has_no_number(told: Any) -> None:
    raw = read(told)
    number = told.get("update_id") if isinstance(told, dict) else None
    if raw is None:
        assert type(number) is not int or not 0 <= number < HIGHEST
    else:
        assert raw.addressed in {True, False}
        assert (type(raw.chat), type(raw.sender)) == (int, int)
    assert len(fingerprint(told)) == 16


def message(chat: int, **fields: Any) -> dict[str, Any]:
    return {"update_id": 7, "message": {"chat": {"id": chat}, "from": {"id": 5}, **fields}}


@pytest.mark.parametrize(
    ("told", "addressed"),
    [
        (message(5, text="hello"), True),
        (message(-5, text="hello"), False),
        (message(-5, text="/ask hello"), True),
        (message(-5, text="@local_bot hello"), True),
        (message(-5, caption="see @local_bot"), True),
        (message(-5, text="hello", reply_to_message={}), True),
        (message(-5, text=17), False),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 5}, "from": {"id": 5}}}, False),
        ({"update_id": 1, "inline_query": {"from": {"id": 5}}}, True),
        ({"update_id": 1}, True),
    ],
)
def test_what_people_say_to_each_other_is_not_said_to_us(told: dict[str, Any], addressed: bool) -> None:
    raw = read(told)
    assert raw
    assert raw.addressed is addressed


def test_a_press_belongs_to_the_chat_of_its_message_an_inline_query_to_its_sender() -> None:
    press = read({"update_id": 1, "callback_query": {"from": {"id": 5}, "message": {"chat": {"id": -9}}}})
    query = read({"update_id": 2, "inline_query": {"from": {"id": 5}, "query": "x"}})
    assert press
    assert query
    assert (press.chat, press.sender, press.kind) == (-9, 5, "callback_query")
    assert (query.chat, query.sender, query.kind) == (5, 5, "inline_query")


def test_a_fingerprint_tells_nothing() -> None:
    assert "secret" not in fingerprint({"text": "secret"})
    assert fingerprint({"text": "secret"}) != fingerprint({"text": "other"})
