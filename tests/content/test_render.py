"""Markdown to HTML: tables keep their alignment, HTML in it is shown as it was typed, nothing runs."""

import re
import time
from html import unescape
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.render import ATTRIBUTES, SCHEMES, TAGS, to_html
from content.writers.words import literal
from tests.xss.payloads import LONG, PAYLOADS, TEXTS

LEFT = {("a", "href"), ("a", "rel"), ("td", "align"), ("th", "align")}
BEFORE = "".join(map(chr, range(33)))
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")


def test_tables_keep_their_alignment() -> None:
    html = to_html("| Model | Points |\n| --- | ---: |\n| A | 7 |\n")
    assert '<th align="right">Points</th>' in html
    assert '<td align="right">7</td>' in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("*a* <img src=x onerror=alert(1)>", "<p><em>a</em> &lt;img src=x onerror=alert(1)&gt;</p>"),
        ("<div>\n*a*\n</div>", "<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>"),
        ("[a](javascript:alert(1))", '<p><a rel="noopener noreferrer">a</a></p>'),
        ("[a](https://b.example)", '<p><a href="https://b.example" rel="noopener noreferrer">a</a></p>'),
        ("![a](https://b.example/c.png)", "<p>![a](https://b.example/c.png)</p>"),
        ("`<b>` &lt;b&gt; &amp;lt;", "<p><code>&lt;b&gt;</code> &lt;b&gt; &amp;lt;</p>"),
        ("## Points", "<h2>Points</h2>"),
        ("<!-- a -->", "<p>&lt;!-- a --&gt;</p>"),
    ],
)
def test_html_in_a_text_is_text_and_nothing_runs(text: str, expected: str) -> None:
    assert to_html(text).strip() == expected


class Found(HTMLParser):
    """Every tag with its attributes, every address, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.schemes: set[str] = set()
        self.others: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add((tag, name))
            # Browsers pass over line ends and tabs in an address, and over blanks and control characters before it.
            scheme = SCHEME.match(re.sub(r"[\t\n\r]", "", unescape(value or "")).lstrip(BEFORE).lower())
            if name == "href" and scheme:
                self.schemes.add(scheme[1])

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


def check(html: str) -> Found:
    found = Found(html)
    assert found.tags <= TAGS
    assert found.attributes <= LEFT
    assert found.schemes <= SCHEMES
    assert found.others == []
    assert nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES) == html
    return found


@pytest.mark.parametrize("payload", [*PAYLOADS, *TEXTS, *LONG], ids=lambda payload: repr(payload)[:50])
def test_of_a_payload_only_what_is_allowed_is_left(payload: str) -> None:
    for text in (payload, f"a {payload} b", f"*{payload}*", f"[{payload}]({payload})", f"- a\n- {payload}\n"):
        check(to_html(text))


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: repr(payload)[:50])
def test_a_payload_for_a_name_is_shown_as_it_is(payload: str) -> None:
    shown = " ".join(payload.split())
    prose, cell = to_html(f"It was {literal(payload)} that won."), to_html(f"| a |\n| --- |\n| {literal(payload)} |")
    assert check(prose).text.strip() == f"It was {shown} that won."
    assert f"\n{shown}\n" in check(cell).text


pieces = st.one_of(
    st.sampled_from([*PAYLOADS, *TEXTS]),
    st.sampled_from([*"<>\"'`*_[](){}!#|\\&;:=/-+ \n\t\x00\x02\x03", "\n\n", "    ", "](", "javascript:", "&#", "]: "]),
    st.text(max_size=9),
)


@given(st.lists(pieces, max_size=12).map("".join))
@example("[a]:javascript:xss()\n\n[a]")
def test_whatever_the_text_only_what_is_allowed_is_left(text: str) -> None:
    check(to_html(text))


@pytest.mark.parametrize("text", [">" * 6000, "- " * 3000 + "a", "[" * 6000, "[a](" * 1500, "*a" * 3000, "[a][" * 1500])
def test_a_text_that_is_hard_to_read_is_shown_all_the_same(text: str) -> None:
    began = time.process_time()
    check(to_html(text))
    assert time.process_time() - began < 3
