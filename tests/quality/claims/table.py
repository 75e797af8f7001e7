"""Claims about the season's table, the runs of the models, and what the match changed in them."""

from fractions import Fraction
from random import Random

from content.facts import Standing
from tests.quality.claims.claim import Said, another, claim
from tests.quality.claims.field import one_of
from tests.quality.truth import Truth
from tests.quality.wording import counted, decimal, name, number, ordinal


def a_line(truth: Truth, chance: Random) -> Standing | None:
    return chance.choice(truth.facts.after) if truth.facts.after else None


@claim(
    "number",
    "points of the season",
    "{model} now has {points} from {tips}.",
    "{model} stands at {points} after {tips}.",
)
def season_points(truth: Truth, chance: Random) -> Said | None:
    line = a_line(truth, chance)
    if line is None or line.points < 2:
        return None
    wrong = another(line.points, chance, least=2)
    tips = {"model": name(line.model), "tips": counted(line.predictions, "prediction", chance)}
    true, false = ({"points": counted(n, "point", chance)} for n in (line.points, wrong or 0))
    return Said(tips, true, false, f"it has {line.points}") if wrong else None


@claim(
    "number",
    "average of a model",
    "{model} now averages {average} points a prediction.",
    "The average of {model} is {average} points a prediction.",
    "{model} stands at {average} points a prediction.",
)
def average_of_a_model(truth: Truth, chance: Random) -> Said | None:
    line = a_line(truth, chance)
    if line is None or line.points == 0:
        return None
    real = truth.average(line.model)
    others = sorted({truth.average(m) for m in truth.after if decimal(truth.average(m)) != decimal(real)})
    off = real + Fraction(chance.choice([1, -1, 3, 10, -10, 50]), 100)
    wrong = chance.choice(others) if others and chance.random() < 0.3 else off
    was = truth.before.get(line.model)
    if wrong <= 0 or (was and decimal(Fraction(was.points, was.predictions)) == decimal(wrong)):
        return None
    shared = {"model": name(line.model)}
    return Said(shared, {"average": decimal(real)}, {"average": decimal(wrong)}, f"it is {decimal(real)}")


@claim(
    "number",
    "rank",
    "{model} is now {ordinal} in the table.",
    "In the table {model} stands {ordinal}.",
    "{model} is {ordinal} after this match.",
)
def rank(truth: Truth, chance: Random) -> Said | None:
    if not truth.alone:
        return None
    line = chance.choice(truth.alone)
    was = truth.before.get(line.model)
    wrong = another(line.rank, chance, least=1, but=[was.rank] if was else ())
    if wrong is None:
        return None
    true, false = ({"ordinal": ordinal(n, chance)} for n in (line.rank, wrong))
    return Said({"model": name(line.model)}, true, false, f"it is {line.rank}.")


@claim(
    "number",
    "places moved",
    "{model} {went} from {was} to {now}.",
    "{model} {went} from {was} place to {now}.",
)
def places_moved(truth: Truth, chance: Random) -> Said | None:
    if not truth.moved:
        return None
    model, was, now = chance.choice(truth.moved)
    up = now < was
    shared = {"model": name(model), "went": chance.choice(["rose", "climbed"] if up else ["fell", "dropped"])}
    fits = range(1, was) if up else range(was + 1, was + 9)
    wrong = another(now, chance, least=fits[0], most=fits[-1])
    if wrong is None:
        return None
    shared["was"] = ordinal(was, chance)
    true, false = ({"now": ordinal(n, chance)} for n in (now, wrong))
    return Said(shared, true, false, f"it went from {was} to {now}")


@claim(
    "number",
    "number of matches",
    "The table now covers {n} matches.",
    "After {n} settled matches, this is how the table stands.",
    "{n} matches are in the table now.",
)
def number_of_matches(truth: Truth, chance: Random) -> Said | None:
    real = truth.facts.matches_after
    wrong = another(real, chance, least=2, but=[real - 1])
    if real < 3 or not truth.facts.after or wrong is None:
        return None
    true, false = ({"n": number(n, chance)} for n in (real, wrong))
    return Said({}, true, false, f"it covers {real}")


@claim(
    "number",
    "gap at the top",
    "{model} leads {rival} by {gap} points a prediction.",
    "The gap between {model} and {rival} is {gap} points a prediction.",
    "{model} is {gap} points a prediction ahead of {rival}.",
)
def gap_at_the_top(truth: Truth, chance: Random) -> Said | None:
    if len(truth.alone) < 2 or [line.rank for line in truth.alone[:2]] != [1, 2]:
        return None
    first, second = (line.model for line in truth.alone[:2])
    real = truth.average(first) - truth.average(second)
    # What two rounded averages differ by may be another number than the rounded difference.
    rounded = Fraction(decimal(truth.average(first))) - Fraction(decimal(truth.average(second)))
    if real == 0 or decimal(rounded) != decimal(real):
        return None
    wrong = real + Fraction(chance.choice([5, 10, 21, 100]), 100)
    shared = {"model": name(first), "rival": name(second)}
    return Said(shared, {"gap": decimal(real)}, {"gap": decimal(wrong)}, f"it is {decimal(real)}")


@claim(
    "name",
    "leader",
    "{model} leads the table.",
    "{model} is top of the table after this match.",
    "At the top of the table stands {model}.",
    "The leader is {model}.",
)
def leader(truth: Truth, chance: Random) -> Said | None:
    others = [line.model for line in truth.facts.after if line.rank > 1]
    true = one_of(truth.leaders, chance) if len(truth.leaders) == 1 else None
    return Said({}, true, one_of(others, chance), f"{' and '.join(truth.leaders)} lead")


@claim(
    "name",
    "last place",
    "{model} is last.",
    "Last in the table is {model}.",
    "{model} is at the bottom of the table.",
)
def last_place(truth: Truth, chance: Random) -> Said | None:
    if len(truth.ranks) < 3:
        return None
    last = [line.model for line in truth.facts.after if line.rank == max(truth.ranks)]
    true = one_of(last, chance) if len(last) == 1 else None
    others = [line.model for line in truth.facts.after if line.model not in last]
    return Said({}, true, one_of(others, chance), f"{' and '.join(last)} are last")


@claim(
    "name",
    "deed of the table given to another",
    "{model} {went} from {was} to {now}.",
    "From {was} to {now}: {model} {went}.",
)
def move_given_to_another(truth: Truth, chance: Random) -> Said | None:
    if not truth.moved:
        return None
    model, was, now = chance.choice(truth.moved)
    shared = {"was": ordinal(was, chance), "now": ordinal(now, chance), "went": "rose" if now < was else "fell"}
    same = {m for m, *move in truth.moved if move == [was, now]}
    others = [m for m in truth.after if m in truth.before and m not in same]
    return Said(shared, {"model": name(model)}, one_of(others, chance), f"that was {model}")


@claim(
    "word",
    "tie and lead",
    "{model} {lead}.",
    "After this match {model} {lead}.",
)
def tie_and_lead(truth: Truth, chance: Random) -> Said | None:
    if len(truth.after) < 3:
        return None
    if len(truth.leaders) == 1:
        second = next(line.model for line in truth.facts.after if line.rank > 1)
        alone, tied = "leads the table alone", f"shares the lead with {name(second)}"
        return Said({"model": name(truth.leaders[0])}, {"lead": alone}, {"lead": tied}, "it leads alone")
    one, two = chance.sample(truth.leaders, 2)
    forms = {"lead": f"shares the lead with {name(two)}"}, {"lead": f"leads the table ahead of {name(two)}"}
    return Said({"model": name(one)}, forms[0], forms[1], f"{one} and {two} are level at the top")


@claim(
    "word",
    "rose and fell",
    "{model} {went} in the table.",
    "{model} {went} after this match.",
)
def rose_and_fell(truth: Truth, chance: Random) -> Said | None:
    if not truth.moved:
        return None
    model, was, now = chance.choice(truth.moved)
    up, down = {"went": chance.choice(["rose", "moved up"])}, {"went": chance.choice(["fell", "moved down"])}
    true, false = (up, down) if now < was else (down, up)
    return Said({"model": name(model)}, true, false, f"it went from {was} to {now}")


@claim(
    "word",
    "better and worse",
    "In the table, {one} stands above {two}.",
    "{one} is ahead of {two} in the table.",
    "{two} ranks below {one}.",
)
def better_and_worse(truth: Truth, chance: Random) -> Said | None:
    if len(truth.alone) < 2:
        return None
    one, two = sorted(chance.sample(truth.alone, 2), key=lambda line: line.rank)
    true = {"one": name(one.model), "two": name(two.model)}
    return Said({}, true, {"one": true["two"], "two": true["one"]}, f"it is {one.rank}. and {two.rank}.")
