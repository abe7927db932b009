"""The places that a sentence names as places, and the names of every kind that it speaks of.

A name is found in the gazetteer, never guessed. What tells a place from a person, an outlet or a team of the same name is
only the capitals, titles and hyphens around it; a demonym ("Ukrainian officials") and "U.S.-based" name a country, and are
no mention of a place.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from answers.draft.values import FoundPlace
from answers.text.names import Gazetteer, Kind, Mention, Name
from answers.text.normalise import STOP_WORDS, Word, words

COUNTRIES = frozenset(
    one.strip()
    for one in """
    Afghanistan;Albania;Algeria;Andorra;Angola;Antigua and Barbuda;Argentina;Armenia;Australia;Austria;
    Azerbaijan;Bahamas;Bahrain;Bangladesh;Barbados;Belarus;Belgium;Belize;Benin;Bhutan;Bolivia;
    Bosnia and Herzegovina;Botswana;Brazil;Brunei;Bulgaria;Burkina Faso;Burundi;Cambodia;Cameroon;Canada;
    Cape Verde;Central African Republic;Chad;Chile;China;Colombia;Comoros;Costa Rica;Croatia;Cuba;Cyprus;
    Czechia;Democratic Republic of the Congo;Denmark;Djibouti;Dominica;Dominican Republic;East Timor;Ecuador;
    Egypt;El Salvador;Equatorial Guinea;Eritrea;Estonia;Eswatini;Ethiopia;Fiji;Finland;France;Gabon;
    Gambia;Georgia;Germany;Ghana;Greece;Grenada;Guatemala;Guinea;Guinea-Bissau;Guyana;Haiti;Honduras;
    Hungary;Iceland;India;Indonesia;Iran;Iraq;Ireland;Israel;Italy;Ivory Coast;Jamaica;Japan;Jordan;
    Kazakhstan;Kenya;Kiribati;Kosovo;Kuwait;Kyrgyzstan;Laos;Latvia;Lebanon;Lesotho;Liberia;Libya;
    Liechtenstein;Lithuania;Luxembourg;Madagascar;Malawi;Malaysia;Maldives;Mali;Malta;Marshall Islands;
    Mauritania;Mauritius;Mexico;Micronesia;Moldova;Monaco;Mongolia;Montenegro;Morocco;Mozambique;Myanmar;
    Namibia;Nauru;Nepal;Netherlands;New Zealand;Nicaragua;Niger;Nigeria;North Korea;North Macedonia;
    Norway;Oman;Pakistan;Palau;Palestine;Panama;Papua New Guinea;Paraguay;Peru;Philippines;Poland;
    Portugal;Qatar;Republic of the Congo;Romania;Russia;Rwanda;Saint Kitts and Nevis;Saint Lucia;
    Saint Vincent and the Grenadines;Samoa;San Marino;São Tomé and Príncipe;Saudi Arabia;Senegal;Serbia;
    Seychelles;Sierra Leone;Singapore;Slovakia;Slovenia;Solomon Islands;Somalia;South Africa;South Korea;
    South Sudan;Spain;Sri Lanka;Sudan;Suriname;Sweden;Switzerland;Syria;Taiwan;Tajikistan;Tanzania;
    Thailand;Togo;Tonga;Trinidad and Tobago;Tunisia;Turkey;Turkmenistan;Tuvalu;Uganda;Ukraine;
    United Arab Emirates;United Kingdom;United States;Uruguay;Uzbekistan;Vanuatu;Vatican City;Venezuela;
    Vietnam;Yemen;Zambia;Zimbabwe
    """.split(";")
)
"""The canonical names of the countries of the world, as `world.toml` has them."""

_DAYS_AND_MONTHS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december""".split()
)
_DIRECTIONS = frozenset(
    """north south east west northern southern eastern western central northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern upper lower mainland greater downtown mid rural occupied
    neighboring neighbouring nearby""".split()
)
_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady president chancellor senator sen rep representative
    congressman congresswoman gov governor mayor gen general lt col colonel maj major capt captain sgt sergeant
    adm admiral judge justice ambassador bishop archbishop cardinal pope prince princess king queen sheikh king's
    coach actor actress minister secretary spokesman spokeswoman spokesperson""".split()
)
_OFFICES = frozenset(
    """president presidents prime foreign defence defense interior finance vice deputy chief secretary senator sen rep
    representative congressman congresswoman gov governor mayor attorney general ambassador army navy air marine
    marines coast congress senate house embassy ministry minister department supreme treasury central state capitol
    government parliament republican republicans democrat democrats democratic gop lt col gen adm national special
    envoy federal district police armed military energy health border""".split()
)
"""What follows a place without making it a part of a longer name: "US President", "Texas Senator"."""

_BEFORE_OF = frozenset("bank church university voice institute duke duchess prince earl knights lawrence joan".split())
_OPENERS = frozenset(
    """across inside outside throughout near despite amid within without unlike like around both only even since toward
    towards among beyond along opposite central yesterday today tomorrow meanwhile elsewhere back home post-war wartime
    modern fellow poor today's former ancient via per versus plus also perhaps maybe then now still yet thus hence""".split()
)
"""Words that may open a sentence right before a place; any other one there is taken for a first name."""

_OPENING = ("ly", "ing", "ed", "wards", "side", "while", "ese", "ian", "ish")


def find(text: str, gazetteer: Gazetteer) -> tuple[FoundPlace, ...]:
    """The places that a text names as places, in its order; offsets count code points, "Ukraine's" is `Ukraine`.

    `country` is empty for seas, continents and regions. Total: any text gives places or none.
    """
    found = words(text)
    return tuple(
        _place(text, found, mention, gazetteer)
        for mention in _meant(text, found, gazetteer)
        if mention.name.kind is Kind.PLACE
        and not _is_demonym(found, mention)
        and not _is_compound(text, found, mention)
    )


def names(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The canonical names of every kind that a text speaks of, each once, in the order of their first mention."""
    found = words(text)
    return tuple(dict.fromkeys(mention.name.canonical for mention in _meant(text, found, gazetteer)))


def country_of(canonical: str, gazetteer: Gazetteer) -> str:
    """The country that a place lies in or is; empty where it is none and lies in none or in several."""
    if canonical in COUNTRIES:
        return canonical
    parents = gazetteer.named(canonical).part_of if canonical in gazetteer else ()
    within = sorted(COUNTRIES & gazetteer.whole(parents))
    return within[0] if len(within) == 1 else ""


def _meant(text: str, found: Sequence[Word], gazetteer: Gazetteer) -> Iterator[Mention]:
    """The mentions without those that are a part of another name: "Michael Jordan", "Washington Post"."""
    mentions = gazetteer.find(found)
    others = {mention.first: mention for mention in mentions} | {mention.stop - 1: mention for mention in mentions}
    people: set[str] = set()
    for mention in mentions:
        if mention.name.kind is Kind.PLACE and _is_part_of_a_name(text, found, mention, others):
            people.add(mention.name.canonical)
        elif mention.name.canonical not in people and _is_written_so(found, mention):
            yield mention


def _is_written_so(found: Sequence[Word], mention: Mention) -> bool:
    """Whether a name has its capital; a longer one of a body may stand without ("multinational response force")."""
    return found[_head(found, mention)].capital or (
        mention.name.kind is not Kind.PLACE and mention.stop - mention.first > 1
    )


def _head(found: Sequence[Word], mention: Mention) -> int:
    """The first word of a name after its article: "the Philippines"; "The Hague" keeps its own."""
    article = found[mention.first].surface
    own = article == "The" and mention.name.canonical.startswith("The ")
    return mention.first + (article in {"the", "The"} and not own and mention.stop - mention.first > 1)


def _place(text: str, found: Sequence[Word], mention: Mention, gazetteer: Gazetteer) -> FoundPlace:
    start, stop = found[_head(found, mention)].start, _stop(found, mention)
    canonical = mention.name.canonical
    country = country_of(canonical, gazetteer)
    return FoundPlace(start=start, stop=stop, text=text[start:stop], canonical=canonical, country=country)


def _stop(found: Sequence[Word], mention: Mention) -> int:
    last = found[mention.stop - 1]
    return last.start + len(_without_ending(last.surface))


def _without_ending(surface: str) -> str:
    """Without the ending of possession."""
    return surface[:-2] if surface[-2:] in {"'s", "’s"} else surface.rstrip("'’") or surface


@lru_cache(4_096)
def _demonyms(name: Name) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.form for word in words(one)) for one in name.demonyms)


def _is_demonym(found: Sequence[Word], mention: Mention) -> bool:
    return tuple(word.form for word in found[mention.first : mention.stop]) in _demonyms(mention.name)


def _is_compound(text: str, found: Sequence[Word], mention: Mention) -> bool:
    """As in "U.S.-based", "pro-Russia": the country is named, and nothing is there."""
    start, stop = found[mention.first].start, _stop(found, mention)
    led = (
        start > 1
        and text[start - 1] in "-‑"
        and text[start - 2].isalpha()
        and found[mention.first - 1].form in _LEADING
    )
    return led or (text[stop : stop + 1] in {"-", "‑"} and text[stop + 1 : stop + 2].islower())


_LEADING = frozenset("pro anti non ex post pre".split())


def _is_part_of_a_name(text: str, found: Sequence[Word], mention: Mention, others: dict[int, Mention]) -> bool:
    if _is_demonym(found, mention):
        return False
    return (
        _after_a_name(text, found, mention, others)
        or _before_a_name(text, found, mention, others)
        or _after_of(found, mention)
    )


def _after_a_name(text: str, found: Sequence[Word], mention: Mention, others: dict[int, Mention]) -> bool:
    """As in "Michael Jordan", "Mr. Jordan", "J. Jordan": a capital before it that is no other name, day or direction."""
    at = _head(found, mention) - 1
    if at < 0 or not found[at].capital:
        return False
    before, gap = found[at], text[found[at].start + len(found[at].surface) : found[at + 1].start]
    if gap.strip() == "." and (before.form in _TITLES or len(before.surface) == 1):
        return True
    if gap != " " or (at in others and others[at].name.kind is not Kind.PERSON) or _is_plain(before.form):
        return False
    if before.form in _TITLES:
        return not _is_demonym_before(found, at, others)
    opens = _begins(text, found, at) and (before.form in _OPENERS or before.form.endswith(_OPENING))
    return not before.all_capitals and not opens


def _is_demonym_before(found: Sequence[Word], at: int, others: dict[int, Mention]) -> bool:
    return at - 1 in others and _is_demonym(found, others[at - 1])


def _is_plain(form: str) -> bool:
    return form in STOP_WORDS or form in _DAYS_AND_MONTHS or form in _DIRECTIONS


def _begins(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether a word begins a sentence or a quotation, so that its capital tells nothing."""
    before = (
        text[: found[at].start].rstrip()[-1:]
        if found[at].start < 3
        else text[found[at].start - 3 : found[at].start].strip()[-1:]
    )
    return not before or before in ".!?:“\"‘'—–("


def _before_a_name(text: str, found: Sequence[Word], mention: Mention, others: dict[int, Mention]) -> bool:
    """As in "Washington Post", "Paris Hilton": a capital behind it that is no office, day or other name."""
    at, stop = mention.stop, _stop(found, mention)
    if at >= len(found) or text[stop : found[at].start] != " " or not found[at].capital:
        return False
    if (
        mention.name.canonical in COUNTRIES
        and mention.stop - mention.first > 1
        and found[mention.first - 1].form == "the"
    ):
        return False  # "the ambassador to the United States Ann Lee"
    after = found[at]
    plain = after.form in _OFFICES or _is_plain(after.form) or after.all_capitals or after.surface == "I"
    return not plain and (at not in others or others[at].name.kind is Kind.OUTLET)


def _after_of(found: Sequence[Word], mention: Mention) -> bool:
    """As in "Bank of England", "University of Texas"."""
    at = mention.first
    return at > 1 and found[at - 1].form == "of" and found[at - 2].capital and found[at - 2].form in _BEFORE_OF
