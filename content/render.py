"""Markdown to safe HTML, and what a page tells above it."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

import nh3
from markdown import Markdown

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
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "td": {"align"}, "th": {"align"}}
SCHEMES = {"http", "https", "mailto"}
IMAGES = ("image_link", "image_reference", "short_image_ref")
LINKS = ("link", "reference", "short_reference")
MOST_BRACKETS = 500
"""Opening brackets, beyond which a text has no links: the parser looks through all the rest of it for each of them."""


def lines_above(written: Written) -> list[str]:
    """Return what was corrected, as plain lines to show above a text; not those that an older text has in itself."""
    return [line for line in lines_from(written.facts) if line not in written.text]


def to_html(markdown_text: str) -> SafeString:
    """Return the text as HTML of an allow-list of tags: no scripts, handlers, styles, images or unsafe addresses.

    HTML in the text is no HTML: readers see it as it was typed. A text that is nested too deeply to be read is shown as
    it was typed, whole.
    """
    links = markdown_text.count("[") - markdown_text.count("\\[") <= MOST_BRACKETS
    try:
        html = _parser(links).convert(markdown_text)
    except RecursionError:
        html = f"<pre>{escape(markdown_text)}</pre>"
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return mark_safe(clean)  # noqa: S308  nh3 has just cleaned it


def _parser(links: bool) -> Markdown:
    """Return one for a single text: without HTML, without images, and with or without links."""
    parser = Markdown(extensions=["tables"], extension_configs={"tables": {"use_align_attribute": True}})
    parser.preprocessors.deregister("html_block")
    for pattern in ("html", *IMAGES, *(() if links else LINKS)):
        parser.inlinePatterns.deregister(pattern)
    return parser
