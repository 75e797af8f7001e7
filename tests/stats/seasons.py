"""Seasons that were scored and counted, in which models predicted with and without probabilities."""

from datetime import timedelta

from scoring.models import Match, Prediction, Season
from scoring.services import score_match
from stats.services import calculate_season_stats
from tests.factories import KICKOFF, a_match, a_season, finish, predictions

RESULTS = [(2, 1), (1, 1), (0, 2), (3, 0), (2, 1)]
TIPS = {
    "A": [(2, 1), (1, 0), (0, 2), (2, 1), (2, 1)],
    "B": [(1, 0), (1, 1), (2, 1), (1, 0), (0, 0)],
    "C": [(1, 1), (2, 2), (0, 1), (2, 0), (1, 0)],
}
P = [(0.5, 0.25, 0.25), (0.35, 0.3, 0.35), (0.6, 0.25, 0.15)]
"""Of A, for its first three matches."""


def a_played_season(name: str = "World Cup 2026", *, times: int = 1) -> Season:
    """Five matches a time, one a day, all scored and counted."""
    season = a_season(name)
    for number, result in enumerate(RESULTS * times):
        kickoff = KICKOFF + timedelta(days=number)
        match = a_match(f"Home {number}", f"Away {number}", season=season, kickoff=kickoff)
        predictions(match, {model: tips[number % 5] for model, tips in TIPS.items()})
        if number < len(P):
            p = dict(zip(("p_home", "p_draw", "p_away"), P[number], strict=True))
            Prediction.objects.filter(match=match, model__name="A").update(**p)
        finish(match, *result)
    count(season)
    season.refresh_from_db()
    return season


def count(season: Season) -> None:
    for pk in Match.objects.filter(season=season).by_kickoff().values_list("pk", flat=True):
        score_match(pk, queue=False)
    calculate_season_stats(season.pk, queue=False)
