"""Names in true prose put wrong: given to another, swapped, or unknown to the facts."""

import re
from random import Random

from content.facts import Standing
from tests.quality import names as pool
from tests.quality.changes.change import Edit, change
from tests.quality.claims.match import stranger_team
from tests.quality.prose import Named, Prose
from tests.quality.truth import Truth, other
from tests.quality.wording import name

DIRECTED = re.compile(
    r"\b(?:beat|beaten|defeat|defeated|won|win over|lost|went down|edged|overcame|saw off|too strong|too good)\b"
)
"""Words that say which of two sides did it to the other."""

RELATED = re.compile(r"\b(?:past|overt\w+|pass(?:es|ed)|above|below|behind)\b")
"""Words that say where two models stand to each other, which may be as true of a third."""


def _as(prose: Prose, text: str) -> str:
    return name(text) if prose.markdown else text


def _put(prose: Prose, named: Named, text: str, because: str) -> Edit:
    return Edit(named.start, named.end, _as(prose, text), because)


@change("name", "swapped teams")
def swapped_teams(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    """Swaps the two sides in a sentence that says who beat whom, or gives their score."""
    if not truth.winner or truth.facts.shootout is not None:
        return None
    fits = []
    for span in prose.sentences:
        roles = [named.role for named in prose.names_in(span) if named.role in ("home", "away")]
        said = prose.masked[slice(*span)]
        if {"home", "away"} == set(roles) and (DIRECTED.search(said) or re.search("\ue000 \\d+–\\d+ \ue000", said)):
            fits.append(span)
    if not fits:
        return None
    span = chance.choice(fits)
    text, end = "", span[0]
    for named in prose.names_in(span):
        if named.role in ("home", "away"):
            text += prose.text[end : named.start] + _as(prose, truth.facts.team(other(named.role)))
            end = named.end
    return Edit(*span, text + prose.text[end : span[1]], f"{truth.facts.team(truth.winner)} won")


@change("name", "wrong scorer")
def wrong_scorer(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    """Gives a scorer's minutes, which follow his name in brackets, to another scorer of the match."""
    fits = []
    for named in prose.of("player"):
        if re.match(r" \(\d", prose.text[named.end :]):
            mine = truth.minutes_of(named.name)
            fits += [
                (named, g.name) for g in truth.goals if g.name != named.name and not mine & truth.minutes_of(g.name)
            ]
    if not fits:
        return None
    named, wrong = chance.choice(fits)
    return _put(prose, named, wrong, f"these minutes are {named.name}'s")


@change("name", "scorer to the other side")
def other_side(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    """Changes the team in a sentence that lists scorers of one side with their minutes."""
    fits = []
    for span in prose.sentences:
        teams = [named for named in prose.names_in(span) if named.role in ("home", "away")]
        if len(teams) == 1 and re.search("\ue000 \\(\\d", prose.masked[slice(*span)]):
            fits += teams
    fits = [named for named in fits if prose.text[named.start :].startswith(_as(prose, named.name))]
    if not fits or truth.facts.home == truth.facts.away:
        return None
    named = chance.choice(fits)
    return _put(prose, named, truth.facts.team(other(named.role)), f"they scored for {named.name}")


def _unknown(prose: Prose, chance: Random, role: str, strangers: tuple[str, ...]) -> Edit | None:
    found = prose.of(role)
    if not found:
        return None
    return _put(prose, chance.choice(found), chance.choice(strangers), "no such name in the facts")


@change("name", "unknown model")
def unknown_model(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    known = {named for role, named in prose._roles() if role == "model"}
    absent = tuple(model for model in (*pool.STRANGERS_MODELS, *pool.MODELS) if model not in known)
    return _unknown(prose, chance, "model", absent)


@change("name", "unknown player")
def unknown_player(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    return _unknown(prose, chance, "player", pool.STRANGERS_PLAYERS)


@change("name", "unknown team")
def unknown_team(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    return _unknown(prose, chance, chance.choice(["home", "away"]), (stranger_team(truth, chance),))


@change("name", "venue")
def venue(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    others = tuple(place for place in (*pool.STRANGERS_VENUES, *pool.VENUES) if place not in (truth.facts.venue, ""))
    return _unknown(prose, chance, "venue", others)


@change("name", "competition")
def competition(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    others = (*pool.STRANGERS_COMPETITIONS, *pool.COMPETITIONS)
    return _unknown(prose, chance, "competition", tuple(c for c in others if c != truth.facts.competition))


@change("name", "round")
def round_(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    others = ("Matchday 2", "Matchday 5", "Matchday 29", "Quarter-final", "Play-off")
    return _unknown(prose, chance, "round", tuple(r for r in others if r != truth.facts.round))


@change("name", "deed given to another model")
def deed(prose: Prose, truth: Truth, chance: Random) -> Edit | None:
    """Puts another model of the field for one, that differs from it in all a sentence may tell of a model."""
    fits = []
    for named in prose.of("model"):
        span = prose.sentence_at(named.start)
        if RELATED.search(prose.masked[slice(*span)]):
            continue
        there = {n.name for n in prose.names_in(span)}
        fits += [(named, model) for model in truth.after if model not in there and _differ(truth, named.name, model)]
    if not fits:
        return None
    named, wrong = chance.choice(fits)
    return _put(prose, named, wrong, f"that is told of {named.name}")


def _differ(truth: Truth, one: str, two: str) -> bool:
    """Whether two models of the field differ in their tip, what it was, points, rank, average and runs."""
    mine, theirs = _all_of(truth, one), _all_of(truth, two)
    return bool(mine and theirs) and all(a != b for a, b in zip(mine, theirs, strict=True))


def _all_of(truth: Truth, model: str) -> list[object]:
    """Return what a sentence may tell of a model of the field that was in the table before; else an empty list."""
    tips = {tip.model: tip for tip in truth.tips}
    before, after = truth.before.get(model), truth.after.get(model)
    if model not in tips or before is None or after is None:
        return []
    tip = tips[model]
    moved = before.rank - after.rank
    round_so_far = [form.this_round for form in truth.facts.form if form.model == model]
    in_the_round = [(taken.points if taken else 0) + (tip.points or 0) for taken in round_so_far]
    return [tip.scoreline, tip.tendency_hit, tip.points, moved, *in_the_round, *_line(before), *_line(after)]


def _line(line: Standing) -> tuple[object, ...]:
    # An average may be told to two decimals.
    return line.rank, line.points, round(100 * line.points / line.predictions), line.current_streak, line.exact_hits
