"""Roundups: one for each settled match, up to date or on its way, and every version of it kept."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from content.editing import BY_HAND
from content.models import Roundup, RoundupRevision
from content.verify.flight import done, pending_seasons, waiting
from content.verify.report import Checked, checked
from scoring.models import Match, Settlement


def check_roundups() -> Iterator[Checked]:
    yield _missing()
    yield _up_to_date()
    yield _void()
    yield _numbers()
    yield _texts()
    yield _by_hand()
    yield _decided()


def _missing() -> Checked:
    settled = Match.objects.settled()
    missing = settled.filter(roundup__isnull=True)
    rows = missing.filter(done()).values_list("pk", flat=True)
    return checked(
        "every settled match has a roundup",
        settled.count(),
        (f"match {pk}: settled and done, and no roundup" for pk in rows.iterator()),
        in_flight=missing.exclude(pk__in=Match.objects.filter(done())).count(),
    )


def _up_to_date() -> Checked:
    """What a person keeps back is kept up to date as well; beside a text changed by hand a current one waits."""
    settled = Exists(Settlement.objects.current().filter(match=OuterRef("match")))
    up_to_date = Roundup.objects.up_to_date().filter(pk=OuterRef("pk"))
    old = Roundup.objects.filter(settled, ~Exists(up_to_date))
    on_the_way = Q(match__in=waiting(done())) | Q(match__season__in=pending_seasons())
    rows = old.exclude(on_the_way).values_list("match", "revision", "match__revision", "stats_version")
    return checked(
        "roundups are of the present revision and table",
        Roundup.objects.filter(settled).count(),
        (
            f"match {pk}: its roundup is of revision {revision} of {now} and of table {version}, and no task follows"
            for pk, revision, now, version in rows.iterator()
        ),
        in_flight=old.filter(on_the_way).count(),
    )


def _void() -> Checked:
    settled = Exists(Settlement.objects.current().filter(match=OuterRef("match")))
    there = Exists(Match.objects.filter(done(), pk=OuterRef("match")))
    all_done = Roundup.objects.filter(there)
    kept_up = all_done.filter(~settled, match_is_void="").values_list("match", flat=True)
    taken_down = all_done.filter(settled).exclude(match_is_void="").values_list("match", flat=True)

    def found() -> Iterator[str]:
        yield from (f"match {pk}: does not count, and its roundup does not say so" for pk in kept_up.iterator())
        yield from (f"match {pk}: counts, and its roundup says it is void" for pk in taken_down.iterator())

    return checked(
        "roundups say that their match is void if it is",
        all_done.count(),
        found(),
        in_flight=Roundup.objects.filter(~there).count(),
    )


def _numbers() -> Checked:
    rows = Roundup.objects.order_by().values("pk", "match")
    counted = rows.annotate(n=Count("versions"), least=Min("versions__number"), most=Max("versions__number"))
    wrong = counted.exclude(n__gt=0, least=1, most=F("n"))
    return checked(
        "versions of a roundup are numbered from 1 without a gap",
        RoundupRevision.objects.count(),
        (f"match {row['match']}: {row['n']} versions, {row['least']} to {row['most']}" for row in wrong.iterator()),
    )


def _texts() -> Checked:
    """No text is shown, and none waits, that is not kept as a version of its roundup."""
    same = {name: OuterRef(name) for name in ("headline", "text", "facts_hash", "writer")}
    kept = RoundupRevision.objects.filter(roundup=OuterRef("pk"), **same)
    astray = Q(waiting__isnull=False) & ~Q(waiting__roundup=F("pk"))
    rows = Roundup.objects.filter(~Exists(kept) | astray).values_list("match", flat=True)
    return checked(
        "every text is a version of its roundup",
        Roundup.objects.count(),
        (f"match {pk}: its text, or what waits beside it, is none of its versions" for pk in rows.iterator()),
    )


def _by_hand() -> Checked:
    """Whoever edited a text has saved that version, and nobody else's is pinned as if it had been edited."""
    same = {"by": OuterRef("edited_by"), "headline": OuterRef("headline"), "text": OuterRef("text")}
    saved = RoundupRevision.objects.filter(roundup=OuterRef("pk"), writer=BY_HAND, **same)
    edited = Roundup.objects.exclude(edited_by="")
    pinned = edited.filter(~Exists(saved)).values_list("match", "edited_by")
    passed_off = Roundup.objects.filter(edited_by="", writer=BY_HAND).values_list("match", flat=True)

    def found() -> Iterator[str]:
        yield from (f"match {pk}: edited by {by}, who saved no such version" for pk, by in pinned.iterator())
        yield from (f"match {pk}: changed by hand, and by nobody" for pk in passed_off.iterator())

    return checked("texts edited by hand were saved by hand", edited.count(), found())


def _decided() -> Checked:
    """Held and withdrawn is what somebody decided; what nobody decided was public from one of its versions on."""
    undecided = Roundup.objects.filter(decided_at=None)
    by_decision = [Roundup.Status.HELD, Roundup.Status.WITHDRAWN]
    decisions = undecided.filter(status__in=by_decision).values_list("match", "status")
    saved_then = RoundupRevision.objects.filter(roundup=OuterRef("pk"), written_at=OuterRef("published_at"))
    never = undecided.filter(Q(published_at__isnull=False), ~Exists(saved_then)).values_list("match", flat=True)

    def found() -> Iterator[str]:
        yield from (f"match {pk}: {status}, and nobody decided it" for pk, status in decisions.iterator())
        yield from (f"match {pk}: public since a moment at which nothing was saved" for pk in never.iterator())

    name = "roundups were published with a version, and kept back by a decision"
    return checked(name, Roundup.objects.count(), found())
