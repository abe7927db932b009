"""Fetching: over real TLS from a server on this machine; by default neither it nor anything private is reached."""

import asyncio
import gzip
import time

import pytest

from bot.fetching import AGENT, FEED, PAGE, CannotFetch, Fetched, Fetcher
from tests.bot.web import answer, web

HTML = "<html><body><p>Nachtzüge fahren.</p></body></html>".encode()


async def refused(fetcher, url, kinds=PAGE):
    with pytest.raises(CannotFetch) as why:
        await fetcher.get(url, kinds)
    return str(why.value)


async def test_a_page_comes_as_its_bytes_with_its_type_and_charset():
    async with web() as here:
        url = here.put("/a?b=c", answer(HTML))
        got = await here.fetcher().get(url + "#part", PAGE)
        assert got == Fetched(url=url + "#part", data=HTML, kind="text/html", charset="utf-8")
        (asked,) = here.asked
        assert asked.startswith("GET /a?b=c HTTP/1.1\r\n")
        assert f"User-Agent: {AGENT}" in asked
        assert "Accept-Encoding: gzip" in asked
        assert "ookie" not in asked


async def test_bytes_in_another_encoding_are_not_touched():
    async with web() as here:
        url = here.put("/", answer("Zürich".encode("cp1252"), kind="text/html;charset=windows-1252"))
        got = await here.fetcher().get(url, PAGE)
        assert (got.data, got.charset) == (b"Z\xfcrich", "windows-1252")


async def test_what_is_packed_is_unpacked():
    async with web() as here:
        url = here.put("/", answer(gzip.compress(HTML, mtime=0), content_encoding="gzip"))
        assert (await here.fetcher().get(url, PAGE)).data == HTML


async def test_cookies_are_not_kept_and_proxies_of_the_environment_not_asked(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with web() as here:
        second = here.put("/b", answer(HTML))
        first = here.put("/a", answer(status="302 Found", location="/b", set_cookie="id=1"))
        assert (await here.fetcher().get(first, PAGE)).url == second
        assert "ookie" not in here.asked[1]


async def test_a_redirect_to_another_host_is_followed_under_its_own_name():
    async with web() as here:
        target = here.put("/there", answer(HTML), host="other.example")
        url = here.put("/", answer(status="301 Moved Permanently", location=target))
        assert (await here.fetcher().get(url, PAGE)).url == target
        assert f"Host: other.example:{here.port}" in here.asked[1]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://news.example/", "is not https"),
        ("https://10.0.0.1:{port}/", "names no host"),
        ("https://localhost/", "names a user or a port"),
        ("https://private.example:{port}/", "is a machine of a private network"),
        ("https://mixed.example:{port}/", "is a machine of a private network"),
        ("https://nowhere.example:{port}/", "is not known to the network"),
        ("https://u:p@news.example:{port}/", "names a user or a port"),
        ("file:///etc/passwd", "is not https"),
        ("https://[", "leads on to what is no address"),
        ("//news.example:22/", "names a user or a port"),
    ],
)
async def test_a_redirect_is_judged_like_an_address_that_was_given(location, why):
    async with web() as here:
        here.names |= {"private.example": "10.0.0.1", "mixed.example": "127.0.0.1 10.0.0.1"}
        url = here.put("/", answer(status="302 Found", location=location.format(port=here.port)))
        assert why in await refused(here.fetcher(), url)
        assert len(here.asked) == 1


async def test_redirects_end():
    async with web() as here:
        for number in range(8):
            here.put(f"/{number}", answer(status="307 Temporary Redirect", location=f"/{number + 1}"))
        assert "more than 5 times" in await refused(here.fetcher(), here.url("/0"))
        assert len(here.asked) == 6
        here.put("/6", answer(HTML))
        assert (await here.fetcher().get(here.url("/1"), PAGE)).data == HTML


async def test_by_default_this_machine_is_refused_by_every_name():
    async with web() as here:
        url = here.put("/", answer(HTML))
        guarded = Fetcher(resolve=here.resolve, ports=frozenset({here.port}))
        assert "is a machine of a private network (only the public web is read)" in await refused(guarded, url)
        assert here.asked == []


async def test_the_connection_goes_to_the_address_that_was_checked():
    """A name that resolves to another machine the next time (rebinding) is asked for once."""
    async with web() as here:
        url, looked_up = here.put("/", answer(HTML)), []

        async def resolve(host, port):
            looked_up.append(host)
            return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

        assert (await Fetcher(**{**fields(here.fetcher()), "resolve": resolve}).get(url, PAGE)).data == HTML
        assert looked_up == ["news.example"]


def fields(fetcher):
    return {name: getattr(fetcher, name) for name in ("limits", "resolve", "may", "trust", "ports")}


async def test_a_server_that_cannot_prove_its_name_is_refused():
    async with web() as here:
        here.names["stranger.example"] = "127.0.0.1"
        assert "its certificate" in await refused(here.fetcher(), here.url("/", host="stranger.example"))
        untrusting = Fetcher(**{**fields(here.fetcher()), "trust": None})
        assert "its certificate" in await refused(untrusting, here.url("/"))


@pytest.mark.parametrize("size", [100_001, 5_000_000])
async def test_what_is_too_large_is_refused_while_it_comes(size):
    async with web() as here:
        url = here.put("/", answer(b"x" * size, content_length=None))
        assert "is larger than 100,000 bytes" in await refused(here.fetcher(), url)


async def test_as_much_as_is_allowed_is_read():
    async with web() as here:
        url = here.put("/", answer(b"x" * 100_000))
        assert len((await here.fetcher().get(url, PAGE)).data) == 100_000


async def test_what_swells_is_refused_before_it_has_swollen():
    async with web() as here:
        bomb = gzip.compress(b"\0" * 300_000_000, 9, mtime=0)
        url = here.put("/", answer(bomb, content_encoding="gzip"))
        began = time.monotonic()
        assert "is larger than 100,000 bytes" in await refused(here.fetcher(), url)
        assert time.monotonic() - began < 30  # seconds; what is not linear takes minutes


@pytest.mark.parametrize(
    "body", [b"not packed at all", gzip.compress(HTML, mtime=0)[:-9], gzip.compress(HTML, mtime=0)[:20], b""]
)
async def test_what_was_packed_badly_is_refused(body):
    async with web() as here:
        url = here.put("/", answer(body, content_encoding="gzip"))
        assert "was sent damaged" in await refused(here.fetcher(), url)


async def test_what_is_packed_in_another_way_is_refused():
    async with web() as here:
        url = here.put("/", answer(HTML, content_encoding="br"))
        assert "packed as br" in await refused(here.fetcher(), url)


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip", "application/octet-stream", ""])
async def test_another_type_is_refused(kind):
    async with web() as here:
        url = here.put("/", answer(b"%PDF", kind=kind or None))
        assert f"is {kind or 'of no type'}, and what is looked for is" in await refused(here.fetcher(), url)


async def test_a_feed_is_no_page_and_a_page_no_feed():
    async with web() as here:
        feed = here.put("/feed", answer(b"<rss/>", kind="application/rss+xml"))
        assert (await here.fetcher().get(feed, FEED)).kind == "application/rss+xml"
        assert "is application/rss+xml" in await refused(here.fetcher(), feed)
        assert "is text/html" in await refused(here.fetcher(), here.put("/", answer(HTML)), FEED)


@pytest.mark.parametrize(
    "status", ["404 Not Found", "500 Internal Server Error", "403 Forbidden", "204 No Content", "304 Not Modified"]
)
async def test_an_answer_without_a_page_is_told(status):
    async with web() as here:
        url = here.put("/", answer(HTML if status[0] in "45" else b"", status=status))
        said = await refused(here.fetcher(), url)
        assert f"the server answers {status}" in said
        assert "save it, and add the file" in said


async def test_a_slow_server_is_given_up():
    async def silent(writer):
        await asyncio.sleep(3)

    async with web() as here:
        url = here.put("/", silent)
        assert "did not answer in time" in await refused(here.fetcher(), url)


async def test_a_server_that_sends_a_byte_now_and_then_is_given_up():
    async def dripping(writer):
        writer.write(answer(content_length=None))
        for _ in range(50):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)

    async def dripping_head(writer):
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(50):
            writer.write(b"x%d: y\r\n" % number)
            await writer.drain()
            await asyncio.sleep(0.1)

    async with web() as here:
        for page in (dripping, dripping_head):
            said = await refused(here.fetcher(total=0.7), here.put("/", page))
            assert "took longer than 0.7 seconds (try again later)" in said


@pytest.mark.parametrize(
    "rubbish",
    [
        b"hello\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 99\r\n\r\nshort",
    ],
)
async def test_what_does_not_speak_http_is_refused(rubbish):
    async with web() as here:
        assert "the server broke off, or does not speak HTTP" in await refused(here.fetcher(), here.put("/", rubbish))


async def test_where_nobody_listens_nothing_is_reached():
    async with web() as here:
        closed = Fetcher(**{**fields(here.fetcher()), "ports": frozenset({1})})
        assert "cannot be reached" in await refused(closed, "https://news.example:1/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example",
        "http://news.example/",
        "ftp://news.example/",
        "https://news.example:22/",
        "https://a:b@news.example/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:7f00:1]/",
        "https:///path",
        "https://",
        "https://exa mple.org/",
        "https://x\x00.example/",
        "https://\ud800.example/",
        "https://" + "a" * 300 + ".example/",
        "https://news.example/" + "a" * 100_000,
    ],
)
async def test_an_address_of_no_page_is_refused_without_asking_anyone(url):
    asked = []

    async def resolve(host, port):
        asked.append(host)
        raise OSError

    said = await refused(Fetcher(resolve=resolve), url)
    assert len(said) < 600
    assert all("." in host for host in asked)
