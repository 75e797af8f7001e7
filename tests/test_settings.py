"""The settings, as a real process reads them from its environment."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.processes import ROOT

KEY = "V3ry-l0ng-and-r4ndom-enough-for-a-test-of-the-settings-0123456789"
PRODUCTION = {"DEBUG": "off", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "fulltime.example.org"}
LOOKED_AT = ("ALLOWED_HOSTS", "DATABASES", "DEBUG", "LOG_LEVEL", "Q_CLUSTER", "ROUNDUP_DELAY", "SECRET_KEY")
ALSO = ("MATCH_PIPELINE", "SECURE_PROXY_SSL_HEADER", "TASK_QUEUES")
SHOW = f"""
import json
from config import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {(*LOOKED_AT, *ALSO)}}}))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of manage.py, config and templates, so that a .env of this checkout has no say."""
    shutil.copy(ROOT / "manage.py", tmp_path)
    shutil.copytree(ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{folder}:{ROOT}", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def shown(folder: Path, **environment: str) -> dict[str, Any]:
    """The settings under this environment, as plain values."""
    done = python(folder, "-W", "error", "-c", SHOW, **environment)
    assert done.stderr == ""
    settings: dict[str, Any] = json.loads(done.stdout)
    return settings


def database(folder: Path, url: str) -> dict[str, Any]:
    chosen: dict[str, Any] = shown(folder, DATABASE_URL=url)["DATABASES"]["default"]
    return chosen


def test_with_nothing_set_it_works_on_a_database_beside_manage_py(folder: Path) -> None:
    done = python(folder, "-W", "error", "manage.py", "migrate", "--verbosity=0")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "db.sqlite3").exists()


def test_the_development_key_is_the_same_in_every_process(folder: Path) -> None:
    first, second = shown(folder), shown(folder, SECRET_KEY="")
    assert first["SECRET_KEY"] == second["SECRET_KEY"] != ""
    assert (first["DEBUG"], first["ROUNDUP_DELAY"], first["LOG_LEVEL"]) == (True, 30, "INFO")


LLM_ADDRESS = "LLM_BASE_URL is no address: set it to one like https://llm.example.org/v1."
WEAK = "DEBUG is off, and SECRET_KEY is missing or weak: set it to 50 or more random characters"
DATABASE_FORMS = "set it to sqlite:////folder/file.sqlite3, postgres://"


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"DEBUG": "0"}, WEAK),
        ({**PRODUCTION, "SECRET_KEY": ""}, WEAK),
        ({**PRODUCTION, "SECRET_KEY": "short"}, WEAK),
        ({**PRODUCTION, "SECRET_KEY": "ab" * 40}, WEAK),
        ({**PRODUCTION, "ALLOWED_HOSTS": " , "}, "DEBUG is off, and ALLOWED_HOSTS is missing: set it to the site's"),
        ({"DEBUG": "maybe"}, "DEBUG='maybe' is not a yes or a no: set it to 1/0, true/false, yes/no or on/off."),
        ({**PRODUCTION, "SECURE_HSTS_PRELOAD": "2"}, "SECURE_HSTS_PRELOAD='2' is not a yes or a no: set it to 1/0"),
        ({"ROUNDUP_DELAY": "soon"}, "ROUNDUP_DELAY='soon' is not a whole number from 0 to 86400."),
        ({"ROUNDUP_DELAY": "-1"}, "ROUNDUP_DELAY='-1' is not a whole number from 0 to 86400."),
        ({"ROUNDUP_DELAY": "86401"}, "ROUNDUP_DELAY='86401' is not a whole number from 0 to 86400."),
        ({"Q_WORKERS": "0"}, "Q_WORKERS='0' is not a whole number from 1 to 64."),
        ({"Q_TIMEOUT": "180"}, "Q_RETRY=180 is not above Q_TIMEOUT=180: a task would run a second time beside itself."),
        ({"ROUNDUP_WRITER": "ghost"}, "ROUNDUP_WRITER='GHOST' is unknown: set it to one of TEMPLATE, LLM."),
        ({"LLM_BASE_URL": "llm.example"}, LLM_ADDRESS),
        ({"LLM_BASE_URL": "ftp://llm.example/v1"}, LLM_ADDRESS),
        ({"LLM_BASE_URL": "http://llm.example:x/v1"}, LLM_ADDRESS),
        ({"LLM_BASE_URL": "http://llm.example/v 1"}, LLM_ADDRESS),
        ({"LLM_BASE_URL": "https://u:hunter2@llm.example/v1"}, "LLM_BASE_URL holds more than an address: write it"),
        ({"LLM_BASE_URL": "https://llm.example/v1?key=hunter2"}, "LLM_BASE_URL holds more than an address: write it"),
        ({"LLM_MODEL": "m" * 121}, "LLM_MODEL has 121 characters, or some that can't be printed: 120 fit."),
        ({"LLM_API_KEY": "hunter 2"}, "LLM_API_KEY holds a space, or something that is no plain letter, digit or sign"),
        ({"LLM_API_KEY": "hunter–2"}, "LLM_API_KEY holds a space, or something that is no plain letter, digit or sign"),
        ({"LLM_TIMEOUT": "0.5"}, "LLM_TIMEOUT='0.5' is not a whole number from 1 to 3600."),
        ({"LLM_DAILY_CALLS": "-1"}, "LLM_DAILY_CALLS='-1' is not a whole number from 0 to 1000000000."),
        (
            {"LLM_DAILY_COST": "5 EUR"},
            "LLM_DAILY_COST='5 EUR' is not an amount from 0 to 999999.99: write it like 2.50.",
        ),
        ({"LLM_PRICE_INPUT": "1e3"}, "LLM_PRICE_INPUT='1e3' is not an amount from 0 to 999999.99: write it like 2.50."),
        ({"LLM_PRICE_OUTPUT": "1."}, "LLM_PRICE_OUTPUT='1.' is not an amount from 0 to 999999.99: write it like 2.50."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL='LOUD' is unknown: set it to one of DEBUG, INFO, WARNING, ERROR, CRITICAL."),
        ({"DATABASE_URL": "mysql://u@h/d"}, f"DATABASE_URL names neither SQLite nor PostgreSQL: {DATABASE_FORMS}"),
        ({"DATABASE_URL": "db.sqlite3"}, f"DATABASE_URL names neither SQLite nor PostgreSQL: {DATABASE_FORMS}"),
        ({"DATABASE_URL": "sqlite://db.sqlite3"}, f"DATABASE_URL has too few slashes after sqlite: {DATABASE_FORMS}"),
        ({"DATABASE_URL": "postgres://host"}, f"DATABASE_URL does not say which database: {DATABASE_FORMS}"),
        ({"DATABASE_URL": "postgres://u:p/a@h/d"}, f"DATABASE_URL can't be read: {DATABASE_FORMS}"),
    ],
)
def test_what_cannot_be_used_is_an_error_that_says_what_to_set(
    folder: Path, environment: dict[str, str], message: str
) -> None:
    done = python(folder, "manage.py", "check", **environment)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"manage.py: {message}")


def test_the_error_about_an_address_shows_nothing_of_its_password(folder: Path) -> None:
    message = python(folder, "manage.py", "check", DATABASE_URL="postgres://u:hunter/two@h/d").stderr
    assert [word for word in ("hunter", "two") if word in message] == []


def test_no_error_shows_a_key_or_a_password(folder: Path) -> None:
    for environment in ({"LLM_API_KEY": "hunter 2"}, {"LLM_BASE_URL": "https://u:hunter2@llm.example/v1"}):
        assert "hunter" not in python(folder, "manage.py", "check", **environment).stderr


MODEL_CHOSEN = {"ROUNDUP_WRITER": "LLM", "LLM_BASE_URL": "http://localhost:1/v1/", "LLM_MODEL": "small"}


def test_a_language_model_is_set_with_amounts_and_a_key_that_nothing_prints(folder: Path) -> None:
    code = """
from config import settings as s
print(s.ROUNDUP_WRITER, s.LLM_BASE_URL, s.LLM_MODEL, s.LLM_TIMEOUT, s.LLM_SECONDS, s.LLM_DAILY_CALLS, s.LLM_DAILY_COST)
print(s.LLM_PRICE_INPUT, s.LLM_PRICE_OUTPUT, s.LLM_API_KEY, repr(s.LLM_API_KEY), [s.LLM_API_KEY], bool(s.LLM_API_KEY))
print(s.LLM_API_KEY.reveal() == "hunter2-hunter2")
"""
    prices = {"LLM_PRICE_INPUT": "0.15", "LLM_PRICE_OUTPUT": "2", "LLM_API_KEY": "hunter2-hunter2"}
    assert python(folder, "-c", code, **MODEL_CHOSEN, **prices, ROUNDUP_CLUSTER="on").stdout.splitlines() == [
        "llm http://localhost:1/v1 small 40 240.0 500 5",
        "0.15 2 Secret(…) Secret(…) [Secret(…)] True",
        "True",
    ]
    shown = python(folder, "manage.py", "diffsettings", **MODEL_CHOSEN, **prices).stdout
    assert [line for line in shown.splitlines() if "KEY" in line and "LLM" in line] == ["LLM_API_KEY = Secret(…)  ###"]
    assert "hunter2" not in shown


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        (MODEL_CHOSEN, ""),
        ({**MODEL_CHOSEN, "LLM_MODEL": ""}, "(content.E001) ROUNDUP_WRITER is llm, and LLM_MODEL not set."),
        ({"ROUNDUP_WRITER": "llm"}, "(content.E001) ROUNDUP_WRITER is llm, and LLM_BASE_URL and LLM_MODEL not set."),
        (
            {**MODEL_CHOSEN, "LLM_TIMEOUT": "60"},
            "(content.W002) LLM_TIMEOUT is 60, and all answers for one roundup have 48 seconds.",
        ),
        ({**MODEL_CHOSEN, "LLM_TIMEOUT": "60", "ROUNDUP_CLUSTER": "on"}, ""),
    ],
)
def test_a_language_model_that_can_not_write_is_told_at_the_start(
    folder: Path, environment: dict[str, str], told: str
) -> None:
    done = python(folder, "manage.py", "check", **environment)
    assert done.returncode == int("E001" in told)
    assert [line.partition("?: ")[2] for line in done.stderr.splitlines() if "content." in line] == [told] * bool(told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[(text, True) for text in ("1", "TRUE", "Yes", "on", "")],
        *[(text, False) for text in ("0", "False", "no", " OFF ")],
    ],
)
def test_yes_and_no(folder: Path, text: str, expected: bool) -> None:
    assert shown(folder, **{**PRODUCTION, "DEBUG": text})["DEBUG"] is expected


def test_a_key_may_begin_with_a_dollar_and_hosts_stand_between_commas(folder: Path) -> None:
    settings = shown(folder, DEBUG="off", SECRET_KEY=f"${KEY}", ALLOWED_HOSTS="a.example, b.example,")
    assert (settings["SECRET_KEY"], settings["ALLOWED_HOSTS"]) == (f"${KEY}", ["a.example", "b.example"])


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", "{folder}/db.sqlite3"),
        ("sqlite:////var/lib/site.sqlite3", "/var/lib/site.sqlite3"),
        ("sqlite:///data/site.sqlite3", "{folder}/data/site.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_sqlite(folder: Path, url: str, name: str) -> None:
    chosen = database(folder, url)
    assert (chosen["ENGINE"], chosen["NAME"]) == ("django.db.backends.sqlite3", name.format(folder=folder))
    assert (chosen["OPTIONS"]["transaction_mode"], chosen["OPTIONS"]["timeout"]) == ("IMMEDIATE", 60)


@pytest.mark.parametrize(
    ("url", "host", "port", "password", "options"),
    [
        ("postgres://u:p%40ss@db.example:5433/name", "db.example", 5433, "p@ss", {}),
        ("postgresql://u:p@db.example/name?sslmode=require", "db.example", "", "p", {"sslmode": "require"}),
        ("postgres://u@/name?host=/run/postgresql", "", "", "", {"host": "/run/postgresql"}),
        ("postgres://u@%2Ftmp%2Fx/name", "/tmp/x", "", "", {}),  # noqa: S108  a socket's folder, not a file of ours
    ],
)
def test_postgresql(folder: Path, url: str, host: str, port: int | str, password: str, options: dict[str, str]) -> None:
    chosen = database(folder, url)
    assert (chosen["ENGINE"], chosen["NAME"], chosen["USER"]) == ("django.db.backends.postgresql", "name", "u")
    assert (chosen["HOST"], chosen["PORT"], chosen["PASSWORD"]) == (host, port, password)
    waits = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    assert chosen["OPTIONS"] == {"options": waits, "connect_timeout": 5, **options}


def test_a_dotenv_file_is_read_and_the_environment_wins(folder: Path) -> None:
    (folder / ".env").write_text("ROUNDUP_DELAY=45\nLOG_LEVEL=warning\n")
    settings = shown(folder, LOG_LEVEL="error")
    assert (settings["ROUNDUP_DELAY"], settings["LOG_LEVEL"]) == (45, "ERROR")


def test_the_documented_production_settings_pass_the_deployment_check(folder: Path) -> None:
    example = (ROOT / ".env.example").read_text().replace("SECRET_KEY=", f"SECRET_KEY={KEY}")
    (folder / ".env").write_text(example)
    done = python(folder, "manage.py", "check", "--deploy", "--fail-level=WARNING")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


def test_the_forwarded_scheme_is_believed_only_behind_a_proxy(folder: Path) -> None:
    assert shown(folder, **PRODUCTION)["SECURE_PROXY_SSL_HEADER"] is None
    behind = shown(folder, **PRODUCTION, BEHIND_PROXY="on")["SECURE_PROXY_SSL_HEADER"]
    assert behind == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_the_example_explains_every_variable_and_no_other() -> None:
    read = set(re.findall(r"\benv, \"([A-Z_]+)\"", (ROOT / "config" / "settings.py").read_text()))
    paragraphs = (ROOT / ".env.example").read_text().strip().split("\n\n")[1:]
    explained = [re.fullmatch(r"(?:# .+\n)+([A-Z_]+)=.*", paragraph) for paragraph in paragraphs]
    assert sorted(match[1] for match in explained if match) == sorted(read)
    assert None not in explained


def test_a_task_is_delivered_again_only_after_its_time_is_up(folder: Path) -> None:
    queue = shown(folder)["Q_CLUSTER"]
    assert (queue["timeout"], queue["retry"], queue["ALT_CLUSTERS"]) == (120, 180, {})


def test_roundups_have_a_queue_of_their_own_if_wanted(folder: Path) -> None:
    assert shown(folder)["TASK_QUEUES"] == {}
    settings = shown(folder, ROUNDUP_CLUSTER="on", ROUNDUP_TIMEOUT="900")
    assert settings["Q_CLUSTER"]["ALT_CLUSTERS"] == {"roundups": {"workers": 1, "timeout": 900, "retry": 960}}
    assert set(settings["TASK_QUEUES"].values()) == {"roundups"}
    assert {path for path, delay in settings["MATCH_PIPELINE"] if path in settings["TASK_QUEUES"]} == {
        "content.tasks.write_roundup"
    }
