"""The stats app."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    name = "stats"
