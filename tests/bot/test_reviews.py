"""Reviewing in the chat: one draft at a time, written to the fact file, live after a reload; and only for admins."""

import tomllib

import pytest

from tests.bot.harness import ADMIN, OTHER_ADMIN, READER, Chat, labels

STEM = "2022-03-01-river-post-flood"
ARTICLE = """+++
outlet = "River Post"
published = 2022-03-01
+++
Mayor Ann Lee said 300 people had left the town of Aldery. “We are safe,” she said. The bridge is closed.
"""
DRAFTS = """# kept

[[fact]]
id = "river-300-left"
quote = "Mayor Ann Lee said 300 people had left the town of Aldery."
speaker = "Ann Lee"
role = "Mayor"
known = "cue"
status = "draft"
questions = ["How many people left Aldery?"]

[[fact]]
id = "river-safe"
quote = "“We are safe,” she said."
speaker = "Ann Lee"
known = "inherited"
status = "draft"
doubts = ["The speaker Ann Lee was carried over from the words before."]

[[fact]]
id = "river-bridge"
quote = "The bridge is closed."
status = "draft"
"""


@pytest.fixture
def drafts(chat: Chat) -> Chat:
    (chat.data / f"articles/{STEM}.md").write_text(ARTICLE, encoding="utf-8")
    (chat.data / f"facts/{STEM}.toml").write_text(DRAFTS, encoding="utf-8")
    return chat


def fact(chat: Chat, id_: str) -> dict[str, object]:
    text = (chat.data / f"facts/{STEM}.toml").read_text(encoding="utf-8")
    assert text.startswith("# kept\n")
    return next(fact for fact in tomllib.loads(text)["fact"] if fact["id"] == id_)


async def test_who_is_no_admin_reviews_nothing(drafts: Chat) -> None:
    assert (await drafts.ask("/review"))["text"] == (await drafts.ask("/frobnicate"))["text"]
    assert "do not know that command" in (await drafts.ask(f"/review {STEM}", READER))["text"]
    assert "do not know that command" in (await drafts.ask("/review", ADMIN, forwarded=True))["text"]


async def test_an_article_is_chosen_reviewed_to_its_end_and_answered_from(drafts: Chat) -> None:
    assert labels(await drafts.ask("/review", ADMIN)) == [STEM]
    shown = await drafts.press(STEM, ADMIN, method="editMessageText")
    assert "⚠ The speaker Ann Lee was carried over from the words before." in shown["text"]
    assert "300 people had left the town of Aldery. “We are safe,” she said. The bridge is closed." in shown["text"]
    assert labels(shown)[0] == "Publish: Ann Lee says this"

    shown = await drafts.press("Publish: Ann Lee says this", ADMIN, method="editMessageText")
    assert fact(drafts, "river-safe")["status"] == "published"
    assert "river-300-left" in shown["text"]
    shown = await drafts.press("Publish", ADMIN, method="editMessageText")
    assert "river-bridge" in shown["text"]
    done = await drafts.press("Reject", ADMIN, method="editMessageText")
    assert "Nothing is left to review here" in done["text"]
    assert fact(drafts, "river-bridge")["status"] == "rejected"
    assert "Nothing waits for review." in (await drafts.ask("/review", ADMIN))["text"]
    noted = [(entry.act, entry.detail) for entry in await drafts.bot.office.store.audit()][-3:]
    assert noted[::2] == [("review: let out", "river-safe"), ("review: rejected", "river-bridge")]

    assert "2 added" in (await drafts.ask("/reload", ADMIN))["text"]
    await drafts.press("Publish", ADMIN, method="editMessageText")
    assert "300 people had left" in (await drafts.ask("How many people left Aldery?"))["text"]


async def test_fields_are_changed_by_writing_and_what_is_written_is_no_question(drafts: Chat) -> None:
    await drafts.ask(f"/review {STEM}", ADMIN)
    assert "Who is on record" in (await drafts.press("Edit speaker", ADMIN))["text"]
    shown = await drafts.ask("Bo Ray, the harbour master", ADMIN)
    assert "Speaker: Bo Ray, the harbour master (inferred)" in shown["text"]
    await drafts.press("Edit claim", ADMIN)
    assert "Claim: all-are-safe" in (await drafts.ask("All are safe", ADMIN))["text"]
    await drafts.press("Edit questions", ADMIN)
    assert (
        "Question: Is anybody hurt?\nQuestion: Are people safe?"
        in (await drafts.ask("Is anybody hurt?\nAre people safe?", ADMIN))["text"]
    )
    await drafts.press("Edit speaker", ADMIN)
    assert "Speaker: nobody" in (await drafts.ask("-", ADMIN))["text"]
    assert "on the record" not in fact(drafts, "river-safe")
    assert "Biden" in (await drafts.ask("did biden rule out sending the army to ukraine?", ADMIN))["text"]


async def test_what_cannot_stand_in_a_field_is_said_and_asked_for_again(drafts: Chat) -> None:
    await drafts.ask(f"/review {STEM}", ADMIN)
    await drafts.press("Edit speaker", ADMIN)
    assert "longer than 500 characters" in (await drafts.ask("x" * 501, ADMIN))["text"]
    assert "Speaker: Bo Ray" in (await drafts.ask("Bo Ray", ADMIN))["text"]


async def test_skipped_drafts_come_again_in_the_next_review(drafts: Chat) -> None:
    await drafts.ask(f"/review {STEM}", ADMIN)
    for _ in range(3):
        shown = await drafts.press("Skip", ADMIN, method="editMessageText")
    assert "Nothing is left" in shown["text"]
    assert "3 drafts left" in (await drafts.ask(f"/review {STEM}", ADMIN))["text"]


async def test_two_editors_never_decide_on_one_draft_twice(drafts: Chat) -> None:
    await drafts.ask(f"/review {STEM}", ADMIN)
    await drafts.ask(f"/review {STEM}", OTHER_ADMIN)
    await drafts.press("Publish: Ann Lee says this", ADMIN, method="editMessageText")
    late = await drafts.press("Reject", OTHER_ADMIN, method="editMessageText")
    assert "river-safe is published, no draft any more" in late["text"]
    assert fact(drafts, "river-safe")["status"] == "published"


async def test_a_button_of_before_and_a_forged_one_do_nothing(drafts: Chat) -> None:
    shown = await drafts.ask(f"/review {STEM}", ADMIN)
    publish = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await drafts.ask(f"/review {STEM}", ADMIN)
    after = await drafts.last()
    await drafts.forge(publish, shown["message_id"], ADMIN, ADMIN)
    (edited,) = await drafts.until(after, method="editMessageText")
    assert "That review is over" in edited["message"]["text"]
    await drafts.forge(publish, shown["message_id"], READER, ADMIN)
    assert fact(drafts, "river-safe")["status"] == "draft"


async def test_a_review_ends_by_itself(drafts: Chat) -> None:
    await drafts.ask(f"/review {STEM}", ADMIN)
    await drafts.press("Edit speaker", ADMIN)
    drafts.clock.forward(minutes=61)
    assert "Biden" in (await drafts.ask("did biden rule out sending the army to ukraine?", ADMIN))["text"]
    assert fact(drafts, "river-safe")["speaker"] == "Ann Lee"


async def test_an_article_that_is_not_there_or_broken_is_said(drafts: Chat) -> None:
    assert f"did you mean {STEM}?" in (await drafts.ask("/review 2022-03-01-river-post-flod", ADMIN))["text"]
    (drafts.data / f"facts/{STEM}.toml").write_text(DRAFTS + "[[fact]\n", encoding="utf-8")
    assert "is not TOML" in (await drafts.ask(f"/review {STEM}", ADMIN))["text"]
    assert "Nothing waits for review." in (await drafts.ask("/review", ADMIN))["text"]
