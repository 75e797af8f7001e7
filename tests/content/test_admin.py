"""Roundups and the queue in the admin: shown as readers see them, with the chain that led to them."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django_q.models import Failure, OrmQ, Schedule, Task

import pytest

from content.apps import install_catch_up
from content.models import Roundup
from scoring.models import Match, MatchProgress
from scoring.services import change_match
from tests.factories import a_match, a_roundup, counted, finish, predictions

pytestmark = pytest.mark.django_db
LIST = "admin:content_roundup_changelist"


def a_published(home: str = "Mexico", away: str = "Wales", **fields: str) -> Roundup:
    match = a_match(home, away)
    predictions(match, {"Model": (2, 1)})
    finish(match, 2, 1)
    roundup = a_roundup(counted(match), **fields)
    OrmQ.objects.all().delete()
    return roundup


def queued() -> list[tuple[str, tuple[int]]]:
    return [(row.task["func"], row.task["args"]) for row in OrmQ.objects.order_by("id")]


def test_a_roundup_is_shown_rendered_and_without_scripts(operator: Client) -> None:
    roundup = a_published(text="## How it went\n\n**Well**, <script>alert(1)</script>[mostly](javascript:alert(1)).")
    page = operator.get(reverse("admin:content_roundup_change", args=[roundup.pk])).content.decode()
    assert page.count("<h2>How it went</h2>") == 1
    assert page.count("<strong>Well</strong>") == 1
    assert page.count("alert(1)</script>") == 0
    assert page.count("javascript:alert") == 0
    version = roundup.versions.get()
    page = operator.get(reverse("admin:content_rounduprevision_change", args=[version.pk])).content.decode()
    assert page.count("<strong>Well</strong>") == 1


def test_the_status_says_what_readers_see(operator: Client) -> None:
    public, old, gone = a_published(), a_published("Peru", "Chile"), a_published("Cuba", "Haiti")
    change_match(old.match_id, {"full_time_home": 3}, by="a test")
    Roundup.objects.filter(pk=gone.pk).update(status="withdrawn")
    # Counting the later ones changed the table under the first: it stands as it was when all three were counted.
    Roundup.objects.filter(pk=public.pk).update(stats_version=public.match.stats.version)

    def listed(standing: str) -> set[int]:
        return {row.pk for row in operator.get(reverse(LIST), {"standing": standing}).context["cl"].result_list}

    assert {key: listed(key) for key in ("published", "being rewritten", "withdrawn")} == {
        "published": {public.pk},
        "being rewritten": {old.pk},
        "withdrawn": {gone.pk},
    }


def test_the_page_of_a_match_shows_its_whole_chain(operator: Client) -> None:
    roundup = a_published()
    page = operator.get(reverse("admin:scoring_match_change", args=[roundup.match_id]))
    assert page.context["trace"].state == "Everything is done for revision 2."
    assert [(score.model.name, score.points) for score in page.context["scores"]] == [("Model", 6)]
    shown = page.content.decode()
    assert shown.count(f'href="{reverse("admin:content_roundup_change", args=[roundup.pk])}"') == 1
    for section in page.context["trace"].sections:
        assert [shown.count(escape(line.text)) > 0 for line in section.lines] == [True] * len(section.lines)


def test_the_page_of_a_match_shows_why_its_work_fails(operator: Client) -> None:
    match = a_match()
    finish(match, 2, 1)
    MatchProgress.objects.update(error="OSError: no ink", attempts=3)
    page = operator.get(reverse("admin:scoring_match_change", args=[match.pk]))
    assert page.context["trace"].state == "score_match failed (3 so far), and is tried again: OSError: no ink"
    assert page.content.decode().count("OSError: no ink") == 2


def test_a_failed_task_can_be_queued_again(operator: Client) -> None:
    now = timezone.now()
    task = Task.objects.create(
        id="1" * 32, name="x", func="scoring.tasks.score_match", args=(7,), started=now, stopped=now, success=False
    )
    page = reverse("admin:django_q_failure_changelist")
    chosen = {"action": "hand_in_again", "_selected_action": [task.pk]}
    assert (operator.post(page, chosen).status_code, queued()) == (200, [])
    operator.post(page, {**chosen, "_confirmed": "on"})
    assert queued() == [("scoring.tasks.score_match", (7,))]
    assert Failure.objects.count() == 0


def test_a_match_that_does_not_exist_is_not_a_crash(operator: Client) -> None:
    a_published()
    for name in ("scoring_match", "content_roundup", "content_rounduprevision"):
        for key in ("999999", "nonsense"):
            assert operator.get(reverse(f"admin:{name}_change", args=[key])).status_code == 302
    assert Match.objects.count() == 1


def test_the_schedule_of_catch_up_can_be_changed_but_not_deleted(operator: Client) -> None:
    install_catch_up()
    other = Schedule.objects.create(name="another", func="content.tasks.catch_up")
    kept = Schedule.objects.get(name="catch_up")
    pages = {name: f"/admin/django_q/schedule/{kept.pk}/{name}/" for name in ("change", "delete")}
    assert {name: operator.get(url).status_code for name, url in pages.items()} == {"change": 200, "delete": 403}
    chosen = {"action": "delete_selected", "_selected_action": [kept.pk, other.pk], "post": "yes"}
    assert operator.post("/admin/django_q/schedule/", chosen).status_code == 403
    assert operator.post(f"/admin/django_q/schedule/{other.pk}/delete/", {"post": "yes"}).status_code == 302
    assert [row.name for row in Schedule.objects.all()] == ["catch_up"]
