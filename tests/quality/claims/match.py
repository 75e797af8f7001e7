"""Claims about the result, the sides, the day and the place."""

from random import Random

from content.facts import Score
from tests.quality import names
from tests.quality.claims.claim import Said, another, claim
from tests.quality.truth import SIDES, Truth, other
from tests.quality.wording import counted, name, number, score


def another_score(truth: Truth, real: Score, chance: Random) -> Score:
    """Return a scoreline that could pass for the real one: turned round, or a goal more or fewer; not in the facts."""
    home, away = real
    options = [(home + 1, away), (home, away + 1), (home - 1, away), (home, away - 1), (home + 1, away + 1)]
    options += [(home + 2, away), (home + 3, away), (home, away + 2), (home + 4, away + 2), (home + 7, away)]
    fits = [option for option in options if min(option) >= 0 and option not in truth.scorelines]
    return chance.choice(fits[:4]) if fits else (home + 31, away)


def stranger_team(truth: Truth, chance: Random) -> str:
    """Return a team that is neither of the two, nor could be short for one."""
    ours = truth.facts.home, truth.facts.away
    theirs = [team for team in (*names.STRANGERS_TEAMS, *names.TEAMS) if not any(_share_a_word(team, o) for o in ours)]
    return chance.choice(theirs)


def _share_a_word(one: str, other_one: str) -> bool:
    return bool(set(one.replace("-", " ").split()) & set(other_one.replace("-", " ").split()))


def sides(truth: Truth, side: str) -> dict[str, str]:
    facts = truth.facts
    return {"team": name(facts.team(side)), "opponent": name(facts.team(other(side)))}


def both(truth: Truth) -> dict[str, str]:
    return {"home": name(truth.facts.home), "away": name(truth.facts.away)}


@claim(
    "number",
    "scoreline",
    "It finished {home} {score} {away}.",
    "The final score was {home} {score} {away}.",
    "{home} {score} {away}: that was the result.",
    "The match between {home} and {away} ended {score}.",
)
def final_score(truth: Truth, chance: Random) -> Said | None:
    facts = truth.facts
    if not truth.played or facts.shootout is not None:
        return None
    real = facts.last_score
    wrong = another_score(truth, real, chance)
    turned = (real[1], real[0])
    if turned != real and chance.random() < 0.4:
        wrong = turned
    fits = (real, wrong) if facts.extra_time is None or facts.full_time is None else (None, wrong)
    true = {"score": score(real, chance)} if fits[0] else None
    return Said(both(truth), true, {"score": score(wrong, chance)}, f"the score was {score(real)}")


@claim(
    "number",
    "half-time score",
    "At half-time it was {home} {score} {away}.",
    "The half-time score was {score}.",
    "The sides went in at {score}.",
    "It stood at {score} at the break.",
)
def half_time(truth: Truth, chance: Random) -> Said | None:
    real = truth.facts.half_time
    if real is None or not truth.played:
        return None
    # Listed goals that contradict the score leave nothing sure about the course.
    known = truth.known or not truth.facts.goals
    wrong = score(another_score(truth, real, chance), chance)
    return Said(
        both(truth), {"score": score(real, chance)} if known else None, {"score": wrong}, f"it was {score(real)}"
    )


@claim(
    "number",
    "shoot-out score",
    "{team} won the shoot-out {score}.",
    "{team} prevailed {score} on penalties.",
    "After a draw, {team} took the penalty shoot-out {score}.",
)
def shootout(truth: Truth, chance: Random) -> Said | None:
    side, shot = truth.on_penalties, truth.facts.shootout
    if not side or shot is None:
        return None
    real = (max(shot), min(shot))
    wrong = (real[0], real[1] - 1) if real[1] and chance.random() < 0.5 else (real[0] + 1, real[1])
    because = f"it was {score(real)}"
    return Said(sides(truth, side), {"score": score(real)}, {"score": score(wrong)}, because)


@claim(
    "number",
    "margin",
    "{team} won by {goals}.",
    "{team} beat {opponent} by {goals}.",
    "{goals} separated {team}, the winners, from {opponent}.",
)
def margin(truth: Truth, chance: Random) -> Said | None:
    home, away = truth.facts.last_score
    if not truth.winner or truth.facts.shootout is not None:
        return None
    real = abs(home - away)
    wrong = another(real, chance, least=1)
    if real == 1 or wrong in (None, 1):  # "there were one goal" is no English
        return None
    false = {"goals": counted(wrong or 0, "goal", chance)}
    return Said(sides(truth, truth.winner), {"goals": counted(real, "goal", chance)}, false, f"the margin was {real}")


@claim(
    "name",
    "swapped teams",
    "{team} beat {opponent}.",
    "{opponent} lost to {team}.",
    "It was {team} who won, not {opponent}.",
    "{team} were too strong for {opponent}.",
    "{opponent} went down to {team}.",
)
def swapped(truth: Truth, chance: Random) -> Said | None:
    side = truth.winner
    if not side or truth.facts.shootout is not None:
        return None
    right, wrong = sides(truth, side), sides(truth, other(side))
    return Said({}, right, wrong, f"{truth.facts.team(side)} won")


@claim(
    "word",
    "winner and loser",
    "{team} {did} the match.",
    "In the end {team} had {done} the match.",
    "{team} {did}.",
    "Against {opponent}, {team} {did}.",
)
def winner_and_loser(truth: Truth, chance: Random) -> Said | None:
    if not truth.winner or truth.facts.shootout is not None:
        return None
    side = chance.choice(SIDES)
    forms = {"did": "won", "done": "won"}, {"did": "lost", "done": "lost"}
    true, false = forms if side == truth.winner else reversed(forms)
    return Said(sides(truth, side), true, false, f"{truth.facts.team(truth.winner)} won")


@claim(
    "word",
    "draw and win",
    "The match {ended}.",
    "{home} against {away} {ended}.",
)
def draw_and_win(truth: Truth, chance: Random) -> Said | None:
    if not truth.played or truth.facts.shootout is not None or truth.facts.extra_time is not None:
        return None
    drawn = {"ended": chance.choice(["ended in a draw", "ended level", "had no winner"])}
    side = truth.winner or chance.choice(SIDES)
    won = {"ended": f"ended in a win for {name(truth.facts.team(side))}"}
    true, false = (won, drawn) if truth.winner else (drawn, won)
    return Said(both(truth), true, false, f"it ended {score(truth.facts.last_score)}")


@claim(
    "word",
    "extra time",
    "The match {went}.",
    "It {went}.",
    "{home} and {away} {played}.",
)
def extra_time(truth: Truth, chance: Random) -> Said | None:
    if not truth.played or truth.facts.shootout is not None:
        return None
    long = {"went": "went to extra time", "played": "needed extra time"}
    short = {"went": "was over after 90 minutes", "played": "did not need extra time"}
    true, false = (long, short) if truth.facts.extra_time else (short, long)
    return Said(both(truth), true, false, "there was extra time" if truth.facts.extra_time else "no extra time")


@claim(
    "word",
    "penalties",
    "{team} won on penalties.",
    "It took a penalty shoot-out, and {team} won it.",
    "{team} held their nerve in the shoot-out.",
)
def penalties(truth: Truth, chance: Random) -> Said | None:
    side = truth.on_penalties or chance.choice(SIDES)
    if not truth.on_penalties:
        return Said(sides(truth, side), None, {}, "there was no shoot-out") if truth.facts.shootout is None else None
    facts = truth.facts
    right, wrong = {"team": name(facts.team(side))}, {"team": name(facts.team(other(side)))}
    # "Held their nerve" is a way to say that they won; both forms are told with it.
    return Said({}, right, wrong, f"{facts.team(side)} won the shoot-out")


@claim(
    "word",
    "clean sheet",
    "{team} {did}.",
    "In this match {team} {did}.",
)
def clean_sheet(truth: Truth, chance: Random) -> Said | None:
    if not truth.played or truth.facts.shootout is not None:
        return None
    side = chance.choice(SIDES)
    conceded = truth.facts.last_score[SIDES.index(other(side))]
    clean = {"did": chance.choice(["kept a clean sheet", "did not concede a goal", "conceded nothing"])}
    leaky = {"did": chance.choice(["did not keep a clean sheet", "conceded at least one goal"])}
    true, false = (leaky, clean) if conceded else (clean, leaky)
    return Said(sides(truth, side), true, false, f"{truth.facts.team(side)} conceded {conceded}")


@claim(
    "number",
    "goals in all",
    "There were {n} goals in the match.",
    "{n} goals were scored.",
    "{home} against {away} brought {n} goals.",
)
def goals_in_all(truth: Truth, chance: Random) -> Said | None:
    real = sum(truth.facts.last_score)
    wrong = another(real, chance, least=2)
    if not truth.played or real < 2 or truth.facts.shootout is not None or wrong is None:
        return None
    true = {"n": number(real, chance)} if truth.facts.extra_time is None else None
    return Said(both(truth), true, {"n": number(wrong, chance)}, f"there were {real} goals")
