"""Measures `verify` over a database of many finished seasons, written by the database itself."""

import resource
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from time import perf_counter
from typing import TypeVar

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from rich.console import Console
from rich.progress import track

from content.verify import Checked, verify
from scoring.models import AIModel, Competition, Match, Season, Team
from scoring.rules import RULES, Split, Tendency
from stats.services import replace_model_stats
from tests.bench.match import MATCHES, MODELS, TEAMS, database_version, matches_of

T = TypeVar("T")
EARLY, AFTERWARDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
RULE = RULES["quota-2-6"]

# Every model predicts every match; a few too late, a few at an unknown time, a few were taken out afterwards.
PREDICTIONS = """
INSERT INTO scoring_prediction (match_id, model_id, home_goals, away_goals, submitted_at, created_at,
                                excluded, excluded_because, excluded_by, excluded_at)
SELECT m.id, a.id, m.id % 1009 * (a.id * 31 + 7) / 5 % 4, m.id % 2003 * (a.id * 17 + 3) / 7 % 3,
       CASE WHEN (m.id + a.id) % 50 = 0 THEN NULL WHEN (m.id + a.id) % 50 = 1 THEN %(late)s ELSE %(early)s END,
       %(early)s,
       CASE WHEN (m.id + a.id) % 97 = 0 THEN 'voided' ELSE '' END, '', '',
       CASE WHEN (m.id + a.id) % 97 = 0 THEN %(late)s END
FROM scoring_match m CROSS JOIN scoring_aimodel a ORDER BY m.id
"""

COUNTS = "excluded = '' AND (submitted_at IS NULL OR submitted_at < kickoff)"

SETTLEMENTS = f"""
INSERT INTO scoring_settlement (match_id, revision, rule, rule_version, basis, home_goals, away_goals, settled_at,
                                superseded_because, chosen_home, chosen_draw, chosen_away,
                                quota_home, quota_draw, quota_away)
SELECT s.match_id, 2, '{RULE.name}', {RULE.version}, 'regular_time', s.full_time_home, s.full_time_away, %(late)s,
       '', s.home, s.draw, s.away, q.home_worth, q.draw_worth, q.away_worth
FROM (
  SELECT m.id AS match_id, m.full_time_home, m.full_time_away,
         SUM(CASE WHEN {COUNTS} AND home_goals > away_goals THEN 1 ELSE 0 END) AS home,
         SUM(CASE WHEN {COUNTS} AND home_goals = away_goals THEN 1 ELSE 0 END) AS draw,
         SUM(CASE WHEN {COUNTS} AND home_goals < away_goals THEN 1 ELSE 0 END) AS away
  FROM scoring_match m JOIN scoring_prediction p ON p.match_id = m.id GROUP BY m.id
) s JOIN bench_quota q ON q.home = s.home AND q.draw = s.draw AND q.away = s.away ORDER BY s.match_id
"""  # noqa: S608

SCORES = f"""
INSERT INTO scoring_score (settlement_id, prediction_id, match_id, season_id, model_id, timing, tendency_hit,
                           difference_hit, exact_hit, tendency_points, difference_points, exact_points, points)
SELECT settlement_id, id, match_id, season_id, model_id,
       CASE WHEN excluded <> '' THEN 'void' WHEN submitted_at IS NULL THEN 'unverified'
            WHEN counts THEN 'in_time' ELSE 'late' END,
       counts AND way, counts AND way AND difference, counts AND exact,
       CASE WHEN counts THEN CASE WHEN way THEN worth ELSE 0 END END,
       CASE WHEN counts THEN CASE WHEN difference THEN 1 ELSE 0 END END,
       CASE WHEN counts THEN CASE WHEN exact THEN 3 ELSE 0 END END,
       CASE WHEN counts THEN CASE WHEN way THEN worth ELSE 0 END + CASE WHEN difference THEN 1 ELSE 0 END
                             + CASE WHEN exact THEN 3 ELSE 0 END END
FROM (
  SELECT p.*, m.season_id, s.id AS settlement_id, {COUNTS} AS counts,
         SIGN(p.home_goals - p.away_goals) = SIGN(s.home_goals - s.away_goals) AS way,
         p.home_goals - p.away_goals = s.home_goals - s.away_goals AS difference,
         p.home_goals = s.home_goals AND p.away_goals = s.away_goals AS exact,
         CASE SIGN(s.home_goals - s.away_goals) WHEN 1 THEN quota_home WHEN 0 THEN quota_draw ELSE quota_away END
           AS worth
  FROM scoring_prediction p JOIN scoring_match m ON m.id = p.match_id JOIN scoring_settlement s ON s.match_id = m.id
) graded ORDER BY id
"""  # noqa: S608

CHANGES = """
INSERT INTO scoring_resultchange (match_id, revision, before, after, reason, "by", at)
SELECT id, 2, {object}(),
       {object}('status', status, 'full_time_home', full_time_home, 'full_time_away', full_time_away),
       '', 'the benchmark', %(late)s FROM scoring_match
"""
RECORDS = (
    """INSERT INTO stats_matchstats (match_id, season_id, revision, version, kickoff, counted_at)
       SELECT id, season_id, 2, 1, kickoff, %(late)s FROM scoring_match""",
    """INSERT INTO scoring_matchprogress (match_id, revision, step, attempts, error, changed_at)
       SELECT id, 2, '', 0, '', %(late)s FROM scoring_match""",
    "UPDATE scoring_season SET stats_version = 1, counted_at = %(late)s",
)

# Facts of the size they have: with a line for every model and two tables. What only `--facts` reads is made up.
ROUNDUPS = """
INSERT INTO content_roundup (match_id, headline, text, facts, facts_hash, revision, stats_version, writer, written_at,
                             published_at, status, note, match_is_void, edited_by, decided_by)
SELECT m.id, 'A headline', {text},
       {object}('counted', {array_of}(s.home_goals, s.away_goals), 'basis', s.basis, 'rule', s.rule,
                'rule_version', s.rule_version,
                'field', {object}('home', chosen_home, 'draw', chosen_draw, 'away', chosen_away,
                                  'quota_home', quota_home, 'quota_draw', quota_draw, 'quota_away', quota_away),
                'tips', (SELECT {array}({object}(
                    'model', a.name, 'scoreline', {array_of}(p.home_goals, p.away_goals), 'timing', c.timing,
                    'tendency_hit', c.tendency_hit, 'difference_hit', c.difference_hit, 'exact_hit', c.exact_hit,
                    'tendency_points', COALESCE(c.tendency_points, 0),
                    'difference_points', COALESCE(c.difference_points, 0),
                    'exact_points', COALESCE(c.exact_points, 0), 'points', c.points))
                  FROM scoring_prediction p JOIN scoring_score c ON c.prediction_id = p.id
                  JOIN scoring_aimodel a ON a.id = p.model_id WHERE p.match_id = m.id),
                'before', t.standings, 'after', t.standings),
       '', 2, 1, 'the benchmark', %(late)s, %(late)s, 'published', '', '', '', ''
FROM scoring_match m JOIN scoring_settlement s ON s.match_id = m.id
CROSS JOIN (SELECT {array}({object}('rank', id, 'model', name, 'predictions', id * 7, 'points', id * 31,
                                    'tendency_hits', id * 5, 'goal_difference_hits', id * 3, 'exact_hits', id,
                                    'current_streak', 2, 'best_streak', 8)) AS standings FROM scoring_aimodel) t
ORDER BY m.id
"""
VERSIONS = """
INSERT INTO content_rounduprevision (roundup_id, number, reason, "by", headline, text, facts, facts_hash, revision,
                                     stats_version, writer, written_at)
SELECT id, 1, '', '', headline, text, '{}', facts_hash, revision, stats_version, writer, written_at FROM content_roundup
"""
JSON = {
    "postgresql": {"object": "jsonb_build_object", "array": "jsonb_agg", "array_of": "jsonb_build_array"},
    "sqlite": {"object": "json_object", "array": "json_group_array", "array_of": "json_array"},
}


def main(predictions: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    seasons = -(-predictions // (MATCHES * MODELS))
    started = perf_counter()
    fill(console, seasons)
    console.print(
        f"\n[bold]{connection.display_name} {database_version()}[/bold]: verify over {seasons:,} seasons, "
        f"{seasons * MATCHES * MODELS:,} predictions (written in {perf_counter() - started:.0f} s)"
    )
    last = perf_counter()

    def tell(found: Checked) -> None:
        nonlocal last
        if found.offending or perf_counter() - last > 0.1:
            console.print(f"{perf_counter() - last:6.1f} s  {found}")
        last = perf_counter()

    report = verify(finished=True, tell=tell)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    console.print(f"{report.seconds:6.1f} s for all {len(report.checks)} checks, {most:.0f} MB at most")
    if not report.ok:
        sys.exit("the benchmark's own data does not hold")


def fill(console: Console, seasons: int, *, written_up: bool = True) -> None:
    """Writes seasons that are finished, settled, counted and, unless told not to, written up."""
    teams = Team.objects.bulk_create(Team(name=f"Team {number:02}") for number in range(TEAMS))
    AIModel.objects.bulk_create(AIModel(name=f"Model {number:02}") for number in range(MODELS))
    competition = Competition.objects.create(name="League")
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # no look at every reference
        for number in _track(console, range(seasons), "Matches"):
            season = Season.objects.create(competition=competition, label=str(number), name=f"League {number}")
            Match.objects.bulk_create(_finished(season, teams))
        write_quotas(cursor, MODELS)
        text = "'" + "A sentence that says how it went. " * 100 + "'"
        changes = CHANGES.format(**JSON[connection.vendor])
        roundups = ROUNDUPS.format(text=text, **JSON[connection.vendor])
        written = (roundups, VERSIONS) if written_up else ()
        for statement in (PREDICTIONS, SETTLEMENTS, SCORES, changes, *RECORDS, *written):
            sql = statement.replace("%", "%%").replace("%%(", "%(")
            cursor.execute(sql, {"early": EARLY, "late": AFTERWARDS})
    for season in _track(console, Season.objects.all(), "Tables"):
        replace_model_stats(season)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _finished(season: Season, teams: list[Team]) -> list[Match]:
    matches = matches_of(season, teams)
    for number, match in enumerate(matches):
        match.status, match.revision = Match.Status.FINISHED, 2
        match.full_time_home, match.full_time_away = (number + season.pk) % 4, number // 7 % 3
    return matches


def write_quotas(cursor: CursorWrapper, models: int) -> None:
    """A table of what every split that can come up is worth: at most `models` predictions, most of which count."""
    cursor.execute(
        "CREATE TEMPORARY TABLE bench_quota "
        "(home int, draw int, away int, home_worth int, draw_worth int, away_worth int)"
    )
    splits = [
        Split(home, draw, size - home - draw)
        for size in range(models - 6, models + 1)
        for home in range(size + 1)
        for draw in range(size + 1 - home)
    ]
    rows = [(s.home, s.draw, s.away, *(RULE.quotas(s)[t] for t in Tendency)) for s in splits]
    cursor.executemany("INSERT INTO bench_quota VALUES (%s, %s, %s, %s, %s, %s)", rows)


def _track(console: Console, rows: Iterable[T], what: str) -> Iterable[T]:
    return track(rows, description=what, transient=True, disable=not console.is_terminal)
