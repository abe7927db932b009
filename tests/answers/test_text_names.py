"""Names: found, never guessed; one alias has one owner; any bytes give names or every problem."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.errors import Refused
from answers.text.names import Gazetteer, Kind, Name, outlets, parse, token, world
from answers.text.normalise import words

WORLD = Gazetteer(world())
VALID = """# a note
[place."Fort Bragg"]
aliases = ["Bragg"]
part_of = ["United States"]

[person."John Kirby"]
aliases = ["Kirby"]
[person."John Kirby".languages]
uk = ["Кірбі"]

[outlet]
CNN = { demonyms = ["CNN’s own"] }
"""


def found(text, gazetteer=WORLD):
    return [mention.name.canonical for mention in gazetteer.find(words(text))]


def problems_of(text):
    with pytest.raises(Refused) as refused:
        parse(text if isinstance(text, bytes) else text.encode(), "names.toml")
    return refused.value.problems


def outcome(data):
    try:
        return parse(data, "names.toml"), ()
    except Refused as refused:
        return (), refused.problems


@st.composite
def spliced(draw, valid):
    start = draw(st.integers(0, len(valid)))
    stop = draw(st.integers(start, len(valid)))
    first = draw(st.integers(0, len(valid)))
    middle = draw(st.one_of(st.binary(max_size=8), st.just(b""), st.just(valid[first : first + 40])))
    return valid[:start] + middle + (valid[stop:] if draw(st.booleans()) else b"")


def test_a_names_file_gives_its_names_with_all_their_forms():
    bragg, kirby, cnn = parse(VALID.encode(), "names.toml")
    assert bragg == Name(canonical="Fort Bragg", kind=Kind.PLACE, forms=("Bragg",), part_of=("United States",))
    assert (kirby.kind, kirby.forms) == (Kind.PERSON, ("Kirby", "Кірбі"))
    assert (cnn.canonical, cnn.kind, cnn.forms) == ("CNN", Kind.OUTLET, ("CNN’s own",))


@given(st.one_of(st.binary(), spliced(VALID.encode())))
@example(b"person = 1\n[[place]]\n[x]")
@example(b'[place]\n"" = {}\n"!" = {}\nA = 1\nB = {languages = {uk = 1}}\nC = {languages = []}')
@example(b"[place]\nA = " + b"[" * 5000)
def test_any_bytes_give_names_or_named_problems(data):
    names, problems = outcome(data)
    assert all(words(name.canonical) for name in names)
    assert all(problem.path == "names.toml" and problem.message and problem.line >= 0 for problem in problems)
    assert Gazetteer(names).find(words("Kirby of CNN")) is not None


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ('aliases = ["Kirby"]', 'aliases = ["Bragg"]', 6, "'Bragg' names both Fort Bragg and John Kirby", ""),
        ('aliases = ["Kirby"]', 'aliases = ["FORT bragg’s"]', 6, "names both Fort Bragg and John Kirby", ""),
        ("[outlet]", "[outlets]", 11, "unknown kind outlets", "did you mean outlet?"),
        ("CNN = {", "CNN = 1 # {", 12, "outlet 'CNN' is not a table", ""),
        ("CNN = {", '"…" = {', 12, "outlet '…' is not a table", ""),
        ("part_of =", "partof =", 2, "unknown key partof", "did you mean part_of?"),
        ('uk = ["Кірбі"]', 'uk = "Кірбі"', 6, "uk must be a list of texts", "uk = ["),
        ('[person."John Kirby".languages]\nuk = ["Кірбі"]', "languages = 1", 6, "languages must be a table", ""),
        ("[outlet]", "[outlet", 11, "is not TOML", ""),
        ("# a note", "# a\u202enote", 1, "holds the unseen character U+202E", "delete it"),
    ],
)
def test_a_problem_is_named_with_its_line_and_how_to_mend_it(old, new, line, message, hint):
    assert old in VALID
    (problem,) = problems_of(VALID.replace(old, new, 1))
    assert message in problem.message
    assert (problem.path, problem.line) == ("names.toml", line)
    assert hint in problem.hint


def test_a_kind_that_is_no_table_is_not_called_unknown():
    (problem,) = problems_of("person = 1")
    assert "must be a table" in problem.message


def test_all_problems_of_a_file_are_named_together_in_order():
    broken = VALID.replace("[outlet]", "[outlets]").replace("part_of", "partof").replace('["Kirby"]', '["Bragg"]')
    assert [problem.line for problem in problems_of(broken)] == [2, 6, 11]


# Finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the US", ["United States"]),
        ("U.S. troops", ["United States"]),
        ("us troops", ["United States"]),
        ("how many us soldiers are there", ["United States"]),
        ("tell us", []),
        ("about us", []),
        ("tell us more about troops", []),
        ("Tell us troops are safe", []),
        ("will they join us", []),
        ("TELL US", []),
        ("WILL US TROOPS GO", ["United States"]),
        ("What does the WHO say", ["World Health Organization"]),
        ("first on the WHO’s list", ["World Health Organization"]),
        ("who's there", []),
        ("who says so", []),
        ("who leads NATO", ["NATO"]),
        ("Who said it", []),
        ("WHO SAID IT", []),
        ("American and Polish officials", ["United States", "Poland"]),
        ("Ukrainians", ["Ukraine"]),
        ("Ukraine’s and Russia's armies", ["Ukraine", "Russia"]),
        ("України", ["Ukraine"]),
        ("New York", ["New York"]),
        ("Atlantis", []),
        ("", []),
    ],
)
def test_names_are_found_under_every_form_and_ordinary_words_are_not(text, names):
    assert found(text) == names


@pytest.mark.parametrize("text", ["US", "U.S.", "U.S.?"])
def test_a_text_that_is_only_the_abbreviation_names_it(text):
    assert found(text) == ["United States"]


def place(canonical, *forms, **given_):
    return Name(canonical=canonical, kind=Kind.PLACE, forms=forms, **given_)


def test_the_longest_name_wins():
    gazetteer = Gazetteer([place("York"), place("New York"), place("New York City"), place("City Hall")])
    assert found("New York City Hall, old York", gazetteer) == ["New York City", "York"]
    assert found("New York", gazetteer) == ["New York"]
    assert found("New", gazetteer) == []


def test_a_cased_name_needs_its_capitals():
    gazetteer = Gazetteer(outlets(["Time", "The Globe", "…"]))
    assert found("Time says it is time", gazetteer) == ["Time"]
    assert found("the globe", gazetteer) == []
    assert found("The Globe", gazetteer) == ["The Globe"]


def test_a_name_of_two_lists_is_one_name():
    gazetteer = Gazetteer(
        [place("Kyiv", "Kiev", part_of=("Ukraine",)), place("Kyiv", "Київ", part_of=("Ukraine", "X"))]
    )
    assert gazetteer.named("Kyiv") == place("Kyiv", "Kiev", "Київ", part_of=("Ukraine", "X"))
    assert found("Kiev Київ", gazetteer) == ["Kyiv", "Kyiv"]


def test_the_first_owner_of_a_form_keeps_it():
    assert found("Georgia", Gazetteer([place("Georgia"), place("State of Georgia", "Georgia")])) == ["Georgia"]


def test_whole_climbs_from_the_small_to_the_large_and_stops_in_a_circle():
    assert {"Kyiv", "Ukraine", "Eastern Europe", "Europe"} <= WORLD.whole(["Kyiv"])
    circle = Gazetteer([place("A", part_of=("B",)), place("B", part_of=("A", "Nowhere"))])
    assert circle.whole(["A"]) == {"A", "B", "Nowhere"}
    assert circle.whole([]) == frozenset()


def test_the_vocabulary_holds_the_longer_words_of_every_form():
    assert Gazetteer([place("New York", "Big Apple’s")]).vocabulary == {"york", "apple"}


PIECES = [form for name in world()[:200] for form in (name.canonical, *name.forms[:3])]
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from("US us who WHO tell the of New 8,500 ’".split()) | st.text())


@given(TEXTS.map(" ".join) | st.text(st.characters()))
def test_mentions_of_any_text_are_in_order_and_never_overlap(text):
    read = words(text)
    end = 0
    for mention in WORLD.find(read):
        assert end <= mention.first < mention.stop <= len(read)
        end = mention.stop
        forms = tuple(word.form for word in read[mention.first : mention.stop])
        known = (mention.name.canonical, *mention.name.forms)
        assert forms in {tuple(word.form for word in words(form)) for form in known}


@pytest.mark.parametrize(
    ("name", "term"), [("United States", "n_united_states"), ("N.C.", "n_n_c"), ("Zürich", "n_zürich")]
)
def test_a_name_is_one_index_term(name, term):
    assert token(name) == term


# The world --------------------------------------------------------------------------------------------------------


def test_the_world_loads_once_and_no_form_has_two_owners():
    assert world() is world()
    owner = {}
    for name in world():
        for form in (name.canonical, *name.forms):
            key = tuple(word.form for word in words(form))
            assert owner.setdefault(key, name.canonical) == name.canonical


def test_no_two_names_of_the_world_share_an_index_term():
    assert len({token(name) for name in WORLD.canonicals}) == len(list(WORLD.canonicals))


def test_all_that_the_world_leads_to_is_in_it():
    assert {part for name in world() for part in name.part_of} <= set(WORLD.canonicals)


@pytest.mark.parametrize(
    ("text", "canonical", "kind"),
    [
        ("Taiwan", "Taiwan", Kind.PLACE),
        ("Kiev", "Kyiv", Kind.PLACE),
        ("BBC", "BBC", Kind.OUTLET),
        ("NATO", "NATO", Kind.ORGANISATION),
    ],
)
def test_the_world_knows(text, canonical, kind):
    assert found(text) == [canonical]
    assert WORLD.named(canonical).kind is kind
    assert canonical in WORLD


@pytest.mark.parametrize(
    ("text", "canonicals"),
    [
        ("Brytyjczycy, Brytyjczyków, Brytyjczykom, Brytyjczykami", ["United Kingdom"]),
        ("z brytyjskimi żołnierzami i australijską flotą", ["United Kingdom", "Australia"]),
        ("niemieccy i węgierscy piloci lecą do Waszyngtonu", ["Germany", "Hungary", "Washington, D.C."]),
        ("британці, британців, британцям, британцями", ["United Kingdom"]),
        ("литовською, канадському, турецькими", ["Lithuania", "Canada", "Turkey"]),
        ("чи поїдуть литовці до Брюсселя", ["Lithuania", "Brussels"]),
        ("британцы, британцев, англичанам", ["United Kingdom"]),
        ("немецкому, французскую, белорусскими", ["Germany", "France", "Belarus"]),
        ("в Лондоне и в Пхеньяне ждут китайцев", ["London", "Pyongyang", "China"]),
        ("britanicii, britanicilor, franceze, turcilor", ["United Kingdom", "France", "Turkey"]),
        ("de la Londra la Budapesta, cu ungurii", ["London", "Budapest", "Hungary"]),
        ("Briten, Brite, Britin, Franzosen, Ukrainern", ["United Kingdom", "France", "Ukraine"]),
        ("in der Ostukraine und in Brüssel, mit britischem Gerät", ["Ukraine", "Brussels", "United Kingdom"]),
        ("l'Ukraine, d’Allemagne, qu'Israël, L'OTAN", ["Ukraine", "Germany", "Israel", "NATO"]),
        ("les Britanniques, les Turcs et les Suédoises", ["United Kingdom", "Turkey", "Sweden"]),
        ("des chars australiens pour Pékin et la Chine", ["Australia", "Beijing", "China"]),
    ],
)
def test_a_name_is_found_as_it_is_bent_in_its_language(text, canonicals):
    assert list(dict.fromkeys(found(text))) == canonicals


@pytest.mark.parametrize(
    "text",
    [
        "a pole, a fin, a ruse, a romance, islanders and germane indie music",
        "este pe cale romane dane",  # a Romanian "is"; a French novel; Polish data
        "прага рима вена буча",  # Ukrainian thirst and rhyme; a Russian vein
        "seul, vienne",  # French: alone, come
        "chin",
    ],
)
def test_an_ordinary_word_of_no_language_is_taken_for_a_name(text):
    assert found(text) == []


def test_kyiv_is_part_of_ukraine_and_atlantis_is_nowhere():
    assert "Ukraine" in WORLD.named("Kyiv").part_of
    assert "Atlantis" not in WORLD
