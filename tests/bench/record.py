"""Measures the page of a model with many predictions, in a field of models that predicted as much."""

from statistics import median
from time import perf_counter

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from rich.console import Console

from scoring.models import AIModel
from tests.bench.match import MATCHES, MODELS, count_queries, database_version
from tests.bench.verify import fill

PLAIN = {
    "STORAGES": {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    "MIDDLEWARE": [name for name in settings.MIDDLEWARE if "whitenoise" not in name],
    "SECURE_SSL_REDIRECT": False,
}
"""Addresses of static files as they are: none were collected for the measurement."""


def main(predictions: int, runs: int) -> None:
    """Writes seasons until each model has so many predictions, and opens the page of one of them."""
    console = Console(highlight=False, soft_wrap=True)
    seasons = -(-predictions // MATCHES)
    started = perf_counter()
    fill(console, seasons, written_up=False)
    console.print(
        f"\n[bold]{connection.display_name} {database_version()}[/bold]: the page of a model with "
        f"{seasons * MATCHES:,} of {seasons * MATCHES * MODELS:,} predictions in {seasons:,} seasons "
        f"(written in {perf_counter() - started:.0f} s)"
    )
    client = Client()
    client.force_login(User.objects.create(username="bench", is_staff=True, is_superuser=True))
    page = reverse("admin:scoring_aimodel_record", args=[AIModel.objects.earliest("pk").pk])
    console.print(f"{'':<52}{'median':>9}{'least':>9}{'most':>9}{'queries':>9}")
    with override_settings(**PLAIN):
        for title, address in {"one season": page, "all seasons": f"{page}?season=all"}.items():
            ms = [milliseconds(client, address) for _ in range(runs)]
            queries = count_queries(lambda address=address: milliseconds(client, address))  # type: ignore[misc]
            console.print(f"{title:<52}{median(ms):>6.1f} ms{min(ms):>6.1f} ms{max(ms):>6.1f} ms{queries:>9}")


def milliseconds(client: Client, address: str) -> float:
    started = perf_counter()
    response = client.get(address, HTTP_HOST="localhost")
    took = (perf_counter() - started) * 1000
    assert response.status_code == 200, response.status_code
    return took
