"""Models, and what they predicted."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminTextInputWidget

from scoring.admin.exporting import JSONFile, PredictionsCSV
from scoring.admin.filters import RareFilter, SeasonOfMatchFilter
from scoring.admin.import_forms import ImportsPredictions
from scoring.admin.renaming import NamedAdmin, NamedForm
from scoring.admin.unfolded import CarefulAdmin, ModelAdmin, TypedModelForm
from scoring.models import AIModel, AIModelAlias, Match, Prediction
from scoring.rules import Goals, Probabilities, normalised
from scoring.services import NewPrediction, save_predictions


class AIModelForm(NamedForm[AIModel]):
    class Meta:
        model = AIModel
        fields = ["name", "kind", "description", "is_active"]


class AIModelAdmin(NamedAdmin[AIModel]):
    """Registered by `stats.admin`, which can merge two."""

    form = AIModelForm
    list_display = ["name", "kind", "is_active", "description"]
    list_filter = [("kind", ChoicesDropdownFilter), "is_active"]
    search_fields = ["name", "description"]
    fields = ["name", "kind", "description", "is_active", "reason"]
    used_by = ["predictions", "scores", "stats"]


class AIModelAliasForm(TypedModelForm[AIModelAlias]):
    class Meta:
        model = AIModelAlias
        fields = ["name", "model"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data and AIModel.objects.filter(name=name).exists():
            raise forms.ValidationError(f"There is a model called “{name}”: merge the two instead, on its page.")
        return name


@admin.register(AIModelAlias)
class AIModelAliasAdmin(ModelAdmin[AIModelAlias]):
    form = AIModelAliasForm
    list_display = ["name", "model"]
    list_select_related = ["model"]
    search_fields = ["^name", "^model__name"]
    list_filter = [("model", AutocompleteSelectFilter)]
    autocomplete_fields = ["model"]


class PredictionForm(TypedModelForm[Prediction]):
    """Checks what `save_predictions` would refuse, so that it is said beside the field."""

    reason = forms.CharField(
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Required if the match has begun: the prediction makes a new revision of it.",
    )

    class Meta:
        model = Prediction
        fields = ["match", "model", "home_goals", "away_goals", "p_home", "p_draw", "p_away", "submitted_at"]
        labels = {
            "p_home": "Probability of a home win",
            "p_draw": "Probability of a draw",
            "p_away": "Probability of an away win",
        }
        help_texts = {"submitted_at": "UTC. Empty: now. At or after kickoff: late, shown but never scored."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("match", "model") if self.instance.pk else ():
            if name in self.fields:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        match: Match | None = data.get("match")
        self.joins_late = match is not None and has_begun(match.pk)
        if self.joins_late and not data.get("reason"):
            self.add_error("reason", "The match has begun: say why this prediction joins it now.")
        data["probabilities"] = self._probabilities(data)
        return data

    def _probabilities(self, data: dict[str, Any]) -> Probabilities | None:
        names = ("p_home", "p_draw", "p_away")
        known = [data[name] for name in names if data.get(name) is not None]
        if any(name in self.errors for name in names):
            return None
        if not known:
            if self.instance.pk and "p_home" in self.changed_data:
                self.add_error("p_home", "Probabilities that are known can't be taken away, only changed.")
            return None
        if len(known) < len(names):
            self.add_error("p_home", "Give all three probabilities, or none.")
            return None
        try:
            return normalised(Probabilities(*known))
        except ValueError as error:
            self.add_error("p_home", f"Correct them: {error}.")
            return None

    def new_prediction(self, now: datetime) -> NewPrediction:
        """Return what the form says. A time of submission that nobody states is the server's."""
        data = self.cleaned_data
        stated = data["submitted_at"] if "submitted_at" in self.changed_data else None
        return NewPrediction(
            match_id=data["match"].pk,
            model_id=data["model"].pk,
            scoreline=Goals(data["home_goals"], data["away_goals"]),
            probabilities=data["probabilities"],
            submitted_at=stated or now,
        )


def has_begun(match_id: int) -> bool:
    """Return whether predictions for a match no longer come in freely."""
    return Match.objects.closed(timezone.now()).filter(pk=match_id).exists()


class PredictionAdmin(ImportsPredictions, CarefulAdmin[Prediction]):
    """A prediction is added and, until its match begins, changed through the service; it is never deleted.

    Registered by `stats.admin`, which shows what one that joins late does to the tables, and can take one out.
    """

    form = PredictionForm
    list_display = ["match", "model", "tip", "probabilities", "submitted_at", "excluded", "points"]
    list_filter = [
        ("match__season", SeasonOfMatchFilter),
        ("model", AutocompleteSelectFilter),
        ("match", AutocompleteSelectFilter),
        ("excluded", RareFilter),
    ]
    search_fields = ["^model__name", "^match__home__name", "^match__away__name"]
    search_help_text = "How a model or a team begins"
    autocomplete_fields = ["match", "model"]
    ordering = ["-id"]
    sortable_by = ()
    has_millions = True
    export_kinds = (PredictionsCSV, JSONFile)
    fields = [
        "match",
        "model",
        ("home_goals", "away_goals"),
        "p_home",
        "p_draw",
        "p_away",
        "submitted_at",
        "reason",
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Prediction]":
        return super().get_queryset(request).select_related("match__home", "match__away", "model", "score")

    def has_change_permission(self, request: HttpRequest, obj: Prediction | None = None) -> bool:
        """One that is out of the field, or whose match has begun, is read-only, for a POST made by hand as well."""
        fixed = obj is not None and (bool(obj.excluded) or has_begun(obj.match_id))
        return not fixed and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Prediction | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Prediction, form: Any, change: bool) -> None:
        new = form.new_prediction(timezone.now())
        save_predictions([new], by=request.user.get_username(), reason=form.cleaned_data["reason"])
        obj.pk = Prediction.objects.get(match=obj.match_id, model=obj.model_id).pk

    @admin.display(description="predicted")
    def tip(self, prediction: Prediction) -> str:
        return f"{prediction.home_goals}–{prediction.away_goals}"

    @admin.display(description="home, draw, away")
    def probabilities(self, prediction: Prediction) -> str:
        p = prediction.probabilities
        return f"{p.home:.0%}, {p.draw:.0%}, {p.away:.0%}" if p else "–"

    @admin.display(description="points")
    def points(self, prediction: Prediction) -> str:
        if not hasattr(prediction, "score"):
            return "–"
        return str(prediction.score)
