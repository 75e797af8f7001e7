"""Runs of right outcomes: how long they are, were when they ended, and have been at best."""

from content.check.figures.figure import Figure, checks, simple
from content.check.terms import Quantity


@checks("streak")
def check_streak(figure: Figure) -> None:
    names = [] if _is_record(figure) else figure.names
    wanted = ["ended"] if "ended" in figure.tags else []
    if names:
        roles = _roles(figure)
        options = [[q for q in figure.find("streak", *wanted, subject=n) if wanted or q.roles <= roles] for n in names]
        figure.require_each(options, "run")
    else:
        found = figure.find("streak")
        figure.require([q for q in found if not wanted or q.roles & {"ended", "record"}], "run")


def _is_record(figure: Figure) -> bool:
    """Whether the clause speaks of the longest run of all, after one that named a model."""
    longest = "longest" in figure.words and ("record" in figure.tags or "season" in figure.words)
    return longest and not figure.sentence.groups_in(figure.clause, "model")


def _roles(figure: Figure) -> set[str]:
    roles = {"after"}
    if "before" in figure.words or {"had", "been"} <= figure.words:
        roles.add("before")
    if {"best", "longest"} & figure.words:
        roles.add("best")
    if figure.sentence.tags & {"ended", "wrong"}:
        roles.add("ended")
    return roles


@checks("outcome")
def check_outcomes(figure: Figure) -> None:
    """Right outcomes: of a run, or of the season."""
    if figure.sentence.tags & {"streak", "in a row", "ended"}:
        check_streak(figure)
    else:
        simple(figure, "outcome")


@checks("short")
def check_short_of(figure: Figure) -> None:
    """`two short of its best`: by how much the run that ended was shorter than the best one."""
    options: list[Quantity] = []
    for name in figure.names:
        ended = [q.value for q in figure.find("streak", "ended", subject=name) if isinstance(q.value, int)]
        best = [q.value for q in figure.find("streak", "best", subject=name) if isinstance(q.value, int)]
        options += [Quantity(b - e, "streak", frozenset([name]), frozenset({"short"})) for e in ended for b in best]
    figure.require(options, "run")
