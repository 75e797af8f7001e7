"""Strict readings of environment variables."""

from django.core.exceptions import ImproperlyConfigured

from environ import Env

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def strict_bool(env: Env, name: str, *, default: bool) -> bool:
    """Return the variable as a bool.

    Raises ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off (any case).
    """
    text = env.str(name, default="").strip().lower()
    if not text:
        return default
    if text in TRUE | FALSE:
        return text in TRUE
    raise ImproperlyConfigured(f"{name}={text!r} is not a yes or a no: set it to 1/0, true/false, yes/no or on/off.")


def whole_number(env: Env, name: str, *, default: int, least: int = 0) -> int:
    """Return the variable as an int of at least `least`; raises ImproperlyConfigured otherwise."""
    text = env.str(name, default="").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) < least:
        raise ImproperlyConfigured(f"{name}={text!r} is not a whole number of {least} or more.")
    return int(text)
