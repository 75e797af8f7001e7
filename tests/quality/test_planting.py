"""The planting: one error at a time, really false, of many kinds, the same for the same seed."""

from random import Random

import pytest

from tests.quality.claims import CLAIMS, GROUPS
from tests.quality.oracle import IS_TRUE, Read
from tests.quality.planting import KINDS, TrueArticle, plants
from tests.quality.prose import Prose
from tests.quality.truth import Truth

pytestmark = pytest.mark.django_db  # the articles come from a database

NUMBERS = [claim for claim in CLAIMS if claim.group == "number" and claim.kind in IS_TRUE]


def test_there_are_many_kinds_in_each_of_the_three_groups() -> None:
    assert min(sum(of == group for of, _ in KINDS) for group in GROUPS) >= 12
    assert len(KINDS) >= 60


def test_the_same_seed_plants_the_same_and_another_seed_something_else(articles: list[TrueArticle]) -> None:
    first, again, other = (list(plants(articles, 40, seed)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_every_plant_differs_from_its_article_in_one_sentence(articles: list[TrueArticle]) -> None:
    true = {(article.headline, article.text): article for article in articles}
    by_facts = {article.facts.hash(): article for article in articles}
    for plant in plants(articles, 200, 5):
        article = by_facts[plant.facts.hash()]
        assert (plant.headline, plant.text) not in true
        whole, was = (plant.text, article.text) if plant.where == "text" else (plant.headline, article.headline)
        start = plant.start if plant.was else plant.start - 1  # the space before a sentence that was put in
        assert whole[:start] + plant.was + whole[plant.end :] == was
        begins, ends = plant.sentence
        assert begins <= plant.start < plant.end <= ends


def test_plants_are_spread_evenly_over_the_kinds(articles: list[TrueArticle]) -> None:
    planted = list(plants(articles, 3 * len(KINDS), 6))
    counts = {kind: sum((plant.group, plant.kind) == kind for plant in planted) for kind in KINDS}
    # A small season may lack what a few kinds need; their share goes to the others.
    assert sum(count == 0 for count in counts.values()) <= 3
    assert max(counts.values()) <= 4


@pytest.mark.parametrize("claim", NUMBERS, ids=lambda claim: claim.kind)
def test_numbers_that_are_put_in_are_false_and_the_true_ones_true(articles: list[TrueArticle], claim: object) -> None:
    """Every sentence is read again by an oracle that knows nothing of how it was made."""
    chance, read = Random("oracle"), {True: 0, False: 0}
    (chosen,) = [known for known in NUMBERS if known is claim]
    for article in articles:
        for true in (True, False):
            said = chosen.sentence(Truth(article.facts), chance, true=true)
            if said is not None:
                assert IS_TRUE[chosen.kind](Read(article.facts, said[0])) is true, (said, article.facts)
                read[true] += 1
    assert min(read.values()) > 0


def test_a_number_that_is_changed_is_another_number(articles: list[TrueArticle]) -> None:
    changed = [plant for plant in plants(articles, 400, 7) if plant.group == "number" and plant.was]
    assert len({plant.kind for plant in changed}) >= 8
    assert [plant for plant in changed if plant.was.lower() == plant.planted.lower()] == []


def test_names_are_hidden_before_numbers_are_looked_for(articles: list[TrueArticle]) -> None:
    facts = articles[0].facts
    model = facts.after[0].model
    prose = Prose(f"{model} and {facts.home} met.", facts, markdown=False)
    assert prose.masked == "\ue000" * len(model) + " and " + "\ue000" * len(facts.home) + " met."
