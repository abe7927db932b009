"""The vault: chat ids sealed at rest, by a key that is kept in a file of its own, never in the database.

From the one key come four (HKDF, so none tells another): to seal an id and open it again (AES-256-GCM), to find its row
(a keyed tag), to know it again after it was forgotten (a tombstone, another keyed hash), and to check that this is the
key that a state was sealed with. A plain hash would not do: there are so few chat ids that all can be tried in hours.
No repr and no attribute holds a key in a form that can be read. It knows no table and no chat.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot import private

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 32, 12, 16
_VERSION = b"\x01"
"""The first byte of whatever is sealed, and sealed with it, so that another way of sealing can come beside this one."""


class KeyRefused(Exception):
    """There is no key, or it is not the one; the message says what to do and never the key."""


class Vault:
    """Seals and opens chat ids. Any 64-bit number is one; a sealed id is 37 bytes long, whatever the id."""

    __slots__ = ("_check", "_seal", "_tag", "_tombstone")

    def __init__(self, key: bytes) -> None:
        """Raises `KeyRefused` when the key has not 32 bytes."""
        if len(key) != KEY_BYTES:
            raise KeyRefused(f"a key has {KEY_BYTES} bytes")
        self._seal = AESGCM(_derived(key, b"seal"))
        self._tag = HMAC(_derived(key, b"tag"), SHA256())
        self._tombstone = HMAC(_derived(key, b"tombstone"), SHA256())
        self._check = HMAC(_derived(key, b"check"), SHA256())

    @classmethod
    def make(cls, file: Path) -> "Vault":
        """A vault with a new key, kept in a file that only its owner reads. Raises `FileExistsError` if there is one."""
        private.make(file, f"{secrets.token_hex(KEY_BYTES)}\n".encode())
        return cls.read(file)

    @classmethod
    def read(cls, file: Path) -> "Vault":
        """The vault of a key file. Raises `KeyRefused` when it is missing, cannot be read or holds no key."""
        try:
            return cls(bytes.fromhex(file.read_text(encoding="ascii")))
        except FileNotFoundError:
            raise KeyRefused(f"the key file {file} is missing") from None
        except (ValueError, KeyRefused):
            raise KeyRefused(f"the key file {file} holds no key: {2 * KEY_BYTES} hexadecimal digits") from None
        except OSError as error:
            raise KeyRefused(f"the key file {file} cannot be read: {error.strerror}") from None

    def seal(self, chat: int) -> bytes:
        """The id, sealed: another text each time, so that two sealed ids tell not even whether they are the same."""
        nonce = os.urandom(NONCE_BYTES)
        return _VERSION + nonce + self._seal.encrypt(nonce, _plain(chat), _VERSION)

    def open(self, sealed: bytes) -> int:
        """The id that was sealed. Raises `KeyRefused` when it was sealed with another key, or changed since."""
        version, nonce, rest = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return int.from_bytes(self._seal.decrypt(nonce, rest, version), "big", signed=True)
        except (InvalidTag, ValueError):
            raise KeyRefused("a chat id was sealed with another key, or has been changed") from None

    def tag(self, chat: int) -> bytes:
        """16 bytes, the same for the same id: what a row is found by."""
        return _hashed(self._tag, _plain(chat))

    def tombstone(self, chat: int) -> bytes:
        """16 bytes that tell whoever has the key that this id was forgotten; nothing to do with its tag."""
        return _hashed(self._tombstone, _plain(chat))

    def check(self) -> bytes:
        """16 bytes that are the same for the same key, and tell nothing of it."""
        return _hashed(self._check, b"on the record")

    def __repr__(self) -> str:
        return "Vault(…)"


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"on-the-record " + purpose).derive(key)


def _plain(chat: int) -> bytes:
    return chat.to_bytes(8, "big", signed=True)


def _hashed(keyed: HMAC, text: bytes) -> bytes:
    """A keyed hash, half of it kept: 128 bits are enough to tell a billion ids apart."""
    begun = keyed.copy()
    begun.update(text)
    return begun.finalize()[:TAG_BYTES]
