"""Which matches are on their way into their season's table, and whether that changes the table under a roundup."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from scoring.models import MatchProgress
from scoring.steps import match_steps


def on_their_way() -> "QuerySet[MatchProgress]":
    """Return the progress of the matches whose present result is not scored and counted yet."""
    return MatchProgress.objects.unfinished().exclude(step=match_steps()[-1].path)


def table_moves() -> Exists:
    """Return the condition, for roundups, that an earlier match of the season is on its way into the table.

    Earlier by its present kickoff, or by the one by which it was counted. No version names the table that is to come:
    only once the match is counted does a roundup carry another one than its table.
    """
    kickoff = OuterRef("match__kickoff")
    earlier = Q(match__kickoff__lt=kickoff) | Q(match__stats__kickoff__lt=kickoff)
    return Exists(on_their_way().filter(earlier, match__season=OuterRef("match__season")))
