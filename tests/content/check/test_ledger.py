"""Ledgers of other facts than a match's: several matches, and numbers of models that are not named."""

from content.check import check_against, ledger_of
from content.check.builder import Builder
from content.check.terms import Ledger, Scope
from tests.content.check.scene import facts


def a_round() -> Ledger:
    """Two matches: Norvale 2–1 Castria, with four of nine right, and Tarnby 0–0 Oskar Hill, with one of eight."""
    matches = {"one": ("Norvale", "Castria", (2, 1), 9, 4), "two": ("Tarnby", "Oskar Hill", (0, 0), 8, 1)}
    ledger = Builder(*(Scope(key, home, away) for key, (home, away, *_) in matches.items()))
    for key, (home, away, score, size, right) in matches.items():
        for team in (home, away):
            ledger.entity(team, "team")
        ledger.put(score, "score", (), "final", scope=key)
        ledger.put(size, "model", (), "field", scope=key)
        ledger.put(right, "model", (), "outcome", scope=key)
    ledger.relate("won", "Norvale", scope="one")
    ledger.relate("lost", "Castria", scope="one")
    ledger.relate("beat", "Norvale", "Castria", scope="one")
    return ledger.ledger()


def says(text: str, ledger: Ledger) -> list[str]:
    return [problem.says for problem in check_against(text, ledger)]


def test_what_is_said_belongs_to_the_match_that_is_named() -> None:
    assert says("Norvale beat Castria 2–1, and four of nine models had the outcome.", a_round()) == []
    assert says("Tarnby 0–0 Oskar Hill: one of eight models had the outcome.", a_round()) == []
    assert says("Tarnby 2–1 Oskar Hill.", a_round()) == ["2–1"]
    assert says("Norvale beat Castria, and one of eight models had the outcome.", a_round()) == ["one of eight models"]


def test_a_sentence_without_names_goes_on_with_the_match_before_it() -> None:
    assert says("Norvale beat Castria. It finished 2–1.", a_round()) == []
    assert says("Norvale beat Castria. It finished 0–0.", a_round()) == ["0–0"]


def test_the_ledger_of_a_match_counts_by_its_relations() -> None:
    ledger = ledger_of(facts())
    assert ledger.having("outcome") == {"Alder", "Birch", "Elm"}
    assert ledger.having("leader") == {"Alder"}
    assert ledger.related("beat", "Norvale", "Castria")
    assert [q.value for q in ledger.find("point", ["season", "after"], "Gorse")] == [13]
