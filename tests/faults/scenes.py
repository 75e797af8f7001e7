"""The steps and services that are stopped at each of their statements, each with the state that it starts from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import OrmQ

from content import editing
from content.catching_up import catch_up
from content.models import Roundup
from content.ordering import order_again
from scoring import pipeline
from scoring.models import Match, MatchProgress, Prediction
from scoring.rules import Goals
from scoring.services import (
    NewPrediction,
    change_competition,
    change_match,
    exclude_prediction,
    import_matches,
    import_predictions,
    merge_models,
    save_predictions,
)
from tests.factories import a_match, a_model, finish, predictions
from tests.queue import enqueue_due, run_one, run_queue
from tests.scoring.documents import document, entry

TIPS = {"Ada": (2, 1), "Bob": (1, 1), "Cleo": (0, 2)}
BEGUN = timezone.now().replace(second=0, microsecond=0) - timedelta(days=9)

Act = Callable[[], object]


@dataclass(frozen=True)
class Scene:
    """`prepare` brings about the state that it starts from and returns what is done. `task`: the queue delivers it.

    `lost`: it starts with work that nothing in flight would do, which is what it is there for.
    """

    name: str
    prepare: Callable[[], Act]
    task: bool = True
    lost: bool = False

    def __str__(self) -> str:
        return self.name


def played() -> list[Match]:
    """Two matches, a day apart, that have begun."""
    matches = [a_match(f"Home {n}", f"Away {n}", kickoff=BEGUN + timedelta(days=n)) for n in range(2)]
    for match in matches:
        predictions(match, TIPS)
    return matches


def ended() -> Match:
    """A match that is over, with nothing done yet, beside one that is still open."""
    first = played()[0]
    finish(first, 2, 1)
    return first


def recorded() -> list[Match]:
    matches = played()
    for match in matches:
        finish(match, 2, 1)
    return matches


def many() -> None:
    """Two matches that came together, where two are many: a task for their season does the work."""
    recorded()
    OrmQ.objects.all().delete()
    with transaction.atomic():
        pipeline.restart(list(Match.objects.all()), 0, season_task_above=1)


def written() -> list[Match]:
    """Two matches about which everything is done."""
    matches = recorded()
    run_queue()
    return matches


def corrected() -> Match:
    first = written()[0]
    finish(first, 0, 2)
    return first


def voided() -> Match:
    first = written()[0]
    change_match(first.pk, {"status": "cancelled"}, by="a person", reason="because")
    return first


def when_due(path: str, *facts: Callable[[], object]) -> Callable[[], Act]:
    """Brings about facts, and lets a worker work until this task is next; it stays in the queue, as it does in life."""

    def prepare() -> Act:
        for fact in facts:
            fact()
        while True:
            enqueue_due()
            row = OrmQ.objects.earliest("pk")
            if row.task["func"] == path:
                function, args = import_string(path), row.task["args"]
                return lambda: function(*args)
            run_one(row)

    return prepare


def lost() -> list[Match]:
    """Matches at different steps, all of them out of the queue."""
    matches = recorded()
    when_due("content.tasks.write_roundup")()
    finish(matches[0], 0, 2)
    OrmQ.objects.all().delete()
    later = timezone.now() - timedelta(hours=1)
    MatchProgress.objects.update(next_try=later, queued_at=later, changed_at=later)
    return matches


def order() -> None:
    order_again([written()[0].pk])


def edited() -> Roundup:
    """A roundup that a person changed by hand, beside which a new version waits."""
    roundup = Roundup.objects.get(match=written()[0])
    draft = editing.Draft("By hand", "Another text.")
    editing.edit(roundup.pk, draft, by="an editor", reason="better", seen_version=1)
    finish(roundup.match, 0, 2)
    run_queue()
    return Roundup.objects.get(pk=roundup.pk)


def by_hand() -> Act:
    roundup = Roundup.objects.get(match=written()[0])
    draft = editing.Draft("By hand", "Another text.")
    return lambda: editing.edit(roundup.pk, draft, by="an editor", reason="better", seen_version=1)


def taken() -> Act:
    roundup = edited()
    return lambda: editing.take_waiting(roundup.pk, by="an editor", reason="", seen_version=3)


def correct_again() -> None:
    finish(edited().match, 3, 3)


def joined() -> Act:
    matches, late = written(), a_model("Dan")
    new = [NewPrediction(match.pk, late.pk, Goals(1, 0)) for match in matches]
    return lambda: save_predictions(new, by="a person")


def ruled() -> Act:
    owner = written()[0].season.competition_id
    return lambda: change_competition(owner, {"rule": "fixed-2-3-4"}, by="a person")


def excluded() -> Act:
    tip = Prediction.objects.get(match=written()[0], model__name="Ada")
    return lambda: exclude_prediction(tip.pk, "voided", by="a person", reason="a copy")


def merged() -> Act:
    extra, into = a_model("Ada 1"), a_model("Ada 2")
    for match in played():
        predictions(match, {extra.name: (3, 0)})
        finish(match, 2, 1)
    run_queue()
    return lambda: merge_models(extra.pk, into.pk, by="a person", reason="the same")


def brought() -> Act:
    """A file with a correction, a new result and a new match."""
    when = {"date": f"{BEGUN:%Y-%m-%d}", "time": f"{BEGUN:%H:%M} UTC+0"}
    first = entry("Home 0", "Away 0", **when, score={"ft": [2, 1]})
    import_matches(document(first), "cup.json")
    predictions(Match.objects.get(), TIPS)
    run_queue()
    rows = [{**first, "score": {"ft": [0, 1]}}, entry("New", "Newer", **when, score={"ft": [3, 3]})]
    return lambda: import_matches(document(*rows), "cup.json")


def handed_in() -> Act:
    written()
    row = f"Dan,{BEGUN:%Y-%m-%d},Home 0,Away 0,1,0\n".encode()
    lines = [b"model,date,home_team,away_team,home_goals,away_goals\n", row]
    return lambda: import_predictions(lines, "tips.csv")


def swept() -> Act:
    lost()
    return catch_up


def result() -> Act:
    match = played()[0]
    return lambda: finish(match, 2, 1)


def correction() -> Act:
    match = written()[0]
    return lambda: finish(match, 0, 2)


REPORT = "content.tasks.write_round_report"
SCORE, COUNT, WRITE = (
    "scoring.tasks.score_match",
    "stats.tasks.calculate_stats",
    "content.tasks.write_roundup",
)
SCORE_ALL, COUNT_ALL, WRITE_ALL = (
    "scoring.tasks.score_season",
    "stats.tasks.calculate_season_stats",
    "content.tasks.write_season_roundups",
)
SCENES = [
    Scene("a result is recorded", result, task=False),
    Scene("a result is corrected", correction, task=False),
    Scene("a match is scored", when_due(SCORE, ended)),
    Scene("a corrected match is scored", when_due(SCORE, corrected)),
    Scene("a void match is scored", when_due(SCORE, voided)),
    Scene("a match is counted", when_due(COUNT, ended)),
    Scene("a corrected match is counted", when_due(COUNT, corrected)),
    Scene("a void match is counted", when_due(COUNT, voided)),
    Scene("a roundup", when_due(WRITE, ended)),
    Scene("a corrected roundup", when_due(WRITE, corrected)),
    Scene("the roundup of a void match", when_due(WRITE, voided)),
    Scene("a roundup beside a text changed by hand", when_due(WRITE, correct_again)),
    Scene("a roundup written again", when_due(WRITE, order)),
    Scene("a season is scored", when_due(SCORE_ALL, many)),
    Scene("a season is counted", when_due(COUNT_ALL, many)),
    Scene("roundups of a season", when_due(WRITE_ALL, many)),
    Scene("a second look at a season", when_due(WRITE_ALL, corrected)),
    Scene("a report on a round", when_due(REPORT, recorded)),
    Scene("a report on a round again", when_due(REPORT, corrected)),
    Scene("a sweep", swept, lost=True),
    Scene("predictions join", joined, task=False),
    Scene("a file of predictions", handed_in, task=False),
    Scene("a file of matches", brought, task=False),
    Scene("a competition changes its rule", ruled, task=False),
    Scene("a prediction is excluded", excluded, task=False),
    Scene("two models become one", merged, task=False),
    Scene("a text is changed by hand", by_hand, task=False),
    Scene("what waits is taken", taken, task=False),
]
