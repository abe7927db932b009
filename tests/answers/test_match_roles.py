"""The parts that names play in a sentence, and when they contradict a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.role_words import ROLE_WORDS, Before
from answers.match.roles import Role, contradicted, roles
from answers.text.names import Gazetteer, Kind, Name, world
from answers.text.reading import read

NAMES = Gazetteer([*world(), Name(canonical="Joe Biden", kind=Kind.PERSON, forms=("Biden",))])


def of(text: str, name: str) -> set[Role]:
    return set(roles(read(text, NAMES)).get(name, frozenset()))


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Is NATO going to fight in Ukraine?", "NATO", Role.ACTOR),
        ("Are Russian troops going to Poland?", "Russia", Role.ACTOR),
        ("Are Russian troops going to Poland?", "Poland", Role.GOAL),
        ("Troops were moved from Romania.", "Romania", Role.ORIGIN),
        ("Which country is giving Ukraine weapons?", "Ukraine", Role.RECEIVER),
        ("Soldiers based in Germany are leaving.", "Germany", Role.PLACE),
        ("Two thousand go to Poland and Germany.", "Germany", Role.GOAL),
        ("Germany and Poland will send help.", "Germany", Role.ACTOR),
        ("It is part of the NATO treaty.", "NATO", Role.OTHER),
        ("Is Romania getting troops?", "Romania", Role.RECEIVER),
        ("What is Ukraine receiving?", "Ukraine", Role.RECEIVER),
        ("Will Poland be hosting them?", "Poland", Role.RECEIVER),
        ("Is Poland getting another base?", "Poland", Role.RECEIVER),
        ("Is Poland getting over 1,000 soldiers?", "Poland", Role.RECEIVER),
        ("Is NATO getting ready to fight?", "NATO", Role.ACTOR),
        ("Will NATO get involved?", "NATO", Role.ACTOR),
        ("Are they arriving at Romania today?", "Romania", Role.GOAL),
        ("Soldiers landing in Poland are cold.", "Poland", Role.GOAL),
        ("Those who arrived are asleep in Poland.", "Poland", Role.PLACE),  # too far to tell
        ("Is Russia threatened by NATO?", "Russia", Role.RECEIVER),
        ("Is Russia threatened by NATO?", "NATO", Role.ACTOR),
        ("Does Russia feel threatened?", "Russia", Role.RECEIVER),
        ("What was Ukraine given?", "Ukraine", Role.RECEIVER),
        ("Has Russia threatened them?", "Russia", Role.ACTOR),
        ("Will they ensure the defence of Poland?", "Poland", Role.RECEIVER),
        ("Is an invasion of Ukraine near?", "Ukraine", Role.RECEIVER),
        ("Are US soldiers being sent?", "United States", Role.ACTOR),
        ("Are US soldiers being attacked?", "United States", Role.ACTOR),  # its soldiers are, it is not
    ],
)
def test_the_words_beside_a_name_tell_its_part(text: str, name: str, role: Role):
    assert of(text, name) == {role}


@pytest.mark.parametrize(
    ("question", "passage", "names"),
    [
        ("Is Ukraine giving weapons to Canada?", "Canada is giving Ukraine weapons.", {"Ukraine"}),
        ("Are troops moved from Romania to Germany?", "Troops in Germany are moved to Romania.", {"Romania"}),
        ("Is Canada giving weapons to Ukraine?", "Canada is giving Ukraine weapons.", set()),
        ("Is Japan helping?", "Canada is giving Ukraine weapons.", set()),
        ("Do weapons come from Ukraine?", "Canada is giving Ukraine weapons.", {"Ukraine"}),
        ("Do weapons come from Canada?", "Canada is giving Ukraine weapons.", set()),
        ("Is Canada getting weapons?", "Canada is giving Ukraine weapons.", {"Canada"}),
        ("Is Ukraine getting weapons?", "Canada is giving Ukraine weapons.", set()),
        ("Is Ukraine getting ready?", "Canada is giving Ukraine weapons.", {"Ukraine"}),
    ],
)
def test_giving_is_not_receiving_and_from_is_not_to(question: str, passage: str, names: set[str]):
    asked, told = (roles(read(text, NAMES)) for text in (question, passage))
    assert set(contradicted(asked, told)) == names


def test_who_speaks_need_not_act():
    asked, told = roles(read("Did NATO say that?", NAMES)), roles(read("They flew to NATO.", NAMES))
    assert list(contradicted(asked, told)) == ["NATO"]
    assert list(contradicted(asked, told, speech=True)) == []


@pytest.mark.parametrize("part", list(Role))
def test_a_part_that_words_do_not_tell_contradicts_nothing(part):
    unknown = {"NATO": frozenset({Role.OTHER})}
    assert list(contradicted({"NATO": frozenset({part})}, unknown)) == []
    assert list(contradicted(unknown, {"NATO": frozenset({part})})) == []


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("Are the allies sending troops to Biden?", "Joe Biden", Role.RECEIVER),
        ("Are the allies giving Biden troops?", "Joe Biden", Role.RECEIVER),
        ("Are they giving Biden's troops a base?", "Joe Biden", Role.ACTOR),
        ("What happened according to Biden?", "Joe Biden", Role.ACTOR),
        ("Which parts of the Ukrainian military will receive it?", "Ukraine", Role.RECEIVER),
        ("They train in Ukraine, Biden said.", "Joe Biden", Role.ACTOR),
        ("Are troops going to Poland?", "Poland", Role.GOAL),
        ("They said that the US had been in talks.", "United States", Role.ACTOR),
        ("How many troops does Europe have?", "Europe", Role.OTHER),
    ],
)
def test_who_is_a_person_is_given_things_and_nobody_moves_to_him(text, name, part):
    assert roles(read(text, NAMES))[name] == {part}


@given(st.text(max_size=300))
def test_any_text_has_roles(text: str):
    reading = read(text, NAMES)
    assert set(roles(reading)) == set(reading.names)


@given(
    st.lists(st.sampled_from(["Poland", "to", "from", "Russian", "troops", "and", "gives", "NATO", "is"]), max_size=12)
)
def test_a_text_never_contradicts_itself_on_one_part(forms: list[str]):
    told = roles(read(" ".join(forms), NAMES))
    assert not set(contradicted({name: parts for name, parts in told.items() if len(parts) == 1}, told))


# Other languages --------------------------------------------------------------------------------------------------

PASSAGE = "Canada is sending Ukraine non-lethal equipment."
MOVED = "Troops in Germany are moved to Romania."
TURNED = [  # what Canada gives Ukraine, asked the wrong way round
    ("fr", "L'Ukraine envoie-t-elle du matériel au Canada ?"),
    ("fr", "Est-ce que l’Ukraine a envoyé du matériel au Canada ?"),
    ("fr", "Le Canada reçoit-il du matériel de l'Ukraine ?"),
    ("fr", "Qu'envoie l'Ukraine au Canada ?"),
    ("de", "Schickt die Ukraine Ausrüstung nach Kanada?"),
    ("de", "Hat die Ukraine Kanada Ausrüstung geschickt?"),
    ("de", "Wird die Ukraine Ausrüstung an Kanada liefern?"),
    ("de", "Bekommt Kanada Ausrüstung von der Ukraine?"),
    ("pl", "Czy Ukraina wysyła sprzęt do Kanady?"),
    ("pl", "Co Ukraina przekazała Kanadzie?"),
    ("pl", "Czy Kanada otrzyma sprzęt od Ukrainy?"),
    ("ro", "Ucraina trimite echipament în Canada?"),
    ("ro", "Trimite Ucraina echipament Canadei?"),
    ("ro", "Ce primește Canada de la Ucraina?"),
    ("uk", "Чи надсилає Україна обладнання до Канади?"),
    ("uk", "Україна відправляє техніку Канаді?"),
    ("uk", "Чи отримує Канада обладнання від України?"),
    ("ru", "Отправляет ли Украина оборудование в Канаду?"),
    ("ru", "Украина передаёт технику Канаде?"),
    ("ru", "Получит ли Канада технику от Украины?"),
]
STRAIGHT = [
    ("fr", "Le Canada envoie-t-il du matériel à l'Ukraine ?"),
    ("fr", "Qui envoie du matériel à l'Ukraine ?"),
    ("fr", "Que fait le Canada pour l'Ukraine ?"),
    ("fr", "L'Ukraine reçoit-elle du matériel du Canada ?"),
    ("fr", "Quel matériel envoyé par le Canada est arrivé en Ukraine ?"),
    ("de", "Schickt Kanada der Ukraine Ausrüstung?"),
    ("de", "Wer schickt der Ukraine Ausrüstung?"),
    ("de", "Wer liefert Kanada und der Ukraine Waffen?"),
    ("de", "Was hat die Ukraine von Kanada erhalten?"),
    ("de", "Was bekommt die Ukraine aus Kanada geliefert?"),
    ("de", "Hat Kanada der Ukraine Waffen geschickt?"),
    ("pl", "Czy Kanada wysyła Ukrainie sprzęt?"),
    ("pl", "Kto wysyła sprzęt Ukrainie?"),
    ("pl", "Czy Ukrainie wysyła sprzęt Kanada?"),
    ("pl", "Ile sprzętu dostanie Ukraina od Kanady?"),
    ("pl", "Czy sojusznicy Ukrainy wysyłają sprzęt?"),
    ("ro", "Canada trimite echipament Ucrainei?"),
    ("ro", "Cine trimite Ucrainei echipament?"),
    ("ro", "Ce primește Ucraina din Canada?"),
    ("uk", "Чи надсилає Канада обладнання Україні?"),
    ("uk", "Хто надсилає Україні обладнання?"),
    ("uk", "Чи Україні надсилають обладнання?"),
    ("uk", "Що отримала Україна від Канади?"),
    ("uk", "Союзники України надсилають обладнання?"),
    ("ru", "Отправляет ли Канада оборудование Украине?"),
    ("ru", "Кто передаёт Украине технику?"),
    ("ru", "Украине передают технику?"),
    ("ru", "Что получила Украина от Канады?"),
    ("ru", "КТО ПЕРЕДАЁТ УКРАИНЕ ТЕХНИКУ?"),
]
AWAY = [  # told: from Germany to Romania
    ("fr", "Des soldats transférés de Roumanie ?"),
    ("fr", "Des soldats vont-ils de Roumanie vers l'Allemagne ?"),
    ("de", "Werden Soldaten aus Rumänien nach Deutschland verlegt?"),
    ("de", "Gehen Soldaten von Rumänien nach Deutschland?"),
    ("pl", "Czy żołnierze jadą z Rumunii do Niemiec?"),
    ("ro", "Sunt soldați mutați din România în Germania?"),
    ("uk", "Чи їдуть солдати з Румунії до Німеччини?"),
    ("ru", "Едут ли солдаты из Румынии в Германию?"),
]


def wrong(language: str, question: str, passage: str) -> set[str]:
    return set(contradicted(roles(read(question, NAMES), language), roles(read(passage, NAMES))))


@pytest.mark.parametrize(("language", "question"), TURNED)
def test_giving_is_not_receiving_in_any_language(language: str, question: str):
    assert wrong(language, question, PASSAGE)
    assert not wrong(language, question, "Ukraine is sending Canada non-lethal equipment.")


@pytest.mark.parametrize(("language", "question"), STRAIGHT)
def test_who_asks_the_right_way_round_is_not_contradicted(language: str, question: str):
    assert not wrong(language, question, PASSAGE)


@pytest.mark.parametrize(("language", "question"), AWAY)
def test_from_is_not_to_in_any_language(language: str, question: str):
    assert wrong(language, question, MOVED) == {"Romania"}
    assert not wrong(language, question, "Troops in Romania are moved to Germany.")


@pytest.mark.parametrize(
    ("language", "text", "name", "role"),
    [
        ("fr", "Y a-t-il des soldats en Pologne ?", "Poland", Role.OTHER),  # in or to
        ("fr", "les soldats de Roumanie", "Romania", Role.OTHER),  # of or from
        ("fr", "envoyer des armes à Biden", "Joe Biden", Role.RECEIVER),
        ("fr", "le Canada et la France enverront des armes", "Canada", Role.ACTOR),
        ("de", "Gehen Soldaten in die Ukraine?", "Ukraine", Role.GOAL),
        ("de", "Sind Soldaten in der Ukraine?", "Ukraine", Role.OTHER),
        ("de", "Was geschieht nach Biden?", "Joe Biden", Role.OTHER),
        ("de", "Kanadas Verbündete schicken Waffen", "Canada", Role.OTHER),
        ("de", "Schicken Deutschland und Polen Waffen?", "Poland", Role.ACTOR),
        ("pl", "rozmowy z Rosją", "Russia", Role.OTHER),
        ("pl", "Rosjanie wysyłają żołnierzy", "Russia", Role.OTHER),  # "Ukrainie wysyłają" ends alike
        ("ro", "armata Ucrainei trimite arme", "Ukraine", Role.OTHER),
        ("uk", "США надсилають зброю", "United States", Role.ACTOR),
        ("uk", "Хто надсилає США зброю", "United States", Role.OTHER),
        ("uk", "українці надсилають зброю", "Ukraine", Role.OTHER),
        ("ru", "союзник Ирана отправляет оружие", "Iran", Role.OTHER),
        ("ru", "Иран отправляет оружие", "Iran", Role.ACTOR),
        ("ru", "Отправляет ли Канада России технику", "Russia", Role.OTHER),  # Russia's or to Russia
        ("ru", "Отправляют России технику", "Russia", Role.RECEIVER),
        ("ru", "переговоры с Россией", "Russia", Role.OTHER),
        ("es", "Canada envía armas", "Canada", None),
    ],
)
def test_a_part_that_words_or_endings_do_not_tell_is_none(language, text, name, role):
    assert roles(read(text, NAMES), language).get(name) == (role and frozenset({role}))


def test_the_words_of_one_language_are_not_read_in_another():
    assert of("L'Ukraine envoie-t-elle du matériel au Canada ?", "Ukraine") == {Role.OTHER}
    assert roles(read("Gehen Soldaten nach Polen?", NAMES), "pl") == {"Poland": frozenset({Role.OTHER})}


@pytest.mark.parametrize("known", ROLE_WORDS.values(), ids=ROLE_WORDS)
def test_no_word_of_a_language_tells_two_parts(known):
    assert not known.before.keys() & (known.gives | known.articles | known.bending | known.joins)
    assert not known.gives & known.takes
    assert not (known.gives | known.takes) & known.passed
    assert set(known.before.values()) >= {Before.GIVEN_FOR, Before.UNCLEAR}


PIECES = st.sampled_from(
    """Ukraine Україні України Канада Канаді США Rosji Polska Polen der die Canadei au en nach von do z в из від від
    envoie schickt geschickt hat wysyła trimite надсилає отправляет reçoit і und et""".split()
)


@given(st.sampled_from(sorted(ROLE_WORDS)), st.lists(PIECES, max_size=10).map(" ".join) | st.text(max_size=100))
def test_any_text_has_roles_in_any_language(language: str, text: str):
    reading = read(text, NAMES)
    assert set(roles(reading, language)) == set(reading.names)
