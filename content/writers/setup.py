"""Whether a language model can be asked: what is missing, with the way out."""

from importlib.util import find_spec

from django.conf import settings


def missing() -> str:
    """Return what a language model lacks before it can write, in plain words; empty if nothing."""
    if find_spec("openai") is None:
        return "its client is not installed (pip install -r requirements-llm.txt)"
    unset = [name for name in ("LLM_BASE_URL", "LLM_MODEL") if not getattr(settings, name)]
    return f"{' and '.join(unset)} not set" if unset else ""
