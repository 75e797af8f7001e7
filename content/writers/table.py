"""What the match did to the season's table."""

from fractions import Fraction

from content.facts import MatchFacts, Standing
from content.writers.field import WHOLE_STORY
from content.writers.match import seed
from content.writers.words import count, decimals, literal, names, number, ordinal, pick, times, two_decimals


def average(line: Standing) -> str:
    """Return the average points of a prediction, to two decimals."""
    return two_decimals(Fraction(line.points, line.predictions))


def rows(facts: MatchFacts) -> list[tuple[str, ...]]:
    """Return the table after the match: rank, rank before, model, n, points, average, exact, difference, tendency."""
    before = {line.model: line.rank for line in facts.before}
    return [
        (
            str(line.rank),
            str(before.get(line.model, "new")),
            literal(line.model),
            str(line.predictions),
            str(line.points),
            average(line),
            str(line.exact_hits),
            str(line.goal_difference_hits),
            str(line.tendency_hits),
        )
        for line in facts.after
    ]


def movement(facts: MatchFacts) -> str:
    """Return who leads, who rose and fell most, and which streaks grew or ended."""
    if not facts.field.size:
        return "The season's table stands as it did." if facts.after else "The season's table is still empty."
    parts = [_leaders(facts), _climbed(facts), _streak(facts), _broken(facts)]
    if facts.field.size >= WHOLE_STORY:
        parts.append(_last(facts))
    return " ".join(part for part in parts if part)


def season(facts: MatchFacts) -> str:
    """Return what all models have got right this season, and who has the most exact scores; only in the long form."""
    if facts.field.size < WHOLE_STORY:
        return ""
    made = sum(line.predictions for line in facts.after)
    outcomes = sum(line.tendency_hits for line in facts.after)
    exact = sum(line.exact_hits for line in facts.after)
    text = (
        f"So far this season {count(made, 'prediction')} {'counts' if made == 1 else 'count'}, by "
        f"{count(len(facts.after), 'model')}: the outcome was right in {_some(outcomes)} of them, "
        f"the exact score in {_some(exact)}."
    )
    most = max(line.exact_hits for line in facts.after)
    if not most:
        return text
    who = [line.model for line in facts.after if line.exact_hits == most]
    if len(who) == 1:
        return f"{text} {names(who)} has the most exact scores, {number(most)}."
    return f"{text} {names(who)} have the most exact scores, {number(most)} each."


def _some(n: int) -> str:
    return "none" if n == 0 else number(n)


def _last(facts: MatchFacts) -> str:
    """Return who is last, if somebody is ahead of them."""
    lowest = facts.after[-1].rank
    if lowest == 1:
        return ""
    last = [line for line in facts.after if line.rank == lowest]
    place = "is last" if len(last) == 1 else "share last place"
    return f"{names([line.model for line in last])} {place} with {average(last[0])} points a prediction."


def _first(lines: tuple[Standing, ...]) -> list[Standing]:
    return [line for line in lines if line.rank == 1]


def _leaders(facts: MatchFacts) -> str:
    now = _first(facts.after)
    if not now[0].points:
        return "Nobody has a point yet."
    who, figure = names([line.model for line in now]), average(now[0])
    after = f"After {count(facts.matches_after, 'settled match', 'settled matches')}"
    if len(now) > 1:
        return f"{after}, {who} share first place with {figure} points a prediction."
    if not facts.before:
        return f"No match before this one had tips that count: {who} leads with {figure} points a prediction."
    was = [line.model for line in _first(facts.before)]
    if was == [now[0].model]:
        stays = pick(seed(facts, "stays"), ["still leads", "stays in front", "keeps first place"])
        return f"{after}, {who} {stays} with {_lead(facts, now[0])}."
    if now[0].model in was:
        return f"{after}, {who}, level at the top before, has first place alone with {figure} points a prediction."
    return f"{after}, {who} takes first place from {names(was)}, with {figure} points a prediction."


TIE_BREAKERS = (
    ("points", "total points"),
    ("exact_hits", "exact scores"),
    ("goal_difference_hits", "goal differences"),
    ("tendency_hits", "right outcomes"),
)


def _lead(facts: MatchFacts, leader: Standing) -> str:
    """Return the leader's average and the next one's, with the figures or the reason that tell them apart."""
    behind = [line for line in facts.after if line.rank > 1]
    if not behind:
        return f"{average(leader)} points a prediction"
    second = names([line.model for line in behind if line.rank == behind[0].rank])
    first, other = (Fraction(line.points, line.predictions) for line in (leader, behind[0]))
    if first == other:
        reason = next(name for field, name in TIE_BREAKERS if getattr(leader, field) != getattr(behind[0], field))
        return f"{average(leader)} points a prediction, level with {second} and ahead on {reason}"
    places = next((n for n in (2, 3, 4) if decimals(first, n) != decimals(other, n)), 6)
    return f"{decimals(first, places)} points a prediction, ahead of {second} with {decimals(other, places)}"


def _moves(facts: MatchFacts) -> dict[str, tuple[int, int]]:
    """Return model → rank before and after, for those that were in the table before."""
    before = {line.model: line.rank for line in facts.before}
    return {line.model: (before[line.model], line.rank) for line in facts.after if line.model in before}


def _climbed(facts: MatchFacts) -> str:
    moves = _moves(facts)
    up = max((was - now for was, now in moves.values()), default=0)
    down = max((now - was for was, now in moves.values()), default=0)
    parts = []
    if up > 0:
        parts.append(_moved(moves, up, "rose", "The biggest climb was"))
    if down > 0:
        parts.append(_moved(moves, -down, "fell", "The biggest drop was"))
    if not parts and len(moves) > 1:
        parts.append(pick(seed(facts, "still"), ["No model changed its rank.", "Every rank stayed as it was."]))
    joined = [line.model for line in facts.after if line.model not in moves] if facts.before else []
    if joined:
        parts.append(f"{names(joined)} {'is' if len(joined) == 1 else 'are'} in the table for the first time.")
    return " ".join(parts)


def _moved(moves: dict[str, tuple[int, int]], by: int, verb: str, many: str) -> str:
    who = [model for model, (was, now) in moves.items() if was - now == by]
    if len(who) == 1:
        was, now = moves[who[0]]
        return f"{literal(who[0])} {verb} from {ordinal(was)} to {ordinal(now)}."
    return f"{many} {count(abs(by), 'place')}, by {names(who)}."


def _streak(facts: MatchFacts) -> str:
    """Return the longest run of right outcomes that this match made longer."""
    hit = {tip.model for tip in facts.in_time if tip.tendency_hit}
    running = [line for line in facts.after if line.model in hit and line.current_streak >= 2]
    if not running:
        return ""
    longest = max(line.current_streak for line in running)
    who = [line.model for line in running if line.current_streak == longest]
    verb = "has" if len(who) == 1 else "have each"
    return pick(
        seed(facts, "streak"),
        [
            f"{names(who)} {verb} now had {number(longest)} outcomes right in a row.",
            f"{names(who)} {verb} been right on the outcome {times(longest)} running.",
        ],
    )


def _broken(facts: MatchFacts) -> str:
    """Return the longest run of right outcomes that this match ended."""
    missed = {tip.model for tip in facts.in_time if not tip.tendency_hit}
    ended = [line for line in facts.before if line.model in missed and line.current_streak >= 3]
    if not ended:
        return ""
    longest = max(line.current_streak for line in ended)
    who = [line.model for line in ended if line.current_streak == longest]
    run = "A run" if len(who) == 1 else "Runs"
    return f"{run} of {number(longest)} right outcomes ended here for {names(who)}."
