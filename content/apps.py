"""The content app."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.core.checks import Tags, register
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate
from django.utils import timezone

from content.checks import check_policies, check_writer

CATCH_UP = "content.tasks.catch_up"
CATCH_UP_NAME = "catch_up"
CATCH_UP_MINUTES = 5


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        register(check_writer)
        register(check_policies, Tags.database)
        post_migrate.connect(install_catch_up, sender=self, dispatch_uid=CATCH_UP_NAME)


def install_catch_up(using: str = DEFAULT_DB_ALIAS, apps: Any = installed, **options: Any) -> None:
    """Puts the schedule of `catch_up` into the queue's database, unless it is there; how often is the operator's.

    After every `migrate`, at every start of the default queue, and every few minutes while that runs.

    `apps` are the models as the migrations have left them: without django-q's, there is nowhere to put it yet.
    """
    try:
        schedules = apps.get_model("django_q", "Schedule").objects.using(using)
    except LookupError:
        return
    there = list(schedules.filter(name=CATCH_UP_NAME, func=CATCH_UP).order_by("pk"))
    schedules.filter(pk__in=[row.pk for row in there[1:]]).delete()
    if not there:
        schedules.create(
            name=CATCH_UP_NAME,
            func=CATCH_UP,
            schedule_type="I",
            minutes=CATCH_UP_MINUTES,
            repeats=-1,
            next_run=timezone.now(),
        )
