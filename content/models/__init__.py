"""What this app stores."""

from content.models.attention import Attention
from content.models.cluster import Heartbeat, Sweep, TakenTask
from content.models.roundups import (
    EditorialPolicy,
    Roundup,
    RoundupQuerySet,
    RoundupRevision,
    Standing,
    Written,
    is_current,
    is_pinned_to,
    standing_of,
)

__all__ = [
    "Attention",
    "EditorialPolicy",
    "Heartbeat",
    "Roundup",
    "RoundupQuerySet",
    "RoundupRevision",
    "Standing",
    "Sweep",
    "TakenTask",
    "Written",
    "is_current",
    "is_pinned_to",
    "standing_of",
]
