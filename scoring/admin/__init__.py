"""The admin's pages of this app.

Those of facts that tables hang on are registered by `stats.admin`, which shows the effect of a change first; the
match's own page, which shows the whole chain, by `content.admin`.
"""

from scoring.admin import competitions, derived, predictions

__all__ = ["competitions", "derived", "predictions"]
