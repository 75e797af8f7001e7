"""Claims about the season so far: runs, first times, exact scores, and who took the lead."""

from random import Random

from content.facts import Standing
from tests.quality.claims.claim import Said, another, claim
from tests.quality.truth import Truth
from tests.quality.wording import name, number


def a_line(truth: Truth, chance: Random) -> Standing | None:
    return chance.choice(truth.facts.after) if truth.facts.after else None


@claim(
    "number",
    "streak",
    "{model} has now been right on the outcome {k} times in a row.",
    "{model} has had {k} right outcomes in a row.",
    "The run of {model} stands at {k} right outcomes.",
)
def streak(truth: Truth, chance: Random) -> Said | None:
    lines = [line for line in truth.facts.after if line.current_streak >= 3 and line.model in truth.right]
    if not lines:
        return None
    line = chance.choice(lines)
    wrong = another(line.current_streak, chance, least=3)
    if wrong is None:
        return None
    true, false = ({"k": number(n, chance)} for n in (line.current_streak, wrong))
    return Said({"model": name(line.model)}, true, false, f"it is {line.current_streak}")


@claim(
    "number",
    "streak that ended",
    "A run of {k} right outcomes ended for {model}.",
    "For {model} a run of {k} right outcomes in a row is over.",
)
def streak_ended(truth: Truth, chance: Random) -> Said | None:
    missed = set(truth.having(lambda tip: not tip.tendency_hit))
    lines = [line for line in truth.facts.before if line.current_streak >= 3 and line.model in missed]
    if not lines:
        return None
    line = chance.choice(lines)
    wrong = another(line.current_streak, chance, least=3)
    if wrong is None:
        return None
    true, false = ({"k": number(n, chance)} for n in (line.current_streak, wrong))
    return Said({"model": name(line.model)}, true, false, f"it was {line.current_streak}")


@claim(
    "number",
    "exact scores of the season",
    "{model} now has {k} exact scores this season.",
    "{model} has had the exact score {k} times this season.",
)
def season_exact(truth: Truth, chance: Random) -> Said | None:
    lines = [line for line in truth.facts.after if line.exact_hits >= 3]
    if not lines:
        return None
    line = chance.choice(lines)
    wrong = another(line.exact_hits, chance, least=3)
    if wrong is None:
        return None
    true, false = ({"k": number(n, chance)} for n in (line.exact_hits, wrong))
    return Said({"model": name(line.model)}, true, false, f"it has {line.exact_hits}")


@claim(
    "word",
    "new and old leader",
    "There is a new leader: {model}.",
    "{model} takes over the lead.",
    "{model} is the new leader.",
)
def new_leader(truth: Truth, chance: Random) -> Said | None:
    if len(truth.leaders) != 1 or not truth.before:
        return None
    model = truth.leaders[0]
    led = model in truth.before and truth.before[model].rank == 1
    led_alone = led and sum(line.rank == 1 for line in truth.facts.before) == 1
    if led:
        return Said({"model": name(model)}, None, {}, "it led before") if led_alone else None
    return Said({"model": name(model)}, {}, None)


@claim(
    "word",
    "first exact score",
    "It was the first exact score of the season for {model}.",
    "{model} had its first exact score of the season.",
    "For the first time this season {model} had the exact score.",
)
def first_exact(truth: Truth, chance: Random) -> Said | None:
    if not truth.exact:
        return None
    model = chance.choice(truth.exact)
    had = truth.before[model].exact_hits if model in truth.before else 0
    shared = {"model": name(model)}
    return Said(shared, None, {}, f"it had {had} before") if had else Said(shared, {}, None)


@claim(
    "word",
    "again",
    "{model} was right again, as in the match before.",
    "{model} had the outcome for the second time running at least.",
)
def again(truth: Truth, chance: Random) -> Said | None:
    models = [model for model in truth.right if model in truth.before]
    if not models:
        return None
    model = chance.choice(models)
    shared = {"model": name(model)}
    if truth.before[model].current_streak:
        return Said(shared, {}, None)
    return Said(shared, None, {}, "its tip before was wrong")


@claim(
    "word",
    "debut",
    "{model} is in the table for the first time.",
    "It was the first counted prediction of the season for {model}.",
)
def debut(truth: Truth, chance: Random) -> Said | None:
    if not truth.tips or not truth.before:
        return None
    model = chance.choice(truth.tips).model
    shared = {"model": name(model)}
    return Said(shared, None, {}, "it was in the table before") if model in truth.before else Said(shared, {}, None)
