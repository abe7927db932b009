import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.match.manner import Kind, asks_future, asks_now, kind_of, negated
from answers.text.normalise import words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who approved the deployments?", Kind.WHO),
        ("which president sent them", Kind.WHO),
        ("How many troops go to Poland?", Kind.HOW_MANY),
        ("US troops are how many?", Kind.HOW_MANY),
        ("can you tell me how many troops are in Poland", Kind.HOW_MANY),
        ("what is the number of troops", Kind.HOW_MANY),
        ("When will they go?", Kind.WHEN),
        ("On what day did they leave?", Kind.WHEN),
        ("when asked about Poland, who answered?", Kind.WHO),
        ("Where are they?", Kind.WHERE),
        ("To which countries do troops go?", Kind.WHERE),
        ("Why are they there?", Kind.WHY),
        ("What's the reason for the deployment?", Kind.WHY),
        ("How did Russia react?", Kind.HOW),
        ("Which unit is sent?", Kind.WHICH),
        ("What is NATO?", Kind.WHAT),
        ("What happened when they left?", Kind.WHAT),
        ("What did Kirby say about Poland?", Kind.QUOTE),
        ("According to CNN, what has Biden said?", Kind.QUOTE),
        ("Are troops going to fight?", Kind.YES_NO),
        ("In Poland, are there troops?", Kind.YES_NO),
        ("Did Biden say when they leave?", Kind.YES_NO),
        ("do you know why they go", Kind.WHY),
        ("Poland", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_question_words_tell_what_is_asked_for(text, kind):
    assert kind_of(words(text), "en") is kind


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Wie viele Soldaten gehen nach Polen?", "de", Kind.HOW_MANY),
        ("Ist das wahr?", "de", Kind.YES_NO),
        ("Was sagt Biden?", "de", Kind.QUOTE),
        ("Où vont les soldats ?", "fr", Kind.WHERE),
        ("Combien de soldats ?", "fr", Kind.HOW_MANY),
        ("¿Por qué van a Polonia?", "es", Kind.WHY),
        ("Kto zatwierdził?", "pl", Kind.WHO),
        ("Czy jadą do Polski?", "pl", Kind.YES_NO),
        ("Când pleacă?", "ro", Kind.WHEN),
        ("De ce pleacă?", "ro", Kind.WHY),
        ("Сколько солдат?", "ru", Kind.HOW_MANY),
        ("Будут ли войска воевать?", "ru", Kind.YES_NO),
        ("Скільки військових?", "uk", Kind.HOW_MANY),
        ("Що сказав Кірбі?", "uk", Kind.QUOTE),
        ("How many?", "und", Kind.HOW_MANY),
    ],
)
def test_other_languages_have_question_words_too(text, language, kind):
    assert kind_of(words(text), language) is kind


@pytest.mark.parametrize(
    ("text", "now", "future"),
    [
        ("Are troops in Poland now?", True, False),
        ("What is the latest?", True, False),
        ("Will they fight?", False, True),
        ("Are they going to fight?", False, True),
        ("Are they going to Poland?", False, False),
        ("are they going to poland", False, False),
        ("are they going to the border", False, False),
        ("What is the will of the people?", False, False),
        ("Who goes next week?", False, True),
        ("Сколько солдат сейчас в Польше?", True, False),
        ("Are they still going to attack soon?", True, True),
        ("Were still more units put on alert?", False, False),
        ("", False, False),
    ],
)
def test_the_time_asked_about_is_told(text, now, future):
    assert (asks_now(text), asks_future(text)) == (now, future)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Who is not sending troops?", True),
        ("Why aren't they fighting?", True),
        ("Which countries are no longer members?", True),
        ("Who has never been there?", True),
        ("Aren't they going to fight?", False),
        ("Is Biden not sending troops?", False),
        ("Who said that troops will not fight?", False),
        ("Who sends not only troops?", False),
        ("Who sends troops?", False),
        ("why not", True),
    ],
)
def test_a_denied_main_verb_is_told(text, denied):
    assert negated(words(text)) is denied


@given(st.text(), st.sampled_from(["en", "de", "fr", "es", "pl", "ro", "ru", "uk", "und", ""]))
def test_any_text_has_a_manner(text, language):
    assert kind_of(words(text), language) in Kind
    assert {asks_now(text), asks_future(text), negated(words(text))} <= {True, False}
