"""The page on which the results of a whole round are entered: typed, checked, saved together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import BigIntegerField, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from scoring import pipeline
from scoring.admin.log import because
from scoring.admin.matches import WORK_COLOURS, standing
from scoring.admin.round_form import RoundForm, RowForm, with_changes
from scoring.admin.unfolded import ModelAdmin
from scoring.locks import retried
from scoring.models import Match, Season
from scoring.models.match import MatchQuerySet
from scoring.rounds import Round, most_wanted, rounds_of, season_wanted
from scoring.services import RoundError, record_round
from scoring.services.corrections import asking_why
from stats.differences import Effect
from stats.effects import effect_of
from stats.prospects import size
from stats.rounds import Change, Prospect, known, prospects, tips_for

MOST = 60
"""Matches on one page: those that wait for their result first."""
CHECK = "_check"


@dataclass(frozen=True)
class Place:
    """The round that is shown, among those of its season."""

    season: Season | None
    rounds: list[Round]
    round: Round | None

    @property
    def address(self) -> str:
        if self.season is None or self.round is None:
            return reverse("admin:scoring_match_results")
        asked = urlencode([("season", str(self.season.pk)), ("round", self.round.name)])
        return f"{reverse('admin:scoring_match_results')}?{asked}"


@dataclass(frozen=True)
class Line:
    """A row of the page: what is typed, beside what is known of the match, and what saving would do."""

    form: RowForm
    known: str
    predicted: int
    work: tuple[str, str] | None
    prospect: Prospect | None

    @property
    def match(self) -> Match:
        return self.form.match

    @property
    def colour(self) -> str:
        return WORK_COLOURS[self.work[0]] if self.work else ""


@dataclass(frozen=True)
class Checked:
    """What saving would do: by match, and to the tables if something known is corrected."""

    prospects: Mapping[int, Prospect]
    effect: Effect | None

    @property
    def corrections(self) -> int:
        return sum(prospect.kind == "correction" for prospect in self.prospects.values())

    @property
    def new(self) -> int:
        return len(self.prospects) - self.corrections

    def __str__(self) -> str:
        counts = [(self.new, "new result"), (self.corrections, "correction")]
        return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n)


class EntersRounds(ModelAdmin[Match]):
    """Adds the page to that of matches."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.results_view)
        return [path("results/", page, name="scoring_match_results"), *super().get_urls()]

    def results_view(self, request: HttpRequest) -> HttpResponse:
        """Shows a round (`season`, an id, and `round`; the one most wanted unless given), and saves what was shown."""
        if not request.user.has_perm("scoring.change_match"):
            raise PermissionDenied
        place = chosen(request.GET)
        posted = request.POST if request.method == "POST" else None
        matches, gone = _sent(place, posted) if posted is not None else (shown(place), 0)
        form, checked = RoundForm(matches, posted, gone=gone), None
        if posted is not None and form.is_valid():
            checked = self._checked(request, form)
            if checked and checked.prospects and self._save(request, form, checked):
                return HttpResponseRedirect(place.address)
        return TemplateResponse(request, "admin/stats/round.html", self._context(request, place, form, checked))

    def _context(self, request: HttpRequest, place: Place, form: RoundForm, checked: Checked | None) -> dict[str, Any]:
        tips = tips_for(row.match.pk for row in form.rows)
        found = checked.prospects if checked else {}
        lines = [
            Line(
                row,
                known(row.match),
                size(tips.get(row.match.pk, {})),
                standing(row.match),
                found.get(row.match.pk),
            )
            for row in form.rows
        ]
        empty = next((row for row in form.rows if row["full_time_home"].value() is None), None)
        return {
            **self.admin_site.each_context(request),
            "title": "Enter results",
            "place": place,
            "seasons": Season.objects.filter(Exists(Match.objects.filter(season=OuterRef("pk")))),
            "form": form,
            "lines": lines,
            "checked": checked,
            "begin_at": empty.match.pk if empty and not form.is_bound else None,
            "left_out": max(0, place.round.matches - len(lines)) if place.round else 0,
        }

    def _checked(self, request: HttpRequest, form: RoundForm) -> Checked | None:
        """Return what saving would do; None if something came up against it, which is said in its row."""
        changes, entries = changes_in(form), form.entries()
        corrected = {change.before.pk for change in changes if change.corrects}
        competition = form.rows[0].match.season.competition if form.rows else None
        if competition is None:
            return None
        tips = tips_for(change.before.pk for change in changes)
        corrections = [entry for entry in entries if entry.match_id in corrected]
        by, reason = request.user.get_username(), form.cleaned_data["reason"] or "a look at what it would do"
        try:
            effect = effect_of(lambda: record_round(corrections, by=by, reason=reason))[1] if corrections else None
        except RoundError as error:
            _say(form, error)
            return None
        return Checked(prospects(changes, competition, tips, timezone.now()), effect)

    def _save(self, request: HttpRequest, form: RoundForm, checked: Checked) -> bool:
        """Saves what was shown, if it was and nothing is missing; returns whether it did."""
        was_shown, asked = form.was_shown, CHECK in request.POST
        form.note_shown()
        if asked or not was_shown:
            return False
        if checked.corrections and not form.cleaned_data["reason"]:
            form.add_error("reason", "This corrects a result that is known: say why.")
            return False
        try:
            save_and_log(self, request, form)
        except RoundError as error:
            _say(form, error)
            return False
        self.message_user(request, what_follows(checked))
        return True


def chosen(asked: QueryDict) -> Place:
    """Return the round that is asked for. Raises Http404 for a season that doesn't exist.

    A round that its season does not have, as when only the season was chosen anew, is the one most wanted of it.
    """
    now = timezone.now()
    wanted = asked.get("season", "")
    if wanted and not (wanted.isdecimal() and int(wanted) <= BigIntegerField.MAX_BIGINT):
        raise Http404("no such season")
    season_id = int(wanted) if wanted else season_wanted(now)
    season = Season.objects.filter(pk=season_id).first() if season_id is not None else None
    if season is None:
        if wanted:
            raise Http404("no such season")
        return Place(None, [], None)
    rounds = rounds_of(season.pk, now)
    named = next((one for one in rounds if one.name == asked.get("round")), None)
    return Place(season, rounds, named or most_wanted(rounds, now))


def shown(place: Place) -> list[Match]:
    """Return the matches of a round by kickoff; of too many those that wait for their result, and then the newest."""
    if place.season is None or place.round is None:
        return []
    rows = _whole().filter(season=place.season, round=place.round.name)
    if place.round.matches <= MOST:
        return list(rows.by_kickoff())
    waiting = list(rows.awaiting_result(timezone.now()).order_by("-kickoff", "-id")[:MOST])
    newest = rows.exclude(pk__in=[match.pk for match in waiting]).order_by("-kickoff", "-id")
    return sorted([*waiting, *newest[: MOST - len(waiting)]], key=lambda match: (match.kickoff, match.pk))


def _sent(place: Place, posted: QueryDict) -> tuple[list[Match], int]:
    """Return the matches that were on the page, and how many of them are gone. Raises BadRequest for other ids."""
    ids = posted.getlist("match")
    if len(ids) > MOST or not all(pk.isdecimal() and int(pk) <= BigIntegerField.MAX_BIGINT for pk in ids):
        raise BadRequest("these are not the matches of a page")
    wanted = set(map(int, ids))
    matches = list(_whole().filter(pk__in=wanted, season=place.season).by_kickoff())
    return matches, len(wanted) - len(matches)


def _whole() -> MatchQuerySet:
    return MatchQuerySet(Match).with_names().select_related("progress")


def changes_in(form: RoundForm) -> list[Change]:
    """Return what a valid form changes; at most three queries."""
    pairs = [(row.match, row.changes()) for row in form.rows]
    told = [(match, fields) for match, fields in pairs if fields]
    why = asking_why([(m, {name: (getattr(m, name), value) for name, value in fields.items()}) for m, fields in told])
    return [Change(match, with_changes(match, fields), match.pk in why) for match, fields in told]


@retried
@transaction.atomic
def save_and_log(shown_by: ModelAdmin[Match], request: HttpRequest, form: RoundForm) -> None:
    """Records a round, and that in the admin's log of each match, together. Raises `RoundError`."""
    reason = form.cleaned_data["reason"]
    changes = {change.before.pk: change for change in changes_in(form)}
    recorded = record_round(form.entries(), by=request.user.get_username(), reason=reason)
    for pk in (each.match.pk for each in recorded if each.changed):
        change = changes[pk]
        before, after = known(change.before), known(change.after)
        words = f"Result corrected, {before} → {after}" if change.corrects else f"Result entered: {after}"
        shown_by.log_change(request, change.before, because(words, reason))


def _say(form: RoundForm, error: RoundError) -> None:
    rows = {row.match.pk: row for row in form.rows}
    for pk, words in error.refused.items():
        if pk in rows:
            rows[pk].add_error(None, f"{words[0].upper()}{words[1:]}.")
        else:
            form.add_error(None, f"{words[0].upper()}{words[1:]}.")


def what_follows(checked: Checked) -> str:
    """Return what happens next, for the person who saved."""
    counts = [(checked.new, "entered"), (checked.corrections, "corrected")]
    done = ", ".join(f"{n} result{'' if n == 1 else 's'} {word}" for n, word in counts if n)
    delay = pipeline.match_steps()[-1].delay or 0
    return f"{done}. Scoring is queued; the roundups follow {delay} seconds after the stats."
