"""manage.py write_report."""

from io import StringIO

from django.core.management import CommandError, call_command

import pytest

from content.models import Report, ReportVersion
from scoring.models import Match

pytestmark = pytest.mark.django_db

Rounds = list[list[Match]]
SEASON = "World Cup 2026"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("write_report", *arguments, stdout=out)
    return out.getvalue().partition(": ")[2].strip()


def test_a_round_and_a_model_s_season_are_written_now(season: Rounds) -> None:
    Report.objects.all().delete()
    assert run("--season", SEASON, "--round", "Matchday 2") == "report published"
    assert run("--season", SEASON, "--model", "Ant") == "report published"
    assert [report.subject for report in Report.objects.public().order_by("pk")] == ["Matchday 2", "Ant"]
    assert run("--season", SEASON, "--round", "Matchday 2") == "its report is current already"
    assert run("--season", SEASON, "--round", "Matchday 2", "--anew") == "report published"
    assert ReportVersion.objects.filter(report__round="Matchday 2").count() == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--season", "World Cup 2025", "--round", "Matchday 1"), 'There is no season "World Cup 2025"; did you mean'),
        (("--season", SEASON, "--round", "Matchday 9"), 'World Cup 2026 has no round "Matchday 9"; did you mean'),
        (("--season", SEASON, "--model", "Aunt"), 'There is no model "Aunt"; did you mean Ant?'),
        (("--season", SEASON), "one of the arguments --round --model is required"),
    ],
)
def test_what_there_is_not_is_an_error_with_the_way_out(season: Rounds, arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why.replace("?", r"\?")):
        run(*arguments)
