"""HTML, by tdlib's rules: texts of errors, byte offsets, UTF-16 offsets."""

from __future__ import annotations

import html

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from bot.local.errors import ParseError, Refusal
from bot.local.formatting import formatted, in_order, kept, tidy
from bot.local.links import checked_link, linked_user
from bot.local.markup import parse_html
from bot.local.rendering import to_html
from bot.local.values import Entity, FormattedText, utf16_length

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
PIECES = (
    "<b> </b> <i> </i> <u> </u> <code> </code> <pre> </pre> </> <blockquote> <blockquote|expandable> "
    "</blockquote> <a|href='x.com'> <a> </a> <code|class='language-py'> <tg-time|unix='5'> </tg-time> "
    "a 😀 | @name /go &lt; &#128512; < > & \r \n"
)
MARKUP = st.lists(st.sampled_from([piece.replace("|", " ") for piece in PIECES.split(" ")])).map("".join)


def kinds(text: str) -> list[tuple[str, int, int]]:
    return [(e.type, e.offset, e.length) for e in tidy(parse_html(text)).entities]


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é<X>", 'Unsupported start tag "x" at byte offset 2'),
        ("<>", 'Unsupported start tag "" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>oops", 'Can\'t find end tag corresponding to start tag "b"'),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("😀<b>x</i>", 'Unmatched end tag at byte offset 8, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b x>", "Unclosed end tag at byte offset 4"),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a ", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<span class='red'>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix='5' format='q'>x</tg-time>", "Invalid date format used"),
    ],
)
def test_what_cannot_be_parsed_is_refused_in_telegrams_words(markup: str, error: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_html(markup)
    assert str(caught.value) == error


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ParseError, match="unmatched surrogate code units"):
        parse_html("&#xd83d;")


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        (("b", "strong"), "bold"),
        (("i", "em"), "italic"),
        (("u", "ins"), "underline"),
        (("s", "strike", "del"), "strikethrough"),
        (("tg-spoiler",), "spoiler"),
        (("code",), "code"),
        (("pre",), "pre"),
        (("blockquote",), "blockquote"),
    ],
)
def test_tags_become_entities(tags: tuple[str, ...], kind: str) -> None:
    for tag in tags:
        assert kinds(f"a<{tag.upper()}>bc</{tag}>") == [(kind, 1, 2)]


def test_tags_with_attributes() -> None:
    found = parse_html(
        '<span class="tg-spoiler">a</span><blockquote expandable>b</blockquote><a href="https://x.org/p?a=1&amp;b=2">c</a>'
        '<pre><code class="language-py">d</code></pre><code class="language-c"><pre>e</pre></code>'
        '<tg-emoji emoji-id="53">f</tg-emoji><tg-time unix="1700000000" format="wD">g</tg-time>'
        '<a href="tg://user?id=42">h</a><a>x.org</a><a href="nowhere">i</a><tg-time unix=x>j</tg-time>'
        '<code class="language-c">k</code><blockquote expandable=1>l</blockquote>'
    )
    assert found.text == "abcdefghx.orgijkl"
    by_type = [e.type for e in found.entities]
    assert by_type == (
        "spoiler expandable_blockquote text_link pre pre custom_emoji date_time text_mention text_link code "
        "expandable_blockquote".split()
    )
    link, pre, outer, emoji, time, user, bare, code = found.entities[2:10]
    assert (link.url, pre.language, outer.language, emoji.custom_emoji_id) == (
        "https://x.org/p?a=1&b=2",
        "py",
        "c",
        "53",
    )
    assert (time.unix_time, time.date_time_format, user.user_id) == (1_700_000_000, "wD", 42)
    assert (bare.url, code.language) == ("http://x.org/", None)


def test_code_and_pre_that_do_not_cover_each_other_stay_apart() -> None:
    assert [e.type for e in parse_html("<pre>a<code class='language-c'>b</code></pre>").entities] == [
        "code",
        "pre",
    ]
    assert [e.type for e in parse_html("<pre><code>b</code></pre>").entities] == ["code", "pre"]


def test_references() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&apos;&nbsp;&#65;&#x42;&#x43 &lt &#0;&#99999999;&#;").text == (
        '<>&"&apos;&nbsp;ABC < &#0;&#99999999;&#;'
    )
    assert parse_html("<a href='x.org/&quot;&bogus;'>y</a>").entities[0].url == 'http://x.org/"&bogus;'


@given(ANY_TEXT)
def test_escaped_text_comes_back(text: str) -> None:
    assert tidy(parse_html(html.escape(text))).text == tidy(FormattedText(text=text)).text


@given(st.text(), st.booleans())
def test_any_string_gives_a_result_or_a_refusal(text: str, marked: bool) -> None:
    try:
        kept(formatted(text, "HTML" if marked else None, None), 4096, empty="empty", too_long="long")
    except Refusal as refusal:
        event(refusal.description[:40])


@given(MARKUP)
def test_any_markup_gives_entities_that_nest_and_render_back(markup: str) -> None:
    try:
        found = tidy(parse_html(markup))
    except ParseError:
        return
    length = utf16_length(found.text)
    for entity in found.entities:
        assert 0 <= entity.offset < entity.end <= length
        for other in found.entities:
            apart = entity.end <= other.offset or other.end <= entity.offset
            inside = entity.offset <= other.offset and other.end <= entity.end
            assert apart or inside or (other.offset <= entity.offset and entity.end <= other.end)
    again = tidy(parse_html(to_html(found)))
    assert (again.text, set(again.entities)) == (found.text, set(found.entities))


def test_rendering_writes_every_entity_back() -> None:
    markup = (
        '<pre><code class="language-py">a</code></pre><pre>b</pre><tg-time unix="5" format="r">c</tg-time>'
        '<tg-time unix="5">d</tg-time><tg-emoji emoji-id="5">e</tg-emoji><a href="tg://user?id=5">f</a>'
        "<blockquote expandable>g</blockquote><tg-spoiler>&lt;</tg-spoiler>"
    )
    assert to_html(tidy(parse_html(markup))) == markup


@given(ANY_TEXT, st.text(alphabet="ab😀𝔸é", min_size=1), ANY_TEXT)
def test_utf16_offsets_slice_the_bold_words(before: str, bold: str, after: str) -> None:
    found = tidy(parse_html(f"{html.escape(before)}<b>{bold}</b>{html.escape(after)}"))
    [entity] = found.entities
    units = found.text.encode("utf-16-le")
    assert units[entity.offset * 2 : entity.end * 2].decode("utf-16-le") == bold


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<b>a</b><b>b</b>", [("bold", 0, 2)]),
        ("<b>a<i>b</i>c</b>", [("bold", 0, 1), ("bold", 1, 2), ("italic", 1, 1)]),
        ("<b>a<b>b</b></b>", [("bold", 0, 2)]),
        ("<b>a<code>b</code>c</b>", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<b>a<a href='x.org'>b</a></b>", [("bold", 0, 1), ("text_link", 1, 1), ("bold", 1, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", [("blockquote", 0, 2)]),
        ("<a href='x.org'>a<blockquote>b</blockquote></a>", [("blockquote", 1, 1)]),
        ("<code><b>a</b></code>", [("code", 0, 1)]),
        ("<b></b>x", []),
        ("<a href >x.org</a >", [("text_link", 0, 5)]),
        ("<b\n>a</b>", [("bold", 0, 1)]),
        (" \n<b>a</b> \n", [("bold", 0, 1)]),
        ("<b> a </b> ", [("bold", 0, 2)]),
        ("a\r<b>b\r</b>", [("bold", 1, 1)]),
    ],
)
def test_entities_are_put_in_order_as_tdlib_does(markup: str, found: list[tuple[str, int, int]]) -> None:
    assert kinds(markup) == found


def test_control_characters_become_spaces() -> None:
    assert tidy(FormattedText(text="a\tb\x00c\r\nd\u202ee\u030a")).text == "a b c\nde"


def test_own_entities_are_cut_to_the_text() -> None:
    cut = tidy(FormattedText(text="abc", entities=(Entity(type="bold", offset=-1, length=99),)))
    assert cut.entities == (Entity(type="bold", offset=0, length=3),)
    assert in_order([]) == []


@pytest.mark.parametrize(
    ("url", "kept_as"),
    [
        ("https://Example.org", "https://example.org/"),
        ("example.org/a b", "http://example.org/a%20b"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("TG:resolve/?domain=x", "tg://resolve?domain=x"),
        ("ton://a-b/c", "ton://a-b/c"),
        ("tonsite://a.ton", "tonsite://a.ton"),
        ("tg://a b", None),
        ("tg://", None),
        ("localhost", None),
        ("ftp://example.org", None),
        ("javascript:alert(1)", None),
        ("http://exa mple.org", None),
        ("http://[::1", None),
        ("http://example.org:0", None),
        ("http://example.org:port", None),
        ("http://u:P@example.org", "http://u:P@example.org/"),
        ("", None),
    ],
)
def test_links(url: str, kept_as: str | None) -> None:
    assert checked_link(url) == kept_as


def test_links_to_users() -> None:
    assert linked_user("tg://user?id=42#x") == 42
    assert linked_user("tg:user/?x=1&id=42") == 42
    assert linked_user("tg://user?id=x") is None
    assert linked_user("https://user?id=42") is None
