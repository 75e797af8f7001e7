"""manage.py leaderboard: the table of a season, or over all seasons of one rule and basis."""

import csv
import json
from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from scoring.models import Season
from stats.aggregates import METRICS, Ranked
from stats.leaderboard import Table, season_table, total_table

COLUMNS = {
    "rank": "Rank",
    "model": "Model",
    "predictions": "n",
    "points": "Points",
    "average_points": "Average",
    "tendency_hits": "Tendency",
    "goal_difference_hits": "Difference",
    "exact_hits": "Exact",
}


class Command(BaseCommand):
    help = (
        "Prints how the models stand. n: predictions counted; an exact score is also a difference and a tendency hit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--season", help='a season, such as "World Cup 2026"; default: all of one rule and basis')
        parser.add_argument("--metric", choices=METRICS, default="average", help="what the table is ordered by first")
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        table = self._table(options["season"], options["metric"])
        rows = [as_dict(row) for row in table.rows]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        elif options["format"] == "csv":
            writer = csv.DictWriter(self.stdout, list(COLUMNS), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        else:
            self._print(table, rows)

    def _table(self, season: str | None, metric: Any) -> Table:
        if season is None:
            return total_table(metric)
        try:
            return season_table(Season.objects.only("pk").get(name=season).pk, metric)
        except Season.DoesNotExist as error:
            names = ", ".join(Season.objects.values_list("name", flat=True)) or "none yet"
            raise CommandError(f'There is no season "{season}". There are: {names}.') from error

    def _print(self, table: Table, rows: list[dict[str, Any]]) -> None:
        matches = "1 match" if table.matches == 1 else f"{table.matches} matches"
        shown = RichTable(title=f"{escape(table.title)}, {matches} counted", title_justify="left")
        for name, title in COLUMNS.items():
            shown.add_column(title, justify="left" if name == "model" else "right")
        for row in rows:
            shown.add_row(*(escape(f"{v:.3f}" if name == "average_points" else str(v)) for name, v in row.items()))
        text = StringIO()
        # A pipe has no width: a table cut to fit a guess would lose figures.
        Console(file=text, width=None if self.stdout.isatty() else 200).print(shown)
        self.stdout.write(text.getvalue())
        if table.left_out:
            self.stdout.write(f"Left out, because rule or basis differ: {', '.join(table.left_out)}.")


def as_dict(row: Ranked) -> dict[str, Any]:
    """Return a line of a table as plain values; `average_points` is rounded to 4 decimals."""
    totals = row.entry.totals
    return {
        "rank": row.rank,
        "model": row.entry.model,
        "predictions": totals.predictions,
        "points": totals.points,
        "average_points": round(float(totals.average), 4),
        "tendency_hits": totals.tendency_hits,
        "goal_difference_hits": totals.goal_difference_hits,
        "exact_hits": totals.exact_hits,
    }
