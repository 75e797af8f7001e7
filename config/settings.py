"""Django settings; the only reader of the environment. Every variable stands in `.env.example`."""

from pathlib import Path
from typing import Any

from environ import Env

from config.env import (
    SettingsError,
    amount,
    choice,
    database,
    secret,
    short_name,
    strict_bool,
    text,
    web_address,
    whole_number,
    words,
)
from config.security import IN_THE_ADMIN, for_readers
from config.unfold import UNFOLD as UNFOLD

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
Env.read_env(BASE_DIR / ".env")

DEVELOPMENT_KEY = "development-only-key-the-same-in-every-process-so-that-workers-can-read-the-queue"

DEBUG = strict_bool(env, "DEBUG", default=True)
SECRET_KEY = text(env, "SECRET_KEY", default=DEVELOPMENT_KEY if DEBUG else "")
ALLOWED_HOSTS = words(env, "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = words(env, "CSRF_TRUSTED_ORIGINS")


def _production_problems() -> list[str]:
    problems = []
    if SECRET_KEY == DEVELOPMENT_KEY or len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        problems.append(
            "SECRET_KEY is missing or weak: set it to 50 or more random characters, the same for the web server and "
            'every qcluster (python3 -c "import secrets; print(secrets.token_urlsafe(50))")'
        )
    if not ALLOWED_HOSTS:
        problems.append("ALLOWED_HOSTS is missing: set it to the site's host names, separated by commas")
    return problems


if not DEBUG and (_problems := _production_problems()):
    raise SettingsError("DEBUG is off, and " + "; ".join(_problems) + ".")

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "scoring",
    "stats",
    "content",  # before django_q: our qcluster takes the place of its own
    "django_q",
    "import_export",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "content.middleware.PolicyMiddleware",  # outside all that answers
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "content.middleware.UnavailableMiddleware",  # outside all that asks the database
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# What a browser may load and run: of the public pages by default, of the admin in its place.
CONTENT_SECURITY_POLICY = {"DIRECTIVES": for_readers(BASE_DIR / "templates")}
CONTENT_SECURITY_POLICY_OF_ADMIN = IN_THE_ADMIN

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# PostgreSQL waits at most LOCK_TIMEOUT for a lock and ends a session that forgot its transaction; SQLite takes its
# write lock at the beginning of a transaction, so that waiting works and nobody meets "database is locked" half way.
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
    "connect_timeout": 5,
}
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def _database() -> dict[str, Any]:
    chosen = database(env, "DATABASE_URL", default="sqlite:///db.sqlite3", base=BASE_DIR)
    options = SQLITE_OPTIONS
    if chosen["ENGINE"].endswith("postgresql"):
        options = POSTGRESQL_OPTIONS
        chosen |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {**chosen, "OPTIONS": {**options, **chosen.get("OPTIONS", {})}}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG  # in development files are served from where they lie
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

if not DEBUG:
    SECURE_SSL_REDIRECT = strict_bool(env, "SECURE_SSL_REDIRECT", default=True)
    if strict_bool(env, "BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = whole_number(env, "SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = strict_bool(env, "SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = strict_bool(env, "SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Who may see rows may also export them; who may add some may import them.
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "add"

# The order of the work. Each entry is a task that takes the id of a match (of a season, below), and the seconds that it
# waits before it starts; None: at once. `scoring.pipeline` reads these lists, and a system check imports every path.
ROUNDUP_DELAY = whole_number(env, "ROUNDUP_DELAY", default=30, most=86_400)
MATCH_PIPELINE: list[tuple[str, int | None]] = [
    ("scoring.tasks.score_match", None),
    ("stats.tasks.calculate_stats", None),
    ("content.tasks.write_roundup", ROUNDUP_DELAY),
]
SEASON_PIPELINE: list[tuple[str, int | None]] = [
    ("scoring.tasks.score_season", None),
    ("stats.tasks.calculate_season_stats", None),
    ("content.tasks.write_season_roundups", ROUNDUP_DELAY),
]

# What hangs on a team in other rooms and goes along when it becomes part of another: what does that, and takes it back.
TEAM_MERGE_FOLLOWERS: list[tuple[str, str]] = [
    ("content.rivalries.follow_merge", "content.rivalries.unfollow_merge"),
]

Q_TIMEOUT = whole_number(env, "Q_TIMEOUT", default=120, least=1, most=86_400)
Q_RETRY = whole_number(env, "Q_RETRY", default=180, least=2, most=172_800)
if Q_RETRY <= Q_TIMEOUT:
    raise SettingsError(
        f"Q_RETRY={Q_RETRY} is not above Q_TIMEOUT={Q_TIMEOUT}: a task would run a second time beside itself."
    )

# Roundups have a queue of their own if their writer is slow: then it never delays the scoring.
ROUNDUP_CLUSTER = strict_bool(env, "ROUNDUP_CLUSTER", default=False)
ROUNDUP_TIMEOUT = whole_number(env, "ROUNDUP_TIMEOUT", default=600, least=1, most=86_400)
ROUNDUP_TASKS = (
    "content.tasks.write_roundup",
    "content.tasks.write_season_roundups",
    "content.tasks.write_again",
    "content.tasks.write_round_report",
    "content.tasks.write_season_report",
)
TASK_QUEUES: dict[str, str] = dict.fromkeys(ROUNDUP_TASKS, "roundups") if ROUNDUP_CLUSTER else {}

# Who writes roundups, unless their competition or an editor's order says otherwise; see `content.writing`.
ROUNDUP_WRITER = choice(env, "ROUNDUP_WRITER", default="template", among=("TEMPLATE", "LLM")).lower()
LLM_BASE_URL = web_address(env, "LLM_BASE_URL")
LLM_MODEL = short_name(env, "LLM_MODEL", most=120)
LLM_API_KEY = secret(env, "LLM_API_KEY")
LLM_TIMEOUT = whole_number(env, "LLM_TIMEOUT", default=40, least=1, most=3600)
LLM_DAILY_CALLS = whole_number(env, "LLM_DAILY_CALLS", default=500)
LLM_DAILY_COST = amount(env, "LLM_DAILY_COST", default="5")
LLM_PRICE_INPUT = amount(env, "LLM_PRICE_INPUT", default="0")
LLM_PRICE_OUTPUT = amount(env, "LLM_PRICE_OUTPUT", default="0")

# A task that writes roundups has ROUNDUP_SECONDS. One for a season begins no article after half of them; so that the
# template still can write it within the task's time, a language model has less than the other half for all it does.
ROUNDUP_SECONDS = ROUNDUP_TIMEOUT if ROUNDUP_CLUSTER else Q_TIMEOUT
LLM_SECONDS: float = ROUNDUP_SECONDS * 0.4

Q_CLUSTER: dict[str, Any] = {
    "name": "fulltime",
    "label": "Queue",
    "orm": "default",
    "workers": whole_number(env, "Q_WORKERS", default=2, least=1, most=64),
    "timeout": Q_TIMEOUT,
    "retry": Q_RETRY,  # a task that is not acknowledged within this many seconds is delivered again
    "catch_up": False,  # a schedule missed while no cluster ran runs once, not once for every time missed
    "ack_failures": True,  # a task that failed is not delivered again: it has written down its next try itself
    "save_limit": 0,  # keeps every result: pruning re-reads all kept ones for each new one
    "poll": 0.2,
    "ALT_CLUSTERS": {
        "roundups": {"workers": 1, "timeout": ROUNDUP_TIMEOUT, "retry": ROUNDUP_TIMEOUT + 60},
    }
    if ROUNDUP_CLUSTER
    else {},
}

# Days for which the results of tasks are kept, for `trace` and the admin; `catch_up` removes older ones. A failure is
# looked for longer than a success, of which there are three for every match.
KEPT_TASKS = {"done": 14, "failed": 90}

LOG_LEVEL = choice(env, "LOG_LEVEL", default="INFO", among=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        # One line for every row put into the queue would drown what a command has to say.
        "no_enqueued": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: not record.getMessage().startswith("Enqueued "),
        },
        # An absent database has one line for each request, not a traceback.
        "no_trouble": {"()": "content.middleware.NoTrouble"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django-q": {"filters": ["no_enqueued"]},
        "django.request": {"filters": ["no_trouble"]},
        # What a language model's server sends, headers included, is not ours to log: it may repeat the key.
        **{name: {"level": "WARNING"} for name in ("openai", "httpx2", "httpcore2")},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
