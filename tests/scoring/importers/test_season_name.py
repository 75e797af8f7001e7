"""The name of a document, taken apart."""

import pytest

from scoring.importers.season_name import SeasonName, read_season_name
from scoring.importers.values import WrongValueError


@pytest.mark.parametrize(
    ("name", "competition", "label"),
    [
        ("World Cup 2026", "World Cup", "2026"),
        ("Algeria | Ligue 1 2024/25", "Algeria | Ligue 1", "2024/25"),
        ("World Cup 2026 Qualifying", "World Cup Qualifying", "2026"),
        ("2025-26 Premier League", "Premier League", "2025/26"),
        ("Ligue 1 - 2019/2020", "Ligue 1", "2019/20"),
        ("Copa 1999 (2024)", "Copa 1999", "2024"),
        ("  Serie   A  2023/24 ", "Serie A", "2023/24"),
        ("Liga 2000 2024/25", "Liga 2000", "2024/25"),
    ],
)
def test_the_last_year_is_the_season_and_the_rest_the_competition(name: str, competition: str, label: str) -> None:
    assert read_season_name(name) == SeasonName(" ".join(name.split()), competition, label)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Ligue 1", 'name: "Ligue 1" has no year in it; say it with --name "World Cup 2026"'),
        ("Club 12026", 'name: "Club 12026" has no year in it; say it with --name "World Cup 2026"'),
        ("2025/26", 'name: "2025/26" says no competition; say it with --name "World Cup 2026"'),
        ("", 'name: the document has none; say it with --name "World Cup 2026"'),
        (None, 'name: the document has none; say it with --name "World Cup 2026"'),
        (7, 'name: the document has none; say it with --name "World Cup 2026"'),
        ("x" * 200 + " 2026", "name is longer than 160 characters; shorten it"),
    ],
)
def test_what_is_no_name_of_a_season_says_the_way_out(name: object, message: str) -> None:
    with pytest.raises(WrongValueError) as error:
        read_season_name(name)
    assert str(error.value) == message
