"""The scoring app."""

from django.apps import AppConfig
from django.core.checks import register

from scoring.checks import check_followers, check_pipelines, check_queue


class ScoringConfig(AppConfig):
    name = "scoring"

    def ready(self) -> None:
        register(check_pipelines)
        register(check_queue)
        register(check_followers)
