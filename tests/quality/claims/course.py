"""Claims about the goals: who, when, in which order, and what they made of the match."""

from random import Random

from tests.quality import names
from tests.quality.claims.claim import Said, another, claim
from tests.quality.claims.match import another_score, sides
from tests.quality.truth import SIDES, Truth, other
from tests.quality.wording import name, number, ordinal, score, times


@claim(
    "number",
    "minute",
    "{scorer} scored for {team} in the {ordinal} minute.",
    "{scorer} found the net in the {ordinal} minute.",
    "In minute {figure} the goal was {scorer}'s.",
    "The goal by {scorer} came after {figure} minutes.",
    "{scorer} ({figure}') was on target for {team}.",
)
def minute(truth: Truth, chance: Random) -> Said | None:
    single = [goal for goal in truth.scorers if truth.goals_by[goal.name] == 1]
    goals = [goal for goal in single if goal.stoppage is None and goal.minute not in (45, 90)]
    if not goals:
        return None
    goal = chance.choice(goals)
    real = goal.minute or 0
    theirs = sorted({g.minute or 0 for g in truth.goals} - {real, 45, 90})
    wrong = chance.choice(theirs) if theirs and chance.random() < 0.4 else another(real, chance, least=1, but=theirs)
    if wrong is None:
        return None
    shared = {"scorer": name(goal.name), "team": name(truth.facts.team(goal.side))}
    forms = [{"ordinal": ordinal(m, chance), "figure": str(m)} for m in (real, wrong)]
    return Said(shared, forms[0], forms[1], f"{goal.name} scored in minute {real}")


@claim(
    "number",
    "goals of a player",
    "{scorer} scored {times}.",
    "{scorer} was on target {times}.",
    "{scorer} found the net {times} for {team}.",
)
def goals_of_a_player(truth: Truth, chance: Random) -> Said | None:
    if not truth.scorers:
        return None
    goal = chance.choice(truth.scorers)
    real = truth.goals_by[goal.name]
    wrong = another(real, chance, least=1, most=4)
    shared = {"scorer": name(goal.name), "team": name(truth.facts.team(goal.side))}
    forms = [{"times": times(n, chance)} for n in (real, wrong or 0)]
    return Said(shared, forms[0], forms[1], f"{goal.name} scored {real}") if wrong else None


@claim(
    "number",
    "order of a goal",
    "The {ordinal} goal of the match was scored by {scorer}.",
    "{scorer} scored the match's {ordinal} goal.",
)
def order_of_a_goal(truth: Truth, chance: Random) -> Said | None:
    if not truth.in_order or len(truth.goals) < 2:
        return None
    goal = chance.choice(truth.goals)
    if goal not in truth.scorers:
        return None
    places = [n for n, g in enumerate(truth.goals, 1) if g.name == goal.name]
    real = truth.goals.index(goal) + 1
    wrong = another(real, chance, least=1, most=len(truth.goals), but=places)
    if wrong is None:
        return None
    true, false = ({"ordinal": ordinal(n, chance)} for n in (real, wrong))
    return Said({"scorer": name(goal.name)}, true, false, f"it was number {places}")


@claim(
    "number",
    "running score",
    "{scorer} made it {home} {score} {away}.",
    "After the goal by {scorer} it was {home} {score} {away}.",
)
def running_score(truth: Truth, chance: Random) -> Said | None:
    places = [n for n, goal in enumerate(truth.goals) if goal in truth.scorers and truth.goals_by[goal.name] == 1]
    if not truth.running or not places:
        return None
    place = chance.choice(places)
    real = truth.running[place]
    if len(truth.running) > 1 and chance.random() < 0.5:
        wrong = chance.choice([score for score in truth.running if score != real])
    else:
        wrong = another_score(truth, real, chance)
    shared = {"scorer": name(truth.goals[place].name)}
    shared |= {"home": name(truth.facts.home), "away": name(truth.facts.away)}
    return Said(shared, {"score": score(real)}, {"score": score(wrong)}, f"it was {score(real)}")


@claim(
    "name",
    "wrong scorer",
    "{scorer} scored in the {ordinal} minute.",
    "{team} got their goal in minute {figure} from {scorer}.",
    "The goal in the {ordinal} minute was scored by {scorer}.",
)
def wrong_scorer(truth: Truth, chance: Random) -> Said | None:
    goals = [goal for goal in truth.scorers if goal.stoppage is None and goal.minute not in (45, 90)]
    if not goals:
        return None
    goal = chance.choice(goals)
    when = goal.minute or 0
    others = sorted({g.name for g in truth.scorers if when not in truth.minutes_of(g.name)})
    if not others:
        return None
    shared = {"ordinal": ordinal(when, chance), "figure": str(when), "team": name(truth.facts.team(goal.side))}
    false = {"scorer": name(chance.choice(others))}
    return Said(shared, {"scorer": name(goal.name)}, false, f"the goal in minute {when} was {goal.name}'s")


@claim(
    "name",
    "scorer to the other side",
    "{scorer} scored for {team}.",
    "For {team}, {scorer} was among the scorers.",
    "{team} could rely on {scorer}, who scored.",
    "{scorer} got on the scoresheet for {team}.",
)
def other_side(truth: Truth, chance: Random) -> Said | None:
    if not truth.scorers:
        return None
    goal = chance.choice(truth.scorers)
    true, false = (truth.facts.team(side) for side in (goal.side, other(goal.side)))
    return Said({"scorer": name(goal.name)}, {"team": name(true)}, {"team": name(false)}, f"he scored for {true}")


@claim(
    "name",
    "unknown player",
    "{scorer} scored for {team}.",
    "There was a goal for {scorer}.",
    "{team} owed a goal to {scorer}.",
    "{scorer} was among the scorers.",
)
def unknown_player(truth: Truth, chance: Random) -> Said | None:
    stranger = {"scorer": chance.choice(names.STRANGERS_PLAYERS)}
    if not truth.scorers:
        side = chance.choice(SIDES)
        return Said(sides(truth, side), None, stranger, "no such player in the facts")
    goal = chance.choice(truth.scorers)
    shared = {"team": name(truth.facts.team(goal.side))}
    return Said(shared, {"scorer": name(goal.name)}, stranger, "no such player in the facts")


@claim(
    "word",
    "comeback",
    "{team} came from behind to win.",
    "{team} turned the match round after being behind.",
    "It was a comeback: {team} trailed and still won.",
    "{team} were behind in this match, and won it.",
)
def comeback(truth: Truth, chance: Random) -> Said | None:
    side = truth.winner
    if not side or truth.facts.shootout is not None or not truth.known or not truth.in_order:
        return None
    if truth.deficit(side) > 0:
        return Said(sides(truth, side), {}, None)
    return Said(sides(truth, side), None, {}, f"{truth.facts.team(side)} were never behind")


@claim(
    "word",
    "first goal",
    "{team} scored first.",
    "{opponent} were the first to concede.",
    "The opening goal went to {team}.",
    "{team} broke the deadlock.",
)
def first_goal(truth: Truth, chance: Random) -> Said | None:
    if not truth.running:
        return None
    side = truth.goals[0].side
    return Said({}, sides(truth, side), sides(truth, other(side)), f"{truth.facts.team(side)} scored first")


@claim(
    "word",
    "led and trailed",
    "{team} {stood} at half-time.",
    "At the break {team} {stood}.",
    "{team} {stood} when the first half ended.",
)
def led_and_trailed(truth: Truth, chance: Random) -> Said | None:
    half = truth.facts.half_time
    if half is None or not truth.played or (truth.facts.goals and not truth.known):
        return None
    place = chance.randint(0, 1)
    shared = sides(truth, SIDES[place])
    led, trailed = {"stood": chance.choice(["led", "were ahead"])}, {"stood": chance.choice(["trailed", "were behind"])}
    because = f"it was {score(half)}"
    if half[0] == half[1]:
        return Said(shared, {"stood": "were level"}, chance.choice([led, trailed]), because)
    true, false = (led, trailed) if half[place] > half[1 - place] else (trailed, led)
    return Said(shared, true, false, because)


@claim(
    "word",
    "before and after the break",
    "{scorer} scored {when} the break.",
    "The goal by {scorer} came {when} half-time.",
    "It was {when} the interval that {scorer} struck.",
)
def before_and_after(truth: Truth, chance: Random) -> Said | None:
    single = [goal for goal in truth.scorers if truth.goals_by[goal.name] == 1]
    if not single:
        return None
    goal = chance.choice(single)
    forms = {"when": "before"}, {"when": "after"}
    true, false = forms if (goal.minute or 0) <= 45 else reversed(forms)
    return Said({"scorer": name(goal.name)}, true, false, f"he scored in minute {goal.minute}")


@claim(
    "word",
    "late winner",
    "{team} won it with a late goal.",
    "A late winner settled it for {team}.",
    "{team} had to wait until the closing minutes for the winning goal.",
    "The decisive goal for {team} came at the very end.",
)
def late_winner(truth: Truth, chance: Random) -> Said | None:
    goal = truth.decisive
    if goal is None or truth.facts.extra_time is not None:
        return None
    shared, when = sides(truth, goal.side), goal.minute or 0
    # From 86 to 89 is late for everybody; what was decided with twenty minutes to go was not decided late.
    if when > 85:
        return Said(shared, {}, None)
    return Said(shared, None, {}, f"the decisive goal fell in minute {when}") if when < 70 else None


@claim(
    "word",
    "penalty and own goal",
    "{scorer} scored {how}.",
    "The goal by {scorer} came {how}.",
)
def penalty_and_own_goal(truth: Truth, chance: Random) -> Said | None:
    single = [goal for goal in truth.scorers if truth.goals_by[goal.name] == 1]
    if not single:
        return None
    goal = chance.choice(single)
    spot = {"how": chance.choice(["from the penalty spot", "from a penalty"])}
    shared = {"scorer": name(goal.name)}
    return Said(shared, spot, None) if goal.penalty else Said(shared, None, spot, "it was no penalty")


@claim(
    "number",
    "goals of a half",
    "{n} of the goals came {when} the break.",
    "{n} goals fell {when} half-time.",
)
def goals_of_a_half(truth: Truth, chance: Random) -> Said | None:
    if not truth.known or truth.facts.extra_time is not None or truth.facts.half_time is None:
        return None
    early = sum((goal.minute or 0) <= 45 for goal in truth.goals)
    real, when = chance.choice([(early, "before"), (len(truth.goals) - early, "after")])
    wrong = another(real, chance, least=2)
    if real < 2 or wrong is None:
        return None
    return Said({"when": when}, {"n": number(real, chance)}, {"n": number(wrong, chance)}, f"there were {real}")
