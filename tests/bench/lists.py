"""Opens every list of the admin as an operator does, with many rows in the database, and says how long that takes."""

import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from statistics import median
from time import perf_counter
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin import (
    BooleanFieldListFilter,
    ChoicesFieldListFilter,
    ModelAdmin,
    RelatedFieldListFilter,
    SimpleListFilter,
)
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Max, Min, Model
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from unfold.contrib.filters.admin import RangeDateFilter

from rich.console import Console

from scoring.models import Prediction
from tests.bench.filling import fill
from tests.bench.match import database_version

MOST_MS, MOST_QUERIES = 300, 20
ROUNDS = 3
SEARCHES = ("Ab", "M", "Model 07", "Aaberg 000", "nobody")
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@dataclass(frozen=True)
class Measured:
    """What opening a page took: milliseconds of each time, the queries it sent, and what those took once."""

    page: str
    ms: tuple[float, ...]
    queries: int
    queries_ms: float

    @property
    def is_slow(self) -> bool:
        return median(self.ms) > MOST_MS or self.queries > MOST_QUERIES

    def __str__(self) -> str:
        mark = "  <- too much" if self.is_slow else ""
        times = f"{median(self.ms):>7.0f} ms{max(self.ms):>7.0f} ms{self.queries:>9}{self.queries_ms:>7.0f} ms"
        return f"{self.page:<76}{times}{mark}"


def main(matches: int, runs: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    warnings.filterwarnings("ignore", "No directory at")  # static files are not collected
    started = perf_counter()
    if not Prediction.objects.exists():
        fill(console, matches)
    version = f"{connection.display_name} {database_version()}"
    console.print(
        f"\n[bold]{version}: lists of the admin over {matches:,} matches and {Prediction.objects.count():,} predictions"
        f"[/bold] (written in {perf_counter() - started:.0f} s)"
    )
    console.print(f"{'':<76}{'median':>10}{'most':>10}{'queries':>9}{'in them':>10}")
    with override_settings(STORAGES=PLAIN, SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"]):
        slow = told(console, every_list(runs))
    if slow:
        sys.exit(f"{len(slow)} pages take more than {MOST_MS} ms or {MOST_QUERIES} queries")


def told(console: Console, pages: Iterable[Measured]) -> list[Measured]:
    """Prints the slowest page of each kind of each list, and every one that is too slow; returns these."""
    slow: list[Measured] = []
    for _, kind in groupby(pages, key=lambda page: page.page.split()[:2]):
        *others, slowest = sorted(kind, key=lambda page: median(page.ms))
        for page in (*(other for other in others if other.is_slow), slowest):
            console.print(str(page), markup=False)
            slow += [page] if page.is_slow else []
    return slow


def every_list(runs: int) -> Iterator[Measured]:
    client, user = Client(), User.objects.get(username="benchmark")
    client.force_login(user)
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
        opts = model._meta
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        client.get(url)  # warms up what is loaded once
        shown = changelist(url, user, admin.site._registry[model])
        for what, query in [("first page", {}), *searches(shown), *filters(shown), *pages(shown), *days(shown)]:
            yield measure(client, f"{opts.label}: {what}", f"{url}?{urlencode(query)}", runs)


def changelist(url: str, user: User, model_admin: "ModelAdmin[Any]") -> ChangeList:
    request = RequestFactory().get(url)
    request.user = user
    return model_admin.get_changelist_instance(request)


def measure(client: Client, page: str, url: str, runs: int) -> Measured:
    """Opens a page; one that is too slow again, in case the machine was busy with something else."""
    rounds: list[Measured] = []
    while len(rounds) < ROUNDS and (not rounds or rounds[-1].is_slow):
        rounds.append(opened(client, page, url, runs))
    return min(rounds, key=lambda measured: median(measured.ms))


def opened(client: Client, page: str, url: str, runs: int) -> Measured:
    times = []
    for _ in range(runs):
        started = perf_counter()
        response = client.get(url)
        times.append((perf_counter() - started) * 1000)
        if response.status_code != 200:
            sys.exit(f"{url} answers {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    in_queries = sum(float(query["time"]) for query in captured.captured_queries) * 1000
    return Measured(page, tuple(times), len(captured), in_queries)


Query = tuple[str, dict[str, Any]]


def searches(cl: ChangeList) -> Iterator[Query]:
    if cl.search_fields:
        yield from ((f"search “{text}”", {"q": text}) for text in SEARCHES)


def filters(cl: ChangeList) -> Iterator[Query]:
    """Yields each value of each filter; of those that can be anything, the first and the last."""
    for spec in cl.filter_specs:
        for value in values(spec):
            yield f"filter {', '.join(str(part) for part in value.values())} of {spec.title}", value


def values(spec: Any) -> Iterator[dict[str, Any]]:
    if isinstance(spec, SimpleListFilter):
        yield from ({str(spec.parameter_name): key} for key, _ in spec.lookup_choices)
    elif isinstance(spec, RelatedFieldListFilter):
        related = cast(type[Model], spec.field.related_model)
        ends = related._default_manager.aggregate(Min("pk"), Max("pk"))
        yield from ({spec.lookup_kwarg: pk} for pk in ends.values())
    elif isinstance(spec, ChoicesFieldListFilter):
        yield from ({spec.lookup_kwarg: key} for key, _ in spec.field.flatchoices if key)
    elif isinstance(spec, BooleanFieldListFilter):
        yield from ({spec.lookup_kwarg: key} for key in (1, 0))
    elif isinstance(spec, RangeDateFilter):
        for first, last in (("2000-01-01", "2000-03-01"), ("2001-01-01", "2039-01-01")):
            yield {f"{spec.parameter_name}_from": first, f"{spec.parameter_name}_to": last}


def pages(cl: ChangeList) -> Iterator[Query]:
    """Yields the page in the middle and the last one, and the first in each other order."""
    last = cl.paginator.num_pages
    if last > 1:
        yield from ((f"page {page:,}", {"p": page}) for page in sorted({last // 2 + 1, last}))
    columns = range(1, len(cl.list_display))
    for place in columns:
        name = cl.list_display[place]
        if (cl.sortable_by is None or name in cl.sortable_by) and cl.get_ordering_field(name):
            yield from ((f"by {sign}{name}", {"o": f"{sign}{place}"}) for sign in ("", "-"))


def days(cl: ChangeList) -> Iterator[Query]:
    field = cl.date_hierarchy
    newest = field and cl.root_queryset.order_by(field).values_list(field, flat=True).last()
    if newest:
        day = newest - timedelta(days=200)
        parts = {f"{field}__year": day.year, f"{field}__month": day.month, f"{field}__day": day.day}
        for number in (1, 2, 3):
            chosen = dict(list(parts.items())[:number])
            yield f"days: {'-'.join(str(part) for part in chosen.values())}", chosen
