"""What happened in the match: headline, lede, and the course of the goals. Scores are always home side first."""

from content.facts import MatchFacts, Scorer
from content.writers.words import a_score, day, listed, literal, number, ordinal_figure, pick, score, sentence

BASIS = {
    "regular_time": "after 90 minutes",
    "after_extra_time": "after extra time, where it is played",
    "after_shootout": "after extra time and penalties, where they are needed",
}


def seed(facts: MatchFacts, slot: str) -> str:
    return f"{facts.season}|{facts.home}|{facts.away}|{facts.date}|{slot}"


def headline(facts: MatchFacts) -> str:
    """Return the headline, plain text: the score, and the most telling thing about the field."""
    home, away = (" ".join(name.split()) for name in (facts.home, facts.away))
    result = f"{home} {score(facts.last_score)} {away}"
    if facts.won_on_penalties:
        return f"{result}: {home if facts.winner == 'home' else away} win on penalties"
    if facts.awarded:
        result += " (awarded)"
    if facts.extra_time is not None:
        result += " after extra time"
    return f"{result}: {_telling(facts)}"


def _telling(facts: MatchFacts) -> str:
    """Return how the field did, from all wrong over one exact tip to all right, on the score that counts."""
    n, right = facts.field.size, facts.field.chosen(facts.tendency)
    if n == 0:
        return "no tip counted" if facts.uncounted else "no model had a tip"
    other = "" if facts.counted == facts.last_score else f" ({score(facts.counted)} counted)"
    if n == 1:
        return f"the only tip{' that counts' if facts.uncounted else ''} was {_only(facts)}{other}"
    return _field_did(facts, n, right) + other


def _only(facts: MatchFacts) -> str:
    return "exact" if facts.exact else "right" if facts.field.chosen(facts.tendency) else "wrong"


def _field_did(facts: MatchFacts, n: int, right: int) -> str:
    models = f"{number(n)} models" if not facts.uncounted else f"{number(n)} tips that count"
    if right == 0:
        return f"none of {models} had the outcome"
    if len(facts.exact) == 1 and not facts.uncounted:
        return f"only {' '.join(facts.exact[0].model.split())} had the score"
    what, k = ("exact score", len(facts.exact)) if facts.exact else ("outcome", right)
    whole = "both models" if models == "two models" else f"all {models}"
    return f"{whole if k == n else f'{number(k)} of {models}'} had the {what}"


def lede(facts: MatchFacts) -> str:
    """Return who played whom, the score, when, where, in which round, and what predictions count on."""
    if facts.awarded:
        return f"{_outcome(facts)} Predictions count on the score as it was awarded."
    return f"{_outcome(facts)} {_setting(facts)} {_basis(facts)}"


def _outcome(facts: MatchFacts) -> str:
    home, away, result = literal(facts.home), literal(facts.away), score(facts.last_score)
    extra = " after extra time" if facts.extra_time is not None else ""
    if facts.awarded:
        occasion = ", ".join(literal(part) for part in (facts.season, facts.round, facts.group) if part)
        return f"The match between {home} and {away}, set for {day(facts.date)} ({occasion}), was awarded as {result}."
    level = facts.last_score[0] == facts.last_score[1]
    if level and facts.last_score == (0, 0):
        drew = f"{home} and {away} {pick(seed(facts, 'nil'), ['drew 0–0', 'played out a 0–0 draw'])}{extra}"
    elif level:
        shared = f"shared {a_score(facts.last_score)} draw"
        options = [f"drew {result}", f"finished level at {result}", shared]
        drew = f"{home} and {away} {pick(seed(facts, 'drew'), options)}{extra}"
    else:
        home_won = facts.last_score[0] > facts.last_score[1]
        verbs = ["beat", "won", "defeated"] if home_won else ["lost", "went down", "were beaten"]
        drew = _decided(home, away, result, pick(seed(facts, "verb"), verbs)) + extra
    return drew + _shootout(facts) + "."


def _decided(home: str, away: str, result: str, verb: str) -> str:
    order = {
        "won": f"{home} won {result} against {away}",
        "lost": f"{home} lost {result} to {away}",
        "went down": f"{home} went down {result} to {away}",
        "were beaten": f"{home} were beaten {result} by {away}",
    }
    return order.get(verb, f"{home} {verb} {away} {result}")


def _shootout(facts: MatchFacts) -> str:
    if facts.shootout is None:
        return ""
    if facts.shootout[0] == facts.shootout[1]:
        return f", and the shoot-out is recorded as {score(facts.shootout)}"
    most, least = max(facts.shootout), min(facts.shootout)
    level = facts.last_score[0] == facts.last_score[1]
    ahead = "" if level else "home" if facts.last_score[0] > facts.last_score[1] else "away"
    link = "and" if level or ahead == facts.winner else "but"
    return f", {link} {literal(facts.team(facts.winner))} won the shoot-out {most}–{least}"


def _setting(facts: MatchFacts) -> str:
    place = f" at {literal(facts.venue)}" if facts.venue else ""
    same_day = facts.time_known and facts.kickoff[:10] == facts.date  # else the hour would belong to another date
    time = f", kickoff {facts.kickoff[11:16]} UTC" if same_day else ""
    occasion = ", ".join(literal(part) for part in (facts.season, facts.round, facts.group) if part)
    return pick(
        seed(facts, "setting"),
        [
            f"It was played on {day(facts.date)}{place} ({occasion}{time}).",
            f"The teams met on {day(facts.date)}{place} ({occasion}{time}).",
            f"{sentence(occasion)}: the match took place on {day(facts.date)}{place}{time}.",
        ],
    )


def _basis(facts: MatchFacts) -> str:
    if facts.basis == "after_shootout" and facts.shootout is not None:
        sum_up = f"{score(facts.last_score)} and {score(facts.shootout)} make {score(facts.counted)}"
        return f"Predictions count on the score with the goals of the shoot-out added: {sum_up}."
    if facts.extra_time is not None or facts.shootout is not None:
        when = "after extra time" if facts.basis != "regular_time" and facts.extra_time else "after 90 minutes"
        return f"Predictions count on the score {when}, which was {score(facts.counted)}."
    return f"Predictions count on the score {BASIS[facts.basis]}."


MANY_GOALS = 3
"""From more goals than this on, a match that nobody predicted gets no list of scorers: its roundup stays short."""


def course(facts: MatchFacts) -> str:
    """Return what is known of how the score came about; empty if nothing is."""
    parts = [_half_time(facts)]
    if facts.goals and facts.goals_are_complete and (facts.field.size or len(facts.goals) <= MANY_GOALS):
        parts += [_scorers(facts, side) for side in ("home", "away")]
        parts += [_first(facts)] if facts.field.size else []
    return " ".join(part for part in parts if part)


def _half_time(facts: MatchFacts) -> str:
    unsure = facts.goals and not facts.goals_are_complete  # the goals listed say something else
    if facts.half_time is None or facts.awarded or unsure or facts.last_score == (0, 0):
        return ""
    if facts.half_time == (0, 0):
        return pick(seed(facts, "ht0"), ["There was no goal before half-time.", "It was 0–0 at half-time."])
    at = score(facts.half_time)
    return pick(seed(facts, "ht"), [f"At half-time it stood {at}.", f"The half-time score was {at}."])


def _scorers(facts: MatchFacts, side: str) -> str:
    goals = [goal for goal in facts.goals if goal.side == side]
    team = literal(facts.team(side))
    if not goals:
        return f"{team} did not score."
    told = listed(_by_scorer(goals))
    if len(goals) == 1:
        return pick(
            seed(facts, side), [f"The goal for {team} came from {told}.", f"For {team} the goal was by {told}."]
        )
    return pick(
        seed(facts, side),
        [f"The {number(len(goals))} goals for {team} came from {told}.", f"For {team} the goals were by {told}."],
    )


def _by_scorer(goals: list[Scorer]) -> list[str]:
    """Return each scorer once, with all minutes, in order of the first."""
    minutes: dict[str, list[str]] = {}
    for goal in goals:
        kind = " own goal" if goal.own_goal else " penalty" if goal.penalty else ""
        minutes.setdefault(goal.name, []).append(_minute(goal) + kind)
    return [f"{literal(name)} ({', '.join(when)})" for name, when in minutes.items()]


def _minute(goal: Scorer) -> str:
    return f"{goal.minute}+{goal.stoppage}" if goal.stoppage else f"{goal.minute}"


def _first(facts: MatchFacts) -> str:
    """Return when the first goal fell; who scored it only if no goal of the other side has the same minute."""
    first = facts.goals[0]
    when = (first.minute, first.stoppage or 0)
    if first.minute is None or len(facts.goals) < 2:
        return ""
    at_once = {goal.side for goal in facts.goals if (goal.minute, goal.stoppage or 0) == when}
    if len(at_once) > 1:
        return ""
    minute = (
        f"in stoppage time ({_minute(first)})" if first.stoppage else f"in the {ordinal_figure(first.minute)} minute"
    )
    return sentence(f"{literal(facts.team(first.side))} scored first, {minute}.")
