"""What an editor can do with a roundup: change its text, keep it back or release it, choose between two texts.

Everything happens under the match's lock and refuses what is not possible with `EditingError`, which changes nothing.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from content.agreement import contradiction
from content.models import Roundup, RoundupRevision, Standing, Written, is_current, is_pinned_to, standing_of
from content.versions import last_number, lock_match, put_text
from scoring.locks import retried

BY_HAND = "an editor"
"""The `writer` of a text changed by hand; who it was stands in `edited_by`, and in the version's `by`."""

LONGEST_NOTE = 300
LONGEST_HEADLINE = 250


class EditingError(ValueError):
    """What an editor asked for can't be done: the message says why, and what can be done instead."""


@dataclass(frozen=True)
class Draft:
    """A headline (plain text, one line) and a text (Markdown) as a person typed them."""

    headline: str
    text: str

    def tidied(self) -> "Draft":
        """Return it with single line ends, and none at its edges but the last; raises `EditingError` if it is empty."""
        headline = " ".join(self.headline.split())
        text = "\n".join(line.rstrip() for line in self.text.splitlines()).strip()
        if not headline or not text:
            raise EditingError(f"the {'text' if headline else 'headline'} is empty: a roundup needs both")
        if len(headline) > LONGEST_HEADLINE:
            raise EditingError(f"the headline has {len(headline)} characters, and {LONGEST_HEADLINE} fit")
        return Draft(headline, text + "\n")

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of both, in hexadecimal: tells whether a text is the one that was looked at."""
        return hashlib.sha256(f"{self.headline}\n{self.text}".encode()).hexdigest()


@retried
@transaction.atomic
def edit(roundup_id: int, draft: Draft, *, by: str, reason: str, seen_version: int) -> Roundup:
    """Changes the text by hand; from now on no writer overwrites it.

    The new text stands for the facts of the one it replaces: if the match or its table has moved on, it is out of date
    at once. `seen_version` is the newest version when the form was opened.
    """
    roundup = _lock(roundup_id)
    _require_seen(roundup, seen_version)
    new = draft.tidied()
    if new == Draft(roundup.headline, roundup.text):
        raise EditingError("nothing was changed")
    _put_by_hand(roundup, new, _fields_of(roundup), by=by, reason=reason)
    return roundup


@retried
@transaction.atomic
def keep_edited(
    roundup_id: int, draft: Draft, *, by: str, reason: str, seen_version: int, agrees: bool = False
) -> Roundup:
    """Confirms that a text changed by hand, as it was or changed once more, is right for the facts as they are now.

    The facts are those of the version that waits beside it, which has to be current; then it waits no longer. A text
    that tells a corrected scoreline is refused, unless it tells the one that counts now and the editor says that it
    `agrees` with it.
    """
    roundup = _lock(roundup_id)
    waiting = _require_waiting(roundup)
    _require_seen(roundup, seen_version)
    new = draft.tidied()
    earlier = roundup.versions.values_list("facts", flat=True)
    if why := contradiction(new.headline, new.text, earlier=earlier, now=waiting.facts, agrees=agrees):
        raise EditingError(why)
    roundup.waiting = None
    _put_by_hand(roundup, new, _fields_of(waiting), by=by, reason=reason or "confirmed for the new facts")
    return roundup


@retried
@transaction.atomic
def take_waiting(roundup_id: int, *, by: str, reason: str, seen_version: int) -> Roundup:
    """Puts the version that waits in the place of the text changed by hand, which stays among the versions."""
    roundup = _lock(roundup_id)
    waiting = _require_waiting(roundup)
    _require_seen(roundup, seen_version)
    _put_unedited(roundup, _fields_of(waiting), by=by, reason=reason or f"version {waiting.number} taken")
    return roundup


@retried
@transaction.atomic
def drop_edit(roundup_id: int, *, by: str, reason: str, seen_version: int) -> Roundup:
    """Gives up what was changed by hand: the writer's last text about the same facts comes back.

    If these facts no longer hold, a worker writes a new one, as for any other roundup.
    """
    roundup = _lock(roundup_id)
    if not roundup.edited_by:
        raise EditingError("nobody has edited this text")
    if roundup.waiting_id:
        raise EditingError("a new version waits beside the edited text: choose one of the two")
    _require_seen(roundup, seen_version)
    before = roundup.versions.exclude(writer=BY_HAND).filter(facts_hash=roundup.facts_hash).first()
    if before is None:
        raise EditingError("no writer has written about these facts: order it to be written again, then choose")
    pins = {"revision": roundup.revision, "stats_version": roundup.stats_version}
    _put_unedited(roundup, _fields_of(before) | pins, by=by, reason=reason or f"back to version {before.number}")
    return roundup


@retried
@transaction.atomic
def hold(roundup_id: int, *, by: str, note: str = "") -> Roundup:
    """Keeps a roundup from readers until somebody publishes it; it is kept up to date meanwhile."""
    roundup = _lock(roundup_id)
    if roundup.status == Roundup.Status.HELD:
        raise EditingError("it is held already")
    return _decide(roundup, Roundup.Status.HELD, by=by, note=note)


@retried
@transaction.atomic
def withdraw(roundup_id: int, *, by: str, note: str) -> Roundup:
    """Takes a roundup away from readers, who see the note in its place."""
    roundup = _lock(roundup_id)
    if roundup.status == Roundup.Status.WITHDRAWN:
        raise EditingError("it is withdrawn already")
    if not note.strip():
        raise EditingError("say why: readers see the note in place of the roundup")
    return _decide(roundup, Roundup.Status.WITHDRAWN, by=by, note=note.strip().removesuffix("."))


@retried
@transaction.atomic
def publish(roundup_id: int, *, by: str, seen_version: int) -> Roundup:
    """Releases a roundup that waited for review, was held, or withdrawn: only the version seen, and only while true."""
    roundup = _lock(roundup_id)
    if roundup.status == Roundup.Status.PUBLISHED:
        raise EditingError("it is published already")
    _require_seen(roundup, seen_version)
    if standing_of(roundup) == Standing.VOID:
        why = roundup.match.why_not_settled(roundup.match.season.competition)
        raise EditingError(f"the match does not count ({why})")
    if roundup.table_is_moving:
        raise EditingError("an earlier match of the season is not counted yet: wait until the table under it is known")
    if not is_current(roundup):
        instead = "choose between it and the new version first" if roundup.edited_by else "it is being written again"
        raise EditingError(f"the match or its table has changed since this text was written: {instead}")
    return _decide(roundup, Roundup.Status.PUBLISHED, by=by)


def _lock(roundup_id: int) -> Roundup:
    """Return a roundup whose match is locked. Raises `Roundup.DoesNotExist`."""
    lock_match(Roundup.objects.values_list("match_id", flat=True).get(pk=roundup_id))
    return Roundup.objects.with_match().get(pk=roundup_id)


def _require_seen(roundup: Roundup, seen_version: int) -> None:
    newest = last_number(roundup)
    if seen_version != newest:
        raise EditingError(
            f"version {newest} was saved while you were looking at version {seen_version}: open the page again"
        )


def _require_waiting(roundup: Roundup) -> RoundupRevision:
    if not roundup.edited_by:
        raise EditingError("nobody has edited this text, so nothing waits beside it")
    if roundup.waiting is None:
        raise EditingError("no new version waits beside the edited text")
    if roundup.match_is_void or not is_pinned_to(roundup.match, roundup.waiting):
        raise EditingError(
            "the match or its table has changed since the version that waits was written: wait for the next one"
        )
    return roundup.waiting


def _require_short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST_NOTE:
        raise EditingError(f"{len(text)} characters are too many for a note or a reason, {LONGEST_NOTE} fit")
    return text


def _fields_of(written: Written) -> dict[str, Any]:
    return {field.name: getattr(written, field.name) for field in Written._meta.fields}


def _put_by_hand(roundup: Roundup, draft: Draft, of: dict[str, Any], *, by: str, reason: str) -> None:
    """Makes the draft the text, about the facts in `of`."""
    now = timezone.now()
    roundup.edited_by, roundup.edited_at = by, now
    mine = {"headline": draft.headline, "text": draft.text, "prose": "", "writer": BY_HAND, "written_at": now}
    put_text(roundup, of | mine, reason=_require_short(reason), by=by)


def _put_unedited(roundup: Roundup, written: dict[str, Any], *, by: str, reason: str) -> None:
    roundup.edited_by, roundup.edited_at, roundup.waiting = "", None, None
    put_text(roundup, written | {"written_at": timezone.now()}, reason=_require_short(reason), by=by)


def _decide(roundup: Roundup, status: Roundup.Status, *, by: str, note: str = "") -> Roundup:
    now = timezone.now()
    roundup.status, roundup.note = status, _require_short(note)
    roundup.decided_by, roundup.decided_at = by, now
    if status == Roundup.Status.PUBLISHED:
        roundup.note_published(now, roundup.revision)
    roundup.save(update_fields=["status", "note", "decided_by", "decided_at", "published_at", "published_revision"])
    return roundup
