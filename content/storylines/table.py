"""Storylines of the season's table: who leads, who moved, which runs went on or ended."""

from collections.abc import Mapping
from fractions import Fraction

from content.season import Takings
from content.storylines.picture import Detector, Found, Picture, RoundNow, joined, two_decimals

STREAK = 3
ENDED = 4
DROUGHT = 8
PLACES = 2
WHOLE_ROUND = 3
"""From so many predictions on the matches of a round are enough to speak of a model's round."""


def _has_points(match: Picture) -> bool:
    return bool(match.n and match.leads and match.after[match.leads[0]].points)


def new_leader(match: Picture) -> Found | None:
    """None of those who lead now led before, alone or with others; `from` are those who did."""
    if match.led == match.leads or not match.led or not _has_points(match) or set(match.led) & set(match.leads):
        return None
    return Found(models=tuple(match.leads), evidence=(("from", joined(match.led)),))


def _gap(match: Picture, was: str, now: str) -> Found:
    return Found(models=(match.leads[0],), evidence=(("gap", now), ("before", was)))


def lead_grown(match: Picture) -> Found | None:
    """By the averages to two decimals: what a reader sees."""
    moved = match.leads_by
    if moved is None or moved[1] <= moved[0]:
        return None
    was, now = map(two_decimals, moved)
    return _gap(match, was, now) if now != was else None


def lead_shrunk(match: Picture) -> Found | None:
    """By the averages to two decimals, of which something is left."""
    moved = match.leads_by
    if moved is None or moved[1] >= moved[0]:
        return None
    was, now = map(two_decimals, moved)
    return _gap(match, was, now) if now != was and now != "0.00" else None


def level_at_the_top(match: Picture) -> Found | None:
    """Two or more share the first place now, with points."""
    return Found(models=tuple(match.leads)) if len(match.leads) > 1 and _has_points(match) else None


def longest_streak(match: Picture) -> Found | None:
    """A run of right outcomes that this match made longer than any of the season before, from three on."""
    if match.past is None or not match.right:
        return None
    least = max(STREAK, match.past.longest_streak + 1)
    runs = {hit.model: match.after[hit.model].current_streak for hit in match.hits if hit.tendency_hit}
    length = max(runs.values())
    if length < least:
        return None
    models = tuple(model for model, run in runs.items() if run == length)
    return Found(models=models, evidence=(("length", length), ("before", match.past.longest_streak)))


def streak_ended(match: Picture) -> Found | None:
    """The longest of the runs that this match ended, from four on; of equal ones the first in the order of the tips."""
    missed = [hit for hit in match.hits if not hit.tendency_hit and hit.model in match.before]
    ended = [(match.before[hit.model].current_streak, hit.model) for hit in missed]
    length, model = max(ended, key=_length, default=(0, ""))
    return Found(models=(model,), evidence=(("length", length),)) if length >= ENDED else None


def _length(found: tuple[int, str]) -> int:
    return found[0]


def first_exact(match: Picture) -> Found | None:
    """A model's first exact score of the season, after the most predictions if it was that of several."""
    if match.past is None or not match.exact:
        return None
    never = [model for model in match.exact if match.form[model].since_exact is None]
    firsts = [(match.after[model].predictions, model) for model in never]
    n, model = max(firsts, key=_length, default=(0, ""))
    return Found(models=(model,), evidence=(("n", n),)) if n else None


def exact_after_drought(match: Picture) -> Found | None:
    """A model's first exact score after `n` predictions without one, from eight on, and not its first of the season."""
    if match.past is None:
        return None
    dry = [(match.form[model].since_exact or 0, model) for model in match.exact]
    n, model = max(dry, key=_length, default=(0, ""))
    return Found(models=(model,), evidence=(("n", n),)) if n >= DROUGHT else None


def _moved(match: Picture, way: int) -> Found | None:
    """The one model that moved furthest: up (1) or down (-1), by two places or more. Several: none of them."""
    if not match.n or not match.before:
        return None
    moves = [
        ((was.rank - line.rank) * way, model)
        for model, line in match.after.items()
        if (was := match.before.get(model)) is not None
    ]
    by, model = max(moves, key=_length, default=(0, ""))
    if by < PLACES or sum(places == by for places, _ in moves) > 1:
        return None
    ranks = (("from", match.before[model].rank), ("to", match.after[model].rank))
    return Found(models=(model,), evidence=ranks)


def biggest_climb(match: Picture) -> Found | None:
    return _moved(match, 1)


def biggest_fall(match: Picture) -> Found | None:
    return _moved(match, -1)


def _round(match: Picture, found: RoundNow, before: Takings | None) -> Found | None:
    if before is None:
        return None
    evidence = (
        ("points", found.points),
        ("predictions", found.predictions),
        ("round", match.round),
        ("before", two_decimals(Fraction(before.points, before.predictions))),
        ("before_round", before.round),
    )
    return Found(models=(found.model,), evidence=evidence)


def _average(found: RoundNow) -> Fraction:
    return Fraction(found.points, found.predictions)


def _beats(found: RoundNow, before: Takings | None) -> int:
    """Return whether a round is better (1) or worse (-1) than one before; 0: it is equal, or not as long yet."""
    if before is None or found.predictions < before.predictions:
        return 0
    now, then = found.points * before.predictions, before.points * found.predictions
    return (now > then) - (now < then)


def best_round(match: Picture) -> Found | None:
    """A model's best round of the season, by the average, when it has as many predictions as its best before.

    With this match, and with at least three; the one of several with the highest average.
    """
    long = (found for found in match.rounds if found.predictions >= WHOLE_ROUND)
    found = max((found for found in long if _beats(found, found.form.best_round) > 0), key=_average, default=None)
    return _round(match, found, found.form.best_round) if found else None


def worst_round(match: Picture) -> Found | None:
    """A model's worst round of the season; as `best_round`, with the lowest average."""
    long = (found for found in match.rounds if found.predictions >= WHOLE_ROUND)
    found = min((found for found in long if _beats(found, found.form.worst_round) < 0), key=_average, default=None)
    return _round(match, found, found.form.worst_round) if found else None


def debut(match: Picture) -> Found | None:
    """Models whose first prediction of the season that counts is for this match, once there is a table."""
    models = tuple(hit.model for hit in match.hits if hit.model not in match.before) if match.before else ()
    return Found(models=models) if models else None


TABLE: Mapping[str, Detector] = {
    detector.__name__: detector
    for detector in (
        new_leader,
        longest_streak,
        level_at_the_top,
        best_round,
        worst_round,
        streak_ended,
        exact_after_drought,
        first_exact,
        biggest_climb,
        biggest_fall,
        lead_shrunk,
        lead_grown,
        debut,
    )
}
