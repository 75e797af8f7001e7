"""Whether a roundup that claims to be current says what would be written now: finds what its numbers don't show."""

import hashlib
import json
from typing import Any

from content.collect import NotSettledError, NotYetError, collect_facts
from content.editing import BY_HAND
from content.facts import MatchFacts
from content.models import Roundup, WriterName, Written
from content.writers import default_writer
from content.writing import kept, template_again


def difference(match_id: int) -> str:
    """Return what is not as it would be written now, in words, of a roundup or of what waits beside it; '' if nothing.

    '' also if there is no roundup, or if its facts can't be collected now: then its step is still to come. Of a text
    changed by hand only the facts are compared.
    """
    roundup = Roundup.objects.select_related("waiting").filter(match=match_id).first()
    if roundup is None:
        return ""
    try:
        facts = collect_facts(match_id).facts
    except (NotSettledError, NotYetError):
        return ""
    written = roundup.waiting or roundup
    if not facts.hash() == written.facts_hash == facts_hash(written.facts):
        return "its facts were others"
    return "its text was another" if is_other_text(written, facts) else ""


def is_other_text(written: Written, facts: MatchFacts) -> bool:
    """Return whether a text is not the one that its writer makes of these facts; never of one changed by hand.

    A language model does not write the same twice: of its prose it counts that it is true, and is laid out as it would
    be now.
    """
    if written.writer == BY_HAND:
        return False
    if written.writer == WriterName.LLM:
        article = kept(written, facts)
    else:
        article = template_again(default_writer(), written, facts)
    there = (written.headline, written.text, written.writer)
    return article is None or (article.headline, article.text, article.writer) != there


def facts_hash(facts: Any) -> str:
    """Return the SHA-256 of facts in the canonical JSON of `MatchFacts.hash`."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
