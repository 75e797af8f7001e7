"""Collects the facts of a match in one consistent read, from rows pinned by revision and version."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Q

from content.corrections import corrections_of
from content.facts import Field, MatchFacts, Scorer, Standing, Tip
from scoring.models import Goal, Match, Score, Settlement
from scoring.rules import Goals
from stats.aggregates import Ranked
from stats.leaderboard import matches_counted_until, table_after, table_before
from stats.models import MatchStats


class NotYetError(RuntimeError):
    """The rows that the facts come from are on their way to a newer state: try later."""


class NotSettledError(RuntimeError):
    """The match does not count (any more): there is nothing to write. The message says why."""


@dataclass(frozen=True)
class Collected:
    """Facts, and the revision of the match and the version of the table that they were collected from."""

    facts: MatchFacts
    revision: int
    stats_version: int


def collect_facts(match_id: int) -> Collected:
    """Return the facts of a settled match, in one consistent read and a fixed number of queries.

    Raises `Match.DoesNotExist`; `NotSettledError` for a match that does not count; `NotYetError` while it, or a match
    whose points its table holds, is settled but not counted.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _collect(match_id)


def _collect(match_id: int) -> Collected:
    match = Match.objects.with_names().get(pk=match_id)
    settlement = Settlement.objects.current().filter(match=match).first()
    why_not = match.why_not_settled(match.season.competition)
    if settlement is None and why_not:
        raise NotSettledError(why_not)
    stats = MatchStats.objects.filter(match=match).first()
    if settlement is None or stats is None or not settlement.revision == stats.revision == match.revision:
        raise NotYetError("its result is still being settled or counted")
    if _table_is_moving(match):
        raise NotYetError("an earlier match of the season is still being counted")
    return Collected(_facts(match, settlement), match.revision, stats.version)


def _table_is_moving(match: Match) -> bool:
    """Whether an earlier match was settled and not counted since, so that no version names the table as it is."""
    settled = Settlement.objects.current().filter(match__season=match.season_id, match__kickoff__lt=match.kickoff)
    counted_as_it_is = Q(match__stats__revision=F("revision"), match__stats__kickoff=F("match__kickoff"))
    if settled.filter(Q(match__stats__isnull=True) | ~counted_as_it_is).exists():
        return True
    counted = MatchStats.objects.filter(season=match.season_id, kickoff__lt=match.kickoff)
    return counted.exclude(match__in=settled.values("match")).exists()


def _facts(match: Match, settlement: Settlement) -> MatchFacts:
    return MatchFacts(
        home=match.home.name,
        away=match.away.name,
        competition=match.season.competition.name,
        season=match.season.name,
        round=match.round,
        group=match.group,
        venue=match.venue,
        date=match.date.isoformat(),
        kickoff=match.kickoff.isoformat(),
        time_known=match.time_known,
        awarded=match.status == Match.Status.AWARDED,
        half_time=_score(match.goals_of("half_time")),
        full_time=_score(match.goals_of("full_time")),
        extra_time=_score(match.goals_of("extra_time")),
        shootout=_score(match.goals_of("shootout")),
        basis=settlement.basis,
        counted=(settlement.home_goals, settlement.away_goals),
        rule=settlement.rule,
        rule_version=settlement.rule_version,
        goals=_scorers(match),
        field=_field(settlement),
        tips=_tips(settlement),
        before=_standings(table_before(match)),
        after=_standings(table_after(match)),
        matches_after=matches_counted_until(match),
        corrections=corrections_of(match, settlement),
    )


def _score(goals: Goals | None) -> tuple[int, int] | None:
    return None if goals is None else (goals.home, goals.away)


def _scorers(match: Match) -> tuple[Scorer, ...]:
    # Sorted here: databases differ in where a missing stoppage time comes.
    rows = sorted(Goal.objects.filter(match=match), key=lambda g: (g.minute or 0, g.stoppage or 0, g.side, g.position))
    return tuple(Scorer(g.side, g.scorer, g.minute, g.stoppage, g.penalty, g.own_goal) for g in rows)


def _field(settlement: Settlement) -> Field:
    return Field(
        settlement.chosen_home,
        settlement.chosen_draw,
        settlement.chosen_away,
        settlement.quota_home,
        settlement.quota_draw,
        settlement.quota_away,
    )


def _tips(settlement: Settlement) -> tuple[Tip, ...]:
    rows = Score.objects.filter(settlement=settlement).select_related("prediction", "model")
    tips = [
        Tip(
            model=row.model.name,
            scoreline=(row.prediction.home_goals, row.prediction.away_goals),
            timing=row.timing,
            tendency_hit=row.tendency_hit,
            difference_hit=row.difference_hit,
            exact_hit=row.exact_hit,
            tendency_points=row.tendency_points or 0,
            difference_points=row.difference_points or 0,
            exact_points=row.exact_points or 0,
            points=row.points,
        )
        for row in rows
    ]
    return tuple(sorted(tips, key=lambda tip: (tip.points is None, -(tip.points or 0), tip.model.casefold())))


def _standings(table: list[Ranked]) -> tuple[Standing, ...]:
    return tuple(
        Standing(
            rank=row.rank,
            model=row.entry.model,
            predictions=row.entry.totals.predictions,
            points=row.entry.totals.points,
            tendency_hits=row.entry.totals.tendency_hits,
            goal_difference_hits=row.entry.totals.goal_difference_hits,
            exact_hits=row.entry.totals.exact_hits,
            current_streak=row.entry.streaks.current,
            best_streak=row.entry.streaks.best,
        )
        for row in table
    )
