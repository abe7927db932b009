"""Going back: to the revision before, or to any that is kept, as it was built and at once."""

import asyncio
import os
from pathlib import Path

import pytest

from answers.errors import FactBaseDamaged
from answers.factbase import FactBase
from bot.publishing import KEPT
from tests.answers import tiny
from tests.bot.harness import ADMIN, OTHER_ADMIN, READER, Chat, Clock, chatting, labels, settings_for
from tests.bot.test_admin import CBC, FIGHT, edit_kirby, publish

ROLE = 'role = "Pentagon spokesperson"'


async def publish_role(chat: Chat, role: str, before: str, admin: int = ADMIN) -> str:
    """Publish another role of one speaker; gives the revision."""
    chat.edit(CBC, f'role = "{before}"', f'role = "{role}"')
    await publish(chat, admin)
    return chat.bot.office.desk.snapshot.base.revision


def kept_in(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


@pytest.mark.skipif("EXAMPLES" not in os.environ, reason="a minute and more: make fuzz runs it")
async def test_any_of_twenty_revisions_is_live_again_at_one_press_and_nothing_is_built(
    tmp_path: Path, moment: Clock
) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        revisions = [chat.bot.office.desk.snapshot.base.revision]
        role = "Pentagon spokesperson"
        for number in range(KEPT + 1):
            revisions.append(await publish_role(chat, f"spokesperson {number}", role))
            role = f"spokesperson {number}"
            moment.forward(minutes=1)
        kept = revisions[-KEPT:]
        listed = await chat.ask("/revisions", ADMIN)
        assert len(labels(listed)) == KEPT - 1, "all but the live one"
        assert [revision[:12] in listed["text"] for revision in revisions] == [False, False, *[True] * KEPT]
        folder = chat.bot.office.settings.fact_bases
        files = kept_in(folder)
        for number, revision in reversed(list(enumerate(revisions, start=1))[-KEPT:-1]):
            assert "Rolled back." in (await chat.ask(f"/rollback {number}", ADMIN))["text"]
            assert chat.bot.office.desk.snapshot.base.revision == revision
        assert kept_in(folder) == files, "nothing was built, nothing touched, nothing deleted"
        assert set(kept) == {name.removesuffix(".sqlite") for name in files if name.endswith(".sqlite")}


async def test_a_button_of_the_list_goes_back_and_says_what_changed(chat: Chat) -> None:
    first = chat.bot.office.desk.snapshot.base.revision
    await publish_role(chat, "spokesperson", "Pentagon spokesperson", OTHER_ADMIN)
    edit_kirby(chat)
    await publish(chat)
    listed = await chat.ask("/revisions", ADMIN)
    lines = listed["text"].splitlines()
    assert lines[1].startswith("3 · 2026-11-22 12:00 UTC · admin 1 · reload · 29 facts · ")
    assert lines[1].endswith(" · live")
    assert " · admin 2 · reload · " in lines[2]
    assert " · the program · start · " in lines[3]
    assert labels(listed) == ["↩ 2", "↩ 1"]
    done = await chat.press("↩ 1", ADMIN)
    assert "Rolled back." in done["text"]
    assert "0 added, 2 changed, 0 removed" in done["text"]
    assert chat.bot.office.desk.snapshot.base.revision == first
    again = await chat.press("↩ 1", ADMIN)
    assert "live already" in again["text"]
    assert [entry.act for entry in await chat.bot.office.store.audit()][-1] == "rollback"


async def test_a_rollback_to_an_older_one_is_taken_back_as_one_step(chat: Chat) -> None:
    first = chat.bot.office.desk.snapshot.base.revision
    await publish_role(chat, "spokesperson", "Pentagon spokesperson")
    await publish_role(chat, "speaker", "spokesperson")
    await chat.ask("/rollback 1", ADMIN)
    assert chat.bot.office.desk.snapshot.base.revision == first
    assert "no earlier revision" in (await chat.ask("/rollback", ADMIN))["text"]
    assert "Rolled back." in (await chat.ask("/rollback 3", ADMIN))["text"]


@pytest.mark.parametrize("words", ["99", "-1", "0", "one", "1; drop table", "١"])
async def test_a_number_that_is_none_is_said_to_be_none(chat: Chat, words: str) -> None:
    assert "live already, or is not kept" in (await chat.ask(f"/rollback {words}", ADMIN))["text"]


async def test_a_forged_button_names_only_what_is_kept_and_works_for_admins_alone(chat: Chat) -> None:
    first = chat.bot.office.desk.snapshot.base.revision
    edit_kirby(chat)
    await publish(chat)
    live = chat.bot.office.desk.snapshot.base.revision
    listed = await chat.ask("/revisions", ADMIN)
    await chat.forge(f"v:{first[:16]}", listed["message_id"], READER, ADMIN)
    for beginning in ("", "../../etc", first[:15], "0" * 16):
        after = await chat.last()
        await chat.forge(f"v:{beginning}", listed["message_id"], ADMIN, ADMIN)
        assert "not kept" in (await chat.until(after))[0]["message"]["text"]
    assert chat.bot.office.desk.snapshot.base.revision == live


async def test_a_revision_that_was_only_proposed_is_nobodys_to_go_to(chat: Chat) -> None:
    edit_kirby(chat)
    await chat.ask("/reload", ADMIN)
    assert labels(await chat.ask("/revisions", ADMIN)) == []


async def test_a_revision_that_was_damaged_or_lost_is_passed_over(chat: Chat) -> None:
    first = chat.bot.office.desk.snapshot.base.file
    await publish_role(chat, "spokesperson", "Pentagon spokesperson")
    second = chat.bot.office.desk.snapshot.base.file
    await publish_role(chat, "speaker", "spokesperson")
    second.chmod(0o644)
    second.write_bytes(b"not what was built")
    listed = await chat.ask("/revisions", ADMIN)
    assert labels(listed) == ["↩ 1"]
    assert "not kept" in (await chat.ask("/rollback 2", ADMIN))["text"]
    assert "Rolled back." in (await chat.ask("/rollback", ADMIN))["text"], "to the one before it"
    assert chat.bot.office.desk.snapshot.base.file == first
    first.with_suffix(".json").unlink()
    assert labels(await chat.ask("/revisions", ADMIN)) == ["↩ 3"]


async def test_who_was_an_admin_once_is_named_so(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        edit_kirby(chat)
        await publish(chat, OTHER_ADMIN)
    async with chatting(settings_for(tmp_path, OTR_ADMINS=str(ADMIN)), moment) as chat:
        assert " · a former admin · reload" in (await chat.ask("/revisions", ADMIN))["text"]
        assert "fight in Ukraine" in (await chat.ask(FIGHT))["text"]


def test_what_a_file_covers_is_read_without_opening_it_whole(tmp_path: Path) -> None:
    with pytest.raises(FactBaseDamaged):
        FactBase.covered(tmp_path / "none.sqlite")


async def test_what_was_built_for_another_encoder_is_live_at_once_by_words_and_gets_its_vectors_after(
    tmp_path: Path, moment: Clock
) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        first = chat.bot.office.desk.snapshot.base.revision
        edit_kirby(chat)
        await publish(chat)
    encoder = tiny.export(tmp_path / "tiny")
    async with chatting(settings_for(tmp_path, OTR_ENCODER=str(encoder)), moment) as chat:
        desk, folder = chat.bot.office.desk, chat.bot.office.settings.fact_bases
        assert desk.snapshot.encoder.startswith("tiny")
        files = vectors_in(folder)
        await chat.bot.office.publishing.roll_back(ADMIN, first)
        assert (desk.snapshot.base.revision, desk.snapshot.encoder) == (first, "")
        assert vectors_in(folder) == files, "nothing was encoded for it to go live"
        await chat.bot.office.publishing._mending  # nobody but a test waits for it
        assert desk.snapshot.base.revision == first
        assert len(vectors_in(folder)) == len(files) + 1

        chat.edit(CBC, ROLE, 'role = "spokesperson"')
        await publish(chat)
        assert desk.snapshot.encoder.startswith("tiny"), "the child makes the vectors of a reload"
        await chat.ask("/rollback 2", ADMIN)
        await chat.ask("/rollback 1", ADMIN)
        assert desk.snapshot.encoder.startswith("tiny"), "they are kept with each revision"


async def test_a_bot_that_is_stopped_while_vectors_are_made_stops(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        first = chat.bot.office.desk.snapshot.base.revision
        edit_kirby(chat)
        await publish(chat)
    encoder = tiny.export(tmp_path / "tiny")
    async with chatting(settings_for(tmp_path, OTR_ENCODER=str(encoder)), moment) as chat:
        await chat.bot.office.publishing.roll_back(ADMIN, first)
        await asyncio.sleep(0.2)
    assert chat.bot.office.desk.snapshot.encoder == ""


def vectors_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.vectors"))
