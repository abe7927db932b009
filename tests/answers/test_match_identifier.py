"""The identifier of languages: it tells what the library tells, and a process that needs it stays small."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from answers.match.identifier import Shared, identifier
from answers.match.language import language_of

OURS = ("en", "pl", "de", "fr", "es", "it", "uk", "ru")
TOLD = ("en", "pl", "de", "fr", "es", "it")

DOUBTFUL = (
    "wojska amerykanskie wyjada jutro rano", "tropas estadounidenses llegaran manana", "truppe americane partono domani",
    "amerikanische truppen reisen morgen ab", "soldats americains partiront demain matin", "tropas partem amanha cedo",
    "trupele americane pleaca maine dimineata", "amerikaanse soldaten vertrekken morgenochtend",
    "amerikai katonak holnap indulnak", "americke jednotky odjedou zitra rano", "amerikanska trupper reser imorgon",
    "amerikan askerleri yarin sabah gidiyor", "amerikos kariai rytoj isvyksta", "amerikas karaviri rit dodas prom",
    "ameerika vaed lahkuvad homme hommikul", "americke vojska odidu zajtra", "американские войска уедут завтра",
    "завтра танки покидають столицю", "american soldiers leaving tomorrow morning", "trops leavng tomorow mornng",
)  # fmt: skip
"""Questions without a small word or a letter that tells."""

MOST_MB = 150
MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A process between this one and the measured one, which would start with our own peak as its own."""


@pytest.fixture(scope="module")
def library():
    """What the library itself makes of its model."""
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(TOLD)
    return made


@pytest.mark.parametrize("text", [*DOUBTFUL, "", "?", "WOJSKA WYJADĄ", "\U0001f600 ꙮ"])
def test_it_tells_what_the_library_tells(library, text):
    assert identifier(TOLD, OURS).classify(text) == library.classify(text)


@given(st.text(max_size=40))
def test_it_tells_what_the_library_tells_of_any_text(library, text):
    assert identifier(TOLD, OURS).classify(text) == library.classify(text)


def test_every_transition_is_that_of_the_library(library):
    """Rows whose hashes met would be taken for each other: of the packaged model each is looked at."""
    ours, theirs = identifier(TOLD, OURS).tk_nextmove, library.tk_nextmove
    assert np.array_equal(np.fromiter(map(ours.__getitem__, range(len(theirs))), np.uintc), theirs)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20), st.integers(1, 5))
def test_a_sequence_that_is_shared_is_the_same_sequence(kinds, rows):
    whole = np.concatenate([np.full((1, 32), kind, np.uint32) + np.arange(32, dtype=np.uint32) for kind in kinds])
    shared = Shared(lambda: (whole[at : at + rows] for at in range(0, len(whole), rows)))
    assert [shared[at] for at in range(whole.size)] == whole.ravel().tolist()


def asked_of_it(text):
    """Whether the identifier was needed for a text."""
    before = identifier.cache_info()
    language_of(text)
    after = identifier.cache_info()
    return before.hits + before.misses < after.hits + after.misses


@pytest.mark.parametrize("text", DOUBTFUL)
def test_the_questions_here_are_doubtful(text):
    assert asked_of_it(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [("kiedy wojska wyjadą", "pl"), ("wann ziehen sie ab", "de"), ("when do they leave", "en"), ("Kirby", "en")],
)
def test_a_question_whose_words_or_letters_tell_does_without_it(text, language):
    assert not asked_of_it(text)
    assert language_of(text) == language


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is counted in other units elsewhere")
def test_asking_by_words_stays_small_when_the_language_is_in_doubt(tmp_path, data_folder):
    asked = tmp_path / "questions.jsonl"
    asked.write_text("\n".join(json.dumps({"question": text}) for text in DOUBTFUL))
    bot = [sys.executable, "-m", "bot", "ask"]
    for words in ([DOUBTFUL[0]], ["--json", "--batch", str(asked)]):
        assert peak_mb([*bot, *words], tmp_path / "state", data_folder) < MOST_MB


def peak_mb(command, state, data):
    """The most memory that a command took, in MB; what measures coverage in it is left out."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment |= {"OTR_ENCODER": "lexical", "OTR_STATE": str(state), "OTR_DATA": str(data)}
    measured = [sys.executable, "-c", MEASURED, *command]
    done = subprocess.run(
        measured, cwd=data.parent, env=environment, check=True, capture_output=True, text=True, timeout=120
    )
    return int(done.stdout) / 1024
