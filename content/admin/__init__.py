"""The admin's pages of this app, of whole matches, and of what the project brings in: the queue, users and groups."""

from content.admin import (
    attention,
    clusters,
    log,
    matches,
    people,
    policies,
    queue,
    reports,
    rivalries,
    roundups,
    writing,
)

__all__ = [
    "attention",
    "clusters",
    "log",
    "matches",
    "people",
    "policies",
    "queue",
    "reports",
    "rivalries",
    "roundups",
    "writing",
]
