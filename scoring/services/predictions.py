"""Writes predictions: new ones, changed ones, and what that means for a match that has begun."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from scoring.locks import retried
from scoring.models import Match, Prediction
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
    error after. What is known is never taken away by what is not said. A prediction that joins a match that has begun
    makes a new revision of the match, and starts its pipeline if the match is over. Raises `PredictionError`.
    """
    now = now or timezone.now()
    begun = _lock_begun(predictions, now)
    known = _known(predictions)
    created: list[Prediction] = []
    replaced: list[Prediction] = []
    problems: dict[int, str] = {}
    for place, new in enumerate(predictions):
        old = known.get((new.match_id, new.model_id))
        if old is None:
            row = _row(new)
            known[new.match_id, new.model_id] = row
            created.append(row)
        elif old.pk is None:
            problems[place] = "a second prediction of the same model for the same match: keep one of them"
        elif not _differs(old, new):
            continue
        elif new.match_id in begun:
            problems[place] = (
                f"the model predicted {old.home_goals}–{old.away_goals} and the match has begun: "
                f"a prediction can't be changed after kickoff, so remove the row"
            )
        else:
            replaced.append(_merge(old, new))
    if problems:
        raise PredictionError(problems)
    Prediction.objects.bulk_create(created, batch_size=BATCH)
    Prediction.objects.bulk_update(
        replaced, ["home_goals", "away_goals", "p_home", "p_draw", "p_away", "submitted_at"], batch_size=500
    )
    joined = Counter(row.match_id for row in created if row.match_id in begun)
    changes: list[tuple[Match, Change]] = [
        (begun[pk], ({}, {"predictions joined": joined[pk]})) for pk in sorted(joined)
    ]
    new_revisions(changes, by=by, reason=reason, at=now)
    return SavedPredictions(len(created), len(replaced), len(predictions) - len(created) - len(replaced), len(joined))


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(set(ids))
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


def _lock_begun(predictions: Sequence[NewPrediction], now: datetime) -> dict[int, Match]:
    """Lock and return the matches among these that have begun, in the order of their ids.

    One that is over, or that has been worked on, counts as begun whatever its kickoff says.
    """
    closed = Q(pk__in=Match.objects.closed(now).values("pk"))
    return {
        match.pk: match
        for ids in _batches(new.match_id for new in predictions)
        for match in Match.objects.filter(closed, pk__in=ids).order_by("pk").select_for_update(no_key=True)
    }


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
