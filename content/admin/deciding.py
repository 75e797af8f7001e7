"""The pages on which an editor decides about a roundup: each asks first, and a POST decides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from content.admin.decisions import DECISIONS, Decision, SeenForm, TextForm
from content.admin.shown import article_of, articles_of, beside_edited, preview, whole
from content.editing import Draft, EditingError
from content.examining import examine
from content.models import Roundup, RoundupRevision
from content.versions import last_number
from scoring.admin.log import because, reason_in
from scoring.admin.unfolded import ReadOnlyAdmin
from scoring.locks import retried

CHECK = "_check"
"""The name of the button that only shows a text with its problems and how it would look."""


def may_order(request: HttpRequest) -> bool:
    return request.user.has_perm("content.change_roundup")


class Deciding(ReadOnlyAdmin[Roundup]):
    """A text is checked before it is saved: its problems are shown once, and never keep it from being saved."""

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/decide/<slug:what>/", decide, name="content_roundup_decide"), *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """Asks first, with the texts in question below; a POST decides."""
        if not may_order(request):
            raise PermissionDenied
        if what not in DECISIONS:
            raise Http404
        seen = last_number(get_object_or_404(Roundup, pk=pk))  # before the text: one that is newer is then refused
        roundup = get_object_or_404(whole(), pk=pk)
        decision = DECISIONS[what]
        beside = beside_edited(roundup) if what == "keep" else {}
        initial = {"seen_version": seen, "headline": roundup.headline, "text": roundup.text, "now": beside.get("now")}
        form = decision.form(request.POST or None, initial=initial)
        about = roundup.waiting if what == "keep" and roundup.waiting else roundup
        draft = None
        if request.method == "POST" and form.is_valid():
            draft = self._to_be_seen(request, about, form)
            if draft is None and self._decide(request, roundup, decision, form):
                return HttpResponseRedirect(reverse("admin:content_roundup_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            **_texts(roundup, about, draft),
            "title": f"{decision.label}: {roundup.match}",
            "opts": self.opts,
            "original": roundup,
            "decision": decision,
            "form": form,
            "can_check": isinstance(form, TextForm),
            "is_possible": request.method == "POST" or decision.is_possible(roundup),
            **beside,
        }
        return TemplateResponse(request, "admin/content/decide.html", context)

    def _to_be_seen(self, request: HttpRequest, about: Roundup | RoundupRevision, form: SeenForm) -> Draft | None:
        """Return the text that is shown before it is saved: asked to, or because of problems nobody has seen yet."""
        if not isinstance(form, TextForm):
            return None
        try:
            draft = form.draft().tidied()
        except EditingError:  # saving says so
            return None
        if CHECK not in request.POST:
            seen = form.cleaned_data["checked"] == draft.fingerprint
            if seen or not examine(about, draft).problems:
                return None
        form.note_checked(draft.fingerprint)
        return draft

    def _decide(self, request: HttpRequest, roundup: Roundup, decision: Decision, form: SeenForm) -> bool:
        """Returns whether it was done; what stood against it is said on the form, which keeps what was typed."""

        @retried
        @transaction.atomic
        def decide() -> None:
            decided = decision.act(roundup.pk, form, request.user.get_username())
            self.log_change(request, decided, because(decision.told(form), reason_in(request)))

        try:
            decide()
        except EditingError as error:
            form.add_error(None, f"Nothing was changed: {error}.")
            return False
        self.message_user(request, f"{decision.done}.", messages.SUCCESS)
        return True


def _texts(roundup: Roundup, about: Roundup | RoundupRevision, draft: Draft | None) -> dict[str, Any]:
    """Return the texts to show, checked against what they are to stand for.

    Of one that is not saved also the page that readers would see.
    """
    if draft is not None:
        preview_of = {"draft": draft, "preview": preview(roundup, about, draft)}
        return {**articles_of(roundup), **article_of(about, draft), **preview_of}
    if about is roundup:
        return articles_of(roundup)
    return article_of(about, Draft(roundup.headline, roundup.text))
