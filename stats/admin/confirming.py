"""What changes something that was settled is shown with its effect first, and made when it is confirmed."""

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from scoring.admin.log import because
from scoring.admin.unfolded import CarefulAdmin, ModelAdmin
from scoring.locks import retried
from scoring.services import MoveError
from stats.differences import Effect
from stats.effects import effect_of

M = TypeVar("M", bound=Model)
CONFIRMED = "_confirmed"
NOT_REPEATED = {"csrfmiddlewaretoken", "reason", CONFIRMED}


class AskFirstError(Exception):
    """A form is right, and what it says has to be confirmed before it is saved. Takes its transaction back."""


class ConfirmsEffect(CarefulAdmin[M]):
    """Saves a form at once, unless it would change something that stood before: then its effect is shown first.

    A result that is entered for the first time, or a change that moves no points, needs no second click.
    """

    def may_correct(self, form: Any, change: bool) -> bool:
        """Return whether what a form says could change something that was settled, or whether predictions count."""
        raise NotImplementedError

    def asks(self, effect: Effect) -> bool:
        """Return whether an effect has to be confirmed."""
        return effect.corrects

    def save_model(self, request: HttpRequest, obj: M, form: Any, change: bool) -> None:
        if CONFIRMED not in request.POST and self.may_correct(form, change):
            raise AskFirstError
        super().save_model(request, obj, form, change)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        def save(of: HttpRequest) -> Any:
            return super(ConfirmsEffect, self).changeform_view(of, object_id, form_url, extra_context)

        try:
            return save(request)
        except AskFirstError:
            _, effect = effect_of(lambda: save(rehearsal(request)))
        if not self.asks(effect):
            return save(with_answer(request))
        return effect_page(self, request, effect)


class Moves(ModelAdmin[M]):
    """Pages for what is not a form of one row: each asks why, shows what it would change, and does it when told to."""

    def require_may_change(self, request: HttpRequest) -> None:
        """Raises PermissionDenied for people who may not change rows of this kind."""
        if not request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"):
            raise PermissionDenied

    def move_page(
        self, request: HttpRequest, title: str, form: forms.Form, change: Callable[[], object], back: str
    ) -> HttpResponse:
        """Return the form, then the effect of `change`, then, confirmed, the page `back`.

        `change` reads the cleaned form; a `MoveError` of it is said above the form, and nothing is changed.
        """
        if request.method != "POST" or not form.is_valid():
            return self._form(request, title, form, back)
        try:
            if CONFIRMED not in request.POST:
                _, effect = effect_of(change)
                return effect_page(self, request, effect, title=title, back=back)
            self.message_user(request, f"{self._made(request, form, change)}.", messages.SUCCESS)
        except MoveError as error:
            form.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
            return self._form(request, title, form, back)
        return HttpResponseRedirect(back)

    def logged_row(self, done: Any) -> Model:
        """Return the row whose log tells of a change; `done` is what it came to."""
        raise NotImplementedError

    def _made(self, request: HttpRequest, form: forms.Form, change: Callable[[], object]) -> object:
        """Makes a change and tells the log of it, both or neither; returns what it came to."""

        @retried
        @transaction.atomic
        def make() -> object:
            done = change()
            self.log_change(request, cast(M, self.logged_row(done)), because(str(done), form.cleaned_data["reason"]))
            return done

        return make()

    def _form(self, request: HttpRequest, title: str, form: forms.Form, back: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "form": form,
            "back": back,
        }
        return TemplateResponse(request, "admin/stats/move.html", context)


def effect_page(
    shown_by: ModelAdmin[Any], request: HttpRequest, effect: Effect, *, title: str = "", back: str = ""
) -> HttpResponse:
    """Return the page that shows an effect, and repeats what was posted when it is confirmed."""
    context = {
        **shown_by.admin_site.each_context(request),
        "opts": shown_by.opts,
        "title": title or "This changes what was settled",
        "effect": effect,
        "hidden": [
            (name, value) for name in request.POST if name not in NOT_REPEATED for value in request.POST.getlist(name)
        ],
        "reason": request.POST.get("reason"),
        "back": back or request.get_full_path(),
    }
    return TemplateResponse(request, "admin/stats/confirm.html", context)


def with_answer(request: HttpRequest) -> HttpRequest:
    """Return the request as if it had been confirmed."""
    answered = copy(request)
    post = request.POST.copy()
    post[CONFIRMED] = "on"
    answered.POST = post  # type: ignore[assignment]  # Django's own setter takes any; the stubs know the first only
    return answered


def rehearsal(request: HttpRequest) -> HttpRequest:
    """Return the request as if it had been confirmed, with messages of its own, which nobody sees."""
    answered = with_answer(request)
    setattr(answered, "_messages", FallbackStorage(answered))  # noqa: B010  where Django's messages keep it
    return answered
