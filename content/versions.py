"""How a text comes into a roundup: always under its match's lock, and always as a version that is kept."""

from typing import Any

from django.db.models import Max

from content.models import Roundup, RoundupRevision
from scoring.models import Match


def lock_match(match_id: int) -> Match:
    """Return a match, locked until the transaction ends. Raises `Match.DoesNotExist`."""
    return Match.objects.select_for_update(no_key=True).get(pk=match_id)


def put_text(roundup: Roundup, written: dict[str, Any], *, reason: str, by: str = "") -> RoundupRevision:
    """Makes `written` (the fields of `Written`) the text of a roundup, and saves it whole, with a version of it.

    The caller holds the match's lock, and has made sure that nobody's text is lost.
    """
    for name, value in written.items():
        setattr(roundup, name, value)
    roundup.save()
    return add_version(roundup, written, reason=reason, by=by)


def add_version(roundup: Roundup, written: dict[str, Any], *, reason: str, by: str = "") -> RoundupRevision:
    """Keeps `written` as the next version of a saved roundup; the roundup itself stays as it is."""
    return RoundupRevision.objects.create(
        roundup=roundup, number=last_number(roundup) + 1, reason=reason, by=by, **written
    )


def last_number(roundup: Roundup) -> int:
    """Return the number of the newest version, whether it is the text, waits, or was replaced already."""
    return roundup.versions.aggregate(last=Max("number"))["last"] or 0
