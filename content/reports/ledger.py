"""The ledger of a report: everything that the facts of a round, or of a model's season, allow to be said."""

from collections.abc import Iterable, Sequence

from content.check.builder import Builder
from content.check.terms import Ledger, Scope
from content.reports import storylines
from content.reports.facts import (
    OPEN,
    UNKNOWN,
    VOID,
    RoundFacts,
    RoundMatch,
    SeasonFacts,
    SeasonMatch,
    TableLine,
    Takings,
)


def ledger_of(facts: RoundFacts | SeasonFacts) -> Ledger:
    """Return what may be said of a round or of a model's season; for `content.check.check_against`."""
    return _of_round(facts) if isinstance(facts, RoundFacts) else _of_season(facts)


def _setting(facts: RoundFacts | SeasonFacts, ledger: Builder) -> None:
    ledger.entity(facts.season, "season")
    ledger.entity(facts.competition, "competition")
    ledger.entity(facts.rule, "rule")
    ledger.flag(f"basis {facts.basis}", True)


def _of_round(facts: RoundFacts) -> Ledger:
    ledger = Builder(*(Scope(_key(match), match.home, match.away) for match in facts.matches))
    _setting(facts, ledger)
    ledger.entity(facts.round, "round")
    for taken in facts.takings:
        _takings(taken, ("round", "match"), ledger)
    for match in facts.matches:
        _match(match, ledger)
    _sums(facts, ledger)
    _round_relations(facts, ledger)
    _table(facts.table, ledger)
    return ledger.ledger()


def _key(match: RoundMatch | SeasonMatch) -> str:
    return f"{match.home} – {match.away}, {match.date}"


def _takings(taken: Takings, roles: Sequence[str], ledger: Builder) -> None:
    who = [taken.model] if taken.model else []
    ledger.entity(taken.model, "model")
    if not taken.model:
        roles = (*roles, "all")
    ledger.put(taken.points, "point", who, *roles)
    ledger.put(taken.predictions, "prediction", who, *roles)
    ledger.put(taken.average, "average", who, *roles)
    ledger.put(taken.tendency_hits, "outcome", who, *roles)
    ledger.put(taken.predictions - taken.tendency_hits, "miss", who, *roles)
    ledger.put(taken.difference_hits, "difference", who, *roles)
    ledger.put(taken.exact_hits, "exact", who, *roles)


def _match(match: RoundMatch, ledger: Builder) -> None:
    scope = _key(match)
    for team in (match.home, match.away):
        ledger.entity(team, "team")
        ledger.relate("played", team, scope=scope)
    ledger.put(match.date, "date", (), "kickoff", scope=scope)
    for score, role in ((match.score, "final"), (match.score, "counted"), (match.was, "was")):
        ledger.put(score, "score", (), role, scope=scope)
    if match.score is not None:
        _result(match, ledger, scope)
        _hits(match, ledger, scope)


def _result(match: RoundMatch | SeasonMatch, ledger: Builder, scope: str) -> None:
    home, away = match.score or (0, 0)
    if home == away:
        for team in (match.home, match.away):
            ledger.relate("drew", team, scope=scope)
        return
    won, lost = (match.home, match.away) if home > away else (match.away, match.home)
    ledger.relate("won", won, scope=scope)
    ledger.relate("lost", lost, scope=scope)
    ledger.relate("beat", won, lost, scope=scope)


def _hits(match: RoundMatch, ledger: Builder, scope: str) -> None:
    ledger.put(match.field, "model", (), "field", scope=scope)
    ledger.put(match.field, "prediction", (), "all", scope=scope)
    ledger.put(match.right, "model", (), "outcome", scope=scope)
    ledger.put(match.right, "outcome", (), "all", scope=scope)
    ledger.put(match.exact, "model", (), "exact", scope=scope)
    ledger.put(match.exact, "exact", (), "all", scope=scope)
    for model in match.wrong_models:
        ledger.relate("wrong", model, scope=scope)
    for model in (*match.right_models, *match.wrong_models):
        ledger.relate("field", model, scope=scope)
    for model in match.right_models:
        for relation in ("outcome", f"tip:{match.tendency}"):
            ledger.relate(relation, model, scope=scope)
    tip = "" if match.score is None else f"tip:{match.score[0]}-{match.score[1]}"
    for model in match.exact_models:
        for relation in ("exact", "difference", tip):
            ledger.relate(relation, model, scope=scope)
        ledger.put(match.score, "score", [model], "tip", scope=scope)


def _sums(facts: RoundFacts, ledger: Builder) -> None:
    agreed = storylines.consensus(facts)
    counts = {
        "round": len(facts.matches),
        "counted": len(facts.counted),
        "void": len(facts.of_state(VOID)),
        "open": len(facts.of_state(OPEN)),
        "unknown": len(facts.of_state(UNKNOWN)),
        "consensus": agreed.matches,
        "consensus right": agreed.right,
        "consensus wrong": agreed.matches - agreed.right,
    }
    for role, count in counts.items():
        ledger.put(count, "match", (), role)
    ledger.put(facts.matches_in_table, "match", (), "table", "after")
    counted = facts.counted
    ledger.put(len(counted), "outcome", (), "round", "all")
    ledger.put(sum(match.field for match in counted), "prediction", (), "all", "round")
    for unit, values in (("outcome", [m.right for m in counted]), ("exact", [m.exact for m in counted])):
        ledger.put(sum(values), unit, (), "all", "round")
        ledger.put(sum(values), "model", (), unit, "round")


def _round_relations(facts: RoundFacts, ledger: Builder) -> None:
    best, worst = ([taken.model for taken in of(facts)] for of in (storylines.best, storylines.worst))
    told: dict[str, Iterable[str]] = {
        "most points": best,
        "fewest points": worst,
        "story best_round": best if len(best) == 1 else [],
        "story worst_round": worst if len(worst) == 1 else [],
        "perfect": storylines.perfect(facts),
        "points": [taken.model for taken in facts.takings if taken.points],
        "nothing": [taken.model for taken in facts.takings if not taken.points],
    }
    for relation, models in told.items():
        for model in models:
            ledger.relate(relation, model)


def _table(table: Iterable[TableLine], ledger: Builder) -> None:
    lines = list(table)
    first = [line.model for line in lines if line.rank == 1]
    were = [line.model for line in lines if line.before == 1]
    for line in lines:
        _takings(line.total, ["season"], ledger)
        ledger.put(line.rank, "rank", [line.model], "after")
        ledger.put(line.before, "rank", [line.model], "before")
        ledger.put(abs(line.climbed), "place", [line.model], "moved", "up" if line.climbed > 0 else "down")
        ledger.relate("rose" if line.climbed > 0 else "fell" if line.climbed < 0 else "stayed", line.model)
        ledger.relate("table", line.model)
    _first_places(first, were, ledger)
    for relation, moved in (("climb", 1), ("fall", -1)):
        most = max((moved * line.climbed for line in lines), default=0)
        for line in lines:
            if most > 0 and moved * line.climbed == most:
                ledger.relate(f"biggest {relation}", line.model)
    ledger.put(len(lines), "model", (), "table")
    ledger.flag("leader unchanged", set(first) == set(were))


def _first_places(first: Sequence[str], were: Sequence[str], ledger: Builder) -> None:
    for suffix, models in (("", first), (" before", were)):
        for model in models:
            ledger.relate(f"leader{suffix}", model)
            ledger.relate(f"{'sole' if len(models) == 1 else 'joint'} leader{suffix}", model)
    for model in first:
        ledger.relate("leader stays" if model in were else "new leader", model)
        if model in were and len(first) < len(were) and len(first) == 1:
            ledger.relate("leader now alone", model)


def _of_season(facts: SeasonFacts) -> Ledger:
    ledger = Builder(*(Scope(_key(match), match.home, match.away) for match in facts.matches))
    _setting(facts, ledger)
    me = [facts.model]
    for taken in (facts.total, facts.leader_total, facts.field):
        _takings(taken, ("season", "match"), ledger)
    for model in (*facts.level_with, *facts.leaders):
        ledger.entity(model, "model")
        ledger.relate("table", model)
    for model in facts.leaders:
        ledger.relate("leader", model)
        ledger.relate(f"{'sole' if len(facts.leaders) == 1 else 'joint'} leader", model)
        ledger.put(facts.leader_total.average, "average", [model], "season")
    for model in facts.level_with:
        ledger.relate("level", facts.model, model)
        ledger.relate("level", model, facts.model)
        ledger.put(facts.rank, "rank", [model], "after")
    ledger.relate("table", facts.model)
    ledger.put(facts.rank, "rank", me, "after")
    ledger.put(facts.models, "model", (), "table")
    ledger.put(facts.current_streak, "streak", me, "after")
    ledger.put(facts.best_streak, "streak", me, "best")
    ledger.put(facts.matches_counted, "match", (), "season")
    _way(facts, ledger)
    _matches(facts, ledger)
    return ledger.ledger()


def _way(facts: SeasonFacts, ledger: Builder) -> None:
    me = [facts.model]
    for each in facts.rounds:
        ledger.entity(each.round, "round")
        ledger.put(each.rank, "rank", me, "round")
        if each.predictions:
            ledger.put(each.points, "point", me, "round")
            ledger.put(each.predictions, "prediction", me, "round")
            ledger.put(each.average, "average", me, "round")
    ranks = [each.rank for each in facts.rounds if each.rank is not None]
    if ranks:
        ledger.put(ranks[0], "rank", me, "before")
        moved = "rose" if ranks[-1] < ranks[0] else "fell" if ranks[-1] > ranks[0] else "stayed"
        ledger.relate(moved, facts.model)
        ledger.put(ranks[-1], "rank", me, "after")


def _matches(facts: SeasonFacts, ledger: Builder) -> None:
    me = [facts.model]
    for match in facts.matches:
        ledger.entity(match.home, "team")
        ledger.entity(match.away, "team")
        scope = _key(match)
        ledger.put(match.score, "score", (), "final", scope=scope)
        ledger.put(match.score, "score", (), "counted", scope=scope)
        ledger.put(match.tip, "score", me, "tip", scope=scope)
        _result(match, ledger, scope)
        ledger.put(match.points, "point", me, "match")
        ledger.put(match.date, "date", (), "kickoff")
    most = max((match.points for match in facts.matches), default=0)
    ledger.put(most, "point", me, "most", "match")
    ledger.put(sum(match.points == most for match in facts.matches), "match", me, "most")
    ledger.put(sum(match.points == 0 for match in facts.matches), "match", me, "nothing")
    if facts.total.tendency_hits:
        ledger.relate("outcome", facts.model)
    if any(match.points == 0 for match in facts.matches):
        ledger.relate("nothing", facts.model)
    for match in facts.exact:
        for relation in ("exact", "outcome", "tip:{}-{}".format(*match.score)):
            ledger.relate(relation, facts.model, scope=_key(match))
