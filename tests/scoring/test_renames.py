"""Another name of a team, a model, a season or a competition: what gets a new revision, what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from scoring.finding import find_model, find_team
from scoring.models import AIModel, AIModelAlias, Competition, Match, ResultChange, Season, Team, TeamAlias
from scoring.services import (
    ImportOptions,
    MoveError,
    change_competition,
    import_matches,
    import_predictions,
    merge_models,
    rename,
)
from scoring.services.history import in_words
from scoring.services.renames import Renameable
from tests.factories import a_match, a_model, a_season, a_team, finish, predictions
from tests.scoring.documents import document, entry

pytestmark = pytest.mark.django_db

WHY: dict[str, Any] = {"by": "an editor", "reason": "they call themselves so"}


def revisions() -> dict[str, int]:
    return dict(Match.objects.values_list("home__name", "revision"))


def told(match: Match) -> list[tuple[int, str, str, str]]:
    """Return revision, what changed in words, who and why, of every change of a match, oldest first."""
    changes = ResultChange.objects.filter(match=match).order_by("revision", "pk")
    return [(change.revision, in_words(change), change.by, change.reason) for change in changes]


@pytest.fixture
def played() -> Match:
    """A match of Turkey that A and B predicted; beside it one that B predicted, one to come, and another season."""
    match, other = a_match("Turkey", "Wales"), a_match("Peru", "Chile")
    predictions(match, {"A": (2, 1), "B": (1, 1)})
    predictions(other, {"B": (0, 0)})
    coming = a_match("Cuba", "Turkey", kickoff=timezone.now() + timedelta(days=9))
    predictions(coming, {"A": (1, 0)})
    league = a_match("Mali", "Ghana", season=a_season("League 2026"))
    predictions(league, {"A": (0, 0)})
    for each in (match, other, league):
        finish(each, 2, 1)
    return match


KINDS: list[tuple[Callable[[], Renameable], str, str, dict[str, int]]] = [
    (lambda: a_team("Turkey"), "Türkiye", "home name", {"Türkiye": 3, "Peru": 2, "Cuba": 1, "Mali": 2}),
    (lambda: a_model("A"), "Ant", "model name", {"Turkey": 3, "Peru": 2, "Cuba": 1, "Mali": 3}),
    (lambda: a_season(), "World Cup 26", "season name", {"Turkey": 3, "Peru": 3, "Cuba": 1, "Mali": 2}),
]


@pytest.mark.parametrize(("record", "name", "key", "after"), KINDS, ids=["team", "model", "season"])
def test_the_matches_of_it_that_have_begun_get_a_new_revision(
    played: Match, record: Callable[[], Renameable], name: str, key: str, after: dict[str, int]
) -> None:
    row = record()
    old = row.name
    renamed = rename(row, f"  {name} ", **WHY)
    assert (renamed.old, renamed.new) == (old, name)
    assert renamed.matches == sum(revision - 1 for revision in after.values()) - 3
    assert revisions() == after
    assert told(played)[-1] == (3, f"{key} {old} → {name}", WHY["by"], WHY["reason"])
    assert type(row)._default_manager.get(pk=row.pk).name == name
    progress = dict(Match.objects.values_list("pk", "progress__revision"))
    assert progress[played.pk] == 3


def test_a_competition_is_renamed_with_all_its_matches(played: Match) -> None:
    competition = played.season.competition
    outcome = change_competition(competition.pk, {"name": "Cup"}, **WHY)
    assert (outcome.changed, outcome.matches) == ({"name": ("World Cup", "Cup")}, 2)
    assert revisions() == {"Turkey": 3, "Peru": 3, "Cuba": 1, "Mali": 2}
    change_competition(competition.pk, {"name": "World Cup", "rule": "kicktipp"}, **WHY)
    assert told(played)[1:] == [
        (3, "competition name World Cup → Cup", WHY["by"], WHY["reason"]),
        (4, "competition name Cup → World Cup; rule quota-2-6 → kicktipp", WHY["by"], WHY["reason"]),
    ]


def test_the_old_name_stays_known_and_an_own_alias_may_become_the_name(played: Match) -> None:
    rename(a_team("Turkey"), "Türkiye", **WHY)
    rename(a_model("A"), "Ant", **WHY)
    assert (find_team("Turkey").name, find_model("A").name) == ("Türkiye", "Ant")
    rename(find_team("Turkey"), "Turkey", **WHY)
    rename(find_model("A"), "A", **WHY)
    assert list(TeamAlias.objects.values_list("name", "team__name")) == [("Türkiye", "Turkey")]
    assert list(AIModelAlias.objects.values_list("name", "model__name")) == [("Ant", "A")]


def test_files_with_the_old_names_still_find_both(played: Match) -> None:
    rename(a_team("Turkey"), "Türkiye", **WHY)
    rename(a_model("A"), "Ant", **WHY)
    row = f"A,{played.date},Turkey,Wales,2,1"
    lines = ["model,date,home_team,away_team,home_goals,away_goals", row]
    imported = import_predictions([f"{line}\n".encode() for line in lines], "tips.csv")
    assert (imported.new_models, imported.saved.unchanged) == ((), 1)


REFUSED: list[tuple[Callable[[], Renameable], str, str]] = [
    (lambda: a_team("Turkey"), "Wales", "there is a team called Wales already: merge the two instead, on its page"),
    (
        lambda: a_team("Turkey"),
        "Cymru",
        "Cymru is another name of Wales: remove that alias first, or merge the two",
    ),
    (lambda: a_model("A"), "B", "there is a model called B already: merge the two instead, on its page"),
    (lambda: a_model("A"), "Bee", "Bee is another name of B: remove that alias first, or merge the two"),
    (
        lambda: a_season(),
        "League 2026",
        "there is a season called League 2026 already: choose another name, or rename that first",
    ),
    (lambda: a_team("Turkey"), "  ", "a team needs a name of at most 120 characters"),
    (lambda: a_model("A"), "A" * 121, "a model needs a name of at most 120 characters"),
    (lambda: a_model("C"), "Cee", "C is part of B: rename that, or undo the merge first"),
]


@pytest.mark.parametrize(("record", "name", "why"), REFUSED)
def test_a_name_that_means_another_is_refused(
    played: Match, record: Callable[[], Renameable], name: str, why: str
) -> None:
    TeamAlias.objects.create(name="Cymru", team=a_team("Wales"))
    AIModelAlias.objects.create(name="Bee", model=a_model("B"))
    merge_models(a_model("C").pk, a_model("B").pk, by="x", reason="one model")
    row, before = record(), revisions()
    with pytest.raises(MoveError) as error:
        rename(row, name, **WHY)
    assert str(error.value) == why
    assert revisions() == before
    assert type(row)._default_manager.get(pk=row.pk).name == row.name


def test_a_name_of_another_competition_is_refused(played: Match) -> None:
    with pytest.raises(MoveError) as error:
        change_competition(played.season.competition_id, {"name": "League"}, **WHY)
    assert str(error.value) == (
        "there is a competition called League already: choose another name, or rename that first"
    )


def test_a_reason_is_needed_only_where_something_was_played(played: Match) -> None:
    for record in (a_team("Turkey"), a_model("A"), a_season()):
        with pytest.raises(MoveError, match="say why"):
            rename(record, "New", by="x")
    with pytest.raises(MoveError, match="say why"):
        change_competition(played.season.competition_id, {"name": "New"}, by="x")
    assert rename(a_team("Cuba"), "Kuba", by="x").matches == 0
    assert rename(a_model("Nobody"), "Somebody", by="x").matches == 0
    assert change_competition(a_season("Cup 2026").competition_id, {"name": "Cups"}, by="x").matches == 0


def test_what_it_is_called_already_changes_nothing(played: Match) -> None:
    before = revisions()
    assert str(rename(a_team("Turkey"), "Turkey", by="x")) == "Turkey: called so already"
    assert (revisions(), TeamAlias.objects.count()) == (before, 0)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
@pytest.mark.parametrize(("record", "table"), [(lambda: a_team("Turkey"), "team"), (lambda: a_model("A"), "aimodel")])
def test_matches_are_locked_by_id_before_the_record(
    played: Match, record: Callable[[], Renameable], table: str
) -> None:
    row = record()
    with CaptureQueriesContext(connection) as queries:
        rename(row, "New", **WHY)
    locks = [query["sql"] for query in queries if " FOR " in query["sql"]]
    assert locks[0].endswith('ORDER BY "scoring_match"."id" ASC FOR NO KEY UPDATE OF "scoring_match"')
    assert f'FROM "scoring_{table}"' in locks[1]
    assert [sql for sql in locks[2:] if '"scoring_match"' in sql] == []


def bring(*matches: Any, name: str = "World Cup 2026", renames: tuple[tuple[str, str], ...] = ()) -> None:
    import_matches(document(*matches, name=name), "cup.json", ImportOptions(renames=renames))


def test_an_import_that_renames_gives_one_new_revision_to_the_matches_of_every_season() -> None:
    bring(entry("Turkey", "Wales", score=[1, 0]), entry("Wales", "Turkey", date="2026-06-15", score=[1, 1]))
    bring(entry("Turkey", "Chile", score=[2, 0]), name="World Cup 2022")
    # Both teams of one match get new names; and the file corrects the other.
    bring(
        entry("Türkiye", "Cymru", score=[1, 0]),
        entry("Cymru", "Türkiye", date="2026-06-15", score=[2, 1]),
        renames=(("Turkey", "Türkiye"), ("Wales", "Cymru")),
    )
    first, second, elsewhere = Match.objects.order_by("pk")
    assert [first.revision, second.revision, elsewhere.revision] == [2, 2, 2]
    by, why = "import cup.json", "a new name of the team"
    assert told(first)[1:] == [(2, "away name Wales → Cymru; home name Turkey → Türkiye", by, why)]
    assert told(second)[1:] == [
        (2, "full time home 1 → 2; away name Turkey → Türkiye; home name Wales → Cymru", by, "")
    ]
    assert told(elsewhere)[1:] == [(2, "home name Turkey → Türkiye", by, why)]
    assert set(Match.objects.values_list("progress__revision", flat=True)) == {2}


def test_an_import_renames_a_team_and_makes_it_part_of_another() -> None:
    bring(entry("Turkey", "Wales", score=[1, 0]), name="World Cup 2022")
    bring(entry("Turkiye", "Peru", score=[0, 0]))
    bring(entry("Turkiye", "Peru", score=[0, 0]), renames=(("Turkey", "Türkiye"), ("Türkiye", "Turkiye")))
    assert list(Team.objects.values_list("name", flat=True)) == ["Peru", "Turkiye", "Wales"]
    assert dict(TeamAlias.objects.values_list("name", "team__name")) == {"Turkey": "Turkiye", "Türkiye": "Turkiye"}


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def of_aliases() -> dict[str, int]:
    return {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}


def forms(match: Match) -> list[tuple[Team | AIModel | Season | Competition, dict[str, Any]]]:
    competition = match.season.competition
    return [
        (match.home, of_aliases()),
        (a_model("A"), {"kind": "unknown", "is_active": "on"}),
        (match.season, {"label": "2026"}),
        (competition, {"basis": competition.basis, "rule": competition.rule, "time_zone": ""}),
    ]


def test_the_admin_asks_why_and_renames(operator: Client, played: Match) -> None:
    asked = "Matches that have begun are written about again under the new name: say why."
    for revision, (record, rest) in enumerate(forms(played), 3):
        page = reverse(f"admin:scoring_{record._meta.model_name}_change", args=[record.pk])
        posted = {**rest, "name": "New name"}
        assert errors(operator.post(page, posted)) == {"reason": [asked]}
        assert operator.post(page, {**posted, "reason": "a sponsor"}).status_code == 302
        record.refresh_from_db()
        played.refresh_from_db()
        assert (record.name, played.revision) == ("New name", revision)
        assert told(played)[-1][2:] == ("operator", "a sponsor")


def test_the_admin_refuses_a_name_that_means_another(operator: Client, played: Match) -> None:
    TeamAlias.objects.create(name="Cymru", team=a_team("Wales"))
    refused = {"name": ["Cymru is another name of Wales: remove that alias first, or merge the two."]}
    page = reverse("admin:scoring_team_change", args=[played.home_id])
    assert errors(operator.post(page, {**of_aliases(), "name": "Cymru", "reason": "why"})) == refused
    assert errors(operator.post(reverse("admin:scoring_team_add"), {**of_aliases(), "name": "Cymru"})) == refused
    alias = {"name": "Peru", "team": played.home_id}
    assert errors(operator.post(reverse("admin:scoring_teamalias_add"), alias)) == {
        "name": ["There is a team called “Peru”: merge the two instead, on its page."]
    }


def test_a_form_filled_in_before_takes_nothing_of_a_season_back(operator: Client, played: Match) -> None:
    """What the workers count meanwhile is theirs: the form writes only what it changes."""
    Season.objects.filter(pk=played.season_id).update(stats_version=7)
    page = reverse("admin:scoring_season_change", args=[played.season_id])
    with CaptureQueriesContext(connection) as queries:
        operator.post(page, {"label": "26", "name": "Cup 26", "reason": "short"})
    updates = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "scoring_season"')]
    assert [("stats_version" in sql) for sql in updates] == [False, False]
    assert Season.objects.get(pk=played.season_id).stats_version == 7
