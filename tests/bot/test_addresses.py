"""Which numeric addresses are of the public web; all others are refused, in whatever form they are written."""

import pytest

from bot.addresses import is_public, resolve

PRIVATE = """127.0.0.1 127.8.9.1 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
    192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 192.0.0.8
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
    fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd12:3456::1 ff02::1 ff0e::1 2001:db8::1 2001::1 2002:7f00:1:: 100::1""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_machine_or_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.1.1.1 ", "\ud800", "١.١.١.١"]
)
def test_what_is_no_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "2a00:1450::5"]
)
def test_an_address_of_the_public_web_is(address):
    assert is_public(address)


async def test_the_systems_resolver_gives_numbers():
    assert "127.0.0.1" in await resolve("127.0.0.1", 443)
