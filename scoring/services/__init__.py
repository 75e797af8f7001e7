"""The only writers of facts, settlements and scores."""

from scoring.services.competitions import SCORING_FIELDS, CompetitionChanged, change_competition
from scoring.services.match_plan import ImportOptions, MatchImportError
from scoring.services.matches import ImportedMatches, import_matches
from scoring.services.prediction_files import ImportedPredictions, PredictionImportError, import_predictions
from scoring.services.predictions import NewPrediction, PredictionError, SavedPredictions, save_predictions
from scoring.services.results import GoalFact, Recorded, Result, ResultError, change_match, create_match, record_result
from scoring.services.settlement import Settled, score_match, score_season, waiting

__all__ = [
    "SCORING_FIELDS",
    "CompetitionChanged",
    "GoalFact",
    "ImportOptions",
    "ImportedMatches",
    "ImportedPredictions",
    "MatchImportError",
    "NewPrediction",
    "PredictionError",
    "PredictionImportError",
    "Recorded",
    "Result",
    "ResultError",
    "SavedPredictions",
    "Settled",
    "change_competition",
    "change_match",
    "create_match",
    "import_matches",
    "import_predictions",
    "record_result",
    "save_predictions",
    "score_match",
    "score_season",
    "waiting",
]
