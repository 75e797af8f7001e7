"""Claims about single tips: whose they were, how right, and what they earned."""

from collections.abc import Sequence
from random import Random

from tests.quality import names
from tests.quality.claims.claim import Said, Values, another, claim
from tests.quality.claims.match import another_score
from tests.quality.truth import Truth
from tests.quality.wording import counted, name, score

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
    "points of a model",
    "{model} took {points} from this match.",
    "{model} earned {points} for the tip.",
    "For {model} the match brought {points}.",
)
def points_of_a_model(truth: Truth, chance: Random) -> Said | None:
    tips = [tip for tip in truth.tips if tip.points]
    if not tips:
        return None
    tip = chance.choice(tips)
    real = tip.points or 0
    wrong = another(real, chance, least=1)
    forms = [{"points": counted(n, "point", chance)} for n in (real, wrong or 0)]
    return Said({"model": name(tip.model)}, forms[0], forms[1], f"it took {real}") if wrong else None


@claim(
    "number",
    "tip of a model",
    "{model} had tipped {score}.",
    "{model} went for {score}.",
    "The prediction of {model} was {score}.",
    "{model} said {score}.",
)
def tip_of_a_model(truth: Truth, chance: Random) -> Said | None:
    if not truth.tips:
        return None
    tip = chance.choice(truth.tips)
    others = sorted({t.scoreline for t in truth.tips} - {tip.scoreline})
    wrong = chance.choice(others) if others and chance.random() < 0.6 else another_score(truth, tip.scoreline, chance)
    true, false = ({"score": score(s)} for s in (tip.scoreline, wrong))
    return Said({"model": name(tip.model)}, true, false, f"it tipped {score(tip.scoreline)}")


@claim(
    "name",
    "tip given to another",
    "{model} had the right outcome.",
    "{model} saw the outcome coming.",
    "The outcome was no surprise to {model}.",
    "{model} was among those with the right outcome.",
)
def tip_given_to_another(truth: Truth, chance: Random) -> Said | None:
    false = one_of(wrong_ones(truth), chance)
    return Said({}, one_of(truth.right, chance), false, "its outcome was wrong")


@claim(
    "name",
    "exact score given to another",
    "{model} had the exact score.",
    "{model} hit the score exactly.",
    "There was an exact score for {model}.",
)
def exact_given_to_another(truth: Truth, chance: Random) -> Said | None:
    others = truth.having(lambda tip: not tip.exact_hit)
    return Said({}, one_of(truth.exact, chance), one_of(others, chance), "its score was not exact")


@claim(
    "name",
    "scoreline given to another",
    "{model} tipped {score}.",
    "{score} was the tip of {model}.",
    "A {score} was what {model} had predicted.",
)
def scoreline_given_to_another(truth: Truth, chance: Random) -> Said | None:
    if len(truth.tips) < 2:
        return None
    tip = chance.choice(truth.tips)
    others = [t.model for t in truth.tips if t.scoreline != tip.scoreline]
    shared = {"score": score(tip.scoreline)}
    return Said(shared, {"model": name(tip.model)}, one_of(others, chance), "its tip was another")


@claim(
    "name",
    "unknown model",
    "{model} tipped {score}.",
    "{model} took {points} from the match.",
    "Among the tips was one by {model}.",
    "{model} had a tip for this match as well.",
)
def unknown_model(truth: Truth, chance: Random) -> Said | None:
    if not truth.tips:
        return None
    tip = chance.choice(truth.tips)
    known = {tip.model for tip in truth.facts.tips} | truth.before.keys() | truth.after.keys()
    strangers = [model for model in (*names.STRANGERS_MODELS, *names.MODELS) if model not in known]
    shared = {"score": score(tip.scoreline), "points": counted(tip.points or 0, "point", chance)}
    return Said(shared, {"model": name(tip.model)}, one_of(strangers, chance), "no such model in the facts")


@claim("word", "only", "Only {model} {did}.", "{model} alone {did}.", "{model} was the only model that {did}.")
def only(truth: Truth, chance: Random) -> Said | None:
    if truth.n < 2 or not truth.all_seen:
        return None
    models, did = chance.choice([(truth.right, "had the right outcome"), (truth.exact, "had the exact score")])
    if not models:
        return None
    shared = {"model": name(chance.choice(models)), "did": did}
    return Said(shared, {}, None) if len(models) == 1 else Said(shared, None, {}, f"{len(models)} did")


@claim("word", "exact and outcome", "{model} {had}.", "For {model}, the verdict is clear: it {had}.")
def exact_and_outcome(truth: Truth, chance: Random) -> Said | None:
    if not truth.right:
        return None
    model = chance.choice(truth.right)
    forms = {"had": "had the exact score"}, {"had": "had the outcome, but not the exact score"}
    true, false = forms if model in truth.exact else reversed(forms)
    return Said({"model": name(model)}, true, false, f"{len(truth.exact)} had the exact score")


@claim(
    "word",
    "right and wrong",
    "{model} {was} about the outcome.",
    "About the outcome, {model} {was}.",
)
def right_and_wrong(truth: Truth, chance: Random) -> Said | None:
    if not truth.tips:
        return None
    tip = chance.choice(truth.tips)
    forms = {"was": "was right"}, {"was": "was wrong"}
    true, false = forms if tip.tendency_hit else reversed(forms)
    return Said({"model": name(tip.model)}, true, false, f"it tipped {score(tip.scoreline)}")
