"""A short form of `make check-quality`: the same kinds of errors and of clean texts, a few of each.

The limits are those of the long form, made wider by what chance does to so few texts: a check that meets them
exactly fails here once in some two thousand seeds, by the binomial distribution.
"""

from math import comb

import pytest

from content.check import Problem
from tests.quality.measure import LEAST_FOUND, MOST_FALSE_ALARMS, Measured, Tally, clean_texts, is_found, measure
from tests.quality.planting import TrueArticle, plants
from tests.quality.report import failures, false_alarm, missed

pytestmark = pytest.mark.django_db  # the articles come from a database

SEED, PLANTED = 1, 150
ONCE_IN = 2000


def most_wrong(texts: int, share: float) -> int:
    """Return how many of the texts may be wrong if each is with this probability: more come once in `ONCE_IN`."""
    tail, wrong = 1.0, -1
    while tail > 1 / ONCE_IN:
        wrong += 1
        tail -= comb(texts, wrong) * share**wrong * (1 - share) ** (texts - wrong)
    return wrong


def test_the_check_finds_planted_errors_and_leaves_clean_texts_alone(articles: list[TrueArticle]) -> None:
    result = measure(plants(articles, PLANTED, SEED), clean_texts(articles, SEED))
    wrong = [*map(missed, result.missed), *(false_alarm(*alarm) for alarm in result.false_alarms)]
    told = "\n\n".join(wrong)
    for group, tally in result.groups().items():
        assert tally.texts - tally.complaints <= most_wrong(tally.texts, 1 - LEAST_FOUND), f"{group}:\n{told}"
    clean = result.clean()
    assert clean.texts > 250
    assert clean.complaints <= most_wrong(clean.texts, MOST_FALSE_ALARMS), told


def test_a_check_that_finds_nothing_or_complains_of_everything_fails() -> None:
    kinds = {("number", "minute"): Tally(100, 97), ("name", "leader"): Tally(100, 98)}
    result = Measured(kinds, {"template articles": Tally(100, 1), "sentences by hand": Tally(200, 1)})
    assert failures(result) == [
        "only 97.00% of the number errors were found",
        "1.00% of the template articles were complained about",
    ]


def test_an_error_is_found_if_the_problem_lies_in_its_sentence(articles: list[TrueArticle]) -> None:
    plant = next(plant for plant in plants(articles, 400, SEED) if plant.kind == "scoreline" and plant.where == "text")
    start, end = plant.sentence
    beside = Problem(start, start + 1, "number", "", "")
    before = Problem(max(0, start - 3), max(1, start - 2), "number", "", "")
    headline = Problem(start, end, "number", "", "", where="headline")
    assert [is_found(plant, [problem]) for problem in (beside, before, headline)] == [True, False, False]
    assert not is_found(plant, [])


def test_what_chance_may_do() -> None:
    assert [most_wrong(50, 0.02), most_wrong(300, 0.01)] == [5, 10]
