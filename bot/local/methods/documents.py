"""sendDocument and getFile.

Must not know how a file is kept (`files.py`) nor how it is served.
"""

from __future__ import annotations

from bot.local.errors import bad_request
from bot.local.formatting import formatted, kept
from bot.local.methods.kinds import Table
from bot.local.methods.messages import frame
from bot.local.params import Params, Upload
from bot.local.values import CAPTION_LIMIT, Document, FormattedText, Json
from bot.local.world import World

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bots may fetch no more than 20 MB


async def send_document(world: World, params: Params) -> Json:
    caption = caption_of(params)
    room = world.writable(params.get("chat_id"))
    around = frame(room, params)
    message = world.post(room, sender=world.bot, content=caption, document=_document(world, params), **around)
    return world.json(message)


def caption_of(params: Params) -> FormattedText | None:
    if not params.word("caption").strip():
        return None
    entities = params.get("caption_entities") or None
    content = formatted(params.word("caption"), params.word("parse_mode"), entities)
    return kept(content, CAPTION_LIMIT, empty="Text must be non-empty", too_long="Message caption is too long")


def _document(world: World, params: Params) -> Document:
    named = params.word("document")
    upload = params.uploads.get(named.removeprefix("attach://")) or params.uploads.get("document")
    if upload is not None:
        return _kept(world, upload)
    if not named:
        raise bad_request("There is no document in the request")
    stored = world.files.get(named)
    if stored is None:  # an address is not fetched: nothing leaves this computer
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored.document


def _kept(world: World, upload: Upload) -> Document:
    if not upload.content:
        raise bad_request("file must be non-empty")
    return world.files.keep(upload)


async def get_file(world: World, params: Params) -> Json:
    if not params.word("file_id"):
        raise bad_request("file_id not specified")
    stored = world.files.get(params.word("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    document = stored.document
    if document.file_size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": document.file_id,
        "file_unique_id": document.file_unique_id,
        "file_size": document.file_size,
        "file_path": stored.path,
    }


METHODS: Table = {"sendDocument": send_document, "getFile": get_file}
