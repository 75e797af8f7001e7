"""Everything that changes something through the admin is in its log: who, what, of which row, and why."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.db.models import Model
from django.test import Client

import pytest

from content.models import Sweep
from scoring.admin.competitions import TeamAliasAdmin
from scoring.models import Match, Prediction
from tests.rights.addresses import FILES, OWN, STAFF, Page, pages
from tests.rights.filling import WHY, reason_is_asked, send
from tests.rights.scene import CLOSED, SUPERUSER
from tests.rights.test_urls import keys

Rows = dict[str, Model]
PASSWORD = {"password1": "Wembley-1966-again", "password2": "Wembley-1966-again"}


@dataclass(frozen=True)
class Case:
    """What is typed, and what the log then says of which row: by its label, or what finds it."""

    says: str
    typed: dict[str, Any] | Callable[[Rows], dict[str, Any]] = field(default_factory=dict)
    row: str | Callable[[Rows], object] = ""


CASES = {
    "auth_group_add": Case("Added", {"name": "Guests"}),
    "auth_group_change": Case("Changed Name: group 1 → Visitors", {"name": "Visitors"}),
    "auth_user_add": Case("Added", {"username": "new", "usable_password": "true", **PASSWORD}),
    "auth_user_change": Case("Changed Email address: – → a@b.example", {"email": "a@b.example"}),
    "auth_user_password_change": Case("Changed password", {"usable_password": "true", **PASSWORD}),
    "content_attention_catch_up": Case("Caught up by hand", row=lambda rows: Sweep.objects.get(pk="matches")),
    "content_attention_now": Case("Tried again at once", row=lambda rows: of_attention(rows)),
    "content_editorialpolicy_add": Case("Added", lambda rows: {"competition": rows["scoring.competition"].pk}),
    "content_editorialpolicy_change": Case("Changed Review first: no → yes", {"review_first": "on"}),
    "content_report_decide": Case("Held back: a note", {"note": "a note"}),
    "content_report_order": Case(
        "Ordered a report on Model 1",
        lambda rows: {"season": rows["stats.modelstats"].season_id, "model": rows["stats.modelstats"].model_id},  # type: ignore[attr-defined]
        lambda rows: rows["stats.modelstats"].season,  # type: ignore[attr-defined]
    ),
    "content_rivalry_add": Case(
        "Added", lambda rows: {"first": rows["scoring.team"].pk, "second": a_match(rows).home_id, "name": "Cup"}
    ),
    "content_rivalry_change": Case("Changed Name: derby 1 → Old Firm", {"name": "Old Firm"}),
    "content_roundup_again": Case("Ordered to be written again by the writer “template”", {"writer": "template"}),
    "content_roundup_decide": Case("Held back: a note", {"note": "a note"}),
    "django_q_ormq_change": Case("Changed Cluster key: fulltime → another", {"key": "another"}),
    "django_q_schedule_add": Case(
        "Added", {"name": "nightly", "func": "content.tasks.catch_up", "schedule_type": "O", "repeats": "-1"}
    ),
    "django_q_schedule_change": Case("Changed Repeats: -1 → 0", {"repeats": "0"}),
    "scoring_aimodel_add": Case("Added", {"name": "Fresh", "kind": "baseline"}),
    "scoring_aimodel_change": Case("Changed Name: Resting → Awake", {"name": "Awake"}),
    "scoring_aimodel_merge": Case("Resting", {"into": "Model 1"}, lambda rows: "Model 1"),
    "scoring_aimodelalias_add": Case("Added", lambda rows: {"name": "Nick", "model": rows["scoring.aimodel"].pk}),
    "scoring_aimodelalias_change": Case("Changed Name: Another → Nick", {"name": "Nick"}),
    "scoring_competition_add": Case("Added", {"name": "Cup"}),
    "scoring_competition_change": Case("Changed Rule: quota-2-6 → kicktipp", {"rule": "kicktipp"}),
    "scoring_match_add": Case(
        "Added",
        lambda rows: {
            "season": rows["scoring.season"].pk,
            "home": rows["scoring.team"].pk,
            "away": a_match(rows).away_id,
            "date": "2030-05-04",
            "kickoff_0": "2030-05-04",
            "kickoff_1": "18:00",
        },
        lambda rows: Match.objects.get(date="2030-05-04"),
    ),
    "scoring_match_change": Case("Changed Venue", {"venue": "Wembley"}),
    "scoring_merge_undo": Case("Old"),
    "scoring_prediction_add": Case(
        "Added",
        lambda rows: {"match": a_match(rows).pk, "model": rows["scoring.aimodel"].pk, "home_goals": 4, "away_goals": 4},
        lambda rows: Prediction.objects.get(home_goals=4),
    ),
    "scoring_prediction_change": Case("Changed Home goals: 2 → 3", {"home_goals": 3}, "scoring.prediction"),
    "scoring_prediction_exclusion": Case("Model 1: 2–0 for", {"kind": "voided"}),
    "scoring_season_add": Case(
        "Added", lambda rows: {"competition": rows["scoring.competition"].pk, "label": "2031", "name": "Cup 2031"}
    ),
    "scoring_season_change": Case("Changed Name: Empty League 2030 → Empty Cup 2030", {"name": "Empty Cup 2030"}),
    "scoring_team_add": Case("Added", {"name": "Fresh"}),
    "scoring_team_change": Case("Changed Name: Resting → Awake", {"name": "Awake"}),
    "scoring_team_merge": Case("Resting", {"into": "Home 1"}, lambda rows: "Home 1"),
    "scoring_teamalias_add": Case("Added", lambda rows: {"name": "Nick", "team": rows["scoring.team"].pk}),
    "scoring_teamalias_change": Case("Changed Name: Another → Nick", {"name": "Nick"}),
}
"""Page → what is done there. Of a deletion the row goes, and nothing is typed."""

LOOKED_AT_ELSEWHERE = {"scoring_match_results"}
"""The page of a round: `tests/stats/test_round_page.py`."""


def of_attention(rows: Rows) -> Match:
    return Match.objects.get(pk=rows["content.attention"].pk)


def a_match(rows: Rows) -> Match:
    return Match.objects.get(pk=rows["scoring.match"].pk)


def writing() -> list[Page]:
    """Return every page on which something can be changed."""
    found = []
    for page in pages():
        own = OWN.get(page.name, STAFF)
        is_form = page.model and page.action in {"add", "change", "delete"}
        closed = page.action in CLOSED.get(page.model, set()) or page.action in FILES
        if (is_form and not closed) or (own != STAFF and ".view_" not in own):
            found.append(page)
    return [page for page in found if page.name not in LOOKED_AT_ELSEWHERE]


def flag_of(page: Page) -> int:
    return {"add": ADDITION, "delete": DELETION}.get(page.action, CHANGE)


@pytest.fixture
def browser(some: Rows) -> Client:
    """One of its own: whoever sets a password gets another session, which is taken back with the test."""
    client = Client()
    client.force_login(User.objects.get(username=SUPERUSER))
    return client


@pytest.mark.parametrize("page", writing(), ids=lambda page: page.name)
def test_a_change_leaves_who_what_and_why_in_the_log(browser: Client, some: Rows, page: Page) -> None:
    case = Case("Deleted") if page.action == "delete" else CASES[page.name]
    typed = case.typed(some) if callable(case.typed) else case.typed
    address, named = page.address(keys(page, some)), str(some.get(page.model))
    before, asked = set(LogEntry.objects.values_list("pk", flat=True)), reason_is_asked(browser, address)
    answer = send(browser, address, typed)
    assert answer.status_code == 302, errors(answer)
    (entry,) = LogEntry.objects.exclude(pk__in=before)
    what, _, why = entry.get_change_message().partition(". Why: ")
    assert what.startswith(case.says), what
    assert (entry.user.username, entry.action_flag, why) == (SUPERUSER, flag_of(page), WHY if asked else "")
    if page.action == "delete":
        assert entry.object_repr == named
    elif callable(case.row):
        assert entry.object_repr == str(case.row(some))
    elif page.action != "add":
        row = some[case.row or page.model]
        assert (entry.object_id, entry.content_type and entry.content_type.model) == (str(row.pk), row._meta.model_name)


DECIDED = [
    ("roundup", "edit", {"text": "My own words.\n"}, "Edited. Why: to see it"),
    ("roundup", "withdraw", {"note": "a note"}, "Withdrawn: a note"),
    ("report", "withdraw", {"note": "a note"}, "Withdrawn: a note"),
    ("report", "again", {}, "Ordered: a worker writes a new version. Why: to see it"),
]


@pytest.mark.parametrize(("kind", "what", "typed", "says"), DECIDED)
def test_what_an_editor_decides_is_in_the_log(
    browser: Client, some: Rows, kind: str, what: str, typed: dict[str, str], says: str
) -> None:
    row = some[f"content.{kind}"]
    assert send(browser, f"/admin/content/{kind}/{row.pk}/decide/{what}/", typed).status_code == 302
    entry = LogEntry.objects.latest("pk")
    assert (entry.object_id, entry.object_repr, entry.get_change_message()) == (str(row.pk), str(row), says)


def test_a_published_version_is_in_the_log(browser: Client, some: Rows) -> None:
    for what in ("hold", "publish"):
        address = f"/admin/content/roundup/{some['content.roundup'].pk}/decide/{what}/"
        assert send(browser, address, {}).status_code == 302
    assert [entry.get_change_message() for entry in LogEntry.objects.order_by("-pk")[:2]] == [
        "Published. Why: to see it",
        "Held back",
    ]


def test_a_prediction_that_is_put_back_and_a_name_below_a_team_are_in_the_log(browser: Client, some: Rows) -> None:
    tip, team = some["scoring.prediction"].pk, some["scoring.team"].pk
    for typed in ({"kind": "voided"}, {}):
        send(browser, f"/admin/scoring/prediction/{tip}/exclusion/", typed)
    assert LogEntry.objects.latest("pk").get_change_message().endswith(": counts, revision 3. Why: to see it")
    below = {"aliases-TOTAL_FORMS": "1", "aliases-0-name": "The Rest", "aliases-0-team": team}
    send(browser, f"/admin/scoring/team/{team}/change/", below)
    assert LogEntry.objects.latest("pk").get_change_message() == "Added team alias “The Rest = Resting”. Why: to see it"


def test_nothing_is_changed_without_its_entry(browser: Client, some: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the database goes away between the two."""

    def gone(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(type(LogEntry.objects), "log_actions", gone)
    roundup, tip = some["content.roundup"], some["scoring.prediction"]
    with pytest.raises(DatabaseError):
        send(browser, f"/admin/content/roundup/{roundup.pk}/decide/hold/", {})
    with pytest.raises(DatabaseError):
        send(browser, f"/admin/scoring/prediction/{tip.pk}/exclusion/", {"kind": "voided"})
    roundup.refresh_from_db()
    tip.refresh_from_db()
    assert (roundup.status, tip.excluded) == ("published", "")  # type: ignore[attr-defined]


def test_what_could_not_be_deleted_is_not_told_as_deleted(
    browser: Client, some: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(TeamAliasAdmin, "delete_queryset", gone)
    chosen = {"action": "delete_selected", "_selected_action": [some["scoring.teamalias"].pk], "post": "yes"}
    with pytest.raises(DatabaseError):
        browser.post("/admin/scoring/teamalias/", chosen)
    assert not LogEntry.objects.filter(action_flag=DELETION).exists()


def test_a_secret_is_not_written_down(browser: Client, some: Rows) -> None:
    guest = some["auth.user"].pk
    send(browser, f"/admin/auth/user/{guest}/password/", {"usable_password": "true", **PASSWORD})
    assert not LogEntry.objects.filter(change_message__contains=PASSWORD["password1"]).exists()


def errors(answer: Any) -> Any:
    if answer.context is None:
        return answer.content
    adminform = answer.context.get("adminform")
    form = adminform.form if adminform else answer.context.get("form")
    return form.errors or answer.content.decode()
