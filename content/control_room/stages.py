"""How far one match is, as five stages with a light each; what is read for it is handed in, nothing is asked here."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from typing import NamedTuple

from content.models import Roundup, Standing
from content.models.attention import OVERDUE
from scoring.models import Match, MatchProgress
from scoring.steps import place_of

LONGEST_MATCH = timedelta(hours=3)
"""After so long a match without a result waits for somebody to type it."""
SCORE, COUNT, WRITE = range(3)


class Light(Enum):
    """The colour of a stage, and the word that says the same to those who don't see it."""

    GREEN = "done"
    AMBER = "on its way"
    RED = "needs attention"
    GREY = "nothing to do"


@dataclass(frozen=True)
class Stage:
    """`due`: when something is to happen by itself, to count down to. `page` and `pk` name a page of the admin."""

    name: str
    light: Light
    text: str
    at: datetime | None = None
    revision: int | None = None
    due: datetime | None = None
    page: str = ""
    pk: int | None = None


class Made(NamedTuple):
    """A derived row: from which revision of the match, when, and its page in the admin."""

    revision: int
    at: datetime
    page: str
    pk: int


@dataclass(frozen=True)
class Known:
    """Everything the stages of a match are told from. `made`: by place in the pipeline, the row that is there."""

    match: Match
    progress: MatchProgress | None
    result_at: datetime
    made: dict[int, Made] = field(default_factory=dict)
    roundup: Roundup | None = None
    standing: Standing | None = None


def stages(known: Known, now: datetime) -> tuple[Stage, ...]:
    """Return result, settled, counted, roundup and published, in this order."""
    return (
        _result(known, now),
        *(_work(known, place, name, now) for place, name in enumerate(("Settled", "Counted", "Roundup"))),
        _published(known),
    )


def worst(found: tuple[Stage, ...]) -> Light:
    """Return the light of the whole row."""
    lights = [stage.light for stage in found]
    return next((light for light in (Light.RED, Light.AMBER, Light.GREEN) if light in lights), Light.GREY)


def _result(known: Known, now: datetime) -> Stage:
    match = known.match
    told = partial(Stage, "Result", page="scoring_match_change", pk=match.pk)
    why_not = match.why_not_settled(match.season.competition)
    if not why_not:
        return told(Light.GREEN, score_of(match), at=known.result_at, revision=match.revision)
    if match.is_over:
        light = Light.RED if match.status == Match.Status.FINISHED else Light.GREY
        return told(light, why_not, at=known.result_at, revision=match.revision)
    if match.status == Match.Status.POSTPONED:
        return told(Light.GREY, "postponed")
    waits = match.kickoff < now - LONGEST_MATCH
    return told(Light.AMBER if waits else Light.GREY, "no result yet" if waits else "being played")


def score_of(match: Match) -> str:
    """Return the score as people say it: after extra time where there was one."""
    played = match.phases.extra_time or match.phases.full_time
    if played is None:
        return "–"
    pens = f", {match.phases.shootout.home}–{match.phases.shootout.away} on penalties" if match.phases.shootout else ""
    return f"{played.home}–{played.away}{' after extra time' if match.phases.extra_time else ''}{pens}"


def _work(known: Known, place: int, name: str, now: datetime) -> Stage:
    """Return the stage of one step of the pipeline: done, on its way, failing, or not its turn."""
    match, progress, made = known.match, known.progress, known.made.get(place)
    if _standing_at(known) == place:
        return _at_work(name, match, progress, now)
    if made and made.revision == match.revision and _is_true(known, place):
        return Stage(name, Light.GREEN, "done", made.at, made.revision, page=made.page, pk=made.pk)
    if made and (place > _standing_at(known) or place == WRITE):
        text = "is out of date" if match.revision == made.revision else f"still at revision {made.revision}"
        if match.why_not_settled(match.season.competition):
            return Stage(name, Light.GREY, "taken back", made.at, made.revision, page=made.page, pk=made.pk)
        return Stage(name, Light.AMBER, text, made.at, made.revision, page=made.page, pk=made.pk)
    return Stage(name, Light.GREY, "")


def _is_true(known: Known, place: int) -> bool:
    return place != WRITE or known.standing not in {Standing.REWRITTEN, Standing.OUT_OF_DATE, Standing.VOID}


def _standing_at(known: Known) -> int:
    """Return the place of the step that is next; one beyond the last if there is nothing to do."""
    match, progress = known.match, known.progress
    if progress is None:
        return SCORE if match.is_over else WRITE + 1
    return SCORE if progress.revision < match.revision else place_of(progress.step)


def _at_work(name: str, match: Match, progress: MatchProgress | None, now: datetime) -> Stage:
    told = partial(Stage, name, revision=match.revision, page="content_attention_change", pk=match.pk)
    if progress is None or progress.revision < match.revision:
        return Stage(name, Light.AMBER, "not begun", revision=match.revision)
    due = progress.next_try if progress.next_try and progress.next_try > now else None
    if progress.error:
        first = progress.error.strip().partition("\n")[0]
        return told(Light.RED, f"failed {progress.attempts}×: {first}", at=progress.changed_at, due=due)
    since = progress.next_try or progress.changed_at
    if since < now - OVERDUE:
        return told(Light.RED, "waits too long", at=since)
    if due:
        return told(Light.AMBER, "due", due=due)
    return told(Light.AMBER, "in the queue" if progress.queued_at else "next", at=progress.queued_at)


COLOURS = {Standing.PUBLISHED: Light.GREEN, Standing.REWRITTEN: Light.AMBER, Standing.OUT_OF_DATE: Light.RED}
"""Of an edited text that is out of date nothing happens until an editor decides: that is why it is red."""


def _published(known: Known) -> Stage:
    roundup, standing = known.roundup, known.standing
    if roundup is None or standing is None:
        return Stage("Published", Light.GREY, "")
    light = COLOURS.get(standing, Light.AMBER if standing == Standing.REVIEW else Light.GREY)
    is_shown = standing == Standing.PUBLISHED
    return Stage(
        "Published",
        light,
        "" if is_shown else str(standing.value),
        roundup.published_at if is_shown else roundup.decided_at,
        roundup.revision,
        page="content_roundup_change",
        pk=roundup.pk,
    )
