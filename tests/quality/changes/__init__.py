"""Changes of one word, name or number in true prose that make its sentence false."""

from tests.quality.changes import names, numbers, words
from tests.quality.changes.change import CHANGES, Change, Edit

__all__ = ["CHANGES", "Change", "Edit", "names", "numbers", "words"]
