"""What is left when the killing is over, held against the script: nothing lost, doubled or drifted.

The script knows what was recorded, so the facts, and the points that follow from them, are expected from it alone.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Count, F, Max
from django_q.models import Task

from content.models import Heartbeat, Report, ReportPin, Roundup, RoundupRevision
from scoring.models import Match, MatchProgress, Prediction, ResultChange, Score, Season, Settlement
from scoring.rules import RULES, Goals, Split, Tendency, grade, tendency
from stats.models import MatchStats, ModelStats
from stats.rebuild import rebuild_season
from tests.torture.feeder import reason
from tests.torture.script import Fixture, Script, script
from tests.torture.stage import Stage

RESTARTED = re.compile(r"(\d+) restarted")
WITHOUT_CHANGE = ("repetition", "rule")
"""Recordings that leave no change of one match: one says what is known, the other changes many matches."""


def lost(written: Script, stage: Stage) -> Iterator[str]:
    """Find what was recorded and is not there, and matches over whose work is not done."""
    recorded = Counter(ResultChange.objects.values_list("reason", flat=True))
    for number, action in enumerate(written.actions):
        if action.kind not in WITHOUT_CHANGE and not recorded[reason(number)]:
            yield f"recording {number}, a {action.kind} of match {stage.matches[action.match]}, left no change"
    matches = Match.objects.in_bulk(stage.matches)
    tips: dict[int, dict[int, Prediction]] = defaultdict(dict)
    for row in Prediction.objects.all():
        tips[row.match_id][row.model_id] = row
    for fixture in written.fixtures:
        match = matches[stage.matches[fixture.place]]
        yield from _wrong_facts(fixture, match)
        yield from _wrong_tips(fixture, match, stage, tips[match.pk])
    yield from undone(written, stage)


def _wrong_facts(fixture: Fixture, match: Match) -> Iterator[str]:
    full_time = None if match.full_time_home is None else (match.full_time_home, match.full_time_away)
    pairs = [
        ("status", fixture.status, match.status),
        ("full time", fixture.full_time, full_time),
        ("kickoff", fixture.kickoff, match.kickoff),
    ]
    for name, recorded, is_now in pairs:
        if recorded != is_now:
            yield f"match {match.pk}: the {name} recorded last was {recorded}, it is {is_now}"


def _wrong_tips(fixture: Fixture, match: Match, stage: Stage, rows: dict[int, Prediction]) -> Iterator[str]:
    expected = {
        stage.models[place]: (*tip.scoreline, tip.submitted_at, place in fixture.excluded)
        for place, tip in fixture.tips.items()
    }
    found = {pk: (row.home_goals, row.away_goals, row.submitted_at, row.excluded != "") for pk, row in rows.items()}
    for pk in expected.keys() | found.keys():
        if expected.get(pk) != found.get(pk):
            yield f"match {match.pk}: the prediction of model {pk} was {expected.get(pk)}, it is {found.get(pk)}"


def undone(written: Script, stage: Stage) -> Iterator[str]:
    """Find matches over that are not settled, counted and written about, or not taken back, as their status asks."""
    done = set(MatchProgress.objects.filter(step="", revision=F("match__revision")).values_list("pk", flat=True))
    settled = set(Settlement.objects.current().filter(revision=F("match__revision")).values_list("match", flat=True))
    counted = set(MatchStats.objects.filter(revision=F("match__revision")).values_list("match", flat=True))
    public = set(Roundup.objects.public().values_list("match", flat=True))
    told = ReportPin.objects.filter(report__in=Report.objects.public(), stats_version__isnull=False)
    reported = set(told.values_list("match", flat=True))
    for fixture in written.fixtures:
        pk = stage.matches[fixture.place]
        counts = fixture.status == "finished"
        for what, rows, wanted in (
            ("done", done, fixture.status != "scheduled"),
            ("settled", settled, counts),
            ("counted", counted, counts),
            ("written about", public, counts),
            ("reported on", reported, counts),
        ):
            if (pk in rows) != wanted:
                yield f"match {pk}, {fixture.status}, is {'' if pk in rows else 'not '}{what}"


def doubled(written: Script) -> Iterator[str]:
    """Find recordings that took effect twice, and roundups written twice from the same revision and table."""
    recorded = Counter(ResultChange.objects.values_list("reason", flat=True))
    for number, action in enumerate(written.actions):
        most = {"repetition": 0, "rule": len(written.fixtures)}.get(action.kind, 1)
        if recorded[reason(number)] > most:
            yield f"recording {number}, a {action.kind}, made {recorded[reason(number)]} changes"
    versions = RoundupRevision.objects.order_by().values_list("roundup__match", "revision", "stats_version")
    for match, revision, version, rows in versions.annotate(rows=Count("pk")).filter(rows__gt=1):
        yield f"match {match}: {rows} articles were written from revision {revision} and version {version}"
    for match, rows in Settlement.objects.current().order_by().values_list("match").annotate(Count("pk")):
        if rows > 1:
            yield f"match {match} has {rows} current settlements"


def expected_points(fixture: Fixture, rule_name: str) -> dict[int, int]:
    """Return place of the model → points, for the predictions of a finished match that count."""
    rule = RULES[rule_name]
    field = {
        place: Goals(*tip.scoreline)
        for place, tip in fixture.tips.items()
        if place not in fixture.excluded and (tip.submitted_at is None or tip.submitted_at < fixture.kickoff)
    }
    chosen = Counter(tendency(goals) for goals in field.values())
    split = Split(*(chosen[each] for each in Tendency))
    result = Goals(*fixture.full_time or (0, 0))
    return {place: rule.points(grade(goals, result), split, tendency(result)).total for place, goals in field.items()}


def drifted(written: Script, stage: Stage) -> Iterator[str]:
    """Find totals that are not those of the script, and rows that a rebuild from scratch would change."""
    totals: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for fixture in written.fixtures:
        if fixture.status == "finished":
            for place, points in expected_points(fixture, written.rules[fixture.season]).items():
                key = stage.competitions[fixture.season], stage.models[place]
                totals[key] += Counter(predictions=1)
                totals[key]["points"] += points
    rows = ModelStats.objects.values_list("season__competition", "model", "predictions", "points")
    found = {(competition, model): (predictions, points) for competition, model, predictions, points in rows}
    expected = {key: (total["predictions"], total["points"]) for key, total in totals.items()}
    for key in sorted(expected.keys() | found.keys()):
        if expected.get(key) != found.get(key):
            yield f"competition {key[0]}, model {key[1]}: {expected.get(key)} (count, points), it is {found.get(key)}"
    for pk in Season.objects.order_by("pk").values_list("pk", flat=True):
        yield from rebuild_season(pk).differences


def restarted() -> int:
    """Return how many matches catch_up found lost: each is one that a step should not have lost."""
    lines = Task.objects.filter(func="content.tasks.catch_up", success=True).values_list("result", flat=True)
    return sum(int(number) for line in lines for number in RESTARTED.findall(str(line)))


def main(folder: str, seed: int, matches: int, recordings: int) -> None:
    """Writes `verdict.json`: what is wrong, by kind, and how much there was to look at."""
    stage, written = Stage.read(Path(folder)), script(seed, matches, recordings)
    wrong = {
        "lost": list(lost(written, stage)),
        "doubled": list(doubled(written)),
        "drifted": list(drifted(written, stage)),
    }
    amounts = {
        "settlements": Settlement.objects.count(),
        "scores": Score.objects.count(),
        "articles": RoundupRevision.objects.count(),
        "clusters started": sum(1 + restarts for restarts in Heartbeat.objects.values_list("restarts", flat=True)),
        "matches restarted by catch_up": restarted(),
        "highest revision": Match.objects.aggregate(Max("revision"))["revision__max"],
    }
    (Path(folder) / "verdict.json").write_text(json.dumps({"wrong": wrong, "amounts": amounts}))
