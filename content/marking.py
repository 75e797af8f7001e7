"""Problems marked in a text: as readers would see it, or, where that can't be done, in what was typed."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

import nh3

from content.check import Problem
from content.render import ATTRIBUTES, TAGS, to_html

FIRST = 0xF0000
"""Markers are characters of a private plane that no font and no parser knows: two for each problem, start and end."""
MARKER = re.compile("[\U000f0000-\U000fffff]")
MOST = 1000
"""Problems marked in one text; the list beside it has them all."""
ENTITY = re.compile(r"&#?\w{1,32};")
WHY_TYPED = "Shown as it was typed: a problem stands inside what marks up the text."
MARKED_TAGS = TAGS | {"mark", "a"}
MARKED_ATTRIBUTES = {**ATTRIBUTES, "mark": {"class"}, "a": {"href", "class", "id", "aria-label"}}


def as_published(text: str, problems: Sequence[Problem], *, name: str, first: int = 1) -> SafeString:
    """Return Markdown as safe HTML with the problems marked and numbered from `first` on.

    A problem whose mark would change what the text looks like, as one that begins inside an address does, has all of
    them marked in the source. `name` begins the ids of the marks, `NAME-mark-1`; each leads to `NAME-problem-1`.
    """
    plain = MARKER.sub("\N{REPLACEMENT CHARACTER}", text)
    html = to_html(_with_markers(plain, problems))
    writer = _Marks(problems, name, first)
    marked = writer.marked(html)
    if MARKER.sub("", html) != to_html(plain) or writer.is_incomplete:
        typed = as_typed(text, problems, name=name, first=first)
        return format_html('<p class="ft-note">{}</p><div class="ft-source">{}</div>', WHY_TYPED, typed)
    return _clean(marked)


def as_typed(text: str, problems: Sequence[Problem], *, name: str, first: int = 1) -> SafeString:
    """Return a text character by character as HTML, with the problems marked; see `as_published`."""
    plain = MARKER.sub("\N{REPLACEMENT CHARACTER}", text)
    return _clean(_Marks(problems, name, first).marked(escape(_with_markers(plain, problems))))


def label(number: int, problem: Problem) -> str:
    """Return what is read out for the mark of a problem."""
    facts = f"; {problem.facts_say}" if problem.facts_say else ""
    return f"Problem {number}, {problem.kind}: “{problem.says}”{facts}"


def _clean(marked: str) -> SafeString:
    """Marks were put between the tags of a text that was clean; that it still is depends on nothing but this."""
    clean = nh3.clean(marked, tags=MARKED_TAGS, attributes=MARKED_ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308  nh3 has just cleaned it


def _with_markers(text: str, problems: Sequence[Problem]) -> str:
    """Return the text with a marker at the start and the end of each problem; ends before starts at one place."""
    unbreakable = [(m.start(), m.end()) for m in ENTITY.finditer(text)]
    places: list[tuple[int, int, str]] = []
    for n, problem in enumerate(problems[:MOST]):
        start, end = _widened(text, problem.start, problem.end, unbreakable)
        places += [(start, 2 if start < end else 0, chr(FIRST + 2 * n)), (end, 1, chr(FIRST + 2 * n + 1))]
    pieces, last = [], 0
    for place, _, marker in sorted(places):
        pieces += [text[last:place], marker]
        last = place
    return "".join([*pieces, text[last:]])


def _widened(text: str, start: int, end: int, unbreakable: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the span so that it neither leaves the text nor cuts an escaped character or an entity in two."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    for first, last in unbreakable:
        start = first if first < start < last else start
        end = last if first < end < last else end
    start -= text[:start].endswith("\\")
    end += text[:end].endswith("\\") and end < len(text)
    return start, end


class _Marks(HTMLParser):
    """Copies clean HTML, with `<mark>` around the text between markers and a numbered link after it."""

    def __init__(self, problems: Sequence[Problem], name: str, first: int) -> None:
        super().__init__(convert_charrefs=False)
        self.problems, self.name, self.first = problems[:MOST], name, first
        self.out: list[str] = []
        self.open: set[int] = set()
        self.ended: set[int] = set()
        self.held_back: list[int] = []
        self.in_link = False

    def marked(self, html: str) -> str:
        """Return the HTML with its marks."""
        self.feed(html)
        self.close()
        return "".join(self.out)

    @property
    def is_incomplete(self) -> bool:
        return len(self.ended) < len(self.problems)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.in_link = self.in_link or tag == "a"
        self.out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag == "a":
            self.in_link = False
            for n in self.held_back:
                self.out.append(self._number(n))
            self.held_back = []

    def handle_entityref(self, name: str) -> None:
        self._text(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text(f"&#{name};")

    def handle_data(self, data: str) -> None:
        last = 0
        for found in MARKER.finditer(data):
            self._text(data[last : found.start()])
            last = found.end()
            n, is_end = divmod(ord(found[0]) - FIRST, 2)
            if is_end:
                self._end(n)
            else:
                self.open.add(n)
        self._text(data[last:])

    def _text(self, piece: str) -> None:
        self.out.append(f'<mark class="ft-problem">{piece}</mark>' if self.open and piece.strip() else piece)

    def _end(self, n: int) -> None:
        self.open.discard(n)
        self.ended.add(n)
        if self.in_link:  # a link can't stand in another one
            self.held_back.append(n)
        else:
            self.out.append(self._number(n))

    def _number(self, n: int) -> str:
        return format_html(
            '<a class="ft-number" id="{0}-mark-{1}" href="#{0}-problem-{1}" aria-label="{2}">{1}</a>',
            self.name,
            self.first + n,
            label(self.first + n, self.problems[n]),
        )
