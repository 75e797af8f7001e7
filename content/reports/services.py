"""Writes reports: facts, then the writer, then saved under locks and only if the facts still hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from content.collect import NotSettledError, NotYetError
from content.models import EditorialPolicy, Report, ReportPin, ReportVersion
from content.reports.attempts import come_again
from content.reports.collect import NOT_COUNTED, CollectedRound, Pin, collect_round, pin_of
from content.reports.facts import RoundFacts, SeasonFacts
from content.reports.ordering import Subject, lock, reports_on
from content.reports.rounds import placed
from content.reports.season import CollectedSeason, collect_season
from content.reports.writer import ReportArticle, default_writer
from scoring.locks import retried
from scoring.models import Match, Season

HOLDS = "its report still holds"
LONGEST_SLUG = 90


@dataclass(frozen=True)
class Reported:
    """What writing a report came to. `published`: whether readers see one now; `written`: anew."""

    subject: str
    outcome: str
    published: bool = False
    written: bool = False

    def __str__(self) -> str:
        return f"{self.subject}: {self.outcome}"


def write_round_report(season_id: int, name: str) -> Reported:
    """Brings the report on a round up to date with its facts.

    One that holds stays, unless a new version was asked for. A round that is not over has none: whoever finishes its
    last match orders it. If something it is made of is on its way, it comes again later. Raises `Season.DoesNotExist`.
    """
    subject = Subject(season_id, name)
    if current := _keep(subject):
        return current
    try:
        collected = collect_round(season_id, name)
    except NotSettledError as why:
        return _nothing_to_write(subject, str(why))
    except NotYetError as why:
        return _later(subject, str(why))
    article = default_writer().write(collected.facts)
    return _save_round(subject, collected, article)


def write_season_report(season_id: int, model_id: int) -> Reported:
    """Brings the report on a model's season up to date with its facts; see `write_round_report`.

    Raises `Season.DoesNotExist` or `AIModel.DoesNotExist`.
    """
    subject = Subject(season_id, model_id=model_id)
    if current := _keep(subject):
        return current
    try:
        collected = collect_season(season_id, model_id)
    except NotSettledError as why:
        return _nothing_to_write(subject, str(why))
    except NotYetError as why:
        return _later(subject, str(why))
    article = default_writer().write(collected.facts)
    return _save_season(subject, collected, article)


@retried
@transaction.atomic
def _keep(subject: Subject) -> Reported | None:
    """Notes that there is nothing to do, if the report holds."""
    progress = lock(subject)
    if progress.ordered_anew or not reports_on(subject).holding().exists():
        return None
    _done(subject)
    return Reported(subject.name, "its report is current already", published=_is_public(subject))


@retried
@transaction.atomic
def _nothing_to_write(subject: Subject, why: str) -> Reported:
    _done(subject)
    return Reported(subject.name, f"no report, {why}")


def _later(subject: Subject, why: str) -> Reported:
    come_again(subject, waits_for=why)
    return Reported(subject.name, f"not written yet, {why}")


def _done(subject: Subject) -> None:
    """Notes that the work is done; if it was ordered again meanwhile, that order stays."""
    progress = lock(subject)
    progress.attempts, progress.error, progress.ordered_anew = 0, "", False
    progress.changed_at = timezone.now()
    progress.save()


def _is_public(subject: Subject) -> bool:
    return reports_on(subject).public().exists()


@retried
@transaction.atomic
def _save_round(subject: Subject, collected: CollectedRound, article: ReportArticle) -> Reported:
    rows = Match.objects.filter(season=subject.season_id, round=subject.round).order_by("pk")
    list(rows.select_for_update(no_key=True))
    if _pins(subject) != collected.pins:
        come_again(subject, waits_for="a match of the round changes again and again")
        return Reported(subject.name, "not saved, a match of the round changed meanwhile")
    report, written = _put(subject, collected.facts, article, collected.stats_version, until=collected.until)
    ReportPin.objects.filter(report=report).delete()
    ReportPin.objects.bulk_create(
        ReportPin(
            report=report,
            match_id=pin.match_id,
            season_id=subject.season_id,
            round=subject.round,
            revision=pin.revision,
            stats_version=pin.stats_version,
            home=pin.home,
            away=pin.away,
        )
        for pin in sorted(collected.pins, key=lambda pin: pin.match_id)
    )
    return _reported(subject, report, written)


def _pins(subject: Subject) -> frozenset[Pin]:
    """Return what the matches of a round are now; their locks are held."""
    there = placed(subject.season_id, subject.round)
    matches = Match.objects.select_related("home", "away").in_bulk([row.pk for row in there])
    return frozenset(pin_of(row, matches[row.pk]) for row in there)


@retried
@transaction.atomic
def _save_season(subject: Subject, collected: CollectedSeason, article: ReportArticle) -> Reported:
    season = Season.objects.select_for_update(no_key=True).get(pk=subject.season_id)
    if season.stats_version != collected.stats_version:
        come_again(subject, waits_for=NOT_COUNTED)
        return Reported(subject.name, "not saved, the season's table changed meanwhile")
    report, written = _put(subject, collected.facts, article, collected.stats_version, until=None)
    return _reported(subject, report, written)


def _reported(subject: Subject, report: Report, written: bool) -> Reported:
    _done(subject)
    outcome = f"report {report.get_status_display().lower()}" if written else HOLDS
    return Reported(subject.name, outcome, published=_is_public(subject), written=written)


def _put(
    subject: Subject,
    facts: RoundFacts | SeasonFacts,
    article: ReportArticle,
    stats_version: int,
    *,
    until: datetime | None,
) -> tuple[Report, bool]:
    """Saves a report, with a version of it if it is another than before; returns it, and whether it is."""
    anew = lock(subject).ordered_anew
    report = reports_on(subject).first() or _new_report(subject)
    report.stats_version, report.until = stats_version, until
    if report.pk and report.facts_hash == facts.hash() and not anew:
        report.save(update_fields=["stats_version", "until"])
        return report, False
    report.headline, report.text, report.writer = article.headline, article.text, article.writer
    report.facts, report.facts_hash, report.written_at = facts.as_json(), facts.hash(), timezone.now()
    if report.status == Report.Status.PUBLISHED:
        report.note_published(report.written_at)
    report.save()
    _add_version(report, reason="ordered" if anew else "")
    return report, True


def _new_report(subject: Subject) -> Report:
    policy = EditorialPolicy.objects.filter(competition__seasons=subject.season_id, review_first=True)
    on_round = subject.model_id is None
    return Report(
        kind=Report.Kind.ROUND if on_round else Report.Kind.SEASON,
        season_id=subject.season_id,
        round=subject.round,
        slug=_slug(subject) if on_round else "",
        model_id=subject.model_id,
        status=Report.Status.REVIEW if policy.exists() else Report.Status.PUBLISHED,
    )


def _slug(subject: Subject) -> str:
    """Return what stands for a round in its address; another round of the season may have taken the plain one."""
    plain = slugify(subject.round, allow_unicode=True)[:LONGEST_SLUG] or "round"
    taken = Report.objects.on_rounds().filter(season=subject.season_id).values_list("slug", flat=True)
    return _free(plain, set(taken))


def _free(plain: str, taken: Iterable[str]) -> str:
    numbered = (f"{plain}-{n}" for n in range(2, 10_000))
    return next(slug for slug in (plain, *numbered) if slug not in taken)


def _add_version(report: Report, *, reason: str) -> None:
    last = report.versions.aggregate(last=Max("number"))["last"] or 0
    text = {name: getattr(report, name) for name in ("headline", "text", "facts", "facts_hash", "writer", "written_at")}
    ReportVersion.objects.create(
        report=report, number=last + 1, reason=reason, stats_version=report.stats_version, **text
    )
