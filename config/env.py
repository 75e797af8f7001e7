"""Strict readings of environment variables: what can't be understood is an error that says what to set, no guess."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured

from environ import Env

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
DATABASE_FORMS = (
    "sqlite:////folder/file.sqlite3, postgres://user:password@host/name or postgres://user@/name?host=/folder"
)


class SettingsError(ImproperlyConfigured):
    """The environment can't be used as it is; the message names the variable and says what to set."""


def text(env: Env, name: str, *, default: str = "") -> str:
    """Return the variable as it stands, without the space around it; `default` if it is missing or empty.

    Read past `Env.str`, which takes a value that begins with `$`, as a key may, for the name of another variable.
    """
    return str(env.ENVIRON.get(name, "")).strip() or default


def words(env: Env, name: str, *, default: Sequence[str] = ()) -> list[str]:
    """Return the variable as a list: words between commas; `default` if there are none."""
    parts = (part.strip() for part in text(env, name).split(","))
    return [part for part in parts if part] or list(default)


def choice(env: Env, name: str, *, default: str, among: Collection[str]) -> str:
    """Return the variable in capitals; raises SettingsError unless it is one of `among`."""
    chosen = text(env, name, default=default).upper()
    if chosen not in among:
        raise SettingsError(f"{name}={chosen!r} is unknown: set it to one of {', '.join(among)}.")
    return chosen


def strict_bool(env: Env, name: str, *, default: bool) -> bool:
    """Return the variable as a bool.

    Raises SettingsError for anything but 1/0, true/false, yes/no, on/off (any case).
    """
    given = text(env, name).lower()
    if not given:
        return default
    if given in TRUE | FALSE:
        return given in TRUE
    raise SettingsError(f"{name}={given!r} is not a yes or a no: set it to 1/0, true/false, yes/no or on/off.")


def whole_number(env: Env, name: str, *, default: int, least: int = 0, most: int = 1_000_000_000) -> int:
    """Return the variable as an int from `least` to `most`; raises SettingsError for anything else."""
    given = text(env, name)
    if not given:
        return default
    if not given.isdecimal() or not least <= int(given) <= most:
        raise SettingsError(f"{name}={given!r} is not a whole number from {least} to {most}.")
    return int(given)


def database(env: Env, name: str, *, default: str, base: Path) -> dict[str, Any]:
    """Return the database that the variable's URL names, as Django's settings want it.

    A relative SQLite path starts at `base`. Raises SettingsError, which repeats nothing of the URL: it may hold a
    password.
    """
    url = text(env, name, default=default)
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        if rest != ":memory:" and not rest.startswith("/"):
            raise SettingsError(f"{name} has too few slashes after sqlite: set it to {DATABASE_FORMS}.")
        config: dict[str, Any] = Env.db_url_config(url)
        return config if config["NAME"] == ":memory:" else {**config, "NAME": str(base / config["NAME"])}
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url, name)
    raise SettingsError(f"{name} names neither SQLite nor PostgreSQL: set it to {DATABASE_FORMS}.")


def _postgresql(url: str, name: str) -> dict[str, Any]:
    try:
        config: dict[str, Any] = Env.db_url_config(url)
    except ValueError:
        raise SettingsError(
            f"{name} can't be read: set it to {DATABASE_FORMS}, with special characters of the password in percent "
            "notation (/ is %2F)."
        ) from None
    if not config["NAME"]:
        raise SettingsError(f"{name} does not say which database: set it to {DATABASE_FORMS}.")
    return {**config, "HOST": unquote(config["HOST"])}
