"""The facts of a match as lines to read, for people who compare a text with them; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from content.facts import FACTS_VERSION, Correction, MatchFacts, Quota, Score, Scorer, Standing, Tip
from content.storylines import Storyline, storylines
from content.writers.words import decimals, score, two_decimals

OUTCOMES = {"home": "home win", "draw": "draw", "away": "away win"}
BASES = {"regular_time": "after 90 minutes", "after_extra_time": "after extra time", "after_shootout": "with penalties"}
PHASES = {"half_time": "half-time", "full_time": "90 minutes", "extra_time": "extra time", "shootout": "shoot-out"}


@dataclass(frozen=True)
class Goal:
    minute: str
    running: str
    team: str
    scorer: str
    how: str


@dataclass(frozen=True)
class Worth:
    """What an outcome was worth: how many chose it, and how its points follow."""

    outcome: str
    chosen: str
    arithmetic: str
    points: str
    came_true: bool


@dataclass(frozen=True)
class Earned:
    """A prediction, and why it earned what it did."""

    model: str
    tip: str
    why: str
    points: str


@dataclass(frozen=True)
class Placed:
    """A model in the table, without the match and with it."""

    model: str
    rank: str
    predictions: str
    points: str
    average: str
    streak: str


@dataclass(frozen=True)
class Angle:
    """A storyline: what it is about, how rare it is, and what proves it."""

    key: str
    title: str
    about: str
    rarity: str
    evidence: tuple[tuple[str, str], ...]

    @property
    def proof(self) -> str:
        """The evidence in one line."""
        return ", ".join(f"{name} = {value}" for name, value in self.evidence)


@dataclass(frozen=True)
class Factsheet:
    """Everything an article may say about a match, section by section."""

    match: tuple[tuple[str, str], ...]
    goals: tuple[Goal, ...]
    worth: tuple[Worth, ...]
    tips: tuple[Earned, ...]
    table: tuple[Placed, ...]
    matches: int
    angles: tuple[Angle, ...]
    corrections: tuple[str, ...]


def factsheet(facts: MatchFacts) -> Factsheet:
    """Return the facts as lines; what is not known is left out, or said to be unknown."""
    return Factsheet(
        match=tuple(_match(facts)),
        goals=tuple(_goal(facts, goal) for goal in facts.goals),
        worth=tuple(_worth(facts, outcome) for outcome in OUTCOMES) if facts.field.size else (),
        tips=tuple(_earned(facts, tip) for tip in facts.tips),
        table=tuple(_placed(move.before, move.after) for move in facts.moves.values()),
        matches=facts.matches_after,
        angles=angles(facts),
        corrections=tuple(_correction(correction) for correction in facts.corrections),
    )


def angles(facts: MatchFacts) -> tuple[Angle, ...]:
    """Return the storylines that are true of a match, the rarest first; none if the facts are of an earlier version.

    Those lack what storylines are computed from.
    """
    if facts.version != FACTS_VERSION:
        return ()
    return tuple(_angle(facts, storyline) for storyline in storylines(facts))


def named(key: str) -> str:
    """Return the key of a storyline in words."""
    return key.replace("_", " ").capitalize()


def _match(facts: MatchFacts) -> Iterator[tuple[str, str]]:
    yield "match", f"{facts.home} – {facts.away}"
    yield "competition", ", ".join(part for part in (facts.season, facts.round, facts.group) if part)
    if facts.venue:
        yield "venue", facts.venue
    if facts.rivalry:
        yield "rivalry", facts.rivalry
    kickoff = datetime.fromisoformat(facts.kickoff)
    time = f", {kickoff:%H:%M} UTC" if facts.time_known else ", time not known"
    yield "kickoff", f"{kickoff.day} {kickoff:%B %Y}{time}"
    for name, words in PHASES.items():
        goals: Score | None = getattr(facts, name)
        if goals is not None:
            yield words, score(goals)
    yield "score that counts", f"{score(facts.counted)}, {'as awarded' if facts.awarded else BASES[facts.basis]}"
    yield "rule", f"{facts.rule}, version {facts.rule_version}"
    choices = facts.modal_scorelines()
    if choices:
        yield (
            "most tipped",
            f"{', '.join(score(goals) for goals, _ in choices)} ({choices[0][1]} of {facts.field.size})",
        )


def _goal(facts: MatchFacts, goal: Scorer) -> Goal:
    how = ", ".join(words for words, is_so in (("penalty", goal.penalty), ("own goal", goal.own_goal)) if is_so)
    minute = f"{goal.clock}′" if goal.minute is not None else "?"
    return Goal(minute, score(goal.running) if goal.running else "", facts.team(goal.side), goal.name or "?", how)


def _worth(facts: MatchFacts, outcome: str) -> Worth:
    quota = facts.quota_of(outcome)
    return Worth(
        outcome=OUTCOMES[outcome],
        chosen=f"{facts.field.chosen(outcome)} of {facts.field.size}",
        arithmetic=_arithmetic(quota) if quota else "fixed by the rule",
        points=str(facts.field.quota(outcome)),
        came_true=outcome == facts.tendency,
    )


def _arithmetic(quota: Quota) -> str:
    """Return how the points of an outcome follow from how many chose it."""
    if not quota.chosen:
        return f"nobody chose it: {quota.most}"
    tenth = decimals(Fraction(quota.most, 10), 1)
    formula = f"{quota.most} ÷ (10 × {quota.chosen}/{quota.size}) − {tenth} + {quota.least} = {two_decimals(quota.raw)}"
    limited = (
        "" if quota.limited == quota.raw else f", at {'most' if quota.raw > quota.most else 'least'} {quota.limited}"
    )
    return f"{formula}{limited}"


def _earned(facts: MatchFacts, tip: Tip) -> Earned:
    if tip.points is None:
        return Earned(tip.model, score(tip.scoreline), f"{tip.timing}: does not count", "–")
    parts = (
        ("outcome", tip.tendency_points),
        ("difference", tip.difference_points),
        ("exact score", tip.exact_points),
    )
    why = " + ".join(f"{name} {points}" for name, points in parts if points) or "wrong outcome"
    unverified = "; time of submission not known" if tip.timing == "unverified" else ""
    return Earned(tip.model, score(tip.scoreline), f"{why}{unverified}", str(tip.points))


def _placed(before: Standing | None, after: Standing) -> Placed:
    def change(name: str) -> str:
        was, now = getattr(before, name, None), getattr(after, name)
        return f"{now}" if was == now else f"{'–' if was is None else was} → {now}"

    average = two_decimals(after.average)
    was = two_decimals(before.average) if before else "–"
    return Placed(
        model=after.model,
        rank=change("rank"),
        predictions=change("predictions"),
        points=change("points"),
        average=average if was == average else f"{was} → {average}",
        streak=f"{change('current_streak')} (best {after.best_streak})",
    )


def _angle(facts: MatchFacts, storyline: Storyline) -> Angle:
    about = [*([facts.team(storyline.side)] if storyline.side else []), *storyline.models]
    times, matches = facts.history.times(storyline.key), facts.history.matches
    before = f"true of {times} of {matches} earlier matches" if matches else "the first match of the season"
    return Angle(
        key=storyline.key,
        title=named(storyline.key),
        about=", ".join(about),
        rarity=before,
        evidence=tuple((name.replace("_", " "), str(value)) for name, value in storyline.evidence),
    )


def _correction(correction: Correction) -> str:
    was = score(correction.was) if correction.was else ", ".join(correction.detail)
    return f"{datetime.fromisoformat(correction.at):%Y-%m-%d %H:%M} UTC: {correction.phase.replace('_', ' ')} was {was}"
