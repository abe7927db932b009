"""Noun phrases that can speak: names with their titles, bodies, and descriptions such as "a spokesman for the ministry".

Works on words alone, by closed lists and capitals; a parser may know better. It must not know of verbs of speech
nor of the rest of the article: what a phrase is, not who is meant by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from answers.draft.cues import AUXILIARIES, DAYS
from answers.draft.tokens import Sort, Token

DETERMINERS = frozenset(
    """
    the a an this these those some many several other others another one two three four five six seven eight nine ten both
    his her their its our my your any all most few no each every either multiple numerous more certain various dozens
    """.split()
)
_PRONOUNS = frozenset("he she they it who".split())
_BANNED = frozenset("i we you us me one everyone everybody nobody anyone anybody someone somebody there that which this".split())
_PREPOSITIONS = frozenset("of for at in from with within on to close near familiar inside who".split())
_STOP = AUXILIARIES | frozenset(
    """
    that which who whom whose when where why how if because although though while whereas as than so not n't just he she
    they it we i you him them me us what but or nor yet there then here until till unless since after before during into
    upon about against between through over under above without despite amid among according like per via by also too very
    is are was were be been am said says say told tells did does do let made makes make gave takes took came comes went goes
    says called calls thinks thought knows knew wants wanted got gets out up off down away back again even only
    """.split()
)
_NO_NAME = frozenset(
    """
    in on at as after before during by for with from of to under despite amid among following until while when where since
    last earlier later next today overall together yes no well oh ok not now then here both such
    """.split()
)
"""Words that begin a sentence with a capital and are no names."""
TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor president vice-president premier chancellor minister pm mp mep msp secretary
    secretary-general senator sen sens representative rep reps congressman congresswoman governor gov lt lt-gov mayor king
    queen prince princess pope emperor sheikh sultan sheik emir ayatollah imam rabbi archbishop bishop cardinal father
    sister rev reverend monsignor msgr pastor judge justice general gen colonel col lt-col lieutenant major maj captain
    capt sgt sergeant admiral adm commander cmdr brigadier brig corporal cpl private pvt marshal sheriff chief director
    chairman chairwoman chair chairperson speaker ambassador amb envoy commissioner councillor councilor councilman
    councilwoman alderman spokesman spokeswoman spokesperson deputy attorney superintendent supt inspector insp detective
    det officer sir dame lord lady baron baroness dr. coach manager ceo cfo coo chief-of-staff leader candidate nominee
    democrat republican conservative liberal socialist analyst strategist pollster author host anchor correspondent reporter
    economist epidemiologist doctor nurse scientist editor columnist adviser advisor aide counsel lawyer prosecutor
    lawmaker legislator delegate campaigner activist organizer treasurer comptroller auditor undersecretary moderator
    mogul businessman businesswoman billionaire actor actress singer rapper comedian star
    """.split()
)
_NO_ROLE = frozenset("mr mrs ms miss mx".split())
_KEPT_TITLES = frozenset("king queen prince princess pope emperor sheikh sultan lord lady".split())
_GENERATIONS = frozenset("jr jr. sr sr. ii iii iv".split())
_PARTICLES = frozenset("de la le van von der den del della di da dos du al el bin ibn abu ben ter ten zu y bint ould".split())
BODIES = frozenset(
    """
    ministry department agency office government administration authority authorities army navy force forces police military
    council committee commission court parliament senate house congress party campaign union bank company corporation
    corp inc university institute institution center centre association federation foundation league organization
    organisation group team board bureau service services press news times post journal network tribune herald guardian
    court hospital church embassy kremlin pentagon cabinet command staff media newspaper magazine paper outlet website
    channel station broadcaster regulator ngo charity firm airline operator utility coalition alliance opposition
    watchdog panel secretariat presidency district city county state town village country nation regime junta council
    daily weekly tabloid publication channel federation fund programme program society
    """.split()
)
_THINGS = frozenset(
    """
    report statement study survey poll polls document documents filing filings letter memo editorial ad ads release article
    post message transcript lawsuit complaint indictment ruling affidavit email emails website text tweet bulletin notice
    reports statements studies surveys letters advisory warrant warrants records communique communiqué decree
    data figure figures tally count analysis estimate estimates forecast average averages census copy list
    headline story book film video script email caption
    """.split()
)
_PEOPLE = frozenset(
    """
    official officials expert experts critic critics resident residents witness witnesses source sources aide aides adviser
    advisers advisor advisors leader leaders people person man woman men women child children mother father brother sister son
    daughter wife husband friend friends neighbor neighbors neighbour neighbours family relatives parents student students
    members member supporters supporter voters voter analyst analysts economist economists scientist scientists researcher
    researchers diplomat diplomats lawmaker lawmakers senator senators judge judges journalist journalists spokesman
    spokeswoman spokesperson spokesmen minister ministers president prime-minister candidate candidates nominee democrats
    republicans conservatives liberals progressives activists activist doctors doctor nurses nurse patient patients
    medics firefighters soldiers soldier troops commander commanders general generals colonel governor governors mayor mayors
    farmer farmers worker workers teacher teachers owner owners executive executives chief chiefs director directors head
    heads boss attorney attorneys lawyer lawyers prosecutor prosecutors investigator investigators insiders observers
    specialists allies opponents rivals rival backers donors organizers protesters refugees evacuees survivors survivor victims
    victim historian historians professor professors strategist strategists pollster pollsters advocate advocates reporter
    reporters correspondent editor editors columnist author authors host anchor moderator narrator mogul billionaire
    businessman businesswoman tycoon realtor actor actress singer star comedian veteran veterans pastor priest bishop pope
    king queen prince princess secretary chairman chairwoman chair speaker delegate delegates representative
    representatives congressman congresswoman employee employees staffer staffers organizer operative operatives consultant
    consultants coach player players captain officer officers detective sheriff deputy deputies inspector superintendent
    rebels rebel separatists militants insurgents negotiator negotiators envoy ambassador volunteers volunteer rescuers
    fisherman shopkeeper driver drivers engineer engineers meteorologist meteorologists forecasters forecaster epidemiologist
    epidemiologists hydrologist hydrologists virologist seismologist geologist pilot pilots sailor villager villagers
    monitors inspectors politicians politician commentators pundits scholar scholars fellow columnists
    founder co-founder governor-general chancellor premier ceo user users respondents participants attendees caller
    crowd audience fan fans customer customers landlord tenant tenants sons brothers sisters boy girl teenager
    half majority percent lawyers counsel industry side sides trump-supporters
    """.split()
)
_SUFFIXES = ("man", "woman", "person", "men", "women", "ologist", "ologists", "ist", "ists", "ian", "ians")
_NO_PERSON = frozenset("list lists human median german roman mist fist twist artisan civilian season specimen regimen".split())


class Kind(Enum):
    NAME = auto()
    DESCRIPTION = auto()
    PRONOUN = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A phrase that stands where a speaker does. `name` is it without titles, `role` these; both as they stand.

    For a description `name` is the whole phrase without "the", `head` its main noun in small letters.
    """

    start: int
    stop: int
    kind: Kind
    name: str
    role: str = ""
    head: str = ""
    definite: bool = False


def _bare(token: Token) -> str:
    return token.low.rstrip(".").removesuffix("'s").rstrip("'")


def is_title(token: Token) -> bool:
    bare = _bare(token)
    return bare in TITLES or token.low in TITLES or any(part.rstrip(".") in TITLES for part in bare.split("-"))


def is_person_noun(word: str) -> bool:
    """Whether a word in small letters says what somebody is."""
    return word in _PEOPLE or word in TITLES or (word.endswith(_SUFFIXES) and word not in _NO_PERSON and len(word) > 4)


def can_speak(word: str) -> bool:
    """Whether a common noun in small letters names people, a body, or a paper that can say something."""
    single = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    return is_person_noun(word) or bool({word, single} & (BODIES | _THINGS))


def mention(words: Sequence[Token], *, sure: bool = False) -> Mention | None:
    """What a row of words is, if it is one phrase that can speak; `sure` if a parser has said that it is one."""
    if not words:
        return None
    if len(words) == 1 and words[0].low in _PRONOUNS | _BANNED:
        kind = Kind.PRONOUN if words[0].low in _PRONOUNS else Kind.NOBODY
        return Mention(start=words[0].start, stop=words[0].stop, kind=kind, name=words[0].text, head=words[0].low)
    words = _unbracketed(words)
    core = _core(words)
    if not core or not _fits(words, core, sure=sure):
        return None
    return _named(words, core) if core[-1].capital else _described(words, core)


def _unbracketed(words: Sequence[Token]) -> Sequence[Token]:
    """Without a bracket at the end, as in "the Department of National Defence (DND)"."""
    if words[-1].text == ")":
        for at in range(len(words) - 1, -1, -1):
            if words[at].text == "(":
                return words[:at]
    return words


def _core(words: Sequence[Token]) -> Sequence[Token]:
    """The words up to the first preposition, unless a name with its title goes on behind it: "Secretary of State John Roe"."""
    for at, word in enumerate(words):
        if word.low in _PREPOSITIONS and at:
            rest = words[at + 1 :]
            capitals = [one for one in rest if one.capital]
            titled = is_title(words[at - 1]) and words[at - 1].capital
            if word.low == "of" and titled and len(capitals) == len(rest) >= 3 and words[0].low not in DETERMINERS:
                return words
            return words[:at]
    return words


def _fits(words: Sequence[Token], core: Sequence[Token], *, sure: bool) -> bool:
    if not all(map(_allowed, words)) or len(words) > 24:
        return False
    head = core[-1]
    if head.low in DETERMINERS and head.low not in {"some", "many", "others", "several", "both", "most", "few", "one"}:
        return False
    if head.capital and _bare(head) in DAYS | _STOP | _NO_NAME:
        return False
    if core[0].low in _NO_NAME or (core[0].low.endswith("ing") and core[0].low not in {"king", "leading", "ruling"}):
        return False
    if head.low.endswith(("'s", "'")) and not sure:
        return False
    if words[-1].low in _PREPOSITIONS | DETERMINERS and len(words) > 1 and words[-1].low != "others":
        return False
    if head.capital:
        return _is_led_by_name(core)
    return sure or _speaks(core)


def _speaks(core: Sequence[Token]) -> bool:
    """Whether the main noun is one that can speak, and agrees with what leads the phrase."""
    head, first = core[-1].low, core[0]
    if first.low in {"a", "an"} and head.endswith("s") and can_speak(head.removesuffix("s")):
        return False
    led = first.low in DETERMINERS or first.capital or first.low.endswith(("'s", "'"))
    if head in {"some", "many", "others", "several", "both", "most", "few"}:
        return len(core) == 1
    if not can_speak(head):
        return False
    plural = head.endswith(("s", "people", "police", "men", "women", "media", "children"))
    return led or plural or first.sort is Sort.NUMBER or is_person_noun(head)


def _is_led_by_name(core: Sequence[Token]) -> bool:
    """Small words before a name must be a title ("press secretary"), a determiner or a particle."""
    run = _run(core)
    before = core[: len(core) - len(run)]
    if not before or before[0].low in DETERMINERS and len(before) == 1:
        return True
    last = before[-1]
    return can_speak(_bare(last)) or last.low in {"and", "&"} or last.low in DETERMINERS or last.low.endswith("'s") or last.low.endswith(("an", "ese", "ish"))


def _allowed(word: Token) -> bool:
    if word.sort is Sort.MARK:
        return word.text in {"&", "/"}
    if word.sort is Sort.NUMBER:
        return True
    if word.low.partition("'")[0] in _BANNED | _PRONOUNS and "'" in word.low:
        return False  # "I'm", "he's"
    return word.word and (word.low not in _STOP or word.text in {"Will", "May"}) and not word.low.endswith("n't")


def _run(core: Sequence[Token]) -> Sequence[Token]:
    """The capitals at the end of a phrase, with the particles between them."""
    at = len(core)
    while at and (core[at - 1].capital or (core[at - 1].low in _PARTICLES and at > 1 and at < len(core))):
        at -= 1
    while at < len(core) and not core[at].capital:
        at += 1
    return core[at:]


def _named(words: Sequence[Token], core: Sequence[Token]) -> Mention:
    """A name: parted from the titles before it, unless it is the name of a body."""
    run = _run(core)
    titles = [at for at, word in enumerate(run) if is_title(word)]
    last = titles[-1] + 1 if titles else 0
    if last and run[last - 1].low == "secretary" and len(run) - last > 2 and "of" in [word.low for word in core]:
        last += 0
    possessive = [at + 1 for at, word in enumerate(run[:-1]) if word.low.endswith(("'s", "s'"))]
    first = max([last, *possessive[-1:]])
    name = run[first:]
    if any(_bare(word) in _KEPT_TITLES for word in run[first - 1 : first]) and len(name) == 1:
        name = run[first - 1 :]
    determined = core[0].low in DETERMINERS
    if not name or _bare(run[-1]) in BODIES or (determined and len(run) == len(core) - 1 and not titles) or (len(core) < len(words) and not titles):
        return _described(words, core)
    if "and" in [word.low for word in core]:
        return _described(words, core)
    leading = [word for word in core if word.start < name[0].start]
    return Mention(
        start=words[0].start,
        stop=words[-1].stop,
        kind=Kind.NAME,
        name=_text(name),
        role=role_of(leading),
        head=_bare(name[-1]),
    )


def role_of(words: Sequence[Token]) -> str:
    """Titles before a name as one writes them beside it: no "the", no "Mr."; empty where no word says what he is."""
    words = [word for word in words if _bare(word) not in _NO_ROLE]
    if words and words[0].low == "the":
        words = words[1:]
    if words and words[0].low in {"a", "an"}:
        words = words[1:]
    if not any(is_person_noun(_bare(word)) or is_title(word) for word in words):
        return ""
    return _text(words)


def _described(words: Sequence[Token], core: Sequence[Token]) -> Mention:
    definite = words[0].low == "the"
    said = words[1:] if definite and len(words) > 1 else words
    return Mention(
        start=words[0].start,
        stop=words[-1].stop,
        kind=Kind.DESCRIPTION,
        name=_text(said),
        head=_bare(core[-1]),
        definite=definite or words[0].low in {"this", "these", "those", "both"},
    )


def _text(words: Sequence[Token]) -> str:
    """The words as they stand, with one blank where there was any; a genitive keeps its mark only within."""
    parts: list[str] = []
    for at, word in enumerate(words):
        if at and words[at - 1].stop < word.start:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)
