"""Records what the script says, one after the other, while the database and this very process are being killed.

What is done stands in a journal; what was under way when something died is simply recorded again: it was committed
as a whole or not at all, and the second time it changes nothing.
"""

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from scoring.models import Prediction
from scoring.rules import Goals
from scoring.services import (
    GoalFact,
    NewPrediction,
    Result,
    change_competition,
    change_match,
    record_result,
    save_predictions,
)
from scoring.services.exclusions import exclude_prediction, reinstate_prediction
from tests.torture.script import Action, Tip, script
from tests.torture.stage import Stage

BY = "the feeder"
AWAY = frozenset({None, "57P01", "57P02", "57P03", "08000", "08001", "08003", "08006"})
"""What PostgreSQL says when it goes, is not there, or comes back; no code at all: the connection broke."""


def reason(number: int) -> str:
    """Return what stands in the record of change as the reason of the action with this number."""
    return f"recording {number}"


def is_away(error: DatabaseError) -> bool:
    """Whether the database was not there, which somebody is doing to it; anything else is a fault of ours."""
    if connection.vendor != "postgresql" or not isinstance(error, OperationalError | InterfaceError):
        return False
    return getattr(error.__cause__, "sqlstate", None) in AWAY


class Feeder:
    """Goes through the actions; `allowed` is a file with the number of those that may be done by now."""

    def __init__(self, folder: Path, actions: list[Action]) -> None:
        self.stage = Stage.read(folder)
        self.actions = actions
        self.journal = folder / "journal.jsonl"
        self.allowed = folder / "allowed"

    def run(self) -> None:
        done = len(self.journal.read_text().splitlines()) if self.journal.exists() else 0
        for number, action in enumerate(self.actions[done:], start=done):
            while int(self.allowed.read_text() or 0) <= number:
                time.sleep(0.05)
            tries = self.record(number, action)
            with self.journal.open("a") as journal:
                journal.write(json.dumps({"number": number, "kind": action.kind, "tries": tries}) + "\n")

    def record(self, number: int, action: Action) -> int:
        """Does one action, however often the database goes away; returns how many tries that took."""
        tries = 1
        while True:
            try:
                self.perform(action, reason(number))
            except DatabaseError as error:
                if not is_away(error):
                    raise
                connection.close()
                tries += 1
                time.sleep(0.1)
            else:
                return tries

    def perform(self, action: Action, why: str) -> None:
        pk, values = self.stage.matches[action.match], action.values
        match action.kind:
            case "result" | "correction" | "reinstatement" | "repetition":
                record_result(pk, result(values), by=BY, reason=why)
            case "void":
                change_match(pk, values, by=BY, reason=why)
            case "move":
                kickoff: datetime = values["kickoff"]
                change_match(pk, {"kickoff": kickoff, "date": kickoff.date()}, by=BY, reason=why)
            case "prediction":
                save_predictions([self.prediction(pk, values["model"], values["tip"])], by=BY, reason=why)
            case "exclusion":
                exclude_prediction(self.prediction_id(pk, values["model"]), values["because"], by=BY, reason=why)
            case "return":
                reinstate_prediction(self.prediction_id(pk, values["model"]), by=BY, reason=why)
            case "rule":
                change_competition(
                    self.stage.competitions[values["season"]], {"rule": values["rule"]}, by=BY, reason=why
                )
            case _:
                raise ValueError(f"nobody knows how to do a {action.kind}")

    def prediction_id(self, match: int, place: int) -> int:
        return Prediction.objects.values_list("pk", flat=True).get(match=match, model=self.stage.models[place])

    def prediction(self, match: int, place: int, tip: Tip) -> NewPrediction:
        model = self.stage.models[place]
        return NewPrediction(match, model, Goals(*tip.scoreline), submitted_at=tip.submitted_at)


def result(values: dict[str, Any]) -> Result:
    """Return the result that an action tells; with `scorers` every goal has one, without there are no goals listed."""
    home, away = values["full_time"]
    if values["scorers"] is None:
        return Result(full_time=Goals(home, away))
    sides = ["home"] * home + ["away"] * away if values["scorers"] else []
    goals = [GoalFact(side, scorer=f"Number {place + 7}", minute=7 * place + 3) for place, side in enumerate(sides)]
    return Result(full_time=Goals(home, away), half_time=Goals(0, 0), goals=goals)


def main(folder: str, seed: int, matches: int, recordings: int) -> None:
    """Records everything that the script for these numbers says, from where the journal ends."""
    Feeder(Path(folder), script(seed, matches, recordings).actions).run()
