import re

import pytest
from babel.messages.pofile import read_po

from tests.answers.builders import TEMPLATES

FILES = sorted((TEMPLATES / "locale").glob("*/LC_MESSAGES/messages.po"))


def placeholders(text):
    return set(re.findall(r"%\((\w+)\)s", text))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_a_translation_says_as_much_as_the_words_it_stands_for(file):
    with file.open("rb") as written:
        catalogue = read_po(written, locale=file.parts[-3])
    for message in (message for message in catalogue if message.id):
        told = message.string if message.pluralizable else (message.string,)
        first = message.id[0] if message.pluralizable else message.id
        assert not message.fuzzy
        assert len(told) == (catalogue.num_plurals if message.pluralizable else 1)
        assert all(words and placeholders(words) == placeholders(first) for words in told)
