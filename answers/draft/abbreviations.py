"""Abbreviations of news prose, and after which of them a sentence can end.

It must not know where paragraphs are: it is told the word before a full stop, what stands before it and what follows.
In doubt a sentence goes on: half a sentence shown as a fact is worse than two that stand together.
"""

import re

_NAMED = frozenset(
    """mr mrs ms mx dr prof gen lt col sgt capt cmdr cdr maj adm vadm radm gov sen sens rep reps rev hon pres msgr brig cpl
    pvt pfc spc ssgt msgt det insp supt amb atty asst dep fr vs v viz cf eg ie ex messrs mme mlle mm sec-gen lieut ltcol
    approx dept gens govs cols drs profs geb bzw ул им""".split()
)
"""A name or a thing follows: no sentence ends here."""

_SHOUTED = 3
"""Letters: "IE." and "VS." in capitals are words of their own, "GOV." is a title that is shouted."""

_NUMBERED = frozenset("no nos art arts fig figs sec secs vol vols p pp ch par para pt op nr n c ca".split())
"""Abbreviations when a number follows, words when none does: "No. 10", "No. We will not"."""

_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_EITHER = frozenset(
    """inc corp co cos ltd llc plc bros jr sr esq st ste mt ft ave blvd rd sq hwy mon tue tues wed thu thurs fri sat sun
    est dist univ assn intl natl etc al bldg gmbh pty ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md
    mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo ont que""".split()
)
"""They stand before names as well as at the end of sentences."""

_WORDS_TOO = frozenset("sat sun co ill miss mass wed la mo ore pa wash ind".split())
"""Words of their own in small letters."""

_ENDING = frozenset("etc al esq".split())
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z|(?:Ph|Ed|Psy)\.D\Z|M\.Sc\Z|B\.Sc\Z")
_EXPLAINING = frozenset({"e.g", "i.e"})
_CLOCK = re.compile(r"[ap]\.?m\Z", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)"
    r"|(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|EES?T|MSK|IST|AE[SD]T|J?KST|JST)\b|\d|/"
    r"|(?:Eastern|Central|Mountain|Pacific|Local|Moscow|Kyiv|London|Greenwich|Beijing|Tokyo)\b(?: [A-Z]\w+)? time\b"
    r"|(?:Eastern|Central|Mountain|Pacific)\b"
)
_STATE = re.compile(r", \Z")
_CAPITAL_DISTRICT = frozenset({"D.C"})

_STARTERS = frozenset(
    """The A An This That These Those There Here It Its He She They We I You His Her Their Our My Your Who What When Where
    Why How Which While After Before During Since Until If Although Though Because As At In On By For From With Without
    Under Over Among Amid Between But And Or So Yet Nor Not No Now Then Still Also Even Only Both Each Every All Some Many
    Most Several Other Others Another One Two Three Four Five Six Seven Eight Nine Ten More Such To Of Once Despite However
    Meanwhile Earlier Later Today Yesterday Tomorrow Last Next Nearly About Asked According Please Let Do Does Did Is Are
    Was Were Has Have Had Can Could Will Would Should May Perhaps Nobody Nothing Everyone Everything Neither Either Like
    Unlike Instead Moreover Furthermore Further Finally Thus Therefore Through Throughout Within Upon Toward Towards
    Officials Police Authorities Residents Experts Witnesses Critics Investigators Prosecutors Analysts""".split()
)
_HEADS = frozenset(
    """Marines Airways Rangers Forces Seals States Rangers Affairs Studies Sports Elections Services Operations Nationals
    Customs Centers Airlines Systems Industries Sciences Communications Securities Championships Paralympics Olympics
    Veterans Republicans Democrats Conservatives Treasuries Archives Markets Attorneys Senators Headquarters Times News
    Texas Kansas Arkansas Illinois Williams Jones Roberts Adams Davis Harris Lewis Thomas James Charles Evans Phillips
    Rogers Collins Stevens Sanders Powers Hughes Edwards Jenkins Perkins Andrews Burns Peters Matthews Congress Princess
    Business Press Express""".split()
)
"""Words in -s that follow an abbreviation as a part of a name."""

_FIRST = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_COMMON = re.compile(r"([A-Z][a-z]+s) [a-z]")


def ends_sentence(before: str, word: str, following: str) -> bool:
    """Whether a sentence can end at the full stop behind `word`, when `following` (no quotation mark first) comes next.

    `before` are some characters that stand before the word.
    """
    dotted = _DOTTED.search(word) is not None
    last = word if dotted else word.rsplit("-", 1)[-1].rsplit(".", 1)[-1]
    if _CLOCK.fullmatch(word) or (_CLOCK.search(word[-4:]) and word[:1].isdecimal()):
        return _AFTER_CLOCK.match(following) is None
    if dotted or (len(last) == 1 and last.isalpha()):
        return _after_letters(before, word, last, following)
    if last.casefold() in _NUMBERED:
        return not following[:1].isdecimal()
    return _after_word(last, following)


def _after_word(last: str, following: str) -> bool:
    low = last.casefold()
    if low in _NAMED and not (last.isupper() and len(last) < _SHOUTED):
        return False
    if low in _MONTHS and last[0].isupper():
        return not following[:1].isdecimal() and _starts(following)
    if low in _EITHER and last not in _WORDS_TOO:
        return low in _ENDING or _starts(following)
    return True


def _after_letters(before: str, word: str, last: str, following: str) -> bool:
    """After initials and dotted letters: J. R. Smith; in the U.S. He; in Raleigh, N.C. Smith; Plan B. The."""
    if word.casefold() in _EXPLAINING:
        return False
    if len(last) == 1:
        return last.isupper() and _starts(following)
    if _STATE.search(before) and word.isupper() and word not in _CAPITAL_DISTRICT:
        return following[:1].isalpha()
    return _starts(following)


def _starts(following: str) -> bool:
    """Whether these words begin a sentence, as far as the first of them tell: a word that is no part of a name."""
    first = _FIRST.match(following)
    if first is None:
        return not following or following[0] not in "&#(—–-"
    word = first.group()
    if following[first.end() : first.end() + 1] == ".":
        return False  # another initial
    if word in _STARTERS or re.split(r"['’]", word)[0] in _STARTERS:
        return True
    common = _COMMON.match(following)
    return common is not None and common.group(1) not in _HEADS
