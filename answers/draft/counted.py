"""What a number counts: the words behind it up to the head noun, and that noun in its plural.

No grammar is known here but the endings of English plurals and the words that close a phrase. A noun that is not
found is left out, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers.draft.numerals import SIGNS
from answers.draft.tokens import Token, form, touching

_FURTHEST = 6
"""Words between a number and its noun: "200 newly trained Ukrainian special police officers"."""

_CLOSERS = frozenset(
    """a an the this that these those it its their his her our your my he she they we you i who whom whose which what
    when where while if because although though since until unless than then as at by for from in into of off on onto
    out over to toward towards under up upon via with within without near after before during between among against
    across along around about above below behind beyond per through is are was were be been being am has have had
    having do does did will would shall should can could may might must not and or but nor so yet plus also already
    only just now there here ago later earlier each apiece away apart said says say told on-screen including amid
    despite every left went came took made got gave fell rose""".split()
)
_IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "policeman": "policemen",
    "serviceman": "servicemen",
    "foot": "feet",
    "life": "lives",
    "wife": "wives",
    "aircraft": "aircraft",
    "personnel": "personnel",
}
_PLURAL = frozenset(_IRREGULAR.values()) | frozenset(
    """police policewomen servicewomen firemen fishermen gunmen lawmen congressmen crewmen staff crew troops dead
    wounded injured missing killed homeless hurt infantry cattle sheep fish vessels media data criteria teeth mice
    countrymen spokesmen businessmen seamen clergy medics bacteria percent""".split()
)
_MODIFIERS = frozenset({"more", "other", "additional", "extra", "further", "new", "such", "fewer", "less"})
_TROOPS = frozenset({"soldiers", "servicemen", "servicewomen", "gis", "soldier"})
"""They count the same: who compares "1,000 soldiers" with "1,000 troops" must not be told that they differ."""

_NO_PLURAL = re.compile(r"(?:ss|us|is|['’]s)$")
_S_WORDS = frozenset(
    """always others perhaps yes thus this his hers its ours yours theirs was has does plus minus less news series species
    previous various serious famous whereas besides sometimes towards upwards afterwards overseas as us is mathematics
    monday's christmas texas kansas arkansas massachusetts paris brussels athens damascus honduras philippines
    netherlands reuters hamas alas across versus express business process access congress illness yesterday's
    says goes gets comes takes makes gives wants needs becomes means remains includes follows gas chaos politics economics""".split()
)
_CURRENCIES = {
    "dollar": "$",
    "euro": "€",
    "pound": "£",
    "sterling": "£",
    "yen": "¥",
    "yuan": "CN¥",
    "renminbi": "CN¥",
    "rupee": "Rs",
    "rouble": "₽",
    "ruble": "₽",
    "hryvnia": "₴",
    "hryvnya": "₴",
    "shekel": "₪",
    "lira": "₺",
    "franc": "CHF",
    "zloty": "zł",
    "peso": "pesos",
    "kronor": "kr",
    "kroner": "kr",
    "krona": "kr",
}
_OF_WHOM = {
    "us": "$",
    "u.s.": "$",
    "american": "$",
    "canadian": "C$",
    "australian": "A$",
    "british": "£",
    "swiss": "CHF",
}
_MEASURES = {
    **{short: short for short in "km kg mg g ml cm mm gb mb tb kw mw gw mph kph km/h lb lbs ft kwh mwh p c f".split()},
    "sq": "sq",
    "°": "degrees",
}
_WRITTEN = {
    "gb": "GB",
    "mb": "MB",
    "tb": "TB",
    "kw": "kW",
    "mw": "MW",
    "gw": "GW",
    "kwh": "kWh",
    "mwh": "MWh",
    "c": "degrees",
    "f": "degrees",
}
_LENGTHS = frozenset(
    """kilometres kilometers miles metres meters feet inches yards acres hectares tonnes tons litres liters degrees points
    times percentage points barrels gallons pounds kilograms kilos megawatts gigawatts""".split()
) | {"percentage points"}
_LEADING = frozenset({"from", "in", "to", "of", "at", "near", "across", "on"})
_TIMES = frozenset("second minute hour day week month year decade century night fortnight".split())


@dataclass(frozen=True, slots=True)
class Counted:
    """`unit` is what the tokens before `stop` count; `first` is where its noun phrase begins, if it is a `noun`."""

    first: int
    stop: int
    unit: str
    noun: bool = False


def counted_at(text: Sequence[Token], at: int, *, single: bool = False) -> Counted | None:
    """What the words behind a number say that it counts, or None. `single`: the number is one, and its noun no plural."""
    return _percent(text, at) or _money(text, at) or _measure(text, at) or _noun(text, at, single=single)


def whole_phrase(text: str, words: Sequence[Token], counted: Counted | None, stop: int, unit: str) -> str:
    """The counted noun with the words before it and the places behind it: "US troops in Europe".

    Where the figure says no noun, what it is known to count.
    """
    if counted is None:
        return unit if len(unit) > 2 else ""
    if not counted.noun:
        shared = _noun(words, stop, single=True) if form(words, stop) == "of" else None
        return text[words[shared.first].start : words[shared.stop - 1].stop] if shared else ""
    last = stop = counted.stop
    while form(words, stop) in _LEADING and _named(words, stop + 1):
        stop = _past_names(words, stop + 1)
        last = stop - (words[stop - 1].form == ",")
    return text[words[counted.first].start : words[last - 1].stop]


def _named(words: Sequence[Token], at: int) -> bool:
    at += form(words, at) == "the"
    return at < len(words) and words[at].capital


def _past_names(words: Sequence[Token], at: int) -> int:
    """Behind a row of capitalised words: "Fort Bragg, N.C.", "Poland and Germany"."""
    at += form(words, at) == "the"
    while at < len(words) and (words[at].capital or (words[at].form in {",", "and"} and _named(words, at + 1))):
        at += 1
    return at


def is_measure(unit: str) -> bool:
    """Whether a unit measures and does not count: nothing that follows leans on it."""
    return is_time(unit) or unit.rsplit(" ", maxsplit=1)[-1] in _LENGTHS


def is_time(unit: str) -> bool:
    """Whether a unit measures time: it may belong to a date ("two days ago")."""
    return unit.removesuffix("s") in _TIMES or unit == "centuries"


def _percent(text: Sequence[Token], at: int) -> Counted | None:
    at += form(text, at) == "-"
    words = (form(text, at), form(text, at + 1))
    if words[0] == "percentage" and words[1] in {"point", "points"}:
        return Counted(at, at + 2, "percentage points")
    if words[0] in {"%", "percent", "pct", "pc"}:
        points = words[1] in {"point", "points"}
        return Counted(at, at + 1 + points, "percentage points" if points else "%")
    return Counted(at, at + 2, "%") if words == ("per", "cent") else None


def _money(text: Sequence[Token], at: int) -> Counted | None:
    """A currency behind the number: "45bn euros", "2 million US dollars", "millions of dollars", "5 million USD"."""
    first = at + (form(text, at) in {"of", "-"})
    whose = _OF_WHOM.get(form(text, first), "")
    name = form(text, first + bool(whose))
    kind = _CURRENCIES.get(name) or _CURRENCIES.get(name.removesuffix("s"), "")
    if kind and not (name.startswith("pound") and form(text, first + 1) == "of"):
        return Counted(first, first + 1 + bool(whose), whose or kind)
    if form(text, at) in {"€", "$", "£", "usd", "eur", "gbp", "uah", "chf"}:
        return Counted(at, at + 1, SIGNS[text[at].form])
    return None


def _measure(text: Sequence[Token], at: int) -> Counted | None:
    """A short unit: "80mg", "160 GB", "20C", "5 km/h", "4,000 sq km"."""
    short = form(text, at)
    if short == "/" or short not in _MEASURES or (len(short) == 1 and short != "°" and not touching(text, at)):
        return None
    if short == "°":
        return Counted(at, at + 1 + (form(text, at + 1) in {"c", "f"}), "degrees")
    if short == "sq" and form(text, at + 1 + (form(text, at + 1) == ".")) in {
        "km",
        "miles",
        "feet",
        "metres",
        "meters",
        "ft",
        "m",
    }:
        dot = form(text, at + 1) == "."
        return Counted(at, at + 2 + dot, f"sq {form(text, at + 1 + dot)}")
    if form(text, at + 1) == "/" and touching(text, at + 1):
        return Counted(at, at + 3, f"{short}/{form(text, at + 2)}")
    attribute = short == "mm" and form(text, at + 1)[:1].isalpha() and form(text, at + 1) not in _CLOSERS
    return None if attribute else Counted(at, at + 1, _WRITTEN.get(short, short))  # a 155mm shell is a kind of shell


def _noun(text: Sequence[Token], at: int, *, single: bool) -> Counted | None:
    """The first plural noun behind the number, and the last of a row of them ("singles titles")."""
    first = at = _past_of(text, at)
    last = min(len(text), at + _FURTHEST)
    while at < last and _goes_on(text, at, first):
        if _is_plural(text, at) or (single and _is_single(text, at)):
            return _with_more(text, first, at)
        at += 1
    return None


def _past_of(text: Sequence[Token], at: int) -> int:
    """Past "of", "of the", "of other", "more of its": what is counted comes behind."""
    at += form(text, at) in {"more", "or"} and form(text, at + 1) == "of"
    if form(text, at) == "of" and form(text, at + 1) not in {"them", "us", "those", "whom", "which", "you"}:
        at += 1
        at += form(text, at) in {"the", "its", "their", "his", "her", "our", "these", "those", "all"}
    return at


def _goes_on(text: Sequence[Token], at: int, first: int) -> bool:
    """Whether the phrase goes on with this token; only hyphens and quotation marks may stand in it, and an "and" of adjectives."""
    token = text[at]
    if token.surface in "-‑“\"‘'’" or token.surface == ".":
        return at > first or token.surface in "“\"‘'"
    if token.form in {"and", "or"}:
        return at > first and _joins_adjectives(text, at)
    return token.word and (token.form not in _CLOSERS or (form(text, at + 1) == "-" and touching(text, at + 1)))


def _joins_adjectives(text: Sequence[Token], at: int) -> bool:
    before, after = text[at - 1], text[at + 1] if at + 1 < len(text) else None
    return after is not None and before.capital and after.capital and not before.form.endswith("s")


def _is_plural(text: Sequence[Token], at: int) -> bool:
    token, after = text[at], form(text, at + 1)
    if after in {"-", "‑"} and touching(text, at + 1):
        return False
    if token.form in _PLURAL:
        return token.form not in {"dead", "missing", "injured", "wounded", "killed", "hurt", "homeless"} or _ends(
            text, at
        )
    if token.form in _S_WORDS or len(token.form) < 3 or not token.form.endswith("s") or token.surface.isupper():
        return False
    return not _NO_PLURAL.search(token.form)


def _ends(text: Sequence[Token], at: int) -> bool:
    """Whether no noun follows: "30 injured" counts, "30 injured soldiers" counts soldiers."""
    after = form(text, at + 1)
    return not after[:1].isalpha() or after in _CLOSERS


def _is_single(text: Sequence[Token], at: int) -> bool:
    after = form(text, at + 1)
    closes = not after[:1].isalpha() or after in _CLOSERS or after.endswith("ed")
    return text[at].word and text[at].form not in _MODIFIERS and closes and after != "-"


def _with_more(text: Sequence[Token], first: int, at: int) -> Counted:
    while at + 1 < len(text) and text[at + 1].word and not text[at].surface.endswith(("'", "’")):
        if not _is_plural(text, at + 1) or text[at + 1].form in _PLURAL - {"troops", "police", "staff", "personnel"}:
            break
        at += 1
    wide = f"{form(text, at - 1)} " if at > first and form(text, at - 1) in {"square", "cubic", "nautical"} else ""
    return Counted(first, at + 1, wide + _unit(text[at]), noun=True)


def _unit(token: Token) -> str:
    """The noun in its plural; in small letters unless it is a name for people ("Iowans")."""
    word = token.surface if token.capital and not token.surface.isupper() else token.form
    if word.lower() in _TROOPS:
        return "troops"
    if word.lower() in _PLURAL or word.endswith("s"):
        return word
    return _IRREGULAR.get(
        word,
        f"{word[:-1]}ies"
        if re.search("[^aeiou]y$", word)
        else f"{word}es"
        if re.search("(?:s|x|ch|sh)$", word)
        else f"{word}s",
    )
