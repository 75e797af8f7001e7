"""Numbers, scores and dates as people write them, and names as they stand in a text."""

from fractions import Fraction

import pytest

from content.check.builder import Builder
from content.check.tokens import Text, Tokeniser


def tokeniser(*names: tuple[str, str]) -> Tokeniser:
    ledger = Builder()
    for name, kind in names:
        ledger.entity(name, kind)
    return Tokeniser(ledger.ledger())


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("21", "number", Fraction(21)),
        ("twenty-one", "number", Fraction(21)),
        ("2,450", "number", Fraction(2450)),
        ("2.31", "number", Fraction("2.31")),
        ("twice", "number", Fraction(2)),
        ("37th", "ordinal", Fraction(37)),
        ("twenty-first", "ordinal", Fraction(21)),
        ("2–1", "score", (2, 1)),
        ("two-nil", "score", (2, 0)),
        ("one-all", "score", (1, 1)),
        ("90+3", "minute", "90+3"),
        ("37'", "minute", Fraction(37)),
        ("a third", "fraction", Fraction(1, 3)),
        ("two thirds", "fraction", Fraction(2, 3)),
        ("57 per cent", "percent", Fraction(57)),
        ("57.1%", "percent", Fraction("57.1")),
        ("4 August 2031", "date", "2031-08-04"),
        ("August 4, 2031", "date", "2031-08-04"),
        ("the 4th of August 2031", "date", "2031-08-04"),
        ("4 August", "date", "08-04"),
        ("18:30", "time", "18:30"),
        ("6.30pm", "time", "18:30"),
    ],
)
def test_numbers(text: str, kind: str, value: object) -> None:
    assert [(token.kind, token.value) for token in tokeniser().tokens(text)] == [(kind, value)]


def test_the_longest_name_is_read_and_a_longer_one_is_no_other() -> None:
    read = tokeniser(("Vale", "team"), ("Real Vale", "team"), ("Tarn-7", "model"))
    names = [token.names for token in read.tokens("Real Vale beat Vale; Tarn-7 saw it, Tarn-70 and Vale-Sul did not.")]
    assert [found for found in names if found] == [("Real Vale",), ("Vale",), ("Tarn-7",)]


def test_words_of_a_name_stand_for_it_unless_another_shares_them() -> None:
    read = tokeniser(("North Haven", "team"), ("South Haven", "team"), ("Aldo Reyn", "player"))
    found = [token.names[0] for token in read.tokens("North, South, Haven, Reyn, Aldo") if token.names]
    assert found == ["North Haven", "South Haven", "Aldo Reyn"]
    other = tokeniser(("Oskar Hill", "team"), ("Castria", "team"))
    assert [token.names[0] for token in other.tokens("Oskar and Hill") if token.names] == ["Oskar Hill", "Oskar Hill"]


def test_sentences_end_at_full_stops_and_paragraphs_not_in_names() -> None:
    tokens = tokeniser(("St. Aubrin", "team")).tokens("St. Aubrin won 2.5 to 1. They won.\nIt was good")
    assert [len(sentence) for sentence in Text(tuple(tokens)).sentences] == [6, 3, 3]
