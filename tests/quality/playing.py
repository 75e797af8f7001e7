"""Facts of a whole season without a database: matches and who predicted them in, facts in kickoff order out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from content.course import Score, Scorer, with_running
from content.demo import forecasters
from content.demo.forecasters import FORECASTERS
from content.facts import Field, MatchFacts, Tip
from content.history import Played, around
from content.storylines.picture import Hit
from scoring import rules
from scoring.rules import RULES, Goals, Grade, Split, Tendency

Tips = Mapping[str, Score]


@dataclass(frozen=True)
class Game:
    """A match as it was played; `tips` are the predictions that count, by model."""

    home: str
    away: str
    kickoff: datetime
    round: str
    full_time: Score
    half_time: Score | None = None
    goals: tuple[Scorer, ...] = ()
    venue: str = ""
    group: str = ""
    extra_time: Score | None = None
    shootout: Score | None = None
    rivalry: str = ""


def forecast(games: Sequence[Game]) -> list[Tips]:
    """Return what the rule-based forecasters of the demo predict for each match, from what was known before it."""
    played = [forecasters.Played(g.home, g.away, g.kickoff, Goals(*g.full_time)) for g in games]
    fixtures = [forecasters.Fixture(g.home, g.away, g.kickoff) for g in games]
    return [
        {f.name: (said.home, said.away) for f in FORECASTERS for said in [f.predict(fixture, before).goals]}
        for fixture in fixtures
        for before in [forecasters.known(fixture, played)]
    ]


@dataclass(frozen=True)
class Scoring:
    """How a season is scored."""

    rule: str = "quota-2-6"
    basis: str = "regular_time"

    def counted(self, game: Game) -> Score:
        """Return the score that predictions count on."""
        if self.basis == "regular_time":
            return game.full_time
        played = game.extra_time or game.full_time
        if self.basis == "after_extra_time" or game.shootout is None:
            return played
        return played[0] + game.shootout[0], played[1] + game.shootout[1]


USUAL = Scoring()


def season_facts(name: str, games: Sequence[Game], tips: Sequence[Tips], scoring: Scoring = USUAL) -> list[MatchFacts]:
    """Return the facts of every match of a season; games and tips by kickoff."""
    settled = [_settled(game, given, scoring) for game, given in zip(games, tips, strict=True)]
    facts = []
    for n, (game, (match, earned)) in enumerate(zip(games, settled, strict=True)):
        earlier = [other for other, _ in settled[:n] if other.kickoff < match.kickoff]
        facts.append(_facts((name, scoring), game, match, earned, earlier))
    return facts


def _settled(game: Game, tips: Tips, scoring: Scoring) -> tuple[Played, tuple[Tip, ...]]:
    counted = scoring.counted(game)
    split = _split(tips)
    earned = sorted(
        (_tip(model, Goals(*tip), Goals(*counted), split, scoring.rule) for model, tip in tips.items()),
        key=lambda tip: (-(tip.points or 0), tip.model.casefold()),
    )
    hits = tuple(Hit(t.model, t.tendency_hit, t.difference_hit, t.exact_hit, t.points or 0) for t in earned)
    match = Played(
        kickoff=game.kickoff,
        round=game.round,
        awarded=False,
        half_time=game.half_time,
        full_time=game.full_time,
        extra_time=game.extra_time,
        shootout=game.shootout,
        counted=counted,
        split=(split.home, split.draw, split.away),
        goals=game.goals,
        hits=hits,
    )
    return match, tuple(earned)


def _split(tips: Tips) -> Split:
    chosen = [rules.tendency(Goals(*tip)) for tip in tips.values()]
    return Split(*(chosen.count(tendency) for tendency in Tendency))


def _tip(model: str, tip: Goals, result: Goals, split: Split, rule: str) -> Tip:
    grade = rules.grade(tip, result)
    points = RULES[rule].points(grade, split, rules.tendency(result))
    near, exact = grade in (Grade.DIFFERENCE, Grade.EXACT), grade is Grade.EXACT
    parts = (points.tendency, points.difference, points.exact, points.total)
    return Tip(model, (tip.home, tip.away), "in_time", grade is not Grade.WRONG, near, exact, *parts)


def _facts(
    of: tuple[str, Scoring], game: Game, match: Played, tips: tuple[Tip, ...], earlier: Sequence[Played]
) -> MatchFacts:
    (name, scoring), season = of, around(match, earlier)
    rule = RULES[scoring.rule]
    quotas = rule.quotas(Split(*match.split))
    return MatchFacts(
        home=game.home,
        away=game.away,
        competition=name.rpartition(" ")[0],
        season=name,
        round=game.round,
        group=game.group,
        venue=game.venue,
        date=game.kickoff.date().isoformat(),
        kickoff=game.kickoff.isoformat(),
        time_known=True,
        awarded=False,
        half_time=game.half_time,
        full_time=game.full_time,
        extra_time=game.extra_time,
        shootout=game.shootout,
        basis=scoring.basis,
        counted=match.counted,
        rule=rule.name,
        rule_version=rule.version,
        goals=with_running(match, game.goals),
        field=Field(*match.split, *(quotas.get(tendency) for tendency in Tendency)),
        tips=tips,
        before=season.before,
        after=season.after,
        matches_after=len(earlier) + 1,
        corrections=(),
        rivalry=game.rivalry,
        form=season.form,
        history=season.history,
    )
