"""Competitions, teams, models and predictions, whose changes show their effect on the tables before they are made."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from scoring.admin.competitions import CompetitionAdmin, TeamAdmin
from scoring.admin.predictions import AIModelAdmin, PredictionAdmin, has_begun
from scoring.finding import ModelNotFoundError, TeamNotFoundError, find_model, find_team
from scoring.models import AIModel, Competition, Prediction, Team
from scoring.services import (
    SCORING_FIELDS,
    exclude_prediction,
    merge_models,
    merge_teams,
    reinstate_prediction,
)
from scoring.services.exclusions import Excluded
from scoring.services.merges import Merged
from scoring.services.revisions import LONGEST_REASON
from stats.admin.confirming import ConfirmsEffect, Moves
from stats.admin.record_page import ShowsRecord
from stats.differences import Effect


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=UnfoldAdminTextInputWidget,
        help_text="For the record of changes. Readers may see it.",
    )


class ExclusionForm(ReasonForm):
    """A prediction can be declared void at any time, but its maker withdraws it only before the match has begun."""

    kind = forms.ChoiceField(
        label="What becomes of it",
        choices=[choice for choice in Prediction.Exclusion.choices if choice[0]],
        widget=UnfoldAdminSelectWidget,
    )
    field_order = ["kind", "reason"]

    def __init__(self, *args: Any, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:
            kept = Prediction.Exclusion.VOIDED
            self.fields["kind"].choices = [(kept.value, kept.label)]  # type: ignore[attr-defined]  # a ChoiceField


class IntoForm(ReasonForm):
    """Asks for the record that stays, by its name."""

    into = forms.CharField(label="Becomes part of", max_length=120, widget=UnfoldAdminTextInputWidget)
    field_order = ["into", "reason"]


class IntoModelForm(IntoForm):
    def clean_into(self) -> AIModel:
        try:
            return find_model(self.cleaned_data["into"])
        except ModelNotFoundError as error:
            raise forms.ValidationError(str(error)) from error


class IntoTeamForm(IntoForm):
    def clean_into(self) -> Team:
        try:
            return find_team(self.cleaned_data["into"])
        except TeamNotFoundError as error:
            raise forms.ValidationError(str(error)) from error


@admin.register(Competition)
class ConfirmedCompetitionAdmin(ConfirmsEffect[Competition], CompetitionAdmin):
    def may_correct(self, form: Any, change: bool) -> bool:
        return change and bool(set(SCORING_FIELDS) & set(form.changed_data))

    def asks(self, effect: Effect) -> bool:
        """Any change of a rule that reaches a match, first scored by it or not, is asked about."""
        return bool(effect.matches)


@admin.register(Prediction)
class ConfirmedPredictionAdmin(Moves[Prediction], ConfirmsEffect[Prediction], PredictionAdmin):
    change_form_outer_before_template = "admin/stats/exclusion.html"

    def may_correct(self, form: Any, change: bool) -> bool:
        return not change and form.joins_late

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.exclusion_view)
        return [path("<int:pk>/exclusion/", page, name="scoring_prediction_exclusion"), *super().get_urls()]

    def logged_row(self, done: Excluded) -> Prediction:
        return done.prediction

    def exclusion_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a prediction out of the field, or puts it back."""
        self.require_may_change(request)
        prediction = get_object_or_404(Prediction.objects.select_related("match__home", "match__away", "model"), pk=pk)
        by, back = request.user.get_username(), reverse("admin:scoring_prediction_change", args=[pk])
        label = f"{prediction} for {prediction.match}"
        if prediction.excluded:
            form = ReasonForm(request.POST or None)
            return self.move_page(
                request,
                f"Put back into the field: {label}",
                form,
                lambda: reinstate_prediction(pk, by=by, reason=form.cleaned_data["reason"]),
                back,
            )
        out = ExclusionForm(request.POST or None, begun=has_begun(prediction.match_id))
        return self.move_page(
            request,
            f"Take out of the field: {label}",
            out,
            lambda: exclude_prediction(pk, out.cleaned_data["kind"], by=by, reason=out.cleaned_data["reason"]),
            back,
        )


@admin.register(AIModel)
class MergedModelAdmin(ShowsRecord, Moves[AIModel], AIModelAdmin):
    list_display = [*AIModelAdmin.list_display, "record"]
    change_form_outer_before_template = "admin/stats/merging.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", page, name="scoring_aimodel_merge"), *super().get_urls()]

    def logged_row(self, done: Merged) -> AIModel:
        return AIModel.objects.get(pk=done.merge.into_pk)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes a model part of another."""
        self.require_may_change(request)
        model, form, by = (
            get_object_or_404(AIModel, pk=pk),
            IntoModelForm(request.POST or None),
            request.user.get_username(),
        )
        return self.move_page(
            request,
            f"Merge {model} into another model",
            form,
            lambda: merge_models(pk, form.cleaned_data["into"].pk, by=by, reason=form.cleaned_data["reason"]),
            reverse("admin:scoring_merge_changelist"),
        )


@admin.register(Team)
class MergedTeamAdmin(Moves[Team], TeamAdmin):
    change_form_outer_before_template = "admin/stats/merging.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", page, name="scoring_team_merge"), *super().get_urls()]

    def logged_row(self, done: Merged) -> Team:
        return Team.objects.get(pk=done.merge.into_pk)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes a team part of another."""
        self.require_may_change(request)
        team, form, by = get_object_or_404(Team, pk=pk), IntoTeamForm(request.POST or None), request.user.get_username()
        return self.move_page(
            request,
            f"Merge {team} into another team",
            form,
            lambda: merge_teams(pk, form.cleaned_data["into"].pk, by=by, reason=form.cleaned_data["reason"]),
            reverse("admin:scoring_merge_changelist"),
        )
