"""The only writers of facts, settlements and scores."""

from scoring.services.predictions import NewPrediction, PredictionError, SavedPredictions, save_predictions
from scoring.services.results import GoalFact, Recorded, Result, ResultError, change_match, record_result
from scoring.services.settlement import Settled, score_match, score_season, waiting

__all__ = [
    "GoalFact",
    "NewPrediction",
    "PredictionError",
    "Recorded",
    "Result",
    "ResultError",
    "SavedPredictions",
    "Settled",
    "change_match",
    "record_result",
    "save_predictions",
    "score_match",
    "score_season",
    "waiting",
]
