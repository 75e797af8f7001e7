"""What the season's table before and after a match, and what the models had done before, allow to be said."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from content.check.builder import Builder
from content.facts import Form, MatchFacts, Standing


def add_table(facts: MatchFacts, ledger: Builder) -> None:
    """Adds ranks, totals, averages, runs and moves."""
    for line in (*facts.after, *facts.before):
        ledger.entity(line.model, "model")
    for line in facts.before:
        _line(line, "before", ledger)
    for line in facts.after:
        _line(line, "after", ledger)
    _everybody(facts, ledger)
    _places(facts.after, "", ledger)
    _places(facts.before, " before", ledger)
    _moves(facts, ledger)
    _streaks(facts, ledger)
    _matches(facts, ledger)
    for form in facts.form:
        _form(facts, form, ledger)
    _history(facts, ledger)


def average(line: Standing) -> Fraction:
    return Fraction(line.points, line.predictions) if line.predictions else Fraction(0)


def _line(line: Standing, when: str, ledger: Builder) -> None:
    who = [line.model]
    ledger.put(line.rank, "rank", who, when)
    ledger.put(average(line), "average", who, "season", when)
    ledger.put(line.points, "point", who, "season", when)
    ledger.put(line.predictions, "prediction", who, "season", when)
    ledger.put(line.tendency_hits, "outcome", who, "season", when)
    ledger.put(line.predictions - line.tendency_hits, "miss", who, "season", when)
    ledger.put(line.goal_difference_hits, "difference", who, "season", when)
    ledger.put(line.exact_hits, "exact", who, "season", when)
    ledger.put(line.current_streak, "streak", who, when)
    ledger.put(line.best_streak, "streak", who, "best", when)
    if line.predictions:
        for unit in ("tendency_hits", "exact_hits", "goal_difference_hits"):
            ledger.put(Fraction(getattr(line, unit), line.predictions), "share", who, unit, when)
    if when == "after":
        ledger.relate("table", line.model)
        told = ledger.facts.get(line.model)
        here = f"{line.rank}. with {line.points} points from {line.predictions} predictions ({decimals(average(line))})"
        ledger.facts[line.model] = f"{told}; {here}" if told else f"{line.model}: {here}"


def decimals(value: Fraction, places: int = 2) -> str:
    """Return a value to so many decimals, a half rounded up."""
    scaled = (value.numerator * 10**places * 2 + value.denominator) // (2 * value.denominator)
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}}" if places else str(whole)


def _everybody(facts: MatchFacts, ledger: Builder) -> None:
    for when, table in (("after", facts.after), ("before", facts.before)):
        if not table:
            continue
        made = sum(line.predictions for line in table)
        points = sum(line.points for line in table)
        hits = {
            "outcome": [line.tendency_hits for line in table],
            "exact": [line.exact_hits for line in table],
            "difference": [line.goal_difference_hits for line in table],
        }
        ledger.put(len(table), "model", (), "table", when)
        ledger.put(made, "prediction", (), "all", when)
        ledger.put(points, "point", (), "all", when)
        ledger.put(Fraction(points, made) if made else None, "average", (), "all", when)
        for unit, counts in hits.items():
            ledger.put(sum(counts), unit, (), "all", when)
            ledger.put(max(counts), unit, (), "most", when)
            ledger.put(Fraction(sum(counts), made) if made else None, "share", (), unit, when)
        ledger.put(made - sum(hits["outcome"]), "miss", (), "all", when)
        ledger.put(max(line.points for line in table), "point", (), "most season", when)
    for unit, attribute in (("exact", "exact_hits"), ("outcome", "tendency_hits"), ("points", "points")):
        most = max((getattr(line, attribute) for line in facts.after), default=0)
        for line in facts.after:
            if most and getattr(line, attribute) == most:
                ledger.relate(f"most {unit}", line.model)


def _first(table: Sequence[Standing]) -> list[str]:
    return [line.model for line in table if line.rank == 1]


def _places(table: Sequence[Standing], when: str, ledger: Builder) -> None:
    leaders, lowest = _first(table), max((line.rank for line in table), default=0)
    last = [line.model for line in table if line.rank == lowest and lowest > 1]
    for relation, models in (("leader", leaders), ("last", last)):
        for model in models:
            ledger.relate(f"{relation}{when}", model)
            ledger.relate(f"{'sole' if len(models) == 1 else 'joint'} {relation}{when}", model)
    if table and leaders:
        ledger.facts[f"leader{when}"] = f"{listed(leaders)} {'leads' if len(leaders) == 1 else 'lead'}{when}"
        ledger.flag(f"tie at the top{when}", len(leaders) > 1)


def listed(names: Iterable[str]) -> str:
    *rest, last = list(names)
    return f"{', '.join(rest)} and {last}" if rest else last


def _moves(facts: MatchFacts, ledger: Builder) -> None:
    before = {line.model: line.rank for line in facts.before}
    by = {line.model: before[line.model] - line.rank for line in facts.after if line.model in before}
    up, down = max(by.values(), default=0), -min(by.values(), default=0)
    for model, places in by.items():
        ledger.relate("rose" if places > 0 else "fell" if places < 0 else "stayed", model)
        ledger.put(abs(places), "place", [model], "moved", "up" if places > 0 else "down")
        if places and places in (up, -down):
            ledger.relate("biggest climb" if places > 0 else "biggest fall", model)
    for line in facts.after:
        if line.model not in before:
            ledger.relate("debut", line.model)
    ledger.put(up or None, "place", (), "up", "biggest")
    ledger.put(down or None, "place", (), "down", "biggest")
    ledger.flag("no move", by and not up and not down)
    _leaders(facts, ledger)


def _leaders(facts: MatchFacts, ledger: Builder) -> None:
    leaders, were = _first(facts.after), _first(facts.before)
    for model in leaders:
        ledger.relate("leader stays" if model in were else "new leader", model)
        if model in were and len(leaders) == 1 and len(were) > 1:
            ledger.relate("leader now alone", model)
    for model in were:
        if model not in leaders:
            ledger.relate("lost first place", model)
    ledger.flag("leader unchanged", leaders == were)
    _gap(facts.after, "after", ledger)
    _gap(facts.before, "before", ledger)


def _gap(table: Sequence[Standing], when: str, ledger: Builder) -> None:
    if len(table) > 1:
        first, second = table[:2]
        ledger.put(average(first) - average(second), "average", (), "top gap", when)


def _streaks(facts: MatchFacts, ledger: Builder) -> None:
    hit = {tip.model for tip in facts.in_time if tip.tendency_hit}
    missed = {tip.model for tip in facts.in_time if not tip.tendency_hit}
    before = {line.model: line for line in facts.before}
    for line in facts.before:
        if line.model in missed and line.current_streak:
            ledger.put(line.current_streak, "streak", [line.model], "ended")
            ledger.put(line.current_streak + 1, "prediction", [line.model], "ended")
            ledger.put(line.current_streak, "prediction", [line.model], "ended")
            ledger.relate("streak ended", line.model)
            if line.current_streak >= 2:
                ledger.relate("run ended", line.model)
    longest = max((line.current_streak for line in facts.after), default=0)
    for line in facts.after:
        if line.model in hit and line.model in before and before[line.model].current_streak:
            ledger.relate("right before", line.model)
        if line.current_streak == longest and longest > 1:
            ledger.relate("longest run", line.model)
        if line.current_streak == line.best_streak and line.current_streak > 1:
            ledger.relate("best run", line.model)
        ledger.relate("running" if line.current_streak > 1 else "no run", line.model)
    season_best = max((line.best_streak for line in facts.after), default=0)
    ledger.put(longest, "streak", (), "longest", "after")
    ledger.put(season_best, "streak", (), "season", "after")
    ledger.put(facts.history.longest_streak or None, "streak", (), "record", "before")


def _matches(facts: MatchFacts, ledger: Builder) -> None:
    ledger.put(facts.matches_after, "match", (), "table", "after")
    ledger.put(max(facts.matches_after - 1, 0), "match", (), "table", "before")


def _form(facts: MatchFacts, form: Form, ledger: Builder) -> None:
    tip = next((tip for tip in facts.in_time if tip.model == form.model), None)
    who = [form.model]
    before = next((line for line in facts.before if line.model == form.model), None)
    had_none = before is None or before.exact_hits == 0
    if tip is not None and tip.exact_hit:
        if had_none:
            ledger.relate("first exact", form.model)
        if form.since_exact is not None:
            ledger.put(form.since_exact, "prediction", who, "drought")
            ledger.put(form.since_exact + 1, "prediction", who, "drought with it")
        elif before is not None:
            ledger.put(before.predictions, "prediction", who, "drought")
            ledger.put(before.predictions + 1, "prediction", who, "drought with it")
    ledger.put(form.most_points, "point", who, "most", "season", "before")
    rounds = (("this_round", "round"), ("best_round", "best round"), ("worst_round", "worst round"))
    for attribute, role in rounds:
        takings = getattr(form, attribute)
        if takings is None:
            continue
        ledger.entity(takings.round, "round")
        ledger.relate(role, form.model, takings.round)
        points, predictions = takings.points, takings.predictions
        if attribute == "this_round" and tip is not None:
            ledger.put(points, "point", who, role, "before")
            points, predictions = points + (tip.points or 0), predictions + 1
        ledger.put(points, "point", who, role)
        ledger.put(predictions, "prediction", who, role)
        ledger.put(Fraction(points, predictions) if predictions else None, "average", who, role)


def _history(facts: MatchFacts, ledger: Builder) -> None:
    past = facts.history
    ledger.put(past.matches or None, "match", (), "season", "before")
    ledger.put(past.most_goals, "goal", (), "record", "before")
    ledger.put(past.most_points, "point", (), "record", "before")
    goals, most = sum(facts.last_score), max((tip.points or 0 for tip in facts.in_time), default=0)
    ledger.flag("most goals of the season", past.most_goals is not None and goals > past.most_goals)
    ledger.flag("most points of the season", past.most_points is not None and most > past.most_points)
    if past.fewest_right is not None:
        right, n = past.fewest_right
        ledger.put(right, "model", (), "record", "before")
        ledger.put(n, "model", (), "record size", "before")
        now = Fraction(facts.field.chosen(facts.tendency), facts.field.size) if facts.field.size else None
        ledger.flag("biggest miss of the season", now is not None and n and now < Fraction(right, n))
