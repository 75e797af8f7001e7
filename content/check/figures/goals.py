"""Numbers of goals: of a match, a half, a side or a player; margins, leads and deficits; and times between goals."""

from content.check.figures.figure import Figure, checks
from content.check.groups import Group
from content.check.minutes import half_of
from content.check.terms import Quantity
from content.check.wordlist import words

RESULT = frozenset({"win", "beat", "lose", "beaten"})
SIDES = words("side sides team teams")
WHAT = "number of goals"


@checks("goal", "penalty", "own goal")
def check_goals(figure: Figure) -> None:
    listed = _listed(figure)
    if figure.said.value == listed:
        return
    if listed and not _counts_others(figure):
        figure.wrong(f"{listed} are listed")
    elif figure.word(-1) == "by" and figure.sentence.tags & RESULT and not figure.tags & {"led", "trailed"}:
        figure.require(figure.find("goal", "margin"), "margin")
    elif _is_whole(figure):
        figure.require(_scored(figure, "all", _teams(figure)), WHAT)
    else:
        _check_by_words(figure)


def _check_by_words(figure: Figure) -> None:
    half = half_of(figure.sentence, figure.clause)
    if {"each", "both"} & figure.earlier_words and SIDES & figure.earlier_words:
        _check_each_side(figure, half or ("90 minutes" if "full time" in figure.tags else "all"))
    elif half:
        figure.require(_scored(figure, half, _teams(figure)), WHAT)
    elif figure.tags & {"own goal", "penalty"}:
        figure.require(figure.find("goal", "own" if "own goal" in figure.tags else "penalty"), WHAT)
    elif figure.tags & {"trailed", "comeback", "led"} or figure.words & {"down", "up", "lead"}:
        _check_lead(figure)
    elif figure.tags & (RESULT | {"gap"}) and (
        "by" in figure.words or "gap" in figure.tags or figure.word(1) == "goal"
    ):
        figure.require(figure.find("goal", "margin"), "margin")
    else:
        _check_scored(figure)


def _teams(figure: Figure) -> list[Group]:
    return [g for g in figure.sentence.groups_in(figure.clause, "team") if len(g.names) == 1]


def _scored(figure: Figure, role: str, teams: list[Group]) -> list[Quantity]:
    """Return the goals of the one team that is named, else of both together."""
    found = (
        figure.find("goal", role, subject=teams[0].names[0]) if len(teams) == 1 else figure.find("goal", role, "both")
    )
    return [q for q in found if "conceded" not in q.roles]


def _listed(figure: Figure) -> int:
    """Return how many goals are listed with their minutes in brackets, as in `Lowe (12, 88) and Ure (90)`."""
    sentence = figure.sentence
    if not any(g.kind == "player" for g in sentence.groups):
        return 0
    depth = goals = 0
    for n, token in enumerate(sentence.tokens):
        depth += (token.text == "(") - (token.text == ")")
        goals += depth > 0 and token.kind in ("number", "minute") and sentence.text(n - 1) in ("(", ",", "and")
    return goals


def _counts_others(figure: Figure) -> bool:
    """Whether the number may be of other goals than those listed: `the last of three goals by …`."""
    tokens = figure.sentence.tokens
    has_ordinal = any(t.kind == "ordinal" and figure.sentence.kind(n + 1) != "number" for n, t in enumerate(tokens))
    tells_lead = "led" in figure.tags and (figure.word(-1) == "by" or "of" in (figure.word(-1), figure.word(-2)))
    return has_ordinal or tells_lead or bool(figure.sentence.tags & {"decisive", "late"})


def _is_whole(figure: Figure) -> bool:
    """Whether it is the second number of `five of the eight goals`."""
    of = 1 if figure.word(-1) == "of" else 2 if (figure.word(-1), figure.word(-2)) == ("the", "of") else 0
    return bool(of) and figure.kind(-of - 1) == "number"


def _check_each_side(figure: Figure, role: str) -> None:
    for scope in figure.ledger.scopes:
        for team in (scope.home, scope.away):
            scored = [q for q in figure.find("goal", role, subject=team) if "conceded" not in q.roles]
            figure.require(scored, WHAT)


def _check_lead(figure: Figure) -> None:
    team = figure.sentence.subject_of(figure.n, "team")
    role = "deficit" if figure.tags & {"trailed", "comeback"} or "down" in figure.words else "lead"
    figure.require(figure.find("goal", role, subject=team.names[0] if team else ""), "lead")


def _check_scored(figure: Figure) -> None:
    teams, players = _teams(figure), _players(figure)
    by_player = figure.find("goal", "player", subject=players[0]) if len(players) == 1 else []
    if len(players) == 1 and (not teams or _is_by(figure) or figure.fits(by_player)):
        figure.require(by_player, WHAT)
    elif len(teams) == 1:
        against = figure.tags & {"conceded", "clean"} or teams[0].before in ("against", "past")
        found = figure.find("goal", "all", subject=teams[0].names[0])
        figure.require([q for q in found if ("conceded" in q.roles) == bool(against)], WHAT)
    else:
        figure.require(_of_team_before(figure) or _of_match(figure), WHAT)


def _is_by(figure: Figure) -> bool:
    """Whether the goals are said to be by the player, and no single one of them is told apart."""
    players = figure.sentence.groups_in(figure.clause, "player")
    tells_order = any(token.kind == "ordinal" for token in figure.sentence.tokens)
    return any(g.before in ("by", "from", "to") for g in players) and not tells_order


def _players(figure: Figure) -> list[str]:
    named = [name for g in figure.sentence.groups_in(figure.clause, "player") for name in g.names]
    if not named and figure.sentence.text(figure.clause[0] + 1) == "with":
        near = figure.sentence.subject_of(figure.n, "player")
        return [near.names[-1]] if near else []
    return named


def _of_team_before(figure: Figure) -> list[Quantity]:
    """Return the goals of the team that `they` stands for."""
    team = figure.sentence.subject_of(figure.n, "team")
    if team is None or _teams(figure) or not figure.words & {"they", "their", "its"}:
        return []
    return [q for q in figure.find("goal", "all", subject=team.names[0]) if "conceded" not in q.roles]


def _of_match(figure: Figure) -> list[Quantity]:
    was = figure.words & {"had", "been", "was", "before", "previous"}
    record = figure.find("goal", "record") if was and figure.tags & {"most", "record", "before"} else []
    return figure.find("goal", "all", "both") + record


@checks("goals of a side")
def check_goals_of_side(figure: Figure) -> None:
    """`Mexico 2 Wales 1`: the goals of each side."""
    team = figure.sentence.tokens[figure.n - 1].names[0]
    figure.require([q for q in figure.find("goal", "all", subject=team) if "conceded" not in q.roles], "score")


@checks("minute")
def check_minutes(figure: Figure) -> None:
    """Durations: 90 minutes, the last five minutes, so many minutes from one goal to another, into a half, or left."""
    minutes = {q.value for q in figure.find("minute", "goal") if isinstance(q.value, int)}
    apart = {abs(a - b) for a in minutes for b in minutes}
    left = {whole - m for m in minutes for whole in (90, 120)} | {m - start for m in minutes for start in (0, 45, 90)}
    known = {30, 45, 90, 120} | apart | left
    if figure.said.value not in known and figure.word(-1) not in ("last", "final", "first", "opening", "closing"):
        figure.wrong("no goals of the facts fit this")
