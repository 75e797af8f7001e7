"""What writers cost and how often they are right: sums over all attempts, by writer, language model and month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Func, IntegerField, Max, Min, Q, Sum, TextField
from django.db.models.functions import Cast, Substr

from content.models import Attempt, RoundupRevision, WriterName

MONTH = Substr(Cast("asked_at", TextField()), 1, 7)
"""`2026-05`, in UTC; twice as fast as to ask SQLite for the parts of a time."""

ENDED = ~Q(outcome=Attempt.Outcome.ASKED)
ACCEPTED = Q(outcome=Attempt.Outcome.ACCEPTED)


class Length(Func):
    """How many elements a JSON list has."""

    function = "jsonb_array_length"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_array_length", **context)


@dataclass(frozen=True)
class Author:
    """A writer, and the language model it used; the model is empty for a writer that needs none."""

    writer: str
    language_model: str

    @property
    def kind(self) -> str:
        return str(WriterName(self.writer).label)

    def __str__(self) -> str:
        return self.language_model or self.kind


@dataclass(frozen=True)
class Figures:
    """Sums over attempts. `texts` are those that were asked for first, `mended` those passed by a repair.

    Only attempts that ended count, but what was asked costs, too. `seconds` are all that it took.
    """

    texts: int = 0
    passed_first: int = 0
    repairs: int = 0
    mended: int = 0
    failed: int = 0
    problems: int = 0
    words: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)
    seconds: float = 0.0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    @property
    def first_rate(self) -> Fraction | None:
        """The share of texts that passed the check as they came; None without a text."""
        return Fraction(self.passed_first, self.texts) if self.texts else None

    @property
    def rate(self) -> Fraction | None:
        """The share of texts that passed the check, as they came or mended."""
        return Fraction(self.passed_first + self.mended, self.texts) if self.texts else None

    @property
    def problems_per_100_words(self) -> Fraction | None:
        return Fraction(100 * self.problems, self.words) if self.words else None

    @property
    def attempts(self) -> int:
        return self.texts + self.repairs

    @property
    def seconds_each(self) -> float | None:
        return self.seconds / self.attempts if self.attempts else None

    @property
    def cost_each(self) -> Decimal | None:
        """The cost of one text, its repair included."""
        return self.cost / self.texts if self.texts else None


@dataclass(frozen=True)
class Costs:
    """The figures by author in each month, `months` in order; `totals` by author, the one with most texts first."""

    months: tuple[date, ...]
    by_month: Mapping[tuple[Author, date], Figures]
    totals: Mapping[Author, Figures]

    @property
    def all(self) -> Figures:
        return sum(self.totals.values(), Figures())


def costs() -> Costs:
    """Return what all attempts took; one query."""
    by_month = {(Author(row["writer"], row["language_model"]), _month(row["month"])): _figures(row) for row in _rows()}
    totals: dict[Author, Figures] = defaultdict(Figures)
    for (author, _), figures in by_month.items():
        totals[author] += figures
    ranked = sorted(totals.items(), key=lambda item: (-item[1].texts, str(item[0])))
    return Costs(tuple(sorted({month for _, month in by_month})), by_month, dict(ranked))


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _rows() -> Iterable[Mapping[str, Any]]:
    first, repair = Q(is_repair=False), Q(is_repair=True)
    groups = Attempt.objects.order_by().values("writer", "language_model", month=MONTH)
    return groups.annotate(
        texts=Count("pk", filter=ENDED & first),
        passed_first=Count("pk", filter=ACCEPTED & first),
        repairs=Count("pk", filter=ENDED & repair),
        mended=Count("pk", filter=ACCEPTED & repair),
        failed=Count("pk", filter=Q(outcome=Attempt.Outcome.FAILED)),
        problems_found=Sum(Length("problems")),
        all_words=Sum("words"),
        tokens_in=Sum("input_tokens"),
        tokens_out=Sum("output_tokens"),
        all_cost=Sum("cost"),
        all_seconds=Sum("seconds", default=0.0),
    )


def _figures(row: Mapping[str, Any]) -> Figures:
    return Figures(
        texts=row["texts"],
        passed_first=row["passed_first"],
        repairs=row["repairs"],
        mended=row["mended"],
        failed=row["failed"],
        problems=row["problems_found"],
        words=row["all_words"],
        input_tokens=row["tokens_in"],
        output_tokens=row["tokens_out"],
        cost=row["all_cost"],
        seconds=row["all_seconds"],
    )


@dataclass(frozen=True)
class Versions:
    """How many versions of roundups a writer has written, and when the first and the last."""

    writer: str
    number: int
    first: datetime
    last: datetime


def versions_by_writer() -> Sequence[Versions]:
    """Return who wrote the versions that are kept, whoever it was; one query."""
    rows = RoundupRevision.objects.order_by().values("writer")
    rows = rows.annotate(number=Count("pk"), first=Min("written_at"), last=Max("written_at"))
    return [
        Versions(*row) for row in rows.order_by("-number", "writer").values_list("writer", "number", "first", "last")
    ]
