"""What the template writes about rounds and seasons: the check finds nothing in it, and what is put wrong it finds."""

import re

import pytest

from content.check import check_against
from content.render import to_html
from content.reports.facts import RoundFacts, SeasonFacts
from content.reports.ledger import ledger_of
from content.reports.writer import TemplateReportWriter
from tests.content.reports.inventing import Invented

SEEDS = range(40)


def all_facts(seed: int) -> list[RoundFacts | SeasonFacts]:
    season = Invented(seed)
    rounds = [season.round_facts(number) for number in range(5)]
    predicted = [model for model, totals in season.totals(range(5)).items() if totals.predictions]
    return [*rounds, *(season.season_facts(model) for model in predicted)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_check_finds_nothing_in_any_report(seed: int) -> None:
    found = []
    for facts in all_facts(seed):
        article = TemplateReportWriter().write(facts)
        problems = check_against(article.prose, ledger_of(facts), headline=article.headline)
        found += [(problem, article.headline, article.prose) for problem in problems]
    assert found == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_number_of_points_that_is_wrong_is_found(seed: int) -> None:
    found = []
    for facts in all_facts(seed):
        prose = TemplateReportWriter().write(facts).prose
        wrong = re.sub(r"\b(\w+) points from", "97 points from", prose, count=1)
        if wrong != prose:
            found.append("97" in {wrong[p.start : p.end] for p in check_against(wrong, ledger_of(facts))})
    assert set(found) <= {True}
    assert found


def test_facts_come_back_from_json_with_the_same_hash() -> None:
    for facts in all_facts(1):
        again = type(facts).from_json(facts.as_json())
        assert (again, again.hash()) == (facts, facts.hash())


def test_the_prose_stands_whole_in_the_text_and_the_tables_are_tables() -> None:
    for facts in all_facts(2):
        article = TemplateReportWriter().write(facts)
        assert article.text.startswith(article.prose)
        html = to_html(article.text)
        assert html.count("<table>") == article.text.count("## ")
        assert TemplateReportWriter().write(facts) == article


def test_the_lede_and_headline_are_not_the_same_for_every_round() -> None:
    articles = [TemplateReportWriter().write(Invented(seed).round_facts(2)) for seed in range(30)]
    patterns = {re.sub(r"[A-Z][\w.-]*( \d[\w.]*( mini)?)?|\d+", "_", article.headline) for article in articles}
    assert len(patterns) >= 4
