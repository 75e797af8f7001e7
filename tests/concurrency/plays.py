"""What the processes do: each function runs in a process of its own, on the database of its stage."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule

from content import spending
from content.catching_up import catch_up
from content.facts import MatchFacts
from content.models import Attempt, Roundup, Spending
from content.tasks import write_roundup
from content.verify import verify
from content.writers import Article, TemplateWriter
from scoring.models import Match, Score, Season, Settlement
from scoring.rules import Goals
from scoring.services import (
    NewPrediction,
    Result,
    change_competition,
    create_match,
    merge_models,
    record_result,
    save_predictions,
)
from scoring.tasks import score_match
from stats.models import MatchStats
from stats.rebuild import rebuild_season
from tests.factories import a_match, a_model, a_season, a_team, predictions
from tests.queue import enqueue_due, run_one

MODELS = 12
PIPELINE = ["content.tasks.write_roundup", "content.tasks.write_season_roundups"]


def set_up(matches: int, days_apart: float = 1.0, from_now: int = -20) -> list[int]:
    """A new competition and season of matches that have begun (so many days from now), with everybody's predictions."""
    title = f"Cup {uuid4().hex[:8]}"
    season = a_season(f"{title} 2026")
    first = timezone.now().replace(microsecond=0) + timedelta(days=from_now)
    ids = []
    for number in range(matches):
        kickoff = first + timedelta(days=days_apart * number)
        match = a_match(f"{title} {number}", f"{title} guests {number}", kickoff=kickoff, season=season)
        tips = {f"Model {n}": ((n * 7 + number) % 4, (n * 5 + number) % 3) for n in range(MODELS)}
        predictions(match, tips, before=timedelta(hours=2))
        ids.append(match.pk)
    return ids


def record(match_id: int, home: int, away: int) -> str:
    return str(record_result(match_id, Result(full_time=Goals(home, away)), by="a crowd", reason="because"))


def work(quiet: int = 2) -> int:
    """Does everything that is due or comes due within a minute, as a worker, until nothing is there; returns how much.

    Fails if anything that it ran failed.
    """
    broker, done, idle = get_broker(), 0, 0
    while idle < quiet:
        enqueue_due()
        taken = broker.dequeue() or []
        for pk, payload in taken:
            ran = run_one(OrmQ(pk=pk, key=broker.list_key, payload=payload))
            assert ran.success, str(ran)
            done += 1
        idle = 0 if taken else idle + 1
    return done


def counts(match_id: int) -> dict[str, int]:
    """How many of everything there may be one of, or one for each prediction, there are for a match."""
    func_and_args = [(row.task["func"], row.task["args"]) for row in OrmQ.objects.all()]
    roundup = Roundup.objects.filter(match=match_id).first()
    return {
        "current settlements": Settlement.objects.current().filter(match=match_id).count(),
        "scores": Score.objects.filter(match=match_id).count(),
        "queued counts": func_and_args.count(("stats.tasks.calculate_stats", (match_id,))),
        "counted": MatchStats.objects.filter(match=match_id).count(),
        "schedules": Schedule.objects.filter(func__in=PIPELINE, args=f"({match_id},)").count(),
        "roundups": Roundup.objects.filter(match=match_id).count(),
        "versions": roundup.versions.count() if roundup else 0,
    }


def state(match_ids: Sequence[int]) -> list[tuple[int, int, int, int, bool]]:
    """Of each match: revision, that of its settlement, its stats and its roundup, and whether that is public."""
    return [
        (
            Match.objects.get(pk=pk).revision,
            Settlement.objects.current().get(match=pk).revision,
            MatchStats.objects.get(match=pk).revision,
            Roundup.objects.get(match=pk).revision,
            Roundup.objects.public().filter(match=pk).exists(),
        )
        for pk in match_ids
    ]


def names_of_rules(competition_id: int) -> set[str]:
    rows = Settlement.objects.current().filter(match__season__competition=competition_id)
    return set(rows.values_list("rule", flat=True))


def season_of(match_id: int) -> tuple[int, int]:
    """Return the ids of the season and of the competition of a match."""
    return Match.objects.values_list("season", "season__competition").get(pk=match_id)


def lose_the_queue() -> int:
    """Return how many rows of the queue, and schedules of roundups, are gone now."""
    return int(OrmQ.objects.all().delete()[0]) + int(Schedule.objects.filter(func__in=PIPELINE).delete()[0])


def queued_twice() -> list[str]:
    """Return what stands in the queue, or is scheduled, more than once."""
    rows = [f"{row.task['func']}{row.task['args']}" for row in OrmQ.objects.all()]
    rows += [f"{row.func}{row.args}" for row in Schedule.objects.filter(func__in=PIPELINE)]
    return sorted(row for row, number in Counter(rows).items() if number > 1)


def a_second_name(match_ids: Sequence[int]) -> tuple[int, int]:
    """Return a new model with a prediction for each match, and another without any, which it will become."""
    title = uuid4().hex[:8]
    for match in Match.objects.filter(pk__in=match_ids):
        predictions(match, {f"Same {title}": (1, 1)})
    return a_model(f"Same {title}").pk, a_model(f"As {title}").pk


def merge(extra: int, into: int) -> str:
    return str(merge_models(extra, into, by="a crowd", reason="one and the same"))


def change_rule(competition_id: int, fields: dict[str, str]) -> int:
    return change_competition(competition_id, fields, by="a crowd").matches


def sweep() -> str:
    return str(catch_up(everything=True))


def wrong() -> list[str]:
    """Return everything that is not as it must be when all work is done."""
    report = verify(finished=True, facts=True)
    lines = [line for found in report.checks if found.failed for line in (str(found), *found.lines)]
    return lines + [
        line for pk in Season.objects.values_list("pk", flat=True) for line in rebuild_season(pk).differences
    ]


class SlowWriter:
    """Writes as the template writer does, but says when it has begun and waits until it may go on."""

    def __init__(self, begun: Any, go_on: Any) -> None:
        self.begun, self.go_on = begun, go_on

    def write(self, facts: MatchFacts) -> Article:
        self.begun.set()
        assert self.go_on.wait(60)
        return TemplateWriter().write(facts)


def write_slowly(match_id: int, begun: Any, go_on: Any) -> str:
    with patch("content.services.default_writer", lambda: SlowWriter(begun, go_on)):
        return write_roundup(match_id)


def write_late(enough: Any, match_id: int, begun: Any, go_on: Any) -> str:
    """The same beside a test: it ends by itself."""
    return write_slowly(match_id, begun, go_on)


def take_a_call(match_id: int, calls: int, cost: str) -> bool:
    """Begins one call of a language model within a day's budget, as a writer does; returns whether it might."""
    attempt = Attempt(match_id=match_id, subject="a match", facts_hash="0" * 64, writer="llm", language_model="small")
    with override_settings(LLM_DAILY_CALLS=calls, LLM_DAILY_COST=Decimal(cost)):
        try:
            spending.begin(attempt, Decimal("0.3"))
        except spending.NoMoreCallsError:
            return False
    return True


def a_new_day() -> None:
    """Forgets what was spent: a day's budget is one for all matches, and so for all rounds of a test."""
    Attempt.objects.all().delete()
    Spending.objects.all().delete()


def spent() -> tuple[int, int, str]:
    """Return how many attempts there are, and what the day's budget says: calls, and cost to two decimals."""
    today = Spending.objects.get()
    return Attempt.objects.count(), today.calls, f"{today.cost:.2f}"


def correct_often(match_ids: Sequence[int], seed: int) -> int:
    """Records results of matches, one after the other; returns how many were news."""
    chance = Random(seed)
    told = [record(chance.choice(match_ids), chance.randrange(4), chance.randrange(4)) for _ in range(12)]
    return sum("nothing new" not in line for line in told)


@contextmanager
def pausing_before(sql: str, begun: Any, go_on: Any) -> Iterator[None]:
    """Stops once, before the first statement that has this in it: says that it has begun, and waits to go on."""

    def pause(execute: Any, statement: str, *call: Any) -> Any:
        if sql in statement and not begun.is_set():
            begun.set()
            assert go_on.wait(60)
        return execute(statement, *call)

    with connection.execute_wrapper(pause):
        yield


def predict_slowly(enough: Any, match_id: int, begun: Any, go_on: Any) -> str:
    """Hands in a prediction of a new model, and stops after its match was looked at."""
    new = NewPrediction(match_id, a_model("Latecomer").pk, Goals(1, 0))
    with pausing_before('INSERT INTO "scoring_prediction"', begun, go_on):
        return str(save_predictions([new], by="a crowd"))


def merge_slowly(enough: Any, extra: int, into: int, begun: Any, go_on: Any) -> str:
    """Makes one model of two, and stops before its predictions move."""
    with pausing_before('UPDATE "scoring_prediction"', begun, go_on):
        return merge(extra, into)


def change_rule_slowly(enough: Any, competition_id: int, begun: Any, go_on: Any) -> int:
    """Gives a competition another rule, and stops after its matches were locked."""
    with pausing_before('FROM "scoring_season"', begun, go_on):
        return change_competition(competition_id, {"rule": "fixed-2-3-4"}, by="a crowd").matches


def finish_and_settle(enough: Any, match_id: int, done: Any) -> str:
    record(match_id, 2, 1)
    score_match(match_id)
    done.set()
    return "settled"


def create_and_settle(enough: Any, season_id: int, done: Any) -> int:
    """Writes down a match that is over already, and settles it."""
    season = Season.objects.get(pk=season_id)
    kickoff = timezone.now().replace(microsecond=0) - timedelta(days=3)
    fields = {"home": a_team("Late"), "away": a_team("Later"), "kickoff": kickoff, "date": kickoff.date()}
    told = {"status": "finished", "full_time_home": 1, "full_time_away": 0}
    match = create_match(season, {**fields, **told}, by="a crowd").match
    score_match(match.pk)
    done.set()
    return match.pk


def watch(enough: Any, match_ids: Sequence[int]) -> tuple[int, list[str]]:
    """Looks at the public roundups of matches, and at their pages, all the time.

    Returns how often, and what was seen that should not have been.
    """
    seen, looks, browser = [], 0, Client(SERVER_NAME="localhost")
    while not enough.is_set():
        looks += 1
        seen += [line for pk in match_ids for line in (*_public(pk), *_page(browser, pk))]
    return looks, sorted(set(seen))


@contextmanager
def one_moment() -> Iterator[None]:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _public(match_id: int) -> Iterator[str]:
    """What is public agrees, at any one moment, with the match, its settlement, its scores and its stats."""
    with one_moment():
        roundup = Roundup.objects.public().with_match().filter(match=match_id).first()
        if roundup is None:
            return
        match, facts = roundup.match, roundup.facts
        settlement = Settlement.objects.current().filter(match=match_id).first()
        points = dict(Score.objects.filter(match=match_id).values_list("model__name", "points"))
    goals = list(match.goals_of("full_time") or ())
    if settlement is None or settlement.revision != match.revision or [*settlement.goals] != goals:
        yield f"match {match_id}: public at revision {roundup.revision}, and not settled so"
    if facts["full_time"] != goals or facts["counted"] != goals:
        yield f"match {match_id}: says {facts['counted']}, and it is {goals}"
    if {tip["model"]: tip["points"] for tip in facts["tips"]} != points:
        yield f"match {match_id}: says other points than its scores"


def _standing(match_id: int) -> tuple[int, int]:
    match = Match.objects.select_related("stats").get(pk=match_id)
    return match.revision, match.stats.version if hasattr(match, "stats") else 0


def _page(browser: Client, match_id: int) -> Iterator[str]:
    """A page shows no roundup that was out of date already when the page was asked for."""
    revision, version = _standing(match_id)
    answer = browser.get(f"/roundups/{match_id}/")
    edition = (answer.context or {}).get("edition")
    if answer.status_code >= 500:
        yield f"match {match_id}: its page answers {answer.status_code}"
    if edition and (edition.roundup.revision < revision or edition.roundup.stats_version < version):
        yield f"match {match_id}: its page shows revision {edition.roundup.revision}, and {revision} was known"
