"""Model stats: the totals and the streaks over the scores of a season, row for row."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from content.verify.flight import past, waiting
from content.verify.report import Checked, checked
from scoring.models import Match, Score, Settlement
from stats.models import ModelStats
from stats.services import STEP

FIGURES = (
    "predictions",
    "points",
    "tendency_hits",
    "goal_difference_hits",
    "exact_hits",
    "current_streak",
    "best_streak",
)

# Raw, because the ORM can't aggregate over windows. A run at a match is as long as the matches since the last miss.
EXPECTED = """
WITH numbered AS (
  SELECT s.season_id, s.model_id, s.points, s.tendency_hit, s.difference_hit, s.exact_hit, m.kickoff, m.id AS match_id,
         ROW_NUMBER() OVER (PARTITION BY s.season_id, s.model_id ORDER BY m.kickoff, m.id) AS place
  FROM {score} s JOIN {match} m ON m.id = s.match_id
  WHERE s.timing IN ('in_time', 'unverified')
), runs AS (
  SELECT *, place - COALESCE(MAX(CASE WHEN tendency_hit THEN NULL ELSE place END)
                             OVER (PARTITION BY season_id, model_id ORDER BY kickoff, match_id), 0) AS run
  FROM numbered
), expected AS (
  SELECT season_id, model_id,
         COUNT(*) AS predictions,
         SUM(points) AS points,
         SUM(CASE WHEN tendency_hit THEN 1 ELSE 0 END) AS tendency_hits,
         SUM(CASE WHEN difference_hit THEN 1 ELSE 0 END) AS goal_difference_hits,
         SUM(CASE WHEN exact_hit THEN 1 ELSE 0 END) AS exact_hits,
         COUNT(*) - COALESCE(MAX(CASE WHEN tendency_hit THEN NULL ELSE place END), 0) AS current_streak,
         MAX(run) AS best_streak
  FROM runs GROUP BY season_id, model_id
)
SELECT e.season_id, e.model_id, {columns}
FROM expected e LEFT JOIN {stats} t ON t.season_id = e.season_id AND t.model_id = e.model_id
WHERE t.id IS NULL OR {differs}
ORDER BY e.season_id, e.model_id
"""


def check_tables() -> Iterator[Checked]:
    moving = _moving_seasons()
    resting = ModelStats.objects.exclude(season__in=moving)
    yield checked(
        "model stats are the totals and streaks of the scores",
        resting.count(),
        (line for season, line in _wrong() if season not in moving),
        in_flight=ModelStats.objects.filter(season__in=moving).count(),
    )
    counted = Score.objects.filter(season=OuterRef("season"), model=OuterRef("model")).counted()
    extra = resting.filter(~Exists(counted)).values_list("season", "model")
    yield checked(
        "no model stats without a counted score",
        resting.count(),
        (f"season {season}, model {model}: no score that counts" for season, model in extra.iterator()),
    )


def _moving_seasons() -> set[int]:
    """Return the seasons whose scores have changed, or their order, and are yet to be counted.

    A match that merely waits to be settled has changed neither: then the table is that of the scores there are.
    """
    settled = Settlement.objects.current().filter(match=OuterRef("pk"))
    uncounted = Exists(settled.exclude(revision=F("match__stats__revision"))) | Exists(
        settled.filter(match__stats__isnull=True)
    )
    gone = Q(stats__isnull=False) & ~Exists(settled)
    moved = ~Q(stats__kickoff=F("kickoff")) | ~Q(stats__season=F("season"))
    found = waiting(past(STEP)).filter(uncounted | gone | (Q(stats__isnull=False) & moved))
    pairs = found.order_by().values_list("season", "stats__season")
    return {season for pair in pairs for season in pair if season is not None}


def _wrong() -> Iterator[tuple[int, str]]:
    """Every (season, model) whose stats are missing or not those of its scores, with a line that says how."""
    quote = connection.ops.quote_name
    sql = EXPECTED.format(
        score=quote(Score._meta.db_table),
        match=quote(Match._meta.db_table),
        stats=quote(ModelStats._meta.db_table),
        columns=", ".join(f"t.{name}, e.{name}" for name in FIGURES),
        differs=" OR ".join(f"t.{name} <> e.{name}" for name in FIGURES),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for season, model, *pairs in cursor:
            yield season, f"season {season}, model {model}: {_differences(pairs)}"


def _differences(pairs: list[int | None]) -> str:
    stored, due = pairs[::2], pairs[1::2]
    if stored[0] is None:
        return "no model stats"
    wrong = [(name, is_, by) for name, is_, by in zip(FIGURES, stored, due, strict=True) if is_ != by]
    return ", ".join(f"{name} {is_}, by its scores {by}" for name, is_, by in wrong)
