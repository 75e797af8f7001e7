"""The admin's pages of this app; the match's own page, which shows the whole chain, stands in `content.admin`."""

from scoring.admin import competitions, derived, predictions

__all__ = ["competitions", "derived", "predictions"]
