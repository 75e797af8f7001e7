"""Fills a database with many finished seasons and all that hangs on them, written by the database itself."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage

from rich.console import Console
from rich.progress import track

from content.models import Commission, Rivalry, Spending
from scoring.models import AIModel, Competition, Match, Merge, Season, Team, TeamAlias
from stats.services import replace_model_stats
from tests.bench.match import matches_of
from tests.bench.verify import CHANGES, JSON, PREDICTIONS, RECORDS, SCORES, SETTLEMENTS, write_quotas

T = TypeVar("T")
MODELS, TEAMS, A_SEASON = 40, 200, 380
FIRST = datetime(2000, 1, 1, 12, tzinfo=UTC)

GOALS = """
INSERT INTO scoring_goal (match_id, side, position, scorer, minute, penalty, own_goal)
SELECT id, side, 0, 'Scorer ' || id % 5000, id % 90 + 1, id % 11 = 0, id % 37 = 0
FROM scoring_match CROSS JOIN (SELECT 'home' AS side UNION ALL SELECT 'away') AS sides
"""
ROUNDUPS = """
INSERT INTO content_roundup (match_id, headline, text, facts, facts_hash, revision, stats_version, prose, storyline,
                             writer, written_at, published_at, published_revision, status, note, match_is_void,
                             edited_by, edited_at, decided_by)
SELECT id, 'A headline about match ' || id, {text}, '{}', '', 2, 1, '', '', 'the benchmark', kickoff, kickoff, 2,
       CASE WHEN id % 500 = 0 THEN 'held' WHEN id % 501 = 0 THEN 'withdrawn' WHEN id % 502 = 0 THEN 'review'
            ELSE 'published' END,
       '', CASE WHEN id % 503 = 0 THEN 'cancelled' ELSE '' END,
       CASE WHEN id % 400 = 0 THEN 'an editor' ELSE '' END, CASE WHEN id % 400 = 0 THEN kickoff END, ''
FROM scoring_match ORDER BY id
"""
VERSIONS = """
INSERT INTO content_rounduprevision (roundup_id, number, reason, "by", headline, text, facts, facts_hash, revision,
                                     stats_version, prose, storyline, writer, written_at)
SELECT id, 1, '', '', headline, text, '{}', facts_hash, revision, stats_version, '', '', writer, written_at
FROM content_roundup ORDER BY id
"""
REPORTS = """
INSERT INTO content_report (kind, season_id, round, slug, stats_version, until, headline, text, facts, facts_hash,
                            writer, written_at, published_at, status, note, decided_by)
SELECT 'round', season_id, round, 'r-' || MIN(id), 1, MAX(kickoff), 'All of ' || round, {text}, '{}', '',
       'the benchmark', MAX(kickoff), MAX(kickoff), 'published', '', ''
FROM scoring_match GROUP BY season_id, round ORDER BY MIN(id)
"""
REPORT_VERSIONS = """
INSERT INTO content_reportversion (report_id, number, reason, stats_version, headline, text, facts, facts_hash, writer,
                                   written_at)
SELECT id, 1, '', 1, headline, text, '{}', '', writer, written_at FROM content_report ORDER BY id
"""
PINS = """
INSERT INTO content_reportpin (report_id, match_id, season_id, round, revision, stats_version, home, away)
SELECT r.id, m.id, m.season_id, m.round, 2, 1, '', ''
FROM scoring_match m JOIN content_report r ON r.season_id = m.season_id AND r.round = m.round
"""
REPORT_PROGRESS = """
INSERT INTO content_reportprogress (name, season_id, round, ordered_anew, attempts, error, changed_at)
SELECT 'report ' || id, season_id, round, {no}, 0, CASE WHEN id % 100 = 0 THEN 'Why it failed' ELSE '' END, written_at
FROM content_report
"""
ATTEMPTS = """
INSERT INTO content_attempt (match_id, subject, facts_hash, writer, language_model, prompt_version, is_repair, outcome,
                             error, headline, prose, problems, words, input_tokens, output_tokens, tokens_estimated,
                             cost, asked_at, seconds)
SELECT id, (SELECT name FROM scoring_team t WHERE t.id = home_id) || ' at home, ' || id,
       '', 'llm', 'language model ' || id % 4, '1', id % 5 = 0,
       CASE id % 9 WHEN 0 THEN 'problems' WHEN 1 THEN 'failed' ELSE 'accepted' END, '', 'A headline', {text}, '[]', 250,
       3000, 400, {no}, 0.01, kickoff, 4.5
FROM scoring_match ORDER BY id
"""
TASKS = """
INSERT INTO django_q_task (id, name, func, "group", started, stopped, success, attempt_count)
SELECT 'bench-' || id || '-' || step, 'task of ' || id, func, name || ':' || id, kickoff, kickoff,
       NOT (id % 100 = 0 AND step = 3), 1
FROM scoring_match CROSS JOIN (
  SELECT 1 AS step, 'scoring.tasks.score_match' AS func, 'score_match' AS name
  UNION ALL SELECT 2, 'stats.tasks.calculate_stats', 'calculate_stats'
  UNION ALL SELECT 3, 'content.tasks.write_roundup', 'write_roundup') AS steps
"""
LOG = """
INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr, action_flag,
                              change_message)
SELECT kickoff, {user}, {kind}, CAST(id AS text), 'Match ' || id, 2, 'Result corrected' FROM scoring_match
"""
# A few of them fail, a few wait for a worker, a few were called off, and of a few the score is not known.
TROUBLE = (
    """UPDATE scoring_matchprogress SET step = 'content.tasks.write_roundup', error = 'It failed', next_try = %(late)s
       WHERE match_id % 1000 = 0""",
    """UPDATE scoring_matchprogress SET step = 'scoring.tasks.score_match', queued_at = %(early)s,
       changed_at = %(early)s
       WHERE match_id % 101 = 0 AND match_id > (SELECT MAX(id) - 2000 FROM scoring_match)""",
    "UPDATE scoring_match SET status = 'cancelled' WHERE id % 250 = 0",
    "UPDATE scoring_match SET full_time_home = NULL, full_time_away = NULL WHERE id % 1501 = 0",
)


def fill(console: Console, matches: int) -> None:
    """Writes this many matches (whole seasons), forty predictions for each, and what follows from them."""
    early, late = FIRST - timedelta(days=1), timezone.now()
    teams = Team.objects.bulk_create(Team(name=name) for name in team_names())
    AIModel.objects.bulk_create(AIModel(name=f"Model {number:02}") for number in range(MODELS))
    competitions = Competition.objects.bulk_create(Competition(name=f"League {number:02}") for number in range(10))
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # no look at every reference
        for number in shown(console, range(-(-matches // A_SEASON)), "Matches"):
            a_season(number, competitions[number % 10], teams)
        write_quotas(cursor, MODELS)
        for sql in shown(console, list(statements()), "What follows from them"):
            # Predictions come the day before the first match, or too late: then they are as late as can be.
            cursor.execute(sql.replace("%", "%%").replace("%%(", "%("), {"early": early, "late": late})
        spread_predictions(cursor)
    for season in shown(console, Season.objects.all(), "Tables"):
        replace_model_stats(season)
    a_few(teams)
    with connection.cursor() as cursor:
        # What autovacuum does within a minute on a database that has been up for longer than a benchmark.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def shown(console: Console, rows: Iterable[T], what: str) -> Iterable[T]:
    return track(rows, description=what, transient=True, disable=not console.is_terminal)


def team_names() -> Iterator[str]:
    for number in range(TEAMS):
        yield f"{chr(65 + number % 26)}{chr(97 + number // 26)}berg {number:03}"


def a_season(number: int, competition: Competition, teams: Sequence[Team]) -> None:
    """Writes a season of twenty of the teams, ten matches a day; as many seasons a year as there are competitions."""
    label = str(2000 + number // 10)
    season = Season.objects.create(competition=competition, label=label, name=f"{competition} {label}")
    first = number % 10 * 20
    later = timedelta(days=365 * (number // 10)) + (FIRST - datetime(2025, 8, 1, 18, tzinfo=UTC))
    matches = matches_of(season, list(teams[first : first + 20]))
    for place, match in enumerate(matches):
        match.kickoff += later
        match.date = match.kickoff.date()
        match.status, match.revision = Match.Status.FINISHED, 2
        match.full_time_home, match.full_time_away = (place + number) % 4, place // 7 % 3
    Match.objects.bulk_create(matches)


def statements() -> Iterator[str]:
    text, no = "'" + "A sentence that says how it went. " * 30 + "'", "0" if connection.vendor == "sqlite" else "false"
    user = User.objects.create_superuser("benchmark").pk
    yield from (PREDICTIONS, SETTLEMENTS, SCORES, CHANGES.format(**JSON[connection.vendor]), *RECORDS)
    for sql in (GOALS, ROUNDUPS, VERSIONS, REPORTS, REPORT_VERSIONS, PINS, REPORT_PROGRESS, ATTEMPTS, TASKS, LOG):
        yield sql.replace("{text}", text).replace("{no}", no).replace("{user}", str(user)).replace("{kind}", "1")
    yield from TROUBLE


def spread_predictions(cursor: CursorWrapper) -> None:
    """Predictions that came in time came the day before their match."""
    day = "datetime(kickoff, '-1 day')" if connection.vendor == "sqlite" else "kickoff - interval '1 day'"
    cursor.execute(
        f"""UPDATE scoring_prediction SET submitted_at = (
              SELECT {day} FROM scoring_match m WHERE m.id = match_id)
            WHERE submitted_at = (SELECT MIN(submitted_at) FROM scoring_prediction)"""  # noqa: S608
    )


def a_few(teams: Sequence[Team]) -> None:
    """Writes what there is little of, whatever the number of matches."""
    now = timezone.now()
    TeamAlias.objects.bulk_create(TeamAlias(name=f"{team.name} FC", team=team) for team in teams)
    Rivalry.objects.bulk_create(
        Rivalry(first=one, second=other, name=f"The {one} derby") for one, other in pairwise(teams)
    )
    Spending.objects.bulk_create(Spending(day=(FIRST + timedelta(days=n)).date(), calls=n) for n in range(1000))
    Commission.objects.bulk_create(
        Commission(match=match, by="an editor", ordered_at=now) for match in Match.objects.all()[:100]
    )
    Merge.objects.bulk_create(
        Merge(kind="team", old_pk=-n, old_name=f"Old {n}", into_pk=1, into_name="New", old_fields={}, moved={}, at=now)
        for n in range(1, 200)
    )
    Schedule.objects.bulk_create(
        Schedule(name=f"write_roundup:{n}", func="content.tasks.write_roundup", next_run=now) for n in range(1000)
    )
    task = {"id": "1", "name": "a task", "func": "scoring.tasks.score_match", "args": (1,), "kwargs": {}}
    payload = SignedPackage.dumps(task)
    OrmQ.objects.bulk_create(OrmQ(key="fulltime", payload=payload, lock=now) for _ in range(1000))
    User.objects.bulk_create(User(username=f"user {n}", is_staff=True) for n in range(100))
