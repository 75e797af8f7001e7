"""What people and imports write down (facts), and what is derived from it (settlements, scores, progress)."""

from scoring.models.competition import Competition, Season, Team, TeamAlias
from scoring.models.match import Goal, Match, ResultChange
from scoring.models.prediction import AIModel, Prediction
from scoring.models.progress import MatchProgress
from scoring.models.settlement import Score, Settlement

__all__ = [
    "AIModel",
    "Competition",
    "Goal",
    "Match",
    "MatchProgress",
    "Prediction",
    "ResultChange",
    "Score",
    "Season",
    "Settlement",
    "Team",
    "TeamAlias",
]
