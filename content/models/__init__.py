"""What this app stores."""

from content.models.attention import Attention
from content.models.cluster import Heartbeat, Sweep, TakenTask
from content.models.policies import EditorialPolicy, WriterName
from content.models.reports import Report, ReportPin, ReportProgress, ReportVersion
from content.models.roundups import (
    Roundup,
    RoundupQuerySet,
    RoundupRevision,
    Standing,
    Written,
    is_current,
    is_pinned_to,
    standing_of,
)
from content.models.writing import Attempt, Commission, Rivalry, Spending

__all__ = [
    "Attempt",
    "Attention",
    "Commission",
    "EditorialPolicy",
    "Heartbeat",
    "Report",
    "ReportPin",
    "ReportProgress",
    "ReportVersion",
    "Rivalry",
    "Roundup",
    "RoundupQuerySet",
    "RoundupRevision",
    "Spending",
    "Standing",
    "Sweep",
    "TakenTask",
    "WriterName",
    "Written",
    "is_current",
    "is_pinned_to",
    "standing_of",
]
