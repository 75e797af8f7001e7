"""manage.py exclude_prediction and manage.py merge."""

from io import StringIO

from django.core.management import CommandError, call_command

import pytest

from scoring.models import AIModel, AIModelAlias, Match, Merge, Prediction, Team
from tests.factories import a_match, a_model, a_team, predictions
from tests.stats.moves import a_counted_season

pytestmark = pytest.mark.django_db

WHY = ("--reason", "sent twice")
LABEL = "A: 2–1 for Mexico – Wales, 2026-06-11"


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().splitlines()


def wrong(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return str(error.value)


def a_prediction(match: Match) -> Prediction:
    return Prediction.objects.get(match=match, model__name="A")


def test_a_prediction_is_taken_out_and_put_back() -> None:
    match = a_counted_season()[0]
    command = ("exclude_prediction", "Mexico - Wales", "A", *WHY)
    assert run(*command, "--as", "voided") == [f"{LABEL}: declared void, revision 3."]
    kept = a_prediction(match)
    assert (kept.excluded, kept.excluded_because, kept.excluded_by.split()[0]) == ("voided", "sent twice", command[0])
    assert run(*command, "--as", "voided") == [f"{LABEL}: nothing new, still at revision 3."]
    assert run(*command, "--reinstate") == [f"{LABEL}: counts, revision 4."]
    assert a_prediction(match).excluded == ""


def test_a_dry_run_of_an_exclusion_changes_nothing() -> None:
    match = a_counted_season()[0]
    lines = run("exclude_prediction", str(match.pk), "A", "--dry-run", *WHY)
    assert (lines[0], lines[2], lines[-1]) == (
        f"{LABEL}: withdrawn by its maker, revision 3.",
        "  World Cup 2026, A: 21 → 14 points, rank 1, 3 → 2 counted",
        "Dry run: nothing was written.",
    )
    assert (a_prediction(match).excluded, Match.objects.get(pk=match.pk).revision) == ("", 2)


def test_a_prediction_is_found_by_another_name_of_its_model_too() -> None:
    a_counted_season()
    AIModelAlias.objects.create(name="Oracle", model=a_model("A"))
    assert run("exclude_prediction", "Mexico - Wales", "Oracle", *WHY) == [
        f"{LABEL}: withdrawn by its maker, revision 3."
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("exclude_prediction", "Mexico - Wales", "Aa"), 'There is no model "Aa"; did you mean A?'),
        (("exclude_prediction", "Mexico - Wales", "E"), "E has no prediction for Mexico – Wales, 2026-06-11."),
        (("exclude_prediction", "Mexico - Walse", "A"), 'there is no team "Walse"; did you mean Wales?'),
        (("merge", "model", "A", "Oracle"), 'There is no model "Oracle"'),
        (("merge", "team", "Mexiko", "Wales"), 'There is no team "Mexiko"; did you mean Mexico?'),
        (("merge", "team", "Mexico"), "Say two names: the one that goes, and the one that stays."),
        (("merge", "undo", "7"), 'There is no merge "7". There are: none.'),
        (
            ("merge", "team", "Mexico", "Wales"),
            "Nothing was changed: Mexico and Wales can't be one team: they play each other in "
            "Mexico – Wales, 2026-06-11.",
        ),
    ],
)
def test_what_cannot_be_says_so(arguments: tuple[str, ...], message: str) -> None:
    a_counted_season()
    a_model("E")
    assert wrong(*arguments, *WHY) == message
    assert Merge.objects.count() == 0


def test_a_reason_is_asked_for() -> None:
    a_counted_season()
    for command in (("exclude_prediction", "Mexico - Wales", "A"), ("merge", "model", "A", "B")):
        assert wrong(*command) == "Error: the following arguments are required: --reason"
    assert wrong("exclude_prediction", "Mexico - Wales", "A", "--reason", " ") == (
        "Nothing was changed: say why: it stands in the record of changes."
    )


def test_two_models_are_merged_and_taken_apart() -> None:
    match = a_match()
    predictions(match, {"Oracle": (1, 0)})
    a_model("The Oracle")
    dry = run("merge", "model", "Oracle", "The Oracle", "--dry-run", *WHY)
    assert (dry[0], dry[-1], Merge.objects.count()) == (
        "Oracle = The Oracle: 1 prediction moved, 1 match has a new revision",
        "Dry run: nothing was written.",
        0,
    )
    (line,) = run("merge", "model", "Oracle", "The Oracle", *WHY)
    merge = Merge.objects.get()
    assert line.endswith(f" Undo it with: merge undo {merge.pk}")
    assert match.predictions.get().model.name == "The Oracle"
    assert wrong("merge", "undo", "x", *WHY) == f'There is no merge "x". There are: {merge.pk}: Oracle = The Oracle.'
    assert run("merge", "undo", str(merge.pk), *WHY) == [
        "Oracle = The Oracle, undone: 1 prediction moved, 1 match has a new revision."
    ]
    assert match.predictions.get().model.name == "Oracle"
    assert AIModel.objects.get(name="Oracle").is_active


def test_two_teams_are_merged_and_taken_apart() -> None:
    a_match("Turkey", "Wales")
    a_team("Türkiye")
    run("merge", "team", "Turkey", "Türkiye", *WHY)
    assert Match.objects.values_list("home__name", "revision").get() == ("Türkiye", 2)
    run("merge", "undo", str(Merge.objects.get().pk), *WHY)
    assert (Match.objects.values_list("home__name", "revision").get(), Team.objects.count()) == (("Turkey", 3), 3)
