"""Claims about the tips for the match: how many, whose, how right, and what they earned."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from random import Random

from tests.quality.claims.claim import Said, Values, another, claim
from tests.quality.truth import SIDES, Truth
from tests.quality.wording import counted, decimal, name, number

ALL = ("home", "draw", "away")


def outcome(truth: Truth, tendency: str) -> str:
    return "a draw" if tendency == "draw" else f"a win for {name(truth.facts.team(tendency))}"


def one_of(models: Sequence[str], chance: Random) -> Values | None:
    """Return one of the models, if there is any."""
    return {"model": name(chance.choice(models))} if models else None


def wrong_ones(truth: Truth) -> list[str]:
    return truth.having(lambda tip: not tip.tendency_hit)


@claim(
    "number",
    "count of the right",
    "Of the {n} models in the field, {k} had the right outcome.",
    "{k} of the {n} models had the outcome right.",
    "The right outcome was named by {k} of {n} models.",
)
def count_right(truth: Truth, chance: Random) -> Said | None:
    return _share(truth, chance, len(truth.right))


@claim(
    "number",
    "count of the exact",
    "Of the {n} models in the field, {k} had the exact score.",
    "{k} of the {n} models hit the score exactly.",
    "The exact scoreline was in the tips of {k} of the {n} models.",
)
def count_exact(truth: Truth, chance: Random) -> Said | None:
    return _share(truth, chance, len(truth.exact))


def _share(truth: Truth, chance: Random, real: int) -> Said | None:
    size, wrong_size = truth.n, truth.n
    wrong = another(real, chance, least=1, most=size)
    if chance.random() < 0.2:
        wrong, wrong_size = real, size + chance.choice([1, -1])
    if real == 0 or size < 3 or wrong is None or wrong > wrong_size:
        return None
    forms = [{"k": number(k, chance), "n": number(n, chance)} for k, n in ((real, size), (wrong, wrong_size))]
    return Said({}, forms[0], forms[1], f"it was {real} of {size}")


@claim(
    "number",
    "count of a choice",
    "{k} models went for {outcome}.",
    "{k} models tipped {outcome}.",
    "{k} of the predictions were for {outcome}.",
)
def count_choice(truth: Truth, chance: Random) -> Said | None:
    tendency = chance.choice(ALL)
    real = truth.facts.field.chosen(tendency)
    wrong = another(real, chance, least=2)
    if real < 2 or wrong is None or not truth.all_seen:
        return None
    shared = {"outcome": outcome(truth, tendency)}
    return Said(shared, {"k": number(real, chance)}, {"k": number(wrong, chance)}, f"{real} did")


@claim(
    "number",
    "share of the field",
    "{share} of the field had the right outcome.",
    "The right outcome was seen by {share} of the field.",
    "{share} of the models in the field named the right outcome.",
)
def share(truth: Truth, chance: Random) -> Said | None:
    if truth.n < 4 or not 0 < len(truth.right) < truth.n:
        return None
    real = Fraction(len(truth.right), truth.n)
    fractions = {"a third": Fraction(1, 3), "half": Fraction(1, 2), "two thirds": Fraction(2, 3)}
    fractions |= {"a quarter": Fraction(1, 4), "three quarters": Fraction(3, 4)}
    true = [text for text, value in fractions.items() if value == real]
    false = [text for text, value in fractions.items() if abs(value - real) > Fraction(1, 8)]
    if not true or chance.random() < 0.5:
        cents = floor(100 * real + Fraction(1, 2))
        sign = chance.choice([" per cent", "%"])
        off = chance.choice([value for value in (cents - 10, cents + 6, cents + 15, cents - 4) if 0 < value < 100])
        true, false = [f"{cents}{sign}"], [*false, f"{off}{sign}", f"{off}{sign}"]
    return Said({}, {"share": true[0]}, {"share": chance.choice(false)}, f"it was {len(truth.right)} of {truth.n}")


@claim(
    "number",
    "points of the field",
    "Together the {n} models took {points}.",
    "The field of {n} took {points} in all.",
    "Between them the {n} models earned {points} from the match.",
)
def points_of_the_field(truth: Truth, chance: Random) -> Said | None:
    real = sum(tip.points or 0 for tip in truth.tips)
    wrong = another(real, chance, least=1)
    if truth.n < 3 or real == 0 or wrong is None:
        return None
    shared = {"n": number(truth.n, chance)}
    true, false = ({"points": counted(n, "point", chance)} for n in (real, wrong))
    return Said(shared, true, false, f"it was {real}")


@claim(
    "number",
    "average of the field",
    "On average a model took {average} points from the match.",
    "That made {average} points a model on average.",
    "The field's average for this match was {average} points.",
)
def average_of_the_field(truth: Truth, chance: Random) -> Said | None:
    points = sum(tip.points or 0 for tip in truth.tips)
    if truth.n < 3 or points == 0:
        return None
    real = Fraction(points, truth.n)
    wrong = real + Fraction(chance.choice([1, 4, 10, -5, 35, 100]), 100)
    if wrong <= 0:
        return None
    return Said({}, {"average": decimal(real)}, {"average": decimal(wrong)}, f"it was {decimal(real)}")


@claim(
    "number",
    "quota",
    "{outcome} was worth {points}.",
    "The quota for {outcome} stood at {points}.",
    "Whoever tipped {outcome} played for {points} by the quota.",
)
def quota(truth: Truth, chance: Random) -> Said | None:
    if truth.n == 0 or truth.facts.rule == "fixed-2-3-4":
        return None
    tendency = truth.facts.tendency if chance.random() < 0.7 else chance.choice(ALL)
    real = truth.facts.field.quota(tendency)
    wrong = another(real, chance, least=2, most=6)
    shared = {"outcome": outcome(truth, tendency)}
    forms = [{"points": counted(n, "point", chance)} for n in (real, wrong or 0)]
    return Said(shared, forms[0], forms[1], f"it was {real}") if wrong else None


@claim(
    "word",
    "unanimous",
    "Every model {did}.",
    "The whole field {did}.",
    "All the models {did}.",
    "Without exception, the models {did}.",
)
def unanimous(truth: Truth, chance: Random) -> Said | None:
    if truth.n < 3 or not truth.all_seen:
        return None
    side = chance.choice(ALL)
    had_it = len(truth.right), "had the right outcome"
    k, did = chance.choice([(truth.facts.field.chosen(side), f"tipped {outcome(truth, side)}"), had_it])
    because = f"only {k} of {truth.n} did"
    return Said({"did": did}, {}, None) if k == truth.n else Said({"did": did}, None, {}, because)


@claim(
    "word", "nobody", "Nobody {did}.", "No model {did}.", "Not one of the models {did}.", "None of the models {did}."
)
def nobody(truth: Truth, chance: Random) -> Said | None:
    if truth.n < 3 or not truth.all_seen:
        return None
    side = chance.choice(ALL)
    k, did = chance.choice(
        [
            (truth.facts.field.chosen(side), f"tipped {outcome(truth, side)}"),
            (len(truth.right), "had the right outcome"),
            (len(truth.exact), "had the exact score"),
        ]
    )
    return Said({"did": did}, None, {}, f"{k} did") if k else Said({"did": did}, {}, None)


@claim(
    "word",
    "with and against the field",
    "{most} of the models had the right outcome.",
    "The right outcome was in {most} of the tips.",
)
def majority(truth: Truth, chance: Random) -> Said | None:
    if truth.n < 3 or 2 * len(truth.right) == truth.n:
        return None
    forms = {"most": "more than half"}, {"most": "less than half"}
    true, false = forms if 2 * len(truth.right) > truth.n else reversed(forms)
    return Said({}, true, false, f"{len(truth.right)} of {truth.n} had it")


@claim(
    "word",
    "comparison of choices",
    "More models tipped {more} than {fewer}.",
    "{more} was tipped by more models than {fewer}.",
)
def comparison(truth: Truth, chance: Random) -> Said | None:
    one, two = chance.sample(ALL, 2)
    more, fewer = truth.facts.field.chosen(one), truth.facts.field.chosen(two)
    if more == fewer or not truth.all_seen:
        return None
    if more < fewer:
        one, two = two, one
    true = {"more": outcome(truth, one), "fewer": outcome(truth, two)}
    return Said({}, true, {"more": true["fewer"], "fewer": true["more"]}, f"it was {more} and {fewer}")


@claim(
    "word",
    "upset",
    "It was an upset: {rest}.",
    "The result went against the field: {rest}.",
)
def upset(truth: Truth, chance: Random) -> Said | None:
    k = len(truth.right)
    if truth.n < 5 or truth.facts.counted != truth.facts.last_score or not truth.winner:
        return None
    rest = {"rest": f"{name(truth.facts.team(SIDES[truth.winner == 'away']))} won"}
    if 5 * k < truth.n:
        return Said(rest, {}, None)
    return Said(rest, None, {}, f"{k} of {truth.n} had tipped it") if 2 * k > truth.n else None
