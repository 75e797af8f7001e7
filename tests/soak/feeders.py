"""What people, files and readers do all the time; each in a process of its own (see `feeding`)."""

import json
import sys
import time
import traceback
from collections.abc import Iterator
from random import Random

from content.models import Roundup
from scoring.models import Match
from scoring.rules import Goals
from scoring.services import Result, change_match, import_matches, import_predictions, record_result
from tests.soak import season
from tests.soak.done import PASSWORD, SHOWN, Done
from tests.web import Visitor


def importing(done: Done, chance: Random, site: str) -> Iterator[None]:
    """Season after season comes in, round by round, with predictions; files with corrections come between."""
    for number in range(chance.randrange(10**6), 10**9):
        for first in range(0, season.MATCHES, season.A_ROUND):
            numbers = range(first, first + season.A_ROUND)
            import_matches(season.matches_file(number, numbers, chance, played=0), "rounds.json")
            import_predictions(season.predictions_file(number, numbers, chance), "tips.csv")
            done.counts["imports"] += 2
            yield
            import_matches(season.matches_file(number, range(numbers.stop), chance, played=0.4), "scores.json")
            done.counts["imports"] += 1
            yield


def recording(done: Done, chance: Random, site: str) -> Iterator[None]:
    """A person records results and corrections, calls matches off, and moves them."""
    while True:
        match = Match.objects.order_by("?").first()
        if match and chance.random() < 0.85:
            result = Result(full_time=Goals(chance.randrange(4), chance.randrange(4)))
            known = match.is_over
            changed = record_result(match.pk, result, by="a person", reason="seen again").changed
            done.counts["corrections" if known else "results"] += bool(changed)
        elif match:
            status = chance.choice(["cancelled", "abandoned", "postponed", "finished"])
            change_match(match.pk, {"status": status}, by="a person", reason="called off")
            done.counts["corrections"] += 1
        yield


def editing(done: Done, chance: Random, site: str) -> Iterator[None]:
    """A person looks at the admin's pages and corrects results there."""
    person = Visitor(site)
    signed_in = {"username": "operator", "password": PASSWORD}
    done.page("/admin/login/", lambda: person.submit("/admin/login/", signed_in))
    lists = ["scoring/match/", "content/roundup/", "scoring/score/", "django_q/ormq/", "scoring/prediction/", ""]
    while True:
        for path in lists:
            done.page(f"/admin/{path}", lambda path=path: person.get(f"/admin/{path}"))  # type: ignore[misc]
            yield
        match = Match.objects.filter(status="finished").order_by("?").first()
        if match:
            score = {"full_time_home": str(chance.randrange(4)), "full_time_away": str(chance.randrange(4))}
            form = {**score, "reason": "seen again"}
            address = f"/admin/scoring/match/{match.pk}/change/"
            done.page("the match's form", lambda: person.submit(address, form, button="_save"))  # noqa: B023
            done.counts["corrections in the admin"] += 1
        yield


def reading(done: Done, chance: Random, site: str) -> Iterator[None]:
    """A reader looks at the front page and at roundups."""
    reader = Visitor(site)
    while True:
        done.page("/", lambda: reader.get("/"))
        yield
        chosen = Roundup.objects.order_by("?").values_list("match", flat=True).first()
        if chosen:
            done.page("a roundup", lambda: reader.get(f"/roundups/{chosen}/"))  # noqa: B023
        yield


PAUSE = {importing: 1.0, recording: 0.5, editing: 0.3, reading: 0.1}
"""Seconds between two things that somebody does."""


def main(kind: str, seed: str, seconds: str, site: str) -> None:
    """Does what the kind of feeder does for so long, and writes what came of it to stdout, as JSON."""
    feeder = next(feeder for feeder in PAUSE if feeder.__name__ == kind)
    done, end = Done(), time.monotonic() + float(seconds)
    try:
        for _ in feeder(done, Random(f"{kind} {seed}"), site):
            if time.monotonic() > end:
                break
            time.sleep(PAUSE[feeder])
    except Exception:  # noqa: BLE001  it is told with the rest, and makes the run fail
        done.errors.append(traceback.format_exc())
    sys.stdout.write(json.dumps({**vars(done), "errors": done.errors[:SHOWN]}))
