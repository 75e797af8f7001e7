"""Damage to model stats, match stats, progress and schedules."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from content.models import Roundup
from scoring.models import (
    AIModel,
    MatchProgress,
    Season,
)
from stats.models import MatchStats, ModelStats
from tests.content.verify.checks import (
    COUNTED,
    EXTRA,
    LOST,
    NOT_COUNTED,
    PRESENT,
    PROGRESS,
    RECORDS,
    SCHEDULES,
    STANDING,
    TABLE,
    VERSIONS,
    Damages,
)
from tests.content.verify.season import Played
from tests.factories import finish

DAMAGES = Damages()


@DAMAGES.breaks(TABLE)
def a_total_drifted(played: Played) -> None:
    ModelStats.objects.filter(season=played.plain.season_id, model__name="Ant").update(points=F("points") + 1)


@DAMAGES.breaks(TABLE)
def a_streak_drifted(played: Played) -> None:
    ModelStats.objects.filter(season=played.plain.season_id, model__name="Dog").update(
        current_streak=F("current_streak") + 1
    )


@DAMAGES.breaks(TABLE)
def a_best_streak_drifted(played: Played) -> None:
    ModelStats.objects.filter(season=played.plain.season_id, model__name="Dog").update(best_streak=F("best_streak") + 1)


@DAMAGES.breaks(TABLE)
def a_model_is_missing_from_the_table(played: Played) -> None:
    ModelStats.objects.filter(season=played.plain.season_id, model__name="Cat").delete()


@DAMAGES.breaks(EXTRA)
def a_model_too_many_is_in_the_table(played: Played) -> None:
    row = ModelStats.objects.filter(season=played.plain.season_id)[0]
    row.pk, row.model = None, AIModel.objects.get(name="Late")
    row.save()


@DAMAGES.breaks(COUNTED, PRESENT)
def a_match_is_not_counted(played: Played) -> None:
    MatchStats.objects.filter(match=played.plain).delete()


@DAMAGES.breaks(NOT_COUNTED)
def a_void_match_is_counted(played: Played) -> None:
    row = MatchStats.objects.get(match=played.plain)
    row.match, row.kickoff = played.void, played.void.kickoff
    row.version = MatchStats.objects.get(match=played.corrected).version
    row.save(force_insert=True)


@DAMAGES.breaks(RECORDS, PRESENT)
def counted_at_an_older_revision(played: Played) -> None:
    MatchStats.objects.filter(match=played.corrected).update(revision=F("revision") - 1)


@DAMAGES.breaks(RECORDS)
def counted_with_an_older_kickoff(played: Played) -> None:
    MatchStats.objects.filter(match=played.plain).update(kickoff=F("kickoff") - timedelta(minutes=1))


@DAMAGES.breaks(VERSIONS)
def a_version_too_low(played: Played) -> None:
    MatchStats.objects.filter(match=played.plain).update(version=1)
    Roundup.objects.filter(match=played.plain).update(stats_version=1)


@DAMAGES.breaks(VERSIONS)
def a_season_behind_its_matches(played: Played) -> None:
    Season.objects.filter(pk=played.plain.season_id).update(stats_version=1)


@DAMAGES.breaks(PROGRESS)
def a_match_that_nobody_works_on(played: Played) -> None:
    MatchProgress.objects.filter(match=played.plain).delete()


@DAMAGES.breaks(PROGRESS)
def a_match_to_come_that_was_counted(played: Played) -> None:
    row = MatchStats.objects.get(match=played.plain)
    row.match, row.kickoff = played.to_come, played.to_come.kickoff
    row.save(force_insert=True)


@DAMAGES.breaks(STANDING)
def a_step_that_is_none(played: Played) -> None:
    MatchProgress.objects.filter(match=played.plain).update(step="content.tasks.write_poem")


@DAMAGES.breaks(SCHEDULES)
def a_schedule_for_what_is_done(played: Played) -> None:
    Schedule.objects.create(name=f"write_roundup:{played.plain.pk}", func="content.tasks.write_roundup")


@DAMAGES.breaks(SCHEDULES)
def a_schedule_for_nothing(played: Played) -> None:
    Schedule.objects.create(name="write_roundup:987654321", func="content.tasks.write_roundup")


@DAMAGES.breaks(SCHEDULES)
def two_schedules_for_one_season(played: Played) -> None:
    name = f"write_season_roundups:{played.plain.season_id}"
    for _ in range(2):
        Schedule.objects.create(name=name, func="content.tasks.write_season_roundups")


def _lose(played: Played, **times: object) -> None:
    """A match is over, and its task was lost; by its progress it has been due for a long time."""
    finish(played.to_come, 1, 0)
    OrmQ.objects.all().delete()
    long_ago = timezone.now() - timedelta(days=3)
    usual = {"changed_at": long_ago, "queued_at": long_ago, "next_try": long_ago}
    MatchProgress.objects.filter(match=played.to_come).update(**{**usual, **times})


@DAMAGES.breaks(LOST)
def a_step_was_lost(played: Played) -> None:
    _lose(played)


@DAMAGES.breaks(LOST)
def a_step_was_put_off_by_a_wrong_clock(played: Played) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    _lose(played, changed_at=tomorrow, queued_at=tomorrow, next_try=tomorrow)
    OrmQ.objects.update(lock=tomorrow)


@DAMAGES.breaks(LOST, TABLE, PRESENT)
def a_lost_step_beside_a_table_that_drifted_and_an_old_roundup(played: Played) -> None:
    _lose(played)
    ModelStats.objects.filter(season=played.plain.season_id, model__name="Ant").update(points=F("points") + 1)
    Roundup.objects.filter(match=played.plain).update(stats_version=F("stats_version") - 1)


@DAMAGES.breaks(TABLE)
def a_table_drifted_while_a_match_waits_for_its_settlement(played: Played) -> None:
    finish(played.to_come, 1, 0)
    ModelStats.objects.filter(season=played.plain.season_id, model__name="Ant").update(points=F("points") + 1)
