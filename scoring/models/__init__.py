"""What people and imports write down (facts), and what is derived from it (settlements, scores, progress)."""

from scoring.models.competition import Competition, Season, Team, TeamAlias
from scoring.models.match import Goal, Match, ResultChange
from scoring.models.merge import Merge
from scoring.models.prediction import AIModel, AIModelAlias, Prediction
from scoring.models.progress import MatchProgress
from scoring.models.settlement import Score, Settlement

__all__ = [
    "AIModel",
    "AIModelAlias",
    "Competition",
    "Goal",
    "Match",
    "MatchProgress",
    "Merge",
    "Prediction",
    "ResultChange",
    "Score",
    "Season",
    "Settlement",
    "Team",
    "TeamAlias",
]
