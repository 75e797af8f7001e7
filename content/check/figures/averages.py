"""Averages: points a prediction of a model, of all of them, of the field in this match; and the gaps between them."""

from content.check.figures.figure import Figure, checks
from content.check.figures.gaps import gap_to_leader, gaps, top_gap
from content.check.terms import Quantity

COMPARING = frozenset({"gap", "led", "above", "below", "leader", "trailed"})
LEADS = frozenset({"gap", "led", "above", "leader", "stays", "takes lead"})


@checks("average")
def check_average(figure: Figure) -> None:
    between = _gaps(figure)
    if figure.fits(between) and not (figure.names and figure.fits(figure.find("average", subject=figure.names[0]))):
        return
    if between and _compares_two(figure):
        figure.require([q for q in between if "after" in q.roles], "gap")
    elif _is_of_models(figure):
        figure.require_each([_of_model(figure, name) for name in figure.names], "average")
    else:
        figure.require(_of_all(figure), "average")


def _gaps(figure: Figure) -> list[Quantity]:
    found = gaps(figure, "average")
    if found or figure.word(-1) in ("from", "was"):
        found = found + [q for q in top_gap(figure) if "before" in q.roles]
    if {"leader", "leaders"} & figure.words and len(figure.names) == 1:
        found = found + gap_to_leader(figure, figure.names[0])
    return found


def _compares_two(figure: Figure) -> bool:
    """Whether the number can be nothing else than what one of two models is ahead by."""
    named = [name for g in figure.sentence.groups_in(figure.clause, "model") for name in g.names]
    compares = figure.tags & COMPARING and (figure.words & {"lead", "by"} or figure.tags & {"gap", "above"})
    return bool(compares) and len(named) == 2 and not _follows_name(figure)


def _follows_name(figure: Figure) -> bool:
    """Whether it stands right behind one of the names: `Beta with 2.12`."""
    models = [g for g in figure.sentence.groups if g.kind == "model" and g.end <= figure.n <= g.end + 4]
    return any(figure.sentence.text(g.end) in ("with", "at", "on", "has", "(") for g in models)


def _is_of_models(figure: Figure) -> bool:
    mine = figure.sentence.groups_in(figure.clause, "model")
    if not figure.names or figure.word(-1) == "each" or (mine and not any(g.names for g in mine)):
        return False
    return any(g.names for g in mine) or not figure.words & {"each", "field"}


def _of_model(figure: Figure, name: str) -> list[Quantity]:
    mine = figure.now(figure.find("average", subject=name))
    found = [q for q in mine if "season" in q.roles or q.roles & figure.rounds]
    if figure.sentence.tags & LEADS and len(figure.all_names) < 2 and _is_at_top(figure, name):
        found += top_gap(figure)
    return found


def _is_at_top(figure: Figure, name: str) -> bool:
    """Whether it leads, or led before, so that the lead at the top is its own."""
    return name in figure.ledger.having("leader") | figure.ledger.having("leader before")


def _of_all(figure: Figure) -> list[Quantity]:
    roles = ["field", "all"]
    if figure.tags & {"gap", "led", "leader"}:
        roles.append("top gap")
    if not figure.sentence.is_seasonal and "match" in figure.words:
        roles = ["field"]
    return [q for role in roles for q in figure.find("average", role) if "before" not in q.roles]
