"""The encoder of the running bot: without it the bot answers by words and says why; with it, in the reader's language."""

import json
from pathlib import Path

import pytest

from bot.encoders import open_encoder, packaged
from bot.settings import Settings
from tests.bot.harness import ADMIN, Chat, Clock, chatting, quotes, settings_for

FIGHT = "are US troops going to fight in Ukraine?"
BY_WORDS = "Questions are matched by words only"
needs_the_packaged_encoder = pytest.mark.skipif(
    not (packaged() / "manifest.json").exists(), reason="make setup has not made the packaged encoder"
)


def model(folder: Path, *, graph: bytes, manifest: object = None) -> Path:
    """A folder that is laid out as a model is, whatever stands in its graph."""
    (folder / "onnx").mkdir(parents=True)
    (folder / "onnx" / "model.onnx").write_bytes(graph)
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    if manifest:
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


async def by_words(chat: Chat, why: str) -> None:
    """The bot answers, and says to its admin that it does so by words only, and why."""
    assert "not going to fight in Ukraine" in (await chat.ask(FIGHT))["text"]
    status = (await chat.ask("/status", ADMIN))["text"]
    assert BY_WORDS in status
    assert why in status


async def test_a_model_folder_that_is_missing_costs_the_meaning_and_not_the_start(
    tmp_path: Path, moment: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "models" / "e5"
    async with chatting(settings_for(tmp_path, OTR_ENCODER=str(folder)), moment) as chat:
        await by_words(chat, str(folder))
        assert chat.bot.office.desk.snapshot.why_lexical in caplog.text


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (None, "cannot be used"),
        ({"sha256": {"onnx/model.onnx": "0" * 64}}, "is not the file that was written"),
    ],
)
async def test_a_damaged_model_file_costs_the_meaning_and_not_the_start(
    tmp_path: Path, moment: Clock, manifest: object, why: str
) -> None:
    folder = model(tmp_path / "model", graph=b"no graph at all", manifest=manifest)
    async with chatting(settings_for(tmp_path, OTR_ENCODER=str(folder)), moment) as chat:
        await by_words(chat, why)


async def test_who_asks_for_words_only_is_told_so_without_a_complaint(chat: Chat) -> None:
    status = (await chat.ask("/status", ADMIN))["text"]
    assert BY_WORDS in status
    assert chat.bot.office.desk.snapshot.why_lexical == ""


@needs_the_packaged_encoder
def test_the_packaged_encoder_opens() -> None:
    encoder, why_not = open_encoder(Settings.read({"OTR_ENCODER": "e5"}))
    assert why_not == ""
    assert encoder
    assert encoder.name.startswith("multilingual-e5-small-")
    assert encoder.dimension == 384


@needs_the_packaged_encoder
async def test_a_question_in_ukrainian_is_answered_with_an_english_passage(tmp_path: Path, moment: Clock) -> None:
    async with chatting(settings_for(tmp_path, OTR_ENCODER="e5"), moment) as chat:
        answer = await chat.ask("Скільки американських військових їде до Польщі?")
        assert "2,000 troops" in quotes(answer)[0]
        assert "Poland" in quotes(answer)[0]
        assert "Questions are matched by meaning: multilingual-e5-small" in (await chat.ask("/status", ADMIN))["text"]


@needs_the_packaged_encoder
async def test_what_was_published_by_words_only_is_read_by_meaning_once_there_is_an_encoder(
    tmp_path: Path, moment: Clock
) -> None:
    async with chatting(settings_for(tmp_path), moment) as chat:
        before = chat.bot.office.desk.snapshot
    async with chatting(settings_for(tmp_path, OTR_ENCODER="e5"), moment) as chat:
        after = chat.bot.office.desk.snapshot
        assert (before.encoder, before.base.revision) == ("", after.base.revision)
        assert after.encoder
        assert after.why_lexical == ""


@needs_the_packaged_encoder
async def test_a_damaged_file_of_vectors_is_made_anew_at_the_next_start(tmp_path: Path, moment: Clock) -> None:
    settings = settings_for(tmp_path, OTR_ENCODER="e5")
    async with chatting(settings, moment):
        pass
    [file] = settings.fact_bases.glob("*.vectors")
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1])
    async with chatting(settings, moment) as chat:
        assert "matched by meaning" in (await chat.ask("/status", ADMIN))["text"]
