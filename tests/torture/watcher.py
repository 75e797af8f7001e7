"""A reader that looks at everything public, again and again, and writes down each roundup that is not true.

Each look is one consistent snapshot, so nothing can change between the article and the numbers it is held against.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Q, Sum
from django_q.models import Schedule

from content.collect import NotSettledError, NotYetError, collect_facts
from content.models import Roundup
from scoring.models import Score, Settlement
from tests.torture.feeder import is_away

PAUSE = 0.15
"""Seconds between two looks, or twice as long as the last one took: a watcher must not starve those it watches."""
THOROUGH = 2
"""So many roundups of each look have all their facts collected anew."""


@contextmanager
def snapshot() -> Iterator[None]:
    """One consistent reading, which locks nobody out."""
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def untrue(random: Random) -> tuple[int, list[str]]:
    """Look at every public roundup; return how many there are, and a line for each that is not true."""
    public = list(Roundup.objects.public().select_related("match").order_by("match_id"))
    settled = {row.match_id: row for row in Settlement.objects.current()}
    points = dict(Score.objects.order_by().values_list("match").annotate(Sum("points")))
    lines = [line for roundup in public for line in contradictions(roundup, settled.get(roundup.match_id), points)]
    for roundup in random.sample(public, min(THOROUGH, len(public))):
        lines += other_facts(roundup)
    return len(public), lines


def contradictions(roundup: Roundup, settlement: Settlement | None, points: dict[int, int | None]) -> list[str]:
    """Return what the article says otherwise than the match, its settlement and its scores."""
    match, facts = roundup.match, roundup.facts
    if settlement is None:
        return [f"match {match.pk} is not settled and has a public roundup"]
    result = [match.full_time_home, match.full_time_away]
    pairs: list[tuple[str, Any, Any]] = [
        ("status", "finished", match.status),
        ("settlement", settlement.revision, match.revision),
        ("revision", roundup.revision, match.revision),
        ("result", facts["counted"], result),
        ("settled result", facts["counted"], [settlement.home_goals, settlement.away_goals]),
        ("headline", f"{result[0]}–{result[1]}" in roundup.headline + roundup.text, True),
        ("rule", facts["rule"], settlement.rule),
        ("points", sum(tip["points"] or 0 for tip in facts["tips"]), points.get(match.pk) or 0),
    ]
    return [f"match {match.pk}, {what}: {says} is not {holds}" for what, says, holds in pairs if says != holds]


def other_facts(roundup: Roundup) -> list[str]:
    """Return whether the facts, collected anew in this snapshot, are others than the roundup's."""
    try:
        now = collect_facts(roundup.match_id).facts
    except NotYetError:
        return []  # an earlier match is about to be counted: the table shown beside the roundup is the old one, too
    except NotSettledError as why:
        return [f"match {roundup.match_id} has a public roundup and does not count: {why}"]
    if now.hash() == roundup.facts_hash:
        return []
    fresh = now.as_json()
    names = [name for name in fresh if fresh[name] != roundup.facts.get(name)]
    return [f"match {roundup.match_id} has other facts than its public roundup: {', '.join(names)}"]


def doubled() -> list[str]:
    """Return a line for each match that has more than one pending schedule."""
    names = Schedule.objects.order_by().values("name").annotate(rows=Count("pk")).filter(~Q(rows=1))
    return [f"schedule {row['name']} exists {row['rows']} times" for row in names]


def main(folder: str, seed: int) -> None:
    """Looks until it is killed; the latest count stands in `looks.json`, what is wrong in `sightings.jsonl`."""
    random = Random(f"watcher {seed}")
    looks = roundups = 0
    while True:
        began = time.monotonic()
        try:
            with snapshot():
                public, lines = untrue(random)
                lines += doubled()
        except DatabaseError as error:
            if not is_away(error):
                raise
            connection.close()
        else:
            looks, roundups = looks + 1, roundups + public
            _note(Path(folder), looks, roundups, lines)
        time.sleep(max(PAUSE, 2 * (time.monotonic() - began)))


def _note(folder: Path, looks: int, roundups: int, lines: list[str]) -> None:
    new = folder / "looks.new"
    new.write_text(json.dumps({"looks": looks, "roundups": roundups}))
    new.replace(folder / "looks.json")
    if lines:
        with (folder / "sightings.jsonl").open("a") as sightings:
            sightings.writelines(json.dumps({"look": looks, "what": line}) + "\n" for line in lines)
