"""What each failure means: the table, and that what is not on it is unknown."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.render import Rendered
from bot.alarms import Alarm
from bot.api import Refused, result
from bot.calls import Button, Call, document, edit, inline, message, toast
from bot.http import NeverLeft, Unclear
from bot.outcomes import USUAL_PATIENCE, Next, Outcome, of_failure, of_result

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
)
HELLO = Rendered(html="<b>hello</b>", text="hello")


@pytest.mark.parametrize(
    ("failure", "outcome", "then", "alarm"),
    [
        (NeverLeft("x"), Outcome.NOT_SENT, Next.AGAIN, None),
        (Unclear("x"), Outcome.UNKNOWN, Next.NOTHING, None),
        (ValueError("x"), Outcome.UNKNOWN, Next.NOTHING, None),
        (Refused(429, "Too Many Requests", retry_after=3), Outcome.NOT_SENT, Next.AGAIN, None),
        (Refused(401, "Unauthorized"), Outcome.HALTED, Next.AGAIN, Alarm.TOKEN),
        (Refused(404, "Not Found"), Outcome.HALTED, Next.AGAIN, Alarm.TOKEN),
        (Refused(409, "Conflict"), Outcome.HALTED, Next.AGAIN, Alarm.TOKEN),
        (Refused(403, "Forbidden: bot was blocked by the user"), Outcome.BLOCKED, Next.NOTHING, None),
        (Refused(403, "Forbidden: user is deactivated"), Outcome.BLOCKED, Next.NOTHING, None),
        (Refused(403, ""), Outcome.BLOCKED, Next.NOTHING, None),
        (Refused(400, "Bad Request: chat not found"), Outcome.GONE, Next.NOTHING, None),
        (Refused(400, "Bad Request: group chat was deactivated"), Outcome.GONE, Next.NOTHING, None),
        (Refused(400, "Bad Request: group chat was upgraded", moved_to=-100), Outcome.MOVED, Next.FOLLOW, None),
        (Refused(403, "Forbidden: upgraded", moved_to=-100), Outcome.MOVED, Next.FOLLOW, None),
        (
            Refused(400, 'Bad Request: can\'t parse entities: unsupported tag "x"'),
            Outcome.REFUSED,
            Next.PLAIN,
            Alarm.HTML,
        ),
        (Refused(400, "Bad Request: message is too long"), Outcome.REFUSED, Next.NOTHING, None),
        (Refused(400, NOT_MODIFIED), Outcome.REFUSED, Next.NOTHING, None),
        (Refused(413, "Request Entity Too Large"), Outcome.REFUSED, Next.NOTHING, None),
        (Refused(418, "I am a teapot"), Outcome.UNKNOWN, Next.NOTHING, None),
        (Refused(500, "Internal Server Error: restart"), Outcome.UNKNOWN, Next.NOTHING, None),
    ],
)
def test_the_table(failure, outcome, then, alarm):
    meaning = of_failure(failure)
    assert (meaning.outcome, meaning.next, meaning.alarm) == (outcome, then, alarm)


def test_an_edit_that_changes_nothing_has_arrived():
    meaning = of_failure(Refused(400, NOT_MODIFIED), edited=7)
    assert (meaning.outcome, meaning.message) == (Outcome.SENT, 7)


@pytest.mark.parametrize("status", [429, 400, 403])
def test_where_to_and_for_how_long_is_told(status):
    meaning = of_failure(Refused(status, "", retry_after=7, moved_to=-1001))
    assert (meaning.retry_after, meaning.moved_to) == ((7, 0) if status == 429 else (0, -1001))


@pytest.mark.parametrize("told", [0, -3, math.nan, math.inf])
def test_patience_without_a_number_is_the_usual_one(told):
    assert of_failure(Refused(429, "", retry_after=told)).retry_after == USUAL_PATIENCE


def test_no_number_that_may_be_an_id_stands_in_a_detail():
    for said in ("chat 123456789 has a fault", "can't parse entities at 123456789"):
        assert "12345" not in of_failure(Refused(400, said)).detail


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
bodies = leaves | st.lists(leaves, max_size=3) | st.dictionaries(st.text(), leaves, max_size=3)
named = st.fixed_dictionaries({}, optional={"message_id": leaves | st.integers(1, 9)}) | bodies
parameters = st.fixed_dictionaries({}, optional={"retry_after": bodies, "migrate_to_chat_id": bodies}) | bodies
replies = st.fixed_dictionaries(
    {}, optional={"ok": st.booleans() | bodies, "result": named, "description": bodies, "parameters": parameters}
)


@given(st.sampled_from([200, 204, 302, 400, 401, 403, 404, 409, 413, 418, 429, 500, 502]), replies | bodies)
def test_sent_is_only_what_names_its_message_and_nothing_but_the_list_is_definite(status, told):
    try:
        meaning = of_result(result(status, json.dumps(told).encode()))
    except (Refused, Unclear) as failure:
        meaning = of_failure(failure)
    if meaning.outcome is Outcome.SENT:
        assert status == 200
        assert told["ok"] is True
        assert told["result"]["message_id"] == meaning.message > 0
    elif meaning.outcome is not Outcome.UNKNOWN:
        assert status in {400, 401, 403, 404, 409, 413, 429}
        assert told["ok"] is False
    assert math.isfinite(meaning.retry_after)
    assert (meaning.retry_after > 0) == (status == 429 and meaning.outcome is Outcome.NOT_SENT)


@pytest.mark.parametrize("told", [b"[" * 100_000, b'{"ok":' * 100_000, b"9" * 5000])
def test_a_reply_that_no_parser_likes_is_unknown(told):
    with pytest.raises(Unclear):
        result(200, told)


@pytest.mark.parametrize("number", ["1e999", "NaN", "9" * 400, "true", '"7"'])
def test_a_number_that_is_none_is_not_taken(number):
    told = f'{{"ok":false,"parameters":{{"retry_after":{number},"migrate_to_chat_id":{number}}}}}'
    with pytest.raises(Refused) as refused:
        result(400, told.encode())
    assert (refused.value.retry_after, refused.value.moved_to) == (0, 0)


@pytest.mark.parametrize("told", [True, {}, {"message_id": True}, {"message_id": "7"}, {"message_id": 0}, [], None])
def test_a_result_that_names_no_message_is_unknown(told):
    assert of_result(told).outcome is Outcome.UNKNOWN


class TestCalls:
    def test_a_message_shows_no_preview_and_leaves_out_what_it_has_not(self):
        assert message(5, HELLO).fields == {
            "chat_id": 5,
            "text": "<b>hello</b>",
            "parse_mode": "HTML",
            "link_preview_options": '{"is_disabled":true}',
        }
        shown = message(5, HELLO, [[], [Button("Yes", "y:1")]], 9).fields
        assert shown["reply_markup"] == {"inline_keyboard": [[{"text": "Yes", "callback_data": "y:1"}]]}
        assert shown["reply_parameters"] == {"message_id": 9, "allow_sending_without_reply": True}

    def test_after_html_that_cannot_be_read_comes_plain_text_and_nothing_after_that(self):
        refused = of_failure(Refused(400, "can't parse entities"))
        again = edit(5, 7, HELLO).after(refused)
        assert again.fields["text"] == "hello"
        assert "parse_mode" not in again.fields
        assert again.after(refused) is None

    def test_a_chat_that_moved_is_followed_once(self):
        moved = of_failure(Refused(400, "", moved_to=-1005))
        again = message(-5, HELLO).after(moved)
        assert (again.chat, again.fields["chat_id"]) == (-1005, -1005)
        assert again.after(moved) is None
        assert toast("q").after(moved) is None

    def test_what_ends_has_nothing_after_it_and_what_did_not_leave_has_itself(self):
        one = document(5, "a.txt", "words", 3)
        assert one.after(of_failure(NeverLeft(""))) is one
        assert one.after(of_failure(Unclear(""))) is None
        assert one.files == {"document": ("a.txt", b"words")}

    def test_a_press_is_answered_with_words_or_without(self):
        assert toast("q").fields == {"callback_query_id": "q"}
        assert toast("q", "No", alert=True).fields == {"callback_query_id": "q", "text": "No", "show_alert": True}

    def test_a_query_belongs_to_no_chat_and_whatever_comes_back_is_well(self):
        call = inline("q", [{"id": "1"}], {"text": "Ask"})
        assert json.loads(call.fields["results"]) == [{"id": "1"}]
        assert call.chat == 0
        assert call.meaning_of([]).outcome is Outcome.SENT

    @given(bodies)
    def test_an_edit_has_the_number_of_what_it_edits(self, told):
        call: Call = edit(5, 7, HELLO)
        assert call.meaning_of(told).message == 7
