"""The vault: what is sealed opens with its key alone, and no key is told to anybody."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vault import KEY_BYTES, KeyRefused, Vault

CHATS = st.integers(-(2**63), 2**63 - 1)
VAULT, OTHER = Vault(b"k" * KEY_BYTES), Vault(b"o" * KEY_BYTES)


@given(CHATS)
def test_what_is_sealed_is_opened_and_looks_different_each_time(chat: int) -> None:
    sealed = VAULT.seal(chat)
    assert VAULT.open(sealed) == chat
    assert len(sealed) == 37
    assert VAULT.seal(chat) != sealed
    for said in (sealed, VAULT.tag(chat), VAULT.tombstone(chat)):
        assert chat.to_bytes(8, "big", signed=True) not in said
        assert chat.to_bytes(8, "little", signed=True) not in said


@given(CHATS)
def test_another_key_opens_and_finds_nothing(chat: int) -> None:
    with pytest.raises(KeyRefused, match="another key"):
        OTHER.open(VAULT.seal(chat))
    assert len({one for vault in (VAULT, OTHER) for one in (vault.tag(chat), vault.tombstone(chat))}) == 4
    assert VAULT.tag(chat) == VAULT.tag(chat)
    assert VAULT.check() != OTHER.check()


@given(CHATS, st.integers(0, 36), st.integers(1, 255))
def test_a_changed_byte_is_noticed(chat: int, place: int, change: int) -> None:
    sealed = bytearray(VAULT.seal(chat))
    sealed[place] ^= change
    with pytest.raises(KeyRefused) as why:
        VAULT.open(bytes(sealed))
    assert str(chat) not in str(why.value) or abs(chat) < 10


@given(st.binary(max_size=60))
def test_nonsense_is_refused(sealed: bytes) -> None:
    with pytest.raises(KeyRefused):
        VAULT.open(sealed)


@given(st.sets(CHATS, min_size=2, max_size=30))
def test_tags_tell_ids_apart(chats: set[int]) -> None:
    assert len({VAULT.tag(chat) for chat in chats}) == len(chats)


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "state.key"
    made = Vault.make(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Vault.read(file).open(made.seal(7)) == 7
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        Vault.make(file)
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == ["state.key"]


@pytest.mark.parametrize("text", ["", "hunter2", "ab" * 31, "ab" * 33, "zz" * 32, "é" * 64])
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    file = tmp_path / "state.key"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KeyRefused, match="64 hexadecimal digits") as why:
        Vault.read(file)
    assert not text or text not in str(why.value)


def test_a_key_file_that_is_missing_or_cannot_be_read_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(KeyRefused, match="is missing"):
        Vault.read(tmp_path / "none")
    with pytest.raises(KeyRefused, match="cannot be read"):
        Vault.read(tmp_path)


def test_nothing_of_a_vault_tells_its_key() -> None:
    vault = Vault(bytes(range(32)))
    said = repr(vault) + "".join(repr(getattr(vault, name)) for name in vault.__slots__)
    assert bytes(range(32)).hex() not in said
    assert "\\x01\\x02" not in said
    assert not any(isinstance(getattr(vault, name), bytes | str) for name in vault.__slots__)
    assert not hasattr(vault, "__dict__")
