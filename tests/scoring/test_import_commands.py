"""import_matches and import_predictions as an operator meets them: what they print, and how they exit."""

from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

import pytest

from scoring.models import AIModel, Match, Prediction, Season, TeamAlias
from tests.scoring.documents import a_csv, a_file, entry

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str) -> tuple[str, str, str]:
    """Return what the command wrote to stdout and to stderr, and the error it ended with."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def test_import_matches_says_what_it_did(tmp_path: Path) -> None:
    file = a_file(tmp_path, entry(score=[2, 1]), entry("W1", "L2", date="2026-06-20"))
    assert run("import_matches", file) == (
        f"{file}: World Cup 2026: 1 created, 0 changed, 0 unchanged, 1 left out.\n"
        "  New teams: Mexico, Wales.\n"
        f"  {file}: matches[1] W1 – L2, 2026-06-20: the teams are not known yet; left out until they are\n",
        "",
        "",
    )
    poor = a_file(tmp_path, entry())
    assert run("import_matches", poor) == (
        f"{file}: World Cup 2026: 0 created, 0 changed, 1 unchanged.\n"
        "  Kept, though the file does not have it: 1 score.\n",
        "",
        "",
    )


def test_the_options_of_import_matches(tmp_path: Path) -> None:
    file = a_file(tmp_path, entry("Turkey", time="20:00"), name="A cup")
    arguments = ["--name", "World Cup 2026", "--timezone", "Europe/London", "--rename", "Turkey = Türkiye"]
    assert run("import_matches", file, *arguments, "--dry-run") == (
        f"{file}: World Cup 2026: 1 created, 0 changed, 0 unchanged.\n"
        "  Other names kept as aliases: Turkey = Türkiye.\n"
        "  New teams: Türkiye, Wales.\n"
        "Dry run: nothing was written.\n",
        "",
        "",
    )
    assert not Season.objects.exists()
    run("import_matches", file, *arguments)
    match = Match.objects.with_names().get()
    assert (str(match), match.kickoff.hour, match.season.name) == ("Türkiye – Wales, 2026-06-11", 19, "World Cup 2026")
    assert TeamAlias.objects.get().name == "Turkey"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--rename", "Turkey"), 'Error: argument --rename: "Turkey" is not OLD=NEW, two names of one team'),
        (("--rename", "A=A"), 'Error: argument --rename: "A=A" is not OLD=NEW, two names of one team'),
        (
            ("--timezone", "London"),
            'Error: argument --timezone: there is no time zone "London"; say it like Europe/London',
        ),
    ],
)
def test_options_that_cannot_be(option: tuple[str, ...], message: str) -> None:
    assert run("import_matches", "cup.json", *option) == ("", "", message)


def test_a_good_file_beside_a_bad_one_is_imported(tmp_path: Path) -> None:
    good = a_file(tmp_path, entry(), file="good.json")
    bad = a_file(tmp_path, entry(date="?"), file="bad.json")
    gone = str(tmp_path / "gone.json")
    out, err, error = run("import_matches", bad, good, gone)
    assert out.splitlines()[0] == f"{good}: World Cup 2026: 1 created, 0 changed, 0 unchanged."
    assert err.splitlines() == [
        f'{bad}: matches[0] Mexico – Wales, ?: date "?" is not a date; write it like 2026-06-11',
        f"{gone}: can't be read (No such file or directory)",
    ]
    assert error == f"Nothing was written of {bad}, {gone}. Done: {good}."
    assert Match.objects.count() == 1


def test_after_fifty_wrong_rows_only_their_number_is_said(tmp_path: Path) -> None:
    bad = a_file(tmp_path, *[entry(date=str(number)) for number in range(53)])
    _, err, error = run("import_matches", bad)
    lines = err.splitlines()
    assert (len(lines), lines[-1]) == (51, "and 3 more")
    assert error == f"Nothing was written of {bad}."


def test_import_predictions_says_what_it_did(tmp_path: Path) -> None:
    run("import_matches", a_file(tmp_path, entry()))
    file = a_csv(tmp_path, "Beta,2026-06-11,Mexico,Wales,2,1", "Alpha,2026-06-11,Mexico,Wales,0,0")
    expected = f"{file}: predictions: 2 created, 0 replaced, 0 unchanged.\n"
    joined = "  1 match had begun already; if it is over, it is scored with these predictions.\n"
    models = "  New models: Alpha, Beta.\n"
    assert run("import_predictions", file, "--dry-run") == (
        f"{expected}{joined}{models}Dry run: nothing was written.\n",
        "",
        "",
    )
    assert (Prediction.objects.count(), AIModel.objects.count()) == (0, 0)
    assert run("import_predictions", file) == (f"{expected}{joined}{models}", "", "")
    assert run("import_predictions", file) == (
        f"{file}: predictions: 0 created, 0 replaced, 2 unchanged.\n",
        "",
        "",
    )


def test_a_wrong_row_names_the_file_and_the_line(tmp_path: Path) -> None:
    run("import_matches", a_file(tmp_path, entry()))
    good = a_csv(tmp_path, "Beta,2026-06-11,Mexico,Wales,2,1", file="good.csv")
    bad = a_csv(tmp_path, "Beta,2026-06-11,Mexico,Wales,2,1", "Alpha,2026-06-11,Mexico,Wales,x,0", file="bad.csv")
    gone = str(tmp_path / "gone.csv")
    _, err, error = run("import_predictions", bad, gone, good)
    assert err.splitlines() == [
        f'{bad}:3: home_goals is "x", not a whole number from 0 to 99; correct it',
        f"{gone}: can't be read (No such file or directory)",
    ]
    assert error == f"Nothing was written of {bad}, {gone}. Done: {good}."
    assert Prediction.objects.count() == 1
