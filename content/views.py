"""The pages that readers see. None is ever kept by a cache: a kept page would outlive what it was true of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.models import Roundup, Standing, is_pinned_to, standing_of
from content.moving import on_their_way
from content.render import lines_above, to_html
from content.reports.links import Link, links_from
from scoring import rules
from scoring.models import Competition, Match, ResultChange
from scoring.services.results import RESULT_FIELDS
from stats.leaderboard import Table, season_table

NOTICES = 5
"""Roundups on the front page that are off their page for a while, at most."""
RECENT = 50
TRIES = 3


@dataclass(frozen=True)
class Notice:
    """A roundup that readers can't see now, and why; it carries no number of the match.

    `edited`: not a worker but an editor brings it back, who has changed the text by hand.
    """

    match: Match
    what: str
    at: datetime | None
    edited: bool


@dataclass(frozen=True)
class Edition:
    """A public roundup and its season's table, read together. `counting`: the table is about to change."""

    roundup: Roundup
    table: Table
    rule: rules.Rule
    counting: bool

    @property
    def article(self) -> SafeString:
        return to_html(self.roundup.text)

    @property
    def corrected(self) -> list[str]:
        """What was corrected, as lines above the text; not those that an older text has in itself."""
        return lines_above(self.roundup)

    @property
    def reports(self) -> list[Link]:
        """The reports on its round, and on models of its season, that readers can see."""
        return links_from(self.roundup.match)

    @property
    def competition(self) -> Competition:
        return self.roundup.match.season.competition


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """The newest public roundup with its season's table; before it, those newer that are off their page for a while."""
    edition = edition_of(newest_public)
    waiting = Roundup.objects.off_the_page().with_match().defer("facts", "text").newest_first()
    if edition:
        match = edition.roundup.match
        newer = Q(match__kickoff__gt=match.kickoff) | Q(match__kickoff=match.kickoff, match_id__gt=match.pk)
        waiting = waiting.filter(newer)
    return render(request, "home.html", {"edition": edition, "notices": notices_of(list(waiting[:NOTICES]))})


@require_safe
@never_cache
def roundup(request: HttpRequest, match_id: int) -> HttpResponse:
    """The roundup of one match, or in its place why it can't be read.

    A notice while it is being rewritten, checked or held, or the match is to be played after all; 410 and the reason if
    it was withdrawn or the match is void; 404 if readers have never been able to see it, whatever was decided about it.
    """
    if match_id > BigIntegerField.MAX_BIGINT:  # more than the database can look for
        raise Http404
    edition = edition_of(lambda: public_of(match_id))
    if edition:
        return render(request, "roundup_page.html", {"edition": edition})
    hidden = get_object_or_404(Roundup.objects.with_match().defer("facts", "text"), match=match_id)
    if not hidden.was_public:
        raise Http404
    return _in_its_place(request, hidden)


def _in_its_place(request: HttpRequest, hidden: Roundup) -> HttpResponse:
    standing = standing_of(hidden)
    if standing in (Standing.REWRITTEN, Standing.OUT_OF_DATE, Standing.PUBLISHED):
        return render(request, "roundup_page.html", {"notice": notices_of([hidden])[0]})
    match = hidden.match
    to_come = standing == Standing.VOID and match.status in Match.OPEN_STATUSES
    gone = standing in (Standing.VOID, Standing.WITHDRAWN) and not to_come
    why = match.why_not_settled(match.season.competition)
    context = {"hidden": hidden, "standing": standing, "to_come": to_come, "why": why}
    return render(request, "roundup_page.html", context, status=410 if gone else 200)


def newest_public() -> Roundup | None:
    """Return the newest roundup that readers may see.

    It is among the newest matches that have one, unless all of those are off their page: a look at these few spares
    sorting all roundups there are.
    """
    written = Roundup.objects.filter(match=OuterRef("pk"), status=Roundup.Status.PUBLISHED, match_is_void="")
    recent = Match.objects.filter(Exists(written)).order_by("-kickoff", "-id").values_list("pk", flat=True)[:RECENT]
    public = Roundup.objects.public().with_match().newest_first()
    return public.filter(match__in=list(recent)).first() or public.first()


def public_of(match_id: int) -> Roundup | None:
    return Roundup.objects.public().with_match().filter(match=match_id).first()


def edition_of(find: Callable[[], Roundup | None]) -> Edition | None:
    """Return the public roundup that `find` finds with its season's table; None if there is none.

    A correction may commit between the two readings, so the roundup is looked at again after the table; one that is no
    longer public is not shown beside numbers that it doesn't know.
    """
    for _ in range(TRIES):
        found = find()
        if found is None:
            return None
        season = found.match.season
        edition = Edition(found, season_table(season.pk), rules.RULES[season.competition.rule], is_counting(season.pk))
        if Roundup.objects.public().filter(pk=found.pk, written_at=found.written_at).exists():
            return edition
    return None


def is_counting(season_id: int) -> bool:
    """Return whether a result of the season is not in its table yet."""
    return on_their_way().filter(match__season=season_id).exists()


def notices_of(roundups: Sequence[Roundup]) -> list[Notice]:
    """Return why each of these roundups is off its page, and since when."""
    changes = ResultChange.objects.filter(match__in=[roundup.match_id for roundup in roundups]).order_by("revision")
    latest = {change.match_id: change for change in changes}
    return [notice_of(roundup, latest.get(roundup.match_id)) for roundup in roundups]


def notice_of(roundup: Roundup, change: ResultChange | None) -> Notice:
    """Return the notice for a roundup, given the last change of its match."""
    match, edited = roundup.match, bool(roundup.edited_by)
    if roundup.table_is_moving and is_pinned_to(match, roundup):
        return Notice(match, "the table under it changes", None, edited)
    if change is None or change.revision <= roundup.revision:
        return Notice(match, "the table under it changed", match.season.counted_at, edited)
    corrected = set(RESULT_FIELDS) & {*change.before, *change.after}
    return Notice(match, "the result was corrected" if corrected else "the match was changed", change.at, edited)
