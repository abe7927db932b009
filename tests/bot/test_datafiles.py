"""Writing the files of editors: whole or not at all, and never over what somebody else wrote."""

import threading

import pytest

from answers.errors import Refused
from bot.datafiles import read, write


def test_a_file_is_made_and_changed(tmp_path):
    file = tmp_path / "facts" / "a.toml"
    assert read(file) == ""
    write(file, "one\r\n", was="")
    write(file, "two“\r\n", was=read(file))
    assert file.read_bytes() == "two“\r\n".encode()
    assert [left.name for left in file.parent.iterdir()] == ["a.toml"]


@pytest.mark.parametrize("was", ["", "old", "one "])
def test_what_somebody_else_wrote_meanwhile_stays(tmp_path, was):
    file = tmp_path / "a.toml"
    file.write_text("one")
    with pytest.raises(Refused, match=r"was changed by somebody else meanwhile \(nothing was written: do it again\)"):
        write(file, "two", was=was)
    assert file.read_text() == "one"
    assert [left.name for left in tmp_path.iterdir()] == ["a.toml"]


def test_what_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match=r"cannot be written: .* \(nothing was changed\)"):
        write(tmp_path / "file" / "a.toml", "two", was="")


def test_what_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xff")
    with pytest.raises(Refused, match="is not UTF-8"):
        read(tmp_path / "a.toml")


def test_of_many_writers_at_once_none_is_lost_in_silence(tmp_path):
    file, refused = tmp_path / "a.toml", []

    def add(number):
        was = read(file)
        try:
            write(file, f"{was}{number}\n", was=was)
        except Refused:
            refused.append(number)

    threads = [threading.Thread(target=add, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = [int(line) for line in read(file).split()]
    assert sorted(written + refused) == list(range(20))
    assert written
