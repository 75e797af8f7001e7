"""A match to write about, a language model that writes about it, and what became of both."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.env import Secret
from content import services
from content.models import Attempt, Roundup
from scoring.models import Goal, Match
from tests.content.writers.llm_server import Script, Turn, serving
from tests.factories import a_match, counted, finish, predictions

KEY = "sk-a-key-that-nobody-must-ever-see-0123456789"
TIPS = {"Alpha": (2, 1), "Beta": (1, 1), "Gamma": (0, 1)}
GOALS = [("home", 9, "Ada Ray"), ("away", 30, "Ben Fox"), ("home", 70, "Cid Holt")]
HEADLINE = "Mexico 2–1 Wales: only Alpha had the score"
PROSE = (
    "Mexico beat Wales 2–1. The field was three models, and only Alpha had the exact score.\n\n"
    "Beta tipped 1–1, and Gamma tipped 0–1. Cid Holt scored for Mexico in the 70th minute."
)


def a_played_match(home: str = "Mexico", away: str = "Wales", tips: dict[str, tuple[int, int]] = TIPS) -> Match:
    """A match that ended 2–1 after goals in the 9th, 30th and 70th minute, scored and counted."""
    match = a_match(home, away)
    predictions(match, tips)
    for position, (side, minute, scorer) in enumerate(GOALS):
        Goal.objects.create(match=match, side=side, position=position, scorer=scorer, minute=minute)
    finish(match, 2, 1)
    return counted(match)


def use(settings: Any, address: str, **others: Any) -> None:
    """Makes the language model at this address the writer, with some seconds."""
    given = {"LLM_MODEL": "small", "LLM_API_KEY": Secret(KEY), "LLM_TIMEOUT": 3.0, "LLM_SECONDS": 6.0}
    for name, value in {"ROUNDUP_WRITER": "llm", "LLM_BASE_URL": address, **given, **others}.items():
        setattr(settings, name, value)


@contextmanager
def model(settings: Any, *turns: Turn, **others: Any) -> Iterator[Script]:
    with serving(*turns) as script:
        use(settings, script.address, **others)
        yield script


def wrote(match: Match, **how: Any) -> Roundup:
    """Writes the roundup of a match and returns it."""
    services.write_roundup(match.pk, **how)
    return Roundup.objects.get(match=match)


def outcomes() -> list[tuple[str, str]]:
    """Return the outcome and the error of every attempt, in their order."""
    return list(Attempt.objects.order_by("pk").values_list("outcome", "error"))
