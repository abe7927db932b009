"""A word that is used and never shown: no repr, no log line and no traceback with its variables tells it."""


class Secret:
    """Holds a word. Only `in_place_of` gives it out, inside another text."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def in_place_of(self, mark: str, text: str) -> str:
        """The text with the word put where the mark stands."""
        return text.replace(mark, self._word, 1)

    def __bool__(self) -> bool:
        return bool(self._word)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._word == other._word

    def __hash__(self) -> int:
        return hash(self._word)

    def __repr__(self) -> str:
        return "Secret(…)" if self._word else "Secret(none)"
