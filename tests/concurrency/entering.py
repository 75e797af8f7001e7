"""What processes do that enter results: each function runs in a process of its own, as those of `plays`."""

from collections.abc import Sequence

from scoring.models import Match
from scoring.services import Entry, RoundError, record_round


def record_together(ids: Sequence[int], home: int) -> str:
    """Saves a round as it was seen when it was new; returns `saved`, or why it was refused."""
    fields = {"status": "finished", "full_time_home": home, "full_time_away": 0}
    try:
        record_round([Entry(pk, 1, fields) for pk in ids], by="a crowd")
    except RoundError as error:
        return "; ".join(sorted(set(error.refused.values())))
    return "saved"


def revisions(match_ids: Sequence[int]) -> list[int]:
    return [Match.objects.get(pk=pk).revision for pk in match_ids]
