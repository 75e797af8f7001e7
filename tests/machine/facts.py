"""Rules of the machine for what people and files put in."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from operator import le
from typing import Any

from django.utils import timezone

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule

from scoring import rules
from scoring.models import AIModel, Competition, Match, Merge, Season, Team
from scoring.rules import Goals, Phases
from scoring.services import (
    MatchImportError,
    NewPrediction,
    PredictionError,
    Result,
    ResultError,
    change_competition,
    change_match,
    create_match,
    import_matches,
    record_result,
    save_predictions,
)
from tests.interruptions import DeadError, interrupted
from tests.machine.ledger import Ledger
from tests.machine.world import Played, Tip, World

DAYS = (-5, -4, -4, -3, -2, 1, 3)
MODELS = ("Ada", "Bob", "Cleo", "Dan")
SEASONS = ("Cup 2025", "Cup 2026")

goals = st.builds(Goals, st.integers(0, 3), st.integers(0, 3))
days = st.sampled_from(DAYS)
deaths = st.one_of(st.none(), st.none(), st.none(), st.integers(1, 25))
"""The statement at which the process dies that does it; mostly it lives."""


class FactRules(RuleBasedStateMachine):
    """Everything that changes a fact goes through its service, and is noted in the world if it was committed."""

    matches: Bundle[int] = Bundle("matches")

    def __init__(self) -> None:
        super().__init__()
        self.now = timezone.now().replace(second=0, microsecond=0)
        self.world = World()
        self.ledger = Ledger(self.world)
        competition = Competition.objects.create(name="Cup")
        self.seasons = [Season.objects.create(competition=competition, label=n[-4:], name=n) for n in SEASONS]
        self.models = {name: AIModel.objects.create(name=name) for name in MODELS}

    def kickoff(self, day: int) -> datetime:
        return self.now + timedelta(days=day)

    def committed(self, service: Callable[[], Any], death: int | None) -> bool:
        """Calls a service, in a process that dies at a statement; returns whether it came to its end.

        A match that is over can't begin in days to come: what would make it so is refused.
        """
        try:
            with interrupted(death):
                service()
        except DeadError:
            return False
        except (ResultError, MatchImportError) as refused:
            if "still to come" not in str(refused):
                raise
            return False
        return True

    def change(self, pk: int, death: int | None, fields: dict[str, Any], **known: Any) -> None:
        """Changes fields of a match, and notes what is then known of it."""
        if self.committed(lambda: change_match(pk, fields, by="a machine", reason="because"), death):
            self.world.matches[pk] = replace(self.world.matches[pk], **known)

    @rule(target=matches, day=days, second=st.integers(0, 4), score=st.one_of(st.none(), goals))
    def a_match(self, day: int, second: int, score: Goals | None) -> int:
        assume(score is None or day < 2)
        return self.create(day, second, score)

    def create(self, day: int, second: int, score: Goals | None) -> int:
        number = len(self.world.matches)
        season = self.seasons[second == 4]
        moment = self.kickoff(day)
        told: dict[str, Any] = {}
        if score is not None:
            told = {"status": "finished", "full_time_home": score.home, "full_time_away": score.away}
        home, away = (Team.objects.get_or_create(name=f"{side} {number}")[0] for side in ("Home", "Away"))
        fields = {"home": home, "away": away, "kickoff": moment, "date": moment.date(), "round": "1", **told}
        pk = create_match(season, fields, by="a machine").match.pk
        status = "scheduled" if score is None else "finished"
        played = Played(pk, season.pk, home.name, away.name, moment, status, Phases(full_time=score), score is None)
        self.world.matches[pk] = played
        return pk

    @rule(pk=matches, score=st.one_of(st.none(), goals), death=deaths)
    def a_file_brings(self, pk: int, score: Goals | None, death: int | None) -> None:
        """A file has this match and perhaps a score: it adds to what a person recorded, and corrects another file."""
        known = self.world.matches[pk]
        match = Match.objects.get(pk=pk)
        row: dict[str, Any] = {"date": match.date.isoformat(), "round": "1", "team1": known.home, "team2": known.away}
        row |= {"time": f"{known.kickoff:%H:%M} UTC+0", **({"score": {"ft": [*score]}} if score is not None else {})}
        takes = score is not None and self._takes_from_a_file(known)
        after = replace(known.phases, full_time=score) if takes else known.phases
        assume(after.extra_time is None or not takes or all(map(le, score or (), after.extra_time)))
        document = json.dumps({"name": match.season.name, "matches": [row]}).encode()
        if self.committed(lambda: import_matches(document, "cup.json"), death) and takes:
            source = known.imported or (known.status == "live" and (known.status, known.phases) != ("finished", after))
            self.world.matches[pk] = replace(known, status="finished", phases=after, imported=source)

    @rule(
        pk=matches,
        model=st.sampled_from(MODELS),
        score=goals,
        when=st.sampled_from([timedelta(hours=-1), timedelta(hours=1), timedelta(0), None]),
        death=deaths,
    )
    def predict(self, pk: int, model: str, score: Goals, when: timedelta | None, death: int | None) -> None:
        match = self.world.matches[pk]
        submitted = None if when is None else match.kickoff + when
        new = NewPrediction(pk, self.models[model].pk, score, None, submitted)
        before = match.tips.get(model)
        try:
            done = self.committed(lambda: save_predictions([new], by="a machine"), death)
        except PredictionError:
            merged = Merge.objects.standing().filter(old_name=model).exists()
            assert merged or (before is not None and (before.scoreline, before.submitted_at) != (score, submitted))
            return
        if done and before is None:
            match.tips[model] = Tip(score, submitted)
        elif done and before is not None:
            match.tips[model] = replace(before, scoreline=score, submitted_at=submitted or before.submitted_at)

    @rule(pk=matches, score=goals, death=deaths)
    def record(self, pk: int, score: Goals, death: int | None) -> None:
        phases = Phases(full_time=score)
        fields: dict[str, Any] = {f"{phase}_{side}": None for phase in ("extra_time", "shootout") for side in SIDES}
        fields |= {"status": "finished", "full_time_home": score.home, "full_time_away": score.away}
        self.change(pk, death, fields, **self._recorded(pk, phases))

    @rule(pk=matches, score=goals, more=goals, kicks=goals, death=deaths)
    def record_extra_time(self, pk: int, score: Goals, more: Goals, kicks: Goals, death: int | None) -> None:
        after = Goals(score.home + more.home, score.away + more.away)
        result = Result(full_time=score, extra_time=after, shootout=kicks)
        old = self.world.matches[pk].phases
        if self.committed(lambda: record_result(pk, result, by="a machine"), death):
            recorded = self._recorded(pk, Phases(old.half_time, score, after, kicks))
            self.world.matches[pk] = replace(self.world.matches[pk], **recorded)

    @rule(pk=matches, status=st.sampled_from(["abandoned", "cancelled", "awarded", "postponed", "live"]), death=deaths)
    def take_back(self, pk: int, status: str, death: int | None) -> None:
        self.change(pk, death, {"status": status}, status=status, **self._touched(pk, status))

    @rule(pk=matches, death=deaths)
    def reinstate(self, pk: int, death: int | None) -> None:
        self.change(pk, death, {"status": "finished"}, status="finished", **self._touched(pk, "finished"))

    @rule(pk=matches, death=deaths)
    def forget_the_score(self, pk: int, death: int | None) -> None:
        fields = {f"{phase}_{side}": None for phase in ("full_time", "extra_time", "shootout") for side in SIDES}
        known = self.world.matches[pk].phases
        touched = self._touched(pk, None) if known != Phases() else {}
        self.change(pk, death, fields, phases=Phases(), **touched)

    @rule(pk=matches, day=days, death=deaths)
    def move(self, pk: int, day: int, death: int | None) -> None:
        moment = self.kickoff(min(day, 1))  # further ahead is refused for a match that has begun
        self.change(pk, death, {"kickoff": moment, "date": moment.date()}, kickoff=moment)

    @rule(
        basis=st.sampled_from([b.value for b in rules.Basis]),
        name=st.sampled_from(list(rules.RULES)),
        awarded=st.booleans(),
        death=deaths,
    )
    def change_the_rules(self, basis: str, name: str, awarded: bool, death: int | None) -> None:
        fields = {"basis": basis, "rule": name, "score_awarded": awarded}
        competition = self.seasons[0].competition_id
        if self.committed(lambda: change_competition(competition, fields, by="a machine"), death):
            self.world.basis, self.world.rule, self.world.score_awarded = basis, name, awarded

    def _recorded(self, pk: int, phases: Phases) -> dict[str, Any]:
        known = self.world.matches[pk]
        same = (known.status, known.phases) == ("finished", phases)
        return {"status": "finished", "phases": phases, **({} if same else {"imported": False})}

    def _takes_from_a_file(self, known: Played) -> bool:
        if known.imported or known.status == "live":
            return known.status in ("scheduled", "live", "postponed", "finished")
        return known.status == "finished" and known.phases.full_time is None

    def _touched(self, pk: int, status: str | None) -> dict[str, bool]:
        """A person who changes the result owns it; who says what is known already changes nothing."""
        return {} if self.world.matches[pk].status == status else {"imported": False}


SIDES = ("home", "away")
