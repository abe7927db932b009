"""The words beside a name that tell its part in other languages than English: data, and nothing that reads it.

Rule: what may tell two parts tells none ("en Pologne" is in Poland or to it); some tell one beside a verb only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from answers.text.normalise import words


class Before(Enum):
    """What a preposition before a name tells."""

    GOAL = auto()
    GIVEN_TO = auto()
    """Where to, if something is given: "au Canada" alone is in Canada, too."""
    GIVEN_FOR = auto()
    """Who is given something, if it is: "pour l'Ukraine"."""
    ORIGIN = auto()
    LEFT = auto()
    """Where from, after a word of moving or before "to" somewhere else; otherwise "of" or "with"."""
    TAKEN_FROM = auto()
    """Where from, if something is received."""
    INSIDE = auto()
    """In or into."""
    UNCLEAR = auto()


ONWARD = frozenset({Before.GOAL, Before.GIVEN_TO, Before.INSIDE})
"""Those that after a name tell that it is left: "de Roumanie vers la Pologne"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endings:
    """How names end as they are written, in lower case."""

    oblique: tuple[str, ...] = ()
    """Where a name is no subject, or need be none."""
    added: tuple[str, ...] = ()
    """Where it is none if another form of it is the same without: "Ирана" beside "Иран", but not "Украина"."""
    dative: tuple[str, ...] = ()
    """Of who is given something, and of nobody else without a preposition."""
    dative_after_verb: tuple[str, ...] = ()
    """Of an owner, too; of who is given something right after the verb."""
    not_dative: tuple[str, ...] = ()
    """Longer ones than the dative's, of a people that acts or an adjective."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """Those of one language, folded."""

    before: Mapping[str, Before]
    articles: frozenset[str] = frozenset()
    """Small words between a preposition or a verb and a name."""
    bending: frozenset[str] = frozenset()
    """Articles of a name that is no subject."""
    into: frozenset[str] = frozenset()
    """Articles with which "in" is "into"."""
    joins: frozenset[str]
    moving: frozenset[str]
    passed: frozenset[str]
    """Small words between a name and its verb: "l'Ukraine a-t-elle envoyé"."""
    gives: frozenset[str]
    takes: frozenset[str]
    closing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A verb beside a name to those that may end the question with it: "hat Kanada ... geschickt"."""
    asks: frozenset[str] | None = None
    """Words after which a verb and then its subject stand; None where they may anywhere, for the name's ending tells."""
    endings: Endings = Endings()


def _folded(text: str) -> frozenset[str]:
    return frozenset(word.form for word in words(text))


def _before(**told: str) -> Mapping[str, Before]:
    return {form: Before[name.upper()] for name, text in told.items() for form in _folded(text)}


_PARTICIPLES = _folded("geschickt gesendet geliefert gegeben gespendet übergeben verkauft bekommen erhalten")
_INFINITIVES = _folded("schicken senden liefern geben spenden übergeben verkaufen bekommen erhalten")

ROLE_WORDS: Mapping[str, RoleWords] = {
    "fr": RoleWords(
        before=_before(
            goal="vers",
            given_to="à au aux",
            given_for="pour",
            origin="depuis",
            left="de du des d",
            inside="en dans",
            unclear="avec sans contre par sur sous chez selon entre devant après avant malgré hors sauf jusqu",
        ),
        articles=_folded("le la les l"),
        joins=_folded("et ou"),
        moving=_folded("""transféré transférée transférés transférées déplacé déplacée déplacés déplacées retiré retirée
            retirés retirées venu venus venues venant viennent provenant partent partis parties arrivent"""),
        passed=_folded("a ont va vont avait aura veut veulent doit peut t il elle ils elles ne n pas déjà aussi lui"),
        gives=_folded("""envoie envoient envoyait envoyer envoyé enverra enverront enverrait livre livrent livrer livré
            livrera livreront fournit fournissent fournir fourni fournira fourniront donne donnent donner donné donnera
            donneront offre offrent offrir offert offrira expédie expédient expédier expédié transfère transférer vend
            vendent vendre vendu"""),
        takes=_folded("""reçoit reçoivent recevait recevra recevront recevoir reçu obtient obtiennent obtenir obtenu
            obtiendra accueille accueillent accueillir accueilli accueillera accueilleront"""),
        asks=_folded("que qu combien quand comment pourquoi"),
    ),
    "de": RoleWords(
        before=_before(
            goal="nach ins",
            given_to="an",
            given_for="für",
            origin="aus",
            left="von",
            inside="in",
            unclear="""mit ohne gegen durch bei zu zum zur vom beim im am auf über unter um vor hinter neben zwischen
            seit laut wegen trotz außer statt bis""",
        ),
        articles=_folded("die das"),
        bending=_folded("der den dem des"),
        into=_folded("die"),
        joins=_folded("und oder sowie"),
        moving=_folded("kommen kommt kamen"),
        passed=_folded("auch schon noch jetzt nun nicht selbst bereits"),
        gives=_PARTICIPLES.union(_INFINITIVES, _folded("""schickt schickte schickten sendet sendete liefert lieferte
            lieferten gibt gab gaben spendet spendete übergibt verkauft verkaufte""")) - _folded("bekommen erhalten"),
        takes=_folded("bekommt bekam bekamen bekommen erhält erhielt erhielten erhalten empfängt"),
        closing={
            **dict.fromkeys(_folded("hat haben hatte hatten"), _PARTICIPLES),
            **dict.fromkeys(_folded("wird werden will wollen soll sollen kann können darf möchte"), _INFINITIVES),
        },
        asks=_folded("was wem warum wann wohin wieso weshalb"),
        endings=Endings(added=("s",)),
    ),
    "pl": RoleWords(
        before=_before(
            goal="do",
            given_for="dla",
            left="z ze",
            taken_from="od",
            inside="w we na",
            unclear="bez przeciw przeciwko przez o po pod nad przed przy za między wobec według oprócz poza ku",
        ),
        joins=_folded("i oraz a lub"),
        moving=_folded("przeniesieni przeniesione przerzuceni przerzucone wycofani wycofane wyjeżdżają przyjeżdżają"),
        passed=_folded("nie też także również już teraz jeszcze chce może musi ma będzie im jej mu sama"),
        gives=_folded("""wysyła wysyłają wysyłała wysłała wysłał wysłało wysłali wyśle wyślą wysłać wysyłać przekazuje
            przekazują przekazała przekazał przekaże przekazać dostarcza dostarczają dostarczyła dostarczył dostarczy
            dostarczyć dostarczać daje dają dała dał dać oddaje oddała sprzedaje sprzedała"""),
        takes=_folded("""otrzymuje otrzymują otrzymała otrzymał otrzyma otrzymają otrzymać dostaje dostają dostała
            dostał dostanie dostaną dostać"""),
        endings=Endings(
            oblique=tuple("y i u e ą ę em om ami ach ów ej ego emu im ich".split()),
            added=("a",),
            dative=("ie", "ce"),
            dative_after_verb=("ji", "ii", "owi"),
            not_dative=tuple("anie owie skie ckie zkie".split()),
        ),
    ),
    "ro": RoleWords(
        before=_before(
            goal="către spre",
            given_for="pentru",
            left="din",
            inside="în la",
            unclear="cu fără contra împotriva de despre pe prin sub peste între lui al a ale ai după conform",
        ),
        joins=_folded("și sau"),
        moving=_folded("mutați mutate mutat retrași retrase retras transferați transferate transferat vin venite veniți"),
        passed=_folded("a au va vor să o nu mai deja vrea poate îi le ar"),
        gives=_folded("""trimite trimit trimis trimită trimitea livrează livra livrat oferă oferit dă dau dat dea donează
            donat furnizează furnizat vinde vândut"""),
        takes=_folded("primește primesc primit primi primească obține obțin obținut găzduiește"),
        endings=Endings(
            oblique=tuple("ei ii ului ilor elor".split()), dative_after_verb=tuple("ei ii ului ilor elor".split())
        ),
    ),
    "uk": RoleWords(
        before=_before(
            goal="до",
            given_for="для",
            left="з із зі",
            taken_from="від",
            inside="в у на",
            unclear="без проти про по під над перед при за між через о об щодо крім окрім серед біля",
        ),
        joins=_folded("і й та або чи"),
        moving=_folded("перекинуті перекинули виведені вивели переведені перевели їдуть прибувають"),
        passed=_folded("не також теж вже уже ще зараз буде хоче може має їй йому їм сама б"),
        gives=_folded("""надсилає надсилають надсилала надіслала надіслав надіслали надішле надішлють надіслати надсилати
            відправляє відправляють відправила відправив відправили відправить відправлять відправити відправляти шле
            передає передають передала передав передали передасть передати постачає постачають постачала постачати дає
            дають дала дав дали дасть дати надає надають надала надав надали надасть надати продає"""),
        takes=_folded("""отримує отримують отримала отримав отримали отримає отримають отримати отримувати одержує
            одержала одержить приймає прийме"""),
        endings=Endings(
            oblique=tuple("и і ї у ю ом ем єм ам ям ами ями ах ях ого ої ому ими их".split()),
            added=("а", "я"),
            dative=("і",),
            dative_after_verb=("ії", "щі", "сі"),
            not_dative=tuple("ькі ці ші чі ії щі сі".split()),
        ),
    ),
    "ru": RoleWords(
        before=_before(
            given_for="для",
            origin="из",
            taken_from="от",
            inside="в во на",
            unclear="с со к ко до без против про по под над перед при за между через о об обо кроме среди у около",
        ),
        articles=_folded("ли"),
        joins=_folded("и или"),
        moving=frozenset(),
        passed=_folded("не также тоже уже еще ли же сейчас будет хочет может ей ему им сама бы"),
        gives=_folded("""отправляет отправляют отправляла отправила отправил отправили отправит отправят отправить
            отправлять посылает посылают послала послал послали пошлет пошлют послать посылать передает передают
            передала передал передали передаст передадут передать поставляет поставляют поставлять дает дают дала дал
            дали даст дадут дать шлет предоставляет предоставила предоставит предоставить присылает прислала продает"""),
        takes=_folded("""получает получают получала получила получил получили получит получат получить получать принимает
            примет"""),
        endings=Endings(
            oblique=tuple("ы и у ю е ой ей ою ом ем ём ам ям ами ями ах ях ого их ому ым им".split()),
            added=("а", "я"),
            dative=("е",),
            dative_after_verb=("ии", "си"),
            not_dative=tuple("яне ане ие ое ее".split()),
        ),
    ),
}  # fmt: skip
