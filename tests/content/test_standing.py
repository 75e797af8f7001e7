"""Every state of a roundup, and what becomes of it when its match or table changes: what readers see, what waits."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pytest

from content import editing, tasks
from content.catching_up import catch_up
from content.editing import Draft
from content.models import EditorialPolicy, Roundup, RoundupRevision, Standing, is_current, standing_of
from content.render import lines_above
from content.services import due_in_season, without_current, write_roundup
from content.versions import last_number
from scoring.models import Match
from scoring.services import change_match, score_match
from stats.services import calculate_stats
from tests.factories import KICKOFF, a_match, finish, predictions
from tests.queue import run_queue

pytestmark = pytest.mark.django_db

MINE = Draft("What I saw", "My own words.\n")
SCORES = re.compile(r"\d–\d")
Work = Callable[[Match], object]


def settle(match: Match) -> None:
    score_match(match.pk)
    calculate_stats(match.pk)


def played(day: int, *, write: bool = True) -> Match:
    match = a_match(home=f"Home {day}", kickoff=KICKOFF + timedelta(days=day))
    predictions(match, {"A": (2, 1), "B": (1, 1), "C": (0, 1)})
    finish(match, 2, 1)
    settle(match)
    if write:
        write_roundup(match.pk)
    return match


def a_state(state: str) -> Roundup:
    """Returns the roundup of the second of two matches in this state."""
    first = played(1)
    if state == "review":
        EditorialPolicy.objects.create(competition=first.season.competition, review_first=True)
    roundup = Roundup.objects.get(match=played(2))
    if "edited" in state:
        editing.edit(roundup.pk, MINE, by="ed", reason="", seen_version=1)
    if "held" in state:
        editing.hold(roundup.pk, by="ed")
    if state == "withdrawn":
        editing.withdraw(roundup.pk, by="ed", note="it was about another match")
    return Roundup.objects.get(pk=roundup.pk)


def corrected(match: Match) -> None:
    finish(match, 0, 0)
    settle(match)


def table_changed(match: Match) -> None:
    first = Match.objects.get(home__name="Home 1")
    finish(first, 0, 0)
    settle(first)
    write_roundup(first.pk)


def voided(match: Match) -> None:
    change_match(match.pk, {"status": "abandoned"}, by="a test")
    settle(match)


def reinstated(match: Match) -> None:
    voided(match)
    write_roundup(match.pk)
    change_match(match.pk, {"status": "finished"}, by="a test")
    settle(match)


def nothing(match: Match) -> None:
    """Only written again, though nothing changed."""


def write(match: Match) -> None:
    write_roundup(match.pk)


def write_again(match: Match) -> None:
    tasks.write_again(match.pk, timezone.now().isoformat())


def told(client: Client, match: Match) -> tuple[int, str]:
    """Returns the status of the page, and what it says in place of the roundup; `numbers` if it shows it."""
    response = client.get(reverse("roundup", args=[match.pk]))
    html = response.content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split())
    if SCORES.search(text) or MINE.headline in text:
        return response.status_code, "numbers"
    phrases = (
        "Being rewritten",
        "Being checked by an editor",
        "for now",
        "was withdrawn: it was",
        "does not count (ab",
    )
    found = [phrase for phrase in phrases if phrase in text]
    return response.status_code, found[0] if found else ""


SHOWN, REWRITTEN, CHECKED = (200, "numbers"), (200, "Being rewritten"), (200, "Being checked by an editor")
DOWN, WITHDRAWN, VOID = (200, "for now"), (410, "was withdrawn: it was"), (410, "does not count (ab")
UNKNOWN = (404, "")

CASES: list[tuple[str, Work, tuple[str, tuple[int, str]], tuple[str, tuple[int, str], bool]]] = [
    # state, event, standing and page before the work, standing and page after it, whether a version waits
    ("published", corrected, ("being rewritten", REWRITTEN), ("published", SHOWN, False)),
    ("published", table_changed, ("being rewritten", REWRITTEN), ("published", SHOWN, False)),
    ("published", voided, ("being rewritten", REWRITTEN), ("match is void", VOID, False)),
    ("published", reinstated, ("being rewritten", REWRITTEN), ("published", SHOWN, False)),
    ("published", nothing, ("published", SHOWN), ("published", SHOWN, False)),
    ("edited", corrected, ("out of date", CHECKED), ("out of date", CHECKED, True)),
    ("edited", table_changed, ("out of date", CHECKED), ("out of date", CHECKED, True)),
    ("edited", voided, ("out of date", CHECKED), ("match is void", VOID, False)),
    ("edited", reinstated, ("out of date", CHECKED), ("out of date", CHECKED, True)),
    ("edited", nothing, ("published", SHOWN), ("published", SHOWN, True)),
    ("review", corrected, ("waits for review", UNKNOWN), ("waits for review", UNKNOWN, False)),
    ("review", table_changed, ("waits for review", UNKNOWN), ("waits for review", UNKNOWN, False)),
    ("review", voided, ("waits for review", UNKNOWN), ("match is void", UNKNOWN, False)),
    ("review", reinstated, ("waits for review", UNKNOWN), ("waits for review", UNKNOWN, False)),
    ("review", nothing, ("waits for review", UNKNOWN), ("waits for review", UNKNOWN, False)),
    ("held", corrected, ("held", DOWN), ("held", DOWN, False)),
    ("held", table_changed, ("held", DOWN), ("held", DOWN, False)),
    ("held", voided, ("held", DOWN), ("match is void", VOID, False)),
    ("held", reinstated, ("held", DOWN), ("held", DOWN, False)),
    ("held", nothing, ("held", DOWN), ("held", DOWN, False)),
    ("withdrawn", corrected, ("withdrawn", WITHDRAWN), ("withdrawn", WITHDRAWN, False)),
    ("withdrawn", table_changed, ("withdrawn", WITHDRAWN), ("withdrawn", WITHDRAWN, False)),
    ("withdrawn", voided, ("withdrawn", WITHDRAWN), ("match is void", VOID, False)),
    ("withdrawn", reinstated, ("withdrawn", WITHDRAWN), ("withdrawn", WITHDRAWN, False)),
    ("withdrawn", nothing, ("withdrawn", WITHDRAWN), ("withdrawn", WITHDRAWN, False)),
    ("edited and held", corrected, ("held", DOWN), ("held", DOWN, True)),
    ("edited and held", table_changed, ("held", DOWN), ("held", DOWN, True)),
    ("edited and held", voided, ("held", DOWN), ("match is void", VOID, False)),
    ("edited and held", reinstated, ("held", DOWN), ("held", DOWN, True)),
    ("edited and held", nothing, ("held", DOWN), ("held", DOWN, True)),
]


def standing(roundup: Roundup) -> str:
    """Returns the standing, after making sure that the query and the row agree on it, and the lists with both."""
    by_query = vars(Roundup.objects.with_standing().get(pk=roundup.pk))
    row = Roundup.objects.with_match().get(pk=roundup.pk)
    found = standing_of(row)
    assert (by_query["standing"], by_query["is_current"]) == (found.value, is_current(row))

    def holds(rows: "QuerySet[Roundup]") -> bool:
        return rows.filter(pk=roundup.pk).exists()

    counts = found != Standing.VOID
    stale = bool(row.edited_by) and not is_current(row) and counts
    assert {each for each in Standing if holds(Roundup.objects.of_standing(each))} == {found} | (
        {Standing.OUT_OF_DATE} if stale else set()
    )
    off_the_page = row.status == "published" and counts and not is_current(row)
    assert {
        "public": holds(Roundup.objects.public()),
        "kept back": holds(Roundup.objects.kept_back()),
        "off the page": holds(Roundup.objects.off_the_page()),
        "being rewritten": holds(Roundup.objects.being_rewritten()),
        "out of date": holds(Roundup.objects.out_of_date()),
    } == {
        "public": found == Standing.PUBLISHED,
        "kept back": counts and (row.status != "published" or stale),
        "off the page": off_the_page,
        "being rewritten": off_the_page and not row.edited_by,
        "out of date": stale,
    }
    return found.value


@pytest.mark.parametrize(
    ("state", "event", "before", "after"), CASES, ids=[f"{state}-{event.__name__}" for state, event, _, _ in CASES]
)
def test_what_becomes_of_a_roundup(
    client: Client,
    state: str,
    event: Work,
    before: tuple[str, tuple[int, str]],
    after: tuple[str, tuple[int, str], bool],
) -> None:
    roundup = a_state(state)
    match, status = roundup.match, roundup.status
    event(match)
    assert (standing(roundup), told(client, match)) == before
    (write_again if event is nothing else write)(match)
    roundup.refresh_from_db()
    assert (standing(roundup), told(client, match), bool(roundup.waiting)) == after
    assert roundup.status == status
    assert (Draft(roundup.headline, roundup.text) == MINE) == ("edited" in state)
    # Whatever was decided about it, there is nothing left to do for a worker.
    assert not due_in_season(match.season_id).exists()
    assert not without_current().exists()
    if "edited" not in state and event is corrected:
        assert roundup.headline.startswith("Home 2 0–0 Wales")
        assert lines_above(roundup)[0].endswith("had been scored as 2–1; everything below follows from 0–0.")


def by_the_season(match: Match) -> None:
    tasks.write_season_roundups(match.season_id)


def by_the_sweep(match: Match) -> None:
    catch_up()
    run_queue()


@pytest.mark.parametrize("event", [corrected, table_changed, voided, reinstated, nothing])
@pytest.mark.parametrize("work", [write, by_the_season, by_the_sweep, write_again])
def test_no_path_overwrites_a_text_changed_by_hand(event: Work, work: Work) -> None:
    roundup = a_state("edited")
    event(roundup.match)
    for _ in range(2):
        work(roundup.match)
        roundup.refresh_from_db()
        assert (Draft(roundup.headline, roundup.text), roundup.edited_by) == (MINE, "ed")


def test_what_waits_is_replaced_when_it_is_out_of_date_itself() -> None:
    roundup = a_state("edited")
    corrected(roundup.match)
    write(roundup.match)
    finish(roundup.match, 3, 3)
    settle(roundup.match)
    assert list(without_current()) == [roundup.match]
    write(roundup.match)
    roundup.refresh_from_db()
    assert roundup.waiting is not None
    assert (roundup.waiting.number, roundup.waiting.headline.partition(":")[0]) == (4, "Home 2 3–3 Wales")
    assert list(roundup.versions.values_list("number", "by")) == [(4, ""), (3, ""), (2, "ed"), (1, "")]
    assert not without_current().exists()


def test_an_edited_text_about_the_same_facts_moves_on_with_them(client: Client) -> None:
    roundup = a_state("edited")
    first = Match.objects.get(home__name="Home 1")
    change_match(first.pk, {"venue": "Elsewhere"}, by="a test")
    settle(first)
    assert told(client, roundup.match) == CHECKED
    write(roundup.match)
    assert (standing(roundup), told(client, roundup.match)) == ("published", SHOWN)
    assert last_number(roundup) == 2


def test_facts_that_come_back_make_an_edited_text_true_again_and_nothing_waits() -> None:
    roundup = a_state("edited")
    table_changed(roundup.match)
    write(roundup.match)
    first = Match.objects.get(home__name="Home 1")
    finish(first, 2, 1)
    settle(first)
    write(roundup.match)
    roundup.refresh_from_db()
    assert (standing(roundup), roundup.waiting) == ("published", None)
    assert RoundupRevision.objects.filter(roundup=roundup).count() == 3


def test_a_competition_with_review_first_keeps_only_new_roundups_back() -> None:
    roundup = a_state("review")
    assert dict(Roundup.objects.values_list("match__home__name", "status")) == {
        "Home 1": "published",
        "Home 2": "review",
    }
    editing.publish(roundup.pk, by="ed", seen_version=1)
    corrected(roundup.match)
    write(roundup.match)
    assert standing(roundup) == "published"
