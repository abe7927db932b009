"""Delivery alone: when it sends, what it tries again, and what it leaves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from answers.render import Rendered
from bot.alarms import Alarm
from bot.delivery import ANSWERS_AT_ONCE, FLEETING, HELD, WORTH, Outcome
from bot.local import LocalApi, serving
from bot.patience import DEADLINE
from bot.store import Subscriber
from tests.bot.faults import Faults, refusal
from tests.bot.harness import READER
from tests.bot.post import Post, posting
from tests.bot.test_pace import most_within
from tests.bot.watch import OwnTime

HELLO = Rendered(html="<b>hello</b>", text="hello")
PATIENCE = "Too Many Requests: retry after"
TOKEN_TROUBLE = [(401, "Unauthorized"), (404, "Not Found"), (409, "Conflict: terminated")]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with posting(tmp_path) as post:
        post.meets(READER, 502, 503)
        yield post


def numbered(count: int) -> list[Rendered]:
    return [Rendered(html=str(n), text=str(n)) for n in range(count)]


def spoil(post: Post, *replies: Callable[[], Any] | None) -> Faults:
    faults = post.local.bot_plane.faults = Faults("sendMessage", list(replies))
    return faults


async def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so; fails after half a minute, which only a busy machine takes."""
    async with asyncio.timeout(30):
        while not is_so():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0)


async def subscribe(post: Post, chat: int) -> None:
    await post.store.choose(
        Subscriber(chat=chat, at=time(8), zone=ZoneInfo("UTC"), revision="a", slot=date(2026, 11, 22))
    )


class TestPace:
    async def test_what_can_go_goes_at_once(self, post: Post) -> None:
        sent = await post.delivery.send(READER, HELLO)
        assert sent.outcome is Outcome.SENT
        assert sent.message > 0
        assert post.times() == [1000.0]

    async def test_a_private_chat_gets_a_few_at_once_and_then_one_a_second_in_their_order(self, post: Post) -> None:
        await asyncio.gather(*(post.delivery.send(READER, one) for one in numbered(8)))
        assert post.times() == pytest.approx([1000.0] * 5 + [1001.0, 1002.0, 1003.0])
        assert post.texts(READER) == [one.text for one in numbered(8)]

    async def test_a_group_gets_twenty_a_minute_and_holds_up_nobody_else(self, post: Post) -> None:
        there = await post.sim("group", title="G", type="group")
        flood = asyncio.gather(*(post.delivery.send(there, one) for one in numbered(45)))
        await until(lambda: len(post.times(there)) >= 20)
        before = post.time.now
        assert (await post.delivery.send(READER, HELLO)).outcome is Outcome.SENT
        assert post.times(READER)[0] - before < 2
        await flood
        assert most_within(post.times(there), 60) == 20
        assert post.texts(there)[-45:] == [one.text for one in numbered(45)]

    async def test_bulk_is_at_most_25_in_any_second(self, post: Post) -> None:
        chats = range(1001, 1121)
        post.meets(*chats)
        sent = await asyncio.gather(*(post.delivery.bulk(chat, HELLO) for chat in chats))
        assert {one.outcome for one in sent} == {Outcome.SENT}
        assert most_within(post.times(), 1) <= 25
        assert 4 < post.times()[-1] - post.times()[0] < 6

    async def test_answers_have_no_limit_in_all(self, post: Post) -> None:
        chats = range(1001, 1301)
        post.meets(*chats)
        await asyncio.gather(*(post.delivery.send(chat, HELLO) for chat in chats))
        assert set(post.times()) == {1000.0}
        assert len(post.times()) == 300

    async def test_answers_overtake_a_digest_that_waits(self, post: Post) -> None:
        spoil(post, refusal(429, f"{PATIENCE} 3", retry_after=3))
        assert (await post.delivery.bulk(501, HELLO)).retry_after == 3
        digests = [asyncio.create_task(post.delivery.bulk(502, HELLO)) for _ in range(3)]
        await asyncio.sleep(0)
        answers = [asyncio.create_task(post.delivery.send(chat, HELLO)) for chat in (501, 503)]
        await asyncio.gather(*digests, *answers)
        assert [chat for _, chat in post.api.left] == [501, 501, 503, 502, 502, 502]

    async def test_bulk_that_has_to_wait_for_long_says_so(self, post: Post) -> None:
        spoil(post, refusal(429, f"{PATIENCE} 100", retry_after=100))
        await post.delivery.bulk(501, HELLO)
        held = await post.delivery.bulk(502, HELLO)
        assert (held.outcome, held.retry_after) == (Outcome.NOT_SENT, pytest.approx(100 - HELD, abs=1.1))
        assert len(post.api.left) == 1
        post.time.now += 100
        assert (await post.delivery.bulk(502, HELLO)).outcome is Outcome.SENT


class TestPatience:
    @pytest.mark.parametrize("seconds", [1, 7, 65])
    async def test_nothing_leaves_while_the_bot_api_wants_patience(self, post: Post, seconds: int) -> None:
        spoil(post, refusal(429, f"{PATIENCE} {seconds}", retry_after=seconds))
        first = await asyncio.gather(*(post.delivery.send(READER, one) for one in numbered(3)))
        calls = [post.delivery.send(502, HELLO), post.delivery.bulk(503, HELLO), post.delivery.toast("q")]
        await asyncio.gather(*calls)
        assert {one.outcome for one in first} == {Outcome.SENT}
        assert post.times()[0] == 1000.0
        assert all(when >= 1000.0 + seconds for when in post.times()[1:])
        assert post.texts(READER) == [one.text for one in numbered(3)]

    async def test_again_and_again(self, post: Post) -> None:
        spoil(post, *(refusal(429, f"{PATIENCE} {n}", retry_after=n) for n in (2, 3, 4)))
        assert (await post.delivery.send(READER, HELLO)).outcome is Outcome.SENT
        assert post.times() == pytest.approx([1000, 1002, 1005, 1009])

    async def test_more_of_it_than_an_answer_is_worth_is_not_waited_for(self, post: Post) -> None:
        spoil(post, refusal(429, PATIENCE, retry_after=WORTH + 1))
        sent = await post.delivery.send(READER, HELLO)
        assert (sent.outcome, sent.retry_after) == (Outcome.NOT_SENT, WORTH + 1)
        assert post.time.now < 1002

    async def test_the_time_of_an_update_does_not_run_meanwhile(self, post: Post) -> None:
        spoil(post, refusal(429, PATIENCE, retry_after=1000))
        async with asyncio.timeout(30) as deadline:
            DEADLINE.set(deadline)
            sending = asyncio.create_task(post.delivery.send(READER, HELLO))
            await until(lambda: deadline.when() is None)
            assert (await sending).outcome is Outcome.SENT
            assert deadline.when() is not None


class TestFailures:
    async def test_an_answer_waits_for_the_bot_api_to_come_back(self, tmp_path: Path) -> None:
        local = LocalApi()
        local.world.private_room(local.world.meet(READER))
        async with serving(local) as root:
            pass
        async with posting(tmp_path, root) as post:
            sending = [asyncio.create_task(post.delivery.send(READER, one)) for one in numbered(3)]
            await until(lambda: post.time.now >= 1100)
            assert not any(task.done() for task in sending)
            tries = len(post.api.left)
            assert tries <= 4 + 100 / 15 + 1
            async with serving(local, port=int(root.rpartition(":")[2])):
                back = post.time.now
                assert {one.outcome for one in await asyncio.gather(*sending)} == {Outcome.SENT}
            assert post.times()[tries] - back <= 16
        texts = [message.content.text for message in local.world.rooms[READER].messages.values() if message.content]
        assert texts == ["0", "1", "2"]

    async def test_for_half_an_hour(self, tmp_path: Path) -> None:
        async with serving(LocalApi()) as root:
            pass
        async with posting(tmp_path, root) as post:
            assert (await post.delivery.send(READER, HELLO)).outcome is Outcome.NOT_SENT
            assert WORTH - 15 <= post.time.now - 1000 <= WORTH
            assert len(post.api.left) < WORTH / 15 + 6
            before = post.time.now
            await post.delivery.toast("q")
            assert post.time.now - before <= FLEETING
            assert (await post.delivery.bulk(READER, HELLO)).outcome is Outcome.NOT_SENT

    @pytest.mark.parametrize(("status", "said"), TOKEN_TROUBLE)
    async def test_token_trouble_alarms_halts_bulk_and_answers_outlast_it(
        self, post: Post, status: int, said: str
    ) -> None:
        spoil(post, *[refusal(status, said)] * 3)
        assert (await post.delivery.bulk(502, HELLO)).outcome is Outcome.HALTED
        assert (await post.delivery.send(READER, HELLO)).outcome is Outcome.SENT
        assert post.texts(READER) == ["hello"]
        sounded = await post.alarms.next()
        assert (sounded.alarm, sounded.detail) == (Alarm.TOKEN, f"status {status}")

    @pytest.mark.parametrize("status", [500, 502, 503])
    async def test_what_may_have_arrived_is_never_repeated(self, post: Post, status: int) -> None:
        faults = spoil(post, *[refusal(status, "Internal Server Error")] * 2)
        assert (await post.delivery.send(READER, HELLO)).outcome is Outcome.UNKNOWN
        assert (await post.delivery.bulk(READER, HELLO)).outcome is Outcome.UNKNOWN
        assert faults.replies == []
        assert len(post.api.left) == 2

    async def test_when_nobody_knows_of_several_in_a_row_the_others_wait(self, post: Post) -> None:
        spoil(post, *[refusal(502, "Bad Gateway")] * 4)
        sent = [await post.delivery.send(READER, one) for one in numbered(6)]
        assert [one.outcome for one in sent] == [Outcome.UNKNOWN] * 4 + [Outcome.SENT] * 2
        assert post.times() == pytest.approx([1000, 1000, 1000, 1001, 1003, 1003])

    async def test_html_that_cannot_be_read_is_sent_as_plain_text_and_alarms(self, post: Post) -> None:
        for send in (post.delivery.send, post.delivery.bulk):
            assert (await send(READER, Rendered(html="<b>hello", text="hello"))).outcome is Outcome.SENT
        assert post.texts(READER) == ["hello"] * 2
        assert (await post.alarms.next()).alarm is Alarm.HTML

    async def test_what_telegram_will_not_have_is_refused(self, post: Post) -> None:
        for send in (post.delivery.send, post.delivery.bulk):
            assert (await send(READER, Rendered(html="x" * 4097, text="x"))).outcome is Outcome.REFUSED

    @pytest.mark.parametrize("bulk", [False, True])
    async def test_who_blocked_the_bot_or_is_gone_gets_nothing_more(self, post: Post, *, bulk: bool) -> None:
        send = post.delivery.bulk if bulk else post.delivery.send
        for chat in (READER, 987654):
            await subscribe(post, chat)
        await post.sim("block", user_id=READER)
        assert (await send(READER, HELLO)).outcome is Outcome.BLOCKED
        assert (await send(987654, HELLO)).outcome is Outcome.GONE
        assert await post.store.subscribers() == []

    async def test_an_answer_follows_a_group_that_moved_and_so_does_its_subscription(self, post: Post) -> None:
        old = await post.sim("group", title="G", type="group")
        await subscribe(post, old)
        new = await post.sim("migrate", chat_id=old)
        assert (await post.delivery.send(old, HELLO)).outcome is Outcome.SENT
        assert post.texts(new)[-1] == "hello"
        assert [one.chat for one in await post.store.subscribers()] == [new]

    async def test_bulk_says_where_a_chat_went(self, post: Post) -> None:
        old = await post.sim("group", title="G", type="group")
        await subscribe(post, old)
        new = await post.sim("migrate", chat_id=old)
        sent = await post.delivery.bulk(old, HELLO)
        assert (sent.outcome, sent.moved_to) == (Outcome.MOVED, new)
        assert [one.chat for one in await post.store.subscribers()] == [new]

    async def test_a_group_that_says_it_moved_for_ever_is_followed_once(self, post: Post) -> None:
        spoil(post, *[refusal(400, "Bad Request: moved", migrate_to_chat_id=-1001)] * 3)
        assert (await post.delivery.send(-5, HELLO)).outcome is Outcome.MOVED
        assert [chat for _, chat in post.api.left] == [-5, -1001]

    async def test_a_state_that_fails_is_an_alarm_and_changes_nothing_else(self, post: Post) -> None:
        await post.store.close()
        assert (await post.delivery.send(987654, HELLO)).outcome is Outcome.GONE
        assert (await post.alarms.next()).alarm is Alarm.STATE

    async def test_a_document_and_an_edit_go_the_same_way(self, post: Post) -> None:
        post.local.bot_plane.faults = Faults("sendDocument", [refusal(429, PATIENCE, retry_after=5)])
        sent = await post.delivery.document(READER, "a.txt", "words")
        assert (sent.outcome, post.time.now) == (Outcome.SENT, 1005.0)
        shown = await post.delivery.send(READER, HELLO)
        for _ in range(2):
            edited = await post.delivery.edit(READER, shown.message, Rendered(html="<i>bye</i>", text="bye"))
            assert (edited.outcome, edited.message) == (Outcome.SENT, shown.message)
        assert post.texts(READER)[-1] == "bye"


@asynccontextmanager
async def hanging(release: asyncio.Event) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that takes requests and answers them once it is let."""
    asked: list[bytes] = []
    serving: set[asyncio.Task[Any] | None] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        asked.append(await reader.read(65536))
        await release.wait()
        body = b'{"ok":true,"result":{"message_id":5}}'
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=500)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
        release.set()
        await asyncio.wait([task for task in serving if task])


class TestHanging:
    async def test_whoever_sends_is_let_go_and_the_request_goes_on_and_is_not_repeated(self, tmp_path: Path) -> None:
        release = asyncio.Event()
        async with hanging(release) as (root, asked), posting(tmp_path, root, hangs=0.1) as post:
            assert (await post.delivery.send(READER, HELLO)).outcome is Outcome.UNKNOWN
            closing = asyncio.create_task(post.delivery.close(30))
            await asyncio.sleep(0.05)
            assert not closing.done()
            release.set()
            await closing
            assert len(asked) == 1

    async def test_closing_waits_only_so_long(self, tmp_path: Path) -> None:
        async with hanging(asyncio.Event()) as (root, asked), posting(tmp_path, root, hangs=0.1) as post:
            await post.delivery.send(READER, HELLO)
            async with asyncio.timeout(10):  # a request may take twenty
                await post.delivery.close(0.05)
                await post.delivery.close(0.05)
            assert len(asked) == 1

    async def test_a_request_that_has_left_survives_who_sent_it(self, tmp_path: Path) -> None:
        release = asyncio.Event()
        async with hanging(release) as (root, asked), posting(tmp_path, root) as post:
            sending = asyncio.create_task(post.delivery.send(READER, HELLO))
            await until(lambda: asked)
            sending.cancel()
            await asyncio.wait([sending])
            assert sending.cancelled()
            release.set()
            await post.delivery.close(30)
            assert len(asked) == 1

    async def test_one_that_has_not_left_dies_with_him(self, post: Post) -> None:
        spoil(post, refusal(429, PATIENCE, retry_after=1000))
        await post.delivery.bulk(502, HELLO)
        sending = [asyncio.create_task(post.delivery.send(READER, one)) for one in numbered(2)]
        bulk = asyncio.create_task(post.delivery.bulk(503, HELLO))
        await asyncio.sleep(0)
        for task in (*sending, bulk):
            task.cancel()
        await asyncio.wait([*sending, bulk])
        post.time.now += 1001
        assert (await post.delivery.send(READER, HELLO)).outcome is Outcome.SENT
        assert (await post.delivery.bulk(503, HELLO)).outcome is Outcome.SENT
        assert post.texts(READER) == ["hello"]

    async def test_one_that_hangs_holds_the_others_up_for_a_moment_only(self, tmp_path: Path) -> None:
        release = asyncio.Event()
        async with hanging(release) as (root, asked), posting(tmp_path, root) as post:
            sending = asyncio.gather(*(post.delivery.send(chat, HELLO) for chat in range(1, 4)))
            await until(lambda: len(asked) == 3)
            release.set()
            await sending

    async def test_more_at_once_than_there_are_places_wait_for_one_and_bulk_behind_them(self, tmp_path: Path) -> None:
        release = asyncio.Event()
        async with hanging(release) as (root, asked), posting(tmp_path, root, first=ANSWERS_AT_ONCE) as post:
            sending = asyncio.gather(*(post.delivery.send(chat, HELLO) for chat in range(1, 201)))
            await until(lambda: len(asked) == ANSWERS_AT_ONCE)
            assert (await post.delivery.bulk(900, HELLO)).outcome is Outcome.NOT_SENT
            assert len(asked) == ANSWERS_AT_ONCE
            release.set()
            assert {one.outcome for one in await sending} == {Outcome.SENT}
            assert (await post.delivery.bulk(900, HELLO)).outcome is Outcome.SENT


async def test_time_of_its_own_passes_in_order() -> None:
    time, woken = OwnTime(), []

    async def wait(seconds: float) -> None:
        await time.sleep(seconds)
        woken.append((seconds, time.now))

    await asyncio.gather(*(wait(seconds) for seconds in (3, 1, 2)))
    assert woken == [(1, 1001), (2, 1002), (3, 1003)]
