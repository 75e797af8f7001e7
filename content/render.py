"""Markdown to safe HTML, and what a page tells above it."""

from django.utils.safestring import SafeString, mark_safe

import nh3
from markdown import markdown

from content.models import Written
from content.writers.corrected import lines_from

TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "ul"} | {
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
}
ATTRIBUTES = {"a": {"href"}, "td": {"align"}, "th": {"align"}}


def lines_above(written: Written) -> list[str]:
    """Return what was corrected, as plain lines to show above a text; not those that an older text has in itself."""
    return [line for line in lines_from(written.facts) if line not in written.text]


def to_html(markdown_text: str) -> SafeString:
    """Return the text as HTML of an allow-list of tags: no scripts, handlers, styles, images or unsafe addresses."""
    html = markdown(markdown_text, extensions=["tables"], extension_configs={"tables": {"use_align_attribute": True}})
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308  nh3 has just cleaned it
