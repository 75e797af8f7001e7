"""The names of the checks, and what breaks which of them."""

from collections.abc import Callable

from tests.content.verify.season import Played

LOST = "nothing is lost"
CHANGES = "every revision of a match says what changed"
RESULT = "results are what the changes made them"
AHEAD = "no change is of a revision that is still to come"
REFERENCES = "every reference leads somewhere"
SETTLED = "every match that counts has a settlement of its revision"
NOT_SETTLED = "no match that does not count is settled"
RESULTS = "settlements have the result, the basis and the rule of their match"
QUOTAS = "quotas are those of the rule"
SPLITS = "splits are those of the field"
HISTORY = "settlements are of revisions that were"
SCORED = "every prediction of a settled match has a score"
PLACED = "scores have the match, season, model and settlement of their prediction"
TIMING = "scores say rightly whether their prediction counts"
POINTS = "hits and points are those of the rule"
STRAY = "no score belongs to anything else"
TABLE = "model stats are the totals and streaks of the scores"
EXTRA = "no model stats without a counted score"
COUNTED = "every settled match is counted"
NOT_COUNTED = "no match is counted that is not settled"
RECORDS = "match stats have the revision, kickoff and season of their match"
VERSIONS = "versions grow with the kickoff, up to the season's"
PROGRESS = "every match that is over or was worked on has progress"
STANDING = "progress stands at a step of the pipeline, at the revision of its match"
SCHEDULES = "at most one schedule for each step, none for what is done"
WRITTEN = "every settled match has a roundup"
PRESENT = "roundups are of the present revision and table"
VOIDS = "roundups say that their match is void if it is"
NUMBERS = "versions of a roundup are numbered from 1 without a gap"
TEXTS = "every text is a version of its roundup"
BY_HAND = "texts edited by hand were saved by hand"
DECIDED = "roundups were published with a version, and kept back by a decision"
TOLD = "public roundups tell the goals, quotas and points that hold"
HASH = "facts of public roundups have the hash that is kept with them"
REPORTED = "every round that is over has a report, and reports are of the table that holds"
REPORT_PINS = "reports are pinned to what they are about"
REPORT_NUMBERS = "versions of a report are numbered from 1 without a gap"
REPORT_TEXTS = "every text is a version of its report"
REPORT_DECIDED = "reports are kept back by a decision"
REPORT_TOLD = "public reports tell the points that hold"
REPORT_ANEW = "public reports are what would be written now"
ANEW = "facts of public roundups, collected anew, have the same hash"
REWORDED = "texts of public roundups are those of their writer"

Damage = Callable[[Played], object]


class Damages(dict[str, tuple[Damage, set[str]]]):
    """Kinds of damage by name: what does it, past the services, and the checks that have to find it."""

    def breaks(self, *checks: str) -> Callable[[Damage], Damage]:
        def register(damage: Damage) -> Damage:
            self[damage.__name__.replace("_", " ")] = damage, set(checks)
            return damage

        return register
