"""Word lists for noun phrases that can speak: what leads one, what people and bodies are called, what breaks one off.

Closed lists for news prose of any subject, in small letters. It must not know what a phrase is.
"""

from answers.draft.cues import AUXILIARIES
from answers.draft.speech_tokens import Token

DETERMINERS = frozenset(
    """
    the a an this these those some many several other others another one two three four five six seven eight nine ten both
    his her their its our my your any all most few no each every either multiple numerous more certain various dozens
    """.split()
)
QUANTITIES = frozenset("some many others several both most few".split())
"""What may stand alone for people: "many say"."""
PRONOUNS = frozenset("he she they it who".split())
BANNED = frozenset(
    "i we you us me one everyone everybody nobody anyone anybody someone somebody there that which this".split()
)
PREPOSITIONS = frozenset("of by for at in from with within on to close near familiar inside who".split())
STOP = AUXILIARIES | frozenset(
    """
    that which who whom whose when where why how if because although though while whereas as than so not n't just he she
    they it we i you him them me us what but or nor yet there then here until till unless since after before during into
    upon about against between through over under above without despite amid among according like per via also too very
    is are was were be been am said says say told tells did does do let made makes make gave takes took came comes went goes
    says called calls thinks thought knows knew wants wanted got gets out up off down away back again even only
    """.split()
)
NO_NAME = frozenset(
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
NO_ROLE = frozenset("mr mrs ms miss mx".split())
KEPT_TITLES = frozenset("king queen prince princess pope emperor sheikh sultan lord lady".split())
GENERATIONS = frozenset("jr jr. sr sr. ii iii iv".split())
PARTICLES = frozenset(
    "de la le van von der den del della di da dos du al el bin ibn abu ben ter ten zu y bint ould".split()
)
BODIES = frozenset(
    """
    ministry department agency office government administration authority authorities army navy force forces police military
    council committee commission court parliament senate house congress party campaign union bank company corporation
    corp inc university institute institution center centre association federation foundation league organization
    organisation group team board bureau service services press news times post journal network tribune herald guardian
    court hospital church embassy kremlin pentagon cabinet command staff media newspaper magazine paper outlet website
    channel station broadcaster regulator ngo charity firm airline operator utility coalition alliance opposition
    watchdog panel secretariat presidency district city county state town village country nation regime junta council
    chiefs daily weekly tabloid publication channel federation fund programme program society
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
    front-runner frontrunner founder co-founder governor-general chancellor premier ceo user users respondents participants attendees caller
    crowd audience fan fans customer customers landlord tenant tenants sons brothers sisters boy girl teenager
    half majority percent lawyers counsel industry side sides trump-supporters
    """.split()
)
_SUFFIXES = ("man", "woman", "person", "men", "women", "ologist", "ologists", "ist", "ists", "ian", "ians")
_NO_PERSON = frozenset(
    "list lists human median german roman mist fist twist artisan civilian season specimen regimen".split()
)


def bare(token: Token) -> str:
    return token.low.rstrip(".").removesuffix("'s").rstrip("'")


def is_title(token: Token) -> bool:
    word = bare(token)
    return word in TITLES or token.low in TITLES or any(part.rstrip(".") in TITLES for part in word.split("-"))


def is_person_noun(word: str) -> bool:
    """Whether a word in small letters says what somebody is."""
    return word in _PEOPLE or word in TITLES or (word.endswith(_SUFFIXES) and word not in _NO_PERSON and len(word) > 4)


def can_speak(word: str) -> bool:
    """Whether a common noun in small letters names people, a body, or a paper that can say something."""
    single = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    return is_person_noun(word) or bool({word, single} & (BODIES | _THINGS))
