"""The tables of a report, and its note on what the numbers are made of: always from facts, whoever wrote the prose."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from content.reports.facts import COUNTED, OPEN, UNKNOWN, VOID, RoundFacts, RoundMatch, SeasonFacts, Takings
from content.writers.words import count, decimals, listed, literal, score, two_decimals

BASIS = {
    "regular_time": "after 90 minutes",
    "after_extra_time": "after extra time",
    "after_shootout": "after extra time and penalties",
}

Row = Sequence[str | int]


def of_round(facts: RoundFacts) -> list[str]:
    """Return the tables of a report on a round, each with its heading, as Markdown."""
    found = [_table("Matches", ("Match", "Score", "Home", "Draw", "Away", "Right", "Exact"), _matches(facts))]
    if facts.takings:
        found.append(_table("The round", ("Model", "n", "Points", "Average", "Outcome", "Exact"), _round(facts)))
        after = f"Table after {count(facts.matches_in_table, 'match', 'matches')}"
        found.append(_table(after, ("Model", "Rank", "Before", "n", "Points", "Average"), _standings(facts)))
    return found


def of_season(facts: SeasonFacts) -> list[str]:
    """Return the tables of a report on a model's season, each with its heading, as Markdown."""
    found = []
    if facts.rounds:
        rounds = [
            (literal(each.round), each.predictions, each.points, two_decimals(each.average), each.rank or "–")
            for each in facts.rounds
        ]
        found.append(_table("Round by round", ("Round", "n", "Points", "Average", "Rank"), rounds))
    found.append(_table("What it predicts", ("Outcome", "Predicted", "Came true", "All models"), _habits(facts)))
    if facts.exact:
        exact = [(f"{literal(m.home)} – {literal(m.away)}", m.date, score(m.score), m.points) for m in facts.exact]
        found.append(_table("Exact scores", ("Match", "Date", "Score", "Points"), exact))
    return found


def _habits(facts: SeasonFacts) -> Iterable[Row]:
    mine, real, all_ = facts.habit, facts.played, facts.field_habit
    for name, key in (("Home win", "home"), ("Draw", "draw"), ("Away win", "away")):
        shares = [_percent(getattr(habit, key), habit.predictions) for habit in (mine, real, all_)]
        yield (name, f"{getattr(mine, key)} ({shares[0]})", f"{getattr(real, key)} ({shares[1]})", shares[2])
    goals = [two_decimals(Fraction(habit.goals, habit.predictions)) for habit in (mine, real, all_)]
    yield ("Goals a match", *goals)
    if facts.favourite:
        yield (f"Most often {score(facts.favourite)}", facts.favourite_times, "–", "–")


def _percent(part: int, whole: int) -> str:
    return f"{decimals(Fraction(100 * part, whole), 0)} %"


def not_in_the_numbers(facts: RoundFacts) -> list[str]:
    """Return paragraphs on the matches that are not in the numbers, and on those whose score was another before."""
    told = [f"{_fixture(match)} is void: it was {match.why}." for match in facts.of_state(VOID)]
    told += [f"{_fixture(match)} is over, but its score is not known yet." for match in facts.of_state(UNKNOWN)]
    if to_play := [_fixture(match) for match in facts.of_state(OPEN)]:
        told.append(f"Still to be played: {listed(to_play)}. This report is written again when that is done.")
    told += [
        f"The score of {_fixture(match)} was corrected: it was {score(match.was)} before."
        for match in facts.counted
        if match.was
    ]
    return [" ".join(told)] if told else []


def _fixture(match: RoundMatch) -> str:
    return f"{literal(match.home)} – {literal(match.away)}"


def note_of_round(facts: RoundFacts) -> str:
    """Return what the numbers of a report on a round are made of."""
    parts = [f"Points follow the rule {facts.rule}, on the score {BASIS[facts.basis]}."]
    if facts.table:
        parts.append(
            "The table counts the matches of this round and all that were settled and kicked off before its last one; "
            "before the round means the same without those of the round."
        )
    if not facts.is_complete:
        parts.append(f"Not complete: {len(facts.counted)} of {len(facts.matches)} matches are in these numbers.")
    return " ".join(parts)


def note_of_season(facts: SeasonFacts) -> str:
    """Return what the numbers of a report on a season are made of."""
    n, all_ = facts.total.predictions, facts.matches_counted
    parts = [f"Points follow the rule {facts.rule}, on the score {BASIS[facts.basis]}."]
    parts.append(f"The season has {count(all_, 'match', 'matches')} that count; the model predicted {n} of them.")
    if facts.rounds:
        parts.append("A rank after a round is that over all matches of this round and those before it.")
    return " ".join(parts)


def _matches(facts: RoundFacts) -> Iterable[Row]:
    for match in facts.matches:
        fixture = _fixture(match)
        if match.state == COUNTED:
            yield (fixture, _score(match), *match.chosen, f"{match.right} of {match.field}", match.exact)
        else:
            yield (fixture, match.why, *["–"] * 5)


def _score(match: RoundMatch) -> str:
    return score(match.score) if match.score else "–"


def _round(facts: RoundFacts) -> Iterable[Row]:
    for taken in facts.takings:
        yield (*_figures(taken), taken.tendency_hits, taken.exact_hits)


def _standings(facts: RoundFacts) -> Iterable[Row]:
    for line in facts.table:
        model, *figures = _figures(line.total)
        yield (model, line.rank, line.before or "–", *figures)


def _figures(taken: Takings) -> Row:
    return (literal(taken.model), taken.predictions, taken.points, two_decimals(taken.average))


def _table(title: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    """Return a heading and a table; the first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join([f"## {title}", "", *(f"| {' | '.join(map(str, line))} |" for line in lines)])
