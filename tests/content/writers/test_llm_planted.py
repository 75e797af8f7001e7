"""Over the real protocol: every right article is published as it was written, none with a planted error is."""

from random import Random
from typing import Any

import pytest

from content.collect import collect_facts
from content.models import Attempt, Roundup
from content.writers import llm_client
from content.writers.layout import laid_out
from content.writers.template import TemplateWriter
from scoring.models import Match
from tests.content.writers.llm_match import a_played_match, model, wrote
from tests.content.writers.llm_server import writes
from tests.quality.planting import KINDS, Plant, TrueArticle, plant_in

pytestmark = pytest.mark.django_db

TIPS = {"Alpha": (2, 1), "Beta": (1, 1), "Gamma": (0, 1), "Delta": (3, 1), "Epsilon": (2, 0), "Zeta": (1, 2)}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_client, "_ways", {})
    monkeypatch.setattr(llm_client, "_proved", set())


@pytest.fixture
def match() -> Match:
    return a_played_match(tips=TIPS)


def right(match: Match) -> TrueArticle:
    facts = collect_facts(match.pk).facts
    article = TemplateWriter().write(facts)
    return TrueArticle(facts, article.headline, article.prose)


def planted(article: TrueArticle) -> list[Plant]:
    """Return the article with one error, once for every kind of which it has room for one."""
    tried = (plant_in(article, kind, Random(f"one {kind}")) for kind in KINDS)
    return [plant for plant in tried if plant is not None]


def test_every_right_article_is_published_as_it_was_written(match: Match, settings: Any) -> None:
    article = right(match)
    with model(settings, writes(article.headline, article.text)) as script:
        roundup = wrote(match)
        assert len(script.asked) == 1
    assert (roundup.headline, roundup.prose, roundup.writer) == (article.headline, article.text, "llm")
    assert roundup.text == laid_out(article.text, article.facts)


def test_every_article_with_an_error_is_repaired_or_replaced(match: Match, settings: Any) -> None:
    article = right(match)
    plants = planted(article)
    assert len({plant.kind for plant in plants}) >= 12
    missed = []
    for number, plant in enumerate(plants):
        good, bad = writes(article.headline, article.text), writes(plant.headline, plant.text)
        is_mended = number % 2 == 0
        with model(settings, bad, good if is_mended else bad):
            roundup = wrote(match, fresh=True)
        asked = list(Attempt.objects.order_by("-pk").values_list("outcome", flat=True)[:2])[::-1]
        if asked[0] != "problems" or (is_mended and asked[1] != "accepted"):
            missed.append((plant.kind, plant.planted, plant.because, asked))
        elif (roundup.writer == "llm") != is_mended:
            missed.append((plant.kind, plant.planted, plant.because, [roundup.writer]))
    assert missed == []
    assert Roundup.objects.get().versions.count() == len(plants)
