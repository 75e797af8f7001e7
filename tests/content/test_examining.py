"""A text compared with its facts: prose is checked, tables are those of the facts or a problem."""

import pytest

from content import editing
from content.collect import collect_facts
from content.editing import Draft
from content.examining import NOT_OURS, aliases_of, examine, facts_from, without_tables
from content.models import Roundup
from content.services import write_roundup
from scoring.models import AIModelAlias, TeamAlias
from tests.factories import a_match, a_model, a_team, counted, finish, predictions

TEXT = "Mexico won.\n\n## Points\n\n| Model | Points |\n| --- | ---: |\n| A | 7 |\n\n*A note.*\nMore."
LAID_OUT = ["## Points", "", "| Model | Points |", "| --- | ---: |", "| A | 7 |", "*A note.*"]


def test_tables_and_what_a_writer_laid_out_become_blanks_and_places_stay() -> None:
    prose, altered = without_tables(TEXT, LAID_OUT)
    assert (altered, len(prose)) == ([], len(TEXT))
    assert prose.split() == ["Mexico", "won.", "More."]
    assert (prose.index("Mexico"), prose.index("More.")) == (TEXT.index("Mexico"), TEXT.index("More."))


def test_a_row_that_is_not_of_the_facts_is_a_problem_and_not_prose() -> None:
    text = TEXT.replace("| A | 7 |", "| A | 9 |")
    prose, (problem,) = without_tables(text, LAID_OUT)
    assert (problem.kind, problem.says, problem.facts_say) == ("other", "A | 9", NOT_OURS)
    assert text[problem.start : problem.end] == problem.says
    assert prose.split() == ["Mexico", "won.", "More."]


@pytest.fixture
def roundup(db: None) -> Roundup:
    match = a_match()
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    finish(match, 2, 1)
    write_roundup(counted(match).pk)
    return Roundup.objects.get()


def rows_found(roundup: Roundup, text: str) -> list[str]:
    return [problem.says for problem in examine(roundup, Draft("x", text)).problems if problem.facts_say == NOT_OURS]


def test_the_tables_of_a_writer_are_right_in_every_text_about_the_same_facts(roundup: Roundup) -> None:
    assert rows_found(roundup, roundup.text) == []
    editing.edit(roundup.pk, Draft("Mine", roundup.text), by="ed", reason="", seen_version=1)
    assert rows_found(Roundup.objects.get(), roundup.text + "\n| A | 99 |\n") == ["A | 99"]


def test_a_table_as_an_earlier_layout_made_it_is_right_too(roundup: Roundup) -> None:
    old = "Mexico won.\n\n## Points\n\n| Who | How many |\n| --- | --- |\n| A | 6 |\n\n*A note about 99 things.*\n"
    roundup.versions.update(text=old)
    assert rows_found(roundup, old) == []
    assert rows_found(roundup, old.replace("| A | 6 |", "| A | 8 |")) == ["A | 8"]
    assert [problem.says for problem in examine(roundup, Draft("Mexico 2–1 Wales", old)).problems] == []


def test_headline_and_text_are_told_apart_and_stand_in_order(roundup: Roundup) -> None:
    found = examine(roundup, Draft("Mexico 4–1 Wales", "Mexico beat Wales 5–1."))
    assert {problem.where for problem in found.in_headline} == {"headline"}
    assert {problem.where for problem in found.in_text} == {"text"}
    assert found.problems == (*found.in_headline, *found.in_text)


def test_facts_that_cannot_be_read_are_not_checked(roundup: Roundup) -> None:
    roundup.facts = {"home": 1}
    assert facts_from(roundup.facts) is None
    assert (examine(roundup).facts, examine(roundup).problems) == (None, ())


def test_other_names_by_the_name_that_the_facts_have(roundup: Roundup) -> None:
    TeamAlias.objects.create(name="El Tri", team=a_team("Mexico"))
    TeamAlias.objects.create(name="La Roja", team=a_team("Chile"))
    AIModelAlias.objects.create(name="Alpha", model=a_model("A"))
    AIModelAlias.objects.create(name="a", model=a_model("A"))
    found = aliases_of(collect_facts(roundup.match_id).facts)
    assert {name: sorted(others) for name, others in found.items()} == {"Mexico": ["El Tri"], "A": ["Alpha", "a"]}
