"""The correction log: read in its order, only ever added to, every problem named with its line, never against the facts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers import corrections, folder
from answers.errors import Refused
from answers.lookalikes import BIDI
from answers.model import Correction, Status
from answers.sources import read as sources_of
from tests.answers.builders import DAY, TODAY, a_fact, a_withdrawn, an_article, opened, write_data

PATH = "corrections.toml"
VALID = """# What became of facts that readers saw.

[[correction]]
act = "corrected"
fact = "a-troops"
on = 2022-02-05
reason = "The outlet corrected the number."
old = '''Troops go to Poland.'''
new = "Few troops go."
replaced_by = "a-few"

[[correction]]
act = "retracted"
fact = "a-kirby"
on = 2022-02-04
reason = "Never said."
old = "Kirby spoke."
"""
ARTICLE = an_article("Troops go to Poland. Few troops go. Kirby spoke. Nothing else.")
FACTS = {
    fact.id: fact
    for fact in (
        a_withdrawn(
            "Troops go to Poland.",
            "a-troops",
            of=ARTICLE,
            status=Status.CORRECTED,
            withdrawn_on=date(2022, 2, 5),
            replaced_by="a-few",
        ),
        a_fact("Few troops go.", "a-few", of=ARTICLE),
        a_withdrawn("Kirby spoke.", "a-kirby", of=ARTICLE, withdrawn_on=date(2022, 2, 4)),
    )
}
PIECES = (b"\n", b'"', b"[", b"]", b"[[correction]]\n", b"[correction]\n", b"= ", b"\x00", b"\xff", b"nan", b"'''")


def read(source):
    return corrections.parse(source if isinstance(source, bytes) else source.encode(), PATH)


def problems_of(source):
    with pytest.raises(Refused) as refused:
        read(source)
    return refused.value.problems


def outcome(data):
    try:
        return read(data), ()
    except Refused as refused:
        return (), refused.problems


def against(source, facts=None, *, complete=True):
    told = FACTS if facts is None else facts
    return list(corrections.contradictions(source, PATH, read(source), told, complete=complete))


def test_entries_are_read_in_the_order_of_their_file():
    first, second = read(VALID)
    assert first == Correction(
        act=Status.CORRECTED,
        fact="a-troops",
        on=date(2022, 2, 5),
        reason="The outlet corrected the number.",
        old="Troops go to Poland.",
        new="Few troops go.",
        replaced_by="a-few",
    )
    assert (second.act, second.fact, second.new, second.replaced_by) == (Status.RETRACTED, "a-kirby", "", "")
    assert against(VALID) == []


@pytest.mark.parametrize("source", [b"", b"# nothing\n", b"correction = []\n"])
def test_a_log_without_entries_holds_none(source):
    assert read(source) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('act = "corrected"\n', "", 3, "act is missing"),
        ('"corrected"', '"published"', 4, "act must be one of corrected, retracted, superseded"),
        ('"corrected"', "1", 4, "act must be text"),
        ('fact = "a-troops"\n', "", 3, "fact is missing"),
        ("2022-02-05", '"2022-02-05"', 6, "on must be a day"),
        ("on = 2022-02-05\n", "", 3, "on must be a day"),
        ('"Never said."', '" "', 16, "reason is missing"),
        ("Never said.", "x" * 501, 16, "reason is longer than 500 characters"),
        ('old = "Kirby spoke."\n', "", 12, "old is missing"),
        ('"retracted"', '"retracted"\nreplaced_by = "a-few"', 14, "what was retracted has nothing in its place"),
        ('replaced_by = "a-few"\n', "", 9, "new words need replaced_by"),
        ("Never", "Ne\\u202ever", 16, "reason holds an unseen character"),
        ("fact = ", "fcat = 1\nfact = ", 5, "unknown key fcat"),
        ("# What", "corection = 1 #", 0, "unknown key corection"),
        ("[[correction]]", "[[correction]", 3, "is not TOML"),
    ],
)
def test_a_problem_is_named_with_its_line(old, new, line, message):
    assert old in VALID
    problem = problems_of(VALID.replace(old, new, 1))[0]
    assert message in problem.message
    assert (problem.path, problem.line) == (PATH, line)


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        (
            "Troops go to Poland.",
            "Troops go to Polen.",
            8,
            "the old words do not stand",
            "did you mean: Troops go to Pol",
        ),
        ("Kirby spoke.", "irby spoke.", 17, "the old words do not stand", ""),
        ("Kirby spoke.", "zzz", 17, "the old words do not stand", ""),
        ("Few troops go.", "Few troops", 9, "the new words are not the passage of a-few", "it is: Few troops go."),
        ('"a-few"', '"a-fwe"', 10, "a-fwe is no fact", "did you mean a-few?"),
        ('"a-kirby"', '"kirby"', 14, "kirby is no fact", "did you mean a-kirby?"),
        ("2022-02-04", "2022-02-01", 15, "lies before 2022-02-02-cnn-troops was published", ""),
        (
            '"retracted"',
            '"superseded"',
            13,
            "says that a-kirby was superseded, but a-kirby is retracted",
            "say the same",
        ),
        (
            'new = "Few troops go."\nreplaced_by = "a-few"',
            "",
            3,
            "was replaced by nothing, but its file says by a-few",
            "",
        ),
    ],
)
def test_what_the_facts_do_not_say_is_named_with_its_line(old, new, line, message, hint):
    assert old in VALID
    problem = against(VALID.replace(old, new, 1))[0]
    assert message in problem.message
    assert problem.line == line
    assert hint in problem.hint


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.DRAFT])
def test_an_entry_whose_fact_still_stands_is_an_act_that_was_broken_off(status):
    facts = FACTS | {"a-kirby": a_fact("Kirby spoke.", "a-kirby", of=ARTICLE, status=status)}
    (problem,) = against(VALID, facts)
    assert str(problem) == (
        f"corrections.toml:13: says that a-kirby was retracted, but a-kirby is {status}"
        " (give the command again, or take the entry out)"
    )


def test_only_the_last_entry_for_a_fact_must_agree_with_it():
    later = replace(read(VALID)[1], act=Status.SUPERSEDED)
    assert (
        against(corrections.append(VALID.replace('"retracted"', '"superseded"'), replace(later, act=Status.RETRACTED)))
        == []
    )
    assert against(corrections.append(VALID, later))


def test_facts_that_could_not_be_read_are_not_said_to_be_none():
    assert against(VALID, {}, complete=False) == []
    assert len(against(VALID, {})) == 3


def test_the_whole_log_is_newest_first_and_tells_what_was_withdrawn_by_hand():
    by_hand = a_withdrawn(
        "Nothing else.", "a-hand", of=ARTICLE, withdrawn_on=TODAY, note="By hand.", replaced_by="a-few"
    )
    undated = a_withdrawn("Nothing else.", "a-undated", of=ARTICLE, withdrawn_on=None)
    told = corrections.whole(read(VALID), [*FACTS.values(), by_hand, undated])
    assert [one.fact for one in told] == ["a-hand", "a-troops", "a-kirby"]
    assert told[0] == Correction(
        act=Status.RETRACTED,
        fact="a-hand",
        on=TODAY,
        reason="By hand.",
        old="Nothing else.",
        new="Few troops go.",
        replaced_by="a-few",
    )
    draft = replace(FACTS["a-few"], status=Status.DRAFT)
    assert not corrections.whole((), [by_hand, draft])[0].new, "a draft's words are not for readers"


def test_of_one_day_what_was_logged_last_comes_first():
    entries = [replace(entry, on=DAY) for entry in read(VALID)]
    assert [one.fact for one in corrections.whole(entries, ())] == ["a-kirby", "a-troops"]


def test_a_folder_and_its_base_hold_the_log(tmp_path):
    data = write_data(tmp_path / "data", FACTS.values())
    (data / PATH).write_text(VALID, encoding="utf-8")
    assert folder.read(data).corrections == sources_of(data).corrections == read(VALID)
    with opened(data, tmp_path / "state") as snapshot:
        base = snapshot.base
        assert base.corrections() == read(VALID)
        assert (base.corrections(1), base.corrections(1, after=1)) == (read(VALID)[:1], read(VALID)[1:])
        assert (base.withdrawals, base.corrections(5, after=2)) == (2, ())
    without = sources_of(data).revision
    (data / PATH).write_text(VALID.replace("Never said.", "Denied."), encoding="utf-8")
    assert sources_of(data).revision != without
    (data / PATH).write_text(VALID.replace("Kirby spoke.", "Kirby sang."), encoding="utf-8")
    with pytest.raises(Refused, match=r"corrections\.toml:17: the old words do not stand in 2022-02-02-cnn-troops"):
        folder.read(data)


def test_a_broken_fact_file_is_not_blamed_on_the_log(tmp_path):
    data = write_data(tmp_path / "data", FACTS.values())
    (data / PATH).write_text(VALID, encoding="utf-8")
    next((data / "facts").iterdir()).write_text("[[fact]]", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        folder.read(data)
    assert {problem.path for problem in refused.value.problems} == {"facts/2022-02-02-cnn-troops.toml"}


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_facts_that_replace_each_other_in_a_circle_are_named(tmp_path, order):
    by = {"a": "b", "b": "a", "c": "a"}
    facts = [a_withdrawn(f"Words of {one}.", f"fact-{one}", replaced_by=f"fact-{by[one]}") for one in (*order, "c")]
    with pytest.raises(Refused) as refused:
        folder.read(write_data(tmp_path, facts))
    named = [problem.message for problem in refused.value.problems]
    assert sorted(named) == [f"fact-{one} is replaced by itself in the end" for one in "ab"]


# What a log can hold: nothing that shows other than it reads.
SAYABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=["\ufeff", *BIDI])
    | st.sampled_from("\n\t\"'\\#[]=")
).filter(str.strip)
ENTRIES = st.builds(
    Correction,
    act=st.sampled_from([Status.CORRECTED, Status.SUPERSEDED]),
    fact=st.from_regex("[a-z0-9][a-z0-9-]{2,39}", fullmatch=True),
    on=st.dates(),
    reason=SAYABLE.filter(lambda words: len(words) <= 500),
    old=SAYABLE,
    new=st.just("") | SAYABLE,
    replaced_by=st.just("other"),
)


@given(st.lists(ENTRIES, max_size=3), ENTRIES, st.sampled_from(["", "# begun", VALID, VALID.rstrip(), VALID + "\n\n"]))
@example(
    [], Correction(act=Status.RETRACTED, fact="abc", on=DAY, reason="'''\n[[correction]]\n'''", old="a\r\nb"), VALID
)
def test_what_is_appended_reads_back_and_what_stood_before_stays(entries, last, text):
    before = read(text)
    for entry in (*entries, last):
        longer = corrections.append(text, entry)
        assert longer.startswith(text)
        text = longer
    assert read(text) == (*before, *entries, last)
    assert corrections.last(read(text), last.fact) == last


@st.composite
def damaged(draw):
    """The valid file with bytes cut, doubled or put in."""
    data = VALID.encode()
    for _ in range(draw(st.integers(1, 4))):
        at, to = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        data = draw(
            st.sampled_from([data[:at], data[:at] + data[to:], data[:to] + data[at:], data[:at] + piece + data[at:]])
        )
    return data


@given(st.binary() | damaged())
@example(b"correction = " + b"[" * 20_000)
@example(b"correction = {}")
@example(b"[[correction]]\n" * 3)
@example(b"[[correction]]\nact = {}")
@example(b"[[correction]]\non = 2022-02-30")
def test_any_bytes_give_entries_or_named_problems(data):
    found, problems = outcome(data)
    assert all(problem.path == PATH and problem.message and problem.line >= 0 for problem in problems)
    assert all(one.act.withdrawn and one.fact.strip() and one.reason.strip() for one in found)
    if found:
        assert all(problem.line >= 0 for problem in against(data.decode()))


@pytest.mark.parametrize("words", ["a" * 100_000, "[[correction]]\n" * 7_000, "a " * 50_000])
def test_a_long_log_is_read_and_compared(words):
    text = corrections.append("", replace(read(VALID)[1], old=words))
    assert against(text)[0].message.startswith("the old words do not stand")
