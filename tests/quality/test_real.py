"""Real seasons: the files of a folder, with what the demo's forecasters say."""

from pathlib import Path

import pytest

from content.demo.forecasters import FORECASTERS
from tests.quality.real import seasons_in
from tests.scoring.documents import document, entry

pytestmark = pytest.mark.django_db


def test_the_files_of_a_folder_become_seasons_with_eight_forecasts_a_match(tmp_path: Path) -> None:
    played = entry(date="2022-06-11", score={"ft": [2, 1]})
    again = entry("Wales", "Mexico", date="2022-06-18", score={"ft": [0, 0]})
    open_still = entry("Wales", "Peru", date="2022-06-20")
    (tmp_path / "cup.json").write_bytes(document(played, again, open_still, name="Cup 2022"))
    (tmp_path / "league.json").write_bytes(document(played, name="League 2021/22"))
    (tmp_path / "notes.txt").write_text("no season")
    found = list(seasons_in(tmp_path))
    assert [(name, [facts.last_score for facts in season]) for name, season in found] == [
        ("Cup 2022", [(2, 1), (0, 0)]),
        ("League 2021/22", [(2, 1)]),
    ]
    tips = {facts.field.size for _, season in found for facts in season}
    assert tips == {len(FORECASTERS)}
