"""Roundups, every version of them, and what an editor decided about them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from content.models.texts import Text
from content.moving import Moves, table_moves
from scoring.models import Match
from scoring.models.match import result_counts


def written_from_what_holds(prefix: str = "") -> Q:
    """Return the condition that a text, reached by `prefix` from a roundup, carries the present revision and version.

    False while its match is not settled and counted as it now is; a condition to filter by, never to negate: without
    stats of the match it is neither true nor false.
    """
    return Q(
        **{f"{prefix}revision": F("match__revision"), f"{prefix}stats_version": F("match__stats__version")},
        match__stats__revision=F("match__revision"),
        match_is_void="",
    )


CURRENT = written_from_what_holds()
NOT_WRITTEN_FROM_WHAT_HOLDS = (
    Q(match__stats__isnull=True)
    | ~Q(revision=F("match__revision"))
    | ~Q(stats_version=F("match__stats__version"))
    | ~Q(match__stats__revision=F("match__revision"))
    | ~Q(match_is_void="")
)
"""The opposite of `CURRENT`, which can't be had by negating it."""
EDITED = ~Q(edited_by="")
WAITING_IS_CURRENT = EDITED & written_from_what_holds("waiting__")
VOID = ~Q(match_is_void="") & ~result_counts("match__")


class Standing(models.TextChoices):
    """How it is with a roundup now: what was decided about it, and whether it still is true. The values are words."""

    PUBLISHED = "published"
    REWRITTEN = "being rewritten"
    OUT_OF_DATE = "out of date"
    REVIEW = "waits for review"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    VOID = "match is void"


class RoundupQuerySet(models.QuerySet["Roundup"]):
    def with_match(self) -> Self:
        """Joins the match, and annotates `table_is_moving`."""
        joined = self.select_related("match__home", "match__away", "match__season__competition", "match__stats")
        return joined.annotate(table_is_moving=table_moves())

    def public(self) -> Self:
        """What readers may see: published, and written from the present revision of the match and table.

        Not while an earlier match is on its way into that table: its points are about to be others.
        """
        return self._current().filter(status=Roundup.Status.PUBLISHED)

    def _current(self, moves: Moves | None = None) -> Self:
        return self.filter(CURRENT, ~(table_moves() if moves is None else moves))

    def _not_current(self, moves: Moves | None = None) -> Self:
        """The others. As a set: a condition with `table_moves` in it would be looked into row by row."""
        if isinstance(moves, Q):
            return self.filter(NOT_WRITTEN_FROM_WHAT_HOLDS | moves)
        return self.filter(~Exists(Roundup.objects.all()._current(moves).filter(pk=OuterRef("pk"))))

    def up_to_date(self) -> Self:
        """Roundups with nothing to do for a writer: their text, or what waits beside an edited one, is current.

        Whether readers see them is another question, and whether their table is about to change: it will have another
        version then. Those of void matches are not among them.
        """
        return self.filter(CURRENT | WAITING_IS_CURRENT)

    def void(self) -> Self:
        """Roundups that say that their match does not count, and it doesn't."""
        return self.filter(VOID)

    def out_of_date(self) -> Self:
        """Edited, and the result or table under the text has changed, or is about to: an editor decides.

        Whatever the status.
        """
        return self._not_current().filter(EDITED & ~VOID)

    def being_rewritten(self) -> Self:
        """Published, but not current and not edited: a worker will see to it, until then readers get a notice."""
        return self.off_the_page().filter(edited_by="")

    def off_the_page(self) -> Self:
        """Published, but not current: whether a worker or an editor sees to it, its numbers are shown to nobody."""
        return self._not_current().filter(~VOID, status=Roundup.Status.PUBLISHED)

    def kept_back(self) -> Self:
        """Roundups of matches that count, kept from readers by a person: by their status, or edited and out of date."""
        by_status = ~Q(status=Roundup.Status.PUBLISHED)
        return self.filter(by_status | Q(pk__in=Roundup.objects.out_of_date().order_by().values("pk")), ~VOID)

    def of_standing(self, standing: Standing, moves: Moves | None = None) -> Self:
        """Roundups of which it can be said; of one that is held, edited and out of date both can.

        `moves`: what `moving_now` returned, for a list of all of them.
        """
        published = Q(status=Roundup.Status.PUBLISHED)
        if standing == Standing.VOID:
            return self.void()
        if standing == Standing.PUBLISHED:
            return self._current(moves).filter(published)
        if standing == Standing.REWRITTEN:
            return self._not_current(moves).filter(published, ~VOID, edited_by="")
        if standing == Standing.OUT_OF_DATE:
            return self._not_current(moves).filter(EDITED & ~VOID)
        status = next(status for status, kept in KEPT_BY_STATUS.items() if kept == standing)
        return self.filter(~VOID, status=status)

    def with_standing(self) -> Self:
        """Annotates `is_current`, whether its text is true now and for the time being, and `standing` (`Standing`)."""
        current = CURRENT & ~table_moves()
        return self.annotate(
            is_current=Case(When(current, then=Value(True)), default=Value(False)),
            standing=Case(
                When(VOID, then=Value(Standing.VOID)),
                *[When(status=status, then=Value(standing)) for status, standing in KEPT_BY_STATUS.items()],
                When(current, then=Value(Standing.PUBLISHED)),
                When(EDITED, then=Value(Standing.OUT_OF_DATE)),
                default=Value(Standing.REWRITTEN),
                output_field=models.CharField(),
            ),
        )

    def newest_first(self) -> Self:
        return self.order_by("-match__kickoff", "-match_id")


class Written(Text):
    """What a writer wrote about a match, and what from: its facts, its revision and the table's version."""

    revision = models.PositiveIntegerField()
    stats_version = models.PositiveIntegerField()
    prose = models.TextField(blank=True, help_text="The text without tables and note, as a language model wrote it.")
    storyline = models.CharField(
        max_length=40, blank=True, help_text="What the headline was to tell; empty: the rarest."
    )

    class Meta:
        abstract = True


class Roundup(Written):
    """The article about one match. There is at most one for each.

    A text changed by hand stays pinned to the facts it was changed for; no writer overwrites it (see `waiting`).
    """

    class Status(models.TextChoices):
        """What a person, or the rule of the competition, wants to happen with it."""

        PUBLISHED = "published"
        REVIEW = "review", "waits for review"
        HELD = "held"
        WITHDRAWN = "withdrawn"

    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="roundup")
    status = models.CharField(max_length=12, choices=Status, default=Status.PUBLISHED)
    note = models.CharField(max_length=300, blank=True, help_text="Why it was held or withdrawn.")
    decided_by = models.CharField(
        max_length=150, blank=True, help_text="Who published, held or withdrew it last; empty: nobody did."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    match_is_void = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why the match does not count; readers see this, whatever the status.",
    )
    edited_by = models.CharField(
        max_length=150, blank=True, help_text="Who changed the text by hand; then no writer ever overwrites it."
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    waiting = models.ForeignKey(
        "RoundupRevision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="What was written anew beside a text changed by hand, until an editor decides.",
    )
    published_at = models.DateTimeField(null=True, blank=True, help_text="When readers could see it first.")
    published_revision = models.PositiveIntegerField(
        null=True, blank=True, help_text="The revision of the match that it was written from when readers saw it first."
    )

    table_is_moving: bool
    """Annotated by `with_match`: an earlier match of the season is on its way into the table under it."""

    objects = RoundupQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(fields=["-written_at", "-id"], name="roundup_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(edited_by="", edited_at__isnull=True, waiting__isnull=True)
                | (~Q(edited_by="") & Q(edited_at__isnull=False)),
                name="roundup_edited_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="roundup_published_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["published", "review", "held", "withdrawn"]), name="roundup_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def was_public(self) -> bool:
        """Whether readers have ever been able to see it: of one that they haven't, they are told nothing."""
        return self.published_at is not None

    def note_published(self, at: datetime, revision: int) -> None:
        """Notes when readers can see it first, and which revision of the match it is about; without saving."""
        if self.published_at is None:
            self.published_at, self.published_revision = at, revision


KEPT_BY_STATUS = {
    Roundup.Status.WITHDRAWN: Standing.WITHDRAWN,
    Roundup.Status.HELD: Standing.HELD,
    Roundup.Status.REVIEW: Standing.REVIEW,
}


def is_pinned_to(match: Match, written: Written) -> bool:
    """Return whether a text was written from the present revision of the match and version of its table."""
    stats = getattr(match, "stats", None)
    pinned = (match.revision, stats.revision, stats.version) if stats else None
    return pinned == (written.revision, written.revision, written.stats_version)


def is_current(roundup: Roundup) -> bool:
    """Return what `with_standing` annotates as `is_current`, for one roundup that `with_match` has found."""
    return not roundup.match_is_void and is_pinned_to(roundup.match, roundup) and not roundup.table_is_moving


def standing_of(roundup: Roundup) -> Standing:
    """Return what `with_standing` annotates as `standing`, for one roundup; see `with_match` for what it needs joined.

    A list reads it row by row: a column of the query would be computed for every row of the table.
    """
    match = roundup.match
    if roundup.match_is_void and match.why_not_settled(match.season.competition):
        return Standing.VOID
    kept = KEPT_BY_STATUS.get(Roundup.Status(roundup.status))
    if kept:
        return kept
    if is_current(roundup):
        return Standing.PUBLISHED
    return Standing.OUT_OF_DATE if roundup.edited_by else Standing.REWRITTEN


class RoundupRevision(Written):
    """One version of a roundup, as it was saved. Never edited.

    The text of the roundup is one of its versions, `waiting` another; the rest is history.
    """

    roundup = models.ForeignKey(Roundup, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150, blank=True, help_text="The person who saved it; empty: a writer did.")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["roundup", "number"], name="roundup_version_once")]

    def __str__(self) -> str:
        return f"version {self.number}"
