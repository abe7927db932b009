"""Hostile and broken article and fact files, made from a seed: classes of what goes wrong, and of what is meant to go wrong.

Each class is a function of a random source that gives the bytes of an article file and of its fact file. Every pair must be
refused, with the file named; what must be accepted stands in `GENUINE`.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from random import Random

ARTICLE = """+++
outlet = "River Post"
title = "The river rises"
url = "https://example.org/river"
authors = ["Ann Lee"]
published = 2022-03-01
+++
Mayor Bo Ray said 8,500 people had left the town. “We are safe,” he said.

The bridge is closed.
"""
FACTS = """[[fact]]
id = "river-8500-left"
quote = "Mayor Bo Ray said 8,500 people had left the town."
speaker = "Bo Ray"
role = "Mayor"
known = "cue"
names = ["Ukraine"]
topics = ["Evacuation"]
claim = "8500-people-left"
status = "published"
questions = ["How many people left?"]

[[fact.figure]]
text = "8,500 people"
value = 8500
unit = "people"
"""
Pair = tuple[bytes, bytes]


def _pair(article: str = ARTICLE, facts: str = FACTS) -> Pair:
    return article.encode("utf-8", "surrogatepass"), facts.encode("utf-8", "surrogatepass")


def _one(random: Random, change: Callable[[str], str]) -> Pair:
    """The change in the article file or in the fact file."""
    return _pair(article=change(ARTICLE)) if random.random() < 0.5 else _pair(facts=change(FACTS))


def _bytes(random: Random, change: Callable[[bytes], bytes]) -> Pair:
    article, facts = _pair()
    return (change(article), facts) if random.random() < 0.5 else (article, change(facts))


def _insert(random: Random, text: str, what: str) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + what + text[at:]


def _field(random: Random, value: str) -> Pair:
    """A field of the article or of the fact with this TOML value."""
    article = random.choice(['outlet = "River Post"', 'title = "The river rises"', 'url = "https://example.org/river"'])
    facts = random.choice(['speaker = "Bo Ray"', 'role = "Mayor"', 'claim = "8500-people-left"'])
    if random.random() < 0.5:
        return _pair(article=ARTICLE.replace(article, f"{article.split(' ')[0]} = {value}"))
    return _pair(facts=FACTS.replace(facts, f"{facts.split(' ')[0]} = {value}"))


def _url(random: Random, urls: list[str]) -> Pair:
    return _pair(article=ARTICLE.replace("https://example.org/river", random.choice(urls)))


def other_encoding(random: Random) -> Pair:
    codec = random.choice(["utf-16", "utf-16-le", "utf-32", "cp037"])
    return _bytes(random, lambda data: data.decode().encode(codec, "replace"))


def not_utf_8(random: Random) -> Pair:
    bad = random.choice([b"\xff", b"\xc0\xaf", b"\xe2\x80", b"\xf5\x80\x80\x80", "naïve café".encode("latin-1")])
    return _bytes(random, lambda data: data.replace(b" = ", b" = " + bad, 1))


def byte_order_mark(random: Random) -> Pair:
    return _bytes(random, lambda data: b"\xef\xbb\xbf" + data)


def nul(random: Random) -> Pair:
    return _one(random, lambda text: _insert(random, text, "\0"))


def control(random: Random) -> Pair:
    return _one(
        random, lambda text: _insert(random, text, chr(random.choice([*range(1, 9), 11, 12, 27, 127, 0x85, 0x9B])))
    )


def lone_surrogate(random: Random) -> Pair:
    return _one(random, lambda text: _insert(random, text, chr(random.randrange(0xD800, 0xE000))))


def escaped_surrogate(random: Random) -> Pair:
    return _field(random, f'"a\\u{random.randrange(0xD800, 0xE000):04x}"')


def bidi(random: Random) -> Pair:
    return _one(random, lambda text: _insert(random, text, random.choice("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")))


def escaped_bidi(random: Random) -> Pair:
    return _field(random, f'"abc\\u{random.choice(["202e", "2067", "202d"])}fed"')


def unseen(random: Random) -> Pair:
    return _one(random, lambda text: _insert(random, text, random.choice("\u200b\u2060\ufeff\u3164\U000e0041\ufffa")))


def look_alike(random: Random) -> Pair:
    letters = {"o": "о", "e": "е", "a": "а", "i": "і", "P": "Р", "M": "М"}
    word = random.choice(["River", "Post", "Lee"])
    letter = random.choice([letter for letter in word if letter in letters])
    return _pair(article=ARTICLE.replace(word, word.replace(letter, letters[letter]), 1))


def look_alike_speaker(random: Random) -> Pair:
    name = random.choice(["Bо Ray", "Bo Rаy", "Βo Ray", "Вo Ray"])
    return _pair(facts=FACTS.replace('"Bo Ray"', f'"{name}"'))


def deep_lists(random: Random) -> Pair:
    deep = random.choice([200, 2_000, 50_000])
    return _field(random, "[" * deep + "]" * deep)


def deep_tables(random: Random) -> Pair:
    deep = random.choice([300, 3_000])
    return _field(random, "{a=" * deep + "1" + "}" * deep)


def dotted_depth(random: Random) -> Pair:
    return _one(random, lambda text: text.replace('"\n', '"\n' + "a." * random.choice([500, 20_000]) + "b = 1\n", 1))


def duplicate_key(random: Random) -> Pair:
    line = random.choice(['outlet = "River Post"\n', "published = 2022-03-01\n"])
    other = random.choice(['id = "river-8500-left"\n', 'status = "published"\n'])
    return _one(random, lambda text: text.replace(line, line * 2).replace(other, other * 2))


def duplicate_id(random: Random) -> Pair:
    return _pair(facts=FACTS * random.choice([2, 3, 50]))


def huge_number(random: Random) -> Pair:
    number = random.choice(["9" * 25, "9" * 5_000, "1e400", "-1e300", "inf", "nan", "-inf", "0x" + "f" * 400])
    return _pair(facts=FACTS.replace("value = 8500", f"value = {number}"))


def bad_range(random: Random) -> Pair:
    low = random.choice(["low = 9000\nhigh = 8000", "low = 1", "high = 2", "value = true", 'value = "8500"'])
    return _pair(facts=FACTS.replace("value = 8500", low))


def bad_day(random: Random) -> Pair:
    days = ["2022-02-30", "2022-13-01", '"2022-03-01"', "0000-00-00", "2022-03-01T10:00:00", "10:00:00", "2022", "[]"]
    return _pair(article=ARTICLE.replace("2022-03-01", random.choice(days)))


def future_day(random: Random) -> Pair:
    day = f"{random.choice([2031, 2100, 9999])}-0{random.randint(1, 9)}-01"
    return _pair(article=ARTICLE.replace("2022-03-01", day))


def no_day_or_outlet(random: Random) -> Pair:
    line = random.choice(["published = 2022-03-01\n", 'outlet = "River Post"\n'])
    return _pair(article=ARTICLE.replace(line, random.choice(["", f"# {line}"])))


def wrong_type(random: Random) -> Pair:
    return _field(random, random.choice(["1", "true", "[]", "{}", "2022-02-02", "[[1]]", "1.5"]))


def unknown_key(random: Random) -> Pair:
    key = random.choice(["tilte", "speeker", "__proto__", "x" * 5_000, '"\\u0000"'])
    return _one(random, lambda text: text.replace('"\n', f'"\n{key} = 1\n', 1))


def bad_link(random: Random) -> Pair:
    schemes = [
        "javascript:alert(1)",
        "tg://resolve?domain=x",
        "data:text/html;base64,AA",
        "file:///etc/passwd",
        "ftp://a.b/c",
    ]
    others = [
        "vbscript:x",
        "//example.org",
        "example.org",
        "JaVaScRiPt:1",
        "https:example.org",
        "http://",
        "tg:msg?text=x",
    ]
    return _url(random, schemes + others)


def look_alike_domain(random: Random) -> Pair:
    borrowed = ["https://ехаmple.org/", "https://www.сnn.com/a", "https://bbс.co.uk/", "https://xn--nn-nmc.com/"]
    return _url(random, [*borrowed, "https://сое.com/", "https://cnn.com@evil.example/", "https://cbс.ca/news"])


def bare_host(random: Random) -> Pair:
    return _url(
        random, ["https://127.0.0.1/", "http://10.0.0.1/a", "https://[::1]/", "https://localhost/", "https://0x7f.1/"]
    )


def too_large(random: Random) -> Pair:
    size = random.choice([1_000_001, 2_000_000, 50_000_000])
    return _bytes(random, lambda data: data + b"# " + b"x" * size + b"\n")


def binary(random: Random) -> Pair:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 10_000_000)
    kinds = [held.getvalue(), gzip.compress(b"\0" * 10_000_000), b"\x89PNG\r\n\x1a\n" + random.randbytes(500)]
    data = random.choice([*kinds, b"SQLite format 3\0" + random.randbytes(500), b"%PDF-1.7\n\xe2\xe3\xcf\xd3"])
    return _bytes(random, lambda _: data)


def cut_off(random: Random) -> Pair:
    """A front matter or a table that was cut in the middle."""
    if random.random() < 0.5:
        return _pair(article=ARTICLE[: random.randrange(1, ARTICLE.index("+++\nMayor"))])
    return _pair(facts=FACTS[: random.randrange(FACTS.index("quote"), FACTS.index("speaker") - 2)])


def no_front_matter(random: Random) -> Pair:
    return _pair(article=random.choice([ARTICLE[4:], "---\n" + ARTICLE[4:], "", "\n" + ARTICLE, "{}", "<html></html>"]))


def words_not_there(random: Random) -> Pair:
    typed = random.choice(
        ["8,501 people", "8,500  people", "8500 people", "ayor Bo", "left the tow", '"We are safe"', "500 people"]
    )
    quote = 'quote = "Mayor Bo Ray said 8,500 people had left the town."'
    return _pair(facts=FACTS.replace(quote, f"quote = {json.dumps(typed)}"))


def half_a_life(random: Random) -> Pair:
    ends = [
        '"retracted"',
        '"corrected"\nwithdrawn = 2022-03-02',
        '"superseded"\nnote = "x"',
        '"published"\nwithdrawn = 2022-03-02',
    ]
    more = [
        '"gone"',
        '"retracted"\nwithdrawn = 2022-02-01\nnote = "x"',
        '"corrected"\nwithdrawn = 2022-03-02\nnote = "x"\nreplaced_by = "nobody"',
    ]
    return _pair(facts=FACTS.replace('"published"', random.choice(ends + more)))


def too_long(random: Random) -> Pair:
    return _field(random, json.dumps("x" * random.choice([501, 5_000, 100_000])))


CLASSES: tuple[Callable[[Random], Pair], ...] = (
    *(other_encoding, not_utf_8, byte_order_mark, nul, control, lone_surrogate, escaped_surrogate, bidi, escaped_bidi),
    *(unseen, look_alike, look_alike_speaker, deep_lists, deep_tables, dotted_depth, duplicate_key, duplicate_id),
    *(huge_number, bad_range, bad_day, future_day, no_day_or_outlet, wrong_type, unknown_key, bad_link),
    *(
        look_alike_domain,
        bare_host,
        too_large,
        binary,
        cut_off,
        no_front_matter,
        words_not_there,
        half_a_life,
        too_long,
    ),
)

GENUINE = {
    "Ukrainian": ("Суспільне", "Речник сказав, що 300 людей виїхали з Харкова. Міст закрито."),
    "Russian": ("Медуза", "Пресс-секретарь сообщил, что 300 человек уехали. Мост закрыт."),
    "Hebrew": ("הארץ", "הדובר אמר כי 300 איש עזבו את העיר. הגשר סגור."),
    "Arabic": ("الجزيرة", "قال المتحدث إن ٣٠٠ شخص غادروا المدينة. الجسر مغلق."),
    "Polish": ("Gazeta Wyborcza", "Rzecznik powiedział, że 300 osób opuściło Łódź. Most jest zamknięty."),
    "Greek": ("Η Καθημερινή", "Ο εκπρόσωπος είπε ότι 300 άτομα έφυγαν. Η γέφυρα έκλεισε."),
    "Japanese": ("朝日新聞", "報道官は300人が町を離れたと述べた。橋は閉鎖されている。"),
}


def genuine(outlet: str, text: str) -> Pair:
    article = f'+++\noutlet = "{outlet}"\npublished = 2022-03-01\n+++\n{text}\n'
    return _pair(article, f'[[fact]]\nid = "a-fact"\nquote = "{text}"\nstatus = "published"\n')
