"""Settles matches: from the result and the field to the points, replaced as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import connection, transaction
from django.db.models import BooleanField, Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Sign
from django.utils import timezone

from scoring import pipeline, rules
from scoring.locks import retried
from scoring.models import Competition, Match, Prediction, Score, Season, Settlement
from scoring.rules import Goals, Grade, Points, Rule, Split, Tendency
from scoring.services.history import why_superseded

STEP = "scoring.tasks.score_match"
SEASON_STEP = "scoring.tasks.score_season"


@dataclass(frozen=True)
class Settled:
    """What settling a match came to; `note` says why it does not count."""

    match: Match
    revision: int
    predictions: int = 0
    changed: bool = False
    note: str = ""

    def __str__(self) -> str:
        if self.note:
            return f"{self.match}: not scored, {self.note} (revision {self.revision})"
        done = f"scored {self.predictions} predictions" if self.changed else "scored already"
        return f"{self.match}: {done} (revision {self.revision})"


@retried
@transaction.atomic
def score_match(match_id: int, *, queue: bool = True, replace: bool = False) -> Settled:
    """Settles a match at its present revision and hands it on; one transaction, a fixed number of queries.

    A settlement of this revision stands, unless `replace`; an older one is superseded and its scores are replaced. A
    match that does not count (any more) loses its scores. Raises `Match.DoesNotExist`.
    """
    match = Match.objects.select_for_update(no_key=True).get(pk=match_id)
    season = Season.objects.select_for_update(no_key=True).get(pk=match.season_id)
    competition = Competition.objects.get(pk=season.competition_id)
    goals = match.counted_goals(competition)
    current = Settlement.objects.current().filter(match=match).first()
    if current and replace:
        current.delete()
        current = None
    changed = (current is not None) if goals is None else (current is None or current.revision != match.revision)
    predictions = 0
    if changed:
        _supersede(current, match, match.why_not_settled(competition))
        if goals is not None:
            predictions = _settle(match, goals, competition)
    pipeline.advance([match], STEP, queue=queue)
    return Settled(match, match.revision, predictions, changed, match.why_not_settled(competition))


class SeasonError(RuntimeError):
    """Some matches of a season could not be settled; the others were, and were handed on."""


def score_season(season_id: int, *, seconds: float) -> tuple[int, int]:
    """Settles the matches of a season that wait for it, by kickoff, those that failed already last, until time is up.

    Returns how many were settled and how many were not tried yet. The next step is enqueued for the season, not for
    each match: when all were tried, stats; else, or if it ends early, this one again. Raises `SeasonError` at the end
    if any match failed.
    """
    end, done, failed = monotonic() + seconds, 0, []
    with pipeline.season_comes_again(season_id, SEASON_STEP):
        ids = waiting(season_id)
        for match_id in ids:
            if monotonic() > end:
                break
            try:
                with pipeline.attempt(match_id, STEP):
                    score_match(match_id, queue=False)
                done += 1
            except Exception as error:  # one match must not keep the others back; all are raised below
                if pipeline.ends_all(error):
                    raise
                failed.append(f"match {match_id}: {type(error).__name__}: {error}")
        untried = len(ids) - done - len(failed)
        _hand_season_on(season_id, again=untried > 0)
    if failed:
        raise SeasonError("; ".join(failed[:20]))
    return done, untried


@retried
@transaction.atomic
def _hand_season_on(season_id: int, *, again: bool) -> None:
    if again:
        pipeline.start_season(season_id)
    else:
        pipeline.advance_season(season_id, SEASON_STEP)


def waiting(season_id: int) -> Sequence[int]:
    """Return the ids of the season's matches that wait to be settled, by attempts, then in kickoff order."""
    rows = Match.objects.behind(STEP).filter(season=season_id)
    return list(rows.order_by("progress__attempts", "kickoff", "pk").values_list("pk", flat=True))


def _supersede(current: Settlement | None, match: Match, void: str) -> None:
    if current is None:
        return
    Score.objects.filter(settlement=current).delete()
    current.superseded_at = timezone.now()
    current.superseded_because = why_superseded(match, current.revision, void)
    current.save(update_fields=["superseded_at", "superseded_because"])


def in_time(locks: datetime | F) -> Q:
    """Predictions submitted strictly before their match locks (its kickoff), or at an unknown time."""
    return Q(submitted_at__isnull=True) | Q(submitted_at__lt=locks)


def counting(locks: datetime | F) -> Q:
    """Predictions that are the field of their match: in time, and not taken out by a person."""
    return in_time(locks) & Q(excluded=Prediction.Exclusion.NONE)


def timing(locks: datetime | F) -> Case:
    """Return the expression for the `Score.Timing` of a prediction."""
    return Case(
        When(~Q(excluded=Prediction.Exclusion.NONE), then=Value(Score.Timing.VOID)),
        When(submitted_at__isnull=True, then=Value(Score.Timing.UNVERIFIED)),
        When(~in_time(locks), then=Value(Score.Timing.LATE)),
        default=Value(Score.Timing.IN_TIME),
    )


def field_split(match: Match) -> Split:
    """Return how the field of a match chose, in one query."""
    field = Prediction.objects.filter(counting(match.kickoff), match=match)
    return Split(
        **field.aggregate(
            home=Count("pk", filter=Q(home_goals__gt=F("away_goals"))),
            draw=Count("pk", filter=Q(home_goals=F("away_goals"))),
            away=Count("pk", filter=Q(home_goals__lt=F("away_goals"))),
        )
    )


def _settle(match: Match, goals: Goals, competition: Competition) -> int:
    rule = rules.RULES[competition.rule]
    split = field_split(match)
    quotas = rule.quotas(split)
    settlement = Settlement.objects.create(
        match=match,
        revision=match.revision,
        rule=rule.name,
        rule_version=rule.version,
        basis=competition.basis,
        home_goals=goals.home,
        away_goals=goals.away,
        settled_at=timezone.now(),
        **{f"chosen_{t.value}": split.chosen(t) for t in Tendency},
        **{f"quota_{t.value}": quotas.get(t) for t in Tendency},
    )
    insert_scores(settlement, match, rule)
    return split.size


SCORE_COLUMNS = {
    "settlement": "s_settlement",
    "prediction": "pk",
    "match": "match_id",
    "season": "s_season",
    "model": "model_id",
    "timing": "s_timing",
    "tendency_hit": "s_tendency_hit",
    "difference_hit": "s_difference_hit",
    "exact_hit": "s_exact_hit",
    "tendency_points": "s_tendency",
    "difference_points": "s_difference",
    "exact_points": "s_exact",
    "points": "s_total",
}
"""Field of a score → what it is in the query over the predictions."""


def column_of(name: str) -> str:
    return str(getattr(Score, name).field.column)


def insert_scores(settlement: Settlement, match: Match, rule: Rule) -> None:
    """Writes the scores of all predictions of a match in one INSERT … SELECT, whatever their number."""
    rows = scored_predictions(settlement, match, rule)
    sql, params = rows.query.sql_with_params()
    quote = connection.ops.quote_name
    columns = ", ".join(quote(column_of(name)) for name in SCORE_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(Score._meta.db_table)} ({columns}) {sql}", params)


def scored_predictions(settlement: Settlement, match: Match, rule: Rule) -> "QuerySet[Prediction, tuple[object, ...]]":
    """Return the rows of `SCORE_COLUMNS` for every prediction of the match, computed by the database.

    The points of a grade come from the rule; the database only sorts each prediction into its grade.
    """
    rows = Prediction.objects.filter(match=match).order_by()
    return rows.annotate(
        difference=F("home_goals") - F("away_goals"),
        way=Sign(F("home_goals") - F("away_goals")),
        s_settlement=Value(settlement.pk),
        s_season=Value(match.season_id),
        s_timing=timing(match.kickoff),
        **_graded(settlement, rule, outside=~counting(match.kickoff)),
    ).values_list(*SCORE_COLUMNS.values())


def _graded(settlement: Settlement, rule: Rule, *, outside: Q) -> dict[str, Case]:
    """Return the expressions for the hits of a prediction, and for the parts and the total of its points."""
    goals, split = settlement.goals, settlement.split
    right_way = Q(way=Value((goals.home > goals.away) - (goals.home < goals.away)))
    right_difference = Q(difference=Value(goals.home - goals.away))
    exact = Q(home_goals=goals.home, away_goals=goals.away)
    worth = {g: rule.points(g, split, rules.tendency(goals)) if split.size else Points() for g in Grade}

    def points(part: str) -> Case:
        return Case(
            When(outside, then=Value(None)),
            When(exact, then=Value(getattr(worth[Grade.EXACT], part))),
            When(right_difference, then=Value(getattr(worth[Grade.DIFFERENCE], part))),
            When(right_way, then=Value(getattr(worth[Grade.TENDENCY], part))),
            default=Value(0),
            output_field=IntegerField(),
        )

    def hit(condition: Q) -> Case:
        return Case(When(condition & ~outside, then=Value(True)), default=Value(False), output_field=BooleanField())

    return {
        "s_tendency_hit": hit(right_way),
        "s_difference_hit": hit(right_difference),
        "s_exact_hit": hit(exact),
        **{f"s_{part}": points(part) for part in ("tendency", "difference", "exact", "total")},
    }
