"""The words that tell that somebody speaks: verbs of speech in all their forms, and phrases that work like one.

Only words, no rules: which of these is met where, and with whom, is for others. Weak verbs that may be said of
a thought or an act ("agreed", "decided", "hopes") are left out on purpose: they put nobody on record.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Force(Enum):
    """How much a verb tells: any words after it are speech; only quoted ones are; it refuses to speak."""

    SAYS = auto()
    QUOTES = auto()


class Form(Enum):
    """`FINITE` may have a subject before it, `BARE` needs a plural one, `GOING` ("adding") borrows its subject."""

    FINITE = auto()
    BARE = auto()
    GOING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A form of a verb of speech. `noun`: it may as well be a noun ("claims"), so more must tell that it is none."""

    lemma: str
    form: Form
    force: Force
    noun: bool = False
    past: bool = False


_SAYS = """
say tell announce add report state declare claim confirm deny insist stress emphasize emphasise warn argue note write
tweet retort reply respond explain predict acknowledge admit allege assert caution comment complain concede conclude
contend disclose reiterate remark reveal testify urge vow pledge promise maintain point_out estimate
indicate recall observe joke quip quote demand accuse recount lament affirm reaffirm reassure
assure boast brag clarify elaborate exclaim forecast hint implore inform instruct mention
propose recommend rejoin relate speculate suggest swear underline underscore advise answer notify decry
charge opine counter post email reckon proclaim repeat signal
""".split()
_QUOTES = """
ask call describe continue dismiss criticize criticise praise condemn denounce blast slam mock deride
term label dub characterize characterise compare liken welcome hail refer read shout yell scream chant cry sing
laugh whisper mutter murmur begin conclude finish open start wonder query inquire think believe feel
brand decline refuse defend reject rebuke scold attack cite invoke thank promise preach plead beg urge
interject blame go_on crack put_it intone thunder exhort concur bemoan argue acknowledge question request challenge rail express speak talk
summarize summarise tease taunt marvel muse gush fume sniff deadpan crow enthuse ridicule
invite order reason offer apologize apologise consider see rip
highlight lambaste lambast deplore warn contrast reference echo paint portray deem declare proclaim
list outline detail present caption headline title chide admonish berate
""".split()
_NOUNS = frozenset(
    "report claim state note comment remark demand promise pledge estimate charge forecast post email answer tweet call "
    "reply question attack order request challenge offer vow title label term brand cry start open signal quote "
    "reason present list detail highlight joke caption quip boast complaint mock shout laugh paint contrast counter "
    "reference echo repeat rip begin speak list talk mention feel see worry headline dub query whisper marvel".split()
)
_IRREGULAR = {
    "say": ("said",),
    "tell": ("told",),
    "write": ("wrote", "written"),
    "swear": ("swore",),
    "begin": ("began",),
    "read": ("read",),
    "think": ("thought",),
    "feel": ("felt",),
    "see": ("saw",),
    "speak": ("spoke", "spoken"),
    "sing": ("sang",),
    "forecast": ("forecast", "forecasted"),
    "quip": ("quipped",),
    "admit": ("admitted",),
    "slam": ("slammed",),
    "refer": ("referred",),
    "label": ("labeled", "labelled"),
    "signal": ("signaled", "signalled"),
    "brag": ("bragged",),
    "rip": ("ripped",),
    "dub": ("dubbed",),
    "beg": ("begged",),
    "point_out": ("pointed",),
    "go_on": ("went",),
    "put_it": ("put",),
}
_DOUBLING = frozenset("quip admit slam refer brag rip dub beg begin label signal".split())


def _finite(lemma: str) -> tuple[str, ...]:
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("e"):
        return (f"{lemma}d",)
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (f"{lemma[:-1]}ied",)
    return (f"{lemma}ed",)


def _present(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x")):
        return f"{lemma}es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}s"


def _going(lemma: str) -> tuple[str, ...]:
    if lemma in _DOUBLING:
        return (f"{lemma}{lemma[-1]}ing", f"{lemma}ing")
    return (f"{lemma[:-1] if lemma.endswith('e') and not lemma.endswith('ee') else lemma}ing",)


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every verb of speech, in small letters."""
    found: dict[str, Verb] = {}
    for force, lemmas in ((Force.SAYS, _SAYS), (Force.QUOTES, _QUOTES)):
        for lemma in lemmas:
            noun, word = lemma in _NOUNS, lemma.split("_")[0]
            for form in _finite(lemma):
                found.setdefault(form, Verb(lemma=lemma, form=Form.FINITE, force=force, past=True))
            for form in _going(word):
                found.setdefault(form, Verb(lemma=lemma, form=Form.GOING, force=force))
            found.setdefault(_present(word), Verb(lemma=lemma, form=Form.FINITE, force=force, noun=noun))
            found.setdefault(word, Verb(lemma=lemma, form=Form.BARE, force=force, noun=noun))
    return found


LOOSE = frozenset(
    """
    maintain report write respond reply email post estimate indicate observe recall promise propose signal demand mention
    explain charge state swear instruct inform assure relate quote count counter forecast hint answer notify recommend note
    advise underline underscore repeat suggest call implore declare
    """.split()
)
"""Verbs of speech that have other meanings, too: "maintained his lead", "reported a loss", "wrote a book"."""
CLAUSES = frozenset("that how why whether it he she they there we i if : “”".split())
"""What may follow such a verb only where it is one of speech."""

INVERTED = frozenset(
    """
    say write ask add reply note tweet explain argue warn recall announce claim declare respond quip joke observe remark
    state report insist continue concede admit conclude predict complain lament exclaim shout go crack acknowledge suggest muse
    counter answer begin caution boast vow wonder stress emphasize assert read post contend
    """.split()
)
"""Verbs that may stand before who speaks: "…," said Kirby."""

REFUSALS = frozenset(
    """
    say comment respond confirm elaborate discuss answer disclose give provide speak specify identify name reply reveal
    offer return address
    """.split()
)
"""What is not done by who "would not say", "declined to comment" or "refused to confirm"."""

PASSIVE = frozenset("report announce confirm say state disclose reveal describe call".split())
"""What is done "by CNN" where it speaks."""

DECLINES = frozenset("declined declines decline refused refuses refuse".split())
AUXILIARIES = frozenset(
    """
    has have had 's 've 'd 're 'll 'm would will did do does is are was were be been being could can may might must should
    """.split()
)
BE = frozenset("is are was were be been being 's 're 'm".split())
HYPOTHETICAL = frozenset("could can may might must should".split())
ADVERBS = frozenset(
    """
    also then later again once still only never not n't repeatedly previously first since now even just earlier recently
    soon too further ever always often sometimes simply merely already themselves himself herself itself all both
    though however instead yesterday today once long nevertheless nonetheless therefore thus meanwhile
    """.split()
)
DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb aug sept sep oct nov dec today yesterday tonight
    """.split()
)
ADDITIVE = (
    "in addition", "additionally", "also", "furthermore", "further", "moreover", "besides", "as well", "on top of that",
)  # fmt: skip
"""How a sentence begins that goes on with what was said before it."""


def is_adverb(word: str) -> bool:
    """Whether a word in small letters may stand between a subject and its verb."""
    return word in ADVERBS or (
        len(word) > 4 and word.endswith("ly") and word not in {"family", "july", "italy", "assembly"}
    )
