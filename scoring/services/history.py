"""Says in words what changed in a match, and why a settlement of it was superseded."""

from typing import Any

from scoring.models import Match, ResultChange, Settlement
from scoring.services.results import CHANGEABLE

ORDER = {name: place for place, name in enumerate(CHANGEABLE)}
LONGEST = Settlement._meta.get_field("superseded_because").max_length or 0


def in_words(change: ResultChange) -> str:
    """Return what changed, field by field; of a list of scorers, how many there are."""

    def value(name: str, values: dict[str, Any]) -> str:
        known = values.get(name)
        return "–" if known is None else f"{len(known)}" if isinstance(known, list) else str(known)

    # PostgreSQL keeps the keys of JSON in an order of its own.
    names = sorted({**change.before, **change.after}, key=lambda name: (name not in ORDER, ORDER.get(name, 0), name))
    return "; ".join(
        f"{name.replace('_', ' ')} {value(name, change.before)} → {value(name, change.after)}" for name in names
    )


def why_superseded(match: Match, revision: int, void: str) -> str:
    """Return why the settlement of a match at an older revision holds no more, in at most 300 characters.

    `void` says why the match does not count now, if it does not. After it, or alone, stand the reasons given for the
    changes since, oldest first; what changed, where none was given.
    """
    changes = ResultChange.objects.filter(match=match, revision__gt=revision, revision__lte=match.revision)
    told = [change.reason or ("" if void else in_words(change)) for change in changes.order_by("revision", "pk")]
    because = "; then ".join(dict.fromkeys(words for words in told if words))
    whole = ": ".join(part for part in (void, because) if part) or "a newer revision"
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"
