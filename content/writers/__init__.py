"""Writers turn facts into an article. The template writer is the default and needs nothing."""

from content.writers.protocol import Article, Writer
from content.writers.template import TemplateWriter

__all__ = ["Article", "TemplateWriter", "Writer", "default_writer"]


def default_writer() -> Writer:
    return TemplateWriter()
