"""What a migration makes of rows that were there before it."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import pytest

from content.models import Roundup
from content.services import write_roundup
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.factories import a_match, finish, predictions

VOID = ("content", "0003_void_is_no_status")


@pytest.fixture
def _migrated_again() -> Iterator[None]:
    yield
    call_command("migrate", verbosity=0)


def values() -> tuple[str, str, str]:
    return Roundup.objects.values_list("status", "note", "match_is_void").get()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_migrated_again")
def test_a_roundup_withdrawn_because_its_match_was_void_gets_its_status_back_and_says_why_itself() -> None:
    match = a_match()
    predictions(match, {"A": (2, 1)})
    finish(match, 2, 1)
    score_match(match.pk)
    calculate_stats(match.pk)
    write_roundup(match.pk)
    Roundup.objects.update(match_is_void="abandoned, so void")
    executor = MigrationExecutor(connection)
    executor.migrate([("content", "0002_editors_and_clusters")])
    assert values() == ("withdrawn", "the match does not count (abandoned, so void)", "")
    executor = MigrationExecutor(connection)
    executor.migrate([VOID])
    assert values() == ("published", "", "abandoned, so void")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_migrated_again")
def test_the_revision_that_readers_saw_first_is_that_of_the_version_of_that_time() -> None:
    roundups = []
    for number, home in enumerate(("Peru", "Chile", "Cuba", "Fiji")):
        match = a_match(home=home)
        predictions(match, {"A": (2, 1)})
        finish(match, 2, 1)
        score_match(match.pk)
        calculate_stats(match.pk)
        write_roundup(match.pk)
        change_match(match.pk, {"venue": f"Ground {number}"}, by="a test")
        score_match(match.pk)
        calculate_stats(match.pk)
        write_roundup(match.pk, fresh=True)
        roundups.append(Roundup.objects.get(match=match))
    first, second = (roundups[1].versions.get(number=number) for number in (1, 2))
    seen = [roundup.published_revision for roundup in roundups]
    assert seen == [first.revision] * 4
    assert second.revision == first.revision + 1
    at = [roundups[0].published_at, second.written_at, first.written_at - timedelta(hours=1), None]
    for roundup, when in zip(roundups, at, strict=True):
        Roundup.objects.filter(pk=roundup.pk).update(published_at=when, status="published" if when else "review")
    MigrationExecutor(connection).migrate([("content", "0005_attention")])
    MigrationExecutor(connection).migrate([("content", "0006_published_revision")])
    found = Roundup.objects.order_by("pk").values_list("published_revision", flat=True)
    assert list(found) == [first.revision, second.revision, first.revision, None]
