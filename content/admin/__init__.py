"""The admin's pages of this app, of whole matches, and of what the project brings in: the queue, users and groups."""

from content.admin import matches, people, queue, roundups

__all__ = ["matches", "people", "queue", "roundups"]
