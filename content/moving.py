"""Which matches are on their way into their season's table, and whether that changes the table under a roundup."""

from datetime import datetime
from typing import TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet

from scoring.models import MatchProgress
from scoring.steps import match_steps

MOST_MOVING = 200
Moves: TypeAlias = Q | Exists


def on_their_way() -> "QuerySet[MatchProgress]":
    """Return the progress of the matches whose present result is not scored and counted yet."""
    return MatchProgress.objects.unfinished().exclude(step=match_steps()[-1].path)


def moving_now() -> Moves:
    """Return what `table_moves` says, for the matches that are on their way at this moment.

    They are few, as a rule: a list asks for them once, and not again for each of its rows. An earlier match of the
    season moves the tables of all those that kick off after it.
    """
    rows = on_their_way().order_by().values_list("match__season", "match__kickoff", "match__stats__kickoff")
    earliest: dict[int, datetime] = {}
    for season, *kickoffs in rows[: MOST_MOVING + 1]:
        earliest[season] = min(kickoff for kickoff in (*kickoffs, earliest.get(season)) if kickoff)
    if len(earliest) > MOST_MOVING or rows.count() > MOST_MOVING:
        return table_moves()
    moved = Q(pk__in=[])
    for season, kickoff in earliest.items():
        moved |= Q(match__season=season, match__kickoff__gt=kickoff)
    return moved


def table_moves() -> Exists:
    """Return the condition, for roundups, that an earlier match of the season is on its way into the table.

    Earlier by its present kickoff, or by the one by which it was counted. No version names the table that is to come:
    only once the match is counted does a roundup carry another one than its table.
    """
    kickoff = OuterRef("match__kickoff")
    earlier = Q(match__kickoff__lt=kickoff) | Q(match__stats__kickoff__lt=kickoff)
    return Exists(on_their_way().filter(earlier, match__season=OuterRef("match__season")))
