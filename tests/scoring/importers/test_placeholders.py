"""What stands for a team that is not known yet, and what is a team."""

import pytest

from scoring.importers.placeholders import is_placeholder

PLACEHOLDERS = """N.N.|n.n.|NN|TBD|tba|To be announced|?|1A|2b|3A/B/C/D/F|W74|L101|RU 12|Winner Match 74|Loser Match 101
|Winner Group A|Winners of Group B|Runner-up Group A|Runners-up Path C|UEFA Path D winner|IC Path 2 winner
|1st Group A|2nd B|Best third-placed team A/B/C|Third place Group A/B|Group A winner|Semi-final 1 loser|Winner A"""
TEAMS = """Wales|Qatar|1. FC Köln|1. FSV Mainz 05|FC Schalke 04|AC Milan|First Vienna FC|First Vienna FC 1894|Best
|Winners Park|W Connection|LASK|L'Aquila|A|Lokomotive Leipzig|TBDerby|Path Finders|Winner|Wolves 1877|Tie Break City"""


@pytest.mark.parametrize("name", PLACEHOLDERS.replace("\n", "").split("|"))
def test_a_placeholder(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize("name", TEAMS.replace("\n", "").split("|"))
def test_a_team(name: str) -> None:
    assert not is_placeholder(name)
