"""Claims about the day, the place, the competition, and who took part."""

from datetime import date, timedelta
from random import Random

from tests.quality import names
from tests.quality.claims.claim import Said, another, claim
from tests.quality.claims.match import both, stranger_team
from tests.quality.truth import SIDES, Truth
from tests.quality.wording import counted, day, name


@claim(
    "number",
    "date",
    "The match was played on {day}.",
    "The teams met on {day}.",
    "It took place on {day}.",
)
def on_a_day(truth: Truth, chance: Random) -> Said | None:
    real = date.fromisoformat(truth.facts.date)
    kickoff = date.fromisoformat(truth.facts.kickoff[:10])
    wrong = real + timedelta(days=chance.choice([-1, 1, 3, -7, 30, 365]))
    if wrong == kickoff:
        return None
    true = {"day": day(real, chance)} if truth.played else None
    return Said({}, true, {"day": day(wrong, chance)}, f"it was on {truth.facts.date}")


@claim(
    "number", "kickoff", "Kickoff was at {time} UTC.", "The match kicked off at {time} UTC.", "It began at {time} UTC."
)
def kickoff(truth: Truth, chance: Random) -> Said | None:
    if not truth.facts.time_known or not truth.played:
        return None
    real = truth.facts.kickoff[11:16]
    hour = (int(real[:2]) + chance.choice([1, 2, -1, 3])) % 24
    wrong = chance.choice([f"{hour:02}{real[2:]}", f"{real[:3]}{(int(real[3:]) + 15) % 60:02}"])
    return Said({}, {"time": real}, {"time": wrong}, f"it was {real}")


@claim(
    "name",
    "unknown team",
    "{team} were one of the two sides.",
    "{team} played in this match.",
    "{team} scored {goals}.",
    "The final whistle found {team} with {goals} to their name.",
)
def unknown_team(truth: Truth, chance: Random) -> Said | None:
    if not truth.played or truth.facts.shootout is not None or truth.facts.extra_time is not None:
        return None
    side = chance.choice(SIDES)
    n = truth.facts.last_score[SIDES.index(side)]
    if n < 1:
        return None
    shared = {"goals": counted(n, "goal", chance)}
    false = {"team": name(stranger_team(truth, chance))}
    return Said(shared, {"team": name(truth.facts.team(side))}, false, "no such team in this match")


@claim("name", "venue", "It was played at {venue}.", "The match took place at {venue}.", "{venue} was the venue.")
def venue(truth: Truth, chance: Random) -> Said | None:
    real = truth.facts.venue
    wrong = chance.choice([*names.STRANGERS_VENUES, *(v for v in names.VENUES if v not in (real, ""))])
    true = {"venue": name(real)} if real and truth.played else None
    return Said({}, true, {"venue": name(wrong)}, f"the venue is {real or 'not known'}")


@claim(
    "name",
    "competition",
    "It was a match of the {competition}.",
    "The competition was the {competition}.",
    "The match counts for the {competition}.",
)
def competition(truth: Truth, chance: Random) -> Said | None:
    real = truth.facts.competition
    wrong = chance.choice([*names.STRANGERS_COMPETITIONS, *(c for c in names.COMPETITIONS if c != real)])
    return Said({}, {"competition": name(real)}, {"competition": name(wrong)}, f"it was the {real}")


@claim("name", "round", "The match belonged to {round}.", "It was part of {round}.", "This was a match of {round}.")
def round_(truth: Truth, chance: Random) -> Said | None:
    real = truth.facts.round
    if not real.startswith("Matchday"):
        return Said({}, None, {"round": "Matchday 3"}, f"it was {real}") if real else None
    wrong = another(int(real.split()[1]), chance, least=1)
    true = None if truth.facts.group else {"round": real}
    return Said({}, true, {"round": f"Matchday {wrong}"}, f"it was {real}")


@claim(
    "word",
    "derby",
    "It was a derby.",
    "Derbies have rules of their own, and this was one: {home} against {away}.",
    "The derby between {home} and {away} had its result.",
)
def derby(truth: Truth, chance: Random) -> Said | None:
    if truth.facts.rivalry:
        return Said(both(truth), {}, None)
    return Said(both(truth), None, {}, "this fixture is no derby")
