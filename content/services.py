"""Writes roundups: facts, then the writer, then saved under the match's lock and only if the facts still hold."""

from dataclasses import dataclass
from time import monotonic

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from content.collect import Collected, NotSettledError, NotYetError, collect_facts
from content.models import Roundup, RoundupRevision
from content.writers import Article, default_writer
from scoring import pipeline
from scoring.locks import retried
from scoring.models import Match, Settlement
from stats.models import MatchStats

STEP = "content.tasks.write_roundup"


@dataclass(frozen=True)
class Wrote:
    """What writing came to, for one match. `published`: whether a current roundup stands now."""

    match: Match
    outcome: str
    published: bool

    def __str__(self) -> str:
        return f"{self.match}: {self.outcome}"


def write_roundup(match_id: int, *, fresh: bool = False, reason: str = "") -> Wrote:
    """Brings the roundup of a match up to date with its facts, and notes that the step is done.

    One that is current already stays, unless `fresh` asks for a new version. The writer works between two short
    transactions; what it wrote is saved only if match and table still are what its facts were collected from. Raises
    `Match.DoesNotExist`.
    """
    if not fresh and (current := _keep_current(match_id)):
        return current
    try:
        collected = collect_facts(match_id)
    except NotSettledError as why:
        return withdraw(match_id, str(why))
    except NotYetError as why:
        return _wait(match_id, str(why))
    article = default_writer().write(collected.facts)
    return _save(match_id, collected, article, fresh=fresh, reason=reason)


class SeasonError(RuntimeError):
    """Some roundups of a season could not be written; the others were."""


def write_season_roundups(season_id: int, *, seconds: float) -> tuple[int, int]:
    """Writes the roundups of a season that are due, missing or no longer current, in kickoff order, until time is up.

    A match whose own schedule is still to come is left to it. Returns how many were brought up to date and how many
    were not tried; for these it enqueues itself again. Raises `SeasonError` at the end if any failed.
    """
    end, done, failed = monotonic() + seconds, 0, []
    ids = list(due_in_season(season_id).values_list("pk", flat=True))
    for match_id in ids:
        if monotonic() > end:
            break
        try:
            with pipeline.attempt(match_id, STEP):
                write_roundup(match_id)
            done += 1
        except Exception as error:  # noqa: BLE001  one must not keep the others back; all are raised below
            failed.append(f"match {match_id}: {type(error).__name__}: {error}")
            _stand_again(match_id, error)
    untried = len(ids) - done - len(failed)
    if untried:
        with transaction.atomic():
            pipeline.start_season_last(season_id)
    if failed:
        raise SeasonError("; ".join(failed[:20]))
    return done, untried


def due_in_season(season_id: int) -> "QuerySet[Match]":
    """Return the matches of a season that wait for their roundup, or have none that is current, in kickoff order."""
    waiting = Q(pk__in=Match.objects.behind(STEP)) | Q(pk__in=without_current(season_id))
    has_its_own_time = Q(
        progress__step=STEP, progress__next_try__gt=timezone.now(), pk__in=pipeline.scheduled(STEP, season_id)
    )
    return Match.objects.filter(waiting, season=season_id).exclude(has_its_own_time).by_kickoff()


@retried
@transaction.atomic
def _stand_again(match_id: int, error: Exception) -> None:
    """Lets a match whose roundup could not be brought up to date stand at that step, with the error."""
    pipeline.stand_at_last_step(_lock(match_id), f"{type(error).__name__}: {error}")


def without_current(season_id: int | None = None) -> "QuerySet[Match]":
    """Return the counted matches, of one season or all, that have no current roundup, in kickoff order."""
    counted = Match.objects.filter(stats__revision=F("revision"))
    if season_id is not None:
        counted = counted.filter(season=season_id)
    current = Q(roundup__revision=F("revision"), roundup__stats_version=F("stats__version"))
    return counted.exclude(current & Q(roundup__status=Roundup.Status.PUBLISHED)).by_kickoff()


def _lock(match_id: int) -> Match:
    return Match.objects.select_for_update(no_key=True).get(pk=match_id)


def _finish(match: Match) -> None:
    """Notes that the roundup is done; a schedule that still waits for it has nothing left to do."""
    pipeline.advance([match], STEP)
    pipeline.unschedule(match, STEP)


@retried
@transaction.atomic
def _keep_current(match_id: int) -> Wrote | None:
    match = _lock(match_id)
    if not Roundup.objects.public().filter(match=match).exists():
        return None
    _finish(match)
    return Wrote(match, "its roundup is current already", published=True)


@retried
@transaction.atomic
def _wait(match_id: int, why: str) -> Wrote:
    """Leaves the work to the newer run, or, if this match itself is ready, to a later time."""
    match = _lock(match_id)
    pipeline.postpone(match, STEP)
    return Wrote(match, f"not written yet, {why}", published=False)


@retried
@transaction.atomic
def withdraw(match_id: int, why: str) -> Wrote:
    """Withdraws the roundup of a match that does not count, with a note; nothing is done if it counts after all."""
    match = _lock(match_id)
    if Settlement.objects.current().filter(match=match).exists():
        pipeline.postpone(match, STEP)
        return Wrote(match, "not withdrawn, the match counts again", published=False)
    note = f"the match does not count ({why})"
    withdrawn = Roundup.objects.filter(match=match).exclude(status=Roundup.Status.WITHDRAWN)
    changed = withdrawn.update(status=Roundup.Status.WITHDRAWN, note=note)
    _finish(match)
    return Wrote(match, "its roundup was withdrawn" if changed else f"no roundup, {why}", published=False)


@retried
@transaction.atomic
def _save(match_id: int, collected: Collected, article: Article, *, fresh: bool, reason: str) -> Wrote:
    match = _lock(match_id)
    stats = MatchStats.objects.filter(match=match).first()
    now_holds = (match.revision, stats.revision, stats.version) if stats else None
    if now_holds != (collected.revision, collected.revision, collected.stats_version):
        pipeline.postpone(match, STEP)
        return Wrote(match, "not saved, the match or the table changed meanwhile", published=False)
    roundup = Roundup.objects.filter(match=match).first()
    same = roundup is not None and roundup.facts_hash == collected.facts.hash()
    if roundup is not None and same and not fresh and roundup.status == Roundup.Status.PUBLISHED:
        roundup.revision, roundup.stats_version = collected.revision, collected.stats_version
        roundup.save(update_fields=["revision", "stats_version"])
        outcome = "its roundup still holds"
    else:
        _publish(match, roundup, collected, article, reason)
        outcome = "roundup published"
    _finish(match)
    return Wrote(match, outcome, published=True)


def _publish(match: Match, roundup: Roundup | None, collected: Collected, article: Article, reason: str) -> None:
    now = timezone.now()
    written = {
        "headline": article.headline,
        "text": article.text,
        "facts": collected.facts.as_json(),
        "facts_hash": collected.facts.hash(),
        "revision": collected.revision,
        "stats_version": collected.stats_version,
        "writer": article.writer,
        "written_at": now,
    }
    roundup = roundup or Roundup(match=match)
    for name, value in {**written, "status": Roundup.Status.PUBLISHED, "note": ""}.items():
        setattr(roundup, name, value)
    roundup.published_at = roundup.published_at or now
    roundup.save()
    last = roundup.versions.aggregate(last=Max("number"))["last"] or 0
    RoundupRevision.objects.create(roundup=roundup, number=last + 1, reason=reason, **written)
