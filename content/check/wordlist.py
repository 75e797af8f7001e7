"""Sets of words, written in a row."""


def words(text: str) -> frozenset[str]:
    """Return the words of a text, which stand between spaces."""
    return frozenset(text.split())
