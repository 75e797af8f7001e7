"""The only writers of facts, settlements and scores."""

from scoring.services.competitions import SCORING_FIELDS, CompetitionChanged, change_competition
from scoring.services.corrections import correct_result
from scoring.services.exclusions import Excluded, exclude_prediction, reinstate_prediction
from scoring.services.match_plan import ImportOptions, MatchImportError
from scoring.services.matches import ImportedMatches, import_matches
from scoring.services.merges import Merged
from scoring.services.model_merges import merge_models
from scoring.services.prediction_files import ImportedPredictions, PredictionImportError, import_predictions
from scoring.services.predictions import NewPrediction, PredictionError, SavedPredictions, save_predictions
from scoring.services.renames import Renamed, rename
from scoring.services.results import GoalFact, Recorded, Result, ResultError, change_match, create_match, record_result
from scoring.services.revisions import MoveError
from scoring.services.rounds import Entry, RoundError, record_round
from scoring.services.settlement import Settled, score_match, score_season, waiting
from scoring.services.team_merges import merge_teams
from scoring.services.undoing import undo_merge

__all__ = [
    "SCORING_FIELDS",
    "CompetitionChanged",
    "Entry",
    "Excluded",
    "GoalFact",
    "ImportOptions",
    "ImportedMatches",
    "ImportedPredictions",
    "MatchImportError",
    "Merged",
    "MoveError",
    "NewPrediction",
    "PredictionError",
    "PredictionImportError",
    "Recorded",
    "Renamed",
    "Result",
    "ResultError",
    "RoundError",
    "SavedPredictions",
    "Settled",
    "change_competition",
    "change_match",
    "correct_result",
    "create_match",
    "exclude_prediction",
    "import_matches",
    "import_predictions",
    "merge_models",
    "merge_teams",
    "record_result",
    "record_round",
    "reinstate_prediction",
    "rename",
    "save_predictions",
    "score_match",
    "score_season",
    "undo_merge",
    "waiting",
]
