"""Short ways to put facts into the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from content.models import Heartbeat, Roundup, RoundupRevision
from scoring.models import AIModel, Competition, Match, MatchProgress, Prediction, Season, Team
from scoring.rules import Goals
from scoring.services import Result, record_result, score_match
from stats.models import MatchStats
from stats.services import calculate_stats

KICKOFF = datetime(2026, 6, 11, 18, tzinfo=UTC)


def a_season(name: str = "World Cup 2026", **competition: Any) -> Season:
    title, _, label = name.rpartition(" ")
    owner, _ = Competition.objects.get_or_create(name=title, defaults=competition)
    return Season.objects.get_or_create(competition=owner, label=label, name=name)[0]


def a_team(name: str) -> Team:
    return Team.objects.get_or_create(name=name)[0]


def a_model(name: str) -> AIModel:
    return AIModel.objects.get_or_create(name=name)[0]


def a_match(
    home: str = "Mexico",
    away: str = "Wales",
    *,
    kickoff: datetime = KICKOFF,
    season: Season | None = None,
    **fields: Any,
) -> Match:
    return Match.objects.create(
        season=season or a_season(),
        home=a_team(home),
        away=a_team(away),
        kickoff=kickoff,
        date=kickoff.date(),
        **{"round": "Matchday 1", **fields},
    )


def predictions(
    match: Match, tips: dict[str, tuple[int, int]], *, before: timedelta | None = timedelta(days=1)
) -> None:
    """Writes one prediction a model, submitted `before` the kickoff (negative: after it; None: at an unknown time)."""
    for name, (home, away) in tips.items():
        Prediction.objects.create(
            match=match,
            model=a_model(name),
            home_goals=home,
            away_goals=away,
            submitted_at=None if before is None else match.kickoff - before,
        )


def finish(match: Match, home: int, away: int, **phases: Any) -> None:
    record_result(match.pk, Result(full_time=Goals(home, away), **phases), by="a test")


def a_roundup(match: Match, *, text: str = "A text.", **fields: Any) -> Roundup:
    """Publishes a roundup written from what holds now: the match has to be counted."""
    match.refresh_from_db()
    written = {
        "headline": f"{match.home} and {match.away} have played",
        "text": text,
        "facts": {},
        "facts_hash": "0" * 64,
        "revision": match.revision,
        "stats_version": MatchStats.objects.get(match=match).version,
        "writer": "a test",
        "written_at": timezone.now(),
    }
    seen = {"published_at": timezone.now(), "published_revision": match.revision}
    roundup = Roundup.objects.create(match=match, **{**seen, **written, **fields})
    RoundupRevision.objects.create(roundup=roundup, number=1, **{**written, "headline": roundup.headline})
    return roundup


def counted(match: Match) -> Match:
    """Scores and counts a match that is over, as the workers would, and empties its place in the pipeline."""
    score_match(match.pk, queue=False)
    calculate_stats(match.pk, queue=False)
    MatchProgress.objects.filter(match=match).update(step="", queued_at=None)
    match.refresh_from_db()
    return match


def a_heartbeat(**fields: Any) -> Heartbeat:
    """The row of a cluster of the default queue that has just beaten."""
    now = timezone.now()
    usual = {"host": "here", "machine": "here", "pid": 1, "cluster": "fulltime", "workers": 2}
    return Heartbeat.objects.create(**{**usual, "started_at": now, "beat_at": now, **fields})
