"""Damage to roundups, their versions and their facts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from content.editing import Draft, edit
from content.models import Roundup, RoundupRevision
from content.rechecking import facts_hash
from content.versions import last_number
from scoring.models import Match
from tests.content.verify.checks import (
    ANEW,
    BY_HAND,
    DECIDED,
    HASH,
    NUMBERS,
    PRESENT,
    REWORDED,
    TEXTS,
    TOLD,
    VOIDS,
    WRITTEN,
    Damages,
)
from tests.content.verify.season import Played

DAMAGES = Damages()


def _tell(match: Match, change: Callable[[dict[str, Any]], object], *, rehash: bool = False) -> None:
    """Changes the facts of the roundup of a match; with `rehash` their hash as well, in the version of it, too."""
    roundup = Roundup.objects.get(match=match)
    version = roundup.versions.get(facts_hash=roundup.facts_hash)
    change(roundup.facts)
    if rehash:
        version.facts_hash = roundup.facts_hash = facts_hash(roundup.facts)
        version.save()
    roundup.save()


@DAMAGES.breaks(WRITTEN)
def a_roundup_is_missing(played: Played) -> None:
    Roundup.objects.filter(match=played.plain).delete()


@DAMAGES.breaks(PRESENT)
def a_roundup_of_an_older_revision(played: Played) -> None:
    Roundup.objects.filter(match=played.corrected).update(revision=F("revision") - 1)


@DAMAGES.breaks(PRESENT)
def a_roundup_of_an_older_table(played: Played) -> None:
    Roundup.objects.filter(match=played.plain).update(stats_version=F("stats_version") - 1)


@DAMAGES.breaks(TOLD, ANEW)
def an_old_roundup_in_the_place_of_the_new(played: Played) -> None:
    old = RoundupRevision.objects.get(roundup__match=played.corrected, number=1)
    written = {name: getattr(old, name) for name in ("headline", "text", "facts", "facts_hash", "writer")}
    Roundup.objects.filter(match=played.corrected).update(**written)


@DAMAGES.breaks(VOIDS)
def a_void_match_written_up(played: Played) -> None:
    Roundup.objects.filter(match=played.void).update(match_is_void="")


@DAMAGES.breaks(VOIDS, PRESENT)
def a_match_that_counts_written_off(played: Played) -> None:
    Roundup.objects.filter(match=played.plain).update(match_is_void="fog")


@DAMAGES.breaks(NUMBERS, DECIDED)
def a_version_is_missing(played: Played) -> None:
    RoundupRevision.objects.filter(roundup__match=played.corrected, number=1).delete()


@DAMAGES.breaks(TEXTS, REWORDED)
def a_text_that_nobody_wrote(played: Played) -> None:
    Roundup.objects.filter(match=played.plain).update(text="All is well.")


@DAMAGES.breaks(TEXTS, BY_HAND, ANEW)
def what_waits_is_of_another_roundup(played: Played) -> None:
    other = RoundupRevision.objects.filter(roundup__match=played.corrected)[0]
    Roundup.objects.filter(match=played.plain).update(waiting=other, edited_by="somebody", edited_at=timezone.now())


@DAMAGES.breaks(TOLD, HASH)
def points_that_nobody_earned(played: Played) -> None:
    _tell(played.plain, lambda facts: facts["tips"][0].update(points=10))


@DAMAGES.breaks(TOLD, ANEW)
def a_quota_that_nobody_had(played: Played) -> None:
    _tell(played.plain, lambda facts: facts["field"].update(quota_draw=1), rehash=True)


@DAMAGES.breaks(TOLD, HASH)
def facts_that_are_none(played: Played) -> None:
    _tell(played.plain, lambda facts: facts.clear())


@DAMAGES.breaks(TOLD, HASH)
def a_scoreline_that_nobody_predicted(played: Played) -> None:
    _tell(played.plain, lambda facts: facts["tips"][0].update(scoreline=[7, 7]))


@DAMAGES.breaks(TOLD, HASH)
def a_model_that_nobody_knows(played: Played) -> None:
    _tell(played.plain, lambda facts: facts["tips"][0].update(model="Nobody"))


@DAMAGES.breaks(TOLD, HASH)
def facts_of_another_shape(played: Played) -> None:
    _tell(played.plain, lambda facts: facts.update(tips="many"))


@DAMAGES.breaks(HASH)
def a_venue_that_was_another(played: Played) -> None:
    _tell(played.plain, lambda facts: facts.update(venue="The Moon"))


@DAMAGES.breaks(ANEW)
def a_venue_that_was_another_from_the_beginning(played: Played) -> None:
    _tell(played.plain, lambda facts: facts.update(venue="The Moon"), rehash=True)


@DAMAGES.breaks(REWORDED)
def a_text_that_nobody_wrote_in_the_version_as_well(played: Played) -> None:
    for texts in (
        Roundup.objects.filter(match=played.plain),
        RoundupRevision.objects.filter(roundup__match=played.plain),
    ):
        texts.update(text="All is well.")


@DAMAGES.breaks(BY_HAND)
def edited_by_somebody_who_saved_nothing(played: Played) -> None:
    Roundup.objects.filter(match=played.plain).update(edited_by="somebody", edited_at=timezone.now())


@DAMAGES.breaks(BY_HAND)
def an_edited_text_that_nobody_answers_for(played: Played) -> None:
    roundup = Roundup.objects.get(match=played.plain)
    edit(roundup.pk, Draft("Fog", "All is well."), by="somebody", reason="", seen_version=last_number(roundup))
    Roundup.objects.filter(pk=roundup.pk).update(edited_by="", edited_at=None)


@DAMAGES.breaks(DECIDED)
def held_though_nobody_decided_it(played: Played) -> None:
    Roundup.objects.filter(match=played.plain).update(status=Roundup.Status.HELD)


@DAMAGES.breaks(DECIDED)
def public_since_another_time(played: Played) -> None:
    Roundup.objects.filter(match=played.plain).update(published_at=F("published_at") - timedelta(hours=1))
