"""Vectors: what is nearest is found, a file that is not what was prepared is refused, and nothing is encoded twice."""

import hashlib
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from answers.compile import compile_into
from answers.encode import Kind
from answers.errors import OnTheRecordError
from answers.factbase import FactBase
from answers.match import graph
from answers.match.headings import Headings
from answers.match.vectorfile import Layout, mapped, rows_of, to_bytes
from answers.match.vectors import Vectors, VectorsDamaged, greatest, passage_text, prepare
from answers.model import Article, Fact, Quote
from answers.sources import read
from tests.answers.builders import a_fact, write_data

SIZE = 32


class Hashing:
    """An encoder whose vectors are drawn from the hash of the text; it remembers what it was given."""

    def __init__(self, name="hashing", dimension=SIZE):
        self.name, self.dimension, self.seen = name, dimension, []

    def encode(self, texts, kind):
        assert kind is Kind.PASSAGE
        self.seen += texts
        return np.array([self.of(text) for text in texts], np.float32)

    def of(self, text):
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)


def lines(count, first=0):
    return [{"id": f"p{at}", "outlet": "CNN", "text": f"Words {at}."} for at in range(first, count)]


@pytest.fixture
def build(tmp_path, write_passages):
    """`build(passages)` compiles into one folder and opens."""
    opened = []

    def make(passages):
        name = f"{len(opened)}.jsonl"
        opened.append(FactBase.open(compile_into(tmp_path / "built", read(write_passages(tmp_path / name, passages)))))
        return opened[-1]

    yield make
    for base in opened:
        base.close()


@pytest.fixture
def base(build):
    return build(lines(300))


def prepared(base, encoder):
    return prepare(base, encoder, base.file.parent)


def test_a_passage_is_encoded_with_the_title_of_its_article():
    def text_of(title):
        article = Article(id="a", outlet="CNN", title=title, published=None, text="Troops left. They did.")
        return passage_text(Fact(id="f", quote=Quote(article=article, start=0, stop=12)))

    assert text_of("") == "Troops left."
    assert text_of("Kyiv") == "Kyiv. Troops left."


def test_the_nearest_are_those_of_the_greatest_cosines(base):
    encoder = Hashing()
    vectors = Vectors.open(prepared(base, encoder), base, encoder)
    exact = np.array([encoder.of(f"Words {at}.") for at in range(300)])
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    for asked in ("one", "two", "three"):
        vector = encoder.of(asked)
        cosines = exact @ (vector / np.linalg.norm(vector))
        near = vectors.nearest(vector, 10)
        assert [cosine for _, cosine in near] == sorted((cosine for _, cosine in near), reverse=True)
        assert [cosine for _, cosine in near] == pytest.approx(sorted(cosines, reverse=True)[:10], abs=0.02)
        assert [cosines[number - 1] for number, _ in near] == pytest.approx([cosine for _, cosine in near], abs=0.02)


def test_a_passage_is_nearest_to_itself_and_its_cosine_is_one(base):
    encoder = Hashing()
    vectors = Vectors.open(prepared(base, encoder), base, encoder)
    ((number, cosine),) = vectors.nearest(encoder.of("Words 41."), 1)
    assert (number, cosine) == (42, pytest.approx(1, abs=0.005))
    assert vectors.of([42, 7, 42], encoder.of("Words 41."))[0][[0, 2]] == pytest.approx(1, abs=0.005)
    assert [part.shape for part in vectors.of([], encoder.of("x"))] == [(0,), (0,)]


def test_only_those_that_may_be_found_are(base):
    encoder = Hashing()
    vectors = Vectors.open(prepared(base, encoder), base, encoder)
    allowed = np.zeros(300, np.bool_)
    allowed[[3, 5]] = True
    assert sorted(number for number, _ in vectors.nearest(encoder.of("Words 41."), 10, allowed)) == [4, 6]
    assert vectors.nearest(encoder.of("x"), 10, np.zeros(300, np.bool_)) == []
    assert len(vectors.nearest(encoder.of("x"), 1_000)) == 300


def test_a_title_brings_in_the_passages_below_it_and_only_those_have_a_heading(build):
    titled = [{**line, "title": "Kyiv", "article_id": "kyiv"} for line in lines(3)]
    base, encoder = build([*titled, *lines(9, first=3)]), Hashing()
    vectors = Vectors.open(prepared(base, encoder), base, encoder)
    near = vectors.nearest(encoder.of("Kyiv"), 3)
    assert sorted(number for number, _ in near) == [1, 2, 3]
    assert [likeness for _, likeness in near] == pytest.approx([1, 1, 1], abs=0.005)
    own, heading = vectors.of([1, 4], encoder.of("Kyiv"))
    assert own.max() < 0.9
    assert heading[0] == pytest.approx(1, abs=0.005)
    assert np.isnan(heading[1])


def test_a_vector_of_nothing_is_near_to_nothing_and_no_error(base):
    encoder = Hashing()
    vectors = Vectors.open(prepared(base, encoder), base, encoder)
    assert [cosine for _, cosine in vectors.nearest(np.zeros(SIZE, np.float32), 3)] == [0, 0, 0]


@given(arrays(np.float32, st.integers(1, 3_000), elements=st.floats(-9, 9, width=16)), st.integers(1, 40))
def test_the_greatest_are_those_that_sorting_finds(values, limit):
    found = greatest(values, limit)
    assert len(set(found.tolist())) == len(found) == min(limit, len(values))
    assert sorted(values[found]) == sorted(np.sort(values)[-limit:])


@given(arrays(np.float32, (3, 8), elements=st.floats(-1_000, 1_000, width=32)))
def test_vectors_in_bytes_point_where_they_pointed(vectors):
    rows = to_bytes(vectors)
    assert rows.dtype == np.int8
    for row, vector in zip(rows.astype(float), vectors.astype(float), strict=True):
        length = np.linalg.norm(vector)
        assert length < 1e-6 or row @ vector / np.linalg.norm(row) / length > 0.999


# Gaps -------------------------------------------------------------------------------------------------------------

OPEN = [f"What of {at}?" for at in range(5)]


@pytest.fixture
def with_gaps(open_base, tmp_path):
    facts = [a_fact(f"Words {at}.", f"fact-{at}", questions=(f"Which {at}?",)) for at in range(3)]
    return open_base(write_data(tmp_path / "data", facts, gaps={"Some": OPEN[:2], "Others": OPEN[2:]}))


def test_the_rows_of_a_base_are_of_its_passages_its_headings_and_its_gaps(with_gaps):
    assert (with_gaps.count, len(with_gaps.spans()), len(OPEN)) == (3, 3, 5)
    assert rows_of(with_gaps) == 11
    layout, _ = mapped(prepared(with_gaps, Hashing()), "hashing")
    assert layout.count == 11


def test_gaps_are_compared_apart_and_are_near_to_nobody(with_gaps):
    encoder = Hashing()
    vectors = Vectors.open(prepared(with_gaps, encoder), with_gaps, encoder)
    for at, text in enumerate(OPEN):
        likenesses = vectors.of_gaps(encoder.of(text))
        assert (len(likenesses), int(likenesses.argmax())) == (5, at)
        assert likenesses[at] == pytest.approx(1, abs=0.005)
        near = vectors.nearest(encoder.of(text), 100)
        assert sorted(number for number, _ in near) == [1, 2, 3]
        assert max(likeness for _, likeness in near) < 0.9


def test_a_graph_knows_no_gaps(with_gaps):
    encoder = Hashing()
    file = prepare(with_gaps, encoder, with_gaps.file.parent, exact=0)
    layout, whole = mapped(file, encoder.name)
    seen = graph.Graph.open(file, SIZE)
    vectors = Vectors(layout.parts(whole)[1][:6], Headings(3, with_gaps.spans()), seen)
    assert sorted(number for number, _ in vectors.nearest(encoder.of(OPEN[0]), 100)) == [1, 2, 3]


def test_a_base_without_gaps_is_near_to_none(base):
    encoder = Hashing()
    vectors = Vectors.open(prepared(base, encoder), base, encoder)
    assert vectors.of_gaps(encoder.of("x")).shape == (0,)


# Preparing --------------------------------------------------------------------------------------------------------


def test_what_is_prepared_is_not_prepared_again(base):
    encoder, done = Hashing(), []
    file = prepare(base, encoder, base.file.parent, done.append)
    assert file.name == f"{base.revision}.hashing.vectors"
    assert done == [256, 300]
    assert prepared(base, encoder) == file
    assert len(encoder.seen) == 300


def test_a_new_revision_encodes_only_what_is_new_and_the_same_text_once(build):
    encoder = Hashing()
    first = prepared(build(lines(20)), encoder)
    base = build([*lines(30, first=10), {**lines(26)[25], "id": "again"}])
    encoder.seen.clear()
    file = prepared(base, encoder)
    assert encoder.seen == [f"Words {at}." for at in range(20, 30)]
    assert file != first
    vectors = Vectors.open(file, base, encoder)
    for number, fact in enumerate(base.facts(), start=1):
        assert vectors.of([number], encoder.of(passage_text(fact)))[0][0] == pytest.approx(1, abs=0.005)


def test_nothing_is_taken_from_another_encoder_nor_from_a_damaged_file(build):
    prepared(build(lines(20)), Hashing("other"))
    damaged = prepared(build(lines(19)), Hashing())
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    encoder = Hashing()
    prepared(build(lines(10)), encoder)
    assert len(encoder.seen) == 10


def test_the_name_of_an_encoder_makes_no_path(base):
    encoder = Hashing("../of/some one:v1.5")
    file = prepared(base, encoder)
    assert file.parent == base.file.parent
    assert Vectors.open(file, base, encoder).nearest(encoder.of("x"), 1)


def test_a_preparation_that_is_broken_off_before_it_has_encoded_leaves_nothing(base):
    class Broken(Hashing):
        def encode(self, texts, kind):
            raise KeyboardInterrupt

    before = sorted(base.file.parent.iterdir())
    with pytest.raises(KeyboardInterrupt):
        prepared(base, Broken())
    assert sorted(base.file.parent.iterdir()) == before


# Damage -----------------------------------------------------------------------------------------------------------


def missing(data):
    return None


def cut(data):
    return data[:-1]


def longer(data):
    return data + b"\0"


def only_a_header(data):
    return data[:256]


def empty(data):
    return b""


def no_magic(data):
    return b"X" + data[1:]


def one_bit(at):
    def change(data):
        changed = bytearray(data)
        changed[at] ^= 1
        return bytes(changed)

    return change


@pytest.mark.parametrize(
    "damage",
    [missing, cut, longer, only_a_header, empty, no_magic, one_bit(9), one_bit(20), one_bit(256), one_bit(-1)],
)
def test_a_file_that_is_not_what_was_prepared_is_not_opened_and_is_prepared_anew(base, damage):
    encoder = Hashing()
    file = prepared(base, encoder)
    whole = file.read_bytes()
    file.unlink()
    if (changed := damage(whole)) is not None:
        file.write_bytes(changed)
    with pytest.raises(VectorsDamaged, match=encoder.name):
        Vectors.open(file, base, encoder)
    assert prepared(base, encoder) == file
    assert file.read_bytes() == whole
    assert issubclass(VectorsDamaged, OnTheRecordError)


def test_a_file_that_was_prepared_before_there_were_gaps_is_not_this_base_s(open_base, tmp_path, write_folder):
    article = {"aaa": '+++\noutlet = "CNN"\npublished = 2022-02-02\n+++\nOne thing.'}
    facts = {"aaa": '[[fact]]\nid = "one-thing"\nquote = "One thing."\n'}
    before = open_base(write_folder(tmp_path / "data", articles=article, facts=facts))
    after = open_base(write_folder(tmp_path / "data", gaps='[[gap]]\nabout = "A"\nquestions = ["Who?"]\n'))
    encoder = Hashing()
    file = prepared(before, encoder)
    with pytest.raises(VectorsDamaged):
        Vectors.open(file, after, encoder)
    assert Vectors.open(prepared(after, encoder), after, encoder).of_gaps(encoder.of("Who?")) == pytest.approx(
        [1], abs=0.005
    )


def test_a_file_of_another_base_or_encoder_is_not_opened(build):
    base, other, encoder = build(lines(20)), build(lines(21)), Hashing()
    file = prepared(base, encoder)
    for wrong in ((other, encoder), (base, Hashing("other")), (base, Hashing(dimension=16))):
        with pytest.raises(VectorsDamaged):
            Vectors.open(file, *wrong)


@given(st.integers(0, 50), st.integers(1, 40), st.text(max_size=20))
def test_a_layout_takes_as_much_room_as_it_says(count, dimension, name):
    layout = Layout(count, dimension, name)
    hashes, rows = layout.parts(np.zeros(layout.size, np.uint8))
    assert len(layout.header(bytes(32))) + hashes.nbytes + rows.nbytes == layout.size
    assert (hashes.shape, rows.shape) == ((count, 16), (count, dimension))


# The graph --------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_graph(base):
    """The rows of a prepared file and its name, a graph beside it."""
    encoder = Hashing()
    file = prepare(base, encoder, base.file.parent, exact=100)
    layout, whole = mapped(file, encoder.name)
    return layout.parts(whole)[1], file


def test_a_graph_finds_nearly_all_that_comparing_all_finds(base, with_graph):
    # Two threads build it, in no fixed order, and it is approximate by its nature: few may be missed, none made up.
    rows, file = with_graph
    opened = graph.Graph.open(file, SIZE)
    assert opened is not None
    none = Headings(300, [])
    shared = 0
    for number in range(20):
        vector = Hashing().of(str(number))
        found, every = (dict(Vectors(rows, none, one).nearest(vector, 300)) for one in (opened, None))
        assert found == pytest.approx({fact: every[fact] for fact in found})
        shared += len(dict(Vectors(rows, none, opened).nearest(vector, 10)).keys() & set(list(every)[:10]))
    assert shared >= 0.9 * 20 * 10


@pytest.mark.parametrize("damage", [missing, cut, empty, one_bit(0), one_bit(1_000), one_bit(-1)])
def test_a_graph_that_is_not_what_was_built_is_not_opened_and_is_built_anew(base, with_graph, damage):
    _, file = with_graph
    beside = file.with_suffix(".hnsw")
    data = beside.read_bytes()
    beside.unlink()
    if (changed := damage(data)) is not None:
        beside.write_bytes(changed)
    assert graph.Graph.open(file, SIZE) is None
    assert Vectors.open(file, base, Hashing()).nearest(Hashing().of("x"), 1)
    assert prepare(base, Hashing(), base.file.parent, exact=100) == file
    assert graph.Graph.open(file, SIZE) is not None


def test_a_graph_of_other_vectors_is_not_opened(build, base, with_graph):
    _, file = with_graph
    other = prepare(build([*lines(299), {**lines(1)[0], "id": "x"}]), Hashing(), base.file.parent)
    for kind in (".hnsw", ".hnsw.seal"):
        other.with_suffix(kind).write_bytes(file.with_suffix(kind).read_bytes())
    assert graph.Graph.open(other, SIZE) is None


def test_the_days_of_facts_say_which_may_be_found(build):
    base = build([{**line, "date": f"2022-02-{at + 1:02}"} for at, line in enumerate(lines(9))] + [{**lines(10)[9]}])
    assert base.until(date(2022, 2, 3)) == [1, 2, 3]
    assert base.until(date(2022, 2, 3), [9, 2, 10, 77]) == [2]
    assert base.until(date(9999, 12, 31)) == list(range(1, 10))


def test_the_libraries_can_be_loaded_in_any_order():
    """Usearch before onnxruntime crashes the process."""
    loaded = subprocess.run([sys.executable, "-c", "import answers.match.vectors, onnxruntime"], check=False)
    assert loaded.returncode == 0


@given(
    arrays(np.int8, (12, 4), elements=st.integers(-127, 127)),
    st.lists(st.integers(1, 8), unique=True),
    st.integers(1, 9),
)
def test_the_best_of_some_facts_are_those_with_the_greatest_products(rows, among, limit):
    headings = [(1, 3, True), (2, 2, False), (5, 8, True), (8, 8, False)]
    vectors, asked = Vectors(rows, Headings(8, headings)), np.array([1, 2, -1, 0.5], np.float32)
    products = rows.astype(np.float32) @ to_bytes(asked).astype(np.float32)

    def best(number):
        return max(
            products[number - 1],
            *(products[8 + at] for at, span in enumerate(headings) if span[0] <= number <= span[1]),
            -np.inf,
        )

    found = vectors.best_of(np.array(among, np.int64), asked, limit)
    assert len(found) <= min(limit, len(among))
    assert len(set(found)) == len(found)
    assert set(found) <= set(among)
    if found:
        assert best(found[0]) == max(map(best, among))
        assert [best(one) for one in found] == sorted(map(best, found), reverse=True)
