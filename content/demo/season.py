"""Fills the demo's database: the matches, the predictions, every match before the final; then the final itself."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django_q.brokers import get_broker

from content.demo.data import MatchFacts, Tournament
from content.demo.forecasters import FORECASTERS, Fixture, Played, forecast
from content.services import write_roundup
from scoring.models import AIModel, Competition, Match, Season, Team
from scoring.models.match import PHASES
from scoring.rules import Goals, Phases
from scoring.services import (
    GoalFact,
    NewPrediction,
    Recorded,
    Result,
    change_match,
    record_result,
    save_predictions,
    score_match,
)
from stats.services import calculate_stats

LOGIN = "demo"
"""The name of the login; also who records the results."""

Track = Callable[[Sequence[tuple[Match, MatchFacts]]], Iterable[tuple[Match, MatchFacts]]]


def new_database(path: Path) -> None:
    """Makes the SQLite file at `path`, which this process is connected to, anew, with every table in it."""
    connection.close()
    for leftover in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal"))):
        leftover.unlink(missing_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def create_login() -> str:
    """Creates a superuser named `LOGIN`; returns the password, which is kept nowhere else."""
    password = secrets.token_urlsafe(9)
    get_user_model().objects.create_superuser(LOGIN, password=password)
    return password


def create_season(tournament: Tournament) -> list[Match]:
    """Writes the matches, none played yet, and what every forecaster predicts; returns the matches in kickoff order."""
    competition = Competition.objects.create(name=tournament.competition)
    season = Season.objects.create(competition=competition, label=tournament.season, name=tournament.name)
    names = sorted({name for match in tournament.matches for name in (match.home, match.away)})
    teams = {team.name: team for team in Team.objects.bulk_create(Team(name=name) for name in names)}
    matches = Match.objects.bulk_create(
        Match(
            season=season,
            home=teams[match.home],
            away=teams[match.away],
            kickoff=match.kickoff,
            date=match.date,
            round=match.round,
            group=match.group,
            venue=match.venue,
        )
        for match in tournament.matches
    )
    _create_predictions(tournament, matches)
    return matches


def _create_predictions(tournament: Tournament, matches: Sequence[Match]) -> None:
    """Each forecaster is shown all results, and told by `forecast` only those known an hour before the kickoff."""
    models = AIModel.objects.bulk_create(
        AIModel(name=f.name, description=f.rule, kind=AIModel.Kind.BASELINE) for f in FORECASTERS
    )
    played = [Played(m.home, m.away, m.kickoff, after_90_minutes(m)) for m in tournament.matches]
    predictions = []
    for match, facts in zip(matches, tournament.matches, strict=True):
        fixture = Fixture(facts.home, facts.away, facts.kickoff)
        for model, forecaster in zip(models, FORECASTERS, strict=True):
            said = forecast(forecaster, fixture, played)
            predictions.append(
                NewPrediction(match.pk, model.pk, said.goals, said.probabilities, submitted_at=fixture.submitted_at)
            )
    save_predictions(predictions, by=LOGIN, now=predictions[0].submitted_at)


def after_90_minutes(facts: MatchFacts) -> Goals:
    """Return the full-time score. Raises ValueError if the facts lack it."""
    if facts.phases.full_time is None:
        raise ValueError(f"{facts.home} – {facts.away} has no full-time score")
    return facts.phases.full_time


def play_all(pairs: Sequence[tuple[Match, MatchFacts]], track: Track = iter) -> None:
    """Records, settles and counts these matches and writes their roundups, in this order, in this process.

    `track` hands the pairs on one by one (a progress bar). Nothing stays in the queue.
    """
    for match, facts in track(pairs):
        record(match.pk, facts)
        score_match(match.pk, queue=False)
        calculate_stats(match.pk, queue=False)
        write_roundup(match.pk)
    # Recording a result also puts its first step into the queue; that work has just been done here.
    get_broker().purge_queue()


def record(match_id: int, facts: MatchFacts, reason: str = "") -> Recorded:
    """Records the result as it was played, through the one door, as an operator does."""
    phases = {phase: getattr(facts.phases, phase) for phase in PHASES}
    return record_result(match_id, Result(**phases, goals=facts.goals), by=LOGIN, reason=reason)


def correct(match_id: int, facts: MatchFacts) -> tuple[Recorded, str]:
    """Records a correction: to a result that might have been, or from it back to the true one.

    Returns it with the reason that was given.
    """
    match = Match.objects.get(pk=match_id)
    imagined = might_have_been(facts)
    if match.phases == imagined.phases:
        reason = "Corrected: the result as it was played"
    else:
        facts, reason = imagined, "What if the last goal before the ninetieth minute had not counted?"
    fields: dict[str, int | None] = {}
    for phase in PHASES:
        goals: Goals | None = getattr(facts.phases, phase)
        fields |= {f"{phase}_home": goals.home if goals else None, f"{phase}_away": goals.away if goals else None}
    return change_match(match_id, fields, goals=facts.goals, by=LOGIN, reason=reason), reason


def might_have_been(facts: MatchFacts) -> MatchFacts:
    """Return the match without the last goal of its 90 minutes, and without what came after them."""
    regular = [goal for goal in facts.goals if (goal.minute or 0) <= 90]
    kept = tuple(goal for goal in regular if goal is not max(regular, key=_moment))
    full_time = Goals(*(sum(goal.side == side for goal in kept) for side in ("home", "away")))
    return replace(facts, phases=Phases(half_time=facts.phases.half_time, full_time=full_time), goals=kept)


def _moment(goal: GoalFact) -> tuple[int, int]:
    return goal.minute or 0, goal.stoppage or 0
