"""Which reports a page can lead its readers to: those that they can read now."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from content.models import Report
from scoring.models import Match

MOST = 60


@dataclass(frozen=True)
class Link:
    title: str
    address: str


def address_of(report: Report) -> str:
    """Return the address of a report's page."""
    if report.kind == Report.Kind.ROUND:
        return reverse("round_report", args=[report.season_id, report.slug])
    return reverse("season_report", args=[report.model_id, report.season_id])


def links_from(match: Match) -> list[Link]:
    """Return the links from a match's roundup: to the report on its round, and those on models' seasons, by name."""
    near = Q(kind=Report.Kind.SEASON) | Q(kind=Report.Kind.ROUND, round=match.round)
    public = Report.objects.public().filter(near, season=match.season_id).select_related("model")
    found = public.defer("facts", "text").order_by("kind", "model__name")[:MOST]
    return [Link(report.subject, address_of(report)) for report in found]
