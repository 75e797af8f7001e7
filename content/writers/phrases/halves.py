"""The half-time score: as a mark in the story of the goals, or as all that is known of the course."""

from content.course import lead, other
from content.facts import Score
from content.writers.blanks import Filled, goals, named
from content.writers.grammar import Blanks, slot
from content.writers.reading import Reading
from content.writers.words import score


@slot(
    "At half-time it was {half}.",
    "It stood {half} at half-time.",
    "The half-time score was {half}.",
    "It was {half} at the break.",
    "At the break it stood {half}.",
    "The score was {half} at half-time.",
    "The first half ended {half}.",
)
def half_time_mark(match: Reading) -> Blanks | None:
    """Told between the goals of the halves."""
    half = match.facts.half_time
    known = half is not None and half != (0, 0) and match.facts.goals_are_complete
    return {"half": score(half)} if half is not None and known else None


@slot(
    "There was no goal before half-time.",
    "It was goalless at half-time.",
    "No goal fell in the first half.",
    "It was 0–0 at half-time.",
    "The first half was goalless.",
    "Half-time came without a goal.",
)
def half_time_goalless(match: Reading) -> Blanks | None:
    """As `half_time_mark`, of a match that was goalless until then."""
    return {} if match.facts.half_time == (0, 0) and match.facts.goals_are_complete else None


def _halves(match: Reading) -> tuple[Score, Score] | None:
    """Return the scores at half-time and after 90 minutes, where nothing but them is known of a match with goals."""
    facts = match.facts
    half = facts.half_time_alone
    if half is None or facts.extra_time is not None or facts.full_time is None or facts.full_time == (0, 0):
        return None
    return half, facts.full_time


def _told(match: Reading, half: Score, end: Score) -> Filled:
    facts = match.facts
    after = sum(end) - sum(half)
    told: Filled = {"home": named(facts.home), "away": named(facts.away), "half": score(half), "end": score(end)}
    if half != (0, 0) and after:
        told["after_goals"] = goals(after)
    return told | ({"all": goals(after)} if after > 1 else {})


def _both(match: Reading, half: Score, end: Score, side: str) -> Filled:
    """Return `side` and `other` with the goals each scored after half-time: `side_later`, `other_later`."""
    facts, place = match.facts, 0 if side == "home" else 1
    later = (end[0] - half[0], end[1] - half[1])
    told: Filled = {"side": named(facts.team(side)), "other": named(facts.team(other(side)))}
    told |= {"side_later": goals(later[place])} if later[place] else {"side_none": ""}
    told |= {"other_later": goals(later[1 - place])} if later[1 - place] else {"other_none": ""}
    return told | ({"half_home": score(half)} if side == "home" else {})


@slot(
    "All {all} came after half-time.",
    "At half-time it was still 0–0; {all} came after it.",
    "It was goalless at half-time.",
    "There was no goal before half-time.",
    "It was 0–0 at half-time.",
    "Neither side had scored by half-time.",
    "It was 0–0 at the break.",
)
def nothing_before(match: Reading) -> Blanks | None:
    """Goalless at half-time, and not at the end."""
    halves = _halves(match)
    return _told(match, *halves) if halves and halves[0] == (0, 0) else None


@slot(
    "It was {end} at half-time already.",
    "There were no goals in the second half.",
    "After half-time nobody scored.",
    "{end} was the score at half-time, and it stayed so.",
    "The score did not change after half-time.",
    "No goal followed after half-time, when it was {end} already.",
    "The half-time score, {end}, was that of the end as well.",
)
def nothing_after(match: Reading) -> Blanks | None:
    """No goal after half-time."""
    halves = _halves(match)
    if halves is None or halves[0] != halves[1]:
        return None
    side = match.facts.ahead_at_the_end
    return _told(match, *halves) | ({"side": named(match.facts.team(side))} if side else {})


@slot(
    "{side} led at half-time, {half}.",
    "At half-time {side} were ahead, {half}.",
    "It was {half} at half-time.",
    "It was {half} at half-time; {after_goals} came in the second half.",
    "{other} were behind at half-time, {half}.",
    "{other} trailed at half-time, {half}.",
    "At the break it was {half}; {after_goals} came in the second half.",
)
def winner_led(match: Reading) -> Blanks | None:
    """The winner led at half-time, and more goals followed."""
    halves, side = _halves(match), match.facts.ahead_at_the_end
    if halves is None or not side or halves[0] == halves[1] or lead(halves[0], side) <= 0:
        return None
    return _told(match, *halves) | _both(match, *halves, side)


@slot(
    "It was level at half-time, {half}.",
    "At half-time it was {half}.",
    "It was {half} at half-time; {side} scored {side_later} in the second half.",
    "The sides were level at half-time, {half}.",
    "Level at {half} at half-time, it was decided after it.",
    "At the break it was level, {half}.",
)
def level_and_decided(match: Reading) -> Blanks | None:
    """Level with goals at half-time, won in the end."""
    halves, side = _halves(match), match.facts.ahead_at_the_end
    if halves is None or not side or halves[0] == (0, 0) or halves[0][0] != halves[0][1]:
        return None
    return _told(match, *halves) | _both(match, *halves, side)


@slot(
    "At half-time {side} were ahead, {half}.",
    "{side} led {half_home} at half-time.",
    "{side} had the lead at half-time, {half}.",
    "{other} trailed at half-time, {half}.",
    "{other} were behind at half-time, {half}.",
    "The half-time score was {half}, with {side} ahead.",
    "It was {half} at half-time; {other} scored {other_later} in the second half.",
)
def lead_given_up(match: Reading) -> Blanks | None:
    """A side led at half-time, and it ended level."""
    halves = _halves(match)
    if halves is None or match.facts.ahead_at_the_end or halves[0][0] == halves[0][1]:
        return None
    return _told(match, *halves) | _both(match, *halves, "home" if halves[0][0] > halves[0][1] else "away")


@slot(
    "It was level at half-time too, {half}.",
    "At half-time it was {half}.",
    "At the break it was level as well, {half}.",
    "It was {half} at half-time; {after_goals} came in the second half.",
)
def level_throughout(match: Reading) -> Blanks | None:
    """Level with goals at half-time, and level with more of them at the end."""
    halves = _halves(match)
    if halves is None or match.facts.ahead_at_the_end or halves[0] in ((0, 0), halves[1]):
        return None
    return _told(match, *halves) if halves[0][0] == halves[0][1] else None


@slot(
    "{other} led at half-time, {half}.",
    "At half-time {other} were ahead, {half}.",
    "It was {half} at half-time; {side} scored {side_later} in the second half.",
    "{side} were behind at half-time, {half}.",
    "{side} trailed at half-time, {half}.",
    "The half-time score was {half}, with {other} ahead.",
)
def turned_round(match: Reading) -> Blanks | None:
    """The winner trailed at half-time."""
    halves, side = _halves(match), match.facts.ahead_at_the_end
    if halves is None or not side or lead(halves[0], side) >= 0:
        return None
    return _told(match, *halves) | _both(match, *halves, side)


@slot(
    "At half-time it was {half}.",
    "The half-time score was {half}.",
    "Half-time came at {half}.",
)
def half_time_before_extra(match: Reading) -> Blanks | None:
    """Of a match with extra time nothing is said of what came after half-time."""
    half = match.facts.half_time_alone
    if half is None or match.facts.extra_time is None:
        return None
    return {"half": score(half)}


HALVES = (
    nothing_before,
    nothing_after,
    winner_led,
    level_and_decided,
    lead_given_up,
    level_throughout,
    turned_round,
    half_time_before_extra,
)
"""At most one of them is true of a match."""
