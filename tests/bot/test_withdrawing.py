"""A fact is corrected, superseded or retracted in the chat, published, and asked about again; the log tells all of it."""

import asyncio
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answers.across import CORRECTIONS
from answers.desk import Desk
from answers.errors import Refused
from answers.folder import files_of
from answers.life import Order, withdraw
from answers.model import Status
from answers.render import Renderer
from bot import datafiles
from bot.handlers.corrections import page
from bot.keyboards import below
from bot.pages import ActStage
from bot.settings import CHECKOUT
from bot.withdrawing import carry_out, pages, plan, step
from tests.answers.builders import TEMPLATES, a_fact, a_withdrawn, an_article, opened, write_data
from tests.bot.harness import ADMIN, OTHER_ADMIN, READER, Chat, labels, quotes

CNN = "facts/2022-02-02-cnn-us-troops-eastern-europe.toml"
FIGHT = "are US troops going to fight in Ukraine?"
OLD, OLD_WORDS = "cnn-not-going-to-fight", "These forces are not going to fight in Ukraine"
NEW = "cnn-bilateral-basis"
NEAR = "cnn-separate-from-8500"
DAY = date(2026, 11, 22)
EDIT = {"method": "editMessageText"}


@pytest.fixture
def chat_data(tmp_path: Path) -> Path:
    return shutil.copytree(CHECKOUT / "data", tmp_path / "data")


def passage(chat: Chat, id_: str) -> str:
    return chat.bot.office.desk.snapshot.base.fact(id_).quote.text


def log(chat: Chat) -> str:
    """The entries of the log; what stands above them is for editors."""
    return "".join(datafiles.read(chat.data / CORRECTIONS).partition("[[correction]]")[1:])


def file_of(chat: Chat) -> str:
    return datafiles.read(chat.data / CNN)


async def publish_together(chat: Chat) -> None:
    """One admin's word is not enough for what readers were told: another one confirms."""
    await chat.ask("/start", OTHER_ADMIN)
    after = await chat.last()
    await chat.press("Publish", ADMIN)
    await chat.until(after, method="editMessageText", chat_id=ADMIN)
    await chat.press("Confirm", OTHER_ADMIN, **EDIT)


async def confirm_and_publish(chat: Chat) -> None:
    """Confirm an act; then publish what it wrote with the reload that is offered."""
    after = await chat.last()
    await chat.sim("press", user_id=ADMIN, label="Confirm", wait=10)
    (offered,) = await chat.until(after, method="sendMessage")
    assert "Publish" in labels(offered["message"])
    await publish_together(chat)


async def test_a_fact_is_corrected_in_the_chat_published_and_asked_about_again(chat: Chat) -> None:
    assert OLD_WORDS in (await chat.ask(FIGHT))["text"]
    old, new = passage(chat, OLD), passage(chat, NEW)

    asked = await chat.ask(f"/correct {OLD}", ADMIN)
    assert "Which fact stands in its place?" in asked["text"]
    assert "Cancel" in labels(asked)
    assert "Why?" in (await chat.ask(NEW, ADMIN))["text"]
    shown = await chat.ask("The outlet  corrected\nitself.", ADMIN)
    assert quotes(shown) == [old, new]
    assert "Reason: The outlet corrected itself." in shown["text"]
    assert "Dated 22 Nov 2026" in shown["text"]
    assert "Readers who ask this will be told:" in shown["text"]
    assert labels(shown) == ["Confirm", "Cancel"]
    assert not log(chat), "nothing is written before it is confirmed"

    after = await chat.last()
    done = await chat.press("Confirm", ADMIN, **EDIT)
    assert "Written into the data folder" in done["text"]
    assert not labels(done)
    offered = (await chat.until(after))[0]["message"]
    assert "1 changed" in offered["text"]
    assert OLD_WORDS in (await chat.ask(FIGHT))["text"]
    assert quotes(await chat.ask("/corrections")) == [], "nothing is public before it is published"
    await publish_together(chat)

    told = await chat.ask(FIGHT)
    assert "was corrected on 22 Nov 2026" in told["text"]
    assert "Reason: The outlet corrected itself." in told["text"]
    assert quotes(told)[:2] == [old, new]
    listed = await chat.ask("/corrections")
    assert quotes(listed) == [old, new]
    assert all(
        words in listed["text"] for words in ("corrected on 22 Nov 2026", "CNN · 2 Feb 2022", "Reason: The outlet")
    )
    assert 'act = "corrected"' in log(chat)


async def test_a_withdrawn_fact_is_nowhere_shown_as_current(chat: Chat) -> None:
    base = chat.bot.office.desk.snapshot.base
    topic, gone = base.fact(OLD).topics[0], base.fact(OLD).quote.text
    await chat.ask(f"/retract {OLD} It was denied.", ADMIN)
    await confirm_and_publish(chat)
    answer = await chat.ask(FIGHT)
    assert quotes(answer)[0] == gone
    assert "was withdrawn on 22 Nov 2026" in answer["text"]
    in_article = await chat.press("Source in context")
    assert "was withdrawn on 22 Nov 2026" in in_article["text"]
    await chat.ask("/topics")
    assert gone not in quotes(await chat.press(topic))
    inline = await chat.sim("inline", user_id=READER, query=FIGHT, wait=10)
    assert [result["title"] for result in inline["results"] if result["description"] == gone] == [
        "Withdrawn · CNN, 2 Feb 2022 · John Kirby"
    ]
    base = chat.bot.office.desk.snapshot.base
    assert OLD not in {fact.id for key in [base.fact(OLD).claim] for fact in base.claim(key).facts}
    for fact in base.facts():
        context = base.context(fact).text
        assert fact.id == OLD or gone not in context or fact.status is not Status.PUBLISHED, fact.id


async def test_a_fact_is_superseded_by_another_and_says_that_it_was_so_then(chat: Chat) -> None:
    await chat.ask(f"/supersede {OLD} {NEW} Things moved on.", ADMIN)
    await confirm_and_publish(chat)
    told = await chat.ask(FIGHT)
    assert "This was so when it was reported" in told["text"]
    assert "What stands now" in told["text"]
    assert labels(told)[-1] == "What stands now, in context"
    assert passage(chat, NEW) in quotes(told)


async def test_a_draft_is_chosen_by_its_button_and_published_with_the_act(chat: Chat) -> None:
    text = file_of(chat)
    at = text.index(f'id = "{NEAR}"')
    drafted = text[:at] + text[at:].replace('status = "published"', 'status = "draft"\ndoubts = ["who speaks?"]', 1)
    (chat.data / CNN).write_text(drafted, encoding="utf-8")
    asked = await chat.ask(f"/correct {OLD}", ADMIN)
    assert NEAR in labels(asked)
    await chat.press(NEAR, ADMIN)
    shown = await chat.ask("Wrong.", ADMIN)
    assert "This is a draft: it is published with it." in shown["text"]
    assert "who speaks?" in shown["text"]
    await confirm_and_publish(chat)
    assert chat.bot.office.desk.snapshot.base.fact(NEAR).status is Status.PUBLISHED
    assert "doubts" not in file_of(chat)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/retract", "Write the id of the fact behind it"),
        ("/retract cnn-not-going-to-figth x", f"cnn-not-going-to-figth is no fact (did you mean {OLD}"),
        ("/retract zzzzzzzz x", "zzzzzzzz is no fact"),
        (f"/correct {OLD} {OLD} x", "cannot replace itself"),
        (f"/retract {OLD} " + "x" * 501, "needs a reason of at most 500 characters, not 501"),
    ],
)
async def test_what_cannot_be_done_is_said_and_nothing_is_changed(chat: Chat, words: str, said: str) -> None:
    before = file_of(chat)
    shown = await chat.ask(words, ADMIN)
    assert said in shown["text"].replace("\n", " ")
    assert "Confirm" not in labels(shown)
    assert (file_of(chat), log(chat)) == (before, "")


async def test_a_wrong_id_of_a_replacement_can_be_given_again(chat: Chat) -> None:
    await chat.ask(f"/correct {OLD}", ADMIN)
    assert "is no fact" in (await chat.ask("cnn-nonsense", ADMIN))["text"]
    assert "Why?" in (await chat.ask(NEW, ADMIN))["text"]
    assert labels(await chat.ask("Because.", ADMIN)) == ["Confirm", "Cancel"]
    assert quotes(await chat.ask(FIGHT, ADMIN)), "once it is shown, a message is a question again"


@pytest.mark.parametrize("name", ["correct", "supersede", "retract"])
async def test_who_is_no_admin_is_told_what_everybody_is_told(chat: Chat, name: str) -> None:
    told = await chat.ask(f"/{name} {OLD} x", READER)
    assert told["text"] == (await chat.ask("/frobnicate"))["text"]


class TestTheButton:
    @pytest.fixture(autouse=True)
    async def shown(self, chat: Chat) -> None:
        self.message = await chat.ask(f"/retract {OLD} It was denied.", ADMIN)
        self.data = self.message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

    async def pressed(self, chat: Chat, user: int, data: str = "") -> str:
        after = await chat.last()
        await chat.forge(data or self.data, self.message["message_id"], user, ADMIN)
        return (await chat.until(after, **EDIT))[0]["message"]["text"]

    async def test_is_no_good_after_ten_minutes(self, chat: Chat) -> None:
        chat.clock.forward(minutes=11)
        assert "no longer good" in (await chat.press("Confirm", ADMIN, **EDIT))["text"]
        assert not log(chat)

    @pytest.mark.parametrize("where", [ADMIN, OTHER_ADMIN])
    async def test_is_no_good_for_another_admin(self, chat: Chat, where: int) -> None:
        await chat.forge(self.data, self.message["message_id"], OTHER_ADMIN, where)
        await chat.ask(FIGHT, OTHER_ADMIN)
        assert not log(chat)

    @pytest.mark.parametrize("forged", ["by:KEY:0", "by:KEY:", "yes:" + "0" * 16, "maybe:KEY", ""])
    async def test_is_no_good_with_another_answer(self, chat: Chat, forged: str) -> None:
        assert "no longer good" in await self.pressed(
            chat, ADMIN, "w:" + forged.replace("KEY", self.data.split(":")[2])
        )
        assert not log(chat)

    async def test_does_nothing_for_who_is_no_admin(self, chat: Chat) -> None:
        await chat.forge(self.data, self.message["message_id"], READER, ADMIN)
        await chat.ask(FIGHT)
        assert not log(chat)

    async def test_works_once(self, chat: Chat) -> None:
        await self.pressed(chat, ADMIN)
        assert "no longer good" in await self.pressed(chat, ADMIN)
        assert log(chat).count("[[correction]]") == 1

    async def test_cancels(self, chat: Chat) -> None:
        assert "Cancelled" in (await chat.press("Cancel", ADMIN, **EDIT))["text"]
        assert "no longer good" in await self.pressed(chat, ADMIN)
        assert not log(chat)

    async def test_is_no_good_when_the_fact_was_changed_meanwhile(self, chat: Chat) -> None:
        at = file_of(chat).index(f'id = "{OLD}"')
        text = file_of(chat)
        (chat.data / CNN).write_text(text[:at] + text[at:].replace('known = "cue"', 'known = "inferred"', 1))
        assert "was changed by somebody else meanwhile" in await self.pressed(chat, ADMIN)
        assert not log(chat)


async def test_words_asked_for_too_long_ago_are_a_question_again(chat: Chat) -> None:
    await chat.ask(f"/retract {OLD}", ADMIN)
    chat.clock.forward(minutes=11)
    assert quotes(await chat.ask(FIGHT, ADMIN))


async def test_an_act_that_was_broken_off_is_named_and_finished_by_the_same_command(chat: Chat) -> None:
    seen = plan(chat.data, Order(act=Status.RETRACTED, fact=OLD, on=chat.bot.office.today(), reason="It was denied."))
    first = seen.edits[0]
    datafiles.write(chat.data / first.path, first.text, was=first.was)
    assert f"says that {OLD} was retracted, but {OLD} is published" in (await chat.ask("/reload", ADMIN))["text"]
    chat.clock.forward(days=1)
    other = await chat.ask(f"/retract {OLD} Another reason.", ADMIN)
    assert f"{OLD} was retracted on 2026-11-22 already" in other["text"]
    assert "broken off" in (await chat.ask(f"/retract {OLD}", ADMIN))["text"]
    await confirm_and_publish(chat)
    assert datafiles.read(chat.data / CORRECTIONS) == first.text
    assert "was withdrawn on 22 Nov 2026" in (await chat.ask(FIGHT))["text"]
    assert "was retracted on 2026-11-22 already" in (await chat.ask(f"/retract {OLD} x", ADMIN))["text"]


async def test_the_log_is_shown_in_parts_and_the_rest_is_asked_for(chat: Chat) -> None:
    assert "Nothing that was on the record has been withdrawn." in (await chat.ask("/corrections"))["text"]
    ids = [fact.id for fact in chat.bot.office.desk.snapshot.base.facts()][:12]
    for number, id_ in enumerate(ids):
        order = Order(
            act=Status.RETRACTED, fact=id_, on=chat.bot.office.today(), reason=f"Reason {number}. {'z' * 480}"
        )
        await asyncio.to_thread(carry_out, chat.data, plan(chat.data, order))
    await chat.ask("/reload", ADMIN)
    await publish_together(chat)
    shown, seen = await chat.ask("/corrections"), []
    while True:
        seen += quotes(shown)
        if "Older corrections" not in labels(shown):
            break
        assert "earlier withdrawal" in shown["text"]
        shown = await chat.press("Older corrections")
    assert seen == [passage(chat, id_) for id_ in reversed(ids)]
    after = await chat.last()
    await chat.forge("l:999999999", shown["message_id"])
    assert quotes((await chat.until(after))[0]["message"]) == []


async def test_the_log_is_told_in_the_language_of_who_asks(chat: Chat) -> None:
    told = await chat.ask("/corrections", 777, language_code="de")
    assert "Nichts" in told["text"]


def test_an_act_is_finished_from_wherever_it_was_broken_off(chat_data: Path) -> None:
    """The log, a draft in another file, the fact's own file: stopped after each of them."""
    cbc = next(iter((chat_data / "facts").glob("*cbc*.toml")))
    text = datafiles.read(cbc).replace('status = "published"', 'status = "draft"', 1)
    cbc.write_text(text, encoding="utf-8")
    draft = text.split('id = "')[1].split('"')[0]
    order = Order(act=Status.CORRECTED, fact=OLD, on=DAY, reason="Wrong.", by=draft)
    whole = plan(chat_data, order)
    assert [edit.path for edit in whole.edits] == [CORRECTIONS, f"facts/{cbc.name}", CNN]
    for edit in whole.edits[:2]:
        datafiles.write(chat_data / edit.path, edit.text, was=edit.was)
        again = plan(chat_data, replace(order, on=DAY.replace(day=23)))
        assert again.begun
        assert again.entry == whole.entry
    assert step(chat_data, replace(order, by="", reason="")).withdrawal
    carry_out(chat_data, again)
    assert {edit.path: datafiles.read(chat_data / edit.path) for edit in whole.edits} == {
        edit.path: edit.text for edit in whole.edits
    }
    with pytest.raises(Refused, match="was corrected on 2026-11-22 already"):
        withdraw(files_of(chat_data)[0], order)


def test_a_file_of_passages_has_no_facts_to_withdraw(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is no data folder"):
        plan(tmp_path / "p.jsonl", Order(act=Status.RETRACTED, fact="x", on=DAY, reason="x"))


LONG = an_article("\n".join(f"{letter * 3_000}." for letter in "abc"), "long-article")
LONG_ONES = tuple(a_fact(f"{letter * 3_000}.", f"long-{letter}", of=LONG) for letter in "abc")


def test_passages_that_do_not_fit_are_named_to_the_admin_instead(tmp_path: Path) -> None:
    data, renderer = write_data(tmp_path / "data", LONG_ONES), Renderer(TEMPLATES)
    order = Order(act=Status.CORRECTED, fact="long-a", on=DAY)
    asked = [renderer.render("act", page=page) for page in pages(step(data, order))]
    assert [one.fits for one in asked] == [False, False, True, True]
    assert "Which fact stands in its place?" in asked[2].text
    order = replace(order, by="long-b")
    assert step(data, order).stage is ActStage.REASON
    shown = [renderer.render("act", page=page) for page in pages(step(data, replace(order, reason="Wrong.")))]
    assert [one.fits for one in shown] == [False, False, True]
    assert "The passages do not fit here" in shown[-1].text
    assert "long-b" in shown[-1].text


def test_of_the_log_an_entry_that_does_not_fit_is_shown_without_what_stands_now(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data", LONG_ONES)
    order = Order(act=Status.CORRECTED, fact="long-a", on=DAY, reason="Wrong.", by="long-b")
    carry_out(data, plan(data, order))
    with opened(data, tmp_path / "state") as snapshot:
        rendered, shown, more = page(snapshot.base, Renderer(TEMPLATES))
        assert (rendered.fits, shown, more) == (True, 1, 0)
        assert "What stands now does not fit here" in rendered.text
        assert "a" * 3_000 in rendered.text
        answer = Desk(snapshot, Renderer(TEMPLATES)).fact("long-a", today=DAY)
        assert "What stands now does not fit here" in answer.rendered.text
        assert [one.data[2:] for row in below(answer.view, str) for one in row][-1] == LONG_ONES[1].code


def test_what_was_put_in_place_and_is_withdrawn_since_is_not_shown_as_current(tmp_path: Path) -> None:
    facts = [a_fact(f"Words {letter}.", f"fact-{letter}") for letter in "abc"]
    facts.append(a_withdrawn("Words d.", "fact-d", replaced_by="fact-e"))
    facts.append(a_fact("Words e.", "fact-e", status=Status.DRAFT))
    data = write_data(tmp_path / "data", facts)
    for old, new in (("a", "b"), ("b", "c")):
        order = Order(act=Status.CORRECTED, fact=f"fact-{old}", on=DAY, reason="Wrong.", by=f"fact-{new}")
        carry_out(data, plan(data, order))
    with opened(data, tmp_path / "state") as snapshot:
        text = page(snapshot.base, Renderer(TEMPLATES))[0].html
        assert "has been withdrawn since:\n<blockquote><s>Words b.</s>" in text
        assert "What stands now\n<blockquote>Words c.</blockquote>" in text
        assert "Words e." not in text, "a draft is nobody's to read"
        assert "Words c." in Desk(snapshot, Renderer(TEMPLATES)).fact("fact-a", today=DAY).rendered.text


def test_a_topic_of_withdrawn_facts_only_is_no_topic(tmp_path: Path) -> None:
    facts = (a_fact("Words a.", "fact-a", topics=("Kept",)), a_withdrawn("Words b.", "fact-b", topics=("Gone", "Kept")))
    with opened(write_data(tmp_path / "data", facts), tmp_path / "state") as snapshot:
        assert snapshot.base.coverage.topics == ("Kept",)
