"""Writes roundups: facts, then the writer, then saved under the match's lock and only if the facts still hold."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_q.exceptions import TimeoutException

from content.collect import Collected, NotSettledError, NotYetError, collect_facts, still_holds
from content.models import Commission, EditorialPolicy, Roundup
from content.reports import ordering as reports
from content.versions import add_version, lock_match, put_text
from content.writers import default_writer
from content.writing import Piece, Wish, kept_for, wish_for, with_storyline, written
from scoring import orders, pipeline
from scoring.locks import retried
from scoring.models import Match, Season, Settlement

STEP = "content.tasks.write_roundup"
SEASON_STEP = "content.tasks.write_season_roundups"

OUTCOMES = {
    Roundup.Status.PUBLISHED: "roundup published",
    Roundup.Status.REVIEW: "roundup written, it waits for review",
    Roundup.Status.HELD: "roundup written, it stays held",
    Roundup.Status.WITHDRAWN: "roundup written, it stays withdrawn",
}

HOLDS = "its roundup still holds"
LONGEST_REASON = 300


@dataclass(frozen=True)
class Wrote:
    """What writing came to, for one match. `published`: whether readers see a roundup of it now; `written`: anew.

    `why`: why it was not written as it was wished for.
    """

    match: Match
    outcome: str
    published: bool
    written: bool = False
    why: str = ""

    def __str__(self) -> str:
        return f"{self.match}: {self.outcome}{f' ({self.why})' if self.why else ''}"


def write_roundup(match_id: int, *, fresh: bool = False, reason: str = "", wish: Wish | None = None) -> Wrote:
    """Brings the roundup of a match up to date with its facts, and notes that the step is done.

    One that is current already stays, unless `fresh` asks for a new version, or one was ordered (`orders.again`). The
    writer works between two short transactions; what it wrote is saved only if match and table still are what its facts
    were collected from. What was decided about the roundup stays decided: one that is held is written anew and stays
    held. A text that was changed by hand is never overwritten: the new one waits beside it. What a language model wrote
    stays, with new tables, while it is true of the new facts. `wish` says who is to write and about what, before any
    order. Raises `Match.DoesNotExist`.
    """
    if not fresh and (current := _keep_current(match_id)):
        return current
    try:
        collected = collect_facts(match_id)
    except NotSettledError:
        return _mark_void(match_id)
    except NotYetError as why:
        return _wait(match_id, str(why))
    if not fresh and (holds := _keep_text(match_id, collected)):
        return holds
    ordered = wish_for(match_id)
    piece = None if fresh or wish or ordered.ordered_at else kept_for(match_id, collected.facts)
    piece = piece or written(match_id, collected, wish or with_storyline(match_id, ordered), template=default_writer())
    return _save(match_id, collected, piece, _Saving(ordered, fresh, reason))


@dataclass(frozen=True)
class _Saving:
    """How a piece is saved: `ordered` stood when it was begun, `fresh`: as a new version, whatever is there."""

    ordered: Wish
    fresh: bool
    reason: str


class SeasonError(RuntimeError):
    """Some roundups of a season could not be written; the others were."""


def write_season_roundups(season_id: int, *, seconds: float) -> tuple[int, int]:
    """Writes the roundups of a season that are due, missing or no longer current, until time is up.

    A match whose own schedule is still to come is left to it. Returns how many were brought up to date and how many
    were not tried; for these, and if it ends early, it comes again. Raises `SeasonError` at the end if any failed.
    """
    end, done, failed = monotonic() + seconds, 0, []
    with pipeline.season_comes_again(season_id, SEASON_STEP):
        ids = list(due_in_season(season_id).values_list("pk", flat=True))
        for match_id in ids:
            if monotonic() > end:
                break
            try:
                with pipeline.attempt(match_id, STEP):
                    write_roundup(match_id)
                done += 1
            except (Exception, TimeoutException) as error:  # one must not keep the others back; all are raised below
                _stand_again(match_id, error)
                if pipeline.ends_all(error):
                    raise
                failed.append(f"match {match_id}: {type(error).__name__}: {error}")
        untried = len(ids) - done - len(failed)
        if untried:
            _go_on_later(season_id)
    if failed:
        raise SeasonError("; ".join(failed[:20]))
    return done, untried


@retried
@transaction.atomic
def spare_second_look(season_id: int) -> None:
    """Removes the schedule of a season's second look at its roundups if none is due any more."""
    Season.objects.select_for_update(no_key=True).get(pk=season_id)
    if not due_in_season(season_id).exists():
        pipeline.unschedule_season_last(season_id)


def due_in_season(season_id: int) -> "QuerySet[Match]":
    """Return the matches of a season that wait for their roundup, or have none that is current.

    In kickoff order, but those last that were tried already: one that takes all the time must not keep the others back.
    """
    attempts = Coalesce("progress__attempts", 0)
    waiting = Q(pk__in=Match.objects.behind(STEP)) | Q(pk__in=without_current(season_id))
    has_its_own_time = Q(
        progress__step=STEP, progress__next_try__gt=timezone.now(), pk__in=pipeline.scheduled(STEP, season_id)
    )
    return Match.objects.filter(waiting, season=season_id).exclude(has_its_own_time).order_by(attempts, "kickoff", "pk")


@retried
@transaction.atomic
def _stand_again(match_id: int, error: BaseException) -> None:
    """Lets a match whose roundup could not be brought up to date stand at that step, with the error."""
    pipeline.stand_at_last_step(lock_match(match_id), error)


@retried
@transaction.atomic
def _go_on_later(season_id: int) -> None:
    pipeline.start_season_last(season_id)


def without_current(season_id: int | None = None) -> "QuerySet[Match]":
    """Return the counted matches, of one season or all, whose roundup is missing or not up to date, in kickoff order.

    One that a person keeps back is up to date as well; an edited one is, if what waits beside it is.
    """
    counted = Match.objects.filter(stats__revision=F("revision"))
    if season_id is not None:
        counted = counted.filter(season=season_id)
    return counted.filter(~Exists(Roundup.objects.up_to_date().filter(match=OuterRef("pk")))).by_kickoff()


def _finish(match: Match) -> None:
    """Notes that the roundup is done, as ordered; a schedule that still waits for it has nothing left to do."""
    Commission.objects.filter(match=match).delete()
    orders.fulfil(match)
    pipeline.advance([match], STEP)
    reports.match_done(match)
    pipeline.unschedule(match, STEP)


def _is_public(match: Match) -> bool:
    return Roundup.objects.public().filter(match=match).exists()


@retried
@transaction.atomic
def _keep_current(match_id: int) -> Wrote | None:
    match = lock_match(match_id)
    if orders.is_ordered(match) or not Roundup.objects.up_to_date().filter(match=match).exists():
        return None
    _finish(match)
    return Wrote(match, "its roundup is current already", published=_is_public(match))


@retried
@transaction.atomic
def _wait(match_id: int, why: str) -> Wrote:
    """Leaves the work to the newer run, or, if this match itself is ready, to a later time."""
    match = lock_match(match_id)
    pipeline.postpone(match, STEP, why)
    return Wrote(match, f"not written yet, {why}", published=False)


@retried
@transaction.atomic
def _mark_void(match_id: int) -> Wrote:
    """Takes the roundup of a match that does not count off the page, with the reason, whatever its status.

    Its text and status stay for the day on which the match counts again. Nothing is done if it counts after all.
    """
    match = lock_match(match_id)
    why = match.why_not_settled(match.season.competition)
    if not why or Settlement.objects.current().filter(match=match).exists():
        pipeline.postpone(match, STEP, "the match counts again")
        return Wrote(match, "not taken down, the match counts again", published=False)
    taken_down = Roundup.objects.filter(match=match).exclude(match_is_void=why).update(match_is_void=why)
    is_down = "its roundup is down" if Roundup.objects.filter(match=match).exists() else "no roundup"
    _finish(match)
    return Wrote(match, f"{'its roundup was taken down' if taken_down else is_down}, {why}", published=False)


@retried
@transaction.atomic
def _keep_text(match_id: int, collected: Collected) -> Wrote | None:
    """Spares the writer the work if the text is about these very facts already, and nobody ordered another."""
    match = lock_match(match_id)
    roundup = Roundup.objects.filter(match=match, facts_hash=collected.facts.hash()).first()
    if roundup is None or orders.is_ordered(match) or not still_holds(match, collected):
        return None
    outcome = _move_on(roundup, collected)
    _finish(match)
    return Wrote(match, outcome, published=_is_public(match))


@retried
@transaction.atomic
def _save(match_id: int, collected: Collected, piece: Piece, how: _Saving) -> Wrote:
    match = lock_match(match_id)
    if not still_holds(match, collected):
        pipeline.postpone(match, STEP, "the match or the table changes again and again")
        return Wrote(match, "not saved, the match or the table changed meanwhile", published=False)
    fresh, reason = how.fresh, how.reason
    # Asked under the lock: of two who were ordered to write at once, the first has done it for both.
    if orders.is_ordered(match):
        fresh, reason = True, reason or "written again"
    outcome = _put(match, collected, piece, fresh=fresh, reason=reason)
    if wish_for(match_id) == how.ordered:
        _finish(match)
    return Wrote(match, outcome, published=_is_public(match), written=outcome != HOLDS, why=piece.why)


def _put(match: Match, collected: Collected, piece: Piece, *, fresh: bool, reason: str) -> str:
    """Saves a text, unless the one that is there is about the same facts and need not be fresh; returns the outcome.

    An order that was given while it was written, for another writer or storyline, stands: its own task fulfils it.
    """
    roundup = Roundup.objects.filter(match=match).first()
    if roundup and roundup.facts_hash == collected.facts.hash() and not fresh:
        return _move_on(roundup, collected)
    why = "; ".join(told for told in (reason, piece.why) if told)[:LONGEST_REASON]
    if roundup and roundup.edited_by:
        return _write_beside(roundup, piece.fields(collected), why)
    return _write(roundup or _new_roundup(match), piece.fields(collected), why)


def _move_on(roundup: Roundup, collected: Collected) -> str:
    """The text, edited or not, is about these very facts: it stays, and what waited beside it is not needed."""
    roundup.revision, roundup.stats_version = collected.revision, collected.stats_version
    roundup.match_is_void, roundup.waiting = "", None
    roundup.save(update_fields=["revision", "stats_version", "match_is_void", "waiting"])
    return HOLDS


def _write_beside(roundup: Roundup, written: dict[str, Any], reason: str) -> str:
    """Leaves a text changed by hand as it is, hence out of date; an older version that waited is history."""
    roundup.waiting = add_version(roundup, written, reason=reason)
    roundup.match_is_void = ""
    roundup.save(update_fields=["waiting", "match_is_void"])
    return "a new version waits beside the edited text"


def _write(roundup: Roundup, written: dict[str, Any], reason: str) -> str:
    """Writes a text over one that nobody edited; a new roundup is public or not as the competition has it."""
    if roundup.status == Roundup.Status.PUBLISHED:
        roundup.note_published(written["written_at"], written["revision"])
    roundup.match_is_void = ""
    put_text(roundup, written, reason=reason)
    return OUTCOMES[Roundup.Status(roundup.status)]


def _new_roundup(match: Match) -> Roundup:
    policy = EditorialPolicy.objects.filter(competition__seasons=match.season_id, review_first=True)
    return Roundup(match=match, status=Roundup.Status.REVIEW if policy.exists() else Roundup.Status.PUBLISHED)
