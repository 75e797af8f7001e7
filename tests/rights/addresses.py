"""Every address that the admin has, read from its own patterns, and who may open each of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.urls import URLResolver

STAFF = "staff"
"""Whoever may sign in to the admin."""

PAGES = {"add": "add", "change": "view", "changelist": "view", "delete": "delete", "history": "view"}
"""Pages that every kind of row has → what is asked to look at one."""

FILES = {"export": "view", "import": "add", "process_import": "add"}
"""Pages that lists get from django-import-export."""

OWN = {
    "auth_user_password_change": "auth.change_user",
    "content_attempt_costs": "content.view_attempt",
    "content_attention_catch_up": "content.change_attention",
    "content_attention_room": STAFF,  # shows of everything what somebody may see
    "content_attention_now": "content.change_attention",
    "content_report_decide": "content.change_report",
    "content_report_order": "content.change_report",
    "content_roundup_again": "content.change_roundup",
    "content_roundup_decide": "content.change_roundup",
    "content_roundup_diff": "content.view_roundup",
    "content_roundup_preview": "content.view_roundup",
    "scoring_aimodel_merge": "scoring.change_aimodel",
    "scoring_aimodel_record": "scoring.view_aimodel",
    "scoring_match_results": "scoring.change_match",
    "scoring_merge_undo": "scoring.change_merge",
    "scoring_prediction_exclusion": "scoring.change_prediction",
    "scoring_team_merge": "scoring.change_team",
    "table": "stats.view_modelstats",
    # Django's and unfold's own
    "index": STAFF,
    "jsi18n": STAFF,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "search": STAFF,  # finds pages that somebody may open
}
"""Every other page → the permission it asks for, to look at it and to do what it does."""

DECIDED_ELSEWHERE = {"autocomplete", "login", "logout", "app_list", "view_on_site", "", "not found"}
"""Pages that write nothing, tested one by one. "" are old addresses, which lead to the new."""


@dataclass(frozen=True)
class Page:
    """`route` is the pattern below /admin/; `model` is empty for a page that belongs to no kind of row."""

    name: str
    route: str
    model: str

    @property
    def action(self) -> str:
        return self.name.removeprefix(f"{self.model.replace('.', '_')}_") if self.model else self.name

    def permission(self, method: str) -> str:
        """Return what this page asks for. Raises KeyError if nobody has decided."""
        if self.name in OWN:
            return OWN[self.name]
        asked = {**PAGES, **FILES}[self.action]
        if method == "POST" and self.action == "change":
            asked = "change"
        app, model = self.model.split(".")
        return f"{app}.{asked}_{model}"

    def address(self, keys: dict[str, Any]) -> str:
        """Return the address for a row. Raises KeyError for a part of the pattern that nobody has thought of."""
        return "/admin/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(keys[part[1]]), self.route)


def pages() -> list[Page]:
    return sorted(set(_below(admin.site.urls[0], "")), key=lambda page: (page.name, page.route))


def _below(patterns: Any, prefix: str, model: str = "") -> Iterator[Page]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            kind = route.strip("/").replace("/", ".")
            yield from _below(pattern.url_patterns, route, kind if kind in _kinds() else model)
        elif "(?P<url>" in route:
            yield Page("not found", "no/such/page/", "")
        else:
            yield Page(pattern.name or "", route, model)


def _kinds() -> set[str]:
    return {model._meta.label_lower for model in admin.site._registry}
