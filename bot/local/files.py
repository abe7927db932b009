"""The files that were sent, kept in memory; the oldest go when there is too much.

Must not know messages.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from bot.local.params import Upload
from bot.local.values import Document

BYTES_IN_ALL = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    document: Document
    path: str
    content: bytes


class Files:
    def __init__(self, *, bytes_in_all: int = BYTES_IN_ALL) -> None:
        self._limit, self._size, self._count = bytes_in_all, 0, 0
        self._files: OrderedDict[str, StoredFile] = OrderedDict()

    def keep(self, upload: Upload) -> Document:
        self._count += 1
        unique = hashlib.sha256(upload.content).hexdigest()[:16]
        document = Document(
            file_id=f"LOCAL{self._count}-{unique}",
            file_unique_id=f"L{unique}",
            file_name=upload.file_name,
            mime_type=upload.mime_type,
            file_size=len(upload.content),
        )
        self._store(StoredFile(document=document, path=f"documents/file_{self._count}", content=upload.content))
        return document

    def _store(self, stored: StoredFile) -> None:
        self._files[stored.document.file_id] = stored
        self._size += len(stored.content)
        while self._size > self._limit and len(self._files) > 1:
            _, oldest = self._files.popitem(last=False)
            self._size -= len(oldest.content)

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return next((stored for stored in self._files.values() if stored.path == path), None)
