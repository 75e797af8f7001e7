"""What differs between two texts, paragraph by paragraph and word by word; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 1500
"""Words of changed lines that stand together; longer ones are shown as gone and new, not compared word by word."""
WORDS = re.compile(r"\s+|\w[\w'’–.-]*\w|\w|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A part of a line: it is the `same` in both texts, `gone` from the first, or `new` in the second."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def difference(before: str, after: str) -> list[Line]:
    """Return the lines of both texts in order, each made of pieces; joined, the pieces that are not `gone` are `after`.

    Lines in which words changed are one line with both; what is changed beyond recognition is gone and new.
    """
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [Line((Piece(SAME, line),)) for line in old[i:j]]
        else:
            lines += _changed(old[i:j], new[k:m])
    return lines


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Yields the lines of a changed block, those in the same place compared word by word."""
    comparable = sum(len(line.split()) for line in (*old, *new)) <= MOST_WORDS
    pairs = min(len(old), len(new)) if comparable else 0
    for was, now in zip(old[:pairs], new[:pairs], strict=True):
        yield from _words(was, now)
    yield from (Line((Piece(GONE, line),)) for line in old[pairs:])
    yield from (Line((Piece(NEW, line),)) for line in new[pairs:])


def _words(was: str, now: str) -> Iterator[Line]:
    old, new = WORDS.findall(was), WORDS.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.4:
        yield from (Line((Piece(kind, text),)) for kind, text in ((GONE, was), (NEW, now)) if text)
        return
    pieces: list[Piece] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(old[i:j])))
        else:
            pieces += [Piece(GONE, "".join(old[i:j])), Piece(NEW, "".join(new[k:m]))]
    yield Line(tuple(piece for piece in _joined(pieces) if piece.text))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with nothing but a space between two changes told as changed too: it reads better."""
    told: list[Piece] = []
    gone = new = ""
    for n, piece in enumerate(pieces):
        between = 0 < n < len(pieces) - 1 and piece.kind == SAME and not piece.text.strip()
        if piece.kind == GONE or between:
            gone += piece.text
        if piece.kind == NEW or between:
            new += piece.text
        if piece.kind == SAME and not between:
            told += [Piece(GONE, gone), Piece(NEW, new), piece]
            gone = new = ""
    return [*told, Piece(GONE, gone), Piece(NEW, new)]
