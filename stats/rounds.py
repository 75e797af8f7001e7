"""What saving a round's results would do, match by match: read from the predictions, nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F

from scoring import rules
from scoring.models import Competition, Goal, Match, Prediction
from scoring.rules import Goals
from scoring.services.settlement import counting
from stats.prospects import Gain, Tips, earnings, gains, size

NAMED = 12
"""Models that are named at one match; the page of its scores has all."""


@dataclass(frozen=True)
class Change:
    """A match as it is, and as it would be; `corrects`: something that is known becomes another."""

    before: Match
    after: Match
    corrects: bool


@dataclass(frozen=True)
class Prospect:
    """What a change of a match would do, in words; `kind` is `new` or `correction`."""

    kind: str
    words: str
    gains: tuple[Gain, ...] = ()
    more: int = 0
    """Models that gain or lose as well, and are not named."""


def tips_for(matches: Iterable[int]) -> dict[int, Tips]:
    """Return id of a match → how its field predicted, as far as it is known now; one query."""
    rows = Prediction.objects.filter(counting(F("match__kickoff")), match__in=matches).order_by()
    found: dict[int, Counter[Goals]] = defaultdict(Counter)
    for match_id, home, away, number in rows.values_list("match", "home_goals", "away_goals").annotate(n=Count("pk")):
        found[match_id][Goals(home, away)] = number
    return dict(found)


def prospects(
    changes: Sequence[Change], competition: Competition, tips: Mapping[int, Tips], now: datetime
) -> dict[int, Prospect]:
    """Return id of a match → what its change would do; two queries, and none without a correction."""
    corrected = [change.before.pk for change in changes if change.corrects]
    fields, listed = _fields(corrected), _with_scorers(corrected)
    found = {}
    for change in changes:
        pk, note = change.before.pk, _early(change.after, now)
        if change.corrects:
            note += " Its scorers stay listed: open the match to remove them." if _leaves(listed, change) else ""
            found[pk] = _correction(change, competition, fields.get(pk, []), note)
        else:
            found[pk] = _new(change, competition, tips.get(pk, {}), note)
    return found


def _early(match: Match, now: datetime) -> str:
    """Return a warning about a result that is entered before the kickoff."""
    early = match.is_over and match.time_known and match.kickoff > now
    return f" It kicks off only on {match.kickoff:%-d %b, %H:%M} UTC." if early else ""


def _leaves(listed: Set[int], change: Change) -> bool:
    """Whether scorers are listed that may not fit another score."""
    return change.before.pk in listed and change.before.phases != change.after.phases


def _with_scorers(matches: Sequence[int]) -> set[int]:
    return set(Goal.objects.filter(match__in=matches).values_list("match", flat=True)) if matches else set()


def _fields(matches: Sequence[int]) -> dict[int, list[tuple[str, Goals]]]:
    found: dict[int, list[tuple[str, Goals]]] = defaultdict(list)
    if matches:
        rows = Prediction.objects.filter(counting(F("match__kickoff")), match__in=matches).order_by()
        for match_id, model, home, away in rows.values_list("match", "model__name", "home_goals", "away_goals"):
            found[match_id].append((model, Goals(home, away)))
    return found


def _new(change: Change, competition: Competition, tips: Tips, note: str) -> Prospect:
    goals = change.after.counted_goals(competition)
    if goals is None:
        why = change.after.why_not_settled(competition)
        return Prospect("new", f"New: {known(change.after)}. No prediction is scored: it is {why}.{note}")
    if not tips:
        return Prospect("new", f"New: {known(change.after)}. Nobody predicted it, so no prediction is scored.{note}")
    number = size(tips)
    scored = f"{number} prediction{' is' if number == 1 else 's are'} scored"
    earned = "; ".join(map(str, earnings(rules.RULES[competition.rule], goals, tips)))
    return Prospect("new", f"New: {known(change.after)}. {scored}: {earned}.{note}")


def _correction(change: Change, competition: Competition, field: Sequence[tuple[str, Goals]], note: str) -> Prospect:
    before, after = (match.counted_goals(competition) for match in (change.before, change.after))
    moved = gains(rules.RULES[competition.rule], before, after, field)
    points = "" if moved else " Nobody’s points change."
    void = change.after.why_not_settled(competition)
    taken = f" It does not count ({void})." if void else ""
    words = f"Correction: {known(change.before)} → {known(change.after)}.{taken}{points}{note}"
    return Prospect("correction", words, tuple(moved[:NAMED]), max(0, len(moved) - NAMED))


def known(match: Match) -> str:
    """Return what is known of a match's result in few words."""
    phases = match.phases
    told: list[tuple[str, Any]] = [
        ("", phases.full_time),
        ("half-time ", phases.half_time),
        ("after extra time ", phases.extra_time),
        ("penalties ", phases.shootout),
    ]
    scores = [f"{name}{goals.home}–{goals.away}" for name, goals in told if goals is not None]
    return ", ".join([*scores, match.get_status_display().lower()])
