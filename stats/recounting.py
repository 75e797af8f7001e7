"""Works the table of a season out from its facts alone, by the pure rule: for many matches at once, writing nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import F

from scoring import rules
from scoring.models import AIModel, Match, Prediction, Season
from scoring.rules import Goals, Grade, Split, Tendency
from scoring.services.settlement import counting
from stats.aggregates import Entry, Totals

Tip = tuple[int, Goals]
"""The id of a model, and what it predicted."""


def recounted(season_id: int) -> list[Entry]:
    """Return what a season's model stats are once everything is settled and counted; streaks are left out.

    Three queries, whatever the number of matches. Raises `Season.DoesNotExist`.
    """
    season = Season.objects.select_related("competition").get(pk=season_id)
    fields = _fields(season_id)
    totals: dict[int, Totals] = defaultdict(Totals)
    for match in Match.objects.filter(season=season_id).iterator():
        goals = match.counted_goals(season.competition)
        if goals is not None:
            for model_id, earned in _earned(rules.RULES[season.competition.rule], goals, fields.get(match.pk, [])):
                totals[model_id] += earned
    names = dict(AIModel.objects.values_list("pk", "name"))
    return [Entry(model_id, names[model_id], total) for model_id, total in totals.items()]


def _fields(season_id: int) -> dict[int, list[Tip]]:
    """Return id of a match → the predictions that count for it."""
    rows = Prediction.objects.filter(counting(F("match__kickoff")), match__season=season_id).order_by()
    fields: dict[int, list[Tip]] = defaultdict(list)
    for match_id, model_id, home, away in rows.values_list("match", "model", "home_goals", "away_goals").iterator():
        fields[match_id].append((model_id, Goals(home, away)))
    return fields


def _earned(rule: rules.Rule, goals: Goals, field: Sequence[Tip]) -> Iterator[tuple[int, Totals]]:
    """Yields what each prediction of a field earned, as totals of one."""
    chosen = [rules.tendency(tip) for _, tip in field]
    split = Split(*(chosen.count(tendency) for tendency in Tendency))
    worth = {grade: rule.points(grade, split, rules.tendency(goals)).total for grade in Grade} if field else {}
    for model_id, tip in field:
        grade = rules.grade(tip, goals)
        hits = (grade != Grade.WRONG, grade in (Grade.DIFFERENCE, Grade.EXACT), grade == Grade.EXACT)
        yield model_id, Totals(1, worth[grade], *(int(hit) for hit in hits))
