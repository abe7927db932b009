"""The packed weights: what was packed comes back, and no bytes whatever do anything but that or `EncoderDamaged`."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.encode.weights import MAGIC, parse
from answers.errors import EncoderDamaged
from tests.answers import tiny

WHOLE = tiny.packed()
HEAD = len(WHOLE) - sum(len(part) for part in tiny.tensors()[1].values())


def read_everything(data):
    """Parse, then every tensor; false where the file was refused on the way."""
    try:
        weights = parse(data)
        for name, (_, count, _, _) in weights.places.items():
            assert np.isfinite(weights.tensor(name, count)).all()
    except EncoderDamaged:
        return False
    return True


def test_what_was_packed_comes_back():
    weights, (floats, _) = parse(WHOLE), tiny.tensors()
    assert (weights.hidden, weights.layers, weights.heads, weights.forward) == (32, 2, 2, 64)
    assert (weights.vocabulary, weights.positions, weights.types) == (tiny.VOCABULARY, tiny.POSITIONS, 2)
    assert (weights.begin, weights.pad, weights.end, weights.unknown) == (0, 1, 2, 3)
    assert weights.epsilon == pytest.approx(tiny.EPSILON)
    assert tuple(piece for piece, _ in weights.pieces) == tiny.PIECES
    assert [score for _, score in weights.pieces][:6] == [0, 0, 0, 0, -1, -1.125]
    assert weights.places.keys() == floats.keys()
    for name, expected in floats.items():
        found = weights.tensor(name, *expected.shape)
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    ("name", "shape"),
    [("emb.nothing", (32,)), ("emb.ln.w", (8,)), ("emb.ln.w", (32, 32)), ("emb.word", (2**40, 2**40))],
)
def test_a_tensor_of_another_name_or_shape_is_damage(name, shape):
    with pytest.raises(EncoderDamaged, match=name):
        parse(WHOLE).tensor(name, *shape)


@pytest.mark.parametrize("length", [0, 1, 7, 8, 40, 44, 68, 76, HEAD - 1])
def test_a_file_that_ends_in_its_head_is_damage(length):
    with pytest.raises(EncoderDamaged):
        parse(WHOLE[:length])


@pytest.mark.parametrize("many", [-1, -(2**31), 0, 2**31 - 1, 1_999_999])
def test_an_impossible_number_of_tensors_is_damage(many):
    with pytest.raises(EncoderDamaged):
        parse(tiny.packed(many=many))


@pytest.mark.parametrize(
    "field",
    [
        {"count": -1},
        {"count": 0},
        {"count": 2**31 - 1},
        {"count": 1_999_999},
        {"length": 2**64 - 1},
        {"length": 2**63},
        {"length": 0},
        {"heads": 3},
        {"heads": 0},
        {"heads": -2},
        {"block": 64},
        {"unknown": -1},
        {"unknown": len(tiny.PIECES)},
    ],
    ids=str,
)
def test_an_impossible_size_is_damage(field):
    with pytest.raises(EncoderDamaged):
        parse(tiny.packed(**field))


def with_pieces_at(*offsets):
    at = WHOLE.index("".join(tiny.PIECES).encode()) - 4 * len(tiny.PIECES) - 4 * (len(tiny.PIECES) + 1)
    return WHOLE[:at] + struct.pack(f"<{len(offsets)}i", *offsets) + WHOLE[at + 4 * len(offsets) :]


@pytest.mark.parametrize("offsets", [(-1,), (0, -5), (0, 9999, 9999), (0, 3, 1)], ids=str)
def test_pieces_that_do_not_lie_one_after_another_are_damage(offsets):
    with pytest.raises(EncoderDamaged):
        parse(with_pieces_at(*offsets))


@pytest.mark.parametrize("count", [15, 16, 17, 33, 2**32 - 1])
def test_a_tensor_of_broken_blocks_is_damage(count):
    place = WHOLE.index(b"emb.word") + len("emb.word") + 1
    changed = WHOLE[:place] + struct.pack("<IQQ", count, HEAD, count // 32 * 18) + WHOLE[place + 20 :]
    with pytest.raises(EncoderDamaged):
        parse(changed).tensor("emb.word", count)


@pytest.mark.parametrize("scale", [float("nan"), float("inf")])
def test_a_weight_that_is_no_number_is_damage(scale):
    changed = WHOLE[:HEAD] + struct.pack("<e", scale) + WHOLE[HEAD + 2 :]
    with pytest.raises(EncoderDamaged, match=r"emb\.word"):
        parse(changed).tensor("emb.word", *tiny.shapes()["emb.word"])


@given(st.integers(0, len(WHOLE) - 1))
def test_a_truncated_file_is_damage(length):
    assert not read_everything(WHOLE[:length])


@given(
    st.lists(
        st.tuples(st.integers(0, HEAD - 1) | st.integers(0, len(WHOLE) - 1), st.integers(1, 255)),
        min_size=1,
        max_size=8,
    )
)
def test_flipped_bits_give_finite_tensors_or_damage(flips):
    changed = bytearray(WHOLE)
    for at, bits in flips:
        changed[at] ^= bits
    read_everything(bytes(changed))


@given(st.integers(0, HEAD - 4), st.sampled_from([0, 1, 2**7, 2**15, 2**16, 2**31 - 1, 2**31, 2**32 - 1]))
def test_extreme_numbers_anywhere_in_the_head_give_finite_tensors_or_damage(at, number):
    read_everything(WHOLE[:at] + struct.pack("<I", number) + WHOLE[at + 4 :])


@given(st.binary(max_size=200))
def test_any_bytes_after_the_magic_are_damage(rest):
    assert not read_everything(rest)
    assert not read_everything(MAGIC + rest)
