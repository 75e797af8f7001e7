"""What fills the phrases: teams, scores, minutes, models and counts. A blank is there only if it is known and true."""

from collections.abc import Sequence

from content.course import other
from content.facts import Scorer
from content.writers.grammar import Name
from content.writers.reading import Reading
from content.writers.words import count, literal, names, number, ordinal, score

Filled = dict[str, str]


def named(text: str) -> Name:
    return Name(literal(text))


def listed_names(models: Sequence[str]) -> Name:
    return Name(names(models))


def one_or_more(models: Sequence[str], one: str = "model", more: str = "models") -> Filled:
    """Return `model` for one name and `models` for several; nothing for none."""
    return {one if len(models) == 1 else more: listed_names(models)} if models else {}


def teams(match: Reading) -> Filled:
    """Return `home` and `away`, and of a match that was won in play `winner` and `loser`.

    Not of one that the other side won on penalties all the same, as second legs can be.
    """
    facts = match.facts
    told: Filled = {"home": named(facts.home), "away": named(facts.away)}
    side = "" if facts.awarded else facts.ahead_at_the_end
    if side and side == facts.winner:
        told |= {"winner": named(facts.team(side)), "loser": named(facts.team(other(side)))}
    return told


def result(match: Reading) -> Filled:
    """Return the teams and the score of a match that was played, home side first.

    `line` names both teams. `w_score` is there only with a `winner` that is the home side, for `A beat B 2–1`;
    `l_score` only with one that is the away side, for `A lost 1–2 to B`; `level` only after a draw.
    """
    facts = match.facts
    told = teams(match)
    if facts.awarded:
        return told
    final = score(facts.last_score)
    told["line"] = Name(f"{told['home']} {final} {told['away']}")
    if "winner" in told:
        told["w_score" if facts.winner == "home" else "l_score"] = final
    elif not facts.ahead_at_the_end:
        told["level"] = final
    return told


NAMES_THE_RESULT = frozenset({"line", "w_score", "l_score", "level", "final", "a_draw"})
"""A phrase with one of these blanks tells the score, and who played."""


def counted_line(match: Reading) -> Filled:
    """Return `line` if the score in play is the one that predictions count on: then it may stand for it."""
    facts = match.facts
    told = {} if facts.awarded or facts.counted != facts.last_score else {"line": result(match)["line"]}
    return {**told, "counted": score(facts.counted)}


def outcome(match: Reading, tendency: str = "") -> str:
    """Return `a draw` or `a win for Wales`; where the score that counts is not the last one, that it is on that."""
    facts = match.facts
    tendency = tendency or facts.tendency
    what = "a draw" if tendency == "draw" else f"a win for {literal(facts.team(tendency))}"
    elsewhere = tendency == facts.tendency and facts.counted != facts.last_score
    return f"{what} on the score that counts" if elsewhere else what


def field_of(match: Reading) -> Filled:
    """Return the size of the field: `n`, `field` (`eight models`), and, where every tip counts, `all_models`.

    With tips that don't count, nothing may be said of all models: `field` is `eight tips that count` then.
    """
    facts = match.facts
    n = facts.field.size
    what = "tip that counts" if n == 1 else "tips that count"
    told = {"n": number(n), "field": f"{number(n)} {what}" if facts.uncounted else count(n, "model")}
    told["none_of"] = f"{'neither' if n == 2 else 'none'} of the {told['field']}"
    if not facts.uncounted:
        told["all_models"] = "both models" if n == 2 else f"all {number(n)} models"
        told["all_predictions"] = "both predictions" if n == 2 else f"all {number(n)} predictions"
        told["nobody"] = "nobody"
    return told


def minute(goal: Scorer) -> Filled:
    """Return `at` (`in the 34th minute`) and `clock` (`34`, `90+3`)."""
    if goal.stoppage:
        return {"at": f"in stoppage time ({goal.clock})", "clock": str(goal.clock)}
    nth = ordinal(goal.minute or 0)
    return {"at": f"in the {nth} minute", "clock": str(goal.clock)}


def points(n: int) -> str:
    return count(n, "point")


def goals(n: int) -> str:
    return count(n, "goal")
