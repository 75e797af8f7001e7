"""Collects the facts of a match in one consistent read, from rows pinned by revision and version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from content.corrections import corrections_of
from content.course import with_running
from content.earlier import Earned, Season, season_until
from content.facts import Correction, Field, MatchFacts, Score, Tip
from content.history import Played, around
from content.models import Rivalry
from scoring.models import Match, Settlement
from scoring.rules import Goals
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
    that is in its history, is changed but not settled, or settled but not counted.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _collect(match_id)


def still_holds(match: Match, collected: Collected) -> bool:
    """Return whether what was collected is what would be now, of a match whose lock the caller holds.

    The revision and the version tell, but for what the fixture is called: editors change that under the same lock.
    """
    found: Any = Match.objects.filter(pk=match.pk).annotate(rivalry=rivalry_name())
    names = ("stats__revision", "stats__version", "rivalry")
    now = (match.revision, *found.values_list(*names).get())
    return now == (collected.revision, collected.revision, collected.stats_version, collected.facts.rivalry)


def _collect(match_id: int) -> Collected:
    query = Match.objects.with_names().select_related("stats")
    query = query.annotate(public_since=F("roundup__published_revision"), rivalry=rivalry_name())
    found: Any = query.get(pk=match_id)  # a match, and what it is annotated with
    match: Match = found
    settlements = list(Settlement.objects.filter(match=match_id).order_by("revision"))
    settlement = next((row for row in settlements if row.superseded_at is None), None)
    why_not = match.why_not_settled(match.season.competition)
    if settlement is None and why_not:
        raise NotSettledError(why_not)
    stats: MatchStats | None = getattr(match, "stats", None)
    if settlement is None or stats is None or not settlement.revision == stats.revision == match.revision:
        raise NotYetError("its result is still being settled or counted")
    season = season_until(match)
    if season.is_moving:
        raise NotYetError("an earlier match of the season is still being counted")
    corrections = corrections_of(match, settlements, public_since=found.public_since)
    facts = _facts(match, settlement, season, corrections, found.rivalry)
    return Collected(facts, match.revision, stats.version)


def rivalry_name() -> Coalesce:
    """Return, for matches, what their fixture is called, and an empty string for one that is no rivalry."""
    ids = OuterRef("home"), OuterRef("away")
    pair = Rivalry.objects.filter(first=Least(*ids), second=Greatest(*ids))
    return Coalesce(Subquery(pair.values("name")[:1]), Value(""))


def _facts(
    match: Match, settlement: Settlement, season: Season, corrections: tuple[Correction, ...], rivalry: str
) -> MatchFacts:
    tips = _tips(season.earned)
    played = _played(match, settlement, season)
    table = around(played, season.earlier)
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
        awarded=played.awarded,
        half_time=played.half_time,
        full_time=played.full_time,
        extra_time=played.extra_time,
        shootout=played.shootout,
        basis=settlement.basis,
        counted=played.counted,
        rule=settlement.rule,
        rule_version=settlement.rule_version,
        goals=with_running(played, played.goals),
        field=_field(settlement),
        tips=tips,
        before=table.before,
        after=table.after,
        matches_after=len(season.earlier) + 1,
        corrections=corrections,
        rivalry=rivalry,
        form=table.form,
        history=table.history,
    )


def _played(match: Match, settlement: Settlement, season: Season) -> Played:
    return Played(
        kickoff=match.kickoff,
        round=match.round,
        awarded=match.status == Match.Status.AWARDED,
        half_time=_score(match.goals_of("half_time")),
        full_time=_score(match.goals_of("full_time")),
        extra_time=_score(match.goals_of("extra_time")),
        shootout=_score(match.goals_of("shootout")),
        counted=(settlement.home_goals, settlement.away_goals),
        split=(settlement.chosen_home, settlement.chosen_draw, settlement.chosen_away),
        goals=season.goals,
        hits=tuple(row.hit for row in _best_first(season.earned) if row.counts),
    )


def _score(goals: Goals | None) -> Score | None:
    return None if goals is None else (goals.home, goals.away)


def _field(settlement: Settlement) -> Field:
    return Field(
        settlement.chosen_home,
        settlement.chosen_draw,
        settlement.chosen_away,
        settlement.quota_home,
        settlement.quota_draw,
        settlement.quota_away,
    )


def _best_first(earned: Iterable[Earned]) -> Sequence[Earned]:
    return sorted(earned, key=lambda row: (row.points is None, -(row.points or 0), row.model.casefold(), row.model))


def _tips(earned: Iterable[Earned]) -> tuple[Tip, ...]:
    return tuple(
        Tip(
            model=row.model,
            scoreline=(row.home_goals, row.away_goals),
            timing=row.timing,
            tendency_hit=bool(row.tendency_hit),
            difference_hit=bool(row.difference_hit),
            exact_hit=bool(row.exact_hit),
            tendency_points=row.tendency_points or 0,
            difference_points=row.difference_points or 0,
            exact_points=row.exact_points or 0,
            points=row.points,
        )
        for row in _best_first(earned)
    )
