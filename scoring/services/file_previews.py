"""What importing a file would do, row by row: it is imported, compared with what was there before, and taken back.

It is kept only if that is what somebody has seen before and agreed to.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import transaction

from scoring.importers.openfootball import Problems, parse
from scoring.locks import retried
from scoring.models import Goal, Match, Prediction, Season
from scoring.models.match import PHASES
from scoring.services.match_plan import ImportOptions, MatchImportError, find_season
from scoring.services.matches import ImportedMatches, import_matches
from scoring.services.prediction_files import ImportedPredictions, import_predictions, matches_in

T = TypeVar("T", ImportedMatches, ImportedPredictions)
BATCH = 5_000
NEW, CHANGED = "new", "changed"


class Known(NamedTuple):
    """A row as it is stored: its name, what it says by the name of each field, and since when it would be late."""

    name: str
    says: Mapping[str, str]
    is_late: bool = False


State = Mapping[int, Known]


@dataclass(frozen=True)
class RowChange:
    """What becomes of one row. `is_late`: a prediction that comes after the kickoff, and so is never scored."""

    kind: str
    name: str
    change: str
    is_late: bool = False


@dataclass(frozen=True)
class Preview(Generic[T]):
    """What an import came to, or would have come to: `kept` tells which."""

    imported: T
    changes: tuple[RowChange, ...] = field(default_factory=tuple)
    kept: bool = False

    @property
    def fingerprint(self) -> str:
        """Return what is the same for two previews that say the same."""
        return hashlib.sha256(repr((self.imported, self.changes)).encode(errors="replace")).hexdigest()


def preview_predictions(
    content: bytes, file: str, *, seen: str = "", on_keep: Callable[["Preview[ImportedPredictions]"], object] = id
) -> "Preview[ImportedPredictions]":
    """Imports predictions from CSV if that does what the preview with the fingerprint `seen` said; else only looks.

    `on_keep` is called in the same transaction. Raises `PredictionImportError`; then nothing is written.
    """
    matches = sorted(matches_in(io.BytesIO(content)))
    return _looked(
        lambda: import_predictions(io.BytesIO(content), file), lambda: dict(_predictions(matches)), seen, on_keep
    )


def preview_matches(
    content: bytes,
    file: str,
    options: ImportOptions,
    *,
    seen: str = "",
    on_keep: Callable[["Preview[ImportedMatches]"], object] = id,
) -> "Preview[ImportedMatches]":
    """Imports an openfootball document if that does what the preview `seen` said. Raises `MatchImportError`."""
    document = parse(content, options.name)
    if isinstance(document, Problems):
        raise MatchImportError(document.lines)
    return _looked(
        lambda: import_matches(content, file, options), lambda: dict(_matches(find_season(document))), seen, on_keep
    )


@retried
def _looked(
    run: Callable[[], T], state: Callable[[], State], seen: str, on_keep: Callable[[Preview[T]], object]
) -> Preview[T]:
    with transaction.atomic():
        before = state()
        imported = run()
        changes = tuple(_compared(before, state()))
        preview = Preview(imported, changes)
        if preview.fingerprint != seen:
            transaction.set_rollback(True)
            return preview
        preview = Preview(imported, changes, kept=True)
        on_keep(preview)
    return preview


def _compared(before: State, after: State) -> Iterator[RowChange]:
    for pk, row in after.items():
        old = before.get(pk)
        if old is None:
            yield RowChange(NEW, row.name, _told({}, row.says), row.is_late)
        elif old != row:
            yield RowChange(CHANGED, row.name, _told(old.says, row.says), row.is_late)


def _told(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return what differs, in words; of what is new only what it says."""
    differs = [name for name, value in after.items() if before.get(name, "") != value]
    if not before:
        return "; ".join(f"{name} {after[name]}" for name in differs)
    return "; ".join(f"{name} {before[name] or '–'} → {after[name] or '–'}" for name in differs)


def _predictions(matches: list[int]) -> Iterator[tuple[int, Known]]:
    for start in range(0, len(matches), BATCH):
        rows = Prediction.objects.filter(match__in=matches[start : start + BATCH])
        for row in rows.select_related("match__home", "match__away", "model").order_by("match", "model").iterator():
            p, at = row.probabilities, row.submitted_at
            says = {
                "predicted": f"{row.home_goals}–{row.away_goals}",
                "probabilities": f"{p.home:.3f}, {p.draw:.3f}, {p.away:.3f}" if p else "",
                "submitted": _moment(at) if at else "",
            }
            yield row.pk, Known(f"{row.model}: {row.match}", says, at is not None and at >= row.match.kickoff)


def _matches(season: Season | None) -> Iterator[tuple[int, Known]]:
    if season is None:
        return
    yield 0, Known(f"Competition {season.competition}", {"time zone": season.competition.time_zone})
    goals: dict[int, list[str]] = {}
    for goal in Goal.objects.filter(match__season=season).order_by("match", "side", "position"):
        kind = " own goal" if goal.own_goal else " penalty" if goal.penalty else ""
        goals.setdefault(goal.match_id, []).append(f"{goal} {goal.side}{kind}")
    for match in Match.objects.filter(season=season).select_related("home", "away").by_kickoff():
        yield match.pk, Known(str(match), {**_of_match(match), "goals": ", ".join(goals.get(match.pk, []))})


def _of_match(match: Match) -> dict[str, str]:
    texts = ("round", "stage", "group", "venue")
    scores = {phase: match.goals_of(phase) for phase in PHASES}
    values: dict[str, Any] = {
        "home": match.home,
        "away": match.away,
        **{name: getattr(match, name) for name in texts},
        "number": "" if match.num is None else match.num,
        "date": match.date,
        "kickoff": _moment(match.kickoff) if match.time_known else "not known",
        "status": match.get_status_display(),
        **{phase.replace("_", "-"): f"{score.home}–{score.away}" if score else "" for phase, score in scores.items()},
    }
    return {name: str(value) for name, value in values.items()}


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC".replace(":00 UTC", " UTC")
