"""How the admin looks: its name, its colours, and the sidebar in people's order. Read by `settings.py`."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.functional import lazy


@cache
def _found(page: str, prefix: str) -> str:
    """Looked up once for each page: the sidebar asks for an address some hundred times before it is drawn."""
    return reverse(f"admin:{page}")


def _now(page: str) -> str:
    return _found(page, get_script_prefix())


_address = lazy(_now, str)


def _item(title: str, icon: str, page: str, permission: str) -> dict[str, Any]:
    """One line of the sidebar: shown to those who may see the page behind it."""
    return {
        "title": title,
        "icon": icon,
        "link": _address(page),
        "permission": lambda request: request.user.has_perm(permission),
    }


def _list(title: str, icon: str, app: str, model: str) -> dict[str, Any]:
    return _item(title, icon, f"{app}_{model}_changelist", f"{app}.view_{model}")


def _is_model_stats(request: HttpRequest) -> bool:
    """The table stands below the list of model stats, and is a line of its own."""
    return "/stats/modelstats/" in request.path and not request.path.endswith("/table/")


def _is_attempt(request: HttpRequest) -> bool:
    """The page of costs stands below the list of attempts, and is a line of its own."""
    return "/content/attempt/" in request.path and not request.path.endswith("/costs/")


def _is_match(request: HttpRequest) -> bool:
    """The page on which results are entered stands below the list of matches, and is a line of its own."""
    return "/scoring/match/" in request.path and not request.path.endswith("/results/")


def _tab(title: str, model: str, app: str = "django_q") -> dict[str, Any]:
    return {key: value for key, value in _list(title, "", app, model).items() if key != "icon"}


QUEUE_TABS = [
    _tab("Waiting", "ormq"),
    _tab("Scheduled", "schedule"),
    _tab("Done", "success"),
    _tab("Failed", "failure"),
    _tab("Progress by match", "matchprogress", "scoring"),
    _tab("Work on reports", "reportprogress", "content"),
    _tab("Clusters", "heartbeat", "content"),
    _tab("In hand", "takentask", "content"),
    _tab("Search for missed work", "sweep", "content"),
]

NAVIGATION = [
    {
        "items": [
            {"title": "Control room", "icon": "monitor_heart", "link": lazy(_now, str)("index")},
            _list("Roundups", "newspaper", "content", "roundup"),
            {**_list("Reports", "calendar_view_week", "content", "report"), "badge": "content.admin.reports.badge"},
            _item("Enter results", "edit_square", "scoring_match_results", "scoring.change_match"),
            {**_list("Matches", "sports_soccer", "scoring", "match"), "active": _is_match},
            _item("Table", "leaderboard", "table", "stats.view_modelstats"),
            _list("Models", "smart_toy", "scoring", "aimodel"),
            _list("Predictions", "casino", "scoring", "prediction"),
            _list("Queue", "pending_actions", "django_q", "ormq"),
            {
                **_list("Needs attention", "notification_important", "content", "attention"),
                "badge": "content.admin.attention.badge",
            },
        ],
    },
    {
        "title": "Played for",
        "separator": True,
        "items": [
            _list("Competitions", "emoji_events", "scoring", "competition"),
            _list("Editorial policies", "policy", "content", "editorialpolicy"),
            _list("Seasons", "calendar_month", "scoring", "season"),
            _list("Teams", "groups", "scoring", "team"),
            _list("Other names of teams", "label", "scoring", "teamalias"),
            _list("Other names of models", "label", "scoring", "aimodelalias"),
            _list("Merges", "merge", "scoring", "merge"),
        ],
    },
    {
        "title": "Writing",
        "separator": True,
        "items": [
            _item("Writers", "monitoring", "content_attempt_costs", "content.view_attempt"),
            {**_list("Attempts", "edit_note", "content", "attempt"), "active": _is_attempt},
            _list("Orders", "assignment", "content", "commission"),
            _list("Rivalries", "swords", "content", "rivalry"),
        ],
    },
    {
        "title": "Behind the numbers",
        "separator": True,
        "collapsible": True,
        "items": [
            _list("Changes of results", "history", "scoring", "resultchange"),
            _list("Goals", "sports_score", "scoring", "goal"),
            _list("Settlements", "gavel", "scoring", "settlement"),
            _list("Scores", "scoreboard", "scoring", "score"),
            {**_list("Model stats", "query_stats", "stats", "modelstats"), "active": _is_model_stats},
            _list("Match stats", "fact_check", "stats", "matchstats"),
            _list("Versions of roundups", "difference", "content", "rounduprevision"),
            _list("Versions of reports", "difference", "content", "reportversion"),
            _list("What reports are pinned to", "push_pin", "content", "reportpin"),
        ],
    },
    {
        "title": "People",
        "separator": True,
        "items": [
            _list("Users", "person", "auth", "user"),
            _list("Groups", "group", "auth", "group"),
            _list("Log", "history", "admin", "logentry"),
        ],
    },
]

PITCH = {
    "50": "oklch(97.5% .018 155)",
    "100": "oklch(94.5% .04 155)",
    "200": "oklch(89% .075 155)",
    "300": "oklch(81% .11 155)",
    "400": "oklch(71% .13 155)",
    "500": "oklch(60% .13 155)",
    "600": "oklch(49% .11 155)",
    "700": "oklch(42% .095 155)",
    "800": "oklch(35% .078 155)",
    "900": "oklch(29% .062 155)",
    "950": "oklch(20% .045 155)",
}

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Fulltime",
    "SITE_HEADER": "Fulltime",
    "SITE_SUBHEADER": "Results in, roundups out",
    "SITE_SYMBOL": "sports_soccer",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("content/icon.svg")},
    ],
    "COLORS": {"primary": PITCH},
    "DASHBOARD_CALLBACK": "content.admin.control_room.dashboard",
    "STYLES": [
        lambda request: static("content/standings.css"),
        lambda request: static("content/admin.css"),
    ],
    "SCRIPTS": [lambda request: static("content/named.js")],
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": NAVIGATION},
    "TABS": [
        {
            "models": [
                "django_q.ormq",
                "django_q.schedule",
                "django_q.success",
                "django_q.failure",
                "scoring.matchprogress",
                "content.reportprogress",
                "content.heartbeat",
                "content.takentask",
                "content.sweep",
            ],
            "items": QUEUE_TABS,
        }
    ],
}
