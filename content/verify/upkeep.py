"""Upkeep: what looks for lost work is scheduled."""

from django_q.models import Schedule

from content.apps import CATCH_UP, CATCH_UP_NAME
from content.verify.report import Checked, checked


def check_upkeep() -> Checked:
    """A note, no failure: nothing is wrong yet, and any `qcluster` of the default queue puts it back."""
    scheduled = Schedule.objects.filter(name=CATCH_UP_NAME, func=CATCH_UP)
    missing = [] if scheduled.exclude(repeats=0).exists() else ["nothing looks for lost work"]
    return checked("catch_up is scheduled", scheduled.count(), missing, warning=True)
