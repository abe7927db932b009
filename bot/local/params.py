"""The parameters of a Bot API call, whichever way they were sent.

JSON, forms, multipart and the query string all end as one mapping of typed values, so that a method
never sees how it was called. Must not know any method.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.local.errors import Refusal, bad_request
from bot.local.reading import HalfSurrogate, read_json
from bot.local.values import Json

# These stay words even when they look like a number or like JSON.
WORDS = frozenset(
    "text caption parse_mode callback_query_id inline_query_id inline_message_id data url language_code name "
    "description short_description file_id next_offset action".split()
)
TRUE = frozenset(("true", "yes", "1"))  # td to_bool
UPLOAD_LIMIT = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    file_name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def word(self, name: str) -> str:
        """A string parameter, empty when it was not sent."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def within(self, name: str, default: int, low: int, high: int) -> int:
        return min(max(self.integer(name, default), low), high)

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value is True or (isinstance(value, str | int) and str(value).lower() in TRUE)

    def mapping(self, name: str, failure: str) -> Json | None:
        value = self.values.get(name)
        if value in (None, "", {}):
            return None
        if not isinstance(value, dict):
            raise bad_request(failure)
        return value

    def sequence(self, name: str, failure: str) -> list[Any]:
        value = self.values.get(name)
        if value in (None, ""):
            return []
        if not isinstance(value, list):
            raise bad_request(failure)
        return value


async def read_params(request: Request) -> Params:
    if int(request.headers.get("content-length") or 0) > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    values: Json = {name: _typed(name, value) for name, value in request.query_params.items()}
    uploads: dict[str, Upload] = {}
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/json":
            values |= await _json_body(request)
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            await _form_body(request, values, uploads)
    return Params(values=values, uploads=uploads)


async def _json_body(request: Request) -> Json:
    try:
        body = read_json(await request.body() or b"{}")
    except HalfSurrogate:
        raise bad_request("Strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("Can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("JSON object expected")
    return {name: _typed(name, value) for name, value in body.items() if value is not None}


async def _form_body(request: Request, values: Json, uploads: dict[str, Upload]) -> None:
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime_type = value.content_type or "application/octet-stream"
                uploads[name] = Upload(
                    file_name=value.filename or name, mime_type=mime_type, content=await value.read()
                )
            else:
                values[name] = _typed(name, value)


def _typed(name: str, value: Any) -> Any:
    """Forms carry nested values as JSON strings; Telegram reads them wherever they are."""
    if name in WORDS or not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except HalfSurrogate:
        raise bad_request("Strings must be encoded in UTF-8") from None
    except ValueError:
        return value
