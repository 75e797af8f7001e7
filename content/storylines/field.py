"""Storylines of the field: how the models did. Of two or more tips, and of a field without tips that don't count.

A tip that came too late may have had what nobody in the field had: "nobody", "only" and "all" would be wrong.
"""

from collections.abc import Mapping

from content.storylines.picture import Detector, Found, Picture

MANY = 3


def _told(match: Picture) -> bool:
    return match.n > 1 and not match.uncounted


def nobody_saw_it(match: Picture) -> Found | None:
    return Found(evidence=(("n", match.n),)) if match.right == 0 and _told(match) else None


def only_one_saw_it(match: Picture) -> Found | None:
    """One tip of the field had the outcome."""
    if match.right != 1 or not _told(match):
        return None
    model = next(hit.model for hit in match.hits if hit.tendency_hit)
    return Found(models=(model,), evidence=(("n", match.n),))


def everyone_saw_it(match: Picture) -> Found | None:
    return Found(evidence=(("n", match.n),)) if match.right == match.n and _told(match) else None


def lone_exact(match: Picture) -> Found | None:
    """One tip of the field had the score."""
    if len(match.exact) != 1 or not _told(match):
        return None
    return Found(models=(match.exact[0],), evidence=(("n", match.n),))


def many_exact(match: Picture) -> Found | None:
    """A third of the field or more had the score, at least three."""
    k = len(match.exact)
    if k < MANY or k * 3 < match.n or not _told(match):
        return None
    return Found(models=tuple(match.exact), evidence=(("k", k), ("n", match.n)))


def unanimous_and_wrong(match: Picture) -> Found | None:
    """All chose one outcome, and it was another."""
    if match.right or match.n not in match.split or not _told(match):
        return None
    return Found(evidence=(("n", match.n),))


def biggest_miss(match: Picture) -> Found | None:
    """Less than half of the field had the outcome, a smaller share than of any field of the season before."""
    before = match.past.fewest_right if match.past else None
    if before is None or match.right * 2 >= match.n or not _told(match):
        return None
    if match.right * before[1] >= before[0] * match.n:
        return None
    evidence = (("right", match.right), ("n", match.n), ("before_right", before[0]), ("before_n", before[1]))
    return Found(evidence=evidence)


def top_score(match: Picture) -> Found | None:
    """More points from this match than any model has had from one match of the season before."""
    before = match.past.most_points if match.past else None
    if before is None or match.most_points <= before:
        return None
    models = tuple(hit.model for hit in match.hits if hit.points == match.most_points)
    return Found(models=models, evidence=(("points", match.most_points), ("before", before)))


def no_points(match: Picture) -> Found | None:
    return Found(evidence=(("n", match.n),)) if match.most_points == 0 and _told(match) else None


FIELD: Mapping[str, Detector] = {
    detector.__name__: detector
    for detector in (
        unanimous_and_wrong,
        only_one_saw_it,
        nobody_saw_it,
        biggest_miss,
        top_score,
        lone_exact,
        many_exact,
        everyone_saw_it,
        no_points,
    )
}
