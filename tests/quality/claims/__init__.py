"""Sentences that say one thing of a match, each in a true and in a false form with the same wording."""

from tests.quality.claims import course, field, inventions, match, season, setting, table, tips
from tests.quality.claims.claim import CLAIMS, GROUPS, Claim, Said

__all__ = [
    "CLAIMS",
    "GROUPS",
    "Claim",
    "Said",
    "course",
    "field",
    "inventions",
    "match",
    "season",
    "setting",
    "table",
    "tips",
]
