"""Collecting facts: the same on every database, in few queries, only while the table holds still, ended at kickoff."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from content.collect import NotSettledError, NotYetError, collect_facts
from content.facts import MatchFacts, Scorer
from content.models import Roundup, RoundupRevision
from content.rechecking import facts_hash
from content.services import write_roundup
from content.storylines import storylines
from content.verify import verify
from scoring.models import Match
from scoring.rules import Goals
from scoring.services import GoalFact, Result, change_match, record_result, score_match
from stats.leaderboard import season_table
from tests.factories import KICKOFF, a_match, a_season, counted, finish, predictions
from tests.queue import run_queue

TIPS = {"Bee": (1, 0), "Cat": (0, 2), "Dog": (1, 1)}


def played(day: int, home: int = 2, away: int = 1, **fields: Any) -> Match:
    match = a_match(f"Home {day}", f"Away {day}", kickoff=KICKOFF + timedelta(days=day), **fields)
    predictions(match, TIPS)
    finish(match, home, away)
    return counted(match)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent, those that open and close transactions among them."""
    sent: list[str] = []
    with CaptureQueriesContext(connection) as context:
        yield sent
    sent += [query["sql"] for query in context.captured_queries]


@pytest.mark.django_db(transaction=True)
def test_facts_take_fewer_than_ten_queries_however_many_matches_were_before() -> None:
    numbers = []
    for day in range(5):
        match = played(day)
        with statements() as sent:
            collect_facts(match.pk)
        numbers.append(len(sent))
    # BEGIN and COMMIT among them, and on PostgreSQL the statement that makes it one consistent read.
    assert numbers == [9 if connection.vendor == "postgresql" else 8] * 5


@pytest.mark.django_db
def test_a_roundup_a_correction_and_a_rivalry_take_no_query_more() -> None:
    played(0)
    match = played(1)
    with statements() as plain:
        collect_facts(match.pk)
    run_queue()
    record_result(match.pk, Result(full_time=Goals(0, 0)), by="a test")
    run_queue()
    assert Roundup.objects.public().filter(match=match).exists()
    with statements() as corrected:
        facts = collect_facts(match.pk).facts
    assert (len(corrected), len(facts.corrections)) == (len(plain), 1)


@pytest.mark.django_db
def test_goals_are_in_order_with_the_score_after_each() -> None:
    match = a_match()
    goals = [
        GoalFact("home", "Soto", 45, None),
        GoalFact("home", "Ruiz", 45, 2),
        GoalFact("away", "Jones", 88, None),
        GoalFact("away", "Reid", 45, 1, own_goal=True),
    ]
    record_result(match.pk, Result(full_time=Goals(2, 2), goals=tuple(goals)), by="a test")
    counted(match)
    assert collect_facts(match.pk).facts.goals == (
        Scorer("home", "Soto", 45, None, False, False, (1, 0)),
        Scorer("away", "Reid", 45, 1, False, True, (1, 1)),
        Scorer("home", "Ruiz", 45, 2, False, False, (2, 1)),
        Scorer("away", "Jones", 88, None, False, False, (2, 2)),
    )


def drawn(seed: int) -> Iterator[Match]:
    """Settles and counts a season match by match, in kickoff order: late, void and unverified tips among them."""
    chance = random.Random(seed)
    models = [f"Model {number}" for number in range(6)]
    for day in range(12):
        match = a_match(f"Home {day}", f"Away {day}", kickoff=KICKOFF + timedelta(days=day), round=f"R{day // 4}")
        for model in chance.sample(models, chance.choice((0, 2, 6, 6))):
            before = chance.choice((timedelta(days=1), timedelta(days=1), timedelta(days=-1), None))
            predictions(match, {model: (chance.randint(0, 2), chance.randint(0, 2))}, before=before)
        finish(match, chance.randint(0, 2), chance.randint(0, 2))
        yield counted(match)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_tables_and_storylines_are_those_of_the_season_as_it_was_played(seed: int) -> None:
    before: list[tuple[object, ...]] = []
    told: list[str] = []
    for number, match in enumerate(drawn(seed)):
        facts = collect_facts(match.pk).facts
        after = table_now(match)
        assert (table_of(facts, "before"), table_of(facts, "after")) == (before, after)
        assert (facts.history.matches, facts.matches_after) == (number, number + 1)
        assert dict(facts.history.told) == {key: told.count(key) for key in told}
        assert [form.model for form in facts.form] == [tip.model for tip in facts.in_time]
        assert MatchFacts.from_json(facts.as_json()) == facts
        told += [storyline.key for storyline in storylines(facts)]
        before = after


def table_now(match: Match) -> list[tuple[object, ...]]:
    """The season's table as it is counted, which is another way to it."""
    rows = season_table(match.season_id).rows
    return [
        (row.rank, row.entry.model, *vars(row.entry.totals).values(), *vars(row.entry.streaks).values()) for row in rows
    ]


def table_of(facts: MatchFacts, name: str) -> list[tuple[object, ...]]:
    return [tuple(vars(line).values()) for line in getattr(facts, name)]


@pytest.mark.django_db
def test_history_ends_at_kickoff() -> None:
    """Later matches, and those of the same kickoff, change no facts that were collected before they came in."""
    matches = [played(day, round="1") for day in range(3)]
    before = [collect_facts(match.pk).facts.hash() for match in matches]
    played(2, 9, 0, round="2")
    played(5, 0, 4)
    assert [collect_facts(match.pk).facts.hash() for match in matches] == before


@pytest.mark.django_db
def test_the_table_is_of_the_matches_before_the_match_and_itself() -> None:
    first, second = played(0), played(1)
    twin = a_match("Twin", "Other", kickoff=second.kickoff)
    predictions(twin, {"Ewe": (2, 1)})
    finish(twin, 2, 1)
    counted(twin)
    facts = collect_facts(second.pk).facts
    assert [[line.model for line in table] for table in (facts.before, facts.after)] == [["Bee", "Cat", "Dog"]] * 2
    assert [line.predictions for line in facts.after] == [2, 2, 2]
    assert collect_facts(first.pk).facts.before == ()


@pytest.mark.django_db
def test_what_changes_in_an_earlier_match_changes_the_version_of_the_table() -> None:
    """Scorers, half-time and rounds are in the history of later matches, which never change under one version."""
    first, second = played(0), played(1)
    collected = collect_facts(second.pk)
    goals = (GoalFact("home", "Soto", 3, None), GoalFact("home", "Ruiz", 50, None), GoalFact("away", "Reid", 88, None))
    record_result(first.pk, Result(full_time=Goals(2, 1), goals=goals), by="a test")
    with pytest.raises(NotYetError, match="an earlier match of the season is still being counted"):
        collect_facts(second.pk)
    counted(first)
    again = collect_facts(second.pk)
    assert (collected.facts.history.times("early_goal"), again.facts.history.times("early_goal")) == (0, 1)
    assert again.stats_version > collected.stats_version
    change_match(first.pk, {"round": "Final"}, by="a test", reason="so it is called")
    counted(first)
    assert collect_facts(second.pk).stats_version > again.stats_version


@pytest.mark.django_db
def test_a_match_that_moves_over_another_makes_that_one_wait() -> None:
    first, second = played(0), played(1)
    change_match(first.pk, {"kickoff": KICKOFF + timedelta(days=3)}, by="a test", reason="moved")
    for _ in range(2):  # moved and not settled; settled and not counted
        with pytest.raises(NotYetError, match="an earlier match of the season is still being counted"):
            collect_facts(second.pk)
        score_match(first.pk, queue=False)
    counted(first)
    assert collect_facts(second.pk).facts.history.matches == 0
    assert collect_facts(first.pk).facts.history.matches == 1


@pytest.mark.django_db
def test_a_match_that_no_longer_counts_makes_later_ones_wait() -> None:
    first, second = played(0), played(1)
    record_result(first.pk, Result(status=Match.Status.ABANDONED), by="a test")
    score_match(first.pk, queue=False)
    with pytest.raises(NotSettledError, match="abandoned, so void"):
        collect_facts(first.pk)
    with pytest.raises(NotYetError, match="an earlier match of the season is still being counted"):
        collect_facts(second.pk)
    counted(first)
    assert collect_facts(second.pk).facts.before == ()


@pytest.mark.django_db
def test_what_is_not_settled_or_counted_yet_waits() -> None:
    match = played(0)
    record_result(match.pk, Result(full_time=Goals(0, 0)), by="a test")
    with pytest.raises(NotYetError, match="its result is still being settled or counted"):
        collect_facts(match.pk)
    score_match(match.pk, queue=False)
    with pytest.raises(NotYetError, match="its result is still being settled or counted"):
        collect_facts(match.pk)
    assert collect_facts(counted(match).pk).facts.counted == (0, 0)
    with pytest.raises(Match.DoesNotExist):
        collect_facts(0)


@pytest.mark.django_db
def test_another_season_is_no_history() -> None:
    played(0, season=a_season("World Cup 2022"))
    played(1)
    assert collect_facts(played(2).pk).facts.history.matches == 1


@pytest.mark.django_db
def test_a_late_tip_is_in_no_form_and_makes_its_field_say_less() -> None:
    match = a_match(kickoff=KICKOFF)
    predictions(match, {"Bee": (0, 1), "Cat": (0, 2)})
    predictions(match, {"Late": (2, 1)}, before=timedelta(days=-1))
    finish(match, 2, 1)
    facts = collect_facts(counted(match).pk).facts
    assert [form.model for form in facts.form] == ["Bee", "Cat"]
    assert {storyline.key for storyline in storylines(facts)} & {"nobody_saw_it", "no_points"} == set()
    later = played(1)
    assert collect_facts(later.pk).facts.history.times("nobody_saw_it") == 0


@pytest.mark.django_db
def test_roundups_of_an_earlier_version_of_the_facts_are_found_and_written_again() -> None:
    """After an upgrade: `verify --facts` names them, and `write_roundups --check` brings them up to date."""
    matches = [played(day) for day in range(3)]
    for match in matches:
        write_roundup(match.pk)
    first_version(Roundup.objects.get(match=matches[1]))
    report = verify(facts=True)
    assert report.failed == ("facts of public roundups, collected anew, have the same hash",)
    out = StringIO()
    call_command("write_roundups", "--check", stdout=out)
    assert out.getvalue() == (
        "3 compared with what would be written now, 1 differed.\n"
        f"  match {matches[1].pk}: its facts were others\n"
        "1 roundup written, 1 match looked at.\n"
    )
    run_queue()
    assert verify(finished=True, facts=True).failed == ()
    assert [roundup.facts["version"] for roundup in Roundup.objects.all()] == [2, 2, 2]


def first_version(roundup: Roundup) -> None:
    """Makes the facts of a roundup those that an earlier version of this program would have kept."""
    old = {name: value for name, value in roundup.facts.items() if name not in ("form", "history", "rivalry")}
    old["goals"] = [{name: value for name, value in goal.items() if name != "running"} for goal in old["goals"]]
    old["version"] = 1
    kept = {"facts": old, "facts_hash": facts_hash(old)}
    Roundup.objects.filter(pk=roundup.pk).update(**kept)
    RoundupRevision.objects.filter(roundup=roundup).update(**kept)
