"""Letters that only look like others are refused; what people really write, in any language, is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.articles import is_address, parse
from answers.errors import Refused
from answers.lookalikes import borrowed_host, mixed, mostly_latin, script_of, seen_as, unseen

GENUINE = {
    "Ukrainian": "Президент України заявив, що 300 людей у Харкові дістали допомогу ЄС та COVID-19-щеплення.",
    "Russian": "Пресс-секретарь сообщил: «Вакцина Pfizer прибыла в Санкт-Петербург».",
    "Greek": "Ο πρωθυπουργός είπε ότι 12 άτομα τραυματίστηκαν στην Αθήνα.",
    "Hebrew": "ראש הממשלה אמר: „הגבול סגור”.",
    "Arabic": "قال المتحدث باسم وزارة الدفاع إن ٥٠٠ جندي وصلوا إلى كييف.",
    "Persian": "او می‌گوید که راه بسته است.",
    "Hindi": "प्रधानमंत्री ने कहा कि बाढ़ का पानी उतर रहा है।",
    "Chinese": "总统说，桥梁已关闭。",
    "Polish": "Żołnierze przybyli do Łodzi, powiedział rzecznik.",
    "German": "„Die Brücke ist gesperrt“, sagte Bürgermeisterin Müller-Öztürk.",
    "science": "a dose of 5 μg and a Δt of 3 ms, the α-variant",
    "emoji": "We are safe \N{WHITE HEAVY CHECK MARK} \U0001f468\u200d\U0001f469\u200d\U0001f467",
}


@pytest.mark.parametrize("text", GENUINE.values(), ids=GENUINE)
def test_what_people_write_is_taken(text):
    assert mixed(text) == ""
    assert not any(map(unseen, text))
    article = parse(f'+++\noutlet = "A"\npublished = 2022-02-02\n+++\n{text}\n'.encode(), "articles/abc.md")
    assert article.text == text + "\n"


@pytest.mark.parametrize(
    ("word", "script"),
    [("Kіrby", "Cyrillic"), ("СNN", "Cyrillic"), ("Pentаgon", "Cyrillic"), ("Ukrαine", "Greek"), ("Βiden", "Greek")],
)
def test_a_word_of_two_scripts_is_named(word, script):
    assert mixed(f"one “{word}” two") == word
    assert script_of(word) == script


def test_a_borrowed_letter_in_an_english_article_is_refused_with_its_line():
    text = '+++\noutlet = "A"\npublished = 2022-02-02\n+++\nOne.\n\nKіrby said so.\n'
    with pytest.raises(Refused) as refused:
        parse(text.encode(), "articles/abc.md")
    assert str(refused.value) == (
        "articles/abc.md:7: holds 'Kіrby', in which Cyrillic letters look like Latin ones"
        " (compare with the source, and save it again)"
    )


def test_a_slip_of_a_cyrillic_keyboard_in_a_cyrillic_article_is_taken_as_it_stands():
    slip = "Україна та Росія домовилиcя про обмін."
    assert mixed(slip)
    assert not mostly_latin(slip)
    assert parse(f'+++\noutlet = "A"\npublished = 2022-02-02\n+++\n{slip}\n'.encode(), "articles/abc.md").text


@pytest.mark.parametrize("line", ['outlet = "СNN"', 'title = "Bіden"', 'authors = ["Ann Lее"]'])
def test_what_editors_type_is_of_one_script(line):
    key = line.split()[0]
    outlet = "" if key == "outlet" else 'outlet = "A"\n'
    with pytest.raises(Refused, match=rf"abc\.md:\d: {key} holds '.*', in which Cyrillic letters .* \(type it anew\)"):
        parse(f"+++\n{line}\n{outlet}published = 2022-02-02\n+++\nWords.\n".encode(), "articles/abc.md")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.cnn.com/2022/02/02/a",
        "http://news.example.co.uk:8080/a?b=c#d",
        "https://example.org?x=1",
        "https://пример.рф/новости",
        "https://xn--e1afmkfd.xn--p1ai/a",
        "https://müller.example/ä",
        "https://日本.jp/",
    ],
)
def test_an_address_is_taken(url):
    assert is_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "tg://resolve?domain=x",
        "data:text/html,x",
        "ftp://example.org/a",
        "https://cnn.com@evil.example/",
        "https://сnn.com/",
        "https://www.сое.example/",
        "https://xn--nn-nmc.com/",
        "https://127.0.0.1/a",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://example.org\\@evil.example/",
        "https://exa mple.org/",
        "//example.org/a",
        "https://",
        "",
    ],
)
def test_what_leads_elsewhere_than_it_says_is_no_address(url):
    assert not is_address(url)


@given(st.text())
def test_what_is_seen_is_as_long_as_what_is_there(text):
    assert len(seen_as(text)) == len(text)
    assert mixed(text) in text
    borrowed_host(text)


@given(st.text("асеор", min_size=1))
def test_letters_that_all_look_latin_are_seen_as_latin(word):
    assert seen_as(word).isascii()
    assert borrowed_host(f"{word}.example") == word
