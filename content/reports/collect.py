"""Collects the facts of a round in one consistent read, with the rows that they are pinned to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from content.collect import NotSettledError, NotYetError
from content.moving import on_their_way
from content.reports.facts import COUNTED, OPEN, RoundFacts, RoundMatch, TableLine, Takings
from content.reports.rounds import Placed, is_ready, placed
from scoring.models import AIModel, Match, Score, Season, Settlement
from stats.aggregates import Entry, Ranked, Totals, rank
from stats.models import MatchStats
from stats.services import totals_by_model

NOT_COUNTED = "a result of the season is still being settled or counted"


@dataclass(frozen=True)
class Pin:
    """What a report on a round takes a match of it for; see `content.models.ReportPin`."""

    match_id: int
    revision: int | None
    stats_version: int | None
    home: str = ""
    away: str = ""


@dataclass(frozen=True)
class CollectedRound:
    """Facts of a round, and what they hold for: its matches as pinned, and the table up to a moment."""

    facts: RoundFacts
    pins: frozenset[Pin]
    until: datetime
    stats_version: int


@contextmanager
def one_reading() -> Iterator[None]:
    """Everything read inside is of one moment."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def collect_round(season_id: int, name: str) -> CollectedRound:
    """Return the facts of a round, in one consistent read and a fixed number of queries.

    Raises `Season.DoesNotExist`; `NotSettledError` for a round of which nothing counts, or which is not over;
    `NotYetError` while a match whose points its table holds is on its way there.
    """
    with one_reading():
        season = Season.objects.select_related("competition").get(pk=season_id)
        there = placed(season_id, name)
        if any(match.coming for match in there):
            raise NotYetError(NOT_COUNTED)
        if not is_ready(season_id, name, there):
            raise NotSettledError("the round is not over, or none of its matches counts")
        until = max(match.kickoff for match in there if match.state == COUNTED)
        if _table_moves(season_id, until):
            raise NotYetError(NOT_COUNTED)
        return _collected(season, name, there, until)


def _table_moves(season_id: int, until: datetime) -> bool:
    """Whether a match that kicked off before then is on its way into the table, or was not counted as it is settled."""
    earlier = Q(match__kickoff__lt=until) | Q(match__stats__kickoff__lt=until)
    if on_their_way().filter(earlier, match__season=season_id).exists():
        return True
    settled = Settlement.objects.current().filter(match__season=season_id)
    as_counted = Q(match__stats__revision=F("revision"), match__stats__kickoff=F("match__kickoff"))
    if settled.filter(match__kickoff__lt=until).exclude(as_counted).exists():
        return True
    counted = MatchStats.objects.filter(season=season_id, kickoff__lt=until)
    return counted.exclude(match__in=settled.values("match")).exists()


def _collected(season: Season, name: str, there: Sequence[Placed], until: datetime) -> CollectedRound:
    matches = {match.pk: match for match in Match.objects.with_names().filter(season=season, round=name)}
    of_round = Q(match__season=season, match__round=name)
    in_table = Score.objects.filter(of_round | Q(match__kickoff__lt=until), season=season)
    facts = RoundFacts(
        competition=season.competition.name,
        season=season.name,
        round=name,
        basis=season.competition.basis,
        rule=season.competition.rule,
        matches=_matches(season, [(row, matches[row.pk]) for row in there]),
        takings=_takings(Score.objects.filter(of_round, season=season)),
        table=_table(ranked(in_table), ranked(in_table.exclude(of_round))),
        matches_in_table=MatchStats.objects.filter(of_round | Q(kickoff__lt=until), season=season).count(),
    )
    pins = frozenset(pin_of(row, matches[row.pk]) for row in there)
    return CollectedRound(facts, pins, until, season.stats_version)


def pin_of(row: Placed, match: Match) -> Pin:
    if row.state == OPEN:
        return Pin(row.pk, None, None, match.home.name, match.away.name)
    return Pin(row.pk, row.revision, row.version if row.state == COUNTED else None)


def _matches(season: Season, rows: Iterable[tuple[Placed, Match]]) -> tuple[RoundMatch, ...]:
    pairs = list(rows)
    ids = [row.pk for row, _ in pairs]
    settlements: dict[int, list[Settlement]] = defaultdict(list)
    for settlement in Settlement.objects.filter(match__in=ids).order_by("revision"):
        settlements[settlement.match_id].append(settlement)
    scores: dict[int, list[Score]] = defaultdict(list)
    for score in Score.objects.filter(match__in=ids, points__isnull=False).select_related("model"):
        scores[score.match_id].append(score)
    return tuple(_match(row, match, season, settlements[row.pk], scores[row.pk]) for row, match in pairs)


def _match(
    row: Placed, match: Match, season: Season, settlements: Sequence[Settlement], scores: Sequence[Score]
) -> RoundMatch:
    known = (match.home.name, match.away.name, match.date.isoformat(), row.state)
    if row.state != COUNTED:
        return RoundMatch(*known, why=match.why_not_settled(season.competition).removesuffix(", so void"))
    current = next(settlement for settlement in settlements if settlement.superseded_at is None)
    now = (current.home_goals, current.away_goals)
    before = [(s.home_goals, s.away_goals) for s in settlements if s.basis == current.basis]
    others = [score for score in before if score != now]
    return RoundMatch(
        *known,
        score=now,
        was=others[-1] if others else None,
        chosen=(current.chosen_home, current.chosen_draw, current.chosen_away),
        right=sum(score.tendency_hit for score in scores),
        exact=sum(score.exact_hit for score in scores),
        points=sum(score.points or 0 for score in scores),
        right_models=_names(score for score in scores if score.tendency_hit),
        wrong_models=_names(score for score in scores if not score.tendency_hit),
        exact_models=_names(score for score in scores if score.exact_hit),
    )


def _names(scores: Iterable[Score]) -> tuple[str, ...]:
    return tuple(sorted((score.model.name for score in scores), key=str.casefold))


def ranked(scores: "QuerySet[Score]") -> list[Ranked]:
    names = dict(AIModel.objects.values_list("pk", "name"))
    return rank([Entry(pk, names[pk], totals) for pk, totals in totals_by_model(scores).items()])


def takings(model: str, totals: Totals) -> Takings:
    return Takings(
        model,
        totals.predictions,
        totals.points,
        totals.tendency_hits,
        totals.goal_difference_hits,
        totals.exact_hits,
    )


def _takings(scores: "QuerySet[Score]") -> tuple[Takings, ...]:
    return tuple(takings(row.entry.model, row.entry.totals) for row in ranked(scores))


def _table(with_it: Sequence[Ranked], without: Sequence[Ranked]) -> tuple[TableLine, ...]:
    before = {row.entry.model_id: row.rank for row in without}
    return tuple(
        TableLine(row.rank, before.get(row.entry.model_id), takings(row.entry.model, row.entry.totals))
        for row in with_it
    )
