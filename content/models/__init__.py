"""What this app stores."""

from content.models.attention import Attention
from content.models.cluster import Heartbeat, Sweep, TakenTask
from content.models.roundups import (
    EditorialPolicy,
    Roundup,
    RoundupQuerySet,
    RoundupRevision,
    Standing,
    WriterName,
    Written,
    is_current,
    is_pinned_to,
    standing_of,
)
from content.models.writing import Attempt, Commission, Rivalry

__all__ = [
    "Attempt",
    "Attention",
    "Commission",
    "EditorialPolicy",
    "Heartbeat",
    "Rivalry",
    "Roundup",
    "RoundupQuerySet",
    "RoundupRevision",
    "Standing",
    "Sweep",
    "TakenTask",
    "WriterName",
    "Written",
    "is_current",
    "is_pinned_to",
    "standing_of",
]
