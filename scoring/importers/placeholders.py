"""Tells the names of teams from what stands in their place while they are not known. Pure."""

import re

PLACEHOLDER = re.compile(
    r"""
      n\.?\s?n\.? | \?+ | -+ | –+                               # N.N.
    | tb[acd] | to\s+be\s+(?:announced|confirmed|decided|determined)
    | [1-9][a-l](?:/?[a-l])*                                    # 1A, 3A/B/C/D/F
    | (?:w|l|ru)[\s-]?\d{1,3}                                   # W74, L101
    | (?:winners?|losers?|runners?[\s-]?up)                     # Winner Match 74, Runner-up Group B
      (?:\s+of)?(?:\s+the)?
      \s+(?:match|game|tie|group|path|play|round|semi|quarter|final|preliminary|qualif|\d|[a-l]\b).*
    | (?=.*\s)(?:1st|2nd|3rd|4th|first|second|third|fourth|best)    # 2nd Group B, Best third-placed team A/B/C
      (?:[\s-]+(?:in|of|from|the|placed?|teams?|third|3rd|group))*(?:\s+[a-l](?:/?[a-l])*)?
    | .*\bpath\s+\w{1,2}\s+(?:winners?|runners?[\s-]?up)        # UEFA Path D winner, IC Path 2 winner
    | .*\b(?:group|match|game|tie|final|semi-?final|quarter-?final|play-?off|round)s?(?:\s+\w{1,3})?
      \s+(?:winners?|losers?|runners?[\s-]?up)(?:\s+\d{1,2})?   # Group A winner, Semi-final 1 loser
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_placeholder(name: str) -> bool:
    """Return whether a tidy name stands for a team that is not known yet, such as N.N., 1A, W74 or TBD."""
    return PLACEHOLDER.fullmatch(name) is not None
