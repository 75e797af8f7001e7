"""Compares the database with what follows from the machine's facts, after every step."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count

from content.collect import collect_facts
from content.models import Roundup
from content.verify import verify
from scoring.models import Match, MatchProgress, Score, Season, Settlement
from scoring.rules import Goals
from stats.models import MatchStats, ModelStats
from stats.rebuild import rebuild_season
from tests.machine import queue
from tests.machine.world import Counted, Earned, Line, Scored, World, table


@dataclass
class Ledger:
    """What was seen so far: how each revision of a match has to be settled, and what each season has counted.

    `statuses`: what was decided about the roundup of a match; `by_hand`: the headline that an editor gave it.
    `lost`: something was taken out of the queue, so that work may stand still until somebody catches up.
    """

    world: World
    revisions: dict[int, int] = field(default_factory=dict)
    scored: dict[tuple[int, int], Scored | None] = field(default_factory=dict)
    versions: dict[int, int] = field(default_factory=dict)
    counted: dict[int, dict[int, Counted]] = field(default_factory=dict)
    lines: dict[int, dict[str, Line]] = field(default_factory=dict)
    statuses: dict[int, str] = field(default_factory=dict)
    by_hand: dict[int, str] = field(default_factory=dict)
    first_status: str = "published"
    lost: bool = False

    def check(self) -> None:
        connection.check_constraints()
        self._note_revisions()
        self._check_scores()
        self._check_stats()
        self._check_work()
        self._check_decisions()
        self._check_public()

    def _note_revisions(self) -> None:
        worked_on = dict(MatchProgress.objects.values_list("match_id", "revision"))
        for match in queue.all_matches():
            known = self.world.matches[match.pk]
            assert (match.kickoff, match.status, match.phases) == (known.kickoff, known.status, known.phases), match
            now = self.world.scored(known)
            grown = match.revision - self.revisions.get(match.pk, match.revision)
            assert grown in (0, 1), f"{match}: {grown} revisions at once"
            before = self.scored.setdefault((match.pk, match.revision), now)
            if known.is_over or match.pk in worked_on:
                assert before == now, f"{match}: what it is scored by changed, and its revision did not"
                assert worked_on.get(match.pk) == match.revision, f"{match}: its pipeline was not started"
            self.scored[match.pk, match.revision] = now
            self.revisions[match.pk] = match.revision

    def _check_scores(self) -> None:
        settled = list(Settlement.objects.current())
        scores = _scores()
        for settlement in settled:
            expected = self.scored[settlement.match_id, settlement.revision]
            seen = _as_scored(settlement, scores.pop(settlement.match_id, {}))
            assert seen == expected, f"match {settlement.match_id} at revision {settlement.revision}"
        assert scores == {}, "scores without a current settlement"

    def _check_stats(self) -> None:
        for season in Season.objects.all():
            if self.versions.get(season.pk, 0) != season.stats_version:
                self._note_version(season)
            assert _lines(season) == self.lines.get(season.pk, {}), f"{season}, version {season.stats_version}"
            counted = self.counted.get(season.pk, {})
            recorded = MatchStats.objects.filter(season=season).values_list("match_id", "revision", "kickoff")
            assert sorted(recorded) == sorted((c.pk, c.revision, c.kickoff) for c in counted.values())

    def _note_version(self, season: Season) -> None:
        """A match that moved and was not counted since keeps its place in the tables up to a match until it is."""
        rows = Settlement.objects.current().filter(match__season=season).values_list("match_id", "revision")
        now = [
            Counted(pk, self.world.matches[pk].kickoff, revision, scored.earned)
            for pk, revision in rows
            if (scored := self.scored[pk, revision]) is not None
        ]
        before = self.counted.get(season.pk, {})
        self.lines[season.pk] = table(now)
        self.counted[season.pk] = {
            c.pk: before[c.pk] if c.pk in before and before[c.pk].revision == c.revision else c for c in now
        }
        self.versions[season.pk] = season.stats_version

    def _check_work(self) -> None:
        funcs = queue.schedules()
        names = [(schedule.func, schedule.args) for schedule in funcs]
        assert len(names) == len(set(names)), f"scheduled twice: {names}"
        assert queue.needless() == [], "scheduled, though all is done"
        if not self.lost:
            coming = queue.on_their_way()
            stuck = [MatchProgress.objects.filter(pk=pk).values().get() for pk in queue.stuck(coming)]
            assert not stuck, f"{stuck} wait for a step that nothing will do; on their way are {coming}"

    def _check_decisions(self) -> None:
        """Nobody but an editor changes what was decided about a roundup, or a text that was changed by hand."""
        for roundup in Roundup.objects.select_related("waiting"):
            status = self.statuses.setdefault(roundup.match_id, self.first_status)
            by_hand = roundup.headline if roundup.edited_by else None
            assert (roundup.status, by_hand) == (status, self.by_hand.get(roundup.match_id)), roundup

    def _check_public(self) -> None:
        for roundup in Roundup.objects.public().select_related("match__stats", "match__season"):
            self.check_article(roundup)

    def check_finished(self) -> None:
        """Once all work is done, every match that counts is settled, counted, and has its true roundup."""
        for pk, known in self.world.matches.items():
            match = Match.objects.get(pk=pk)
            current = Settlement.objects.current().filter(match=match).first()
            assert (current and current.revision) == (match.revision if self.world.scored(known) else None), match
        assert [match for match in unwritten() if not self._is_kept_back(match)] == []
        assert list(MatchProgress.objects.unfinished()) == []
        for roundup in Roundup.objects.public():
            assert collect_facts(roundup.match_id).facts.hash() == roundup.facts_hash, f"{roundup.match}: other facts"

    def check_the_end(self) -> None:
        """Other eyes than these find nothing wrong either."""
        self.check_finished()
        for season in Season.objects.all():
            assert rebuild_season(season.pk).differences == ()
        report = verify(finished=True, facts=True)
        assert report.ok, str(report)

    def _is_kept_back(self, match: Match) -> bool:
        """By its status, or because it was changed by hand; then what a writer wrote anew waits beside it."""
        roundup = Roundup.objects.up_to_date().get(match=match)
        return self.statuses[match.pk] != "published" or (match.pk in self.by_hand and roundup.waiting is not None)

    def check_article(self, roundup: Roundup) -> None:
        """The facts of a public roundup are those of the settlement, the scores and the table that stand beside it."""
        match, facts = roundup.match, roundup.facts
        assert Settlement.objects.current().get(match=match).revision == roundup.revision == match.revision
        scored = self.scored[match.pk, match.revision]
        assert scored is not None
        assert (Goals(*facts["counted"]), facts["home"]) == (scored.goals, self.world.matches[match.pk].home)
        assert (facts["rule"], facts["basis"]) == (scored.rule, scored.basis)
        assert {tip["model"]: _of_tip(tip) for tip in facts["tips"]} == scored.earned
        counted = self.counted[match.season_id]
        until = [c for c in counted.values() if c.kickoff < match.kickoff]
        assert _told(facts["before"]) == table(until), f"{match}: the table before"
        assert _told(facts["after"]) == table([*until, counted[match.pk]]), f"{match}: the table after"
        assert facts["matches_after"] == len(until) + 1


def _scores() -> dict[int, dict[str, Earned]]:
    found: dict[int, dict[str, Earned]] = {}
    for row in Score.objects.select_related("model", "settlement"):
        assert row.settlement.match_id == row.match_id
        assert row.settlement.superseded_at is None
        parts = (row.tendency_points, row.difference_points, row.exact_points)
        hits = (row.tendency_hit, row.difference_hit, row.exact_hit)
        known = None if row.points is None else tuple(part or 0 for part in parts)
        earned = Earned(str(row.timing), hits, known)  # type: ignore[arg-type]  # three parts, as the line above says
        assert earned.points == row.points
        found.setdefault(row.match_id, {})[row.model.name] = earned
    return found


def _as_scored(row: Settlement, earned: Mapping[str, Earned]) -> Scored:
    quotas = (row.quota_home, row.quota_draw, row.quota_away)
    return Scored(row.goals, row.basis, row.rule, row.split, quotas, earned)


def _lines(season: Season) -> dict[str, Line]:
    return {
        row.model.name: Line(
            row.predictions,
            row.points,
            (row.tendency_hits, row.goal_difference_hits, row.exact_hits),
            row.current_streak,
            row.best_streak,
        )
        for row in ModelStats.objects.filter(season=season).select_related("model")
    }


def _told(standings: list[dict[str, int]]) -> dict[str, Line]:
    return {
        str(row["model"]): Line(
            row["predictions"],
            row["points"],
            (row["tendency_hits"], row["goal_difference_hits"], row["exact_hits"]),
            row["current_streak"],
            row["best_streak"],
        )
        for row in standings
    }


def _of_tip(tip: dict[str, bool | int | str | None]) -> Earned:
    parts = (int(tip["tendency_points"] or 0), int(tip["difference_points"] or 0), int(tip["exact_points"] or 0))
    hits = (bool(tip["tendency_hit"]), bool(tip["difference_hit"]), bool(tip["exact_hit"]))
    return Earned(str(tip["timing"]), hits, None if tip["points"] is None else parts)


def doubled_settlements() -> list[int]:
    rows = Settlement.objects.current().values("match").annotate(n=Count("pk")).filter(n__gt=1)
    return list(rows.values_list("match_id", flat=True))


def unwritten() -> list[Match]:
    """Return the settled matches that have no roundup which readers may see."""
    public = Roundup.objects.public().values("match")
    return list(Match.objects.settled().exclude(pk__in=public))
