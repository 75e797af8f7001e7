"""Charts for unfold's component, which Chart.js draws; the numbers always stand in a table as well."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COLOURS = ("#2f9e6e", "#d97706", "#3b82f6", "#c026d3", "#dc2626", "#0891b2", "#84a40d", "#8b5cf6")
QUIET, LINE = "#8a8f98", "rgba(138, 143, 152, 0.3)"
Values = Sequence[float | int | None]


@dataclass(frozen=True)
class Chart:
    """A chart for unfold's component: `data` and `options` of Chart.js as JSON; `says` is what it shows, in words."""

    title: str
    says: str
    kind: str
    data: str
    options: str


def chart(title: str, says: str, kind: str, labels: Sequence[str], sets: Mapping[str, Values], **axis: Any) -> Chart:
    """Return a chart of several sets of values by name; one whose name begins with `–` is a line among bars."""
    drawn = [
        _dataset(name.removeprefix("–"), values, "line" if name.startswith("–") else kind, colour)
        for (name, values), colour in zip(sets.items(), COLOURS, strict=False)
    ]
    return Chart(
        title, says, kind, json.dumps({"labels": list(labels), "datasets": drawn}), json.dumps(options(**axis))
    )


def _dataset(name: str, values: Values, kind: str, colour: str) -> dict[str, Any]:
    return {
        "type": kind,
        "label": name,
        "data": list(values),
        "backgroundColor": colour,
        "borderColor": colour,
        "borderWidth": 2 if kind == "line" else 0,
        "pointRadius": 3 if len(values) <= 40 else 0,
        "pointHitRadius": 8,
        "clip": False,
        "spanGaps": True,
        "maxBarThickness": 48,
        "order": 0 if kind == "line" else 1,
    }


def options(
    *,
    stacked: bool = False,
    least: int | None = None,
    most: int | None = None,
    first_on_top: bool = False,
    named: bool = True,
) -> dict[str, Any]:
    """Return the options of a chart; `first_on_top` is for ranks: 1 is the highest, in whole numbers.

    Not `named`: there are too many labels, or too long ones, to stand below it; they come up when it is pointed at.
    """
    ticks = {"color": QUIET}
    y: dict[str, Any] = {"stacked": stacked, "beginAtZero": True, "ticks": ticks, "grid": {"color": LINE}}
    if first_on_top:
        y |= {"reverse": True, "beginAtZero": False, "ticks": {**ticks, "precision": 0}}
    limits = {"min": least, "max": most}
    y |= {name: limit for name, limit in limits.items() if limit is not None}
    return {
        "animation": False,
        "responsive": True,
        "maintainAspectRatio": False,
        "interaction": {"mode": "index", "intersect": False},
        "plugins": {"legend": {"position": "bottom", "labels": {"color": QUIET, "boxWidth": 12, "boxHeight": 12}}},
        "scales": {"x": {"stacked": stacked, "ticks": {**ticks, "display": named}, "grid": {"color": LINE}}, "y": y},
    }
