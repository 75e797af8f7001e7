"""The admin's pages of this app, and those of facts whose changes show their effect on the tables first."""

from stats.admin import facts, merges, tables

__all__ = ["facts", "merges", "tables"]
