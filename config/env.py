"""Strict readings of environment variables: what can't be understood is an error that says what to set, no guess."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from environ import Env

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
DATABASE_FORMS = (
    "sqlite:////folder/file.sqlite3, postgres://user:password@host/name or postgres://user@/name?host=/folder"
)


class SettingsError(ImproperlyConfigured):
    """The environment can't be used as it is; the message names the variable and says what to set."""


class Secret:
    """A value that is shown nowhere: whatever prints or logs it gets three dots."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(…)" if self._value else "Secret()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not to be stored")

    def reveal(self) -> str:
        """Return the value, for the one place that needs it."""
        return self._value


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


def amount(env: Env, name: str, *, default: str) -> Decimal:
    """Return the variable as an amount of money, 0 or more; raises SettingsError for anything else."""
    given = text(env, name, default=default)
    whole, _, part = given.partition(".")
    if not (given.isascii() and whole.isdecimal() and (part.isdecimal() or "." not in given)) or len(whole) > 6:
        raise SettingsError(f"{name}={given!r} is not an amount from 0 to 999999.99: write it like 2.50.")
    return Decimal(given)


def web_address(env: Env, name: str) -> str:
    """Return the variable as an http or https address without a slash at its end; empty if it is missing.

    Raises SettingsError, which repeats nothing of the address: somebody may have put a password into it.
    """
    given = text(env, name)
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or not given.isascii() or not given.isprintable() or " " in given:
        raise SettingsError(f"{name} is no address: set it to one like https://llm.example.org/v1.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingsError(f"{name} holds more than an address: write it without user, password, ? and #.")
    return given.rstrip("/")


def secret(env: Env, name: str) -> Secret:
    """Return the variable as a Secret, which may be empty; raises SettingsError if a header can't hold it."""
    given = text(env, name)
    if not (given.isascii() and given.isprintable() and " " not in given):
        raise SettingsError(
            f"{name} holds a space, or something that is no plain letter, digit or sign: copy it again."
        )
    return Secret(given)


def short_name(env: Env, name: str, *, most: int) -> str:
    """Return the variable, of at most so many characters; raises SettingsError for a longer one."""
    given = text(env, name)
    if len(given) > most or not given.isprintable():
        raise SettingsError(f"{name} has {len(given)} characters, or some that can't be printed: {most} fit.")
    return given


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
