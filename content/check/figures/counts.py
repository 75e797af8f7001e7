"""Other counts: predictions, matches, models, places, times, scorelines, shares."""

from fractions import Fraction

from content.check.figures.figure import NOT_KNOWN, Figure, checks, simple
from content.check.figures.goals import check_goals
from content.check.figures.runs import check_streak

UNCOUNTED = (("late tip", "late"), ("void", "void"), ("unverified", "unverified"), ("correction", "was"))


@checks("prediction")
def check_predictions(figure: Figure) -> None:
    role = next((role for tag, role in UNCOUNTED if tag in figure.tags), "")
    if role:
        figure.require(figure.find("prediction", role), "number of predictions")
    elif "modal" in figure.sentence.tags:
        figure.require(figure.find("model", "modal"), "count")
    elif figure.names:
        options = [figure.now(figure.find("prediction", subject=name)) for name in figure.names]
        if figure.rounds and figure.word(-1) == "from":
            options = [[q for q in mine if q.roles & figure.rounds] or mine for mine in options]
        if "drought" in figure.tags:
            options = [[q for q in mine if "drought with it" not in q.roles] for mine in options]
        figure.require_each(options, "number of predictions")
    else:
        found = [q for q in figure.find("prediction") if not q.subjects]
        figure.require(found + figure.find("model", "field"), "number of predictions")


@checks("match")
def check_matches(figure: Figure) -> None:
    figure.require(figure.now(figure.find("match")), "number of matches")


@checks("model")
def check_model_count(figure: Figure) -> None:
    if figure.said.text != "one":
        figure.require(figure.find("model", "field") + figure.find("model", "table"), "number of models")


@checks("place")
def check_places(figure: Figure) -> None:
    simple(figure, "place")


@checks("exact")
def check_exact(figure: Figure) -> None:
    simple(figure, "exact")


@checks("difference")
def check_differences(figure: Figure) -> None:
    simple(figure, "difference")


@checks("miss")
def check_misses(figure: Figure) -> None:
    simple(figure, "miss")


@checks("share")
def check_share(figure: Figure) -> None:
    """A share of a season's predictions; shares of the field are read with their models."""
    said = figure.said.value
    if not isinstance(said, Fraction):
        return
    scale = 10**figure.said.places * (100 if figure.said.kind == "percent" else 1)
    said = said * 10**figure.said.places if figure.said.kind == "percent" else said
    shares = [q.value for name in figure.names or [""] for q in figure.find("share", subject=name)]
    exact = figure.said.kind != "percent"
    if not any(
        isinstance(real, Fraction) and abs(real * scale - said) <= (0 if exact else Fraction(1, 2)) for real in shares
    ):
        figure.wrong("no such share is in the facts")


@checks("scoreline")
def check_scorelines(figure: Figure) -> None:
    if "exact" in figure.tags:
        simple(figure, "exact")
    else:
        figure.require(figure.find("score count") + figure.find("exact"), "number of scorelines")


@checks("times")
def check_times(figure: Figure) -> None:
    """`twice`, `four times`: goals of a player, runs, exact scores, how often a scoreline was tipped."""
    players = figure.sentence.groups_in(figure.clause, "player")
    if figure.tags & {"in a row", "streak"}:
        check_streak(figure)
    elif players:
        figure.require(figure.find("goal", "player", subject=players[0].names[0]), "number of goals")
    elif "exact" in figure.tags:
        simple(figure, "exact")
    elif "outcome" in figure.tags:
        simple(figure, "outcome", "streak")
    elif figure.sentence.tags & {"tip", "modal"}:
        figure.require(figure.find("model", "modal") + figure.find("prediction"), "count")
    elif figure.sentence.groups_in(figure.clause, "team") or "scored" in figure.sentence.tags:
        check_goals(figure)
    else:
        figure.wrong(NOT_KNOWN, checkable=False)


@checks("player")
def check_players(figure: Figure) -> None:
    figure.require(figure.find("player"), "number of players")


@checks("side", "half", "name")
def check_pair(figure: Figure) -> None:
    """Numbers that say nothing more than a word: two sides, both halves, one name."""
    if figure.said.value not in (1, 2):
        figure.wrong(NOT_KNOWN, checkable=False)


@checks("choice")
def check_choice(figure: Figure) -> None:
    """`Home 7, draw 3, away 4`: how many chose it."""
    figure.require(figure.find("model", f"tip:{figure.word(-1).removesuffix('s')}"), "number of models")


@checks("top")
def check_top(figure: Figure) -> None:
    """`the first four`: there must be as many in the table."""
    size = _size(figure, "table")
    if isinstance(figure.said.value, Fraction) and figure.said.value > size:
        figure.wrong(f"there are {size} in the table")


@checks("other")
def check_other(figure: Figure) -> None:
    """`the other six`: all of the field but those named."""
    size = _size(figure, "field")
    if figure.said.value != size - len(figure.all_names):
        figure.wrong(f"there are {size} in the field")


@checks("leader")
def check_leaders(figure: Figure) -> None:
    sizes = {len(figure.ledger.having("leader")), len(figure.ledger.having("leader before"))}
    if figure.said.value not in sizes:
        figure.wrong(figure.ledger.facts.get("leader", "nobody leads"))


def _size(figure: Figure, role: str) -> int:
    return max((q.value for q in figure.find("model", role) if isinstance(q.value, int)), default=0)
