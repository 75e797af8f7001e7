"""Writes predictions: new ones, changed ones, and what that means for a match that has begun."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from scoring.locks import retried
from scoring.models import Match, Merge, Prediction
from scoring.rules import Goals, Probabilities
from scoring.services.revisions import Change, new_revisions

BATCH = 5_000
Key = tuple[int, int]


class PredictionError(ValueError):
    """Predictions that can't be taken. `problems`: place in the sequence → what is wrong and what to do."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class NewPrediction:
    """A prediction as somebody hands it in; probabilities add up to 1. `submitted_at` None: not known."""

    match_id: int
    model_id: int
    scoreline: Goals
    probabilities: Probabilities | None = None
    submitted_at: datetime | None = None


@dataclass(frozen=True)
class SavedPredictions:
    """What saving came to; `revised` matches had begun, and have a new revision."""

    created: int = 0
    replaced: int = 0
    unchanged: int = 0
    revised: int = 0


@retried
@transaction.atomic
def save_predictions(
    predictions: Sequence[NewPrediction], *, by: str, reason: str = "", now: datetime | None = None
) -> SavedPredictions:
    """Writes predictions, at most one a model and match; all of them or none.

    One that exists already is left alone if the new one says nothing else, replaced before its match locks, and an
    error after; one that a person took out of the field is never replaced. What is known is never taken away by what
    is not said. A prediction that joins a match that has begun makes a new revision of the match, and starts its
    pipeline if the match is over. Raises `PredictionError`.
    """
    now = now or timezone.now()
    begun = _lock_begun(predictions, now)
    created, replaced, problems = _sorted(predictions, _known(predictions), begun)
    if problems:
        raise PredictionError(problems)
    Prediction.objects.bulk_create(created, batch_size=BATCH)
    Prediction.objects.bulk_update(
        replaced, ["home_goals", "away_goals", "p_home", "p_draw", "p_away", "submitted_at"], batch_size=500
    )
    _require_not_merged(predictions, created)
    joined = Counter(row.match_id for row in created if row.match_id in begun)
    changes: list[tuple[Match, Change]] = [
        (begun[pk], ({}, {"predictions joined": joined[pk]})) for pk in sorted(joined)
    ]
    new_revisions(changes, by=by, reason=reason, at=now)
    return SavedPredictions(len(created), len(replaced), len(predictions) - len(created) - len(replaced), len(joined))


def _sorted(
    predictions: Sequence[NewPrediction], known: dict[Key, Prediction], begun: Mapping[int, Match]
) -> tuple[list[Prediction], list[Prediction], dict[int, str]]:
    """Return the rows to create and to replace, and the problems by place; what says nothing new is in none."""
    created: list[Prediction] = []
    replaced: list[Prediction] = []
    problems: dict[int, str] = {}
    for place, new in enumerate(predictions):
        old = known.get((new.match_id, new.model_id))
        if old is None:
            known[new.match_id, new.model_id] = row = _row(new)
            created.append(row)
        elif old.pk is not None and not _differs(old, new):
            continue
        elif why_not := _why_not(old, begun):
            problems[place] = why_not
        else:
            replaced.append(_merge(old, new))
    return created, replaced, problems


def _why_not(old: Prediction, begun: Mapping[int, Match]) -> str:
    """Return why a prediction can't be replaced; empty if it can."""
    if old.pk is None:
        return "a second prediction of the same model for the same match: keep one of them"
    if old.excluded:
        return _taken_out(old)
    if old.match_id in begun:
        return (
            f"the model predicted {old.home_goals}–{old.away_goals} and the match has begun: "
            f"a prediction can't be changed after kickoff, so remove the row"
        )
    return ""


def _require_not_merged(predictions: Sequence[NewPrediction], created: Sequence[Prediction]) -> None:
    """Raises `PredictionError` if a new row is of a model that is part of another by now.

    PostgreSQL would look at the model that a new row refers to at the commit. It is made to look now, and so to wait
    for a merge under way (see `merge_models`), which the query below then sees.
    """
    if created and connection.vendor == "postgresql":
        connection.check_constraints()
    merged = dict(
        Merge.objects.standing()
        .filter(kind=Merge.Kind.MODEL, old_pk__in={row.model_id for row in created})
        .values_list("old_pk", "into_name")
    )
    if merged:
        raise PredictionError(
            {
                place: f"this model is part of {merged[new.model_id]}: predict under that name"
                for place, new in enumerate(predictions)
                if new.model_id in merged
            }
        )


def _taken_out(old: Prediction) -> str:
    return (
        f"the model's prediction {old.home_goals}–{old.away_goals} was taken out of the field "
        f"({old.get_excluded_display()}: {old.excluded_because}): remove the row, or reinstate the prediction first"
    )


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(set(ids))
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


def _lock_begun(predictions: Sequence[NewPrediction], now: datetime) -> dict[int, Match]:
    """Lock all these matches, in the order of their ids, and return those that have begun.

    One that is over, or that has been worked on, counts as begun whatever its kickoff says. The others are locked as
    well: one that was finished and settled before these predictions are committed would be scored without them.
    """
    begun: dict[int, Match] = {}
    for ids in _batches(new.match_id for new in predictions):
        rows = Match.objects.filter(pk__in=ids).order_by("pk")
        locked = {match.pk: match for match in rows.select_for_update(no_key=True)}
        closed = Match.objects.filter(pk__in=ids).closed(now).values_list("pk", flat=True)
        begun |= {pk: locked[pk] for pk in closed if pk in locked}
    return begun


def _known(predictions: Sequence[NewPrediction]) -> dict[Key, Prediction]:
    wanted = {(new.match_id, new.model_id) for new in predictions}
    return {
        (row.match_id, row.model_id): row
        for ids in _batches(match_id for match_id, _ in wanted)
        for row in Prediction.objects.filter(match__in=ids).iterator()
        if (row.match_id, row.model_id) in wanted
    }


def _row(new: NewPrediction) -> Prediction:
    p = new.probabilities
    return Prediction(
        match_id=new.match_id,
        model_id=new.model_id,
        home_goals=new.scoreline.home,
        away_goals=new.scoreline.away,
        p_home=p.home if p else None,
        p_draw=p.draw if p else None,
        p_away=p.away if p else None,
        submitted_at=new.submitted_at,
    )


def _differs(old: Prediction, new: NewPrediction) -> bool:
    return (
        old.scoreline != new.scoreline
        or (new.probabilities is not None and old.probabilities != new.probabilities)
        or (new.submitted_at is not None and old.submitted_at != new.submitted_at)
    )


def _merge(old: Prediction, new: NewPrediction) -> Prediction:
    old.home_goals, old.away_goals = new.scoreline
    if new.probabilities is not None:
        old.p_home, old.p_draw, old.p_away = new.probabilities
    if new.submitted_at is not None:
        old.submitted_at = new.submitted_at
    return old
