"""What differs between two texts: nothing of either is lost, and what is the same is told once."""

from hypothesis import given
from hypothesis import strategies as st

from content.diffing import GONE, NEW, SAME, Line, Piece, difference


def test_a_changed_word_is_told_in_its_line() -> None:
    assert difference("Mexico won 2–1 at home.\nSame.", "Mexico lost 2–1 at home.\nSame.") == [
        Line((Piece(SAME, "Mexico "), Piece(GONE, "won"), Piece(NEW, "lost"), Piece(SAME, " 2–1 at home."))),
        Line((Piece(SAME, "Same."),)),
    ]


def test_words_that_changed_beside_each_other_are_told_together() -> None:
    (line,) = difference("They won 2–1 in the rain at last.", "They lost 1–2 in the rain at last.")
    assert line.pieces == (
        Piece(SAME, "They "),
        Piece(GONE, "won 2–1"),
        Piece(NEW, "lost 1–2"),
        Piece(SAME, " in the rain at last."),
    )


def test_a_line_beyond_recognition_is_gone_and_new() -> None:
    assert difference("One thing.", "Quite another, and longer.") == [
        Line((Piece(GONE, "One thing."),)),
        Line((Piece(NEW, "Quite another, and longer."),)),
    ]


def test_equal_texts_have_no_changed_line() -> None:
    assert [line.is_changed for line in difference("a\n\nb", "a\n\nb")] == [False, False, False]


def test_a_very_long_change_is_told_line_by_line() -> None:
    before, after = " ".join(["word"] * 20_000), " ".join(["other"] * 20_000)
    assert [[piece.kind for piece in line.pieces] for line in difference(before, after)] == [[GONE], [NEW]]


TEXTS = st.lists(st.text(st.sampled_from("ab 1–.*"), max_size=12), max_size=6).map("\n".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    lines = difference(before, after)
    text = "\n".join("".join(p.text for p in line.pieces if p.kind != GONE) for line in lines)
    assert [line for line in text.splitlines() if line] == [line for line in after.splitlines() if line]
    text = "\n".join("".join(p.text for p in line.pieces if p.kind != NEW) for line in lines)
    assert [line for line in text.splitlines() if line] == [line for line in before.splitlines() if line]


def test_numbers_and_names_are_not_taken_apart() -> None:
    (line,) = difference("By Model-3.5, it was 1.98 and no more.", "By Model-3.7, it was 1.96 and no more.")
    assert [piece.text for piece in line.pieces if piece.kind == GONE] == ["Model-3.5", "1.98"]
