"""Damage of every kind, planted one by one: each is found by exactly the checks that it breaks."""

from django.db import connection, transaction

import pytest

from content.verify import verify
from scoring.models import Goal
from tests.content.verify import damaged_reports, damaged_roundups, damaged_scores, damaged_tables
from tests.content.verify.checks import REFERENCES
from tests.content.verify.season import Played

DAMAGES = {**damaged_scores.DAMAGES, **damaged_tables.DAMAGES, **damaged_roundups.DAMAGES, **damaged_reports.DAMAGES}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", DAMAGES)
def test_each_kind_of_damage_is_found_by_the_checks_it_breaks(played: Played, kind: str) -> None:
    damage, checks = DAMAGES[kind]
    damage(played)
    report = verify(facts=True)
    assert set(report.failed) == checks, "\n".join(str(found) for found in report.checks if found.failed)


@pytest.mark.django_db
def test_a_reference_to_nothing_is_found_on_sqlite(played: Played) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL can't be made to hold one")
    with transaction.atomic():
        Goal.objects.create(match_id=987654321, side=Goal.Side.HOME, position=0)
        failed = verify(facts=True).failed
        transaction.set_rollback(True)
    assert failed == (REFERENCES,)


@pytest.mark.django_db
def test_every_check_is_broken_by_some_damage(played: Played) -> None:
    checks = {found.name for found in verify(facts=True).checks if not found.warning} - {REFERENCES}
    assert checks == set().union(*(broken for _, broken in DAMAGES.values()))
