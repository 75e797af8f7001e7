"""Orders roundups to be written again, by a chosen writer and with a chosen storyline; every order asks first."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.widgets import UnfoldAdminRadioSelectWidget

from content.admin.deciding import may_order
from content.admin.shown import whole
from content.collect import NotSettledError, NotYetError, collect_facts
from content.factsheet import Angle, angles, named
from content.models import EditorialPolicy, Roundup, WriterName
from content.ordering import order_again
from content.writers.setup import missing
from content.writing import writer_as_set
from scoring.admin.log import because, reason_in
from scoring.admin.unfolded import ReadOnlyAdmin
from scoring.locks import retried

NAMES_SHOWN = 20
CONFIRMED = "_confirmed"


class WriterForm(forms.Form):
    writer = forms.ChoiceField(
        label="Who writes it",
        required=False,
        choices=[("", ""), *WriterName.choices],
        widget=UnfoldAdminRadioSelectWidget,
    )

    def __init__(self, *args: Any, as_set: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", f"As it is set: {as_set}"), *writers_there_are()]
        self.fields["writer"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class AgainForm(WriterForm):
    """Offers the storylines that are true of the match, each with what proves it."""

    storyline = forms.ChoiceField(label="What the headline tells", required=False, widget=UnfoldAdminRadioSelectWidget)

    def __init__(self, *args: Any, true: Sequence[Angle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rarest = f": {true[0].title.lower()}" if true else ""
        choices = [("", f"The rarest that is true{rarest}"), *((angle.key, told(angle)) for angle in true)]
        self.fields["storyline"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def writers_there_are() -> list[tuple[str, str]]:
    """Return the writers that can be chosen, with their names; a language model only if one is set up."""
    usable = [name for name in WriterName if name != WriterName.LLM or not missing()]
    models = {WriterName.LLM: f" ({settings.LLM_MODEL})"}
    return [(name.value, f"{str(name.label).capitalize()}{models.get(name, '')}") for name in usable]


def told(angle: Angle) -> str:
    """Return a storyline with its evidence in one line."""
    about = f", {angle.about}" if angle.about else ""
    proof = f": {angle.proof}" if angle.evidence else ""
    return f"{angle.title}{about}{proof} ({angle.rarity})"


class OrderingAgain(ReadOnlyAdmin[Roundup]):
    actions = ["write_again"]

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(self.write_again_view)
        return [path("<int:pk>/again/", again, name="content_roundup_again"), *super().get_urls()]

    def write_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks who writes it, and which of the true storylines it tells; a POST orders it."""
        if not may_order(request):
            raise PermissionDenied
        roundup = get_object_or_404(whole(), pk=pk)
        true, why_none = true_now(roundup.match_id)
        form = AgainForm(request.POST if request.method == "POST" else None, as_set=as_set(roundup), true=true)
        if request.method == "POST" and form.is_valid():
            self._order(request, [roundup], form.cleaned_data["writer"], form.cleaned_data["storyline"])
            return HttpResponseRedirect(reverse("admin:content_roundup_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Write again: {roundup.match}",
            "opts": self.opts,
            "original": roundup,
            "form": form,
            "why_none": why_none,
            "no_language_model": missing(),
        }
        return TemplateResponse(request, "admin/content/again.html", context)

    def has_order_permission(self, request: HttpRequest) -> bool:
        return may_order(request)

    @admin.action(description="Write again", permissions=["order"])
    def write_again(self, request: HttpRequest, queryset: "QuerySet[Roundup]") -> HttpResponse | None:
        """Asks first, then orders all that were chosen."""
        form = WriterForm(
            request.POST if CONFIRMED in request.POST else None, as_set="by its competition or the settings"
        )
        if form.is_bound and form.is_valid():
            self._order(request, list(queryset), form.cleaned_data["writer"], "")
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Write again",
            "opts": self.opts,
            "form": form,
            "number": queryset.count(),
            "names": [str(roundup.match) for roundup in queryset[:NAMES_SHOWN]],
            "chosen": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/content/again_many.html", context)

    def _order(self, request: HttpRequest, roundups: Sequence[Roundup], writer: str, storyline: str) -> None:
        """Enqueues; the work itself is done by a worker."""
        match_ids, by = [roundup.match_id for roundup in roundups], request.user.get_username()
        why = reason_in(request)

        @retried
        @transaction.atomic
        def order() -> list[Roundup]:
            ordered = set(order_again(match_ids, writer=writer, storyline=storyline, by=by))
            chosen = [roundup for roundup in roundups if roundup.match_id in ordered]
            LogEntry.objects.log_actions(
                cast(int, request.user.pk), chosen, CHANGE, because(in_words(writer, storyline), why)
            )
            return chosen

        chosen = order()
        if chosen:
            self.message_user(request, f"{len(chosen)} queued: a worker writes a new version.", messages.SUCCESS)
        if left := len(roundups) - len(chosen):
            why = "scores or stats are on their way, the roundup follows them"
            self.message_user(request, f"{left} not queued: {why}.", messages.WARNING)


def in_words(writer: str, storyline: str) -> str:
    """Return what the log keeps of an order."""
    by = f" by the writer “{WriterName(writer).label}”" if writer else ""
    about = f", about “{named(storyline)}”" if storyline else ""
    return f"Ordered to be written again{by}{about}"


def true_now(match_id: int) -> tuple[tuple[Angle, ...], str]:
    """Return the storylines that are true of a match by its facts as they are now; or why they are not known."""
    try:
        return angles(collect_facts(match_id).facts), ""
    except (NotSettledError, NotYetError) as why:
        return (), str(why)


def as_set(roundup: Roundup) -> str:
    """Return who writes the roundups of its competition unless somebody chooses."""
    name = WriterName(writer_as_set(roundup.match_id)).label
    is_policy = EditorialPolicy.objects.filter(competition=roundup.match.season.competition_id).exclude(writer="")
    return f"{name}, {'for the competition' if is_policy.exists() else 'in the settings'}"
