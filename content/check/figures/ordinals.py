"""Ordinals: ranks, the numbers of goals, of predictions and of a player's goals."""

from fractions import Fraction

from content.check.figures.figure import NOT_KNOWN, Figure, checks
from content.check.minutes import is_minute
from content.check.terms import Quantity
from content.check.wordlist import words

NOT_RANKED = words(
    "meeting season edition victory win defeat title appearance draw encounter visit year final triumph loss match "
    "game contest fixture derby"
)
"""What the facts do not number."""

NO_RANK_BEFORE = words("to named and prediction counted exact tip match minutes with after in since for of time")
"""`First` before one of these is no rank."""

HALF = ("half", "half-time", "time", "leg", "half's")
RANK_NOUNS = words("place rank spot position")


def check_ordinal(figure: Figure) -> None:
    """Checks an ordinal, whatever it numbers."""
    following = figure.word(1)
    if figure.kind(1) == "number":
        return  # `the first four`: the number is checked
    if (following in HALF and figure.said.text in ("first", "second")) or _is_goal_of_player(figure):
        return
    if following in ("goal", "strike", "penalty") or is_minute(figure.sentence, figure.n):
        _check_goal_number(figure)
    elif following in ("prediction", "tip", "forecast"):
        names = figure.names or figure.all_names
        options = [figure.find("prediction", "season", "after", subject=name) for name in names]
        figure.require_each(options or [[]], "prediction")
    elif following in ("point", "points") and figure.said.text == "first":
        _check_first_point(figure)
    elif following in NOT_RANKED and not _is_first_match(figure):
        figure.wrong(NOT_KNOWN, checkable=False)
    elif following not in NOT_RANKED and not _is_no_rank(figure):
        _check_rank(figure)


def _is_first_match(figure: Figure) -> bool:
    is_first = figure.said.text == "first" and figure.word(1) in ("match", "game")
    return is_first and not figure.find("model", "table", "before")


def _check_first_point(figure: Figure) -> None:
    """`Still waits for its first point`: it must have none."""
    pointless = [
        q for name in figure.names for q in figure.find("point", "season", "after", subject=name) if q.value == 0
    ]
    if len(pointless) != len(figure.names) or not figure.names:
        figure.wrong("it has points")


def _is_no_rank(figure: Figure) -> bool:
    if figure.said.text != "first" or _is_in_table(figure):
        return False
    if figure.word(1) == "place":
        return not figure.names
    return figure.word(1) in NO_RANK_BEFORE or not figure.names


def _is_in_table(figure: Figure) -> bool:
    if figure.word(1) == "after":
        return figure.word(2) in ("this", "the")
    return figure.word(1) == "in" and bool({"table", "standings"} & {figure.word(2), figure.word(3)})


def _check_rank(figure: Figure) -> None:
    if not figure.names:
        _check_rank_of_nobody(figure)
        return
    place, listed = _place_in_list(figure)
    names = [figure.names[place]] if len(figure.names) > 1 and listed == len(figure.names) else figure.names
    when = "before" if _is_before(figure) else "after"
    figure.require_each([figure.find("rank", when, subject=name) for name in names], "rank")


def _check_rank_of_nobody(figure: Figure) -> None:
    groups = figure.sentence.groups_in(figure.clause, "team", "model")
    if groups and all(g.kind == "team" for g in groups):
        figure.wrong("the facts hold no table of teams", checkable=False)
    elif figure.word(1) not in RANK_NOUNS and figure.word(-1) not in ("from", "to", "and", "is", "at"):
        figure.wrong(NOT_KNOWN, checkable=False)
    else:
        figure.require(figure.find("rank"), "rank")


def _is_before(figure: Figure) -> bool:
    """Whether it is the rank before the match: `from fifth`, `previously fifth`; not `to third`."""
    before, other = figure.word(-1), figure.word(-2)
    if before == "from" or (before in ("rank", "the") and other == "from"):
        return True
    was = before in ("was", "previously", "before") or bool({"previously", "beforehand"} & figure.words)
    return was and before not in ("to", "into") and other != "to"


@checks("numbered rank")
def check_numbered_rank(figure: Figure) -> None:
    """`from rank 5 to rank 3`."""
    when = "before" if "from" in (figure.word(-1), figure.word(-2)) else "after"
    options = [figure.find("rank", when, subject=name) for name in figure.names]
    figure.require_each(options or [figure.find("rank")], "rank")


def _place_in_list(figure: Figure) -> tuple[int, int]:
    """Return which of how many ordinals in a row this is: `ninth and 10th`."""
    first = last = 0
    while figure.kind(first - 2) == "ordinal" and figure.word(first - 1) in (",", "and"):
        first -= 2
    while figure.kind(last + 2) == "ordinal" and figure.word(last + 1) in (",", "and"):
        last += 2
    return -first // 2, (last - first) // 2 + 1


def _is_goal_of_player(figure: Figure) -> bool:
    """Whether it counts the goals of a player, who has scored as many: `his second`, `for the third time`."""
    owner = figure.sentence.tokens[figure.n - 1] if figure.n else None
    possessive = owner is not None and owner.kind == "name" and owner.end - owner.start > len(owner.text)
    elliptical = figure.word(-1) == "the" and figure.word(1).startswith(("from", "of", "a "))
    if not (figure.word(-1) in ("his", "her", "their") or possessive or figure.word(1) == "time" or elliptical):
        return False
    player = figure.sentence.subject_of(figure.n, "player")
    if player is None and figure.sentence.earlier is not None:
        player = figure.sentence.earlier.topic("player")
    return player is not None and _at_least(figure, figure.find("goal", "player", subject=player.names[-1]))


def _at_least(figure: Figure, quantities: list[Quantity]) -> bool:
    said = figure.said.value
    return isinstance(said, Fraction) and any(isinstance(q.value, int) and q.value >= said for q in quantities)


def _check_goal_number(figure: Figure) -> None:
    subject = figure.sentence.subject_of(figure.n, "player", "team")
    player = subject.names[-1] if subject and subject.kind == "player" else ""
    if figure.find("minute", "goal", f"number {figure.said.value}", subject=player):
        return
    scored = figure.find("goal", "all", subject=subject.names[0]) if subject and subject.kind == "team" else []
    if not _at_least(figure, [q for q in scored if "conceded" not in q.roles]):
        figure.wrong("no such goal is in the facts")
